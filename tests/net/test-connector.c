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
dial (Fixture   *fixture,
      gboolean   allow_local,
      guint      timeout_ms,
      GError   **error)
{
  return client_dial (fixture->resolver, NAME, fixture->port, allow_local, timeout_ms, NULL,
                      error);
}

static void
assert_fails (Fixture   *fixture,
              gboolean   allow_local,
              guint      timeout_ms,
              MwOutcome  outcome)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(MwConnection) connection = dial (fixture, allow_local, timeout_ms, &error);

  g_assert_null (connection);
  g_test_message ("%s", error->message);
  g_assert_error (error, MW_PROBE_ERROR, outcome);
}

static void
test_connects (Fixture       *fixture,
               gconstpointer  data)
{
  g_autoptr(MwConnection) connection = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *text = NULL;
  int no_delay = 0;

  mw_fake_resolver_add_address (fixture->fake, NAME ".", "127.0.0.1");
  connection = dial (fixture, TRUE, LONG_MS, &error);
  g_assert_no_error (error);
  text = g_inet_address_to_string (connection->address);
  g_assert_cmpstr (text, ==, "127.0.0.1");
  g_assert_false (g_socket_get_blocking (connection->socket));
  g_assert_true (g_socket_get_option (connection->socket, IPPROTO_TCP, TCP_NODELAY, &no_delay,
                                      NULL));
  g_assert_cmpint (no_delay, !=, 0);
  g_assert_cmpint (connection->connect_us, >, 0);
  g_assert_cmpint (connection->resolve_us, >, 0);
  g_assert_false (connection->ipv4_broken);
  g_assert_false (connection->ipv6_broken);
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
    "::1", "::ffff:127.0.0.1", "fe80::1", "fd00::1",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (addresses); i++)
    {
      g_autoptr(MwResolver) resolver = mw_resolver_new (LONG_MS);
      g_autofree char *name = g_strdup_printf ("a%" G_GSIZE_FORMAT ".example.test.", i);
      g_autoptr(MwConnection) connection = NULL;
      g_autoptr(GError) error = NULL;

      mw_fake_resolver_add_address (fixture->fake, name, addresses[i]);
      connection = client_dial (resolver, name, fixture->port, FALSE, LONG_MS, NULL, &error);
      g_assert_error (error, MW_PROBE_ERROR, MW_OUTCOME_CONSENT_NEEDED);
      g_clear_error (&error);

      /* The same without a name server. */
      connection = client_dial (resolver, addresses[i], fixture->port, FALSE, LONG_MS, NULL,
                                &error);
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
      connection = client_dial (resolver, NAME, fixture->port, TRUE, LONG_MS, cancellable, &error);
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
                                &error);
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
  g_autoptr(MwConnection) connection = NULL;
  g_autoptr(GError) error = NULL;
  gint64 start = g_get_monotonic_time ();

  mw_fake_resolver_add_address (fixture->fake, NAME ".", "127.0.0.1");
  mw_fake_resolver_add_address (fixture->fake, NAME ".", "2001:db8::dead");
  connection = dial (fixture, TRUE, LONG_MS, &error);
  g_assert_no_error (error);
  g_assert_cmpint (g_get_monotonic_time () - start, <, 2 * G_USEC_PER_SEC);
}

/* A name server that is slow with AAAA delays nothing for long. */
static void
test_slow_ipv6_look_up (Fixture       *fixture,
                        gconstpointer  data)
{
  g_autoptr(MwConnection) connection = NULL;
  g_autoptr(GError) error = NULL;
  gint64 elapsed_ms;
  gint64 start = g_get_monotonic_time ();

  mw_fake_resolver_add_address (fixture->fake, NAME ".", "127.0.0.1");
  mw_fake_resolver_set_delay (fixture->fake, G_SOCKET_FAMILY_IPV6, 2000);
  connection = dial (fixture, TRUE, LONG_MS, &error);
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
  g_autoptr(MwConnection) connection = NULL;
  g_autoptr(GError) error = NULL;

  mw_fake_resolver_add_address (fixture->fake, NAME ".", "127.0.0.1");
  mw_fake_resolver_add_address (fixture->fake, NAME ".", "::1");
  connection = dial (fixture, TRUE, LONG_MS, &error);
  g_assert_no_error (error);
  g_assert_cmpint (g_inet_address_get_family (connection->address), ==, G_SOCKET_FAMILY_IPV4);
  g_assert_false (connection->ipv4_broken);
  /* Without IPv6 in this machine no packet left, which says nothing. */
  if (probe != NULL && g_socket_bind (probe, loopback, TRUE, NULL))
    g_assert_true (connection->ipv6_broken);
  else
    g_assert_false (connection->ipv6_broken);
}

static void
test_literal (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr(MwConnection) connection = NULL;
  g_autoptr(GError) error = NULL;

  connection = client_dial (fixture->resolver, "127.0.0.1", fixture->port, TRUE, LONG_MS, NULL,
                            &error);
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
#undef ADD
  return g_test_run ();
}
