/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "export/mw-evolution-install.h"

#include <string.h>

#include "export/mw-evolution-registry.h"
#include "export/mw-evolution-scan.h"
#include "export/mw-install-place.h"
#include "export/mw-sandbox.h"

#define APP "org.gnome.Evolution"

static gboolean
has_name (const char * const *names,
          const char         *name)
{
  return names != NULL && g_strv_contains (names, name);
}

/* What the program's own description calls its newest release. */
static void
on_element (GMarkupParseContext  *context,
            const char           *element,
            const char          **keys,
            const char          **values,
            gpointer              user_data,
            GError              **error)
{
  char **version = user_data;

  if (*version != NULL || strcmp (element, "release") != 0)
    return;
  for (guint i = 0; keys[i] != NULL; i++)
    if (strcmp (keys[i], "version") == 0)
      *version = g_strdup (values[i]);
}

static char *
read_version (const char *data_dir)
{
  static const char *const names[] = { APP ".appdata.xml", APP ".metainfo.xml" };
  static const GMarkupParser parser = { .start_element = on_element };
  char *version = NULL;

  for (gsize i = 0; version == NULL && i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (data_dir, "metainfo", names[i], NULL);
      g_autoptr(GMarkupParseContext) context = NULL;
      g_autofree char *data = NULL;
      gsize size;

      data = mw_install_read_file (path, &size, NULL);
      if (data == NULL)
        continue;
      context = g_markup_parse_context_new (&parser, 0, &version, NULL);
      g_markup_parse_context_parse (context, data, size, NULL);
    }

  return version;
}

/* The Flatpak exports a desktop file of the same name. */
static gboolean
is_program_in (const char *data_dir)
{
  g_autofree char *path = g_build_filename (data_dir, "applications", APP ".desktop", NULL);
  g_autoptr(GKeyFile) file = g_key_file_new ();

  return g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, NULL) &&
         !g_key_file_has_key (file, G_KEY_FILE_DESKTOP_GROUP, "X-Flatpak", NULL);
}

static MwExportTarget *
add_target (GPtrArray   *targets,
            const char  *id,
            MwPackaging  packaging,
            const char  *data_folder)
{
  MwExportTarget *target = mw_export_target_new (id, MW_MAIL_CLIENT_EVOLUTION, packaging);

  target->data_folder = g_strdup (data_folder);
  g_ptr_array_add (targets, target);
  return target;
}

/* Without the service on the bus the settings that are there can be written;
 * without a bus nobody can tell whether somebody else writes them. */
static gboolean
can_write_files (const MwEvolutionView *view)
{
  g_autofree char *sources = g_build_filename (view->config_folder, "sources", NULL);

  return view->names != NULL && g_file_test (sources, G_FILE_TEST_IS_DIR);
}

/* Other programs bring the data server too, so that Evolution itself has to be
 * there; from inside our own Flatpak only the data server can be seen. */
static void
look_for_package (const MwEvolutionView *view,
                  gboolean               is_sandboxed,
                  GPtrArray             *targets)
{
  gboolean has_service = has_name (view->names, MW_EVOLUTION_REGISTRY_NAME) ||
                         has_name (view->activatable, MW_EVOLUTION_REGISTRY_NAME);
  const char *data_dir = NULL;
  MwExportTarget *target;

  for (gsize i = 0; data_dir == NULL && view->data_dirs[i] != NULL; i++)
    if (is_program_in (view->data_dirs[i]))
      data_dir = view->data_dirs[i];
  if (is_sandboxed ? !has_service : data_dir == NULL)
    return;

  target = add_target (targets, MW_EVOLUTION_TARGET_ID, MW_PACKAGING_DISTRO, view->config_folder);
  target->running = has_name (view->names, MW_EVOLUTION_NAME);
  target->from_sandbox = is_sandboxed;
  if (!has_service && !can_write_files (view))
    target->access = MW_TARGET_ACCESS_NO_SERVICE;
  /* Nothing outside can be started from inside a Flatpak. */
  if (is_sandboxed)
    return;

  target->is_installed = TRUE;
  target->version = read_version (data_dir);
  target->launch = g_new0 (char *, 2);
  target->launch[0] = g_strdup ("evolution");
}

static void
look_for_flatpak (const MwEvolutionView *view,
                  GPtrArray             *targets)
{
  g_autofree char *system = g_build_filename (view->system_root, "var/lib/flatpak/app", APP, NULL);
  g_autofree char *own = g_build_filename (view->home, ".local/share/flatpak/app", APP, NULL);
  const char *const folders[] = { system, own };
  g_autofree char *config = g_build_filename (view->home, ".var/app", APP, "config", "evolution",
                                              NULL);
  const char *const launch[] = { "flatpak", "run", APP, NULL };

  for (gsize i = 0; i < G_N_ELEMENTS (folders); i++)
    {
      g_autofree char *data_dir = g_build_filename (folders[i], "current", "active", "files",
                                                    "share", NULL);
      MwExportTarget *target;

      if (!g_file_test (folders[i], G_FILE_TEST_IS_DIR))
        continue;
      target = add_target (targets, MW_EVOLUTION_FLATPAK_TARGET_ID, MW_PACKAGING_FLATPAK, config);
      if (view->names == NULL)
        target->access = MW_TARGET_ACCESS_NO_SERVICE;
      target->is_installed = TRUE;
      target->version = read_version (data_dir);
      target->running = has_name (view->names, MW_EVOLUTION_FLATPAK_REGISTRY_NAME) &&
                        has_name (view->names, MW_EVOLUTION_NAME);
      target->launch = g_strdupv ((char **) launch);
      return;
    }
}

GPtrArray *
mw_evolution_install_list (const MwEvolutionView *view)
{
  GPtrArray *targets = g_ptr_array_new_with_free_func ((GDestroyNotify) mw_export_target_unref);
  g_autoptr(MwSandbox) sandbox = NULL;

  g_return_val_if_fail (view != NULL, targets);
  g_return_val_if_fail (view->home != NULL && view->system_root != NULL, targets);
  g_return_val_if_fail (view->data_dirs != NULL && view->config_folder != NULL, targets);

  sandbox = mw_sandbox_find (view->system_root, view->home);
  look_for_package (view, sandbox != NULL, targets);
  if (sandbox == NULL)
    look_for_flatpak (view, targets);
  return targets;
}
