/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "store/mw-profile-files.h"

#include <string.h>
#include <unistd.h>

#include "core/mw-error.h"
#include "store/mw-account-folder.h"
#include "store/mw-profile-keyfile.h"

static void
report_damaged (const char *data_dir,
                GPtrArray  *damaged,
                const char *name)
{
  g_autofree char *folder = mw_account_folder_path (data_dir);

  g_ptr_array_add (damaged, g_build_filename (folder, name, NULL));
}

static void
read_one (const char *data_dir,
          int         fd,
          const char *id,
          GPtrArray  *profiles,
          GPtrArray  *damaged)
{
  g_autofree char *text = NULL;
  g_autofree char *name = mw_account_folder_file_name (id);
  g_autofree char *aside = NULL;
  g_autoptr(GError) error = NULL;
  MwProfile *profile;
  gboolean newer;
  gsize length;

  /* What is a link, or somebody else's, is reported and not touched. */
  if (!mw_account_folder_read (fd, id, &text, &length, &error))
    {
      g_debug ("%s", error->message);
      report_damaged (data_dir, damaged, name);
      return;
    }

  if (text == NULL)
    return;

  profile = mw_profile_keyfile_parse (text, length, id, &newer, &error);
  if (profile != NULL)
    {
      g_ptr_array_add (profiles, profile);
      return;
    }

  g_debug ("%s: %s", name, error->message);
  if (!newer)
    aside = mw_account_folder_set_aside (fd, id, NULL);
  report_damaged (data_dir, damaged, aside != NULL ? aside : name);
}

/* What an account remembers of its exports is changed by those alone
 * (mw_profile_files_remember()), in any process: whoever saves the account may
 * not know the latest. */
static void
take_exports (MwProfile *profile,
              MwProfile *present)
{
  g_hash_table_unref (profile->exports);
  profile->exports = g_hash_table_ref (present->exports);
}

/* Writes one account over what is there, keeping what others put into it. */
static gboolean
write_one (int         fd,
           MwProfile  *profile,
           gboolean    with_exports,
           GError    **error)
{
  g_autofree char *former = NULL;
  g_autofree char *text = NULL;
  g_autoptr(MwProfile) present = NULL;
  gboolean newer = FALSE;
  gsize length;

  if (!mw_account_folder_read (fd, profile->id, &former, &length, error))
    return FALSE;

  if (former != NULL)
    present = mw_profile_keyfile_parse (former, length, profile->id, &newer, NULL);

  if (newer)
    {
      g_set_error (error, MW_STORE_ERROR, MW_STORE_ERROR_FILE,
                   "A later version of this program wrote the account");
      return FALSE;
    }

  if (former != NULL && present == NULL)
    {
      g_autofree char *aside = mw_account_folder_set_aside (fd, profile->id, error);

      if (aside == NULL)
        return FALSE;
      g_clear_pointer (&former, g_free);
    }

  if (present != NULL && !with_exports)
    take_exports (profile, present);
  if (present != NULL && mw_profile_equal (present, profile))
    return TRUE;

  text = mw_profile_keyfile_render (profile, former, length);
  return mw_account_folder_write (fd, profile->id, text, strlen (text), error);
}

/* There is one default account at most. */
static void
take_default_from_others (int        fd,
                          MwProfile *profile)
{
  g_autoptr(GPtrArray) ids = mw_account_folder_list (fd, NULL);

  for (guint i = 0; ids != NULL && i < ids->len; i++)
    {
      g_autofree char *text = NULL;
      g_autoptr(MwProfile) other = NULL;
      g_autoptr(GError) error = NULL;
      gboolean newer;
      gsize length;

      if (g_str_equal (ids->pdata[i], profile->id) ||
          !mw_account_folder_read (fd, ids->pdata[i], &text, &length, NULL) || text == NULL)
        continue;

      other = mw_profile_keyfile_parse (text, length, ids->pdata[i], &newer, NULL);
      if (other == NULL || newer || !other->is_default)
        continue;

      other->is_default = FALSE;
      if (!write_one (fd, other, FALSE, &error))
        g_debug ("%s", error->message);
    }
}

gboolean
mw_profile_files_load (const char  *data_dir,
                       GPtrArray   *profiles,
                       GPtrArray   *damaged,
                       GError     **error)
{
  g_autoptr(GPtrArray) ids = NULL;
  int fd;

  g_return_val_if_fail (data_dir != NULL, FALSE);

  if (!mw_account_folder_open (data_dir, FALSE, &fd, error))
    return FALSE;

  if (fd < 0)
    return TRUE;

  ids = mw_account_folder_list (fd, error);
  for (guint i = 0; ids != NULL && i < ids->len; i++)
    read_one (data_dir, fd, ids->pdata[i], profiles, damaged);
  close (fd);

  return ids != NULL;
}

gboolean
mw_profile_files_save (const char  *data_dir,
                       MwProfile   *profile,
                       GError     **error)
{
  gboolean success;
  int fd;

  g_return_val_if_fail (data_dir != NULL, FALSE);
  g_return_val_if_fail (profile != NULL, FALSE);

  if (!mw_account_folder_open (data_dir, TRUE, &fd, error))
    return FALSE;

  success = mw_account_folder_lock (fd, error) && write_one (fd, profile, FALSE, error);
  if (success && profile->is_default)
    take_default_from_others (fd, profile);
  close (fd);

  return success;
}

static MwProfile *
remember_in (int          fd,
             const char  *id,
             const char  *target_id,
             const char  *folder,
             GHashTable  *values,
             GError     **error)
{
  g_autofree char *text = NULL;
  g_autoptr(MwProfile) profile = NULL;
  GHashTableIter iter;
  gpointer key, value;
  const char *former;
  gboolean newer;
  gsize length;

  if (!mw_account_folder_lock (fd, error) ||
      !mw_account_folder_read (fd, id, &text, &length, error))
    return NULL;
  if (text == NULL)
    {
      g_set_error (error, MW_STORE_ERROR, MW_STORE_ERROR_NOT_FOUND, "There is no account “%s”",
                   id);
      return NULL;
    }

  profile = mw_profile_keyfile_parse (text, length, id, &newer, error);
  if (profile == NULL)
    return NULL;
  /* One profile folder that got a sister has another id now. */
  former = mw_profile_find_export (profile, target_id, folder);
  if (former != NULL && !g_str_equal (former, target_id))
    g_hash_table_remove (profile->exports, former);
  g_hash_table_iter_init (&iter, values);
  while (g_hash_table_iter_next (&iter, &key, &value))
    mw_profile_set_export_value (profile, target_id, key, value);
  return write_one (fd, profile, TRUE, error) ? g_steal_pointer (&profile) : NULL;
}

MwProfile *
mw_profile_files_remember (const char  *data_dir,
                           const char  *id,
                           const char  *target_id,
                           const char  *folder,
                           GHashTable  *values,
                           GError     **error)
{
  MwProfile *profile;
  int fd;

  g_return_val_if_fail (data_dir != NULL, NULL);
  g_return_val_if_fail (id != NULL && target_id != NULL, NULL);
  g_return_val_if_fail (values != NULL, NULL);

  if (!mw_account_folder_open (data_dir, FALSE, &fd, error))
    return NULL;

  if (fd < 0)
    {
      g_set_error_literal (error, MW_STORE_ERROR, MW_STORE_ERROR_NOT_FOUND,
                           "There are no accounts");
      return NULL;
    }

  profile = remember_in (fd, id, target_id, folder, values, error);
  close (fd);
  return profile;
}

gboolean
mw_profile_files_delete (const char  *data_dir,
                         const char  *id,
                         GError     **error)
{
  gboolean success;
  int fd;

  g_return_val_if_fail (data_dir != NULL, FALSE);
  g_return_val_if_fail (id != NULL, FALSE);

  if (!mw_account_folder_open (data_dir, FALSE, &fd, error))
    return FALSE;

  if (fd < 0)
    {
      g_set_error_literal (error, MW_STORE_ERROR, MW_STORE_ERROR_NOT_FOUND,
                           "There are no accounts");
      return FALSE;
    }

  success = mw_account_folder_lock (fd, error) && mw_account_folder_remove (fd, id, error);
  close (fd);
  return success;
}
