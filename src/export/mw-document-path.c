/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "export/mw-document-path.h"

#include <string.h>
#include <sys/vfs.h>

#define MAGIC_OF_FUSE 0x65735546

const char *
mw_document_path_find_inner (const char *runtime_dir,
                             const char *path)
{
  g_autofree char *usual = NULL;

  g_return_val_if_fail (runtime_dir != NULL && path != NULL, NULL);

  usual = g_build_filename (runtime_dir, "doc", NULL);
  /* The one is a link to the other inside of a Flatpak. */
  for (guint i = 0; i < 2; i++)
    {
      const char *mount = i == 0 ? usual : "/run/flatpak/doc";
      gsize length = strlen (mount);
      const char *id = path + length + 1;
      const char *name;

      if (strncmp (path, mount, length) != 0 || path[length] != '/')
        continue;
      name = strchr (id, '/');
      if (name != NULL && name > id && name[1] != '\0')
        return name + 1;
    }

  return NULL;
}

gboolean
mw_document_path_is (const char *path)
{
  g_return_val_if_fail (path != NULL, FALSE);

  return mw_document_path_find_inner (g_get_user_runtime_dir (), path) != NULL;
}

gboolean
mw_document_path_arrives (const char *path)
{
  struct statfs system;

  g_return_val_if_fail (path != NULL, FALSE);

  return mw_document_path_is (path) && statfs (path, &system) == 0 &&
         system.f_type == MAGIC_OF_FUSE;
}
