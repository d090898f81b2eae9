/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "release.h"
#include "setup-fixture.h"
#include "setup/mw-browser-sign-in.h"
#include "setup/mw-setup-edit.h"

/* Accounts whose mail program signs in. Thunderbird knows "test.test". */

#define ADDRESS "jan@example.test"
#define PASSWORD "not needed here"
#define KNOWN ".test.test"
#define UNKNOWN ".example.test"

#define IMAP(mechanisms) "T:", "S: * OK [CAPABILITY IMAP4rev1 " mechanisms "] ready"
#define SMTP(mechanisms) "T:", "S: 220 ready", "C: EHLO *", \
                         "S: 250-me\r\n250-PIPELINING\r\n250 AUTH " mechanisms

static const char * const imap_browser[] = { IMAP ("AUTH=PLAIN AUTH=XOAUTH2"), NULL };
static const char * const imap_bearer[] = { IMAP ("AUTH=OAUTHBEARER"), NULL };
static const char * const imap_password[] = { IMAP ("AUTH=PLAIN SASL-IR"), NULL };
static const char * const smtp_browser[] = { SMTP ("LOGIN XOAUTH2"), NULL };
static const char * const smtp_password[] = { SMTP ("PLAIN"), NULL };

static void
set_up (Fixture            *fixture,
        const char * const *imap,
        const char * const *smtp,
        const char         *domain)
{
  g_autofree char *imap_host = g_strconcat ("imap", domain, NULL);
  g_autofree char *smtp_host = g_strconcat ("smtp", domain, NULL);

  open_fixture (fixture, ADDRESS, imap, smtp);
  use_server (fixture, MW_SIDE_INCOMING, MW_SECURITY_TLS, imap_host);
  use_server (fixture, MW_SIDE_OUTGOING, MW_SECURITY_TLS, smtp_host);
  g_object_set (fixture->setup, "browser-sign-in", TRUE, NULL);
}

/* No password goes to anybody. */
static gboolean
prove (Fixture *fixture)
{
  gboolean works = check (fixture);

  g_assert_cmpuint (g_hash_table_size (mw_setup_get_presentations (fixture->setup)), ==, 0);
  return works;
}

static MwProfile *
save (MwSetup *setup)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  MwProfile *profile;

  mw_setup_save_async (setup, TRUE, NULL, keep_result_cb, &result);
  profile = mw_setup_save_finish (setup, wait_for (&result), &error);
  g_assert_no_error (error);
  return profile;
}

static gboolean
is_kept (Fixture   *fixture,
         MwProfile *profile)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(MwSecret) secret = NULL;

  mw_secret_store_lookup_async (fixture->keyring, profile, MW_SIDE_INCOMING, NULL,
                                keep_result_cb, &result);
  secret = mw_secret_store_lookup_finish (fixture->keyring, wait_for (&result), NULL);
  return secret != NULL;
}

static void
assert_browser (MwProfile *profile)
{
  for (guint side = 0; side < 2; side++)
    {
      MwService *service = mw_profile_get_service (profile, side);

      g_assert_cmpint (service->auth, ==, MW_AUTH_OAUTH2);
      g_assert_cmpstr (service->user_name, ==, ADDRESS);
    }
  g_assert_true (mw_browser_sign_in_is_used (profile));
  g_assert_false (profile->own_credentials);
}

/* Whatever was typed before goes nowhere, and is kept nowhere. */
static void
test_proved (void)
{
  g_autoptr(MwSecret) secret = mw_secret_new (PASSWORD, -1);
  g_autoptr(MwProfile) profile = NULL;
  g_autofree char *words = NULL;
  Fixture fixture;

  set_up (&fixture, imap_browser, smtp_browser, KNOWN);
  mw_setup_set_password (fixture.setup, MW_SIDE_INCOMING, secret);
  g_object_set (fixture.setup, "outgoing-authentication", FALSE, "same-credentials", FALSE, NULL);
  g_assert_true (prove (&fixture));
  g_assert_cmpint (mw_setup_get_state (fixture.setup), ==, MW_SETUP_STATE_VERIFIED);
  g_assert_cmpstr (mw_setup_get_advice (fixture.setup)->title, ==, "Servers Are Ready");
  for (guint side = 0; side < 2; side++)
    {
      g_assert_cmpint (mw_setup_get_verdict (fixture.setup, side)->stage, ==, MW_STAGE_CAPABILITY);
      g_assert_cmpuint (scripted_server_count (fixture.servers[side], "AUTH"), ==, 0);
      g_assert_cmpuint (scripted_server_count (fixture.servers[side], "LOGIN"), ==, 0);
      g_assert_cmpuint (scripted_server_count (fixture.servers[side], "MAIL"), ==, 0);
    }
  g_assert_cmpint (mw_setup_get_verified_us (fixture.setup), ==, -1);
  words = mw_setup_describe_progress (fixture.setup, MW_SIDE_INCOMING);
  g_assert_cmpstr (words, ==, "Ready for signing in through the browser");

  profile = save (fixture.setup);
  assert_browser (profile);
  g_assert_cmpint (profile->state, ==, MW_OUTCOME_WORKS);
  g_assert_false (is_kept (&fixture, profile));
  g_assert_false (mw_setup_get_password_kept (fixture.setup));
  tear_down (&fixture);
}

static void
test_not_offered (void)
{
  static const struct {
    const char * const *imap;
    const char * const *smtp;
    gboolean            works;
  } table[] = {
    { imap_browser, smtp_browser, TRUE },
    { imap_bearer, smtp_browser, TRUE },
    { imap_password, smtp_browser, FALSE },
    { imap_browser, smtp_password, FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      Fixture fixture;

      g_test_message ("%" G_GSIZE_FORMAT, i);
      set_up (&fixture, table[i].imap, table[i].smtp, KNOWN);
      g_assert_cmpint (prove (&fixture), ==, table[i].works);
      if (!table[i].works)
        {
          g_assert_cmpint (mw_setup_get_outcome (fixture.setup), ==, MW_OUTCOME_MECH_NONE);
          g_assert_cmpstr (mw_setup_get_advice (fixture.setup)->title, ==,
                           "No Sign-In in the Browser");
        }
      tear_down (&fixture);
    }
}

/* No mail program has a page for it, so nobody is asked anything. */
static void
test_nowhere_known (void)
{
  Fixture fixture;

  set_up (&fixture, imap_browser, smtp_browser, UNKNOWN);
  g_assert_false (prove (&fixture));
  g_assert_cmpint (mw_setup_get_outcome (fixture.setup), ==, MW_OUTCOME_NOTHING_FOUND);
  g_assert_cmpstr (mw_setup_get_advice (fixture.setup)->title, ==, "No Sign-In Page Known");
  for (guint side = 0; side < 2; side++)
    g_assert_cmpuint (scripted_server_get_n_connections (fixture.servers[side]), ==, 0);
  tear_down (&fixture);
}

/* Opened again it is the same kind of account, also one that a mail program
 * had for servers of its own. */
static void
test_saved (void)
{
  const char *domains[] = { KNOWN, UNKNOWN };

  for (gsize i = 0; i < G_N_ELEMENTS (domains); i++)
    {
      g_autoptr(MwProfile) profile = NULL;
      g_autoptr(MwProfile) again = NULL;
      gboolean browser;
      Fixture fixture;

      set_up (&fixture, imap_browser, smtp_browser, domains[i]);
      profile = save (fixture.setup);
      assert_browser (profile);
      release (fixture.setup);

      fixture.setup = mw_setup_new (fixture.engine);
      mw_setup_open_profile (fixture.setup, profile);
      g_object_get (fixture.setup, "browser-sign-in", &browser, NULL);
      g_assert_true (browser);
      g_assert_true (prove (&fixture));
      again = save (fixture.setup);
      assert_browser (again);
      g_assert_cmpstr (again->id, ==, profile->id);
      tear_down (&fixture);
    }
}

/* Another account at the same servers signs in in the same way. */
static void
test_duplicate (void)
{
  g_autoptr(MwProfile) profile = NULL;
  g_autoptr(MwProfile) copy = NULL;
  Fixture fixture;

  set_up (&fixture, imap_browser, smtp_browser, KNOWN);
  profile = save (fixture.setup);
  release (fixture.setup);

  fixture.setup = mw_setup_new (fixture.engine);
  mw_setup_duplicate_profile (fixture.setup, profile);
  g_assert_false (mw_setup_needs_password (fixture.setup));
  g_assert_true (mw_setup_set_address (fixture.setup, "ewa@example.test", TRUE, NULL));
  g_assert_true (prove (&fixture));
  copy = save (fixture.setup);
  g_assert_true (mw_browser_sign_in_is_used (copy));
  g_assert_cmpstr (copy->incoming->user_name, ==, "ewa@example.test");
  g_assert_cmpstr (copy->id, !=, profile->id);
  tear_down (&fixture);
}

/* The password of the account as it was is of no use any more, and the way
 * back is open. */
static void
test_change_of_mind (void)
{
  g_autoptr(MwSecret) secret = mw_secret_new (PASSWORD, -1);
  g_autoptr(MwProfile) with_password = NULL;
  g_autoptr(MwProfile) without = NULL;
  g_autoptr(MwProfile) back = NULL;
  Fixture fixture;

  set_up (&fixture, imap_browser, smtp_browser, KNOWN);
  g_object_set (fixture.setup, "browser-sign-in", FALSE, NULL);
  mw_setup_set_password (fixture.setup, MW_SIDE_INCOMING, secret);
  with_password = save (fixture.setup);
  g_assert_true (is_kept (&fixture, with_password));

  g_object_set (fixture.setup, "browser-sign-in", TRUE, NULL);
  without = save (fixture.setup);
  assert_browser (without);
  g_assert_cmpstr (without->id, ==, with_password->id);
  g_assert_false (is_kept (&fixture, with_password));

  g_object_set (fixture.setup, "browser-sign-in", FALSE, NULL);
  back = save (fixture.setup);
  g_assert_cmpint (back->incoming->auth, ==, MW_AUTH_PLAIN);
  g_assert_cmpint (back->outgoing->auth, ==, MW_AUTH_PLAIN);
  g_assert_true (is_kept (&fixture, back));
  tear_down (&fixture);
}

int
main (int   argc,
      char *argv[])
{
  MwTestCertificateSpec spec = {
    .names = { "imap" KNOWN, "smtp" KNOWN, "imap" UNKNOWN, "smtp" UNKNOWN }
  };
  int result;

  /* These tests work without a network. */
  g_setenv ("GIO_USE_NETWORK_MONITOR", "base", TRUE);
  g_test_init (&argc, &argv, NULL);
  setup_fixture_init (&spec);
  mw_fake_resolver_add_address (dns, "imap" KNOWN ".", "127.0.0.1");
  mw_fake_resolver_add_address (dns, "smtp" KNOWN ".", "127.0.0.1");
  mw_fake_resolver_add_address (dns, "imap" UNKNOWN ".", "127.0.0.1");
  mw_fake_resolver_add_address (dns, "smtp" UNKNOWN ".", "127.0.0.1");

  g_test_add_func ("/setup-browser/proved", test_proved);
  g_test_add_func ("/setup-browser/not-offered", test_not_offered);
  g_test_add_func ("/setup-browser/nowhere-known", test_nowhere_known);
  g_test_add_func ("/setup-browser/saved", test_saved);
  g_test_add_func ("/setup-browser/duplicate", test_duplicate);
  g_test_add_func ("/setup-browser/change-of-mind", test_change_of_mind);
  result = g_test_run ();

  setup_fixture_clear ();
  return result;
}
