/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "core/mw-enums.h"
#include "protocol/mw-imap-response.h"
#include "protocol/mw-pop3-response.h"
#include "protocol/mw-smtp-reply.h"

G_BEGIN_DECLS

/* What a server means when it says no. Codes count more than words; words are
 * looked at only where a code leaves the cause open. */

/**
 * mw_refusal_of_service:
 * @text: the words of a greeting or farewell that turns the client away
 *
 * Returns: %MW_OUTCOME_TEMPORARY or %MW_OUTCOME_REFUSED
 */
MwOutcome mw_refusal_of_service       (MwSpan                text);

/**
 * mw_refusal_before_login:
 * @response: a NO, BAD or BYE before anybody tried to log in
 * @otherwise: for an answer that does not say why
 *
 * What may be believed of a server, or of somebody in between, that has not
 * seen a password: never anything about passwords.
 */
MwOutcome mw_refusal_before_login     (const MwImapResponse *response,
                                       MwOutcome             otherwise);

/**
 * mw_refusal_from_imap:
 * @response: a NO, BAD or BYE
 * @otherwise: for an answer that does not say why
 *
 * Reads a refused log-in or mailbox by its code (RFC 5530).
 */
MwOutcome mw_refusal_from_imap        (const MwImapResponse *response,
                                       MwOutcome             otherwise);

/**
 * mw_refusal_from_pop3:
 * @response: an `-ERR`
 * @has_codes: whether the server announced response codes
 * @is_secured: whether TLS stands; without it `[AUTH]` may mean just that
 *
 * Reads a refused log-in or mailbox by its code (RFC 2449 §8, RFC 3206).
 */
MwOutcome mw_refusal_from_pop3        (const MwPop3Response *response,
                                       gboolean              has_codes,
                                       gboolean              is_secured);

/**
 * mw_refusal_from_smtp_auth:
 * @reply: last line of the reply
 * @text: the words of all its lines
 *
 * Reads a refused AUTH (RFC 4954 §6, RFC 5248).
 */
MwOutcome mw_refusal_from_smtp_auth   (const MwSmtpReply    *reply,
                                       MwSpan                text);

/**
 * mw_refusal_from_smtp_sender:
 * @reply: last line of the reply to MAIL or RCPT with the own address
 * @text: the words of all its lines
 * @is_recipient: whether RCPT was refused
 * @is_authenticated: whether AUTH came before
 *
 * Returns: what it means; %MW_OUTCOME_WORKS when it does not matter
 */
MwOutcome mw_refusal_from_smtp_sender (const MwSmtpReply    *reply,
                                       MwSpan                text,
                                       gboolean              is_recipient,
                                       gboolean              is_authenticated);

G_END_DECLS
