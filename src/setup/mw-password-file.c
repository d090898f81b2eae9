/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "setup/mw-password-file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/mw-secret.h"

struct _MwPasswordFile
{
  gatomicrefcount  ref_count;
  char            *folder;
  char            *name;
  dev_t            device;
  ino_t            inode;
  gsize            size;
  char            *digest;
};

static gboolean
is_same (MwPasswordFile    *self,
         const struct stat *now)
{
  return S_ISREG (now->st_mode) && now->st_dev == self->device && now->st_ino == self->inode &&
         (gsize) now->st_size == self->size;
}

MwPasswordFile *
mw_password_file_new (const char *path,
                      GBytes     *content)
{
  MwPasswordFile *self;
  struct stat found;

  g_return_val_if_fail (path != NULL, NULL);
  g_return_val_if_fail (content != NULL, NULL);

  if (stat (path, &found) != 0 || !S_ISREG (found.st_mode))
    return NULL;

  self = g_new0 (MwPasswordFile, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->folder = g_path_get_dirname (path);
  self->name = g_path_get_basename (path);
  self->device = found.st_dev;
  self->inode = found.st_ino;
  self->size = g_bytes_get_size (content);
  self->digest = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, content);

  return self;
}

MwPasswordFile *
mw_password_file_ref (MwPasswordFile *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
mw_password_file_unref (MwPasswordFile *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_free (self->folder);
  g_free (self->name);
  g_free (self->digest);
  g_free (self);
}

/* A link would go and leave the password where it is, and so would one of
 * several names of a file. */
gboolean
mw_password_file_is_own (MwPasswordFile *self)
{
  g_autofree char *path = NULL;
  struct stat file;
  struct stat folder;

  g_return_val_if_fail (self != NULL, FALSE);

  path = g_build_filename (self->folder, self->name, NULL);
  return lstat (path, &file) == 0 && is_same (self, &file) && file.st_nlink == 1 &&
         file.st_uid == geteuid () && stat (self->folder, &folder) == 0 &&
         folder.st_uid == geteuid () && access (self->folder, W_OK) == 0;
}

static gboolean
fail (GError **error)
{
  g_set_error_literal (error, G_IO_ERROR, g_io_error_from_errno (errno), g_strerror (errno));
  return FALSE;
}

static char *
compute_digest (MwPasswordFile *self,
                int             fd)
{
  g_autofree char *content = g_malloc (self->size + 1);
  g_autofree char *digest = NULL;
  gsize length = 0;
  gssize n;

  /* One more than there was, so that what was added is seen. */
  while (length <= self->size &&
         (n = read (fd, content + length, self->size + 1 - length)) > 0)
    length += n;
  if (length == self->size)
    digest = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (guchar *) content, length);
  mw_secret_wipe_bytes (content, self->size + 1);

  return g_steal_pointer (&digest);
}

static gboolean
delete_in (MwPasswordFile  *self,
           int              folder,
           int              fd,
           GError         **error)
{
  g_autofree char *digest = NULL;
  struct stat found;

  if (fstat (fd, &found) != 0)
    return fail (error);

  digest = is_same (self, &found) ? compute_digest (self, fd) : NULL;
  if (g_strcmp0 (digest, self->digest) != 0 ||
      fstatat (folder, self->name, &found, AT_SYMLINK_NOFOLLOW) != 0 || !is_same (self, &found))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_WRONG_ETAG, "the file was changed");
      return FALSE;
    }

  return unlinkat (folder, self->name, 0) == 0 || fail (error);
}

/* Everything happens in the one folder that was opened. */
static gboolean
delete_file (MwPasswordFile  *self,
             GError         **error)
{
  int folder = open (self->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  gboolean deleted;
  int fd;

  if (folder < 0)
    return errno == ENOENT || fail (error);

  fd = openat (folder, self->name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
  if (fd < 0)
    {
      deleted = errno == ENOENT || fail (error);
      close (folder);
      return deleted;
    }

  deleted = delete_in (self, folder, fd, error);
  close (fd);
  close (folder);

  return deleted;
}

static void
delete_in_thread (GTask        *task,
                  gpointer      source,
                  gpointer      data,
                  GCancellable *cancellable)
{
  GError *error = NULL;

  if (delete_file (data, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
mw_password_file_delete_async (MwPasswordFile      *self,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;

  g_return_if_fail (self != NULL);

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, mw_password_file_delete_async);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, mw_password_file_ref (self),
                        (GDestroyNotify) mw_password_file_unref);
  g_task_run_in_thread (task, delete_in_thread);
}

gboolean
mw_password_file_delete_finish (GAsyncResult  *result,
                                GError       **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, mw_password_file_delete_async), FALSE);
  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
