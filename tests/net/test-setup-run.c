/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "setup-fixture.h"
#include "setup/mw-setup-private.h"

#define ADDRESS "jan@example.test"
#define PASSWORD "zażółć \"gęślą\" \\jaźń 1"
#define IP "127.0.0.1"

#define IMAP_READY "T:", "S: * OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN] ready"
#define SMTP_READY "T:", "S: 220 ready", "C: EHLO *", \
                   "S: 250-me\r\n250-PIPELINING\r\n250 AUTH PLAIN"

static const char * const imap_works[] = {
  IMAP_READY, "C: * AUTHENTICATE PLAIN *", "S: $T OK", "C: * EXAMINE INBOX", "S: $T OK",
  "C: * LIST *", "S: $T OK", NULL
};
static const char * const imap_refuses[] = {
  IMAP_READY, "C: *", "S: $T NO [AUTHENTICATIONFAILED] no", NULL
};
static const char * const imap_slow[] = {
  IMAP_READY, "C: *", "sleep 300", "S: $T OK", "C: *", "S: $T OK", NULL
};
static const char * const imap_silent[] = { IMAP_READY, "C: *", "silence", NULL };
static const char * const smtp_works[] = {
  SMTP_READY, "C: AUTH PLAIN *", "S: 235 yes", "C: *", "C: *", "C: *",
  "S: 250 ok\r\n250 ok\r\n250 ok", NULL
};
static const char * const smtp_refuses[] = { SMTP_READY, "C: *", "S: 535 5.7.8 no", NULL };

static void
set_up (Fixture            *fixture,
        const char * const *imap,
        const char * const *smtp)
{
  g_autoptr(MwSecret) secret = mw_secret_new (PASSWORD, -1);

  open_fixture (fixture, ADDRESS, imap, smtp);
  mw_setup_set_password (fixture->setup, MW_SIDE_INCOMING, secret);
}

static void
set_up_typed (Fixture            *fixture,
              const char * const *imap,
              const char * const *smtp)
{
  set_up (fixture, imap, smtp);
  use_server (fixture, MW_SIDE_INCOMING, MW_SECURITY_TLS, IP);
  use_server (fixture, MW_SIDE_OUTGOING, MW_SECURITY_TLS, IP);
}

static void
wait_for_connection (ScriptedServer *server)
{
  while (scripted_server_get_n_connections (server) == 0)
    g_main_context_iteration (NULL, TRUE);
}

static guint
count_presentations (Fixture *fixture)
{
  GHashTableIter iter;
  gpointer value;
  guint count = 0;

  g_hash_table_iter_init (&iter, mw_setup_get_presentations (fixture->setup));
  while (g_hash_table_iter_next (&iter, NULL, &value))
    count += GPOINTER_TO_UINT (value);
  return count;
}

static guint
count_connections (Fixture *fixture,
                   MwSide   side)
{
  return scripted_server_get_n_connections (fixture->servers[side]);
}

/* What is proved is not tried again, until something about it changes. */
static void
test_proved (void)
{
  Fixture fixture;

  set_up_typed (&fixture, imap_works, smtp_works);
  g_assert_true (check (&fixture));
  g_assert_cmpint (mw_setup_get_state (fixture.setup), ==, MW_SETUP_STATE_VERIFIED);
  g_assert_cmpuint (count_presentations (&fixture), ==, 2);
  g_assert_cmpint (mw_setup_get_verified_us (fixture.setup), >, 0);

  g_assert_true (check (&fixture));
  g_assert_cmpint (mw_setup_get_state (fixture.setup), ==, MW_SETUP_STATE_VERIFIED);
  g_assert_cmpuint (count_presentations (&fixture), ==, 0);
  g_assert_cmpuint (count_connections (&fixture, MW_SIDE_INCOMING), ==, 1);

  mw_setup_set_user_name (fixture.setup, MW_SIDE_OUTGOING, "jan");
  g_assert_cmpint (mw_setup_get_state (fixture.setup), ==, MW_SETUP_STATE_IDLE);
  g_assert_true (check (&fixture));
  g_assert_cmpuint (count_presentations (&fixture), ==, 1);
  g_assert_cmpuint (count_connections (&fixture, MW_SIDE_INCOMING), ==, 1);
  g_assert_cmpuint (count_connections (&fixture, MW_SIDE_OUTGOING), ==, 2);
  tear_down (&fixture);
}

static void
test_second_password (void)
{
  g_autoptr(MwSecret) other = mw_secret_new ("other", -1);
  Fixture fixture;

  set_up_typed (&fixture, imap_works, smtp_refuses);
  scripted_server_set_next (fixture.servers[MW_SIDE_OUTGOING], smtp_works);
  g_assert_false (check (&fixture));
  g_assert_cmpint (mw_setup_get_state (fixture.setup), ==, MW_SETUP_STATE_PROBLEM);
  g_assert_cmpint (mw_setup_get_outcome (fixture.setup), ==, MW_OUTCOME_BAD_CREDENTIALS);
  g_assert_cmpint (mw_setup_get_verdict (fixture.setup, MW_SIDE_INCOMING)->outcome, ==,
                   MW_OUTCOME_WORKS);

  g_object_set (fixture.setup, "same-credentials", FALSE, NULL);
  mw_setup_set_password (fixture.setup, MW_SIDE_OUTGOING, other);
  g_assert_true (check (&fixture));
  g_assert_cmpuint (count_presentations (&fixture), ==, 1);
  g_assert_cmpuint (count_connections (&fixture, MW_SIDE_INCOMING), ==, 1);
  tear_down (&fixture);
}

static void
test_wrong_password (void)
{
  Fixture fixture;

  set_up_typed (&fixture, imap_refuses, smtp_works);
  g_assert_false (check (&fixture));
  g_assert_cmpint (mw_setup_get_outcome (fixture.setup), ==, MW_OUTCOME_BAD_CREDENTIALS);
  g_assert_cmpuint (count_presentations (&fixture), ==, 1);

  /* Another run has presentations of its own. */
  g_assert_false (check (&fixture));
  g_assert_cmpuint (count_presentations (&fixture), ==, 1);
  g_assert_cmpuint (scripted_server_count (fixture.servers[MW_SIDE_OUTGOING], "AUTH"), ==, 0);
  g_assert_cmpuint (scripted_server_count (fixture.servers[MW_SIDE_INCOMING], "AUTH"), ==, 2);
  tear_down (&fixture);
}

/* Stopping before the log-in would look like a proof. */
static void
test_own_password_missing (void)
{
  Fixture fixture;

  set_up_typed (&fixture, imap_works, smtp_works);
  g_object_set (fixture.setup, "same-credentials", FALSE, NULL);
  g_assert_false (check (&fixture));
  /* Nobody has refused a password that nobody gave. */
  g_assert_cmpint (mw_setup_get_outcome (fixture.setup), ==, MW_OUTCOME_SEND_AUTH_REQUIRED);
  g_assert_cmpint (mw_setup_get_advice (fixture.setup)->action, ==,
                   MW_ADVICE_ACTION_EDIT_PASSWORD);
  g_assert_cmpuint (scripted_server_count (fixture.servers[MW_SIDE_OUTGOING], "AUTH"), ==, 0);
  tear_down (&fixture);
}

static void
test_no_login (void)
{
  Fixture fixture;

  set_up_typed (&fixture, imap_works, smtp_works);
  g_object_set (fixture.setup, "log-in", FALSE, NULL);
  g_assert_true (check (&fixture));
  g_assert_cmpuint (count_presentations (&fixture), ==, 0);
  g_assert_cmpint (mw_setup_get_verified_us (fixture.setup), ==, -1);

  /* It proved nothing about the password. */
  g_object_set (fixture.setup, "log-in", TRUE, NULL);
  g_assert_true (check (&fixture));
  g_assert_cmpuint (count_presentations (&fixture), ==, 2);
  tear_down (&fixture);
}

/* What is entered while a run is under way was not tried by it. */
static void
test_changed_meanwhile (void)
{
  g_autoptr(MwSecret) other = mw_secret_new ("other", -1);
  GAsyncResult *result = NULL;
  Fixture fixture;

  set_up_typed (&fixture, imap_slow, smtp_works);
  mw_setup_check_async (fixture.setup, NULL, keep_result_cb, &result);
  wait_for_connection (fixture.servers[MW_SIDE_INCOMING]);
  mw_setup_set_password (fixture.setup, MW_SIDE_INCOMING, other);
  g_assert_true (finish_check (&fixture, &result));
  g_assert_cmpint (mw_setup_get_state (fixture.setup), ==, MW_SETUP_STATE_IDLE);

  g_assert_true (check (&fixture));
  g_assert_cmpuint (count_presentations (&fixture), ==, 2);
  tear_down (&fixture);
}

static void
test_server_after_check (void)
{
  g_autoptr(GPtrArray) endpoints = g_ptr_array_new_with_free_func (
    (GDestroyNotify) mw_endpoint_unref);
  g_autoptr(MwProfile) profile = NULL;
  Fixture fixture;

  set_up_typed (&fixture, imap_works, smtp_works);
  g_assert_true (check (&fixture));
  g_ptr_array_add (endpoints, mw_endpoint_parse ("imaps:other.example.test"));
  mw_setup_set_servers (fixture.setup, MW_SIDE_INCOMING, endpoints);
  profile = mw_setup_make_profile (fixture.setup);
  g_assert_cmpstr (mw_endpoint_get_host (profile->incoming->endpoint), ==, "other.example.test");
  g_assert_cmpstr (mw_endpoint_get_host (profile->outgoing->endpoint), ==, IP);
  tear_down (&fixture);
}

static void
test_cancel (void)
{
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  GAsyncResult *result = NULL;
  Fixture fixture;

  set_up_typed (&fixture, imap_silent, smtp_works);
  scripted_server_set_next (fixture.servers[MW_SIDE_INCOMING], imap_works);
  mw_setup_check_async (fixture.setup, cancellable, keep_result_cb, &result);
  wait_for_connection (fixture.servers[MW_SIDE_INCOMING]);
  g_cancellable_cancel (cancellable);
  g_assert_false (finish_check (&fixture, &result));
  g_assert_cmpint (mw_setup_get_outcome (fixture.setup), ==, MW_OUTCOME_CANCELLED);
  g_assert_cmpint (mw_setup_get_state (fixture.setup), ==, MW_SETUP_STATE_PROBLEM);

  g_assert_true (check (&fixture));
  tear_down (&fixture);
}

/* The button turns the one server that was typed with the wrong encryption. */
static void
test_switch_security (void)
{
  const char * const in_clear[] = { "S: * OK [CAPABILITY IMAP4rev1 STARTTLS] ready", "C: *", NULL };
  const char * const starttls[] = {
    "S: * OK [CAPABILITY IMAP4rev1 STARTTLS] ready", "C: * STARTTLS", "S: $T OK go", "T:",
    "C: * CAPABILITY", "S: * CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN\r\n$T OK done",
    "C: * AUTHENTICATE *", "S: $T OK done", "C: * EXAMINE *", "S: $T OK done", "C: * LIST *",
    "S: $T OK done", NULL
  };
  const char * const unused[] = { NULL };
  g_autoptr(GAsyncResult) first = NULL;
  g_autoptr(GAsyncResult) second = NULL;
  Fixture fixture;
  MwEndpoint *endpoint;

  set_up (&fixture, in_clear, unused);
  use_server (&fixture, MW_SIDE_INCOMING, MW_SECURITY_TLS, IP);
  scripted_server_set_next (fixture.servers[MW_SIDE_INCOMING], starttls);
  g_object_set (fixture.setup, "receive-only", TRUE, NULL);
  g_assert_false (mw_setup_switch_security (fixture.setup, MW_SIDE_INCOMING));

  mw_setup_check_async (fixture.setup, NULL, keep_result_cb, &first);
  g_assert_false (finish_check (&fixture, &first));
  g_assert_cmpint (mw_setup_get_outcome (fixture.setup), ==, MW_OUTCOME_WRONG_TLS_MODE);
  g_assert_cmpint (mw_setup_get_advice (fixture.setup)->action, ==,
                   MW_ADVICE_ACTION_SWITCH_SECURITY);

  g_assert_false (mw_setup_switch_security (fixture.setup, MW_SIDE_OUTGOING));
  g_assert_true (mw_setup_switch_security (fixture.setup, MW_SIDE_INCOMING));
  endpoint = mw_setup_get_servers (fixture.setup, MW_SIDE_INCOMING)->pdata[0];
  g_assert_cmpint (mw_endpoint_get_security (endpoint), ==, MW_SECURITY_STARTTLS);
  g_assert_cmpuint (mw_endpoint_get_port (endpoint), ==,
                    scripted_server_get_port (fixture.servers[MW_SIDE_INCOMING]));
  mw_setup_check_async (fixture.setup, NULL, keep_result_cb, &second);
  g_assert_true (finish_check (&fixture, &second));
  tear_down (&fixture);
}

static void
test_cancelled_before (void)
{
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  GAsyncResult *result = NULL;
  Fixture fixture;

  set_up_typed (&fixture, imap_works, smtp_works);
  g_cancellable_cancel (cancellable);
  mw_setup_check_async (fixture.setup, cancellable, keep_result_cb, &result);
  g_assert_false (finish_check (&fixture, &result));
  g_assert_cmpint (mw_setup_get_outcome (fixture.setup), ==, MW_OUTCOME_CANCELLED);
  g_assert_cmpuint (count_presentations (&fixture), ==, 0);
  tear_down (&fixture);
}

/* A guess that leads to this very machine: not even dialled before somebody
 * says yes to the name. */
static void
test_consent (void)
{
  const char * const *hosts;
  Fixture fixture;

  set_up (&fixture, imap_works, smtp_works);
  mw_fake_resolver_add_address (dns, "mail.example.test.", "127.77.0.1");

  g_assert_false (check (&fixture));
  g_assert_cmpint (mw_setup_get_outcome (fixture.setup), ==, MW_OUTCOME_CONSENT_NEEDED);
  g_assert_cmpint (mw_setup_get_state (fixture.setup), ==, MW_SETUP_STATE_QUESTION);
  hosts = mw_setup_get_consent_hosts (fixture.setup);
  g_assert_cmpuint (g_strv_length ((char **) hosts), ==, 1);
  g_assert_cmpstr (hosts[0], ==, "mail.example.test");

  /* Dialled now, but nobody listens there. */
  mw_setup_allow_host (fixture.setup, "Mail.Example.Test.");
  g_assert_false (check (&fixture));
  g_assert_cmpint (mw_setup_get_outcome (fixture.setup), ==, MW_OUTCOME_REFUSED);
  g_assert_null (mw_setup_get_consent_hosts (fixture.setup));
  g_assert_cmpuint (count_presentations (&fixture), ==, 0);

  /* The yes was for this address's set-up. */
  g_assert_true (mw_setup_set_address (fixture.setup, "ewa@example.test", TRUE, NULL));
  g_assert_false (check (&fixture));
  g_assert_cmpint (mw_setup_get_outcome (fixture.setup), ==, MW_OUTCOME_CONSENT_NEEDED);
  tear_down (&fixture);
}

static MwProvider *
new_provider (MwHintKind kind)
{
  MwProvider *provider = mw_provider_new ("example");

  provider->name = g_strdup ("Example Mail");
  provider->grade = 'A';
  provider->built_in = TRUE;
  provider->auth = MW_PROVIDER_AUTH_APP_PASSWORD;
  provider->help_uri = g_strdup ("https://help.example.test/");
  g_ptr_array_add (provider->hints, mw_hint_new (kind, MW_HINT_CONDITION_ALWAYS, NULL));
  return provider;
}

/* The provider is known to have no other mail servers, and nobody answers. */
static void
test_exchange_only (void)
{
  g_autoptr(MwProvider) provider = new_provider (MW_HINT_KIND_EXCHANGE);
  Fixture fixture;

  set_up (&fixture, imap_works, smtp_works);
  mw_fake_resolver_add_address (dns, "mail.example.test.", "127.77.0.1");
  mw_setup_allow_host (fixture.setup, "mail.example.test");
  mw_setup_set_provider (fixture.setup, provider);

  g_assert_false (check (&fixture));
  g_assert_cmpint (mw_setup_get_outcome (fixture.setup), ==, MW_OUTCOME_EXCHANGE_ONLY);
  g_assert_cmpuint (count_presentations (&fixture), ==, 0);
  tear_down (&fixture);
}

/* The server says "wrong"; the provider is known to take no other kind. */
static void
test_app_password_only (void)
{
  g_autoptr(MwProvider) provider = new_provider (MW_HINT_KIND_APP_PASSWORD);
  MwAdvice *advice;
  Fixture fixture;

  set_up_typed (&fixture, imap_refuses, smtp_works);
  mw_setup_set_provider (fixture.setup, provider);

  g_assert_false (check (&fixture));
  g_assert_cmpint (mw_setup_get_outcome (fixture.setup), ==, MW_OUTCOME_NEED_APP_PASSWORD);
  /* What was seen on the wire stays in the report. */
  g_assert_cmpint (mw_setup_get_verdict (fixture.setup, MW_SIDE_INCOMING)->outcome, ==,
                   MW_OUTCOME_BAD_CREDENTIALS);
  advice = mw_setup_get_advice (fixture.setup);
  g_assert_cmpint (advice->action, ==, MW_ADVICE_ACTION_EDIT_PASSWORD);
  g_assert_cmpstr (((MwAdvice *) advice->causes->pdata[0])->uri, ==,
                   "https://help.example.test/");
  tear_down (&fixture);
}

int
main (int   argc,
      char *argv[])
{
  MwTestCertificateSpec spec = { .names = { IP } };
  int result;

  /* These tests work without a network. */
  g_setenv ("GIO_USE_NETWORK_MONITOR", "base", TRUE);
  g_test_init (&argc, &argv, NULL);
  setup_fixture_init (&spec);

  g_test_add_func ("/setup-run/proved", test_proved);
  g_test_add_func ("/setup-run/second-password", test_second_password);
  g_test_add_func ("/setup-run/wrong-password", test_wrong_password);
  g_test_add_func ("/setup-run/exchange-only", test_exchange_only);
  g_test_add_func ("/setup-run/app-password-only", test_app_password_only);
  g_test_add_func ("/setup-run/own-password-missing", test_own_password_missing);
  g_test_add_func ("/setup-run/no-login", test_no_login);
  g_test_add_func ("/setup-run/changed-meanwhile", test_changed_meanwhile);
  g_test_add_func ("/setup-run/server-after-check", test_server_after_check);
  g_test_add_func ("/setup-run/cancel", test_cancel);
  g_test_add_func ("/setup-run/switch-security", test_switch_security);
  g_test_add_func ("/setup-run/cancelled-before", test_cancelled_before);
  g_test_add_func ("/setup-run/consent", test_consent);
  result = g_test_run ();

  setup_fixture_clear ();
  return result;
}
