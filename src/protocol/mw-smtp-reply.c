/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "protocol/mw-smtp-reply.h"

/* One number of an enhanced code, at most three digits. */
static gboolean
take_number (MwSpan *rest,
             int    *out_number)
{
  gsize count = 0;
  int number = 0;

  while (count < rest->length && count < 3 && g_ascii_isdigit (rest->bytes[count]))
    number = number * 10 + (rest->bytes[count++] - '0');

  *rest = mw_span_skip (*rest, count);
  *out_number = number;

  return count > 0;
}

static gboolean
take_dot (MwSpan *rest)
{
  if (rest->length == 0 || rest->bytes[0] != '.')
    return FALSE;

  *rest = mw_span_skip (*rest, 1);
  return TRUE;
}

/* RFC 3463 §2: class "." subject "." detail, and the class must agree with
 * the reply code, or it is just text that looks like one. */
static void
parse_enhanced (MwSmtpReply *self)
{
  MwSpan rest = self->text;
  int class, subject, detail;

  if (!take_number (&rest, &class) || !take_dot (&rest) ||
      !take_number (&rest, &subject) || !take_dot (&rest) ||
      !take_number (&rest, &detail))
    return;

  if (rest.length > 0 && !g_ascii_isspace (rest.bytes[0]))
    return;

  if (class != self->code / 100)
    return;

  self->enhanced_class = class;
  self->subject = subject;
  self->detail = detail;
}

gboolean
mw_smtp_reply_parse (MwSmtpReply *self,
                     const char  *line,
                     gsize        length)
{
  MwSpan rest = mw_span_from_line (line, length);

  *self = (MwSmtpReply) { .is_last = TRUE };

  if (rest.length < 3 ||
      rest.bytes[0] < '2' || rest.bytes[0] > '5' ||
      rest.bytes[1] < '0' || rest.bytes[1] > '5' ||
      !g_ascii_isdigit (rest.bytes[2]))
    return FALSE;

  self->code = (rest.bytes[0] - '0') * 100 + (rest.bytes[1] - '0') * 10 + (rest.bytes[2] - '0');
  rest = mw_span_skip (rest, 3);

  if (rest.length > 0)
    {
      if (rest.bytes[0] != ' ' && rest.bytes[0] != '-')
        return FALSE;
      self->is_last = rest.bytes[0] == ' ';
      rest = mw_span_skip (rest, 1);
    }

  self->text = rest;
  parse_enhanced (self);

  return TRUE;
}
