/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

/* Accounts on their way out of mail programs. */

#include "config.h"

#include "setup/mw-engine-private.h"

#include <string.h>

#include "core/mw-error.h"
#include "core/mw-host-policy.h"
#include "discovery/mw-provider-candidates.h"
#include "export/mw-evolution-exporter.h"
#include "export/mw-thunderbird-exporter.h"

typedef struct {
  char            *target_id;
  MwExportTarget  *target;
  gboolean         with_passwords;
  MwExportOptions *options;
} Reading;

static void
reading_free (gpointer data)
{
  Reading *reading = data;

  g_free (reading->target_id);
  g_clear_pointer (&reading->target, mw_export_target_unref);
  g_clear_pointer (&reading->options, mw_export_options_free);
  g_free (reading);
}

/* Recognising: which of the accounts are saved here. */

static gboolean
same_service (MwService *a,
              MwService *b)
{
  if (a == NULL || b == NULL)
    return FALSE;

  return mw_endpoint_get_protocol (a->endpoint) == mw_endpoint_get_protocol (b->endpoint) &&
         g_str_equal (mw_endpoint_get_host (a->endpoint), mw_endpoint_get_host (b->endpoint)) &&
         g_strcmp0 (a->user_name, b->user_name) == 0;
}

static gboolean
same_address (MwFoundAccount *account,
              MwProfile      *saved)
{
  return account->profile->address != NULL && saved->address != NULL &&
         g_ascii_strcasecmp (account->profile->address, saved->address) == 0;
}

/* Whether an export to where the account was found left just these keys. */
static gboolean
is_remembered (MwFoundAccount *account,
               MwExportTarget *target,
               MwProfile      *saved)
{
  const char *colon = strchr (account->target_id, ':');
  const char *folder = target->profile == NULL && colon != NULL ? colon + 1 : target->profile;
  const char *id = mw_profile_find_export (saved, account->target_id, folder);
  GHashTableIter keys;
  gpointer key, value;

  if (id == NULL || g_hash_table_size (account->values) == 0)
    return FALSE;

  g_hash_table_iter_init (&keys, account->values);
  while (g_hash_table_iter_next (&keys, &key, &value))
    {
      if (g_strcmp0 (mw_profile_get_export_value (saved, id, key), value) != 0)
        return FALSE;
    }

  return TRUE;
}

static void
recognise (MwEngine       *self,
           MwFoundAccount *account,
           MwExportTarget *target)
{
  GPtrArray *profiles = mw_profile_store_get_profiles (mw_engine_get_profile_store (self));

  for (guint i = 0; i < profiles->len; i++)
    {
      MwProfile *saved = profiles->pdata[i];
      gboolean remembered;

      if (!same_address (account, saved))
        continue;
      remembered = is_remembered (account, target, saved);
      account->ours = account->ours || remembered;
      if (account->saved_id == NULL &&
          (remembered || same_service (account->profile->incoming, saved->incoming)))
        account->saved_id = g_strdup (saved->id);
      else
        account->address_saved = TRUE;
    }
}

/* Trust: which hosts need a yes. */

/* Whether the built-in list names the host for exactly this address. */
static gboolean
is_listed (MwEngine  *self,
           MwAddress *address,
           MwService *service)
{
  MwProviderTable *table = mw_engine_get_providers (self);
  GPtrArray *matches = mw_provider_table_lookup_domain (table, mw_address_get_domain (address));
  g_autoptr(GPtrArray) candidates = NULL;

  candidates = g_ptr_array_new_with_free_func ((GDestroyNotify) mw_candidate_unref);
  for (guint i = 0; matches != NULL && i < matches->len; i++)
    {
      MwProviderMatch *match = matches->pdata[i];

      mw_provider_candidates_add (candidates, match->provider, match->confirmed, address, NULL,
                                  MW_ORIGIN_PROVIDER);
    }

  for (guint i = 0; i < candidates->len; i++)
    {
      MwCandidate *candidate = candidates->pdata[i];

      if (mw_candidate_get_grade (candidate) == MW_GRADE_A &&
          g_str_equal (mw_endpoint_get_host (mw_candidate_get_endpoint (candidate)),
                       mw_endpoint_get_host (service->endpoint)))
        return TRUE;
    }

  return FALSE;
}

/* Nobody typed anything, so that of all sources only the built-in list counts. */
static gboolean
needs_consent (MwEngine  *self,
               MwAddress *address,
               MwService *service)
{
  MwHostFacts facts = {
    .grade = MW_GRADE_L,
    .named_by_a = address != NULL && is_listed (self, address, service),
    .mail_port = mw_endpoint_is_mail_port (service->endpoint),
    .address_public = TRUE,
    .security_none = mw_endpoint_get_security (service->endpoint) == MW_SECURITY_NONE,
  };

  return mw_host_policy_decide (&facts) != MW_HOST_DECISION_SILENT;
}

static void
find_hosts (MwEngine       *self,
            MwFoundAccount *account)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr(MwAddress) address = NULL;
  const char *former = NULL;

  if (account->profile->address != NULL)
    address = mw_address_parse (account->profile->address, NULL);

  for (guint side = 0; side < 2; side++)
    {
      MwService *service = mw_profile_get_service (account->profile, side);
      const char *host;

      if (service == NULL || !needs_consent (self, address, service))
        continue;
      host = mw_endpoint_get_host (service->endpoint);
      if (g_strcmp0 (host, former) != 0)
        g_strv_builder_add (builder, host);
      former = host;
    }

  g_strfreev (account->hosts);
  account->hosts = g_strv_builder_end (builder);
}

static void
on_accounts_read_cb (GObject      *object,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (user_data);
  MwEngine *self = g_task_get_source_object (task);
  Reading *reading = g_task_get_task_data (task);
  GPtrArray *accounts;
  GError *error = NULL;

  accounts = mw_exporter_read_accounts_finish (MW_EXPORTER (object), result, &error);
  if (accounts == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  for (guint i = 0; i < accounts->len; i++)
    {
      recognise (self, accounts->pdata[i], reading->target);
      find_hosts (self, accounts->pdata[i]);
    }
  g_task_return_pointer (task, accounts, (GDestroyNotify) g_ptr_array_unref);
}

static MwExporter *
find_exporter (MwEngine     *self,
               MwMailClient  client)
{
  GPtrArray *exporters = mw_engine_get_exporters (self);
  GType type = client == MW_MAIL_CLIENT_EVOLUTION ? MW_TYPE_EVOLUTION_EXPORTER
                                                  : MW_TYPE_THUNDERBIRD_EXPORTER;

  for (guint i = 0; i < exporters->len; i++)
    {
      if (G_TYPE_CHECK_INSTANCE_TYPE (exporters->pdata[i], type))
        return exporters->pdata[i];
    }

  g_return_val_if_reached (NULL);
}

/* A folder the person named. */
static MwExportTarget *
find_folder (const char  *path,
             GError     **error)
{
  MwExportTarget *target = mw_evolution_exporter_target_for_folder (path);

  if (target == NULL)
    target = mw_thunderbird_exporter_target_for_root (path);
  return target != NULL ? target : mw_thunderbird_exporter_target_for_folder (path, error);
}

static void
read_target (GTask *owned_task)
{
  MwEngine *self = g_task_get_source_object (owned_task);
  Reading *reading = g_task_get_task_data (owned_task);

  mw_exporter_read_accounts_async (find_exporter (self, reading->target->client),
                                   reading->target, reading->with_passwords, reading->options,
                                   g_task_get_cancellable (owned_task), on_accounts_read_cb,
                                   owned_task);
}

static void
on_reading_targets_cb (GObject      *object,
                       GAsyncResult *result,
                       gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (user_data);
  Reading *reading = g_task_get_task_data (task);
  g_autoptr(GPtrArray) targets = NULL;
  GError *error = NULL;

  targets = mw_engine_find_targets_finish (MW_ENGINE (object), result, &error);
  if (targets == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  for (guint i = 0; reading->target == NULL && i < targets->len; i++)
    {
      if (mw_engine_matches_target (reading->target_id, targets->pdata[i]))
        reading->target = mw_export_target_ref (targets->pdata[i]);
    }

  /* What it has can be read where its data server is not there to be asked. */
  if (reading->target == NULL && g_str_equal (reading->target_id, "evolution"))
    reading->target = mw_evolution_exporter_target_for_folder (NULL);

  if (reading->target != NULL)
    read_target (g_steal_pointer (&task));
  else
    g_task_return_new_error (task, MW_EXPORT_ERROR, MW_EXPORT_ERROR_NO_TARGET,
                             "There is no mail program %s here", reading->target_id);
}

/* Importing: the passwords, then the account. */

typedef struct {
  MwFoundAccount *account;
  MwProfile      *profile;
  gboolean        keep_passwords;
  GError         *error;
} Import;

static void
import_free (gpointer data)
{
  Import *import = data;

  mw_found_account_unref (import->account);
  g_clear_pointer (&import->profile, mw_profile_unref);
  g_clear_error (&import->error);
  g_free (import);
}

static void
on_forgotten_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (user_data);
  Import *import = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;

  if (!mw_secret_store_clear_finish (MW_SECRET_STORE (object), result, &error))
    g_info ("Cannot clear the keyring: %s", error->message);
  g_task_return_error (task, g_steal_pointer (&import->error));
}

/* A password without an account would stay in the keyring unseen. */
static void
give_up (GTask  *task,
         GError *error)
{
  MwEngine *self = g_task_get_source_object (task);
  Import *import = g_task_get_task_data (task);

  if (!import->keep_passwords)
    {
      g_task_return_error (task, error);
      return;
    }

  import->error = error;
  mw_secret_store_clear_async (mw_engine_get_secret_store (self), import->profile->id,
                               MW_SECRET_STORE_BOTH, NULL, on_forgotten_cb, g_object_ref (task));
}

static void
on_saved_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (user_data);
  Import *import = g_task_get_task_data (task);
  GError *error = NULL;

  if (mw_profile_store_save_finish (MW_PROFILE_STORE (object), result, &error))
    g_task_return_pointer (task, mw_profile_ref (import->profile),
                           (GDestroyNotify) mw_profile_unref);
  else
    give_up (task, error);
}

static void
save_account (GTask *task)
{
  MwEngine *self = g_task_get_source_object (task);
  Import *import = g_task_get_task_data (task);

  mw_profile_store_save_async (mw_engine_get_profile_store (self), import->profile, NULL,
                               on_saved_cb, g_object_ref (task));
}

static void
on_outgoing_kept_cb (GObject      *object,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (user_data);
  GError *error = NULL;

  if (mw_secret_store_save_finish (MW_SECRET_STORE (object), result, &error))
    save_account (task);
  else
    give_up (task, error);
}

static void
keep_outgoing (GTask *task)
{
  MwEngine *self = g_task_get_source_object (task);
  Import *import = g_task_get_task_data (task);
  MwProfile *profile = import->profile;

  if (import->keep_passwords && import->account->outgoing != NULL && profile->own_credentials &&
      profile->outgoing != NULL)
    mw_secret_store_save_async (mw_engine_get_secret_store (self), profile, MW_SIDE_OUTGOING,
                                import->account->outgoing, NULL, on_outgoing_kept_cb,
                                g_object_ref (task));
  else
    save_account (task);
}

static void
on_incoming_kept_cb (GObject      *object,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (user_data);
  GError *error = NULL;

  if (mw_secret_store_save_finish (MW_SECRET_STORE (object), result, &error))
    keep_outgoing (task);
  else
    give_up (task, error);
}

static void
keep_incoming (GTask *task)
{
  MwEngine *self = g_task_get_source_object (task);
  Import *import = g_task_get_task_data (task);

  if (import->keep_passwords && import->account->incoming != NULL)
    mw_secret_store_save_async (mw_engine_get_secret_store (self), import->profile,
                                MW_SIDE_INCOMING, import->account->incoming,
                                g_task_get_cancellable (task), on_incoming_kept_cb,
                                g_object_ref (task));
  else
    keep_outgoing (task);
}

/* The account that this one is here already. Another may have been imported
 * since it was read. */
static MwProfile *
find_saved (MwEngine       *self,
            MwFoundAccount *account)
{
  GPtrArray *profiles = mw_profile_store_get_profiles (mw_engine_get_profile_store (self));

  for (guint i = 0; i < profiles->len; i++)
    {
      MwProfile *saved = profiles->pdata[i];

      if (g_strcmp0 (saved->id, account->saved_id) == 0 ||
          (same_address (account, saved) &&
           same_service (account->profile->incoming, saved->incoming)))
        return saved;
    }

  return NULL;
}

static gboolean
check_hosts (MwFoundAccount      *account,
             const char * const  *allowed_hosts,
             GError             **error)
{
  for (guint i = 0; account->hosts[i] != NULL; i++)
    {
      if (allowed_hosts == NULL || !g_strv_contains (allowed_hosts, account->hosts[i]))
        {
          g_set_error (error, MW_PROBE_ERROR, MW_OUTCOME_CONSENT_NEEDED,
                       "Nobody said yes to %s", account->hosts[i]);
          return FALSE;
        }
    }

  return TRUE;
}

void
mw_engine_read_accounts_async (MwEngine              *self,
                               const char            *target_id,
                               gboolean               with_passwords,
                               const MwExportOptions *options,
                               GCancellable          *cancellable,
                               GAsyncReadyCallback    callback,
                               gpointer               user_data)
{
  g_autoptr(GTask) task = NULL;
  Reading *reading;
  GError *error = NULL;

  g_return_if_fail (MW_IS_ENGINE (self));
  g_return_if_fail (target_id != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, mw_engine_read_accounts_async);
  reading = g_new0 (Reading, 1);
  reading->target_id = g_strdup (target_id);
  reading->with_passwords = with_passwords;
  reading->options = mw_export_options_copy (options);
  g_task_set_task_data (task, reading, reading_free);

  if (!g_path_is_absolute (target_id))
    {
      mw_engine_find_targets_async (self, cancellable, on_reading_targets_cb,
                                    g_steal_pointer (&task));
      return;
    }

  reading->target = find_folder (target_id, &error);
  if (reading->target != NULL)
    read_target (g_steal_pointer (&task));
  else
    g_task_return_error (task, error);
}

GPtrArray *
mw_engine_read_accounts_finish (MwEngine      *self,
                                GAsyncResult  *result,
                                GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, mw_engine_read_accounts_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

void
mw_engine_import_async (MwEngine             *self,
                        MwFoundAccount       *account,
                        const char * const   *allowed_hosts,
                        gboolean              keep_passwords,
                        GCancellable         *cancellable,
                        GAsyncReadyCallback   callback,
                        gpointer              user_data)
{
  g_autoptr(GTask) task = NULL;
  MwProfile *saved;
  Import *import;
  GError *error = NULL;

  g_return_if_fail (MW_IS_ENGINE (self));
  g_return_if_fail (account != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, mw_engine_import_async);
  g_task_set_check_cancellable (task, FALSE);
  import = g_new0 (Import, 1);
  import->account = mw_found_account_ref (account);
  import->keep_passwords = keep_passwords;
  g_task_set_task_data (task, import, import_free);

  if (account->obstacle != MW_FOUND_OBSTACLE_NONE || account->profile->incoming == NULL)
    {
      g_task_return_new_error (task, MW_EXPORT_ERROR, MW_EXPORT_ERROR_REFUSED,
                               "The account cannot be imported: %s",
                               mw_enum_to_nick (MW_TYPE_FOUND_OBSTACLE, account->obstacle));
      return;
    }

  saved = find_saved (self, account);
  if (saved != NULL)
    g_task_return_pointer (task, mw_profile_ref (saved), (GDestroyNotify) mw_profile_unref);
  else if (!check_hosts (account, allowed_hosts, &error))
    g_task_return_error (task, error);
  else
    {
      import->profile = mw_profile_copy (account->profile);
      keep_incoming (task);
    }
}

MwProfile *
mw_engine_import_finish (MwEngine      *self,
                         GAsyncResult  *result,
                         GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, mw_engine_import_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
