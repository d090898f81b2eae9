/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include <gnutls/gnutls.h>

#include "core/mw-error.h"
#include "net/mw-certificate-problems.h"

#define UNKNOWN MW_PROBLEM (SELF_SIGNED)

/* Every reason GnuTLS 3.7 can have, alone and with the bit that sums them up. */
static const struct {
  unsigned int bit;
  const char  *problem;
  gboolean     lacks_staple;
} bits[] = {
  { GNUTLS_CERT_REVOKED, "cert-revoked", FALSE },
  { GNUTLS_CERT_SIGNER_NOT_FOUND, "cert-self-signed", FALSE },
  { GNUTLS_CERT_SIGNER_NOT_CA, "cert-unknown-ca", FALSE },
  { GNUTLS_CERT_INSECURE_ALGORITHM, "cert-weak", FALSE },
  { GNUTLS_CERT_NOT_ACTIVATED, "cert-not-yet", FALSE },
  { GNUTLS_CERT_EXPIRED, "cert-expired", FALSE },
  { GNUTLS_CERT_SIGNATURE_FAILURE, "cert-unknown-ca", FALSE },
  { GNUTLS_CERT_REVOCATION_DATA_SUPERSEDED, "cert-incomplete", TRUE },
  { GNUTLS_CERT_UNEXPECTED_OWNER, "cert-name", FALSE },
  { GNUTLS_CERT_REVOCATION_DATA_ISSUED_IN_FUTURE, "cert-not-yet", FALSE },
  { GNUTLS_CERT_SIGNER_CONSTRAINTS_FAILURE, "cert-purpose", FALSE },
  { GNUTLS_CERT_MISMATCH, "cert-unknown-ca", FALSE },
  { GNUTLS_CERT_PURPOSE_MISMATCH, "cert-purpose", FALSE },
  { GNUTLS_CERT_MISSING_OCSP_STATUS, "cert-incomplete", TRUE },
  { GNUTLS_CERT_INVALID_OCSP_STATUS, "cert-incomplete", TRUE },
  { GNUTLS_CERT_UNKNOWN_CRIT_EXTENSIONS, "cert-purpose", FALSE },
};

static char *
name_problems (unsigned int status)
{
  g_autoptr(GString) names = g_string_new (NULL);
  MwProblems problems = mw_certificate_problems_from_status (status, UNKNOWN);
  gsize n;
  g_autofree MwOutcome *list = mw_certificate_problems_to_list (problems, &n);

  for (gsize i = 0; i < n; i++)
    g_string_append_printf (names, "%s%s", i > 0 ? " " : "",
                            mw_enum_to_nick (MW_TYPE_OUTCOME, list[i]));

  return g_string_free (g_steal_pointer (&names), FALSE);
}

static void
test_bits (void)
{
  unsigned int seen = GNUTLS_CERT_INVALID;

  for (gsize i = 0; i < G_N_ELEMENTS (bits); i++)
    {
      g_autofree char *alone = name_problems (bits[i].bit);
      g_autofree char *summed = name_problems (bits[i].bit | GNUTLS_CERT_INVALID);

      g_test_message ("1 << %d", g_bit_nth_lsf (bits[i].bit, -1));
      g_assert_cmpstr (alone, ==, bits[i].problem);
      g_assert_cmpstr (summed, ==, bits[i].problem);
      g_assert_cmpint (mw_certificate_status_lacks_staple (bits[i].bit), ==, bits[i].lacks_staple);
      g_assert_cmpuint (seen & bits[i].bit, ==, 0);
      seen |= bits[i].bit;
    }
}

/* What no header names yet, and the sum without a reason: not a yes. */
static void
test_unknown_bits (void)
{
  unsigned int known = GNUTLS_CERT_INVALID;

  for (gsize i = 0; i < G_N_ELEMENTS (bits); i++)
    known |= bits[i].bit;

  g_assert_cmpuint (mw_certificate_problems_from_status (0, UNKNOWN), ==, 0);
  g_assert_cmpuint (mw_certificate_problems_from_status (GNUTLS_CERT_INVALID, UNKNOWN), ==,
                    MW_PROBLEM (UNKNOWN_CA));
  for (int i = 0; i < 32; i++)
    {
      unsigned int bit = 1u << i;

      g_assert_cmpuint (mw_certificate_problems_from_status (bit, UNKNOWN), !=, 0);
      if ((known & bit) == 0)
        g_assert_cmpuint (mw_certificate_problems_from_status (bit | GNUTLS_CERT_EXPIRED, UNKNOWN),
                          ==, MW_PROBLEM (UNKNOWN_CA) | MW_PROBLEM (EXPIRED));
    }
}

/* Two reasons are two problems, whichever: none hides another. */
static void
test_pairs (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (bits); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (bits); j++)
      {
        MwProblems both = mw_certificate_problems_from_status (bits[i].bit | bits[j].bit, UNKNOWN);

        g_assert_cmpuint (both, ==, mw_certificate_problems_from_status (bits[i].bit, UNKNOWN) |
                                    mw_certificate_problems_from_status (bits[j].bit, UNKNOWN));
      }
}

/* Which one is the headline. */
static void
test_precedence (void)
{
  static const struct {
    unsigned int status;
    const char  *problems;
  } table[] = {
    { GNUTLS_CERT_EXPIRED | GNUTLS_CERT_REVOKED, "cert-revoked cert-expired" },
    { GNUTLS_CERT_SIGNATURE_FAILURE | GNUTLS_CERT_REVOKED, "cert-revoked cert-unknown-ca" },
    { GNUTLS_CERT_EXPIRED | GNUTLS_CERT_SIGNER_NOT_FOUND, "cert-self-signed cert-expired" },
    { GNUTLS_CERT_UNEXPECTED_OWNER | GNUTLS_CERT_SIGNER_NOT_CA, "cert-unknown-ca cert-name" },
    { GNUTLS_CERT_UNEXPECTED_OWNER | GNUTLS_CERT_EXPIRED, "cert-name cert-expired" },
    { GNUTLS_CERT_UNEXPECTED_OWNER | GNUTLS_CERT_MISSING_OCSP_STATUS, "cert-incomplete cert-name" },
    { GNUTLS_CERT_INSECURE_ALGORITHM | GNUTLS_CERT_PURPOSE_MISMATCH, "cert-purpose cert-weak" },
    { GNUTLS_CERT_INSECURE_ALGORITHM | GNUTLS_CERT_NOT_ACTIVATED, "cert-weak cert-not-yet" },
    { ~0u, "cert-revoked cert-unknown-ca cert-self-signed cert-incomplete cert-name cert-purpose "
           "cert-weak cert-not-yet cert-expired" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autofree char *problems = name_problems (table[i].status);

      g_assert_cmpstr (problems, ==, table[i].problems);
    }
}

/* No problem is lost on its way into the list, and each of them is of the
 * CERT kind. */
static void
test_list (void)
{
  g_autofree MwOutcome *list = NULL;
  g_autofree MwOutcome *none = NULL;
  gsize n = 1;

  none = mw_certificate_problems_to_list (0, &n);
  g_assert_null (none);
  g_assert_cmpuint (n, ==, 0);

  list = mw_certificate_problems_to_list (G_MAXUINT64, &n);
  g_assert_cmpuint (n, ==, 10);
  g_assert_cmpint (list[0], ==, MW_OUTCOME_CERT_REVOKED);
  g_assert_cmpint (list[1], ==, MW_OUTCOME_CERT_PIN_CHANGED);
  for (gsize i = 0; i < n; i++)
    g_assert_true (g_str_has_prefix (mw_enum_to_nick (MW_TYPE_OUTCOME, list[i]), "cert-"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/certificate-problems/bits", test_bits);
  g_test_add_func ("/certificate-problems/unknown-bits", test_unknown_bits);
  g_test_add_func ("/certificate-problems/pairs", test_pairs);
  g_test_add_func ("/certificate-problems/precedence", test_precedence);
  g_test_add_func ("/certificate-problems/list", test_list);
  return g_test_run ();
}
