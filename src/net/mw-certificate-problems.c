/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "net/mw-certificate-problems.h"

#include <gnutls/gnutls.h>

G_STATIC_ASSERT (MW_OUTCOME_PROTOCOL < 64);

/* Gravest first: the order in which problems are reported, and thereby which
 * one is the headline. A key that is known to be in wrong hands comes before
 * all; whether the authority can be believed at all, before what it says;
 * dates, often a wrong clock, come last. */
static const MwOutcome gravity[] = {
  MW_OUTCOME_CERT_REVOKED,
  MW_OUTCOME_CERT_PIN_CHANGED,
  MW_OUTCOME_CERT_UNKNOWN_CA,
  MW_OUTCOME_CERT_SELF_SIGNED,
  MW_OUTCOME_CERT_INCOMPLETE,
  MW_OUTCOME_CERT_NAME,
  MW_OUTCOME_CERT_PURPOSE,
  MW_OUTCOME_CERT_WEAK,
  MW_OUTCOME_CERT_NOT_YET,
  MW_OUTCOME_CERT_EXPIRED,
};

MwProblems
mw_certificate_problems_from_status (unsigned int status,
                                     MwProblems   unknown_signer)
{
  static const struct {
    unsigned int bit;
    MwProblems   problems;
  } table[] = {
    { GNUTLS_CERT_REVOKED, MW_PROBLEM (REVOKED) },
    { GNUTLS_CERT_SIGNATURE_FAILURE, MW_PROBLEM (UNKNOWN_CA) },
    { GNUTLS_CERT_SIGNER_NOT_CA, MW_PROBLEM (UNKNOWN_CA) },
    { GNUTLS_CERT_INSECURE_ALGORITHM, MW_PROBLEM (WEAK) },
    { GNUTLS_CERT_NOT_ACTIVATED, MW_PROBLEM (NOT_YET) },
    { GNUTLS_CERT_EXPIRED, MW_PROBLEM (EXPIRED) },
    { GNUTLS_CERT_UNEXPECTED_OWNER, MW_PROBLEM (NAME) },
    { GNUTLS_CERT_MISMATCH, MW_PROBLEM (UNKNOWN_CA) },
    /* The authority may not sign for this name or depth, or the certificate
     * carries conditions nobody here understands: not made for this. */
    { GNUTLS_CERT_SIGNER_CONSTRAINTS_FAILURE, MW_PROBLEM (PURPOSE) },
    { GNUTLS_CERT_UNKNOWN_CRIT_EXTENSIONS, MW_PROBLEM (PURPOSE) },
    { GNUTLS_CERT_PURPOSE_MISMATCH, MW_PROBLEM (PURPOSE) },
    /* The certificate wants a stapled answer (RFC 7633), and the server sent
     * none, or none that is good. */
    { GNUTLS_CERT_MISSING_OCSP_STATUS, MW_PROBLEM (INCOMPLETE) },
    { GNUTLS_CERT_INVALID_OCSP_STATUS, MW_PROBLEM (INCOMPLETE) },
    /* The stapled answer is out of date; it may hide a newer one. */
    { GNUTLS_CERT_REVOCATION_DATA_SUPERSEDED, MW_PROBLEM (INCOMPLETE) },
    { GNUTLS_CERT_REVOCATION_DATA_ISSUED_IN_FUTURE, MW_PROBLEM (NOT_YET) },
  };
  unsigned int unknown = status & ~(unsigned int) GNUTLS_CERT_INVALID;
  MwProblems problems = 0;

  if ((status & GNUTLS_CERT_SIGNER_NOT_FOUND) != 0)
    problems |= unknown_signer;
  unknown &= ~(unsigned int) GNUTLS_CERT_SIGNER_NOT_FOUND;

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      if ((status & table[i].bit) != 0)
        problems |= table[i].problems;
      unknown &= ~table[i].bit;
    }

  /* A bit this table does not know yet must not be a yes. */
  if (unknown != 0 || (status != 0 && problems == 0))
    problems |= MW_PROBLEM (UNKNOWN_CA);

  return problems;
}

gboolean
mw_certificate_status_lacks_staple (unsigned int status)
{
  return (status & (GNUTLS_CERT_MISSING_OCSP_STATUS | GNUTLS_CERT_INVALID_OCSP_STATUS |
                    GNUTLS_CERT_REVOCATION_DATA_SUPERSEDED)) != 0;
}

MwOutcome *
mw_certificate_problems_to_list (MwProblems  problems,
                                 gsize      *out_n)
{
  MwOutcome *list;

  g_return_val_if_fail (out_n != NULL, NULL);

  *out_n = 0;
  if (problems == 0)
    return NULL;

  list = g_new (MwOutcome, G_N_ELEMENTS (gravity));
  for (gsize i = 0; i < G_N_ELEMENTS (gravity); i++)
    if ((problems & (G_GUINT64_CONSTANT (1) << gravity[i])) != 0)
      list[(*out_n)++] = gravity[i];

  return list;
}
