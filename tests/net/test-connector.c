/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include <netinet/in.h>
#include <netinet/tcp.h>

#include "client.h"
#include "core/mw-error.h"
#include "fake-resolver.h"
#include "fake-server.h"

#define LONG_MS 20000
#define NAME "imap.example.test"

/* 127.0.0.1 as an IPv6 socket sees it: one server is there in both families. */
#define MAPPED "::ffff:127.0.0.1"
#define MAPPED_DEAD "::ffff:127.0.0.2"
#define MAPPED_REFUSING "::ffff:127.0.0.3"

typedef struct {
  GResolver      *system;
  MwFakeResolver *fake;
  MwResolver     *resolver;
  MwFakeServer   *server;
  GSocket        *full; /* listens, but its queue is full: nobody answers */
  GPtrArray      *queue;
  guint16         port;
} Fixture;

static void
serve_silence (MwFakeConnection *connection,
               gpointer          user_data)
{
  mw_fake_connection_stay_silent (connection);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->system = g_resolver_get_default ();
  fixture->fake = mw_fake_resolver_new ();
  g_resolver_set_default (G_RESOLVER (fixture->fake));
  fixture->resolver = mw_resolver_new (LONG_MS);
  fixture->server = mw_fake_server_new (serve_silence, NULL);
  fixture->port = mw_fake_server_get_port (fixture->server);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  mw_fake_server_free (fixture->server);
  g_clear_pointer (&fixture->queue, g_ptr_array_unref);
  g_clear_object (&fixture->full);
  client_run (20); /* look-ups that nobody needs any more go away */
  g_assert_finalize_object (fixture->resolver);
  g_resolver_set_default (fixture->system);
  g_object_unref (fixture->system);
  g_object_unref (fixture->fake);
}

static GSocket *
make_socket (const char *address,
             guint16     port)
{
  g_autoptr(GSocketAddress) wanted = g_inet_socket_address_new_from_string (address, port);
  g_autoptr(GError) error = NULL;
  GSocket *socket = g_socket_new (g_socket_address_get_family (wanted), G_SOCKET_TYPE_STREAM,
                                  G_SOCKET_PROTOCOL_TCP, &error);

  g_assert_no_error (error);
  g_assert_true (g_socket_bind (socket, wanted, TRUE, &error));
  g_assert_no_error (error);
  return socket;
}

static guint16
port_of (GSocket *socket)
{
  g_autoptr(GSocketAddress) address = g_socket_get_local_address (socket, NULL);

  return g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (address));
}

/* Connections to an address whose accept queue is full stay open-ended, as
 * they do behind a firewall that drops. */
static void
fill_queue (Fixture    *fixture,
            const char *address)
{
  g_autoptr(GSocketAddress) bound = NULL;

  fixture->full = make_socket (address, fixture->port);
  g_socket_set_listen_backlog (fixture->full, 0);
  g_assert_true (g_socket_listen (fixture->full, NULL));
  bound = g_socket_get_local_address (fixture->full, NULL);
  fixture->queue = g_ptr_array_new_with_free_func (g_object_unref);
  for (int i = 0; i < 4; i++)
    {
      GSocket *socket = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM,
                                      G_SOCKET_PROTOCOL_TCP, NULL);

      g_socket_set_blocking (socket, FALSE);
      g_socket_connect (socket, bound, NULL, NULL);
      g_ptr_array_add (fixture->queue, socket);
    }
  client_run (50);
}

static MwConnection *
dial (Fixture         *fixture,
      gboolean         allow_local,
      guint            timeout_ms,
      MwFamilyReport **out_report,
      GError         **error)
{
  return client_dial (fixture->resolver, NAME, fixture->port, allow_local, timeout_ms, NULL,
                      out_report, error);
}

static void
assert_family (MwFamilyReport *report,
               MwFamily        family,
               MwOutcome       outcome,
               const char     *address)
{
  g_assert_nonnull (report);
  g_assert_cmpstr (mw_enum_to_nick (MW_TYPE_OUTCOME, report->results[family].outcome), ==,
                   mw_enum_to_nick (MW_TYPE_OUTCOME, outcome));
  g_assert_cmpstr (report->results[family].address, ==, address);
}

static void
assert_fails (Fixture   *fixture,
              gboolean   allow_local,
              guint      timeout_ms,
              MwOutcome  outcome)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(MwConnection) connection = dial (fixture, allow_local, timeout_ms, NULL, &error);

  g_assert_null (connection);
  g_test_message ("%s", error->message);
  g_assert_error (error, MW_PROBE_ERROR, outcome);
}

static void
test_connects (Fixture       *fixture,
               gconstpointer  data)
{
  g_autoptr(MwFamilyReport) report = NULL;
  g_autoptr(MwConnection) connection = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *text = NULL;
  int no_delay = 0;

  mw_fake_resolver_add_address (fixture->fake, NAME ".", "127.0.0.1");
  connection = dial (fixture, TRUE, LONG_MS, &report, &error);
  g_assert_no_error (error);
  text = g_inet_address_to_string (connection->address);
  g_assert_cmpstr (text, ==, "127.0.0.1");
  g_assert_false (g_socket_get_blocking (connection->socket));
  g_assert_true (g_socket_get_option (connection->socket, IPPROTO_TCP, TCP_NODELAY, &no_delay,
                                      NULL));
  g_assert_cmpint (no_delay, !=, 0);
  g_assert_cmpint (connection->connect_us, >, 0);
  g_assert_cmpint (connection->resolve_us, >, 0);
  assert_family (report, MW_FAMILY_IPV4, MW_OUTCOME_WORKS, "127.0.0.1");
  g_assert_cmpint (report->results[MW_FAMILY_IPV4].elapsed_us, ==, connection->connect_us);
  assert_family (report, MW_FAMILY_IPV6, MW_OUTCOME_DNS_NXDOMAIN, NULL);
  g_assert_false (mw_family_report_is_broken (report, MW_FAMILY_IPV6));
  g_assert_cmpuint (mw_fake_resolver_get_n_questions (fixture->fake), ==, 2);
}

static void
test_dns (Fixture       *fixture,
          gconstpointer  data)
{
  g_autoptr(MwResolver) second = NULL;

  assert_fails (fixture, TRUE, LONG_MS, MW_OUTCOME_DNS_NXDOMAIN);
  mw_fake_resolver_add (fixture->fake, "FAIL " NAME ".");
  /* The old answer holds for the life of the resolver. */
  assert_fails (fixture, TRUE, LONG_MS, MW_OUTCOME_DNS_NXDOMAIN);

  second = g_steal_pointer (&fixture->resolver);
  fixture->resolver = mw_resolver_new (LONG_MS);
  assert_fails (fixture, TRUE, LONG_MS, MW_OUTCOME_DNS_FAIL);
}

static void
test_refused (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr(GSocket) bound = make_socket ("127.0.0.1", 0);

  /* Bound, so that nobody else gets the port, but nobody listens. */
  fixture->port = port_of (bound);
  mw_fake_resolver_add_address (fixture->fake, NAME ".", "127.0.0.1");
  assert_fails (fixture, TRUE, LONG_MS, MW_OUTCOME_REFUSED);
}

/* No host has this address (RFC 1112 §4), so there is no way to it. */
static void
test_unreachable (Fixture       *fixture,
                  gconstpointer  data)
{
  mw_fake_resolver_add_address (fixture->fake, NAME ".", "224.0.0.1");
  assert_fails (fixture, TRUE, LONG_MS, MW_OUTCOME_UNREACHABLE);
}

static void
test_local_rule (Fixture       *fixture,
                 gconstpointer  data)
{
  static const char * const addresses[] = {
    "127.0.0.1", "10.0.0.1", "192.168.1.1", "169.254.1.1", "100.64.0.1", "0.0.0.0",
    "224.0.0.1", "::", "::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "fe80::1", "fd00::1",
    "ff02::1", "64:ff9b::10.0.0.1", "64:ff9b:1::10.0.0.1", "2002:7f00:1::1", "2002:a00:1::1",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (addresses); i++)
    {
      g_autoptr(MwResolver) resolver = mw_resolver_new (LONG_MS);
      g_autofree char *name = g_strdup_printf ("a%" G_GSIZE_FORMAT ".example.test.", i);
      g_autoptr(MwConnection) connection = NULL;
      g_autoptr(GError) error = NULL;

      mw_fake_resolver_add_address (fixture->fake, name, addresses[i]);
      connection = client_dial (resolver, name, fixture->port, FALSE, LONG_MS, NULL, NULL,
                                &error);
      g_assert_error (error, MW_PROBE_ERROR, MW_OUTCOME_CONSENT_NEEDED);
      g_clear_error (&error);

      /* The same without a name server. */
      connection = client_dial (resolver, addresses[i], fixture->port, FALSE, LONG_MS, NULL,
                                NULL, &error);
      g_assert_error (error, MW_PROBE_ERROR, MW_OUTCOME_CONSENT_NEEDED);
    }
  g_assert_cmpuint (mw_fake_server_get_n_connections (fixture->server), ==, 0);
}

static void
test_timeout (Fixture       *fixture,
              gconstpointer  data)
{
  gint64 start;

  fill_queue (fixture, "127.0.0.2");
  mw_fake_resolver_add_address (fixture->fake, NAME ".", "127.0.0.2");
  start = g_get_monotonic_time ();
  assert_fails (fixture, TRUE, 200, MW_OUTCOME_TIMEOUT);
  g_assert_cmpint (g_get_monotonic_time () - start, >=, 199 * 1000);
}

static void
test_cancelled (Fixture       *fixture,
                gconstpointer  data)
{
  static const struct {
    guint    delay_ms;
    gboolean slow_dns;
  } table[] = { { 0, FALSE }, { 50, TRUE }, { 50, FALSE } };

  fill_queue (fixture, "127.0.0.2");
  mw_fake_resolver_add_address (fixture->fake, NAME ".", "127.0.0.2");
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr(MwResolver) resolver = mw_resolver_new (LONG_MS);
      g_autoptr(GCancellable) cancellable = g_cancellable_new ();
      g_autoptr(MwConnection) connection = NULL;
      g_autoptr(GError) error = NULL;

      mw_fake_resolver_set_delay (fixture->fake, G_SOCKET_FAMILY_IPV4,
                                  table[i].slow_dns ? 300 : 0);
      mw_fake_resolver_set_delay (fixture->fake, G_SOCKET_FAMILY_IPV6,
                                  table[i].slow_dns ? 300 : 0);
      if (table[i].delay_ms == 0)
        g_cancellable_cancel (cancellable);
      else
        client_cancel_in (table[i].delay_ms, cancellable);
      connection = client_dial (resolver, NAME, fixture->port, TRUE, LONG_MS, cancellable, NULL,
                                &error);
      g_assert_error (error, MW_PROBE_ERROR, MW_OUTCOME_CANCELLED);
    }
}

/* A dead address costs 250 ms, a refusing one nothing. */
static void
test_race (Fixture       *fixture,
           gconstpointer  data)
{
  static const struct {
    const char *first;
    gint64      at_least_ms;
    gint64      less_than_ms;
  } table[] = { { "127.0.0.2", 249, 2000 }, { "127.0.0.3", 0, 249 } };

  fill_queue (fixture, "127.0.0.2");
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autofree char *name = g_strdup_printf ("race%" G_GSIZE_FORMAT ".example.test.", i);
      g_autoptr(MwConnection) connection = NULL;
      g_autoptr(GError) error = NULL;
      g_autofree char *text = NULL;
      gint64 start = g_get_monotonic_time ();
      gint64 elapsed_ms;

      mw_fake_resolver_add_address (fixture->fake, name, table[i].first);
      mw_fake_resolver_add_address (fixture->fake, name, "127.0.0.1");
      connection = client_dial (fixture->resolver, name, fixture->port, TRUE, LONG_MS, NULL,
                                NULL, &error);
      elapsed_ms = (g_get_monotonic_time () - start) / 1000;
      g_assert_no_error (error);
      text = g_inet_address_to_string (connection->address);
      g_assert_cmpstr (text, ==, "127.0.0.1");
      g_assert_cmpint (elapsed_ms, >=, table[i].at_least_ms);
      g_assert_cmpint (elapsed_ms, <, table[i].less_than_ms);
    }
}

/* The documentation network has no route here, or is silent: either way the
 * other family wins in time. */
static void
test_ipv6_does_not_answer (Fixture       *fixture,
                           gconstpointer  data)
{
  g_autoptr(MwFamilyReport) report = NULL;
  g_autoptr(MwConnection) connection = NULL;
  g_autoptr(GError) error = NULL;
  gint64 start = g_get_monotonic_time ();

  mw_fake_resolver_add_address (fixture->fake, NAME ".", "127.0.0.1");
  mw_fake_resolver_add_address (fixture->fake, NAME ".", "2001:db8::dead");
  connection = dial (fixture, TRUE, LONG_MS, &report, &error);
  g_assert_no_error (error);
  g_assert_cmpint (g_get_monotonic_time () - start, <, 2 * G_USEC_PER_SEC);
}

/* A name server that is slow with AAAA delays nothing for long. */
static void
test_slow_ipv6_look_up (Fixture       *fixture,
                        gconstpointer  data)
{
  g_autoptr(MwFamilyReport) report = NULL;
  g_autoptr(MwConnection) connection = NULL;
  g_autoptr(GError) error = NULL;
  gint64 elapsed_ms;
  gint64 start = g_get_monotonic_time ();

  mw_fake_resolver_add_address (fixture->fake, NAME ".", "127.0.0.1");
  mw_fake_resolver_set_delay (fixture->fake, G_SOCKET_FAMILY_IPV6, 2000);
  connection = dial (fixture, TRUE, LONG_MS, &report, &error);
  elapsed_ms = (g_get_monotonic_time () - start) / 1000;
  g_assert_no_error (error);
  g_assert_cmpint (elapsed_ms, >=, 49);
  g_assert_cmpint (elapsed_ms, <, 1000);
}

/* IPv6 is dialled first where there is one, and known to be broken when it
 * refuses. */
static void
test_ipv6_refuses (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autoptr(GSocket) probe = g_socket_new (G_SOCKET_FAMILY_IPV6, G_SOCKET_TYPE_STREAM,
                                           G_SOCKET_PROTOCOL_TCP, NULL);
  g_autoptr(GSocketAddress) loopback = g_inet_socket_address_new_from_string ("::1", 0);
  g_autoptr(MwFamilyReport) report = NULL;
  g_autoptr(MwConnection) connection = NULL;
  g_autoptr(GError) error = NULL;

  mw_fake_resolver_add_address (fixture->fake, NAME ".", "127.0.0.1");
  mw_fake_resolver_add_address (fixture->fake, NAME ".", "::1");
  connection = dial (fixture, TRUE, LONG_MS, &report, &error);
  g_assert_no_error (error);
  g_assert_cmpint (g_inet_address_get_family (connection->address), ==, G_SOCKET_FAMILY_IPV4);
  assert_family (report, MW_FAMILY_IPV4, MW_OUTCOME_WORKS, "127.0.0.1");
  /* Without IPv6 in this machine no packet left, which says nothing. */
  if (probe != NULL && g_socket_bind (probe, loopback, TRUE, NULL))
    assert_family (report, MW_FAMILY_IPV6, MW_OUTCOME_REFUSED, "::1");
  else
    assert_family (report, MW_FAMILY_IPV6, MW_OUTCOME_UNREACHABLE, "::1");
  g_assert_cmpint (mw_family_report_is_broken (report, MW_FAMILY_IPV6), ==,
                   report->results[MW_FAMILY_IPV6].outcome == MW_OUTCOME_REFUSED);
}

static gboolean
has_ipv6 (void)
{
  g_autoptr(GSocket) socket = g_socket_new (G_SOCKET_FAMILY_IPV6, G_SOCKET_TYPE_STREAM,
                                            G_SOCKET_PROTOCOL_TCP, NULL);

  return socket != NULL;
}

/* What name servers and families do to each other. Times in milliseconds. */
typedef struct {
  const char *name;
  const char *zone[4];
  guint       delays[MW_N_FAMILIES];
  gint64      at_least_ms;
  gint64      less_than_ms;
  MwFamily    winner;
  MwOutcome   other;
  gboolean    is_broken;
} FamilyCase;

#define A "A " NAME ". 127.0.0.1"
#define AAAA "A " NAME ". " MAPPED

static const FamilyCase family_cases[] = {
  { "both", { A, AAAA }, { 0, 0 }, 0, 200, MW_FAMILY_IPV6, MW_OUTCOME_NOT_NEEDED, FALSE },
  { "a-dropped", { AAAA, "SILENT A " NAME }, { 0, 0 }, 0, 200, MW_FAMILY_IPV6,
    MW_OUTCOME_NOT_NEEDED, FALSE },
  { "aaaa-dropped", { A, "SILENT AAAA " NAME }, { 0, 0 }, 49, 249, MW_FAMILY_IPV4,
    MW_OUTCOME_NOT_NEEDED, FALSE },
  { "aaaa-servfail", { A, "FAIL AAAA " NAME }, { 0, 0 }, 0, 200, MW_FAMILY_IPV4,
    MW_OUTCOME_DNS_FAIL, FALSE },
  { "a-servfail", { AAAA, "FAIL A " NAME }, { 0, 0 }, 0, 200, MW_FAMILY_IPV6,
    MW_OUTCOME_DNS_FAIL, FALSE },
  { "no-a", { AAAA }, { 0, 0 }, 0, 200, MW_FAMILY_IPV6, MW_OUTCOME_DNS_NXDOMAIN, FALSE },
  { "aaaa-a-moment-later", { A, AAAA }, { 30, 0 }, 29, 249, MW_FAMILY_IPV6,
    MW_OUTCOME_NOT_NEEDED, FALSE },
  { "aaaa-too-late", { A, AAAA }, { 400, 0 }, 49, 249, MW_FAMILY_IPV4, MW_OUTCOME_NOT_NEEDED,
    FALSE },
  { "slow-name-server", { A, AAAA }, { 400, 400 }, 399, 600, MW_FAMILY_IPV6,
    MW_OUTCOME_NOT_NEEDED, FALSE },
  { "ipv6-refuses", { A, "A " NAME ". " MAPPED_REFUSING }, { 0, 0 }, 0, 200, MW_FAMILY_IPV4,
    MW_OUTCOME_REFUSED, TRUE },
  { "ipv6-silent", { A, "A " NAME ". " MAPPED_DEAD }, { 0, 0 }, 249, 600, MW_FAMILY_IPV4,
    MW_OUTCOME_TIMEOUT, TRUE },
  { "a-joins-later", { A, "A " NAME ". " MAPPED_DEAD }, { 0, 400 }, 399, 700, MW_FAMILY_IPV4,
    MW_OUTCOME_TIMEOUT, TRUE },
  { "a-joins-after-refusal", { A, "A " NAME ". " MAPPED_REFUSING }, { 0, 300 }, 299, 500,
    MW_FAMILY_IPV4, MW_OUTCOME_REFUSED, TRUE },
};

static void
test_families (Fixture       *fixture,
               gconstpointer  data)
{
  if (!has_ipv6 ())
    {
      g_test_skip ("This machine has no IPv6 sockets");
      return;
    }

  fill_queue (fixture, "127.0.0.2");
  for (gsize i = 0; i < G_N_ELEMENTS (family_cases); i++)
    {
      const FamilyCase *test = &family_cases[i];
      g_autoptr(MwConnection) connection = NULL;
      g_autoptr(MwFamilyReport) report = NULL;
      g_autoptr(GError) error = NULL;
      gint64 start = g_get_monotonic_time ();
      gint64 elapsed_ms;

      g_test_message ("%s", test->name);
      mw_fake_resolver_forget (fixture->fake);
      for (gsize line = 0; line < 4 && test->zone[line] != NULL; line++)
        mw_fake_resolver_add (fixture->fake, test->zone[line]);
      mw_fake_resolver_set_delay (fixture->fake, G_SOCKET_FAMILY_IPV6, test->delays[0]);
      mw_fake_resolver_set_delay (fixture->fake, G_SOCKET_FAMILY_IPV4, test->delays[1]);
      g_object_unref (fixture->resolver);
      fixture->resolver = mw_resolver_new (LONG_MS);

      connection = dial (fixture, TRUE, LONG_MS, &report, &error);
      elapsed_ms = (g_get_monotonic_time () - start) / 1000;
      g_assert_no_error (error);
      g_assert_cmpint (elapsed_ms, >=, test->at_least_ms);
      g_assert_cmpint (elapsed_ms, <, test->less_than_ms);
      assert_family (report, test->winner, MW_OUTCOME_WORKS,
                     test->winner == MW_FAMILY_IPV6 ? MAPPED : "127.0.0.1");
      g_assert_cmpstr (mw_enum_to_nick (MW_TYPE_OUTCOME,
                                        report->results[1 - test->winner].outcome), ==,
                       mw_enum_to_nick (MW_TYPE_OUTCOME, test->other));
      g_assert_cmpint (mw_family_report_is_broken (report, 1 - test->winner), ==,
                       test->is_broken);
    }
}

/* Nobody said that the server is silent. */
static void
test_silent_name_server (Fixture       *fixture,
                         gconstpointer  data)
{
  mw_fake_resolver_add (fixture->fake, "SILENT " NAME);
  g_object_unref (fixture->resolver);
  fixture->resolver = mw_resolver_new (200);
  assert_fails (fixture, TRUE, LONG_MS, MW_OUTCOME_DNS_FAIL);
}

/* Ten addresses of a name are dialled, not all it may have. */
static void
test_many_addresses (Fixture       *fixture,
                     gconstpointer  data)
{
  g_autoptr(MwConnection) connection = NULL;

  for (int i = 0; i < 100; i++)
    {
      g_autofree char *address = g_strdup_printf ("127.0.1.%d", i + 1);

      mw_fake_resolver_add_address (fixture->fake, NAME ".", i == 9 ? "127.0.0.1" : address);
    }
  connection = dial (fixture, TRUE, LONG_MS, NULL, NULL);
  g_assert_nonnull (connection);

  mw_fake_resolver_forget (fixture->fake);
  for (int i = 0; i < 100; i++)
    {
      g_autofree char *address = g_strdup_printf ("127.0.1.%d", i + 1);

      mw_fake_resolver_add_address (fixture->fake, NAME ".", i == 10 ? "127.0.0.1" : address);
    }
  g_object_unref (fixture->resolver);
  fixture->resolver = mw_resolver_new (LONG_MS);
  assert_fails (fixture, TRUE, LONG_MS, MW_OUTCOME_REFUSED);
}

/* The name server's second answer would lead into this machine. */
static void
test_rebinding (Fixture       *fixture,
                gconstpointer  data)
{
  for (int i = 0; i < 2; i++)
    {
      g_autoptr(MwConnection) connection = NULL;
      g_autoptr(MwFamilyReport) report = NULL;
      g_autoptr(GError) error = NULL;

      mw_fake_resolver_forget (fixture->fake);
      mw_fake_resolver_add_address (fixture->fake, NAME ".", i == 0 ? "192.0.2.1" : "127.0.0.1");
      connection = dial (fixture, FALSE, 100, &report, &error);
      g_assert_null (connection);
      g_assert_false (g_error_matches (error, MW_PROBE_ERROR, MW_OUTCOME_CONSENT_NEEDED));
      g_assert_cmpstr (report->results[MW_FAMILY_IPV4].address, ==, "192.0.2.1");
    }
  g_assert_cmpuint (mw_fake_resolver_get_n_questions (fixture->fake), ==, 2);
  g_assert_cmpuint (mw_fake_server_get_n_connections (fixture->server), ==, 0);
}

static void
got_connection_cb (GObject      *object,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  MwConnection **connection = user_data;
  g_autoptr(GError) error = NULL;

  *connection = mw_connector_connect_finish (result, NULL, &error);
  g_assert_no_error (error);
}

/* With one socket in all, a silent address gives it up to the next. */
static void
test_slots (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr(MwSocketSlots) slots = mw_socket_slots_new (1);
  MwConnection *connections[2] = { NULL, NULL };
  gint64 start = g_get_monotonic_time ();

  fill_queue (fixture, "127.0.0.2");
  mw_fake_resolver_add_address (fixture->fake, NAME ".", "127.0.0.2");
  mw_fake_resolver_add_address (fixture->fake, NAME ".", "127.0.0.1");
  for (int i = 0; i < 2; i++)
    mw_connector_connect_async (fixture->resolver, NAME, fixture->port, TRUE, LONG_MS, slots,
                                NULL, got_connection_cb, &connections[i]);
  while (connections[0] == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint ((g_get_monotonic_time () - start) / 1000, >=, 499);
  g_assert_false (mw_socket_slots_has_free (slots));
  client_run (400);
  g_assert_null (connections[1]);

  /* What is closed is for who waits in line. */
  mw_connection_free (connections[0]);
  while (connections[1] == NULL)
    g_main_context_iteration (NULL, TRUE);
  mw_connection_free (connections[1]);
  g_assert_true (mw_socket_slots_has_free (slots));
}

static void
test_slots_cancelled (Fixture       *fixture,
                      gconstpointer  data)
{
  g_autoptr(MwSocketSlots) slots = mw_socket_slots_new (1);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  MwConnection *connection = NULL;

  mw_fake_resolver_add_address (fixture->fake, NAME ".", "127.0.0.1");
  mw_connector_connect_async (fixture->resolver, NAME, fixture->port, TRUE, LONG_MS, slots, NULL,
                              got_connection_cb, &connection);
  while (connection == NULL)
    g_main_context_iteration (NULL, TRUE);
  mw_connector_connect_async (fixture->resolver, NAME, fixture->port, TRUE, LONG_MS, slots,
                              cancellable, NULL, NULL);
  client_run (50);
  g_cancellable_cancel (cancellable);
  client_run (50);
  mw_connection_free (connection);
  client_run (50);
  g_assert_true (mw_socket_slots_has_free (slots));
}

static void
test_literal (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr(MwConnection) connection = NULL;
  g_autoptr(GError) error = NULL;

  connection = client_dial (fixture->resolver, "127.0.0.1", fixture->port, TRUE, LONG_MS, NULL,
                            NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (connection);
  g_assert_cmpuint (mw_fake_resolver_get_n_questions (fixture->fake), ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, func) g_test_add ("/connector/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("connects", test_connects);
  ADD ("literal", test_literal);
  ADD ("dns", test_dns);
  ADD ("refused", test_refused);
  ADD ("unreachable", test_unreachable);
  ADD ("local-rule", test_local_rule);
  ADD ("timeout", test_timeout);
  ADD ("cancelled", test_cancelled);
  ADD ("race", test_race);
  ADD ("ipv6-does-not-answer", test_ipv6_does_not_answer);
  ADD ("slow-ipv6-look-up", test_slow_ipv6_look_up);
  ADD ("ipv6-refuses", test_ipv6_refuses);
  ADD ("families", test_families);
  ADD ("silent-name-server", test_silent_name_server);
  ADD ("many-addresses", test_many_addresses);
  ADD ("rebinding", test_rebinding);
  ADD ("slots", test_slots);
  ADD ("slots-cancelled", test_slots_cancelled);
#undef ADD
  return g_test_run ();
}
