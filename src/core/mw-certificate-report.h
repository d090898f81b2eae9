/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "core/mw-certificate.h"

G_BEGIN_DECLS

#define MW_TYPE_CERTIFICATE_REPORT (mw_certificate_report_get_type ())

/**
 * MwCertificateReport:
 *
 * What a server's certificates say, and every reason not to trust them.
 * Immutable once made; all text in it comes from outside.
 */
typedef struct _MwCertificateReport MwCertificateReport;

GType                mw_certificate_report_get_type       (void) G_GNUC_CONST;

/**
 * mw_certificate_report_new:
 * @chain: (element-type MwCertificate): what the server sent, its own
 *   certificate first; at least that one
 * @problems: (array length=n_problems): every reason found, gravest first;
 *   values of the `MW_OUTCOME_CERT_…` kind
 * @n_problems: how many; 0 means trusted by the system
 * @missing_issuer: (nullable): the name of the authority where the way to a
 *   known one breaks off
 * @lacks_staple: whether the proof is missing that the certificate was not
 *   revoked, and therefore %MW_OUTCOME_CERT_INCOMPLETE is in @problems
 *
 * Returns: (transfer full): a new report
 */
MwCertificateReport *mw_certificate_report_new            (GPtrArray           *chain,
                                                           const MwOutcome     *problems,
                                                           gsize                n_problems,
                                                           const char          *missing_issuer,
                                                           gboolean             lacks_staple);
MwCertificateReport *mw_certificate_report_ref            (MwCertificateReport *self);
void                 mw_certificate_report_unref          (MwCertificateReport *self);

/**
 * mw_certificate_report_get_chain:
 *
 * Returns: (transfer none) (element-type MwCertificate): what the server sent,
 *   its own certificate first, then who signed which as it says; of a longer
 *   chain than any honest one the beginning
 */
GPtrArray           *mw_certificate_report_get_chain      (MwCertificateReport *self);

/**
 * mw_certificate_report_get_missing_issuer:
 *
 * Returns: (transfer none) (nullable): for %MW_OUTCOME_CERT_INCOMPLETE and
 *   %MW_OUTCOME_CERT_UNKNOWN_CA the name of the authority that is missing or
 *   not known
 */
const char          *mw_certificate_report_get_missing_issuer (MwCertificateReport *self);

/**
 * mw_certificate_report_set_anchor:
 * @anchor: (nullable): the trusted authority that the way to it ends at
 *
 * For whoever makes the report, before it is handed out.
 */
void                 mw_certificate_report_set_anchor     (MwCertificateReport *self,
                                                           MwCertificate       *anchor);

/**
 * mw_certificate_report_get_anchor:
 *
 * Returns: (transfer none) (nullable): the authority, trusted here, that
 *   makes the server's certificate trusted; %NULL where there is none or it
 *   is not known
 */
MwCertificate       *mw_certificate_report_get_anchor     (MwCertificateReport *self);

/**
 * mw_certificate_report_get_lacks_staple:
 *
 * Returns: whether %MW_OUTCOME_CERT_INCOMPLETE is about the answer stapled to
 *   the certificate (RFC 7633, RFC 6066 §8): it is missing, out of date, or
 *   nobody's who may give it
 */
gboolean             mw_certificate_report_get_lacks_staple (MwCertificateReport *self);

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
