/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "export/mw-file-transaction.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/mw-error.h"
#include "export/mw-file-journal.h"
#include "export/mw-folder-access.h"
#include "export/mw-open-no-follow.h"
#include "export/mw-sandbox.h"

#define MAX_SIZE (64 * 1024 * 1024)

typedef struct {
  int       fd;
  char     *path;
  gboolean  is_new;
} Folder;

/* A folder that was made here. */
typedef struct {
  int   parent;
  char *name;
} MadeFolder;

typedef struct {
  int       folder;
  char     *name;
  GBytes   *before;   /* NULL: there was none */
  GBytes   *contents; /* NULL: only guarded, or removed */
  int       waiting;   /* the folder of @temporary */
  char     *temporary; /* the new contents, until they take their name */
  gboolean  removed;
} Entry;

struct _MwFileTransaction
{
  GPtrArray *folders; /* element Folder */
  GPtrArray *made;    /* element MadeFolder */
  GPtrArray *entries; /* element Entry */
  gboolean   committed;
  gboolean   accepts_place;
  int        journal; /* borrowed: the folder that has one, or -1 */
  int        fresh;   /* the journal's folder for new contents, or -1 */
  gboolean   is_new;  /* all of the journal's folder is made here */
};

static void
folder_free (gpointer data)
{
  Folder *folder = data;

  close (folder->fd);
  g_free (folder->path);
  g_free (folder);
}

static void
made_folder_free (gpointer data)
{
  MadeFolder *made = data;

  close (made->parent);
  g_free (made->name);
  g_free (made);
}

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  g_free (entry->name);
  g_clear_pointer (&entry->before, g_bytes_unref);
  g_clear_pointer (&entry->contents, g_bytes_unref);
  g_free (entry->temporary);
  g_free (entry);
}

static Folder *
find_folder (MwFileTransaction *self,
             int                fd)
{
  for (guint i = 0; i < self->folders->len; i++)
    {
      Folder *folder = self->folders->pdata[i];

      if (folder->fd == fd)
        return folder;
    }

  return NULL;
}

static char *
path_of (MwFileTransaction *self,
         int                fd,
         const char        *name)
{
  Folder *folder = find_folder (self, fd);

  return folder != NULL ? g_build_filename (folder->path, name, NULL) : g_strdup (name);
}

/* Everything that keeps a file from being written is told the same way: with
 * the name of the file and the system's reason. */
static void
set_errno_error (MwFileTransaction  *self,
                 GError            **error,
                 int                 folder,
                 const char         *name,
                 const char         *what,
                 int                 code)
{
  g_autofree char *path = path_of (self, folder, name);

  g_set_error (error, MW_EXPORT_ERROR,
               code == ELOOP ? MW_EXPORT_ERROR_UNSAFE : MW_EXPORT_ERROR_READ_ONLY,
               "%s cannot be %s: %s", path, what, g_strerror (code));
}

static gboolean
check_status (const struct stat  *status,
              const char         *path,
              gboolean            any_owner,
              GError            **error)
{
  if (!S_ISREG (status->st_mode) && !S_ISDIR (status->st_mode))
    g_set_error (error, MW_EXPORT_ERROR, MW_EXPORT_ERROR_UNSAFE,
                 "%s is not a plain file", path);
  else if ((status->st_uid != geteuid () && !any_owner) || !mw_folder_access_is_closed (status))
    g_set_error (error, MW_EXPORT_ERROR, MW_EXPORT_ERROR_UNSAFE,
                 "%s belongs to someone else or can be written by others", path);
  /* For root every file is writable; the mark is respected all the same. */
  else if ((status->st_mode & S_IWUSR) == 0)
    g_set_error (error, MW_EXPORT_ERROR, MW_EXPORT_ERROR_READ_ONLY,
                 "%s is read-only", path);
  else
    return TRUE;

  return FALSE;
}

MwFileTransaction *
mw_file_transaction_new (void)
{
  MwFileTransaction *self = g_new0 (MwFileTransaction, 1);

  self->folders = g_ptr_array_new_with_free_func (folder_free);
  self->made = g_ptr_array_new_with_free_func (made_folder_free);
  self->entries = g_ptr_array_new_with_free_func (entry_free);
  self->journal = self->fresh = -1;
  return self;
}

int
mw_file_transaction_get_fresh (MwFileTransaction  *self,
                               GError            **error)
{
  g_return_val_if_fail (self != NULL && self->journal >= 0, -1);

  if (self->fresh < 0)
    self->fresh = mw_file_journal_open_new (self->journal, error);
  return self->fresh;
}

static gboolean
write_temporary (MwFileTransaction  *self,
                 Entry              *entry,
                 GBytes             *contents,
                 GError            **error)
{
  g_autofree char *path = path_of (self, entry->folder, entry->name);

  /* One fixed name, so that a crash leaves at most one such file. */
  if (entry->folder == self->journal)
    {
      entry->waiting = mw_file_transaction_get_fresh (self, error);
      entry->temporary = g_strdup (entry->name);
    }
  else
    {
      entry->waiting = entry->folder;
      entry->temporary = g_strconcat (".mailwright-", entry->name, ".tmp", NULL);
    }
  if (entry->waiting >= 0 &&
      mw_file_journal_write_file (entry->waiting, entry->temporary, contents, error))
    return TRUE;

  g_prefix_error (error, "%s: ", path);
  g_clear_pointer (&entry->temporary, g_free);
  return FALSE;
}

static gboolean
rename_temporary (MwFileTransaction  *self,
                  Entry              *entry,
                  GError            **error)
{
  if (renameat (entry->waiting, entry->temporary, entry->folder, entry->name) != 0)
    {
      set_errno_error (self, error, entry->folder, entry->name, "replaced", errno);
      return FALSE;
    }
  g_clear_pointer (&entry->temporary, g_free);
  return TRUE;
}

static gboolean
same_bytes (GBytes *a,
            GBytes *b)
{
  return a == NULL || b == NULL ? a == b : g_bytes_equal (a, b);
}

static void
put_back (MwFileTransaction *self,
          Entry             *entry)
{
  g_autoptr(GBytes) now = NULL;
  g_autoptr(GError) error = NULL;

  if (entry->temporary != NULL)
    {
      unlinkat (entry->waiting, entry->temporary, 0);
      g_clear_pointer (&entry->temporary, g_free);
    }
  if (mw_file_transaction_read (self, entry->folder, entry->name, &now, NULL) &&
      same_bytes (now, entry->before))
    return;

  if (entry->before == NULL)
    unlinkat (entry->folder, entry->name, 0);
  else if (!write_temporary (self, entry, entry->before, &error) ||
           !rename_temporary (self, entry, &error))
    g_warning ("Cannot restore: %s", error->message);
}

static void
close_journal (MwFileTransaction *self)
{
  if (self->fresh >= 0)
    close (self->fresh);
  self->fresh = -1;
  if (self->journal >= 0)
    mw_file_journal_clean (self->journal);
}

static void
roll_back (MwFileTransaction *self)
{
  g_autoptr(GError) error = NULL;

  if (self->journal >= 0 && !self->is_new &&
      !mw_file_journal_recover (self->journal, &error))
    g_warning ("Cannot restore: %s", error->message);
  for (guint i = self->entries->len; i > 0; i--)
    {
      Entry *entry = self->entries->pdata[i - 1];

      if (entry->folder != self->journal || self->is_new)
        put_back (self, entry);
    }
  if (error == NULL)
    close_journal (self);
  for (guint i = self->made->len; i > 0; i--)
    {
      MadeFolder *made = self->made->pdata[i - 1];

      unlinkat (made->parent, made->name, AT_REMOVEDIR);
    }
  g_ptr_array_set_size (self->entries, 0);
  g_ptr_array_set_size (self->made, 0);
}

void
mw_file_transaction_free (MwFileTransaction *self)
{
  g_return_if_fail (self != NULL);

  if (!self->committed)
    roll_back (self);
  if (self->fresh >= 0)
    close (self->fresh);
  g_ptr_array_unref (self->entries);
  g_ptr_array_unref (self->made);
  g_ptr_array_unref (self->folders);
  g_free (self);
}

/* One step down. Takes @parent. */
static int
enter (MwFileTransaction  *self,
       int                 parent,
       const char         *name,
       const char         *path,
       gboolean            create,
       GError            **error)
{
  const int flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;
  struct stat status;
  int fd = openat (parent, name, flags);

  if (fd < 0 && errno == ENOENT && create)
    {
      if (mkdirat (parent, name, 0700) == 0)
        {
          MadeFolder *made = g_new0 (MadeFolder, 1);

          made->parent = fcntl (parent, F_DUPFD_CLOEXEC, 0);
          made->name = g_strdup (name);
          g_ptr_array_add (self->made, made);
        }
      fd = openat (parent, name, flags);
    }
  if (fd < 0)
    {
      int code = errno;

      /* O_DIRECTORY with O_NOFOLLOW calls a symbolic link "not a directory". */
      if (code == ENOTDIR && fstatat (parent, name, &status, AT_SYMLINK_NOFOLLOW) == 0 &&
          S_ISLNK (status.st_mode))
        code = ELOOP;
      g_set_error (error, MW_EXPORT_ERROR,
                   code == ELOOP ? MW_EXPORT_ERROR_UNSAFE
                                 : code == ENOENT || code == ENOTDIR ? MW_EXPORT_ERROR_NO_TARGET
                                                                     : MW_EXPORT_ERROR_READ_ONLY,
                   "The folder %s cannot be opened: %s", path, g_strerror (code));
    }
  else if (fstat (fd, &status) != 0 ||
           !check_status (&status, path, self->accepts_place, error))
    {
      close (fd);
      fd = -1;
    }
  close (parent);
  return fd;
}

/* Follows links now, once: what they point to is then entered step by step
 * without following any. What is not there yet stays as it is. */
static char *
resolve (const char *path)
{
  g_autofree char *there = g_strdup (path);
  char *real;

  while ((real = realpath (there, NULL)) == NULL && there[1] != '\0')
    {
      char *parent = g_path_get_dirname (there);

      g_free (there);
      there = parent;
    }
  if (real != NULL)
    {
      char *whole = g_build_filename (real, path + strlen (there), NULL);

      free (real);
      return whole;
    }

  return g_strdup (path);
}

static char *
find_base (MwFileTransaction *self,
           const char        *whole)
{
  g_autofree char *home = g_canonicalize_filename (g_get_home_dir (), NULL);
  g_autofree char *real_home = self->accepts_place ? resolve (home) : g_strdup (home);

  /* Every step below the home folder is checked; elsewhere, where the
   * person named the folder, the way there may go over links. */
  if (g_str_has_prefix (whole, home) && whole[strlen (home)] == '/')
    return g_steal_pointer (&home);
  if (g_str_has_prefix (whole, real_home) && whole[strlen (real_home)] == '/')
    return g_steal_pointer (&real_home);
  return g_path_get_dirname (whole);
}

void
mw_file_transaction_accept_place (MwFileTransaction *self)
{
  g_return_if_fail (self != NULL);

  self->accepts_place = TRUE;
}

int
mw_file_transaction_open_folder (MwFileTransaction  *self,
                                 const char         *path,
                                 gboolean            create,
                                 GError            **error)
{
  g_autofree char *plain = NULL;
  g_autofree char *whole = NULL;
  g_autofree char *base = NULL;
  g_auto(GStrv) steps = NULL;
  g_autoptr(GString) so_far = NULL;
  Folder *folder;
  guint n_made = 0;
  int fd;

  g_return_val_if_fail (self != NULL, -1);
  g_return_val_if_fail (path != NULL && g_path_is_absolute (path), -1);

  plain = g_canonicalize_filename (path, NULL);
  whole = self->accepts_place ? resolve (plain) : g_strdup (plain);
  if (!mw_sandbox_check (whole, error))
    return -1;
  base = find_base (self, whole);
  steps = g_strsplit (whole + strlen (base) + (base[1] != '\0' ? 1 : 0), "/", -1);

  fd = open (base, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0)
    {
      g_set_error (error, MW_EXPORT_ERROR, MW_EXPORT_ERROR_NO_TARGET,
                   "The folder %s cannot be opened: %s", base, g_strerror (errno));
      return -1;
    }
  so_far = g_string_new (base);
  for (guint i = 0; fd >= 0 && steps[i] != NULL; i++)
    {
      g_string_append_printf (so_far, "/%s", steps[i]);
      n_made = self->made->len;
      fd = enter (self, fd, steps[i], so_far->str, create, error);
    }
  if (fd < 0)
    return -1;

  folder = g_new0 (Folder, 1);
  folder->fd = fd;
  folder->path = g_steal_pointer (&whole);
  folder->is_new = self->made->len > n_made;
  g_ptr_array_add (self->folders, folder);
  return fd;
}

static GBytes *
read_fd (int   fd,
         gsize size)
{
  g_autofree char *bytes = g_malloc (size + 1);
  gsize have = 0;

  while (have < size)
    {
      gssize n = read (fd, bytes + have, size - have);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return NULL;
      if (n == 0)
        break;
      have += n;
    }

  return g_bytes_new_take (g_steal_pointer (&bytes), have);
}

gboolean
mw_file_transaction_read (MwFileTransaction  *self,
                          int                 folder,
                          const char         *name,
                          GBytes            **contents,
                          GError            **error)
{
  g_autofree char *path = NULL;
  struct stat status;
  gboolean ok = FALSE;
  int fd;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (name != NULL && strchr (name, '/') == NULL, FALSE);
  g_return_val_if_fail (contents != NULL, FALSE);

  *contents = NULL;
  /* O_NONBLOCK: a named pipe would hold us here for ever. */
  fd = mw_open_no_follow (folder, name, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
  if (fd < 0 && errno == ENOENT)
    return TRUE;
  if (fd < 0)
    {
      set_errno_error (self, error, folder, name, "read", errno);
      return FALSE;
    }

  path = path_of (self, folder, name);
  if (fstat (fd, &status) != 0)
    set_errno_error (self, error, folder, name, "read", errno);
  else if (!S_ISREG (status.st_mode))
    g_set_error (error, MW_EXPORT_ERROR, MW_EXPORT_ERROR_UNSAFE,
                 "%s is not a plain file", path);
  else if (status.st_size > MAX_SIZE)
    g_set_error (error, MW_EXPORT_ERROR, MW_EXPORT_ERROR_DAMAGED, "%s is too large", path);
  else
    ok = check_status (&status, path, FALSE, error);

  if (ok)
    {
      *contents = read_fd (fd, status.st_size);
      ok = *contents != NULL;
      if (!ok)
        set_errno_error (self, error, folder, name, "read", errno);
    }
  close (fd);
  return ok;
}

gboolean
mw_file_transaction_use_journal (MwFileTransaction  *self,
                                 int                 folder,
                                 GError            **error)
{
  Folder *found;

  g_return_val_if_fail (self != NULL && self->journal < 0, FALSE);

  found = find_folder (self, folder);
  g_return_val_if_fail (found != NULL, FALSE);

  self->is_new = found->is_new;
  if (!mw_file_journal_recover (folder, error))
    {
      g_prefix_error (error, "%s: ", found->path);
      return FALSE;
    }
  self->journal = folder;
  /* In a folder that is made here this is also the mark of one that is not
   * finished. */
  return !self->is_new || mw_file_transaction_get_fresh (self, error) >= 0;
}

static Entry *
add_entry (MwFileTransaction  *self,
           int                 folder,
           const char         *name,
           GError            **error)
{
  Entry *entry;
  GBytes *before;

  for (guint i = 0; i < self->entries->len; i++)
    {
      entry = self->entries->pdata[i];
      if (entry->folder == folder && strcmp (entry->name, name) == 0)
        return entry;
    }
  if (!mw_file_transaction_read (self, folder, name, &before, error))
    return NULL;

  entry = g_new0 (Entry, 1);
  entry->folder = folder;
  entry->name = g_strdup (name);
  entry->before = before;
  g_ptr_array_add (self->entries, entry);
  return entry;
}

gboolean
mw_file_transaction_guard (MwFileTransaction  *self,
                           int                 folder,
                           const char         *name,
                           GError            **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return add_entry (self, folder, name, error) != NULL;
}

gboolean
mw_file_transaction_stage (MwFileTransaction  *self,
                           int                 folder,
                           const char         *name,
                           GBytes             *contents,
                           GError            **error)
{
  Entry *entry;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (contents != NULL, FALSE);

  entry = add_entry (self, folder, name, error);
  if (entry == NULL)
    return FALSE;
  g_clear_pointer (&entry->contents, g_bytes_unref);
  entry->contents = g_bytes_ref (contents);
  return TRUE;
}

gboolean
mw_file_transaction_stage_removal (MwFileTransaction  *self,
                                   int                 folder,
                                   const char         *name,
                                   GError            **error)
{
  Entry *entry;

  g_return_val_if_fail (self != NULL, FALSE);

  entry = add_entry (self, folder, name, error);
  if (entry == NULL)
    return FALSE;
  entry->removed = TRUE;
  return TRUE;
}

static gboolean
remove_file (MwFileTransaction  *self,
             Entry              *entry,
             GError            **error)
{
  if (unlinkat (entry->folder, entry->name, 0) == 0 || errno == ENOENT)
    return TRUE;

  set_errno_error (self, error, entry->folder, entry->name, "deleted", errno);
  return FALSE;
}

static gboolean
is_changed (Entry *entry)
{
  return entry->contents != NULL || entry->removed;
}

static gboolean
write_new (MwFileTransaction  *self,
           GError            **error)
{
  for (guint i = 0; i < self->entries->len; i++)
    {
      Entry *entry = self->entries->pdata[i];

      if (entry->contents != NULL && !write_temporary (self, entry, entry->contents, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
begin_journal (MwFileTransaction  *self,
               GError            **error)
{
  g_autoptr(GArray) records = g_array_new (FALSE, FALSE, sizeof (MwFileRecord));
  g_autofree char *path = NULL;

  /* The whole of a new folder is the change. */
  if (self->journal < 0 || self->is_new)
    return TRUE;

  for (guint i = 0; i < self->entries->len; i++)
    {
      Entry *entry = self->entries->pdata[i];
      MwFileRecord record = { entry->name, entry->before, entry->contents };

      if (entry->folder == self->journal && is_changed (entry))
        g_array_append_val (records, record);
    }

  if (mw_file_journal_begin (self->journal, (const MwFileRecord *) records->data,
                             records->len, error))
    return TRUE;
  path = path_of (self, self->journal, "");
  g_prefix_error (error, "%s", path);
  return FALSE;
}

/* The folder with the journal goes first: what lies elsewhere may be the list
 * that makes it known. What goes away goes last: until then something may
 * still name it. */
static gboolean
take_names (MwFileTransaction  *self,
            gboolean            in_journal,
            GError            **error)
{
  for (guint i = 0; i < self->entries->len; i++)
    {
      Entry *entry = self->entries->pdata[i];

      if ((entry->folder == self->journal) == in_journal && entry->contents != NULL &&
          !rename_temporary (self, entry, error))
        return FALSE;
    }
  for (guint i = 0; i < self->entries->len; i++)
    {
      Entry *entry = self->entries->pdata[i];

      if ((entry->folder == self->journal) == in_journal && entry->removed &&
          !remove_file (self, entry, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
sync_folders (MwFileTransaction  *self,
              gboolean            in_journal,
              GError            **error)
{
  for (guint i = 0; in_journal && i < self->made->len; i++)
    fsync (((MadeFolder *) self->made->pdata[i])->parent);
  for (guint i = 0; i < self->folders->len; i++)
    {
      Folder *folder = self->folders->pdata[i];

      if ((folder->fd == self->journal) == in_journal && fsync (folder->fd) != 0)
        {
          set_errno_error (self, error, folder->fd, "", "written", errno);
          return FALSE;
        }
    }

  return TRUE;
}

static gboolean
write_all (MwFileTransaction  *self,
           GError            **error)
{
  return write_new (self, error) &&
         begin_journal (self, error) &&
         take_names (self, TRUE, error) &&
         sync_folders (self, TRUE, error) &&
         take_names (self, FALSE, error) &&
         sync_folders (self, FALSE, error) &&
         (self->journal < 0 || self->is_new || mw_file_journal_end (self->journal, error));
}

gboolean
mw_file_transaction_commit (MwFileTransaction  *self,
                            GError            **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (!write_all (self, error))
    {
      roll_back (self);
      return FALSE;
    }

  self->committed = TRUE;
  close_journal (self);
  return TRUE;
}

void
mw_file_transaction_undo (MwFileTransaction *self)
{
  g_return_if_fail (self != NULL);

  roll_back (self);
  self->committed = FALSE;
}
