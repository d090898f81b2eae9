/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include <glib/gstdio.h>
#include <gsasl.h>
#include <string.h>

#include "core/mw-credentials.h"
#include "fake-resolver.h"
#include "fake-server.h"
#include "probe/mw-probe.h"
#include "release.h"

/* Log-ins at servers that follow no script: SCRAM and CRAM-MD5 need one that
 * computes, and STARTTLS one that sends its answer in any two pieces. */

#define HOST "mail.example.test"
#define ADDRESS "jan@example.test"
#define PASSWORD "zażółć \"gęślą\" \\jaźń 1"
#define NOTICE_MS 50

typedef enum {
  PLAYS_FAIR,
  WRONG_SIGNATURE,          /* one that nobody made */
  NO_SIGNATURE,             /* says yes as soon as it has the proof */
  SIGNATURE_IN_YES,
  ECHOES,                   /* says no, and what it was sent */
  HOLDS_BACK,               /* waits to be told before it says no */
} Manner;

typedef enum {
  BEFORE,
  CHALLENGED,               /* the client has to compute now */
  ANSWERED,
} Phase;

typedef struct {
  MwProtocol   protocol;
  const char  *mechanism;
  const char  *iterations;
  Manner       manner;

  char        *tag;
  char        *challenge;   /* what the server said first, in base64 */
  char        *answer;      /* and what the client proved the password with */
  int          phase;       /* atomic, a Phase */
  int          presented;   /* atomic */
  int          may_go_on;   /* atomic */
} Play;

typedef struct {
  MwFakeServer    *server;
  MwResolver      *resolver;
  MwProbe         *probe;
  MwEndpoint      *endpoint;
  MwAttemptBudget *budget;
} Fixture;

static MwTestCertificate *good;
static MwFakeTls *server_tls;
static MwTlsCredentials *tls;
static MwFakeResolver *dns;

static int
server_callback (Gsasl          *context,
                 Gsasl_session  *session,
                 Gsasl_property  property)
{
  Play *play = gsasl_callback_hook_get (context);

  if (property == GSASL_PASSWORD)
    return gsasl_property_set (session, property, PASSWORD);
  if (property == GSASL_SCRAM_ITER)
    return gsasl_property_set (session, property, play->iterations);

  return GSASL_NO_CALLBACK;
}

static gboolean G_GNUC_PRINTF (2, 3)
say (MwFakeConnection *connection,
     const char       *format,
     ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  return mw_fake_connection_send (connection, text, -1);
}

static void
finish_play (Play             *play,
             MwFakeConnection *connection,
             gboolean          yes,
             const char       *words)
{
  static const char * const answers[][2] = {
    [MW_PROTOCOL_IMAP] = { "%s NO [AUTHENTICATIONFAILED] %s\r\n", "%s OK %s\r\n" },
    [MW_PROTOCOL_POP3] = { "-ERR [AUTH] %.0s%s\r\n", "+OK %.0s%s\r\n" },
    [MW_PROTOCOL_SMTP] = { "535 5.7.8 %.0s%s\r\n", "235 %.0s%s\r\n" },
  };

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  say (connection, answers[play->protocol][yes], play->tag != NULL ? play->tag : "", words);
#pragma GCC diagnostic pop
  mw_fake_connection_stay_silent (connection);
}

/* Until the client has named its mechanism; the initial response, if any. */
static char *
receive_auth (Play             *play,
              MwFakeConnection *connection)
{
  g_autofree char *line = NULL;
  g_auto(GStrv) words = NULL;
  guint first = 1;

  switch (play->protocol)
    {
    case MW_PROTOCOL_IMAP:
      say (connection, "* OK [CAPABILITY IMAP4rev1 SASL-IR LOGINDISABLED AUTH=%s] ready\r\n",
           play->mechanism);
      first = 2;
      break;
    case MW_PROTOCOL_POP3:
      say (connection, "+OK ready\r\n");
      g_free (mw_fake_connection_receive_line (connection));
      say (connection, "+OK\r\nRESP-CODES\r\nSASL %s\r\n.\r\n", play->mechanism);
      break;
    case MW_PROTOCOL_SMTP:
    default:
      say (connection, "220 ready\r\n");
      g_free (mw_fake_connection_receive_line (connection));
      say (connection, "250-me\r\n250 AUTH %s\r\n", play->mechanism);
      break;
    }

  line = mw_fake_connection_receive_line (connection);
  if (line == NULL)
    return NULL;

  words = g_strsplit (line, " ", -1);
  play->tag = g_strdup (words[0]);
  g_assert_cmpuint (g_strv_length (words), >, first);
  g_assert_cmpstr (words[first], ==, play->mechanism);
  return g_strdup (words[first + 1] != NULL ? words[first + 1] : "");
}

/* Returns whether the exchange goes on. */
static gboolean
take_answer (Play             *play,
             MwFakeConnection *connection,
             int               rc,
             const char       *answer,
             char             *output)
{
  play->answer = g_strdup (answer);
  g_atomic_int_set (&play->phase, ANSWERED);
  g_atomic_int_inc (&play->presented);

  switch (play->manner)
    {
    case NO_SIGNATURE:
      finish_play (play, connection, TRUE, "welcome");
      return FALSE;
    case SIGNATURE_IN_YES:
      finish_play (play, connection, TRUE, output);
      return FALSE;
    case ECHOES:
      {
        gsize length;
        g_autofree guchar *decoded = g_base64_decode (answer, &length);
        g_autofree char *words = g_strdup_printf ("not %s, that is %.*s", answer, (int) length,
                                                  (char *) decoded);

        finish_play (play, connection, FALSE, words);
        return FALSE;
      }
    case HOLDS_BACK:
      while (!g_atomic_int_get (&play->may_go_on))
        g_usleep (1000);
      finish_play (play, connection, FALSE, "sorry");
      return FALSE;
    case WRONG_SIGNATURE:
      if (output != NULL && strlen (output) > 10)
        output[10] = output[10] == 'A' ? 'B' : 'A';
      break;
    case PLAYS_FAIR:
    default:
      break;
    }

  if (rc != GSASL_OK || output == NULL || *output == '\0')
    {
      finish_play (play, connection, rc == GSASL_OK, "that was it");
      return FALSE;
    }

  return TRUE;
}

static void
serve (MwFakeConnection *connection,
       gpointer          user_data)
{
  Play *play = user_data;
  const char *prefix = play->protocol == MW_PROTOCOL_SMTP ? "334" : "+";
  g_autofree char *line = NULL;
  Gsasl *context;
  Gsasl_session *session;
  gboolean open;

  open = mw_fake_connection_start_tls (connection, server_tls) &&
         (line = receive_auth (play, connection)) != NULL;
  g_assert_cmpint (gsasl_init (&context), ==, GSASL_OK);
  gsasl_callback_set (context, server_callback);
  gsasl_callback_hook_set (context, play);
  g_assert_cmpint (gsasl_server_start (context, play->mechanism, &session), ==, GSASL_OK);

  for (guint step = 0; open; step++)
    {
      gboolean is_proof = step == 1;
      char *output = NULL;
      int rc = gsasl_step64 (session, line, &output);

      open = !is_proof || take_answer (play, connection, rc, line, output);
      if (open && rc == GSASL_OK && !is_proof)
        {
          finish_play (play, connection, TRUE, "welcome");
          open = FALSE;
        }
      if (open)
        {
          say (connection, "%s %s\r\n", prefix, output);
          if (!is_proof)
            {
              play->challenge = g_strdup (output);
              g_atomic_int_set (&play->phase, CHALLENGED);
            }
          g_free (line);
          line = mw_fake_connection_receive_line (connection);
          open = line != NULL;
          if (open && is_proof && *line == '\0')
            {
              finish_play (play, connection, TRUE, "welcome");
              open = FALSE;
            }
        }
      gsasl_free (output);
    }

  gsasl_finish (session);
  gsasl_done (context);
}

static void
set_up (Fixture          *fixture,
        const char       *service,
        MwFakeServerFunc  func,
        gpointer          user_data)
{
  g_autoptr(MwAddress) address = mw_address_parse (ADDRESS, NULL);
  g_autoptr(MwCandidate) candidate = NULL;
  g_autofree char *text = NULL;
  MwDeadlines deadlines;

  fixture->server = mw_fake_server_new (func, user_data);
  text = g_strdup_printf ("%s:" HOST ":%u", service, mw_fake_server_get_port (fixture->server));
  fixture->endpoint = mw_endpoint_parse (text);
  candidate = mw_candidate_new (fixture->endpoint, MW_ORIGIN_MANUAL, MW_GRADE_U, NULL,
                                MW_AUTH_UNKNOWN, 0);
  mw_deadlines_init (&deadlines, 0);
  deadlines.notice_ms = NOTICE_MS;
  fixture->resolver = mw_resolver_new (5000);
  fixture->probe = mw_probe_new (candidate, address, fixture->resolver, tls, &deadlines, NULL,
                                 TRUE);
  fixture->budget = mw_attempt_budget_new ();
}

static void
tear_down (Fixture *fixture)
{
  release (fixture->probe);
  release (fixture->resolver);
  mw_fake_server_free (fixture->server);
  mw_endpoint_unref (fixture->endpoint);
  mw_attempt_budget_unref (fixture->budget);
}

static void
start (Fixture *fixture)
{
  mw_probe_start (fixture->probe);
  while (mw_probe_get_state (fixture->probe) < MW_PROBE_STATE_READY)
    g_main_context_iteration (NULL, TRUE);
  if (mw_probe_get_state (fixture->probe) == MW_PROBE_STATE_READY)
    {
      g_autoptr(MwSecret) secret = mw_secret_new (PASSWORD, -1);
      g_autoptr(MwCredentials) credentials = NULL;

      credentials = mw_credentials_new (fixture->endpoint, ADDRESS, secret);
      mw_probe_authenticate (fixture->probe, credentials, fixture->budget);
    }
}

/* The proof of the mailbox is another test's; the log-in is what counts. */
static MwVerdict *
run (Fixture *fixture)
{
  start (fixture);
  while (mw_probe_get_state (fixture->probe) < MW_PROBE_STATE_AUTHENTICATED)
    g_main_context_iteration (NULL, TRUE);
  return mw_probe_get_verdict (fixture->probe);
}

static void
play_clear (Play *play)
{
  g_clear_pointer (&play->tag, g_free);
  g_clear_pointer (&play->challenge, g_free);
  g_clear_pointer (&play->answer, g_free);
}

static void
assert_absent (MwVerdict  *verdict,
               const char *words)
{
  for (guint i = 0; i < mw_transcript_get_n_lines (verdict->transcript); i++)
    {
      g_autofree char *line = mw_transcript_dup_line (verdict->transcript, i,
                                                      MW_REDACTOR_HIDE_NOTHING);

      g_assert_null (strstr (line, words));
    }
  if (verdict->server_text != NULL)
    g_assert_null (strstr (verdict->server_text, words));
}

/* Challenge and answer together can be tried against passwords by anybody. */
static void
assert_nothing_kept (MwVerdict *verdict,
                     Play      *play)
{
  const char * const marks[] = { ",p=", " " };
  g_autofree guchar *decoded = NULL;
  g_autofree char *text = NULL;
  gsize length;

  if (play->challenge != NULL)
    assert_absent (verdict, play->challenge);
  if (play->answer == NULL)
    return;

  assert_absent (verdict, play->answer);
  decoded = g_base64_decode (play->answer, &length);
  text = g_strndup ((char *) decoded, length);
  for (gsize i = 0; i < G_N_ELEMENTS (marks); i++)
    {
      const char *mark = g_strrstr (text, marks[i]);

      if (mark != NULL)
        assert_absent (verdict, mark + strlen (marks[i]));
    }
}

typedef struct {
  const char *name;
  const char *mechanism;
  const char *iterations;
  Manner      manner;
  MwOutcome   outcome;      /* PENDING: the log-in was accepted */
  int         presented;
} Case;

static const Case cases[] = {
  { "scram-sha-256", "SCRAM-SHA-256", "4096", PLAYS_FAIR, MW_OUTCOME_PENDING, 1 },
  { "scram-sha-1", "SCRAM-SHA-1", "4096", PLAYS_FAIR, MW_OUTCOME_PENDING, 1 },
  { "scram-slow", "SCRAM-SHA-256", "60000", PLAYS_FAIR, MW_OUTCOME_PENDING, 1 },
  { "scram-low", "SCRAM-SHA-256", "4095", PLAYS_FAIR, MW_OUTCOME_PROTOCOL, 0 },
  { "scram-high", "SCRAM-SHA-1", "1000001", PLAYS_FAIR, MW_OUTCOME_PROTOCOL, 0 },
  { "scram-wrong-signature", "SCRAM-SHA-256", "4096", WRONG_SIGNATURE, MW_OUTCOME_PROTOCOL, 1 },
  { "scram-no-signature", "SCRAM-SHA-256", "4096", NO_SIGNATURE, MW_OUTCOME_PROTOCOL, 1 },
  { "scram-signature-in-yes", "SCRAM-SHA-256", "4096", SIGNATURE_IN_YES, MW_OUTCOME_PENDING, 1 },
  { "scram-echo", "SCRAM-SHA-256", "4096", ECHOES, MW_OUTCOME_BAD_CREDENTIALS, 1 },
  { "cram-md5", "CRAM-MD5", "", PLAYS_FAIR, MW_OUTCOME_PENDING, 1 },
  { "cram-echo", "CRAM-MD5", "", ECHOES, MW_OUTCOME_BAD_CREDENTIALS, 1 },
};

static const char * const services[] = { "imaps", "pop3s", "submissions" };

static void
test_case (gconstpointer data)
{
  const Case *c = data;

  for (gsize i = 0; i < G_N_ELEMENTS (services); i++)
    {
      Play play = {
        .protocol = (MwProtocol) i,
        .mechanism = c->mechanism,
        .iterations = c->iterations,
        .manner = c->manner,
      };
      Fixture fixture;
      g_autoptr(MwVerdict) verdict = NULL;

      set_up (&fixture, services[i], serve, &play);
      verdict = mw_verdict_ref (run (&fixture));
      g_test_message ("%s: %s: %s", services[i],
                      mw_enum_to_nick (MW_TYPE_OUTCOME, verdict->outcome), verdict->detail);
      g_assert_cmpint (verdict->outcome, ==, c->outcome);
      g_assert_cmpuint (verdict->presentations, ==, c->presented);
      g_assert_cmpstr (mw_enum_to_nick (MW_TYPE_AUTH_METHOD, verdict->auth), ==, c->mechanism);
      if (c->outcome != MW_OUTCOME_PENDING)
        g_assert_cmpint (verdict->stage, ==, MW_STAGE_AUTH);

      mw_probe_stop (fixture.probe, MW_OUTCOME_CANCELLED);
      tear_down (&fixture);
      g_assert_cmpint (play.presented, ==, c->presented);
      assert_nothing_kept (verdict, &play);
      play_clear (&play);
    }
}

typedef struct {
  Play  *play;
  guint  ticks;
} Clock;

static gboolean
tick_cb (gpointer user_data)
{
  Clock *clock = user_data;

  if (g_atomic_int_get (&clock->play->phase) == CHALLENGED)
    clock->ticks++;
  return G_SOURCE_CONTINUE;
}

/* While the key is computed, the main loop does other things. */
static void
test_slow_key (void)
{
  Play play = { .mechanism = "SCRAM-SHA-256", .iterations = "600000" };
  Clock clock = { &play, 0 };
  Fixture fixture;
  guint source;

  set_up (&fixture, "imaps", serve, &play);
  source = g_timeout_add (2, tick_cb, &clock);
  g_assert_cmpint (run (&fixture)->outcome, ==, MW_OUTCOME_PENDING);
  g_assert_cmpuint (clock.ticks, >, 5);

  g_source_remove (source);
  mw_probe_stop (fixture.probe, MW_OUTCOME_CANCELLED);
  tear_down (&fixture);
  play_clear (&play);
}

/* Stopped while the key is computed: over at once, and nothing holds on to the
 * probe or the password but the thread, for as long as it takes. */
static void
test_slow_key_stopped (void)
{
  Play play = { .mechanism = "SCRAM-SHA-256", .iterations = "1000000" };
  Fixture fixture;

  set_up (&fixture, "imaps", serve, &play);
  start (&fixture);
  while (g_atomic_int_get (&play.phase) != CHALLENGED)
    g_main_context_iteration (NULL, FALSE);
  for (guint i = 0; i < 50; i++)
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (1000);
    }

  g_assert_cmpint (mw_probe_get_state (fixture.probe), ==, MW_PROBE_STATE_LOGGING_IN);
  mw_probe_stop (fixture.probe, MW_OUTCOME_CANCELLED);
  g_assert_cmpint (mw_probe_get_verdict (fixture.probe)->outcome, ==, MW_OUTCOME_CANCELLED);
  g_assert_cmpuint (mw_probe_get_verdict (fixture.probe)->presentations, ==, 0);
  tear_down (&fixture);
  g_assert_cmpint (play.presented, ==, 0);
  play_clear (&play);
}

static void
changed_cb (MwProbe  *probe,
            gpointer  user_data)
{
  Play *play = user_data;

  /* Told of by a verdict that is never touched again. */
  if (mw_probe_get_verdict (probe)->is_waiting)
    g_atomic_int_set (&play->may_go_on, TRUE);
}

static void
test_waiting (void)
{
  Play play = { .mechanism = "CRAM-MD5", .manner = HOLDS_BACK };
  Fixture fixture;

  set_up (&fixture, "imaps", serve, &play);
  g_signal_connect (fixture.probe, "changed", G_CALLBACK (changed_cb), &play);
  g_assert_cmpint (run (&fixture)->outcome, ==, MW_OUTCOME_BAD_CREDENTIALS);
  g_assert_false (mw_probe_get_verdict (fixture.probe)->is_waiting);
  g_assert_true (g_atomic_int_get (&play.may_go_on));
  tear_down (&fixture);
  play_clear (&play);
}

/* A server that refuses every mechanism once it has the answer to it. */
static void
refuse_mechanisms (MwFakeConnection *connection,
                   gpointer          user_data)
{
  Play *play = user_data;
  gboolean open = mw_fake_connection_start_tls (connection, server_tls);

  if (open)
    say (connection, "220 ready\r\n");
  while (open)
    {
      g_autofree char *line = mw_fake_connection_receive_line (connection);

      if (line == NULL)
        return;
      if (g_str_has_prefix (line, "EHLO"))
        open = say (connection, "250-me\r\n250 AUTH PLAIN LOGIN CRAM-MD5\r\n");
      else if (g_str_equal (line, "AUTH LOGIN"))
        open = say (connection, "334 VXNlcm5hbWU6\r\n");
      else if (g_str_equal (line, "AUTH CRAM-MD5"))
        open = say (connection, "334 PDEyMy40NTZAZXhhbXBsZS50ZXN0Pg==\r\n");
      else if (strchr (line, ' ') == NULL && g_atomic_int_get (&play->presented) == 1 &&
               play->phase == BEFORE)
        {
          play->phase = CHALLENGED;
          open = say (connection, "334 UGFzc3dvcmQ6\r\n");
        }
      else
        {
          g_atomic_int_inc (&play->presented);
          open = say (connection, "504 5.5.4 Unrecognized authentication type\r\n");
        }
    }
}

/* Whatever the mechanisms, the password goes there twice and no more; and what
 * is said is what the server said, not that the budget is used up. */
static void
test_mechanisms_within_budget (void)
{
  Play play = { 0 };
  Fixture fixture;
  MwVerdict *verdict;

  set_up (&fixture, "submissions", refuse_mechanisms, &play);
  verdict = run (&fixture);
  g_assert_cmpint (verdict->outcome, ==, MW_OUTCOME_MECH_NONE);
  g_assert_cmpuint (verdict->presentations, ==, 2);
  g_assert_false (mw_attempt_budget_may_take (fixture.budget, MW_SIDE_OUTGOING));
  tear_down (&fixture);
  g_assert_cmpint (play.presented, ==, 2);
}

/* The answer to STARTTLS, and more, in two pieces. */
typedef struct {
  const char *service;
  const char *greeting;
  const char *offer;        /* NULL when the greeting has it */
  const char *answer;
  const char *injected;
  gsize       split;
  int         heard_more;   /* atomic */
} Injection;

static void
inject (MwFakeConnection *connection,
        gpointer          user_data)
{
  Injection *play = user_data;
  g_autofree char *both = g_strconcat (play->answer, play->injected, NULL);

  mw_fake_connection_send (connection, play->greeting, -1);
  g_free (mw_fake_connection_receive_line (connection));
  if (play->offer != NULL)
    {
      mw_fake_connection_send (connection, play->offer, -1);
      g_free (mw_fake_connection_receive_line (connection));
    }

  mw_fake_connection_send (connection, both, play->split);
  g_usleep (3000);
  mw_fake_connection_send (connection, both + play->split, -1);

  /* A handshake may have been on its way; a line of text never. */
  for (int byte; (byte = mw_fake_connection_receive_byte (connection)) >= 0;)
    {
      if (byte == '\n' && !g_atomic_int_get (&play->heard_more))
        g_atomic_int_set (&play->heard_more, 1);
    }
}

static void
test_starttls_split (gconstpointer data)
{
  const Injection *injection = data;
  gsize answer = strlen (injection->answer);

  for (gsize split = 1; split < answer + strlen (injection->injected); split++)
    {
      Injection play = *injection;
      Fixture fixture;
      MwVerdict *verdict;

      play.split = split;
      set_up (&fixture, play.service, inject, &play);
      verdict = run (&fixture);

      /* Between the two, the rest comes in the middle of the handshake. */
      g_test_message ("%u: %s", (guint) split,
                      mw_enum_to_nick (MW_TYPE_OUTCOME, verdict->outcome));
      if (split != answer)
        g_assert_cmpint (verdict->outcome, ==, MW_OUTCOME_STARTTLS_INJECTED);
      g_assert_cmpint (mw_probe_get_state (fixture.probe), ==, MW_PROBE_STATE_FINISHED);
      g_assert_cmpint (verdict->outcome, !=, MW_OUTCOME_WORKS);
      g_assert_cmpint (verdict->stage, <, MW_STAGE_AUTH);
      g_assert_cmpuint (verdict->presentations, ==, 0);
      g_assert_null (verdict->auth_offered);
      tear_down (&fixture);
      if (split != answer)
        g_assert_cmpint (play.heard_more, ==, 0);
    }
}

static const Injection injections[] = {
  { "imap", "* OK [CAPABILITY IMAP4rev1 STARTTLS] ready\r\n", NULL, "a1 OK go\r\n",
    "* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\n" },
  { "pop3", "+OK\r\n", "+OK\r\nSTLS\r\n.\r\n", "+OK go\r\n", "+OK\r\nSASL PLAIN\r\n.\r\n" },
  { "submission", "220 me\r\n", "250-me\r\n250 STARTTLS\r\n", "220 go\r\n",
    "250-me\r\n250 AUTH PLAIN\r\n" },
};

static void
make_certificates (void)
{
  MwTestCertificateSpec ca_spec = { .common_name = "Test authority", .is_ca = TRUE };
  MwTestCertificateSpec good_spec = { .names = { HOST } };
  g_autoptr(MwTestCertificate) ca = mw_test_certificate_new (&ca_spec, NULL);
  g_autofree char *path = mw_test_certificate_write (ca);

  good = mw_test_certificate_new (&good_spec, ca);
  server_tls = mw_fake_tls_new (good, NULL, NULL, FALSE);
  tls = mw_tls_credentials_new ();
  g_assert_true (mw_tls_credentials_add_ca_file (tls, path, NULL));
  g_unlink (path);
}

int
main (int   argc,
      char *argv[])
{
  int result;

  g_test_init (&argc, &argv, NULL);
  make_certificates ();
  dns = mw_fake_resolver_new ();
  mw_fake_resolver_add_address (dns, HOST ".", "127.0.0.1");
  g_resolver_set_default (G_RESOLVER (dns));

  g_test_add_func ("/log-in/slow-key-stopped", test_slow_key_stopped);
  g_test_add_func ("/log-in/slow-key", test_slow_key);
  g_test_add_func ("/log-in/waiting", test_waiting);
  g_test_add_func ("/log-in/mechanisms-within-budget", test_mechanisms_within_budget);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/log-in/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (injections); i++)
    {
      g_autofree char *path = g_strconcat ("/log-in/starttls-split/", injections[i].service, NULL);

      g_test_add_data_func (path, &injections[i], test_starttls_split);
    }
  result = g_test_run ();

  release (tls);
  mw_fake_tls_free (server_tls);
  mw_test_certificate_free (good);
  g_object_unref (dns);
  return result;
}
