/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "export/mw-thunderbird-profiles-ini.h"

#include <string.h>

#include "core/mw-error.h"

static void
entry_free (gpointer data)
{
  MwThunderbirdProfileEntry *entry = data;

  g_free (entry->folder);
  g_free (entry->name);
  g_free (entry);
}

static gboolean
is_profile_group (const char *group)
{
  const char *number = group + strlen ("Profile");

  return g_str_has_prefix (group, "Profile") && *number != '\0' &&
         strspn (number, "0123456789") == strlen (number);
}

/* Without GKeyFile's unescaping: Thunderbird knows no escapes here. */
static gboolean
value_is (GKeyFile   *file,
          const char *group,
          const char *key,
          const char *expected)
{
  g_autofree char *value = g_key_file_get_value (file, group, key, NULL);

  return g_strcmp0 (value, expected) == 0;
}

static void
read_profile (MwThunderbirdProfilesIni *self,
              const char               *group)
{
  g_autofree char *path = g_key_file_get_value (self->file, group, "Path", NULL);
  g_autofree char *name = g_key_file_get_value (self->file, group, "Name", NULL);
  MwThunderbirdProfileEntry *entry;

  if (path == NULL || *path == '\0' || !g_utf8_validate (path, -1, NULL))
    return;

  entry = g_new0 (MwThunderbirdProfileEntry, 1);
  entry->folder = value_is (self->file, group, "IsRelative", "0") && g_path_is_absolute (path)
                    ? g_canonicalize_filename (path, NULL)
                    : g_canonicalize_filename (path, self->root);
  if (name != NULL && *name != '\0' && g_utf8_validate (name, -1, NULL))
    entry->name = g_steal_pointer (&name);
  entry->is_default = value_is (self->file, group, "Default", "1");
  g_ptr_array_add (self->profiles, entry);
}

static void
read_install (MwThunderbirdProfilesIni *self,
              const char               *group)
{
  g_autofree char *path = g_key_file_get_value (self->file, group, "Default", NULL);

  if (path != NULL && *path != '\0')
    g_hash_table_insert (self->installs, g_strdup (group + strlen ("Install")),
                         g_canonicalize_filename (path, self->root));
}

MwThunderbirdProfilesIni *
mw_thunderbird_profiles_ini_parse (const char  *data,
                                   gsize        size,
                                   const char  *root,
                                   GError     **error)
{
  g_autoptr(MwThunderbirdProfilesIni) self = g_new0 (MwThunderbirdProfilesIni, 1);
  g_autoptr(GError) local_error = NULL;
  g_auto(GStrv) groups = NULL;

  g_return_val_if_fail (root != NULL && g_path_is_absolute (root), NULL);

  self->root = g_strdup (root);
  self->profiles = g_ptr_array_new_with_free_func (entry_free);
  self->installs = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->file = g_key_file_new ();
  if (size > 0 && (memchr (data, 0, size) != NULL ||
                   !g_key_file_load_from_data (self->file, data, size, G_KEY_FILE_KEEP_COMMENTS,
                                               &local_error)))
    {
      g_set_error (error, MW_EXPORT_ERROR, MW_EXPORT_ERROR_DAMAGED,
                   "%s/profiles.ini is damaged", root);
      return NULL;
    }

  groups = g_key_file_get_groups (self->file, NULL);
  for (guint i = 0; groups[i] != NULL; i++)
    {
      if (is_profile_group (groups[i]))
        read_profile (self, groups[i]);
      else if (g_str_has_prefix (groups[i], "Install"))
        read_install (self, groups[i]);
    }

  return g_steal_pointer (&self);
}

void
mw_thunderbird_profiles_ini_free (MwThunderbirdProfilesIni *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->root);
  g_ptr_array_unref (self->profiles);
  g_hash_table_unref (self->installs);
  g_key_file_unref (self->file);
  g_free (self);
}

char *
mw_thunderbird_profiles_ini_add (MwThunderbirdProfilesIni *self,
                                 const char               *folder_name,
                                 gsize                    *size)
{
  g_autofree char *group = NULL;
  g_auto(GStrv) groups = NULL;
  guint number = 0;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (folder_name != NULL, NULL);

  /* Thunderbird counts from 0 and stops at the first gap. */
  do
    {
      g_free (group);
      group = g_strdup_printf ("Profile%u", number++);
    }
  while (g_key_file_has_group (self->file, group));

  groups = g_key_file_get_groups (self->file, NULL);
  for (guint i = 0; groups[i] != NULL; i++)
    if (is_profile_group (groups[i]))
      g_key_file_remove_key (self->file, groups[i], "Default", NULL);

  g_key_file_set_value (self->file, group, "Name",
                        number == 1 ? "default" : "default-mailwright");
  g_key_file_set_value (self->file, group, "IsRelative", "1");
  g_key_file_set_value (self->file, group, "Path", folder_name);
  g_key_file_set_value (self->file, group, "Default", "1");
  if (!g_key_file_has_group (self->file, "General"))
    {
      g_key_file_set_value (self->file, "General", "StartWithLastProfile", "1");
      g_key_file_set_value (self->file, "General", "Version", "2");
    }
  return g_key_file_to_data (self->file, size, NULL);
}
