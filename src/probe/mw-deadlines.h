/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * MwDeadlines:
 * @connect_ms: for the TCP connection of one address
 * @tls_ms: for a handshake
 * @greeting_ms: for the server's first line
 * @silence_ms: until a silent port is asked whether it speaks TLS at once
 * @command_ms: for the answer to a command
 * @auth_ms: for the answer to a log-in; servers punish a wrong password by
 *   seconds of silence, shared by all their protocols
 * @notice_ms: until that silence is spoken of
 * @folders_ms: for all that is asked of a mailbox beyond the proof
 * @search_ms: until at least one server of a side must have answered
 * @grace_ms: how long a better endpoint may hold a worse one back at least
 * @protocol_grace_ms: how long, when it is of a better protocol and has been
 *   reached
 *
 * How long a run waits for what. In milliseconds.
 */
typedef struct {
  guint connect_ms;
  guint tls_ms;
  guint greeting_ms;
  guint silence_ms;
  guint command_ms;
  guint auth_ms;
  guint notice_ms;
  guint folders_ms;
  guint search_ms;
  guint grace_ms;
  guint protocol_grace_ms;
} MwDeadlines;

/**
 * mw_deadlines_init:
 * @self: what to fill
 * @cap_ms: no single wait is longer than this; 0 for the usual ones
 */
void mw_deadlines_init (MwDeadlines *self,
                        guint        cap_ms);

G_END_DECLS
