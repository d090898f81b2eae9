/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include <string.h>

#include "fake-network-monitor.h"
#include "setup-fixture.h"

#define ADDRESS "jan@example.test"
#define PASSWORD "zażółć \"gęślą\" \\jaźń 1"
#define IP "127.0.0.1"

static const char * const imap_works[] = {
  "T:", "S: * OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN] ready", "C: * AUTHENTICATE PLAIN *",
  "S: $T OK", "C: * EXAMINE INBOX", "S: $T OK", "C: * LIST *", "S: $T OK", NULL
};
static const char * const redirect[] = {
  "S: HTTP/1.1 302 Found\r\nServer: gateway\r\nLocation: http://portal.hotel.test/\r\n", "end",
  NULL
};
static const char * const redirect_cut[] = {
  "S: HTTP/1.1 302 Found\r\nLocation: http://portal.hotel.test/", "silence", NULL
};
static const char * const login_required[] = {
  "S: HTTP/1.0 511 Network Authentication Required", "end", NULL
};
static const char * const to_itself[] = {
  "S: HTTP/1.1 301 Moved Permanently\r\nLocation: https://imap.example.test/\r\n", "end", NULL
};
static const char * const bad_request[] = { "S: HTTP/1.1 400 Bad Request\r\n", "end", NULL };

static GNetworkMonitor *monitor;
static guint n_questions;

static void
set_up (Fixture              *fixture,
        gboolean              available,
        GNetworkConnectivity  connectivity,
        const char           *resolv_conf,
        const char * const   *script)
{
  g_autoptr(MwSecret) secret = mw_secret_new (PASSWORD, -1);
  g_autoptr(MwLocalNetwork) local = mw_local_network_new (NULL, resolv_conf);
  g_autoptr(GInetAddress) own = g_inet_address_new_from_string ("192.168.7.1");
  g_autoptr(MwNetworkState) network = NULL;

  mw_local_network_add_subnet (local, own, 24);
  monitor = mw_fake_network_monitor_new (available, connectivity);
  network = mw_network_state_new (monitor, local);
  open_fixture (fixture, ADDRESS, script, NULL);
  mw_engine_set_network_state (fixture->engine, network);
  mw_setup_set_password (fixture->setup, MW_SIDE_INCOMING, secret);
  g_object_set (fixture->setup, "receive-only", TRUE, NULL);
  n_questions = mw_fake_resolver_get_n_questions (dns);
}

static void
tear_down_network (Fixture *fixture)
{
  tear_down (fixture);
  g_clear_object (&monitor);
}

static MwOutcome
run (Fixture *fixture)
{
  check (fixture);
  return mw_setup_get_outcome (fixture->setup);
}

static void
assert_nothing_tried (Fixture *fixture)
{
  g_assert_cmpuint (scripted_server_get_n_connections (fixture->servers[MW_SIDE_INCOMING]), ==, 0);
  g_assert_cmpuint (mw_fake_resolver_get_n_questions (dns), ==, n_questions);
}

/* Neither a question nor a connection, and in no time. */
static void
test_offline (void)
{
  Fixture fixture;
  gint64 started;

  set_up (&fixture, FALSE, G_NETWORK_CONNECTIVITY_LOCAL, NULL, imap_works);
  g_assert_true (mw_setup_is_held_back (fixture.setup, NULL));
  started = g_get_monotonic_time ();
  g_assert_cmpint (run (&fixture), ==, MW_OUTCOME_OFFLINE);
  g_assert_cmpint (g_get_monotonic_time () - started, <, 500 * 1000);
  g_assert_cmpint (mw_setup_get_state (fixture.setup), ==, MW_SETUP_STATE_PROBLEM);
  g_assert_cmpint (mw_setup_get_advice (fixture.setup)->action, ==, MW_ADVICE_ACTION_TRY_AGAIN);

  use_server (&fixture, MW_SIDE_INCOMING, MW_SECURITY_TLS, "imap.example.test");
  g_assert_cmpint (run (&fixture), ==, MW_OUTCOME_OFFLINE);
  assert_nothing_tried (&fixture);

  /* And when there is a network, it goes on. */
  mw_fake_network_monitor_set (monitor, TRUE, G_NETWORK_CONNECTIVITY_FULL);
  g_assert_false (mw_setup_is_held_back (fixture.setup, NULL));
  use_server (&fixture, MW_SIDE_INCOMING, MW_SECURITY_TLS, IP);
  g_assert_cmpint (run (&fixture), ==, MW_OUTCOME_WORKS);
  tear_down_network (&fixture);
}

/* What lies on this computer is there without a network. */
static void
test_offline_local (void)
{
  g_autoptr(GPtrArray) endpoints = g_ptr_array_new_with_free_func (
    (GDestroyNotify) mw_endpoint_unref);
  Fixture fixture;

  set_up (&fixture, FALSE, G_NETWORK_CONNECTIVITY_LOCAL, NULL, imap_works);
  use_server (&fixture, MW_SIDE_INCOMING, MW_SECURITY_TLS, IP);
  g_assert_false (mw_setup_is_held_back (fixture.setup, NULL));
  g_assert_cmpint (run (&fixture), ==, MW_OUTCOME_WORKS);

  /* The other side is held back by itself, and so is looking for it. */
  g_object_set (fixture.setup, "receive-only", FALSE, NULL);
  g_assert_cmpint (run (&fixture), ==, MW_OUTCOME_OFFLINE);
  g_assert_cmpint (mw_setup_get_verdict (fixture.setup, MW_SIDE_INCOMING)->outcome, ==,
                   MW_OUTCOME_WORKS);
  g_assert_cmpuint (mw_fake_resolver_get_n_questions (dns), ==, n_questions);

  /* So is a server of that side by hand. */
  g_ptr_array_add (endpoints, mw_endpoint_parse ("submissions:imap.example.test"));
  mw_setup_set_servers (fixture.setup, MW_SIDE_OUTGOING, endpoints);
  g_assert_cmpint (run (&fixture), ==, MW_OUTCOME_OFFLINE);
  mw_setup_set_user_name (fixture.setup, MW_SIDE_INCOMING, "jan");
  g_assert_cmpint (run (&fixture), ==, MW_OUTCOME_OFFLINE);
  g_assert_cmpint (mw_setup_get_verdict (fixture.setup, MW_SIDE_OUTGOING)->outcome, ==,
                   MW_OUTCOME_OFFLINE);
  g_assert_cmpuint (mw_fake_resolver_get_n_questions (dns), ==, n_questions);
  tear_down_network (&fixture);
}

/* A name server in the own network may know a name that only it knows. */
static void
test_offline_named (void)
{
  Fixture fixture;

  set_up (&fixture, FALSE, G_NETWORK_CONNECTIVITY_LOCAL, "nameserver 192.168.7.1\n", imap_works);
  use_server (&fixture, MW_SIDE_INCOMING, MW_SECURITY_TLS, "imap.example.test");
  g_assert_cmpint (run (&fixture), ==, MW_OUTCOME_WORKS);

  /* What it does not know is out of reach, not missing. */
  mw_setup_set_servers (fixture.setup, MW_SIDE_INCOMING, NULL);
  g_assert_true (mw_setup_set_address (fixture.setup, "jan@elsewhere.test", TRUE, NULL));
  g_assert_false (mw_setup_is_held_back (fixture.setup, NULL));
  g_assert_cmpint (run (&fixture), ==, MW_OUTCOME_OFFLINE);
  tear_down_network (&fixture);
}

static void
test_portal (void)
{
  Fixture fixture;
  MwAdvice *advice;

  set_up (&fixture, TRUE, G_NETWORK_CONNECTIVITY_PORTAL, "nameserver 192.168.7.1\n", imap_works);
  use_server (&fixture, MW_SIDE_INCOMING, MW_SECURITY_TLS, "imap.example.test");
  g_assert_cmpint (run (&fixture), ==, MW_OUTCOME_PORTAL);
  assert_nothing_tried (&fixture);
  advice = mw_setup_get_advice (fixture.setup);
  g_assert_cmpint (advice->action, ==, MW_ADVICE_ACTION_OPEN_PORTAL);
  g_assert_cmpstr (advice->uri, ==, MW_ADVICE_PORTAL_URI);

  /* The system may not have noticed yet that somebody signed in. Whoever has
   * the right certificate is no portal. */
  g_assert_cmpint (run (&fixture), ==, MW_OUTCOME_WORKS);
  tear_down_network (&fixture);
}

/* Still there at the second try: nobody trusted was met, no password sent. */
static void
test_portal_remains (void)
{
  Fixture fixture;

  set_up (&fixture, TRUE, G_NETWORK_CONNECTIVITY_PORTAL, NULL, imap_works);
  use_server (&fixture, MW_SIDE_INCOMING, MW_SECURITY_TLS, "wrong.example.test");
  g_assert_cmpint (run (&fixture), ==, MW_OUTCOME_PORTAL);
  g_assert_cmpint (run (&fixture), ==, MW_OUTCOME_PORTAL);
  g_assert_cmpuint (scripted_server_get_n_connections (fixture.servers[MW_SIDE_INCOMING]), ==, 1);
  g_assert_cmpuint (scripted_server_count (fixture.servers[MW_SIDE_INCOMING], "AUTH"), ==, 0);

  /* Gone: now it is the certificate. */
  mw_fake_network_monitor_set (monitor, TRUE, G_NETWORK_CONNECTIVITY_FULL);
  g_assert_cmpint (run (&fixture), ==, MW_OUTCOME_CERT_NAME);

  /* A new one is told of again. */
  mw_fake_network_monitor_set (monitor, TRUE, G_NETWORK_CONNECTIVITY_PORTAL);
  g_assert_cmpint (run (&fixture), ==, MW_OUTCOME_PORTAL);
  g_assert_cmpuint (scripted_server_get_n_connections (fixture.servers[MW_SIDE_INCOMING]), ==, 2);
  tear_down_network (&fixture);
}

static void
test_portal_local (void)
{
  Fixture fixture;

  set_up (&fixture, TRUE, G_NETWORK_CONNECTIVITY_PORTAL, NULL, imap_works);
  use_server (&fixture, MW_SIDE_INCOMING, MW_SECURITY_TLS, IP);
  g_assert_cmpint (run (&fixture), ==, MW_OUTCOME_WORKS);
  tear_down_network (&fixture);
}

static void
test_limited (void)
{
  Fixture fixture;
  g_autofree char *usual = NULL;

  set_up (&fixture, TRUE, G_NETWORK_CONNECTIVITY_FULL, NULL, imap_works);
  use_server (&fixture, MW_SIDE_INCOMING, MW_SECURITY_TLS, "nobody.example.test");
  g_assert_cmpint (run (&fixture), ==, MW_OUTCOME_DNS_NXDOMAIN);
  usual = g_strdup (mw_setup_get_advice (fixture.setup)->text);

  mw_fake_network_monitor_set (monitor, TRUE, G_NETWORK_CONNECTIVITY_LIMITED);
  g_assert_cmpint (run (&fixture), ==, MW_OUTCOME_DNS_NXDOMAIN);
  g_assert_true (g_str_has_prefix (mw_setup_get_advice (fixture.setup)->text, usual));
  g_assert_cmpuint (strlen (mw_setup_get_advice (fixture.setup)->text), >, strlen (usual));

  use_server (&fixture, MW_SIDE_INCOMING, MW_SECURITY_TLS, IP);
  g_assert_cmpint (run (&fixture), ==, MW_OUTCOME_WORKS);
  g_assert_null (strstr (mw_setup_get_advice (fixture.setup)->text, "internet"));
  tear_down_network (&fixture);
}

/* What greets with HTTP instead of mail. */
static void
test_http (void)
{
  static const struct {
    const char * const *script;
    MwOutcome           outcome;
  } rows[] = {
    { redirect, MW_OUTCOME_PORTAL },
    { redirect_cut, MW_OUTCOME_PORTAL },
    { login_required, MW_OUTCOME_PORTAL },
    { to_itself, MW_OUTCOME_NOT_MAIL_SERVER },
    { bad_request, MW_OUTCOME_NOT_MAIL_SERVER },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      Fixture fixture;

      set_up (&fixture, TRUE, G_NETWORK_CONNECTIVITY_FULL, NULL, rows[i].script);
      use_server (&fixture, MW_SIDE_INCOMING, MW_SECURITY_STARTTLS, "imap.example.test");
      g_test_message ("%s", rows[i].script[0]);
      g_assert_cmpint (run (&fixture), ==, rows[i].outcome);
      g_assert_cmpint (mw_setup_get_verdict (fixture.setup, MW_SIDE_INCOMING)->outcome, ==,
                       rows[i].outcome);
      tear_down_network (&fixture);
    }
}

/* Beside a server that is who it should be, it is only an odd server. */
static void
test_http_beside_trusted (void)
{
  static const char * const imap_refuses[] = {
    "T:", "S: * OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN] ready", "C: *",
    "S: $T NO [AUTHENTICATIONFAILED] no", NULL
  };
  g_autoptr(GPtrArray) endpoints = g_ptr_array_new_with_free_func (
    (GDestroyNotify) mw_endpoint_unref);
  ScriptedServer *other = scripted_server_new (certificate, redirect);
  ScriptedServer *trusted;
  Fixture fixture;

  set_up (&fixture, TRUE, G_NETWORK_CONNECTIVITY_FULL, NULL, imap_refuses);
  trusted = fixture.servers[MW_SIDE_INCOMING];
  g_ptr_array_add (endpoints, mw_endpoint_new (MW_PROTOCOL_IMAP, MW_SECURITY_STARTTLS,
                                               "imap.example.test",
                                               scripted_server_get_port (other)));
  g_ptr_array_add (endpoints, mw_endpoint_new (MW_PROTOCOL_IMAP, MW_SECURITY_TLS,
                                               "imap.example.test",
                                               scripted_server_get_port (trusted)));
  mw_setup_set_servers (fixture.setup, MW_SIDE_INCOMING, endpoints);
  g_assert_cmpint (run (&fixture), ==, MW_OUTCOME_BAD_CREDENTIALS);
  tear_down_network (&fixture);
  scripted_server_free (other);
}

int
main (int   argc,
      char *argv[])
{
  MwTestCertificateSpec spec = { .names = { IP, "imap.example.test" } };
  int result;

  g_test_init (&argc, &argv, NULL);
  setup_fixture_init (&spec);
  mw_fake_resolver_add_address (dns, "imap.example.test.", IP);
  mw_fake_resolver_add_address (dns, "wrong.example.test.", IP);

  g_test_add_func ("/setup-network/offline", test_offline);
  g_test_add_func ("/setup-network/offline/local", test_offline_local);
  g_test_add_func ("/setup-network/offline/named", test_offline_named);
  g_test_add_func ("/setup-network/portal", test_portal);
  g_test_add_func ("/setup-network/portal/remains", test_portal_remains);
  g_test_add_func ("/setup-network/portal/local", test_portal_local);
  g_test_add_func ("/setup-network/limited", test_limited);
  g_test_add_func ("/setup-network/http", test_http);
  g_test_add_func ("/setup-network/http/beside-trusted", test_http_beside_trusted);
  result = g_test_run ();

  setup_fixture_clear ();
  return result;
}
