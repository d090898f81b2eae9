/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "setup/mw-engine-private.h"

#include <string.h>
#include <sys/resource.h>

#include "core/mw-error.h"
#include "export/mw-evolution-exporter.h"
#include "export/mw-exporter.h"
#include "export/mw-thunderbird-exporter.h"
#include "store/mw-secret-store-libsecret.h"

struct _MwEngine
{
  GObject parent_instance;

  /* Owned */
  MwTlsCredentials *tls;
  MwHttpFetch      *fetch;
  MwSecretStore    *secrets;
  MwProfileStore   *profiles;
  GPtrArray        *exporters;   /* element MwExporter */
  MwNetworkState   *network;     /* NULL until first asked for */
  MwProviderTable  *providers;   /* NULL until the thread was waited for */
  GThread          *provider_thread;
};

G_DEFINE_FINAL_TYPE (MwEngine, mw_engine, G_TYPE_OBJECT)

enum {
  NETWORK_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* Reading the list takes a few milliseconds, which the start of a program can
 * spend better; by the time an address has been typed it is there. */
static gpointer
load_providers (gpointer data)
{
  MwProviderTable *table = mw_provider_table_new_built_in ();
  g_auto(GStrv) folders = mw_engine_dup_folders ("providers.d");

  for (gsize i = 0; folders[i] != NULL; i++)
    {
      g_autoptr(GPtrArray) problems = mw_provider_table_add_folder (table, folders[i]);

      for (guint j = 0; j < problems->len; j++)
        g_warning ("Cannot use all of %s", (char *) g_ptr_array_index (problems, j));
    }

  return table;
}

/* Looking for targets: all exporters at once. */

typedef struct {
  GPtrArray *targets;     /* element MwExportTarget */
  GPtrArray *owners;      /* element MwExporter, beside targets */
  guint      unfinished;
} Search;

static void
search_free (gpointer data)
{
  Search *search = data;

  g_ptr_array_unref (search->targets);
  g_ptr_array_unref (search->owners);
  g_free (search);
}

static void
on_targets_found_cb (GObject      *object,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (user_data);
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) found = NULL;
  Search *search = g_task_get_task_data (task);

  found = mw_exporter_find_targets_finish (MW_EXPORTER (object), result, &error);
  if (found == NULL)
    g_info ("A kind of mail program could not be looked for: %s", error->message);

  for (guint i = 0; found != NULL && i < found->len; i++)
    {
      g_ptr_array_add (search->targets, mw_export_target_ref (found->pdata[i]));
      g_ptr_array_add (search->owners, g_object_ref (object));
    }

  if (--search->unfinished == 0)
    g_task_return_boolean (task, TRUE);
}

static GTask *
search_targets (MwEngine            *self,
                GCancellable        *cancellable,
                GAsyncReadyCallback  callback,
                gpointer             user_data,
                gpointer             tag)
{
  g_autoptr(GTask) task = g_task_new (self, cancellable, callback, user_data);
  Search *search = g_new0 (Search, 1);

  g_task_set_source_tag (task, tag);
  search->targets = g_ptr_array_new_with_free_func ((GDestroyNotify) mw_export_target_unref);
  search->owners = g_ptr_array_new_with_free_func (g_object_unref);
  search->unfinished = self->exporters->len;
  g_task_set_task_data (task, search, search_free);

  for (guint i = 0; i < self->exporters->len; i++)
    mw_exporter_find_targets_async (self->exporters->pdata[i], cancellable,
                                    on_targets_found_cb, g_object_ref (task));

  return g_steal_pointer (&task);
}

/* Handing over or taking back: find the target, get the passwords, do it,
 * remember it. */

typedef struct {
  MwProfile      *profile;
  char           *target_id;
  MwExportTarget *target;
  MwExporter     *exporter;
  MwSecret       *incoming;
  MwSecret       *outgoing;
  MwExportReport *report;
  gboolean        dry_run;
} Export;

static void
export_free (gpointer data)
{
  Export *export = data;

  mw_profile_unref (export->profile);
  g_free (export->target_id);
  g_clear_pointer (&export->target, mw_export_target_unref);
  g_clear_object (&export->exporter);
  g_clear_pointer (&export->incoming, mw_secret_unref);
  g_clear_pointer (&export->outgoing, mw_secret_unref);
  g_clear_pointer (&export->report, mw_export_report_unref);
  g_free (export);
}

static void
on_export_remembered_cb (GObject      *object,
                         GAsyncResult *result,
                         gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (user_data);
  g_autoptr(GError) error = NULL;
  Export *export = g_task_get_task_data (task);

  /* The account is in the mail program; that it could not be written down here
   * only means that the next export looks for it again. */
  if (!mw_profile_store_save_finish (MW_PROFILE_STORE (object), result, &error))
    g_warning ("Cannot remember where an account was handed to: %s", error->message);

  g_task_return_pointer (task, mw_export_report_ref (export->report),
                         (GDestroyNotify) mw_export_report_unref);
}

static void
remember_export (MwEngine *self,
                 GTask    *task,
                 Export   *export)
{
  g_autoptr(MwProfile) newest = NULL;
  g_autoptr(MwProfile) changed = NULL;
  GHashTableIter iter;
  gpointer key, value;

  /* The account may have been changed meanwhile, or deleted. */
  newest = mw_profile_store_find (self->profiles, export->profile->id, NULL);
  if (newest == NULL)
    {
      g_task_return_pointer (task, mw_export_report_ref (export->report),
                             (GDestroyNotify) mw_export_report_unref);
      return;
    }

  changed = mw_profile_copy (newest);
  g_hash_table_iter_init (&iter, export->report->values);
  while (g_hash_table_iter_next (&iter, &key, &value))
    mw_profile_set_export_value (changed, export->target->id, key, value);

  mw_profile_store_save_async (self->profiles, changed, NULL, on_export_remembered_cb,
                               g_object_ref (task));
}

static void
on_exported_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (user_data);
  MwEngine *self = g_task_get_source_object (task);
  Export *export = g_task_get_task_data (task);
  GError *error = NULL;

  export->report = mw_exporter_export_finish (MW_EXPORTER (object), result, &error);
  if (export->report == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  if (export->dry_run || g_hash_table_size (export->report->values) == 0)
    {
      g_task_return_pointer (task, mw_export_report_ref (export->report),
                             (GDestroyNotify) mw_export_report_unref);
      return;
    }

  remember_export (self, task, export);
}

static void
run_export (GTask *task)
{
  Export *export = g_task_get_task_data (task);

  if (export->outgoing == NULL && !export->profile->own_credentials &&
      export->incoming != NULL)
    export->outgoing = mw_secret_ref (export->incoming);

  mw_exporter_export_async (export->exporter, export->target, export->profile,
                            export->incoming, export->outgoing, export->dry_run,
                            g_task_get_cancellable (task), on_exported_cb, task);
}

/* Without a keyring the account goes over without its password, which the
 * report says. One that stayed locked may have it. */
static gboolean
take_secret (GTask         *task,
             MwSecretStore *store,
             GAsyncResult  *result,
             MwSecret     **out_secret)
{
  GError *error = NULL;

  *out_secret = mw_secret_store_lookup_finish (store, result, &error);
  if (error == NULL)
    return TRUE;

  if (g_error_matches (error, MW_STORE_ERROR, MW_STORE_ERROR_NO_SERVICE))
    {
      g_error_free (error);
      return TRUE;
    }

  g_task_return_error (task, error);
  return FALSE;
}

static void
on_outgoing_secret_cb (GObject      *object,
                       GAsyncResult *result,
                       gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (user_data);
  Export *export = g_task_get_task_data (task);

  if (take_secret (task, MW_SECRET_STORE (object), result, &export->outgoing))
    run_export (g_steal_pointer (&task));
}

static void
on_incoming_secret_cb (GObject      *object,
                       GAsyncResult *result,
                       gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (user_data);
  Export *export = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);

  if (!take_secret (task, MW_SECRET_STORE (object), result, &export->incoming))
    return;

  if (export->profile->own_credentials)
    mw_secret_store_lookup_async (MW_SECRET_STORE (object), export->profile, MW_SIDE_OUTGOING,
                                  cancellable, on_outgoing_secret_cb, g_steal_pointer (&task));
  else
    run_export (g_steal_pointer (&task));
}

static gboolean
matches_target (const char     *wanted,
                MwExportTarget *target)
{
  g_autofree char *family = NULL;
  const char *colon;

  if (g_str_equal (wanted, target->id))
    return TRUE;

  /* An account remembers "thunderbird:FOLDER"; while there is one profile
   * only, the same target is called "thunderbird", and the other way round. */
  colon = strchr (wanted, ':');
  if (colon == NULL)
    return FALSE;

  family = g_strndup (wanted, colon - wanted);
  return g_str_equal (family, target->id) && g_strcmp0 (colon + 1, target->profile) == 0;
}

static gboolean
pick_target (MwEngine    *self,
             const char  *wanted,
             Search      *search,
             Export      *export,
             GError     **error)
{
  for (guint i = 0; i < search->targets->len; i++)
    {
      MwExportTarget *target = search->targets->pdata[i];

      if (matches_target (wanted, target))
        {
          export->target = mw_export_target_ref (target);
          export->exporter = g_object_ref (search->owners->pdata[i]);
          return TRUE;
        }
    }

  if (g_path_is_absolute (wanted))
    {
      export->target = mw_thunderbird_exporter_target_for_folder (wanted, error);
      for (guint i = 0; export->target != NULL && i < self->exporters->len; i++)
        {
          if (MW_IS_THUNDERBIRD_EXPORTER (self->exporters->pdata[i]))
            export->exporter = g_object_ref (self->exporters->pdata[i]);
        }
      return export->target != NULL;
    }

  g_set_error (error, MW_EXPORT_ERROR, MW_EXPORT_ERROR_NO_TARGET,
               "There is no mail program %s here", wanted);
  return FALSE;
}

static void
on_export_targets_cb (GObject      *object,
                      GAsyncResult *result,
                      gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (user_data);
  MwEngine *self = MW_ENGINE (object);
  Export *export = g_task_get_task_data (task);
  Search *search = g_task_get_task_data (G_TASK (result));
  GCancellable *cancellable = g_task_get_cancellable (task);
  GError *error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error) ||
      !pick_target (self, export->target_id, search, export, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  if (export->incoming != NULL || export->dry_run)
    run_export (g_steal_pointer (&task));
  else
    mw_secret_store_lookup_async (self->secrets, export->profile, MW_SIDE_INCOMING,
                                  cancellable, on_incoming_secret_cb, g_steal_pointer (&task));
}

/* Deleting: the mail programs one after the other, the passwords, the file. */

typedef struct {
  MwProfile *profile;
  char     **target_ids;
  guint      next;
  gboolean   keep_secret;
  Search    *search;      /* borrowed from the search's task */
  GTask     *search_task;
  Export     current;
} Deletion;

static void
deletion_free (gpointer data)
{
  Deletion *deletion = data;

  mw_profile_unref (deletion->profile);
  g_strfreev (deletion->target_ids);
  g_clear_object (&deletion->search_task);
  g_clear_pointer (&deletion->current.target, mw_export_target_unref);
  g_clear_object (&deletion->current.exporter);
  g_free (deletion);
}

static void
on_file_deleted_cb (GObject      *object,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (user_data);
  GError *error = NULL;

  if (mw_profile_store_delete_finish (MW_PROFILE_STORE (object), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
on_secret_cleared_cb (GObject      *object,
                      GAsyncResult *result,
                      gpointer      user_data)
{
  GTask *task = G_TASK (user_data);
  MwEngine *self = g_task_get_source_object (task);
  Deletion *deletion = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;

  /* Without a keyring there is nothing to forget. */
  if (!mw_secret_store_clear_finish (MW_SECRET_STORE (object), result, &error))
    g_info ("Cannot clear the keyring: %s", error->message);

  mw_profile_store_delete_async (self->profiles, deletion->profile->id, NULL,
                                 on_file_deleted_cb, task);
}

static void
delete_here (GTask *task)
{
  MwEngine *self = g_task_get_source_object (task);
  Deletion *deletion = g_task_get_task_data (task);

  if (deletion->keep_secret)
    mw_profile_store_delete_async (self->profiles, deletion->profile->id, NULL,
                                   on_file_deleted_cb, task);
  else
    mw_secret_store_clear_async (self->secrets, deletion->profile->id, NULL,
                                 on_secret_cleared_cb, task);
}

static void remove_next (GTask *task);

static void
on_removed_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  GTask *task = G_TASK (user_data);
  g_autoptr(MwExportReport) report = NULL;
  GError *error = NULL;

  report = mw_exporter_remove_finish (MW_EXPORTER (object), result, &error);
  if (report == NULL)
    {
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }

  remove_next (task);
}

static void
remove_next (GTask *task)
{
  MwEngine *self = g_task_get_source_object (task);
  Deletion *deletion = g_task_get_task_data (task);
  const char *target_id;
  GError *error = NULL;

  target_id = deletion->target_ids != NULL ? deletion->target_ids[deletion->next] : NULL;
  if (target_id == NULL)
    {
      delete_here (task);
      return;
    }

  deletion->next++;
  g_clear_pointer (&deletion->current.target, mw_export_target_unref);
  g_clear_object (&deletion->current.exporter);
  if (!pick_target (self, target_id, deletion->search, &deletion->current, &error))
    {
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }

  mw_exporter_remove_async (deletion->current.exporter, deletion->current.target,
                            deletion->profile, NULL, on_removed_cb, task);
}

static void
on_delete_targets_cb (GObject      *object,
                      GAsyncResult *result,
                      gpointer      user_data)
{
  GTask *task = G_TASK (user_data);
  Deletion *deletion = g_task_get_task_data (task);
  GError *error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }

  deletion->search_task = g_object_ref (G_TASK (result));
  deletion->search = g_task_get_task_data (deletion->search_task);
  remove_next (task);
}

static void
on_network_changed_cb (MwEngine *self)
{
  g_signal_emit (self, signals[NETWORK_CHANGED], 0);
}

static void
mw_engine_dispose (GObject *object)
{
  MwEngine *self = MW_ENGINE (object);

  if (self->fetch != NULL)
    mw_http_fetch_stop (self->fetch);
  g_clear_object (&self->fetch);
  if (self->tls != NULL)
    mw_tls_credentials_wait (self->tls);
  g_clear_object (&self->tls);
  g_clear_object (&self->secrets);
  g_clear_object (&self->profiles);
  g_clear_pointer (&self->exporters, g_ptr_array_unref);
  g_clear_object (&self->network);
  if (self->provider_thread != NULL)
    mw_engine_get_providers (self);
  g_clear_pointer (&self->providers, mw_provider_table_unref);

  G_OBJECT_CLASS (mw_engine_parent_class)->dispose (object);
}

static void
mw_engine_class_init (MwEngineClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = mw_engine_dispose;

  signals[NETWORK_CHANGED] = g_signal_new ("network-changed", G_TYPE_FROM_CLASS (klass),
                                           G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                           0);

  /* GLib makes its "C" locale at the first number that is read. When two
   * threads are the first, the one that waits is left with an errno, and
   * g_ascii_string_to_unsigned() takes a good number for a bad one. So one is
   * read before the engine starts any thread. */
  g_ascii_strtoull ("0", NULL, 10);
}

static void
mw_engine_init (MwEngine *self)
{
  self->provider_thread = g_thread_new ("providers", load_providers, NULL);
  self->tls = mw_tls_credentials_new ();
  self->fetch = mw_http_fetch_new ();
  self->secrets = mw_secret_store_libsecret_new ();
  self->exporters = g_ptr_array_new_with_free_func (g_object_unref);
  g_ptr_array_add (self->exporters, mw_evolution_exporter_new ());
  g_ptr_array_add (self->exporters, mw_thunderbird_exporter_new (NULL));
}

MwEngine *
mw_engine_new (const char *data_dir)
{
  MwEngine *self = g_object_new (MW_TYPE_ENGINE, NULL);

  self->profiles = mw_profile_store_new (data_dir);
  return self;
}

MwEngine *
mw_engine_new_with_store (const char    *data_dir,
                          MwSecretStore *secrets)
{
  MwEngine *self = mw_engine_new (data_dir);

  g_set_object (&self->secrets, secrets);
  return self;
}

void
mw_engine_set_network_state (MwEngine       *self,
                             MwNetworkState *network)
{
  g_return_if_fail (MW_IS_ENGINE (self));
  g_return_if_fail (MW_IS_NETWORK_STATE (network));

  if (self->network != NULL)
    g_signal_handlers_disconnect_by_data (self->network, self);
  g_set_object (&self->network, network);
  g_signal_connect_object (network, "changed", G_CALLBACK (on_network_changed_cb), self,
                           G_CONNECT_SWAPPED);
}

void
mw_engine_clean_environment (void)
{
  static const char * const names[] = {
    "SSLKEYLOGFILE", "GNUTLS_DEBUG_LEVEL", "WAYLAND_DEBUG", "G_DBUS_DEBUG",
    "GNUTLS_SYSTEM_PRIORITY_FILE", NULL
  };
  const struct rlimit none = { 0, 0 };

  for (guint i = 0; names[i] != NULL; i++)
    g_unsetenv (names[i]);

  if (setrlimit (RLIMIT_CORE, &none) != 0)
    g_info ("Cannot forbid core files");
}

gboolean
mw_engine_add_ca_file (MwEngine    *self,
                       const char  *path,
                       GError     **error)
{
  g_return_val_if_fail (MW_IS_ENGINE (self), FALSE);
  g_return_val_if_fail (path != NULL, FALSE);

  return mw_tls_credentials_add_ca_file (self->tls, path, error) &&
         mw_http_fetch_add_ca_file (self->fetch, path, error);
}

MwProfileStore *
mw_engine_get_profile_store (MwEngine *self)
{
  g_return_val_if_fail (MW_IS_ENGINE (self), NULL);

  return self->profiles;
}

MwHttpFetch *
mw_engine_get_fetch (MwEngine *self)
{
  g_return_val_if_fail (MW_IS_ENGINE (self), NULL);

  return self->fetch;
}

MwTlsCredentials *
mw_engine_get_tls (MwEngine *self)
{
  g_return_val_if_fail (MW_IS_ENGINE (self), NULL);

  return self->tls;
}

MwNetworkState *
mw_engine_get_network_state (MwEngine *self)
{
  g_return_val_if_fail (MW_IS_ENGINE (self), NULL);

  if (self->network == NULL)
    {
      g_autoptr(MwNetworkState) network = mw_network_state_new (NULL, NULL);

      mw_engine_set_network_state (self, network);
    }

  return self->network;
}

MwNetworkCondition
mw_engine_get_network (MwEngine *self)
{
  MwNetworkState *network;

  g_return_val_if_fail (MW_IS_ENGINE (self), MW_NETWORK_CONDITION_ONLINE);

  network = mw_engine_get_network_state (self);
  if (!mw_network_state_is_prepared (network))
    mw_network_state_prepare_async (network, NULL, NULL);

  return mw_network_state_get_condition (network);
}

MwSecretStore *
mw_engine_get_secret_store (MwEngine *self)
{
  g_return_val_if_fail (MW_IS_ENGINE (self), NULL);

  return self->secrets;
}

MwProviderTable *
mw_engine_get_providers (MwEngine *self)
{
  g_return_val_if_fail (MW_IS_ENGINE (self), NULL);

  if (self->providers == NULL)
    self->providers = g_thread_join (g_steal_pointer (&self->provider_thread));

  return self->providers;
}

void
mw_engine_set_providers (MwEngine        *self,
                         MwProviderTable *providers)
{
  g_return_if_fail (MW_IS_ENGINE (self));
  g_return_if_fail (providers != NULL);

  mw_provider_table_unref (mw_engine_get_providers (self));
  self->providers = mw_provider_table_ref (providers);
}

MwProvider *
mw_engine_lookup_provider (MwEngine   *self,
                           const char *domain)
{
  GPtrArray *matches;
  MwProviderMatch *match;

  g_return_val_if_fail (MW_IS_ENGINE (self), NULL);
  g_return_val_if_fail (domain != NULL, NULL);

  matches = mw_provider_table_lookup_domain (mw_engine_get_providers (self), domain);
  if (matches == NULL)
    return NULL;

  match = g_ptr_array_index (matches, 0);
  return match->provider;
}

/* Who is at home in @country, or in the whole world where it is empty. */
static void
add_well_known (GPtrArray  *found,
                GPtrArray  *providers,
                const char *country,
                guint       max_providers)
{
  for (guint i = 0; i < providers->len && found->len < max_providers; i++)
    {
      MwProvider *provider = g_ptr_array_index (providers, i);
      const char * const *countries = (const char * const *) provider->countries;

      if (mw_provider_is_confirmed (provider) && provider->servers->len > 0 &&
          (*country == '\0' ? countries[0] == NULL : g_strv_contains (countries, country)))
        g_ptr_array_add (found, provider);
    }
}

GPtrArray *
mw_engine_dup_well_known_providers (MwEngine   *self,
                                    const char *country,
                                    guint       max_providers)
{
  GPtrArray *providers;
  GPtrArray *found;

  g_return_val_if_fail (MW_IS_ENGINE (self), NULL);
  g_return_val_if_fail (country != NULL, NULL);

  /* The files name the best known of a country first. Those of the whole
   * world get a third of the places at least. */
  providers = mw_provider_table_get_providers (mw_engine_get_providers (self));
  found = g_ptr_array_new ();
  if (*country != '\0')
    add_well_known (found, providers, country, max_providers - max_providers / 3);
  add_well_known (found, providers, "", max_providers);
  return found;
}

static void
on_keyring_checked_cb (GObject      *object,
                       GAsyncResult *result,
                       gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (user_data);
  GError *error = NULL;

  if (mw_secret_store_check_finish (MW_SECRET_STORE (object), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
mw_engine_check_keyring_async (MwEngine            *self,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;

  g_return_if_fail (MW_IS_ENGINE (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, mw_engine_check_keyring_async);
  mw_secret_store_check_async (self->secrets, cancellable,
                               on_keyring_checked_cb, g_steal_pointer (&task));
}

gboolean
mw_engine_check_keyring_finish (MwEngine      *self,
                                GAsyncResult  *result,
                                GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, mw_engine_check_keyring_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
on_secret_found_cb (GObject      *object,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (user_data);
  GError *error = NULL;
  MwSecret *secret = mw_secret_store_lookup_finish (MW_SECRET_STORE (object), result, &error);

  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, secret, (GDestroyNotify) mw_secret_unref);
}

void
mw_engine_lookup_secret_async (MwEngine            *self,
                               MwProfile           *profile,
                               MwSide               side,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;

  g_return_if_fail (MW_IS_ENGINE (self));
  g_return_if_fail (profile != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, mw_engine_lookup_secret_async);
  mw_secret_store_lookup_async (self->secrets, profile, side, cancellable,
                                on_secret_found_cb, g_steal_pointer (&task));
}

MwSecret *
mw_engine_lookup_secret_finish (MwEngine      *self,
                                GAsyncResult  *result,
                                GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, mw_engine_lookup_secret_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

void
mw_engine_find_targets_async (MwEngine            *self,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;

  g_return_if_fail (MW_IS_ENGINE (self));

  task = search_targets (self, cancellable, callback, user_data, mw_engine_find_targets_async);
}

GPtrArray *
mw_engine_find_targets_finish (MwEngine      *self,
                               GAsyncResult  *result,
                               GError       **error)
{
  Search *search;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, mw_engine_find_targets_async), NULL);

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return NULL;

  search = g_task_get_task_data (G_TASK (result));
  return g_ptr_array_ref (search->targets);
}

void
mw_engine_export_async (MwEngine            *self,
                        MwProfile           *profile,
                        const char          *target_id,
                        MwSecret            *incoming,
                        MwSecret            *outgoing,
                        gboolean             dry_run,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  g_autoptr(GTask) search = NULL;
  Export *export;

  g_return_if_fail (MW_IS_ENGINE (self));
  g_return_if_fail (profile != NULL);
  g_return_if_fail (target_id != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, mw_engine_export_async);
  g_task_set_check_cancellable (task, FALSE);

  export = g_new0 (Export, 1);
  export->profile = mw_profile_ref (profile);
  export->target_id = g_strdup (target_id);
  export->incoming = incoming != NULL ? mw_secret_ref (incoming) : NULL;
  export->outgoing = outgoing != NULL ? mw_secret_ref (outgoing) : NULL;
  export->dry_run = dry_run;
  g_task_set_task_data (task, export, export_free);

  /* Written by hand, or by a newer version. */
  if (profile->incoming == NULL)
    {
      g_task_return_new_error (task, MW_STORE_ERROR, MW_STORE_ERROR_DAMAGED,
                               "The account names no server for receiving");
      return;
    }

  search = search_targets (self, cancellable, on_export_targets_cb, g_steal_pointer (&task),
                           mw_engine_export_async);
}

MwExportReport *
mw_engine_export_finish (MwEngine      *self,
                         GAsyncResult  *result,
                         GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, mw_engine_export_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

void
mw_engine_delete_async (MwEngine            *self,
                        MwProfile           *profile,
                        gboolean             keep_secret,
                        const char * const  *target_ids,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  g_autoptr(GTask) search = NULL;
  Deletion *deletion;

  g_return_if_fail (MW_IS_ENGINE (self));
  g_return_if_fail (profile != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, mw_engine_delete_async);
  g_task_set_check_cancellable (task, FALSE);

  deletion = g_new0 (Deletion, 1);
  deletion->profile = mw_profile_ref (profile);
  deletion->target_ids = g_strdupv ((char **) target_ids);
  deletion->keep_secret = keep_secret;
  g_task_set_task_data (task, deletion, deletion_free);

  if (target_ids == NULL || target_ids[0] == NULL)
    delete_here (g_steal_pointer (&task));
  else
    search = search_targets (self, cancellable, on_delete_targets_cb, g_steal_pointer (&task),
                             mw_engine_delete_async);
}

gboolean
mw_engine_delete_finish (MwEngine      *self,
                         GAsyncResult  *result,
                         GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, mw_engine_delete_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
