/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <glib.h>
#include <gnutls/x509.h>

G_BEGIN_DECLS

/**
 * MwCertificateNameFunc:
 * @type: a gnutls_x509_subject_alt_name_t; an SRV-ID comes decoded, as
 *   GNUTLS_SAN_OTHERNAME_SRV
 * @name: its bytes, not ended by NUL; anything may be in them
 *
 * Returns: whether that is what was looked for
 */
typedef gboolean (*MwCertificateNameFunc) (unsigned int          type,
                                           const gnutls_datum_t *name,
                                           gpointer              user_data);

/**
 * mw_certificate_walk_names:
 *
 * Calls @func for each subject alternative name until it says yes.
 *
 * Returns: whether it said yes
 */
gboolean mw_certificate_walk_names (gnutls_x509_crt_t      certificate,
                                    MwCertificateNameFunc  func,
                                    gpointer               user_data);

/**
 * mw_certificate_names_host:
 * @certificate: a server's certificate
 * @host: a normalised name or an IP literal
 *
 * Whether a subject alternative name is @host (RFC 9525): a dNSName equal to
 * it or `*.` and its parent, where the parent is no public suffix; an
 * iPAddress for a literal. The common name does not count.
 */
gboolean mw_certificate_names_host (gnutls_x509_crt_t      certificate,
                                    const char            *host);

G_END_DECLS
