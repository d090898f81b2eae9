/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "export/mw-thunderbird-import.h"

#include <string.h>

#include "core/mw-error.h"
#include "export/mw-install-scan.h"
#include "export/mw-plain-text.h"
#include "export/mw-thunderbird-folder.h"
#include "export/mw-thunderbird-found-passwords.h"
#include "export/mw-thunderbird-profiles-ini.h"
#include "export/mw-thunderbird-reader.h"

static MwThunderbirdPrefs *
read_prefs (MwThunderbirdFolder  *folder,
            const char           *name,
            gboolean             *out_damaged,
            GError              **error)
{
  g_autoptr(GBytes) contents = NULL;
  const char *data = NULL;
  gsize size = 0;

  if (!mw_thunderbird_folder_read (folder, name, &contents, error))
    return NULL;
  if (contents != NULL)
    data = g_bytes_get_data (contents, &size);
  return mw_thunderbird_prefs_parse_some (data, size, out_damaged);
}

/* Whether the profile lies where programs keep things, and not where people put
 * what came from others. */
static gboolean
is_own_place (MwExportTarget *target)
{
  g_autofree char *hidden = g_build_filename (g_get_home_dir (), ".", NULL);
  g_autofree char *snaps = g_build_filename (g_get_home_dir (), "snap", "", NULL);

  return g_str_has_prefix (target->data_folder, hidden) ||
         g_str_has_prefix (target->data_folder, snaps);
}

static GPtrArray *
read_profile (MwExportTarget         *target,
              gboolean                with_passwords,
              const MwExportOptions  *options,
              const char             *helper_path,
              GError                **error)
{
  /* A folder in an unusual place needs a yes to be written, not to be read. */
  const MwExportOptions only_reading = { .dry_run = TRUE, .accept_place = TRUE };
  g_autoptr(MwThunderbirdFolder) folder = NULL;
  g_autoptr(MwThunderbirdPrefs) prefs = NULL;
  g_autoptr(MwThunderbirdPrefs) user = NULL;
  g_autoptr(MwThunderbirdSettings) settings = NULL;
  g_autoptr(GPtrArray) accounts = NULL;
  gboolean damaged = FALSE, user_damaged = FALSE;

  folder = mw_thunderbird_folder_open (target, FALSE, &only_reading, error);
  if (folder == NULL)
    return NULL;
  prefs = read_prefs (folder, "prefs.js", &damaged, error);
  if (prefs == NULL)
    return NULL;
  user = read_prefs (folder, "user.js", &user_damaged, error);
  if (user == NULL)
    return NULL;
  mw_thunderbird_prefs_overlay (prefs, user);

  settings = mw_thunderbird_settings_new (prefs);
  accounts = mw_thunderbird_reader_read_settings (settings, mw_thunderbird_folder_get_path (folder),
                                                  is_own_place (target) ? g_get_home_dir ()
                                                                        : NULL,
                                                  damaged || user_damaged);
  if (accounts->len == 0 && damaged)
    {
      g_set_error (error, MW_EXPORT_ERROR, MW_EXPORT_ERROR_DAMAGED, "prefs.js is damaged");
      return NULL;
    }

  for (guint i = 0; i < accounts->len; i++)
    {
      MwFoundAccount *account = accounts->pdata[i];

      account->target_id = g_strdup (target->id);
    }
  if (with_passwords)
    mw_thunderbird_found_passwords_read (folder, helper_path,
                                         options != NULL ? options->primary_password : NULL,
                                         accounts);
  return g_steal_pointer (&accounts);
}

/* All profiles of a folder that somebody named. */
static GPtrArray *
read_root (MwExportTarget         *root,
           gboolean                with_passwords,
           const MwExportOptions  *options,
           const char             *helper_path,
           GError                **error)
{
  g_autoptr(GPtrArray) accounts = NULL;
  g_autoptr(MwThunderbirdProfilesIni) ini = NULL;
  g_autofree char *path = g_build_filename (root->data_folder, "profiles.ini", NULL);
  g_autofree char *data = mw_plain_text_read_file (path);
  g_autoptr(GError) problem = NULL;

  if (data == NULL)
    {
      g_set_error_literal (error, MW_EXPORT_ERROR, MW_EXPORT_ERROR_DAMAGED,
                           "profiles.ini is damaged");
      return NULL;
    }
  ini = mw_thunderbird_profiles_ini_parse (data, strlen (data), root->data_folder, error);
  if (ini == NULL)
    return NULL;

  accounts = g_ptr_array_new_with_free_func ((GDestroyNotify) mw_found_account_unref);
  for (guint i = 0; i < ini->profiles->len; i++)
    {
      MwThunderbirdProfileEntry *entry = ini->profiles->pdata[i];
      g_autoptr(MwExportTarget) target = NULL;
      g_autoptr(GPtrArray) found = NULL;

      target = mw_install_scan_thunderbird_folder (entry->folder, g_get_home_dir ());
      /* One that was never used is none. */
      if (target == NULL)
        continue;
      g_clear_error (&problem);
      found = read_profile (target, with_passwords, options, helper_path, &problem);
      for (guint j = 0; found != NULL && j < found->len; j++)
        g_ptr_array_add (accounts, mw_found_account_ref (found->pdata[j]));
    }

  /* One that cannot be read hides none of the others. */
  if (accounts->len == 0 && problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return NULL;
    }
  return g_steal_pointer (&accounts);
}

GPtrArray *
mw_thunderbird_import_read (MwExportTarget         *target,
                            gboolean                with_passwords,
                            const MwExportOptions  *options,
                            const char             *helper_path,
                            GError                **error)
{
  g_return_val_if_fail (target != NULL, NULL);

  if (target->profile != NULL)
    return read_profile (target, with_passwords, options, helper_path, error);
  if (g_path_is_absolute (target->id))
    return read_root (target, with_passwords, options, helper_path, error);

  /* Installed and never started. */
  return g_ptr_array_new_with_free_func ((GDestroyNotify) mw_found_account_unref);
}
