/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "protocol/mw-imap-response.h"

#include <string.h>

static const struct {
  const char   *word;
  MwImapStatus  status;
} statuses[] = {
  { "OK", MW_IMAP_STATUS_OK },
  { "NO", MW_IMAP_STATUS_NO },
  { "BAD", MW_IMAP_STATUS_BAD },
  { "BYE", MW_IMAP_STATUS_BYE },
  { "PREAUTH", MW_IMAP_STATUS_PREAUTH },
  { "CAPABILITY", MW_IMAP_STATUS_CAPABILITY },
};

static MwImapStatus
find_status (MwSpan word)
{
  for (gsize i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      if (mw_span_equal (word, statuses[i].word))
        return statuses[i].status;
    }

  return MW_IMAP_STATUS_DATA;
}

/* resp-text = ["[" resp-text-code "]" SP] text. A bracket that is never
 * closed belongs to the text. */
static void
split_code (MwImapResponse *self)
{
  const char *end;
  MwSpan inside;

  if (self->text.length == 0 || self->text.bytes[0] != '[')
    return;

  end = memchr (self->text.bytes, ']', self->text.length);
  if (end == NULL)
    return;

  inside = (MwSpan) { self->text.bytes + 1, end - self->text.bytes - 1 };
  self->code = mw_span_take_word (&inside);
  self->code_arguments = inside;
  self->text = mw_span_skip_blanks (mw_span_skip (self->text, end + 1 - self->text.bytes));
}

/* RFC 3501 §2.2.1: any printable character but those with a meaning. */
static gboolean
is_tag (MwSpan word)
{
  if (word.length == 0 || word.length > 32)
    return FALSE;

  for (gsize i = 0; i < word.length; i++)
    {
      if (!g_ascii_isgraph (word.bytes[i]) || strchr ("(){%*\"\\+", word.bytes[i]) != NULL)
        return FALSE;
    }

  return TRUE;
}

gboolean
mw_imap_response_parse (MwImapResponse *self,
                        const char     *line,
                        gsize           length)
{
  MwSpan rest = mw_span_from_line (line, length);
  MwSpan whole, first, word;

  *self = (MwImapResponse) { .literal = -1 };

  if (rest.length == 0)
    return FALSE;

  if (rest.bytes[0] == '+')
    {
      if (rest.length > 1 && rest.bytes[1] != ' ')
        return FALSE;
      self->kind = MW_IMAP_KIND_CONTINUATION;
      self->text = mw_span_skip_blanks (mw_span_skip (rest, 1));
      return TRUE;
    }

  first = mw_span_take_word (&rest);
  whole = rest;
  word = mw_span_take_word (&rest);
  if (word.length == 0)
    return FALSE;

  self->status = find_status (word);
  self->text = rest;

  if (mw_span_equal (first, "*"))
    self->kind = MW_IMAP_KIND_UNTAGGED;
  else if (is_tag (first) &&
           (self->status == MW_IMAP_STATUS_OK || self->status == MW_IMAP_STATUS_NO ||
            self->status == MW_IMAP_STATUS_BAD))
    {
      self->kind = MW_IMAP_KIND_TAGGED;
      self->tag = first;
    }
  else
    return FALSE;

  if (self->status == MW_IMAP_STATUS_DATA)
    {
      /* Only data can hold literals; in the words of a status they would be
       * just words. */
      self->text = whole;
      self->literal = mw_imap_response_find_literal (whole.bytes, whole.length);
    }
  else if (self->status != MW_IMAP_STATUS_CAPABILITY)
    split_code (self);

  return TRUE;
}

gint64
mw_imap_response_find_literal (const char *line,
                               gsize       length)
{
  MwSpan rest = mw_span_from_line (line, length);
  gint64 octets = 0;
  gint64 place = 1;
  gsize i;

  if (rest.length < 3 || rest.bytes[rest.length - 1] != '}')
    return -1;

  /* Nine digits are more than any server of ours may send. */
  for (i = rest.length - 1; i > 0 && g_ascii_isdigit (rest.bytes[i - 1]); i--)
    {
      if (place > G_GINT64_CONSTANT (100000000))
        return -1;
      octets += place * (rest.bytes[i - 1] - '0');
      place *= 10;
    }

  return place > 1 && i > 0 && rest.bytes[i - 1] == '{' ? octets : -1;
}
