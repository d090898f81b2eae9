/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "protocol/mw-span.h"

#include <string.h>

static gboolean
is_blank (char c)
{
  return c == ' ' || c == '\t';
}

MwSpan
mw_span_from_line (const char *line,
                   gsize       length)
{
  if (length > 0 && line[length - 1] == '\n')
    length--;
  if (length > 0 && line[length - 1] == '\r')
    length--;

  return (MwSpan) { line, length };
}

MwSpan
mw_span_skip (MwSpan self,
              gsize  count)
{
  count = MIN (count, self.length);

  return count == 0 ? self : (MwSpan) { self.bytes + count, self.length - count };
}

MwSpan
mw_span_skip_blanks (MwSpan self)
{
  gsize count = 0;

  while (count < self.length && is_blank (self.bytes[count]))
    count++;

  return mw_span_skip (self, count);
}

MwSpan
mw_span_take_word (MwSpan *self)
{
  MwSpan word = *self;
  gsize count = 0;

  while (count < word.length && !is_blank (word.bytes[count]))
    count++;

  *self = mw_span_skip_blanks (mw_span_skip (*self, count));
  word.length = count;

  return word;
}

gboolean
mw_span_equal (MwSpan      self,
               const char *word)
{
  return self.length == strlen (word) && mw_span_has_prefix (self, word);
}

gboolean
mw_span_has_prefix (MwSpan      self,
                    const char *prefix)
{
  gsize length = strlen (prefix);

  return self.length >= length &&
         (length == 0 || g_ascii_strncasecmp (self.bytes, prefix, length) == 0);
}

char *
mw_span_to_string (MwSpan self)
{
  char *copy = g_malloc (self.length + 1);

  for (gsize i = 0; i < self.length; i++)
    copy[i] = g_ascii_isprint (self.bytes[i]) ? self.bytes[i] : '?';
  copy[self.length] = '\0';

  return copy;
}
