/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "export/mw-thunderbird-reader.h"

#include <string.h>

#include "core/mw-address.h"
#include "core/mw-domain.h"
#include "core/mw-mailbox-name.h"
#include "export/mw-plain-text.h"
#include "export/mw-thunderbird-values.h"

#define ACCOUNTS "mail.accountmanager.accounts"
#define DEFAULT_ACCOUNT "mail.accountmanager.defaultaccount"
#define SMTP_SERVERS "mail.smtpservers"
#define DEFAULT_SMTP "mail.smtp.defaultserver"

/* Thunderbird's own value where nothing else is said. */
#define DAYS_ON_SERVER 7

/* Values of moveTargetMode and *_picker_mode. */
#define TARGET_FOLDER 1
#define MODE_OTHER "1"

typedef struct {
  MwThunderbirdSettings *settings;
  const char            *folder;
  const char            *home;
  gboolean               damaged;
} Reader;

/* "mail.KIND.KEY.NAME", or what counts for all of that kind. */
static const char *
get (const Reader *reader,
     const char   *kind,
     const char   *key,
     const char   *name)
{
  const char *value = mw_thunderbird_settings_get (reader->settings, kind, key, name);

  return value != NULL ? value
                       : mw_thunderbird_settings_get (reader->settings, kind, "default", name);
}

static int
get_int (const Reader *reader,
         const char   *kind,
         const char   *key,
         const char   *name,
         int           fallback)
{
  g_autofree char *whole = g_strdup_printf ("mail.%s.%s.%s", kind, key, name);
  g_autofree char *general = g_strdup_printf ("mail.%s.default.%s", kind, name);
  MwThunderbirdPrefs *prefs = reader->settings->prefs;

  return mw_thunderbird_prefs_get_int (prefs, whole,
                                       mw_thunderbird_prefs_get_int (prefs, general, fallback));
}

static gboolean
get_bool (const Reader *reader,
          const char   *kind,
          const char   *key,
          const char   *name,
          gboolean      fallback)
{
  g_autofree char *whole = g_strdup_printf ("mail.%s.%s.%s", kind, key, name);
  g_autofree char *general = g_strdup_printf ("mail.%s.default.%s", kind, name);
  MwThunderbirdPrefs *prefs = reader->settings->prefs;

  return mw_thunderbird_prefs_get_bool (prefs, whole,
                                        mw_thunderbird_prefs_get_bool (prefs, general, fallback));
}

static gboolean
is_set (const char *text)
{
  return text != NULL && *text != '\0';
}

/* A name that can exist, or an IP address, in the one form that is compared. */
static char *
normalize_host (const char *text)
{
  g_autofree char *host = NULL;

  if (!is_set (text))
    return NULL;

  host = g_strstrip (g_strdup (text));
  if (host[0] == '[' && g_str_has_suffix (host, "]"))
    {
      host[strlen (host) - 1] = '\0';
      memmove (host, host + 1, strlen (host));
    }
  if (g_hostname_is_ip_address (host))
    return g_ascii_strdown (host, -1);

  return mw_domain_normalize (host);
}

static MwService *
make_service (const Reader   *reader,
              const char     *kind,
              const char     *key,
              MwProtocol      protocol,
              const char     *host_text,
              const char     *user,
              MwFoundAccount *account)
{
  gboolean smtp = protocol == MW_PROTOCOL_SMTP;
  int socket_type = get_int (reader, kind, key, smtp ? "try_ssl" : "socketType", -1);
  int port = get_int (reader, kind, key, "port", 0);
  int method = get_int (reader, kind, key, "authMethod", 3);
  g_autofree char *host = normalize_host (host_text);
  g_autoptr(MwEndpoint) endpoint = NULL;
  MwAuthMethod auth;
  MwSecurity security;

  if (host == NULL)
    return NULL;

  if (!mw_thunderbird_values_read_auth_method (method, &auth))
    mw_found_account_add_note (account, MW_FOUND_NOTE_LOG_IN);
  if (smtp && (auth == MW_AUTH_NONE || !is_set (user)))
    {
      auth = MW_AUTH_NONE;
      user = NULL;
    }
  else if (auth == MW_AUTH_NONE)
    auth = MW_AUTH_UNKNOWN;

  /* As profiles of long ago say it. */
  if (socket_type < 0 && !smtp && get_bool (reader, kind, key, "isSecure", FALSE))
    security = MW_SECURITY_TLS;
  else
    security = mw_thunderbird_values_read_socket_type (MAX (socket_type, 0));
  if (security == MW_SECURITY_NONE)
    mw_found_account_add_note (account, MW_FOUND_NOTE_CLEAR_TEXT);

  endpoint = mw_endpoint_new (protocol, security, host,
                              port > 0 && port <= G_MAXUINT16 ? port : 0);
  return mw_service_new (endpoint, user, auth, NULL);
}

static void
read_incoming (const Reader   *reader,
               const char     *server,
               MwFoundAccount *account)
{
  gboolean pop3 = g_strcmp0 (get (reader, "server", server, "type"), "pop3") == 0;
  const char *host = get (reader, "server", server, "realhostname");
  const char *user = get (reader, "server", server, "realuserName");
  MwProfile *profile = account->profile;

  if (!is_set (host))
    host = get (reader, "server", server, "hostname");
  if (!is_set (user))
    user = get (reader, "server", server, "userName");
  if (!is_set (user))
    user = profile->address;

  profile->incoming = make_service (reader, "server", server,
                                    pop3 ? MW_PROTOCOL_POP3 : MW_PROTOCOL_IMAP, host, user,
                                    account);
  profile->notifications = get_bool (reader, "server", server, "check_new_mail", TRUE);
  if (!pop3)
    return;

  profile->leave_on_server = get_bool (reader, "server", server, "leave_on_server", FALSE);
  if (profile->leave_on_server &&
      get_bool (reader, "server", server, "delete_by_age_from_server", FALSE))
    profile->delete_after_days = MAX (get_int (reader, "server", server,
                                               "num_days_to_leave_on_server", DAYS_ON_SERVER), 0);
}

static void
read_outgoing (const Reader   *reader,
               const char     *identity,
               MwFoundAccount *account)
{
  MwThunderbirdSettings *settings = reader->settings;
  const char *smtp = mw_thunderbird_settings_get (settings, "identity", identity, "smtpServer");
  g_auto(GStrv) servers = mw_thunderbird_settings_get_list (settings, SMTP_SERVERS);
  const char *type;

  if (!is_set (smtp) || !g_strv_contains ((const char * const *) servers, smtp))
    smtp = mw_thunderbird_prefs_get_string (settings->prefs, DEFAULT_SMTP);
  if (!is_set (smtp))
    smtp = servers[0];

  type = smtp != NULL ? get (reader, "smtpserver", smtp, "type") : NULL;
  if (smtp != NULL && (type == NULL || g_str_equal (type, "smtp")))
    account->profile->outgoing =
      make_service (reader, "smtpserver", smtp, MW_PROTOCOL_SMTP,
                    get (reader, "smtpserver", smtp, "hostname"),
                    get (reader, "smtpserver", smtp, "username"), account);
  if (account->profile->outgoing == NULL)
    mw_found_account_add_note (account, MW_FOUND_NOTE_NO_SENDING);
}

/* Whether a file of that name may be read for the person: one beside the
 * settings, or one in their home that is not hidden. A profile from elsewhere
 * could name any other. */
static gboolean
is_within_reach (const Reader *reader,
                 const char   *path)
{
  g_autofree char *whole = g_canonicalize_filename (path, reader->folder);
  g_autofree char *folder = NULL;

  folder = reader->folder != NULL ? g_strconcat (reader->folder, "/", NULL) : NULL;
  if (folder != NULL && g_str_has_prefix (whole, folder))
    return TRUE;

  g_clear_pointer (&folder, g_free);
  folder = reader->home != NULL ? g_strconcat (reader->home, "/", NULL) : NULL;
  return folder != NULL && g_str_has_prefix (whole, folder) &&
         strstr (whole + strlen (folder) - 1, "/.") == NULL;
}

static char *
find_signature_file (const Reader *reader,
                     const char   *identity)
{
  static const char in_profile[] = "[ProfD]";
  const char *relative = get (reader, "identity", identity, "sig_file-rel");
  const char *path = get (reader, "identity", identity, "sig_file");

  if (relative != NULL && g_str_has_prefix (relative, in_profile) && reader->folder != NULL)
    return g_canonicalize_filename (relative + strlen (in_profile), reader->folder);
  if (path != NULL && g_path_is_absolute (path))
    return g_canonicalize_filename (path, NULL);

  return NULL;
}

static void
read_signature_file (const Reader   *reader,
                     const char     *identity,
                     MwFoundAccount *account)
{
  g_autofree char *path = find_signature_file (reader, identity);
  g_autofree char *lower = path != NULL ? g_ascii_strdown (path, -1) : NULL;
  g_autofree char *text = NULL;
  char *signature = NULL;

  if (path != NULL && is_within_reach (reader, path))
    text = mw_plain_text_read_file (path);
  if (text != NULL && (g_str_has_suffix (lower, ".html") || g_str_has_suffix (lower, ".htm")))
    {
      signature = mw_plain_text_from_html (text);
      mw_found_account_add_note (account, MW_FOUND_NOTE_SIGNATURE_FORMATTED);
    }
  else if (text != NULL)
    signature = mw_plain_text_clean (text);

  account->profile->signature = signature;
  if (signature == NULL)
    mw_found_account_add_note (account, MW_FOUND_NOTE_SIGNATURE_FILE);
}

static void
read_signature (const Reader   *reader,
                const char     *identity,
                MwFoundAccount *account)
{
  const char *text = get (reader, "identity", identity, "htmlSigText");

  if (get_bool (reader, "identity", identity, "attach_signature", FALSE))
    read_signature_file (reader, identity, account);
  else if (!is_set (text))
    return;
  else if (get_bool (reader, "identity", identity, "htmlSigFormat", FALSE))
    {
      account->profile->signature = mw_plain_text_from_html (text);
      mw_found_account_add_note (account, MW_FOUND_NOTE_SIGNATURE_FORMATTED);
    }
  else
    account->profile->signature = mw_plain_text_clean (text);
}

/* Returns the first identity with an address, or %NULL. */
static char *
read_identity (const Reader   *reader,
               const char     *key,
               MwFoundAccount *account)
{
  g_autofree char *list = g_strdup_printf ("mail.account.%s.identities", key);
  g_auto(GStrv) identities = mw_thunderbird_settings_get_list (reader->settings, list);
  MwProfile *profile = account->profile;
  g_autofree char *chosen = NULL;
  const char *name, *reply_to;

  for (guint i = 0; identities[i] != NULL; i++)
    {
      const char *text = get (reader, "identity", identities[i], "useremail");
      g_autoptr(MwAddress) address = text != NULL ? mw_address_parse (text, NULL) : NULL;

      if (address == NULL)
        continue;
      if (chosen == NULL)
        {
          chosen = g_strdup (identities[i]);
          profile->address = g_strdup (mw_address_get_text (address));
        }
      else if (g_ascii_strcasecmp (mw_address_get_text (address), profile->address) != 0)
        mw_found_account_add_note (account, MW_FOUND_NOTE_MORE_ADDRESSES);
    }

  if (chosen == NULL)
    return NULL;

  name = get (reader, "identity", chosen, "fullName");
  profile->sender_name = g_strdup (name != NULL ? name : "");
  reply_to = get (reader, "identity", chosen, "reply_to");
  if (is_set (reply_to) && g_ascii_strcasecmp (reply_to, profile->address) != 0)
    mw_found_account_add_note (account, MW_FOUND_NOTE_REPLY_TO);
  read_signature (reader, chosen, account);
  return g_steal_pointer (&chosen);
}

/* The path of a folder of this very account, or %NULL. */
static char *
parse_folder (MwService  *service,
              const char *uri)
{
  g_autofree char *root = mw_thunderbird_values_get_root (service);
  g_autofree char *path = NULL;
  char *name;

  if (uri == NULL || !g_str_has_prefix (uri, root) || uri[strlen (root)] != '/')
    return NULL;

  path = g_uri_unescape_string (uri + strlen (root) + 1, NULL);
  if (path == NULL)
    return NULL;

  name = mw_mailbox_name_decode (path, strlen (path));
  return name != NULL ? name : g_steal_pointer (&path);
}

static void
read_folders (const Reader   *reader,
              const char     *server,
              const char     *identity,
              MwFoundAccount *account)
{
  static const struct {
    MwFolderUse  use;
    const char  *name;
    const char  *mode;
  } chosen[] = {
    { MW_FOLDER_USE_SENT, "fcc_folder", "fcc_folder_picker_mode" },
    { MW_FOLDER_USE_DRAFTS, "draft_folder", "drafts_folder_picker_mode" },
    { MW_FOLDER_USE_ARCHIVE, "archive_folder", "archives_folder_picker_mode" },
  };
  char *names[MW_N_FOLDER_USES] = { NULL };
  MwProfile *profile = account->profile;
  const char *trash = get (reader, "server", server, "trash_folder_name");

  if (mw_endpoint_get_protocol (profile->incoming->endpoint) != MW_PROTOCOL_IMAP)
    return;

  for (gsize i = 0; i < G_N_ELEMENTS (chosen); i++)
    {
      if (g_strcmp0 (get (reader, "identity", identity, chosen[i].mode), MODE_OTHER) == 0)
        names[chosen[i].use] = parse_folder (profile->incoming,
                                             get (reader, "identity", identity, chosen[i].name));
    }
  if (is_set (trash))
    names[MW_FOLDER_USE_TRASH] = g_strdup (trash);
  if (get_int (reader, "server", server, "moveTargetMode", 0) == TARGET_FOLDER)
    names[MW_FOLDER_USE_JUNK] = parse_folder (profile->incoming,
                                              get (reader, "server", server,
                                                   "spamActionTargetFolder"));

  profile->folders = mw_mail_folders_new ((const char * const *) names, '/', NULL);
  for (guint i = 0; i < MW_N_FOLDER_USES; i++)
    g_free (names[i]);
}

static void
read_label (const Reader   *reader,
            const char     *server,
            MwFoundAccount *account)
{
  const char *name = get (reader, "server", server, "name");

  if (!is_set (name) || !g_utf8_validate (name, -1, NULL))
    name = account->profile->address;
  if (!is_set (name))
    name = get (reader, "server", server, "hostname");
  account->profile->label = g_strdup (name);
}

static void
read_mail_account (const Reader   *reader,
                   const char     *key,
                   const char     *server,
                   MwFoundAccount *account)
{
  g_autofree char *identity = read_identity (reader, key, account);

  if (identity == NULL)
    {
      mw_found_account_set_obstacle (account, MW_FOUND_OBSTACLE_NO_ADDRESS, NULL);
      return;
    }

  read_incoming (reader, server, account);
  if (account->profile->incoming == NULL)
    {
      mw_found_account_set_obstacle (account, MW_FOUND_OBSTACLE_NO_SERVER, NULL);
      return;
    }

  read_outgoing (reader, identity, account);
  read_folders (reader, server, identity, account);
}

/* Returns %NULL for what is no account in the eyes of people. */
static MwFoundAccount *
read_account (const Reader *reader,
              const char   *key)
{
  MwThunderbirdSettings *settings = reader->settings;
  const char *server = mw_thunderbird_settings_get (settings, "account", key, "server");
  const char *type = server != NULL ? get (reader, "server", server, "type") : NULL;
  MwFoundAccount *account;

  if (type == NULL || g_str_equal (type, "none"))
    return NULL;

  account = mw_found_account_new (MW_MAIL_CLIENT_THUNDERBIRD);
  g_hash_table_insert (account->values, g_strdup ("Account"), g_strdup (key));
  g_hash_table_insert (account->values, g_strdup ("Server"), g_strdup (server));
  if (reader->damaged)
    mw_found_account_add_note (account, MW_FOUND_NOTE_DAMAGED);

  if (g_str_equal (type, "imap") || g_str_equal (type, "pop3"))
    read_mail_account (reader, key, server, account);
  else
    mw_found_account_set_obstacle (account, MW_FOUND_OBSTACLE_KIND, type);
  if (account->obstacle == MW_FOUND_OBSTACLE_NONE &&
      g_strcmp0 (mw_thunderbird_prefs_get_string (settings->prefs, DEFAULT_ACCOUNT), key) == 0)
    mw_found_account_add_note (account, MW_FOUND_NOTE_DEFAULT);

  read_label (reader, server, account);
  return account;
}

/* The keys of the accounts; of a damaged file the list may be missing. */
static char **
list_accounts (const Reader *reader)
{
  char **keys = mw_thunderbird_settings_get_list (reader->settings, ACCOUNTS);
  g_autoptr(GPtrArray) names = NULL;
  g_autoptr(GStrvBuilder) builder = NULL;

  if (keys[0] != NULL || !reader->damaged)
    return keys;

  g_strfreev (keys);
  builder = g_strv_builder_new ();
  names = mw_thunderbird_prefs_list (reader->settings->prefs, "mail.account.");
  for (guint i = 0; i < names->len; i++)
    {
      g_auto(GStrv) parts = g_strsplit (names->pdata[i], ".", -1);

      if (g_strv_length (parts) == 4 && g_str_equal (parts[3], "server"))
        g_strv_builder_add (builder, parts[2]);
    }
  return g_strv_builder_end (builder);
}

GPtrArray *
mw_thunderbird_reader_read_settings (MwThunderbirdSettings *settings,
                                     const char            *folder,
                                     const char            *home,
                                     gboolean               damaged)
{
  const Reader reader = { settings, folder, home, damaged };
  GPtrArray *accounts;
  g_auto(GStrv) keys = NULL;

  g_return_val_if_fail (settings != NULL, NULL);

  accounts = g_ptr_array_new_with_free_func ((GDestroyNotify) mw_found_account_unref);
  keys = list_accounts (&reader);
  for (guint i = 0; keys[i] != NULL; i++)
    {
      MwFoundAccount *account = read_account (&reader, keys[i]);

      if (account != NULL)
        g_ptr_array_add (accounts, account);
    }

  return accounts;
}
