/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include <string.h>

#include "setup/mw-advice-browser.h"
#include "setup/mw-advice.h"

typedef struct {
  const char   *name;
  const char   *server;
  MwOutcome     outcome;
  const char   *offered;
  const char   *capabilities;
  MwAuthMethod  auth;
  const char   *title;
} Case;

#define NO_WAY "No Common Way to Sign In"
#define CANNOT "User Name or Password Cannot Be Sent"

static const Case cases[] = {
  { "kerberos", "imaps:h.test", MW_OUTCOME_MECH_NONE, "GSSAPI", "LOGINDISABLED", MW_AUTH_UNKNOWN,
    "Kerberos Needed" },
  { "kerberos-smtp", "submissions:h.test", MW_OUTCOME_MECH_NONE, "gssapi NTLM", "AUTH",
    MW_AUTH_UNKNOWN, "Kerberos Needed" },
  { "kerberos-after-user", "pop3s:h.test", MW_OUTCOME_MECH_NONE, "GSSAPI", "USER SASL",
    MW_AUTH_PASSWORD_COMMAND, "Kerberos Needed" },
  { "ntlm", "submissions:h.test", MW_OUTCOME_MECH_NONE, "NTLM", "AUTH", MW_AUTH_UNKNOWN,
    "Windows Sign-In Needed" },
  { "external", "imaps:h.test", MW_OUTCOME_MECH_NONE, "EXTERNAL", "LOGINDISABLED",
    MW_AUTH_UNKNOWN, "Server Wants a Certificate From You" },
  { "odd", "imaps:h.test", MW_OUTCOME_MECH_NONE, "X-ODD", "LOGINDISABLED", MW_AUTH_UNKNOWN,
    NO_WAY },
  { "scram-not-prepared", "imaps:h.test", MW_OUTCOME_MECH_NONE, "SCRAM-SHA-256", "LOGINDISABLED",
    MW_AUTH_UNKNOWN, CANNOT },
  { "utf8-user", "pop3s:h.test", MW_OUTCOME_MECH_NONE, "", "USER", MW_AUTH_UNKNOWN, CANNOT },
  { "imap-login", "imaps:h.test", MW_OUTCOME_MECH_NONE, "", "IMAP4rev1", MW_AUTH_UNKNOWN, CANNOT },
  { "plain-refused", "imaps:h.test", MW_OUTCOME_MECH_NONE, "PLAIN", "LOGINDISABLED", MW_AUTH_PLAIN,
    NO_WAY },
  { "unproved", "imaps:h.test", MW_OUTCOME_PROTOCOL, "SCRAM-SHA-1", "LOGINDISABLED",
    MW_AUTH_SCRAM_SHA_1, "Server Did Not Prove Itself" },
  { "nonsense", "imaps:h.test", MW_OUTCOME_PROTOCOL, "PLAIN", "IMAP4rev1", MW_AUTH_PLAIN,
    "Server Answer Not Understood" },
};

static MwVerdict *
new_verdict (const char         *server,
             const char * const *user_names)
{
  g_autoptr(MwEndpoint) endpoint = mw_endpoint_parse (server);
  g_autoptr(MwCandidate) candidate = mw_candidate_new (endpoint, MW_ORIGIN_GUESS, MW_GRADE_G,
                                                       user_names, MW_AUTH_UNKNOWN, 0);
  MwVerdict *verdict = mw_verdict_new (candidate);

  verdict->stage = MW_STAGE_AUTH;
  return verdict;
}

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  g_autoptr(MwVerdict) verdict = new_verdict (c->server, NULL);
  const MwAdviceFacts facts = { .verdict = verdict };
  g_autoptr(MwAdvice) advice = NULL;

  verdict->auth = c->auth;
  verdict->auth_offered = g_strsplit (c->offered, " ", -1);
  verdict->capabilities = g_strsplit (c->capabilities, " ", -1);
  advice = mw_advice_for_outcome (c->outcome, &facts);
  g_assert_cmpstr (advice->title, ==, c->title);
  g_assert_null (strchr (advice->text, '{'));
}

/* The other usual form of the user name, where nobody said which it is. */
static void
test_other_user_name (void)
{
  static const char * const known[] = { "jan@example.test", NULL };
  static const struct {
    const char         *used;
    const char * const *forms;
    MwOutcome           outcome;
    MwStage             stage;
    const char         *other;
  } table[] = {
    { "jan@example.test", NULL, MW_OUTCOME_BAD_CREDENTIALS, MW_STAGE_AUTH, "jan" },
    { "jan", NULL, MW_OUTCOME_BAD_CREDENTIALS, MW_STAGE_AUTH, "jan@example.test" },
    { "jan@example.test", NULL, MW_OUTCOME_LOGIN_REFUSED, MW_STAGE_AUTH, "jan" },
    { "jan@example.test", NULL, MW_OUTCOME_LOGIN_REFUSED, MW_STAGE_MAILBOX, NULL },
    { "jan@example.test", NULL, MW_OUTCOME_TEMPORARY, MW_STAGE_AUTH, NULL },
    { "jan@example.test", known, MW_OUTCOME_BAD_CREDENTIALS, MW_STAGE_AUTH, NULL },
    { "u12345", NULL, MW_OUTCOME_BAD_CREDENTIALS, MW_STAGE_AUTH, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr(MwAddress) address = mw_address_parse ("jan@example.test", NULL);
      g_autoptr(MwVerdict) verdict = new_verdict ("imaps:imap.example.test", table[i].forms);
      const MwAdviceFacts facts = { .address = address, .verdict = verdict };
      g_autoptr(MwAdvice) advice = NULL;
      MwAdvice *cause;

      verdict->user_name = g_strdup (table[i].used);
      verdict->stage = table[i].stage;
      advice = mw_advice_for_outcome (table[i].outcome, &facts);
      if (table[i].other == NULL)
        {
          g_assert_null (advice->causes);
          continue;
        }

      g_assert_cmpuint (advice->causes->len, ==, 1);
      cause = advice->causes->pdata[0];
      g_assert_cmpint (cause->action, ==, MW_ADVICE_ACTION_OTHER_USER_NAME);
      g_assert_cmpstr (cause->user_name, ==, table[i].other);
      g_assert_nonnull (strstr (cause->text, table[i].other));
      g_assert_null (strchr (cause->text, '{'));
    }
}

/* An address with a tag: without it first, as a button, whoever keeps the mail. */
static void
test_untagged_user_name (void)
{
  static const char * const forms[] = { "jan+shop", "jan+shop@example.test", NULL };
  static const struct {
    const char         *address;
    const char         *used;
    const char * const *forms;
    gboolean            provider;
    const char         *wanted[3];
  } table[] = {
    { "jan+shop@example.test", "jan+shop@example.test", NULL, FALSE,
      { "jan@example.test", "jan" } },
    { "jan+shop@example.test", "jan@example.test", NULL, FALSE, { "jan" } },
    { "jan+shop@example.test", "jan", NULL, FALSE, { "jan@example.test" } },
    { "jan+shop@example.test", "jan+shop", NULL, FALSE, { "jan", "jan@example.test" } },
    { "jan+shop@example.test", "jan+shop@example.test", forms, FALSE, { "jan@example.test" } },
    { "jan+shop@example.test", "jan+shop@example.test", NULL, TRUE, { "jan@example.test" } },
    { "jan+shop@example.test", "jan@example.test", NULL, TRUE, { NULL } },
    { "jan+a+b@example.test", "jan+a+b@example.test", NULL, TRUE, { "jan@example.test" } },
    { "jan+shop@example.test", "jan+shopping@example.test", NULL, FALSE, { NULL } },
    { "+48@example.test", "+48@example.test", NULL, FALSE, { "+48" } },
    { "jan+@example.test", "jan+@example.test", NULL, FALSE, { "jan+" } },
    { "jan-shop@example.test", "jan-shop@example.test", NULL, TRUE, { NULL } },
  };
  g_autoptr(MwProvider) provider = mw_provider_new ("a");

  provider->name = g_strdup ("A");
  provider->grade = 'A';
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr(MwAddress) address = mw_address_parse (table[i].address, NULL);
      g_autoptr(MwVerdict) verdict = new_verdict ("imaps:imap.example.test", table[i].forms);
      const MwAdviceFacts facts = {
        .address = address,
        .verdict = verdict,
        .provider = table[i].provider ? provider : NULL,
      };
      g_autoptr(MwAdvice) advice = NULL;
      guint n = 0;

      verdict->user_name = g_strdup (table[i].used);
      advice = mw_advice_for_outcome (MW_OUTCOME_BAD_CREDENTIALS, &facts);
      for (; advice->causes != NULL && n < advice->causes->len; n++)
        {
          MwAdvice *cause = advice->causes->pdata[n];

          g_assert_cmpint (cause->action, ==, MW_ADVICE_ACTION_OTHER_USER_NAME);
          g_assert_cmpstr (cause->user_name, ==, table[i].wanted[n]);
          g_assert_nonnull (strstr (cause->text, table[i].wanted[n]));
        }
      g_assert_null (table[i].wanted[n]);
    }
}

static void
test_waiting (void)
{
  g_autoptr(MwVerdict) verdict = new_verdict ("imaps:imap.example.test", NULL);
  g_autofree char *before = mw_advice_describe_stage (verdict);
  g_autofree char *after = NULL;

  verdict->is_waiting = TRUE;
  after = mw_advice_describe_stage (verdict);
  g_assert_cmpstr (before, ==, "Signing in");
  g_assert_nonnull (strstr (after, "makes us wait"));
}

/* What the mail program asks when the account has no password. */
static void
test_browser (void)
{
  static const struct {
    const char   *incoming;
    MwAuthMethod  auth;
    const char   *words;
  } table[] = {
    { "imap.gmail.com", MW_AUTH_OAUTH2, "of Google once" },
    { "outlook.office365.com", MW_AUTH_OAUTH2, "of Microsoft once" },
    { "imap.mail.yahoo.com", MW_AUTH_OAUTH2, "of Yahoo once" },
    { "notgmail.com", MW_AUTH_OAUTH2, "your provider" },
    { "imap.example.test", MW_AUTH_OAUTH2, "your provider" },
    { "imap.gmail.com", MW_AUTH_PLAIN, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr(MwProfile) profile = mw_profile_new ();
      g_autoptr(MwEndpoint) endpoint = NULL;
      g_autofree char *text = NULL;

      g_test_message ("%s", table[i].incoming);
      endpoint = mw_endpoint_new (MW_PROTOCOL_IMAP, MW_SECURITY_TLS, table[i].incoming, 993);
      profile->incoming = mw_service_new (endpoint, "jan", table[i].auth, NULL);
      text = mw_advice_describe_browser_sign_in (profile, "Thunderbird");
      if (table[i].words == NULL)
        g_assert_null (text);
      else
        {
          g_assert_nonnull (strstr (text, table[i].words));
          g_assert_true (g_str_has_prefix (text, "Thunderbird "));
        }
    }
}

/* What is said where nobody signs in, and where that would be the way on. */
static void
test_elsewhere (void)
{
  static const struct {
    MwOutcome       outcome;
    gboolean        browser;
    guint           programs;
    const char     *title;
    MwAdviceAction  action;
    const char     *label;
  } table[] = {
    { MW_OUTCOME_WORKS, TRUE, 3, "Servers Are Ready", MW_ADVICE_ACTION_NONE, NULL },
    { MW_OUTCOME_MECH_NONE, TRUE, 3, "No Sign-In in the Browser", MW_ADVICE_ACTION_ASK_PROVIDER,
      "Copy Letter to _Provider" },
    { MW_OUTCOME_NOTHING_FOUND, TRUE, 0, "No Sign-In Page Known", MW_ADVICE_ACTION_ASK_PROVIDER,
      "Copy Letter to _Provider" },
    { MW_OUTCOME_NOTHING_FOUND, TRUE, 3, "No Mail Server Found", MW_ADVICE_ACTION_EDIT_SERVERS,
      "_Enter the Servers by Hand" },
    { MW_OUTCOME_CONSENT_NEEDED, TRUE, 3, "Is This Your Mail Server?",
      MW_ADVICE_ACTION_ALLOW_HOST, "_Use This Server" },
    { MW_OUTCOME_CONSENT_NEEDED, FALSE, 3, "Is This Your Mail Server?",
      MW_ADVICE_ACTION_ALLOW_HOST, "_Send the Password There" },
    { MW_OUTCOME_NEED_OAUTH, FALSE, 1, "Sign-In in the Browser Needed",
      MW_ADVICE_ACTION_BROWSER_SIGN_IN, "_Set Up Without a Password" },
    { MW_OUTCOME_NEED_OAUTH, FALSE, 0, "Sign-In in the Browser Needed",
      MW_ADVICE_ACTION_ASK_PROVIDER, "Copy Letter to _Provider" },
  };
  g_autoptr(MwVerdict) verdict = new_verdict ("imaps:imap.example.test", NULL);

  verdict->stage = MW_STAGE_CAPABILITY;
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      MwAdviceFacts facts = {
        .verdict = verdict,
        .browser_sign_in = table[i].browser,
        .browser_programs = table[i].programs,
      };
      g_autoptr(MwAdvice) advice = NULL;

      g_test_message ("%" G_GSIZE_FORMAT, i);
      verdict->outcome = table[i].outcome;
      advice = mw_advice_for_outcome (table[i].outcome, &facts);
      g_assert_cmpstr (advice->title, ==, table[i].title);
      g_assert_cmpint (advice->action, ==, table[i].action);
      g_assert_cmpstr (advice->action_label, ==, table[i].label);
      if (table[i].browser)
        g_assert_null (strstr (advice->text, "our password"));
    }
}

static void
test_words_for_programs (void)
{
  const guint thunderbird = 1u << MW_MAIL_CLIENT_THUNDERBIRD;
  const guint both = thunderbird | 1u << MW_MAIL_CLIENT_EVOLUTION;
  g_autoptr(MwProvider) provider = mw_provider_new ("aol");
  g_autofree char *page = NULL;
  g_autofree char *missing = NULL;
  g_autofree char *hopeless = NULL;

  provider->name = g_strdup ("AOL");
  g_ptr_array_add (provider->servers, mw_provider_server_new (MW_PROTOCOL_IMAP, MW_SECURITY_TLS,
                                                              "imap.aol.com", 993, TRUE));
  page = mw_advice_describe_sign_in_page (provider, both);
  missing = mw_advice_describe_missing_program (provider, thunderbird);
  hopeless = mw_advice_describe_missing_program (provider, 0);
  g_assert_cmpstr (page, ==,
                   "Thunderbird or Evolution will show the sign-in page of AOL once.");
  g_assert_cmpstr (missing, ==, "No mail program on this computer can sign in to AOL. Install "
                   "Thunderbird, then come back to this page.");
  g_assert_true (g_str_has_prefix (hopeless, "Neither Thunderbird nor Evolution has"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/advice-sign-in/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/advice-sign-in/other-user-name", test_other_user_name);
  g_test_add_func ("/advice-sign-in/untagged-user-name", test_untagged_user_name);
  g_test_add_func ("/advice-sign-in/waiting", test_waiting);
  g_test_add_func ("/advice-sign-in/browser", test_browser);
  g_test_add_func ("/advice-sign-in/elsewhere", test_elsewhere);
  g_test_add_func ("/advice-sign-in/words-for-programs", test_words_for_programs);

  return g_test_run ();
}
