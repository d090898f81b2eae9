/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "export/mw-thunderbird-heal.h"

#include <dirent.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/mw-export-target.h"
#include "export/mw-file-journal.h"
#include "export/mw-file-transaction.h"
#include "export/mw-thunderbird-folder.h"
#include "export/mw-thunderbird-lock.h"

#define PROFILES_INI "profiles.ini"

/* Everything that can be in a profile folder before Thunderbird saw it. */
static const char *const own_files[] = {
  ".parentlock", "cert9.db", "cert_override.txt", "compatibility.ini", "key4.db", "logins.json",
  "prefs.js",
};

static GPtrArray *
list_names (int folder)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  int fd = openat (folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  DIR *dir = fd >= 0 ? fdopendir (fd) : NULL;
  struct dirent *entry;

  if (dir == NULL)
    {
      if (fd >= 0)
        close (fd);
      return names;
    }
  while ((entry = readdir (dir)) != NULL)
    if (strcmp (entry->d_name, ".") != 0 && strcmp (entry->d_name, "..") != 0)
      g_ptr_array_add (names, g_strdup (entry->d_name));
  closedir (dir);
  return names;
}

/* Unfinished: it carries the mark, and nothing but what was made here. */
static gboolean
is_unfinished (int folder)
{
  g_autoptr(GPtrArray) names = list_names (folder);
  gboolean marked = FALSE;

  for (guint i = 0; i < names->len; i++)
    {
      const char *name = names->pdata[i];
      gboolean own = FALSE;

      if (strcmp (name, MW_FILE_JOURNAL_NEW) == 0)
        {
          marked = TRUE;
          continue;
        }
      for (gsize j = 0; !own && j < G_N_ELEMENTS (own_files); j++)
        own = strcmp (name, own_files[j]) == 0;
      if (!own)
        return FALSE;
    }

  return marked;
}

/* The mark goes last, so that this too can be interrupted. */
static void
remove_unfinished (int         root,
                   const char *name)
{
  struct stat status;
  int folder, lock;

  /* Not even the mark was made yet. */
  if (unlinkat (root, name, AT_REMOVEDIR) == 0)
    return;

  folder = openat (root, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  if (folder < 0)
    return;
  lock = fstat (folder, &status) == 0 && status.st_uid == geteuid () && is_unfinished (folder)
           ? mw_thunderbird_lock_take (folder, name, NULL) : -1;
  if (lock >= 0)
    {
      for (gsize i = 0; i < G_N_ELEMENTS (own_files); i++)
        unlinkat (folder, own_files[i], 0);
      mw_file_journal_clean (folder);
      unlinkat (root, name, AT_REMOVEDIR);
      close (lock);
    }
  close (folder);
}

void
mw_thunderbird_heal_root (int root)
{
  g_autoptr(MwFileTransaction) transaction = mw_file_transaction_new ();
  g_autoptr(GPtrArray) names = NULL;
  g_autoptr(GBytes) profiles = NULL;
  const char *list = NULL;
  gsize size = 0;

  if (!mw_file_transaction_read (transaction, root, PROFILES_INI, &profiles, NULL))
    return;
  if (profiles != NULL)
    list = g_bytes_get_data (profiles, &size);

  names = list_names (root);
  for (guint i = 0; i < names->len; i++)
    {
      const char *name = names->pdata[i];

      if (g_str_has_suffix (name, MW_THUNDERBIRD_FOLDER_SUFFIX) &&
          (list == NULL || g_strstr_len (list, size, name) == NULL))
        remove_unfinished (root, name);
    }
  unlinkat (root, ".mailwright-" PROFILES_INI ".tmp", 0);
}

static gboolean
has_left_overs (const char *path)
{
  g_autofree char *old = g_build_filename (path, MW_FILE_JOURNAL_OLD, NULL);
  g_autofree char *new = g_build_filename (path, MW_FILE_JOURNAL_NEW, NULL);

  return g_file_test (old, G_FILE_TEST_EXISTS) || g_file_test (new, G_FILE_TEST_EXISTS);
}

static void
heal_profile (const char *path)
{
  g_autoptr(MwFileTransaction) transaction = mw_file_transaction_new ();
  g_autoptr(GError) error = NULL;
  int folder, turn = -1, lock = -1;

  if (!has_left_overs (path))
    return;

  folder = mw_file_transaction_open_folder (transaction, path, FALSE, &error);
  if (folder >= 0)
    turn = mw_thunderbird_lock_wait_turn (folder, FALSE, path, &error);
  if (turn >= 0)
    lock = mw_thunderbird_lock_take (folder, path, &error);
  if (lock < 0 || !mw_file_transaction_use_journal (transaction, folder, &error))
    g_info ("Left as it is: %s", error->message);

  g_clear_pointer (&transaction, mw_file_transaction_free);
  if (lock >= 0)
    close (lock);
  if (turn >= 0)
    close (turn);
}

static void
heal_root (const char *path)
{
  g_autoptr(MwFileTransaction) transaction = mw_file_transaction_new ();
  int root = mw_file_transaction_open_folder (transaction, path, FALSE, NULL);
  int turn = root >= 0 ? mw_thunderbird_lock_wait_turn (root, FALSE, path, NULL) : -1;

  if (turn < 0)
    return;
  mw_thunderbird_heal_root (root);
  close (turn);
}

void
mw_thunderbird_heal (GPtrArray *targets)
{
  g_autoptr(GHashTable) roots = g_hash_table_new (g_str_hash, g_str_equal);

  g_return_if_fail (targets != NULL);

  for (guint i = 0; i < targets->len; i++)
    {
      MwExportTarget *target = targets->pdata[i];
      g_autofree char *path = NULL;

      if (target->data_folder == NULL)
        continue;
      if (g_hash_table_add (roots, target->data_folder))
        heal_root (target->data_folder);
      if (target->profile == NULL)
        continue;
      path = g_build_filename (target->data_folder, target->profile, NULL);
      heal_profile (path);
    }
}
