/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "export/mw-thunderbird-account.h"

#include <string.h>

#define ACCOUNTS "mail.accountmanager.accounts"
#define DEFAULT_ACCOUNT "mail.accountmanager.defaultaccount"
#define LAST_KEY "mail.account.lastKey"
#define SMTP_SERVERS "mail.smtpservers"
#define DEFAULT_SMTP "mail.smtp.defaultserver"

/* Values of socketType and try_ssl. */
enum {
  SOCKET_PLAIN = 0,
  SOCKET_STARTTLS = 2,
  SOCKET_TLS = 3,
};

/* Values of authMethod (nsMsgAuthMethod). */
enum {
  AUTH_NONE = 1,
  AUTH_PASSWORD = 3,
  AUTH_ENCRYPTED_PASSWORD = 4,
  AUTH_OAUTH2 = 10,
};

/* The settings that share the first part of their names. */
typedef struct {
  MwThunderbirdAccount *account;
  MwThunderbirdPrefs   *prefs;
  char                 *prefix;
  gboolean              is_new;
} Group;

MwThunderbirdAccount *
mw_thunderbird_account_new (void)
{
  MwThunderbirdAccount *self = g_new0 (MwThunderbirdAccount, 1);

  self->created = g_ptr_array_new_with_free_func (g_free);
  self->updated = g_ptr_array_new_with_free_func (g_free);
  return self;
}

void
mw_thunderbird_account_free (MwThunderbirdAccount *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->account);
  g_free (self->server);
  g_free (self->identity);
  g_free (self->smtp);
  g_free (self->former_account);
  g_free (self->former_smtp);
  g_ptr_array_unref (self->created);
  g_ptr_array_unref (self->updated);
  g_free (self);
}

static void
take_string (char **place,
             char  *value)
{
  g_free (*place);
  *place = value;
}

/* "mail.server.server2.hostname" and the like */
static const char *
get (MwThunderbirdPrefs *prefs,
     const char         *kind,
     const char         *key,
     const char         *name)
{
  g_autofree char *whole = g_strdup_printf ("mail.%s.%s.%s", kind, key, name);

  return mw_thunderbird_prefs_get_string (prefs, whole);
}

static char **
get_list (MwThunderbirdPrefs *prefs,
          const char         *name)
{
  const char *value = mw_thunderbird_prefs_get_string (prefs, name);
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_auto(GStrv) parts = g_strsplit (value != NULL ? value : "", ",", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      g_strstrip (parts[i]);
      if (*parts[i] != '\0')
        g_strv_builder_add (builder, parts[i]);
    }
  return g_strv_builder_end (builder);
}

static gboolean
list_has (MwThunderbirdPrefs *prefs,
          const char         *name,
          const char         *item)
{
  g_auto(GStrv) items = get_list (prefs, name);

  return item != NULL && g_strv_contains ((const char *const *) items, item);
}

static void
note_update (MwThunderbirdAccount *self,
             const char           *name)
{
  if (!g_ptr_array_find_with_equal_func (self->updated, name, g_str_equal, NULL))
    g_ptr_array_add (self->updated, g_strdup (name));
}

static void
set_global (MwThunderbirdAccount *self,
            MwThunderbirdPrefs   *prefs,
            const char           *name,
            const char           *value)
{
  if (value != NULL ? mw_thunderbird_prefs_set_string (prefs, name, value)
                    : mw_thunderbird_prefs_unset (prefs, name))
    note_update (self, name);
}

/* Adds @item to a list, before @before if that is in it. */
static void
list_add (MwThunderbirdAccount *self,
          MwThunderbirdPrefs   *prefs,
          const char           *name,
          const char           *item,
          const char           *before)
{
  g_auto(GStrv) items = get_list (prefs, name);
  g_autoptr(GString) value = g_string_new (NULL);
  gboolean added = FALSE;

  if (g_strv_contains ((const char *const *) items, item))
    return;
  for (guint i = 0; items[i] != NULL; i++)
    {
      if (!added && g_strcmp0 (items[i], before) == 0)
        {
          g_string_append_printf (value, "%s,", item);
          added = TRUE;
        }
      g_string_append_printf (value, "%s,", items[i]);
    }
  if (!added)
    g_string_append_printf (value, "%s,", item);
  g_string_truncate (value, value->len - 1);
  set_global (self, prefs, name, value->str);
}

static void
list_remove (MwThunderbirdAccount *self,
             MwThunderbirdPrefs   *prefs,
             const char           *name,
             const char           *item)
{
  g_auto(GStrv) items = get_list (prefs, name);
  g_autoptr(GString) value = g_string_new (NULL);

  for (guint i = 0; items[i] != NULL; i++)
    if (strcmp (items[i], item) != 0)
      g_string_append_printf (value, "%s%s", value->len > 0 ? "," : "", items[i]);
  set_global (self, prefs, name, value->str);
}

static Group *
group_new (MwThunderbirdAccount *account,
           MwThunderbirdPrefs   *prefs,
           const char           *kind,
           const char           *key,
           gboolean              is_new)
{
  Group *group = g_new0 (Group, 1);

  group->account = account;
  group->prefs = prefs;
  group->prefix = g_strdup_printf ("mail.%s.%s", kind, key);
  group->is_new = is_new;
  if (is_new)
    g_ptr_array_add (account->created, g_strdup (group->prefix));
  return group;
}

static void
group_free (Group *group)
{
  g_free (group->prefix);
  g_free (group);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Group, group_free)

static void
put_string (Group      *group,
            const char *name,
            const char *value)
{
  g_autofree char *whole = g_strdup_printf ("%s.%s", group->prefix, name);
  gboolean changed;

  changed = value != NULL ? mw_thunderbird_prefs_set_string (group->prefs, whole, value)
                          : mw_thunderbird_prefs_unset (group->prefs, whole);
  if (changed && !group->is_new)
    note_update (group->account, whole);
}

static void
put_int (Group      *group,
         const char *name,
         int         value)
{
  g_autofree char *whole = g_strdup_printf ("%s.%s", group->prefix, name);

  if (mw_thunderbird_prefs_set_int (group->prefs, whole, value) && !group->is_new)
    note_update (group->account, whole);
}

static void
put_bool (Group      *group,
          const char *name,
          gboolean    value)
{
  g_autofree char *whole = g_strdup_printf ("%s.%s", group->prefix, name);

  if (mw_thunderbird_prefs_set_bool (group->prefs, whole, value) && !group->is_new)
    note_update (group->account, whole);
}

static int
get_socket_type (MwService *service)
{
  switch (mw_endpoint_get_security (service->endpoint))
    {
    case MW_SECURITY_STARTTLS:
      return SOCKET_STARTTLS;
    case MW_SECURITY_NONE:
      return SOCKET_PLAIN;
    case MW_SECURITY_TLS:
    default:
      return SOCKET_TLS;
    }
}

static int
get_auth_method (MwService *service)
{
  switch (service->auth)
    {
    case MW_AUTH_CRAM_MD5:
      return AUTH_ENCRYPTED_PASSWORD;
    case MW_AUTH_OAUTH2:
      return AUTH_OAUTH2;
    case MW_AUTH_NONE:
      return AUTH_NONE;
    case MW_AUTH_UNKNOWN:
    case MW_AUTH_PLAIN:
    case MW_AUTH_LOGIN:
    case MW_AUTH_PASSWORD_COMMAND:
    case MW_AUTH_SCRAM_SHA_1:
    case MW_AUTH_SCRAM_SHA_256:
    default:
      return service->user_name != NULL ? AUTH_PASSWORD : AUTH_NONE;
    }
}

static const char *
get_server_type (MwService *service)
{
  return mw_endpoint_get_protocol (service->endpoint) == MW_PROTOCOL_POP3 ? "pop3" : "imap";
}

/* As encodeURIComponent() does it. */
static char *
escape (const char *text)
{
  return g_uri_escape_string (text, "!'()*", FALSE);
}

static char *
get_escaped_host (MwService *service)
{
  const char *host = mw_endpoint_get_host (service->endpoint);
  g_autofree char *literal = strchr (host, ':') != NULL ? g_strdup_printf ("[%s]", host) : NULL;

  return escape (literal != NULL ? literal : host);
}

static const char *
get_scheme (MwService *service)
{
  switch (mw_endpoint_get_protocol (service->endpoint))
    {
    case MW_PROTOCOL_POP3:
      return "mailbox";
    case MW_PROTOCOL_SMTP:
      return "smtp";
    case MW_PROTOCOL_IMAP:
    default:
      return "imap";
    }
}

char *
mw_thunderbird_account_origin (MwService *service)
{
  g_autofree char *host = NULL;

  g_return_val_if_fail (service != NULL, NULL);

  host = get_escaped_host (service);
  return g_strdup_printf ("%s://%s", get_scheme (service), host);
}

static gboolean
server_is (MwThunderbirdPrefs *prefs,
           const char         *server,
           MwService          *service)
{
  /* Old profiles carry the name that is really used in a second setting. */
  const char *host = get (prefs, "server", server, "realhostname");
  const char *user = get (prefs, "server", server, "realuserName");

  if (host == NULL || *host == '\0')
    host = get (prefs, "server", server, "hostname");
  if (user == NULL || *user == '\0')
    user = get (prefs, "server", server, "userName");
  return g_strcmp0 (get (prefs, "server", server, "type"), get_server_type (service)) == 0 &&
         host != NULL &&
         g_ascii_strcasecmp (host, mw_endpoint_get_host (service->endpoint)) == 0 &&
         g_strcmp0 (user, service->user_name) == 0;
}

/* The identity of @account with this address, or %NULL. */
static char *
find_identity (MwThunderbirdPrefs *prefs,
               const char         *account,
               const char         *address)
{
  g_autofree char *name = g_strdup_printf ("mail.account.%s.identities", account);
  g_auto(GStrv) identities = get_list (prefs, name);

  for (guint i = 0; identities[i] != NULL; i++)
    {
      const char *other = get (prefs, "identity", identities[i], "useremail");

      if (other != NULL && address != NULL && g_ascii_strcasecmp (other, address) == 0)
        return g_strdup (identities[i]);
    }

  return NULL;
}

/* Numbers are given again in Thunderbird: what was remembered is ours only
 * as long as it is the same kind of account for the same address. */
static gboolean
still_ours (MwThunderbirdAccount *self,
            MwThunderbirdPrefs   *prefs,
            MwProfile            *profile)
{
  g_autofree char *identity = NULL;

  if (self->account == NULL || self->server == NULL ||
      !list_has (prefs, ACCOUNTS, self->account) ||
      g_strcmp0 (get (prefs, "account", self->account, "server"), self->server) != 0 ||
      g_strcmp0 (get (prefs, "server", self->server, "type"),
                 get_server_type (profile->incoming)) != 0)
    return FALSE;

  identity = find_identity (prefs, self->account, profile->address);
  return identity != NULL;
}

/* Finds the account that is this one already. Returns whether there is one. */
static gboolean
find_account (MwThunderbirdAccount *self,
              MwThunderbirdPrefs   *prefs,
              MwProfile            *profile,
              gboolean             *ours)
{
  g_auto(GStrv) accounts = get_list (prefs, ACCOUNTS);
  gboolean remembered = still_ours (self, prefs, profile);

  for (guint i = 0; accounts[i] != NULL; i++)
    {
      const char *server = get (prefs, "account", accounts[i], "server");

      if (server == NULL || !server_is (prefs, server, profile->incoming))
        continue;
      *ours = remembered && strcmp (accounts[i], self->account) == 0;
      take_string (&self->server, g_strdup (server));
      take_string (&self->account, g_strdup (accounts[i]));
      return TRUE;
    }

  *ours = remembered;
  return remembered;
}

static gboolean
smtp_is (MwThunderbirdPrefs *prefs,
         const char         *smtp,
         MwService          *service)
{
  const char *host = get (prefs, "smtpserver", smtp, "hostname");
  const char *user = get (prefs, "smtpserver", smtp, "username");
  const char *wanted = service->user_name != NULL ? service->user_name : "";

  return host != NULL &&
         g_ascii_strcasecmp (host, mw_endpoint_get_host (service->endpoint)) == 0 &&
         strcmp (user != NULL ? user : "", wanted) == 0;
}

/* Whether an identity other than @but uses the outgoing server @smtp. */
static gboolean
smtp_is_used (MwThunderbirdPrefs *prefs,
              const char         *smtp,
              const char         *but)
{
  g_autoptr(GPtrArray) names = mw_thunderbird_prefs_list (prefs, "mail.identity.");
  g_autofree char *own = g_strdup_printf ("mail.identity.%s.smtpServer", but);

  for (guint i = 0; i < names->len; i++)
    if (g_str_has_suffix (names->pdata[i], ".smtpServer") && strcmp (names->pdata[i], own) != 0 &&
        g_strcmp0 (mw_thunderbird_prefs_get_string (prefs, names->pdata[i]), smtp) == 0)
      return TRUE;

  return FALSE;
}

/* Returns whether there is one; its name is in @self then. */
static gboolean
find_smtp (MwThunderbirdAccount *self,
           MwThunderbirdPrefs   *prefs,
           MwProfile            *profile)
{
  g_auto(GStrv) servers = get_list (prefs, SMTP_SERVERS);

  for (guint i = 0; servers[i] != NULL; i++)
    if (smtp_is (prefs, servers[i], profile->outgoing))
      {
        take_string (&self->smtp, g_strdup (servers[i]));
        return TRUE;
      }

  return self->smtp != NULL && list_has (prefs, SMTP_SERVERS, self->smtp) &&
         !smtp_is_used (prefs, self->smtp, self->identity);
}

static gboolean
is_mentioned (MwThunderbirdPrefs *prefs,
              const char         *key)
{
  g_autoptr(GPtrArray) names = mw_thunderbird_prefs_list (prefs, "mail.account.");

  for (guint i = 0; i < names->len; i++)
    if (list_has (prefs, names->pdata[i], key))
      return TRUE;

  return list_has (prefs, SMTP_SERVERS, key) || list_has (prefs, ACCOUNTS, key);
}

/* The smallest number nothing stands under. */
static char *
free_key (MwThunderbirdPrefs *prefs,
          const char         *kind,
          const char         *word,
          guint               first)
{
  for (guint n = first;; n++)
    {
      g_autofree char *key = g_strdup_printf ("%s%u", word, n);
      g_autofree char *prefix = g_strdup_printf ("mail.%s.%s.", kind, key);

      if (!mw_thunderbird_prefs_has_prefix (prefs, prefix) && !is_mentioned (prefs, key))
        return g_steal_pointer (&key);
    }
}

/* Accounts are numbered upwards, and the last number is kept. */
static char *
next_account_key (MwThunderbirdAccount *self,
                  MwThunderbirdPrefs   *prefs)
{
  int last = MAX (mw_thunderbird_prefs_get_int (prefs, LAST_KEY, 0), 0);
  char *key;

  key = free_key (prefs, "account", "account", last + 1);
  last = (int) g_ascii_strtoll (key + strlen ("account"), NULL, 10);
  if (mw_thunderbird_prefs_set_int (prefs, LAST_KEY, last))
    note_update (self, LAST_KEY);
  return key;
}

static gboolean
is_local_folders (MwThunderbirdPrefs *prefs,
                  const char         *account)
{
  const char *server = get (prefs, "account", account, "server");

  return server != NULL && g_strcmp0 (get (prefs, "server", server, "type"), "none") == 0;
}

static char *
find_local_folders (MwThunderbirdPrefs *prefs)
{
  g_auto(GStrv) accounts = get_list (prefs, ACCOUNTS);

  for (guint i = 0; accounts[i] != NULL; i++)
    if (is_local_folders (prefs, accounts[i]))
      return g_strdup (accounts[i]);

  return NULL;
}

static void
put_server (Group     *group,
            MwProfile *profile,
            gboolean   ours)
{
  MwService *service = profile->incoming;
  gboolean pop3 = mw_endpoint_get_protocol (service->endpoint) == MW_PROTOCOL_POP3;

  /* A server that another hand set up is known under the names it has. */
  if (ours)
    {
      put_string (group, "type", get_server_type (service));
      put_string (group, "hostname", mw_endpoint_get_host (service->endpoint));
      put_string (group, "userName", service->user_name);
      put_string (group, "name", profile->label != NULL && *profile->label != '\0'
                                   ? profile->label : profile->address);
      /* Without it Thunderbird waits for a click before it logs in. */
      put_bool (group, "login_at_startup", TRUE);
      put_bool (group, "check_new_mail", profile->notifications);
    }
  put_int (group, "port", mw_endpoint_get_port (service->endpoint));
  put_int (group, "socketType", get_socket_type (service));
  put_int (group, "authMethod", get_auth_method (service));
  if (group->is_new)
    put_int (group, "check_time", 10);

  if (pop3 && ours)
    {
      /* Thunderbird's own default deletes from the server. */
      put_bool (group, "leave_on_server", profile->leave_on_server);
      put_bool (group, "delete_by_age_from_server", profile->delete_after_days > 0);
      put_int (group, "num_days_to_leave_on_server",
               profile->delete_after_days > 0 ? (int) profile->delete_after_days : 14);
    }
  if (pop3 && group->is_new)
    {
      put_bool (group, "delete_mail_left_on_server", TRUE);
      put_bool (group, "download_on_biff", TRUE);
    }
}

static void
put_smtp (Group     *group,
          MwProfile *profile)
{
  MwService *service = profile->outgoing;

  put_string (group, "type", "smtp");
  put_string (group, "hostname", mw_endpoint_get_host (service->endpoint));
  put_int (group, "port", mw_endpoint_get_port (service->endpoint));
  put_int (group, "try_ssl", get_socket_type (service));
  put_int (group, "authMethod", get_auth_method (service));
  put_string (group, "username", service->user_name);
  if (group->is_new)
    put_string (group, "description", profile->label != NULL && *profile->label != '\0'
                                        ? profile->label : profile->address);
}

static void
put_folders (Group     *group,
             MwService *service)
{
  static const char *const folders[][3] = {
    { "fcc_folder", "fcc_folder_picker_mode", "Sent" },
    { "draft_folder", "drafts_folder_picker_mode", "Drafts" },
    { "stationery_folder", "tmpl_folder_picker_mode", "Templates" },
  };
  g_autofree char *user = escape (service->user_name);
  g_autofree char *host = get_escaped_host (service);

  for (gsize i = 0; i < G_N_ELEMENTS (folders); i++)
    {
      g_autofree char *uri = g_strdup_printf ("%s://%s@%s/%s", get_scheme (service),
                                              user, host, folders[i][2]);

      put_string (group, folders[i][0], uri);
      put_string (group, folders[i][1], "0");
    }
}

static void
put_identity (Group      *group,
              MwProfile  *profile,
              const char *smtp,
              gboolean    ours)
{
  if (smtp != NULL)
    put_string (group, "smtpServer", smtp);
  if (group->is_new)
    {
      put_bool (group, "valid", TRUE);
      put_int (group, "reply_on_top", 1);
      put_folders (group, profile->incoming);
    }
  if (!ours)
    return;

  put_string (group, "useremail", profile->address);
  put_string (group, "fullName", profile->sender_name != NULL ? profile->sender_name : "");
  if (profile->signature == NULL || *profile->signature == '\0')
    return;
  put_string (group, "htmlSigText", profile->signature);
  put_bool (group, "htmlSigFormat", FALSE);
  put_bool (group, "attach_signature", FALSE);
  put_bool (group, "sig_on_reply", TRUE);
  put_bool (group, "sig_on_fwd", TRUE);
}

/* Takes the first place if the person said so, or if nobody real has it. */
static void
put_default (MwThunderbirdAccount *self,
             MwThunderbirdPrefs   *prefs,
             const char           *name,
             const char           *key,
             gboolean              wanted,
             char                **former)
{
  const char *now = mw_thunderbird_prefs_get_string (prefs, name);
  gboolean nobody = now == NULL || *now == '\0' || is_local_folders (prefs, now);

  if (g_strcmp0 (now, key) == 0 || (!wanted && !nobody))
    return;
  take_string (former, nobody ? NULL : g_strdup (now));
  set_global (self, prefs, name, key);
}

static void
apply_smtp (MwThunderbirdAccount *self,
            MwThunderbirdPrefs   *prefs,
            MwProfile            *profile)
{
  g_autoptr(Group) group = NULL;
  gboolean is_new = !find_smtp (self, prefs, profile);

  if (is_new)
    take_string (&self->smtp, free_key (prefs, "smtpserver", "smtp", 1));
  group = group_new (self, prefs, "smtpserver", self->smtp, is_new);
  put_smtp (group, profile);
  list_add (self, prefs, SMTP_SERVERS, self->smtp, NULL);
  put_default (self, prefs, DEFAULT_SMTP, self->smtp, profile->is_default, &self->former_smtp);
}

static void
apply_identity (MwThunderbirdAccount *self,
                MwThunderbirdPrefs   *prefs,
                MwProfile            *profile,
                gboolean              is_new,
                gboolean              ours)
{
  g_autofree char *list = g_strdup_printf ("mail.account.%s.identities", self->account);
  g_autoptr(Group) group = group_new (self, prefs, "identity", self->identity, is_new);

  put_identity (group, profile, self->smtp, ours || is_new);
  if (!list_has (prefs, list, self->identity))
    list_add (self, prefs, list, self->identity, NULL);
}

void
mw_thunderbird_account_apply (MwThunderbirdAccount *self,
                              MwThunderbirdPrefs   *prefs,
                              MwProfile            *profile)
{
  gboolean ours = FALSE, is_new, identity_is_new;
  g_autoptr(Group) account = NULL;
  g_autoptr(Group) server = NULL;
  g_autofree char *local_folders = NULL;

  g_return_if_fail (self != NULL);
  g_return_if_fail (prefs != NULL);
  g_return_if_fail (profile != NULL && profile->incoming != NULL && profile->address != NULL);

  is_new = !find_account (self, prefs, profile, &ours);
  if (is_new)
    {
      take_string (&self->account, next_account_key (self, prefs));
      take_string (&self->server, free_key (prefs, "server", "server", 1));
    }
  account = group_new (self, prefs, "account", self->account, is_new);
  put_string (account, "server", self->server);
  server = group_new (self, prefs, "server", self->server, is_new);
  put_server (server, profile, ours || is_new);

  take_string (&self->identity, find_identity (prefs, self->account, profile->address));
  identity_is_new = self->identity == NULL;
  if (identity_is_new)
    self->identity = free_key (prefs, "identity", "id", 1);
  if (profile->outgoing != NULL)
    apply_smtp (self, prefs, profile);
  else
    g_clear_pointer (&self->smtp, g_free);
  apply_identity (self, prefs, profile, identity_is_new, ours);

  local_folders = find_local_folders (prefs);
  list_add (self, prefs, ACCOUNTS, self->account, local_folders);
  put_default (self, prefs, DEFAULT_ACCOUNT, self->account, profile->is_default,
               &self->former_account);
}

static void
remove_group (MwThunderbirdAccount *self,
              MwThunderbirdPrefs   *prefs,
              const char           *kind,
              const char           *key)
{
  g_autofree char *prefix = g_strdup_printf ("mail.%s.%s.", kind, key);
  g_autoptr(GPtrArray) names = mw_thunderbird_prefs_list (prefs, prefix);

  for (guint i = 0; i < names->len; i++)
    if (mw_thunderbird_prefs_unset (prefs, names->pdata[i]))
      note_update (self, names->pdata[i]);
}

/* Gives the first place back. */
static void
remove_default (MwThunderbirdAccount *self,
                MwThunderbirdPrefs   *prefs,
                const char           *name,
                const char           *list,
                const char           *key,
                const char           *former)
{
  g_auto(GStrv) rest = get_list (prefs, list);
  const char *heir = NULL;

  if (g_strcmp0 (mw_thunderbird_prefs_get_string (prefs, name), key) != 0)
    return;
  if (former != NULL && g_strv_contains ((const char *const *) rest, former))
    heir = former;
  for (guint i = 0; heir == NULL && rest[i] != NULL; i++)
    if (!is_local_folders (prefs, rest[i]))
      heir = rest[i];
  set_global (self, prefs, name, heir);
}

gboolean
mw_thunderbird_account_remove (MwThunderbirdAccount *self,
                               MwThunderbirdPrefs   *prefs,
                               MwProfile            *profile,
                               gboolean             *smtp_removed)
{
  g_autofree char *identities_name = NULL;
  g_auto(GStrv) identities = NULL;
  gboolean ours;

  g_return_val_if_fail (self != NULL && prefs != NULL, FALSE);
  g_return_val_if_fail (profile != NULL && profile->incoming != NULL, FALSE);

  *smtp_removed = FALSE;
  if (!find_account (self, prefs, profile, &ours))
    return FALSE;

  identities_name = g_strdup_printf ("mail.account.%s.identities", self->account);
  identities = get_list (prefs, identities_name);
  remove_group (self, prefs, "account", self->account);
  list_remove (self, prefs, ACCOUNTS, self->account);
  remove_default (self, prefs, DEFAULT_ACCOUNT, ACCOUNTS, self->account, self->former_account);
  remove_group (self, prefs, "server", self->server);
  for (guint i = 0; identities[i] != NULL; i++)
    if (!is_mentioned (prefs, identities[i]))
      remove_group (self, prefs, "identity", identities[i]);

  if (profile->outgoing != NULL && find_smtp (self, prefs, profile) &&
      !smtp_is_used (prefs, self->smtp, ""))
    {
      remove_group (self, prefs, "smtpserver", self->smtp);
      list_remove (self, prefs, SMTP_SERVERS, self->smtp);
      remove_default (self, prefs, DEFAULT_SMTP, SMTP_SERVERS, self->smtp, self->former_smtp);
      *smtp_removed = TRUE;
    }
  return TRUE;
}
