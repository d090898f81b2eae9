/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "core/mw-conflict.h"

#define MAX_LINES 8

/* "GRADE SOURCE SERVER" in, "PROTOCOL: SERVER SOURCE…; SERVER SOURCE…" out. */
typedef struct {
  const char *name;
  const char *found[MAX_LINES];
  const char *conflicts[MAX_LINES];
  gboolean    about_host;
} Case;

static const Case cases[] = {
  {
    .name = "nothing-found",
  },
  {
    .name = "one-source",
    .found = {
      "B autoconfig imaps:a.test:993",
      "B autoconfig imaps:b.test:993",
      "B autoconfig submissions:a.test:465",
    },
  },
  {
    .name = "the-same",
    .found = { "B autoconfig imaps:a.test:993", "C ispdb imaps:a.test:993" },
  },
  {
    .name = "another-host",
    .found = { "C ispdb imaps:b.test:993", "B autoconfig imaps:a.test:993" },
    .conflicts = { "imap: imaps:a.test:993 autoconfig; imaps:b.test:993 ispdb" },
    .about_host = TRUE,
  },
  {
    .name = "another-port",
    .found = { "B autoconfig imaps:a.test:993", "C ispdb imaps:a.test:1993" },
    .conflicts = { "imap: imaps:a.test:993 autoconfig; imaps:a.test:1993 ispdb" },
  },
  {
    .name = "another-security",
    .found = { "B autoconfig submission:a.test:465", "C ispdb submissions:a.test:465" },
    .conflicts = { "smtp: submission:a.test:465 autoconfig; submissions:a.test:465 ispdb" },
  },
  {
    .name = "one-in-common",
    .found = {
      "B autoconfig imaps:a.test:993",
      "B autoconfig imap:a.test:143",
      "C ispdb imaps:b.test:993",
      "C ispdb imap:a.test:143",
    },
  },
  {
    .name = "another-protocol-is-none",
    .found = { "B autoconfig imaps:imap.a.test:993", "C ispdb pop3s:pop.b.test:995" },
  },
  {
    .name = "guesses-and-dns-do-not-count",
    .found = {
      "B autoconfig imaps:a.test:993",
      "G guess imaps:b.test:993",
      "D srv imaps:c.test:993",
      "D provider imaps:d.test:993",
      "L link imaps:e.test:993",
    },
  },
  {
    .name = "three-of-whom-two-agree",
    .found = {
      "B autoconfig pop3s:a.test:995",
      "B pacc pop3s:a.test:995",
      "C ispdb pop3s:b.test:995",
    },
    .conflicts = { "pop3: pop3s:a.test:995 autoconfig pacc; pop3s:b.test:995 ispdb" },
    .about_host = TRUE,
  },
  {
    /* Each is shown with its own first choice, not with what it shares. */
    .name = "three-with-alternatives",
    .found = {
      "A provider imaps:a.test:993",
      "A provider imap:a.test:143",
      "B autoconfig imap:a.test:143",
      "C ispdb imaps:b.test:993",
    },
    .conflicts = {
      "imap: imaps:a.test:993 provider; imap:a.test:143 autoconfig; imaps:b.test:993 ispdb",
    },
    .about_host = TRUE,
  },
  {
    .name = "both-sides",
    .found = {
      "A mx imaps:a.test:993",
      "A mx submissions:a.test:465",
      "B autoconfig submissions:b.test:465",
      "B autoconfig imaps:b.test:993",
    },
    .conflicts = {
      "imap: imaps:a.test:993 mx; imaps:b.test:993 autoconfig",
      "smtp: submissions:a.test:465 mx; submissions:b.test:465 autoconfig",
    },
    .about_host = TRUE,
  },
};

static MwCandidate *
read_line (const char *line)
{
  g_auto(GStrv) words = g_strsplit (line, " ", -1);
  g_autoptr(MwEndpoint) endpoint = NULL;
  int grade, origin;

  g_assert_cmpuint (g_strv_length (words), ==, 3);
  g_assert_true (mw_enum_from_nick (MW_TYPE_GRADE, words[0], &grade));
  g_assert_true (mw_enum_from_nick (MW_TYPE_ORIGIN, words[1], &origin));
  endpoint = mw_endpoint_parse (words[2]);
  g_assert_nonnull (endpoint);

  return mw_candidate_new (endpoint, origin, grade, NULL, MW_AUTH_UNKNOWN, 0);
}

static char *
write_line (MwConflict *conflict)
{
  GPtrArray *candidates = mw_conflict_get_candidates (conflict);
  GString *line = g_string_new (mw_enum_to_nick (MW_TYPE_PROTOCOL,
                                                 mw_conflict_get_protocol (conflict)));

  for (guint i = 0; i < candidates->len; i++)
    {
      MwCandidate *candidate = g_ptr_array_index (candidates, i);
      g_autofree char *server = mw_endpoint_to_string (mw_candidate_get_endpoint (candidate));

      g_string_append_printf (line, "%s %s", i == 0 ? ":" : ";", server);
      for (int origin = MW_ORIGIN_PROVIDER; origin <= MW_ORIGIN_MANUAL; origin++)
        {
          if ((mw_candidate_get_origins (candidate) & (1u << origin)) != 0)
            g_string_append_printf (line, " %s", mw_enum_to_nick (MW_TYPE_ORIGIN, origin));
        }
    }

  return g_string_free (line, FALSE);
}

/* Whichever source answers first. */
static void
test_find (gconstpointer user_data)
{
  const Case *test = user_data;

  for (int backwards = 0; backwards < 2; backwards++)
    {
      g_autoptr(GPtrArray) found = NULL;
      g_autoptr(GPtrArray) conflicts = NULL;

      found = g_ptr_array_new_with_free_func ((GDestroyNotify) mw_candidate_unref);
      for (gsize i = 0; i < MAX_LINES && test->found[i] != NULL; i++)
        g_ptr_array_insert (found, backwards ? 0 : -1, read_line (test->found[i]));

      conflicts = mw_conflict_find (found);
      for (guint i = 0; i < conflicts->len; i++)
        {
          g_autofree char *line = write_line (g_ptr_array_index (conflicts, i));

          g_assert_cmpstr (line, ==, test->conflicts[i]);
          g_assert_cmpint (mw_conflict_is_about_host (g_ptr_array_index (conflicts, i)), ==,
                           test->about_host);
        }
      g_assert_null (test->conflicts[conflicts->len]);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/conflict/%s", cases[i].name);

      g_test_add_data_func (path, &cases[i], test_find);
    }

  return g_test_run ();
}
