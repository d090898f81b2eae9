/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "fake-resolver.h"
#include "probe/mw-prober.h"
#include "scripted-server.h"

#define ADDRESS "jan@example.test"
#define PASSWORD "zażółć \"gęślą\" \\jaźń 1"
#define MAX_SERVERS 4
#define GRACE_MS 300

#define IMAP_READY "T:", "S: * OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN] ready"
#define IMAP_YES "C: * AUTHENTICATE PLAIN *", "S: $T OK done", "C: * EXAMINE INBOX", "S: $T OK done"
#define IMAP_NO "C: * AUTHENTICATE PLAIN *", "S: $T NO [AUTHENTICATIONFAILED] no"
#define SMTP_READY "T:", "S: 220 ready", "C: EHLO *", \
                   "S: 250-me\r\n250-PIPELINING\r\n250 AUTH PLAIN"
#define SMTP_PROOF "C: MAIL *", "C: RCPT *", "C: RSET", "S: 250 ok\r\n250 ok\r\n250 ok"
#define SMTP_YES "C: AUTH PLAIN *", "S: 235 yes", SMTP_PROOF

static const char * const imap_works[] = { IMAP_READY, IMAP_YES, NULL };
static const char * const imap_refuses[] = { IMAP_READY, IMAP_NO, NULL };
static const char * const imap_hangs_up[] = { IMAP_READY, "C: *", "end", NULL };
static const char * const imap_silent_in_auth[] = { IMAP_READY, "C: *", "silence", NULL };
static const char * const smtp_works[] = { SMTP_READY, SMTP_YES, NULL };
static const char * const smtp_refuses[] = { SMTP_READY, "C: *", "S: 535 5.7.8 no", NULL };
static const char * const silent[] = { "silence", NULL };

static MwTestCertificate *certificate;
static MwTestCertificate *certificate_of_b;
static MwTlsCredentials *tls;
static MwFakeResolver *dns;

typedef struct {
  ScriptedServer *servers[MAX_SERVERS];
  MwResolver     *resolver;
  MwProber       *prober;
  GPtrArray      *candidates[2];
  GHashTable     *asked;      /* hosts that need a yes */
  GHashTable     *refused;    /* hosts that are not to be dialled */
  gboolean        ask_from_g; /* every host of grade G and worse needs a yes */
  guint           finished;
} Fixture;

static MwHostDecision
decide_cb (MwCandidate *candidate,
           MwTlsFacts  *facts,
           gboolean     dialling,
           gpointer     user_data)
{
  Fixture *fixture = user_data;
  const char *host = mw_endpoint_get_host (mw_candidate_get_endpoint (candidate));
  gboolean asked = g_hash_table_contains (fixture->asked, host) ||
                   (fixture->ask_from_g && mw_candidate_get_grade (candidate) >= MW_GRADE_G);

  if (g_hash_table_contains (fixture->refused, host) &&
      mw_candidate_get_grade (candidate) > MW_GRADE_A)
    return MW_HOST_DECISION_REFUSE;

  return asked && !dialling ? MW_HOST_DECISION_ASK : MW_HOST_DECISION_SILENT;
}

static void
finished_cb (Fixture *fixture)
{
  fixture->finished++;
}

static GPtrArray *
new_candidates (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) mw_candidate_unref);
}

static void
set_up (Fixture *fixture,
        guint    cap_ms)
{
  g_autoptr(MwAddress) address = mw_address_parse (ADDRESS, NULL);
  g_autoptr(MwSecret) secret = mw_secret_new (PASSWORD, -1);
  MwDeadlines deadlines;

  *fixture = (Fixture) { 0 };
  fixture->asked = g_hash_table_new (g_str_hash, g_str_equal);
  fixture->refused = g_hash_table_new (g_str_hash, g_str_equal);
  fixture->resolver = mw_resolver_new (5000);
  mw_deadlines_init (&deadlines, cap_ms);
  deadlines.grace_ms = GRACE_MS;
  fixture->prober = mw_prober_new (address, fixture->resolver, tls, &deadlines, decide_cb, fixture);
  g_signal_connect_swapped (fixture->prober, "finished", G_CALLBACK (finished_cb), fixture);
  for (guint side = 0; side < 2; side++)
    {
      fixture->candidates[side] = new_candidates ();
      mw_prober_set_log_in (fixture->prober, side, secret, NULL);
    }
}

static void
release (gpointer object)
{
  while (g_atomic_int_get (&G_OBJECT (object)->ref_count) > 1)
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (1000);
    }
  g_assert_finalize_object (G_OBJECT (object));
}

static void
tear_down (Fixture *fixture)
{
  release (fixture->prober);
  release (fixture->resolver);
  for (guint i = 0; i < MAX_SERVERS; i++)
    g_clear_pointer (&fixture->servers[i], scripted_server_free);
  for (guint side = 0; side < 2; side++)
    g_ptr_array_unref (fixture->candidates[side]);
  g_hash_table_unref (fixture->asked);
  g_hash_table_unref (fixture->refused);
}

static MwCandidate *
make_candidate (ScriptedServer *server,
                const char     *service,
                const char     *label,
                MwGrade         grade,
                const char     *user_names)
{
  g_autofree char *text = g_strdup_printf ("%s:%s.example.test:%u", service, label,
                                           scripted_server_get_port (server));
  g_autoptr(MwEndpoint) endpoint = mw_endpoint_parse (text);
  g_auto(GStrv) names = user_names != NULL ? g_strsplit (user_names, " ", -1) : NULL;

  return mw_candidate_new (endpoint, MW_ORIGIN_GUESS, grade, (const char * const *) names,
                           MW_AUTH_UNKNOWN, 0);
}

static void
add_candidate (Fixture    *fixture,
               guint       server,
               const char *service,
               const char *label,
               MwGrade     grade,
               const char *user_names)
{
  MwCandidate *candidate = make_candidate (fixture->servers[server], service, label, grade,
                                           user_names);
  MwSide side = mw_endpoint_get_side (mw_candidate_get_endpoint (candidate));

  g_ptr_array_add (fixture->candidates[side], candidate);
}

/* A server with a candidate that leads to it. */
static void
add_server (Fixture            *fixture,
            guint               server,
            const char         *service,
            const char         *label,
            const char * const *script)
{
  fixture->servers[server] = scripted_server_new (certificate, script);
  add_candidate (fixture, server, service, label, MW_GRADE_A, NULL);
}

static void
hand_over (Fixture *fixture)
{
  mw_prober_set_candidates (fixture->prober, MW_SIDE_INCOMING,
                            fixture->candidates[MW_SIDE_INCOMING]);
  mw_prober_set_candidates (fixture->prober, MW_SIDE_OUTGOING,
                            fixture->candidates[MW_SIDE_OUTGOING]);
}

static void
start (Fixture *fixture)
{
  hand_over (fixture);
  mw_prober_set_sources (fixture->prober, TRUE, TRUE);
  mw_prober_start (fixture->prober);
}

static MwOutcome
wait_for_end (Fixture *fixture)
{
  g_autoptr(GPtrArray) verdicts = NULL;

  while (fixture->finished == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (fixture->finished, ==, 1);

  /* Nothing is left open, and nothing is pending in a final report. */
  verdicts = mw_prober_dup_verdicts (fixture->prober);
  for (guint i = 0; i < verdicts->len; i++)
    {
      MwVerdict *verdict = verdicts->pdata[i];

      g_test_message ("%s: %s",
                      mw_endpoint_get_host (mw_candidate_get_endpoint (verdict->candidate)),
                      mw_enum_to_nick (MW_TYPE_OUTCOME, verdict->outcome));
      g_assert_cmpint (verdict->outcome, !=, MW_OUTCOME_PENDING);
    }

  return mw_prober_get_outcome (fixture->prober);
}

static MwOutcome
run (Fixture *fixture)
{
  start (fixture);
  return wait_for_end (fixture);
}

static void
run_for (guint milliseconds)
{
  gint64 until = g_get_monotonic_time () + milliseconds * 1000;

  while (g_get_monotonic_time () < until)
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (1000);
    }
}

static guint
count_auth (Fixture *fixture,
            guint    server)
{
  return scripted_server_count (fixture->servers[server], "AUTH");
}

/* The counts are those of the wire. */
static void
assert_presentations (Fixture *fixture,
                      guint    wanted)
{
  GHashTable *counts = mw_attempt_budget_get_counts (mw_prober_get_budget (fixture->prober));
  GHashTableIter iter;
  gpointer value;
  guint counted = 0;
  guint heard = 0;

  g_hash_table_iter_init (&iter, counts);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    counted += GPOINTER_TO_UINT (value);
  for (guint i = 0; i < MAX_SERVERS && fixture->servers[i] != NULL; i++)
    heard += count_auth (fixture, i);

  g_assert_cmpuint (counted, ==, wanted);
  g_assert_cmpuint (heard, ==, wanted);
}

static void
assert_winner (Fixture    *fixture,
               MwSide      side,
               const char *label)
{
  g_autofree char *host = g_strconcat (label, ".example.test", NULL);
  MwVerdict *verdict = mw_prober_get_verdict (fixture->prober, side);

  g_assert_nonnull (verdict);
  g_assert_cmpint (verdict->outcome, ==, MW_OUTCOME_WORKS);
  g_assert_cmpstr (mw_endpoint_get_host (mw_candidate_get_endpoint (verdict->candidate)), ==,
                   host);
}

static void
test_both_work (void)
{
  Fixture fixture;

  set_up (&fixture, 0);
  add_server (&fixture, 0, "imaps", "a", imap_works);
  add_server (&fixture, 1, "submissions", "smtp", smtp_works);
  g_assert_cmpint (run (&fixture), ==, MW_OUTCOME_WORKS);
  assert_winner (&fixture, MW_SIDE_INCOMING, "a");
  assert_winner (&fixture, MW_SIDE_OUTGOING, "smtp");
  assert_presentations (&fixture, 2);
  g_assert_cmpint (mw_prober_get_verified_us (fixture.prober), >, 0);
  g_assert_null (mw_prober_get_consent_hosts (fixture.prober));
  tear_down (&fixture);
}

static void
test_wrong_password (void)
{
  Fixture fixture;

  set_up (&fixture, 0);
  add_server (&fixture, 0, "imaps", "a", imap_refuses);
  add_server (&fixture, 1, "imaps", "b", imap_works);
  add_server (&fixture, 2, "submissions", "smtp", smtp_works);
  g_assert_cmpint (run (&fixture), ==, MW_OUTCOME_BAD_CREDENTIALS);
  g_assert_cmpuint (count_auth (&fixture, 2), ==, 0);
  assert_presentations (&fixture, 1);
  g_assert_cmpint (mw_prober_get_verified_us (fixture.prober), ==, -1);
  tear_down (&fixture);
}

static void
test_outgoing_refuses (void)
{
  Fixture fixture;

  set_up (&fixture, 0);
  add_server (&fixture, 0, "imaps", "a", imap_works);
  add_server (&fixture, 1, "submissions", "smtp", smtp_refuses);
  g_assert_cmpint (run (&fixture), ==, MW_OUTCOME_BAD_CREDENTIALS);
  assert_winner (&fixture, MW_SIDE_INCOMING, "a");
  assert_presentations (&fixture, 2);
  tear_down (&fixture);
}

static void
test_both_fail (void)
{
  const char * const http[] = { "T:", "sleep 300", "S: HTTP/1.1 400 Bad Request", NULL };
  const char * const stripped[] = { "S: 220 ready", "C: *", "S: 250 me", NULL };
  Fixture fixture;

  set_up (&fixture, 0);
  add_server (&fixture, 0, "imaps", "a", http);
  add_server (&fixture, 1, "submission", "smtp", stripped);
  g_assert_cmpint (run (&fixture), ==, MW_OUTCOME_NOT_MAIL_SERVER);
  g_assert_cmpint (mw_prober_get_verdict (fixture.prober, MW_SIDE_OUTGOING)->outcome, ==,
                   MW_OUTCOME_STARTTLS_MISSING);
  tear_down (&fixture);
}

static void
test_question (void)
{
  const char * const slow_smtp[] = { "sleep 200", SMTP_READY, SMTP_YES, NULL };
  Fixture fixture;
  const char * const *hosts;

  set_up (&fixture, 0);
  add_server (&fixture, 0, "imaps", "a", imap_works);
  add_server (&fixture, 1, "submissions", "smtp", slow_smtp);
  g_hash_table_add (fixture.asked, (gpointer) "a.example.test");
  g_hash_table_add (fixture.asked, (gpointer) "smtp.example.test");
  g_assert_cmpint (run (&fixture), ==, MW_OUTCOME_CONSENT_NEEDED);
  assert_presentations (&fixture, 0);

  /* Both at once, so that nobody is asked twice. */
  hosts = mw_prober_get_consent_hosts (fixture.prober);
  g_assert_nonnull (hosts);
  g_assert_cmpuint (g_strv_length ((char **) hosts), ==, 2);
  g_assert_cmpstr (hosts[0], ==, "a.example.test");
  g_assert_cmpstr (hosts[1], ==, "smtp.example.test");
  tear_down (&fixture);
}

static void
test_question_for_sending (void)
{
  Fixture fixture;
  const char * const *hosts;

  set_up (&fixture, 0);
  add_server (&fixture, 0, "imaps", "a", imap_works);
  add_server (&fixture, 1, "submissions", "smtp", smtp_works);
  g_hash_table_add (fixture.asked, (gpointer) "smtp.example.test");
  g_assert_cmpint (run (&fixture), ==, MW_OUTCOME_CONSENT_NEEDED);
  assert_winner (&fixture, MW_SIDE_INCOMING, "a");
  assert_presentations (&fixture, 1);
  hosts = mw_prober_get_consent_hosts (fixture.prober);
  g_assert_cmpuint (g_strv_length ((char **) hosts), ==, 1);
  g_assert_cmpstr (hosts[0], ==, "smtp.example.test");
  tear_down (&fixture);
}

/* A server nobody need be asked about is preferred to a better one that needs
 * a question. */
static void
test_no_needless_question (void)
{
  const char * const slow[] = { "sleep 400", IMAP_READY, IMAP_YES, NULL };
  Fixture fixture;

  set_up (&fixture, 0);
  add_server (&fixture, 0, "imaps", "a", imap_works);
  add_server (&fixture, 1, "imaps", "b", slow);
  g_hash_table_add (fixture.asked, (gpointer) "a.example.test");
  mw_prober_skip (fixture.prober, MW_SIDE_OUTGOING);
  g_assert_cmpint (run (&fixture), ==, MW_OUTCOME_WORKS);
  assert_winner (&fixture, MW_SIDE_INCOMING, "b");
  assert_presentations (&fixture, 1);
  tear_down (&fixture);
}

static void
test_refused (void)
{
  Fixture fixture;

  set_up (&fixture, 0);
  fixture.servers[0] = scripted_server_new (certificate, imap_works);
  add_candidate (&fixture, 0, "imaps", "a", MW_GRADE_D, NULL);
  add_server (&fixture, 1, "submissions", "smtp", smtp_works);
  g_hash_table_add (fixture.refused, (gpointer) "a.example.test");
  g_assert_cmpint (run (&fixture), ==, MW_OUTCOME_CONSENT_NEEDED);
  g_assert_cmpuint (scripted_server_get_n_connections (fixture.servers[0]), ==, 0);
  assert_presentations (&fixture, 0);
  g_assert_cmpstr (mw_prober_get_consent_hosts (fixture.prober)[0], ==, "a.example.test");
  tear_down (&fixture);
}

static void
test_twins (void)
{
  Fixture fixture;

  set_up (&fixture, 0);
  mw_prober_skip (fixture.prober, MW_SIDE_OUTGOING);
  add_server (&fixture, 0, "imaps", "a", imap_works);
  add_candidate (&fixture, 0, "imaps", "b", MW_GRADE_A, NULL);
  g_assert_cmpint (run (&fixture), ==, MW_OUTCOME_WORKS);
  assert_winner (&fixture, MW_SIDE_INCOMING, "a");
  g_assert_cmpuint (scripted_server_get_n_connections (fixture.servers[0]), ==, 1);
  tear_down (&fixture);
}

static void
test_twin_of_another_name (void)
{
  Fixture fixture;

  set_up (&fixture, 0);
  mw_prober_skip (fixture.prober, MW_SIDE_OUTGOING);
  fixture.servers[0] = scripted_server_new (certificate_of_b, imap_works);
  add_candidate (&fixture, 0, "imaps", "a", MW_GRADE_A, NULL);
  add_candidate (&fixture, 0, "imaps", "b", MW_GRADE_A, NULL);
  g_assert_cmpint (run (&fixture), ==, MW_OUTCOME_WORKS);
  assert_winner (&fixture, MW_SIDE_INCOMING, "b");
  g_assert_cmpuint (scripted_server_get_n_connections (fixture.servers[0]), ==, 2);
  assert_presentations (&fixture, 1);
  tear_down (&fixture);
}

/* The same port with TLS and with STARTTLS is two questions. */
static void
test_no_twin_of_another_mode (void)
{
  const char * const clear[] = { "S: * OK [CAPABILITY IMAP4rev1 STARTTLS] ready", "C: *",
                                 "S: $T OK go", "T:", "C: *",
                                 "S: * CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN\r\n$T OK",
                                 IMAP_YES, NULL };
  Fixture fixture;

  set_up (&fixture, 0);
  mw_prober_skip (fixture.prober, MW_SIDE_OUTGOING);
  fixture.servers[0] = scripted_server_new (certificate, clear);
  add_candidate (&fixture, 0, "imaps", "a", MW_GRADE_U, NULL);
  add_candidate (&fixture, 0, "imap", "a", MW_GRADE_U, NULL);
  g_assert_cmpint (run (&fixture), ==, MW_OUTCOME_WORKS);
  assert_presentations (&fixture, 1);
  tear_down (&fixture);
}

static void
test_grace (void)
{
  const char * const little_late[] = { "sleep 100", IMAP_READY, IMAP_YES, NULL };
  const char * const too_late[] = { "sleep 1500", IMAP_READY, IMAP_YES, NULL };
  const char * const *scripts[] = { little_late, too_late };
  const char *winners[] = { "a", "b" };

  for (gsize i = 0; i < G_N_ELEMENTS (scripts); i++)
    {
      Fixture fixture;

      set_up (&fixture, 0);
      mw_prober_skip (fixture.prober, MW_SIDE_OUTGOING);
      add_server (&fixture, 0, "imaps", "a", scripts[i]);
      add_server (&fixture, 1, "imaps", "b", imap_works);
      g_assert_cmpint (run (&fixture), ==, MW_OUTCOME_WORKS);
      assert_winner (&fixture, MW_SIDE_INCOMING, winners[i]);
      assert_presentations (&fixture, 1);
      tear_down (&fixture);
    }
}

static void
test_next_without_mechanism (void)
{
  const char * const odd[] = { "T:", "S: * OK [CAPABILITY IMAP4rev1 LOGINDISABLED AUTH=X-ODD] hi",
                               NULL };
  Fixture fixture;

  set_up (&fixture, 0);
  mw_prober_skip (fixture.prober, MW_SIDE_OUTGOING);
  add_server (&fixture, 0, "imaps", "a", odd);
  add_server (&fixture, 1, "imaps", "b", imap_works);
  g_assert_cmpint (run (&fixture), ==, MW_OUTCOME_WORKS);
  assert_winner (&fixture, MW_SIDE_INCOMING, "b");
  assert_presentations (&fixture, 1);
  tear_down (&fixture);
}

static void
test_budget (void)
{
  Fixture fixture;

  set_up (&fixture, 0);
  add_server (&fixture, 0, "imaps", "a", imap_hangs_up);
  add_server (&fixture, 1, "imaps", "b", imap_hangs_up);
  add_server (&fixture, 2, "imaps", "c", imap_works);
  add_server (&fixture, 3, "submissions", "smtp", smtp_works);
  g_assert_cmpint (run (&fixture), ==, MW_OUTCOME_DISCONNECTED);
  g_assert_cmpuint (count_auth (&fixture, 0), ==, 1);
  g_assert_cmpuint (count_auth (&fixture, 1), ==, 1);
  assert_presentations (&fixture, 2);
  tear_down (&fixture);
}

/* What fails after the log-in is that server's own failure, not that of the
 * endpoints that were not needed any more. */
static void
test_fails_after_login (void)
{
  const char * const script[] = { IMAP_READY, "C: *", "S: $T OK done", "C: *", "end", NULL };
  Fixture fixture;

  set_up (&fixture, 0);
  add_server (&fixture, 0, "imaps", "a", script);
  add_server (&fixture, 1, "imaps", "b", imap_works);
  add_server (&fixture, 2, "submissions", "smtp", silent);
  g_assert_cmpint (run (&fixture), ==, MW_OUTCOME_DISCONNECTED);
  g_assert_cmpint (mw_prober_get_verdict (fixture.prober, MW_SIDE_INCOMING)->stage, ==,
                   MW_STAGE_MAILBOX);
  assert_presentations (&fixture, 1);
  tear_down (&fixture);
}

static void
test_user_names (void)
{
  const char * const slow[] = { IMAP_READY, "C: *", "sleep 500",
                                "S: $T NO [AUTHENTICATIONFAILED] no", NULL };
  Fixture fixture;

  set_up (&fixture, 0);
  mw_prober_skip (fixture.prober, MW_SIDE_OUTGOING);
  fixture.servers[0] = scripted_server_new (certificate, slow);
  scripted_server_set_next (fixture.servers[0], imap_works);
  fixture.servers[1] = scripted_server_new (certificate, imap_refuses);
  add_candidate (&fixture, 0, "imaps", "a", MW_GRADE_A, ADDRESS " jan");
  add_candidate (&fixture, 1, "imaps", "b", MW_GRADE_A, ADDRESS " jan");
  g_assert_cmpint (run (&fixture), ==, MW_OUTCOME_WORKS);
  assert_winner (&fixture, MW_SIDE_INCOMING, "a");
  g_assert_cmpstr (mw_prober_get_verdict (fixture.prober, MW_SIDE_INCOMING)->user_name, ==, "jan");
  /* The other endpoint was ready all the time, and would begin anew. */
  g_assert_cmpuint (count_auth (&fixture, 1), ==, 0);
  assert_presentations (&fixture, 2);
  tear_down (&fixture);
}

static void
test_two_user_names_at_most (void)
{
  Fixture fixture;

  set_up (&fixture, 0);
  mw_prober_skip (fixture.prober, MW_SIDE_OUTGOING);
  fixture.servers[0] = scripted_server_new (certificate, imap_refuses);
  add_candidate (&fixture, 0, "imaps", "a", MW_GRADE_A, ADDRESS " jan example.test-jan");
  g_assert_cmpint (run (&fixture), ==, MW_OUTCOME_BAD_CREDENTIALS);
  assert_presentations (&fixture, 2);
  tear_down (&fixture);
}

/* Without a reason it may be anything; a second try would only be another
 * failure. And a name that was typed is the only one. */
static void
test_no_second_user_name (void)
{
  const char * const unclear[] = { IMAP_READY, "C: *", "S: $T NO sorry", NULL };
  const char * const *scripts[] = { unclear, imap_refuses };
  const MwOutcome outcomes[] = { MW_OUTCOME_LOGIN_REFUSED, MW_OUTCOME_BAD_CREDENTIALS };
  const char *typed[] = { NULL, "typed" };

  for (gsize i = 0; i < G_N_ELEMENTS (scripts); i++)
    {
      g_autoptr(MwSecret) secret = mw_secret_new (PASSWORD, -1);
      Fixture fixture;

      set_up (&fixture, 0);
      mw_prober_skip (fixture.prober, MW_SIDE_OUTGOING);
      mw_prober_set_log_in (fixture.prober, MW_SIDE_INCOMING, secret, typed[i]);
      fixture.servers[0] = scripted_server_new (certificate, scripts[i]);
      add_candidate (&fixture, 0, "imaps", "a", MW_GRADE_A, ADDRESS " jan");
      g_assert_cmpint (run (&fixture), ==, outcomes[i]);
      g_assert_cmpstr (mw_prober_get_verdict (fixture.prober, MW_SIDE_INCOMING)->user_name, ==,
                       typed[i] != NULL ? typed[i] : ADDRESS);
      assert_presentations (&fixture, 1);
      tear_down (&fixture);
    }
}

/* The second connection does not come about: the refusal is still the news. */
static void
test_second_user_name_in_vain (void)
{
  const char * const gone[] = { "end", NULL };
  Fixture fixture;

  set_up (&fixture, 0);
  mw_prober_skip (fixture.prober, MW_SIDE_OUTGOING);
  fixture.servers[0] = scripted_server_new (certificate, imap_refuses);
  scripted_server_set_next (fixture.servers[0], gone);
  fixture.servers[1] = scripted_server_new (certificate, imap_works);
  add_candidate (&fixture, 0, "imaps", "a", MW_GRADE_A, ADDRESS " jan");
  add_candidate (&fixture, 1, "imaps", "b", MW_GRADE_A, ADDRESS " jan");
  g_assert_cmpint (run (&fixture), ==, MW_OUTCOME_BAD_CREDENTIALS);
  assert_presentations (&fixture, 1);
  tear_down (&fixture);
}

static void
test_receive_only (void)
{
  Fixture fixture;

  set_up (&fixture, 0);
  mw_prober_skip (fixture.prober, MW_SIDE_OUTGOING);
  add_server (&fixture, 0, "pop3s", "a", (const char * const[]) {
                "T:", "S: +OK", "C: CAPA", "S: +OK\r\nSASL PLAIN\r\n.", "C: *", "S: +OK", "C: STAT",
                "S: +OK 0 0", NULL });
  add_server (&fixture, 1, "submissions", "smtp", smtp_works);
  g_assert_cmpint (run (&fixture), ==, MW_OUTCOME_WORKS);
  g_assert_cmpuint (scripted_server_get_n_connections (fixture.servers[1]), ==, 0);
  tear_down (&fixture);
}

static void
test_open_sending (void)
{
  const char * const open_smtp[] = { SMTP_READY, SMTP_PROOF, NULL };
  Fixture fixture;

  set_up (&fixture, 0);
  mw_prober_set_outgoing_open (fixture.prober, TRUE);
  fixture.servers[0] = scripted_server_new (certificate, imap_works);
  add_candidate (&fixture, 0, "imaps", "a", MW_GRADE_A, NULL);
  add_server (&fixture, 1, "submissions", "smtp", open_smtp);
  g_assert_cmpint (run (&fixture), ==, MW_OUTCOME_WORKS);
  g_assert_cmpint (mw_prober_get_verdict (fixture.prober, MW_SIDE_OUTGOING)->auth, ==,
                   MW_AUTH_NONE);
  g_assert_cmpuint (scripted_server_count (fixture.servers[1], "MAIL FROM"), ==, 1);
  assert_presentations (&fixture, 1);
  tear_down (&fixture);
}

static void
test_no_login (void)
{
  Fixture fixture;

  set_up (&fixture, 0);
  mw_prober_set_log_in (fixture.prober, MW_SIDE_INCOMING, NULL, NULL);
  mw_prober_set_log_in (fixture.prober, MW_SIDE_OUTGOING, NULL, NULL);
  add_server (&fixture, 0, "imaps", "a", imap_works);
  add_server (&fixture, 1, "submissions", "smtp", smtp_works);
  g_assert_cmpint (run (&fixture), ==, MW_OUTCOME_WORKS);
  g_assert_cmpint (mw_prober_get_verdict (fixture.prober, MW_SIDE_INCOMING)->stage, ==,
                   MW_STAGE_CAPABILITY);
  g_assert_cmpint (mw_prober_get_verified_us (fixture.prober), ==, -1);
  assert_presentations (&fixture, 0);
  tear_down (&fixture);
}

static void
test_cancel (void)
{
  Fixture fixture;

  set_up (&fixture, 0);
  add_server (&fixture, 0, "imaps", "a", imap_silent_in_auth);
  add_server (&fixture, 1, "imaps", "b", silent);
  add_server (&fixture, 2, "submissions", "smtp", smtp_works);
  start (&fixture);
  run_for (GRACE_MS + 300);
  g_assert_cmpuint (fixture.finished, ==, 0);
  mw_prober_cancel (fixture.prober);
  g_assert_cmpint (wait_for_end (&fixture), ==, MW_OUTCOME_CANCELLED);
  g_assert_cmpint (mw_prober_get_verdict (fixture.prober, MW_SIDE_INCOMING)->outcome, ==,
                   MW_OUTCOME_CANCELLED);
  mw_prober_cancel (fixture.prober);
  g_assert_cmpuint (fixture.finished, ==, 1);
  assert_presentations (&fixture, 1);
  tear_down (&fixture);
}

typedef struct {
  guint changes;
  guint cancel_at;
} Interruption;

static void
interrupt_cb (MwProber *prober,
              gpointer  user_data)
{
  Interruption *interruption = user_data;

  if (++interruption->changes == interruption->cancel_at)
    mw_prober_cancel (prober);
}

/* Whoever hears of a change may cancel at once: at the first, the second, … */
static void
test_cancel_inside_signal (void)
{
  for (guint n = 1; n < 40; n++)
    {
      Interruption interruption = { .cancel_at = n };
      Fixture fixture;

      set_up (&fixture, 0);
      add_server (&fixture, 0, "imaps", "a", imap_works);
      add_server (&fixture, 1, "imaps", "b", imap_works);
      add_server (&fixture, 2, "submissions", "smtp", smtp_works);
      g_signal_connect (fixture.prober, "changed", G_CALLBACK (interrupt_cb), &interruption);
      start (&fixture);
      wait_for_end (&fixture);
      tear_down (&fixture);
      if (interruption.changes < n)
        return;
    }
}

static void
test_dropped_while_running (void)
{
  Fixture fixture;

  set_up (&fixture, 0);
  add_server (&fixture, 0, "imaps", "a", imap_silent_in_auth);
  add_server (&fixture, 1, "submissions", "smtp", smtp_works);
  start (&fixture);
  run_for (100);
  tear_down (&fixture);
}

static void
test_all_silent (void)
{
  Fixture fixture;
  gint64 started = g_get_monotonic_time ();
  gint64 elapsed;

  set_up (&fixture, 400);
  add_server (&fixture, 0, "imaps", "a", silent);
  add_server (&fixture, 1, "imaps", "b", silent);
  add_server (&fixture, 2, "submissions", "smtp", silent);
  g_assert_cmpint (run (&fixture), ==, MW_OUTCOME_TIMEOUT);
  elapsed = (g_get_monotonic_time () - started) / 1000;
  g_assert_cmpint (elapsed, >=, 390);
  g_assert_cmpint (elapsed, <, 3000);
  g_assert_cmpint (mw_prober_get_verdict (fixture.prober, MW_SIDE_OUTGOING)->outcome, ==,
                   MW_OUTCOME_TIMEOUT);
  tear_down (&fixture);
}

static void
test_nothing_found (void)
{
  Fixture fixture;

  set_up (&fixture, 0);
  g_assert_cmpint (run (&fixture), ==, MW_OUTCOME_NOTHING_FOUND);
  tear_down (&fixture);
}

/* A guess logs in when the better sources have had their say. */
static void
test_better_sources_first (void)
{
  Fixture fixture;

  set_up (&fixture, 0);
  mw_prober_skip (fixture.prober, MW_SIDE_OUTGOING);
  fixture.servers[0] = scripted_server_new (certificate, imap_works);
  add_candidate (&fixture, 0, "imaps", "a", MW_GRADE_G, NULL);
  hand_over (&fixture);
  mw_prober_start (fixture.prober);
  run_for (GRACE_MS + 200);
  g_assert_cmpuint (scripted_server_get_n_connections (fixture.servers[0]), ==, 1);
  g_assert_false (mw_attempt_budget_get_counts (mw_prober_get_budget (fixture.prober)) == NULL);
  g_assert_cmpuint (g_hash_table_size (mw_attempt_budget_get_counts (
                      mw_prober_get_budget (fixture.prober))), ==, 0);

  mw_prober_set_sources (fixture.prober, TRUE, TRUE);
  g_assert_cmpint (wait_for_end (&fixture), ==, MW_OUTCOME_WORKS);
  assert_presentations (&fixture, 1);
  tear_down (&fixture);
}

/* The same endpoint, named by a better source later: the connection that
 * stands is used, and the report says who named it. */
static void
test_better_grade (void)
{
  Fixture fixture;
  MwVerdict *verdict;

  set_up (&fixture, 0);
  fixture.ask_from_g = TRUE;
  mw_prober_skip (fixture.prober, MW_SIDE_OUTGOING);
  fixture.servers[0] = scripted_server_new (certificate, imap_works);
  add_candidate (&fixture, 0, "imaps", "a", MW_GRADE_D, NULL);
  hand_over (&fixture);
  mw_prober_set_sources (fixture.prober, TRUE, FALSE);
  mw_prober_start (fixture.prober);
  run_for (GRACE_MS);
  g_assert_cmpuint (fixture.finished, ==, 0);

  g_ptr_array_set_size (fixture.candidates[MW_SIDE_INCOMING], 0);
  add_candidate (&fixture, 0, "imaps", "a", MW_GRADE_A, NULL);
  hand_over (&fixture);
  mw_prober_set_sources (fixture.prober, TRUE, TRUE);
  g_assert_cmpint (wait_for_end (&fixture), ==, MW_OUTCOME_WORKS);
  g_assert_cmpuint (scripted_server_get_n_connections (fixture.servers[0]), ==, 1);
  verdict = mw_prober_get_verdict (fixture.prober, MW_SIDE_INCOMING);
  g_assert_cmpint (mw_candidate_get_grade (verdict->candidate), ==, MW_GRADE_A);
  tear_down (&fixture);
}

/* Not dialled at first, then named by somebody who may. */
static void
test_better_grade_of_a_refused_one (void)
{
  Fixture fixture;

  set_up (&fixture, 0);
  mw_prober_skip (fixture.prober, MW_SIDE_OUTGOING);
  g_hash_table_add (fixture.refused, (gpointer) "a.example.test");
  fixture.servers[0] = scripted_server_new (certificate, imap_works);
  add_candidate (&fixture, 0, "imaps", "a", MW_GRADE_D, NULL);
  hand_over (&fixture);
  mw_prober_set_sources (fixture.prober, TRUE, FALSE);
  mw_prober_start (fixture.prober);
  run_for (100);
  g_assert_cmpuint (scripted_server_get_n_connections (fixture.servers[0]), ==, 0);

  g_ptr_array_set_size (fixture.candidates[MW_SIDE_INCOMING], 0);
  add_candidate (&fixture, 0, "imaps", "a", MW_GRADE_A, NULL);
  hand_over (&fixture);
  mw_prober_set_sources (fixture.prober, TRUE, TRUE);
  g_assert_cmpint (wait_for_end (&fixture), ==, MW_OUTCOME_WORKS);
  tear_down (&fixture);
}

/* The domain says that it does not offer this ("." in DNS). */
static void
test_removed (void)
{
  Fixture fixture;

  set_up (&fixture, 0);
  mw_prober_skip (fixture.prober, MW_SIDE_OUTGOING);
  fixture.servers[0] = scripted_server_new (certificate, imap_works);
  fixture.servers[1] = scripted_server_new (certificate, imap_works);
  add_candidate (&fixture, 0, "imaps", "a", MW_GRADE_G, NULL);
  add_candidate (&fixture, 1, "imaps", "b", MW_GRADE_G, NULL);
  hand_over (&fixture);
  mw_prober_start (fixture.prober);
  run_for (100);

  g_ptr_array_remove_index (fixture.candidates[MW_SIDE_INCOMING], 0);
  hand_over (&fixture);
  mw_prober_set_sources (fixture.prober, TRUE, TRUE);
  g_assert_cmpint (wait_for_end (&fixture), ==, MW_OUTCOME_WORKS);
  assert_winner (&fixture, MW_SIDE_INCOMING, "b");
  g_assert_cmpuint (count_auth (&fixture, 0), ==, 0);
  tear_down (&fixture);
}

static void
test_all_removed (void)
{
  Fixture fixture;

  set_up (&fixture, 0);
  fixture.servers[0] = scripted_server_new (certificate, imap_works);
  add_candidate (&fixture, 0, "imaps", "a", MW_GRADE_G, NULL);
  hand_over (&fixture);
  mw_prober_start (fixture.prober);
  run_for (100);
  g_ptr_array_set_size (fixture.candidates[MW_SIDE_INCOMING], 0);
  hand_over (&fixture);
  mw_prober_set_sources (fixture.prober, TRUE, TRUE);
  g_assert_cmpint (wait_for_end (&fixture), ==, MW_OUTCOME_NOTHING_FOUND);
  assert_presentations (&fixture, 0);
  tear_down (&fixture);
}

/* Who has the password already may go on. */
static void
test_removed_while_logging_in (void)
{
  const char * const slow[] = { IMAP_READY, "C: *", "sleep 400", "S: $T OK", "C: *", "S: $T OK",
                                NULL };
  Fixture fixture;

  set_up (&fixture, 0);
  mw_prober_skip (fixture.prober, MW_SIDE_OUTGOING);
  add_server (&fixture, 0, "imaps", "a", slow);
  start (&fixture);
  run_for (200);
  g_ptr_array_set_size (fixture.candidates[MW_SIDE_INCOMING], 0);
  hand_over (&fixture);
  g_assert_cmpint (wait_for_end (&fixture), ==, MW_OUTCOME_WORKS);
  assert_winner (&fixture, MW_SIDE_INCOMING, "a");
  tear_down (&fixture);
}

static void
make_certificates (void)
{
  MwTestCertificateSpec ca_spec = { .common_name = "Test authority", .is_ca = TRUE };
  MwTestCertificateSpec spec = { .names = { "a.example.test", "b.example.test", "c.example.test",
                                            "smtp.example.test" } };
  MwTestCertificateSpec spec_of_b = { .names = { "b.example.test" } };
  g_autoptr(MwTestCertificate) ca = mw_test_certificate_new (&ca_spec, NULL);
  g_autofree char *path = mw_test_certificate_write (ca);

  certificate = mw_test_certificate_new (&spec, ca);
  certificate_of_b = mw_test_certificate_new (&spec_of_b, ca);
  tls = mw_tls_credentials_new ();
  g_assert_true (mw_tls_credentials_add_ca_file (tls, path, NULL));
  g_unlink (path);
}

static void
make_dns (void)
{
  const char *labels[] = { "a", "b", "c", "smtp" };

  dns = mw_fake_resolver_new ();
  for (gsize i = 0; i < G_N_ELEMENTS (labels); i++)
    {
      g_autofree char *name = g_strconcat (labels[i], ".example.test.", NULL);

      mw_fake_resolver_add_address (dns, name, "127.0.0.1");
    }
  g_resolver_set_default (G_RESOLVER (dns));
}

int
main (int   argc,
      char *argv[])
{
  static const struct { const char *name; GTestFunc func; } tests[] = {
    { "both-work", test_both_work },
    { "wrong-password", test_wrong_password },
    { "outgoing-refuses", test_outgoing_refuses },
    { "both-fail", test_both_fail },
    { "question", test_question },
    { "question-for-sending", test_question_for_sending },
    { "no-needless-question", test_no_needless_question },
    { "refused", test_refused },
    { "twins", test_twins },
    { "twin-of-another-name", test_twin_of_another_name },
    { "no-twin-of-another-mode", test_no_twin_of_another_mode },
    { "grace", test_grace },
    { "next-without-mechanism", test_next_without_mechanism },
    { "budget", test_budget },
    { "fails-after-login", test_fails_after_login },
    { "user-names", test_user_names },
    { "two-user-names-at-most", test_two_user_names_at_most },
    { "no-second-user-name", test_no_second_user_name },
    { "second-user-name-in-vain", test_second_user_name_in_vain },
    { "receive-only", test_receive_only },
    { "open-sending", test_open_sending },
    { "no-login", test_no_login },
    { "cancel", test_cancel },
    { "cancel-inside-signal", test_cancel_inside_signal },
    { "dropped-while-running", test_dropped_while_running },
    { "all-silent", test_all_silent },
    { "nothing-found", test_nothing_found },
    { "better-sources-first", test_better_sources_first },
    { "better-grade", test_better_grade },
    { "better-grade-of-a-refused-one", test_better_grade_of_a_refused_one },
    { "removed", test_removed },
    { "all-removed", test_all_removed },
    { "removed-while-logging-in", test_removed_while_logging_in },
  };
  int result;

  g_test_init (&argc, &argv, NULL);
  make_certificates ();
  make_dns ();

  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      g_autofree char *path = g_strconcat ("/prober/", tests[i].name, NULL);

      g_test_add_func (path, tests[i].func);
    }
  result = g_test_run ();

  release (tls);
  mw_test_certificate_free (certificate);
  mw_test_certificate_free (certificate_of_b);
  g_object_unref (dns);
  return result;
}
