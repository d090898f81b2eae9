/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "setup/mw-browser-sign-in.h"

#define EVOLUTION (1u << MW_MAIL_CLIENT_EVOLUTION)
#define THUNDERBIRD (1u << MW_MAIL_CLIENT_THUNDERBIRD)

static const struct {
  const char *incoming;
  const char *outgoing;
  guint       programs;
} servers[] = {
  { "imaps:imap.gmail.com", "submissions:smtp.gmail.com", EVOLUTION | THUNDERBIRD },
  { "imaps:imap.gmail.com", NULL, EVOLUTION | THUNDERBIRD },
  { "imaps:outlook.office365.com", "submission:smtp-mail.outlook.com", EVOLUTION | THUNDERBIRD },
  { "pop3s:pop.mail.yahoo.com", "submissions:smtp.mail.yahoo.com", EVOLUTION | THUNDERBIRD },
  { "imaps:imap.aol.com", "submissions:smtp.aol.com", THUNDERBIRD },
  { "imaps:imap.fastmail.com", "submissions:smtp.fastmail.com", THUNDERBIRD },
  { "imaps:imap.gmail.com", "submissions:smtp.aol.com", THUNDERBIRD },
  { "imaps:imap.gmail.com", "submissions:smtp.example.test", 0 },
  { "imaps:imap.example.test", "submissions:smtp.gmail.com", 0 },
  { "imaps:imap.yandex.ru", "submissions:smtp.yandex.ru", 0 },
};

static MwProfile *
new_profile (gsize        i,
             MwAuthMethod auth)
{
  g_autoptr(MwEndpoint) incoming = mw_endpoint_parse (servers[i].incoming);
  g_autoptr(MwEndpoint) outgoing = NULL;
  MwProfile *profile = mw_profile_new ();

  profile->incoming = mw_service_new (incoming, "jan", MW_AUTH_OAUTH2, NULL);
  if (servers[i].outgoing != NULL)
    {
      outgoing = mw_endpoint_parse (servers[i].outgoing);
      profile->outgoing = mw_service_new (outgoing, "jan", auth, NULL);
    }
  return profile;
}

static void
test_servers (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (servers); i++)
    {
      g_autoptr(MwEndpoint) incoming = mw_endpoint_parse (servers[i].incoming);
      g_autoptr(MwEndpoint) outgoing = NULL;
      g_autoptr(MwProfile) profile = new_profile (i, MW_AUTH_OAUTH2);

      g_test_message ("%s", servers[i].incoming);
      if (servers[i].outgoing != NULL)
        outgoing = mw_endpoint_parse (servers[i].outgoing);
      g_assert_cmpuint (mw_browser_sign_in_find_programs (incoming, outgoing), ==,
                        servers[i].programs);
      for (guint client = 0; client <= MW_MAIL_CLIENT_THUNDERBIRD; client++)
        g_assert_cmpint (mw_browser_sign_in_can_target (profile, client), ==,
                         (servers[i].programs & (1u << client)) != 0);
    }
}

/* With a password on one side it is no account of this kind, and every program
 * can take an account that has only passwords. */
static void
test_accounts (void)
{
  g_autoptr(MwProfile) both = new_profile (0, MW_AUTH_OAUTH2);
  g_autoptr(MwProfile) receiving = new_profile (1, MW_AUTH_OAUTH2);
  g_autoptr(MwProfile) mixed = new_profile (7, MW_AUTH_PLAIN);
  g_autoptr(MwProfile) none = new_profile (8, MW_AUTH_PLAIN);
  g_autoptr(MwProfile) empty = mw_profile_new ();

  none->incoming->auth = MW_AUTH_PLAIN;
  g_assert_true (mw_browser_sign_in_is_used (both));
  g_assert_true (mw_browser_sign_in_is_used (receiving));
  g_assert_false (mw_browser_sign_in_is_used (mixed));
  g_assert_false (mw_browser_sign_in_is_used (none));
  g_assert_false (mw_browser_sign_in_is_used (empty));
  g_assert_true (mw_browser_sign_in_can_target (mixed, MW_MAIL_CLIENT_EVOLUTION));
  g_assert_true (mw_browser_sign_in_can_target (none, MW_MAIL_CLIENT_EVOLUTION));
  g_assert_true (mw_browser_sign_in_can_target (empty, MW_MAIL_CLIENT_EVOLUTION));
}

static void
test_providers (void)
{
  static const struct {
    const char *domain;
    guint       programs;
  } table[] = {
    { "gmail.com", EVOLUTION | THUNDERBIRD },
    { "outlook.com", EVOLUTION | THUNDERBIRD },
    { "office365.com", EVOLUTION | THUNDERBIRD },
    { "yahoo.com", EVOLUTION | THUNDERBIRD },
    { "aol.com", THUNDERBIRD },
    { "wp.pl", 0 },
    { "protonmail.com", 0 },
  };
  g_autofree char *folder = g_dir_make_tmp ("mailwright-XXXXXX", NULL);
  g_autoptr(MwEngine) engine = mw_engine_new (folder);

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      MwProvider *provider = mw_engine_lookup_provider (engine, table[i].domain);

      g_test_message ("%s", table[i].domain);
      g_assert_nonnull (provider);
      g_assert_cmpuint (mw_browser_sign_in_find_for_provider (provider), ==, table[i].programs);
    }
}

static MwExportTarget *
new_target (MwMailClient    client,
            MwTargetAccess  access,
            gboolean        is_installed,
            gboolean        from_sandbox)
{
  MwExportTarget *target = mw_export_target_new ("some", client, MW_PACKAGING_DISTRO);

  target->access = access;
  target->is_installed = is_installed;
  target->from_sandbox = from_sandbox;
  return target;
}

static void
test_installed (void)
{
  g_autoptr(GPtrArray) targets = g_ptr_array_new_with_free_func (
    (GDestroyNotify) mw_export_target_unref);

  g_assert_cmpuint (mw_browser_sign_in_find_installed (targets), ==, 0);
  g_ptr_array_add (targets, new_target (MW_MAIL_CLIENT_THUNDERBIRD, MW_TARGET_ACCESS_OK,
                                        FALSE, FALSE));
  g_ptr_array_add (targets, new_target (MW_MAIL_CLIENT_THUNDERBIRD, MW_TARGET_ACCESS_DAMAGED,
                                        TRUE, FALSE));
  g_assert_cmpuint (mw_browser_sign_in_find_installed (targets), ==, 0);
  g_ptr_array_add (targets, new_target (MW_MAIL_CLIENT_EVOLUTION, MW_TARGET_ACCESS_OK,
                                        TRUE, FALSE));
  g_assert_cmpuint (mw_browser_sign_in_find_installed (targets), ==, EVOLUTION);
  g_ptr_array_add (targets, new_target (MW_MAIL_CLIENT_THUNDERBIRD, MW_TARGET_ACCESS_OK,
                                        FALSE, TRUE));
  g_assert_cmpuint (mw_browser_sign_in_find_installed (targets), ==, EVOLUTION | THUNDERBIRD);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/browser-sign-in/servers", test_servers);
  g_test_add_func ("/browser-sign-in/accounts", test_accounts);
  g_test_add_func ("/browser-sign-in/providers", test_providers);
  g_test_add_func ("/browser-sign-in/installed", test_installed);

  return g_test_run ();
}
