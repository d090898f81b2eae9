/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

/* Only secret_service_* calls, never secret_password_*: inside a Flatpak the
 * latter silently write to a private file, where no mail program looks. */

#include "config.h"

#include "store/mw-keyring.h"

#include "core/mw-error.h"
#include "store/mw-deadline.h"
#include "store/mw-keyring-service.h"

/* The desktop may ask for the keyring's password, which takes a person's time. */
#define OPERATION_SECONDS 300

typedef struct {
  MwDeadline         *deadline;
  SecretService      *service;
  const SecretSchema *schema;
  GHashTable         *attributes;
  GHashTable         *family;
  char               *label;
  MwSecret           *secret;
  GList              *items;      /* still to be deleted */
} Operation;

static void
operation_free (gpointer data)
{
  Operation *operation = data;

  g_clear_pointer (&operation->deadline, mw_deadline_free);
  g_clear_object (&operation->service);
  g_clear_pointer (&operation->attributes, g_hash_table_unref);
  g_clear_pointer (&operation->family, g_hash_table_unref);
  g_free (operation->label);
  g_clear_pointer (&operation->secret, mw_secret_unref);
  g_list_free_full (operation->items, g_object_unref);
  g_free (operation);
}

static GTask *
operation_task_new (gpointer             source_tag,
                    guint                seconds,
                    const SecretSchema  *schema,
                    GHashTable          *attributes,
                    GCancellable        *cancellable,
                    GAsyncReadyCallback  callback,
                    gpointer             user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  Operation *operation = g_new0 (Operation, 1);

  operation->deadline = mw_deadline_new (seconds, cancellable);
  operation->schema = schema;
  operation->attributes = attributes != NULL ? g_hash_table_ref (attributes) : NULL;

  g_task_set_source_tag (task, source_tag);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, operation, operation_free);
  return task;
}

static GCancellable *
operation_cancellable (GTask *task)
{
  Operation *operation = g_task_get_task_data (task);

  return mw_deadline_get_cancellable (operation->deadline);
}

static void
return_error (GTask        *task,
              MwStoreError  code,
              const char   *doing,
              GError       *error)
{
  Operation *operation = g_task_get_task_data (task);

  g_task_return_error (task, mw_keyring_map_error (error, code, doing, operation->deadline,
                                                   g_task_get_cancellable (task)));
}

/* Keeps the opened service in the operation. */
static gboolean
take_service (GTask        *task,
              GAsyncResult *result)
{
  Operation *operation = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;

  operation->service = mw_keyring_open_finish (result, &error);
  if (operation->service != NULL)
    return TRUE;

  g_task_return_error (task, g_steal_pointer (&error));
  return FALSE;
}

/* --- looking up --- */

static MwSecret *
item_get_secret (SecretItem *item)
{
  g_autoptr(SecretValue) value = secret_item_get_secret (item);
  const char *bytes;
  gsize length;

  if (value == NULL)
    return NULL;

  bytes = secret_value_get (value, &length);
  return mw_secret_new (bytes, length);
}

static void
lookup_search_cb (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (user_data);
  g_autoptr(GError) error = NULL;
  g_autolist(SecretItem) items = NULL;
  MwSecret *secret;

  items = secret_service_search_finish (SECRET_SERVICE (object), result, &error);
  if (error != NULL)
    {
      return_error (task, MW_STORE_ERROR_NO_SERVICE, "Looking a password up",
                    g_steal_pointer (&error));
      return;
    }

  if (items == NULL)
    {
      g_task_return_pointer (task, NULL, NULL);
      return;
    }

  secret = item_get_secret (items->data);
  if (secret == NULL)
    {
      g_task_return_new_error (task, MW_STORE_ERROR, MW_STORE_ERROR_LOCKED,
                               "Looking a password up: the keyring stayed locked");
      return;
    }

  g_task_return_pointer (task, secret, (GDestroyNotify) mw_secret_unref);
}

static void
lookup_open_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (user_data);
  Operation *operation = g_task_get_task_data (task);
  GCancellable *cancellable = operation_cancellable (task);

  if (!take_service (task, result))
    return;

  secret_service_search (operation->service, operation->schema, operation->attributes,
                         SECRET_SEARCH_UNLOCK | SECRET_SEARCH_LOAD_SECRETS, cancellable,
                         lookup_search_cb, g_steal_pointer (&task));
}

void
mw_keyring_lookup_async (const SecretSchema  *schema,
                         GHashTable          *attributes,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  GTask *task = operation_task_new (mw_keyring_lookup_async, OPERATION_SECONDS, schema,
                                    attributes, cancellable, callback, user_data);

  mw_keyring_open_async (operation_cancellable (task), lookup_open_cb, task);
}

MwSecret *
mw_keyring_lookup_finish (GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, mw_keyring_lookup_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* --- deleting --- */

/* Transfer full; %NULL when all are deleted. */
static SecretItem *
take_next_item (Operation *operation)
{
  SecretItem *item;

  if (operation->items == NULL)
    return NULL;

  item = operation->items->data;
  operation->items = g_list_delete_link (operation->items, operation->items);
  return item;
}

static void
delete_item_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (user_data);
  GCancellable *cancellable = operation_cancellable (task);
  g_autoptr(SecretItem) next = NULL;
  g_autoptr(GError) error = NULL;

  if (!secret_item_delete_finish (SECRET_ITEM (object), result, &error))
    {
      return_error (task, MW_STORE_ERROR_LOCKED, "Deleting a password",
                    g_steal_pointer (&error));
      return;
    }

  next = take_next_item (g_task_get_task_data (task));
  if (next != NULL)
    secret_item_delete (next, cancellable, delete_item_cb, g_steal_pointer (&task));
  else
    g_task_return_boolean (task, TRUE);
}

/* Takes the caller's reference to @owned_task. */
static void
delete_items (GTask *owned_task)
{
  g_autoptr(GTask) task = owned_task;
  GCancellable *cancellable = operation_cancellable (task);
  g_autoptr(SecretItem) first = take_next_item (g_task_get_task_data (task));

  if (first != NULL)
    secret_item_delete (first, cancellable, delete_item_cb, g_steal_pointer (&task));
  else
    g_task_return_boolean (task, TRUE);
}

static void
clear_search_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (user_data);
  Operation *operation = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;

  operation->items = secret_service_search_finish (SECRET_SERVICE (object), result, &error);
  if (error != NULL)
    {
      return_error (task, MW_STORE_ERROR_NO_SERVICE, "Looking passwords up",
                    g_steal_pointer (&error));
      return;
    }

  delete_items (g_steal_pointer (&task));
}

static void
clear_open_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (user_data);
  Operation *operation = g_task_get_task_data (task);
  GCancellable *cancellable = operation_cancellable (task);

  if (!take_service (task, result))
    return;

  secret_service_search (operation->service, operation->schema, operation->attributes,
                         SECRET_SEARCH_ALL | SECRET_SEARCH_UNLOCK, cancellable,
                         clear_search_cb, g_steal_pointer (&task));
}

void
mw_keyring_clear_async (const SecretSchema  *schema,
                        GHashTable          *attributes,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  GTask *task = operation_task_new (mw_keyring_clear_async, OPERATION_SECONDS, schema,
                                    attributes, cancellable, callback, user_data);

  mw_keyring_open_async (operation_cancellable (task), clear_open_cb, task);
}

gboolean
mw_keyring_clear_finish (GAsyncResult  *result,
                         GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, mw_keyring_clear_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* --- storing --- */

static gboolean
item_is_other (SecretItem *item,
               GHashTable *attributes)
{
  g_autoptr(GHashTable) present = secret_item_get_attributes (item);
  GHashTableIter iter;
  gpointer key, value;

  g_hash_table_iter_init (&iter, attributes);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      if (g_strcmp0 (g_hash_table_lookup (present, key), value) != 0)
        return TRUE;
    }

  /* Our own schema adds one; an attribute more than that is another binding. */
  return g_hash_table_size (present) > g_hash_table_size (attributes) + 1;
}

static void
store_family_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (user_data);
  Operation *operation = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;
  g_autolist(SecretItem) items = NULL;

  items = secret_service_search_finish (SECRET_SERVICE (object), result, &error);
  if (error != NULL)
    {
      return_error (task, MW_STORE_ERROR_NO_SERVICE, "Looking former passwords up",
                    g_steal_pointer (&error));
      return;
    }

  for (GList *l = items; l != NULL; l = l->next)
    {
      if (!secret_item_get_locked (l->data) && item_is_other (l->data, operation->attributes))
        operation->items = g_list_prepend (operation->items, g_object_ref (l->data));
    }

  delete_items (g_steal_pointer (&task));
}

static void
store_read_back_cb (GObject      *object,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (user_data);
  Operation *operation = g_task_get_task_data (task);
  GCancellable *cancellable = operation_cancellable (task);
  g_autoptr(GError) error = NULL;
  g_autolist(SecretItem) items = NULL;
  g_autoptr(MwSecret) read_back = NULL;

  items = secret_service_search_finish (SECRET_SERVICE (object), result, &error);
  if (error != NULL)
    {
      return_error (task, MW_STORE_ERROR_NOT_STORED, "Reading a password back",
                    g_steal_pointer (&error));
      return;
    }

  if (items != NULL)
    read_back = item_get_secret (items->data);

  if (read_back == NULL || !mw_secret_equal (read_back, operation->secret))
    {
      g_task_return_new_error (task, MW_STORE_ERROR, MW_STORE_ERROR_NOT_STORED,
                               "The keyring gave back something else than was stored");
      return;
    }

  if (operation->family == NULL)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }

  secret_service_search (operation->service, operation->schema, operation->family,
                         SECRET_SEARCH_ALL, cancellable, store_family_cb,
                         g_steal_pointer (&task));
}

static void
store_item_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (user_data);
  Operation *operation = g_task_get_task_data (task);
  GCancellable *cancellable = operation_cancellable (task);
  g_autoptr(GError) error = NULL;

  if (!secret_service_store_finish (SECRET_SERVICE (object), result, &error))
    {
      return_error (task, MW_STORE_ERROR_NOT_STORED, "Storing a password",
                    g_steal_pointer (&error));
      return;
    }

  /* Not secret_service_lookup(), which leaks its answer (libsecret 0.20). */
  secret_service_search (operation->service, operation->schema, operation->attributes,
                         SECRET_SEARCH_LOAD_SECRETS, cancellable, store_read_back_cb,
                         g_steal_pointer (&task));
}

static void
store_open_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (user_data);
  Operation *operation = g_task_get_task_data (task);
  GCancellable *cancellable = operation_cancellable (task);
  g_autoptr(SecretValue) value = NULL;

  if (!take_service (task, result))
    return;

  /* Lives in libsecret's own locked and wiped memory. */
  value = secret_value_new (mw_secret_peek (operation->secret),
                            mw_secret_get_length (operation->secret), "text/plain");
  secret_service_store (operation->service, operation->schema, operation->attributes,
                        SECRET_COLLECTION_DEFAULT, operation->label, value, cancellable,
                        store_item_cb, g_steal_pointer (&task));
}

void
mw_keyring_store_async (const SecretSchema  *schema,
                        GHashTable          *attributes,
                        GHashTable          *family,
                        const char          *label,
                        MwSecret            *secret,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  GTask *task = operation_task_new (mw_keyring_store_async, OPERATION_SECONDS, schema,
                                    attributes, cancellable, callback, user_data);
  Operation *operation = g_task_get_task_data (task);

  operation->family = family != NULL ? g_hash_table_ref (family) : NULL;
  operation->label = g_strdup (label);
  operation->secret = mw_secret_ref (secret);

  mw_keyring_open_async (operation_cancellable (task), store_open_cb, task);
}

gboolean
mw_keyring_store_finish (GAsyncResult  *result,
                         GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, mw_keyring_store_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
