/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "store/mw-account-folder.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/mw-error.h"

#define SUFFIX ".account"
#define MAX_SIZE (1024 * 1024)
#define MAX_SET_ASIDE 1000
#define TURN_S 20
#define TURN_STEP_US 5000

static void
set_file_error (GError     **error,
                int          saved_errno,
                const char  *doing,
                const char  *name)
{
  g_set_error (error, MW_STORE_ERROR, MW_STORE_ERROR_FILE, "%s “%s”: %s", doing, name,
               g_strerror (saved_errno));
}

char *
mw_account_folder_file_name (const char *id)
{
  return g_strconcat (id, SUFFIX, NULL);
}

char *
mw_account_folder_path (const char *data_dir)
{
  return g_build_filename (data_dir, "accounts", NULL);
}

static gboolean
check_folder (int          fd,
              const char  *path,
              GError     **error)
{
  struct stat info;

  if (fstat (fd, &info) == 0 && info.st_uid == geteuid () && (info.st_mode & S_IWOTH) == 0)
    return TRUE;

  g_set_error (error, MW_STORE_ERROR, MW_STORE_ERROR_FILE,
               "Folder “%s” is not the person's own", path);
  return FALSE;
}

gboolean
mw_account_folder_open (const char  *data_dir,
                        gboolean     create,
                        int         *out_fd,
                        GError     **error)
{
  g_autofree char *path = mw_account_folder_path (data_dir);
  int fd;

  *out_fd = -1;

  if (create && g_mkdir_with_parents (path, 0700) != 0)
    {
      set_file_error (error, errno, "Cannot make folder", path);
      return FALSE;
    }

  fd = open (path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0 && errno == ENOENT)
    return TRUE;

  if (fd < 0)
    {
      set_file_error (error, errno, "Cannot open folder", path);
      return FALSE;
    }

  if (!check_folder (fd, path, error))
    {
      close (fd);
      return FALSE;
    }

  *out_fd = fd;
  return TRUE;
}

gboolean
mw_account_folder_lock (int      fd,
                        GError **error)
{
  gint64 deadline = g_get_monotonic_time () + TURN_S * G_USEC_PER_SEC;

  while (flock (fd, LOCK_EX | LOCK_NB) != 0)
    {
      if (errno == EINTR)
        continue;
      /* A network's file system may not know locks; then all is as it was
       * without them. */
      if (errno != EWOULDBLOCK)
        return TRUE;
      if (g_get_monotonic_time () >= deadline)
        {
          set_file_error (error, errno, "Cannot lock folder", "accounts");
          return FALSE;
        }
      g_usleep (TURN_STEP_US);
    }

  return TRUE;
}

GPtrArray *
mw_account_folder_list (int      fd,
                        GError **error)
{
  g_autoptr(GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  struct dirent *entry;
  int dir_fd = openat (fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  DIR *dir = dir_fd >= 0 ? fdopendir (dir_fd) : NULL;

  if (dir == NULL)
    {
      set_file_error (error, errno, "Cannot list folder", "accounts");
      return NULL;
    }

  while ((entry = readdir (dir)) != NULL)
    {
      g_autofree char *id = NULL;

      if (!g_str_has_suffix (entry->d_name, SUFFIX))
        continue;

      id = g_strndup (entry->d_name, strlen (entry->d_name) - strlen (SUFFIX));
      if (g_uuid_string_is_valid (id))
        g_ptr_array_add (ids, g_steal_pointer (&id));
    }

  closedir (dir);
  return g_steal_pointer (&ids);
}

static gboolean
read_all (int     fd,
          char  **out_text,
          gsize  *out_length)
{
  g_autoptr(GString) text = g_string_new (NULL);
  char buffer[4096];
  gssize count;

  while ((count = read (fd, buffer, sizeof buffer)) != 0)
    {
      if (count < 0 && errno == EINTR)
        continue;
      if (count < 0)
        return FALSE;

      g_string_append_len (text, buffer, count);
      if (text->len > MAX_SIZE)
        {
          errno = EFBIG;
          return FALSE;
        }
    }

  *out_length = text->len;
  *out_text = g_string_free (g_steal_pointer (&text), FALSE);
  return TRUE;
}

gboolean
mw_account_folder_read (int          fd,
                        const char  *id,
                        char       **out_text,
                        gsize       *out_length,
                        GError     **error)
{
  g_autofree char *name = mw_account_folder_file_name (id);
  struct stat info;
  gboolean success;
  int file;

  *out_text = NULL;
  *out_length = 0;

  file = openat (fd, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
  if (file < 0 && errno == ENOENT)
    return TRUE;

  if (file < 0)
    {
      set_file_error (error, errno, "Cannot open", name);
      return FALSE;
    }

  if (fstat (file, &info) != 0 || !S_ISREG (info.st_mode) || info.st_uid != geteuid ())
    {
      g_set_error (error, MW_STORE_ERROR, MW_STORE_ERROR_FILE,
                   "“%s” is not a file of the person's own", name);
      close (file);
      return FALSE;
    }

  success = read_all (file, out_text, out_length);
  if (!success)
    set_file_error (error, errno, "Cannot read", name);
  close (file);
  return success;
}

static gboolean
write_all (int         fd,
           const char *text,
           gsize       length)
{
  while (length > 0)
    {
      gssize count = write (fd, text, length);

      if (count < 0 && errno == EINTR)
        continue;
      if (count < 0)
        return FALSE;

      text += count;
      length -= count;
    }

  return fsync (fd) == 0;
}

gboolean
mw_account_folder_write (int          fd,
                         const char  *id,
                         const char  *text,
                         gsize        length,
                         GError     **error)
{
  g_autofree char *name = mw_account_folder_file_name (id);
  g_autofree char *temporary = g_strdup_printf (".%s.%08x", name, g_random_int ());
  gboolean success;
  int saved_errno;
  int file;

  file = openat (fd, temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
  if (file < 0)
    {
      set_file_error (error, errno, "Cannot write", name);
      return FALSE;
    }

  success = write_all (file, text, length);
  saved_errno = errno;
  if (close (file) != 0 && success)
    {
      success = FALSE;
      saved_errno = errno;
    }

  if (success && renameat (fd, temporary, fd, name) != 0)
    {
      success = FALSE;
      saved_errno = errno;
    }

  if (!success)
    {
      unlinkat (fd, temporary, 0);
      set_file_error (error, saved_errno, "Cannot write", name);
      return FALSE;
    }

  /* The new name is only safe on disk once the folder is. */
  fsync (fd);
  return TRUE;
}

char *
mw_account_folder_set_aside (int          fd,
                             const char  *id,
                             GError     **error)
{
  g_autofree char *name = mw_account_folder_file_name (id);

  for (guint i = 1; i <= MAX_SET_ASIDE; i++)
    {
      g_autofree char *aside = g_strdup_printf ("%s.damaged-%u", name, i);
      struct stat info;

      if (fstatat (fd, aside, &info, AT_SYMLINK_NOFOLLOW) == 0 || errno != ENOENT)
        continue;

      if (renameat (fd, name, fd, aside) == 0)
        {
          fsync (fd);
          return g_steal_pointer (&aside);
        }

      break;
    }

  set_file_error (error, errno, "Cannot set aside", name);
  return NULL;
}

gboolean
mw_account_folder_remove (int          fd,
                          const char  *id,
                          GError     **error)
{
  g_autofree char *name = mw_account_folder_file_name (id);

  if (unlinkat (fd, name, 0) != 0)
    {
      if (errno == ENOENT)
        g_set_error (error, MW_STORE_ERROR, MW_STORE_ERROR_NOT_FOUND, "There is no “%s”", name);
      else
        set_file_error (error, errno, "Cannot delete", name);
      return FALSE;
    }

  fsync (fd);
  return TRUE;
}
