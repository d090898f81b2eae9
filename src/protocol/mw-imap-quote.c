/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "protocol/mw-imap-quote.h"

static gboolean
needs_backslash (char c)
{
  return c == '"' || c == '\\';
}

MwImapForm
mw_imap_quote_choose (const char *bytes,
                      gsize       length)
{
  MwImapForm form = MW_IMAP_FORM_QUOTED;

  for (gsize i = 0; i < length; i++)
    {
      if (bytes[i] == '\r' || bytes[i] == '\n' || bytes[i] == '\0')
        return MW_IMAP_FORM_IMPOSSIBLE;
      if ((guchar) bytes[i] >= 0x80)
        form = MW_IMAP_FORM_LITERAL;
    }

  return form;
}

char *
mw_imap_quote (const char *bytes,
               gsize       length,
               gsize      *out_length)
{
  gsize size = length + 2;
  char *quoted, *p;

  if (mw_imap_quote_choose (bytes, length) != MW_IMAP_FORM_QUOTED)
    return NULL;

  /* Counted first, so that a secret is written once and never moved. */
  for (gsize i = 0; i < length; i++)
    size += needs_backslash (bytes[i]) ? 1 : 0;

  p = quoted = g_malloc (size + 1);
  *p++ = '"';
  for (gsize i = 0; i < length; i++)
    {
      if (needs_backslash (bytes[i]))
        *p++ = '\\';
      *p++ = bytes[i];
    }
  *p++ = '"';
  *p = '\0';

  *out_length = size;
  return quoted;
}
