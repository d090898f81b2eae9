/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include <string.h>

#include "export/mw-export-facts.h"
#include "export/mw-thunderbird-facts.h"

/* What the person made by hand: no security, an old port. */
#define BY_HAND \
  "user_pref(\"mail.account.account1.server\", \"server1\");\n" \
  "user_pref(\"mail.account.account2.identities\", \"id1\");\n" \
  "user_pref(\"mail.account.account2.server\", \"server2\");\n" \
  "user_pref(\"mail.accountmanager.accounts\", \"account2,account1\");\n" \
  "user_pref(\"mail.accountmanager.defaultaccount\", \"account2\");\n" \
  "user_pref(\"mail.identity.id1.fullName\", \"Piet\");\n" \
  "user_pref(\"mail.identity.id1.smtpServer\", \"smtp1\");\n" \
  "user_pref(\"mail.identity.id1.useremail\", \"piet@example.test\");\n" \
  "user_pref(\"mail.server.server1.type\", \"none\");\n" \
  "user_pref(\"mail.server.server2.hostname\", \"mail.example.test\");\n" \
  "user_pref(\"mail.server.server2.name\", \"Work\");\n" \
  "user_pref(\"mail.server.server2.port\", 143);\n" \
  "user_pref(\"mail.server.server2.type\", \"imap\");\n" \
  "user_pref(\"mail.server.server2.userName\", \"piet@example.test\");\n" \
  "user_pref(\"mail.smtp.defaultserver\", \"smtp1\");\n" \
  "user_pref(\"mail.smtpserver.smtp1.hostname\", \"mail.example.test\");\n" \
  "user_pref(\"mail.smtpserver.smtp1.port\", 25);\n" \
  "user_pref(\"mail.smtpserver.smtp1.username\", \"piet@example.test\");\n" \
  "user_pref(\"mail.smtpservers\", \"smtp1\");\n"

#define LOCAL_FOLDERS \
  "user_pref(\"mail.account.account1.server\", \"server1\");\n" \
  "user_pref(\"mail.accountmanager.accounts\", \"account1\");\n" \
  "user_pref(\"mail.accountmanager.defaultaccount\", \"account1\");\n" \
  "user_pref(\"mail.server.server1.type\", \"none\");\n"

/* One account: ADDRESS IN OUT [word…]; words are label=…, name=…,
 * signature=…, default, silent, delete and sent. */
typedef struct {
  const char *path;
  const char *prefs;
  const char *earlier;   /* NULL: nothing was handed over before */
  const char *account;   /* NULL: it is removed */
  const char *expected;  /* a line for each change, "item: former -> latter" */
} Case;

static const Case cases[] = {
  { "new", LOCAL_FOLDERS, NULL,
    "jan@example.test imaps:imap.example.test submission:smtp.example.test name=Jan",
    "account:  -> jan@example.test\n"
    "label:  -> jan@example.test\n"
    "sender-name:  -> Jan\n"
    "incoming-server:  -> imaps:imap.example.test:993\n"
    "incoming-user:  -> jan@example.test\n"
    "incoming-auth:  -> PLAIN\n"
    "outgoing-server:  -> submission:smtp.example.test:587\n"
    "outgoing-user:  -> jan@example.test\n"
    "outgoing-auth:  -> PLAIN\n"
    "notifications:  -> true\n"
    "default:  -> jan@example.test\n" },
  { "again", LOCAL_FOLDERS,
    "jan@example.test imaps:imap.example.test submission:smtp.example.test name=Jan",
    "jan@example.test imaps:imap.example.test submission:smtp.example.test name=Jan",
    "" },
  { "moved", LOCAL_FOLDERS,
    "jan@example.test imap:old.example.test submission:smtp.example.test name=Jan",
    "jan@example.test imaps:new.example.test submissions:smtp.example.test name=Jan",
    "incoming-server: imap:old.example.test:143 -> imaps:new.example.test:993\n"
    "outgoing-server: submission:smtp.example.test:587 -> submissions:smtp.example.test:465\n" },
  { "renamed", LOCAL_FOLDERS,
    "jan@example.test imaps:imap.example.test - label=Old name=Jan",
    "jan@example.test imaps:imap.example.test - label=New silent signature=Bye",
    "label: Old -> New\n"
    "sender-name: Jan -> \n"
    "signature:  -> Bye\n"
    "notifications: true -> false\n" },
  { "pop3", LOCAL_FOLDERS,
    "jan@example.test pop3s:pop.example.test -",
    "jan@example.test pop3s:pop.example.test - delete",
    "keep-on-server: true -> false\n" },
  { "folders", LOCAL_FOLDERS,
    "jan@example.test imaps:imap.example.test -",
    "jan@example.test imaps:imap.example.test - sent",
    "folder:  -> sent:Wys\305\202ane\n" },
  { "default", BY_HAND, NULL,
    "jan@example.test imaps:imap.example.test - default",
    "account:  -> jan@example.test\n"
    "label:  -> jan@example.test\n"
    "incoming-server:  -> imaps:imap.example.test:993\n"
    "incoming-user:  -> jan@example.test\n"
    "incoming-auth:  -> PLAIN\n"
    "notifications:  -> true\n"
    "default: Work -> jan@example.test\n" },
  { "by-hand", BY_HAND, NULL,
    "piet@example.test imaps:mail.example.test submissions:mail.example.test label=Mine name=P",
    "incoming-server: imap+plain:mail.example.test:143 -> imaps:mail.example.test:993\n"
    "outgoing-server: submission+plain:mail.example.test:25 -> "
    "submissions:mail.example.test:465\n" },
  { "removed", LOCAL_FOLDERS,
    "jan@example.test imaps:imap.example.test submission:smtp.example.test name=Jan", NULL,
    "account: jan@example.test -> \n"
    "default: jan@example.test -> \n" },
};

static const char *
find_word (char       **words,
           const char  *prefix)
{
  for (guint i = 3; words[i] != NULL; i++)
    {
      if (g_str_has_prefix (words[i], prefix))
        return words[i] + strlen (prefix);
    }

  return NULL;
}

static MwService *
make_service (const char *text,
              const char *user)
{
  g_autoptr(MwEndpoint) endpoint = mw_endpoint_parse (text);

  return endpoint != NULL ? mw_service_new (endpoint, user, MW_AUTH_PLAIN, NULL) : NULL;
}

static MwProfile *
make_profile (const char *text)
{
  g_auto(GStrv) words = g_strsplit (text, " ", -1);
  MwProfile *profile = mw_profile_new ();

  profile->address = g_strdup (words[0]);
  profile->label = g_strdup (find_word (words, "label="));
  profile->sender_name = g_strdup (find_word (words, "name="));
  profile->signature = g_strdup (find_word (words, "signature="));
  profile->incoming = make_service (words[1], words[0]);
  profile->outgoing = make_service (words[2], words[0]);
  profile->is_default = find_word (words, "default") != NULL;
  profile->notifications = find_word (words, "silent") == NULL;
  profile->leave_on_server = find_word (words, "delete") == NULL;
  if (find_word (words, "sent") != NULL)
    {
      const char *names[MW_N_FOLDER_USES] = { [MW_FOLDER_USE_SENT] = "Wys\305\202ane" };

      profile->folders = mw_mail_folders_new (names, '/', NULL);
    }
  return profile;
}

static MwThunderbirdPrefs *
parse (const char *text)
{
  g_autoptr(GError) error = NULL;
  MwThunderbirdPrefs *prefs = mw_thunderbird_prefs_parse (text, strlen (text), &error);

  g_assert_no_error (error);
  return prefs;
}

static char *
dump (GPtrArray *changes)
{
  g_autoptr(GString) text = g_string_new (NULL);

  mw_export_facts_sort (changes);
  for (guint i = 0; i < changes->len; i++)
    {
      MwExportChange *change = changes->pdata[i];

      g_string_append_printf (text, "%s: %s -> %s\n",
                              mw_enum_to_nick (MW_TYPE_EXPORT_ITEM, change->item),
                              change->former != NULL ? change->former : "",
                              change->latter != NULL ? change->latter : "");
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
test_case (gconstpointer data)
{
  const Case *row = data;
  g_autoptr(MwThunderbirdAccount) account = mw_thunderbird_account_new ();
  g_autoptr(MwThunderbirdPrefs) prefs = parse (row->prefs);
  g_autoptr(MwThunderbirdSettings) settings = mw_thunderbird_settings_new (prefs);
  g_autoptr(MwThunderbirdPrefs) former_prefs = NULL;
  g_autoptr(MwThunderbirdSettings) former = NULL;
  g_autoptr(GPtrArray) changes =
    g_ptr_array_new_with_free_func ((GDestroyNotify) mw_export_change_free);
  g_autoptr(MwProfile) profile = NULL;
  g_autofree char *text = NULL;
  g_autofree char *said = NULL;
  gboolean smtp_removed;
  gsize size;

  if (row->earlier != NULL)
    {
      g_autoptr(MwProfile) earlier = make_profile (row->earlier);

      mw_thunderbird_account_apply (account, settings, earlier);
    }
  text = mw_thunderbird_prefs_to_data (prefs, &size);
  former_prefs = parse (text);
  former = mw_thunderbird_settings_new (former_prefs);

  profile = make_profile (row->account != NULL ? row->account : row->earlier);
  if (row->account != NULL)
    mw_thunderbird_account_apply (account, settings, profile);
  else
    mw_thunderbird_account_remove (account, settings, profile, &smtp_removed);
  mw_thunderbird_facts_add_changes (former, settings, account, profile->address, changes);
  said = dump (changes);
  g_assert_cmpstr (said, ==, row->expected);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/thunderbird-facts/%s", cases[i].path);

      g_test_add_data_func (path, &cases[i], test_case);
    }

  return g_test_run ();
}
