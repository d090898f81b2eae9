/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "core/mw-transcript.h"

#include <string.h>

#include "core/mw-secret.h"

/* What stands in for a secret. */
#define DOTS "••••"

/* Longer lines from a server are of no use to anybody. */
#define MAX_TEXT 1024

/* Shorter codings would match by chance and turn the report into dots. */
#define MIN_FORM 3

struct _MwTranscript
{
  guint      limit;
  GPtrArray *lines;
  GPtrArray *forms;   /* element MwSecret: every coding of every secret */
};

G_DEFINE_BOXED_TYPE (MwTranscript, mw_transcript, mw_transcript_ref, mw_transcript_unref)

static void
mw_transcript_clear (gpointer data)
{
  MwTranscript *self = data;

  g_ptr_array_unref (self->lines);
  g_ptr_array_unref (self->forms);
}

MwTranscript *
mw_transcript_new (guint limit)
{
  MwTranscript *self = g_rc_box_new0 (MwTranscript);

  self->limit = limit;
  self->lines = g_ptr_array_new_with_free_func (g_free);
  self->forms = g_ptr_array_new_with_free_func ((GDestroyNotify) mw_secret_unref);
  return self;
}

MwTranscript *
mw_transcript_ref (MwTranscript *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_rc_box_acquire (self);
}

void
mw_transcript_unref (MwTranscript *self)
{
  g_return_if_fail (self != NULL);

  g_rc_box_release_full (self, mw_transcript_clear);
}

/* Longest first, so that a short form does not leave half of a long one. */
static int
compare_forms (gconstpointer a,
               gconstpointer b)
{
  gsize length_a = mw_secret_get_length (*(MwSecret **) a);
  gsize length_b = mw_secret_get_length (*(MwSecret **) b);

  return length_a < length_b ? 1 : length_a > length_b ? -1 : 0;
}

static void
take_form (MwTranscript *self,
           char         *form)
{
  if (strlen (form) >= MIN_FORM)
    g_ptr_array_add (self->forms, mw_secret_new (form, -1));
  mw_secret_free_bytes (form);
}

/* A secret inside a longer text comes out of base64 in one of three ways,
 * depending on where it starts; the characters at both ends also hold bits of
 * its neighbours and are left out. */
static void
add_base64_forms (MwTranscript *self,
                  const char   *bytes,
                  gsize         length)
{
  for (gsize offset = 0; offset < 3; offset++)
    {
      g_autofree guchar *padded = g_malloc0 (offset + length);
      gsize start = (offset * 8 + 5) / 6;
      gsize end = (offset + length) * 8 / 6;
      char *coded;

      memcpy (padded + offset, bytes, length);
      coded = g_base64_encode (padded, offset + length);
      mw_secret_wipe_bytes (padded, offset + length);
      if (end > start)
        {
          char *form = g_strndup (coded + start, end - start);

          take_form (self, form);
        }
      mw_secret_free_bytes (coded);
    }
}

/* How a byte is written in other texts. */
typedef void (*Coder) (GString *coded, guchar c);

static gboolean
is_unreserved (guchar c)
{
  return g_ascii_isalnum (c) || (c != '\0' && strchr ("-._~", c) != NULL);
}

static void
code_percent (GString *coded,
              guchar   c)
{
  if (is_unreserved (c))
    g_string_append_c (coded, c);
  else
    g_string_append_printf (coded, "%%%02X", c);
}

static void
code_percent_lower (GString *coded,
                    guchar   c)
{
  if (is_unreserved (c))
    g_string_append_c (coded, c);
  else
    g_string_append_printf (coded, "%%%02x", c);
}

static void
code_form_field (GString *coded,
                 guchar   c)
{
  if (c == ' ')
    g_string_append_c (coded, '+');
  else
    code_percent (coded, c);
}

static void
code_quoted (GString *coded,
             guchar   c)
{
  if (c == '"' || c == '\\')
    g_string_append_c (coded, '\\');
  g_string_append_c (coded, c);
}

static void
code_hex (GString *coded,
          guchar   c)
{
  g_string_append_printf (coded, "%02x", c);
}

static void
code_hex_upper (GString *coded,
                guchar   c)
{
  g_string_append_printf (coded, "%02X", c);
}

static void
code_xml_number (GString *coded,
                 guchar   c)
{
  switch (c)
    {
    case '&':
      g_string_append (coded, "&amp;");
      break;
    case '<':
      g_string_append (coded, "&lt;");
      break;
    case '>':
      g_string_append (coded, "&gt;");
      break;
    case '"':
      g_string_append (coded, "&quot;");
      break;
    case '\'':
      g_string_append (coded, "&#39;");
      break;
    default:
      g_string_append_c (coded, c);
      break;
    }
}

static void
code_xml_name (GString *coded,
               guchar   c)
{
  if (c == '\'')
    g_string_append (coded, "&apos;");
  else
    code_xml_number (coded, c);
}

static const Coder coders[] = {
  code_percent,
  code_percent_lower,
  code_form_field,
  code_quoted,
  code_hex,
  code_hex_upper,
  code_xml_number,
  code_xml_name,
};

/* A byte never takes more; growing would leave copies behind. */
#define MAX_CODED 6

static void
add_coded_forms (MwTranscript *self,
                 const char   *secret,
                 gsize         length)
{
  for (gsize i = 0; i < G_N_ELEMENTS (coders); i++)
    {
      GString *coded = g_string_sized_new (length * MAX_CODED + 1);

      for (gsize j = 0; j < length; j++)
        coders[i] (coded, secret[j]);
      take_form (self, g_string_free (coded, FALSE));
    }
}

static void
append_utf16_unit (GString  *coded,
                   guint     unit,
                   gboolean  upper)
{
  if (upper)
    g_string_append_printf (coded, "\\u%04X", unit);
  else
    g_string_append_printf (coded, "\\u%04x", unit);
}

/* JSON (RFC 8259 §7) as the writers do it that keep to ASCII. */
static void
add_json_form (MwTranscript *self,
               const char   *secret,
               gsize         length,
               gboolean      upper)
{
  GString *coded;

  if (!g_utf8_validate_len (secret, length, NULL))
    return;

  coded = g_string_sized_new (length * MAX_CODED + 1);
  for (const char *p = secret; p < secret + length; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c < 0x80)
        code_quoted (coded, c);
      else if (c < 0x10000)
        append_utf16_unit (coded, c, upper);
      else
        {
          append_utf16_unit (coded, 0xd7c0 + (c >> 10), upper);
          append_utf16_unit (coded, 0xdc00 + (c & 0x3ff), upper);
        }
    }
  take_form (self, g_string_free (coded, FALSE));
}

void
mw_transcript_add_secret (MwTranscript *self,
                          const char   *user_name,
                          const char   *secret,
                          gsize         length)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (secret != NULL);

  if (length == 0)
    return;

  take_form (self, g_strndup (secret, length));
  add_coded_forms (self, secret, length);
  add_json_form (self, secret, length, FALSE);
  add_json_form (self, secret, length, TRUE);
  add_base64_forms (self, secret, length);
  /* The answer of SASL LOGIN, to its last bits. */
  take_form (self, g_base64_encode ((const guchar *) secret, length));

  if (user_name != NULL)
    {
      gsize user_length = strlen (user_name);
      gsize plain_length = user_length + length + 2;
      g_autofree guchar *plain = g_malloc0 (plain_length);

      /* The message of SASL PLAIN (RFC 4616 §2), also without its last bits. */
      memcpy (plain + 1, user_name, user_length);
      memcpy (plain + user_length + 2, secret, length);
      take_form (self, g_base64_encode (plain, plain_length));
      mw_secret_wipe_bytes (plain, plain_length);
    }

  g_ptr_array_sort (self->forms, compare_forms);
}

/* Replaces every coding of a secret in @text, in place of g_string_replace(),
 * which would leave copies behind. */
static void
replace_forms (MwTranscript *self,
               GString      *text)
{
  for (guint i = 0; i < self->forms->len; i++)
    {
      MwSecret *form = self->forms->pdata[i];
      gsize length = mw_secret_get_length (form);
      gsize position = 0;

      while (position + length <= text->len)
        {
          const char *found = memmem (text->str + position, text->len - position,
                                      mw_secret_peek (form), length);

          if (found == NULL)
            break;

          position = found - text->str;
          g_string_erase (text, position, length);
          g_string_insert (text, position, DOTS);
          position += strlen (DOTS);
        }
    }
}

static gboolean
is_invisible (gunichar c)
{
  return g_unichar_iscntrl (c) || g_unichar_type (c) == G_UNICODE_FORMAT ||
         c == 0x2028 || c == 0x2029;
}

char *
mw_transcript_redact (MwTranscript *self,
                      const char   *text,
                      gsize         length)
{
  g_autoptr(GString) raw = NULL;
  g_autofree char *valid = NULL;
  GString *shown;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (text != NULL || length == 0, NULL);

  raw = g_string_new_len (text, length);
  while (raw->len > 0 && (raw->str[raw->len - 1] == '\n' || raw->str[raw->len - 1] == '\r'))
    g_string_truncate (raw, raw->len - 1);

  /* Before the length is capped, or a cut secret would not be recognised. */
  replace_forms (self, raw);

  valid = g_utf8_make_valid (raw->str, MIN (raw->len, MAX_TEXT));
  shown = g_string_sized_new (raw->len);
  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (is_invisible (c) && c != '\t')
        g_string_append_printf (shown, "\\u{%x}", c);
      else
        g_string_append_unichar (shown, c);
    }

  if (raw->len > MAX_TEXT)
    g_string_append (shown, "…");

  return g_string_free (shown, FALSE);
}

void
mw_transcript_add (MwTranscript *self,
                   char          direction,
                   const char   *line,
                   gsize         length,
                   gboolean      sensitive)
{
  g_autofree char *shown = NULL;

  g_return_if_fail (self != NULL);
  g_return_if_fail (line != NULL || length == 0);

  if (self->lines->len >= self->limit)
    return;

  shown = sensitive ? g_strdup (DOTS) : mw_transcript_redact (self, line, length);
  g_ptr_array_add (self->lines, g_strdup_printf ("%c: %s", direction, shown));
}

GPtrArray *
mw_transcript_get_lines (MwTranscript *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->lines;
}
