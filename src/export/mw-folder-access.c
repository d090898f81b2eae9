/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "export/mw-folder-access.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/statvfs.h>
#include <unistd.h>

gboolean
mw_folder_access_is_closed (const struct stat *status)
{
  return (status->st_mode & S_IWOTH) == 0 &&
         ((status->st_mode & S_IWGRP) == 0 || status->st_gid == getegid ());
}

/* The folder the checks start below: home, or the last one but one. */
static char *
find_base (const char *whole,
           const char *home)
{
  gsize length = strlen (home);

  return strncmp (whole, home, length) == 0 && whole[length] == '/'
           ? g_strdup (home) : g_path_get_dirname (whole);
}

/* A folder that is no link. For root everything can be read and written; the
 * marks are respected all the same. */
static MwTargetAccess
check_folder (const char *path,
              gboolean    is_last)
{
  struct statvfs system;
  struct stat status;

  if (stat (path, &status) != 0 || !S_ISDIR (status.st_mode))
    return MW_TARGET_ACCESS_UNREADABLE;
  if (status.st_uid == geteuid () &&
      (status.st_mode & (S_IRUSR | S_IXUSR)) != (S_IRUSR | S_IXUSR))
    return MW_TARGET_ACCESS_UNREADABLE;
  if (faccessat (AT_FDCWD, path, R_OK | X_OK, AT_EACCESS) != 0)
    return MW_TARGET_ACCESS_UNREADABLE;
  if (!mw_folder_access_is_closed (&status))
    return MW_TARGET_ACCESS_UNSAFE;
  if ((status.st_mode & S_IWUSR) == 0)
    return MW_TARGET_ACCESS_READ_ONLY;
  if (is_last && (faccessat (AT_FDCWD, path, W_OK, AT_EACCESS) != 0 ||
                  (statvfs (path, &system) == 0 && (system.f_flag & ST_RDONLY) != 0)))
    return MW_TARGET_ACCESS_READ_ONLY;

  return MW_TARGET_ACCESS_OK;
}

/* Every folder below @base on the way to @real, which has no links in it. */
static MwTargetAccess
check_real (const char  *real,
            const char  *base,
            char       **out_place)
{
  const char *end = real + strlen (base) + (base[1] != '\0' ? 1 : 0);

  while (*end != '\0')
    {
      g_autofree char *path = NULL;
      MwTargetAccess access;

      end += strcspn (end, "/");
      path = g_strndup (real, end - real);
      access = check_folder (path, *end == '\0');
      if (access != MW_TARGET_ACCESS_OK)
        {
          *out_place = g_steal_pointer (&path);
          return access;
        }
      end += strspn (end, "/");
    }

  return MW_TARGET_ACCESS_OK;
}

/* Walks from @base to as far as there are folders. A link on the way, or
 * somebody else's folder, is unusual. */
static MwTargetAccess
walk (GString    *path,
      const char *steps)
{
  g_auto(GStrv) names = g_strsplit (steps, "/", -1);
  gboolean unusual = FALSE;

  for (guint i = 0; names[i] != NULL; i++)
    {
      gsize before = path->len;
      struct stat status;

      g_string_append_printf (path, "%s%s", path->str[path->len - 1] == '/' ? "" : "/", names[i]);
      if (lstat (path->str, &status) != 0)
        {
          if (errno != ENOENT)
            return MW_TARGET_ACCESS_UNREADABLE;
          /* The rest is going to be made. */
          g_string_truncate (path, before);
          break;
        }
      unusual |= S_ISLNK (status.st_mode) || status.st_uid != geteuid ();
    }

  return unusual ? MW_TARGET_ACCESS_UNUSUAL_PLACE : MW_TARGET_ACCESS_OK;
}

MwTargetAccess
mw_folder_access_check (const char  *folder,
                        const char  *home,
                        gboolean     is_named,
                        char       **out_place)
{
  g_autofree char *whole = NULL;
  g_autofree char *whole_home = NULL;
  g_autofree char *base = NULL;
  g_autofree char *real_base = NULL;
  g_autofree char *place = NULL;
  g_autofree char *real = NULL;
  g_autofree char *real_home = NULL;
  g_autoptr(GString) path = NULL;
  MwTargetAccess access, inner;

  g_return_val_if_fail (folder != NULL && g_path_is_absolute (folder),
                        MW_TARGET_ACCESS_UNREADABLE);
  g_return_val_if_fail (home != NULL && g_path_is_absolute (home), MW_TARGET_ACCESS_UNREADABLE);

  whole = g_canonicalize_filename (folder, NULL);
  whole_home = g_canonicalize_filename (home, NULL);
  base = find_base (whole, whole_home);
  path = g_string_new (base);
  access = walk (path, whole + strlen (base) + (base[1] != '\0' ? 1 : 0));
  if (access == MW_TARGET_ACCESS_OK && !is_named && strcmp (base, whole_home) != 0)
    access = MW_TARGET_ACCESS_UNUSUAL_PLACE;

  real = realpath (path->str, NULL);
  real_home = realpath (whole_home, NULL);
  if (real == NULL || real_home == NULL)
    {
      access = MW_TARGET_ACCESS_UNREADABLE;
      place = g_strdup (path->str);
    }
  else if (access != MW_TARGET_ACCESS_UNREADABLE && strcmp (real, real_home) != 0)
    {
      real_base = find_base (real, real_home);
      inner = check_real (real, real_base, &place);
      if (inner != MW_TARGET_ACCESS_OK)
        access = inner;
    }

  if (place == NULL && access != MW_TARGET_ACCESS_OK)
    place = g_strdup (real);
  if (out_place != NULL)
    *out_place = g_steal_pointer (&place);
  return access;
}
