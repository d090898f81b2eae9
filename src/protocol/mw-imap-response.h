/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "protocol/mw-span.h"

G_BEGIN_DECLS

/**
 * MwImapKind:
 * @MW_IMAP_KIND_UNTAGGED: `* …`
 * @MW_IMAP_KIND_TAGGED: the end of a command
 * @MW_IMAP_KIND_CONTINUATION: `+ …`
 */
typedef enum {
  MW_IMAP_KIND_UNTAGGED,
  MW_IMAP_KIND_TAGGED,
  MW_IMAP_KIND_CONTINUATION,
} MwImapKind;

/**
 * MwImapStatus:
 * @MW_IMAP_STATUS_DATA: none of the others: data, such as `* 3 EXISTS`
 *
 * The word after the tag.
 */
typedef enum {
  MW_IMAP_STATUS_DATA,
  MW_IMAP_STATUS_OK,
  MW_IMAP_STATUS_NO,
  MW_IMAP_STATUS_BAD,
  MW_IMAP_STATUS_BYE,
  MW_IMAP_STATUS_PREAUTH,
  MW_IMAP_STATUS_CAPABILITY,
} MwImapStatus;

/**
 * MwImapResponse:
 * @kind: which of the three forms
 * @status: the word after the tag
 * @tag: the tag, empty unless tagged
 * @code: the response code's name, empty when there is none
 * @code_arguments: what follows @code inside the brackets
 * @text: the words for people; the capabilities; the base64 challenge
 * @literal: how many octets follow the line as a literal, or -1
 *
 * One line of an IMAP server (RFC 3501 §7, RFC 9051 §7), cut into pieces that
 * point into the line.
 */
typedef struct {
  MwImapKind   kind;
  MwImapStatus status;
  MwSpan       tag;
  MwSpan       code;
  MwSpan       code_arguments;
  MwSpan       text;
  gint64       literal;
} MwImapResponse;

/**
 * mw_imap_response_parse:
 * @self: (out caller-allocates): the pieces
 * @line: a line, with or without its line end
 * @length: its length
 *
 * Returns: whether it is a line of an IMAP server
 */
gboolean mw_imap_response_parse   (MwImapResponse *self,
                                   const char     *line,
                                   gsize           length);

/**
 * mw_imap_response_find_literal:
 * @line: a line, or what remains of one after a literal
 * @length: its length
 *
 * Returns: the octets announced by `{n}` at the end of the line, or -1
 */
gint64   mw_imap_response_find_literal (const char *line,
                                        gsize       length);

G_END_DECLS
