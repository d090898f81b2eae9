/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "export/mw-thunderbird-folders.h"

#include <string.h>

#include "core/mw-mailbox-name.h"
#include "export/mw-thunderbird-values.h"

/* A setting that names a folder by its URI, the one that says that it does,
 * and the name that Thunderbird takes by itself. */
typedef struct {
  MwFolderUse  use;
  const char  *name;
  const char  *mode_name;
  const char  *usual;           /* NULL where Thunderbird does without */
} Setting;

static const Setting identity_settings[] = {
  { MW_FOLDER_USE_SENT, "fcc_folder", "fcc_folder_picker_mode", "Sent" },
  { MW_FOLDER_USE_DRAFTS, "draft_folder", "drafts_folder_picker_mode", "Drafts" },
  { MW_FOLDER_USE_ARCHIVE, "archive_folder", "archives_folder_picker_mode", NULL },
};

/* Values of *_picker_mode. */
#define MODE_USUAL "0"
#define MODE_OTHER "1"

/* Value of moveTargetMode: the folder of spamActionTargetFolder. */
#define TARGET_FOLDER 1

static char *
get_path (MwProfile   *profile,
          MwFolderUse  use)
{
  if (profile->folders == NULL ||
      mw_endpoint_get_protocol (profile->incoming->endpoint) != MW_PROTOCOL_IMAP)
    return NULL;

  return mw_mail_folders_make_path (profile->folders, use);
}

static char *
make_uri (MwService  *service,
          const char *path)
{
  g_autofree char *root = mw_thunderbird_values_get_root (service);
  g_autofree char *encoded = mw_mailbox_name_encode (path);
  g_autofree char *escaped = g_uri_escape_string (encoded, "/!$&'()*+,;=:@", FALSE);

  return g_strdup_printf ("%s/%s", root, escaped);
}

/* Whether nobody but an earlier export, or Thunderbird itself, has put there
 * what stands there. */
static gboolean
is_free (const char *present,
         const char *wanted,
         const char *usual,
         const char *remembered)
{
  if (g_strcmp0 (present, wanted) == 0)
    return TRUE;
  if (remembered != NULL)
    return g_strcmp0 (present, remembered) == 0;

  return present == NULL || *present == '\0' || g_strcmp0 (present, usual) == 0;
}

static void
remember (char       **remembered,
          MwFolderUse  use,
          const char  *value)
{
  g_free (remembered[use]);
  remembered[use] = g_strdup (value);
}

static void
forget (char        **remembered,
        MwFolderUse   use)
{
  g_clear_pointer (&remembered[use], g_free);
}

void
mw_thunderbird_folders_put_identity (MwThunderbirdSettings  *settings,
                                     const char             *key,
                                     MwProfile              *profile,
                                     gboolean                is_new,
                                     char                  **remembered)
{
  g_return_if_fail (settings != NULL);
  g_return_if_fail (profile != NULL && profile->incoming != NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (identity_settings); i++)
    {
      const Setting *setting = &identity_settings[i];
      const char *present = mw_thunderbird_settings_get (settings, "identity", key, setting->name);
      g_autofree char *path = get_path (profile, setting->use);
      g_autofree char *usual = NULL;
      g_autofree char *wanted = NULL;

      if (is_new)
        forget (remembered, setting->use);
      if (setting->usual != NULL)
        usual = make_uri (profile->incoming, setting->usual);
      if (path != NULL)
        wanted = make_uri (profile->incoming, path);
      else if (is_new)
        wanted = g_strdup (usual);
      if (wanted == NULL || !is_free (present, wanted, usual, remembered[setting->use]))
        continue;

      mw_thunderbird_settings_put_string (settings, "identity", key, setting->name, wanted);
      mw_thunderbird_settings_put_string (settings, "identity", key, setting->mode_name,
                                          path != NULL ? MODE_OTHER : MODE_USUAL);
      remember (remembered, setting->use, wanted);
    }
}

static void
put_trash (MwThunderbirdSettings  *settings,
           const char             *key,
           MwProfile              *profile,
           char                  **remembered)
{
  const char *present = mw_thunderbird_settings_get (settings, "server", key, "trash_folder_name");
  g_autofree char *path = get_path (profile, MW_FOLDER_USE_TRASH);

  if (path == NULL || !is_free (present, path, "Trash", remembered[MW_FOLDER_USE_TRASH]))
    return;

  mw_thunderbird_settings_put_string (settings, "server", key, "trash_folder_name", path);
  remember (remembered, MW_FOLDER_USE_TRASH, path);
}

static void
put_junk (MwThunderbirdSettings  *settings,
          const char             *key,
          MwProfile              *profile,
          char                  **remembered)
{
  const char *present = mw_thunderbird_settings_get (settings, "server", key,
                                                     "spamActionTargetFolder");
  g_autofree char *path = get_path (profile, MW_FOLDER_USE_JUNK);
  g_autofree char *uri = path != NULL ? make_uri (profile->incoming, path) : NULL;

  if (uri == NULL || !is_free (present, uri, NULL, remembered[MW_FOLDER_USE_JUNK]))
    return;

  mw_thunderbird_settings_put_string (settings, "server", key, "spamActionTargetFolder", uri);
  mw_thunderbird_settings_put_int (settings, "server", key, "moveTargetMode", TARGET_FOLDER);
  remember (remembered, MW_FOLDER_USE_JUNK, uri);
}

void
mw_thunderbird_folders_put_server (MwThunderbirdSettings  *settings,
                                   const char             *key,
                                   MwProfile              *profile,
                                   gboolean                is_new,
                                   char                  **remembered)
{
  g_return_if_fail (settings != NULL);
  g_return_if_fail (profile != NULL && profile->incoming != NULL);

  if (is_new)
    {
      forget (remembered, MW_FOLDER_USE_TRASH);
      forget (remembered, MW_FOLDER_USE_JUNK);
    }
  put_trash (settings, key, profile, remembered);
  put_junk (settings, key, profile, remembered);
}

/* Returns: (transfer full) (nullable): @uri below the new root */
static char *
move_uri (const char *uri,
          const char *former_root,
          const char *root)
{
  gsize length = strlen (former_root);

  if (uri == NULL || !g_str_has_prefix (uri, former_root) ||
      (uri[length] != '\0' && uri[length] != '/'))
    return NULL;

  return g_strconcat (root, uri + length, NULL);
}

static void
move_group (MwThunderbirdSettings *settings,
            const char            *kind,
            const char            *key,
            const char            *former_root,
            const char            *root)
{
  g_autofree char *prefix = g_strdup_printf ("mail.%s.%s.", kind, key);
  g_autoptr(GPtrArray) names = mw_thunderbird_prefs_list (settings->prefs, prefix);

  for (guint i = 0; i < names->len; i++)
    {
      const char *present = mw_thunderbird_prefs_get_string (settings->prefs, names->pdata[i]);
      g_autofree char *moved = move_uri (present, former_root, root);

      if (moved != NULL)
        mw_thunderbird_settings_set (settings, names->pdata[i], moved);
    }
}

void
mw_thunderbird_folders_move (MwThunderbirdSettings  *settings,
                             const char             *key,
                             char                  **identities,
                             const char             *former_root,
                             char                  **remembered)
{
  g_autofree char *root = mw_thunderbird_values_get_present_root (settings, key);

  g_return_if_fail (root != NULL && former_root != NULL);

  if (strcmp (root, former_root) == 0)
    return;

  move_group (settings, "server", key, former_root, root);
  for (guint i = 0; identities[i] != NULL; i++)
    move_group (settings, "identity", identities[i], former_root, root);
  for (guint use = 0; use < MW_N_FOLDER_USES; use++)
    {
      char *moved = move_uri (remembered[use], former_root, root);

      if (moved != NULL)
        {
          g_free (remembered[use]);
          remembered[use] = moved;
        }
    }
}
