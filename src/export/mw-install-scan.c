/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "export/mw-install-scan.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <glib/gstdio.h>

#include "export/mw-chosen-folders.h"
#include "export/mw-document-path.h"
#include "export/mw-folder-access.h"
#include "export/mw-sandbox.h"
#include "export/mw-thunderbird-lock.h"
#include "export/mw-thunderbird-profiles-ini.h"

/* A profile, or a root whose profiles cannot be listed. */
typedef struct {
  char           *folder;
  char           *name;
  char           *place;
  MwTargetAccess  access;
  gboolean        is_root;
  int             rank;     /* smaller is more likely the one that is started */
  gint64          changed;  /* of prefs.js */
  gboolean        used;     /* has a prefs.js */
  MwInstallation *program;  /* borrowed; the one that starts it; may be NULL */
} Found;

/* One search. */
typedef struct {
  const MwInstallView *view;
  char                *home;
  MwSandbox           *sandbox;       /* NULL outside of one */
  GPtrArray           *targets;
  /* For the place that is looked at: */
  GPtrArray           *installations; /* element MwInstallation */
  GPtrArray           *found;         /* element Found */
  GHashTable          *seen;          /* roots, links resolved */
} Scan;

static void
found_free (gpointer data)
{
  Found *found = data;

  g_free (found->folder);
  g_free (found->name);
  g_free (found->place);
  g_free (found);
}

/* The order of preference: the profile this installation starts, then that
 * of another one, then the marked one, then any. */
static void
rank_profile (Scan                      *scan,
              const MwInstallPlace      *place,
              MwThunderbirdProfilesIni  *ini,
              MwThunderbirdProfileEntry *entry,
              Found                     *found)
{
  GHashTableIter iter;
  gpointer hash, folder;

  found->rank = entry->is_default ? 2 : 3;
  g_hash_table_iter_init (&iter, ini->installs);
  while (g_hash_table_iter_next (&iter, &hash, &folder))
    {
      if (strcmp (folder, entry->folder) != 0)
        continue;
      found->rank = MIN (found->rank, mw_install_place_has_hash (place, hash) ? 0 : 1);
      for (guint i = 0; i < scan->installations->len; i++)
        {
          MwInstallation *each = scan->installations->pdata[i];

          if (each->hash == NULL || g_ascii_strcasecmp (hash, each->hash) != 0)
            continue;
          found->rank = 0;
          if (found->program == NULL)
            found->program = each;
        }
    }
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

static gboolean
can_be_read (MwTargetAccess access)
{
  return access != MW_TARGET_ACCESS_UNREADABLE && access != MW_TARGET_ACCESS_NOT_GRANTED;
}

/* The folder that our own sandbox does not reach, if it is one: this, or what
 * this is a link to. */
static char *
find_hidden (Scan       *scan,
             const char *folder)
{
  g_autofree char *parent = g_path_get_dirname (folder);
  g_autofree char *link = NULL;
  g_autofree char *target = NULL;

  if (scan->sandbox == NULL)
    return NULL;
  if (!mw_sandbox_is_granted (scan->sandbox, folder))
    return g_strdup (folder);

  link = g_file_read_link (folder, NULL);
  if (link == NULL)
    return NULL;
  target = g_canonicalize_filename (link, parent);
  return mw_sandbox_is_granted (scan->sandbox, target) ? NULL : g_steal_pointer (&target);
}

/* What the person chose in a file chooser instead of it. */
static char *
find_chosen (Scan       *scan,
             const char *hidden)
{
  g_autofree char *chosen = NULL;

  if (scan->view->choices != NULL)
    chosen = mw_chosen_folders_find (scan->view->choices, hidden);
  if (chosen == NULL || !mw_sandbox_is_granted (scan->sandbox, chosen))
    return NULL;
  return g_steal_pointer (&chosen);
}

static gboolean
has_list (const char *folder)
{
  g_autofree char *list = g_build_filename (folder, "profiles.ini", NULL);

  return g_file_test (list, G_FILE_TEST_EXISTS);
}

static void
add_profile (Scan                      *scan,
             const MwInstallPlace      *place,
             MwThunderbirdProfilesIni  *ini,
             MwThunderbirdProfileEntry *entry)
{
  g_autofree char *chosen = NULL;
  g_autofree char *prefs = NULL;
  Found *found;
  GStatBuf status;

  /* A listed one that is gone. A link to what is gone, a disk that is not
   * there now, is worth a word. */
  if (g_lstat (entry->folder, &status) != 0 && errno == ENOENT)
    return;

  found = g_new0 (Found, 1);
  found->folder = g_strdup (entry->folder);
  found->name = g_strdup (entry->name);
  found->place = find_hidden (scan, entry->folder);
  if (found->place != NULL)
    chosen = find_chosen (scan, found->place);
  if (chosen != NULL && !has_list (chosen))
    {
      g_clear_pointer (&found->place, g_free);
      g_free (found->folder);
      found->folder = g_steal_pointer (&chosen);
    }
  if (found->place != NULL)
    found->access = MW_TARGET_ACCESS_NOT_GRANTED;
  else
    found->access = mw_folder_access_check (found->folder, scan->home,
                                            mw_document_path_is (found->folder), &found->place);
  rank_profile (scan, place, ini, entry, found);
  prefs = g_build_filename (found->folder, "prefs.js", NULL);
  if (g_stat (prefs, &status) == 0)
    {
      found->used = TRUE;
      found->changed = status.st_mtime;
    }
  g_ptr_array_add (scan->found, found);
}

static void
add_root (Scan           *scan,
          const char     *root,
          MwTargetAccess  access,
          const char     *place)
{
  Found *found = g_new0 (Found, 1);

  found->folder = g_strdup (root);
  found->place = g_strdup (place);
  found->access = access;
  found->is_root = TRUE;
  found->rank = 4;
  g_ptr_array_add (scan->found, found);
}

/* Whether this is a root that another one is only a link to. */
static gboolean
was_seen (Scan       *scan,
          const char *root)
{
  char *real = realpath (root, NULL);
  gboolean seen;

  if (real == NULL)
    return FALSE;
  seen = !g_hash_table_add (scan->seen, g_strdup (real));
  free (real);
  return seen;
}

static gboolean
is_closed (Scan       *scan,
           const char *root)
{
  g_autofree char *problem = NULL;

  if (mw_folder_access_check (root, scan->home, TRUE, &problem) != MW_TARGET_ACCESS_UNREADABLE)
    return FALSE;

  add_root (scan, root, MW_TARGET_ACCESS_UNREADABLE, problem);
  return TRUE;
}

static void
list_root (Scan                 *scan,
           const MwInstallPlace *place,
           const char           *root)
{
  g_autofree char *path = g_build_filename (root, "profiles.ini", NULL);
  g_autofree char *data = NULL;
  g_autoptr(MwThunderbirdProfilesIni) ini = NULL;
  g_autoptr(GError) error = NULL;
  gsize size;

  if (was_seen (scan, root) || is_closed (scan, root))
    return;

  data = mw_install_read_file (path, &size, &error);
  if (g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_NOENT) ||
      g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_NOTDIR))
    return;
  if (data == NULL)
    {
      add_root (scan, root, MW_TARGET_ACCESS_UNREADABLE, path);
      return;
    }
  ini = mw_thunderbird_profiles_ini_parse (data, size, root, NULL);
  if (ini == NULL)
    {
      add_root (scan, root, MW_TARGET_ACCESS_DAMAGED, path);
      return;
    }

  for (guint i = 0; i < ini->profiles->len; i++)
    add_profile (scan, place, ini, ini->profiles->pdata[i]);
}

/* A profile folder that was chosen instead of the folder of all profiles. */
static void
add_chosen_profile (Scan       *scan,
                    const char *folder)
{
  Found *found = g_new0 (Found, 1);

  found->folder = g_strdup (folder);
  found->access = mw_folder_access_check (folder, scan->home, TRUE, &found->place);
  found->used = TRUE;
  g_ptr_array_add (scan->found, found);
}

/* The folder itself is out of reach; the person may have chosen it in a file
 * chooser. */
static void
list_hidden_root (Scan                 *scan,
                  const MwInstallPlace *place,
                  const char           *root)
{
  g_autofree char *chosen = find_chosen (scan, root);

  if (chosen != NULL && has_list (chosen))
    list_root (scan, place, chosen);
  else if (chosen != NULL)
    add_chosen_profile (scan, chosen);
  if (scan->found->len == 0)
    add_root (scan, root, MW_TARGET_ACCESS_NOT_GRANTED, root);
}

/* A profile that was never used is only a decoy next to one that was. */
static void
drop_decoys (GPtrArray *found)
{
  gboolean any_used = FALSE;

  for (guint i = 0; i < found->len; i++)
    any_used |= ((Found *) found->pdata[i])->used;
  for (guint i = found->len; any_used && i > 0; i--)
    {
      Found *each = found->pdata[i - 1];

      if (!each->used && !each->is_root && can_be_read (each->access))
        g_ptr_array_remove_index (found, i - 1);
    }
}

static MwExportTarget *
new_target (Scan                 *scan,
            const MwInstallPlace *place,
            const char           *id,
            MwInstallation       *program)
{
  MwExportTarget *target = mw_export_target_new (id, MW_MAIL_CLIENT_THUNDERBIRD,
                                                 program != NULL ? program->packaging
                                                                 : place->packaging);

  g_free (target->program);
  target->program = g_strdup (program != NULL ? program->program : place->programs[0].name);
  target->is_installed = program != NULL;
  target->from_sandbox = scan->sandbox != NULL;
  if (program != NULL)
    {
      target->version = g_strdup (program->version);
      target->launch = g_strdupv (program->launch);
    }
  g_ptr_array_add (scan->targets, target);
  return target;
}

static void
fill_profile (MwExportTarget *target,
              const char     *folder)
{
  g_autofree char *path = g_build_filename (folder, "compatibility.ini", NULL);
  char *version = mw_install_read_value (path, "LastVersion=");

  target->data_folder = g_path_get_dirname (folder);
  target->profile = g_path_get_basename (folder);
  target->running = mw_thunderbird_lock_is_held (folder);
  if (version != NULL)
    {
      g_free (target->version);
      target->version = version;
    }
}

static gboolean
has_id (GPtrArray  *targets,
        const char *id)
{
  for (guint i = 0; i < targets->len; i++)
    if (strcmp (((MwExportTarget *) targets->pdata[i])->id, id) == 0)
      return TRUE;

  return FALSE;
}

static void
add_found (Scan                 *scan,
           const MwInstallPlace *place,
           Found                *found,
           gboolean              is_first)
{
  MwInstallation *program = found->program;
  g_autofree char *name = g_path_get_basename (found->folder);
  g_autofree char *id = NULL;
  MwExportTarget *target;

  if (program == NULL && scan->installations->len > 0)
    program = scan->installations->pdata[0];
  id = scan->found->len > 1 && !found->is_root ? g_strconcat (place->id, ":", name, NULL)
                                               : g_strdup (place->id);
  /* Two folders of the same name in different places. */
  if (has_id (scan->targets, id))
    {
      g_free (id);
      id = g_strdup (found->folder);
    }

  target = new_target (scan, place, id, program);
  if (found->is_root)
    target->data_folder = g_strdup (found->folder);
  else
    fill_profile (target, found->folder);
  target->profile_name = g_strdup (found->name);
  target->access = found->access;
  target->place = g_strdup (found->place);
  /* Programs that share a root have one each. */
  target->is_default = !found->is_root && (is_first || found->rank == 0);
}

/* There is the program, and no profile yet. */
static void
add_fresh (Scan                 *scan,
           const MwInstallPlace *place,
           const char           *root)
{
  MwExportTarget *target = new_target (scan, place, place->id, scan->installations->pdata[0]);

  target->data_folder = g_strdup (root);
  target->access = mw_folder_access_check (root, scan->home, FALSE, &target->place);
}

static void
list_other_roots (Scan                 *scan,
                  const MwInstallPlace *place)
{
  g_autofree char *config = scan->view->config_home != NULL && scan->sandbox == NULL
                              ? g_strdup (scan->view->config_home)
                              : g_build_filename (scan->home, ".config", NULL);
  /* Where later versions may keep them, and what Debian once called it. */
  g_autofree char *later = g_build_filename (config, "thunderbird", NULL);
  g_autofree char *former = g_build_filename (scan->home, ".icedove", NULL);
  const char *const others[] = { later, former };

  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    if (scan->sandbox == NULL || mw_sandbox_is_granted (scan->sandbox, others[i]))
      list_root (scan, place, others[i]);
}

static void
scan_place (Scan                 *scan,
            const MwInstallPlace *place)
{
  g_autofree char *root = g_build_filename (scan->home, place->root, NULL);
  g_autoptr(GPtrArray) found = g_ptr_array_new_with_free_func (found_free);
  g_autoptr(GPtrArray) installations = scan->sandbox != NULL
                                         ? mw_install_place_find_outside (place, scan->view)
                                         : mw_install_place_find (place, scan->view);

  scan->found = found;
  scan->installations = installations;
  if (scan->sandbox != NULL && !mw_sandbox_is_granted (scan->sandbox, root))
    list_hidden_root (scan, place, root);
  else
    list_root (scan, place, root);
  if (place->packaging == MW_PACKAGING_DISTRO)
    list_other_roots (scan, place);

  drop_decoys (found);
  g_ptr_array_sort (found, compare_found);
  for (guint i = 0; i < found->len; i++)
    add_found (scan, place, found->pdata[i], i == 0);
  if (found->len == 0 && installations->len > 0)
    add_fresh (scan, place, root);
}

GPtrArray *
mw_install_scan_thunderbird (const MwInstallView *view)
{
  GPtrArray *targets = g_ptr_array_new_with_free_func ((GDestroyNotify) mw_export_target_unref);
  g_autoptr(GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(MwSandbox) sandbox = NULL;
  g_autofree char *home = NULL;
  const MwInstallPlace *places;
  Scan scan = { .view = view, .targets = targets, .seen = seen };
  gsize n_places;

  g_return_val_if_fail (view != NULL, targets);
  g_return_val_if_fail (view->home != NULL && g_path_is_absolute (view->home), targets);
  g_return_val_if_fail (view->system_root != NULL, targets);

  scan.home = home = g_canonicalize_filename (view->home, NULL);
  scan.sandbox = sandbox = mw_sandbox_find (view->system_root, home);
  places = mw_install_places (&n_places);
  for (gsize i = 0; i < n_places; i++)
    scan_place (&scan, &places[i]);
  return targets;
}

GPtrArray *
mw_install_scan_thunderbird_here (void)
{
  g_autofree char *choices = mw_chosen_folders_get_file ();
  const MwInstallView view = {
    .home = g_get_home_dir (),
    .system_root = "/",
    .search_path = g_getenv ("PATH"),
    .config_home = g_get_user_config_dir (),
    .choices = choices,
  };

  return mw_install_scan_thunderbird (&view);
}

MwExportTarget *
mw_install_scan_thunderbird_folder (const char *folder,
                                    const char *home)
{
  static const char *const marks[] = { "prefs.js", "compatibility.ini", "times.json" };
  g_autofree char *whole = NULL;
  g_autofree char *name = NULL;
  g_autofree char *id = NULL;
  MwExportTarget *target;
  gboolean is_profile = FALSE;

  g_return_val_if_fail (folder != NULL && g_path_is_absolute (folder), NULL);
  g_return_val_if_fail (home != NULL && g_path_is_absolute (home), NULL);

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
  target->access = mw_folder_access_check (whole, home, TRUE, &target->place);
  return target;
}
