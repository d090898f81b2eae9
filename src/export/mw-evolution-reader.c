/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "export/mw-evolution-reader.h"

#include <string.h>

#include "core/mw-address.h"
#include "core/mw-domain.h"
#include "export/mw-evolution-plan.h"
#include "export/mw-evolution-registry.h"
#include "export/mw-evolution-source.h"
#include "export/mw-plain-text.h"

#define SOURCE "Data Source"
#define ACCOUNT "Mail Account"
#define TRANSPORT "Mail Transport"
#define IDENTITY "Mail Identity"
#define SIGNATURE "Mail Signature"
#define AUTHENTICATION "Authentication"
#define ONLINE "GNOME Online Accounts"
#define SUFFIX ".source"

/* More sources has nobody. */
#define MAX_FILES 2000

typedef struct {
  GPtrArray  *entries;
  const char *folder;
  const char *default_uid;
} Reader;

static void
finding_free (gpointer data)
{
  MwEvolutionFinding *finding = data;

  mw_found_account_unref (finding->account);
  g_free (finding->secret_uids[MW_SIDE_INCOMING]);
  g_free (finding->secret_uids[MW_SIDE_OUTGOING]);
  g_free (finding);
}

static char *
get (MwEvolutionEntry *entry,
     const char       *group,
     const char       *key)
{
  g_autofree char *value = g_key_file_get_string (entry->file, group, key, NULL);

  return value != NULL && *value != '\0' ? g_steal_pointer (&value) : NULL;
}

static gboolean
is_true (MwEvolutionEntry *entry,
         const char       *group,
         const char       *key)
{
  return g_key_file_get_boolean (entry->file, group, key, NULL);
}

/* Where nothing is said, it is. */
static gboolean
is_enabled (MwEvolutionEntry *entry)
{
  return !g_key_file_has_key (entry->file, SOURCE, "Enabled", NULL) ||
         is_true (entry, SOURCE, "Enabled");
}

static MwEvolutionEntry *
find_entry (const Reader *reader,
            const char   *uid)
{
  for (guint i = 0; uid != NULL && i < reader->entries->len; i++)
    {
      MwEvolutionEntry *entry = reader->entries->pdata[i];

      if (g_str_equal (entry->uid, uid))
        return entry;
    }

  return NULL;
}

static MwEvolutionEntry *
find_parent (const Reader     *reader,
             MwEvolutionEntry *entry)
{
  g_autofree char *uid = get (entry, SOURCE, "Parent");

  return find_entry (reader, uid);
}

/* Returns whether it is a method that Mailwright knows. */
static gboolean
read_method (const char   *method,
             gboolean      smtp,
             MwAuthMethod *out_method)
{
  static const struct {
    const char   *name;
    MwAuthMethod  method;
  } methods[] = {
    { "PLAIN", MW_AUTH_PLAIN },
    { "LOGIN", MW_AUTH_LOGIN },
    { "CRAM-MD5", MW_AUTH_CRAM_MD5 },
    { "SCRAM-SHA-1", MW_AUTH_SCRAM_SHA_1 },
    { "SCRAM-SHA-256", MW_AUTH_SCRAM_SHA_256 },
    { "plain/password", MW_AUTH_UNKNOWN },
    { "Google", MW_AUTH_OAUTH2 },
    { "Outlook", MW_AUTH_OAUTH2 },
    { "Office365", MW_AUTH_OAUTH2 },
    { "Yahoo", MW_AUTH_OAUTH2 },
    { "XOAUTH2", MW_AUTH_OAUTH2 },
    { "OAuth2", MW_AUTH_OAUTH2 },
  };

  *out_method = MW_AUTH_UNKNOWN;
  if (method == NULL || g_str_equal (method, "none"))
    {
      *out_method = smtp ? MW_AUTH_NONE : MW_AUTH_PASSWORD_COMMAND;
      return TRUE;
    }

  for (gsize i = 0; i < G_N_ELEMENTS (methods); i++)
    {
      if (g_ascii_strcasecmp (method, methods[i].name) == 0)
        {
          *out_method = methods[i].method;
          return TRUE;
        }
    }

  return FALSE;
}

static MwSecurity
read_security (MwEvolutionEntry *entry)
{
  g_autofree char *method = get (entry, "Security", "Method");

  if (g_strcmp0 (method, "ssl-on-alternate-port") == 0)
    return MW_SECURITY_TLS;
  if (g_strcmp0 (method, "starttls-on-standard-port") == 0)
    return MW_SECURITY_STARTTLS;
  return MW_SECURITY_NONE;
}

static char *
read_host (MwEvolutionEntry *entry)
{
  g_autofree char *host = get (entry, AUTHENTICATION, "Host");

  if (host == NULL)
    return NULL;

  return g_hostname_is_ip_address (host) ? g_ascii_strdown (host, -1)
                                         : mw_domain_normalize (host);
}

static MwService *
read_service (MwEvolutionEntry *entry,
              MwProtocol        protocol,
              MwFoundAccount   *account)
{
  gboolean smtp = protocol == MW_PROTOCOL_SMTP;
  MwSecurity security = read_security (entry);
  int port = g_key_file_get_integer (entry->file, AUTHENTICATION, "Port", NULL);
  g_autofree char *host = read_host (entry);
  g_autofree char *user = get (entry, AUTHENTICATION, "User");
  g_autofree char *method = get (entry, AUTHENTICATION, "Method");
  g_autoptr(MwEndpoint) endpoint = NULL;
  MwAuthMethod auth;

  if (host == NULL)
    return NULL;

  if (!read_method (method, smtp, &auth))
    mw_found_account_add_note (account, MW_FOUND_NOTE_LOG_IN);
  if (security == MW_SECURITY_NONE)
    mw_found_account_add_note (account, MW_FOUND_NOTE_CLEAR_TEXT);
  if (auth == MW_AUTH_NONE)
    g_clear_pointer (&user, g_free);
  else if (user == NULL)
    user = g_strdup (account->profile->address);

  endpoint = mw_endpoint_new (protocol, security, host,
                              port > 0 && port <= G_MAXUINT16 ? port : 0);
  return mw_service_new (endpoint, user, auth, NULL);
}

static void
read_signature (const Reader     *reader,
                MwEvolutionEntry *identity,
                MwFoundAccount   *account)
{
  g_autofree char *uid = get (identity, IDENTITY, "SignatureUid");
  MwEvolutionEntry *entry = find_entry (reader, uid);
  g_autofree char *type = entry != NULL ? get (entry, SIGNATURE, "MimeType") : NULL;
  g_autofree char *path = NULL;
  g_autofree char *text = NULL;

  if (entry == NULL || !g_key_file_has_group (entry->file, SIGNATURE) ||
      !mw_evolution_source_is_uid (uid))
    return;

  if (reader->folder != NULL)
    {
      path = g_build_filename (reader->folder, "signatures", uid, NULL);
      text = mw_plain_text_read_file (path);
    }

  /* A signature may be a program, which is not run. */
  if (text != NULL && (type == NULL || g_str_equal (type, "text/plain")))
    account->profile->signature = mw_plain_text_clean (text);
  else if (text != NULL && g_str_equal (type, "text/html"))
    {
      account->profile->signature = mw_plain_text_from_html (text);
      mw_found_account_add_note (account, MW_FOUND_NOTE_SIGNATURE_FORMATTED);
    }
  else
    mw_found_account_add_note (account, MW_FOUND_NOTE_SIGNATURE_FILE);
}

/* Returns whether there is an address. */
static gboolean
read_identity (const Reader     *reader,
               MwEvolutionEntry *identity,
               MwFoundAccount   *account)
{
  g_autofree char *text = get (identity, IDENTITY, "Address");
  g_autoptr(MwAddress) address = text != NULL ? mw_address_parse (text, NULL) : NULL;
  g_autofree char *name = get (identity, IDENTITY, "Name");
  g_autofree char *aliases = get (identity, IDENTITY, "Aliases");
  g_autofree char *reply_to = get (identity, IDENTITY, "ReplyTo");

  if (address == NULL)
    return FALSE;

  account->profile->address = g_strdup (mw_address_get_text (address));
  account->profile->sender_name = g_strdup (name != NULL ? name : "");
  if (aliases != NULL)
    mw_found_account_add_note (account, MW_FOUND_NOTE_MORE_ADDRESSES);
  if (reply_to != NULL && g_ascii_strcasecmp (reply_to, account->profile->address) != 0)
    mw_found_account_add_note (account, MW_FOUND_NOTE_REPLY_TO);
  read_signature (reader, identity, account);
  return TRUE;
}

/* The path in a URI of a folder of this very account, or %NULL. */
static char *
read_folder (MwEvolutionEntry *entry,
             const char       *group,
             const char       *key,
             const char       *account_uid)
{
  g_autofree char *uri = get (entry, group, key);
  g_autofree char *root = g_strdup_printf ("folder://%s/", account_uid);

  return uri != NULL && g_str_has_prefix (uri, root)
           ? g_uri_unescape_string (uri + strlen (root), NULL) : NULL;
}

static void
read_folders (MwEvolutionEntry *entry,
              MwEvolutionEntry *identity,
              MwFoundAccount   *account)
{
  char *names[MW_N_FOLDER_USES] = { NULL };

  names[MW_FOLDER_USE_SENT] = read_folder (identity, "Mail Submission", "SentFolder", entry->uid);
  names[MW_FOLDER_USE_DRAFTS] = read_folder (identity, "Mail Composition", "DraftsFolder",
                                             entry->uid);
  names[MW_FOLDER_USE_ARCHIVE] = read_folder (entry, ACCOUNT, "ArchiveFolder", entry->uid);
  if (is_true (entry, "Imapx Backend", "UseRealTrashPath"))
    names[MW_FOLDER_USE_TRASH] = get (entry, "Imapx Backend", "RealTrashPath");
  if (is_true (entry, "Imapx Backend", "UseRealJunkPath"))
    names[MW_FOLDER_USE_JUNK] = get (entry, "Imapx Backend", "RealJunkPath");

  account->profile->folders = mw_mail_folders_new ((const char * const *) names, '/', NULL);
  for (guint i = 0; i < MW_N_FOLDER_USES; i++)
    g_free (names[i]);
}

/* Sources of one online account share a password, which is kept under the
 * name of their parent. */
static char *
list_secrets (const Reader     *reader,
              MwEvolutionEntry *entry,
              MwService        *service)
{
  MwEvolutionEntry *parent = find_parent (reader, entry);

  if (service == NULL || service->auth == MW_AUTH_NONE || service->auth == MW_AUTH_OAUTH2)
    return NULL;
  if (parent != NULL && g_key_file_has_group (parent->file, "Collection"))
    return g_strdup_printf ("%s %s", entry->uid, parent->uid);

  return g_strdup (entry->uid);
}

static void
read_outgoing (const Reader       *reader,
               MwEvolutionEntry   *identity,
               MwEvolutionFinding *finding)
{
  g_autofree char *uid = get (identity, "Mail Submission", "TransportUid");
  MwEvolutionEntry *entry = find_entry (reader, uid);
  g_autofree char *backend = entry != NULL ? get (entry, TRANSPORT, "BackendName") : NULL;
  MwFoundAccount *account = finding->account;

  if (entry != NULL && g_strcmp0 (backend, "smtp") == 0)
    account->profile->outgoing = read_service (entry, MW_PROTOCOL_SMTP, account);
  if (entry == NULL || account->profile->outgoing == NULL)
    {
      mw_found_account_add_note (account, MW_FOUND_NOTE_NO_SENDING);
      return;
    }

  finding->secret_uids[MW_SIDE_OUTGOING] = list_secrets (reader, entry,
                                                         account->profile->outgoing);
}

static void
read_mail_account (const Reader       *reader,
                   MwEvolutionEntry   *entry,
                   MwEvolutionEntry   *identity,
                   gboolean            pop3,
                   MwEvolutionFinding *finding)
{
  MwFoundAccount *account = finding->account;
  MwProfile *profile = account->profile;

  if (identity == NULL || !read_identity (reader, identity, account))
    {
      mw_found_account_set_obstacle (account, MW_FOUND_OBSTACLE_NO_ADDRESS, NULL);
      return;
    }

  profile->incoming = read_service (entry, pop3 ? MW_PROTOCOL_POP3 : MW_PROTOCOL_IMAP, account);
  if (profile->incoming == NULL)
    {
      mw_found_account_set_obstacle (account, MW_FOUND_OBSTACLE_NO_SERVER, NULL);
      return;
    }

  finding->secret_uids[MW_SIDE_INCOMING] = list_secrets (reader, entry, profile->incoming);
  read_outgoing (reader, identity, finding);
  if (pop3)
    {
      int days = g_key_file_get_integer (entry->file, "Pop Backend", "DeleteAfterDays", NULL);

      profile->leave_on_server = is_true (entry, "Pop Backend", "KeepOnServer");
      profile->delete_after_days = profile->leave_on_server ? MAX (days, 0) : 0;
    }
  else
    read_folders (entry, identity, account);
}

/* Says what is true of any account. */
static void
read_state (const Reader     *reader,
            MwEvolutionEntry *entry,
            MwFoundAccount   *account)
{
  MwEvolutionEntry *parent = find_parent (reader, entry);
  g_autofree char *name = g_key_file_get_locale_string (entry->file, SOURCE, "DisplayName", NULL,
                                                        NULL);

  if (name == NULL || *name == '\0')
    {
      g_free (name);
      name = g_strdup (account->profile->address);
    }
  account->profile->label = g_steal_pointer (&name);

  if (!is_enabled (entry) || (parent != NULL && !is_enabled (parent)))
    mw_found_account_add_note (account, MW_FOUND_NOTE_OFF);
  if (g_strcmp0 (reader->default_uid, entry->uid) == 0 &&
      account->obstacle == MW_FOUND_OBSTACLE_NONE)
    mw_found_account_add_note (account, MW_FOUND_NOTE_DEFAULT);
}

/* Returns %NULL for what is no account in the eyes of people. */
static MwEvolutionFinding *
read_account (const Reader     *reader,
              MwEvolutionEntry *entry)
{
  static const char * const own[] = { "local", "vfolder", "rss", NULL };
  g_autofree char *backend = get (entry, ACCOUNT, "BackendName");
  g_autofree char *identity_uid = get (entry, ACCOUNT, "IdentityUid");
  MwEvolutionEntry *identity = find_entry (reader, identity_uid);
  MwEvolutionEntry *parent = find_parent (reader, entry);
  MwEvolutionFinding *finding;
  MwFoundAccount *account;
  gboolean pop3;

  if (backend == NULL || g_strv_contains (own, entry->uid) || is_true (entry, ACCOUNT, "Builtin"))
    return NULL;

  account = mw_found_account_new (MW_MAIL_CLIENT_EVOLUTION);
  finding = g_new0 (MwEvolutionFinding, 1);
  finding->account = account;
  g_hash_table_insert (account->values, g_strdup ("AccountUid"), g_strdup (entry->uid));

  pop3 = g_str_equal (backend, mw_evolution_source_get_backend (MW_PROTOCOL_POP3));
  if (parent != NULL && g_key_file_has_group (parent->file, ONLINE))
    {
      if (identity != NULL)
        read_identity (reader, identity, account);
      mw_found_account_set_obstacle (account, MW_FOUND_OBSTACLE_ONLINE_ACCOUNT, NULL);
    }
  else if (g_str_equal (backend, "none"))
    mw_found_account_set_obstacle (account, MW_FOUND_OBSTACLE_NO_SERVER, NULL);
  else if (!pop3 &&
           !g_str_equal (backend, mw_evolution_source_get_backend (MW_PROTOCOL_IMAP)))
    mw_found_account_set_obstacle (account, MW_FOUND_OBSTACLE_KIND, backend);
  else
    read_mail_account (reader, entry, identity, pop3, finding);
  read_state (reader, entry, account);
  return finding;
}

static int
compare_findings (gconstpointer a,
                  gconstpointer b)
{
  MwEvolutionFinding * const *first = a;
  MwEvolutionFinding * const *second = b;
  const char *x = (*first)->account->profile->label;
  const char *y = (*second)->account->profile->label;

  return g_utf8_collate (x != NULL ? x : "", y != NULL ? y : "");
}

GPtrArray *
mw_evolution_reader_read_entries (GPtrArray  *entries,
                                  const char *folder,
                                  const char *default_uid)
{
  const Reader reader = { entries, folder, default_uid };
  GPtrArray *findings;

  g_return_val_if_fail (entries != NULL, NULL);

  findings = g_ptr_array_new_with_free_func (finding_free);
  for (guint i = 0; i < entries->len; i++)
    {
      MwEvolutionFinding *finding = read_account (&reader, entries->pdata[i]);

      if (finding != NULL)
        g_ptr_array_add (findings, finding);
    }

  g_ptr_array_sort (findings, compare_findings);
  return findings;
}

GPtrArray *
mw_evolution_reader_load_files (const char *folder)
{
  GPtrArray *entries = g_ptr_array_new_with_free_func ((GDestroyNotify) mw_evolution_entry_free);
  g_autofree char *path = NULL;
  g_autoptr(GDir) dir = NULL;
  const char *name;

  g_return_val_if_fail (folder != NULL, entries);

  path = g_build_filename (folder, "sources", NULL);
  dir = g_dir_open (path, 0, NULL);
  while (dir != NULL && entries->len < MAX_FILES && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *file = g_build_filename (path, name, NULL);
      g_autofree char *data = NULL;
      g_autofree char *uid = NULL;
      MwEvolutionEntry *entry;

      if (!g_str_has_suffix (name, SUFFIX))
        continue;
      uid = g_strndup (name, strlen (name) - strlen (SUFFIX));
      data = mw_plain_text_read_file (file);
      entry = data != NULL ? mw_evolution_entry_new (uid, NULL, data, TRUE, TRUE) : NULL;
      if (entry != NULL)
        g_ptr_array_add (entries, entry);
    }

  return entries;
}

static gboolean
has_sources (const char *path)
{
  g_autoptr(GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      if (g_str_has_suffix (name, SUFFIX))
        return TRUE;
    }

  return FALSE;
}

char *
mw_evolution_reader_find_folder (const char *path)
{
  g_autofree char *whole = NULL;
  g_autofree char *inside = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  whole = g_canonicalize_filename (path, NULL);
  inside = g_build_filename (whole, "sources", NULL);
  if (has_sources (inside))
    return g_steal_pointer (&whole);

  return g_str_has_suffix (whole, "/sources") && has_sources (whole)
           ? g_path_get_dirname (whole) : NULL;
}
