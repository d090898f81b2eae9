/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "client.h"
#include "core/mw-error.h"
#include "fake-server.h"
#include "net/mw-turn-queue.h"

#define HOST "imap.example.test"
#define N_CONNECTIONS 300
#define TIMEOUT_MS 60000

/* How regularly the main loop comes round. */
typedef struct {
  gint64 start;
  gint64 last;
  gint64 longest;
  guint  n;
  guint  source;
} Ticks;

typedef struct {
  MwTlsCredentials *credentials;
  GPtrArray        *transports;
  guint             left;
  guint             accepted;
} Crowd;

static void
note_cb (gpointer user_data)
{
  GString *log = user_data;

  g_string_append_c (log, 'x');
  g_usleep (1500);
}

static gboolean
note_tick_cb (gpointer user_data)
{
  GString *log = user_data;

  g_string_append_c (log, '.');
  return G_SOURCE_CONTINUE;
}

/* Others are served between the turns. */
static void
test_fair (void)
{
  g_autoptr(MwTurnQueue) queue = mw_turn_queue_new ();
  g_autoptr(GString) log = g_string_new (NULL);
  guint source = g_idle_add_full (G_PRIORITY_DEFAULT, note_tick_cb, log, NULL);

  for (int i = 0; i < 20; i++)
    mw_turn_queue_push (queue, note_cb, log);
  g_assert_cmpuint (log->len, ==, 0);
  while (g_strrstr (log->str, "x") == NULL || !g_str_has_suffix (log->str, "..."))
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (source);

  g_test_message ("%s", log->str);
  g_assert_null (strstr (log->str, "xxxx"));
}

static void
test_remove (void)
{
  g_autoptr(MwTurnQueue) queue = mw_turn_queue_new ();
  g_autoptr(GString) log = g_string_new (NULL);
  g_autoptr(GString) other = g_string_new (NULL);

  mw_turn_queue_push (queue, note_cb, log);
  mw_turn_queue_push (queue, note_cb, other);
  mw_turn_queue_push (queue, note_cb, log);
  mw_turn_queue_remove (queue, log);
  client_run (20);
  g_assert_cmpstr (log->str, ==, "");
  g_assert_cmpstr (other->str, ==, "x");

  mw_turn_queue_push (queue, note_cb, log);
  mw_turn_queue_remove (queue, log);
  mw_turn_queue_push (queue, note_cb, log);
  client_run (20);
  g_assert_cmpstr (log->str, ==, "x");
}

static gboolean
tick_cb (gpointer user_data)
{
  Ticks *ticks = user_data;
  gint64 now = g_get_monotonic_time ();

  ticks->longest = MAX (ticks->longest, now - ticks->last);
  ticks->n++;
  ticks->last = now;
  return G_SOURCE_CONTINUE;
}

static void
secured_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  Crowd *crowd = user_data;
  g_autoptr(MwTlsFacts) facts = NULL;
  g_autoptr(GError) error = NULL;

  crowd->left--;
  if (mw_transport_handshake_finish (MW_TRANSPORT (object), result, &facts, &error))
    crowd->accepted++;
  else
    g_test_message ("%s", error->message);
}

static void
connected_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  Crowd *crowd = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(MwConnection) connection = mw_connector_connect_finish (result, NULL, &error);

  g_assert_no_error (error);
  crowd->left--;
  g_ptr_array_add (crowd->transports, mw_transport_new (connection->socket));
}

static void
serve_tls (MwFakeConnection *connection,
           gpointer          user_data)
{
  if (mw_fake_connection_start_tls (connection, user_data))
    mw_fake_connection_stay_silent (connection);
}

static void
ticks_start (Ticks *ticks)
{
  *ticks = (Ticks) { 0 };
  ticks->start = ticks->last = g_get_monotonic_time ();
  ticks->source = g_timeout_add_full (G_PRIORITY_DEFAULT, 1, tick_cb, ticks, NULL);
}

static void
ticks_stop (Ticks      *ticks,
            const char *what)
{
  double elapsed;

  g_source_remove (ticks->source);
  tick_cb (ticks);
  elapsed = (ticks->last - ticks->start) / 1000.0;
  g_test_message ("%d %s in %.0f ms; 1 ms ticks came after %.1f ms on average, %.1f ms at worst",
                  N_CONNECTIONS, what, elapsed, elapsed / ticks->n, ticks->longest / 1000.0);
  /* Only that it does not hang: how long a tick takes is the machine's. */
  g_assert_cmpint (ticks->longest, <, 2 * G_USEC_PER_SEC);
}

static void
connect_crowd (Crowd *crowd,
               guint  port)
{
  g_autoptr(MwResolver) resolver = mw_resolver_new (TIMEOUT_MS);
  Ticks ticks;

  ticks_start (&ticks);
  crowd->left = N_CONNECTIONS;
  for (int i = 0; i < N_CONNECTIONS; i++)
    mw_connector_connect_async (resolver, "127.0.0.1", port, TRUE, TIMEOUT_MS, NULL,
                                NULL, connected_cb, crowd);
  while (crowd->left > 0)
    g_main_context_iteration (NULL, TRUE);
  ticks_stop (&ticks, "connections");
}

static void
secure_crowd (Crowd *crowd)
{
  Ticks ticks;

  ticks_start (&ticks);
  crowd->left = N_CONNECTIONS;
  for (int i = 0; i < N_CONNECTIONS; i++)
    mw_transport_handshake_async (g_ptr_array_index (crowd->transports, i), crowd->credentials,
                                  HOST, NULL, TIMEOUT_MS, NULL, secured_cb, crowd);
  while (crowd->left > 0)
    g_main_context_iteration (NULL, TRUE);
  ticks_stop (&ticks, "handshakes");
}

/* What the engine must bear: everybody at once, and the window still paints.
 * The server is in this process and takes half of the machine. */
static void
test_crowd (void)
{
  MwTestCertificateSpec ca_spec = { .common_name = "Test authority", .is_ca = TRUE };
  MwTestCertificateSpec spec = { .names = { HOST } };
  g_autoptr(MwTestCertificate) ca = mw_test_certificate_new (&ca_spec, NULL);
  g_autoptr(MwTestCertificate) leaf = mw_test_certificate_new (&spec, ca);
  g_autofree char *path = mw_test_certificate_write (ca);
  g_autoptr(MwFakeTls) tls = mw_fake_tls_new (leaf, NULL, NULL, FALSE);
  g_autoptr(MwFakeServer) server = mw_fake_server_new (serve_tls, tls);
  g_autoptr(MwTlsCredentials) credentials = mw_tls_credentials_new ();
  g_autoptr(GPtrArray) transports = g_ptr_array_new_with_free_func (g_object_unref);
  Crowd crowd = { credentials, transports, 0, 0 };

  g_assert_true (mw_tls_credentials_add_ca_file (credentials, path, NULL));
  g_unlink (path);

  connect_crowd (&crowd, mw_fake_server_get_port (server));
  secure_crowd (&crowd);

  g_assert_cmpuint (crowd.accepted, ==, N_CONNECTIONS);
  g_assert_cmpuint (mw_fake_server_get_n_connections (server), ==, N_CONNECTIONS);
  for (guint i = 0; i < transports->len; i++)
    mw_transport_close (g_ptr_array_index (transports, i), NULL);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/turn-queue/fair", test_fair);
  g_test_add_func ("/turn-queue/remove", test_remove);
  g_test_add_func ("/turn-queue/crowd", test_crowd);
  return g_test_run ();
}
