/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "discovery/mw-mx-guesses.h"

typedef struct {
  const char *domain;
  const char *exchanger;
  const char *domains[3];
  gboolean    itself;      /* the exchanger is among the guesses */
} Case;

static const Case cases[] = {
  { "example.test", "mx.hosting.test", { "hosting.test" }, TRUE },
  { "example.test", "a.mx.eu.hosting.test", { "hosting.test" }, TRUE },
  { "example.test", "hosting.test", { "hosting.test" }, TRUE },
  { "example.co.uk", "mx1.hosting.co.uk", { "hosting.co.uk" }, TRUE },

  /* Its own server: the usual names are guessed anyway. */
  { "example.test", "mx.example.test", { NULL }, TRUE },
  { "example.test", "mail.example.test", { NULL }, FALSE },
  { "example.test", "example.test", { NULL }, FALSE },

  /* Below another domain the exchanger decides whether that one counts. */
  { "dept.example.test", "mx.example.test", { "example.test" }, TRUE },
  { "dept.example.test", "mail.example.test", { "example.test" }, TRUE },
  { "dept.example.test", "mx.dept.example.test", { NULL }, TRUE },
  { "dept.example.test", "mx.hosting.test", { "hosting.test" }, TRUE },
  { "a.b.example.test", "mx.b.example.test", { "b.example.test", "example.test" }, TRUE },
  { "a.b.example.test", "mx.c.example.test", { "example.test" }, TRUE },
  { "dept.example.test", "mx.notexample.test", { "notexample.test" }, TRUE },

  /* Domains that belong to many. */
  { "example.test", "test", { NULL }, FALSE },
  { "example.co.uk", "co.uk", { NULL }, FALSE },
  { "example.test", "192.0.2.1", { NULL }, FALSE },
};

static gboolean
has_host (GPtrArray  *candidates,
          MwProtocol  protocol,
          const char *host)
{
  guint found = 0;

  for (guint i = 0; i < candidates->len; i++)
    {
      MwEndpoint *endpoint = mw_candidate_get_endpoint (g_ptr_array_index (candidates, i));

      if (mw_endpoint_get_protocol (endpoint) == protocol &&
          g_str_equal (mw_endpoint_get_host (endpoint), host))
        found++;
    }

  /* With TLS at once and by STARTTLS; mail. and the exchanger may be one. */
  g_assert_true (found % 2 == 0);
  return found > 0;
}

static void
test_case (gconstpointer data)
{
  const Case *test = data;
  g_auto(GStrv) domains = mw_mx_guesses_dup_domains (test->domain, test->exchanger);
  g_autoptr(GPtrArray) candidates = NULL;
  guint n = g_strv_length (domains);

  candidates = g_ptr_array_new_with_free_func ((GDestroyNotify) mw_candidate_unref);
  mw_mx_guesses_add (candidates, test->domain, test->exchanger);

  g_assert_cmpstrv (domains, test->domains);
  g_assert_cmpuint (candidates->len, ==, 8 * n + (test->itself ? 4 : 0));
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *imap = g_strconcat ("imap.", domains[i], NULL);
      g_autofree char *smtp = g_strconcat ("smtp.", domains[i], NULL);
      g_autofree char *mail = g_strconcat ("mail.", domains[i], NULL);

      g_assert_true (has_host (candidates, MW_PROTOCOL_IMAP, imap));
      g_assert_true (has_host (candidates, MW_PROTOCOL_IMAP, mail));
      g_assert_true (has_host (candidates, MW_PROTOCOL_SMTP, smtp));
      g_assert_true (has_host (candidates, MW_PROTOCOL_SMTP, mail));
    }

  for (guint i = 0; i < candidates->len; i++)
    {
      MwCandidate *candidate = g_ptr_array_index (candidates, i);

      g_assert_cmpint (mw_candidate_get_grade (candidate), ==, MW_GRADE_D);
      g_assert_true (mw_candidate_is_guess (candidate));
    }
}

static void
test_long_domain (void)
{
  g_autofree char *label = g_strnfill (60, 'a');
  g_autofree char *domain = g_strdup_printf ("%s.%s.%s.%s.a.test", label, label, label, label);
  g_autofree char *below = g_strdup_printf ("a.%s", domain);
  g_autoptr(GPtrArray) candidates = NULL;

  candidates = g_ptr_array_new_with_free_func ((GDestroyNotify) mw_candidate_unref);
  mw_mx_guesses_add (candidates, below, domain);

  /* There is no room for imap. below the one, but there is below a.test. */
  g_assert_false (has_host (candidates, MW_PROTOCOL_IMAP, "imap.test"));
  g_assert_true (has_host (candidates, MW_PROTOCOL_IMAP, "imap.a.test"));
  g_assert_true (has_host (candidates, MW_PROTOCOL_SMTP, domain));
  g_assert_cmpuint (candidates->len, ==, 12);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/mx-guesses/%s/%s", cases[i].domain,
                                               cases[i].exchanger);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/mx-guesses/long-domain", test_long_domain);

  return g_test_run ();
}
