/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include <string.h>

#include <glib/gstdio.h>

#include "export/mw-evolution-install.h"

#define OWN_NAME "org.gnome.evolution.dataserver.Sources5"
#define FLATPAK_NAME "org.gnome.Evolution.org.gnome.evolution.dataserver.Sources5"
#define DESKTOP_FILE "usr/share/applications/org.gnome.Evolution.desktop"
#define FLATPAK "var/lib/flatpak/app/org.gnome.Evolution/current/active/files/share/"

static const char * const no_names[] = { NULL };
static const char * const service[] = { OWN_NAME, NULL };
static const char * const running[] = { OWN_NAME, "org.gnome.Evolution", NULL };
static const char * const flatpak_running[] = { FLATPAK_NAME, "org.gnome.Evolution", NULL };

/* What is there, and what is found of it. */
static const struct {
  const char         *title;
  const char         *files[3];    /* "path=text", below the root */
  const char * const *names;       /* NULL: no bus */
  const char * const *activatable;
  const char         *expected;    /* "id packaging version access …" */
} rows[] = {
  { "nothing", { NULL }, no_names, no_names, "" },
  { "the data server without Evolution", { NULL }, service, service, "" },
  { "the package",
    { DESKTOP_FILE "=[Desktop Entry]\nName=Evolution\n",
      "usr/share/metainfo/org.gnome.Evolution.appdata.xml="
      "<component><releases><release type=\"stable\" version=\"3.46.4\"/>"
      "<release version=\"3.46.3\"/></releases></component>" },
    no_names, service, "evolution distro 3.46.4 ok starts\n" },
  { "another name of its description",
    { DESKTOP_FILE "=[Desktop Entry]\n",
      "usr/share/metainfo/org.gnome.Evolution.metainfo.xml="
      "<component><release version=\"3.60.1\"/><broken" },
    no_names, service, "evolution distro 3.60.1 ok starts\n" },
  { "no description", { DESKTOP_FILE "=[Desktop Entry]\n" }, service, no_names,
    "evolution distro - ok starts\n" },
  { "running", { DESKTOP_FILE "=[Desktop Entry]\n" }, running, no_names,
    "evolution distro - ok starts runs\n" },
  { "no bus", { DESKTOP_FILE "=[Desktop Entry]\n" }, NULL, NULL,
    "evolution distro - no-service starts\n" },
  { "no data server", { DESKTOP_FILE "=[Desktop Entry]\n" }, no_names, no_names,
    "evolution distro - no-service starts\n" },
  { "no data server, but files",
    { DESKTOP_FILE "=[Desktop Entry]\n", "home/.config/evolution/sources/x.source=" },
    no_names, no_names, "evolution distro - ok starts\n" },
  { "files, and no bus",
    { DESKTOP_FILE "=[Desktop Entry]\n", "home/.config/evolution/sources/x.source=" },
    NULL, NULL, "evolution distro - no-service starts\n" },
  { "a Flatpak's desktop file",
    { DESKTOP_FILE "=[Desktop Entry]\nX-Flatpak=org.gnome.Evolution\n" }, service, no_names, "" },
  { "the Flatpak",
    { FLATPAK "metainfo/org.gnome.Evolution.metainfo.xml=<release version=\"3.60.1\"/>" },
    no_names, no_names, "evolution-flatpak flatpak 3.60.1 ok starts\n" },
  { "the Flatpak of one person",
    { "home/.local/share/flatpak/app/org.gnome.Evolution/current/x=" },
    flatpak_running, no_names, "evolution-flatpak flatpak - ok starts runs\n" },
  { "both", { DESKTOP_FILE "=[Desktop Entry]\n", FLATPAK "x=" }, service, no_names,
    "evolution distro - ok starts\nevolution-flatpak flatpak - ok starts\n" },
  { "inside the sandbox", { ".flatpak-info=[Context]\n" }, no_names, service,
    "evolution distro - ok inside\n" },
  { "inside, without the data server",
    { ".flatpak-info=[Context]\n", DESKTOP_FILE "=[Desktop Entry]\n", FLATPAK "x=" },
    no_names, no_names, "" },
};

static void
put (const char *root,
     const char *file)
{
  const char *text = strchr (file, '=') + 1;
  g_autofree char *name = g_strndup (file, text - 1 - file);
  g_autofree char *path = g_build_filename (root, name, NULL);
  g_autofree char *folder = g_path_get_dirname (path);

  g_assert_no_errno (g_mkdir_with_parents (folder, 0700));
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static char *
describe (GPtrArray *targets)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < targets->len; i++)
    {
      MwExportTarget *target = targets->pdata[i];

      g_string_append_printf (text, "%s %s %s %s%s%s%s\n", target->id,
                              mw_enum_to_nick (MW_TYPE_PACKAGING, target->packaging),
                              target->version != NULL ? target->version : "-",
                              mw_enum_to_nick (MW_TYPE_TARGET_ACCESS, target->access),
                              target->launch != NULL ? " starts" : "",
                              target->running ? " runs" : "",
                              target->from_sandbox ? " inside" : "");
    }
  return g_string_free (text, FALSE);
}

static void
test_row (gconstpointer data)
{
  const gsize i = GPOINTER_TO_SIZE (data);
  g_autofree char *root = g_dir_make_tmp ("mailwright-root-XXXXXX", NULL);
  g_autofree char *home = g_build_filename (root, "home", NULL);
  g_autofree char *config = g_build_filename (home, ".config", "evolution", NULL);
  g_autofree char *share = g_build_filename (root, "usr", "share", NULL);
  g_autofree char *command = g_strdup_printf ("rm -rf '%s'", root);
  const char * const data_dirs[] = { "/nonexistent", share, NULL };
  const MwEvolutionView view = {
    .home = home,
    .system_root = root,
    .data_dirs = data_dirs,
    .config_folder = config,
    .names = rows[i].names,
    .activatable = rows[i].activatable,
  };
  g_autoptr(GPtrArray) targets = NULL;
  g_autofree char *text = NULL;

  for (gsize j = 0; j < G_N_ELEMENTS (rows[i].files) && rows[i].files[j] != NULL; j++)
    put (root, rows[i].files[j]);
  targets = mw_evolution_install_list (&view);
  text = describe (targets);
  g_assert_cmpstr (text, ==, rows[i].expected);
  g_assert_true (g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strdup_printf ("/evolution-install/%s", rows[i].title);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_row);
    }
  return g_test_run ();
}
