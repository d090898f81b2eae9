/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include <string.h>

#include "fuzz.h"

#include "core/mw-secret.h"
#include "protocol/mw-imap-quote.h"

/* Reads a quoted string as a server does (RFC 3501 §9), to see whether it is
 * what was meant, and nothing stands behind it. */
static char *
unquote (const char *quoted,
         gsize       length,
         gsize      *out_length)
{
  char *bytes = g_malloc (length);
  gsize count = 0;
  gsize i;

  g_assert_cmpint (quoted[0], ==, '"');
  for (i = 1; quoted[i] != '"'; i++)
    {
      if (quoted[i] == '\\')
        {
          i++;
          g_assert_true (quoted[i] == '"' || quoted[i] == '\\');
        }
      g_assert_true (i < length);
      g_assert_true ((guchar) quoted[i] < 0x80);
      g_assert_true (quoted[i] != '\r' && quoted[i] != '\n' && quoted[i] != '\0');
      bytes[count++] = quoted[i];
    }
  g_assert_cmpuint (i + 1, ==, length);

  *out_length = count;
  return bytes;
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  const char *bytes = (const char *) data;
  g_autofree char *back = NULL;
  gsize length, back_length;
  char *quoted;

  quoted = mw_imap_quote (bytes, size, &length);
  if (quoted == NULL)
    {
      g_assert_cmpint (mw_imap_quote_choose (bytes, size), !=, MW_IMAP_FORM_QUOTED);
      return 0;
    }

  g_assert_cmpuint (strlen (quoted), ==, length);
  back = unquote (quoted, length, &back_length);
  g_assert_cmpmem (back, back_length, bytes, size);
  mw_secret_free_bytes (quoted);

  return 0;
}
