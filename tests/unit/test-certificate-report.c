/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "core/mw-certificate-report.h"

static MwCertificateReport *
new_report (const char * const *names,
            const char * const *srv_names)
{
  const MwOutcome problems[] = { MW_OUTCOME_CERT_NAME, MW_OUTCOME_CERT_EXPIRED };

  g_autoptr(GPtrArray) chain = g_ptr_array_new_with_free_func (
    (GDestroyNotify) mw_certificate_unref);
  MwCertificate *leaf = mw_certificate_new ();

  leaf->subject = g_strdup ("CN=a");
  leaf->issuer = g_strdup ("CN=b");
  leaf->names = g_strdupv ((char **) names);
  leaf->srv_names = g_strdupv ((char **) srv_names);
  leaf->key = g_strdup ("RSA 2048");
  g_ptr_array_add (chain, leaf);
  g_ptr_array_add (chain, mw_certificate_new ());
  return mw_certificate_report_new (chain, problems, G_N_ELEMENTS (problems), "CN=c", TRUE);
}

static void
test_names_service (void)
{
  const char * const srv_names[] = { "_imaps.example.test", "_SUBMISSIONS.example.test", NULL };
  g_autoptr(MwCertificateReport) report = new_report (NULL, srv_names);

  g_assert_true (mw_certificate_report_names_service (report, "imaps", "example.test"));
  g_assert_true (mw_certificate_report_names_service (report, "submissions", "example.test"));
  g_assert_false (mw_certificate_report_names_service (report, "imap", "example.test"));
  g_assert_false (mw_certificate_report_names_service (report, "imaps", "other.test"));
}

/* A dNSName that looks like an SRV-ID is none. */
static void
test_dns_name_is_no_srv_id (void)
{
  const char * const names[] = { "_imaps.example.test", NULL };
  g_autoptr(MwCertificateReport) report = new_report (names, NULL);

  g_assert_false (mw_certificate_report_names_service (report, "imaps", "example.test"));
}

static void
test_problems_in_order (void)
{
  g_autoptr(MwCertificateReport) report = new_report (NULL, NULL);
  gsize n_problems;
  const MwOutcome *problems = mw_certificate_report_get_problems (report, &n_problems);

  g_assert_cmpuint (n_problems, ==, 2);
  g_assert_cmpint (problems[0], ==, MW_OUTCOME_CERT_NAME);
  g_assert_cmpint (problems[1], ==, MW_OUTCOME_CERT_EXPIRED);
}

/* What is asked of the report without saying of which is the server's own. */
static void
test_chain (void)
{
  g_autoptr(MwCertificateReport) report = new_report (NULL, NULL);
  GPtrArray *chain = mw_certificate_report_get_chain (report);

  g_assert_cmpuint (chain->len, ==, 2);
  g_assert_cmpstr (mw_certificate_report_get_subject (report), ==, "CN=a");
  g_assert_cmpstr (mw_certificate_report_get_issuer (report), ==, "CN=b");
  g_assert_cmpstr (mw_certificate_report_get_key (report), ==, "RSA 2048");
  g_assert_cmpint (mw_certificate_report_get_not_after (report), ==, -1);
  g_assert_null (mw_certificate_report_get_names (report));
  g_assert_null (mw_certificate_report_get_der (report));
  g_assert_cmpstr (mw_certificate_report_get_missing_issuer (report), ==, "CN=c");
  g_assert_true (mw_certificate_report_get_lacks_staple (report));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/certificate-report/names-service", test_names_service);
  g_test_add_func ("/certificate-report/dns-name-is-no-srv-id", test_dns_name_is_no_srv_id);
  g_test_add_func ("/certificate-report/problems-in-order", test_problems_in_order);
  g_test_add_func ("/certificate-report/chain", test_chain);
  return g_test_run ();
}
