/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include <string.h>

#include "core/mw-error.h"
#include "setup/mw-advice.h"

static MwVerdict *
new_verdict (const char *server)
{
  g_autoptr(MwEndpoint) endpoint = mw_endpoint_parse (server);
  g_autoptr(MwCandidate) candidate = mw_candidate_new (endpoint, MW_ORIGIN_GUESS, MW_GRADE_G,
                                                       NULL, MW_AUTH_UNKNOWN, 0);

  return mw_verdict_new (candidate);
}

static void
assert_complete (MwAdvice *advice)
{
  g_assert_nonnull (advice);
  g_assert_cmpstr (advice->title, !=, "");
  g_assert_cmpstr (advice->text, !=, "");
  /* A place that was not filled in would reach the person. */
  g_assert_null (strchr (advice->title, '{'));
  g_assert_null (strchr (advice->text, '{'));
  g_assert_cmpint (advice->action == MW_ADVICE_ACTION_NONE, ==, advice->action_label == NULL);
}

static void
test_every_outcome (void)
{
  g_autoptr(GEnumClass) outcomes = g_type_class_ref (MW_TYPE_OUTCOME);
  g_autoptr(MwVerdict) verdict = new_verdict ("imaps:imap.example.test");
  g_autoptr(GHashTable) titles = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < outcomes->n_values; i++)
    {
      g_autoptr(MwAdvice) advice = mw_advice_for_outcome (outcomes->values[i].value, NULL,
                                                          verdict, NULL);

      assert_complete (advice);
      /* One cause, one title. */
      g_assert_true (g_hash_table_add (titles, g_strdup (advice->title)));
    }
}

static void
test_every_error (void)
{
  const struct {
    GQuark domain;
    int    last;
  } domains[] = {
    { MW_ADDRESS_ERROR, MW_ADDRESS_ERROR_URI },
    { MW_STORE_ERROR, MW_STORE_ERROR_AMBIGUOUS },
    { MW_EXPORT_ERROR, MW_EXPORT_ERROR_HELPER },
  };

  for (guint i = 0; i < G_N_ELEMENTS (domains); i++)
    {
      for (int code = 0; code <= domains[i].last; code++)
        {
          g_autoptr(GError) error = g_error_new_literal (domains[i].domain, code,
                                                         "developer text");
          g_autoptr(MwAdvice) advice = mw_advice_for_error (error);

          assert_complete (advice);
          g_assert_cmpstr (advice->title, !=, "Something Went Wrong");
        }
    }
}

static void
test_names_the_file (void)
{
  g_autoptr(GError) error = g_error_new_literal (MW_EXPORT_ERROR, MW_EXPORT_ERROR_READ_ONLY,
                                                 "prefs.js cannot be written");
  g_autoptr(MwAdvice) advice = mw_advice_for_error (error);

  g_assert_nonnull (strstr (advice->text, "prefs.js"));
}

static void
test_names_all_hosts (void)
{
  const char * const hosts[] = { "imap.example.test", "smtp.example.test", NULL };
  g_autoptr(MwAdvice) advice = mw_advice_for_outcome (MW_OUTCOME_CONSENT_NEEDED, NULL, NULL,
                                                      hosts);

  g_assert_nonnull (strstr (advice->text, hosts[0]));
  g_assert_nonnull (strstr (advice->text, hosts[1]));
}

static void
test_sending_not_found (void)
{
  g_autoptr(MwVerdict) incoming = new_verdict ("imaps:imap.example.test");
  g_autoptr(MwVerdict) outgoing = new_verdict ("submissions:smtp.example.test");
  g_autoptr(MwAdvice) a = mw_advice_for_outcome (MW_OUTCOME_NOTHING_FOUND, NULL, incoming, NULL);
  g_autoptr(MwAdvice) b = mw_advice_for_outcome (MW_OUTCOME_NOTHING_FOUND, NULL, outgoing, NULL);

  g_assert_cmpstr (a->title, !=, b->title);
}

/* Nothing is said to work that was not tried. */
static void
test_says_what_was_proved (void)
{
  g_autoptr(MwVerdict) incoming = new_verdict ("imaps:imap.example.test");
  g_autoptr(MwVerdict) outgoing = new_verdict ("submissions:smtp.example.test");
  g_autoptr(MwAdvice) reached = mw_advice_for_outcome (MW_OUTCOME_WORKS, NULL, outgoing, NULL);
  g_autoptr(MwAdvice) receiving = NULL;
  g_autoptr(MwAdvice) open_server = NULL;
  g_autoptr(MwAdvice) both = NULL;

  incoming->stage = outgoing->stage = MW_STAGE_DONE;
  incoming->auth = MW_AUTH_PLAIN;
  outgoing->auth = MW_AUTH_NONE;
  receiving = mw_advice_for_outcome (MW_OUTCOME_WORKS, NULL, incoming, NULL);
  open_server = mw_advice_for_outcome (MW_OUTCOME_WORKS, NULL, outgoing, NULL);
  outgoing->auth = MW_AUTH_PLAIN;
  both = mw_advice_for_outcome (MW_OUTCOME_WORKS, NULL, outgoing, NULL);

  g_assert_nonnull (strstr (reached->text, "was not tried"));
  g_assert_nonnull (strstr (receiving->text, "Sending was left out"));
  g_assert_nonnull (strstr (open_server->text, "elsewhere was not tried"));
  g_assert_nonnull (strstr (both->text, "both work"));
}

static void
test_clear_text (void)
{
  g_autoptr(MwVerdict) protected = new_verdict ("imaps:imap.example.test");
  g_autoptr(MwVerdict) clear = new_verdict ("imap+plain:imap.example.test");
  g_autoptr(MwAdvice) a = mw_advice_for_outcome (MW_OUTCOME_CONSENT_NEEDED, NULL, protected, NULL);
  g_autoptr(MwAdvice) b = mw_advice_for_outcome (MW_OUTCOME_CONSENT_NEEDED, NULL, clear, NULL);

  g_assert_null (strstr (a->text, "not encrypted"));
  g_assert_nonnull (strstr (b->text, "not encrypted"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/advice/every-outcome", test_every_outcome);
  g_test_add_func ("/advice/every-error", test_every_error);
  g_test_add_func ("/advice/names-the-file", test_names_the_file);
  g_test_add_func ("/advice/names-all-hosts", test_names_all_hosts);
  g_test_add_func ("/advice/sending-not-found", test_sending_not_found);
  g_test_add_func ("/advice/says-what-was-proved", test_says_what_was_proved);
  g_test_add_func ("/advice/clear-text", test_clear_text);
  return g_test_run ();
}
