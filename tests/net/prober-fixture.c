/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "prober-fixture.h"

#include <glib/gstdio.h>

MwTestCertificate *certificate;
MwTestCertificate *certificate_of_b;
static MwTlsCredentials *tls;
MwFakeResolver *dns;

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

void
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

void
tear_down (Fixture *fixture)
{
  if (fixture->prober != NULL)
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

void
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
void
add_server (Fixture            *fixture,
            guint               server,
            const char         *service,
            const char         *label,
            const char * const *script)
{
  fixture->servers[server] = scripted_server_new (certificate, script);
  add_candidate (fixture, server, service, label, MW_GRADE_A, NULL);
}

void
hand_over (Fixture *fixture)
{
  mw_prober_set_candidates (fixture->prober, MW_SIDE_INCOMING,
                            fixture->candidates[MW_SIDE_INCOMING]);
  mw_prober_set_candidates (fixture->prober, MW_SIDE_OUTGOING,
                            fixture->candidates[MW_SIDE_OUTGOING]);
}

void
start (Fixture *fixture)
{
  hand_over (fixture);
  mw_prober_set_sources (fixture->prober, TRUE, TRUE);
  mw_prober_start (fixture->prober);
}

MwOutcome
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

MwOutcome
run (Fixture *fixture)
{
  start (fixture);
  return wait_for_end (fixture);
}

void
run_for (guint milliseconds)
{
  gint64 until = g_get_monotonic_time () + milliseconds * 1000;

  while (g_get_monotonic_time () < until)
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (1000);
    }
}

guint
count_auth (Fixture *fixture,
            guint    server)
{
  return scripted_server_count (fixture->servers[server], "AUTH");
}

/* The counts are those of the wire. */
void
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

void
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

void
prober_fixture_init (void)
{
  make_certificates ();
  make_dns ();
}

void
prober_fixture_clear (void)
{
  release (tls);
  mw_test_certificate_free (certificate);
  mw_test_certificate_free (certificate_of_b);
  g_object_unref (dns);
}
