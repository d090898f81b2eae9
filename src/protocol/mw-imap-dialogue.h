/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "protocol/mw-dialogue-private.h"

G_BEGIN_DECLS

#define MW_TYPE_IMAP_DIALOGUE (mw_imap_dialogue_get_type ())

/**
 * MwImapDialogue:
 *
 * The conversation with an IMAP server (RFC 3501, RFC 9051), up to EXAMINE INBOX.
 */
G_DECLARE_FINAL_TYPE (MwImapDialogue, mw_imap_dialogue, MW, IMAP_DIALOGUE, MwDialogue)

G_END_DECLS
