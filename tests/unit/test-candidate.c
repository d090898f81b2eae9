/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "core/mw-candidate.h"

static MwCandidate *
candidate_new (const char         *server,
               MwOrigin            origin,
               MwGrade             grade,
               const char * const *user_names,
               MwAuthMethod        auth,
               int                 rank)
{
  g_autoptr(MwEndpoint) endpoint = mw_endpoint_parse (server);

  return mw_candidate_new (endpoint, origin, grade, user_names, auth, rank);
}

static char *
join_user_names (MwCandidate *candidate)
{
  const char * const *user_names = mw_candidate_get_user_names (candidate);

  return user_names != NULL ? g_strjoinv (" ", (char **) user_names) : g_strdup ("-");
}

static void
test_new (void)
{
  char *user_names[] = { g_strdup ("jan"), g_strdup ("jan@example.test"), NULL };
  g_autoptr(MwCandidate) candidate = NULL;
  g_autofree char *joined = NULL;

  candidate = candidate_new ("imaps:imap.example.test", MW_ORIGIN_SRV, MW_GRADE_D,
                             (const char * const *) user_names, MW_AUTH_LOGIN, 7);
  g_free (user_names[0]);
  g_free (user_names[1]);

  g_assert_cmpstr (mw_endpoint_get_host (mw_candidate_get_endpoint (candidate)), ==,
                   "imap.example.test");
  g_assert_cmpuint (mw_candidate_get_origins (candidate), ==, 1u << MW_ORIGIN_SRV);
  g_assert_cmpint (mw_candidate_get_grade (candidate), ==, MW_GRADE_D);
  g_assert_cmpint (mw_candidate_get_auth (candidate), ==, MW_AUTH_LOGIN);
  g_assert_cmpint (mw_candidate_get_rank (candidate), ==, 7);
  joined = join_user_names (candidate);
  g_assert_cmpstr (joined, ==, "jan jan@example.test");
}

/* What is known of the provider stays known, whoever else names the server. */
static void
test_provider (void)
{
  g_autoptr(MwEndpoint) endpoint = mw_endpoint_parse ("imaps:imap.example.test");
  g_autoptr(MwProvider) provider = mw_provider_new ("example");
  g_autoptr(MwCandidate) listed = NULL;
  g_autoptr(MwCandidate) found = NULL;
  g_autoptr(MwCandidate) merged = NULL;

  listed = mw_candidate_new_for_provider (endpoint, MW_ORIGIN_PROVIDER, MW_GRADE_D, NULL, 0,
                                          provider);
  g_assert_cmpint (mw_candidate_get_auth (listed), ==, MW_AUTH_OAUTH2);
  provider->auth = MW_PROVIDER_AUTH_PASSWORD | MW_PROVIDER_AUTH_OAUTH2;
  g_clear_pointer (&listed, mw_candidate_unref);
  listed = mw_candidate_new_for_provider (endpoint, MW_ORIGIN_PROVIDER, MW_GRADE_D, NULL, 0,
                                          provider);
  g_assert_cmpint (mw_candidate_get_auth (listed), ==, MW_AUTH_UNKNOWN);

  found = mw_candidate_new (endpoint, MW_ORIGIN_AUTOCONFIG, MW_GRADE_B, NULL, MW_AUTH_UNKNOWN, 0);
  merged = mw_candidate_merge (found, listed);
  g_assert_true (mw_candidate_get_provider (merged) == provider);
  g_assert_cmpint (mw_candidate_get_grade (merged), ==, MW_GRADE_B);
  g_assert_null (mw_candidate_get_provider (found));
}

/* What a list knows counts for more than what a document says of itself. */
static void
test_told_provider (void)
{
  g_autoptr(MwEndpoint) endpoint = mw_endpoint_parse ("imaps:imap.example.test");
  g_autoptr(MwProvider) listed = mw_provider_new ("example");
  g_autoptr(MwProvider) told = mw_provider_new (NULL);
  g_autoptr(MwCandidate) from_list = NULL;
  g_autoptr(MwCandidate) from_document = NULL;
  g_autoptr(MwCandidate) from_nowhere = NULL;
  g_autoptr(MwCandidate) better_document = NULL;
  g_autoptr(MwCandidate) better_list = NULL;
  g_autoptr(MwCandidate) no_list = NULL;

  from_list = mw_candidate_new_for_provider (endpoint, MW_ORIGIN_MX, MW_GRADE_D, NULL, 0, listed);
  from_document = mw_candidate_new_told (endpoint, MW_ORIGIN_AUTOCONFIG, MW_GRADE_B, NULL,
                                         MW_AUTH_OAUTH2, 0, told);
  from_nowhere = mw_candidate_new (endpoint, MW_ORIGIN_GUESS, MW_GRADE_G, NULL, MW_AUTH_UNKNOWN, 0);
  g_assert_true (mw_candidate_get_provider (from_document) == told);
  g_assert_cmpint (mw_candidate_get_auth (from_document), ==, MW_AUTH_OAUTH2);

  better_document = mw_candidate_merge (from_document, from_list);
  g_assert_true (mw_candidate_get_provider (better_document) == listed);
  better_list = mw_candidate_merge (from_list, from_document);
  g_assert_true (mw_candidate_get_provider (better_list) == listed);
  no_list = mw_candidate_merge (from_nowhere, from_document);
  g_assert_true (mw_candidate_get_provider (no_list) == told);
}

typedef struct {
  MwGrade       a_grade;
  const char   *a_names[3];
  MwAuthMethod  a_auth;
  MwGrade       b_grade;
  const char   *b_names[3];
  MwAuthMethod  b_auth;
  const char   *names;
  MwAuthMethod  auth;
  MwOrigin      a_origin;
  int           rank;
} Merge;

static const Merge merges[] = {
  /* The better grade speaks first, whichever comes first. */
  { MW_GRADE_B, { "jan" }, MW_AUTH_PLAIN, MW_GRADE_D, { "kowalski" }, MW_AUTH_LOGIN,
    "jan kowalski", MW_AUTH_PLAIN, MW_ORIGIN_AUTOCONFIG, 5 },
  { MW_GRADE_B, { "jan", "j" }, 0, MW_GRADE_D, { "j", "x" }, 0, "jan j x", MW_AUTH_UNKNOWN,
    MW_ORIGIN_AUTOCONFIG, 5 },
  { MW_GRADE_B, { NULL }, 0, MW_GRADE_D, { "jan" }, MW_AUTH_LOGIN, "jan", MW_AUTH_LOGIN,
    MW_ORIGIN_AUTOCONFIG, 5 },
  { MW_GRADE_B, { "jan" }, 0, MW_GRADE_G, { NULL }, 0, "jan", MW_AUTH_UNKNOWN,
    MW_ORIGIN_AUTOCONFIG, 5 },
  /* A guess has no opinion on the order. */
  { MW_GRADE_G, { NULL }, 0, MW_GRADE_D, { NULL }, 0, "-", MW_AUTH_UNKNOWN, MW_ORIGIN_GUESS, 3 },
  { MW_GRADE_D, { NULL }, 0, MW_GRADE_D, { NULL }, 0, "-", MW_AUTH_UNKNOWN,
    MW_ORIGIN_HTTP_AUTOCONFIG, 3 },
};

static void
test_merge (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (merges); i++)
    {
      const Merge *test = &merges[i];
      g_autoptr(MwCandidate) a = NULL;
      g_autoptr(MwCandidate) b = NULL;
      g_autoptr(MwCandidate) ab = NULL;
      g_autoptr(MwCandidate) ba = NULL;
      MwCandidate *both[2];

      a = candidate_new ("imaps:imap.example.test", test->a_origin, test->a_grade,
                         test->a_names[0] != NULL ? test->a_names : NULL, test->a_auth, 5);
      b = candidate_new ("imaps:imap.example.test", MW_ORIGIN_SRV, test->b_grade,
                         test->b_names[0] != NULL ? test->b_names : NULL, test->b_auth, 3);
      ab = mw_candidate_merge (a, b);
      ba = mw_candidate_merge (b, a);
      both[0] = ab;
      both[1] = ba;

      for (gsize j = 0; j < 2; j++)
        {
          g_autofree char *names = join_user_names (both[j]);

          g_assert_cmpstr (names, ==, test->names);
          g_assert_cmpint (mw_candidate_get_grade (both[j]), ==, test->a_grade);
          g_assert_cmpint (mw_candidate_get_auth (both[j]), ==, test->auth);
          g_assert_cmpint (mw_candidate_get_rank (both[j]), ==, test->rank);
          g_assert_cmpuint (mw_candidate_get_origins (both[j]), ==,
                            1u << test->a_origin | 1u << MW_ORIGIN_SRV);
        }
    }
}

/* Best first; each is better than all that follow. */
static void
test_compare (void)
{
  static const struct {
    MwGrade     grade;
    const char *server;
    int         rank;
  } order[] = {
    { MW_GRADE_U, "pop3:z.test", 9 },
    { MW_GRADE_A, "imaps:z.test", 0 },
    { MW_GRADE_B, "imaps:z.test", 0 },
    { MW_GRADE_C, "imaps:z.test", 0 },
    { MW_GRADE_G, "imaps:a.test", 0 },
    { MW_GRADE_G, "imaps:b.test", 1 },
    { MW_GRADE_G, "imap:a.test", 0 },
    { MW_GRADE_G, "pop3s:a.test", 0 },
    { MW_GRADE_G, "pop3:a.test", 0 },
    { MW_GRADE_D, "imaps:a.test", 0 },
    { MW_GRADE_D, "imaps:b.test", 1 << 30 },
    { MW_GRADE_L, "imaps:a.test", 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (order); i++)
    {
      g_autoptr(MwCandidate) a = NULL;

      a = candidate_new (order[i].server, MW_ORIGIN_GUESS, order[i].grade, NULL, 0,
                         order[i].rank);
      g_assert_cmpint (mw_candidate_compare (a, a), ==, 0);

      for (gsize j = i + 1; j < G_N_ELEMENTS (order); j++)
        {
          g_autoptr(MwCandidate) b = NULL;

          b = candidate_new (order[j].server, MW_ORIGIN_GUESS, order[j].grade, NULL, 0,
                             order[j].rank);
          g_assert_cmpint (mw_candidate_compare (a, b), <, 0);
          g_assert_cmpint (mw_candidate_compare (b, a), >, 0);
        }
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/candidate/new", test_new);
  g_test_add_func ("/candidate/provider", test_provider);
  g_test_add_func ("/candidate/told-provider", test_told_provider);
  g_test_add_func ("/candidate/merge", test_merge);
  g_test_add_func ("/candidate/compare", test_compare);

  return g_test_run ();
}
