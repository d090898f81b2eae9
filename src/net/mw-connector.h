/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "core/mw-family-report.h"
#include "net/mw-resolver.h"
#include "net/mw-socket-slots.h"

G_BEGIN_DECLS

/**
 * MwConnection:
 * @socket: (transfer full): connected, non-blocking, TCP_NODELAY set
 * @address: (transfer full): the address that answered first
 * @resolve_us: microseconds until that address was known
 * @connect_us: microseconds from its dial to its answer
 *
 * What a dial brought.
 */
typedef struct {
  GSocket      *socket;
  GInetAddress *address;
  gint64        resolve_us;
  gint64        connect_us;
} MwConnection;

void mw_connection_free (MwConnection *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MwConnection, mw_connection_free)

/**
 * mw_connector_connect_async:
 * @resolver: names are looked up here
 * @host: a normalised name or an IP literal
 * @port: 1 to 65535
 * @allow_local: also dial loop-back, private and link-local addresses
 * @timeout_ms: deadline for the TCP connection of each address
 * @slots: (nullable): the sockets of the run, of which this takes one for each
 *   address under way
 * @cancellable: (nullable): to stop
 * @callback: (scope async): called when connected, or when nothing is left
 * @user_data: for @callback
 *
 * Opens a TCP connection: both families are looked up at once, addresses
 * alternate and start 250 ms apart (RFC 8305), the first to answer wins. An
 * answer of the name server that comes late joins in. Each address is checked,
 * then exactly that address is dialled, so that a second answer of the name
 * server cannot lead elsewhere.
 */
void          mw_connector_connect_async  (MwResolver           *resolver,
                                           const char           *host,
                                           guint16               port,
                                           gboolean              allow_local,
                                           guint                 timeout_ms,
                                           MwSocketSlots        *slots,
                                           GCancellable         *cancellable,
                                           GAsyncReadyCallback   callback,
                                           gpointer              user_data);

/**
 * mw_connector_connect_finish:
 * @result: what the callback got
 * @out_report: (out) (optional) (transfer full): what became of each family,
 *   also when there is no connection
 * @error: return location for a %MW_PROBE_ERROR: dns-nxdomain, dns-fail,
 *   refused, timeout, unreachable, cancelled, or consent-needed when only
 *   local addresses exist and they are not allowed
 *
 * Returns: (transfer full) (nullable): the connection
 */
MwConnection *mw_connector_connect_finish (GAsyncResult         *result,
                                           MwFamilyReport      **out_report,
                                           GError              **error);

G_END_DECLS
