/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "discovery/mw-guess-conditions.h"
#include "discovery/mw-source-mx.h"
#include "setup/mw-advice.h"

typedef struct {
  MwOrigin         origin;
  MwSourceOutcome  outcome;
  MwOutcome        cause;
  guint            n_servers;
  const char      *words;
} Case;

static const Case cases[] = {
  { MW_ORIGIN_SRV, MW_SOURCE_OUTCOME_PENDING, MW_OUTCOME_WORKS, 0, "Asking…" },
  { MW_ORIGIN_SRV, MW_SOURCE_OUTCOME_FOUND, MW_OUTCOME_WORKS, 1, "Found 1 server" },
  { MW_ORIGIN_SRV, MW_SOURCE_OUTCOME_FOUND, MW_OUTCOME_WORKS, 2, "Found 2 servers" },
  { MW_ORIGIN_MX, MW_SOURCE_OUTCOME_FOUND, MW_OUTCOME_WORKS, 0, "Names to try" },
  { MW_ORIGIN_SRV, MW_SOURCE_OUTCOME_NOTHING, MW_OUTCOME_WORKS, 0, "Nothing found" },
  { MW_ORIGIN_SRV, MW_SOURCE_OUTCOME_TIMEOUT, MW_OUTCOME_TIMEOUT, 0, "No answer in time" },
  { MW_ORIGIN_SRV, MW_SOURCE_OUTCOME_FAILED, MW_OUTCOME_WORKS, 0, "Could not be asked" },
  { MW_ORIGIN_ISPDB, MW_SOURCE_OUTCOME_FAILED, MW_OUTCOME_CERT_EXPIRED, 0,
    "Could not be asked: Certificate Has Expired" },
  { MW_ORIGIN_ISPDB, MW_SOURCE_OUTCOME_SKIPPED, MW_OUTCOME_CONSENT_NEEDED, 0,
    "Not asked: it is switched off" },
  { MW_ORIGIN_HTTP_AUTOCONFIG, MW_SOURCE_OUTCOME_SKIPPED, MW_OUTCOME_NEED_TLS, 0,
    "Not asked: only for domains without settings over HTTPS" },
  { MW_ORIGIN_ISPDB, MW_SOURCE_OUTCOME_SKIPPED, MW_OUTCOME_OFFLINE, 0,
    "Not asked: it needs the network" },
  { MW_ORIGIN_MX, MW_SOURCE_OUTCOME_SKIPPED, MW_OUTCOME_NOT_NEEDED, 0, "Not needed" },
  { MW_ORIGIN_MX, MW_SOURCE_OUTCOME_SKIPPED, MW_OUTCOME_CANCELLED, 0, "Not waited for" },
  { MW_ORIGIN_MX, MW_SOURCE_OUTCOME_SKIPPED, MW_OUTCOME_WORKS, 0, "Not asked" },
};

static MwSourceReport *
report_new (MwOrigin        origin,
            MwSourceOutcome outcome)
{
  guint n_servers = outcome == MW_SOURCE_OUTCOME_FOUND && origin != MW_ORIGIN_GUESS ? 2 : 0;

  return mw_source_report_new (origin, MW_GRADE_D, outcome, MW_OUTCOME_WORKS, n_servers, NULL, 0);
}

static void
test_states (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(MwSourceReport) report = NULL;
      g_autofree char *words = NULL;

      report = mw_source_report_new (cases[i].origin, MW_GRADE_D, cases[i].outcome,
                                     cases[i].cause, cases[i].n_servers, "detail", 1);
      words = mw_advice_describe_source (report);
      g_assert_cmpstr (words, ==, cases[i].words);
    }
}

/* What experts say to each other is left out. */
static void
test_explanations (void)
{
  static const struct {
    MwOrigin         origin;
    MwSourceOutcome  outcome;
    const char      *detail;
    const char      *words;
  } rows[] = {
    { MW_ORIGIN_PROVIDER, MW_SOURCE_OUTCOME_FOUND, "Example Mail", "Example Mail" },
    { MW_ORIGIN_MX, MW_SOURCE_OUTCOME_NOTHING, "mx.b.test", "Mail for this domain goes to "
                                                            "mx.b.test." },
    { MW_ORIGIN_MX, MW_SOURCE_OUTCOME_FOUND, "mx.b.test: Example Mail; autoconfig.b.test: no",
      "Mail for this domain goes to mx.b.test, which belongs to Example Mail." },
    { MW_ORIGIN_MX, MW_SOURCE_OUTCOME_FOUND, "mx.b.test: " MW_SOURCE_MX_GUESSED "b.test",
      "Mail for this domain goes to mx.b.test." },
    { MW_ORIGIN_MX, MW_SOURCE_OUTCOME_FAILED, "the domain itself is known", NULL },
    { MW_ORIGIN_MX, MW_SOURCE_OUTCOME_SKIPPED, "the domain itself is known", NULL },
    { MW_ORIGIN_GUESS, MW_SOURCE_OUTCOME_FOUND, MW_GUESS_OBJECTION_PUBLIC_SUFFIX,
      "Anybody can have a name under this domain." },
    { MW_ORIGIN_GUESS, MW_SOURCE_OUTCOME_FOUND, MW_GUESS_OBJECTION_WILDCARD,
      "This domain answers to every name, so none proves anything." },
    { MW_ORIGIN_GUESS, MW_SOURCE_OUTCOME_FOUND, MW_GUESS_OBJECTION_NO_ANSWER,
      "The name service said nothing about this domain." },
    { MW_ORIGIN_GUESS, MW_SOURCE_OUTCOME_FOUND, MW_GUESS_OBJECTION_PROVIDER,
      "Mail for this domain is kept at a known provider." },
    { MW_ORIGIN_GUESS, MW_SOURCE_OUTCOME_FOUND, MW_GUESS_OBJECTION_ELSEWHERE,
      "Mail for this domain is kept elsewhere." },
    { MW_ORIGIN_AUTOCONFIG, MW_SOURCE_OUTCOME_NOTHING, "a.test: HTTP status 404", NULL },
    { MW_ORIGIN_SRV, MW_SOURCE_OUTCOME_NOTHING, NULL, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(MwSourceReport) report = NULL;
      g_autofree char *words = NULL;

      report = mw_source_report_new (rows[i].origin, MW_GRADE_D, rows[i].outcome,
                                     MW_OUTCOME_WORKS, 0, rows[i].detail, 1);
      words = mw_advice_explain_source (report);
      g_assert_cmpstr (words, ==, rows[i].words);
    }
}

/* Every source has a name of its own. */
static void
test_names (void)
{
  g_autoptr(GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *own = NULL;
  g_autofree char *two = NULL;
  g_autofree char *without = NULL;

  for (int origin = MW_ORIGIN_PROVIDER; origin <= MW_ORIGIN_MANUAL; origin++)
    {
      g_assert_true (g_hash_table_add (names, mw_advice_name_sources (1u << origin, "a.test")));
    }

  own = mw_advice_name_sources (1u << MW_ORIGIN_AUTOCONFIG, "a.test");
  g_assert_cmpstr (own, ==, "Settings published by a.test");
  two = mw_advice_name_sources (1u << MW_ORIGIN_SRV | 1u << MW_ORIGIN_ISPDB, "a.test");
  g_assert_cmpstr (two, ==, "Public settings database, Name service (SRV)");
  without = mw_advice_name_sources (1u << MW_ORIGIN_AUTOCONFIG, NULL);
  g_assert_cmpstr (without, ==, "Settings published by the domain");
}

typedef struct {
  MwSourceOutcome  list;
  MwSourceOutcome  ispdb;
  MwSourceOutcome  srv;
  const char      *words;
} Search;

static const Search searches[] = {
  { MW_SOURCE_OUTCOME_PENDING, MW_SOURCE_OUTCOME_PENDING, MW_SOURCE_OUTCOME_PENDING,
    "1 of 4 sources have answered" },
  { MW_SOURCE_OUTCOME_NOTHING, MW_SOURCE_OUTCOME_SKIPPED, MW_SOURCE_OUTCOME_PENDING,
    "2 of 3 sources have answered" },
  { MW_SOURCE_OUTCOME_FOUND, MW_SOURCE_OUTCOME_SKIPPED, MW_SOURCE_OUTCOME_TIMEOUT,
    "1 source knows the servers" },
  { MW_SOURCE_OUTCOME_FOUND, MW_SOURCE_OUTCOME_FOUND, MW_SOURCE_OUTCOME_NOTHING,
    "2 sources know the servers" },
  { MW_SOURCE_OUTCOME_NOTHING, MW_SOURCE_OUTCOME_FAILED, MW_SOURCE_OUTCOME_NOTHING,
    "No source knows the servers" },
};

/* That there are names to guess is no find. */
static void
test_search (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (searches); i++)
    {
      g_autoptr(GPtrArray) reports = NULL;
      g_autofree char *words = NULL;

      reports = g_ptr_array_new_with_free_func ((GDestroyNotify) mw_source_report_unref);
      g_ptr_array_add (reports, report_new (MW_ORIGIN_PROVIDER, searches[i].list));
      g_ptr_array_add (reports, report_new (MW_ORIGIN_ISPDB, searches[i].ispdb));
      g_ptr_array_add (reports, report_new (MW_ORIGIN_SRV, searches[i].srv));
      g_ptr_array_add (reports, report_new (MW_ORIGIN_GUESS, MW_SOURCE_OUTCOME_FOUND));
      words = mw_advice_describe_search (reports);
      g_assert_cmpstr (words, ==, searches[i].words);
    }
}

static void
test_grades (void)
{
  g_autoptr(GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (int grade = MW_GRADE_U; grade <= MW_GRADE_L; grade++)
    g_assert_true (g_hash_table_add (seen, (gpointer) mw_advice_describe_grade (grade)));
}

static MwCandidate *
candidate_new (const char *server,
               MwOrigin    origin,
               MwGrade     grade)
{
  g_autoptr(MwEndpoint) endpoint = mw_endpoint_parse (server);

  return mw_candidate_new (endpoint, origin, grade, NULL, MW_AUTH_UNKNOWN, 0);
}

static void
assert_conflict (const char *own,
                 const char *database,
                 const char *title,
                 const char *text)
{
  g_autoptr(GPtrArray) found = NULL;
  g_autoptr(GPtrArray) conflicts = NULL;
  g_autofree char *words = NULL;

  found = g_ptr_array_new_with_free_func ((GDestroyNotify) mw_candidate_unref);
  g_ptr_array_add (found, candidate_new (database, MW_ORIGIN_ISPDB, MW_GRADE_C));
  g_ptr_array_add (found, candidate_new (own, MW_ORIGIN_AUTOCONFIG, MW_GRADE_B));
  conflicts = mw_conflict_find (found);
  g_assert_cmpuint (conflicts->len, ==, 1);
  words = mw_advice_describe_conflict (g_ptr_array_index (conflicts, 0), "a.test");
  g_assert_cmpstr (mw_advice_title_conflict (g_ptr_array_index (conflicts, 0)), ==, title);
  g_assert_cmpstr (words, ==, text);
}

static void
test_conflicts (void)
{
  assert_conflict ("imaps:mail.a.test", "imaps:mail.b.test",
                   "Sources disagree about receiving with IMAP",
                   "Settings published by a.test: mail.a.test\n"
                   "Public settings database: mail.b.test\n"
                   "What stands first counts for more.");
  assert_conflict ("pop3s:mail.a.test", "pop3:mail.a.test",
                   "Sources disagree about receiving with POP3",
                   "Settings published by a.test: mail.a.test, port 995, SSL/TLS\n"
                   "Public settings database: mail.a.test, port 110, STARTTLS\n"
                   "What stands first counts for more.");
  assert_conflict ("submissions:mail.a.test", "submissions:mail.a.test:1465",
                   "Sources disagree about sending",
                   "Settings published by a.test: mail.a.test, port 465, SSL/TLS\n"
                   "Public settings database: mail.a.test, port 1465, SSL/TLS\n"
                   "What stands first counts for more.");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/advice-source/states", test_states);
  g_test_add_func ("/advice-source/explanations", test_explanations);
  g_test_add_func ("/advice-source/names", test_names);
  g_test_add_func ("/advice-source/search", test_search);
  g_test_add_func ("/advice-source/grades", test_grades);
  g_test_add_func ("/advice-source/conflicts", test_conflicts);

  return g_test_run ();
}
