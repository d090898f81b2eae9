/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <gio/gio.h>

#include "core/mw-certificate-report.h"
#include "net/mw-tls-credentials.h"

G_BEGIN_DECLS

#define MW_TYPE_TRANSPORT (mw_transport_get_type ())

/**
 * MwTransport:
 *
 * One connection to a server, in clear or under TLS: bytes in, bytes out,
 * driven by sources of the thread's main context, no thread of its own. At
 * most one read and one write at a time.
 */
G_DECLARE_FINAL_TYPE (MwTransport, mw_transport, MW, TRANSPORT, GObject)

/**
 * mw_transport_new:
 * @socket: a connected, non-blocking socket
 *
 * Returns: (transfer full): a transport in clear
 */
MwTransport *mw_transport_new              (GSocket              *socket);

/**
 * mw_transport_handshake_async:
 * @self: a transport in clear
 * @credentials: trust anchors
 * @host: name the certificate must be valid for; also sent as SNI
 * @pin: (nullable): SHA-256 (hex) of the one certificate accepted instead
 * @timeout_ms: deadline
 * @cancellable: (nullable): to stop
 * @callback: (scope async): called when TLS stands or failed
 * @user_data: for @callback
 *
 * Turns the connection to TLS (1.2 or newer). The handshake is allowed to
 * finish even with a bad certificate, so that everything about it can be
 * reported; nothing can be written afterwards unless it was accepted.
 */
void         mw_transport_handshake_async  (MwTransport          *self,
                                            MwTlsCredentials     *credentials,
                                            const char           *host,
                                            const char           *pin,
                                            guint                 timeout_ms,
                                            GCancellable         *cancellable,
                                            GAsyncReadyCallback   callback,
                                            gpointer              user_data);

/**
 * mw_transport_handshake_finish:
 * @out_facts: (out) (transfer full) (nullable): what is known of the TLS
 *   session, also when the certificate was not accepted
 * @error: return location for a %MW_PROBE_ERROR
 *
 * Returns: whether the connection is protected and the certificate accepted
 */
gboolean     mw_transport_handshake_finish (MwTransport          *self,
                                            GAsyncResult         *result,
                                            MwTlsFacts          **out_facts,
                                            GError              **error);

/**
 * mw_transport_read_async:
 * @buffer: where to; must live until the callback
 * @size: room in it
 * @timeout_ms: deadline
 *
 * Reads what there is, at least one byte.
 */
void         mw_transport_read_async       (MwTransport          *self,
                                            void                 *buffer,
                                            gsize                 size,
                                            guint                 timeout_ms,
                                            GCancellable         *cancellable,
                                            GAsyncReadyCallback   callback,
                                            gpointer              user_data);

/**
 * mw_transport_read_finish:
 *
 * Returns: how many bytes, 0 at the end, -1 on error (timeout, disconnected,
 *   tls-failed, cancelled …)
 */
gssize       mw_transport_read_finish      (MwTransport          *self,
                                            GAsyncResult         *result,
                                            GError              **error);

/**
 * mw_transport_write_async:
 * @bytes: what to write, whole
 * @timeout_ms: deadline
 */
void         mw_transport_write_async      (MwTransport          *self,
                                            GBytes               *bytes,
                                            guint                 timeout_ms,
                                            GCancellable         *cancellable,
                                            GAsyncReadyCallback   callback,
                                            gpointer              user_data);
gboolean     mw_transport_write_finish     (MwTransport          *self,
                                            GAsyncResult         *result,
                                            GError              **error);

/**
 * mw_transport_has_unread:
 *
 * Returns: whether the system holds bytes in clear that nobody has read yet
 */
gboolean     mw_transport_has_unread       (MwTransport          *self);

/**
 * mw_transport_set_alpn:
 * @alpn: (nullable): what to offer as the protocol inside TLS, or nothing
 *
 * Call it before the handshake.
 */
void         mw_transport_set_alpn         (MwTransport          *self,
                                            const char           *alpn);

/**
 * mw_transport_is_open:
 *
 * Returns: whether the server has not ended the connection, as far as the
 *   system knows by now
 */
gboolean     mw_transport_is_open          (MwTransport          *self);

/**
 * mw_transport_set_quick_ack:
 *
 * Acknowledge at once from now on (TCP_QUICKACK after every receive). Wanted
 * while an SMTP server speaks first after TLS: its greeting waits behind its
 * session ticket until that is acknowledged.
 */
void         mw_transport_set_quick_ack    (MwTransport          *self,
                                            gboolean              quick_ack);

/**
 * mw_transport_close:
 * @farewell: (nullable): bytes to write first as far as that goes without
 *   waiting (LOGOUT, QUIT)
 *
 * Closes the connection without waiting.
 */
void         mw_transport_close            (MwTransport          *self,
                                            GBytes               *farewell);

/**
 * mw_transport_get_local_address:
 *
 * Returns: (transfer full): own IP address as text, for EHLO
 */
char        *mw_transport_get_local_address (MwTransport         *self);

G_END_DECLS
