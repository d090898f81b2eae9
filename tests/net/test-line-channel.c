/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include <string.h>

#include "client.h"
#include "core/mw-error.h"
#include "fake-server.h"

#define LONG_MS 20000
#define MAX_LINE 8192
#define MAX_LINES 256
#define MAX_BYTES (64 * 1024)

#define PASSWORD "zażółć \"gęślą\" \\jaźń 1"

typedef struct {
  GBytes        *greeting; /* what the server says first */
  MwFakeServer  *server;
  MwTranscript  *transcript;
  MwLineChannel *channel;
} Fixture;

/* Says the greeting, then answers every line with "ok". */
static void
serve_greeting (MwFakeConnection *connection,
                gpointer          user_data)
{
  GBytes *greeting = user_data;
  g_autofree char *line = NULL;
  gsize size;
  const char *data = g_bytes_get_data (greeting, &size);

  mw_fake_connection_send (connection, data, size);
  while ((line = mw_fake_connection_receive_line (connection)) != NULL)
    {
      mw_fake_connection_send (connection, "ok\r\n", -1);
      if (g_str_equal (line, "BYE"))
        return;
      g_clear_pointer (&line, g_free);
    }
}

static void
serve_drops (MwFakeConnection *connection,
             gpointer          user_data)
{
  while (mw_fake_connection_send (connection, "x", 1))
    g_usleep (20 * 1000);
}

static void
set_up (Fixture          *fixture,
        MwFakeServerFunc  func,
        const char       *greeting,
        gssize            size)
{
  g_autoptr(MwTransport) transport = NULL;
  g_autoptr(MwRedactor) redactor = mw_redactor_new ();

  fixture->greeting = g_bytes_new (greeting, size < 0 ? (gssize) strlen (greeting) : size);
  fixture->server = mw_fake_server_new (func, fixture->greeting);
  fixture->transcript = mw_transcript_new (1000, redactor);
  transport = client_connect (mw_fake_server_get_port (fixture->server));
  fixture->channel = mw_line_channel_new (transport, fixture->transcript);
}

static void
tear_down (Fixture *fixture)
{
  mw_transport_close (mw_line_channel_get_transport (fixture->channel), NULL);
  g_assert_finalize_object (fixture->channel);
  mw_transcript_unref (fixture->transcript);
  mw_fake_server_free (fixture->server);
  g_bytes_unref (fixture->greeting);
}

static void
assert_line (Fixture    *fixture,
             const char *wanted)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *line = client_read_line (fixture->channel, LONG_MS, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (line, ==, wanted);
}

static void
assert_error (Fixture   *fixture,
              guint      timeout_ms,
              MwOutcome  outcome)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *line = client_read_line (fixture->channel, timeout_ms, NULL, &error);

  g_assert_null (line);
  g_assert_error (error, MW_PROBE_ERROR, outcome);
}

static void
assert_write (Fixture    *fixture,
              const char *line,
              gboolean    sensitive)
{
  g_autoptr(GError) error = NULL;

  g_assert_true (client_write_line (fixture->channel, line, sensitive, &error));
  g_assert_no_error (error);
}

static void
test_lines (void)
{
  Fixture fixture;

  set_up (&fixture, serve_greeting, "one\r\ntwo\nthree\r\r\n\r\n", -1);
  assert_line (&fixture, "one\r\n");
  g_assert_false (mw_line_channel_is_empty (fixture.channel));
  assert_line (&fixture, "two\n");
  assert_line (&fixture, "three\r\r\n");
  assert_line (&fixture, "\r\n");
  g_assert_true (mw_line_channel_is_empty (fixture.channel));
  assert_write (&fixture, "BYE\r\n", FALSE);
  assert_line (&fixture, "ok\r\n");
  assert_error (&fixture, LONG_MS, MW_OUTCOME_DISCONNECTED);
  tear_down (&fixture);
}

static void
test_half_line (void)
{
  Fixture fixture;

  set_up (&fixture, serve_greeting, "one\r\nhalf", -1);
  assert_line (&fixture, "one\r\n");
  g_assert_cmpint (client_write_line (fixture.channel, "BYE\r\n", FALSE, NULL), ==, TRUE);
  assert_line (&fixture, "halfok\r\n");
  assert_error (&fixture, LONG_MS, MW_OUTCOME_DISCONNECTED);
  tear_down (&fixture);
}

/* A cap holds on both sides of its border, and it stays broken. */
static void
test_line_length (void)
{
  for (int over = 0; over <= 1; over++)
    {
      g_autofree char *line = g_strnfill (MAX_LINE + over, 'x');
      Fixture fixture;

      line[MAX_LINE + over - 1] = '\n';
      set_up (&fixture, serve_greeting, line, -1);
      if (over == 0)
        {
          assert_line (&fixture, line);
        }
      else
        {
          assert_error (&fixture, LONG_MS, MW_OUTCOME_PROTOCOL);
          assert_error (&fixture, LONG_MS, MW_OUTCOME_PROTOCOL);
          g_assert_false (client_write_line (fixture.channel, "x\r\n", FALSE, NULL));
        }
      tear_down (&fixture);
    }
}

static void
test_endless_line (void)
{
  g_autofree char *line = g_strnfill (1024 * 1024, 'x');
  Fixture fixture;

  set_up (&fixture, serve_greeting, line, -1);
  assert_error (&fixture, LONG_MS, MW_OUTCOME_PROTOCOL);
  tear_down (&fixture);
}

static void
test_line_count (void)
{
  g_autoptr(GString) greeting = g_string_new (NULL);
  Fixture fixture;

  for (int i = 0; i < 2 * MAX_LINES + 1; i++)
    g_string_append_printf (greeting, "%d\n", i);
  set_up (&fixture, serve_greeting, greeting->str, -1);

  for (int i = 0; i < 2 * MAX_LINES; i++)
    {
      g_autofree char *wanted = g_strdup_printf ("%d\n", i);

      assert_line (&fixture, wanted);
      if (i == MAX_LINES - 1)
        assert_write (&fixture, "more\r\n", FALSE);
    }
  assert_error (&fixture, LONG_MS, MW_OUTCOME_PROTOCOL);
  tear_down (&fixture);
}

static void
test_byte_count (void)
{
  g_autofree char *line = g_strnfill (1024, 'x');
  g_autoptr(GString) greeting = g_string_new (NULL);
  Fixture fixture;

  line[1023] = '\n';
  for (int i = 0; i < MAX_BYTES / 1024 + 1; i++)
    g_string_append (greeting, line);
  set_up (&fixture, serve_greeting, greeting->str, -1);
  for (int i = 0; i < MAX_BYTES / 1024; i++)
    assert_line (&fixture, line);
  assert_error (&fixture, LONG_MS, MW_OUTCOME_PROTOCOL);
  tear_down (&fixture);
}

static void
test_nul (void)
{
  static const char greeting[] = "fine\r\n* OK a\0b\r\n";
  Fixture fixture;

  set_up (&fixture, serve_greeting, greeting, sizeof greeting - 1);
  assert_line (&fixture, "fine\r\n");
  assert_error (&fixture, LONG_MS, MW_OUTCOME_PROTOCOL);
  tear_down (&fixture);
}

static void
serve_injection (MwFakeConnection *connection,
                 gpointer          user_data)
{
  GBytes *answer = user_data;
  g_autofree char *line = NULL;
  gsize size;
  const char *data = g_bytes_get_data (answer, &size);
  const char *cut = memchr (data, '|', size);

  line = mw_fake_connection_receive_line (connection);
  if (cut == NULL)
    {
      mw_fake_connection_send (connection, data, size);
    }
  else
    {
      mw_fake_connection_send (connection, data, cut - data);
      g_usleep (30 * 1000);
      mw_fake_connection_send (connection, cut + 1, data + size - cut - 1);
    }
  mw_fake_connection_stay_silent (connection);
}

/* CVE-2011-0411: what comes behind the reply, in the same segment or the
 * next, was not sent under TLS. */
static void
test_injection (void)
{
  static const struct {
    const char *answer;
    gboolean    empty;
  } table[] = {
    { "220 go ahead\r\n", TRUE },
    { "220 go ahead\r\n250 fine\r\n", FALSE },
    { "220 go ahead\r\n250", FALSE },
    { "220 go ahead\r\n|250 fine\r\n", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      Fixture fixture;

      set_up (&fixture, serve_injection, table[i].answer, -1);
      assert_write (&fixture, "STARTTLS\r\n", FALSE);
      assert_line (&fixture, "220 go ahead\r\n");
      client_run (80);
      g_assert_cmpint (mw_line_channel_is_empty (fixture.channel), ==, table[i].empty);
      tear_down (&fixture);
    }
}

/* Each drop comes in time, the line does not. */
static void
test_slow_line (void)
{
  Fixture fixture;
  gint64 start = g_get_monotonic_time ();

  set_up (&fixture, serve_drops, "", 0);
  assert_error (&fixture, 300, MW_OUTCOME_TIMEOUT);
  g_assert_cmpint (g_get_monotonic_time () - start, >=, 299 * 1000);
  g_assert_cmpint (g_get_monotonic_time () - start, <, 10 * G_USEC_PER_SEC);
  tear_down (&fixture);
}

static void
test_cancelled (void)
{
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GError) error = NULL;
  Fixture fixture;

  set_up (&fixture, serve_greeting, "half", -1);
  client_cancel_in (50, cancellable);
  g_assert_null (client_read_line (fixture.channel, LONG_MS, cancellable, &error));
  g_assert_error (error, MW_PROBE_ERROR, MW_OUTCOME_CANCELLED);
  tear_down (&fixture);
}

static void
test_transcript (void)
{
  static const char * const lines[] = {
    "S: +OK ready", "C: USER jan", "C: CAPA", "S: ok", "S: ok", "C: PASS ••••", "S: ok",
  };
  Fixture fixture;

  set_up (&fixture, serve_greeting, "+OK ready\r\n", -1);
  assert_line (&fixture, "+OK ready\r\n");
  assert_write (&fixture, "USER jan\r\nCAPA\r\n", FALSE);
  assert_line (&fixture, "ok\r\n");
  assert_line (&fixture, "ok\r\n");
  assert_write (&fixture, "PASS " PASSWORD "\r\n", TRUE);
  assert_line (&fixture, "ok\r\n");

  g_assert_cmpuint (mw_transcript_get_n_lines (fixture.transcript), ==, G_N_ELEMENTS (lines));
  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autofree char *line = mw_transcript_dup_line (fixture.transcript, i,
                                                      MW_REDACTOR_HIDE_NOTHING);

      g_assert_cmpstr (line, ==, lines[i]);
    }
  tear_down (&fixture);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/line-channel/lines", test_lines);
  g_test_add_func ("/line-channel/half-line", test_half_line);
  g_test_add_func ("/line-channel/line-length", test_line_length);
  g_test_add_func ("/line-channel/endless-line", test_endless_line);
  g_test_add_func ("/line-channel/line-count", test_line_count);
  g_test_add_func ("/line-channel/byte-count", test_byte_count);
  g_test_add_func ("/line-channel/nul", test_nul);
  g_test_add_func ("/line-channel/injection", test_injection);
  g_test_add_func ("/line-channel/slow-line", test_slow_line);
  g_test_add_func ("/line-channel/cancelled", test_cancelled);
  g_test_add_func ("/line-channel/transcript", test_transcript);
  return g_test_run ();
}
