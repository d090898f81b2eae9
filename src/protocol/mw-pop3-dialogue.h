/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "protocol/mw-dialogue-private.h"

G_BEGIN_DECLS

#define MW_TYPE_POP3_DIALOGUE (mw_pop3_dialogue_get_type ())

/**
 * MwPop3Dialogue:
 *
 * The conversation with a POP3 server (RFC 1939, RFC 2449, RFC 2595), up to STAT.
 */
G_DECLARE_FINAL_TYPE (MwPop3Dialogue, mw_pop3_dialogue, MW, POP3_DIALOGUE, MwDialogue)

G_END_DECLS
