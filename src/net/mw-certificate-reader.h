/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <gnutls/x509.h>

#include "core/mw-certificate.h"

G_BEGIN_DECLS

/**
 * mw_certificate_read:
 * @certificate: (nullable): what was decoded; %NULL when that failed
 * @der: what it was decoded from
 *
 * Reads what is of interest to a person or an exporter. However large or odd
 * the certificate is, what comes out is small and can be shown: long texts are
 * cut, and of many names the first are listed.
 *
 * Returns: (transfer full): a certificate without problems so far
 */
MwCertificate *mw_certificate_read (gnutls_x509_crt_t     certificate,
                                    const gnutls_datum_t *der);

G_END_DECLS
