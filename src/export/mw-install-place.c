/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "export/mw-install-place.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "export/mw-thunderbird-install-hash.h"

#define MAX_SIZE (1024 * 1024)

/* Betterbird is a Thunderbird with another name: from its maker's archive it
 * even shares the folder. */
#define FLATPAK(suffix, app, program, lib)                                    \
  { .id = "thunderbird-flatpak" suffix,                                       \
    .packaging = MW_PACKAGING_FLATPAK,                                        \
    .root = ".var/app/" app "/.thunderbird",                                  \
    .programs = { { program, NULL, { "var/lib/flatpak/app/" app } } },        \
    .home_install = ".local/share/flatpak/app/" app,                          \
    .inner_folder = "/app/lib/" lib,                                          \
    .launch = { "flatpak", "run", app } }

static const MwInstallPlace places[] = {
  { .id = "thunderbird",
    .packaging = MW_PACKAGING_DISTRO,
    .root = ".thunderbird",
    .programs = {
      { "Thunderbird", "thunderbird",
        { "usr/lib/thunderbird", "usr/lib64/thunderbird", "opt/thunderbird" } },
      { "Betterbird", "betterbird",
        { "usr/lib/betterbird", "usr/lib64/betterbird", "opt/betterbird" } },
    } },
  FLATPAK ("", "org.mozilla.thunderbird", "Thunderbird", "thunderbird"),
  FLATPAK ("-esr", "org.mozilla.thunderbird_esr", "Thunderbird", "thunderbird"),
  FLATPAK ("-old", "org.mozilla.Thunderbird", "Thunderbird", "thunderbird"),
  FLATPAK ("-betterbird", "eu.betterbird.Betterbird", "Betterbird", "betterbird"),
  { .id = "thunderbird-snap",
    .packaging = MW_PACKAGING_SNAP,
    .root = "snap/thunderbird/common/.thunderbird",
    .programs = {
      { "Thunderbird", NULL, { "snap/thunderbird", "var/lib/snapd/snap/thunderbird" } },
    },
    .launch = { "snap", "run", "thunderbird" } },
};

static void
installation_free (gpointer data)
{
  MwInstallation *self = data;

  g_free (self->hash);
  g_free (self->version);
  g_strfreev (self->launch);
  g_free (self);
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

static char *
find_in_search_path (const char *search_path,
                     const char *command)
{
  g_auto(GStrv) folders = g_strsplit (search_path != NULL ? search_path : "", ":", -1);

  for (guint i = 0; folders[i] != NULL; i++)
    {
      g_autofree char *path = g_build_filename (folders[i], command, NULL);

      if (*folders[i] == '/' && g_file_test (path, G_FILE_TEST_IS_EXECUTABLE) &&
          !g_file_test (path, G_FILE_TEST_IS_DIR) && !starts_a_snap (path))
        return g_steal_pointer (&path);
    }

  return NULL;
}

/* The path as a program sees it that knows of no other root. */
static const char *
inside_root (const MwInstallView *view,
             const char          *path)
{
  gsize length = strlen (view->system_root);

  if (length > 1 && strncmp (path, view->system_root, length) == 0 && path[length] == '/')
    return path + length;
  return path;
}

static gboolean
is_of_the_distribution (const char *path)
{
  return (g_str_has_prefix (path, "/usr/") && !g_str_has_prefix (path, "/usr/local/")) ||
         g_str_has_prefix (path, "/bin/");
}

static char *
find_version (const char *folder,
              const char *lib)
{
  g_autofree char *plain = g_build_filename (folder, "application.ini", NULL);
  g_autofree char *flatpak = NULL;
  g_autofree char *snap = g_build_filename (folder, "current", "meta", "snap.yaml", NULL);
  char *version = mw_install_read_value (plain, "Version=");

  if (version == NULL && lib != NULL)
    {
      flatpak = g_build_filename (folder, "current", "active", "files", "lib", lib,
                                  "application.ini", NULL);
      version = mw_install_read_value (flatpak, "Version=");
    }
  return version != NULL ? version : mw_install_read_value (snap, "version: ");
}

static MwInstallation *
installation_new (const MwInstallPlace   *place,
                  const MwInstallProgram *program,
                  const MwInstallView    *view,
                  const char             *folder,
                  const char             *command)
{
  MwInstallation *self = g_new0 (MwInstallation, 1);
  const char *seen = folder != NULL ? inside_root (view, folder) : NULL;
  g_autofree char *lib = NULL;

  if (place->inner_folder != NULL)
    lib = g_path_get_basename (place->inner_folder);
  self->program = program->name;
  self->packaging = place->packaging;
  if (place->inner_folder != NULL || seen != NULL)
    self->hash = mw_thunderbird_install_hash (place->inner_folder != NULL ? place->inner_folder
                                                                          : seen);
  if (folder != NULL)
    self->version = find_version (folder, lib);

  if (place->launch[0] != NULL)
    {
      self->launch = g_strdupv ((char **) place->launch);
      return self;
    }

  if (!is_of_the_distribution (seen != NULL ? seen : inside_root (view, command)))
    self->packaging = MW_PACKAGING_MANUAL;
  self->launch = g_new0 (char *, 2);
  self->launch[0] = command != NULL || self->packaging == MW_PACKAGING_DISTRO
                      ? g_strdup (program->command)
                      : g_build_filename (seen, program->command, NULL);
  return self;
}

/* A command in the search path may be a link to the program in its folder. */
static char *
folder_of_command (const char *command)
{
  g_autofree char *ini = NULL;
  g_autofree char *folder = NULL;
  char *real = realpath (command, NULL);

  if (real == NULL)
    return NULL;
  folder = g_path_get_dirname (real);
  free (real);
  ini = g_build_filename (folder, "application.ini", NULL);
  return g_file_test (ini, G_FILE_TEST_EXISTS) ? g_steal_pointer (&folder) : NULL;
}

static MwInstallation *
find_program (const MwInstallPlace   *place,
              const MwInstallProgram *program,
              const MwInstallView    *view)
{
  g_autofree char *command = NULL;
  g_autofree char *folder = NULL;

  if (program->command != NULL)
    command = find_in_search_path (view->search_path, program->command);
  if (command != NULL)
    folder = folder_of_command (command);
  for (guint i = 0; folder == NULL && i < G_N_ELEMENTS (program->folders) &&
                    program->folders[i] != NULL; i++)
    {
      folder = g_build_filename (view->system_root, program->folders[i], NULL);
      if (!g_file_test (folder, G_FILE_TEST_IS_DIR))
        g_clear_pointer (&folder, g_free);
    }
  if (folder == NULL && place->home_install != NULL)
    {
      folder = g_build_filename (view->home, place->home_install, NULL);
      if (!g_file_test (folder, G_FILE_TEST_IS_DIR))
        g_clear_pointer (&folder, g_free);
    }

  return command != NULL || folder != NULL
           ? installation_new (place, program, view, folder, command) : NULL;
}

const MwInstallPlace *
mw_install_places (gsize *n_places)
{
  *n_places = G_N_ELEMENTS (places);
  return places;
}

GPtrArray *
mw_install_place_find (const MwInstallPlace *place,
                       const MwInstallView  *view)
{
  GPtrArray *found = g_ptr_array_new_with_free_func (installation_free);

  g_return_val_if_fail (place != NULL, found);
  g_return_val_if_fail (view != NULL, found);

  for (gsize i = 0; i < G_N_ELEMENTS (place->programs) && place->programs[i].name != NULL; i++)
    {
      MwInstallation *each = find_program (place, &place->programs[i], view);

      if (each != NULL)
        g_ptr_array_add (found, each);
    }

  return found;
}

GPtrArray *
mw_install_place_find_outside (const MwInstallPlace *place,
                               const MwInstallView  *view)
{
  static const char *const sizes[] = { "128x128", "64x64", "48x48", "256x256" };
  GPtrArray *found = g_ptr_array_new_with_free_func (installation_free);

  g_return_val_if_fail (place != NULL, found);
  g_return_val_if_fail (view != NULL, found);

  for (gsize i = 0; i < G_N_ELEMENTS (place->programs) && place->programs[i].command != NULL; i++)
    for (gsize j = 0; j < G_N_ELEMENTS (sizes); j++)
      {
        g_autofree char *name = g_strconcat (place->programs[i].command, ".png", NULL);
        g_autofree char *path = g_build_filename (view->system_root, "run/host/share/icons/hicolor",
                                                  sizes[j], "apps", name, NULL);
        MwInstallation *each;

        if (!g_file_test (path, G_FILE_TEST_EXISTS))
          continue;
        each = g_new0 (MwInstallation, 1);
        each->program = place->programs[i].name;
        each->packaging = place->packaging;
        g_ptr_array_add (found, each);
        break;
      }

  return found;
}

gboolean
mw_install_place_has_hash (const MwInstallPlace *place,
                           const char           *hash)
{
  g_return_val_if_fail (place != NULL, FALSE);
  g_return_val_if_fail (hash != NULL, FALSE);

  if (place->inner_folder != NULL)
    {
      g_autofree char *own = mw_thunderbird_install_hash (place->inner_folder);

      return g_ascii_strcasecmp (hash, own) == 0;
    }

  for (gsize i = 0; i < G_N_ELEMENTS (place->programs); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (place->programs[i].folders) &&
                      place->programs[i].folders[j] != NULL; j++)
      {
        g_autofree char *folder = g_strconcat ("/", place->programs[i].folders[j], NULL);
        g_autofree char *own = mw_thunderbird_install_hash (folder);

        if (g_ascii_strcasecmp (hash, own) == 0)
          return TRUE;
      }

  return FALSE;
}

char *
mw_install_read_file (const char  *path,
                      gsize       *size,
                      GError     **error)
{
  int fd = open (path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
  gboolean ok = FALSE;
  g_autofree char *data = NULL;
  struct stat status;
  gssize have = 0;
  int code = errno;

  if (fd >= 0)
    {
      code = fstat (fd, &status) != 0 ? errno
               : !S_ISREG (status.st_mode) || status.st_size > MAX_SIZE ? EINVAL
               /* For root everything can be read; the mark is respected. */
               : status.st_uid == geteuid () && (status.st_mode & S_IRUSR) == 0 ? EACCES : 0;
      if (code == 0)
        {
          data = g_malloc0 (status.st_size + 1);
          have = read (fd, data, status.st_size);
          code = errno;
          ok = have >= 0;
        }
      close (fd);
    }
  if (!ok)
    {
      g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (code), "%s: %s", path,
                   g_strerror (code));
      return NULL;
    }

  data[have] = '\0';
  if (size != NULL)
    *size = have;
  return g_steal_pointer (&data);
}

char *
mw_install_read_value (const char *path,
                       const char *key)
{
  g_autofree char *data = mw_install_read_file (path, NULL, NULL);
  g_auto(GStrv) lines = NULL;

  if (data == NULL)
    return NULL;
  lines = g_strsplit (data, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    if (g_str_has_prefix (lines[i], key))
      {
        const char *value = lines[i] + strlen (key) + strspn (lines[i] + strlen (key), "'\"");
        gsize length = strspn (value, "0123456789.");

        if (length > 0)
          return g_strndup (value, length);
      }

  return NULL;
}
