/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "store/mw-secret-store-memory.h"

#include "core/mw-error.h"
#include "store/mw-secret-binding.h"

typedef struct {
  GHashTable *attributes;
  MwSecret   *secret;
} Item;

struct _MwSecretStoreMemory
{
  GObject    parent_instance;

  /* Owned */
  GPtrArray *items;
};

static void mw_secret_store_memory_iface_init (MwSecretStoreInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (MwSecretStoreMemory, mw_secret_store_memory, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (MW_TYPE_SECRET_STORE,
                                                      mw_secret_store_memory_iface_init))

static void
item_free (gpointer data)
{
  Item *item = data;

  g_hash_table_unref (item->attributes);
  mw_secret_unref (item->secret);
  g_free (item);
}

static gboolean
attributes_match (GHashTable *wanted,
                  GHashTable *present)
{
  GHashTableIter iter;
  gpointer key, value;

  g_hash_table_iter_init (&iter, wanted);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      if (g_strcmp0 (g_hash_table_lookup (present, key), value) != 0)
        return FALSE;
    }

  return TRUE;
}

static void
remove_matching (MwSecretStoreMemory *self,
                 GHashTable          *attributes)
{
  for (guint i = self->items->len; i > 0; i--)
    {
      Item *item = self->items->pdata[i - 1];

      if (attributes_match (attributes, item->attributes))
        g_ptr_array_remove_index (self->items, i - 1);
    }
}

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
mw_secret_store_memory_check_async (MwSecretStore       *store,
                                    GCancellable        *cancellable,
                                    GAsyncReadyCallback  callback,
                                    gpointer             user_data)
{
  g_autoptr(GTask) task = store_task_new (store, mw_secret_store_memory_check_async,
                                          cancellable, callback, user_data);

  g_task_return_boolean (task, TRUE);
}

static void
mw_secret_store_memory_save_async (MwSecretStore       *store,
                                   MwProfile           *profile,
                                   MwSide               side,
                                   MwSecret            *secret,
                                   GCancellable        *cancellable,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data)
{
  MwSecretStoreMemory *self = MW_SECRET_STORE_MEMORY (store);
  g_autoptr(GHashTable) attributes = mw_secret_binding_new (profile, side);
  g_autoptr(GHashTable) family = mw_secret_binding_new_family (profile, side);
  g_autoptr(GTask) task = store_task_new (store, mw_secret_store_memory_save_async,
                                          cancellable, callback, user_data);
  Item *item;

  if (attributes == NULL)
    {
      g_task_return_new_error (task, MW_STORE_ERROR, MW_STORE_ERROR_NOT_STORED,
                               "This side of the account has no log-in");
      return;
    }

  remove_matching (self, family);
  item = g_new0 (Item, 1);
  item->attributes = g_steal_pointer (&attributes);
  item->secret = mw_secret_ref (secret);
  g_ptr_array_add (self->items, item);
  g_task_return_boolean (task, TRUE);
}

static void
mw_secret_store_memory_lookup_async (MwSecretStore       *store,
                                     MwProfile           *profile,
                                     MwSide               side,
                                     GCancellable        *cancellable,
                                     GAsyncReadyCallback  callback,
                                     gpointer             user_data)
{
  MwSecretStoreMemory *self = MW_SECRET_STORE_MEMORY (store);
  g_autoptr(GHashTable) attributes = mw_secret_binding_new_query (profile, side);
  g_autoptr(GTask) task = store_task_new (store, mw_secret_store_memory_lookup_async,
                                          cancellable, callback, user_data);

  for (guint i = 0; attributes != NULL && i < self->items->len; i++)
    {
      Item *item = self->items->pdata[i];

      if (attributes_match (attributes, item->attributes))
        {
          g_task_return_pointer (task, mw_secret_ref (item->secret),
                                 (GDestroyNotify) mw_secret_unref);
          return;
        }
    }

  g_task_return_pointer (task, NULL, NULL);
}

static MwSecret *
mw_secret_store_memory_lookup_finish (MwSecretStore  *store,
                                      GAsyncResult   *result,
                                      GError        **error)
{
  g_return_val_if_fail (g_task_is_valid (result, store), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
mw_secret_store_memory_clear_async (MwSecretStore       *store,
                                    const char          *account_id,
                                    guint                sides,
                                    GCancellable        *cancellable,
                                    GAsyncReadyCallback  callback,
                                    gpointer             user_data)
{
  g_autoptr(GHashTable) attributes = mw_secret_binding_new_account (account_id, sides);
  g_autoptr(GTask) task = store_task_new (store, mw_secret_store_memory_clear_async,
                                          cancellable, callback, user_data);

  remove_matching (MW_SECRET_STORE_MEMORY (store), attributes);
  g_task_return_boolean (task, TRUE);
}

/* One for check, save and clear: they all answer yes or an error. */
static gboolean
mw_secret_store_memory_finish (MwSecretStore  *store,
                               GAsyncResult   *result,
                               GError        **error)
{
  g_return_val_if_fail (g_task_is_valid (result, store), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
mw_secret_store_memory_finalize (GObject *object)
{
  MwSecretStoreMemory *self = MW_SECRET_STORE_MEMORY (object);

  g_ptr_array_unref (self->items);

  G_OBJECT_CLASS (mw_secret_store_memory_parent_class)->finalize (object);
}

static void
mw_secret_store_memory_iface_init (MwSecretStoreInterface *iface)
{
  iface->check_async = mw_secret_store_memory_check_async;
  iface->check_finish = mw_secret_store_memory_finish;
  iface->save_async = mw_secret_store_memory_save_async;
  iface->save_finish = mw_secret_store_memory_finish;
  iface->lookup_async = mw_secret_store_memory_lookup_async;
  iface->lookup_finish = mw_secret_store_memory_lookup_finish;
  iface->clear_async = mw_secret_store_memory_clear_async;
  iface->clear_finish = mw_secret_store_memory_finish;
}

static void
mw_secret_store_memory_class_init (MwSecretStoreMemoryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mw_secret_store_memory_finalize;
}

static void
mw_secret_store_memory_init (MwSecretStoreMemory *self)
{
  self->items = g_ptr_array_new_with_free_func (item_free);
}

MwSecretStore *
mw_secret_store_memory_new (void)
{
  return g_object_new (MW_TYPE_SECRET_STORE_MEMORY, NULL);
}
