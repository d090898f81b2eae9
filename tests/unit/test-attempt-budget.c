/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "probe/mw-attempt-budget.h"

static guint
count (MwAttemptBudget *budget,
       const char      *key)
{
  return GPOINTER_TO_UINT (g_hash_table_lookup (mw_attempt_budget_get_counts (budget), key));
}

static void
test_two_a_side (void)
{
  g_autoptr(MwAttemptBudget) budget = mw_attempt_budget_new ();
  g_autoptr(MwEndpoint) imap = mw_endpoint_parse ("imaps:a.example.test");
  g_autoptr(MwEndpoint) other = mw_endpoint_parse ("pop3s:b.example.test");

  g_assert_true (mw_attempt_budget_take (budget, imap));
  /* Neither another host nor another protocol buys a third attempt. */
  g_assert_true (mw_attempt_budget_take (budget, other));
  g_assert_false (mw_attempt_budget_may_take (budget, MW_SIDE_INCOMING));
  g_assert_false (mw_attempt_budget_take (budget, imap));
  g_assert_cmpuint (count (budget, "a.example.test:imap"), ==, 1);
  g_assert_cmpuint (count (budget, "b.example.test:pop3"), ==, 1);
}

static void
test_sides_are_separate (void)
{
  g_autoptr(MwAttemptBudget) budget = mw_attempt_budget_new ();
  g_autoptr(MwEndpoint) imap = mw_endpoint_parse ("imaps:a.example.test");
  g_autoptr(MwEndpoint) smtp = mw_endpoint_parse ("submissions:a.example.test");

  g_assert_true (mw_attempt_budget_take (budget, imap));
  g_assert_true (mw_attempt_budget_take (budget, imap));
  g_assert_true (mw_attempt_budget_take (budget, smtp));
  g_assert_true (mw_attempt_budget_take (budget, smtp));
  g_assert_false (mw_attempt_budget_take (budget, smtp));
  g_assert_cmpuint (count (budget, "a.example.test:imap"), ==, 2);
  g_assert_cmpuint (count (budget, "a.example.test:smtp"), ==, 2);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/attempt-budget/two-a-side", test_two_a_side);
  g_test_add_func ("/attempt-budget/sides-are-separate", test_sides_are_separate);
  return g_test_run ();
}
