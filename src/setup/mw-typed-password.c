/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "setup/mw-typed-password.h"

#include <string.h>

static gboolean
is_line_end (char c)
{
  return c == '\n' || c == '\r';
}

/* A space, a tab, or the no-break space that web pages have between groups.
 * Returns its length in bytes. */
static gsize
measure_blank (const char *text)
{
  if (*text == ' ' || *text == '\t')
    return 1;

  return strncmp (text, "\xc2\xa0", 2) == 0 ? 2 : 0;
}

static gboolean
ends_with_blank (const char *text,
                 gsize       length)
{
  return length > 0 && (measure_blank (text + length - 1) == 1 ||
                        (length > 1 && measure_blank (text + length - 2) == 2));
}

/* The letters and digits of an app password; %NULL when it has another form. */
static MwSecret *
read_app_password (const char *text,
                   gsize       length,
                   guint       wanted)
{
  char *letters = g_malloc (wanted + 1);
  MwSecret *secret = NULL;
  guint n_letters = 0;
  gsize i = 0;

  while (i < length)
    {
      gsize blank = measure_blank (text + i);

      if (blank == 0 && (n_letters == wanted || !g_ascii_isalnum (text[i])))
        break;
      if (blank == 0)
        letters[n_letters++] = text[i];
      i += MAX (blank, 1);
    }

  if (i == length && n_letters == wanted && length > wanted)
    secret = mw_secret_new (letters, wanted);

  mw_secret_wipe_bytes (letters, wanted + 1);
  g_free (letters);
  return secret;
}

MwSecret *
mw_typed_password_read (const char *text,
                        MwProvider *provider,
                        guint      *out_notes)
{
  gsize length;
  guint notes = 0;
  MwSecret *secret = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  for (length = strlen (text); length > 0 && is_line_end (text[length - 1]); length--)
    notes |= MW_PASSWORD_NOTE_LINE_END;
  for (; length > 0 && is_line_end (*text); length--, text++)
    notes |= MW_PASSWORD_NOTE_LINE_END;

  if (length > 0 && provider != NULL && provider->app_password_length > 0)
    secret = read_app_password (text, length, provider->app_password_length);
  if (secret != NULL)
    notes |= MW_PASSWORD_NOTE_BLANKS;
  else if (length > 0 && (measure_blank (text) > 0 || ends_with_blank (text, length)))
    notes |= MW_PASSWORD_NOTE_EDGES;

  if (secret == NULL && length > 0)
    secret = mw_secret_new (text, length);
  if (out_notes != NULL)
    *out_notes = notes;
  return secret;
}
