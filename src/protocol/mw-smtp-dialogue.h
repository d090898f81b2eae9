/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "protocol/mw-dialogue-private.h"

G_BEGIN_DECLS

#define MW_TYPE_SMTP_DIALOGUE (mw_smtp_dialogue_get_type ())

/**
 * MwSmtpDialogue:
 *
 * The conversation with a submission server (RFC 6409, RFC 4954), up to RCPT
 * with the own address; a message is never sent.
 */
G_DECLARE_FINAL_TYPE (MwSmtpDialogue, mw_smtp_dialogue, MW, SMTP_DIALOGUE, MwDialogue)

G_END_DECLS
