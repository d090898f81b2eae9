/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "core/mw-profile.h"

static MwService *
service_new (const char   *server,
             const char   *user_name,
             MwAuthMethod  auth,
             const char   *pin)
{
  g_autoptr(MwEndpoint) endpoint = mw_endpoint_parse (server);

  return mw_service_new (endpoint, user_name, auth, pin);
}

/* Every member is something else than in a new one. */
static MwProfile *
full_profile_new (void)
{
  MwProfile *profile = mw_profile_new ();

  profile->label = g_strdup ("Work");
  profile->address = g_strdup ("jan@example.test");
  profile->sender_name = g_strdup ("Jan Żółw");
  profile->description = g_strdup ("Office");
  profile->signature = g_strdup ("-- \nJan\n");
  profile->is_default = TRUE;
  profile->notifications = FALSE;
  profile->incoming = service_new ("imaps:imap.example.test", "jan", MW_AUTH_PLAIN, "aa");
  profile->outgoing = service_new ("submission:smtp.example.test", "jan", MW_AUTH_LOGIN, NULL);
  profile->own_credentials = TRUE;
  profile->leave_on_server = FALSE;
  profile->delete_after_days = 7;
  profile->pop_minutes = 15;
  g_ptr_array_add (profile->alternatives,
                   service_new ("imap:imap.example.test", "jan", MW_AUTH_PLAIN, NULL));
  profile->origins = 1u << MW_ORIGIN_GUESS;
  profile->grade = MW_GRADE_G;
  profile->provider_id = g_strdup ("example");
  profile->state = MW_OUTCOME_WORKS;
  profile->created = 1000;
  profile->last_checked = 2000;
  mw_profile_set_export_value (profile, "evolution", "AccountUid", "1");
  mw_profile_set_export_value (profile, "evolution", "Time", "2");
  mw_profile_set_export_value (profile, "thunderbird:x.default", "Account", "account1");
  return profile;
}

static void
test_new (void)
{
  g_autoptr(MwProfile) profile = mw_profile_new ();
  g_autoptr(MwProfile) other = mw_profile_new ();

  g_assert_true (g_uuid_string_is_valid (profile->id));
  g_assert_cmpstr (profile->id, !=, other->id);
  g_assert_null (mw_profile_get_service (profile, MW_SIDE_INCOMING));
  g_assert_null (mw_profile_get_service (profile, MW_SIDE_OUTGOING));
  g_assert_cmpint (profile->created, >, 0);
  g_assert_cmpint (profile->last_checked, ==, 0);
  g_assert_cmpint (profile->state, ==, MW_OUTCOME_PENDING);
  g_assert_false (profile->is_default);
  g_assert_false (mw_profile_equal (profile, other));
}

static void
test_copy (void)
{
  g_autoptr(MwProfile) profile = full_profile_new ();
  g_autoptr(MwProfile) copy = mw_profile_copy (profile);

  g_assert_true (mw_profile_equal (profile, copy));
  g_assert_true (mw_profile_equal (copy, profile));
  g_assert_cmpstr (mw_profile_get_service (copy, MW_SIDE_INCOMING)->pin, ==, "aa");
  g_assert_cmpstr (mw_profile_get_export_value (copy, "evolution", "Time"), ==, "2");

  /* Nothing is shared that could be changed. */
  mw_profile_set_export_value (copy, "evolution", "Time", "3");
  g_assert_cmpstr (mw_profile_get_export_value (profile, "evolution", "Time"), ==, "2");
  g_assert_true (copy->incoming != profile->incoming);
  g_assert_true (copy->alternatives != profile->alternatives);
}

typedef void (*Change) (MwProfile *profile);

#define CHANGE_STRING(member) \
  static void change_##member (MwProfile *p) { g_free (p->member); p->member = g_strdup ("?"); }
#define CHANGE_NUMBER(member) \
  static void change_##member (MwProfile *p) { p->member = p->member == 0 ? 1 : 0; }
#define CHANGE_SERVICE(name, service) \
  static void change_##name (MwProfile *p) \
  { \
    g_clear_pointer (&p->incoming, mw_service_free); \
    p->incoming = service; \
  }

CHANGE_STRING (id)
CHANGE_STRING (label)
CHANGE_STRING (address)
CHANGE_STRING (sender_name)
CHANGE_STRING (description)
CHANGE_STRING (signature)
CHANGE_STRING (provider_id)
CHANGE_NUMBER (is_default)
CHANGE_NUMBER (notifications)
CHANGE_NUMBER (own_credentials)
CHANGE_NUMBER (leave_on_server)
CHANGE_NUMBER (delete_after_days)
CHANGE_NUMBER (pop_minutes)
CHANGE_NUMBER (origins)
CHANGE_NUMBER (grade)
CHANGE_NUMBER (state)
CHANGE_NUMBER (created)
CHANGE_NUMBER (last_checked)
CHANGE_SERVICE (no_incoming, NULL)
CHANGE_SERVICE (host, service_new ("imaps:imap.evil.test", "jan", MW_AUTH_PLAIN, "aa"))
CHANGE_SERVICE (port, service_new ("imaps:imap.example.test:994", "jan", MW_AUTH_PLAIN, "aa"))
CHANGE_SERVICE (user, service_new ("imaps:imap.example.test", "Jan", MW_AUTH_PLAIN, "aa"))
CHANGE_SERVICE (auth, service_new ("imaps:imap.example.test", "jan", MW_AUTH_LOGIN, "aa"))
CHANGE_SERVICE (pin, service_new ("imaps:imap.example.test", "jan", MW_AUTH_PLAIN, NULL))

static void
change_folders (MwProfile *profile)
{
  const char *names[MW_N_FOLDER_USES] = { [MW_FOLDER_USE_JUNK] = "Spam" };

  g_clear_pointer (&profile->folders, mw_mail_folders_unref);
  profile->folders = mw_mail_folders_new (names, '/', NULL);
}

static void
change_certificate (MwProfile *profile)
{
  profile->incoming->certificate = g_bytes_new_static ("aaa", 3);
}

static void
change_expires (MwProfile *profile)
{
  profile->incoming->expires++;
}

static void
change_outgoing (MwProfile *profile)
{
  g_clear_pointer (&profile->outgoing, mw_service_free);
}

static void
change_alternatives (MwProfile *profile)
{
  g_ptr_array_set_size (profile->alternatives, 0);
}

static void
change_export_value (MwProfile *profile)
{
  mw_profile_set_export_value (profile, "evolution", "Time", "9");
}

static void
change_export_key (MwProfile *profile)
{
  mw_profile_set_export_value (profile, "evolution", "Time", NULL);
}

static void
change_export_target (MwProfile *profile)
{
  mw_profile_set_export_value (profile, "thunderbird:y", "Account", "account1");
}

static void
test_certificate (void)
{
  g_autoptr(MwService) service = NULL;
  g_autoptr(MwService) open = NULL;
  g_autoptr(MwService) copy = NULL;
  g_autoptr(GBytes) der = g_bytes_new_static ("aaa", 3);
  g_autoptr(GBytes) other = g_bytes_new_static ("aab", 3);

  service = service_new ("imaps:imap.example.test", "jan", MW_AUTH_PLAIN,
                         "9834876DCFB05CB167A5C24953EBA58C4AC89B1ADF57F28F2F9D09AF107EE8F0");
  open = service_new ("imaps:imap.example.test", "jan", MW_AUTH_PLAIN, NULL);
  g_assert_false (mw_service_set_certificate (open, der));
  g_assert_null (open->certificate);

  g_assert_true (mw_service_set_certificate (service, der));
  g_assert_false (mw_service_set_certificate (service, other));
  g_assert_false (mw_service_set_certificate (service, NULL));
  copy = mw_service_copy (service);
  g_assert_true (g_bytes_equal (copy->certificate, der));
}

/* A comparison that forgot a member would lose a change of it. */
static void
test_equal (void)
{
  static const Change changes[] = {
    change_id, change_label, change_address, change_sender_name, change_description,
    change_signature, change_provider_id, change_is_default, change_notifications,
    change_own_credentials, change_leave_on_server, change_delete_after_days,
    change_pop_minutes, change_origins, change_grade, change_state, change_created,
    change_last_checked, change_no_incoming, change_host, change_port, change_user, change_auth,
    change_pin, change_certificate, change_expires, change_outgoing, change_folders,
    change_alternatives, change_export_value, change_export_key, change_export_target,
  };
  g_autoptr(MwProfile) profile = full_profile_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_autoptr(MwProfile) copy = mw_profile_copy (profile);

      changes[i] (copy);
      g_test_message ("change %" G_GSIZE_FORMAT, i);
      g_assert_false (mw_profile_equal (profile, copy));
      g_assert_false (mw_profile_equal (copy, profile));
    }
}

static void
test_export_values (void)
{
  g_autoptr(MwProfile) profile = full_profile_new ();
  g_autoptr(MwProfile) copy = mw_profile_copy (profile);

  g_assert_null (mw_profile_get_export_value (profile, "evolution", "Account"));
  g_assert_null (mw_profile_get_export_value (profile, "kmail", "AccountUid"));

  /* Forgetting what was never known changes nothing. */
  mw_profile_set_export_value (copy, "kmail", "AccountUid", NULL);
  mw_profile_set_export_value (copy, "evolution", "Account", NULL);
  g_assert_true (mw_profile_equal (profile, copy));

  /* Nor does learning and forgetting. */
  mw_profile_set_export_value (copy, "kmail", "AccountUid", "1");
  g_assert_false (mw_profile_equal (profile, copy));
  mw_profile_set_export_value (copy, "kmail", "AccountUid", NULL);
  g_assert_true (mw_profile_equal (profile, copy));
}

static void
test_find_export (void)
{
  static const struct {
    const char *id;       /* remembered */
    const char *profile;  /* remembered with it; may be NULL */
    const char *target;   /* as it is now */
    const char *folder;
    gboolean    found;
  } rows[] = {
    { "evolution", NULL, "evolution", NULL, TRUE },
    { "evolution", NULL, "evolution-flatpak", NULL, FALSE },
    { "thunderbird", "a", "thunderbird", "a", TRUE },
    { "thunderbird", "a", "thunderbird:a", "a", TRUE },
    { "thunderbird", "a", "thunderbird:b", "b", FALSE },
    { "thunderbird", "a", "thunderbird", "b", FALSE },
    { "thunderbird:a", "a", "thunderbird", "a", TRUE },
    { "thunderbird:a", NULL, "thunderbird:a", "a", TRUE },
    { "thunderbird:a", NULL, "thunderbird", "b", FALSE },
    { "thunderbird:a", "a", "thunderbird-flatpak", "a", FALSE },
    { "thunderbird-flatpak:a", "a", "thunderbird", "a", FALSE },
    { "thunderbird:a", "a", "thunderbird", NULL, FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(MwProfile) profile = mw_profile_new ();

      g_test_message ("%s %s", rows[i].id, rows[i].target);
      mw_profile_set_export_value (profile, rows[i].id, "Time", "now");
      mw_profile_set_export_value (profile, rows[i].id, "Profile", rows[i].profile);
      g_assert_cmpstr (mw_profile_find_export (profile, rows[i].target, rows[i].folder), ==,
                       rows[i].found ? rows[i].id : NULL);
    }
}

static void
test_anchor (void)
{
  g_autoptr(MwEndpoint) endpoint = mw_endpoint_parse ("imaps:imap.example.test");
  g_autoptr(MwService) service = mw_service_new (endpoint, NULL, MW_AUTH_PLAIN, NULL);
  g_autoptr(MwService) copy = NULL;
  g_autofree char *digest = g_strnfill (64, 'A');
  g_autofree char *lower = g_strnfill (64, 'a');

  mw_service_set_anchor (service, digest, "CN=Test");
  copy = mw_service_copy (service);
  g_assert_cmpstr (copy->anchor, ==, lower);
  g_assert_cmpstr (copy->anchor_name, ==, "CN=Test");

  /* A name alone, or half a digest, says nothing. */
  mw_service_set_anchor (service, digest + 1, "CN=Test");
  g_assert_null (service->anchor);
  g_assert_null (service->anchor_name);
  digest[63] = 'g';
  mw_service_set_anchor (copy, digest, "CN=Test");
  g_assert_null (copy->anchor);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/profile/new", test_new);
  g_test_add_func ("/profile/copy", test_copy);
  g_test_add_func ("/profile/certificate", test_certificate);
  g_test_add_func ("/profile/equal", test_equal);
  g_test_add_func ("/profile/export-values", test_export_values);

  g_test_add_func ("/profile/find-export", test_find_export);
  g_test_add_func ("/profile/anchor", test_anchor);
  return g_test_run ();
}
