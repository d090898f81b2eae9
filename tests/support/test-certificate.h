/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <gio/gio.h>
#include <gnutls/x509.h>

G_BEGIN_DECLS

#define MW_TEST_DAY (24 * 60 * 60)

/**
 * MwTestCertificateSpec:
 * @common_name: (nullable): the subject; default "Test"
 * @names: dNSName entries, or iPAddress where it is a literal
 * @n_others: how many other names come before @names
 * @not_before: seconds from now; default a day ago
 * @not_after: seconds from now; default in 30 days
 * @purpose: (nullable): extended key usage; default serverAuth
 * @issuer_uri: (nullable): where the issuer's certificate can be fetched
 * @rsa_bits: size of an RSA key; default ECDSA P-256
 * @digest: of the signature; default SHA-256
 * @is_ca: whether it may sign others
 * @must_staple: whether it is worth nothing without an answer of OCSP (RFC 7633)
 *
 * What is special about a certificate; all zero is a good one without names.
 */
typedef struct {
  const char               *common_name;
  const char               *names[9];
  guint                     n_others;
  int                       not_before;
  int                       not_after;
  const char               *purpose;
  const char               *issuer_uri;
  guint                     rsa_bits;
  gnutls_digest_algorithm_t digest;
  gboolean                  is_ca;
  gboolean                  must_staple;
} MwTestCertificateSpec;

typedef struct _MwTestCertificate MwTestCertificate;

/**
 * mw_test_certificate_new:
 * @issuer: (nullable): who signs; %NULL: itself
 *
 * Makes a key and a certificate. Aborts the test when that fails.
 */
MwTestCertificate    *mw_test_certificate_new        (const MwTestCertificateSpec *spec,
                                                      MwTestCertificate           *issuer);
void                  mw_test_certificate_free       (MwTestCertificate           *self);
gnutls_x509_crt_t     mw_test_certificate_get_crt    (MwTestCertificate           *self);
gnutls_x509_privkey_t mw_test_certificate_get_key    (MwTestCertificate           *self);

/**
 * mw_test_certificate_get_sha256:
 *
 * Returns: (transfer full): the fingerprint, in hex
 */
char                 *mw_test_certificate_get_sha256 (MwTestCertificate           *self);

/**
 * mw_test_certificate_write:
 *
 * Returns: (transfer full): path of a new PEM file with the certificate and
 *   its key; the caller unlinks it
 */
char                 *mw_test_certificate_write      (MwTestCertificate           *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MwTestCertificate, mw_test_certificate_free)

G_END_DECLS
