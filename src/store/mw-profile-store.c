/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

/* Files are read and written in threads of GTask, one at a time (`lock`); the
 * list belongs to the main context and is replaced when a thread is done. */

#include "config.h"

#include "store/mw-profile-store.h"

#include <string.h>

#include "core/mw-error.h"
#include "store/mw-account-folder.h"
#include "store/mw-profile-files.h"

/* Programs that change the folder touch it more than once. */
#define SETTLE_MILLISECONDS 200

struct _MwProfileStore
{
  GObject       parent_instance;

  /* Owned */
  char         *data_dir;
  GPtrArray    *profiles;
  GPtrArray    *damaged;
  GFileMonitor *monitor;
  GMutex        lock;

  guint         reload_id;
  guint         writes;      /* finished saves and deletions */
};

G_DEFINE_FINAL_TYPE (MwProfileStore, mw_profile_store, G_TYPE_OBJECT)

enum {
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* One run of a thread. */
typedef struct {
  char       *data_dir;
  GMutex     *lock;
  MwProfile  *profile;       /* to save; or what was saved */
  char       *id;            /* to delete, or to remember an export in */
  char       *target_id;
  char       *folder;
  GHashTable *values;        /* to remember */
  guint       writes;

  /* What was read */
  GPtrArray  *profiles;
  GPtrArray  *damaged;
} Work;

static Work *
work_new (MwProfileStore *self)
{
  Work *work = g_new0 (Work, 1);

  work->data_dir = g_strdup (self->data_dir);
  work->lock = &self->lock;
  work->writes = self->writes;
  work->profiles = g_ptr_array_new_with_free_func ((GDestroyNotify) mw_profile_unref);
  work->damaged = g_ptr_array_new_with_free_func (g_free);
  return work;
}

static void
work_free (gpointer data)
{
  Work *work = data;

  g_free (work->data_dir);
  g_clear_pointer (&work->profile, mw_profile_unref);
  g_free (work->id);
  g_free (work->target_id);
  g_free (work->folder);
  g_clear_pointer (&work->values, g_hash_table_unref);
  g_ptr_array_unref (work->profiles);
  g_ptr_array_unref (work->damaged);
  g_free (work);
}

/* A profile in a list that is being sorted. */
typedef struct {
  char      *key;
  MwProfile *profile;
} Sorted;

static int
compare_sorted (gconstpointer a,
                gconstpointer b)
{
  const Sorted *first = a;
  const Sorted *second = b;
  int order = strcmp (first->key, second->key);

  return order != 0 ? order : strcmp (first->profile->id, second->profile->id);
}

/* By name. Each name is made a key once: comparing thousands of names as such
 * would take as long as reading their files. */
static void
sort_profiles (GPtrArray *profiles)
{
  g_autoptr(GArray) sorted = g_array_sized_new (FALSE, FALSE, sizeof (Sorted), profiles->len);

  for (guint i = 0; i < profiles->len; i++)
    {
      MwProfile *profile = profiles->pdata[i];
      const char *name = profile->label != NULL ? profile->label : profile->address;
      Sorted item = { .key = g_utf8_collate_key (name, -1), .profile = profile };

      g_array_append_val (sorted, item);
    }

  g_array_sort (sorted, compare_sorted);

  for (guint i = 0; i < profiles->len; i++)
    {
      Sorted *item = &g_array_index (sorted, Sorted, i);

      profiles->pdata[i] = item->profile;
      g_free (item->key);
    }
}

static gboolean
lists_equal (GPtrArray *a,
             GPtrArray *b)
{
  if (a->len != b->len)
    return FALSE;

  for (guint i = 0; i < a->len; i++)
    {
      if (!mw_profile_equal (a->pdata[i], b->pdata[i]))
        return FALSE;
    }

  return TRUE;
}

/* --- in the thread --- */

static void
load_thread (GTask        *task,
             gpointer      source_object,
             gpointer      task_data,
             GCancellable *cancellable)
{
  Work *work = task_data;
  g_autoptr(GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (work->lock);
  g_autoptr(GError) error = NULL;

  if (!mw_profile_files_load (work->data_dir, work->profiles, work->damaged, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  sort_profiles (work->profiles);
  g_task_return_boolean (task, TRUE);
}

static void
save_thread (GTask        *task,
             gpointer      source_object,
             gpointer      task_data,
             GCancellable *cancellable)
{
  Work *work = task_data;
  g_autoptr(GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (work->lock);
  g_autoptr(GError) error = NULL;

  if (!mw_profile_files_save (work->data_dir, work->profile, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  g_task_return_boolean (task, TRUE);
}

static void
remember_thread (GTask        *task,
                 gpointer      source_object,
                 gpointer      task_data,
                 GCancellable *cancellable)
{
  Work *work = task_data;
  g_autoptr(GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (work->lock);
  g_autoptr(GError) error = NULL;

  work->profile = mw_profile_files_remember (work->data_dir, work->id, work->target_id,
                                             work->folder, work->values, &error);
  if (work->profile == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_boolean (task, TRUE);
}

static void
delete_thread (GTask        *task,
               gpointer      source_object,
               gpointer      task_data,
               GCancellable *cancellable)
{
  Work *work = task_data;
  g_autoptr(GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (work->lock);
  g_autoptr(GError) error = NULL;

  if (!mw_profile_files_delete (work->data_dir, work->id, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  g_task_return_boolean (task, TRUE);
}

/* --- in the main context --- */

static void
install_profiles (MwProfileStore *self,
                  GPtrArray      *profiles)
{
  gboolean differ = !lists_equal (self->profiles, profiles);

  g_ptr_array_unref (self->profiles);
  self->profiles = g_ptr_array_ref (profiles);
  if (differ)
    g_signal_emit (self, signals[CHANGED], 0);
}

static gboolean
on_reload_timeout_cb (gpointer user_data)
{
  MwProfileStore *self = MW_PROFILE_STORE (user_data);

  self->reload_id = 0;
  mw_profile_store_load_async (self, NULL, NULL, NULL);
  return G_SOURCE_REMOVE;
}

static void
schedule_reload (MwProfileStore *self)
{
  if (self->reload_id == 0)
    self->reload_id = g_timeout_add (SETTLE_MILLISECONDS, on_reload_timeout_cb, self);
}

static void
on_monitor_changed_cb (MwProfileStore    *self,
                       GFile             *file,
                       GFile             *other_file,
                       GFileMonitorEvent  event,
                       GFileMonitor      *monitor)
{
  g_autofree char *name = g_file_get_basename (file);

  /* Our own temporary files start with a full stop. */
  if (name != NULL && *name != '.')
    schedule_reload (self);
}

static void
watch_folder (MwProfileStore *self)
{
  g_autofree char *path = mw_account_folder_path (self->data_dir);
  g_autoptr(GFile) folder = NULL;

  /* A folder that is not there yet is watched once it was made. */
  if (self->monitor != NULL || !g_file_test (path, G_FILE_TEST_IS_DIR))
    return;

  folder = g_file_new_for_path (path);
  self->monitor = g_file_monitor_directory (folder, G_FILE_MONITOR_NONE, NULL, NULL);
  if (self->monitor != NULL)
    g_signal_connect_object (self->monitor, "changed", G_CALLBACK (on_monitor_changed_cb),
                             self, G_CONNECT_SWAPPED);
}

static void
load_thread_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (user_data);
  MwProfileStore *self = g_task_get_source_object (task);
  Work *work = g_task_get_task_data (G_TASK (result));
  g_autoptr(GError) error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  watch_folder (self);
  g_ptr_array_extend_and_steal (self->damaged, g_ptr_array_ref (work->damaged));
  if (work->writes == self->writes)
    install_profiles (self, work->profiles);
  else
    schedule_reload (self);

  g_task_return_boolean (task, TRUE);
}

static void
remember_saved (MwProfileStore *self,
                MwProfile      *saved)
{
  g_autoptr(GPtrArray) profiles = NULL;

  profiles = g_ptr_array_new_with_free_func ((GDestroyNotify) mw_profile_unref);
  for (guint i = 0; i < self->profiles->len; i++)
    {
      MwProfile *profile = self->profiles->pdata[i];

      if (g_str_equal (profile->id, saved->id))
        continue;

      if (saved->is_default && profile->is_default)
        {
          profile = mw_profile_copy (profile);
          profile->is_default = FALSE;
          g_ptr_array_add (profiles, profile);
        }
      else
        g_ptr_array_add (profiles, mw_profile_ref (profile));
    }

  g_ptr_array_add (profiles, mw_profile_ref (saved));
  sort_profiles (profiles);
  install_profiles (self, profiles);
}

static void
save_thread_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (user_data);
  MwProfileStore *self = g_task_get_source_object (task);
  Work *work = g_task_get_task_data (G_TASK (result));
  g_autoptr(GError) error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  self->writes++;
  watch_folder (self);
  remember_saved (self, work->profile);
  g_task_return_boolean (task, TRUE);
}

static void
delete_thread_cb (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (user_data);
  MwProfileStore *self = g_task_get_source_object (task);
  Work *work = g_task_get_task_data (G_TASK (result));
  g_autoptr(GPtrArray) profiles = NULL;
  g_autoptr(GError) error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  self->writes++;
  profiles = g_ptr_array_new_with_free_func ((GDestroyNotify) mw_profile_unref);
  for (guint i = 0; i < self->profiles->len; i++)
    {
      MwProfile *profile = self->profiles->pdata[i];

      if (!g_str_equal (profile->id, work->id))
        g_ptr_array_add (profiles, mw_profile_ref (profile));
    }

  install_profiles (self, profiles);
  g_task_return_boolean (task, TRUE);
}

/* Runs @thread with @work, then @callback in this context with @task. The
 * thread may let go of its own task late, so that holds no reference to @self:
 * the store must not be finalized there. */
static void
run_in_thread (GTask               *task,
               Work                *work,
               GTaskThreadFunc      thread,
               GAsyncReadyCallback  callback)
{
  g_autoptr(GTask) inner = g_task_new (NULL, NULL, callback, task);

  g_task_set_source_tag (inner, run_in_thread);
  g_task_set_task_data (inner, work, work_free);
  g_task_run_in_thread (inner, thread);
}

static void
mw_profile_store_dispose (GObject *object)
{
  MwProfileStore *self = MW_PROFILE_STORE (object);

  g_clear_handle_id (&self->reload_id, g_source_remove);
  g_clear_object (&self->monitor);

  G_OBJECT_CLASS (mw_profile_store_parent_class)->dispose (object);
}

static void
mw_profile_store_finalize (GObject *object)
{
  MwProfileStore *self = MW_PROFILE_STORE (object);

  g_free (self->data_dir);
  g_ptr_array_unref (self->profiles);
  g_ptr_array_unref (self->damaged);
  g_mutex_clear (&self->lock);

  G_OBJECT_CLASS (mw_profile_store_parent_class)->finalize (object);
}

static void
mw_profile_store_class_init (MwProfileStoreClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = mw_profile_store_dispose;
  object_class->finalize = mw_profile_store_finalize;

  /**
   * MwProfileStore::changed:
   *
   * The list of accounts, or one of them, is another than before.
   */
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                   0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
mw_profile_store_init (MwProfileStore *self)
{
  self->profiles = g_ptr_array_new_with_free_func ((GDestroyNotify) mw_profile_unref);
  self->damaged = g_ptr_array_new_with_free_func (g_free);
  g_mutex_init (&self->lock);
}

MwProfileStore *
mw_profile_store_new (const char *data_dir)
{
  MwProfileStore *self = g_object_new (MW_TYPE_PROFILE_STORE, NULL);

  self->data_dir = data_dir != NULL
                     ? g_strdup (data_dir)
                     : g_build_filename (g_get_user_data_dir (), "mailwright", NULL);
  return self;
}

const char *
mw_profile_store_get_data_dir (MwProfileStore *self)
{
  g_return_val_if_fail (MW_IS_PROFILE_STORE (self), NULL);

  return self->data_dir;
}

void
mw_profile_store_load_async (MwProfileStore      *self,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  GTask *task;

  g_return_if_fail (MW_IS_PROFILE_STORE (self));
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, mw_profile_store_load_async);
  run_in_thread (task, work_new (self), load_thread, load_thread_cb);
}

gboolean
mw_profile_store_load_finish (MwProfileStore  *self,
                              GAsyncResult    *result,
                              GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, mw_profile_store_load_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

GPtrArray *
mw_profile_store_get_profiles (MwProfileStore *self)
{
  g_return_val_if_fail (MW_IS_PROFILE_STORE (self), NULL);

  return self->profiles;
}

GPtrArray *
mw_profile_store_get_damaged (MwProfileStore *self)
{
  g_return_val_if_fail (MW_IS_PROFILE_STORE (self), NULL);

  return self->damaged;
}

static gboolean
matches_exactly (MwProfile  *profile,
                 const char *key)
{
  g_autofree char *wanted = g_utf8_casefold (key, -1);
  g_autofree char *address = g_utf8_casefold (profile->address, -1);
  g_autofree char *label = profile->label != NULL ? g_utf8_casefold (profile->label, -1) : NULL;

  return g_str_equal (wanted, address) || g_strcmp0 (wanted, label) == 0;
}

MwProfile *
mw_profile_store_find (MwProfileStore  *self,
                       const char      *key,
                       GError         **error)
{
  g_autofree char *lower = NULL;
  MwProfile *exact = NULL, *beginning = NULL;
  guint n_exact = 0, n_beginnings = 0;

  g_return_val_if_fail (MW_IS_PROFILE_STORE (self), NULL);
  g_return_val_if_fail (key != NULL, NULL);

  lower = g_ascii_strdown (key, -1);
  for (guint i = 0; i < self->profiles->len; i++)
    {
      MwProfile *profile = self->profiles->pdata[i];

      if (g_str_equal (profile->id, lower))
        return mw_profile_ref (profile);

      if (matches_exactly (profile, key))
        {
          exact = profile;
          n_exact++;
        }
      else if (*lower != '\0' && g_str_has_prefix (profile->id, lower))
        {
          beginning = profile;
          n_beginnings++;
        }
    }

  if (n_exact == 0)
    {
      exact = beginning;
      n_exact = n_beginnings;
    }

  if (n_exact == 1)
    return mw_profile_ref (exact);

  if (n_exact == 0)
    g_set_error_literal (error, MW_STORE_ERROR, MW_STORE_ERROR_NOT_FOUND, "No such account");
  else
    g_set_error_literal (error, MW_STORE_ERROR, MW_STORE_ERROR_AMBIGUOUS,
                         "Several accounts match");
  return NULL;
}

void
mw_profile_store_save_async (MwProfileStore      *self,
                             MwProfile           *profile,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  GTask *task;
  Work *work;

  g_return_if_fail (MW_IS_PROFILE_STORE (self));
  g_return_if_fail (profile != NULL);
  g_return_if_fail (profile->address != NULL);
  g_return_if_fail (g_uuid_string_is_valid (profile->id));
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, mw_profile_store_save_async);
  g_task_set_check_cancellable (task, FALSE);
  work = work_new (self);
  work->profile = mw_profile_copy (profile);
  run_in_thread (task, work, save_thread, save_thread_cb);
}

gboolean
mw_profile_store_save_finish (MwProfileStore  *self,
                              GAsyncResult    *result,
                              GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, mw_profile_store_save_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

void
mw_profile_store_remember_async (MwProfileStore      *self,
                                 const char          *id,
                                 const char          *target_id,
                                 const char          *folder,
                                 GHashTable          *values,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  GTask *task;
  Work *work;

  g_return_if_fail (MW_IS_PROFILE_STORE (self));
  g_return_if_fail (id != NULL && g_uuid_string_is_valid (id));
  g_return_if_fail (target_id != NULL);
  g_return_if_fail (values != NULL);

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, mw_profile_store_remember_async);
  work = work_new (self);
  work->id = g_strdup (id);
  work->target_id = g_strdup (target_id);
  work->folder = g_strdup (folder);
  work->values = g_hash_table_ref (values);
  run_in_thread (task, work, remember_thread, save_thread_cb);
}

gboolean
mw_profile_store_remember_finish (MwProfileStore  *self,
                                  GAsyncResult    *result,
                                  GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, mw_profile_store_remember_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

void
mw_profile_store_delete_async (MwProfileStore      *self,
                               const char          *id,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  GTask *task;
  Work *work;

  g_return_if_fail (MW_IS_PROFILE_STORE (self));
  g_return_if_fail (id != NULL && g_uuid_string_is_valid (id));
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, mw_profile_store_delete_async);
  g_task_set_check_cancellable (task, FALSE);
  work = work_new (self);
  work->id = g_strdup (id);
  run_in_thread (task, work, delete_thread, delete_thread_cb);
}

gboolean
mw_profile_store_delete_finish (MwProfileStore  *self,
                                GAsyncResult    *result,
                                GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, mw_profile_store_delete_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
