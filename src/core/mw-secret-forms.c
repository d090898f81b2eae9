/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "core/mw-secret-forms.h"

#include <string.h>

#include "core/mw-coded-text.h"

/* Shorter ones match by chance and turn a text into dots. */
#define MIN_FORM 4

/* Coded forms from this length on match in either case; shorter ones would
 * match words. */
#define MIN_FOLDED 8

static void
mw_secret_form_free (gpointer data)
{
  MwSecretForm *self = data;

  mw_secret_unref (self->bytes);
  g_free (self);
}

void
mw_secret_forms_add (GPtrArray  *self,
                     const char *bytes,
                     gsize       length,
                     gboolean    is_coded)
{
  MwSecretForm *form;

  g_return_if_fail (self != NULL);
  g_return_if_fail (bytes != NULL);

  if (length < MIN_FORM)
    return;

  for (guint i = 0; i < self->len; i++)
    {
      MwSecret *known = ((MwSecretForm *) self->pdata[i])->bytes;

      if (mw_secret_get_length (known) == length &&
          memcmp (mw_secret_peek (known), bytes, length) == 0)
        return;
    }

  form = g_new (MwSecretForm, 1);
  form->bytes = mw_secret_new (bytes, length);
  form->is_coded = is_coded;
  g_ptr_array_add (self, form);
}

/* The alphabet for addresses and file names (RFC 4648 §5). */
static void
add_base64_twice (GPtrArray *self,
                  char      *coded,
                  gsize      length)
{
  mw_secret_forms_add (self, coded, length, TRUE);
  for (gsize i = 0; i < length; i++)
    coded[i] = coded[i] == '+' ? '-' : coded[i] == '/' ? '_' : coded[i];
  mw_secret_forms_add (self, coded, length, TRUE);
}

/* A secret inside a longer text comes out of base64 in one of three ways,
 * depending on where it starts; the characters at both ends also hold bits of
 * its neighbours and are left out. */
static void
add_base64 (GPtrArray    *self,
            const guchar *bytes,
            gsize         length)
{
  for (gsize offset = 0; offset < 3; offset++)
    {
      guchar *padded = g_malloc0 (offset + length);
      gsize start = (offset * 8 + 5) / 6;
      gsize end = (offset + length) * 8 / 6;
      char *coded;

      memcpy (padded + offset, bytes, length);
      coded = g_base64_encode (padded, offset + length);
      if (end > start)
        add_base64_twice (self, coded + start, end - start);
      mw_secret_free_bytes (coded);
      mw_secret_wipe_bytes (padded, offset + length);
      g_free (padded);
    }
}

static void
add_hex (GPtrArray    *self,
         const guchar *bytes,
         gsize         length)
{
  static const char digits[] = "0123456789abcdef";
  char *coded = g_malloc (2 * length + 1);

  for (gsize i = 0; i < length; i++)
    {
      coded[2 * i] = digits[bytes[i] >> 4];
      coded[2 * i + 1] = digits[bytes[i] & 15];
    }
  coded[2 * length] = '\0';
  mw_secret_forms_add (self, coded, 2 * length, FALSE);
  mw_secret_free_bytes (coded);
}

/* UTF-8 that somebody took for Latin-1 and made UTF-8 of once more. */
static void
add_twice_coded (GPtrArray    *self,
                 const guchar *bytes,
                 gsize         length)
{
  char *coded = g_malloc (2 * length);
  gsize size = 0;

  for (gsize i = 0; i < length; i++)
    size += g_unichar_to_utf8 (bytes[i], coded + size);
  mw_secret_forms_add (self, coded, size, FALSE);
  mw_secret_wipe_bytes (coded, size);
  g_free (coded);
}

static void
add_utf16 (GPtrArray       *self,
           const gunichar2 *units,
           gsize            n_units,
           gboolean         big_endian)
{
  guchar *bytes = g_malloc (2 * n_units);

  for (gsize i = 0; i < n_units; i++)
    {
      bytes[2 * i + (big_endian ? 1 : 0)] = units[i] & 0xff;
      bytes[2 * i + (big_endian ? 0 : 1)] = units[i] >> 8;
    }
  mw_secret_forms_add (self, (char *) bytes, 2 * n_units, FALSE);
  add_base64 (self, bytes, 2 * n_units);
  add_hex (self, bytes, 2 * n_units);
  mw_secret_wipe_bytes (bytes, 2 * n_units);
  g_free (bytes);
}

/* RFC 3501 §5.1.3. */
static void
add_imap_utf7 (GPtrArray       *self,
               const gunichar2 *units,
               gsize            n_units)
{
  /* At most "&", four letters for a unit of two bytes, "-". */
  char *coded = g_malloc (6 * n_units + 1);
  gsize size = 0;

  for (gsize i = 0; i < n_units;)
    {
      guchar run[2 * 64];
      gsize n_bytes = 0;
      char *base64;

      if (units[i] >= 0x20 && units[i] <= 0x7e)
        {
          coded[size++] = units[i];
          if (units[i++] == '&')
            coded[size++] = '-';
          continue;
        }

      while (i < n_units && (units[i] < 0x20 || units[i] > 0x7e) && n_bytes < sizeof run - 2)
        {
          run[n_bytes++] = units[i] >> 8;
          run[n_bytes++] = units[i++] & 0xff;
        }
      base64 = g_base64_encode (run, n_bytes);
      coded[size++] = '&';
      for (const char *p = base64; *p != '\0' && *p != '='; p++)
        coded[size++] = *p == '/' ? ',' : *p;
      coded[size++] = '-';
      mw_secret_free_bytes (base64);
      mw_secret_wipe_bytes (run, sizeof run);
    }
  mw_secret_forms_add (self, coded, size, FALSE);
  mw_secret_wipe_bytes (coded, size);
  g_free (coded);
}

static void
add_unicode_forms (GPtrArray  *self,
                   const char *secret,
                   gsize       length)
{
  static const GNormalizeMode modes[] = { G_NORMALIZE_NFC, G_NORMALIZE_NFD, G_NORMALIZE_NFKC };
  gunichar2 *units;
  glong n_units = 0;

  if (!g_utf8_validate_len (secret, length, NULL))
    return;

  for (gsize i = 0; i < G_N_ELEMENTS (modes); i++)
    {
      char *normal = g_utf8_normalize (secret, length, modes[i]);

      mw_secret_forms_add (self, normal, strlen (normal), FALSE);
      mw_secret_free_bytes (normal);
    }

  units = g_utf8_to_utf16 (secret, length, NULL, &n_units, NULL);
  if (units == NULL)
    return;
  add_utf16 (self, units, n_units, FALSE);
  add_utf16 (self, units, n_units, TRUE);
  add_imap_utf7 (self, units, n_units);
  mw_secret_wipe_bytes (units, n_units * sizeof *units);
  g_free (units);
}

static gboolean
is_base64 (char c)
{
  /* With the sign that "+" and "=" have before them in addresses. */
  return g_ascii_isalnum (c) || (c != '\0' && strchr ("+/=-_%", c) != NULL);
}

GPtrArray *
mw_secret_forms_new (const char *secret,
                     gsize       length)
{
  GPtrArray *self = g_ptr_array_new_with_free_func (mw_secret_form_free);

  g_return_val_if_fail (secret != NULL, self);

  if (length == 0)
    return self;

  mw_secret_forms_add (self, secret, length, FALSE);
  add_hex (self, (const guchar *) secret, length);
  add_base64 (self, (const guchar *) secret, length);
  add_twice_coded (self, (const guchar *) secret, length);
  add_unicode_forms (self, secret, length);

  return self;
}

MwSecretForm *
mw_secret_forms_find (GPtrArray  *self,
                      const char *text,
                      gsize       length,
                      gsize       position,
                      gsize      *out_end)
{
  MwSecretForm *found = NULL;
  gboolean may_be_coded;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (text != NULL || length == 0, NULL);

  *out_end = position;
  if (position >= length)
    return NULL;

  may_be_coded = mw_coded_text_may_begin (text[position]);
  for (guint i = 0; i < self->len; i++)
    {
      MwSecretForm *form = self->pdata[i];
      const char *bytes = mw_secret_peek (form->bytes);
      gsize size, end;

      /* Nearly always that is all, and there is much to be looked through. */
      if (!may_be_coded && g_ascii_tolower (*bytes) != g_ascii_tolower (text[position]))
        continue;

      size = mw_secret_get_length (form->bytes);
      if (mw_coded_text_match (bytes, size, text, length, position,
                               !form->is_coded || size >= MIN_FOLDED, &end) && end > *out_end)
        {
          found = form;
          *out_end = end;
        }
    }

  return found;
}

gsize
mw_secret_forms_replace (GPtrArray    *self,
                         MwSecretForm *form,
                         GString      *shown,
                         const char   *dots,
                         const char   *text,
                         gsize         length,
                         gsize         end)
{
  gsize next;

  g_return_val_if_fail (self != NULL, end);
  g_return_val_if_fail (form != NULL, end);
  g_return_val_if_fail (shown != NULL, end);

  while (form->is_coded && shown->len > 0 && is_base64 (shown->str[shown->len - 1]))
    g_string_truncate (shown, shown->len - 1);
  g_string_append (shown, dots);

  /* What follows may be the next one. */
  while (form->is_coded && end < length && is_base64 (text[end]) &&
         mw_secret_forms_find (self, text, length, end, &next) == NULL)
    end++;
  return end;
}
