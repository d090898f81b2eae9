/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "export/mw-sandbox.h"

#include <string.h>
#include <sys/stat.h>
#include <sys/vfs.h>

#include "core/mw-error.h"
#include "export/mw-document-path.h"

#define INFO_FILE ".flatpak-info"
#define MAGIC_OF_TMPFS 0x01021994

struct _MwSandbox
{
  char  *home;
  char **filesystems; /* as the sandbox was told, "~/.thunderbird:create" … */
};

/* The words Flatpak has for folders, and where they are: in the real home
 * folder, not where the variables of the sandbox point to. */
static const struct {
  const char *word;
  const char *folder; /* below the home folder */
} words[] = {
  { "~", "" },
  { "home", "" },
  { "xdg-config", ".config" },
  { "xdg-data", ".local/share" },
};

static gboolean
is_below (const char *path,
          const char *folder)
{
  gsize length = strlen (folder);

  while (length > 1 && folder[length - 1] == '/')
    length--;
  return strncmp (path, folder, length) == 0 &&
         (length == 1 || path[length] == '\0' || path[length] == '/');
}

/* The folder an entry means, %NULL for one that does not concern us. */
static char *
folder_of_entry (MwSandbox  *self,
                 const char *entry)
{
  const char *colon = strrchr (entry, ':');
  g_autofree char *name = colon != NULL ? g_strndup (entry, colon - entry) : g_strdup (entry);

  if (*name == '/')
    return g_canonicalize_filename (name, NULL);
  /* All but what the system itself consists of. */
  if (strcmp (name, "host") == 0)
    return g_strdup ("/");

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    {
      gsize length = strlen (words[i].word);

      if (strncmp (name, words[i].word, length) == 0 &&
          (name[length] == '\0' || name[length] == '/'))
        {
          g_autofree char *whole = g_build_filename (self->home, words[i].folder,
                                                     name + length, NULL);

          return g_canonicalize_filename (whole, NULL);
        }
    }

  return NULL;
}

/* The entry about the innermost folder counts: "home" with "!~/.thunderbird"
 * leaves that one out. */
static gboolean
was_told (MwSandbox  *self,
          const char *path)
{
  gboolean told = FALSE;
  gsize best = 0;

  for (guint i = 0; self->filesystems[i] != NULL; i++)
    {
      const char *entry = self->filesystems[i];
      gboolean is_denied = *entry == '!';
      g_autofree char *folder = folder_of_entry (self, entry + (is_denied ? 1 : 0));

      if (folder == NULL || !is_below (path, folder) || strlen (folder) < best)
        continue;
      best = strlen (folder);
      told = !is_denied;
    }

  return told;
}

/* What is known of a path, or of the last folder on the way that is there. */
static gboolean
find_existing (const char    *path,
               struct stat   *status,
               struct statfs *system)
{
  g_autofree char *each = g_strdup (path);

  while (stat (each, status) != 0)
    {
      char *parent = g_path_get_dirname (each);

      if (strcmp (parent, each) == 0)
        {
          g_free (parent);
          return FALSE;
        }
      g_free (each);
      each = parent;
    }

  return statfs (each, system) == 0;
}

/* The sandbox's own home folder is in memory, and what was handed through is
 * another mount in it. Where the whole home folder was handed through it is
 * the other way round: what stays hidden lies under a mount in memory. The
 * real home folder may be in memory, too, on a system that was started from a
 * stick. */
static gboolean
arrives (MwSandbox  *self,
         const char *path)
{
  struct stat status, home;
  struct statfs system, home_system;

  if (!find_existing (path, &status, &system) ||
      !find_existing (self->home, &home, &home_system))
    return FALSE;
  return system.f_type != MAGIC_OF_TMPFS ||
         (status.st_dev == home.st_dev) == was_told (self, self->home);
}

MwSandbox *
mw_sandbox_find (const char *system_root,
                 const char *home)
{
  g_autofree char *path = NULL;
  g_autoptr(GKeyFile) file = g_key_file_new ();
  MwSandbox *self;

  g_return_val_if_fail (system_root != NULL, NULL);
  g_return_val_if_fail (home != NULL && g_path_is_absolute (home), NULL);

  path = g_build_filename (system_root, INFO_FILE, NULL);
  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return NULL;

  self = g_new0 (MwSandbox, 1);
  self->home = g_canonicalize_filename (home, NULL);
  /* One that cannot be understood grants nothing. */
  if (g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, NULL))
    self->filesystems = g_key_file_get_string_list (file, "Context", "filesystems", NULL, NULL);
  if (self->filesystems == NULL)
    self->filesystems = g_new0 (char *, 1);
  return self;
}

void
mw_sandbox_free (MwSandbox *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->home);
  g_strfreev (self->filesystems);
  g_free (self);
}

gboolean
mw_sandbox_is_granted (MwSandbox  *self,
                       const char *path)
{
  g_autofree char *whole = NULL;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (path != NULL && g_path_is_absolute (path), FALSE);

  whole = g_canonicalize_filename (path, NULL);
  if (mw_document_path_is (whole))
    return mw_document_path_arrives (whole);
  return was_told (self, whole) && arrives (self, whole);
}

gboolean
mw_sandbox_check (const char  *path,
                  GError     **error)
{
  g_autoptr(MwSandbox) sandbox = mw_sandbox_find ("/", g_get_home_dir ());

  g_return_val_if_fail (path != NULL && g_path_is_absolute (path), FALSE);

  if (sandbox == NULL || mw_sandbox_is_granted (sandbox, path))
    return TRUE;
  g_set_error (error, MW_EXPORT_ERROR, MW_EXPORT_ERROR_NOT_GRANTED,
               "The sandbox does not reach %s", path);
  return FALSE;
}
