/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <gnutls/gnutls.h>
#include <gnutls/x509.h>

#include "core/mw-certificate-report.h"

G_BEGIN_DECLS

/**
 * mw_certificate_names_host:
 * @certificate: a server's certificate
 * @host: a normalised name or an IP literal
 *
 * Whether a subject alternative name is @host (RFC 9525): a dNSName equal to
 * it or `*.` and its parent, where the parent is no public suffix; an
 * iPAddress for a literal. The common name does not count.
 */
gboolean             mw_certificate_names_host (gnutls_x509_crt_t  certificate,
                                                const char        *host);

/**
 * mw_certificate_check:
 * @session: a session whose handshake is over
 * @host: whom the person wants to talk to, normalised
 * @pin: (nullable): SHA-256 of the only certificate accepted
 * @out_accepted: (out): whether anything may be sent to this server
 *
 * The certificate decision: chain, dates, purpose and strength by GnuTLS, the
 * name by our own walk. With a pin the fingerprint decides alone, unless a
 * stapled answer revokes the certificate.
 *
 * Returns: (transfer full) (nullable): everything known of the certificate,
 *   %NULL when the server showed none that can be read
 */
MwCertificateReport *mw_certificate_check      (gnutls_session_t   session,
                                                const char        *host,
                                                const char        *pin,
                                                gboolean          *out_accepted);

G_END_DECLS
