/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <gio/gio.h>

#include "core/mw-certificate-report.h"

G_BEGIN_DECLS

#define MW_TYPE_TLS_CREDENTIALS (mw_tls_credentials_get_type ())

/**
 * MwTlsCredentials:
 *
 * The trust anchors, loaded once in a process (off the main thread) and shared
 * by all connections, and the decision whether a server's certificate is
 * accepted.
 */
G_DECLARE_FINAL_TYPE (MwTlsCredentials, mw_tls_credentials, MW, TLS_CREDENTIALS, GObject)

MwTlsCredentials *mw_tls_credentials_new             (void);

/**
 * mw_tls_credentials_get_version:
 *
 * Returns: the version of the library that does TLS, such as "GnuTLS 3.7.9"
 */
const char       *mw_tls_credentials_get_version     (void);

/**
 * mw_tls_credentials_add_ca_file:
 * @path: PEM file with extra anchors
 *
 * Call it before the first handshake.
 *
 * Returns: whether the file held at least one certificate
 */
gboolean          mw_tls_credentials_add_ca_file     (MwTlsCredentials     *self,
                                                      const char           *path,
                                                      GError              **error);

/**
 * mw_tls_credentials_prepare_async:
 *
 * Loads the system trust store, once; later calls return at once. Handshakes
 * do this themselves; calling it early overlaps it with the first look-up.
 */
void              mw_tls_credentials_prepare_async   (MwTlsCredentials     *self,
                                                      GCancellable         *cancellable,
                                                      GAsyncReadyCallback   callback,
                                                      gpointer              user_data);
gboolean          mw_tls_credentials_prepare_finish  (MwTlsCredentials     *self,
                                                      GAsyncResult         *result,
                                                      GError              **error);

/**
 * mw_tls_credentials_wait:
 *
 * Waits until the trust store is loaded, if it has been begun: some hundredths
 * of a second. Nobody may leave main() before that, because GnuTLS takes
 * itself down then.
 */
void              mw_tls_credentials_wait            (MwTlsCredentials     *self);

G_END_DECLS
