/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "export/mw-evolution-files.h"

#include <string.h>

#include "core/mw-error.h"
#include "export/mw-evolution-registry.h"
#include "export/mw-evolution-source.h"
#include "export/mw-file-transaction.h"

#define SUFFIX ".source"
#define BACKUP_SUFFIX ".mailwright-backup"

typedef struct {
  char *name;
  char *data;   /* NULL: to be deleted */
  char *former; /* NULL: there is none yet */
} File;

struct _MwEvolutionFiles
{
  char              *folder;
  GPtrArray         *files; /* element File */
  GPtrArray         *backups;
  MwFileTransaction *transaction;
};

static void
file_free (gpointer data)
{
  File *file = data;

  g_free (file->name);
  g_free (file->data);
  g_free (file->former);
  g_free (file);
}

static void
files_clear (gpointer data)
{
  MwEvolutionFiles *self = data;

  g_free (self->folder);
  g_ptr_array_unref (self->files);
  g_ptr_array_unref (self->backups);
  g_clear_pointer (&self->transaction, mw_file_transaction_free);
}

/* --- reading --- */

static char *
uid_of_name (const char *name)
{
  g_autofree char *uid = NULL;

  if (!g_str_has_suffix (name, SUFFIX))
    return NULL;

  uid = g_strndup (name, strlen (name) - strlen (SUFFIX));
  return mw_evolution_source_is_uid (uid) ? g_steal_pointer (&uid) : NULL;
}

static gboolean
read_text (MwFileTransaction  *transaction,
           int                 folder,
           const char         *name,
           char              **text,
           GError            **error)
{
  g_autoptr(GBytes) bytes = NULL;
  const char *data;
  gsize size;

  *text = NULL;
  if (!mw_file_transaction_read (transaction, folder, name, &bytes, error))
    return FALSE;

  if (bytes != NULL)
    {
      data = g_bytes_get_data (bytes, &size);
      *text = g_strndup (data, size);
    }
  return TRUE;
}

static void
list_thread (GTask        *task,
             gpointer      source_object,
             gpointer      task_data,
             GCancellable *cancellable)
{
  const char *path = task_data;
  g_autoptr(MwFileTransaction) transaction = mw_file_transaction_new ();
  g_autoptr(GPtrArray) entries = NULL;
  g_autoptr(GDir) dir = g_dir_open (path, 0, NULL);
  GError *error = NULL;
  const char *name;
  int folder;

  entries = g_ptr_array_new_with_free_func ((GDestroyNotify) mw_evolution_entry_free);
  folder = dir != NULL ? mw_file_transaction_open_folder (transaction, path, FALSE, &error) : -1;
  while (folder >= 0 && error == NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *uid = uid_of_name (name);
      g_autofree char *text = NULL;
      MwEvolutionEntry *entry = NULL;

      /* What the data server could not read either is nobody's account. */
      if (uid != NULL && read_text (transaction, folder, name, &text, &error))
        entry = mw_evolution_entry_new (uid, name, text, TRUE, TRUE);
      if (entry != NULL)
        g_ptr_array_add (entries, entry);
    }

  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, g_steal_pointer (&entries), (GDestroyNotify) g_ptr_array_unref);
}

void
mw_evolution_files_list_async (const char          *folder,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_return_if_fail (folder != NULL);

  g_task_set_source_tag (task, mw_evolution_files_list_async);
  g_task_set_task_data (task, g_strdup (folder), g_free);
  g_task_run_in_thread (task, list_thread);
}

GPtrArray *
mw_evolution_files_list_finish (GAsyncResult  *result,
                                GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, mw_evolution_files_list_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* --- planning --- */

MwEvolutionFiles *
mw_evolution_files_new (const char *folder)
{
  MwEvolutionFiles *self;

  g_return_val_if_fail (folder != NULL && g_path_is_absolute (folder), NULL);

  self = g_atomic_rc_box_new0 (MwEvolutionFiles);
  self->folder = g_strdup (folder);
  self->files = g_ptr_array_new_with_free_func (file_free);
  self->backups = g_ptr_array_new_with_free_func (g_free);
  return self;
}

MwEvolutionFiles *
mw_evolution_files_ref (MwEvolutionFiles *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire (self);
}

void
mw_evolution_files_unref (MwEvolutionFiles *self)
{
  g_return_if_fail (self != NULL);

  g_atomic_rc_box_release_full (self, files_clear);
}

void
mw_evolution_files_add (MwEvolutionFiles *self,
                        const char       *uid,
                        const char       *data,
                        const char       *former)
{
  File *file;

  g_return_if_fail (self != NULL);
  g_return_if_fail (mw_evolution_source_is_uid (uid));

  file = g_new0 (File, 1);
  file->name = g_strconcat (uid, SUFFIX, NULL);
  file->data = g_strdup (data);
  file->former = g_strdup (former);
  g_ptr_array_add (self->files, file);

  if (data != NULL && former != NULL)
    g_ptr_array_add (self->backups, g_strconcat (self->folder, G_DIR_SEPARATOR_S, file->name,
                                                 BACKUP_SUFFIX, NULL));
}

GPtrArray *
mw_evolution_files_get_backups (MwEvolutionFiles *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->backups;
}

/* --- writing --- */

static gboolean
stage_text (MwEvolutionFiles  *self,
            int                folder,
            const char        *name,
            const char        *text,
            GError           **error)
{
  g_autoptr(GBytes) bytes = NULL;

  if (text == NULL)
    return mw_file_transaction_stage_removal (self->transaction, folder, name, error);

  bytes = g_bytes_new (text, strlen (text));
  return mw_file_transaction_stage (self->transaction, folder, name, bytes, error);
}

static gboolean
stage_file (MwEvolutionFiles  *self,
            int                folder,
            File              *file,
            GError           **error)
{
  g_autofree char *backup = g_strconcat (file->name, BACKUP_SUFFIX, NULL);
  g_autofree char *now = NULL;

  if (!read_text (self->transaction, folder, file->name, &now, error))
    return FALSE;

  if (g_strcmp0 (now, file->former) != 0)
    {
      g_set_error (error, MW_EXPORT_ERROR, MW_EXPORT_ERROR_REFUSED,
                   "%s was changed by somebody else meanwhile", file->name);
      return FALSE;
    }

  /* A new file has nothing to keep, and one that goes leaves nothing behind. */
  if (file->former != NULL &&
      !stage_text (self, folder, backup, file->data != NULL ? file->former : NULL, error))
    return FALSE;

  return stage_text (self, folder, file->name, file->data, error);
}

static void
write_thread (GTask        *task,
              gpointer      source_object,
              gpointer      task_data,
              GCancellable *cancellable)
{
  MwEvolutionFiles *self = task_data;
  GError *error = NULL;
  gboolean ok;
  int folder;

  self->transaction = mw_file_transaction_new ();
  folder = mw_file_transaction_open_folder (self->transaction, self->folder, TRUE, &error);
  ok = folder >= 0;
  for (guint i = 0; ok && i < self->files->len; i++)
    ok = stage_file (self, folder, self->files->pdata[i], &error);

  if (ok && mw_file_transaction_commit (self->transaction, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
undo_thread (GTask        *task,
             gpointer      source_object,
             gpointer      task_data,
             GCancellable *cancellable)
{
  MwEvolutionFiles *self = task_data;

  if (self->transaction != NULL)
    mw_file_transaction_undo (self->transaction);
  g_task_return_boolean (task, TRUE);
}

void
mw_evolution_files_write_async (MwEvolutionFiles    *self,
                                gboolean             undo,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;

  g_return_if_fail (self != NULL);

  task = g_task_new (NULL, NULL, callback, user_data);
  g_task_set_source_tag (task, mw_evolution_files_write_async);
  g_task_set_task_data (task, mw_evolution_files_ref (self),
                        (GDestroyNotify) mw_evolution_files_unref);
  g_task_run_in_thread (task, undo ? undo_thread : write_thread);
}

gboolean
mw_evolution_files_write_finish (GAsyncResult  *result,
                                 GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, mw_evolution_files_write_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
