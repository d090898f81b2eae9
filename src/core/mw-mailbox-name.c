/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "core/mw-mailbox-name.h"

#include <string.h>

/* "&", base64 of UTF-16 (big-endian) with "," for "/" and no padding, "-". */
static void
append_run (GString    *encoded,
            const char *text,
            gsize       length)
{
  g_autofree gunichar2 *units = NULL;
  g_autofree char *base64 = NULL;
  glong n_units;

  units = g_utf8_to_utf16 (text, length, NULL, &n_units, NULL);
  if (units == NULL)
    return;

  for (glong i = 0; i < n_units; i++)
    units[i] = GUINT16_TO_BE (units[i]);
  base64 = g_base64_encode ((const guchar *) units, n_units * sizeof *units);
  g_strdelimit (base64, "/", ',');

  g_string_append_c (encoded, '&');
  g_string_append_len (encoded, base64, strcspn (base64, "="));
  g_string_append_c (encoded, '-');
}

char *
mw_mailbox_name_encode (const char *name)
{
  GString *encoded = g_string_new (NULL);
  const char *p = name;

  g_return_val_if_fail (name != NULL, NULL);

  while (*p != '\0')
    {
      const char *run = p;

      while (*p != '\0' && !g_ascii_isprint (*p))
        p++;
      if (p > run)
        append_run (encoded, run, p - run);

      for (; g_ascii_isprint (*p); p++)
        g_string_append (encoded, *p == '&' ? "&-" : (const char[]) { *p, '\0' });
    }

  return g_string_free (encoded, FALSE);
}

static gboolean
decode_run (GString    *decoded,
            const char *run,
            gsize       length)
{
  g_autofree char *base64 = g_malloc0 (length + 4);
  g_autofree guchar *bytes = NULL;
  g_autofree gunichar2 *units = NULL;
  g_autofree char *text = NULL;
  gsize size;

  memcpy (base64, run, length);
  g_strdelimit (base64, ",", '/');
  while (strlen (base64) % 4 != 0 && strlen (base64) < length + 3)
    strcat (base64, "=");

  bytes = g_base64_decode (base64, &size);
  if (size < sizeof *units)
    return FALSE;

  units = g_new0 (gunichar2, size / sizeof *units + 1);
  memcpy (units, bytes, size / sizeof *units * sizeof *units);
  for (gsize i = 0; i < size / sizeof *units; i++)
    units[i] = GUINT16_FROM_BE (units[i]);
  text = g_utf16_to_utf8 (units, -1, NULL, NULL, NULL);
  if (text == NULL)
    return FALSE;

  g_string_append (decoded, text);
  return TRUE;
}

char *
mw_mailbox_name_decode (const char *bytes,
                        gsize       length)
{
  g_autoptr(GString) decoded = g_string_new (NULL);
  g_autofree char *again = NULL;
  const char *p = bytes, *end = bytes + length;

  g_return_val_if_fail (bytes != NULL || length == 0, NULL);

  while (p < end)
    {
      const char *stop;

      if (*p != '&')
        {
          g_string_append_c (decoded, *p++);
          continue;
        }

      stop = memchr (p, '-', end - p);
      if (stop == NULL)
        return NULL;
      if (stop == p + 1)
        g_string_append_c (decoded, '&');
      else if (!decode_run (decoded, p + 1, stop - p - 1))
        return NULL;
      p = stop + 1;
    }

  /* What has two forms would be another mailbox to the next program. */
  if (!g_utf8_validate_len (decoded->str, decoded->len, NULL))
    return NULL;
  again = mw_mailbox_name_encode (decoded->str);
  if (strlen (again) != length || memcmp (again, bytes, length) != 0)
    return NULL;

  return g_string_free (g_steal_pointer (&decoded), FALSE);
}
