/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "export/mw-file-journal.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/mw-error.h"
#include "export/mw-open-no-follow.h"

/* One line for each file: a digest of what was there, a digest of what shall
 * be there, the name. The list takes its name last of all, so that one which
 * is there is whole. */
#define LIST "list"
#define LIST_TEMPORARY "list.tmp"
#define ABSENT "-"

static void
set_errno_error (GError     **error,
                 const char  *name,
                 const char  *what,
                 int          code)
{
  g_set_error (error, MW_EXPORT_ERROR,
               code == ELOOP ? MW_EXPORT_ERROR_UNSAFE : MW_EXPORT_ERROR_READ_ONLY,
               "%s cannot be %s: %s", name, what, g_strerror (code));
}

static gboolean
write_and_sync (int     fd,
                GBytes *contents)
{
  gsize size;
  const char *bytes = g_bytes_get_data (contents, &size);

  while (size > 0)
    {
      gssize n = write (fd, bytes, size);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return FALSE;
      bytes += n;
      size -= n;
    }

  return fsync (fd) == 0;
}

gboolean
mw_file_journal_write_file (int          folder,
                            const char  *name,
                            GBytes      *contents,
                            GError     **error)
{
  gboolean ok;
  int code = 0;
  int fd;

  unlinkat (folder, name, 0);
  fd = openat (folder, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
  ok = fd >= 0 && write_and_sync (fd, contents);
  if (!ok)
    code = errno;
  if (fd >= 0 && close (fd) != 0 && ok)
    {
      code = errno;
      ok = FALSE;
    }
  if (ok)
    return TRUE;

  unlinkat (folder, name, 0);
  set_errno_error (error, name, "written", code);
  return FALSE;
}

/* Only a folder of the person's own; -1 with ENOENT when there is none. */
static int
open_own (int         folder,
          const char *name)
{
  struct stat status;
  int fd = openat (folder, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);

  if (fd >= 0 && (fstat (fd, &status) != 0 || status.st_uid != geteuid ()))
    {
      close (fd);
      errno = EPERM;
      return -1;
    }
  return fd;
}

static void
remove_with_files (int         folder,
                   const char *name)
{
  int fd = open_own (folder, name);
  DIR *dir = fd >= 0 ? fdopendir (fd) : NULL;
  struct dirent *entry;

  if (dir == NULL)
    {
      if (fd >= 0)
        close (fd);
      return;
    }
  while ((entry = readdir (dir)) != NULL)
    if (strcmp (entry->d_name, ".") != 0 && strcmp (entry->d_name, "..") != 0)
      unlinkat (fd, entry->d_name, 0);
  closedir (dir);
  unlinkat (folder, name, AT_REMOVEDIR);
}

static int
make_folder (int          folder,
             const char  *name,
             GError     **error)
{
  int fd = -1;

  remove_with_files (folder, name);
  if (mkdirat (folder, name, 0700) == 0)
    fd = open_own (folder, name);
  if (fd < 0)
    set_errno_error (error, name, "made", errno);
  return fd;
}

int
mw_file_journal_open_new (int      folder,
                          GError **error)
{
  return make_folder (folder, MW_FILE_JOURNAL_NEW, error);
}

static char *
digest_of (GBytes *contents)
{
  return contents != NULL ? g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, contents)
                          : g_strdup (ABSENT);
}

/* NULL: what is there is no file that can be read. */
static char *
digest_of_file (int         folder,
                const char *name)
{
  g_autoptr(GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  guint8 buffer[16384];
  gssize n;
  int fd = mw_open_no_follow (folder, name, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);

  if (fd < 0)
    return errno == ENOENT ? g_strdup (ABSENT) : NULL;
  do
    {
      n = read (fd, buffer, sizeof buffer);
      if (n > 0)
        g_checksum_update (sum, buffer, n);
    }
  while (n > 0 || (n < 0 && errno == EINTR));
  close (fd);

  return n == 0 ? g_strdup (g_checksum_get_string (sum)) : NULL;
}

static gboolean
write_old (int                  old,
           const MwFileRecord  *records,
           gsize                n_records,
           GError             **error)
{
  g_autoptr(GString) list = g_string_new (NULL);
  g_autoptr(GBytes) contents = NULL;

  for (gsize i = 0; i < n_records; i++)
    {
      g_autofree char *before = digest_of (records[i].before);
      g_autofree char *after = digest_of (records[i].after);

      if (records[i].before != NULL &&
          !mw_file_journal_write_file (old, records[i].name, records[i].before, error))
        return FALSE;
      g_string_append_printf (list, "%s %s %s\n", before, after, records[i].name);
    }

  contents = g_string_free_to_bytes (g_steal_pointer (&list));
  if (!mw_file_journal_write_file (old, LIST_TEMPORARY, contents, error))
    return FALSE;
  if (fsync (old) == 0 && renameat (old, LIST_TEMPORARY, old, LIST) == 0 && fsync (old) == 0)
    return TRUE;
  set_errno_error (error, MW_FILE_JOURNAL_OLD, "written", errno);
  return FALSE;
}

gboolean
mw_file_journal_begin (int                  folder,
                       const MwFileRecord  *records,
                       gsize                n_records,
                       GError             **error)
{
  gboolean ok;
  int old = make_folder (folder, MW_FILE_JOURNAL_OLD, error);

  if (old < 0)
    return FALSE;
  ok = write_old (old, records, n_records, error);
  close (old);
  if (ok && fsync (folder) != 0)
    {
      set_errno_error (error, MW_FILE_JOURNAL_OLD, "written", errno);
      ok = FALSE;
    }
  return ok;
}

gboolean
mw_file_journal_end (int      folder,
                     GError **error)
{
  int old = open_own (folder, MW_FILE_JOURNAL_OLD);

  if (old < 0 || unlinkat (old, LIST, 0) != 0)
    {
      set_errno_error (error, MW_FILE_JOURNAL_OLD, "ended", errno);
      if (old >= 0)
        close (old);
      return FALSE;
    }

  /* A power cut that brings it back leads to the former state, a whole one. */
  fsync (old);
  close (old);
  return TRUE;
}

/* The lines of the list; NULL when there is none, or none that was written
 * here. */
static GPtrArray *
read_list (int old)
{
  g_autofree char *path = g_strdup_printf ("/proc/self/fd/%d/" LIST, old);
  g_autofree char *text = NULL;
  g_auto(GStrv) lines = NULL;
  g_autoptr(GPtrArray) list = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return NULL;

  list = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL && *lines[i] != '\0'; i++)
    {
      char **parts = g_strsplit (lines[i], " ", 3);

      g_ptr_array_add (list, parts);
      if (g_strv_length (parts) != 3 || *parts[2] == '\0' || *parts[2] == '.' ||
          strchr (parts[2], '/') != NULL)
        return NULL;
    }
  return g_steal_pointer (&list);
}

static gboolean
is_as_left (int        folder,
            GPtrArray *list)
{
  for (guint i = 0; i < list->len; i++)
    {
      char **parts = list->pdata[i];
      g_autofree char *now = digest_of_file (folder, parts[2]);

      if (g_strcmp0 (now, parts[0]) != 0 && g_strcmp0 (now, parts[1]) != 0)
        return FALSE;
    }

  return TRUE;
}

/* In the order opposite to the changes, so that what is true half-way is what
 * was true half-way then. Can itself be interrupted and done again. */
static gboolean
put_back (int         folder,
          int         old,
          GPtrArray  *list,
          GError    **error)
{
  for (guint i = list->len; i > 0; i--)
    {
      char **parts = list->pdata[i - 1];
      g_autofree char *now = digest_of_file (folder, parts[2]);

      if (g_strcmp0 (now, parts[0]) == 0)
        continue;
      if (strcmp (parts[0], ABSENT) == 0 ? unlinkat (folder, parts[2], 0) != 0
                                         : renameat (old, parts[2], folder, parts[2]) != 0)
        {
          set_errno_error (error, parts[2], "put back", errno);
          return FALSE;
        }
    }

  if (fsync (folder) == 0 && unlinkat (old, LIST, 0) == 0)
    return TRUE;
  set_errno_error (error, MW_FILE_JOURNAL_OLD, "put back", errno);
  return FALSE;
}

gboolean
mw_file_journal_recover (int      folder,
                         GError **error)
{
  g_autoptr(GPtrArray) list = NULL;
  gboolean ok = TRUE;
  int old = open_own (folder, MW_FILE_JOURNAL_OLD);

  if (old < 0 && errno != ENOENT)
    {
      set_errno_error (error, MW_FILE_JOURNAL_OLD, "read", errno);
      return FALSE;
    }
  if (old >= 0)
    {
      list = read_list (old);
      if (list != NULL && is_as_left (folder, list))
        ok = put_back (folder, old, list, error);
      else
        unlinkat (old, LIST, 0);
      close (old);
    }
  if (ok)
    mw_file_journal_clean (folder);
  return ok;
}

void
mw_file_journal_clean (int folder)
{
  remove_with_files (folder, MW_FILE_JOURNAL_OLD);
  remove_with_files (folder, MW_FILE_JOURNAL_NEW);
}
