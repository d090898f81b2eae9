/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "protocol/mw-span.h"

G_BEGIN_DECLS

/**
 * MwPop3Status:
 * @MW_POP3_STATUS_OK: `+OK`
 * @MW_POP3_STATUS_ERR: `-ERR`
 * @MW_POP3_STATUS_CHALLENGE: `+`, inside AUTH (RFC 5034 §4)
 */
typedef enum {
  MW_POP3_STATUS_OK,
  MW_POP3_STATUS_ERR,
  MW_POP3_STATUS_CHALLENGE,
} MwPop3Status;

/**
 * MwPop3Response:
 * @status: the first word
 * @code: the extended response code (RFC 2449 §8), such as `SYS/TEMP`;
 *   empty when there is none
 * @text: the words for people, or the base64 challenge
 *
 * One status line of a POP3 server, cut into pieces that point into the line.
 */
typedef struct {
  MwPop3Status status;
  MwSpan       code;
  MwSpan       text;
} MwPop3Response;

/**
 * mw_pop3_response_parse:
 * @self: (out caller-allocates): the pieces
 * @line: a line, with or without its line end
 * @length: its length
 *
 * Returns: whether it is a status line of a POP3 server
 */
gboolean mw_pop3_response_parse (MwPop3Response *self,
                                 const char     *line,
                                 gsize           length);

/**
 * mw_pop3_response_take_item:
 * @line: a line of a multi-line answer
 * @length: its length
 * @out_item: (out caller-allocates): the line without its stuffed dot
 *
 * Returns: whether @line is an item; %FALSE for the final dot (RFC 1939 §3)
 */
gboolean mw_pop3_response_take_item (const char *line,
                                     gsize       length,
                                     MwSpan     *out_item);

G_END_DECLS
