/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include <string.h>

#include "export/mw-thunderbird-account.h"

/* As Thunderbird itself leaves a profile with one account. */
#define PIET \
  "user_pref(\"mail.account.account1.server\", \"server1\");\n" \
  "user_pref(\"mail.account.account2.identities\", \"id1\");\n" \
  "user_pref(\"mail.account.account2.server\", \"server2\");\n" \
  "user_pref(\"mail.account.lastKey\", 2);\n" \
  "user_pref(\"mail.accountmanager.accounts\", \"account2,account1\");\n" \
  "user_pref(\"mail.accountmanager.defaultaccount\", \"account2\");\n" \
  "user_pref(\"mail.accountmanager.localfoldersserver\", \"server1\");\n" \
  "user_pref(\"mail.identity.id1.fullName\", \"Piet\");\n" \
  "user_pref(\"mail.identity.id1.smtpServer\", \"smtp1\");\n" \
  "user_pref(\"mail.identity.id1.useremail\", \"piet@example.test\");\n" \
  "user_pref(\"mail.server.server1.type\", \"none\");\n" \
  "user_pref(\"mail.server.server2.hostname\", \"imap.example.test\");\n" \
  "user_pref(\"mail.server.server2.login_at_startup\", false);\n" \
  "user_pref(\"mail.server.server2.name\", \"My own name\");\n" \
  "user_pref(\"mail.server.server2.port\", 993);\n" \
  "user_pref(\"mail.server.server2.socketType\", 3);\n" \
  "user_pref(\"mail.server.server2.type\", \"imap\");\n" \
  "user_pref(\"mail.server.server2.userName\", \"piet@example.test\");\n" \
  "user_pref(\"mail.smtp.defaultserver\", \"smtp1\");\n" \
  "user_pref(\"mail.smtpserver.smtp1.hostname\", \"smtp.example.test\");\n" \
  "user_pref(\"mail.smtpserver.smtp1.username\", \"piet@example.test\");\n" \
  "user_pref(\"mail.smtpservers\", \"smtp1\");\n"

typedef struct {
  MwThunderbirdPrefs    *prefs;
  MwThunderbirdSettings *settings;
  MwThunderbirdAccount  *account;
} Fixture;

static void
start (Fixture    *fixture,
       const char *text)
{
  g_autoptr(GError) error = NULL;

  fixture->prefs = mw_thunderbird_prefs_parse (text, strlen (text), &error);
  g_assert_no_error (error);
  fixture->settings = mw_thunderbird_settings_new (fixture->prefs);
  fixture->account = mw_thunderbird_account_new ();
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  start (fixture, data);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  mw_thunderbird_account_free (fixture->account);
  mw_thunderbird_settings_free (fixture->settings);
  mw_thunderbird_prefs_free (fixture->prefs);
}

static MwService *
make_service (const char *text,
              const char *user)
{
  g_autoptr(MwEndpoint) endpoint = mw_endpoint_parse (text);

  g_assert_nonnull (endpoint);
  return mw_service_new (endpoint, user, user != NULL ? MW_AUTH_PLAIN : MW_AUTH_NONE, NULL);
}

static MwProfile *
make_profile (const char *address,
              const char *incoming,
              const char *outgoing)
{
  MwProfile *profile = mw_profile_new ();

  profile->address = g_strdup (address);
  profile->label = g_strdup ("Work");
  profile->sender_name = g_strdup ("Jan \"J\\an\" Jan\303\237en");
  profile->incoming = make_service (incoming, address);
  profile->outgoing = outgoing != NULL ? make_service (outgoing, address) : NULL;
  return profile;
}

static void
apply (Fixture   *fixture,
       MwProfile *profile)
{
  mw_thunderbird_account_apply (fixture->account, fixture->settings, profile);
}

static void
check (Fixture    *fixture,
       const char *name,
       const char *expected)
{
  const char *value = mw_thunderbird_prefs_get_string (fixture->prefs, name);

  if (g_strcmp0 (value, expected) != 0)
    g_error ("%s is %s, not %s", name, value, expected);
}

static void
check_int (Fixture    *fixture,
           const char *name,
           int         expected)
{
  g_assert_cmpint (mw_thunderbird_prefs_get_int (fixture->prefs, name, -1), ==, expected);
}

static void
check_bool (Fixture    *fixture,
            const char *name,
            gboolean    expected)
{
  gsize size;
  g_autofree char *data = mw_thunderbird_prefs_to_data (fixture->prefs, &size);
  g_autofree char *line = g_strdup_printf ("user_pref(\"%s\", %s);", name,
                                           expected ? "true" : "false");

  if (strstr (data, line) == NULL)
    g_error ("not there: %s", line);
}

/* The next export: what was remembered comes back, what changes is new. */
static void
again (Fixture *fixture)
{
  mw_thunderbird_settings_free (fixture->settings);
  fixture->settings = mw_thunderbird_settings_new (fixture->prefs);
}

static void
check_unchanged (Fixture *fixture)
{
  g_assert_cmpuint (fixture->settings->created->len, ==, 0);
  g_assert_cmpuint (fixture->settings->updated->len, ==, 0);
}

static void
test_first (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr(MwProfile) profile = make_profile ("jan@example.test", "imaps:IMAP.example.test",
                                               "submission:smtp.example.test");

  profile->signature = g_strdup ("Bye,\nJan \"x\" \\");
  apply (fixture, profile);
  check (fixture, "mail.accountmanager.accounts", "account1");
  check (fixture, "mail.accountmanager.defaultaccount", "account1");
  check (fixture, "mail.account.account1.server", "server1");
  check (fixture, "mail.account.account1.identities", "id1");
  check_int (fixture, "mail.account.lastKey", 1);
  check (fixture, "mail.server.server1.type", "imap");
  check (fixture, "mail.server.server1.hostname", "imap.example.test");
  check (fixture, "mail.server.server1.userName", "jan@example.test");
  check (fixture, "mail.server.server1.name", "Work");
  check_int (fixture, "mail.server.server1.port", 993);
  check_int (fixture, "mail.server.server1.socketType", 3);
  check_int (fixture, "mail.server.server1.authMethod", 3);
  check (fixture, "mail.smtpservers", "smtp1");
  check (fixture, "mail.smtp.defaultserver", "smtp1");
  check_int (fixture, "mail.smtpserver.smtp1.port", 587);
  check_int (fixture, "mail.smtpserver.smtp1.try_ssl", 2);
  check (fixture, "mail.identity.id1.smtpServer", "smtp1");
  check (fixture, "mail.identity.id1.fullName", "Jan \"J\\an\" Jan\303\237en");
  check (fixture, "mail.identity.id1.htmlSigText", "Bye,\nJan \"x\" \\");
  check (fixture, "mail.identity.id1.fcc_folder",
         "imap://jan%40example.test@imap.example.test/Sent");
  g_assert_null (fixture->account->former_account);

  again (fixture);
  apply (fixture, profile);
  check_unchanged (fixture);

  /* Without memory it is found by its server, and not made twice either. */
  tear_down (fixture, NULL);
  start (fixture, "");
  apply (fixture, profile);
  mw_thunderbird_account_free (fixture->account);
  fixture->account = mw_thunderbird_account_new ();
  again (fixture);
  apply (fixture, profile);
  check_unchanged (fixture);
}

static MwMailFolders *
make_folders (const char *sent,
              const char *trash,
              char        delimiter)
{
  const char *names[MW_N_FOLDER_USES] = {
    [MW_FOLDER_USE_SENT] = sent, [MW_FOLDER_USE_DRAFTS] = "INBOX.Robocze",
    [MW_FOLDER_USE_TRASH] = trash, [MW_FOLDER_USE_JUNK] = "Śmieci #1",
    [MW_FOLDER_USE_ARCHIVE] = "A&B",
  };

  return mw_mail_folders_new (names, delimiter, "INBOX.");
}

#define ROOT "imap://jan%40example.test@imap.example.test/"

static void
test_folders (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr(MwProfile) profile = make_profile ("jan@example.test", "imaps:imap.example.test",
                                               "submissions:smtp.example.test");

  profile->folders = make_folders ("Wysłane", "inbox.Kosz.Mój", '.');
  apply (fixture, profile);
  check (fixture, "mail.identity.id1.fcc_folder", ROOT "Wys&AUI-ane");
  check (fixture, "mail.identity.id1.fcc_folder_picker_mode", "1");
  check (fixture, "mail.identity.id1.draft_folder", ROOT "INBOX/Robocze");
  check (fixture, "mail.identity.id1.archive_folder", ROOT "A&-B");
  check (fixture, "mail.identity.id1.archives_folder_picker_mode", "1");
  check (fixture, "mail.identity.id1.stationery_folder", ROOT "Templates");
  check (fixture, "mail.server.server1.trash_folder_name", "INBOX/Kosz/Mój");
  check (fixture, "mail.server.server1.spamActionTargetFolder", ROOT "&AVo-mieci%20%231");
  check_int (fixture, "mail.server.server1.moveTargetMode", 1);

  again (fixture);
  apply (fixture, profile);
  check_unchanged (fixture);

  /* The server has others now. What the person chose stays. */
  again (fixture);
  mw_thunderbird_settings_put_string (fixture->settings, "identity", "id1", "draft_folder",
                                      "mailbox://nobody@Local%20Folders/Drafts");
  mw_thunderbird_settings_put_string (fixture->settings, "server", "server1",
                                      "trash_folder_name", NULL);
  g_clear_pointer (&profile->folders, mw_mail_folders_unref);
  profile->folders = make_folders ("Sent", "Bin", '.');
  apply (fixture, profile);
  check (fixture, "mail.identity.id1.fcc_folder", ROOT "Sent");
  check (fixture, "mail.identity.id1.draft_folder", "mailbox://nobody@Local%20Folders/Drafts");
  check (fixture, "mail.server.server1.trash_folder_name", NULL);

  /* Nothing is known any more: nothing changes. */
  again (fixture);
  g_clear_pointer (&profile->folders, mw_mail_folders_unref);
  apply (fixture, profile);
  check_unchanged (fixture);
}

/* Exported when nothing was known, and then it is. */
static void
test_folders_later (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autoptr(MwProfile) profile = make_profile ("jan@example.test", "imaps:imap.example.test",
                                               "submissions:smtp.example.test");

  apply (fixture, profile);
  check (fixture, "mail.identity.id1.fcc_folder_picker_mode", "0");
  check (fixture, "mail.identity.id1.archive_folder", NULL);
  check (fixture, "mail.server.server1.trash_folder_name", NULL);

  again (fixture);
  /* An earlier version remembered nothing of folders; a slash that parts no
   * levels cannot be written. */
  for (guint i = 0; i < MW_N_FOLDER_USES; i++)
    g_clear_pointer (&fixture->account->folders[i], g_free);
  profile->folders = make_folders ("Gesendet", "a/b", '.');
  apply (fixture, profile);
  check (fixture, "mail.identity.id1.fcc_folder", ROOT "Gesendet");
  check (fixture, "mail.identity.id1.fcc_folder_picker_mode", "1");
  check (fixture, "mail.identity.id1.archive_folder", ROOT "A&-B");
  check (fixture, "mail.server.server1.trash_folder_name", NULL);
}

static void
test_second (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr(MwProfile) profile = make_profile ("jan@example.test", "imap:imap.example.test",
                                               "submissions:smtp.example.test");

  apply (fixture, profile);
  /* Above the local folders; the other account stays the default. */
  check (fixture, "mail.accountmanager.accounts", "account2,account3,account1");
  check (fixture, "mail.accountmanager.defaultaccount", "account2");
  check_int (fixture, "mail.account.lastKey", 3);
  check (fixture, "mail.account.account3.server", "server3");
  check (fixture, "mail.account.account3.identities", "id2");
  check (fixture, "mail.smtpservers", "smtp1,smtp2");
  check (fixture, "mail.smtp.defaultserver", "smtp1");
  check_int (fixture, "mail.server.server3.port", 143);
  check_int (fixture, "mail.server.server3.socketType", 2);
  check (fixture, "mail.identity.id1.useremail", "piet@example.test");
}

static void
test_default (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr(MwProfile) profile = make_profile ("jan@example.test", "imaps:imap.example.test",
                                               "submissions:smtp.example.test");
  gboolean smtp_removed;

  profile->is_default = TRUE;
  apply (fixture, profile);
  check (fixture, "mail.accountmanager.defaultaccount", "account3");
  check (fixture, "mail.smtp.defaultserver", "smtp2");
  g_assert_cmpstr (fixture->account->former_account, ==, "account2");

  again (fixture);
  apply (fixture, profile);
  check_unchanged (fixture);
  g_assert_cmpstr (fixture->account->former_account, ==, "account2");

  g_assert_true (mw_thunderbird_account_remove (fixture->account, fixture->settings, profile,
                                                &smtp_removed));
  g_assert_true (smtp_removed);
  check (fixture, "mail.accountmanager.defaultaccount", "account2");
  check (fixture, "mail.smtp.defaultserver", "smtp1");
  check (fixture, "mail.accountmanager.accounts", "account2,account1");
  check (fixture, "mail.smtpservers", "smtp1");
  g_assert_false (mw_thunderbird_prefs_has_prefix (fixture->prefs, "mail.account.account3."));
  g_assert_false (mw_thunderbird_prefs_has_prefix (fixture->prefs, "mail.server.server3."));
  g_assert_false (mw_thunderbird_prefs_has_prefix (fixture->prefs, "mail.identity.id2."));
  g_assert_false (mw_thunderbird_prefs_has_prefix (fixture->prefs, "mail.smtpserver.smtp2."));
  g_assert_true (mw_thunderbird_prefs_has_prefix (fixture->prefs, "mail.identity.id1."));

  again (fixture);
  g_assert_false (mw_thunderbird_account_remove (fixture->account, fixture->settings, profile,
                                                 &smtp_removed));
  check_unchanged (fixture);
}

/* An account the person made in Thunderbird: only what the log-in needs. */
static void
test_made_by_hand (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autoptr(MwProfile) profile = make_profile ("piet@example.test", "imap:IMAP.EXAMPLE.TEST",
                                               "submissions:smtp.example.test");

  profile->signature = g_strdup ("not mine");
  profile->folders = make_folders ("Sent", "Bin", '.');
  apply (fixture, profile);
  g_assert_cmpuint (fixture->settings->created->len, ==, 0);
  check (fixture, "mail.identity.id1.fcc_folder", NULL);
  check (fixture, "mail.server.server2.trash_folder_name", NULL);
  check (fixture, "mail.accountmanager.accounts", "account2,account1");
  check (fixture, "mail.server.server2.name", "My own name");
  check (fixture, "mail.identity.id1.fullName", "Piet");
  check (fixture, "mail.identity.id1.htmlSigText", NULL);
  check_int (fixture, "mail.server.server2.port", 143);
  check_int (fixture, "mail.server.server2.socketType", 2);
  check_int (fixture, "mail.smtpserver.smtp1.port", 465);
  g_assert_cmpstr (fixture->account->account, ==, "account2");
  g_assert_cmpstr (fixture->account->smtp, ==, "smtp1");
  g_assert_true (fixture->account->taken_over);
  g_assert_true (fixture->account->takes_over);
}

/* Once taken over, it follows its server and keeps its names; it never goes. */
static void
test_taken_over (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autoptr(MwProfile) profile = make_profile ("piet@example.test", "imap:imap.example.test",
                                               "submissions:smtp.example.test");
  g_autoptr(MwProfile) moved = make_profile ("piet@example.test", "imap:new.example.test",
                                             "submissions:new.example.test");
  gboolean smtp_removed = TRUE;

  apply (fixture, profile);
  again (fixture);
  apply (fixture, moved);
  g_assert_true (fixture->account->taken_over);
  g_assert_false (fixture->account->takes_over);
  check (fixture, "mail.server.server2.hostname", "new.example.test");
  check (fixture, "mail.server.server2.name", "My own name");
  check (fixture, "mail.smtpserver.smtp1.hostname", "new.example.test");
  g_assert_cmpuint (fixture->settings->created->len, ==, 0);

  again (fixture);
  g_assert_false (mw_thunderbird_account_remove (fixture->account, fixture->settings, moved,
                                                 &smtp_removed));
  g_assert_false (smtp_removed);
  check_unchanged (fixture);
}

static void
test_pop3 (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr(MwProfile) profile = make_profile ("jan@example.test", "pop3s:pop3.example.test", NULL);
  gsize size;
  g_autofree char *text = NULL;

  profile->delete_after_days = 30;
  profile->pop_minutes = 15;
  apply (fixture, profile);
  text = mw_thunderbird_prefs_to_data (fixture->prefs, &size);
  check (fixture, "mail.server.server1.type", "pop3");
  check_int (fixture, "mail.server.server1.port", 995);
  g_assert_nonnull (strstr (text, "server1.leave_on_server\", true)"));
  g_assert_nonnull (strstr (text, "server1.delete_by_age_from_server\", true)"));
  check_int (fixture, "mail.server.server1.num_days_to_leave_on_server", 30);
  check_int (fixture, "mail.server.server1.check_time", 15);
  check (fixture, "mail.smtpservers", NULL);
  check (fixture, "mail.identity.id1.smtpServer", NULL);
  g_assert_null (fixture->account->smtp);

  /* The person wants them deleted after all. */
  profile->leave_on_server = FALSE;
  g_clear_pointer (&text, g_free);
  again (fixture);
  apply (fixture, profile);
  text = mw_thunderbird_prefs_to_data (fixture->prefs, &size);
  g_assert_nonnull (strstr (text, "server1.leave_on_server\", false)"));
}

static void
test_no_log_in_for_sending (Fixture       *fixture,
                            gconstpointer  data)
{
  g_autoptr(MwProfile) profile = make_profile ("jan@example.test", "imaps:imap.example.test", NULL);

  profile->outgoing = make_service ("submission+plain:relay.example.test", NULL);
  apply (fixture, profile);
  check_int (fixture, "mail.smtpserver.smtp1.authMethod", 1);
  check_int (fixture, "mail.smtpserver.smtp1.try_ssl", 0);
  check (fixture, "mail.smtpserver.smtp1.username", NULL);
}

/* The server was edited in Mailwright: the same account, not a second one. */
static void
test_moved (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr(MwProfile) profile = make_profile ("jan@example.test", "imaps:old.example.test",
                                               "submissions:old.example.test");
  g_autoptr(MwProfile) moved = make_profile ("jan@example.test", "imaps:new.example.test",
                                             "submissions:new.example.test");

  apply (fixture, profile);
  again (fixture);
  apply (fixture, moved);
  g_assert_cmpuint (fixture->settings->created->len, ==, 0);
  check (fixture, "mail.server.server3.hostname", "new.example.test");
  check (fixture, "mail.smtpserver.smtp2.hostname", "new.example.test");
  check (fixture, "mail.accountmanager.accounts", "account2,account3,account1");
}

/* Addresses of folders begin with the server's name, those that the person
 * chose, too. */
static void
test_moved_folders (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autoptr(MwProfile) profile = make_profile ("jan@example.test", "imaps:imap.example.test",
                                               NULL);
  g_autoptr(MwProfile) moved = make_profile ("jan@example.test", "imaps:new.example.test", NULL);

  profile->folders = make_folders ("Wysłane", "Kosz", '.');
  apply (fixture, profile);
  mw_thunderbird_prefs_set_string (fixture->prefs, "mail.identity.id1.draft_folder",
                                   ROOT "Mine");
  mw_thunderbird_prefs_set_string (fixture->prefs, "mail.identity.id1.archive_folder",
                                   "imap://piet%40example.test@imap.example.test/Archive");
  mw_thunderbird_prefs_set_string (fixture->prefs, "mail.server.server1.spamActionTargetAccount",
                                   "imap://jan%40example.test@imap.example.test");
  again (fixture);
  apply (fixture, moved);
#define NEW_ROOT "imap://jan%40example.test@new.example.test"
  check (fixture, "mail.identity.id1.fcc_folder", NEW_ROOT "/Wys&AUI-ane");
  check (fixture, "mail.identity.id1.draft_folder", NEW_ROOT "/Mine");
  check (fixture, "mail.identity.id1.stationery_folder", NEW_ROOT "/Templates");
  check (fixture, "mail.identity.id1.archive_folder",
         "imap://piet%40example.test@imap.example.test/Archive");
  check (fixture, "mail.server.server1.spamActionTargetFolder",
         NEW_ROOT "/&AVo-mieci%20%231");
  check (fixture, "mail.server.server1.spamActionTargetAccount", NEW_ROOT);

  /* What was written is still known as ours. */
  again (fixture);
  moved->folders = make_folders ("Sent", "Kosz", '.');
  apply (fixture, moved);
  check (fixture, "mail.identity.id1.fcc_folder", NEW_ROOT "/Sent");
  check (fixture, "mail.identity.id1.draft_folder", NEW_ROOT "/Mine");
}

/* What was changed in Thunderbird stays, until the person changes it in
 * Mailwright. */
static void
test_choices (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr(MwProfile) profile = make_profile ("jan@example.test", "pop3s:pop3.example.test", NULL);

  profile->signature = g_strdup ("Bye");
  profile->notifications = TRUE;
  apply (fixture, profile);
  check_bool (fixture, "mail.server.server1.leave_on_server", TRUE);
  check_bool (fixture, "mail.server.server1.download_on_biff", TRUE);
  check_bool (fixture, "mail.server.server1.delete_mail_left_on_server", TRUE);
  check_bool (fixture, "mail.server.server1.check_new_mail", TRUE);
  check_bool (fixture, "mail.identity.id1.sig_on_reply", TRUE);
  check_bool (fixture, "mail.identity.id1.sig_on_fwd", TRUE);
  check_bool (fixture, "mail.identity.id1.htmlSigFormat", FALSE);

  mw_thunderbird_prefs_set_bool (fixture->prefs, "mail.server.server1.login_at_startup", FALSE);
  mw_thunderbird_prefs_set_bool (fixture->prefs, "mail.server.server1.check_new_mail", FALSE);
  mw_thunderbird_prefs_set_bool (fixture->prefs, "mail.server.server1.leave_on_server", FALSE);
  mw_thunderbird_prefs_set_bool (fixture->prefs, "mail.identity.id1.sig_on_fwd", FALSE);
  mw_thunderbird_prefs_set_string (fixture->prefs, "mail.identity.id1.htmlSigText", "Mine");
  again (fixture);
  apply (fixture, profile);
  check_unchanged (fixture);

  profile->notifications = FALSE;
  profile->delete_after_days = 3;
  g_free (profile->signature);
  profile->signature = g_strdup ("See you");
  apply (fixture, profile);
  check_bool (fixture, "mail.server.server1.login_at_startup", FALSE);
  check_bool (fixture, "mail.server.server1.leave_on_server", TRUE);
  check_bool (fixture, "mail.identity.id1.sig_on_fwd", TRUE);
  check (fixture, "mail.identity.id1.htmlSigText", "See you");

  /* Taken back, but only the one that is ours. */
  g_clear_pointer (&profile->signature, g_free);
  apply (fixture, profile);
  check (fixture, "mail.identity.id1.htmlSigText", NULL);
  profile->signature = g_strdup ("Hello");
  apply (fixture, profile);
  mw_thunderbird_prefs_set_string (fixture->prefs, "mail.identity.id1.htmlSigText", "Mine");
  g_clear_pointer (&profile->signature, g_free);
  apply (fixture, profile);
  check (fixture, "mail.identity.id1.htmlSigText", "Mine");
}

static void
check_data (Fixture    *fixture,
            const char *expected)
{
  gsize size;
  g_autofree char *data = mw_thunderbird_prefs_to_data (fixture->prefs, &size);

  g_assert_cmpstr (data, ==, expected);
}

/* All that is left is the number that will not be given again. */
static void
test_removed (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr(MwProfile) profile = make_profile ("jan@example.test", "imaps:imap.example.test",
                                               "submissions:smtp.example.test");
  g_autofree char *expected = NULL;
  gboolean smtp_removed;
  const char *text = data;
  const char *last = strstr (text, "lastKey\", 2");

  profile->signature = g_strdup ("Bye");
  profile->is_default = TRUE;
  profile->folders = make_folders ("Sent", "Bin", '.');
  apply (fixture, profile);
  again (fixture);
  g_assert_true (mw_thunderbird_account_remove (fixture->account, fixture->settings, profile,
                                                &smtp_removed));
  g_assert_true (smtp_removed);
  if (last != NULL)
    expected = g_strdup_printf ("%.*slastKey\", 3%s", (int) (last - text), text,
                                last + strlen ("lastKey\", 2"));
  else
    expected = g_strconcat (text, "user_pref(\"mail.account.lastKey\", 1);\n", NULL);
  check_data (fixture, expected);
}

/* The person does not want it as the default any more. */
static void
test_default_given_back (Fixture       *fixture,
                         gconstpointer  data)
{
  g_autoptr(MwProfile) profile = make_profile ("jan@example.test", "imaps:imap.example.test",
                                               "submissions:smtp.example.test");

  profile->is_default = TRUE;
  apply (fixture, profile);
  profile->is_default = FALSE;
  apply (fixture, profile);
  check (fixture, "mail.accountmanager.defaultaccount", "account2");
  check (fixture, "mail.smtp.defaultserver", "smtp1");
  g_assert_null (fixture->account->former_account);

  /* Nobody has it: its account is gone. */
  mw_thunderbird_prefs_set_string (fixture->prefs, "mail.accountmanager.defaultaccount",
                                   "account9");
  mw_thunderbird_prefs_set_string (fixture->prefs, "mail.smtp.defaultserver", "smtp9");
  apply (fixture, profile);
  check (fixture, "mail.accountmanager.defaultaccount", "account3");
  check (fixture, "mail.smtp.defaultserver", "smtp2");
  g_assert_null (fixture->account->former_account);
}

/* Mailwright takes out only what it made. */
static void
test_not_ours (Fixture       *fixture,
               gconstpointer  data)
{
  g_autoptr(MwProfile) profile = make_profile ("piet@example.test", "imaps:imap.example.test",
                                               "submissions:smtp.example.test");
  gboolean smtp_removed;

  /* Not even after it was handed over: it was there before. */
  for (guint i = 0; i < 2; i++)
    {
      g_assert_false (mw_thunderbird_account_remove (fixture->account, fixture->settings,
                                                     profile, &smtp_removed));
      check (fixture, "mail.accountmanager.accounts", "account2,account1");
      check (fixture, "mail.server.server2.hostname", "imap.example.test");
      apply (fixture, profile);
      g_assert_true (fixture->account->taken_over);
    }
  apply (fixture, profile);
  check (fixture, "mail.server.server2.name", "My own name");
  g_assert_true (fixture->account->taken_over);
}

/* An outgoing server that nobody used was there before: it stays. One that an
 * identity without a server of its own needs stays, too. */
static void
test_found_smtp (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autoptr(MwProfile) profile = make_profile ("jan@example.test", "imaps:imap.example.test", NULL);
  gboolean smtp_removed;

  profile->outgoing = make_service ("submissions:smtp.example.test", "piet@example.test");
  mw_thunderbird_prefs_set_string (fixture->prefs, "mail.identity.id1.smtpServer", "other");
  apply (fixture, profile);
  g_assert_true (fixture->account->smtp_found);
  apply (fixture, profile);
  g_assert_true (fixture->account->smtp_found);
  g_assert_true (mw_thunderbird_account_remove (fixture->account, fixture->settings, profile,
                                                &smtp_removed));
  g_assert_false (smtp_removed);
  check (fixture, "mail.smtpservers", "smtp1");

  mw_thunderbird_prefs_set_string (fixture->prefs, "mail.identity.id1.smtpServer", "");
  mw_thunderbird_account_free (fixture->account);
  fixture->account = mw_thunderbird_account_new ();
  apply (fixture, profile);
  g_assert_false (fixture->account->smtp_found);
  g_assert_true (mw_thunderbird_account_remove (fixture->account, fixture->settings, profile,
                                                &smtp_removed));
  g_assert_false (smtp_removed);
}

/* A number was given to somebody else's account meanwhile. */
static void
test_stale_memory (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autoptr(MwProfile) profile = make_profile ("jan@example.test", "imaps:other.example.test",
                                               NULL);

  fixture->account->account = g_strdup ("account2");
  fixture->account->server = g_strdup ("server2");
  fixture->account->identity = g_strdup ("id1");
  fixture->account->smtp = g_strdup ("smtp1");
  apply (fixture, profile);
  check (fixture, "mail.server.server2.hostname", "imap.example.test");
  check (fixture, "mail.server.server3.hostname", "other.example.test");
}

/* Two accounts send through one server: it stays when one of them goes. What
 * is not quite the same server is left to the account that has it. */
static void
test_shared_smtp (Fixture       *fixture,
                  gconstpointer  data)
{
  g_autoptr(MwProfile) profile = make_profile ("jan@example.test", "imaps:imap.example.test", NULL);
  gboolean smtp_removed = TRUE;

  profile->outgoing = make_service ("submissions:smtp.example.test", "piet@example.test");
  apply (fixture, profile);
  g_assert_cmpstr (fixture->account->smtp, ==, "smtp2");
  check_int (fixture, "mail.smtpserver.smtp1.port", -1);
  again (fixture);
  g_assert_true (mw_thunderbird_account_remove (fixture->account, fixture->settings, profile,
                                                &smtp_removed));
  g_assert_true (smtp_removed);

  mw_thunderbird_prefs_set_int (fixture->prefs, "mail.smtpserver.smtp1.port", 465);
  mw_thunderbird_prefs_set_int (fixture->prefs, "mail.smtpserver.smtp1.try_ssl", 3);
  again (fixture);
  apply (fixture, profile);
  g_assert_cmpstr (fixture->account->smtp, ==, "smtp1");
  again (fixture);
  g_assert_true (mw_thunderbird_account_remove (fixture->account, fixture->settings, profile,
                                                &smtp_removed));
  g_assert_false (smtp_removed);
  check (fixture, "mail.smtpserver.smtp1.hostname", "smtp.example.test");
}

/* Old profiles keep the name in use in another setting. */
static void
test_real_names (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autoptr(MwProfile) profile = make_profile ("piet@example.test", "imaps:new.example.test", NULL);

  mw_thunderbird_prefs_set_string (fixture->prefs, "mail.server.server2.realhostname",
                                   "new.example.test");
  apply (fixture, profile);
  g_assert_cmpstr (fixture->account->account, ==, "account2");
}

/* Lists may name what has no settings left; such a number is not free. */
static void
test_gaps (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr(MwProfile) profile = make_profile ("jan@example.test", "imaps:imap.example.test",
                                               "submissions:smtp.example.test");

  apply (fixture, profile);
  g_assert_cmpstr (fixture->account->account, ==, "account8");
  g_assert_cmpstr (fixture->account->server, ==, "server2");
  g_assert_cmpstr (fixture->account->smtp, ==, "smtp2");
}

#define GAPS \
  "user_pref(\"mail.account.account7.server\", \"server1\");" \
  "user_pref(\"mail.account.lastKey\", 4);" \
  "user_pref(\"mail.account.account5.server\", \"server3\");" \
  "user_pref(\"mail.account.account6.server\", \"server4\");" \
  "user_pref(\"mail.smtpservers\", \"smtp1\");"

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, text, func) \
  g_test_add ("/thunderbird-account/" path, Fixture, text, set_up, func, tear_down)
  ADD ("first", "", test_first);
  ADD ("folders", "", test_folders);
  ADD ("folders-later", "", test_folders_later);
  ADD ("second", PIET, test_second);
  ADD ("default", PIET, test_default);
  ADD ("made-by-hand", PIET, test_made_by_hand);
  ADD ("taken-over", PIET, test_taken_over);
  ADD ("pop3", "", test_pop3);
  ADD ("no-log-in-for-sending", "", test_no_log_in_for_sending);
  ADD ("moved", PIET, test_moved);
  ADD ("moved-folders", "", test_moved_folders);
  ADD ("choices", "", test_choices);
  ADD ("removed/beside", PIET, test_removed);
  ADD ("removed/alone", "", test_removed);
  ADD ("default-given-back", PIET, test_default_given_back);
  ADD ("not-ours", PIET, test_not_ours);
  ADD ("found-smtp", PIET, test_found_smtp);
  ADD ("stale-memory", PIET, test_stale_memory);
  ADD ("shared-smtp", PIET, test_shared_smtp);
  ADD ("real-names", PIET, test_real_names);
  ADD ("gaps", GAPS, test_gaps);
#undef ADD
  return g_test_run ();
}
