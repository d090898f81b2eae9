/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "core/mw-certificate-report.h"

static MwCertificateReport *
new_report (const char * const *names,
            const char * const *srv_names)
{
  const MwOutcome problems[] = { MW_OUTCOME_CERT_NAME, MW_OUTCOME_CERT_EXPIRED };

  return mw_certificate_report_new ("CN=a", "CN=b", names, srv_names, 1, 2, "00", "RSA 2048",
                                    problems, G_N_ELEMENTS (problems));
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

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/certificate-report/names-service", test_names_service);
  g_test_add_func ("/certificate-report/dns-name-is-no-srv-id", test_dns_name_is_no_srv_id);
  g_test_add_func ("/certificate-report/problems-in-order", test_problems_in_order);
  return g_test_run ();
}
