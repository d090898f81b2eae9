/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "app/mw-waiting-room.h"

#include "export/mw-thunderbird-lock.h"
#include "store/mw-waiting-list.h"

#define LOOK_SECONDS 1

struct _MwWaitingRoom
{
  GObject       parent_instance;

  /* Owned */
  MwEngine     *engine;
  GPtrArray    *hand_overs;
  GHashTable   *paused;
  GPtrArray    *resumed;      /* element MwWait, while mail programs are looked for */
  guint         look_id;

  gboolean      looking;
  gboolean      loading;
  gboolean      saving;
  gboolean      dirty;
};

G_DEFINE_FINAL_TYPE (MwWaitingRoom, mw_waiting_room, G_TYPE_OBJECT)

enum {
  CHANGED,
  FINISHED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static gboolean
is_waiting (MwHandOver *hand_over)
{
  return mw_hand_over_get_state (hand_over) == MW_HAND_OVER_STATE_WAITING;
}

/* Writing down: what is to be remembered is taken when a thread can write it. */

typedef struct {
  char      *data_dir;
  GPtrArray *waits;
} Writing;

static void
writing_free (gpointer data)
{
  Writing *writing = data;

  g_free (writing->data_dir);
  g_clear_pointer (&writing->waits, g_ptr_array_unref);
  g_free (writing);
}

static Writing *
writing_new (MwWaitingRoom *self)
{
  MwProfileStore *store = mw_engine_get_profile_store (self->engine);
  Writing *writing = g_new0 (Writing, 1);

  writing->data_dir = g_strdup (mw_profile_store_get_data_dir (store));
  writing->waits = g_ptr_array_new_with_free_func ((GDestroyNotify) mw_wait_free);
  return writing;
}

static void
save_thread (GTask        *task,
             gpointer      source_object,
             gpointer      task_data,
             GCancellable *cancellable)
{
  Writing *writing = task_data;
  GError *error = NULL;

  if (mw_waiting_list_save (writing->data_dir, writing->waits, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void save (MwWaitingRoom *self);

static void
on_saved (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  MwWaitingRoom *self = MW_WAITING_ROOM (object);
  g_autoptr(GError) error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    g_warning ("Cannot remember what waits for a mail program: %s", error->message);

  self->saving = FALSE;
  if (self->dirty)
    save (self);
  else
    g_signal_emit (self, signals[CHANGED], 0);
}

static void
save (MwWaitingRoom *self)
{
  g_autoptr(GTask) task = NULL;
  Writing *writing;

  self->dirty = TRUE;
  if (self->saving || self->loading)
    return;

  writing = writing_new (self);
  for (guint i = 0; i < self->hand_overs->len; i++)
    {
      MwHandOver *hand_over = self->hand_overs->pdata[i];
      g_autofree char *target_id = NULL;

      if (!is_waiting (hand_over))
        continue;
      target_id = mw_export_target_dup_whole_id (mw_hand_over_get_target (hand_over));
      g_ptr_array_add (writing->waits, mw_wait_new (mw_hand_over_get_account_id (hand_over),
                                                    target_id,
                                                    mw_hand_over_get_options (hand_over)));
    }

  self->dirty = FALSE;
  self->saving = TRUE;
  task = g_task_new (self, NULL, on_saved, NULL);
  g_task_set_source_tag (task, save);
  g_task_set_task_data (task, writing, writing_free);
  g_task_run_in_thread (task, save_thread);
}

/* Looking whether a mail program was closed. The disk may be slow, so that is
 * done in a thread. */

static char *
dup_profile_folder (MwHandOver *hand_over)
{
  MwExportTarget *target = mw_hand_over_get_target (hand_over);

  if (target->profile == NULL || target->data_folder == NULL)
    return NULL;

  return g_build_filename (target->data_folder, target->profile, NULL);
}

/* Into the same profile one goes after the other. */
static gboolean
is_next (MwWaitingRoom *self,
         MwHandOver    *hand_over,
         const char    *folder)
{
  if (!is_waiting (hand_over) || mw_hand_over_is_attempting (hand_over) ||
      g_hash_table_contains (self->paused, mw_hand_over_get_account_id (hand_over)))
    return FALSE;

  for (guint i = 0; i < self->hand_overs->len; i++)
    {
      MwHandOver *other = self->hand_overs->pdata[i];
      g_autofree char *path = dup_profile_folder (other);

      if (mw_hand_over_is_attempting (other) && g_strcmp0 (path, folder) == 0)
        return FALSE;
    }

  return TRUE;
}

/* Only Thunderbird's profiles can be looked at; for the rest trying says it. */
static void
look_thread (GTask        *task,
             gpointer      source_object,
             gpointer      task_data,
             GCancellable *cancellable)
{
  GHashTable *folders = task_data;
  GPtrArray *closed = g_ptr_array_new_with_free_func (g_free);
  GHashTableIter iter;
  gpointer folder;

  g_hash_table_iter_init (&iter, folders);
  while (g_hash_table_iter_next (&iter, &folder, NULL))
    {
      if (!mw_thunderbird_lock_is_held (folder))
        g_ptr_array_add (closed, g_strdup (folder));
    }

  g_task_return_pointer (task, closed, (GDestroyNotify) g_ptr_array_unref);
}

static void
on_looked (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  MwWaitingRoom *self = MW_WAITING_ROOM (object);
  g_autoptr(GPtrArray) closed = g_task_propagate_pointer (G_TASK (result), NULL);
  g_autoptr(GPtrArray) list = g_ptr_array_copy (self->hand_overs, (GCopyFunc) g_object_ref, NULL);

  g_ptr_array_set_free_func (list, g_object_unref);
  self->looking = FALSE;
  for (guint i = 0; i < list->len; i++)
    {
      MwHandOver *hand_over = list->pdata[i];
      g_autofree char *folder = dup_profile_folder (hand_over);

      if (is_next (self, hand_over, folder) &&
          (folder == NULL ||
           g_ptr_array_find_with_equal_func (closed, folder, g_str_equal, NULL)))
        mw_hand_over_go_on (hand_over);
    }
}

static void
look (MwWaitingRoom *self)
{
  g_autoptr(GHashTable) folders = NULL;
  g_autoptr(GTask) task = NULL;
  gboolean any = FALSE;

  if (self->looking)
    return;

  folders = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < self->hand_overs->len; i++)
    {
      MwHandOver *hand_over = self->hand_overs->pdata[i];
      g_autofree char *folder = dup_profile_folder (hand_over);

      if (!is_next (self, hand_over, folder))
        continue;
      any = TRUE;
      if (folder != NULL)
        g_hash_table_add (folders, g_steal_pointer (&folder));
    }
  if (!any)
    return;

  self->looking = TRUE;
  task = g_task_new (self, NULL, on_looked, NULL);
  g_task_set_source_tag (task, look);
  g_task_set_task_data (task, g_steal_pointer (&folders), (GDestroyNotify) g_hash_table_unref);
  g_task_run_in_thread (task, look_thread);
}

static gboolean
on_look_timeout (gpointer user_data)
{
  MwWaitingRoom *self = MW_WAITING_ROOM (user_data);

  if (mw_waiting_room_find_any (self) == NULL)
    {
      self->look_id = 0;
      return G_SOURCE_REMOVE;
    }

  look (self);
  return G_SOURCE_CONTINUE;
}

static void
on_hand_over_changed (MwHandOver    *changed,
                      MwWaitingRoom *self)
{
  g_autoptr(MwHandOver) hand_over = g_object_ref (changed);
  MwHandOverState state = mw_hand_over_get_state (hand_over);

  if (state == MW_HAND_OVER_STATE_BUSY)
    {
      g_signal_emit (self, signals[CHANGED], 0);
      return;
    }

  if (state == MW_HAND_OVER_STATE_WAITING)
    {
      if (self->look_id == 0)
        self->look_id = g_timeout_add_seconds (LOOK_SECONDS, on_look_timeout, self);
    }
  else
    {
      g_signal_handlers_disconnect_by_func (hand_over, on_hand_over_changed, self);
      g_ptr_array_remove (self->hand_overs, hand_over);
      if (state != MW_HAND_OVER_STATE_READY)
        g_signal_emit (self, signals[FINISHED], 0, hand_over);
    }

  save (self);
  g_signal_emit (self, signals[CHANGED], 0);
  look (self);
}

/* An account that was deleted, by whomever, has nothing to wait for. */
static void
on_accounts_changed (MwWaitingRoom *self)
{
  MwProfileStore *store = mw_engine_get_profile_store (self->engine);
  g_autoptr(GPtrArray) list = g_ptr_array_copy (self->hand_overs, (GCopyFunc) g_object_ref, NULL);

  g_ptr_array_set_free_func (list, g_object_unref);
  for (guint i = 0; i < list->len; i++)
    {
      const char *id = mw_hand_over_get_account_id (list->pdata[i]);
      g_autoptr(MwProfile) profile = mw_profile_store_find (store, id, NULL);

      if (profile == NULL)
        mw_hand_over_stop_waiting (list->pdata[i]);
    }
}

/* Going on where an earlier process ended. */

/* A mail program that is gone is asked for once more, which says so. */
static MwExportTarget *
find_target (GPtrArray  *targets,
             const char *id)
{
  for (guint i = 0; targets != NULL && i < targets->len; i++)
    {
      if (mw_export_target_is_called (targets->pdata[i], id))
        return mw_export_target_ref (targets->pdata[i]);
    }

  return mw_export_target_new (id, g_str_has_prefix (id, "evolution")
                                   ? MW_MAIL_CLIENT_EVOLUTION : MW_MAIL_CLIENT_THUNDERBIRD,
                               MW_PACKAGING_DISTRO);
}

static void
end_resuming (MwWaitingRoom *self)
{
  g_clear_pointer (&self->resumed, g_ptr_array_unref);
  self->loading = FALSE;
  if (self->dirty)
    save (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_targets_found (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr(MwWaitingRoom) self = MW_WAITING_ROOM (user_data);
  g_autoptr(GPtrArray) targets = NULL;
  g_autoptr(GError) error = NULL;

  targets = mw_engine_find_targets_finish (MW_ENGINE (object), result, &error);
  if (targets == NULL)
    g_info ("Cannot look for mail programs: %s", error->message);

  for (guint i = 0; i < self->resumed->len; i++)
    {
      MwWait *wait = self->resumed->pdata[i];
      g_autoptr(MwExportTarget) target = find_target (targets, wait->target_id);
      g_autoptr(MwHandOver) hand_over = NULL;

      if (mw_waiting_room_find (self, wait->account_id, target) != NULL)
        continue;
      hand_over = mw_hand_over_new_waiting (self->engine, wait->account_id, target,
                                            wait->options);
      mw_waiting_room_take (self, hand_over);
    }

  end_resuming (self);
  on_accounts_changed (self);
  look (self);
}

static void
on_accounts_loaded (GObject      *object,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr(MwWaitingRoom) self = MW_WAITING_ROOM (user_data);
  g_autoptr(GError) error = NULL;

  /* Without the accounts nobody knows which of them were deleted. */
  if (!mw_profile_store_load_finish (MW_PROFILE_STORE (object), result, &error))
    {
      g_info ("What waited for a mail program stays as it is: %s", error->message);
      return;
    }

  mw_engine_find_targets_async (self->engine, NULL, on_targets_found, g_object_ref (self));
}

static void
load_thread (GTask        *task,
             gpointer      source_object,
             gpointer      task_data,
             GCancellable *cancellable)
{
  Writing *writing = task_data;
  GPtrArray *waits;
  GError *error = NULL;

  waits = mw_waiting_list_load (writing->data_dir, &error);
  if (waits != NULL)
    g_task_return_pointer (task, waits, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

static void
on_list_loaded (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  MwWaitingRoom *self = MW_WAITING_ROOM (object);
  g_autoptr(GError) error = NULL;

  self->resumed = g_task_propagate_pointer (G_TASK (result), &error);
  if (self->resumed == NULL)
    g_warning ("Cannot read what waited for a mail program: %s", error->message);

  if (self->resumed == NULL || self->resumed->len == 0)
    end_resuming (self);
  else
    mw_profile_store_load_async (mw_engine_get_profile_store (self->engine), NULL,
                                 on_accounts_loaded, g_object_ref (self));
}

static void
mw_waiting_room_dispose (GObject *object)
{
  MwWaitingRoom *self = MW_WAITING_ROOM (object);

  g_clear_handle_id (&self->look_id, g_source_remove);
  g_clear_object (&self->engine);
  for (guint i = 0; self->hand_overs != NULL && i < self->hand_overs->len; i++)
    g_signal_handlers_disconnect_by_data (self->hand_overs->pdata[i], self);
  g_clear_pointer (&self->hand_overs, g_ptr_array_unref);
  g_clear_pointer (&self->paused, g_hash_table_unref);
  g_clear_pointer (&self->resumed, g_ptr_array_unref);

  G_OBJECT_CLASS (mw_waiting_room_parent_class)->dispose (object);
}

static void
mw_waiting_room_class_init (MwWaitingRoomClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mw_waiting_room_dispose;

  signals[CHANGED] =
    g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                  NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[FINISHED] =
    g_signal_new ("finished", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                  NULL, NULL, NULL, G_TYPE_NONE, 1, MW_TYPE_HAND_OVER);
}

static void
mw_waiting_room_init (MwWaitingRoom *self)
{
  self->hand_overs = g_ptr_array_new_with_free_func (g_object_unref);
  self->paused = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

MwWaitingRoom *
mw_waiting_room_new (MwEngine *engine)
{
  MwWaitingRoom *self;

  g_return_val_if_fail (MW_IS_ENGINE (engine), NULL);

  self = g_object_new (MW_TYPE_WAITING_ROOM, NULL);
  self->engine = g_object_ref (engine);
  g_signal_connect_object (mw_engine_get_profile_store (engine), "changed",
                           G_CALLBACK (on_accounts_changed), self, G_CONNECT_SWAPPED);
  return self;
}

void
mw_waiting_room_resume (MwWaitingRoom *self)
{
  g_autoptr(GTask) task = NULL;

  g_return_if_fail (MW_IS_WAITING_ROOM (self));

  if (self->loading)
    return;

  self->loading = TRUE;
  task = g_task_new (self, NULL, on_list_loaded, NULL);
  g_task_set_source_tag (task, mw_waiting_room_resume);
  g_task_set_task_data (task, writing_new (self), writing_free);
  g_task_run_in_thread (task, load_thread);
}

void
mw_waiting_room_take (MwWaitingRoom *self,
                      MwHandOver    *hand_over)
{
  g_return_if_fail (MW_IS_WAITING_ROOM (self));
  g_return_if_fail (MW_IS_HAND_OVER (hand_over));

  g_ptr_array_add (self->hand_overs, g_object_ref (hand_over));
  g_signal_connect (hand_over, "changed", G_CALLBACK (on_hand_over_changed), self);
  if (is_waiting (hand_over))
    on_hand_over_changed (hand_over, self);
}

MwHandOver *
mw_waiting_room_find (MwWaitingRoom  *self,
                      const char     *account_id,
                      MwExportTarget *target)
{
  g_return_val_if_fail (MW_IS_WAITING_ROOM (self), NULL);
  g_return_val_if_fail (account_id != NULL, NULL);

  for (guint i = 0; i < self->hand_overs->len; i++)
    {
      MwHandOver *hand_over = self->hand_overs->pdata[i];
      g_autofree char *id = mw_export_target_dup_whole_id (mw_hand_over_get_target (hand_over));

      if (!g_str_equal (mw_hand_over_get_account_id (hand_over), account_id))
        continue;
      if (target != NULL ? mw_export_target_is_called (target, id) : is_waiting (hand_over))
        return hand_over;
    }

  return NULL;
}

MwHandOver *
mw_waiting_room_find_any (MwWaitingRoom *self)
{
  g_return_val_if_fail (MW_IS_WAITING_ROOM (self), NULL);

  for (guint i = 0; i < self->hand_overs->len; i++)
    {
      if (is_waiting (self->hand_overs->pdata[i]))
        return self->hand_overs->pdata[i];
    }

  return NULL;
}

void
mw_waiting_room_stop (MwWaitingRoom *self,
                      const char    *account_id)
{
  g_autoptr(GPtrArray) list = NULL;

  g_return_if_fail (MW_IS_WAITING_ROOM (self));
  g_return_if_fail (account_id != NULL);

  list = g_ptr_array_copy (self->hand_overs, (GCopyFunc) g_object_ref, NULL);
  g_ptr_array_set_free_func (list, g_object_unref);
  for (guint i = 0; i < list->len; i++)
    {
      if (g_str_equal (mw_hand_over_get_account_id (list->pdata[i]), account_id))
        mw_hand_over_stop_waiting (list->pdata[i]);
    }
}

void
mw_waiting_room_set_paused (MwWaitingRoom *self,
                            const char    *account_id,
                            gboolean       paused)
{
  g_return_if_fail (MW_IS_WAITING_ROOM (self));
  g_return_if_fail (account_id != NULL);

  if (paused)
    g_hash_table_add (self->paused, g_strdup (account_id));
  else
    g_hash_table_remove (self->paused, account_id);
}

gboolean
mw_waiting_room_is_empty (MwWaitingRoom *self)
{
  g_return_val_if_fail (MW_IS_WAITING_ROOM (self), TRUE);

  return self->hand_overs->len == 0 && !self->saving;
}
