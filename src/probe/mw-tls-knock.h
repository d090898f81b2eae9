/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "net/mw-socket-slots.h"
#include "net/mw-tls-credentials.h"

G_BEGIN_DECLS

/**
 * MwTlsKnock:
 *
 * Asks a port that is silent in clear whether it speaks TLS from the start, on
 * a connection of its own to the same address. Nothing but a handshake is
 * sent.
 */
typedef struct _MwTlsKnock MwTlsKnock;

/**
 * MwTlsKnockFunc:
 *
 * Called once, from the main loop, when the port has answered in TLS; a port
 * that has not is no news. The knock may be freed inside.
 */
typedef void (*MwTlsKnockFunc) (gpointer user_data);

/**
 * mw_tls_knock_new:
 * @address: where the silent connection leads
 * @port: its port
 * @host: for SNI
 * @tls: trust anchors
 * @slots: (nullable): a free one is waited for
 * @connect_ms: deadline of the connection
 * @tls_ms: deadline of the handshake
 * @func: what to do when it speaks TLS
 * @user_data: for @func
 *
 * Returns: (transfer full): a knock under way
 */
MwTlsKnock *mw_tls_knock_new  (GInetAddress     *address,
                               guint16           port,
                               const char       *host,
                               MwTlsCredentials *tls,
                               MwSocketSlots    *slots,
                               guint             connect_ms,
                               guint             tls_ms,
                               MwTlsKnockFunc    func,
                               gpointer          user_data);

/**
 * mw_tls_knock_free:
 *
 * Stops it and closes its connection.
 */
void        mw_tls_knock_free (MwTlsKnock       *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MwTlsKnock, mw_tls_knock_free)

G_END_DECLS
