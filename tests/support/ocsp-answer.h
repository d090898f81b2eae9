/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "test-certificate.h"

G_BEGIN_DECLS

/**
 * MwTestOcspStatus:
 *
 * What an authority says about a certificate; the values are the tags of
 * CertStatus (RFC 6960 §4.2.1).
 */
typedef enum {
  MW_TEST_OCSP_GOOD,
  MW_TEST_OCSP_REVOKED,
  MW_TEST_OCSP_UNKNOWN,
} MwTestOcspStatus;

/**
 * mw_test_ocsp_answer_new:
 * @certificate: whom it is about
 * @signer: who says so; has an ECDSA key
 * @status: what it says
 * @age: how many seconds old it is; holds for a week
 *
 * Makes what a server staples to its handshake. Aborts the test when that
 * fails.
 *
 * Returns: (transfer full): an OCSPResponse, in DER
 */
GBytes *mw_test_ocsp_answer_new (MwTestCertificate *certificate,
                                 MwTestCertificate *signer,
                                 MwTestOcspStatus   status,
                                 int                age);

G_END_DECLS
