/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <gnutls/gnutls.h>
#include <gnutls/x509.h>

#include "core/mw-certificate-report.h"

G_BEGIN_DECLS

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
MwCertificateReport *mw_certificate_check (gnutls_session_t       session,
                                           const char            *host,
                                           const char            *pin,
                                           gboolean              *out_accepted);

/**
 * mw_certificate_judge:
 * @ders: (array length=n_ders): what the server sent, its own certificate first
 * @n_ders: how many
 * @status: what GnuTLS says of them: a set of gnutls_certificate_status_t
 *
 * The part of [func@Mw.certificate_check] that needs no session.
 */
MwCertificateReport *mw_certificate_judge (const gnutls_datum_t  *ders,
                                           unsigned int           n_ders,
                                           unsigned int           status,
                                           const char            *host,
                                           const char            *pin,
                                           gboolean              *out_accepted);

G_END_DECLS
