/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "protocol/mw-pop3-response.h"

#include <string.h>

/* A code is upper-case words joined by slashes; other brackets at the
 * beginning, such as an IP address, belong to the text. */
static gboolean
is_code (MwSpan span)
{
  if (span.length == 0)
    return FALSE;

  for (gsize i = 0; i < span.length; i++)
    {
      if (!g_ascii_isalpha (span.bytes[i]) && span.bytes[i] != '/' && span.bytes[i] != '-')
        return FALSE;
    }

  return TRUE;
}

gboolean
mw_pop3_response_parse (MwPop3Response *self,
                        const char     *line,
                        gsize           length)
{
  MwSpan rest = mw_span_from_line (line, length);
  MwSpan word, code;
  const char *end;

  *self = (MwPop3Response) { 0 };

  word = mw_span_take_word (&rest);
  self->text = rest;

  if (mw_span_equal (word, "+"))
    {
      self->status = MW_POP3_STATUS_CHALLENGE;
      return TRUE;
    }

  if (mw_span_equal (word, "+OK"))
    self->status = MW_POP3_STATUS_OK;
  else if (mw_span_equal (word, "-ERR"))
    self->status = MW_POP3_STATUS_ERR;
  else
    return FALSE;

  if (rest.length > 0 && rest.bytes[0] == '[')
    {
      end = memchr (rest.bytes, ']', rest.length);
      if (end != NULL)
        {
          code = (MwSpan) { rest.bytes + 1, end - rest.bytes - 1 };
          if (is_code (code))
            {
              self->code = code;
              self->text = mw_span_skip_blanks (mw_span_skip (rest, end + 1 - rest.bytes));
            }
        }
    }

  return TRUE;
}

gboolean
mw_pop3_response_take_item (const char *line,
                            gsize       length,
                            MwSpan     *out_item)
{
  *out_item = mw_span_from_line (line, length);

  if (out_item->length > 0 && out_item->bytes[0] == '.')
    {
      *out_item = mw_span_skip (*out_item, 1);
      return out_item->length > 0;
    }

  return TRUE;
}
