/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "export/mw-chosen-folders.h"

#include <errno.h>

#include <glib/gstdio.h>

#include "core/mw-error.h"
#include "export/mw-document-path.h"
#include "export/mw-sandbox.h"

#define KEY_HIDDEN "Hidden"
#define KEY_CHOSEN "Chosen"

char *
mw_chosen_folders_get_file (void)
{
  return g_build_filename (g_get_user_data_dir (), "mailwright", "chosen-folders", NULL);
}

static char *
find_group (GKeyFile   *choices,
            const char *hidden)
{
  g_auto(GStrv) groups = g_key_file_get_groups (choices, NULL);

  for (guint i = 0; groups[i] != NULL; i++)
    {
      g_autofree char *each = g_key_file_get_string (choices, groups[i], KEY_HIDDEN, NULL);

      if (g_strcmp0 (each, hidden) == 0)
        return g_strdup (groups[i]);
    }

  return NULL;
}

char *
mw_chosen_folders_find (const char *file,
                        const char *hidden)
{
  g_autoptr(GKeyFile) choices = g_key_file_new ();
  g_autofree char *group = NULL;
  g_autofree char *chosen = NULL;

  g_return_val_if_fail (file != NULL && hidden != NULL, NULL);

  if (!g_key_file_load_from_file (choices, file, G_KEY_FILE_NONE, NULL))
    return NULL;
  group = find_group (choices, hidden);
  if (group != NULL)
    chosen = g_key_file_get_string (choices, group, KEY_CHOSEN, NULL);
  if (chosen == NULL || !g_path_is_absolute (chosen) ||
      !g_file_test (chosen, G_FILE_TEST_IS_DIR))
    return NULL;
  return g_steal_pointer (&chosen);
}

static gboolean
has_any (const char        *folder,
         const char *const *names)
{
  for (gsize i = 0; names[i] != NULL; i++)
    {
      g_autofree char *path = g_build_filename (folder, names[i], NULL);

      if (g_file_test (path, G_FILE_TEST_IS_REGULAR))
        return TRUE;
    }

  return FALSE;
}

char *
mw_chosen_folders_look (const char  *chosen,
                        const char  *hidden,
                        GError     **error)
{
  /* The list of profiles, and what stands in each of them. */
  static const char *const marks[] = { "profiles.ini", "prefs.js", "compatibility.ini", NULL };
  g_autofree char *parent = NULL;
  g_autofree char *parent_name = NULL;
  g_autofree char *chosen_name = NULL;
  g_autofree char *name = NULL;
  g_autofree char *below = NULL;

  g_return_val_if_fail (chosen != NULL && g_path_is_absolute (chosen), NULL);
  g_return_val_if_fail (hidden != NULL && g_path_is_absolute (hidden), NULL);

  if (has_any (chosen, marks))
    return g_canonicalize_filename (chosen, NULL);
  /* A file chooser does not show ".thunderbird" unless told to. */
  parent = g_path_get_dirname (hidden);
  parent_name = g_path_get_basename (parent);
  chosen_name = g_path_get_basename (chosen);
  name = g_path_get_basename (hidden);
  below = g_build_filename (chosen, name, NULL);
  if (g_str_equal (chosen_name, parent_name) && has_any (below, marks))
    return g_canonicalize_filename (below, NULL);

  g_set_error (error, MW_EXPORT_ERROR, MW_EXPORT_ERROR_NO_TARGET,
               "There is no profile of Thunderbird in %s", chosen);
  return NULL;
}

static gboolean
save (const char  *file,
      GKeyFile    *choices,
      GError     **error)
{
  g_autofree char *folder = g_path_get_dirname (file);
  g_autofree char *text = g_key_file_to_data (choices, NULL, NULL);

  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (errno), "%s: %s", folder,
                   g_strerror (errno));
      return FALSE;
    }
  return g_file_set_contents_full (file, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, error);
}

gboolean
mw_chosen_folders_take (const char  *file,
                        const char  *hidden,
                        const char  *chosen,
                        GError     **error)
{
  g_autoptr(GKeyFile) choices = g_key_file_new ();
  g_autofree char *group = NULL;
  g_autofree char *folder = NULL;

  g_return_val_if_fail (file != NULL && hidden != NULL && chosen != NULL, FALSE);

  /* Without a portal the chooser shows what is inside of the sandbox. */
  if (!mw_sandbox_check (chosen, error))
    return FALSE;
  folder = mw_chosen_folders_look (chosen, hidden, error);
  if (folder == NULL)
    return FALSE;
  if (!mw_document_path_is (folder))
    {
      g_set_error (error, MW_EXPORT_ERROR, MW_EXPORT_ERROR_NO_TARGET,
                   "%s was not hidden", folder);
      return FALSE;
    }

  g_key_file_load_from_file (choices, file, G_KEY_FILE_NONE, NULL);
  group = find_group (choices, hidden);
  if (group == NULL)
    {
      g_autofree char *id = g_uuid_string_random ();

      group = g_strconcat ("Folder ", id, NULL);
    }
  g_key_file_set_string (choices, group, KEY_HIDDEN, hidden);
  g_key_file_set_string (choices, group, KEY_CHOSEN, folder);
  return save (file, choices, error);
}
