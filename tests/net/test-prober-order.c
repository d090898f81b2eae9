/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include <netinet/in.h>
#include <stdlib.h>
#include <sys/socket.h>

#include "prober-fixture.h"

/* What is dialled when, how much at once, and who hears what before whom. */

#define MAX_SOCKETS 12
#define N_CANDIDATES 30

static const char * const imap_works[] = { IMAP_READY, IMAP_YES, NULL };
static const char * const imap_is_slow[] = {
  IMAP_READY, "C: * AUTHENTICATE PLAIN *", "sleep 600", "S: $T OK done", IMAP_PROOF, NULL
};
static const char * const imap_in_clear[] = {
  "S: * OK [CAPABILITY IMAP4rev1 STARTTLS] ready", "C: * STARTTLS", "S: $T OK go", "T:",
  "C: * CAPABILITY", "S: * CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN\r\n$T OK done", IMAP_YES, NULL
};
static const char * const smtp_works[] = { SMTP_READY, SMTP_YES, NULL };
static const char * const silent[] = { "silence", NULL };

/* A port of our own outside the fixture. */
static GSocket *
bind_socket (const char *address)
{
  g_autoptr(GSocketAddress) wanted = g_inet_socket_address_new_from_string (address, 0);
  g_autoptr(GError) error = NULL;
  GSocket *socket = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM,
                                  G_SOCKET_PROTOCOL_TCP, &error);

  g_assert_no_error (error);
  g_assert_true (g_socket_bind (socket, wanted, TRUE, &error));
  g_assert_no_error (error);
  g_socket_set_blocking (socket, FALSE);
  return socket;
}

static guint16
port_of (GSocket *socket)
{
  g_autoptr(GSocketAddress) address = g_socket_get_local_address (socket, NULL);

  return g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (address));
}

/* Connections to it stay open-ended, as they do behind a firewall that drops. */
static GPtrArray *
make_dead_port (guint16 *out_port)
{
  GPtrArray *sockets = g_ptr_array_new_with_free_func (g_object_unref);
  GSocket *full = bind_socket ("127.0.0.1");
  g_autoptr(GSocketAddress) bound = g_socket_get_local_address (full, NULL);

  g_ptr_array_add (sockets, full);
  g_socket_set_listen_backlog (full, 0);
  g_assert_true (g_socket_listen (full, NULL));
  for (int i = 0; i < 4; i++)
    {
      GSocket *socket = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM,
                                      G_SOCKET_PROTOCOL_TCP, NULL);

      g_socket_set_blocking (socket, FALSE);
      g_socket_connect (socket, bound, NULL, NULL);
      g_ptr_array_add (sockets, socket);
    }

  run_for (50);
  *out_port = port_of (full);
  return sockets;
}

static void
add_endpoint (Fixture    *fixture,
              const char *service,
              const char *host,
              guint16     port,
              MwGrade     grade)
{
  g_autofree char *text = g_strdup_printf ("%s:%s:%u", service, host, port);
  g_autoptr(MwEndpoint) endpoint = mw_endpoint_parse (text);

  g_ptr_array_add (fixture->candidates[mw_endpoint_get_side (endpoint)],
                   mw_candidate_new (endpoint, MW_ORIGIN_GUESS, grade, NULL, MW_AUTH_UNKNOWN, 0));
}

static void
wait_until_heard (ScriptedServer *server,
                  const char     *word)
{
  for (int i = 0; i < 5000 && !scripted_server_has_heard (server, word); i++)
    run_for (1);
  g_assert_true (scripted_server_has_heard (server, word));
}

/* The outgoing server has said all it can say without a password while the
 * incoming one still looks at it; the password comes when that said yes. */
static void
test_outgoing_waits_for_incoming (void)
{
  Fixture fixture;

  set_up (&fixture, 0);
  add_server (&fixture, 0, "imaps", "a", imap_is_slow);
  add_server (&fixture, 1, "submissions", "smtp", smtp_works);
  start (&fixture);
  wait_until_heard (fixture.servers[0], "AUTHENTICATE");
  run_for (300);
  g_assert_false (scripted_server_has_heard (fixture.servers[0], "EXAMINE"));
  g_assert_cmpint (mw_prober_get_verdict (fixture.prober, MW_SIDE_OUTGOING)->stage, ==,
                   MW_STAGE_CAPABILITY);
  g_assert_true (scripted_server_has_heard (fixture.servers[1], "EHLO"));
  g_assert_false (scripted_server_has_heard (fixture.servers[1], "AUTH"));
  g_assert_cmpint (wait_for_end (&fixture), ==, MW_OUTCOME_WORKS);
  g_assert_cmpuint (scripted_server_count (fixture.servers[1], "EHLO"), ==, 1);
  assert_presentations (&fixture, 2);
  tear_down (&fixture);
}

/* Who is not needed any more is left at once, not at the end of the run. */
static void
test_losers_are_left (void)
{
  const char * const slow_proof[] = { IMAP_READY, "C: * AUTHENTICATE PLAIN *", "S: $T OK done",
                                      "C: * EXAMINE INBOX", "sleep 600", "S: $T OK done", "C: *",
                                      "S: $T OK done", NULL };
  const char * const ready[] = { IMAP_READY, NULL };
  Fixture fixture;

  set_up (&fixture, 0);
  mw_prober_skip (fixture.prober, MW_SIDE_OUTGOING);
  add_server (&fixture, 0, "imaps", "a", slow_proof);
  add_server (&fixture, 1, "imaps", "b", ready);
  add_server (&fixture, 2, "imaps", "c", silent);
  start (&fixture);
  wait_until_heard (fixture.servers[0], "EXAMINE");
  g_assert_cmpuint (scripted_server_get_n_connections (fixture.servers[1]), ==, 1);
  g_assert_cmpuint (scripted_server_get_n_connections (fixture.servers[2]), ==, 1);
  run_for (200);
  g_assert_cmpuint (fixture.finished, ==, 0);
  g_assert_true (scripted_server_is_left (fixture.servers[1]));
  g_assert_true (scripted_server_is_left (fixture.servers[2]));
  g_assert_cmpint (wait_for_end (&fixture), ==, MW_OUTCOME_WORKS);
  tear_down (&fixture);
}

/* One measured round trip after the first choice of the same address. */
static void
test_alternative_after_round_trip (void)
{
  Fixture fixture;

  set_up (&fixture, 0);
  mw_prober_skip (fixture.prober, MW_SIDE_OUTGOING);
  add_server (&fixture, 0, "imaps", "a", silent);
  add_server (&fixture, 1, "imap", "a", imap_in_clear);
  start (&fixture);
  run_for (70);
  g_assert_cmpuint (scripted_server_get_n_connections (fixture.servers[1]), ==, 1);
  mw_prober_cancel (fixture.prober);
  tear_down (&fixture);
}

/* And 100 ms after it when nothing at that address has answered. Another
 * address has its own first choice, which waits for nobody. */
static void
test_alternative_of_a_dead_port (void)
{
  g_autoptr(GPtrArray) dead = NULL;
  g_autoptr(GSocket) elsewhere = bind_socket ("127.0.0.9");
  Fixture fixture;
  guint16 port;
  gint64 started;

  dead = make_dead_port (&port);
  g_assert_true (g_socket_listen (elsewhere, NULL));
  mw_fake_resolver_add_address (dns, "elsewhere.example.test.", "127.0.0.9");
  set_up (&fixture, 0);
  mw_prober_skip (fixture.prober, MW_SIDE_OUTGOING);
  add_endpoint (&fixture, "imaps", "a.example.test", port, MW_GRADE_A);
  add_server (&fixture, 0, "imap", "a", imap_in_clear);
  add_endpoint (&fixture, "imap", "elsewhere.example.test", port_of (elsewhere), MW_GRADE_A);
  started = g_get_monotonic_time ();
  start (&fixture);
  while (scripted_server_get_n_connections (fixture.servers[0]) == 0)
    {
      if (g_get_monotonic_time () - started > 60 * 1000)
        g_assert_true (g_socket_condition_check (elsewhere, G_IO_IN) & G_IO_IN);
      run_for (1);
    }
  g_assert_cmpint (g_get_monotonic_time () - started, >=, 100 * 1000);
  g_assert_cmpint (g_get_monotonic_time () - started, <, 250 * 1000);
  g_assert_cmpint (wait_for_end (&fixture), ==, MW_OUTCOME_WORKS);
  g_assert_cmpint (g_get_monotonic_time () - started, <, 2000 * 1000);
  assert_winner (&fixture, MW_SIDE_INCOMING, "a");
  tear_down (&fixture);
}

/* Servers that end every connection after a while. */
typedef struct {
  GPtrArray *listeners;
  GPtrArray *sources;
  GPtrArray *accepted;
} Crowd;

static gboolean
hang_up_cb (gpointer user_data)
{
  g_socket_close (user_data, NULL);
  return G_SOURCE_REMOVE;
}

static gboolean
accept_cb (GSocket      *listener,
           GIOCondition  condition,
           gpointer      user_data)
{
  Crowd *crowd = user_data;
  GSocket *socket = g_socket_accept (listener, NULL, NULL);

  g_assert_nonnull (socket);
  g_ptr_array_add (crowd->accepted, socket);
  g_timeout_add (50, hang_up_cb, socket);
  return G_SOURCE_CONTINUE;
}

static void
add_crowd (Crowd   *crowd,
           Fixture *fixture)
{
  crowd->listeners = g_ptr_array_new_with_free_func (g_object_unref);
  crowd->sources = g_ptr_array_new_with_free_func ((GDestroyNotify) g_source_unref);
  crowd->accepted = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < N_CANDIDATES; i++)
    {
      g_autofree char *address = g_strdup_printf ("127.0.1.%u", i + 1);
      g_autofree char *host = g_strdup_printf ("h%u.example.test", i);
      GSocket *listener = bind_socket (address);
      GSource *source = g_socket_create_source (listener, G_IO_IN, NULL);

      g_assert_true (g_socket_listen (listener, NULL));
      g_ptr_array_add (crowd->listeners, listener);
      g_source_set_callback (source, G_SOURCE_FUNC (accept_cb), crowd, NULL);
      g_source_attach (source, NULL);
      g_ptr_array_add (crowd->sources, source);
      mw_fake_resolver_add_address (dns, host, address);
      add_endpoint (fixture, "imaps", host, port_of (listener), MW_GRADE_A);
    }
}

static void
remove_crowd (Crowd *crowd)
{
  run_for (100);
  for (guint i = 0; i < crowd->sources->len; i++)
    g_source_destroy (crowd->sources->pdata[i]);
  g_ptr_array_unref (crowd->sources);
  g_ptr_array_unref (crowd->accepted);
  g_ptr_array_unref (crowd->listeners);
}

/* Our ends of connections to the crowd. */
static guint
count_sockets (void)
{
  g_autoptr(GDir) dir = g_dir_open ("/proc/self/fd", 0, NULL);
  const char *name;
  guint count = 0;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      struct sockaddr_in peer;
      socklen_t size = sizeof peer;

      if (getpeername (atoi (name), (struct sockaddr *) &peer, &size) == 0 &&
          peer.sin_family == AF_INET && (ntohl (peer.sin_addr.s_addr) >> 8) == 0x7f0001)
        count++;
    }

  return count;
}

/* 30 servers at 30 addresses, for receiving; one for sending has its place
 * beside them. */
static void
test_twelve_sockets (void)
{
  static const guint at_most[] = { MAX_SOCKETS, MAX_SOCKETS - 4 };

  for (guint sending = 0; sending < G_N_ELEMENTS (at_most); sending++)
    {
      Crowd crowd;
      Fixture fixture;
      guint most = 0;

      set_up (&fixture, 0);
      add_crowd (&crowd, &fixture);
      add_server (&fixture, 0, "submissions", "smtp", smtp_works);
      if (!sending)
        mw_prober_skip (fixture.prober, MW_SIDE_OUTGOING);
      start (&fixture);
      while (fixture.finished == 0)
        {
          g_main_context_iteration (NULL, TRUE);
          most = MAX (most, count_sockets ());
          if (sending && crowd.accepted->len > MAX_SOCKETS)
            g_assert_cmpuint (scripted_server_get_n_connections (fixture.servers[0]), ==, 1);
        }

      g_assert_cmpuint (most, ==, at_most[sending]);
      g_assert_cmpuint (crowd.accepted->len, ==, N_CANDIDATES);
      g_assert_cmpint (wait_for_end (&fixture), ==, MW_OUTCOME_DISCONNECTED);
      assert_presentations (&fixture, 0);
      remove_crowd (&crowd);
      tear_down (&fixture);
    }
}

/* Guesses that say nothing hold every socket; what a better source names later
 * does not stand in line behind them. */
static void
test_room_for_better (void)
{
  Fixture fixture;
  g_autoptr(GPtrArray) listeners = g_ptr_array_new_with_free_func (g_object_unref);

  set_up (&fixture, 0);
  mw_prober_skip (fixture.prober, MW_SIDE_OUTGOING);
  for (guint i = 0; i < MAX_SOCKETS + 2; i++)
    {
      g_autofree char *address = g_strdup_printf ("127.0.2.%u", i + 1);
      g_autofree char *host = g_strdup_printf ("g%u.example.test", i);
      GSocket *listener = bind_socket (address);

      g_assert_true (g_socket_listen (listener, NULL));
      g_ptr_array_add (listeners, listener);
      mw_fake_resolver_add_address (dns, host, address);
      add_endpoint (&fixture, "imaps", host, port_of (listener), MW_GRADE_G);
    }
  hand_over (&fixture);
  mw_prober_start (fixture.prober);
  run_for (100);

  add_server (&fixture, 0, "imaps", "a", imap_works);
  g_ptr_array_insert (fixture.candidates[0], 0,
                      g_ptr_array_steal_index (fixture.candidates[0],
                                               fixture.candidates[0]->len - 1));
  hand_over (&fixture);
  run_for (300);
  g_assert_cmpuint (count_auth (&fixture, 0), ==, 1);
  mw_prober_set_sources (fixture.prober, TRUE, TRUE);
  g_assert_cmpint (wait_for_end (&fixture), ==, MW_OUTCOME_WORKS);
  assert_winner (&fixture, MW_SIDE_INCOMING, "a");
  tear_down (&fixture);
}

/* The server has had enough of waiting for better sources: it is dialled
 * again, and nobody counts a try. */
static void
test_redial (void)
{
  const char * const tired[] = { IMAP_READY, "end", NULL };
  Fixture fixture;

  set_up (&fixture, 0);
  mw_prober_skip (fixture.prober, MW_SIDE_OUTGOING);
  fixture.servers[0] = scripted_server_new (certificate, tired);
  scripted_server_set_next (fixture.servers[0], imap_works);
  add_candidate (&fixture, 0, "imaps", "a", MW_GRADE_G, NULL);
  hand_over (&fixture);
  mw_prober_start (fixture.prober);
  run_for (300);
  g_assert_cmpuint (scripted_server_get_n_connections (fixture.servers[0]), ==, 1);
  mw_prober_set_sources (fixture.prober, TRUE, TRUE);
  g_assert_cmpint (wait_for_end (&fixture), ==, MW_OUTCOME_WORKS);
  g_assert_cmpuint (scripted_server_get_n_connections (fixture.servers[0]), ==, 2);
  assert_presentations (&fixture, 1);
  tear_down (&fixture);
}

/* The same on the other side, where a slow log-in was waited for. */
static void
test_redial_outgoing (void)
{
  const char * const tired[] = { SMTP_READY, "sleep 100", "S: 421 idle for too long", "end", NULL };
  Fixture fixture;

  set_up (&fixture, 0);
  add_server (&fixture, 0, "imaps", "a", imap_is_slow);
  add_server (&fixture, 1, "submissions", "smtp", tired);
  scripted_server_set_next (fixture.servers[1], smtp_works);
  g_assert_cmpint (run (&fixture), ==, MW_OUTCOME_WORKS);
  g_assert_cmpuint (scripted_server_get_n_connections (fixture.servers[1]), ==, 2);
  assert_presentations (&fixture, 2);
  tear_down (&fixture);
}

/* Once, not for ever. */
static void
test_redial_in_vain (void)
{
  const char * const tired[] = { IMAP_READY, "end", NULL };
  const char * const gone[] = { "end", NULL };
  Fixture fixture;

  set_up (&fixture, 0);
  mw_prober_skip (fixture.prober, MW_SIDE_OUTGOING);
  fixture.servers[0] = scripted_server_new (certificate, tired);
  scripted_server_set_next (fixture.servers[0], gone);
  add_candidate (&fixture, 0, "imaps", "a", MW_GRADE_G, NULL);
  hand_over (&fixture);
  mw_prober_start (fixture.prober);
  run_for (300);
  mw_prober_set_sources (fixture.prober, TRUE, TRUE);
  g_assert_cmpint (wait_for_end (&fixture), ==, MW_OUTCOME_DISCONNECTED);
  g_assert_cmpuint (scripted_server_get_n_connections (fixture.servers[0]), ==, 2);
  assert_presentations (&fixture, 0);
  tear_down (&fixture);
}

/* A name server that drops one type of question. */
static void
test_dropped_questions (void)
{
  static const char * const zones[][2] = {
    { "A a.example.test ::ffff:127.0.0.1", "SILENT A a.example.test" },
    { "A a.example.test 127.0.0.1", "SILENT AAAA a.example.test" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (zones); i++)
    {
      gint64 started = g_get_monotonic_time ();
      Fixture fixture;
      MwVerdict *verdict;

      mw_fake_resolver_forget (dns);
      mw_fake_resolver_add (dns, zones[i][0]);
      mw_fake_resolver_add (dns, zones[i][1]);
      set_up (&fixture, 0);
      mw_prober_skip (fixture.prober, MW_SIDE_OUTGOING);
      add_server (&fixture, 0, "imaps", "a", imap_works);
      g_assert_cmpint (run (&fixture), ==, MW_OUTCOME_WORKS);
      g_assert_cmpint (g_get_monotonic_time () - started, <, G_USEC_PER_SEC);
      verdict = mw_prober_get_verdict (fixture.prober, MW_SIDE_INCOMING);
      g_assert_nonnull (verdict->families);
      g_assert_cmpint (verdict->families->results[i].outcome, ==, MW_OUTCOME_WORKS);
      g_assert_cmpint (verdict->families->results[1 - i].outcome, ==, MW_OUTCOME_NOT_NEEDED);
      tear_down (&fixture);
    }
}

int
main (int   argc,
      char *argv[])
{
  static const struct { const char *name; GTestFunc func; } tests[] = {
    { "outgoing-waits-for-incoming", test_outgoing_waits_for_incoming },
    { "losers-are-left", test_losers_are_left },
    { "alternative-after-round-trip", test_alternative_after_round_trip },
    { "alternative-of-a-dead-port", test_alternative_of_a_dead_port },
    { "twelve-sockets", test_twelve_sockets },
    { "room-for-better", test_room_for_better },
    { "redial", test_redial },
    { "redial-outgoing", test_redial_outgoing },
    { "redial-in-vain", test_redial_in_vain },
    { "dropped-questions", test_dropped_questions },
  };
  int result;

  g_test_init (&argc, &argv, NULL);
  prober_fixture_init ();
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      g_autofree char *path = g_strconcat ("/prober-order/", tests[i].name, NULL);

      g_test_add_func (path, tests[i].func);
    }
  result = g_test_run ();
  prober_fixture_clear ();
  return result;
}
