/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "net/mw-pending.h"
#include "net/mw-tls-credentials.h"

G_BEGIN_DECLS

/**
 * MwTlsSession:
 *
 * GnuTLS on a non-blocking socket. Nothing here waits or knows of a main
 * loop: each call goes as far as it can and says what it wants next.
 */
typedef struct _MwTlsSession MwTlsSession;

/**
 * mw_tls_session_new:
 * @host: whom the certificate must be valid for; sent as SNI unless a literal
 * @alpn: (nullable): the protocol inside TLS to offer (RFC 7301)
 */
MwTlsSession *mw_tls_session_new         (GSocket           *socket,
                                          MwTlsCredentials  *credentials,
                                          const char        *host,
                                          const char        *alpn,
                                          GError           **error);
void          mw_tls_session_free        (MwTlsSession      *self);

/**
 * mw_tls_session_set_quick_ack:
 *
 * Whether to acknowledge at once what is received (TCP_QUICKACK).
 */
void          mw_tls_session_set_quick_ack (MwTlsSession    *self,
                                          gboolean           quick_ack);

/**
 * mw_tls_session_handshake:
 *
 * One step of the handshake, which is done when the version is known to be
 * new enough; the certificate has not been looked at then.
 */
MwIoStatus    mw_tls_session_handshake   (MwTlsSession      *self,
                                          GError           **error);

/**
 * mw_tls_session_decide:
 * @pin: (nullable): SHA-256 of the only certificate accepted
 * @error: return location for the reason for a no
 *
 * Looks at the server's certificate after the handshake.
 *
 * Returns: (transfer full): what was agreed on; its `trusted` is the decision
 */
MwTlsFacts   *mw_tls_session_decide      (MwTlsSession      *self,
                                          const char        *pin,
                                          GError           **error);

/**
 * mw_tls_session_receive:
 * @out_size: (out): how many bytes came, 0 at the end of the connection
 */
MwIoStatus    mw_tls_session_receive     (MwTlsSession      *self,
                                          void              *buffer,
                                          gsize              size,
                                          gsize             *out_size,
                                          GError           **error);

/**
 * mw_tls_session_send:
 * @out_size: (out): how many bytes went
 *
 * After %MW_IO_WANT_READ or %MW_IO_WANT_WRITE call it again with the same data.
 */
MwIoStatus    mw_tls_session_send        (MwTlsSession      *self,
                                          const void        *data,
                                          gsize              size,
                                          gsize             *out_size,
                                          GError           **error);

/**
 * mw_tls_session_say_goodbye:
 *
 * Tells the server that nothing follows, as far as that goes without waiting.
 */
void          mw_tls_session_say_goodbye (MwTlsSession      *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MwTlsSession, mw_tls_session_free)

G_END_DECLS
