/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "core/mw-redactor.h"

#include <string.h>

#include "core/mw-coded-text.h"
#include "core/mw-secret-forms.h"
#include "core/mw-server-words.h"

/* What stands in for a secret. */
#define DOTS "••••"

/* Longer texts from a server are of no use to anybody. */
#define MAX_TEXT 1024

/* Up to so many characters a password stands in many a text by chance. */
#define MAX_CHANCE 3

/* Shorter parts of a log-in are words such as "+". */
#define MIN_EXCHANGE 8

/* The shortest message of SCRAM that is no word, in base64. */
#define MIN_SCRAM 24

/* Longer messages no log-in of ours answers, and whoever sends more of them
 * than all log-ins of a set-up need wants to keep us busy. */
#define MAX_EXCHANGE 4096
#define MAX_FORMS 512

struct _MwRedactor
{
  GPtrArray    *secrets;    /* element MwSecret */
  GPtrArray    *forms;      /* element MwSecretForm */
  GHashTable   *publics;    /* set of texts that stand in clear */
  MwPersonMask *mask;
  gboolean      withholds;  /* free words of servers are left out */
};

G_DEFINE_BOXED_TYPE (MwRedactor, mw_redactor, mw_redactor_ref, mw_redactor_unref)

static void
mw_redactor_clear (gpointer data)
{
  MwRedactor *self = data;

  g_ptr_array_unref (self->secrets);
  g_ptr_array_unref (self->forms);
  g_hash_table_unref (self->publics);
  mw_person_mask_free (self->mask);
}

MwRedactor *
mw_redactor_new (void)
{
  MwRedactor *self = g_rc_box_new0 (MwRedactor);

  self->secrets = g_ptr_array_new_with_free_func ((GDestroyNotify) mw_secret_unref);
  self->forms = mw_secret_forms_new ("", 0);
  self->publics = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->mask = mw_person_mask_new ();
  return self;
}

MwRedactor *
mw_redactor_ref (MwRedactor *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_rc_box_acquire (self);
}

void
mw_redactor_unref (MwRedactor *self)
{
  g_return_if_fail (self != NULL);

  g_rc_box_release_full (self, mw_redactor_clear);
}

/* Whether a gap where the secret stood would tell what it is. */
static gboolean
would_show_by_gap (MwRedactor *self,
                   MwSecret   *secret)
{
  const char *bytes = mw_secret_peek (secret);
  gsize length = mw_secret_get_length (secret);
  GHashTableIter iter;
  gpointer text;

  if (length <= MAX_CHANCE || mw_server_words_contain (bytes, length) ||
      (g_utf8_validate_len (bytes, length, NULL) && g_utf8_strlen (bytes, length) <= MAX_CHANCE))
    return TRUE;

  g_hash_table_iter_init (&iter, self->publics);
  while (g_hash_table_iter_next (&iter, &text, NULL))
    {
      for (gsize i = 0; ((const char *) text)[i] != '\0'; i++)
        {
          gsize end;

          if (mw_coded_text_match (bytes, length, text, strlen (text), i, TRUE, &end))
            return TRUE;
        }
    }

  return FALSE;
}

void
mw_redactor_add_secret (MwRedactor *self,
                        const char *secret,
                        gsize       length)
{
  g_autoptr(MwSecret) copy = NULL;
  g_autoptr(GPtrArray) forms = NULL;

  g_return_if_fail (self != NULL);
  g_return_if_fail (secret != NULL);

  if (length == 0)
    return;

  copy = mw_secret_new (secret, length);
  for (guint i = 0; i < self->secrets->len; i++)
    {
      if (mw_secret_equal (self->secrets->pdata[i], copy))
        return;
    }

  forms = mw_secret_forms_new (secret, length);
  for (guint i = 0; i < forms->len; i++)
    {
      MwSecretForm *form = forms->pdata[i];

      mw_secret_forms_add (self->forms, mw_secret_peek (form->bytes),
                           mw_secret_get_length (form->bytes), form->is_coded);
    }
  self->withholds = self->withholds || would_show_by_gap (self, copy);
  g_ptr_array_add (self->secrets, g_steal_pointer (&copy));
}

/* What cannot be taken out any more is left out with everything around it. */
static void
add_form (MwRedactor *self,
          const char *bytes,
          gsize       length,
          gboolean    is_coded)
{
  if (self->forms->len < MAX_FORMS)
    mw_secret_forms_add (self->forms, bytes, length, is_coded);
  else
    self->withholds = TRUE;
}

/* The attributes of SCRAM that are made from the password or lead to it:
 * nonce, salt, proof and signature. */
static void
add_scram (MwRedactor *self,
           const char *message,
           gsize       length)
{
  const char *end = message + length;

  for (const char *p = message; p < end;)
    {
      const char *comma = memchr (p, ',', end - p);
      const char *stop = comma != NULL ? comma : end;

      if (stop - p > 2 && p[1] == '=' && strchr ("rspv", p[0]) != NULL)
        add_form (self, p + 2, stop - p - 2, TRUE);
      p = stop + 1;
    }
}

/* Log-in names are part of many an exchange, too. */
static gboolean
is_public (MwRedactor *self,
           const char *text,
           gsize       length)
{
  g_autofree char *copy = g_strndup (text, length);
  gboolean found = strlen (copy) == length && g_hash_table_contains (self->publics, copy);

  mw_secret_wipe_bytes (copy, strlen (copy));
  return found;
}

void
mw_redactor_add_exchange (MwRedactor *self,
                          const char *message,
                          gsize       length)
{
  g_autofree char *text = NULL;
  g_autofree guchar *decoded = NULL;
  const char *blank;
  gsize size = 0;

  g_return_if_fail (self != NULL);
  g_return_if_fail (message != NULL);

  /* What has blanks is a sentence. */
  if (length < MIN_EXCHANGE || length > MAX_EXCHANGE || memchr (message, ' ', length) != NULL)
    return;

  text = g_strndup (message, length);
  decoded = g_base64_decode (text, &size);
  if (!is_public (self, message, length) && !is_public (self, (char *) decoded, size))
    add_form (self, message, length, TRUE);
  mw_secret_wipe_bytes (text, length);
  add_scram (self, (char *) decoded, size);

  /* "user digest", the digest as 32 hexadecimal digits. */
  blank = size > 33 && decoded[size - 33] == ' ' ? (char *) decoded + size - 32 : NULL;
  if (blank != NULL && strspn (blank, "0123456789abcdefABCDEF") >= 32)
    add_form (self, blank, 32, FALSE);
  mw_secret_wipe_bytes (decoded, size);
}

void
mw_redactor_add_person (MwRedactor *self,
                        const char *name)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (name != NULL);

  mw_redactor_add_public (self, name);
  mw_person_mask_add_name (self->mask, name);
}

void
mw_redactor_add_public (MwRedactor *self,
                        const char *text)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (text != NULL);

  if (!g_hash_table_add (self->publics, g_strdup (text)))
    return;

  mw_person_mask_add_server (self->mask, text);

  for (guint i = 0; i < self->secrets->len && !self->withholds; i++)
    self->withholds = would_show_by_gap (self, self->secrets->pdata[i]);
}

/* How long a message of SCRAM is that begins here, whoever's: "n,,", "y,,",
 * "c=", "r=" or "v=" in base64. */
static gsize
measure_scram (const char *text,
               gsize       length,
               gsize       position)
{
  static const char * const beginnings[] = { "biws", "eSws", "Yz1", "cj1", "dj1" };
  gsize end = position;
  gboolean begins = FALSE;

  if (length - position < MIN_SCRAM || (position > 0 && g_ascii_isalnum (text[position - 1])))
    return 0;

  /* First, for a line may be nothing but "+": to its end from each of them
   * would take too long. */
  for (gsize i = 0; i < G_N_ELEMENTS (beginnings); i++)
    begins = begins || strncmp (text + position, beginnings[i], strlen (beginnings[i])) == 0;
  if (!begins)
    return 0;

  while (end < length && text[end] != '\0' &&
         (g_ascii_isalnum (text[end]) || strchr ("+/=", text[end]) != NULL))
    end++;

  return end - position >= MIN_SCRAM ? end - position : 0;
}

static void
append_without_secrets (MwRedactor     *self,
                        GString        *shown,
                        const char     *text,
                        gsize           length,
                        MwRedactorHide  hide)
{
  /* What is cut off anyway need not be read. Where names and addresses are
   * left out, it may move up. */
  gsize enough = hide == MW_REDACTOR_HIDE_NOTHING ? 2 * MAX_TEXT : G_MAXSIZE;

  for (gsize i = 0; i < length && shown->len < enough;)
    {
      gsize scram = measure_scram (text, length, i);
      gsize end;
      MwSecretForm *form = mw_secret_forms_find (self->forms, text, length, i, &end);

      if (form != NULL)
        {
          i = mw_secret_forms_replace (self->forms, form, shown, DOTS, text, length, end);
        }
      else if (scram > 0)
        {
          gsize stop = i + scram;

          /* What follows may be the next one. */
          g_string_append (shown, DOTS);
          for (i++; i < stop && mw_secret_forms_find (self->forms, text, length, i, &end) == NULL;)
            i++;
        }
      else
        {
          g_string_append_c (shown, text[i++]);
        }
    }
}

/* The words at the beginning that every server says, and no others. */
static void
append_skeleton (GString    *shown,
                 const char *text,
                 gsize       length)
{
  gsize kept = mw_server_words_keep (text, length);

  g_string_append_len (shown, text, kept);
  if (kept < length)
    g_string_append (shown, DOTS);
}

static gboolean
is_invisible (gunichar c)
{
  return g_unichar_iscntrl (c) || g_unichar_type (c) == G_UNICODE_FORMAT ||
         c == 0x2028 || c == 0x2029;
}

static char *
make_visible (GString *text)
{
  g_autofree char *valid = g_utf8_make_valid (text->str, MIN (text->len, MAX_TEXT));
  GString *shown = g_string_sized_new (text->len);

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (is_invisible (c) && c != '\t')
        g_string_append_printf (shown, "\\u{%x}", c);
      else
        g_string_append_unichar (shown, c);
    }

  if (text->len > MAX_TEXT)
    g_string_append (shown, "…");

  return g_string_free (shown, FALSE);
}

char *
mw_redactor_redact (MwRedactor     *self,
                    const char     *text,
                    gsize           length,
                    MwRedactorHide  hide)
{
  g_autoptr(GString) shown = NULL;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (text != NULL || length == 0, NULL);

  while (length > 0 && (text[length - 1] == '\n' || text[length - 1] == '\r'))
    length--;

  shown = g_string_sized_new (length);
  if (self->withholds)
    append_skeleton (shown, text, length);
  else
    append_without_secrets (self, shown, text, length, hide);
  mw_person_mask_apply (self->mask, shown, hide);

  /* Last, for a secret that was cut would not be recognised. */
  return make_visible (shown);
}

char *
mw_redactor_mask (MwRedactor     *self,
                  const char     *text,
                  MwRedactorHide  hide)
{
  g_autoptr(GString) shown = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  if (text == NULL)
    return NULL;

  shown = g_string_new (NULL);
  if (self->withholds)
    g_string_append (shown, text);
  else
    append_without_secrets (self, shown, text, strlen (text), hide);
  mw_person_mask_apply (self->mask, shown, hide);
  return make_visible (shown);
}

gboolean
mw_redactor_find_secret (MwRedactor *self,
                         const char *text,
                         gsize       length,
                         gsize      *position,
                         gsize      *out_end)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (text != NULL || length == 0, FALSE);
  g_return_val_if_fail (position != NULL, FALSE);
  g_return_val_if_fail (out_end != NULL, FALSE);

  for (; *position < length; (*position)++)
    {
      if (mw_secret_forms_find (self->forms, text, length, *position, out_end) != NULL)
        return TRUE;
    }

  return FALSE;
}
