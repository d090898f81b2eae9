/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "core/mw-error.h"
#include "export/mw-thunderbird-import.h"
#include "export/mw-thunderbird-reader.h"

/* One account, to which a row adds or changes settings. */
#define BASE \
  "user_pref(\"mail.accountmanager.accounts\", \"account1\");\n" \
  "user_pref(\"mail.account.account1.server\", \"server1\");\n" \
  "user_pref(\"mail.account.account1.identities\", \"id1\");\n" \
  "user_pref(\"mail.identity.id1.useremail\", \"jan@example.test\");\n" \
  "user_pref(\"mail.identity.id1.smtpServer\", \"smtp1\");\n" \
  "user_pref(\"mail.server.server1.type\", \"imap\");\n" \
  "user_pref(\"mail.server.server1.hostname\", \"imap.example.test\");\n" \
  "user_pref(\"mail.server.server1.userName\", \"jan\");\n" \
  "user_pref(\"mail.server.server1.socketType\", 3);\n" \
  "user_pref(\"mail.smtpservers\", \"smtp1\");\n" \
  "user_pref(\"mail.smtpserver.smtp1.hostname\", \"smtp.example.test\");\n" \
  "user_pref(\"mail.smtpserver.smtp1.username\", \"jan\");\n" \
  "user_pref(\"mail.smtpserver.smtp1.try_ssl\", 2);\n"

#define SET(name, value) "user_pref(\"mail." name "\", " value ");\n"
#define SERVER(name, value) SET ("server.server1." name, value)
#define SMTP(name, value) SET ("smtpserver.smtp1." name, value)
#define IDENTITY(name, value) SET ("identity.id1." name, value)

static GPtrArray *
read_text (const char *text)
{
  g_autoptr(MwThunderbirdPrefs) prefs = NULL;
  g_autoptr(MwThunderbirdSettings) settings = NULL;
  gboolean damaged = FALSE;

  prefs = mw_thunderbird_prefs_parse_some (text, strlen (text), &damaged);
  settings = mw_thunderbird_settings_new (prefs);
  return mw_thunderbird_reader_read_settings (settings, "/home/jan/.thunderbird/x", "/home/jan",
                                              damaged);
}

/* "imaps:imap.example.test:993 jan UNKNOWN" */
static char *
describe (MwService *service)
{
  g_autofree char *server = NULL;

  if (service == NULL)
    return g_strdup ("-");

  server = mw_endpoint_to_string (service->endpoint);
  return g_strdup_printf ("%s %s %s", server, service->user_name != NULL ? service->user_name : "-",
                          mw_enum_to_nick (MW_TYPE_AUTH_METHOD, service->auth));
}

typedef struct {
  const char *more;
  const char *incoming;
  const char *outgoing;
  guint       notes;
} ServiceCase;

#define IN "imaps:imap.example.test:993 jan unknown"
#define OUT "submission:smtp.example.test:587 jan unknown"
#define NOTE(name) (1u << MW_FOUND_NOTE_##name)

static const ServiceCase service_cases[] = {
  { "", IN, OUT, 0 },
  { SERVER ("socketType", "2"), "imap:imap.example.test:143 jan unknown", OUT, 0 },
  { SERVER ("socketType", "1"), "imap:imap.example.test:143 jan unknown", OUT, 0 },
  { SERVER ("socketType", "0"), "imap+plain:imap.example.test:143 jan unknown", OUT,
    NOTE (CLEAR_TEXT) },
  { SERVER ("port", "1993"), "imaps:imap.example.test:1993 jan unknown", OUT, 0 },
  { SERVER ("port", "70000"), IN, OUT, 0 },
  { SERVER ("port", "-1"), IN, OUT, 0 },
  { SERVER ("port", "\"993\""), IN, OUT, 0 },
  { SERVER ("type", "\"pop3\""), "pop3s:imap.example.test:995 jan unknown", OUT, 0 },
  { SERVER ("hostname", "\"IMAP.Bücher.test\""),
    "imaps:imap.xn--bcher-kva.test:993 jan unknown", OUT, 0 },
  { SERVER ("hostname", "\"127.0.0.1\""), "imaps:127.0.0.1:993 jan unknown", OUT, 0 },
  { SERVER ("hostname", "\"[::1]\""), "imaps:[::1]:993 jan unknown", OUT, 0 },
  { SERVER ("realhostname", "\"new.example.test\"") SERVER ("realuserName", "\"new\""),
    "imaps:new.example.test:993 new unknown", OUT, 0 },
  { SERVER ("realhostname", "\"\""), IN, OUT, 0 },
  { SERVER ("userName", "\"\""), "imaps:imap.example.test:993 jan@example.test unknown", OUT, 0 },
  { SERVER ("authMethod", "3"), IN, OUT, 0 },
  { SERVER ("authMethod", "2"), IN, OUT, 0 },
  { SERVER ("authMethod", "4"), "imaps:imap.example.test:993 jan CRAM-MD5", OUT, 0 },
  { SERVER ("authMethod", "10"), "imaps:imap.example.test:993 jan oauth2", OUT, 0 },
  { SERVER ("authMethod", "5"), IN, OUT, NOTE (LOG_IN) },
  { SERVER ("authMethod", "6"), IN, OUT, NOTE (LOG_IN) },
  { SERVER ("authMethod", "7"), IN, OUT, NOTE (LOG_IN) },
  { SET ("server.default.authMethod", "4"), "imaps:imap.example.test:993 jan CRAM-MD5", OUT, 0 },
  { SMTP ("try_ssl", "3"), IN, "submissions:smtp.example.test:465 jan unknown", 0 },
  { SMTP ("try_ssl", "0"), IN, "submission+plain:smtp.example.test:587 jan unknown",
    NOTE (CLEAR_TEXT) },
  { SMTP ("authMethod", "1"), IN, "submission:smtp.example.test:587 - none", 0 },
  { SMTP ("username", "\"\""), IN, "submission:smtp.example.test:587 - none", 0 },
  { SMTP ("port", "2525"), IN, "submission:smtp.example.test:2525 jan unknown", 0 },
  { SMTP ("hostname", "\"no host\""), IN, "-", NOTE (NO_SENDING) },
  { SMTP ("type", "\"ews\""), IN, "-", NOTE (NO_SENDING) },
  { SET ("smtpservers", "\"\""), IN, "-", NOTE (NO_SENDING) },
  { SET ("smtpservers", "\"smtp1,smtp2\"") SET ("smtpserver.smtp2.hostname", "\"b.test\"")
    SET ("smtpserver.smtp2.try_ssl", "3") SET ("smtp.defaultserver", "\"smtp2\"")
    IDENTITY ("smtpServer", "\"\""), IN, "submissions:b.test:465 - none", 0 },
  { SET ("smtpservers", "\"smtp2,smtp1\"") SET ("smtpserver.smtp2.hostname", "\"b.test\"")
    SET ("smtpserver.smtp2.try_ssl", "3") IDENTITY ("smtpServer", "\"gone\""),
    IN, "submissions:b.test:465 - none", 0 },
  { IDENTITY ("reply_to", "\"office@example.test\""), IN, OUT, NOTE (REPLY_TO) },
  { IDENTITY ("reply_to", "\"Jan@example.test\""), IN, OUT, 0 },
  { SET ("account.account1.identities", "\"id1,id2\"")
    SET ("identity.id2.useremail", "\"office@example.test\""), IN, OUT, NOTE (MORE_ADDRESSES) },
  { SET ("account.account1.identities", "\"id2,id1\""), IN, OUT, 0 },
  { SET ("accountmanager.defaultaccount", "\"account1\""), IN, OUT, NOTE (DEFAULT) },
};

static void
test_services (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (service_cases); i++)
    {
      const ServiceCase *row = &service_cases[i];
      g_autofree char *text = g_strconcat (BASE, row->more, NULL);
      g_autoptr(GPtrArray) accounts = read_text (text);
      MwFoundAccount *account;
      g_autofree char *incoming = NULL;
      g_autofree char *outgoing = NULL;

      g_test_message ("%s", row->more);
      g_assert_cmpuint (accounts->len, ==, 1);
      account = accounts->pdata[0];
      incoming = describe (account->profile->incoming);
      outgoing = describe (account->profile->outgoing);
      g_assert_cmpstr (incoming, ==, row->incoming);
      g_assert_cmpstr (outgoing, ==, row->outgoing);
      g_assert_cmpuint (account->notes, ==, row->notes);
      g_assert_cmpint (account->obstacle, ==, MW_FOUND_OBSTACLE_NONE);
    }
}

static void
test_obstacles (void)
{
  static const struct {
    const char      *more;
    MwFoundObstacle  obstacle;
    const char      *kind;
    guint            n_accounts;
  } cases[] = {
    { SERVER ("type", "\"none\""), MW_FOUND_OBSTACLE_NONE, NULL, 0 },
    { SERVER ("type", "\"nntp\""), MW_FOUND_OBSTACLE_KIND, "nntp", 1 },
    { SERVER ("type", "\"ews\""), MW_FOUND_OBSTACLE_KIND, "ews", 1 },
    { SERVER ("hostname", "\"\""), MW_FOUND_OBSTACLE_NO_SERVER, NULL, 1 },
    { SERVER ("hostname", "\"no host\""), MW_FOUND_OBSTACLE_NO_SERVER, NULL, 1 },
    { IDENTITY ("useremail", "\"jan\""), MW_FOUND_OBSTACLE_NO_ADDRESS, NULL, 1 },
    { SET ("account.account1.identities", "\"\""), MW_FOUND_OBSTACLE_NO_ADDRESS, NULL, 1 },
    { SET ("account.account1.server", "\"gone\""), MW_FOUND_OBSTACLE_NONE, NULL, 0 },
    { SET ("accountmanager.accounts", "\"\""), MW_FOUND_OBSTACLE_NONE, NULL, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strconcat (BASE, cases[i].more, NULL);
      g_autoptr(GPtrArray) accounts = read_text (text);
      MwFoundAccount *account;

      g_test_message ("%s", cases[i].more);
      g_assert_cmpuint (accounts->len, ==, cases[i].n_accounts);
      if (accounts->len == 0)
        continue;
      account = accounts->pdata[0];
      g_assert_cmpint (account->obstacle, ==, cases[i].obstacle);
      g_assert_cmpstr (account->kind, ==, cases[i].kind);
      g_assert_null (account->profile->incoming);
      g_assert_nonnull (account->profile->label);
    }
}

static void
test_damaged (void)
{
  static const char * const texts[] = {
    BASE "user_pref(\"mail.server.server1.name\", \"never",
    BASE "/* never",
    BASE "user_pref(\"x\", ",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr(GPtrArray) accounts = read_text (texts[i]);
      MwFoundAccount *account;

      g_assert_cmpuint (accounts->len, ==, 1);
      account = accounts->pdata[0];
      g_assert_true (mw_found_account_has_note (account, MW_FOUND_NOTE_DAMAGED));
      g_assert_nonnull (account->profile->incoming);
    }
}

/* Without the list, the accounts count that are there. */
static void
test_damaged_list (void)
{
  g_autofree char *text = g_strconcat (strchr (BASE, '\n') + 1, "/* never", NULL);
  g_autoptr(GPtrArray) accounts = read_text (text);
  g_autoptr(GPtrArray) none = read_text (strchr (BASE, '\n') + 1);

  g_assert_cmpuint (accounts->len, ==, 1);
  g_assert_cmpuint (none->len, ==, 0);
}

/* A profile from elsewhere may name any file of the person's as signature. */
static void
test_signature_reach (void)
{
  g_autofree char *folder = g_dir_make_tmp ("mw-reach-XXXXXX", NULL);
  static const struct {
    const char *path;
    gboolean    is_taken;
  } cases[] = {
    { "profile/signature.txt", TRUE },
    { "text/signature.txt", TRUE },
    { ".hidden/signature.txt", FALSE },
    { "text/../.hidden/signature.txt", FALSE },
    { "profile/../.hidden/signature.txt", FALSE },
    { "../signature.txt", FALSE },
    { "text/gone.txt", FALSE },
  };
  const char *folders[] = { "profile", "text", ".hidden" };

  for (gsize i = 0; i < G_N_ELEMENTS (folders); i++)
    {
      g_autofree char *sub = g_build_filename (folder, folders[i], NULL);
      g_autofree char *path = g_build_filename (sub, "signature.txt", NULL);

      g_assert_no_errno (g_mkdir (sub, 0700));
      g_assert_true (g_file_set_contents (path, "Jan\n", -1, NULL));
    }

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdup_printf (BASE IDENTITY ("attach_signature", "true")
                                               IDENTITY ("sig_file", "\"%s/%s\""),
                                               folder, cases[i].path);
      g_autofree char *profile = g_build_filename (folder, "profile", NULL);
      g_autoptr(MwThunderbirdPrefs) prefs = mw_thunderbird_prefs_parse (text, strlen (text), NULL);
      g_autoptr(MwThunderbirdSettings) settings = mw_thunderbird_settings_new (prefs);
      g_autoptr(GPtrArray) accounts = NULL;
      MwFoundAccount *account;

      g_test_message ("%s", cases[i].path);
      accounts = mw_thunderbird_reader_read_settings (settings, profile, folder, FALSE);
      account = accounts->pdata[0];
      g_assert_cmpstr (account->profile->signature, ==, cases[i].is_taken ? "Jan" : NULL);
      g_assert_cmpint (mw_found_account_has_note (account, MW_FOUND_NOTE_SIGNATURE_FILE), ==,
                       !cases[i].is_taken);
    }

  for (gsize i = 0; i < G_N_ELEMENTS (folders); i++)
    {
      g_autofree char *sub = g_build_filename (folder, folders[i], NULL);
      g_autofree char *path = g_build_filename (sub, "signature.txt", NULL);

      g_assert_no_errno (g_unlink (path));
      g_assert_no_errno (g_rmdir (sub));
    }
  g_assert_no_errno (g_rmdir (folder));
}

static MwFoundAccount *
find (GPtrArray  *accounts,
      const char *label)
{
  for (guint i = 0; i < accounts->len; i++)
    {
      MwFoundAccount *account = accounts->pdata[i];

      if (g_strcmp0 (account->profile->label, label) == 0)
        return account;
    }

  g_test_message ("No account %s", label);
  g_assert_not_reached ();
}

/* A profile that Thunderbird itself made, and a user.js. */
static void
test_real_profile (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "fixtures", NULL);
  g_autoptr(MwExportTarget) target = NULL;
  g_autoptr(GPtrArray) accounts = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *incoming = NULL;
  MwFoundAccount *account;

  target = mw_export_target_new ("thunderbird", MW_MAIL_CLIENT_THUNDERBIRD, MW_PACKAGING_DISTRO);
  target->data_folder = g_steal_pointer (&path);
  target->profile = g_strdup ("thunderbird");
  accounts = mw_thunderbird_import_read (target, TRUE, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (accounts->len, ==, 6);

  account = find (accounts, "jan@example.test");
  g_assert_cmpstr (account->target_id, ==, "thunderbird");
  g_assert_cmpstr (account->profile->sender_name, ==, "Jan \"J\\an\" Janßen");
  g_assert_cmpstr (account->profile->signature, ==, "Groetjes,\nJan — \"x\" \\ ✓");
  g_assert_cmpstr (mw_mail_folders_get_name (account->profile->folders, MW_FOLDER_USE_SENT), ==,
                   "Wysłane");
  g_assert_cmpstr (mw_mail_folders_get_name (account->profile->folders, MW_FOLDER_USE_TRASH), ==,
                   "Kosz");
  g_assert_null (mw_mail_folders_get_name (account->profile->folders, MW_FOLDER_USE_DRAFTS));
  g_assert_cmpuint (account->notes, ==,
                    NOTE (MORE_ADDRESSES) | NOTE (REPLY_TO) | NOTE (DEFAULT));
  g_assert_cmpstr (g_hash_table_lookup (account->values, "Account"), ==, "account1");
  g_assert_cmpint (account->profile->grade, ==, MW_GRADE_L);
  g_assert_false (account->profile->is_default);
  g_assert_cmpint (account->passwords, ==, MW_FOUND_PASSWORDS_NONE);

  account = find (accounts, "piet@example.test");
  incoming = describe (account->profile->incoming);
  g_assert_cmpstr (incoming, ==, "pop3s:pop3.example.test:995 piet@example.test unknown");
  g_assert_true (account->profile->leave_on_server);
  g_assert_cmpuint (account->profile->delete_after_days, ==, 14);
  g_assert_cmpstr (account->profile->signature, ==, "Piet\n& Co");
  g_assert_null (account->profile->folders);

  account = find (accounts, "ola@example.test");
  g_assert_cmpstr (account->profile->signature, ==, "Ola\nul. Żółwia 1");
  g_assert_false (account->profile->notifications);
  g_assert_cmpint (account->profile->outgoing->auth, ==, MW_AUTH_NONE);

  g_assert_cmpstr (find (accounts, "news.example.test")->kind, ==, "nntp");
  g_assert_cmpstr (find (accounts, "Feeds")->kind, ==, "rss");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/thunderbird-reader/services", test_services);
  g_test_add_func ("/thunderbird-reader/obstacles", test_obstacles);
  g_test_add_func ("/thunderbird-reader/damaged", test_damaged);
  g_test_add_func ("/thunderbird-reader/damaged-list", test_damaged_list);
  g_test_add_func ("/thunderbird-reader/signature-reach", test_signature_reach);
  g_test_add_func ("/thunderbird-reader/real-profile", test_real_profile);
  return g_test_run ();
}
