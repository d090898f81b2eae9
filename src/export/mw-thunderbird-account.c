/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "export/mw-thunderbird-account.h"

#include <string.h>

#include "export/mw-thunderbird-folders.h"
#include "export/mw-thunderbird-values.h"

#define ACCOUNTS "mail.accountmanager.accounts"
#define MARK "mailwright"
#define DEFAULT_ACCOUNT "mail.accountmanager.defaultaccount"
#define LAST_KEY "mail.account.lastKey"
#define SMTP_SERVERS "mail.smtpservers"
#define DEFAULT_SMTP "mail.smtp.defaultserver"

MwThunderbirdAccount *
mw_thunderbird_account_new (void)
{
  return g_new0 (MwThunderbirdAccount, 1);
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
  for (guint i = 0; i < MW_N_FOLDER_USES; i++)
    g_free (self->folders[i]);
  g_free (self->notifications);
  g_free (self->keeping);
  g_free (self->signature);
  g_free (self);
}

static void
take_string (char **place,
             char  *value)
{
  g_free (*place);
  *place = value;
}

static const char *
get (MwThunderbirdSettings *settings,
     const char            *kind,
     const char            *key,
     const char            *name)
{
  return mw_thunderbird_settings_get (settings, kind, key, name);
}

static gboolean
server_is (MwThunderbirdSettings *settings,
           const char            *server,
           MwService             *service)
{
  /* Old profiles carry the name that is really used in a second setting. */
  const char *host = get (settings, "server", server, "realhostname");
  const char *user = get (settings, "server", server, "realuserName");

  if (host == NULL || *host == '\0')
    host = get (settings, "server", server, "hostname");
  if (user == NULL || *user == '\0')
    user = get (settings, "server", server, "userName");
  return g_strcmp0 (get (settings, "server", server, "type"),
                    mw_thunderbird_values_get_server_type (service)) == 0 &&
         host != NULL &&
         g_ascii_strcasecmp (host, mw_endpoint_get_host (service->endpoint)) == 0 &&
         g_strcmp0 (user, service->user_name) == 0;
}

/* The identity of @account with this address, or %NULL. */
static char *
find_identity (MwThunderbirdSettings *settings,
               const char            *account,
               const char            *address)
{
  g_autofree char *name = g_strdup_printf ("mail.account.%s.identities", account);
  g_auto(GStrv) identities = mw_thunderbird_settings_get_list (settings, name);

  for (guint i = 0; identities[i] != NULL; i++)
    {
      const char *other = get (settings, "identity", identities[i], "useremail");

      if (other != NULL && address != NULL && g_ascii_strcasecmp (other, address) == 0)
        return g_strdup (identities[i]);
    }

  return NULL;
}

/* Who made the account, in a setting that Thunderbird keeps and removes with
 * it. A crash may come before what is remembered was written down. */
static void
recall_by_mark (MwThunderbirdAccount  *self,
                MwThunderbirdSettings *settings,
                MwProfile             *profile)
{
  g_auto(GStrv) accounts = mw_thunderbird_settings_get_list (settings, ACCOUNTS);

  for (guint i = 0; accounts[i] != NULL; i++)
    {
      const char *server = get (settings, "account", accounts[i], "server");

      if (server == NULL ||
          g_strcmp0 (get (settings, "account", accounts[i], MARK), profile->id) != 0)
        continue;
      take_string (&self->account, g_strdup (accounts[i]));
      take_string (&self->server, g_strdup (server));
      return;
    }
}

/* Numbers are given again in Thunderbird: what was remembered is ours only
 * as long as it is the same kind of account for the same address. */
static gboolean
still_ours (MwThunderbirdAccount  *self,
            MwThunderbirdSettings *settings,
            MwProfile             *profile)
{
  g_autofree char *identity = NULL;

  if (self->account == NULL || self->server == NULL ||
      !mw_thunderbird_settings_list_has (settings, ACCOUNTS, self->account) ||
      g_strcmp0 (get (settings, "account", self->account, "server"), self->server) != 0 ||
      g_strcmp0 (get (settings, "server", self->server, "type"),
                 mw_thunderbird_values_get_server_type (profile->incoming)) != 0)
    return FALSE;

  identity = find_identity (settings, self->account, profile->address);
  return identity != NULL;
}

/* Finds the account that is this one already. Returns whether there is one. */
static gboolean
find_account (MwThunderbirdAccount  *self,
              MwThunderbirdSettings *settings,
              MwProfile             *profile,
              gboolean              *ours)
{
  g_auto(GStrv) accounts = mw_thunderbird_settings_get_list (settings, ACCOUNTS);
  gboolean remembered;

  if (self->account == NULL)
    recall_by_mark (self, settings, profile);
  remembered = still_ours (self, settings, profile);
  self->takes_over = FALSE;
  for (guint i = 0; accounts[i] != NULL; i++)
    {
      const char *server = get (settings, "account", accounts[i], "server");

      if (server == NULL || !server_is (settings, server, profile->incoming))
        continue;
      *ours = remembered && strcmp (accounts[i], self->account) == 0;
      self->takes_over = !*ours;
      self->taken_over = self->takes_over || self->taken_over;
      take_string (&self->server, g_strdup (server));
      take_string (&self->account, g_strdup (accounts[i]));
      return TRUE;
    }

  *ours = remembered;
  self->taken_over = remembered && self->taken_over;
  return remembered;
}

static gboolean
smtp_is (MwThunderbirdSettings *settings,
         const char            *smtp,
         MwService             *service)
{
  const char *host = get (settings, "smtpserver", smtp, "hostname");
  const char *user = get (settings, "smtpserver", smtp, "username");
  const char *wanted = service->user_name != NULL ? service->user_name : "";

  return host != NULL &&
         g_ascii_strcasecmp (host, mw_endpoint_get_host (service->endpoint)) == 0 &&
         strcmp (user != NULL ? user : "", wanted) == 0;
}

/* Whether an identity other than @but uses the outgoing server @smtp. One that
 * names none uses the default. */
static gboolean
smtp_is_used (MwThunderbirdSettings *settings,
              const char            *smtp,
              const char            *but)
{
  g_autoptr(GPtrArray) names = mw_thunderbird_prefs_list (settings->prefs, "mail.identity.");
  const char *usual = mw_thunderbird_prefs_get_string (settings->prefs, DEFAULT_SMTP);

  for (guint i = 0; i < names->len; i++)
    {
      const char *key = (const char *) names->pdata[i] + strlen ("mail.identity.");
      g_autofree char *identity = g_strndup (key, strcspn (key, "."));
      const char *used = get (settings, "identity", identity, "smtpServer");

      if (used == NULL || *used == '\0')
        used = usual;
      if (g_strcmp0 (identity, but) != 0 && g_strcmp0 (used, smtp) == 0)
        return TRUE;
    }

  return FALSE;
}

/* A server that others send through is taken only as it is. */
static gboolean
may_take_smtp (MwThunderbirdAccount  *self,
               MwThunderbirdSettings *settings,
               const char            *smtp,
               MwService             *service)
{
  return smtp_is (settings, smtp, service) &&
         (mw_thunderbird_values_smtp_is_same (settings, smtp, service) ||
          !smtp_is_used (settings, smtp, self->identity));
}

/* Returns whether there is one; its name is in @self then. */
static gboolean
find_smtp (MwThunderbirdAccount  *self,
           MwThunderbirdSettings *settings,
           MwProfile             *profile)
{
  g_auto(GStrv) servers = mw_thunderbird_settings_get_list (settings, SMTP_SERVERS);

  for (guint i = 0; servers[i] != NULL; i++)
    if (may_take_smtp (self, settings, servers[i], profile->outgoing))
      {
        if (g_strcmp0 (self->smtp, servers[i]) != 0)
          self->smtp_found = !smtp_is_used (settings, servers[i], self->identity);
        take_string (&self->smtp, g_strdup (servers[i]));
        return TRUE;
      }

  self->smtp_found = FALSE;
  return self->smtp != NULL &&
         mw_thunderbird_settings_list_has (settings, SMTP_SERVERS, self->smtp) &&
         !smtp_is_used (settings, self->smtp, self->identity);
}

/* Accounts are numbered upwards, and the last number is kept. */
static char *
next_account_key (MwThunderbirdSettings *settings)
{
  int last = MAX (mw_thunderbird_prefs_get_int (settings->prefs, LAST_KEY, 0), 0);
  char *key;

  key = mw_thunderbird_settings_free_key (settings, "account", "account", last + 1);
  last = (int) g_ascii_strtoll (key + strlen ("account"), NULL, 10);
  mw_thunderbird_settings_put_int (settings, "account", "lastKey", NULL, last);
  return key;
}

static gboolean
is_local_folders (MwThunderbirdSettings *settings,
                  const char            *account)
{
  const char *server = get (settings, "account", account, "server");

  return server != NULL && g_strcmp0 (get (settings, "server", server, "type"), "none") == 0;
}

static char *
find_local_folders (MwThunderbirdSettings *settings)
{
  g_auto(GStrv) accounts = mw_thunderbird_settings_get_list (settings, ACCOUNTS);

  for (guint i = 0; accounts[i] != NULL; i++)
    if (is_local_folders (settings, accounts[i]))
      return g_strdup (accounts[i]);

  return NULL;
}

/* Takes the first place if the person said so, or if nobody real has it; gives
 * it back when they do not want it any more. */
static void
put_default (MwThunderbirdSettings  *settings,
             const char             *name,
             const char             *list,
             const char             *key,
             gboolean                wanted,
             char                  **former)
{
  const char *now = mw_thunderbird_prefs_get_string (settings->prefs, name);
  gboolean nobody = !mw_thunderbird_settings_list_has (settings, list, now) ||
                    is_local_folders (settings, now);

  if (g_strcmp0 (now, key) == 0)
    {
      if (!wanted && mw_thunderbird_settings_list_has (settings, list, *former))
        mw_thunderbird_settings_set (settings, name, *former);
      if (!wanted)
        g_clear_pointer (former, g_free);
      return;
    }
  if (!wanted && !nobody)
    return;
  take_string (former, nobody ? NULL : g_strdup (now));
  mw_thunderbird_settings_set (settings, name, key);
}

static void
apply_smtp (MwThunderbirdAccount  *self,
            MwThunderbirdSettings *settings,
            MwProfile             *profile)
{
  gboolean is_new = !find_smtp (self, settings, profile);

  if (is_new)
    {
      take_string (&self->smtp,
                   mw_thunderbird_settings_free_key (settings, "smtpserver", "smtp", 1));
      mw_thunderbird_settings_begin (settings, "smtpserver", self->smtp);
    }
  mw_thunderbird_values_put_smtp (settings, self->smtp, profile, is_new);
  mw_thunderbird_settings_list_add (settings, SMTP_SERVERS, self->smtp, NULL);
  put_default (settings, DEFAULT_SMTP, SMTP_SERVERS, self->smtp, profile->is_default,
               &self->former_smtp);
}

/* Whether the person has chosen something else in Mailwright since the last
 * export. If not, what they may have changed in Thunderbird stays. Takes @now. */
static gboolean
is_other_choice (char **remembered,
                 char  *now)
{
  g_autofree char *former = g_steal_pointer (remembered);

  *remembered = now;
  return g_strcmp0 (former, now) != 0;
}

static void
forget_choices (MwThunderbirdAccount *self)
{
  g_clear_pointer (&self->notifications, g_free);
  g_clear_pointer (&self->keeping, g_free);
  g_clear_pointer (&self->signature, g_free);
}

static char *
digest (const char *text)
{
  return text != NULL && *text != '\0'
           ? g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1) : NULL;
}

static void
apply_signature (MwThunderbirdAccount  *self,
                 MwThunderbirdSettings *settings,
                 const char            *text)
{
  g_autofree char *former = g_strdup (self->signature);
  g_autofree char *present = digest (get (settings, "identity", self->identity, "htmlSigText"));

  if (!is_other_choice (&self->signature, digest (text)))
    return;
  /* One that was written in Thunderbird is not ours to take out. */
  if (self->signature != NULL || g_strcmp0 (former, present) == 0)
    mw_thunderbird_values_put_signature (settings, self->identity,
                                         self->signature != NULL ? text : NULL);
}

static void
apply_choices (MwThunderbirdAccount  *self,
               MwThunderbirdSettings *settings,
               MwProfile             *profile)
{
  if (is_other_choice (&self->notifications,
                       g_strdup (profile->notifications ? "true" : "false")))
    mw_thunderbird_values_put_notifications (settings, self->server, profile);
  if (mw_endpoint_get_protocol (profile->incoming->endpoint) == MW_PROTOCOL_POP3 &&
      is_other_choice (&self->keeping,
                       g_strdup_printf ("%s %u", profile->leave_on_server ? "true" : "false",
                                        profile->delete_after_days)))
    mw_thunderbird_values_put_keeping (settings, self->server, profile);
  apply_signature (self, settings, profile->signature);
}

static void
apply_identity (MwThunderbirdAccount  *self,
                MwThunderbirdSettings *settings,
                MwProfile             *profile,
                gboolean               is_new,
                gboolean               ours)
{
  g_autofree char *list = g_strdup_printf ("mail.account.%s.identities", self->account);

  if (is_new)
    mw_thunderbird_settings_begin (settings, "identity", self->identity);
  mw_thunderbird_values_put_identity (settings, self->identity, profile, self->smtp,
                                      is_new, ours || is_new);
  if (ours || is_new)
    mw_thunderbird_folders_put_identity (settings, self->identity, profile, is_new,
                                         self->folders);
  if (!mw_thunderbird_settings_list_has (settings, list, self->identity))
    mw_thunderbird_settings_list_add (settings, list, self->identity, NULL);
}

/* The addresses of its folders begin with the names of the server. */
static void
apply_server (MwThunderbirdAccount  *self,
              MwThunderbirdSettings *settings,
              MwProfile             *profile,
              gboolean               is_new,
              gboolean               ours)
{
  g_autofree char *former_root = mw_thunderbird_values_get_present_root (settings, self->server);
  g_autofree char *list = g_strdup_printf ("mail.account.%s.identities", self->account);
  g_auto(GStrv) identities = mw_thunderbird_settings_get_list (settings, list);

  mw_thunderbird_settings_put_string (settings, "account", self->account, "server",
                                      self->server);
  mw_thunderbird_values_put_server (settings, self->server, profile, is_new, ours);
  if (!ours)
    return;
  if (former_root != NULL)
    mw_thunderbird_folders_move (settings, self->server, identities, former_root,
                                 self->folders);
  mw_thunderbird_folders_put_server (settings, self->server, profile, is_new, self->folders);
}

/* An account that was taken over once moves together with its server. */
static void
follow_server (MwThunderbirdAccount  *self,
               MwThunderbirdSettings *settings,
               MwService             *service)
{
  if (server_is (settings, self->server, service))
    return;
  mw_thunderbird_settings_put_string (settings, "server", self->server, "hostname",
                                      mw_endpoint_get_host (service->endpoint));
  mw_thunderbird_settings_put_string (settings, "server", self->server, "userName",
                                      service->user_name);
}

void
mw_thunderbird_account_apply (MwThunderbirdAccount  *self,
                              MwThunderbirdSettings *settings,
                              MwProfile             *profile)
{
  gboolean ours = FALSE, is_new, identity_is_new;
  g_autofree char *local_folders = NULL;

  g_return_if_fail (self != NULL);
  g_return_if_fail (settings != NULL);
  g_return_if_fail (profile != NULL && profile->incoming != NULL && profile->address != NULL);

  is_new = !find_account (self, settings, profile, &ours);
  if (is_new)
    {
      forget_choices (self);
      take_string (&self->account, next_account_key (settings));
      take_string (&self->server,
                   mw_thunderbird_settings_free_key (settings, "server", "server", 1));
      mw_thunderbird_settings_begin (settings, "account", self->account);
      mw_thunderbird_settings_begin (settings, "server", self->server);
      mw_thunderbird_settings_put_string (settings, "account", self->account, MARK,
                                          profile->id);
    }
  ours = is_new || (ours && !self->taken_over);
  apply_server (self, settings, profile, is_new, ours);
  if (self->taken_over && !self->takes_over)
    follow_server (self, settings, profile->incoming);

  take_string (&self->identity, find_identity (settings, self->account, profile->address));
  identity_is_new = self->identity == NULL;
  if (identity_is_new)
    self->identity = mw_thunderbird_settings_free_key (settings, "identity", "id", 1);
  if (profile->outgoing != NULL)
    apply_smtp (self, settings, profile);
  else
    g_clear_pointer (&self->smtp, g_free);
  apply_identity (self, settings, profile, identity_is_new, ours);
  if (ours)
    apply_choices (self, settings, profile);

  local_folders = find_local_folders (settings);
  mw_thunderbird_settings_list_add (settings, ACCOUNTS, self->account, local_folders);
  put_default (settings, DEFAULT_ACCOUNT, ACCOUNTS, self->account, profile->is_default,
               &self->former_account);
}

/* Gives the first place back. */
static void
remove_default (MwThunderbirdAccount  *self,
                MwThunderbirdSettings *settings,
                const char            *name,
                const char            *list,
                const char            *key,
                const char            *former)
{
  g_auto(GStrv) rest = mw_thunderbird_settings_get_list (settings, list);
  const char *heir = NULL;

  if (g_strcmp0 (mw_thunderbird_prefs_get_string (settings->prefs, name), key) != 0)
    return;
  if (former != NULL && g_strv_contains ((const char *const *) rest, former))
    heir = former;
  for (guint i = 0; heir == NULL && rest[i] != NULL; i++)
    if (!is_local_folders (settings, rest[i]))
      heir = rest[i];
  mw_thunderbird_settings_set (settings, name, heir);
}

gboolean
mw_thunderbird_account_remove (MwThunderbirdAccount  *self,
                               MwThunderbirdSettings *settings,
                               MwProfile             *profile,
                               gboolean              *smtp_removed)
{
  g_autofree char *identities_name = NULL;
  g_auto(GStrv) identities = NULL;
  gboolean ours;

  g_return_val_if_fail (self != NULL && settings != NULL, FALSE);
  g_return_val_if_fail (profile != NULL && profile->incoming != NULL, FALSE);

  *smtp_removed = FALSE;
  if (!find_account (self, settings, profile, &ours) || !ours || self->taken_over)
    return FALSE;

  identities_name = g_strdup_printf ("mail.account.%s.identities", self->account);
  identities = mw_thunderbird_settings_get_list (settings, identities_name);
  mw_thunderbird_settings_remove_group (settings, "account", self->account);
  mw_thunderbird_settings_list_remove (settings, ACCOUNTS, self->account);
  remove_default (self, settings, DEFAULT_ACCOUNT, ACCOUNTS, self->account, self->former_account);
  mw_thunderbird_settings_remove_group (settings, "server", self->server);
  for (guint i = 0; identities[i] != NULL; i++)
    if (!mw_thunderbird_settings_is_mentioned (settings, identities[i]))
      mw_thunderbird_settings_remove_group (settings, "identity", identities[i]);

  if (profile->outgoing != NULL && find_smtp (self, settings, profile) && !self->smtp_found &&
      !smtp_is_used (settings, self->smtp, ""))
    {
      mw_thunderbird_settings_remove_group (settings, "smtpserver", self->smtp);
      mw_thunderbird_settings_list_remove (settings, SMTP_SERVERS, self->smtp);
      remove_default (self, settings, DEFAULT_SMTP, SMTP_SERVERS, self->smtp, self->former_smtp);
      *smtp_removed = TRUE;
    }
  return TRUE;
}
