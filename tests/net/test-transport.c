/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "client.h"
#include "core/mw-error.h"
#include "fake-server.h"

#define HOST "imap.example.test"
#define LONG_MS 20000
#define SHORT_MS 150
#define TLS11 "NORMAL:-VERS-ALL:+VERS-TLS1.1:+VERS-TLS1.0"
#define TLS12 "NORMAL:-VERS-ALL:+VERS-TLS1.2"
/* More than the buffers of both sockets hold. */
#define MUCH (8 * 1024 * 1024)

static MwTestCertificate *leaf;
static MwTlsCredentials *credentials;

/* A server that does one thing, and a connection to it. */
typedef struct {
  MwFakeTls    *tls;
  MwFakeServer *server;
  MwTransport  *transport;
} Fixture;

static void
set_up (Fixture          *fixture,
        const char       *priority,
        gboolean          client_certificate,
        MwFakeServerFunc  func)
{
  fixture->tls = mw_fake_tls_new (leaf, NULL, priority, client_certificate);
  fixture->server = mw_fake_server_new (func, fixture->tls);
  fixture->transport = client_connect (mw_fake_server_get_port (fixture->server));
}

static void
tear_down (Fixture *fixture)
{
  mw_transport_close (fixture->transport, NULL);
  /* Nothing may hold a transport that is closed and forgotten. */
  g_assert_finalize_object (fixture->transport);
  mw_fake_server_free (fixture->server);
  mw_fake_tls_free (fixture->tls);
}

static void
assert_handshake (Fixture   *fixture,
                  MwOutcome  outcome)
{
  g_autoptr(MwTlsFacts) facts = NULL;
  g_autoptr(GError) error = NULL;

  if (client_handshake (fixture->transport, credentials, HOST, NULL, LONG_MS, NULL, &facts, &error))
    {
      g_assert_no_error (error);
      g_assert_cmpint (outcome, ==, MW_OUTCOME_WORKS);
      g_assert_true (mw_tls_facts_get_trusted (facts));
      return;
    }

  g_test_message ("%s", error->message);
  g_assert_error (error, MW_PROBE_ERROR, outcome);
  g_assert_null (facts);
}

static void
serve_echo (MwFakeConnection *connection,
            gpointer          user_data)
{
  g_autofree char *line = NULL;

  if (!mw_fake_connection_start_tls (connection, user_data))
    return;
  while ((line = mw_fake_connection_receive_line (connection)) != NULL)
    {
      g_autofree char *answer = g_strconcat (line, "\r\n", NULL);

      mw_fake_connection_send (connection, answer, -1);
      g_clear_pointer (&line, g_free);
    }
}

static void
serve_tls (MwFakeConnection *connection,
           gpointer          user_data)
{
  if (mw_fake_connection_start_tls (connection, user_data))
    mw_fake_connection_stay_silent (connection);
}

static void
serve_silence (MwFakeConnection *connection,
               gpointer          user_data)
{
  mw_fake_connection_stay_silent (connection);
}

static void
serve_imap_in_clear (MwFakeConnection *connection,
                     gpointer          user_data)
{
  mw_fake_connection_send (connection, "* OK ready\r\n", -1);
  mw_fake_connection_stay_silent (connection);
}

static void
serve_smtp_in_clear (MwFakeConnection *connection,
                     gpointer          user_data)
{
  mw_fake_connection_send (connection, "220 mx.example.test ESMTP\r\n", -1);
  mw_fake_connection_stay_silent (connection);
}

static void
serve_pop3_in_clear (MwFakeConnection *connection,
                     gpointer          user_data)
{
  mw_fake_connection_send (connection, "+OK ready\r\n", -1);
  mw_fake_connection_stay_silent (connection);
}

static void
serve_http (MwFakeConnection *connection,
            gpointer          user_data)
{
  for (int i = 0; i < 64; i++)
    mw_fake_connection_receive_byte (connection);
  mw_fake_connection_send (connection, "HTTP/1.1 400 Bad Request\r\n\r\n", -1);
  mw_fake_connection_stay_silent (connection);
}

static void
serve_ssh (MwFakeConnection *connection,
           gpointer          user_data)
{
  mw_fake_connection_send (connection, "SSH-2.0-OpenSSH_9.2p1\r\n", -1);
  mw_fake_connection_stay_silent (connection);
}

static void
serve_alert (MwFakeConnection *connection,
             gpointer          user_data)
{
  static const char unrecognized_name[] = "\x15\x03\x03\x00\x02\x02\x70";

  mw_fake_connection_receive_byte (connection);
  mw_fake_connection_send (connection, unrecognized_name, sizeof unrecognized_name - 1);
  mw_fake_connection_stay_silent (connection);
}

/* Half of a ServerHello, and then the end. */
static void
serve_half (MwFakeConnection *connection,
            gpointer          user_data)
{
  static const char record[] = "\x16\x03\x03\x00\x7a\x02\x00\x00\x76\x03\x03";

  mw_fake_connection_receive_byte (connection);
  mw_fake_connection_send (connection, record, sizeof record - 1);
  mw_fake_connection_reset (connection);
}

static void
serve_reset (MwFakeConnection *connection,
             gpointer          user_data)
{
  mw_fake_connection_receive_byte (connection);
  mw_fake_connection_reset (connection);
}

static void
serve_end (MwFakeConnection *connection,
           gpointer          user_data)
{
  for (int i = 0; i < 64; i++)
    mw_fake_connection_receive_byte (connection);
}

static void
serve_garbage (MwFakeConnection *connection,
               gpointer          user_data)
{
  static const char record[] = "\x16\x03\x03\x00\x05\x63\x00\x00\x01\x00";

  mw_fake_connection_send (connection, record, sizeof record - 1);
  mw_fake_connection_stay_silent (connection);
}

static void
serve_much (MwFakeConnection *connection,
            gpointer          user_data)
{
  g_autofree char *data = g_strnfill (MUCH, 'm');

  if (mw_fake_connection_start_tls (connection, user_data))
    mw_fake_connection_send (connection, data, MUCH);
}

/* Reads what the client sends, slowly at first, and says how much it was. */
static void
serve_count (MwFakeConnection *connection,
             gpointer          user_data)
{
  guint64 count = 0;
  int byte;
  g_autofree char *answer = NULL;

  if (!mw_fake_connection_start_tls (connection, user_data))
    return;
  g_usleep (100 * 1000);
  while ((byte = mw_fake_connection_receive_byte (connection)) == 'm')
    count++;
  answer = g_strdup_printf ("%" G_GUINT64_FORMAT, count);
  mw_fake_connection_send (connection, answer, -1);
  mw_fake_connection_stay_silent (connection);
}

typedef struct {
  const char       *name;
  const char       *priority;
  gboolean          client_certificate;
  MwFakeServerFunc  func;
  MwOutcome         outcome;
} Case;

static const Case cases[] = {
  { "tls-1.3", NULL, FALSE, serve_tls, MW_OUTCOME_WORKS },
  { "tls-1.2", TLS12, FALSE, serve_tls, MW_OUTCOME_WORKS },
  { "tls-1.1", TLS11, FALSE, serve_tls, MW_OUTCOME_TLS_TOO_OLD },
  { "imap-in-clear", NULL, FALSE, serve_imap_in_clear, MW_OUTCOME_WRONG_TLS_MODE },
  { "smtp-in-clear", NULL, FALSE, serve_smtp_in_clear, MW_OUTCOME_WRONG_TLS_MODE },
  { "pop3-in-clear", NULL, FALSE, serve_pop3_in_clear, MW_OUTCOME_WRONG_TLS_MODE },
  { "http", NULL, FALSE, serve_http, MW_OUTCOME_NOT_MAIL_SERVER },
  { "ssh", NULL, FALSE, serve_ssh, MW_OUTCOME_NOT_MAIL_SERVER },
  { "alert", NULL, FALSE, serve_alert, MW_OUTCOME_TLS_FAILED },
  { "reset", NULL, FALSE, serve_reset, MW_OUTCOME_DISCONNECTED },
  { "reset-inside", NULL, FALSE, serve_half, MW_OUTCOME_DISCONNECTED },
  { "end", NULL, FALSE, serve_end, MW_OUTCOME_DISCONNECTED },
  { "garbage", NULL, FALSE, serve_garbage, MW_OUTCOME_TLS_FAILED },
  { "client-certificate-1.2", TLS12, TRUE, serve_tls, MW_OUTCOME_CLIENT_CERTIFICATE },
};

static void
test_handshake (gconstpointer data)
{
  const Case *c = data;
  Fixture fixture;

  set_up (&fixture, c->priority, c->client_certificate, c->func);
  assert_handshake (&fixture, c->outcome);
  tear_down (&fixture);
}

/* With TLS 1.3 the client is done before the server can refuse. */
static void
test_client_certificate (void)
{
  Fixture fixture;
  g_autoptr(GError) error = NULL;
  char byte;

  set_up (&fixture, NULL, TRUE, serve_tls);
  assert_handshake (&fixture, MW_OUTCOME_WORKS);
  g_assert_cmpint (client_read (fixture.transport, &byte, 1, LONG_MS, NULL, &error), ==, -1);
  g_assert_error (error, MW_PROBE_ERROR, MW_OUTCOME_CLIENT_CERTIFICATE);
  tear_down (&fixture);
}

static void
test_handshake_timeout (void)
{
  Fixture fixture;
  g_autoptr(GError) error = NULL;
  gint64 start;

  set_up (&fixture, NULL, FALSE, serve_silence);
  start = g_get_monotonic_time ();
  g_assert_false (client_handshake (fixture.transport, credentials, HOST, NULL, SHORT_MS, NULL,
                                    NULL, &error));
  g_assert_error (error, MW_PROBE_ERROR, MW_OUTCOME_TIMEOUT);
  g_assert_cmpint (g_get_monotonic_time () - start, >=, SHORT_MS * 1000);
  g_clear_error (&error);
  g_assert_false (client_write (fixture.transport, "x", 1, LONG_MS, NULL, &error));
  g_assert_error (error, MW_PROBE_ERROR, MW_OUTCOME_TLS_FAILED);
  tear_down (&fixture);
}

static void
test_handshake_cancelled (void)
{
  g_autoptr(GCancellable) early = g_cancellable_new ();
  g_autoptr(GCancellable) late = g_cancellable_new ();
  GCancellable *cancellables[] = { early, late };

  g_cancellable_cancel (early);
  client_cancel_in (50, late);
  for (gsize i = 0; i < G_N_ELEMENTS (cancellables); i++)
    {
      Fixture fixture;
      g_autoptr(GError) error = NULL;

      set_up (&fixture, NULL, FALSE, serve_silence);
      g_assert_false (client_handshake (fixture.transport, credentials, HOST, NULL, LONG_MS,
                                        cancellables[i], NULL, &error));
      g_assert_error (error, MW_PROBE_ERROR, MW_OUTCOME_CANCELLED);
      tear_down (&fixture);
    }
}

static void
test_echo (void)
{
  const char *text = "zażółć \"gęślą\" \\jaźń 1\r\n";
  Fixture fixture;
  g_autoptr(GError) error = NULL;
  char buffer[256];
  gsize size = 0;

  set_up (&fixture, NULL, FALSE, serve_echo);
  mw_transport_set_quick_ack (fixture.transport, TRUE);
  assert_handshake (&fixture, MW_OUTCOME_WORKS);

  for (int i = 0; i < 20; i++)
    {
      size = 0;
      g_assert_true (client_write (fixture.transport, text, strlen (text), LONG_MS, NULL, &error));
      g_assert_no_error (error);
      /* One byte at a time leaves the rest of the record inside GnuTLS. */
      while (size < strlen (text))
        {
          gssize got = client_read (fixture.transport, buffer + size, 1, LONG_MS, NULL, &error);

          g_assert_no_error (error);
          g_assert_cmpint (got, ==, 1);
          size += got;
        }
      g_assert_cmpmem (buffer, size, text, strlen (text));
    }

  tear_down (&fixture);
}

static void
test_read_much (void)
{
  Fixture fixture;
  g_autofree char *buffer = g_malloc (65536);
  g_autoptr(GError) error = NULL;
  gsize total = 0;
  gssize size;

  set_up (&fixture, NULL, FALSE, serve_much);
  assert_handshake (&fixture, MW_OUTCOME_WORKS);
  while ((size = client_read (fixture.transport, buffer, 65536, LONG_MS, NULL, &error)) > 0)
    total += size;
  g_assert_no_error (error);
  g_assert_cmpuint (total, ==, MUCH);
  tear_down (&fixture);
}

static void
test_write_much (void)
{
  Fixture fixture;
  g_autofree char *data = g_strnfill (MUCH, 'm');
  g_autofree char *wanted = g_strdup_printf ("%d", MUCH - 1);
  g_autoptr(GError) error = NULL;
  char buffer[64] = "";

  data[MUCH - 1] = '\n';
  set_up (&fixture, NULL, FALSE, serve_count);
  assert_handshake (&fixture, MW_OUTCOME_WORKS);
  g_assert_true (client_write (fixture.transport, data, MUCH, LONG_MS, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (client_read (fixture.transport, buffer, sizeof buffer - 1, LONG_MS, NULL, NULL),
                   >, 0);
  g_assert_cmpstr (buffer, ==, wanted);
  tear_down (&fixture);
}

/* The server reads nothing: buffers fill, and the deadline ends it. */
static void
test_write_timeout (void)
{
  Fixture fixture;
  g_autofree char *data = g_strnfill (4 * MUCH, 'm');
  g_autoptr(GError) error = NULL;

  set_up (&fixture, NULL, FALSE, serve_much);
  assert_handshake (&fixture, MW_OUTCOME_WORKS);
  g_assert_false (client_write (fixture.transport, data, 4 * MUCH, SHORT_MS, NULL, &error));
  g_assert_error (error, MW_PROBE_ERROR, MW_OUTCOME_TIMEOUT);
  tear_down (&fixture);
}

static void
test_read_timeout_and_cancel (void)
{
  Fixture fixture;
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GError) error = NULL;
  char byte;

  set_up (&fixture, NULL, FALSE, serve_echo);
  assert_handshake (&fixture, MW_OUTCOME_WORKS);

  g_assert_cmpint (client_read (fixture.transport, &byte, 1, SHORT_MS, NULL, &error), ==, -1);
  g_assert_error (error, MW_PROBE_ERROR, MW_OUTCOME_TIMEOUT);
  g_clear_error (&error);

  client_cancel_in (50, cancellable);
  g_assert_cmpint (client_read (fixture.transport, &byte, 1, LONG_MS, cancellable, &error), ==, -1);
  g_assert_error (error, MW_PROBE_ERROR, MW_OUTCOME_CANCELLED);
  g_clear_error (&error);

  /* Cancelled before it began: not one byte leaves. */
  g_assert_false (client_write (fixture.transport, "a\n", 2, LONG_MS, cancellable, &error));
  g_assert_error (error, MW_PROBE_ERROR, MW_OUTCOME_CANCELLED);
  g_clear_error (&error);

  g_assert_true (client_write (fixture.transport, "b\n", 2, LONG_MS, NULL, NULL));
  g_assert_cmpint (client_read (fixture.transport, &byte, 1, LONG_MS, NULL, NULL), ==, 1);
  g_assert_cmpint (byte, ==, 'b');
  tear_down (&fixture);
}

/* What is over leaves no timer behind that strikes later. */
static void
test_deadline_is_forgotten (void)
{
  Fixture fixture;
  g_autoptr(GError) error = NULL;
  char byte;

  set_up (&fixture, NULL, FALSE, serve_echo);
  assert_handshake (&fixture, MW_OUTCOME_WORKS);
  g_assert_true (client_write (fixture.transport, "a\n", 2, SHORT_MS, NULL, &error));
  g_assert_cmpint (client_read (fixture.transport, &byte, 1, SHORT_MS, NULL, &error), ==, 1);
  client_run (2 * SHORT_MS);
  g_assert_no_error (error);
  g_assert_cmpint (client_read (fixture.transport, &byte, 1, LONG_MS, NULL, &error), ==, 1);
  tear_down (&fixture);
}

static void
note_error_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  GError **error = user_data;

  g_assert_cmpint (mw_transport_read_finish (MW_TRANSPORT (object), result, error), ==, -1);
}

static void
test_close_while_reading (void)
{
  Fixture fixture;
  g_autoptr(GError) error = NULL;
  char byte;

  set_up (&fixture, NULL, FALSE, serve_echo);
  assert_handshake (&fixture, MW_OUTCOME_WORKS);
  mw_transport_read_async (fixture.transport, &byte, 1, LONG_MS, NULL, note_error_cb, &error);
  client_run (20);
  mw_transport_close (fixture.transport, NULL);
  g_assert_no_error (error);
  client_run (20);
  g_assert_error (error, MW_PROBE_ERROR, MW_OUTCOME_CANCELLED);
  g_clear_error (&error);

  g_assert_cmpint (client_read (fixture.transport, &byte, 1, LONG_MS, NULL, &error), ==, -1);
  g_assert_error (error, MW_PROBE_ERROR, MW_OUTCOME_DISCONNECTED);
  g_clear_error (&error);
  g_assert_false (client_handshake (fixture.transport, credentials, HOST, NULL, LONG_MS, NULL,
                                    NULL, &error));
  g_assert_error (error, MW_PROBE_ERROR, MW_OUTCOME_DISCONNECTED);
  tear_down (&fixture);
}

static int farewells;

static void
serve_farewell (MwFakeConnection *connection,
                gpointer          user_data)
{
  g_autofree char *line = NULL;

  if (!mw_fake_connection_start_tls (connection, user_data))
    return;
  line = mw_fake_connection_receive_line (connection);
  if (g_strcmp0 (line, "a9 LOGOUT") == 0)
    g_atomic_int_inc (&farewells);
}

static void
test_farewell (void)
{
  Fixture fixture;
  g_autoptr(GBytes) farewell = g_bytes_new_static ("a9 LOGOUT\r\n", 11);

  set_up (&fixture, NULL, FALSE, serve_farewell);
  assert_handshake (&fixture, MW_OUTCOME_WORKS);
  mw_transport_close (fixture.transport, farewell);
  for (int i = 0; i < 500 && g_atomic_int_get (&farewells) == 0; i++)
    g_usleep (10 * 1000);
  g_assert_cmpint (g_atomic_int_get (&farewells), ==, 1);
  tear_down (&fixture);
}

static void
test_local_address (void)
{
  Fixture fixture;
  g_autofree char *address = NULL;

  set_up (&fixture, NULL, FALSE, serve_silence);
  address = mw_transport_get_local_address (fixture.transport);
  g_assert_cmpstr (address, ==, "127.0.0.1");
  tear_down (&fixture);
}

/* A system priority file that allows more must not be heard; the test is also
 * run with such a file (meson.build). */
static void
make_credentials (void)
{
  MwTestCertificateSpec ca_spec = { .common_name = "Test authority", .is_ca = TRUE };
  MwTestCertificateSpec spec = { .names = { HOST } };
  g_autoptr(MwTestCertificate) ca = mw_test_certificate_new (&ca_spec, NULL);
  g_autofree char *path = mw_test_certificate_write (ca);

  leaf = mw_test_certificate_new (&spec, ca);
  credentials = mw_tls_credentials_new ();
  g_assert_true (mw_tls_credentials_add_ca_file (credentials, path, NULL));
  g_unlink (path);
}

int
main (int   argc,
      char *argv[])
{
  int result;

  g_test_init (&argc, &argv, NULL);
  make_credentials ();

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/transport/handshake/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_handshake);
    }
  g_test_add_func ("/transport/handshake/client-certificate-1.3", test_client_certificate);
  g_test_add_func ("/transport/handshake/timeout", test_handshake_timeout);
  g_test_add_func ("/transport/handshake/cancelled", test_handshake_cancelled);
  g_test_add_func ("/transport/echo", test_echo);
  g_test_add_func ("/transport/read-much", test_read_much);
  g_test_add_func ("/transport/write-much", test_write_much);
  g_test_add_func ("/transport/write-timeout", test_write_timeout);
  g_test_add_func ("/transport/read-timeout-and-cancel", test_read_timeout_and_cancel);
  g_test_add_func ("/transport/deadline-is-forgotten", test_deadline_is_forgotten);
  g_test_add_func ("/transport/close-while-reading", test_close_while_reading);
  g_test_add_func ("/transport/farewell", test_farewell);
  g_test_add_func ("/transport/local-address", test_local_address);
  result = g_test_run ();

  g_assert_finalize_object (credentials);
  mw_test_certificate_free (leaf);
  return result;
}
