/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include <string.h>

#include "core/mw-error.h"
#include "setup/mw-advice.h"
#include "setup/mw-diagnosis.h"

static MwVerdict *
new_verdict (const char *server)
{
  g_autoptr(MwEndpoint) endpoint = mw_endpoint_parse (server);
  g_autoptr(MwCandidate) candidate = mw_candidate_new (endpoint, MW_ORIGIN_GUESS, MW_GRADE_G,
                                                       NULL, MW_AUTH_UNKNOWN, 0);

  return mw_verdict_new (candidate);
}

static MwAdvice *
advise (MwOutcome  outcome,
        MwVerdict *verdict)
{
  const MwAdviceFacts facts = { .verdict = verdict };

  return mw_advice_for_outcome (outcome, &facts);
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

  verdict->stage = MW_STAGE_CONNECT;
  for (guint i = 0; i < outcomes->n_values; i++)
    {
      g_autoptr(MwAdvice) advice = advise (outcomes->values[i].value, verdict);

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
    { MW_SHARE_ERROR, MW_SHARE_ERROR_TEXT },
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

/* What an incomplete certificate is incomplete of. */
static void
test_lacks_staple (void)
{
  static const struct {
    const char *missing_issuer;
    gboolean    lacks_staple;
    const char *word;
  } table[] = { { "CN=Test", FALSE, "chain" }, { NULL, TRUE, "revoked" },
                { "CN=Test", TRUE, "chain" } };
  const MwOutcome problem = MW_OUTCOME_CERT_INCOMPLETE;

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr(MwVerdict) verdict = new_verdict ("imaps:imap.example.test");
      g_autoptr(GPtrArray) chain = NULL;
      g_autoptr(MwCertificateReport) report = NULL;
      g_autoptr(MwAdvice) advice = NULL;

      chain = g_ptr_array_new_with_free_func ((GDestroyNotify) mw_certificate_unref);
      g_ptr_array_add (chain, mw_certificate_new ());
      report = mw_certificate_report_new (chain, &problem, 1, table[i].missing_issuer,
                                          table[i].lacks_staple);
      verdict->tls = mw_tls_facts_new ("TLS1.3", NULL, FALSE, FALSE, report);
      advice = advise (problem, verdict);
      g_assert_nonnull (strstr (advice->text, table[i].word));
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
  const MwAdviceFacts facts = { .hosts = hosts };
  g_autoptr(MwAdvice) advice = mw_advice_for_outcome (MW_OUTCOME_CONSENT_NEEDED, &facts);

  g_assert_nonnull (strstr (advice->text, hosts[0]));
  g_assert_nonnull (strstr (advice->text, hosts[1]));
}

static void
test_sending_not_found (void)
{
  g_autoptr(MwVerdict) outgoing = new_verdict ("submissions:smtp.example.test");
  MwAdviceFacts facts = { .verdict = outgoing };
  g_autoptr(MwAdvice) neither = mw_advice_for_outcome (MW_OUTCOME_NOTHING_FOUND, &facts);
  g_autoptr(MwAdvice) sending = NULL;
  g_autoptr(MwAdvice) no_verdict = NULL;

  facts.receiving_works = TRUE;
  sending = mw_advice_for_outcome (MW_OUTCOME_NOTHING_FOUND, &facts);
  facts.verdict = NULL;
  no_verdict = mw_advice_for_outcome (MW_OUTCOME_NOTHING_FOUND, &facts);

  g_assert_null (strstr (neither->text, "Receiving mail works"));
  g_assert_nonnull (strstr (sending->text, "Receiving mail works"));
  g_assert_cmpstr (no_verdict->text, ==, sending->text);
}

/* Nothing is said to work that was not tried. */
static void
test_says_what_was_proved (void)
{
  g_autoptr(MwVerdict) incoming = new_verdict ("imaps:imap.example.test");
  g_autoptr(MwVerdict) outgoing = new_verdict ("submissions:smtp.example.test");
  g_autoptr(MwAdvice) reached = advise (MW_OUTCOME_WORKS, outgoing);
  g_autoptr(MwAdvice) receiving = NULL;
  g_autoptr(MwAdvice) open_server = NULL;
  g_autoptr(MwAdvice) both = NULL;

  incoming->stage = outgoing->stage = MW_STAGE_DONE;
  incoming->auth = MW_AUTH_PLAIN;
  outgoing->auth = MW_AUTH_NONE;
  receiving = advise (MW_OUTCOME_WORKS, incoming);
  open_server = advise (MW_OUTCOME_WORKS, outgoing);
  outgoing->auth = MW_AUTH_PLAIN;
  both = advise (MW_OUTCOME_WORKS, outgoing);

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
  g_autoptr(MwAdvice) a = advise (MW_OUTCOME_CONSENT_NEEDED, protected);
  g_autoptr(MwAdvice) b = advise (MW_OUTCOME_CONSENT_NEEDED, clear);

  g_assert_null (strstr (a->text, "not encrypted"));
  g_assert_nonnull (strstr (b->text, "not encrypted"));
}

static MwProvider *
new_provider (gboolean    confirmed,
              const char *help_uri)
{
  MwProvider *provider = mw_provider_new ("example");

  provider->name = g_strdup ("Example Mail");
  provider->grade = confirmed ? 'A' : 'C';
  provider->built_in = TRUE;
  provider->auth = MW_PROVIDER_AUTH_APP_PASSWORD;
  provider->help_uri = g_strdup (help_uri);
  return provider;
}

static void
add_hint (MwProvider      *provider,
          MwHintKind       kind,
          MwHintCondition  condition,
          const char      *uri)
{
  g_ptr_array_add (provider->hints, mw_hint_new (kind, condition, uri));
}

/* Every outcome, on either side, in every protocol, at every stage, with and
 * without a provider: a title, a sentence, a repair that has a label. */
static void
test_every_case (void)
{
  static const char * const servers[] = {
    "imaps:imap.example.test", "imap:imap.example.test", "pop3s:pop.example.test",
    "submissions:smtp.example.test", "submission:smtp.example.test", "imap:127.0.0.1:1143",
  };
  g_autoptr(GEnumClass) outcomes = g_type_class_ref (MW_TYPE_OUTCOME);
  g_autoptr(GEnumClass) kinds = g_type_class_ref (MW_TYPE_HINT_KIND);

  for (guint i = 0; i < outcomes->n_values; i++)
    for (guint j = 0; j < G_N_ELEMENTS (servers); j++)
      for (guint k = 0; k < kinds->n_values * 3; k++)
        for (int stage = MW_STAGE_RESOLVE; stage <= MW_STAGE_DONE; stage++)
          {
            g_autoptr(MwProvider) provider = new_provider (k % 2 == 0,
                                                           "https://help.example.test/");
            g_autoptr(MwVerdict) verdict = new_verdict (servers[j]);
            MwAdviceFacts facts = { .verdict = verdict, .provider = provider };
            g_autoptr(MwAdvice) advice = NULL;

            add_hint (provider, kinds->values[k / 3].value, k % 3, NULL);
            verdict->outcome = k % 2 == 0 ? MW_OUTCOME_LOGIN_REFUSED : outcomes->values[i].value;
            verdict->stage = stage;
            verdict->auth = stage >= MW_STAGE_AUTH ? MW_AUTH_PLAIN : MW_AUTH_UNKNOWN;
            facts.receiving_works = mw_endpoint_get_side (mw_candidate_get_endpoint (
                                      verdict->candidate)) == MW_SIDE_OUTGOING;
            advice = mw_advice_for_outcome (outcomes->values[i].value, &facts);
            assert_complete (advice);
            if (advice->action == MW_ADVICE_ACTION_OPEN_URI)
              g_assert_true (g_str_has_prefix (advice->uri, "https://"));
            for (guint c = 0; advice->causes != NULL && c < advice->causes->len; c++)
              assert_complete (advice->causes->pdata[c]);
          }
}

/* Nobody is told that a password is wrong unless the server said so. */
static void
test_no_blame (void)
{
  g_autoptr(GEnumClass) outcomes = g_type_class_ref (MW_TYPE_OUTCOME);
  static const char * const servers[] = {
    "imaps:imap.example.test", "submissions:smtp.example.test",
  };

  for (guint i = 0; i < outcomes->n_values; i++)
    for (guint j = 0; j < G_N_ELEMENTS (servers); j++)
      for (int stage = MW_STAGE_RESOLVE; stage <= MW_STAGE_DONE; stage++)
        {
          g_autoptr(MwVerdict) verdict = new_verdict (servers[j]);
          MwAdviceFacts facts = { .verdict = verdict, .receiving_works = j == 1 };
          g_autoptr(MwAdvice) advice = NULL;

          verdict->outcome = outcomes->values[i].value;
          verdict->stage = stage;
          verdict->auth = MW_AUTH_PLAIN;
          advice = mw_advice_for_outcome (verdict->outcome, &facts);
          g_assert_true (verdict->outcome == MW_OUTCOME_BAD_CREDENTIALS ||
                         strstr (advice->text, "password is wrong") == NULL);
        }
}

typedef struct {
  MwOutcome       before;
  const char     *server;
  MwStage         stage;
  MwHintKind      kind;
  MwHintCondition condition;
  gboolean        confirmed;
  gboolean        by_hand;
  MwOutcome       after;
} RefineCase;

#define IMAP "imaps:imap.example.test"
#define SMTP "submissions:smtp.example.test"
#define ALWAYS MW_HINT_CONDITION_ALWAYS

static const RefineCase refine_cases[] = {
  /* A refusal, where only one kind of password is taken. */
  { MW_OUTCOME_BAD_CREDENTIALS, IMAP, MW_STAGE_AUTH, MW_HINT_KIND_APP_PASSWORD, ALWAYS,
    TRUE, FALSE, MW_OUTCOME_NEED_APP_PASSWORD },
  { MW_OUTCOME_LOGIN_REFUSED, IMAP, MW_STAGE_AUTH, MW_HINT_KIND_APP_PASSWORD, ALWAYS,
    TRUE, FALSE, MW_OUTCOME_NEED_APP_PASSWORD },
  { MW_OUTCOME_BAD_CREDENTIALS, SMTP, MW_STAGE_AUTH, MW_HINT_KIND_AUTH_CODE, ALWAYS,
    TRUE, FALSE, MW_OUTCOME_NEED_APP_PASSWORD },
  /* Not sure, or not for everybody. */
  { MW_OUTCOME_BAD_CREDENTIALS, IMAP, MW_STAGE_AUTH, MW_HINT_KIND_APP_PASSWORD,
    MW_HINT_CONDITION_TWO_STEP, TRUE, FALSE, MW_OUTCOME_BAD_CREDENTIALS },
  { MW_OUTCOME_LOGIN_REFUSED, IMAP, MW_STAGE_AUTH, MW_HINT_KIND_APP_PASSWORD,
    MW_HINT_CONDITION_MAYBE, TRUE, FALSE, MW_OUTCOME_LOGIN_REFUSED },
  { MW_OUTCOME_BAD_CREDENTIALS, IMAP, MW_STAGE_AUTH, MW_HINT_KIND_APP_PASSWORD, ALWAYS,
    FALSE, FALSE, MW_OUTCOME_BAD_CREDENTIALS },
  { MW_OUTCOME_LOGIN_REFUSED, IMAP, MW_STAGE_AUTH, MW_HINT_KIND_ENABLE_IMAP, ALWAYS,
    TRUE, FALSE, MW_OUTCOME_LOGIN_REFUSED },
  { MW_OUTCOME_BAD_CREDENTIALS, IMAP, MW_STAGE_AUTH, MW_HINT_KIND_SEPARATE_PASSWORD, ALWAYS,
    TRUE, FALSE, MW_OUTCOME_BAD_CREDENTIALS },
  /* The password was right. */
  { MW_OUTCOME_LOGIN_REFUSED, IMAP, MW_STAGE_MAILBOX, MW_HINT_KIND_APP_PASSWORD, ALWAYS,
    TRUE, FALSE, MW_OUTCOME_LOGIN_REFUSED },
  /* What a server said itself stays. */
  { MW_OUTCOME_IMAP_DISABLED, IMAP, MW_STAGE_AUTH, MW_HINT_KIND_APP_PASSWORD, ALWAYS,
    TRUE, FALSE, MW_OUTCOME_IMAP_DISABLED },
  { MW_OUTCOME_TEMPORARY, IMAP, MW_STAGE_AUTH, MW_HINT_KIND_APP_PASSWORD, ALWAYS,
    TRUE, FALSE, MW_OUTCOME_TEMPORARY },
  { MW_OUTCOME_CERT_EXPIRED, IMAP, MW_STAGE_TLS, MW_HINT_KIND_NO_IMAP, ALWAYS,
    TRUE, FALSE, MW_OUTCOME_CERT_EXPIRED },
  { MW_OUTCOME_WORKS, IMAP, MW_STAGE_DONE, MW_HINT_KIND_NO_IMAP, ALWAYS,
    TRUE, FALSE, MW_OUTCOME_WORKS },
  /* Exchange Online takes no passwords for receiving; for sending it may. */
  { MW_OUTCOME_LOGIN_REFUSED, "imaps:outlook.office365.com", MW_STAGE_AUTH,
    MW_HINT_KIND_ENABLE_IMAP, ALWAYS, FALSE, TRUE, MW_OUTCOME_NEED_OAUTH },
  { MW_OUTCOME_LOGIN_REFUSED, "pop3s:pop-mail.outlook.com", MW_STAGE_AUTH,
    MW_HINT_KIND_ENABLE_IMAP, ALWAYS, FALSE, TRUE, MW_OUTCOME_NEED_OAUTH },
  { MW_OUTCOME_LOGIN_REFUSED, "submission:smtp.office365.com", MW_STAGE_AUTH,
    MW_HINT_KIND_ENABLE_IMAP, ALWAYS, FALSE, TRUE, MW_OUTCOME_LOGIN_REFUSED },
  { MW_OUTCOME_LOGIN_REFUSED, "imaps:notoutlook.com", MW_STAGE_AUTH,
    MW_HINT_KIND_ENABLE_IMAP, ALWAYS, FALSE, TRUE, MW_OUTCOME_LOGIN_REFUSED },
  /* Nobody is there. */
  { MW_OUTCOME_REFUSED, IMAP, MW_STAGE_CONNECT, MW_HINT_KIND_EXCHANGE, ALWAYS,
    TRUE, FALSE, MW_OUTCOME_EXCHANGE_ONLY },
  { MW_OUTCOME_NOTHING_FOUND, NULL, MW_STAGE_RESOLVE, MW_HINT_KIND_EXCHANGE, ALWAYS,
    FALSE, FALSE, MW_OUTCOME_EXCHANGE_ONLY },
  { MW_OUTCOME_REFUSED, IMAP, MW_STAGE_CONNECT, MW_HINT_KIND_EXCHANGE, ALWAYS,
    TRUE, TRUE, MW_OUTCOME_REFUSED },
  { MW_OUTCOME_TIMEOUT, IMAP, MW_STAGE_CONNECT, MW_HINT_KIND_NO_IMAP, ALWAYS,
    TRUE, FALSE, MW_OUTCOME_NOTHING_FOUND },
  { MW_OUTCOME_NOT_MAIL_SERVER, IMAP, MW_STAGE_GREETING, MW_HINT_KIND_BRIDGE, ALWAYS,
    TRUE, FALSE, MW_OUTCOME_NOTHING_FOUND },
  { MW_OUTCOME_TIMEOUT, IMAP, MW_STAGE_CONNECT, MW_HINT_KIND_APP_PASSWORD, ALWAYS,
    TRUE, FALSE, MW_OUTCOME_TIMEOUT },
  { MW_OUTCOME_DNS_NXDOMAIN, IMAP, MW_STAGE_RESOLVE, MW_HINT_KIND_APP_PASSWORD, ALWAYS,
    TRUE, FALSE, MW_OUTCOME_NOTHING_FOUND },
  { MW_OUTCOME_DNS_NXDOMAIN, IMAP, MW_STAGE_RESOLVE, MW_HINT_KIND_APP_PASSWORD, ALWAYS,
    TRUE, TRUE, MW_OUTCOME_DNS_NXDOMAIN },
};

static void
test_refine (gconstpointer data)
{
  const RefineCase *test = data;
  g_autoptr(MwProvider) provider = new_provider (test->confirmed, NULL);
  g_autoptr(MwVerdict) verdict = test->server != NULL ? new_verdict (test->server) : NULL;
  MwOutcome after;

  add_hint (provider, test->kind, test->condition, NULL);
  if (verdict != NULL)
    {
      verdict->outcome = test->before;
      verdict->stage = test->stage;
    }

  after = mw_diagnosis_refine (test->before, verdict, provider, test->by_hand);
  g_assert_cmpstr (mw_enum_to_nick (MW_TYPE_OUTCOME, after), ==,
                   mw_enum_to_nick (MW_TYPE_OUTCOME, test->after));
}

/* Nothing is known of the provider: nothing changes but names of guesses. */
static void
test_refine_without_provider (void)
{
  g_autoptr(GEnumClass) outcomes = g_type_class_ref (MW_TYPE_OUTCOME);

  for (guint i = 0; i < outcomes->n_values; i++)
    g_assert_cmpint (mw_diagnosis_refine (outcomes->values[i].value, NULL, NULL, TRUE), ==,
                     outcomes->values[i].value);
}

static void
test_causes (void)
{
  g_autoptr(MwProvider) provider = new_provider (TRUE, "https://help.example.test/");
  g_autoptr(MwVerdict) incoming = new_verdict (IMAP);
  g_autoptr(MwVerdict) outgoing = new_verdict (SMTP);
  MwAdviceFacts facts = { .verdict = incoming, .provider = provider };
  g_autoptr(MwAdvice) receiving = NULL;
  g_autoptr(MwAdvice) sending = NULL;
  MwAdvice *cause;

  incoming->outcome = outgoing->outcome = MW_OUTCOME_LOGIN_REFUSED;
  incoming->stage = outgoing->stage = MW_STAGE_AUTH;
  add_hint (provider, MW_HINT_KIND_ENABLE_IMAP, ALWAYS, "https://help.example.test/imap");
  add_hint (provider, MW_HINT_KIND_APP_PASSWORD, MW_HINT_CONDITION_TWO_STEP, NULL);
  add_hint (provider, MW_HINT_KIND_ENABLE_SMTP, MW_HINT_CONDITION_MAYBE, NULL);

  receiving = mw_advice_for_outcome (MW_OUTCOME_LOGIN_REFUSED, &facts);
  g_assert_cmpint (receiving->action, ==, MW_ADVICE_ACTION_EDIT_PASSWORD);
  g_assert_cmpuint (receiving->causes->len, ==, 2);
  cause = receiving->causes->pdata[0];
  g_assert_cmpint (cause->action, ==, MW_ADVICE_ACTION_OPEN_URI);
  g_assert_cmpstr (cause->uri, ==, "https://help.example.test/imap");
  g_assert_nonnull (strstr (cause->text, "Example Mail"));
  cause = receiving->causes->pdata[1];
  g_assert_cmpstr (cause->uri, ==, "https://help.example.test/");
  g_assert_nonnull (strstr (cause->text, "two-step"));

  facts.verdict = outgoing;
  sending = mw_advice_for_outcome (MW_OUTCOME_LOGIN_REFUSED, &facts);
  g_assert_cmpuint (sending->causes->len, ==, 2);
  cause = sending->causes->pdata[1];
  g_assert_nonnull (strstr (cause->text, "send"));
}

/* A page is opened only where the entry is confirmed, and only over https. */
static void
test_pages (void)
{
  static const struct {
    gboolean    confirmed;
    const char *uri;
    gboolean    button;
  } rows[] = {
    { TRUE, "https://help.example.test/", TRUE },
    { FALSE, "https://help.example.test/", FALSE },
    { TRUE, "http://help.example.test/", FALSE },
    { TRUE, "javascript:alert(1)", FALSE },
    { TRUE, NULL, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(MwProvider) provider = new_provider (rows[i].confirmed, NULL);
      g_autoptr(MwVerdict) verdict = new_verdict (IMAP);
      MwAdviceFacts facts = { .verdict = verdict, .provider = provider };
      g_autoptr(MwAdvice) disabled = NULL;
      g_autoptr(MwAdvice) password = NULL;

      verdict->outcome = MW_OUTCOME_IMAP_DISABLED;
      /* The words of a server are never a page. */
      verdict->server_text = g_strdup ("see https://evil.example.test/");
      add_hint (provider, MW_HINT_KIND_ENABLE_IMAP, ALWAYS, rows[i].uri);
      add_hint (provider, MW_HINT_KIND_APP_PASSWORD, ALWAYS, rows[i].uri);

      disabled = mw_advice_for_outcome (MW_OUTCOME_IMAP_DISABLED, &facts);
      password = mw_advice_for_outcome (MW_OUTCOME_NEED_APP_PASSWORD, &facts);
      g_assert_cmpint (disabled->action, ==, rows[i].button ? MW_ADVICE_ACTION_OPEN_URI
                                                           : MW_ADVICE_ACTION_TRY_AGAIN);
      g_assert_cmpstr (disabled->uri, ==, rows[i].button ? rows[i].uri : NULL);
      g_assert_cmpint (password->action, ==, MW_ADVICE_ACTION_EDIT_PASSWORD);
      g_assert_cmpstr (((MwAdvice *) password->causes->pdata[0])->uri, ==,
                       rows[i].button ? rows[i].uri : NULL);
    }
}

/* The same outcome, by the way it came about. */
static void
test_by_stage (void)
{
  g_autoptr(MwVerdict) verdict = new_verdict (IMAP);
  g_autoptr(MwAdvice) unlooked = NULL;
  g_autoptr(MwAdvice) unheard = NULL;
  g_autoptr(MwAdvice) silent = NULL;
  g_autoptr(MwAdvice) mailbox = NULL;

  verdict->stage = MW_STAGE_RESOLVE;
  unlooked = advise (MW_OUTCOME_TIMEOUT, verdict);
  verdict->stage = MW_STAGE_CONNECT;
  unheard = advise (MW_OUTCOME_TIMEOUT, verdict);
  verdict->stage = MW_STAGE_AUTH;
  silent = advise (MW_OUTCOME_TIMEOUT, verdict);
  verdict->stage = MW_STAGE_MAILBOX;
  verdict->auth = MW_AUTH_PLAIN;
  mailbox = advise (MW_OUTCOME_LOGIN_REFUSED, verdict);

  g_assert_nonnull (strstr (unlooked->text, "name server"));
  g_assert_nonnull (strstr (unheard->text, "its name may be wrong"));
  g_assert_nonnull (strstr (silent->text, "at first"));
  g_assert_nonnull (strstr (mailbox->text, "accepted the password"));
}

/* What else is offered explains only what was not tried. */
static void
test_tried_and_refused (void)
{
  static const char * const offered[] = { "PLAIN", "GSSAPI", "NTLM", NULL };
  g_autoptr(MwVerdict) verdict = new_verdict (SMTP);
  g_autoptr(MwAdvice) advice = NULL;

  verdict->stage = MW_STAGE_AUTH;
  verdict->auth = MW_AUTH_PLAIN;
  verdict->auth_offered = g_strdupv ((char **) offered);
  advice = advise (MW_OUTCOME_MECH_NONE, verdict);
  g_assert_null (strstr (advice->text, "takes no password"));
  g_assert_null (strstr (advice->text, "NTLM"));
}

/* A name that looks like a place is not filled in. */
static void
test_names_are_left_alone (void)
{
  g_autoptr(MwProvider) provider = new_provider (TRUE, NULL);
  g_autoptr(MwVerdict) verdict = new_verdict (IMAP);
  MwAdviceFacts facts = { .verdict = verdict, .provider = provider };
  g_autoptr(MwAdvice) advice = NULL;

  g_free (provider->name);
  provider->name = g_strdup ("{host} %s");
  add_hint (provider, MW_HINT_KIND_NO_IMAP, ALWAYS, NULL);
  advice = mw_advice_for_outcome (MW_OUTCOME_NOTHING_FOUND, &facts);
  g_assert_nonnull (strstr (advice->text, "{host} %s"));
}

static void
test_copy (void)
{
  g_autoptr(MwProvider) provider = new_provider (TRUE, "https://help.example.test/");
  g_autoptr(MwVerdict) verdict = new_verdict (IMAP);
  MwAdviceFacts facts = { .verdict = verdict, .provider = provider };
  g_autoptr(MwAdvice) copy = NULL;

  add_hint (provider, MW_HINT_KIND_ENABLE_IMAP, ALWAYS, NULL);
  {
    g_autoptr(MwAdvice) advice = mw_advice_for_outcome (MW_OUTCOME_LOGIN_REFUSED, &facts);

    copy = mw_advice_copy (advice);
  }
  g_assert_cmpuint (copy->causes->len, ==, 1);
  g_assert_cmpstr (((MwAdvice *) copy->causes->pdata[0])->uri, ==, "https://help.example.test/");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/advice/every-outcome", test_every_outcome);
  g_test_add_func ("/advice/every-error", test_every_error);
  g_test_add_func ("/advice/lacks-staple", test_lacks_staple);
  g_test_add_func ("/advice/names-the-file", test_names_the_file);
  g_test_add_func ("/advice/names-all-hosts", test_names_all_hosts);
  g_test_add_func ("/advice/sending-not-found", test_sending_not_found);
  g_test_add_func ("/advice/says-what-was-proved", test_says_what_was_proved);
  g_test_add_func ("/advice/clear-text", test_clear_text);
  g_test_add_func ("/advice/every-case", test_every_case);
  g_test_add_func ("/advice/no-blame", test_no_blame);
  g_test_add_func ("/advice/causes", test_causes);
  g_test_add_func ("/advice/pages", test_pages);
  g_test_add_func ("/advice/by-stage", test_by_stage);
  g_test_add_func ("/advice/names-are-left-alone", test_names_are_left_alone);
  g_test_add_func ("/advice/copy", test_copy);
  g_test_add_func ("/advice/tried-and-refused", test_tried_and_refused);
  g_test_add_func ("/diagnosis/without-provider", test_refine_without_provider);
  for (guint i = 0; i < G_N_ELEMENTS (refine_cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/diagnosis/refine/%u", i);

      g_test_add_data_func (path, &refine_cases[i], test_refine);
    }

  return g_test_run ();
}
