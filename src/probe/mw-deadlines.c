/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "probe/mw-deadlines.h"

void
mw_deadlines_init (MwDeadlines *self,
                   guint        cap_ms)
{
  const MwDeadlines usual = {
    .connect_ms = 6000,
    .tls_ms = 8000,
    .greeting_ms = 8000,
    .silence_ms = 3000,
    .command_ms = 15000,
    .auth_ms = 30000,
    .notice_ms = 3000,
    .folders_ms = 3000,
    .search_ms = 10000,
    .grace_ms = 50,
    .protocol_grace_ms = 2000,
  };

  g_return_if_fail (self != NULL);

  *self = usual;
  if (cap_ms == 0)
    return;

  self->connect_ms = MIN (usual.connect_ms, cap_ms);
  self->tls_ms = MIN (usual.tls_ms, cap_ms);
  self->greeting_ms = MIN (usual.greeting_ms, cap_ms);
  self->silence_ms = MIN (usual.silence_ms, cap_ms / 2);
  self->command_ms = MIN (usual.command_ms, cap_ms);
  self->auth_ms = MIN (usual.auth_ms, cap_ms);
  self->notice_ms = MIN (usual.notice_ms, cap_ms / 2);
  self->folders_ms = MIN (usual.folders_ms, cap_ms);
  self->search_ms = MIN (usual.search_ms, cap_ms);
}
