/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "export/mw-install-scan.h"

#include <string.h>

#include <glib/gstdio.h>

#include "export/mw-thunderbird-install-hash.h"
#include "export/mw-thunderbird-lock.h"
#include "export/mw-thunderbird-profiles-ini.h"

/* Where a Thunderbird and its profiles live. */
typedef struct {
  const char  *id;
  MwPackaging  packaging;
  const char  *root;            /* of the profiles, below the home folder */
  const char  *program;         /* looked for in PATH; may be NULL */
  const char  *installs[3];     /* folders below the system's root */
  const char  *home_install;    /* the same below the home folder; may be NULL */
  const char  *inner_folder;    /* what a sandboxed one calls its install folder; may be NULL */
  const char  *launch[4];
} Place;

#define FLATPAK(suffix, app)                                                  \
  { "thunderbird-flatpak" suffix, MW_PACKAGING_FLATPAK,                       \
    ".var/app/" app "/.thunderbird", NULL, { "var/lib/flatpak/app/" app },    \
    ".local/share/flatpak/app/" app, "/app/lib/thunderbird",                  \
    { "flatpak", "run", app } }

static const Place places[] = {
  { "thunderbird", MW_PACKAGING_DISTRO, ".thunderbird", "thunderbird",
    { "usr/lib/thunderbird", "usr/lib64/thunderbird" }, NULL, NULL, { "thunderbird" } },
  FLATPAK ("", "org.mozilla.thunderbird"),
  FLATPAK ("-esr", "org.mozilla.thunderbird_esr"),
  FLATPAK ("-old", "org.mozilla.Thunderbird"),
  { "thunderbird-snap", MW_PACKAGING_SNAP, "snap/thunderbird/common/.thunderbird", NULL,
    { "snap/thunderbird", "var/lib/snapd/snap/thunderbird" }, NULL, NULL,
    { "snap", "run", "thunderbird" } },
};

typedef struct {
  char     *folder;
  int       rank;     /* smaller is more likely the one that is started */
  gint64    changed;  /* of prefs.js */
  gboolean  used;     /* has a prefs.js */
} Found;

static void
found_free (gpointer data)
{
  Found *found = data;

  g_free (found->folder);
  g_free (found);
}

/* On Ubuntu the package called thunderbird holds a script that starts the
 * Snap, whose profiles are elsewhere. */
static gboolean
starts_a_snap (const char *path)
{
  g_autoptr(GMappedFile) file = g_mapped_file_new (path, FALSE, NULL);
  const char *text = file != NULL ? g_mapped_file_get_contents (file) : NULL;
  gsize size = text != NULL ? g_mapped_file_get_length (file) : 0;

  return strstr (path, "/snap/") != NULL ||
         (size > 2 && text[0] == '#' && text[1] == '!' &&
          g_strstr_len (text, MIN (size, 4096), "/snap/") != NULL);
}

static gboolean
is_in_search_path (const char *search_path,
                   const char *program)
{
  g_auto(GStrv) folders = g_strsplit (search_path != NULL ? search_path : "", ":", -1);

  for (guint i = 0; folders[i] != NULL; i++)
    {
      g_autofree char *path = g_build_filename (folders[i], program, NULL);

      if (*folders[i] == '/' && g_file_test (path, G_FILE_TEST_IS_EXECUTABLE) &&
          !starts_a_snap (path))
        return TRUE;
    }

  return FALSE;
}

static gboolean
is_installed (const Place *place,
              const char  *home,
              const char  *system_root,
              const char  *search_path)
{
  for (guint i = 0; i < G_N_ELEMENTS (place->installs) && place->installs[i] != NULL; i++)
    {
      g_autofree char *path = g_build_filename (system_root, place->installs[i], NULL);

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        return TRUE;
    }
  if (place->home_install != NULL)
    {
      g_autofree char *path = g_build_filename (home, place->home_install, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        return TRUE;
    }

  return place->program != NULL && is_in_search_path (search_path, place->program);
}

/* "153.7.0" out of "LastVersion=153.7.0_20261110162734/20261110162734". The
 * files have comments that GKeyFile does not take. */
static char *
read_version (const char *path,
              const char *key)
{
  g_autofree char *data = NULL;
  g_auto(GStrv) lines = NULL;

  if (!g_file_get_contents (path, &data, NULL, NULL))
    return NULL;
  lines = g_strsplit (data, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    if (g_str_has_prefix (lines[i], key))
      {
        const char *value = lines[i] + strlen (key);

        return g_strndup (value, strspn (value, "0123456789."));
      }

  return NULL;
}

static char *
profile_version (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "compatibility.ini", NULL);

  return read_version (path, "LastVersion=");
}

static char *
installed_version (const Place *place,
                   const char  *system_root)
{
  char *version = NULL;

  for (guint i = 0; version == NULL && i < G_N_ELEMENTS (place->installs) &&
                    place->installs[i] != NULL; i++)
    {
      g_autofree char *path = g_build_filename (system_root, place->installs[i],
                                                "application.ini", NULL);

      version = read_version (path, "Version=");
    }

  return version;
}

/* The order of preference: the profile this installation starts, then that
 * of another one, then the marked one, then any. */
static int
rank_profile (MwThunderbirdProfilesIni  *ini,
              MwThunderbirdProfileEntry *entry,
              const Place               *place)
{
  GHashTableIter iter;
  gpointer hash, folder;
  int rank = entry->is_default ? 2 : 3;

  g_hash_table_iter_init (&iter, ini->installs);
  while (g_hash_table_iter_next (&iter, &hash, &folder))
    {
      if (strcmp (folder, entry->folder) != 0)
        continue;
      rank = MIN (rank, 1);
      for (guint i = 0; i < G_N_ELEMENTS (place->installs) && place->installs[i] != NULL; i++)
        {
          g_autofree char *install = g_strconcat ("/", place->installs[i], NULL);
          g_autofree char *own = mw_thunderbird_install_hash (place->inner_folder != NULL
                                                                ? place->inner_folder : install);

          if (g_ascii_strcasecmp (hash, own) == 0)
            return 0;
        }
    }

  return rank;
}

static int
compare_found (gconstpointer a,
               gconstpointer b)
{
  const Found *first = *(Found *const *) a;
  const Found *second = *(Found *const *) b;

  if (first->rank != second->rank)
    return first->rank - second->rank;
  if (first->changed != second->changed)
    return first->changed > second->changed ? -1 : 1;
  return strcmp (first->folder, second->folder);
}

/* The profiles worth offering. One that was never used is only a decoy next
 * to one that was. */
static GPtrArray *
list_profiles (const Place *place,
               const char  *root,
               const char  *home)
{
  g_autofree char *path = g_build_filename (root, "profiles.ini", NULL);
  g_autofree char *home_prefix = g_strconcat (home, "/", NULL);
  g_autofree char *data = NULL;
  g_autoptr(MwThunderbirdProfilesIni) ini = NULL;
  GPtrArray *list = g_ptr_array_new_with_free_func (found_free);
  gboolean any_used = FALSE;
  gsize size;

  if (g_file_get_contents (path, &data, &size, NULL))
    ini = mw_thunderbird_profiles_ini_parse (data, size, root, NULL);
  if (ini == NULL)
    return list;

  for (guint i = 0; i < ini->profiles->len; i++)
    {
      MwThunderbirdProfileEntry *entry = ini->profiles->pdata[i];
      g_autofree char *prefs = g_build_filename (entry->folder, "prefs.js", NULL);
      GStatBuf status;
      Found *found;

      /* A profile elsewhere is exported to only when the person names it. */
      if (!g_str_has_prefix (entry->folder, home_prefix) ||
          !g_file_test (entry->folder, G_FILE_TEST_IS_DIR))
        continue;
      found = g_new0 (Found, 1);
      found->folder = g_strdup (entry->folder);
      found->rank = rank_profile (ini, entry, place);
      found->used = g_stat (prefs, &status) == 0;
      found->changed = found->used ? status.st_mtime : 0;
      any_used |= found->used;
      g_ptr_array_add (list, found);
    }

  for (guint i = list->len; any_used && i > 0; i--)
    if (!((Found *) list->pdata[i - 1])->used)
      g_ptr_array_remove_index (list, i - 1);
  g_ptr_array_sort (list, compare_found);
  return list;
}

static void
fill_profile (MwExportTarget *target,
              const char     *folder)
{
  target->data_folder = g_path_get_dirname (folder);
  target->profile = g_path_get_basename (folder);
  target->version = profile_version (folder);
  target->running = mw_thunderbird_lock_is_held (folder);
}

static void
scan_place (const Place *place,
            const char  *home,
            const char  *system_root,
            const char  *search_path,
            GPtrArray   *targets)
{
  g_autofree char *root = g_build_filename (home, place->root, NULL);
  g_autoptr(GPtrArray) profiles = list_profiles (place, root, home);
  gboolean installed = is_installed (place, home, system_root, search_path);

  if (profiles->len == 0 && installed)
    {
      MwExportTarget *target = mw_export_target_new (place->id, MW_MAIL_CLIENT_THUNDERBIRD,
                                                     place->packaging);

      target->data_folder = g_steal_pointer (&root);
      target->version = installed_version (place, system_root);
      target->launch = g_strdupv ((char **) place->launch);
      g_ptr_array_add (targets, target);
      return;
    }

  for (guint i = 0; i < profiles->len; i++)
    {
      Found *found = profiles->pdata[i];
      g_autofree char *name = g_path_get_basename (found->folder);
      g_autofree char *id = profiles->len > 1 ? g_strconcat (place->id, ":", name, NULL)
                                              : g_strdup (place->id);
      MwExportTarget *target = mw_export_target_new (id, MW_MAIL_CLIENT_THUNDERBIRD,
                                                     place->packaging);

      fill_profile (target, found->folder);
      if (target->version == NULL)
        target->version = installed_version (place, system_root);
      if (installed)
        target->launch = g_strdupv ((char **) place->launch);
      g_ptr_array_add (targets, target);
    }
}

GPtrArray *
mw_install_scan_thunderbird (const char *home,
                             const char *system_root,
                             const char *search_path)
{
  GPtrArray *targets = g_ptr_array_new_with_free_func ((GDestroyNotify) mw_export_target_unref);
  g_autofree char *whole_home = NULL;

  g_return_val_if_fail (home != NULL && g_path_is_absolute (home), targets);
  g_return_val_if_fail (system_root != NULL, targets);

  whole_home = g_canonicalize_filename (home, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    scan_place (&places[i], whole_home, system_root, search_path, targets);
  return targets;
}

MwExportTarget *
mw_install_scan_thunderbird_folder (const char *folder)
{
  static const char *const marks[] = { "prefs.js", "compatibility.ini", "times.json" };
  g_autofree char *whole = NULL;
  g_autofree char *name = NULL;
  g_autofree char *id = NULL;
  MwExportTarget *target;
  gboolean is_profile = FALSE;

  g_return_val_if_fail (folder != NULL && g_path_is_absolute (folder), NULL);

  whole = g_canonicalize_filename (folder, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (marks); i++)
    {
      g_autofree char *path = g_build_filename (whole, marks[i], NULL);

      is_profile |= g_file_test (path, G_FILE_TEST_EXISTS);
    }
  if (!is_profile)
    return NULL;

  name = g_path_get_basename (whole);
  id = g_strconcat ("thunderbird:", name, NULL);
  target = mw_export_target_new (id, MW_MAIL_CLIENT_THUNDERBIRD, MW_PACKAGING_DISTRO);
  fill_profile (target, whole);
  return target;
}
