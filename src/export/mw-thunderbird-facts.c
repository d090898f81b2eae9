/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "export/mw-thunderbird-facts.h"

#include <string.h>

#include "core/mw-mailbox-name.h"
#include "export/mw-export-facts.h"

#define ACCOUNTS "mail.accountmanager.accounts"
#define DEFAULT_ACCOUNT "mail.accountmanager.defaultaccount"

/* Where in the settings one side of the account stands. */
typedef struct {
  const char   *kind;
  const char   *user;
  const char   *security;
  MwExportItem  user_item;
  MwExportItem  auth_item;
} Side;

static const Side incoming_side = {
  "server", "userName", "socketType",
  MW_EXPORT_ITEM_INCOMING_USER, MW_EXPORT_ITEM_INCOMING_AUTH,
};

static const Side outgoing_side = {
  "smtpserver", "username", "try_ssl",
  MW_EXPORT_ITEM_OUTGOING_USER, MW_EXPORT_ITEM_OUTGOING_AUTH,
};

static const char *
get (MwThunderbirdSettings *settings,
     const char            *kind,
     const char            *key,
     const char            *name)
{
  return key != NULL ? mw_thunderbird_settings_get (settings, kind, key, name) : NULL;
}

static char *
whole_name (const char *kind,
            const char *key,
            const char *name)
{
  return g_strjoin (".", "mail", kind, key, name, NULL);
}

static int
get_int (MwThunderbirdSettings *settings,
         const char            *kind,
         const char            *key,
         const char            *name,
         int                    fallback)
{
  g_autofree char *whole = whole_name (kind, key, name);

  return mw_thunderbird_prefs_get_int (settings->prefs, whole, fallback);
}

static gboolean
get_bool (MwThunderbirdSettings *settings,
          const char            *kind,
          const char            *key,
          const char            *name)
{
  g_autofree char *whole = whole_name (kind, key, name);

  return mw_thunderbird_prefs_get_bool (settings->prefs, whole, FALSE);
}

static MwSecurity
to_security (int value)
{
  switch (value)
    {
    case 3:
      return MW_SECURITY_TLS;
    case 1:
    case 2:
      return MW_SECURITY_STARTTLS;
    default:
      return MW_SECURITY_NONE;
    }
}

/* nsMsgAuthMethod */
static MwAuthMethod
to_auth (int value)
{
  switch (value)
    {
    case 1:
      return MW_AUTH_NONE;
    case 2:
    case 3:
      return MW_AUTH_PLAIN;
    case 4:
      return MW_AUTH_CRAM_MD5;
    case 10:
      return MW_AUTH_OAUTH2;
    default:
      return MW_AUTH_UNKNOWN;
    }
}

static void
read_side (MwExportFacts         *facts,
           MwThunderbirdSettings *settings,
           const Side            *side,
           MwProtocol             protocol,
           const char            *key)
{
  const char *host = get (settings, side->kind, key, "hostname");

  if (host == NULL)
    return;
  mw_export_facts_set_server (facts, protocol,
                              to_security (get_int (settings, side->kind, key, side->security, 0)),
                              host, get_int (settings, side->kind, key, "port", 0));
  mw_export_facts_take (facts, side->user_item,
                        g_strdup (get (settings, side->kind, key, side->user)));
  mw_export_facts_take (facts, side->auth_item,
                        g_strdup (mw_enum_to_nick (MW_TYPE_AUTH_METHOD,
                                                   to_auth (get_int (settings, side->kind, key,
                                                                     "authMethod", 3)))));
}

/* "imap://USER@HOST/PATH" */
static void
read_folder (MwExportFacts *facts,
             MwFolderUse    use,
             const char    *uri)
{
  const char *root = uri != NULL ? strstr (uri, "://") : NULL;
  const char *path = root != NULL ? strchr (root + 3, '/') : NULL;
  g_autofree char *encoded = path != NULL ? g_uri_unescape_string (path + 1, NULL) : NULL;

  if (encoded != NULL)
    mw_export_facts_take_folder (facts, use, mw_mailbox_name_decode (encoded, strlen (encoded)));
}

/* Folders that Thunderbird takes by itself are nobody's choice. */
static void
read_chosen_folder (MwExportFacts         *facts,
                    MwThunderbirdSettings *settings,
                    const char            *identity,
                    MwFolderUse            use,
                    const char            *name,
                    const char            *mode_name)
{
  if (g_strcmp0 (get (settings, "identity", identity, mode_name), "1") == 0)
    read_folder (facts, use, get (settings, "identity", identity, name));
}

static void
read_keeping (MwExportFacts         *facts,
              MwThunderbirdSettings *settings,
              const char            *server)
{
  char *value;

  if (!get_bool (settings, "server", server, "leave_on_server"))
    value = g_strdup ("false");
  else if (get_bool (settings, "server", server, "delete_by_age_from_server"))
    value = g_strdup_printf ("%d", get_int (settings, "server", server,
                                            "num_days_to_leave_on_server", 14));
  else
    value = g_strdup ("true");
  mw_export_facts_take (facts, MW_EXPORT_ITEM_KEEP_ON_SERVER, value);
}

static void
read_server (MwExportFacts         *facts,
             MwThunderbirdSettings *settings,
             const char            *server)
{
  gboolean pop3 = g_strcmp0 (get (settings, "server", server, "type"), "pop3") == 0;

  read_side (facts, settings, &incoming_side, pop3 ? MW_PROTOCOL_POP3 : MW_PROTOCOL_IMAP, server);
  mw_export_facts_take (facts, MW_EXPORT_ITEM_LABEL,
                        g_strdup (get (settings, "server", server, "name")));
  mw_export_facts_take (facts, MW_EXPORT_ITEM_NOTIFICATIONS,
                        g_strdup (get_bool (settings, "server", server, "check_new_mail")
                                    ? "true" : "false"));
  if (pop3)
    read_keeping (facts, settings, server);
  mw_export_facts_take_folder (facts, MW_FOLDER_USE_TRASH,
                               g_strdup (get (settings, "server", server, "trash_folder_name")));
  read_folder (facts, MW_FOLDER_USE_JUNK,
               get (settings, "server", server, "spamActionTargetFolder"));
}

static void
read_identity (MwExportFacts         *facts,
               MwThunderbirdSettings *settings,
               const char            *identity)
{
  const char *smtp = get (settings, "identity", identity, "smtpServer");

  mw_export_facts_take (facts, MW_EXPORT_ITEM_SENDER_NAME,
                        g_strdup (get (settings, "identity", identity, "fullName")));
  mw_export_facts_take (facts, MW_EXPORT_ITEM_ADDRESS,
                        g_strdup (get (settings, "identity", identity, "useremail")));
  mw_export_facts_take (facts, MW_EXPORT_ITEM_SIGNATURE,
                        g_strdup (get (settings, "identity", identity, "htmlSigText")));
  read_chosen_folder (facts, settings, identity, MW_FOLDER_USE_SENT,
                      "fcc_folder", "fcc_folder_picker_mode");
  read_chosen_folder (facts, settings, identity, MW_FOLDER_USE_DRAFTS,
                      "draft_folder", "drafts_folder_picker_mode");
  read_chosen_folder (facts, settings, identity, MW_FOLDER_USE_ARCHIVE,
                      "archive_folder", "archives_folder_picker_mode");
  read_side (facts, settings, &outgoing_side, MW_PROTOCOL_SMTP, smtp);
}

static MwExportFacts *
read_facts (MwThunderbirdSettings *settings,
            MwThunderbirdAccount  *account)
{
  MwExportFacts *facts = mw_export_facts_new ();

  if (mw_thunderbird_settings_list_has (settings, ACCOUNTS, account->account))
    {
      read_server (facts, settings, account->server);
      read_identity (facts, settings, account->identity);
    }
  return facts;
}

/* Nobody writes messages from the folders on this computer. */
static const char *
name_account (MwThunderbirdSettings *settings,
              const char            *account)
{
  const char *server = get (settings, "account", account, "server");
  const char *name = get (settings, "server", server, "name");

  if (g_strcmp0 (get (settings, "server", server, "type"), "none") == 0)
    return NULL;
  return name != NULL && *name != '\0' ? name : get (settings, "server", server, "userName");
}

static void
add_default (MwThunderbirdSettings *former,
             MwThunderbirdSettings *latter,
             GPtrArray             *changes)
{
  const char *before = mw_thunderbird_prefs_get_string (former->prefs, DEFAULT_ACCOUNT);
  const char *after = mw_thunderbird_prefs_get_string (latter->prefs, DEFAULT_ACCOUNT);

  if (g_strcmp0 (before, after) != 0)
    g_ptr_array_add (changes, mw_export_change_new (MW_EXPORT_ITEM_DEFAULT,
                                                    name_account (former, before),
                                                    name_account (latter, after)));
}

void
mw_thunderbird_facts_add_changes (MwThunderbirdSettings *former,
                                  MwThunderbirdSettings *latter,
                                  MwThunderbirdAccount  *account,
                                  const char            *address,
                                  GPtrArray             *changes)
{
  gboolean was_there, is_there;

  g_return_if_fail (former != NULL && latter != NULL);
  g_return_if_fail (account != NULL);
  g_return_if_fail (changes != NULL);

  was_there = mw_thunderbird_settings_list_has (former, ACCOUNTS, account->account);
  is_there = mw_thunderbird_settings_list_has (latter, ACCOUNTS, account->account);
  if (was_there != is_there)
    g_ptr_array_add (changes, mw_export_change_new (MW_EXPORT_ITEM_ACCOUNT,
                                                    was_there ? address : NULL,
                                                    is_there ? address : NULL));
  if (is_there)
    {
      g_autoptr(MwExportFacts) before = read_facts (former, account);
      g_autoptr(MwExportFacts) after = read_facts (latter, account);

      /* That of a new account was said with it. */
      if (!was_there)
        mw_export_facts_take (after, MW_EXPORT_ITEM_ADDRESS, NULL);
      mw_export_facts_add_changes (before, after, changes);
    }
  add_default (former, latter, changes);
}
