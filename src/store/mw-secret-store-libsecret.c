/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "store/mw-secret-store-libsecret.h"

#include <libsecret/secret.h>

#include "core/mw-error.h"
#include "store/mw-keyring-service.h"
#include "store/mw-keyring.h"
#include "store/mw-secret-binding.h"

struct _MwSecretStoreLibsecret
{
  GObject parent_instance;
};

static void mw_secret_store_libsecret_iface_init (MwSecretStoreInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (MwSecretStoreLibsecret, mw_secret_store_libsecret, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (MW_TYPE_SECRET_STORE,
                                                      mw_secret_store_libsecret_iface_init))

static const SecretSchema account_schema = {
  "io.github.mailwright.Account", SECRET_SCHEMA_NONE,
  {
    { "account", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { "side", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { "service", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { "host", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { "port", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { "user", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { "outgoing", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { NULL, 0 },
  },
};

static GTask *
store_task_new (MwSecretStore       *store,
                gpointer             source_tag,
                GCancellable        *cancellable,
                GAsyncReadyCallback  callback,
                gpointer             user_data)
{
  GTask *task = g_task_new (store, cancellable, callback, user_data);

  g_task_set_source_tag (task, source_tag);
  g_task_set_check_cancellable (task, FALSE);
  return task;
}

static void
check_open_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (user_data);
  g_autoptr(GError) error = NULL;
  g_autoptr(SecretService) service = mw_keyring_open_finish (result, &error);

  if (service != NULL)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
mw_secret_store_libsecret_check_async (MwSecretStore       *store,
                                       GCancellable        *cancellable,
                                       GAsyncReadyCallback  callback,
                                       gpointer             user_data)
{
  GTask *task = store_task_new (store, mw_secret_store_libsecret_check_async, cancellable,
                                callback, user_data);

  mw_keyring_open_async (cancellable, check_open_cb, task);
}

static gboolean
mw_secret_store_libsecret_check_finish (MwSecretStore  *store,
                                        GAsyncResult   *result,
                                        GError        **error)
{
  g_return_val_if_fail (g_task_is_valid (result, store), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, mw_secret_store_libsecret_check_async),
                        FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
save_store_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (user_data);
  g_autoptr(GError) error = NULL;

  if (mw_keyring_store_finish (result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
mw_secret_store_libsecret_save_async (MwSecretStore       *store,
                                      MwProfile           *profile,
                                      MwSide               side,
                                      MwSecret            *secret,
                                      GCancellable        *cancellable,
                                      GAsyncReadyCallback  callback,
                                      gpointer             user_data)
{
  g_autoptr(GHashTable) attributes = mw_secret_binding_new (profile, side);
  g_autoptr(GHashTable) family = mw_secret_binding_new_family (profile, side);
  g_autofree char *label = mw_secret_binding_describe (profile, side);
  g_autoptr(GTask) task = store_task_new (store, mw_secret_store_libsecret_save_async,
                                          cancellable, callback, user_data);

  if (attributes == NULL)
    {
      g_task_return_new_error (task, MW_STORE_ERROR, MW_STORE_ERROR_NOT_STORED,
                               "This side of the account has no log-in");
      return;
    }

  mw_keyring_store_async (&account_schema, attributes, family, label, secret, cancellable,
                          save_store_cb, g_steal_pointer (&task));
}

static gboolean
mw_secret_store_libsecret_save_finish (MwSecretStore  *store,
                                       GAsyncResult   *result,
                                       GError        **error)
{
  g_return_val_if_fail (g_task_is_valid (result, store), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, mw_secret_store_libsecret_save_async),
                        FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
lookup_keyring_cb (GObject      *object,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (user_data);
  g_autoptr(GError) error = NULL;
  MwSecret *secret = mw_keyring_lookup_finish (result, &error);

  if (error != NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, secret, (GDestroyNotify) mw_secret_unref);
}

static void
mw_secret_store_libsecret_lookup_async (MwSecretStore       *store,
                                        MwProfile           *profile,
                                        MwSide               side,
                                        GCancellable        *cancellable,
                                        GAsyncReadyCallback  callback,
                                        gpointer             user_data)
{
  g_autoptr(GHashTable) attributes = mw_secret_binding_new_query (profile, side);
  g_autoptr(GTask) task = store_task_new (store, mw_secret_store_libsecret_lookup_async,
                                          cancellable, callback, user_data);

  if (attributes == NULL)
    {
      g_task_return_pointer (task, NULL, NULL);
      return;
    }

  mw_keyring_lookup_async (&account_schema, attributes, cancellable, lookup_keyring_cb,
                           g_steal_pointer (&task));
}

static MwSecret *
mw_secret_store_libsecret_lookup_finish (MwSecretStore  *store,
                                         GAsyncResult   *result,
                                         GError        **error)
{
  g_return_val_if_fail (g_task_is_valid (result, store), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, mw_secret_store_libsecret_lookup_async),
                        NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
clear_keyring_cb (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (user_data);
  g_autoptr(GError) error = NULL;

  if (mw_keyring_clear_finish (result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
mw_secret_store_libsecret_clear_async (MwSecretStore       *store,
                                       const char          *account_id,
                                       guint                sides,
                                       GCancellable        *cancellable,
                                       GAsyncReadyCallback  callback,
                                       gpointer             user_data)
{
  g_autoptr(GHashTable) attributes = mw_secret_binding_new_account (account_id, sides);
  GTask *task = store_task_new (store, mw_secret_store_libsecret_clear_async, cancellable,
                                callback, user_data);

  mw_keyring_clear_async (&account_schema, attributes, cancellable, clear_keyring_cb, task);
}

static gboolean
mw_secret_store_libsecret_clear_finish (MwSecretStore  *store,
                                        GAsyncResult   *result,
                                        GError        **error)
{
  g_return_val_if_fail (g_task_is_valid (result, store), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, mw_secret_store_libsecret_clear_async),
                        FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
mw_secret_store_libsecret_iface_init (MwSecretStoreInterface *iface)
{
  iface->check_async = mw_secret_store_libsecret_check_async;
  iface->check_finish = mw_secret_store_libsecret_check_finish;
  iface->save_async = mw_secret_store_libsecret_save_async;
  iface->save_finish = mw_secret_store_libsecret_save_finish;
  iface->lookup_async = mw_secret_store_libsecret_lookup_async;
  iface->lookup_finish = mw_secret_store_libsecret_lookup_finish;
  iface->clear_async = mw_secret_store_libsecret_clear_async;
  iface->clear_finish = mw_secret_store_libsecret_clear_finish;
}

static void
mw_secret_store_libsecret_class_init (MwSecretStoreLibsecretClass *klass)
{
}

static void
mw_secret_store_libsecret_init (MwSecretStoreLibsecret *self)
{
}

MwSecretStore *
mw_secret_store_libsecret_new (void)
{
  return g_object_new (MW_TYPE_SECRET_STORE_LIBSECRET, NULL);
}
