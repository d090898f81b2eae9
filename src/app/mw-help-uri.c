/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "app/mw-help-uri.h"

#define DOCUMENT "mailwright"

/* The program's folder from outside of the Flatpak; from inside it is /app. */
static char *
find_outer_folder (const char *system_root)
{
  g_autofree char *path = g_build_filename (system_root, ".flatpak-info", NULL);
  g_autoptr(GKeyFile) info = g_key_file_new ();

  if (!g_key_file_load_from_file (info, path, G_KEY_FILE_NONE, NULL))
    return NULL;

  return g_key_file_get_string (info, "Instance", "app-path", NULL);
}

/* A viewer that is given a folder does not choose the language. */
static const char *
find_language (const char *system_root)
{
  const char * const *names = g_get_language_names ();

  for (gsize i = 0; names[i] != NULL; i++)
    {
      g_autofree char *folder = g_build_filename (system_root, "app", "share", "help", names[i],
                                                  DOCUMENT, NULL);

      if (g_file_test (folder, G_FILE_TEST_IS_DIR))
        return names[i];
    }

  return "C";
}

char *
mw_help_uri_new (const char *system_root,
                 const char *topic)
{
  g_autofree char *outer = NULL;
  g_autofree char *folder = NULL;
  g_autofree char *escaped = NULL;

  g_return_val_if_fail (system_root != NULL, NULL);

  outer = find_outer_folder (system_root);
  if (outer == NULL && topic == NULL)
    return g_strdup ("help:" DOCUMENT);
  if (outer == NULL)
    return g_strconcat ("help:" DOCUMENT "/", topic, NULL);

  folder = g_build_filename (outer, "share", "help", find_language (system_root), DOCUMENT, NULL);
  escaped = g_uri_escape_string (folder, "/", TRUE);

  return g_strconcat ("ghelp:", escaped, "?", topic != NULL ? topic : "index", NULL);
}
