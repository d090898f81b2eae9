/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "export/mw-evolution-signature.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "core/mw-error.h"
#include "export/mw-evolution-source.h"
#include "export/mw-file-journal.h"
#include "export/mw-sandbox.h"

#define TEMPORARY ".mailwright-signature.tmp"

typedef struct {
  char *path;
  char *text;
} File;

static File *
file_new (const char *folder,
          const char *uid,
          const char *text)
{
  File *file = g_new0 (File, 1);

  file->path = g_build_filename (folder, "signatures", uid, NULL);
  file->text = g_strdup (text);
  return file;
}

static void
file_free (gpointer data)
{
  File *file = data;

  g_free (file->path);
  g_free (file->text);
  g_free (file);
}

static void
read_thread (GTask        *task,
             gpointer      source_object,
             gpointer      task_data,
             GCancellable *cancellable)
{
  File *file = task_data;
  g_autoptr(GError) error = NULL;
  char *text = NULL;

  if (g_file_get_contents (file->path, &text, NULL, &error))
    g_task_return_pointer (task, text, g_free);
  else if (g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    g_task_return_pointer (task, NULL, NULL);
  else
    g_task_return_new_error (task, MW_EXPORT_ERROR, MW_EXPORT_ERROR_DAMAGED, "%s",
                             error->message);
}

/* Written beside and renamed; a link of that name is replaced, not followed.
 * Beside it is one fixed name, so that a crash leaves one such file at most,
 * until the next writing. */
static gboolean
write_file (const char  *folder,
            File        *file,
            GError     **error)
{
  g_autoptr(GBytes) contents = g_bytes_new (file->text, strlen (file->text));
  g_autofree char *name = g_path_get_basename (file->path);
  int fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  gboolean ok = fd >= 0 && mw_file_journal_write_file (fd, TEMPORARY, contents, error);

  if (fd < 0 || (ok && renameat (fd, TEMPORARY, fd, name) != 0))
    {
      g_set_error (error, MW_EXPORT_ERROR, MW_EXPORT_ERROR_READ_ONLY,
                   "Cannot write “%s”: %s", file->path, g_strerror (errno));
      ok = FALSE;
    }
  if (fd >= 0)
    {
      fsync (fd);
      close (fd);
    }
  return ok;
}

static void
write_thread (GTask        *task,
              gpointer      source_object,
              gpointer      task_data,
              GCancellable *cancellable)
{
  File *file = task_data;
  g_autofree char *folder = g_path_get_dirname (file->path);
  g_autoptr(GError) error = NULL;

  if (file->text == NULL)
    {
      if (g_unlink (file->path) == 0 || errno == ENOENT)
        g_task_return_boolean (task, TRUE);
      else
        g_task_return_new_error (task, MW_EXPORT_ERROR, MW_EXPORT_ERROR_READ_ONLY,
                                 "Cannot delete “%s”: %s", file->path, g_strerror (errno));
      return;
    }

  if (!mw_sandbox_check (folder, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      g_task_return_new_error (task, MW_EXPORT_ERROR, MW_EXPORT_ERROR_READ_ONLY,
                               "Cannot make “%s”: %s", folder, g_strerror (errno));
      return;
    }

  if (write_file (folder, file, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

char *
mw_evolution_signature_get_folder (void)
{
  const char *outside = g_getenv ("HOST_XDG_CONFIG_HOME");

  if (!g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS))
    return g_build_filename (g_get_user_config_dir (), "evolution", NULL);

  if (outside != NULL && g_path_is_absolute (outside))
    return g_build_filename (outside, "evolution", NULL);

  return g_build_filename (g_get_home_dir (), ".config", "evolution", NULL);
}

void
mw_evolution_signature_read_async (const char          *folder,
                                   const char          *uid,
                                   GCancellable        *cancellable,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;

  g_return_if_fail (folder != NULL);
  g_return_if_fail (mw_evolution_source_is_uid (uid));

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, mw_evolution_signature_read_async);
  g_task_set_task_data (task, file_new (folder, uid, NULL), file_free);
  g_task_run_in_thread (task, read_thread);
}

char *
mw_evolution_signature_read_finish (GAsyncResult  *result,
                                    GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, mw_evolution_signature_read_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

void
mw_evolution_signature_write_async (const char          *folder,
                                    const char          *uid,
                                    const char          *text,
                                    GAsyncReadyCallback  callback,
                                    gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;

  g_return_if_fail (folder != NULL);
  g_return_if_fail (mw_evolution_source_is_uid (uid));

  task = g_task_new (NULL, NULL, callback, user_data);
  g_task_set_source_tag (task, mw_evolution_signature_write_async);
  g_task_set_task_data (task, file_new (folder, uid, text), file_free);
  g_task_run_in_thread (task, write_thread);
}

gboolean
mw_evolution_signature_write_finish (GAsyncResult  *result,
                                     GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, mw_evolution_signature_write_async),
                        FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
