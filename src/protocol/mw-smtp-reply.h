/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "protocol/mw-span.h"

G_BEGIN_DECLS

/**
 * MwSmtpReply:
 * @code: the three digits
 * @is_last: whether no further line of the same reply follows
 * @enhanced_class: first number of the enhanced status code (RFC 2034,
 *   RFC 3463), 0 when there is none
 * @subject: its second number
 * @detail: its third number
 * @text: everything after the code and its separator
 *
 * One line of an SMTP reply (RFC 5321 §4.2), cut into pieces that point into
 * the line.
 */
typedef struct {
  int      code;
  gboolean is_last;
  int      enhanced_class;
  int      subject;
  int      detail;
  MwSpan   text;
} MwSmtpReply;

/**
 * mw_smtp_reply_parse:
 * @self: (out caller-allocates): the pieces
 * @line: a line, with or without its line end
 * @length: its length
 *
 * Returns: whether it is a line of an SMTP reply
 */
gboolean mw_smtp_reply_parse (MwSmtpReply *self,
                              const char  *line,
                              gsize        length);

G_END_DECLS
