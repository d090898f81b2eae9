/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/resource.h>

#include "core/mw-credentials.h"
#include "fake-resolver.h"
#include "probe/mw-probe.h"
#include "release.h"
#include "scripted-server.h"

/* Servers that mean harm or are out of order, each in every protocol: what it
 * is called, that it ends, and that no password was sent before its time.
 * tests/outcomes.md has the list. */

#define HOST "mail.example.test"
#define ADDRESS "jan@example.test"
#define PASSWORD "zażółć \"gęślą\" \\jaźń 1"
#define CAP_MS 400
#define MAX_SCRIPT 24

/* In kilobytes. The sanitizer holds back for a while what was freed. */
#ifdef __SANITIZE_ADDRESS__
#define MAX_GROWTH (256 * 1024)
#else
#define MAX_GROWTH (8 * 1024)
#endif

static MwTestCertificate *good;
static MwTlsCredentials *tls;
static MwFakeResolver *dns;

typedef struct {
  const char *name;
  const char *service;
  MwOutcome   outcome;
  const char *script[MAX_SCRIPT];
  const char *alpn; /* what the server speaks inside TLS, NULL: does not know */
} Attack;

#define IMAP_HELLO "T:", "S: * OK ready"
#define IMAP_LIST "S: * OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN] ready"
#define POP3_HELLO "T:", "S: +OK ready"
#define POP3_LIST "C: CAPA", "S: +OK\r\nUSER\r\nSASL PLAIN\r\n."
#define SMTP_HELLO "T:", "S: 220 " HOST
#define SMTP_LIST "C: EHLO *", "S: 250-" HOST "\r\n250 AUTH PLAIN"

static const Attack attacks[] = {
  { "endless-line/imap", "imaps", MW_OUTCOME_PROTOCOL, { "T:", "pour * OK xxxxxxxxxxxxxx" } },
  { "endless-line/pop3", "pop3s", MW_OUTCOME_PROTOCOL, { "T:", "pour +OK xxxxxxxxxxxxxx" } },
  { "endless-line/smtp", "submissions", MW_OUTCOME_PROTOCOL, { "T:", "pour 220 xxxxxxxxxxxxx" } },
  { "endless-line/in-clear", "submission", MW_OUTCOME_PROTOCOL, { "pour 220 xxxxxxxxxxxxx" } },

  { "endless-capabilities/imap", "imaps", MW_OUTCOME_PROTOCOL,
    { IMAP_HELLO, "C: *", "flood * CAPABILITY IMAP4rev1 X-MORE" } },
  { "endless-capabilities/pop3", "pop3s", MW_OUTCOME_PROTOCOL,
    { POP3_HELLO, "C: *", "S: +OK", "flood X-MORE" } },
  { "endless-capabilities/smtp", "submissions", MW_OUTCOME_PROTOCOL,
    { SMTP_HELLO, "C: *", "flood 250-X-MORE" } },

  { "endless-greeting/imap", "imaps", MW_OUTCOME_PROTOCOL, { "T:", "flood * OK ready" } },
  { "endless-greeting/pop3", "pop3s", MW_OUTCOME_PROTOCOL, { "T:", "flood +OK ready" } },
  { "endless-greeting/smtp", "submissions", MW_OUTCOME_PROTOCOL, { "T:", "flood 220-ready" } },

  { "drip/imap", "imaps", MW_OUTCOME_TIMEOUT, { "T:", "drip * OK ready " } },
  { "drip/pop3", "pop3s", MW_OUTCOME_TIMEOUT, { "T:", "drip +OK ready " } },
  { "drip/smtp", "submissions", MW_OUTCOME_TIMEOUT, { "T:", "drip 220 ready " } },

  { "nul/imap", "imaps", MW_OUTCOME_PROTOCOL, { "T:", "nul * OK re@dy" } },
  { "nul/pop3", "pop3s", MW_OUTCOME_PROTOCOL, { "T:", "nul +OK re@dy" } },
  { "nul/smtp", "submissions", MW_OUTCOME_PROTOCOL, { "T:", "nul 220 re@dy" } },
  { "nul/imap-capabilities", "imaps", MW_OUTCOME_PROTOCOL,
    { IMAP_HELLO, "C: *", "nul * CAPABILITY IMAP4rev1 @AUTH=PLAIN" } },
  { "nul/pop3-capabilities", "pop3s", MW_OUTCOME_PROTOCOL,
    { POP3_HELLO, "C: *", "nul +OK@" } },
  { "nul/smtp-capabilities", "submissions", MW_OUTCOME_PROTOCOL,
    { SMTP_HELLO, "C: *", "nul 250-AUTH@PLAIN" } },

  { "silence/imap", "imaps", MW_OUTCOME_TIMEOUT, { "silence" } },
  { "silence/pop3", "pop3s", MW_OUTCOME_TIMEOUT, { "silence" } },
  { "silence/smtp", "submissions", MW_OUTCOME_TIMEOUT, { "silence" } },
  { "silence-inside-tls/imap", "imaps", MW_OUTCOME_TIMEOUT, { "T:", "silence" } },
  { "silence-inside-tls/pop3", "pop3s", MW_OUTCOME_TIMEOUT, { "T:", "silence" } },
  { "silence-inside-tls/smtp", "submissions", MW_OUTCOME_TIMEOUT, { "T:", "silence" } },

  { "reset/imap-tls", "imaps", MW_OUTCOME_DISCONNECTED, { "reset" } },
  { "reset/pop3-tls", "pop3s", MW_OUTCOME_DISCONNECTED, { "reset" } },
  { "reset/smtp-tls", "submissions", MW_OUTCOME_DISCONNECTED, { "reset" } },
  { "reset/imap-greeting", "imaps", MW_OUTCOME_DISCONNECTED, { "T:", "reset" } },
  { "reset/pop3-greeting", "pop3s", MW_OUTCOME_DISCONNECTED, { "T:", "reset" } },
  { "reset/smtp-greeting", "submissions", MW_OUTCOME_DISCONNECTED, { "T:", "reset" } },
  { "reset/imap-capabilities", "imaps", MW_OUTCOME_DISCONNECTED, { IMAP_HELLO, "C: *", "reset" } },
  { "reset/pop3-capabilities", "pop3s", MW_OUTCOME_DISCONNECTED, { POP3_HELLO, "C: *", "reset" } },
  { "reset/smtp-capabilities", "submissions", MW_OUTCOME_DISCONNECTED,
    { SMTP_HELLO, "C: *", "reset" } },
  { "reset/imap-starttls", "imap", MW_OUTCOME_DISCONNECTED,
    { "S: * OK [CAPABILITY IMAP4rev1 STARTTLS] ready", "C: *", "reset" } },
  { "reset/pop3-starttls", "pop3", MW_OUTCOME_DISCONNECTED,
    { "S: +OK", "C: CAPA", "S: +OK\r\nSTLS\r\n.", "C: STLS", "reset" } },
  { "reset/smtp-starttls", "submission", MW_OUTCOME_DISCONNECTED,
    { "S: 220 ready", "C: *", "S: 250-me\r\n250 STARTTLS", "C: *", "reset" } },
  { "reset/imap-starttls-tls", "imap", MW_OUTCOME_DISCONNECTED,
    { "S: * OK [CAPABILITY IMAP4rev1 STARTTLS] ready", "C: *", "S: $T OK", "reset" } },
  { "reset/pop3-starttls-tls", "pop3", MW_OUTCOME_DISCONNECTED,
    { "S: +OK", "C: CAPA", "S: +OK\r\nSTLS\r\n.", "C: STLS", "S: +OK", "reset" } },
  { "reset/smtp-starttls-tls", "submission", MW_OUTCOME_DISCONNECTED,
    { "S: 220 ready", "C: *", "S: 250-me\r\n250 STARTTLS", "C: *", "S: 220 go", "reset" } },
  { "reset/imap-log-in", "imaps", MW_OUTCOME_DISCONNECTED, { "T:", IMAP_LIST, "C: *", "reset" } },
  { "reset/pop3-log-in", "pop3s", MW_OUTCOME_DISCONNECTED,
    { POP3_HELLO, POP3_LIST, "C: *", "reset" } },
  { "reset/smtp-log-in", "submissions", MW_OUTCOME_DISCONNECTED,
    { SMTP_HELLO, SMTP_LIST, "C: *", "reset" } },
  { "reset/imap-mailbox", "imaps", MW_OUTCOME_DISCONNECTED,
    { "T:", IMAP_LIST, "C: *", "S: $T OK", "C: *", "reset" } },
  { "reset/pop3-mailbox", "pop3s", MW_OUTCOME_DISCONNECTED,
    { POP3_HELLO, POP3_LIST, "C: *", "S: +OK", "C: *", "reset" } },
  { "reset/smtp-sender", "submissions", MW_OUTCOME_DISCONNECTED,
    { SMTP_HELLO, SMTP_LIST, "C: *", "S: 235 yes", "C: *", "reset" } },

  { "http/imap", "imaps", MW_OUTCOME_NOT_MAIL_SERVER, { "T:", "S: HTTP/1.1 400 Bad Request" } },
  { "http/pop3", "pop3s", MW_OUTCOME_NOT_MAIL_SERVER, { "T:", "S: HTTP/1.1 400 Bad Request" } },
  { "http/smtp", "submissions", MW_OUTCOME_NOT_MAIL_SERVER,
    { "T:", "S: HTTP/1.1 400 Bad Request" } },
  { "ssh/imap", "imap", MW_OUTCOME_NOT_MAIL_SERVER, { "S: SSH-2.0-OpenSSH_9.2p1" } },
  { "ssh/pop3", "pop3", MW_OUTCOME_NOT_MAIL_SERVER, { "S: SSH-2.0-OpenSSH_9.2p1" } },
  { "ssh/smtp", "submission", MW_OUTCOME_NOT_MAIL_SERVER, { "S: SSH-2.0-OpenSSH_9.2p1" } },
  { "ssh/tls-port", "imaps", MW_OUTCOME_NOT_MAIL_SERVER,
    { "S: SSH-2.0-OpenSSH_9.2p1", "silence" } },

  { "clear-text/imap", "imaps", MW_OUTCOME_WRONG_TLS_MODE, { "S: * OK ready", "silence" } },
  { "clear-text/pop3", "pop3s", MW_OUTCOME_WRONG_TLS_MODE, { "S: +OK ready", "silence" } },
  { "clear-text/smtp", "submissions", MW_OUTCOME_WRONG_TLS_MODE, { "S: 220 ready", "silence" } },

  /* Silent until the client speaks TLS. */
  { "tls-on-clear-port/imap", "imap", MW_OUTCOME_WRONG_TLS_MODE, { "T:", "silence" } },
  { "tls-on-clear-port/pop3", "pop3", MW_OUTCOME_WRONG_TLS_MODE, { "T:", "silence" } },
  { "tls-on-clear-port/smtp", "submission", MW_OUTCOME_WRONG_TLS_MODE, { "T:", "silence" } },

  /* The port is not mail's, so the client says what it wants. */
  { "other-alpn/imap", "imaps", MW_OUTCOME_TLS_FAILED, { "T:", "silence" }, "h2" },
  { "other-alpn/pop3", "pop3s", MW_OUTCOME_TLS_FAILED, { "T:", "silence" }, "imap" },

  { "preauth-before-tls", "imap", MW_OUTCOME_PREAUTH,
    { "S: * PREAUTH [CAPABILITY IMAP4rev1 STARTTLS] root" } },
  { "stripped/imap", "imap", MW_OUTCOME_STARTTLS_MISSING,
    { "S: * OK ready", "C: *", "S: * CAPABILITY IMAP4rev1 AUTH=PLAIN\r\n$T OK" } },
  { "stripped/pop3", "pop3", MW_OUTCOME_STARTTLS_MISSING,
    { "S: +OK", "C: CAPA", "S: +OK\r\nUSER\r\nSASL PLAIN\r\n." } },
  { "stripped/smtp", "submission", MW_OUTCOME_STARTTLS_MISSING,
    { "S: 220 ready", "C: *", "S: 250-me\r\n250 AUTH PLAIN" } },
  { "injection/imap", "imap", MW_OUTCOME_STARTTLS_INJECTED,
    { "S: * OK [CAPABILITY IMAP4rev1 STARTTLS] ready", "C: *",
      "S: $T OK go\r\n* CAPABILITY IMAP4rev1 AUTH=PLAIN" } },
  { "injection/pop3", "pop3", MW_OUTCOME_STARTTLS_INJECTED,
    { "S: +OK", "C: CAPA", "S: +OK\r\nSTLS\r\n.", "C: STLS", "S: +OK go\r\n+OK" } },
  { "injection/smtp", "submission", MW_OUTCOME_STARTTLS_INJECTED,
    { "S: 220 ready", "C: *", "S: 250-me\r\n250 STARTTLS", "C: *",
      "S: 220 go\r\n250 AUTH PLAIN" } },
};

static void
run_until (MwProbe      *probe,
           MwProbeState  state)
{
  while (mw_probe_get_state (probe) < state)
    g_main_context_iteration (NULL, TRUE);
}

static void
run (MwProbe    *probe,
     MwEndpoint *endpoint)
{
  g_autoptr(MwAttemptBudget) budget = mw_attempt_budget_new ();
  g_autoptr(MwSecret) secret = mw_secret_new (PASSWORD, -1);
  g_autoptr(MwCredentials) credentials = mw_credentials_new (endpoint, ADDRESS, secret);

  mw_probe_start (probe);
  run_until (probe, MW_PROBE_STATE_READY);
  if (mw_probe_get_state (probe) == MW_PROBE_STATE_READY)
    mw_probe_authenticate (probe, credentials, budget);
  run_until (probe, MW_PROBE_STATE_FINISHED);
}

/* In kilobytes. */
static long
get_peak_memory (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);
  return usage.ru_maxrss;
}

static void
test_attack (gconstpointer data)
{
  const Attack *attack = data;
  ScriptedServer *server = scripted_server_new (good, attack->script);
  g_autoptr(MwAddress) address = mw_address_parse (ADDRESS, NULL);
  g_autofree char *text = g_strdup_printf ("%s:" HOST ":%u", attack->service,
                                           scripted_server_get_port (server));
  g_autoptr(MwEndpoint) endpoint = mw_endpoint_parse (text);
  g_autoptr(MwCandidate) candidate = mw_candidate_new (endpoint, MW_ORIGIN_MANUAL, MW_GRADE_U, NULL,
                                                       MW_AUTH_UNKNOWN, 0);
  gboolean waits = attack->outcome == MW_OUTCOME_TIMEOUT;
  gint64 started = g_get_monotonic_time ();
  long memory = get_peak_memory ();
  g_autofree char *heard = NULL;
  MwResolver *resolver = mw_resolver_new (5000);
  MwDeadlines deadlines;
  MwVerdict *verdict;
  MwProbe *probe;
  MwStage stage;

  if (attack->alpn != NULL)
    scripted_server_require_alpn (server, attack->alpn);
  mw_deadlines_init (&deadlines, waits ? CAP_MS : 0);
  probe = mw_probe_new (candidate, address, resolver, tls, &deadlines, NULL, TRUE);
  run (probe, endpoint);

  verdict = mw_probe_get_verdict (probe);
  stage = verdict->stage;
  g_test_message ("%s: %s", mw_enum_to_nick (MW_TYPE_OUTCOME, verdict->outcome),
                  verdict->detail != NULL ? verdict->detail : "");
  g_assert_cmpint (verdict->outcome, ==, attack->outcome);
  g_assert_cmpuint (verdict->presentations, ==, stage >= MW_STAGE_AUTH ? 1 : 0);
  g_assert_cmpint (g_get_monotonic_time () - started, <, 10 * G_USEC_PER_SEC);
  /* However much comes and however fast. */
  g_assert_cmpint (get_peak_memory () - memory, <, MAX_GROWTH);

  release (probe);
  release (resolver);
  heard = scripted_server_dup_heard (server);
  g_assert_null (strstr (heard, PASSWORD));
  if (stage < MW_STAGE_AUTH)
    g_assert_null (strstr (heard, "AUTH PLAIN"));
  scripted_server_free (server);
}

static void
make_certificates (void)
{
  MwTestCertificateSpec ca_spec = { .common_name = "Test authority", .is_ca = TRUE };
  MwTestCertificateSpec good_spec = { .names = { HOST } };
  g_autoptr(MwTestCertificate) ca = mw_test_certificate_new (&ca_spec, NULL);
  g_autofree char *path = mw_test_certificate_write (ca);

  good = mw_test_certificate_new (&good_spec, ca);
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

  for (gsize i = 0; i < G_N_ELEMENTS (attacks); i++)
    {
      g_autofree char *path = g_strconcat ("/attacks/", attacks[i].name, NULL);

      g_test_add_data_func (path, &attacks[i], test_attack);
    }
  result = g_test_run ();

  release (tls);
  mw_test_certificate_free (good);
  g_object_unref (dns);
  return result;
}
