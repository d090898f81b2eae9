/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include <stdlib.h>

#include "discovery/mw-ranking.h"

#define MAX_LINES 8

/* "GRADE SOURCE SERVER RANK" in, "GRADE SERVER SOURCE…" out, best first. */
typedef struct {
  const char *rule;
  const char *found[MAX_LINES];
  const char *incoming[MAX_LINES];
  const char *outgoing[MAX_LINES];
} Case;

static const Case cases[] = {
  {
    .rule = "nothing-found",
  },
  {
    .rule = "duplicates-keep-their-sources",
    .found = {
      "G guess imaps:imap.example.test:993 9",
      "D srv imaps:imap.example.test:993 0",
      "C ispdb imaps:imap.example.test:993 0",
      "C ispdb submissions:smtp.example.test:465 1",
      "G guess submissions:smtp.example.test:465 9",
    },
    .incoming = { "C imaps:imap.example.test:993 ispdb srv guess" },
    .outgoing = { "C submissions:smtp.example.test:465 ispdb guess" },
  },
  {
    .rule = "another-port-is-another-server",
    .found = {
      "B autoconfig imaps:mail.example.test:993 0",
      "C ispdb imaps:mail.example.test:1993 0",
      "C ispdb imap:mail.example.test:993 0",
    },
    .incoming = {
      "B imaps:mail.example.test:993 autoconfig",
      "C imaps:mail.example.test:1993 ispdb",
      "C imap:mail.example.test:993 ispdb",
    },
  },
  {
    .rule = "trust-first",
    .found = {
      "L link imaps:l.test:993 0",
      "D srv imaps:d.test:993 0",
      "G guess imaps:g.test:993 0",
      "C ispdb pop3s:c.test:995 0",
      "B autoconfig imap:b.test:143 0",
      "A provider pop3:a.test:110 0",
    },
    .incoming = {
      "A pop3:a.test:110 provider",
      "B imap:b.test:143 autoconfig",
      "C pop3s:c.test:995 ispdb",
      "G imaps:g.test:993 guess",
      "D imaps:d.test:993 srv",
      "L imaps:l.test:993 link",
    },
  },
  {
    .rule = "a-better-grade-lifts-what-others-name",
    .found = {
      "D srv imaps:a.test:993 0",
      "D srv imaps:b.test:993 1",
      "B pacc imaps:b.test:993 0",
    },
    .incoming = {
      "B imaps:b.test:993 pacc srv",
      "D imaps:a.test:993 srv",
    },
  },
  {
    .rule = "imap-then-tls",
    .found = {
      "B autoconfig pop3:mail.example.test:110 0",
      "B autoconfig pop3s:mail.example.test:995 1",
      "B autoconfig imap:mail.example.test:143 2",
      "B autoconfig imaps:mail.example.test:993 3",
      "B autoconfig submission:mail.example.test:587 4",
      "B autoconfig submissions:mail.example.test:465 5",
    },
    .incoming = {
      "B imaps:mail.example.test:993 autoconfig",
      "B imap:mail.example.test:143 autoconfig",
      "B pop3s:mail.example.test:995 autoconfig",
      "B pop3:mail.example.test:110 autoconfig",
    },
    .outgoing = {
      "B submissions:mail.example.test:465 autoconfig",
      "B submission:mail.example.test:587 autoconfig",
    },
  },
  {
    .rule = "srv-may-prefer-pop3",
    .found = {
      "D srv imaps:a.test:993 10240",
      "D srv pop3s:a.test:995 0",
      "D srv pop3:a.test:110 0",
      "B autoconfig imaps:b.test:993 0",
      "B autoconfig pop3s:b.test:995 0",
    },
    .incoming = {
      "B pop3s:b.test:995 autoconfig",
      "B imaps:b.test:993 autoconfig",
      "D pop3s:a.test:995 srv",
      "D pop3:a.test:110 srv",
      "D imaps:a.test:993 srv",
    },
  },
  {
    /* Without an IMAP record nothing is said of IMAP. */
    .rule = "srv-without-imap-prefers-nothing",
    .found = {
      "D srv pop3s:a.test:995 0",
      "D http-autoconfig imaps:a.test:993 0",
    },
    .incoming = {
      "D imaps:a.test:993 http-autoconfig",
      "D pop3s:a.test:995 srv",
    },
  },
  {
    .rule = "more-sources-first",
    .found = {
      "D srv imaps:a.test:993 0",
      "D srv imaps:b.test:993 1",
      "D http-autoconfig imaps:b.test:993 5",
    },
    .incoming = {
      "D imaps:b.test:993 srv http-autoconfig",
      "D imaps:a.test:993 srv",
    },
  },
  {
    /* The host counts, at whatever port, and each side for itself. */
    .rule = "another-port-corroborates-the-host",
    .found = {
      "B autoconfig imaps:a.test:993 0",
      "B autoconfig imaps:b.test:993 1",
      "C ispdb imap:b.test:143 0",
      "B autoconfig submissions:a.test:465 2",
      "B autoconfig submissions:b.test:465 3",
    },
    .incoming = {
      "B imaps:b.test:993 autoconfig",
      "B imaps:a.test:993 autoconfig",
      "C imap:b.test:143 ispdb",
    },
    .outgoing = {
      "B submissions:a.test:465 autoconfig",
      "B submissions:b.test:465 autoconfig",
    },
  },
  {
    .rule = "guesses-corroborate-nothing",
    .found = {
      "B autoconfig imaps:example.test.host.test:993 0",
      "B autoconfig imaps:imap.example.test:993 1",
      "G guess imaps:imap.example.test:993 0",
      "D mx imap:imap.example.test:143 0",
    },
    .incoming = {
      "B imaps:example.test.host.test:993 autoconfig",
      "B imaps:imap.example.test:993 autoconfig guess",
      "D imap:imap.example.test:143 mx",
    },
  },
  {
    /* Who can write one document of a domain can write the others. */
    .rule = "documents-of-the-domain-are-one-voice",
    .found = {
      "B autoconfig imaps:a.test:993 0",
      "B autoconfig imaps:b.test:993 1",
      "B pacc imaps:b.test:993 9",
      "D http-autoconfig imap:b.test:143 9",
    },
    .incoming = {
      "B imaps:a.test:993 autoconfig",
      "B imaps:b.test:993 autoconfig pacc",
      "D imap:b.test:143 http-autoconfig",
    },
  },
  {
    .rule = "corroboration-is-less-than-tls",
    .found = {
      "B autoconfig imaps:a.test:993 0",
      "B autoconfig imap:b.test:143 1",
      "C ispdb imap:b.test:143 0",
    },
    .incoming = {
      "B imaps:a.test:993 autoconfig",
      "B imap:b.test:143 autoconfig ispdb",
    },
  },
  {
    .rule = "corroboration-is-less-than-trust",
    .found = {
      "D srv imaps:a.test:993 0",
      "D http-autoconfig imaps:a.test:993 0",
      "L link imaps:a.test:993 0",
      "C ispdb imaps:b.test:993 0",
    },
    .incoming = {
      "C imaps:b.test:993 ispdb",
      "D imaps:a.test:993 srv http-autoconfig link",
    },
  },
  {
    .rule = "the-source-orders-its-own",
    .found = {
      "B autoconfig imaps:b.test:993 1",
      "B autoconfig imaps:a.test:993 0",
      "B autoconfig imaps:c.test:993 2",
    },
    .incoming = {
      "B imaps:a.test:993 autoconfig",
      "B imaps:b.test:993 autoconfig",
      "B imaps:c.test:993 autoconfig",
    },
  },
  {
    /* Both names are guesses, too, which would put them the other way. */
    .rule = "srv-orders-guesses",
    .found = {
      "G guess imaps:imap.example.test:993 1073741824",
      "G guess imaps:mail.example.test:993 1073741825",
      "D srv imaps:mail.example.test:993 0",
      "D srv imaps:imap.example.test:993 10240",
    },
    .incoming = {
      "G imaps:mail.example.test:993 srv guess",
      "G imaps:imap.example.test:993 srv guess",
    },
  },
  {
    .rule = "no-clear-text",
    .found = {
      "A provider imap+plain:a.test:143 0",
      "B autoconfig pop3+plain:a.test:110 0",
      "B autoconfig submission+plain:a.test:587 0",
      "D srv imaps:d.test:993 0",
      "U manual imap+plain:u.test:143 0",
    },
    .incoming = {
      "U imap+plain:u.test:143 manual",
      "D imaps:d.test:993 srv",
    },
  },
};

static MwCandidate *
read_line (const char *line)
{
  g_auto(GStrv) words = g_strsplit (line, " ", -1);
  g_autoptr(MwEndpoint) endpoint = NULL;
  int grade, origin;

  g_assert_cmpuint (g_strv_length (words), ==, 4);
  g_assert_true (mw_enum_from_nick (MW_TYPE_GRADE, words[0], &grade));
  g_assert_true (mw_enum_from_nick (MW_TYPE_ORIGIN, words[1], &origin));
  endpoint = mw_endpoint_parse (words[2]);
  g_assert_nonnull (endpoint);

  return mw_candidate_new (endpoint, origin, grade, NULL, MW_AUTH_UNKNOWN, atoi (words[3]));
}

static char *
write_line (MwCandidate *candidate)
{
  g_autofree char *server = mw_endpoint_to_string (mw_candidate_get_endpoint (candidate));
  GString *line = g_string_new (NULL);

  g_string_append_printf (line, "%s %s",
                          mw_enum_to_nick (MW_TYPE_GRADE, mw_candidate_get_grade (candidate)),
                          server);
  for (int origin = MW_ORIGIN_PROVIDER; origin <= MW_ORIGIN_MANUAL; origin++)
    {
      if ((mw_candidate_get_origins (candidate) & (1u << origin)) != 0)
        g_string_append_printf (line, " %s", mw_enum_to_nick (MW_TYPE_ORIGIN, origin));
    }

  return g_string_free (line, FALSE);
}

static GPtrArray *
read_found (const Case *test,
            gboolean    backwards)
{
  GPtrArray *found = g_ptr_array_new_with_free_func ((GDestroyNotify) mw_candidate_unref);

  for (gsize i = 0; i < MAX_LINES && test->found[i] != NULL; i++)
    g_ptr_array_insert (found, backwards ? 0 : -1, read_line (test->found[i]));

  return found;
}

static void
assert_order (GPtrArray          *found,
              MwSide              side,
              const char * const *wanted)
{
  g_autoptr(GPtrArray) ordered = mw_ranking_order (found, side);

  for (guint i = 0; i < ordered->len; i++)
    {
      g_autofree char *line = write_line (g_ptr_array_index (ordered, i));

      g_assert_cmpstr (line, ==, wanted[i]);
    }
  g_assert_null (wanted[ordered->len]);
}

/* Whichever source answers first. */
static void
test_order (gconstpointer user_data)
{
  const Case *test = user_data;

  for (int backwards = 0; backwards < 2; backwards++)
    {
      g_autoptr(GPtrArray) found = read_found (test, backwards);

      assert_order (found, MW_SIDE_INCOMING, test->incoming);
      assert_order (found, MW_SIDE_OUTGOING, test->outgoing);
    }
}

static void
test_equal (void)
{
  static const char * const others[] = {
    "B autoconfig imaps:a.test:993 0",
    "B autoconfig imaps:b.test:993 0",
    "C autoconfig imaps:a.test:993 0",
    "B pacc imaps:a.test:993 0",
    "B autoconfig imaps:a.test:1993 0",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    {
      const Case first = { .found = { others[0] } };
      const Case second = { .found = { others[i] } };
      g_autoptr(GPtrArray) a = read_found (&first, FALSE);
      g_autoptr(GPtrArray) b = read_found (&second, FALSE);

      g_assert_cmpint (mw_ranking_equal (a, b), ==, i == 0);
      g_ptr_array_set_size (b, 0);
      g_assert_false (mw_ranking_equal (a, b));
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/ranking/%s", cases[i].rule);

      g_test_add_data_func (path, &cases[i], test_order);
    }
  g_test_add_func ("/ranking/equal", test_equal);

  return g_test_run ();
}
