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

GPtrArray *
mw_engine_get_exporters (MwEngine *self)
{
  g_return_val_if_fail (MW_IS_ENGINE (self), NULL);

  return self->exporters;
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
