/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <gio/gio.h>

#include "test-certificate.h"

G_BEGIN_DECLS

typedef struct _MwFakeTls MwFakeTls;
typedef struct _MwFakeServer MwFakeServer;
typedef struct _MwFakeConnection MwFakeConnection;

/**
 * mw_fake_tls_new:
 * @leaf: what the server shows and has the key of
 * @intermediate: (nullable): sent behind it
 * @priority: (nullable): GnuTLS priorities; default everything GnuTLS can
 * @client_certificate: whether the server insists on one
 *
 * How a fake server speaks TLS.
 */
MwFakeTls    *mw_fake_tls_new                 (MwTestCertificate *leaf,
                                               MwTestCertificate *intermediate,
                                               const char        *priority,
                                               gboolean           client_certificate);
void          mw_fake_tls_free                (MwFakeTls         *self);

/**
 * mw_fake_tls_send_chain:
 * @leaf: what the server shows and has the key of
 * @more: sent behind it
 * @n: how often
 *
 * A chain that is longer than any honest one.
 */
void          mw_fake_tls_send_chain          (MwFakeTls         *self,
                                               MwTestCertificate *leaf,
                                               MwTestCertificate *more,
                                               guint              n);

/**
 * mw_fake_tls_set_ocsp_answer:
 * @answer: (nullable): what is stapled to the certificate, in DER
 */
void          mw_fake_tls_set_ocsp_answer     (MwFakeTls         *self,
                                               GBytes            *answer);

/**
 * mw_fake_tls_require_alpn:
 * @protocol: (transfer none): the only one served; the handshake fails with
 *   clients that offer another
 */
void          mw_fake_tls_require_alpn        (MwFakeTls         *self,
                                               const char        *protocol);

/**
 * MwFakeServerFunc:
 *
 * What the server says on one connection. Runs in a thread of its own, may
 * wait; the connection is closed when it returns.
 */
typedef void (*MwFakeServerFunc) (MwFakeConnection *connection,
                                  gpointer          user_data);

/**
 * mw_fake_server_new:
 *
 * Returns: (transfer full): a server that listens on 127.0.0.1
 */
MwFakeServer *mw_fake_server_new              (MwFakeServerFunc   func,
                                               gpointer           user_data);

/**
 * mw_fake_server_free:
 *
 * Ends all connections and waits for their threads.
 */
void          mw_fake_server_free             (MwFakeServer      *self);
guint16       mw_fake_server_get_port         (MwFakeServer      *self);

/**
 * mw_fake_server_get_n_connections:
 *
 * Returns: how many connections were accepted so far
 */
guint         mw_fake_server_get_n_connections (MwFakeServer     *self);

/**
 * mw_fake_connection_start_tls:
 *
 * Returns: whether the handshake succeeded
 */
gboolean      mw_fake_connection_start_tls    (MwFakeConnection  *self,
                                               MwFakeTls         *tls);

/**
 * mw_fake_connection_ask_again:
 *
 * Asks the client to negotiate again (HelloRequest, TLS 1.2 only), without
 * waiting for its answer.
 */
void          mw_fake_connection_ask_again    (MwFakeConnection  *self);

/**
 * mw_fake_connection_send:
 * @size: -1 when @data is text
 *
 * Returns: whether the client is still there
 */
gboolean      mw_fake_connection_send         (MwFakeConnection  *self,
                                               const char        *data,
                                               gssize             size);

/**
 * mw_fake_connection_receive_line:
 *
 * Returns: (transfer full) (nullable): the next line without its end, %NULL
 *   when the client is gone
 */
char         *mw_fake_connection_receive_line (MwFakeConnection  *self);

/**
 * mw_fake_connection_receive_byte:
 *
 * Returns: the next byte, -1 when the client is gone
 */
int           mw_fake_connection_receive_byte (MwFakeConnection  *self);

/**
 * mw_fake_connection_stay_silent:
 *
 * Says nothing until the client goes.
 */
void          mw_fake_connection_stay_silent  (MwFakeConnection  *self);

/**
 * mw_fake_connection_reset:
 *
 * Ends the connection with a TCP reset.
 */
void          mw_fake_connection_reset        (MwFakeConnection  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MwFakeTls, mw_fake_tls_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MwFakeServer, mw_fake_server_free)

G_END_DECLS
