/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "export/mw-evolution-plan.h"

#include "core/mw-error.h"

static MwEvolutionEdit *
edit_new (MwEvolutionKind   kind,
          const char       *uid,
          MwEvolutionEntry *entry)
{
  MwEvolutionEdit *edit = g_new0 (MwEvolutionEdit, 1);

  edit->kind = kind;
  edit->uid = g_strdup (uid);
  edit->path = entry != NULL ? g_strdup (entry->path) : NULL;
  edit->former = entry != NULL ? g_strdup (entry->data) : NULL;
  return edit;
}

static void
edit_free (gpointer data)
{
  MwEvolutionEdit *edit = data;

  g_free (edit->uid);
  g_free (edit->path);
  g_free (edit->former);
  g_free (edit->data);
  g_free (edit);
}

static MwEvolutionPlan *
plan_new (void)
{
  MwEvolutionPlan *self = g_new0 (MwEvolutionPlan, 1);

  self->edits = g_ptr_array_new_with_free_func (edit_free);
  self->removals = g_ptr_array_new_with_free_func (edit_free);
  return self;
}

static char *
entry_get (MwEvolutionEntry *entry,
           const char       *group,
           const char       *key)
{
  return entry != NULL ? g_key_file_get_string (entry->file, group, key, NULL) : NULL;
}

MwEvolutionEntry *
mw_evolution_plan_find_entry (GPtrArray       *entries,
                              const char      *uid,
                              MwEvolutionKind  kind)
{
  g_return_val_if_fail (entries != NULL, NULL);

  for (guint i = 0; uid != NULL && i < entries->len; i++)
    {
      MwEvolutionEntry *entry = entries->pdata[i];

      if (g_str_equal (entry->uid, uid))
        return g_key_file_has_group (entry->file, mw_evolution_source_get_group (kind))
                 ? entry : NULL;
    }

  return NULL;
}

static MwEvolutionEntry *
find_identity (GPtrArray        *entries,
               MwEvolutionEntry *account)
{
  g_autofree char *uid = entry_get (account, "Mail Account", "IdentityUid");

  return mw_evolution_plan_find_entry (entries, uid, MW_EVOLUTION_IDENTITY);
}

static gboolean
has_address (GPtrArray        *entries,
             MwEvolutionEntry *account,
             const char       *address)
{
  g_autofree char *present = entry_get (find_identity (entries, account),
                                        "Mail Identity", "Address");

  return present != NULL && g_ascii_strcasecmp (present, address) == 0;
}

static gboolean
is_enabled (GPtrArray        *entries,
            MwEvolutionEntry *entry)
{
  g_autofree char *parent = entry_get (entry, "Data Source", "Parent");

  if (!g_key_file_get_boolean (entry->file, "Data Source", "Enabled", NULL))
    return FALSE;

  for (guint i = 0; parent != NULL && i < entries->len; i++)
    {
      MwEvolutionEntry *other = entries->pdata[i];

      if (g_str_equal (other->uid, parent))
        return g_key_file_get_boolean (other->file, "Data Source", "Enabled", NULL);
    }

  return TRUE;
}

static gboolean
is_online_account (MwEvolutionEntry *entry)
{
  return g_key_file_has_group (entry->file, "GNOME Online Accounts");
}

/* Whether the source belongs to GNOME Online Accounts, or to another program
 * that keeps its sources for itself. */
static gboolean
is_kept_by_others (GPtrArray        *entries,
                   MwEvolutionEntry *entry)
{
  g_autofree char *parent = entry_get (entry, "Data Source", "Parent");

  if (!entry->removable || is_online_account (entry))
    return TRUE;

  for (guint i = 0; parent != NULL && i < entries->len; i++)
    {
      MwEvolutionEntry *other = entries->pdata[i];

      if (g_str_equal (other->uid, parent))
        return is_online_account (other);
    }

  return FALSE;
}

/* The accounts below such a source are no files in the folder of sources. */
static gboolean
collects_mail_of (MwEvolutionEntry *entry,
                  const char       *address)
{
  g_autofree char *identity = entry_get (entry, "Collection", "Identity");
  g_autofree char *mail = entry_get (entry, "Collection", "MailEnabled");

  return is_online_account (entry) && identity != NULL &&
         g_ascii_strcasecmp (identity, address) == 0 && g_strcmp0 (mail, "false") != 0;
}

/* Whether somebody else provides the address already. */
static gboolean
is_provided_elsewhere (GPtrArray  *entries,
                       const char *address)
{
  for (guint i = 0; i < entries->len; i++)
    {
      MwEvolutionEntry *entry = entries->pdata[i];
      gboolean has_it = g_key_file_has_group (entry->file, "Mail Account") &&
                        has_address (entries, entry, address) &&
                        is_kept_by_others (entries, entry);

      if ((has_it || collects_mail_of (entry, address)) && is_enabled (entries, entry))
        return TRUE;
    }

  return FALSE;
}

static gboolean
is_same_server (MwEvolutionEntry *entry,
                MwEndpoint       *endpoint)
{
  g_autofree char *backend = entry_get (entry, "Mail Account", "BackendName");
  g_autofree char *host = entry_get (entry, "Authentication", "Host");

  return g_strcmp0 (backend, mw_evolution_source_get_backend (
                               mw_endpoint_get_protocol (endpoint))) == 0 &&
         host != NULL && g_ascii_strcasecmp (host, mw_endpoint_get_host (endpoint)) == 0;
}

static gboolean
was_taken_over (MwProfile  *profile,
                const char *target_id)
{
  return g_strcmp0 (mw_profile_get_export_value (profile, target_id, "TakenOver"), "true") == 0;
}

/* What an interrupted run made and could not write down. */
static MwEvolutionEntry *
find_own (GPtrArray       *entries,
          MwEvolutionKind  kind,
          MwProfile       *profile,
          const char      *target_id)
{
  g_autofree char *uid = mw_evolution_source_make_uid (kind, profile, target_id);
  MwEvolutionEntry *entry = mw_evolution_plan_find_entry (entries, uid, kind);

  return entry != NULL && entry->writable && entry->removable ? entry : NULL;
}

static MwEvolutionEntry *
find_account (GPtrArray  *entries,
              MwProfile  *profile,
              const char *target_id,
              gboolean   *remembers)
{
  const char *remembered = mw_profile_get_export_value (profile, target_id, "AccountUid");
  MwEvolutionEntry *entry;

  entry = mw_evolution_plan_find_entry (entries, remembered, MW_EVOLUTION_ACCOUNT);
  if (entry == NULL || !entry->writable || !entry->removable)
    entry = find_own (entries, MW_EVOLUTION_ACCOUNT, profile, target_id);
  *remembers = entry != NULL;
  if (entry != NULL)
    return entry;

  /* The same address by another protocol, or on another server, is an account
   * the person made on purpose. */
  for (guint i = 0; i < entries->len; i++)
    {
      entry = entries->pdata[i];
      if (!entry->writable || !g_key_file_has_group (entry->file, "Mail Account") ||
          is_kept_by_others (entries, entry))
        continue;

      if (is_same_server (entry, profile->incoming->endpoint) &&
          has_address (entries, entry, profile->address))
        return entry;
    }

  return NULL;
}

/* Whether an identity other than @identity refers to @uid. */
static gboolean
is_shared (GPtrArray        *entries,
           MwEvolutionEntry *identity,
           const char       *group,
           const char       *key,
           const char       *uid)
{
  for (guint i = 0; i < entries->len; i++)
    {
      MwEvolutionEntry *entry = entries->pdata[i];
      g_autofree char *other = NULL;

      if (entry == identity)
        continue;

      other = entry_get (entry, group, key);
      if (g_strcmp0 (other, uid) == 0)
        return TRUE;
    }

  return FALSE;
}

static MwEvolutionEntry *
find_transport (GPtrArray        *entries,
                MwEvolutionEntry *identity)
{
  g_autofree char *uid = entry_get (identity, "Mail Submission", "TransportUid");
  MwEvolutionEntry *entry;

  entry = mw_evolution_plan_find_entry (entries, uid, MW_EVOLUTION_TRANSPORT);

  /* A server that sends for other accounts too is not changed under them. */
  if (entry == NULL || !entry->writable ||
      is_shared (entries, identity, "Mail Submission", "TransportUid", uid))
    return NULL;

  return entry;
}

static gboolean
is_taken (GPtrArray  *entries,
          const char *uid)
{
  for (guint i = 0; i < entries->len; i++)
    {
      MwEvolutionEntry *entry = entries->pdata[i];

      if (g_str_equal (entry->uid, uid))
        return TRUE;
    }

  return FALSE;
}

static char *
entry_uid_or_new (GPtrArray        *entries,
                  MwEvolutionEntry *entry,
                  MwEvolutionKind   kind,
                  MwProfile        *profile,
                  const char       *target_id)
{
  g_autofree char *uid = NULL;

  if (entry != NULL)
    return g_strdup (entry->uid);
  uid = mw_evolution_source_make_uid (kind, profile, target_id);
  return is_taken (entries, uid) ? mw_evolution_source_new_uid () : g_steal_pointer (&uid);
}

static void
add_edit (MwEvolutionPlan  *self,
          MwEvolutionKind   kind,
          MwProfile        *profile,
          const char       *uid,
          MwEvolutionEntry *entry)
{
  MwEvolutionEdit *edit = edit_new (kind, uid, entry);

  edit->data = mw_evolution_source_render (kind, profile, &self->uids, edit->former);
  if (g_strcmp0 (edit->data, edit->former) == 0)
    {
      edit_free (edit);
      return;
    }

  if (edit->former != NULL && mw_evolution_source_server_differs (edit->former, edit->data))
    self->server_differs = TRUE;
  g_ptr_array_add (self->edits, edit);
}

static void
add_removal (MwEvolutionPlan  *self,
             MwEvolutionKind   kind,
             MwEvolutionEntry *entry)
{
  if (entry != NULL && entry->removable)
    g_ptr_array_add (self->removals, edit_new (kind, entry->uid, entry));
}

static MwEvolutionEntry *
find_own_transport (GPtrArray        *entries,
                    MwEvolutionEntry *identity,
                    MwProfile        *profile,
                    const char       *target_id)
{
  MwEvolutionEntry *entry = find_own (entries, MW_EVOLUTION_TRANSPORT, profile, target_id);

  return entry != NULL && !is_shared (entries, identity, "Mail Submission", "TransportUid",
                                      entry->uid) ? entry : NULL;
}

/* The signature Mailwright made earlier; the person's own ones are left alone. */
static MwEvolutionEntry *
find_signature (GPtrArray  *entries,
                MwProfile  *profile,
                const char *target_id)
{
  const char *uid = mw_profile_get_export_value (profile, target_id, "SignatureUid");
  MwEvolutionEntry *entry;

  if (uid == NULL)
    return find_own (entries, MW_EVOLUTION_SIGNATURE, profile, target_id);
  if (!mw_evolution_source_is_uid (uid))
    return NULL;

  entry = mw_evolution_plan_find_entry (entries, uid, MW_EVOLUTION_SIGNATURE);
  return entry != NULL && entry->writable && entry->removable ? entry : NULL;
}

static void
plan_signature (MwEvolutionPlan  *self,
                GPtrArray        *entries,
                MwProfile        *profile,
                const char       *target_id,
                MwEvolutionEntry *identity)
{
  MwEvolutionEntry *entry = find_signature (entries, profile, target_id);
  g_autofree char *used = entry_get (identity, "Mail Identity", "SignatureUid");

  if (profile->signature != NULL && *profile->signature != '\0')
    {
      self->uids.signature = entry_uid_or_new (entries, entry, MW_EVOLUTION_SIGNATURE, profile,
                                               target_id);
      add_edit (self, MW_EVOLUTION_SIGNATURE, profile, self->uids.signature, entry);
    }
  else if (entry != NULL)
    {
      if (g_strcmp0 (used, entry->uid) == 0)
        self->uids.signature = g_strdup ("");
      if (!is_shared (entries, identity, "Mail Identity", "SignatureUid", entry->uid))
        add_removal (self, MW_EVOLUTION_SIGNATURE, entry);
    }
}

static gboolean
can_sign_in (MwService *service)
{
  return service == NULL || service->auth != MW_AUTH_OAUTH2 ||
         mw_evolution_source_get_sign_in (service->endpoint) != NULL;
}

MwEvolutionPlan *
mw_evolution_plan_new (GPtrArray   *entries,
                       MwProfile   *profile,
                       const char  *target_id,
                       GError     **error)
{
  g_autoptr(MwEvolutionPlan) self = plan_new ();
  MwEvolutionEntry *account, *identity, *transport;
  gboolean remembers;

  g_return_val_if_fail (entries != NULL, NULL);
  g_return_val_if_fail (profile != NULL && profile->incoming != NULL, NULL);
  g_return_val_if_fail (target_id != NULL, NULL);

  if (is_provided_elsewhere (entries, profile->address))
    {
      g_set_error (error, MW_EXPORT_ERROR, MW_EXPORT_ERROR_EXISTS_ELSEWHERE,
                   "Evolution has this address from GNOME Online Accounts");
      return NULL;
    }

  if (!can_sign_in (profile->incoming) || !can_sign_in (profile->outgoing))
    {
      g_set_error (error, MW_EXPORT_ERROR, MW_EXPORT_ERROR_SIGN_IN,
                   "Evolution has no browser sign-in for this server");
      return NULL;
    }

  account = find_account (entries, profile, target_id, &remembers);
  self->takes_over = account != NULL && !remembers;
  self->uids.by_hand = self->takes_over ||
                       (account != NULL && was_taken_over (profile, target_id));
  identity = account != NULL ? find_identity (entries, account)
                             : find_own (entries, MW_EVOLUTION_IDENTITY, profile, target_id);
  if (identity != NULL && !identity->writable)
    identity = NULL;
  transport = identity != NULL ? find_transport (entries, identity) : NULL;
  if (transport == NULL && account == NULL)
    transport = find_own_transport (entries, identity, profile, target_id);

  self->uids.account = entry_uid_or_new (entries, account, MW_EVOLUTION_ACCOUNT, profile,
                                         target_id);
  self->uids.identity = entry_uid_or_new (entries, identity, MW_EVOLUTION_IDENTITY, profile,
                                          target_id);
  self->uids.transport = profile->outgoing != NULL
                           ? entry_uid_or_new (entries, transport, MW_EVOLUTION_TRANSPORT, profile,
                                               target_id)
                           : g_strdup ("");
  for (guint i = 0; i < MW_N_FOLDER_USES; i++)
    self->uids.folders[i] = g_strdup (mw_profile_get_export_value (
      profile, target_id, mw_evolution_source_get_folder_key (i)));

  if (!self->uids.by_hand)
    plan_signature (self, entries, profile, target_id, identity);
  add_edit (self, MW_EVOLUTION_ACCOUNT, profile, self->uids.account, account);
  add_edit (self, MW_EVOLUTION_IDENTITY, profile, self->uids.identity, identity);
  if (profile->outgoing != NULL)
    add_edit (self, MW_EVOLUTION_TRANSPORT, profile, self->uids.transport, transport);
  else
    add_removal (self, MW_EVOLUTION_TRANSPORT, transport);

  return g_steal_pointer (&self);
}

static char *
remembered_uid (MwProfile       *profile,
                const char      *target_id,
                const char      *key,
                MwEvolutionKind  kind)
{
  const char *uid = mw_profile_get_export_value (profile, target_id, key);

  if (uid == NULL)
    return mw_evolution_source_make_uid (kind, profile, target_id);
  return mw_evolution_source_is_uid (uid) ? g_strdup (uid) : NULL;
}

MwEvolutionPlan *
mw_evolution_plan_new_removal (GPtrArray  *entries,
                               MwProfile  *profile,
                               const char *target_id)
{
  g_autoptr(MwEvolutionPlan) self = plan_new ();
  MwEvolutionEntry *account, *identity, *transport, *signature;

  g_return_val_if_fail (entries != NULL, NULL);
  g_return_val_if_fail (profile != NULL, NULL);
  g_return_val_if_fail (target_id != NULL, NULL);

  self->uids.by_hand = was_taken_over (profile, target_id);
  if (self->uids.by_hand)
    return g_steal_pointer (&self);

  self->uids.account = remembered_uid (profile, target_id, "AccountUid",
                                       MW_EVOLUTION_ACCOUNT);
  self->uids.transport = remembered_uid (profile, target_id, "TransportUid",
                                         MW_EVOLUTION_TRANSPORT);
  self->uids.identity = remembered_uid (profile, target_id, "IdentityUid",
                                        MW_EVOLUTION_IDENTITY);
  self->uids.signature = remembered_uid (profile, target_id, "SignatureUid",
                                         MW_EVOLUTION_SIGNATURE);

  account = mw_evolution_plan_find_entry (entries, self->uids.account, MW_EVOLUTION_ACCOUNT);
  identity = mw_evolution_plan_find_entry (entries, self->uids.identity, MW_EVOLUTION_IDENTITY);
  transport = mw_evolution_plan_find_entry (entries, self->uids.transport, MW_EVOLUTION_TRANSPORT);
  signature = find_signature (entries, profile, target_id);

  add_removal (self, MW_EVOLUTION_ACCOUNT, account);
  add_removal (self, MW_EVOLUTION_IDENTITY, identity);
  if (transport != NULL &&
      !is_shared (entries, identity, "Mail Submission", "TransportUid", transport->uid))
    add_removal (self, MW_EVOLUTION_TRANSPORT, transport);
  if (signature != NULL &&
      !is_shared (entries, identity, "Mail Identity", "SignatureUid", signature->uid))
    add_removal (self, MW_EVOLUTION_SIGNATURE, signature);

  return g_steal_pointer (&self);
}

void
mw_evolution_plan_free (MwEvolutionPlan *self)
{
  g_return_if_fail (self != NULL);

  mw_evolution_uids_clear (&self->uids);
  g_ptr_array_unref (self->edits);
  g_ptr_array_unref (self->removals);
  g_free (self);
}
