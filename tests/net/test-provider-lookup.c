/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "fake-network-monitor.h"
#include "fake-resolver.h"
#include "release.h"
#include "setup/mw-engine-private.h"
#include "setup/mw-provider-lookup.h"
#include "store/mw-secret-store-memory.h"

static const char list[] =
  "[good]\nName=Good\nGrade=A\nDomains=good.test;\nDomainCandidates=perhaps.test;\n"
  "Mx=mx.good.test;\nImap=imap.good.test:993:tls;\nSource=s;\n"
  "[weak]\nName=Weak\nGrade=C\nMxCandidates=mx.weak.test;\nImap=imap.weak.test:993:tls;\n"
  "Source=s;\n"
  "[last]\nName=Last\nGrade=A\nMx=mx.last.test;\nImap=imap.last.test:993:tls;\nSource=s;\n";

static const char * const zone[] = {
  "MX good.test 10 mx.weak.test",
  "MX perhaps.test 10 a.mx.weak.test",
  "MX firma.test 10 a.mx.good.test",
  "MX second.test 20 mx.good.test",
  "MX second.test 10 mx.weak.test",
  "MX own.test 10 mx.own.test",
  "MX last.test 10 mx.last.test",
  "SILENT MX silent.test",
  "FAIL MX fails.test",
  NULL
};

static MwFakeResolver *dns;

typedef struct {
  char             *folder;
  MwSecretStore    *keyring;
  GNetworkMonitor  *monitor;
  MwEngine         *engine;
  MwProviderLookup *lookup;
  guint             n_before;
  guint             n_changes;
} Fixture;

static void
count_cb (Fixture *fixture)
{
  fixture->n_changes++;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr(MwLocalNetwork) local = mw_local_network_new (NULL, "");
  g_autoptr(MwProviderTable) table = mw_provider_table_new ();
  g_autoptr(MwNetworkState) network = NULL;

  g_assert_true (mw_provider_table_add (table, list, strlen (list), TRUE, NULL));
  fixture->folder = g_dir_make_tmp ("mailwright-XXXXXX", NULL);
  fixture->keyring = mw_secret_store_memory_new ();
  fixture->monitor = mw_fake_network_monitor_new (TRUE, G_NETWORK_CONNECTIVITY_FULL);
  network = mw_network_state_new (fixture->monitor, local);
  fixture->engine = mw_engine_new_with_store (fixture->folder, fixture->keyring);
  mw_engine_set_network_state (fixture->engine, network);
  mw_engine_set_providers (fixture->engine, table);
  fixture->lookup = mw_provider_lookup_new (fixture->engine);
  g_object_set (fixture->lookup, "ask-exchanger", TRUE, NULL);
  g_signal_connect_swapped (fixture->lookup, "changed", G_CALLBACK (count_cb), fixture);
  fixture->n_before = mw_fake_resolver_get_n_questions (dns);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_signal_handlers_disconnect_by_data (fixture->lookup, fixture);
  release (fixture->lookup);
  release (fixture->engine);
  g_object_unref (fixture->keyring);
  g_object_unref (fixture->monitor);
  g_rmdir (fixture->folder);
  g_free (fixture->folder);
}

/* Who it is, "?" where not sure, "/mx" where the exchanger told; "" for nobody. */
static char *
describe (Fixture *fixture)
{
  MwProvider *provider = mw_provider_lookup_get_provider (fixture->lookup);

  if (provider == NULL)
    {
      g_assert_false (mw_provider_lookup_is_sure (fixture->lookup));
      return g_strdup ("");
    }

  return g_strconcat (provider->id,
                      mw_provider_lookup_is_sure (fixture->lookup) ? "" : "?",
                      mw_provider_lookup_is_by_exchanger (fixture->lookup) ? "/mx" : "", NULL);
}

static void
assert_found (Fixture    *fixture,
              const char *expected)
{
  g_autofree char *found = describe (fixture);

  g_assert_cmpstr (found, ==, expected);
}

static void
wait_for (Fixture    *fixture,
          const char *expected)
{
  for (;;)
    {
      g_autofree char *found = describe (fixture);

      if (g_str_equal (found, expected))
        return;
      g_main_context_iteration (NULL, TRUE);
    }
}

static void
assert_questions (Fixture    *fixture,
                  const char *expected)
{
  GPtrArray *questions = mw_fake_resolver_get_questions (dns);
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = fixture->n_before; i < questions->len; i++)
    g_string_append_printf (text, "%s%s", i > fixture->n_before ? ", " : "",
                            (char *) g_ptr_array_index (questions, i));
  g_assert_cmpstr (text->str, ==, expected);
}

/* Asks for a domain of its own with another look-up, and waits: what had been
 * told anything before has asked by then, if it asks at all. */
static void
wait_longer_than_a_pause (Fixture *fixture)
{
  MwProviderLookup *other = mw_provider_lookup_new (fixture->engine);

  g_object_set (other, "ask-exchanger", TRUE, NULL);
  mw_provider_lookup_set_text (other, "jan@last.test");
  while (mw_provider_lookup_get_provider (other) == NULL)
    g_main_context_iteration (NULL, TRUE);
  release (other);
}

static void
test_listed (Fixture       *fixture,
             gconstpointer  data)
{
  mw_provider_lookup_set_text (fixture->lookup, "jan@good.test");
  assert_found (fixture, "good");
  mw_provider_lookup_set_text (fixture->lookup, "jan@good.testing");
  assert_found (fixture, "");
  mw_provider_lookup_set_text (fixture->lookup, " JAN@Good.test ");
  assert_found (fixture, "good");
  wait_longer_than_a_pause (fixture);
  assert_questions (fixture, "MX last.test");
}

static void
test_by_exchanger (Fixture       *fixture,
                   gconstpointer  data)
{
  static const struct {
    const char *address;
    const char *at_once;
    const char *found;
  } rows[] = {
    { "jan@firma.test", "", "good/mx" },
    { "jan@second.test", "", "weak?/mx" },
    { "jan@perhaps.test", "good?", "weak?/mx" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      mw_provider_lookup_set_text (fixture->lookup, rows[i].address);
      assert_found (fixture, rows[i].at_once);
      wait_for (fixture, rows[i].found);
    }
  assert_questions (fixture, "MX firma.test, MX second.test, MX perhaps.test");
}

/* Each answer is asked for once; nobody's exchanger is an answer, too. */
static void
test_remembered (Fixture       *fixture,
                 gconstpointer  data)
{
  static const char * const domains[] = { "own.test", "nobody.test", "firma.test" };

  for (gsize i = 0; i < G_N_ELEMENTS (domains); i++)
    {
      g_autofree char *address = g_strconcat ("jan@", domains[i], NULL);

      mw_provider_lookup_set_text (fixture->lookup, address);
      wait_longer_than_a_pause (fixture);
    }
  mw_provider_lookup_set_text (fixture->lookup, "jan@own.test");
  wait_longer_than_a_pause (fixture);
  mw_provider_lookup_set_text (fixture->lookup, "jan@nobody.test");
  wait_longer_than_a_pause (fixture);
  mw_provider_lookup_set_text (fixture->lookup, "piet@firma.test");
  assert_found (fixture, "good/mx");
  wait_longer_than_a_pause (fixture);
  assert_questions (fixture, "MX own.test, MX last.test, MX nobody.test, MX last.test, "
                    "MX firma.test, MX last.test, MX last.test, MX last.test, MX last.test");
}

/* Letter by letter, as it is typed: one question, for the whole. */
static void
test_pause (Fixture       *fixture,
            gconstpointer  data)
{
  static const char address[] = "jan@mail.firma.test";

  for (gsize i = 1; i < sizeof address; i++)
    {
      g_autofree char *text = g_strndup (address, i);

      mw_provider_lookup_set_text (fixture->lookup, text);
      while (g_main_context_iteration (NULL, FALSE))
        ;
    }
  mw_provider_lookup_set_text (fixture->lookup, "jan@firma.test");
  wait_for (fixture, "good/mx");
  assert_questions (fixture, "MX firma.test");
}

static void
test_not_complete (Fixture       *fixture,
                   gconstpointer  data)
{
  static const char * const texts[] = {
    "", "jan", "jan@", "jan@firma", "jan@firma.", "jan@firma.p", "jan@com.pl", "jan@co.uk",
    "jan@[192.0.2.1]", "jan@192.0.2.1", "imaps://firma.test", "jan@fir ma.test",
  };

  g_autoptr(GPtrArray) lookups = g_ptr_array_new_with_free_func (release);

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      MwProviderLookup *lookup = mw_provider_lookup_new (fixture->engine);

      g_object_set (lookup, "ask-exchanger", TRUE, NULL);
      mw_provider_lookup_set_text (lookup, texts[i]);
      g_assert_null (mw_provider_lookup_get_provider (lookup));
      g_ptr_array_add (lookups, lookup);
    }
  wait_longer_than_a_pause (fixture);
  assert_questions (fixture, "MX last.test");
}

/* As delivered nobody is asked anything, whatever is typed. */
static void
test_off (Fixture       *fixture,
          gconstpointer  data)
{
  g_object_set (fixture->lookup, "ask-exchanger", FALSE, NULL);
  mw_provider_lookup_set_text (fixture->lookup, "jan@firma.test");
  wait_longer_than_a_pause (fixture);
  assert_found (fixture, "");
  mw_provider_lookup_set_text (fixture->lookup, "jan@perhaps.test");
  wait_longer_than_a_pause (fixture);
  assert_found (fixture, "good?");
  assert_questions (fixture, "MX last.test, MX last.test");

  /* Switched on, it asks for what stands there; off, it forgets what it heard. */
  g_object_set (fixture->lookup, "ask-exchanger", TRUE, NULL);
  wait_for (fixture, "weak?/mx");
  g_object_set (fixture->lookup, "ask-exchanger", FALSE, NULL);
  assert_found (fixture, "good?");
}

static void
test_switched_off_in_the_pause (Fixture       *fixture,
                                gconstpointer  data)
{
  mw_provider_lookup_set_text (fixture->lookup, "jan@firma.test");
  g_object_set (fixture->lookup, "ask-exchanger", FALSE, NULL);
  wait_longer_than_a_pause (fixture);
  assert_questions (fixture, "MX last.test");
}

/* What is typed on cancels the question: its answer means nobody any more. */
static void
test_typed_on (Fixture       *fixture,
               gconstpointer  data)
{
  mw_fake_resolver_set_delay (dns, G_SOCKET_FAMILY_INVALID, 200);
  mw_provider_lookup_set_text (fixture->lookup, "jan@firma.test");
  while (mw_fake_resolver_get_n_questions (dns) == fixture->n_before)
    g_main_context_iteration (NULL, TRUE);
  mw_provider_lookup_set_text (fixture->lookup, "jan@firma.tes");
  wait_longer_than_a_pause (fixture);
  mw_fake_resolver_set_delay (dns, G_SOCKET_FAMILY_INVALID, 0);
  assert_found (fixture, "");
  g_assert_cmpuint (fixture->n_changes, ==, 0);
}

/* No answer in time is no answer, and the next try asks again. */
static void
test_failures (Fixture       *fixture,
               gconstpointer  data)
{
  static const char * const domains[] = { "silent.test", "fails.test" };

  for (gsize i = 0; i < G_N_ELEMENTS (domains); i++)
    {
      g_autofree char *address = g_strconcat ("jan@", domains[i], NULL);
      g_autofree char *question = g_strconcat ("MX ", domains[i], NULL);
      guint n_asked = 0;

      for (guint turn = 0; turn < 2; turn++)
        {
          mw_provider_lookup_set_text (fixture->lookup, address);
          wait_longer_than_a_pause (fixture);
          mw_provider_lookup_set_text (fixture->lookup, "jan");
        }
      for (guint j = fixture->n_before; j < mw_fake_resolver_get_n_questions (dns); j++)
        n_asked += g_str_equal (mw_fake_resolver_get_questions (dns)->pdata[j], question);
      g_assert_cmpuint (n_asked, ==, 2);
    }
}

/* The name service of a network that wants a sign-in says anything. */
static void
test_network (Fixture       *fixture,
              gconstpointer  data)
{
  Fixture other = { 0 };

  mw_fake_network_monitor_set (fixture->monitor, TRUE, G_NETWORK_CONNECTIVITY_PORTAL);
  mw_provider_lookup_set_text (fixture->lookup, "jan@firma.test");
  set_up (&other, NULL);
  wait_longer_than_a_pause (&other);
  tear_down (&other, NULL);
  assert_questions (fixture, "MX last.test");
  assert_found (fixture, "");
}

#define ADD(name, function) \
  g_test_add ("/provider-lookup/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int    argc,
      char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  dns = mw_fake_resolver_install (zone);

  ADD ("listed", test_listed);
  ADD ("by-exchanger", test_by_exchanger);
  ADD ("remembered", test_remembered);
  ADD ("pause", test_pause);
  ADD ("not-complete", test_not_complete);
  ADD ("off", test_off);
  ADD ("switched-off-in-the-pause", test_switched_off_in_the_pause);
  ADD ("typed-on", test_typed_on);
  ADD ("failures", test_failures);
  ADD ("network", test_network);

  status = g_test_run ();
  g_object_unref (dns);
  return status;
}
