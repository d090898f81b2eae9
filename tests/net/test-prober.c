/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "prober-fixture.h"

static const char * const imap_works[] = { IMAP_READY, IMAP_YES, NULL };
static const char * const imap_refuses[] = { IMAP_READY, IMAP_NO, NULL };
static const char * const imap_hangs_up[] = { IMAP_READY, "C: *", "end", NULL };
static const char * const imap_silent_in_auth[] = { IMAP_READY, "C: *", "silence", NULL };
static const char * const smtp_works[] = { SMTP_READY, SMTP_YES, NULL };
static const char * const smtp_refuses[] = { SMTP_READY, "C: *", "S: 535 5.7.8 no", NULL };
static const char * const silent[] = { "silence", NULL };

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

/* A slower outgoing server may still show its certificate before the answer. */
static void
test_both_certificates (void)
{
  const char * const prompt[] = { IMAP_READY, NULL };
  const char * const slow[] = { "sleep 300", SMTP_READY, NULL };
  MwVerdict *verdict;
  Fixture fixture;

  set_up (&fixture, 0);
  fixture.servers[0] = scripted_server_new (certificate_of_b, prompt);
  fixture.servers[1] = scripted_server_new (certificate_of_b, slow);
  add_candidate (&fixture, 0, "imaps", "a", MW_GRADE_A, NULL);
  add_candidate (&fixture, 1, "submissions", "smtp", MW_GRADE_A, NULL);
  g_assert_cmpint (run (&fixture), ==, MW_OUTCOME_CERT_NAME);
  verdict = mw_prober_get_verdict (fixture.prober, MW_SIDE_OUTGOING);
  g_assert_cmpint (verdict->outcome, ==, MW_OUTCOME_CERT_NAME);
  g_assert_nonnull (mw_tls_facts_get_report (verdict->tls));
  assert_presentations (&fixture, 0);
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

/* A slow handshake of IMAP is no reason to fetch mail by POP3 for years; a
 * server that does not even connect is. */
static void
test_protocol_grace (void)
{
  static const char * const pop3_works[] = { "T:", "S: +OK ready", "C: CAPA",
                                             "S: +OK\r\nSASL PLAIN\r\n.", "C: *", "S: +OK",
                                             NULL };
  static const char * const slow_imap[] = { "sleep 700", IMAP_READY, IMAP_YES, NULL };
  MwVerdict *verdict;
  Fixture fixture;

  set_up (&fixture, 0);
  add_server (&fixture, 0, "imaps", "a", slow_imap);
  add_server (&fixture, 1, "pop3s", "b", pop3_works);
  add_server (&fixture, 2, "submissions", "smtp", smtp_works);
  g_assert_cmpint (run (&fixture), ==, MW_OUTCOME_WORKS);
  assert_winner (&fixture, MW_SIDE_INCOMING, "a");
  verdict = mw_prober_get_verdict (fixture.prober, MW_SIDE_INCOMING);
  g_assert_cmpint (mw_endpoint_get_protocol (mw_candidate_get_endpoint (verdict->candidate)), ==,
                   MW_PROTOCOL_IMAP);
  assert_presentations (&fixture, 2);
  tear_down (&fixture);
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

/* The list says so; what the server offers does not matter. */
static void
test_browser_sign_in_only (void)
{
  g_autoptr(MwProvider) provider = mw_provider_new ("web");
  Fixture fixture;
  GPtrArray *incoming;
  MwCandidate *listed;

  set_up (&fixture, 0);
  add_server (&fixture, 0, "imaps", "a", imap_works);
  add_server (&fixture, 1, "submissions", "smtp", smtp_works);

  provider->auth = MW_PROVIDER_AUTH_OAUTH2;
  incoming = fixture.candidates[MW_SIDE_INCOMING];
  listed = mw_candidate_new_for_provider (mw_candidate_get_endpoint (incoming->pdata[0]),
                                          MW_ORIGIN_PROVIDER, MW_GRADE_A, NULL, 0, provider);
  mw_candidate_unref (incoming->pdata[0]);
  incoming->pdata[0] = listed;

  g_assert_cmpint (run (&fixture), ==, MW_OUTCOME_NEED_OAUTH);
  g_assert_cmpuint (count_auth (&fixture, 0), ==, 0);
  g_assert_cmpuint (count_auth (&fixture, 1), ==, 0);
  assert_presentations (&fixture, 0);
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

typedef struct {
  Fixture *fixture;
  guint    changes;
  guint    drop_at;
} Drop;

static void
drop_cb (gpointer user_data)
{
  Drop *drop = user_data;

  if (++drop->changes == drop->drop_at)
    g_clear_object (&drop->fixture->prober);
}

/* … or let go of the prober. */
static void
test_dropped_inside_signal (void)
{
  for (guint n = 1; n < 40; n++)
    {
      Fixture fixture;
      Drop drop = { .fixture = &fixture, .drop_at = n };

      set_up (&fixture, 0);
      add_server (&fixture, 0, "imaps", "a", imap_works);
      add_server (&fixture, 1, "submissions", "smtp", smtp_works);
      g_signal_connect_swapped (fixture.prober, "changed", G_CALLBACK (drop_cb), &drop);
      start (&fixture);
      while (fixture.prober != NULL && fixture.finished == 0)
        g_main_context_iteration (NULL, TRUE);
      tear_down (&fixture);
      if (drop.changes < n)
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
  const char * const slow[] = { IMAP_READY, "C: *", "sleep 400", "S: $T OK", IMAP_PROOF, NULL };
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

int
main (int   argc,
      char *argv[])
{
  static const struct { const char *name; GTestFunc func; } tests[] = {
    { "both-work", test_both_work },
    { "wrong-password", test_wrong_password },
    { "outgoing-refuses", test_outgoing_refuses },
    { "both-fail", test_both_fail },
    { "both-certificates", test_both_certificates },
    { "question", test_question },
    { "question-for-sending", test_question_for_sending },
    { "no-needless-question", test_no_needless_question },
    { "refused", test_refused },
    { "twins", test_twins },
    { "twin-of-another-name", test_twin_of_another_name },
    { "no-twin-of-another-mode", test_no_twin_of_another_mode },
    { "grace", test_grace },
    { "protocol-grace", test_protocol_grace },
    { "next-without-mechanism", test_next_without_mechanism },
    { "budget", test_budget },
    { "fails-after-login", test_fails_after_login },
    { "user-names", test_user_names },
    { "two-user-names-at-most", test_two_user_names_at_most },
    { "no-second-user-name", test_no_second_user_name },
    { "second-user-name-in-vain", test_second_user_name_in_vain },
    { "browser-sign-in-only", test_browser_sign_in_only },
    { "receive-only", test_receive_only },
    { "open-sending", test_open_sending },
    { "no-login", test_no_login },
    { "cancel", test_cancel },
    { "cancel-inside-signal", test_cancel_inside_signal },
    { "dropped-inside-signal", test_dropped_inside_signal },
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
  prober_fixture_init ();

  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      g_autofree char *path = g_strconcat ("/prober/", tests[i].name, NULL);

      g_test_add_func (path, tests[i].func);
    }
  result = g_test_run ();

  prober_fixture_clear ();
  return result;
}
