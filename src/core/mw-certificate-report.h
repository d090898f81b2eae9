/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "core/mw-enums.h"

G_BEGIN_DECLS

#define MW_TYPE_CERTIFICATE_REPORT (mw_certificate_report_get_type ())

/**
 * MwCertificateReport:
 *
 * What a server's certificate says, and every reason not to trust it.
 * Immutable once made; all text in it comes from outside.
 */
typedef struct _MwCertificateReport MwCertificateReport;

GType                mw_certificate_report_get_type       (void) G_GNUC_CONST;

/**
 * mw_certificate_report_new:
 * @subject: (nullable): the subject's distinguished name (RFC 4514)
 * @issuer: (nullable): the issuer's distinguished name
 * @names: (nullable) (array zero-terminated=1): dNSName and iPAddress entries
 * @srv_names: (nullable) (array zero-terminated=1): SRV-ID entries (RFC 4985),
 *   such as "_imaps.example.com", kept apart because nothing forbids such a
 *   dNSName
 * @not_before: first valid second, Unix time
 * @not_after: last valid second, Unix time
 * @sha256: SHA-256 of the leaf's DER, 64 lower-case hex digits
 * @key: (nullable): kind and size of the key, such as "RSA 2048"
 * @problems: (array length=n_problems): every reason found, gravest first;
 *   values of the `MW_OUTCOME_CERT_…` kind
 * @n_problems: how many; 0 means trusted by the system
 *
 * Returns: (transfer full): a new report
 */
MwCertificateReport *mw_certificate_report_new            (const char          *subject,
                                                           const char          *issuer,
                                                           const char * const  *names,
                                                           const char * const  *srv_names,
                                                           gint64               not_before,
                                                           gint64               not_after,
                                                           const char          *sha256,
                                                           const char          *key,
                                                           const MwOutcome     *problems,
                                                           gsize                n_problems);
MwCertificateReport *mw_certificate_report_ref            (MwCertificateReport *self);
void                 mw_certificate_report_unref          (MwCertificateReport *self);

/**
 * mw_certificate_report_set_der:
 * @der: the leaf as the server sent it
 *
 * For the maker of a report, before it is handed out.
 */
void                 mw_certificate_report_set_der        (MwCertificateReport *self,
                                                           GBytes              *der);

/**
 * mw_certificate_report_get_der:
 *
 * Returns: (transfer none) (nullable): the leaf as the server sent it
 */
GBytes              *mw_certificate_report_get_der        (MwCertificateReport *self);
const char          *mw_certificate_report_get_subject    (MwCertificateReport *self);
const char          *mw_certificate_report_get_issuer     (MwCertificateReport *self);
const char * const  *mw_certificate_report_get_names      (MwCertificateReport *self);

/**
 * mw_certificate_report_names_service:
 * @service: an SRV service name, such as "imaps"
 * @domain: an e-mail domain, normalised
 *
 * Returns: whether the certificate says that its holder offers @service for
 *   @domain (RFC 6125 §6.5.1)
 */
gboolean             mw_certificate_report_names_service  (MwCertificateReport *self,
                                                           const char          *service,
                                                           const char          *domain);
gint64               mw_certificate_report_get_not_before (MwCertificateReport *self);
gint64               mw_certificate_report_get_not_after  (MwCertificateReport *self);
const char          *mw_certificate_report_get_sha256     (MwCertificateReport *self);
const char          *mw_certificate_report_get_key        (MwCertificateReport *self);
const MwOutcome     *mw_certificate_report_get_problems   (MwCertificateReport *self,
                                                           gsize               *out_n_problems);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MwCertificateReport, mw_certificate_report_unref)

#define MW_TYPE_TLS_FACTS (mw_tls_facts_get_type ())

/**
 * MwTlsFacts:
 *
 * What a finished handshake agreed on. Immutable.
 */
typedef struct _MwTlsFacts MwTlsFacts;

GType                mw_tls_facts_get_type    (void) G_GNUC_CONST;

/**
 * mw_tls_facts_new:
 * @version: protocol version, such as "TLS1.3"
 * @cipher: (nullable): cipher suite
 * @trusted: whether anything may be sent: the certificate is valid for the
 *   host, or it is the pinned one
 * @pinned: whether that is so because of a pin
 * @report: (nullable): the certificate
 *
 * Returns: (transfer full): new facts
 */
MwTlsFacts          *mw_tls_facts_new         (const char          *version,
                                               const char          *cipher,
                                               gboolean             trusted,
                                               gboolean             pinned,
                                               MwCertificateReport *report);
MwTlsFacts          *mw_tls_facts_ref         (MwTlsFacts *self);
void                 mw_tls_facts_unref       (MwTlsFacts *self);
const char          *mw_tls_facts_get_version (MwTlsFacts *self);
const char          *mw_tls_facts_get_cipher  (MwTlsFacts *self);
gboolean             mw_tls_facts_get_trusted (MwTlsFacts *self);
gboolean             mw_tls_facts_get_pinned  (MwTlsFacts *self);
MwCertificateReport *mw_tls_facts_get_report  (MwTlsFacts *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MwTlsFacts, mw_tls_facts_unref)

G_END_DECLS
