/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "core/mw-credentials.h"
#include "fake-resolver.h"
#include "probe/mw-probe.h"
#include "release.h"
#include "scripted-server.h"

#define HOST "mail.example.test"
#define ADDRESS "jan@example.test"
#define PASSWORD "zażółć \"gęślą\" \\jaźń 1"
#define SHORT_MS 300
#define MAX_SCRIPT 40

/* What a real server would say. */
#define IMAP_READY "T:", "S: * OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN] ready"
#define IMAP_PROOF_ONLY "S: $T OK done", "C: * EXAMINE INBOX", "S: $T OK [READ-ONLY] done", \
                        "C: * LIST *"
#define IMAP_PROOF IMAP_PROOF_ONLY, "S: $T OK done"
#define POP3_LIST "C: CAPA", "S: +OK\r\nUSER\r\nRESP-CODES\r\nSASL PLAIN\r\n."
#define POP3_READY "T:", "S: +OK ready", POP3_LIST
#define SMTP_LIST "C: EHLO *", "S: 250-" HOST "\r\n250-PIPELINING\r\n250 AUTH PLAIN"
#define SMTP_READY "T:", "S: 220 " HOST " ESMTP", SMTP_LIST
#define SMTP_PROOF "S: 235 2.7.0 yes", "C: MAIL *", "C: RCPT *", "C: RSET", \
                   "S: 250 2.1.0 ok\r\n250 2.1.5 ok\r\n250 2.0.0 ok"

static MwTestCertificate *good;
static MwTestCertificate *misnamed;
static MwTlsCredentials *tls;
static MwFakeResolver *dns;

typedef struct {
  ScriptedServer  *server;
  MwResolver      *resolver;
  MwProbe         *probe;
  MwEndpoint      *endpoint;
  MwAttemptBudget *budget;
  MwSecret        *secret;
} Fixture;

static void
set_up (Fixture            *fixture,
        const char         *service,
        MwTestCertificate  *certificate,
        const char * const *script,
        guint               cap_ms)
{
  g_autoptr(MwAddress) address = mw_address_parse (ADDRESS, NULL);
  g_autoptr(MwCandidate) candidate = NULL;
  g_autofree char *text = NULL;
  MwDeadlines deadlines;

  fixture->server = scripted_server_new (certificate, script);
  text = g_strdup_printf ("%s:" HOST ":%u", service, scripted_server_get_port (fixture->server));
  fixture->endpoint = mw_endpoint_parse (text);
  candidate = mw_candidate_new (fixture->endpoint, MW_ORIGIN_MANUAL, MW_GRADE_U, NULL,
                                MW_AUTH_UNKNOWN, 0);
  mw_deadlines_init (&deadlines, cap_ms);
  fixture->resolver = mw_resolver_new (5000);
  fixture->probe = mw_probe_new (candidate, address, fixture->resolver, tls, &deadlines, NULL,
                                 TRUE);
  fixture->budget = mw_attempt_budget_new ();
  fixture->secret = mw_secret_new (PASSWORD, -1);
}

static void
tear_down (Fixture *fixture)
{
  release (fixture->probe);
  release (fixture->resolver);
  scripted_server_free (fixture->server);
  mw_endpoint_unref (fixture->endpoint);
  mw_attempt_budget_unref (fixture->budget);
  mw_secret_unref (fixture->secret);
}

static void
run_until (Fixture      *fixture,
           MwProbeState  state)
{
  while (mw_probe_get_state (fixture->probe) < state)
    g_main_context_iteration (NULL, TRUE);
}

static void
log_in (Fixture *fixture)
{
  g_autoptr(MwCredentials) credentials = mw_credentials_new (fixture->endpoint, ADDRESS,
                                                             fixture->secret);

  mw_probe_authenticate (fixture->probe, credentials, fixture->budget);
}

static void
run (Fixture *fixture)
{
  mw_probe_start (fixture->probe);
  run_until (fixture, MW_PROBE_STATE_READY);
  if (mw_probe_get_state (fixture->probe) == MW_PROBE_STATE_READY)
    log_in (fixture);
  run_until (fixture, MW_PROBE_STATE_FINISHED);
}

static char *
make_plain (void)
{
  const char joined[] = "\0" ADDRESS "\0" PASSWORD;

  return g_base64_encode ((const guchar *) joined, sizeof joined - 1);
}

static void
assert_no_secret_in (const char *text)
{
  g_autofree char *plain = make_plain ();
  g_autofree char *base64 = g_base64_encode ((const guchar *) PASSWORD, strlen (PASSWORD));
  g_autofree char *percent = g_uri_escape_string (PASSWORD, NULL, FALSE);

  if (text == NULL)
    return;
  g_assert_null (strstr (text, PASSWORD));
  g_assert_null (strstr (text, "\\\"gęślą\\\""));
  g_assert_null (strstr (text, plain));
  g_assert_null (strstr (text, base64));
  g_assert_null (strstr (text, percent));
}

static void
assert_no_secret_in_list (char **list)
{
  for (gsize i = 0; list != NULL && list[i] != NULL; i++)
    assert_no_secret_in (list[i]);
}

static void
assert_no_secret (MwVerdict *verdict)
{
  for (guint i = 0; i < mw_transcript_get_n_lines (verdict->transcript); i++)
    {
      g_autofree char *line = mw_transcript_dup_line (verdict->transcript, i,
                                                      MW_REDACTOR_HIDE_NOTHING);

      assert_no_secret_in (line);
    }
  assert_no_secret_in (verdict->server_text);
  assert_no_secret_in (verdict->detail);
  assert_no_secret_in_list (verdict->capabilities);
  assert_no_secret_in_list (verdict->auth_offered);
}

/* Probes from dial to end; "heard" is all the server may have been sent, with
 * %PLAIN% for the SASL message. */
typedef struct {
  const char *name;
  const char *service;
  MwOutcome   outcome;
  MwStage     stage;
  guint       presentations;
  const char *heard;
  const char *script[MAX_SCRIPT];
} Case;

#define IMAP_HEARD "a1 AUTHENTICATE PLAIN %PLAIN%\n"
#define POP3_HEARD "CAPA\nAUTH PLAIN %PLAIN%\n"
#define SMTP_HEARD "EHLO [127.0.0.1]\nAUTH PLAIN %PLAIN%\n"
#define SMTP_HEARD_PROOF "MAIL FROM:<" ADDRESS ">\nRCPT TO:<" ADDRESS ">\nRSET\n"

static const Case cases[] = {
  { "works/imap-tls", "imaps", MW_OUTCOME_WORKS, MW_STAGE_DONE, 1,
    "<open><TLS>" IMAP_HEARD "a2 EXAMINE INBOX\na3 LIST \"\" \"*\"\na4 LOGOUT\n",
    { IMAP_READY, "C: *", IMAP_PROOF } },
  { "works/pop3-tls", "pop3s", MW_OUTCOME_WORKS, MW_STAGE_DONE, 1,
    "<open><TLS>" POP3_HEARD "STAT\nQUIT\n",
    { POP3_READY, "C: *", "S: +OK", "C: STAT", "S: +OK 3 12" } },
  { "works/smtp-tls", "submissions", MW_OUTCOME_WORKS, MW_STAGE_DONE, 1,
    "<open><TLS>" SMTP_HEARD SMTP_HEARD_PROOF "QUIT\n",
    { SMTP_READY, "C: *", SMTP_PROOF } },
  { "works/imap-starttls", "imap", MW_OUTCOME_WORKS, MW_STAGE_DONE, 1,
    "<open>a1 STARTTLS\n<TLS>a2 CAPABILITY\na3 AUTHENTICATE PLAIN %PLAIN%\n"
    "a4 EXAMINE INBOX\na5 LIST \"\" \"*\"\na6 LOGOUT\n",
    { "S: * OK [CAPABILITY IMAP4rev1 STARTTLS LOGINDISABLED] ready", "C: *", "S: $T OK go", "T:",
      "C: * CAPABILITY", "S: * CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN\r\n$T OK", "C: *",
      IMAP_PROOF } },
  { "works/pop3-starttls", "pop3", MW_OUTCOME_WORKS, MW_STAGE_DONE, 1,
    "<open>CAPA\nSTLS\n<TLS>" POP3_HEARD "STAT\nQUIT\n",
    { "S: +OK", "C: CAPA", "S: +OK\r\nSTLS\r\n.", "C: STLS", "S: +OK go", "T:", POP3_LIST, "C: *",
      "S: +OK", "C: STAT", "S: +OK 3 12" } },
  { "works/smtp-starttls", "submission", MW_OUTCOME_WORKS, MW_STAGE_DONE, 1,
    "<open>EHLO [127.0.0.1]\nSTARTTLS\n<TLS>" SMTP_HEARD SMTP_HEARD_PROOF "QUIT\n",
    { "S: 220 ready", "C: *", "S: 250-me\r\n250 STARTTLS", "C: STARTTLS", "S: 220 go", "T:",
      SMTP_LIST, "C: *", SMTP_PROOF } },

  /* One segment: the answer, and something that must not be believed. Not
   * even a handshake may follow. */
  { "starttls-injected/imap", "imap", MW_OUTCOME_STARTTLS_INJECTED, MW_STAGE_CAPABILITY, 0,
    "<open>a1 STARTTLS\n",
    { "S: * OK [CAPABILITY IMAP4rev1 STARTTLS] ready", "C: *",
      "S: $T OK go\r\n* CAPABILITY IMAP4rev1 AUTH=PLAIN" } },
  { "starttls-injected/pop3", "pop3", MW_OUTCOME_STARTTLS_INJECTED, MW_STAGE_CAPABILITY, 0,
    "<open>CAPA\nSTLS\n",
    { "S: +OK", "C: CAPA", "S: +OK\r\nSTLS\r\n.", "C: STLS", "S: +OK go\r\n+OK" } },
  { "starttls-injected/smtp", "submission", MW_OUTCOME_STARTTLS_INJECTED, MW_STAGE_CAPABILITY, 0,
    "<open>EHLO [127.0.0.1]\nSTARTTLS\n",
    { "S: 220 ready", "C: *", "S: 250-me\r\n250 STARTTLS", "C: *",
      "S: 220 go\r\n250-me\r\n250 AUTH PLAIN" } },
  { "starttls-injected/half-a-line", "submission", MW_OUTCOME_STARTTLS_INJECTED,
    MW_STAGE_CAPABILITY, 0, "<open>EHLO [127.0.0.1]\nSTARTTLS\n",
    { "S: 220 ready", "C: *", "S: 250-me\r\n250 STARTTLS", "C: *", "S: 220 go\r\n2", "end" } },

  { "starttls-missing/imap", "imap", MW_OUTCOME_STARTTLS_MISSING, MW_STAGE_CAPABILITY, 0,
    "<open>a1 CAPABILITY\n",
    { "S: * OK ready", "C: *", "S: * CAPABILITY IMAP4rev1 AUTH=PLAIN\r\n$T OK" } },
  { "starttls-missing/pop3", "pop3", MW_OUTCOME_STARTTLS_MISSING, MW_STAGE_CAPABILITY, 0,
    "<open>CAPA\n", { "S: +OK", "C: CAPA", "S: +OK\r\nUSER\r\nSASL PLAIN\r\n." } },
  { "starttls-missing/smtp", "submission", MW_OUTCOME_STARTTLS_MISSING, MW_STAGE_CAPABILITY, 0,
    "<open>EHLO [127.0.0.1]\n",
    { "S: 220 ready", "C: *", "S: 250-me\r\n250 AUTH PLAIN" } },
  { "preauth/tls", "imaps", MW_OUTCOME_PREAUTH, MW_STAGE_GREETING, 0, "<open><TLS>",
    { "T:", "S: * PREAUTH [CAPABILITY IMAP4rev1] you are root" } },
  { "preauth/starttls", "imap", MW_OUTCOME_PREAUTH, MW_STAGE_GREETING, 0, "<open>",
    { "S: * PREAUTH [CAPABILITY IMAP4rev1 STARTTLS] you are root" } },

  { "bad-credentials/imap", "imaps", MW_OUTCOME_BAD_CREDENTIALS, MW_STAGE_AUTH, 1,
    "<open><TLS>" IMAP_HEARD, { IMAP_READY, "C: *", "S: $T NO [AUTHENTICATIONFAILED] no" } },
  { "bad-credentials/pop3", "pop3s", MW_OUTCOME_BAD_CREDENTIALS, MW_STAGE_AUTH, 1,
    "<open><TLS>" POP3_HEARD, { POP3_READY, "C: *", "S: -ERR [AUTH] no" } },
  { "bad-credentials/smtp", "submissions", MW_OUTCOME_BAD_CREDENTIALS, MW_STAGE_AUTH, 1,
    "<open><TLS>" SMTP_HEARD, { SMTP_READY, "C: *", "S: 535 5.7.8 no" } },
  { "mech-none", "submissions", MW_OUTCOME_MECH_NONE, MW_STAGE_AUTH, 0,
    "<open><TLS>EHLO [127.0.0.1]\n",
    { "T:", "S: 220 ready", "C: *", "S: 250-me\r\n250 AUTH X-ODD" } },

  /* Half of the password's way: it was written, nothing came back. */
  { "disconnected/connect", "imaps", MW_OUTCOME_DISCONNECTED, MW_STAGE_TLS, 0, "<open>",
    { "end" } },
  { "disconnected/reset", "imaps", MW_OUTCOME_DISCONNECTED, MW_STAGE_TLS, 0, "<open>",
    { "sleep 50", "reset" } },
  { "disconnected/greeting-in-clear", "imap", MW_OUTCOME_DISCONNECTED, MW_STAGE_GREETING, 0,
    "<open>", { "end" } },
  { "disconnected/greeting", "imaps", MW_OUTCOME_DISCONNECTED, MW_STAGE_GREETING, 0,
    "<open><TLS>", { "T:", "end" } },
  { "disconnected/starttls", "submission", MW_OUTCOME_DISCONNECTED, MW_STAGE_CAPABILITY, 0,
    "<open>EHLO [127.0.0.1]\nSTARTTLS\n",
    { "S: 220 ready", "C: *", "S: 250-me\r\n250 STARTTLS", "C: *", "end" } },
  { "disconnected/capability", "submissions", MW_OUTCOME_DISCONNECTED, MW_STAGE_CAPABILITY, 0,
    "<open><TLS>EHLO [127.0.0.1]\n", { "T:", "S: 220 ready", "C: *", "end" } },
  { "disconnected/auth", "imaps", MW_OUTCOME_DISCONNECTED, MW_STAGE_AUTH, 1,
    "<open><TLS>" IMAP_HEARD, { IMAP_READY, "C: *", "end" } },
  { "disconnected/mailbox", "imaps", MW_OUTCOME_DISCONNECTED, MW_STAGE_MAILBOX, 1,
    "<open><TLS>" IMAP_HEARD "a2 EXAMINE INBOX\na3 LIST \"\" \"*\"\n",
    { IMAP_READY, "C: *", "S: $T OK yes", "C: *", "C: *", "end" } },
  { "disconnected/sender", "submissions", MW_OUTCOME_DISCONNECTED, MW_STAGE_SENDER, 1,
    "<open><TLS>" SMTP_HEARD SMTP_HEARD_PROOF,
    { SMTP_READY, "C: *", "S: 235 yes", "C: *", "C: *", "C: *", "end" } },

  { "protocol/endless-capabilities", "imaps", MW_OUTCOME_PROTOCOL, MW_STAGE_CAPABILITY, 0,
    "<open><TLS>a1 CAPABILITY\n",
    { "T:", "S: * OK ready", "C: *", "flood * CAPABILITY IMAP4rev1 X-MORE" } },
  { "protocol/endless-ehlo", "submissions", MW_OUTCOME_PROTOCOL, MW_STAGE_CAPABILITY, 0,
    "<open><TLS>EHLO [127.0.0.1]\n",
    { "T:", "S: 220 ready", "C: *", "flood 250-X-MORE" } },
  { "protocol/endless-capa", "pop3s", MW_OUTCOME_PROTOCOL, MW_STAGE_CAPABILITY, 0,
    "<open><TLS>CAPA\n",
    { "T:", "S: +OK", "C: *", "S: +OK", "flood X-MORE" } },
  { "not-mail-server", "imaps", MW_OUTCOME_NOT_MAIL_SERVER, MW_STAGE_GREETING, 0, "<open><TLS>",
    { "T:", "S: HTTP/1.1 400 Bad Request" } },
};

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  Fixture fixture;
  MwVerdict *verdict;
  g_autofree char *heard = NULL;
  g_autofree char *plain = make_plain ();
  g_autoptr(GString) wanted = g_string_new (c->heard);

  set_up (&fixture, c->service, good, c->script, 0);
  run (&fixture);

  verdict = mw_probe_get_verdict (fixture.probe);
  g_test_message ("%s: %s", mw_enum_to_nick (MW_TYPE_OUTCOME, verdict->outcome),
                  verdict->detail != NULL ? verdict->detail : "");
  g_assert_cmpint (verdict->outcome, ==, c->outcome);
  g_assert_cmpint (verdict->stage, ==, c->stage);
  g_assert_cmpuint (verdict->presentations, ==, c->presentations);
  assert_no_secret (verdict);

  g_string_replace (wanted, "%PLAIN%", plain, 0);
  heard = scripted_server_dup_heard (fixture.server);
  g_assert_cmpstr (heard, ==, wanted->str);
  tear_down (&fixture);
}

/* Silence ends by a deadline, wherever it begins. */
typedef struct {
  const char *name;
  const char *service;
  MwStage     stage;
  guint       presentations;
  const char *script[MAX_SCRIPT];
} Silence;

static const Silence silences[] = {
  { "connect", "imaps", MW_STAGE_TLS, 0, { "silence" } },
  { "greeting-in-clear", "submission", MW_STAGE_GREETING, 0, { "silence" } },
  { "greeting", "submissions", MW_STAGE_GREETING, 0, { "T:", "silence" } },
  { "starttls", "imap", MW_STAGE_CAPABILITY, 0,
    { "S: * OK [CAPABILITY IMAP4rev1 STARTTLS] ready", "C: *", "silence" } },
  { "starttls-handshake", "imap", MW_STAGE_TLS, 0,
    { "S: * OK [CAPABILITY IMAP4rev1 STARTTLS] ready", "C: *", "S: $T OK go", "silence" } },
  { "capability", "pop3s", MW_STAGE_CAPABILITY, 0, { "T:", "S: +OK", "C: *", "silence" } },
  { "half-a-line", "pop3s", MW_STAGE_CAPABILITY, 0,
    { "T:", "S: +OK", "C: *", "S: +OK\r\nUSER\r\nSASL", "silence" } },
  { "auth", "imaps", MW_STAGE_AUTH, 1, { IMAP_READY, "C: *", "silence" } },
  { "mailbox", "imaps", MW_STAGE_MAILBOX, 1, { IMAP_READY, "C: *", "S: $T OK", "silence" } },
  { "sender", "submissions", MW_STAGE_SENDER, 1, { SMTP_READY, "C: *", "S: 235 yes", "silence" } },
};

static void
test_silence (gconstpointer data)
{
  const Silence *c = data;
  Fixture fixture;
  MwVerdict *verdict;
  gint64 started = g_get_monotonic_time ();

  set_up (&fixture, c->service, good, c->script, SHORT_MS);
  run (&fixture);

  verdict = mw_probe_get_verdict (fixture.probe);
  g_assert_cmpint (verdict->outcome, ==, MW_OUTCOME_TIMEOUT);
  g_assert_cmpint (verdict->stage, ==, c->stage);
  g_assert_cmpuint (verdict->presentations, ==, c->presentations);
  g_assert_cmpint (verdict->elapsed_us[MW_STAGE_DONE], >=, SHORT_MS * 900);
  g_assert_cmpint (verdict->elapsed_us[c->stage], >=, SHORT_MS * 900);
  g_assert_cmpint (g_get_monotonic_time () - started, <, 10 * SHORT_MS * 1000);
  tear_down (&fixture);
}

/* However far a probe came, stopping it ends it at once, and nothing is left
 * behind: tear_down() sees to that, and the leak checker. */
static void
test_stop (gconstpointer data)
{
  const Silence *c = data;
  Fixture fixture;
  MwVerdict *verdict;

  set_up (&fixture, c->service, good, c->script, 0);
  mw_probe_start (fixture.probe);
  while (mw_probe_get_verdict (fixture.probe)->stage != c->stage ||
         mw_probe_get_verdict (fixture.probe)->presentations < c->presentations)
    {
      if (mw_probe_get_state (fixture.probe) == MW_PROBE_STATE_READY)
        log_in (&fixture);
      else
        g_main_context_iteration (NULL, TRUE);
      g_assert_cmpint (mw_probe_get_state (fixture.probe), <, MW_PROBE_STATE_FINISHED);
    }

  mw_probe_stop (fixture.probe, MW_OUTCOME_CANCELLED);
  g_assert_cmpint (mw_probe_get_state (fixture.probe), ==, MW_PROBE_STATE_FINISHED);
  verdict = mw_probe_get_verdict (fixture.probe);
  g_assert_cmpint (verdict->outcome, ==, MW_OUTCOME_CANCELLED);
  g_assert_cmpint (verdict->stage, ==, c->stage);

  /* A second one changes nothing. */
  mw_probe_stop (fixture.probe, MW_OUTCOME_TIMEOUT);
  g_assert_true (mw_probe_get_verdict (fixture.probe) == verdict);
  tear_down (&fixture);
}

static void
test_stop_early (void)
{
  const char * const script[] = { "silence", NULL };
  Fixture fixture;

  /* Before the start. */
  set_up (&fixture, "imaps", good, script, 0);
  mw_probe_stop (fixture.probe, MW_OUTCOME_NOT_NEEDED);
  g_assert_cmpint (mw_probe_get_verdict (fixture.probe)->outcome, ==, MW_OUTCOME_NOT_NEEDED);
  tear_down (&fixture);

  /* While the name is looked up. */
  set_up (&fixture, "imaps", good, script, 0);
  mw_probe_start (fixture.probe);
  mw_probe_stop (fixture.probe, MW_OUTCOME_CANCELLED);
  g_assert_cmpint (mw_probe_get_verdict (fixture.probe)->outcome, ==, MW_OUTCOME_CANCELLED);
  g_assert_cmpint (mw_probe_get_verdict (fixture.probe)->stage, ==, MW_STAGE_RESOLVE);
  tear_down (&fixture);
}

static void
stop_cb (MwProbe  *probe,
         gpointer  user_data)
{
  MwProbeState *state = user_data;

  if (mw_probe_get_state (probe) == *state)
    mw_probe_stop (probe, MW_OUTCOME_CANCELLED);
}

/* Stopped by whoever hears of the change. */
static void
test_stop_inside_signal (void)
{
  const char * const script[] = { IMAP_READY, "C: *", IMAP_PROOF, NULL };

  for (MwProbeState state = MW_PROBE_STATE_RUNNING; state < MW_PROBE_STATE_FINISHED; state++)
    {
      Fixture fixture;

      set_up (&fixture, "imaps", good, script, 0);
      g_signal_connect (fixture.probe, "changed", G_CALLBACK (stop_cb), &state);
      run (&fixture);
      g_assert_cmpint (mw_probe_get_verdict (fixture.probe)->outcome, ==, MW_OUTCOME_CANCELLED);
      tear_down (&fixture);
    }
}

/* The handshake ends so that everything can be reported, and that is all. */
static void
test_wrong_name (gconstpointer data)
{
  const Case *c = data;
  Fixture fixture;
  MwVerdict *verdict;
  g_autofree char *heard = NULL;

  set_up (&fixture, c->service, misnamed, c->script, 0);
  run (&fixture);

  verdict = mw_probe_get_verdict (fixture.probe);
  g_assert_cmpint (verdict->outcome, ==, MW_OUTCOME_CERT_NAME);
  g_assert_cmpint (verdict->stage, ==, MW_STAGE_TLS);
  g_assert_nonnull (verdict->tls);
  g_assert_null (verdict->server_text);
  heard = scripted_server_dup_heard (fixture.server);
  g_assert_cmpstr (heard, ==, c->heard);
  tear_down (&fixture);
}

static const Case wrong_names[] = {
  { .name = "tls", .service = "submissions", .heard = "<open><TLS>",
    .script = { "T:", "S: 220 ready" } },
  { .name = "starttls", .service = "submission",
    .heard = "<open>EHLO [127.0.0.1]\nSTARTTLS\n<TLS>",
    .script = { "S: 220 ready", "C: *", "S: 250-me\r\n250 STARTTLS", "C: *", "S: 220 go", "T:" } },
};

static void
test_unknown_authority (void)
{
  const char * const script[] = { "T:", "S: * OK ready", NULL };
  g_autoptr(MwTestCertificate) alone = NULL;
  MwTestCertificateSpec spec = { .names = { HOST } };
  Fixture fixture;
  g_autofree char *heard = NULL;

  alone = mw_test_certificate_new (&spec, NULL);
  set_up (&fixture, "imaps", alone, script, 0);
  run (&fixture);
  g_assert_cmpint (mw_probe_get_verdict (fixture.probe)->outcome, ==,
                   MW_OUTCOME_CERT_SELF_SIGNED);
  heard = scripted_server_dup_heard (fixture.server);
  g_assert_cmpstr (heard, ==, "<open><TLS>");
  tear_down (&fixture);
}

static void
test_endless_line (void)
{
  g_autofree char *much = g_strnfill (9000, 'x');
  g_autofree char *line = g_strconcat ("S: * OK ", much, NULL);
  const char * const script[] = { "T:", line, NULL };
  Fixture fixture;

  set_up (&fixture, "imaps", good, script, 0);
  run (&fixture);
  g_assert_cmpint (mw_probe_get_verdict (fixture.probe)->outcome, ==, MW_OUTCOME_PROTOCOL);
  tear_down (&fixture);
}

static void
test_no_budget (void)
{
  const char * const script[] = { IMAP_READY, NULL };
  Fixture fixture;
  MwVerdict *verdict;
  g_autofree char *heard = NULL;

  set_up (&fixture, "imaps", good, script, 0);
  g_assert_true (mw_attempt_budget_take (fixture.budget, fixture.endpoint));
  g_assert_true (mw_attempt_budget_take (fixture.budget, fixture.endpoint));
  run (&fixture);

  verdict = mw_probe_get_verdict (fixture.probe);
  g_assert_cmpint (verdict->outcome, ==, MW_OUTCOME_CANCELLED);
  g_assert_cmpuint (verdict->presentations, ==, 0);
  heard = scripted_server_dup_heard (fixture.server);
  g_assert_cmpstr (heard, ==, "<open><TLS>");
  tear_down (&fixture);
}

/* Nothing secret is written before somebody asks for it: the connection stands
 * ready and the server hears nothing. */
static void
test_ready_gate (gconstpointer data)
{
  const Case *c = data;
  Fixture fixture;
  MwVerdict *verdict;
  g_autofree char *heard = NULL;

  set_up (&fixture, c->service, good, c->script, 0);
  mw_probe_start (fixture.probe);
  run_until (&fixture, MW_PROBE_STATE_READY);
  g_assert_cmpint (mw_probe_get_state (fixture.probe), ==, MW_PROBE_STATE_READY);

  verdict = mw_probe_get_verdict (fixture.probe);
  g_assert_cmpint (verdict->outcome, ==, MW_OUTCOME_PENDING);
  g_assert_cmpint (verdict->elapsed_us[MW_STAGE_RESOLVE], >=, 0);
  g_assert_cmpint (verdict->elapsed_us[MW_STAGE_CONNECT], >=, 0);
  g_assert_cmpint (verdict->elapsed_us[MW_STAGE_TLS], >, 0);
  g_assert_cmpint (verdict->elapsed_us[MW_STAGE_GREETING], >=, 0);
  g_assert_cmpint (verdict->elapsed_us[MW_STAGE_CAPABILITY], >=, 0);
  g_assert_true (g_strv_contains ((const char * const *) verdict->auth_offered, "PLAIN"));
  g_assert_cmpint (mw_probe_get_round_trip_us (fixture.probe), >, 0);

  mw_probe_stop (fixture.probe, MW_OUTCOME_NOT_NEEDED);
  heard = scripted_server_dup_heard (fixture.server);
  g_assert_cmpstr (heard, ==, c->heard);
  tear_down (&fixture);
}

static const Case gates[] = {
  { .name = "imap", .service = "imap",
    .heard = "<open>a1 STARTTLS\n<TLS>a2 CAPABILITY\n",
    .script = { "S: * OK [CAPABILITY IMAP4rev1 STARTTLS] ready", "C: *", "S: $T OK go", "T:",
                "C: *", "S: * CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN\r\n$T OK" } },
  { .name = "pop3", .service = "pop3", .heard = "<open>CAPA\nSTLS\n<TLS>CAPA\n",
    .script = { "S: +OK", "C: CAPA", "S: +OK\r\nSTLS\r\n.", "C: STLS", "S: +OK", "T:",
                POP3_LIST } },
  { .name = "smtp", .service = "submission",
    .heard = "<open>EHLO [127.0.0.1]\nSTARTTLS\n<TLS>EHLO [127.0.0.1]\n",
    .script = { "S: 220 ready", "C: *", "S: 250-me\r\n250 STARTTLS", "C: *", "S: 220 go", "T:",
                SMTP_LIST } },
  { .name = "imap-tls", .service = "imaps", .heard = "<open><TLS>", .script = { IMAP_READY } },
};

/* Once the mailbox is proved, nothing that is said of folders, or not said,
 * takes that back, and none of it takes long. */
static const struct {
  const char *name;
  const char *sent;             /* the folder that is known all the same */
  const char *script[MAX_SCRIPT];
} folder_cases[] = {
  { "silence", NULL, { IMAP_READY, "C: *", IMAP_PROOF_ONLY, "silence" } },
  { "half", "Sent",
    { IMAP_READY, "C: *", IMAP_PROOF_ONLY, "S: * LIST (\\Sent) \"/\" Sent", "silence" } },
  { "end", "Sent",
    { IMAP_READY, "C: *", IMAP_PROOF_ONLY, "S: * LIST (\\Sent) \"/\" Sent", "end" } },
  { "reset", NULL, { IMAP_READY, "C: *", IMAP_PROOF_ONLY, "sleep 50", "reset" } },
  { "endless-list", "Sent",
    { IMAP_READY, "C: *", IMAP_PROOF_ONLY, "S: * LIST (\\Sent) \"/\" Sent",
      "flood * LIST () \"/\" another" } },
  { "endless-nonsense", "Sent",
    { IMAP_READY, "C: *", IMAP_PROOF_ONLY, "S: * LIST (\\Sent) \"/\" Sent", "flood * 1 EXISTS" } },
  { "endless-line", "Sent",
    { IMAP_READY, "C: *", IMAP_PROOF_ONLY, "S: * LIST (\\Sent) \"/\" Sent", "pour * LIST (" } },
  { "drops", NULL, { IMAP_READY, "C: *", IMAP_PROOF_ONLY, "drip * LIST (\\Sent) \"/\" " } },
};

static void
test_folders (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  Fixture fixture;
  MwVerdict *verdict;
  const char *sent = NULL;
  gint64 started = g_get_monotonic_time ();

  set_up (&fixture, "imaps", good, folder_cases[i].script, SHORT_MS);
  run (&fixture);

  verdict = mw_probe_get_verdict (fixture.probe);
  g_assert_cmpint (verdict->outcome, ==, MW_OUTCOME_WORKS);
  g_assert_cmpint (verdict->stage, ==, MW_STAGE_DONE);
  g_assert_cmpuint (verdict->notes, ==, 1u << MW_NOTE_FOLDERS_INCOMPLETE);
  if (verdict->folders != NULL)
    sent = mw_mail_folders_get_name (verdict->folders, MW_FOLDER_USE_SENT);
  g_assert_cmpstr (sent, ==, folder_cases[i].sent);
  g_assert_cmpint (g_get_monotonic_time () - started, <, 10 * SHORT_MS * 1000);
  tear_down (&fixture);
}

/* A folder that is called like the password is none we know. */
static void
test_folder_named_after_secret (void)
{
  const char *script[] = {
    IMAP_READY, "C: *", IMAP_PROOF_ONLY, "S: * LIST (\\Trash) \"/\" Trash",
    "S: * LIST (\\Sent) \"/\" \"za&AXwA8wFCAQc- \\\"g&ARkBWw-l&AQU-\\\" \\\\ja&AXoBRA- 1\"",
    "S: * LIST (\\Sent) \"/\" \"x za&AXwA8wFCAQc- \\\"g&ARkBWw-l&AQU-\\\" \\\\ja&AXoBRA- 1\"",
    "S: $T OK done", NULL,
  };
  Fixture fixture;
  MwVerdict *verdict;

  set_up (&fixture, "imaps", good, script, 0);
  run (&fixture);
  verdict = mw_probe_get_verdict (fixture.probe);
  g_assert_cmpint (verdict->outcome, ==, MW_OUTCOME_WORKS);
  g_assert_nonnull (verdict->folders);
  g_assert_cmpstr (mw_mail_folders_get_name (verdict->folders, MW_FOLDER_USE_TRASH), ==, "Trash");
  g_assert_null (mw_mail_folders_get_name (verdict->folders, MW_FOLDER_USE_SENT));
  tear_down (&fixture);
}

/* A server that talks about what it was sent. */
static void
test_echo (void)
{
  g_autofree char *plain = make_plain ();
  g_autofree char *base64 = g_base64_encode ((const guchar *) PASSWORD, strlen (PASSWORD));
  g_autofree char *percent = g_uri_escape_string (PASSWORD, NULL, FALSE);
  const char *words[] = { PASSWORD, "zażółć \\\"gęślą\\\" \\\\jaźń 1", plain, base64, percent };

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    {
      g_autofree char *alert = g_strdup_printf ("S: * OK [ALERT] you sent %s", words[i]);
      g_autofree char *no = g_strdup_printf ("S: $T NO [AUTHENTICATIONFAILED] not %s!", words[i]);
      g_autofree char *error = g_strdup_printf ("S: 535 5.7.8 not %s!", words[i]);
      const char * const imap[] = { IMAP_READY, "C: *", alert, no, NULL };
      const char * const smtp[] = { SMTP_READY, "C: *", error, NULL };
      const char * const *scripts[] = { imap, smtp };
      const char *services[] = { "imaps", "submissions" };

      for (gsize p = 0; p < G_N_ELEMENTS (scripts); p++)
        {
          Fixture fixture;
          MwVerdict *verdict;

          set_up (&fixture, services[p], good, scripts[p], 0);
          run (&fixture);
          verdict = mw_probe_get_verdict (fixture.probe);
          g_assert_cmpint (verdict->outcome, ==, MW_OUTCOME_BAD_CREDENTIALS);
          g_assert_nonnull (verdict->server_text);
          g_assert_nonnull (strstr (verdict->server_text, "not "));
          assert_no_secret (verdict);
          tear_down (&fixture);
        }
    }
}

/* The lists of what a server can do are its words, too. */
static void
test_echo_in_capabilities (void)
{
  g_autofree char *base64 = g_base64_encode ((const guchar *) PASSWORD, strlen (PASSWORD));
  g_autofree char *list = g_strdup_printf ("S: $T OK [CAPABILITY IMAP4rev1 X-%s] in", base64);
  const char * const script[] = { IMAP_READY, "C: *", list, "C: *", "S: $T OK", NULL };
  Fixture fixture;
  MwVerdict *verdict;

  set_up (&fixture, "imaps", good, script, 0);
  run (&fixture);
  verdict = mw_probe_get_verdict (fixture.probe);
  g_assert_cmpint (verdict->outcome, ==, MW_OUTCOME_WORKS);
  g_assert_nonnull (verdict->capabilities);
  g_assert_cmpuint (g_strv_length (verdict->capabilities), ==, 2);
  assert_no_secret (verdict);
  tear_down (&fixture);
}

static void
test_without_login (void)
{
  const char * const script[] = { SMTP_READY, "C: *", "C: *", "C: *",
                                  "S: 250 ok\r\n250 ok\r\n250 ok", NULL };
  Fixture fixture;
  MwVerdict *verdict;
  g_autofree char *heard = NULL;

  set_up (&fixture, "submissions", good, script, 0);
  mw_probe_start (fixture.probe);
  run_until (&fixture, MW_PROBE_STATE_READY);
  mw_probe_prove_without_login (fixture.probe);
  run_until (&fixture, MW_PROBE_STATE_FINISHED);
  verdict = mw_probe_get_verdict (fixture.probe);
  g_assert_cmpint (verdict->outcome, ==, MW_OUTCOME_WORKS);
  g_assert_cmpint (verdict->auth, ==, MW_AUTH_NONE);
  g_assert_cmpuint (verdict->presentations, ==, 0);
  heard = scripted_server_dup_heard (fixture.server);
  g_assert_cmpstr (heard, ==, "<open><TLS>EHLO [127.0.0.1]\n" SMTP_HEARD_PROOF "QUIT\n");
  tear_down (&fixture);
}

/* A verdict that was handed out is a snapshot. */
static void
test_snapshot (void)
{
  const char * const script[] = { IMAP_READY, "C: *", IMAP_PROOF, NULL };
  Fixture fixture;
  g_autoptr(MwVerdict) early = NULL;

  set_up (&fixture, "imaps", good, script, 0);
  early = mw_verdict_ref (mw_probe_get_verdict (fixture.probe));
  run (&fixture);
  g_assert_cmpint (early->outcome, ==, MW_OUTCOME_PENDING);
  g_assert_null (early->ip_address);
  g_assert_cmpuint (early->presentations, ==, 0);
  g_assert_cmpstr (mw_probe_get_verdict (fixture.probe)->ip_address, ==, "127.0.0.1");
  tear_down (&fixture);
}

/* A port for TLS that is dialled in clear: both wait for the other. Whatever
 * its certificate is, it does speak TLS. */
static void
test_knock (void)
{
  static const char * const services[] = { "imap", "pop3", "submission", "imap+plain" };
  MwTestCertificate *certificates[] = { good, misnamed };
  const char * const script[] = { "T:", "S: * OK ready", NULL };

  for (gsize i = 0; i < G_N_ELEMENTS (services) * 2; i++)
    {
      gint64 started = g_get_monotonic_time ();
      g_autofree char *heard = NULL;
      Fixture fixture;
      MwVerdict *verdict;

      set_up (&fixture, services[i / 2], certificates[i % 2], script, 2 * SHORT_MS);
      mw_probe_start (fixture.probe);
      run_until (&fixture, MW_PROBE_STATE_FINISHED);
      verdict = mw_probe_get_verdict (fixture.probe);
      g_assert_cmpint (verdict->outcome, ==, MW_OUTCOME_WRONG_TLS_MODE);
      g_assert_cmpint (g_get_monotonic_time () - started, >=, SHORT_MS * 1000);
      g_assert_null (verdict->tls);
      heard = scripted_server_dup_heard (fixture.server);
      g_assert_cmpstr (heard, ==, "<open><open><TLS>");
      tear_down (&fixture);
    }
}

/* One that only takes its time is heard out. */
static void
test_knock_in_vain (void)
{
  const char * const script[] = { "sleep 450", "S: * OK [CAPABILITY IMAP4rev1 STARTTLS] ready",
                                  "C: *", "S: $T OK go", "T:", "C: *",
                                  "S: * CAPABILITY IMAP4rev1 AUTH=PLAIN\r\n$T OK done", NULL };
  Fixture fixture;

  set_up (&fixture, "imap", good, script, 2 * SHORT_MS);
  mw_probe_start (fixture.probe);
  run_until (&fixture, MW_PROBE_STATE_READY);
  g_assert_cmpint (mw_probe_get_state (fixture.probe), ==, MW_PROBE_STATE_READY);
  g_assert_cmpuint (scripted_server_get_n_connections (fixture.server), ==, 2);
  mw_probe_stop (fixture.probe, MW_OUTCOME_NOT_NEEDED);
  tear_down (&fixture);
}

/* A line now and then does not hold up the rest of the run. */
static void
test_slow_http (void)
{
#define SLOW "sleep 300", "S: X: y"
  const char * const script[] = { "S: HTTP/1.1 302 Found", SLOW, SLOW, SLOW, SLOW, SLOW, SLOW, SLOW,
                                  SLOW, SLOW, SLOW, NULL };
  Fixture fixture;
  gint64 start = g_get_monotonic_time ();

  set_up (&fixture, "imap", good, script, 0);
  mw_probe_start (fixture.probe);
  run_until (&fixture, MW_PROBE_STATE_FINISHED);
  g_assert_cmpint (mw_probe_get_verdict (fixture.probe)->outcome, ==, MW_OUTCOME_NOT_MAIL_SERVER);
  g_assert_cmpint (g_get_monotonic_time () - start, <, 2 * G_USEC_PER_SEC);
  tear_down (&fixture);
}

static void
test_local_not_allowed (void)
{
  g_autoptr(MwAddress) address = mw_address_parse (ADDRESS, NULL);
  g_autoptr(MwEndpoint) endpoint = mw_endpoint_parse ("imaps:" HOST ":993");
  g_autoptr(MwCandidate) candidate = NULL;
  g_autoptr(MwResolver) resolver = mw_resolver_new (5000);
  g_autoptr(MwProbe) probe = NULL;
  MwDeadlines deadlines;

  candidate = mw_candidate_new (endpoint, MW_ORIGIN_SRV, MW_GRADE_D, NULL, MW_AUTH_UNKNOWN, 0);
  mw_deadlines_init (&deadlines, 0);
  probe = mw_probe_new (candidate, address, resolver, tls, &deadlines, NULL, FALSE);
  mw_probe_start (probe);
  while (mw_probe_get_state (probe) < MW_PROBE_STATE_FINISHED)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (mw_probe_get_verdict (probe)->outcome, ==, MW_OUTCOME_CONSENT_NEEDED);
}

static void
test_no_such_name (void)
{
  const char * const script[] = { NULL };
  g_autoptr(MwEndpoint) endpoint = mw_endpoint_parse ("imaps:nowhere.example.test");
  g_autoptr(MwAddress) address = mw_address_parse (ADDRESS, NULL);
  g_autoptr(MwCandidate) candidate = NULL;
  Fixture fixture;
  MwDeadlines deadlines;

  set_up (&fixture, "imaps", good, script, 0);
  g_clear_object (&fixture.probe);
  candidate = mw_candidate_new (endpoint, MW_ORIGIN_GUESS, MW_GRADE_G, NULL, MW_AUTH_UNKNOWN, 0);
  mw_deadlines_init (&deadlines, 0);
  fixture.probe = mw_probe_new (candidate, address, fixture.resolver, tls, &deadlines, NULL, TRUE);
  run (&fixture);
  g_assert_cmpint (mw_probe_get_verdict (fixture.probe)->outcome, ==, MW_OUTCOME_DNS_NXDOMAIN);
  g_assert_cmpint (mw_probe_get_verdict (fixture.probe)->stage, ==, MW_STAGE_RESOLVE);
  tear_down (&fixture);
}

static void
make_certificates (void)
{
  MwTestCertificateSpec ca_spec = { .common_name = "Test authority", .is_ca = TRUE };
  MwTestCertificateSpec good_spec = { .names = { HOST } };
  MwTestCertificateSpec misnamed_spec = { .names = { "other.example.test" } };
  g_autoptr(MwTestCertificate) ca = mw_test_certificate_new (&ca_spec, NULL);
  g_autofree char *path = mw_test_certificate_write (ca);

  good = mw_test_certificate_new (&good_spec, ca);
  misnamed = mw_test_certificate_new (&misnamed_spec, ca);
  tls = mw_tls_credentials_new ();
  g_assert_true (mw_tls_credentials_add_ca_file (tls, path, NULL));
  g_unlink (path);
}

static void
add (const char    *group,
     const char    *name,
     gconstpointer  data,
     GTestDataFunc  func)
{
  g_autofree char *path = g_strdup_printf ("/probe/%s/%s", group, name);

  g_test_add_data_func (path, data, func);
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

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    add ("run", cases[i].name, &cases[i], test_case);
  for (gsize i = 0; i < G_N_ELEMENTS (silences); i++)
    add ("silence", silences[i].name, &silences[i], test_silence);
  for (gsize i = 0; i < G_N_ELEMENTS (silences); i++)
    add ("stop", silences[i].name, &silences[i], test_stop);
  for (gsize i = 0; i < G_N_ELEMENTS (wrong_names); i++)
    add ("wrong-name", wrong_names[i].name, &wrong_names[i], test_wrong_name);
  for (gsize i = 0; i < G_N_ELEMENTS (gates); i++)
    add ("ready-gate", gates[i].name, &gates[i], test_ready_gate);
  for (gsize i = 0; i < G_N_ELEMENTS (folder_cases); i++)
    add ("folders", folder_cases[i].name, GSIZE_TO_POINTER (i), test_folders);
  g_test_add_func ("/probe/folder-named-after-secret", test_folder_named_after_secret);
  g_test_add_func ("/probe/stop-early", test_stop_early);
  g_test_add_func ("/probe/stop-inside-signal", test_stop_inside_signal);
  g_test_add_func ("/probe/unknown-authority", test_unknown_authority);
  g_test_add_func ("/probe/endless-line", test_endless_line);
  g_test_add_func ("/probe/no-budget", test_no_budget);
  g_test_add_func ("/probe/echo", test_echo);
  g_test_add_func ("/probe/echo-in-capabilities", test_echo_in_capabilities);
  g_test_add_func ("/probe/without-login", test_without_login);
  g_test_add_func ("/probe/snapshot", test_snapshot);
  g_test_add_func ("/probe/knock", test_knock);
  g_test_add_func ("/probe/knock-in-vain", test_knock_in_vain);
  g_test_add_func ("/probe/slow-http", test_slow_http);
  g_test_add_func ("/probe/local-not-allowed", test_local_not_allowed);
  g_test_add_func ("/probe/no-such-name", test_no_such_name);
  result = g_test_run ();

  release (tls);
  mw_test_certificate_free (good);
  mw_test_certificate_free (misnamed);
  g_object_unref (dns);
  return result;
}
