/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include <string.h>

#include "setup/mw-advice.h"

/* What became of IPv6 at the server in question and at another one of the run,
 * and of IPv4 at the first; -1 where nothing was dialled. */
typedef struct {
  const char *name;
  MwOutcome   ipv6;
  gint64      ipv6_us;
  MwOutcome   ipv4;
  MwOutcome   ipv6_elsewhere;
  const char *words; /* NULL: nothing to say */
} Case;

static const Case cases[] = {
  { "fine", MW_OUTCOME_WORKS, 900, MW_OUTCOME_NOT_NEEDED, MW_OUTCOME_WORKS, NULL },
  { "no-ipv6-there", MW_OUTCOME_DNS_NXDOMAIN, -1, MW_OUTCOME_WORKS, MW_OUTCOME_WORKS, NULL },
  { "no-ipv6-here", MW_OUTCOME_UNREACHABLE, -1, MW_OUTCOME_WORKS, MW_OUTCOME_UNREACHABLE, NULL },
  { "other-was-quicker", MW_OUTCOME_NOT_NEEDED, -1, MW_OUTCOME_WORKS, MW_OUTCOME_WORKS, NULL },
  { "both-silent", MW_OUTCOME_TIMEOUT, 6000, MW_OUTCOME_TIMEOUT, MW_OUTCOME_WORKS, NULL },
  { "refuses", MW_OUTCOME_REFUSED, 900, MW_OUTCOME_WORKS, MW_OUTCOME_NOT_NEEDED,
    "IPv6 is broken at mail.example.test" },
  { "silent-here-only", MW_OUTCOME_TIMEOUT, 9000, MW_OUTCOME_WORKS, MW_OUTCOME_WORKS,
    "IPv6 is broken at mail.example.test" },
  { "silent-everywhere", MW_OUTCOME_TIMEOUT, 9000, MW_OUTCOME_WORKS, MW_OUTCOME_TIMEOUT,
    "This computer’s IPv6 does not reach mail.example.test" },
  { "no-way-back", MW_OUTCOME_UNREACHABLE, 9000, MW_OUTCOME_WORKS, MW_OUTCOME_NOT_NEEDED,
    "This computer’s IPv6 does not reach mail.example.test" },
  { "ipv4-refuses", MW_OUTCOME_WORKS, 900, MW_OUTCOME_REFUSED, MW_OUTCOME_WORKS,
    "IPv4 is broken at mail.example.test" },
};

static MwVerdict *
make_verdict (const char *server)
{
  g_autoptr(MwEndpoint) endpoint = mw_endpoint_parse (server);
  g_autoptr(MwCandidate) candidate = mw_candidate_new (endpoint, MW_ORIGIN_GUESS, MW_GRADE_G, NULL,
                                                       MW_AUTH_UNKNOWN, 0);
  MwVerdict *verdict = mw_verdict_new (candidate);

  verdict->families = mw_family_report_new ();
  return verdict;
}

static void
test_case (gconstpointer data)
{
  const Case *test = data;
  g_autoptr(GPtrArray) verdicts =
    g_ptr_array_new_with_free_func ((GDestroyNotify) mw_verdict_unref);
  MwVerdict *verdict = make_verdict ("imaps:mail.example.test");
  MwVerdict *twin = make_verdict ("submissions:mail.example.test");
  MwVerdict *other = make_verdict ("imaps:other.example.test");
  g_autofree char *said = NULL;

  g_ptr_array_add (verdicts, verdict);
  g_ptr_array_add (verdicts, twin);
  g_ptr_array_add (verdicts, other);
  mw_family_report_set (verdict->families, MW_FAMILY_IPV6, "2001:db8::1", test->ipv6,
                        test->ipv6_us);
  mw_family_report_set (verdict->families, MW_FAMILY_IPV4, "192.0.2.1", test->ipv4, 800);
  /* Another port of the same address is no witness. */
  mw_family_report_set (twin->families, MW_FAMILY_IPV6, "2001:db8::1", MW_OUTCOME_WORKS, 700);
  mw_family_report_set (other->families, MW_FAMILY_IPV6, "2001:db8::2", test->ipv6_elsewhere, 700);

  said = mw_advice_describe_family (verdict, verdicts);
  if (test->words == NULL)
    {
      g_assert_null (said);
      return;
    }
  g_assert_nonnull (said);
  g_test_message ("%s", said);
  g_assert_nonnull (strstr (said, test->words));
}

static void
test_nothing_known (void)
{
  g_autoptr(MwVerdict) verdict = make_verdict ("imaps:mail.example.test");

  g_assert_null (mw_advice_describe_family (verdict, NULL));
  g_clear_pointer (&verdict->families, mw_family_report_unref);
  g_assert_null (mw_advice_describe_family (verdict, NULL));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/advice-family/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/advice-family/nothing-known", test_nothing_known);
  return g_test_run ();
}
