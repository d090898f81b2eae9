/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "export/mw-thunderbird-folder.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "core/mw-error.h"
#include "export/mw-document-path.h"
#include "export/mw-file-journal.h"
#include "export/mw-file-transaction.h"
#include "export/mw-install-scan.h"
#include "export/mw-sandbox.h"
#include "export/mw-thunderbird-heal.h"
#include "export/mw-thunderbird-lock.h"
#include "export/mw-thunderbird-profiles-ini.h"

#define COMPATIBILITY_INI "compatibility.ini"
#define PROFILES_INI "profiles.ini"

/* The password store. SQLite keeps what is not yet in a database beside it. */
static const char *const store_files[] = { "key4.db", "cert9.db" };
static const char *const unfinished[] = { "-journal", "-wal" };

struct _MwThunderbirdFolder
{
  MwExportTarget           *target;
  MwFileTransaction        *transaction;
  MwThunderbirdProfilesIni *ini;  /* only for a new profile */
  char                     *name;
  char                     *path;
  gboolean                  is_new;
  gboolean                  dry_run;
  int                       root; /* borrowed from transaction, or -1 */
  int                       fd;   /* borrowed from transaction, or -1 */
  int                       store; /* borrowed from transaction, or -1 */
  char                     *scratch; /* own folder of store; NULL: the transaction's */
  int                       turn[2]; /* in root and fd, or -1 */
  int                       lock; /* or -1 */
};

/* A target that was found before Thunderbird made its first profile, or
 * before we did, must not get a second one. */
static MwExportTarget *
look_again (MwExportTarget *target)
{
  g_autoptr(GPtrArray) found = NULL;

  if (target->profile != NULL)
    return mw_export_target_ref (target);

  found = mw_install_scan_thunderbird_here ();
  for (guint i = 0; i < found->len; i++)
    {
      MwExportTarget *each = found->pdata[i];
      gsize length = strlen (target->id);

      if (each->profile != NULL && g_strcmp0 (each->data_folder, target->data_folder) == 0 &&
          strncmp (each->id, target->id, length) == 0 &&
          (each->id[length] == '\0' || each->id[length] == ':'))
        return mw_export_target_ref (each);
    }

  return mw_export_target_ref (target);
}

static char *
make_name (void)
{
  static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789";
  GString *name = g_string_new (NULL);

  for (guint i = 0; i < 8; i++)
    g_string_append_c (name, letters[g_random_int_range (0, sizeof letters - 1)]);
  g_string_append (name, MW_THUNDERBIRD_FOLDER_SUFFIX);
  return g_string_free (name, FALSE);
}

/* Reads the list of profiles that the new one is going to be added to. */
static gboolean
open_root (MwThunderbirdFolder  *self,
           GError              **error)
{
  const char *root = self->target->data_folder;
  g_autoptr(GBytes) contents = NULL;
  const char *data = NULL;
  gsize size = 0;

  if (!self->dry_run || g_file_test (root, G_FILE_TEST_EXISTS))
    {
      self->root = mw_file_transaction_open_folder (self->transaction, root,
                                                    !self->dry_run, error);
      if (self->root < 0 ||
          !mw_file_transaction_read (self->transaction, self->root, PROFILES_INI,
                                     &contents, error))
        return FALSE;
      if (!self->dry_run)
        mw_thunderbird_heal_root (self->root);
    }
  if (contents != NULL)
    data = g_bytes_get_data (contents, &size);
  self->ini = mw_thunderbird_profiles_ini_parse (data, size, root, error);
  return self->ini != NULL;
}

static gboolean
open_folder (MwThunderbirdFolder  *self,
             GError              **error)
{
  if (self->is_new && self->dry_run)
    return TRUE;

  self->fd = mw_file_transaction_open_folder (self->transaction, self->path,
                                              self->is_new, error);
  if (self->fd < 0)
    return FALSE;
  if (self->dry_run)
    return TRUE;

  self->turn[1] = mw_thunderbird_lock_wait_turn (self->fd, TRUE, self->path, error);
  if (self->turn[1] < 0)
    return FALSE;
  /* The journal of a new folder marks it as unfinished, before anything else
   * is in it. */
  if (self->is_new && !mw_file_transaction_use_journal (self->transaction, self->fd, error))
    return FALSE;
  if (self->is_new && !mw_file_transaction_guard (self->transaction, self->fd,
                                                  ".parentlock", error))
    return FALSE;
  self->lock = mw_thunderbird_lock_take (self->fd, self->path, error);
  return self->lock >= 0 &&
         (self->is_new ||
          mw_file_transaction_use_journal (self->transaction, self->fd, error));
}

/* Only one at a time makes a profile in a folder; who comes second finds it. */
static gboolean
wait_for_root (MwThunderbirdFolder    *self,
               const MwExportOptions  *options,
               GError                **error)
{
  MwExportTarget *target;
  const char *path = self->target->data_folder;
  int root;

  if (!mw_sandbox_check (path, error))
    return FALSE;
  if (options->accept_place)
    mw_file_transaction_accept_place (self->transaction);
  root = mw_file_transaction_open_folder (self->transaction, path, TRUE, error);
  if (root >= 0)
    self->turn[0] = mw_thunderbird_lock_wait_turn (root, TRUE, path, error);
  if (self->turn[0] < 0)
    return FALSE;

  target = look_again (self->target);
  mw_export_target_unref (self->target);
  self->target = target;
  return TRUE;
}

/* What the search found may have been a while ago; the folder itself is
 * looked at again when it is opened. */
static gboolean
check_place (MwThunderbirdFolder    *self,
             const MwExportOptions  *options,
             GError                **error)
{
  if (!mw_sandbox_check (self->path, error))
    return FALSE;
  if (options->accept_place)
    mw_file_transaction_accept_place (self->transaction);
  else if (self->target->access == MW_TARGET_ACCESS_UNUSUAL_PLACE)
    {
      g_set_error (error, MW_EXPORT_ERROR, MW_EXPORT_ERROR_UNSAFE,
                   "The folder %s is really %s", self->path,
                   self->target->place != NULL ? self->target->place : "somewhere else");
      return FALSE;
    }

  return TRUE;
}

MwThunderbirdFolder *
mw_thunderbird_folder_open (MwExportTarget         *target,
                            gboolean                create,
                            const MwExportOptions  *options,
                            GError                **error)
{
  g_autoptr(MwThunderbirdFolder) self = g_new0 (MwThunderbirdFolder, 1);

  g_return_val_if_fail (target != NULL, NULL);
  g_return_val_if_fail (target->data_folder != NULL, NULL);
  g_return_val_if_fail (options != NULL, NULL);

  self->target = look_again (target);
  self->transaction = mw_file_transaction_new ();
  self->root = self->fd = self->store = self->lock = self->turn[0] = self->turn[1] = -1;
  self->dry_run = options->dry_run;
  if (self->target->profile == NULL && create && !self->dry_run &&
      !wait_for_root (self, options, error))
    return NULL;
  self->is_new = self->target->profile == NULL;
  self->name = self->is_new ? make_name () : g_strdup (self->target->profile);
  self->path = g_build_filename (self->target->data_folder, self->name, NULL);
  if (self->is_new && !create)
    {
      g_set_error (error, MW_EXPORT_ERROR, MW_EXPORT_ERROR_NO_TARGET,
                   "There is no profile of Thunderbird in %s", self->target->data_folder);
      return NULL;
    }
  if (!check_place (self, options, error))
    return NULL;
  if (self->is_new && !open_root (self, error))
    return NULL;
  if (!open_folder (self, error))
    return NULL;

  return g_steal_pointer (&self);
}

/* What the helper leaves: the databases, and what SQLite keeps beside them. */
static void
remove_scratch (MwThunderbirdFolder *self)
{
  for (gsize i = 0; i < G_N_ELEMENTS (store_files); i++)
    {
      unlinkat (self->store, store_files[i], 0);
      for (gsize j = 0; j < G_N_ELEMENTS (unfinished); j++)
        {
          g_autofree char *beside = g_strconcat (store_files[i], unfinished[j], NULL);

          unlinkat (self->store, beside, 0);
        }
    }
  close (self->store);
  self->store = -1;
  rmdir (self->scratch);
}

void
mw_thunderbird_folder_free (MwThunderbirdFolder *self)
{
  g_return_if_fail (self != NULL);

  if (self->scratch != NULL)
    remove_scratch (self);
  /* In this order: nobody else may write while things are put back. */
  g_clear_pointer (&self->transaction, mw_file_transaction_free);
  if (self->lock >= 0)
    close (self->lock);
  for (gsize i = 0; i < G_N_ELEMENTS (self->turn); i++)
    if (self->turn[i] >= 0)
      close (self->turn[i]);
  g_clear_pointer (&self->ini, mw_thunderbird_profiles_ini_free);
  g_clear_pointer (&self->target, mw_export_target_unref);
  g_free (self->scratch);
  g_free (self->name);
  g_free (self->path);
  g_free (self);
}

gboolean
mw_thunderbird_folder_get_is_new (MwThunderbirdFolder *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->is_new;
}

const char *
mw_thunderbird_folder_get_path (MwThunderbirdFolder *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->path;
}

const char *
mw_thunderbird_folder_get_name (MwThunderbirdFolder *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->name;
}

gboolean
mw_thunderbird_folder_get_prefers_aes (MwThunderbirdFolder *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  /* Older ones read triple DES only; all read that. */
  return self->target->version != NULL &&
         g_ascii_strtoull (self->target->version, NULL, 10) >= 144;
}

int
mw_thunderbird_folder_get_fd (MwThunderbirdFolder *self)
{
  g_return_val_if_fail (self != NULL, -1);

  return self->fd;
}

MwExportTarget *
mw_thunderbird_folder_dup_target (MwThunderbirdFolder *self)
{
  MwExportTarget *target;

  g_return_val_if_fail (self != NULL, NULL);

  target = mw_export_target_copy (self->target);
  g_free (target->profile);
  target->profile = g_strdup (self->name);
  return target;
}

gboolean
mw_thunderbird_folder_read (MwThunderbirdFolder  *self,
                            const char           *name,
                            GBytes              **contents,
                            GError              **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  *contents = NULL;
  return self->fd < 0 ||
         mw_file_transaction_read (self->transaction, self->fd, name, contents, error);
}

/* A database that Thunderbird has not finished writing is only whole together
 * with what lies beside it; Thunderbird puts that right when it starts. */
static gboolean
check_finished (MwThunderbirdFolder  *self,
                const char           *name,
                GError              **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (unfinished); i++)
    {
      g_autofree char *beside = g_strconcat (name, unfinished[i], NULL);
      g_autoptr(GBytes) contents = NULL;

      if (!mw_file_transaction_read (self->transaction, self->fd, beside, &contents, error))
        return FALSE;
      if (contents != NULL && g_bytes_get_size (contents) > 0)
        {
          g_set_error (error, MW_EXPORT_ERROR, MW_EXPORT_ERROR_DAMAGED,
                       "%s/%s was not written to its end; Thunderbird mends it when it starts",
                       self->path, name);
          return FALSE;
        }
    }

  return TRUE;
}

/* NSS needs locks, so that it cannot work where the document portal shows the
 * profile. Inside the sandbox this folder is in memory. */
static int
make_scratch (MwThunderbirdFolder  *self,
              GError              **error)
{
  g_autofree char *folder = g_build_filename (g_get_user_runtime_dir (), "mailwright-XXXXXX",
                                              NULL);
  int fd = -1;

  if (g_mkdtemp (folder) != NULL)
    fd = open (folder, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  if (fd < 0)
    g_set_error (error, MW_EXPORT_ERROR, MW_EXPORT_ERROR_HELPER,
                 "%s cannot be made: %s", folder, g_strerror (errno));
  else
    self->scratch = g_steal_pointer (&folder);
  return fd;
}

int
mw_thunderbird_folder_open_store (MwThunderbirdFolder  *self,
                                  GError              **error)
{
  gboolean is_document;
  int store;

  g_return_val_if_fail (self != NULL && self->fd >= 0, -1);

  is_document = mw_document_path_is (self->path);
  g_return_val_if_fail (is_document || !self->dry_run, -1);

  if (self->store >= 0)
    return self->store;
  store = is_document ? make_scratch (self, error)
                      : mw_file_transaction_get_fresh (self->transaction, error);
  if (is_document)
    self->store = store;
  for (gsize i = 0; store >= 0 && i < G_N_ELEMENTS (store_files); i++)
    {
      g_autoptr(GBytes) contents = NULL;

      if (!check_finished (self, store_files[i], error) ||
          !mw_file_transaction_read (self->transaction, self->fd, store_files[i],
                                     &contents, error))
        return -1;
      if (contents != NULL &&
          !mw_file_journal_write_file (store, store_files[i], contents, error))
        {
          g_prefix_error (error, "%s: ", self->path);
          return -1;
        }
    }

  self->store = store;
  return store;
}

int
mw_thunderbird_folder_find_store (MwThunderbirdFolder  *self,
                                  GError              **error)
{
  g_return_val_if_fail (self != NULL, -1);

  if (self->fd < 0 || !mw_document_path_is (self->path))
    return self->fd;
  return mw_thunderbird_folder_open_store (self, error);
}

gboolean
mw_thunderbird_folder_stage_store (MwThunderbirdFolder  *self,
                                   GError              **error)
{
  g_return_val_if_fail (self != NULL && self->store >= 0, FALSE);

  for (gsize i = 0; i < G_N_ELEMENTS (store_files); i++)
    {
      g_autoptr(GBytes) before = NULL;
      g_autoptr(GBytes) after = NULL;

      if (!mw_file_transaction_read (self->transaction, self->fd, store_files[i],
                                     &before, error) ||
          !mw_file_transaction_read (self->transaction, self->store, store_files[i],
                                     &after, error))
        return FALSE;
      if (after != NULL && (before == NULL || !g_bytes_equal (before, after)) &&
          !mw_file_transaction_stage (self->transaction, self->fd, store_files[i],
                                      after, error))
        return FALSE;
    }

  return TRUE;
}

gboolean
mw_thunderbird_folder_stage (MwThunderbirdFolder  *self,
                             const char           *name,
                             GBytes               *contents,
                             GError              **error)
{
  g_return_val_if_fail (self != NULL && self->fd >= 0, FALSE);

  return mw_file_transaction_stage (self->transaction, self->fd, name, contents, error);
}

/* Thunderbird ignores a profile it did not make, and makes another, unless
 * there is a compatibility.ini with this one line; it fills in the rest. */
static gboolean
stage_new_profile (MwThunderbirdFolder  *self,
                   GError              **error)
{
  static const char line[] = "[Compatibility]\n";
  g_autoptr(GBytes) compatibility = g_bytes_new_static (line, strlen (line));
  g_autoptr(GBytes) profiles = NULL;
  gsize size;
  char *data = mw_thunderbird_profiles_ini_add (self->ini, self->name, &size);

  profiles = g_bytes_new_take (data, size);
  return mw_file_transaction_stage (self->transaction, self->fd, COMPATIBILITY_INI,
                                    compatibility, error) &&
         mw_file_transaction_stage (self->transaction, self->root, PROFILES_INI,
                                    profiles, error);
}

gboolean
mw_thunderbird_folder_commit (MwThunderbirdFolder  *self,
                              GError              **error)
{
  g_return_val_if_fail (self != NULL && !self->dry_run, FALSE);

  if (self->is_new && !stage_new_profile (self, error))
    return FALSE;
  /* There the lock kept nobody from starting. */
  if (mw_document_path_is (self->path) && mw_thunderbird_lock_is_held (self->path))
    {
      g_set_error (error, MW_EXPORT_ERROR, MW_EXPORT_ERROR_RUNNING,
                   "Thunderbird has opened the profile %s meanwhile", self->path);
      return FALSE;
    }
  return mw_file_transaction_commit (self->transaction, error);
}
