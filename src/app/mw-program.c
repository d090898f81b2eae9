/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "app/mw-program.h"

gboolean
mw_program_is_confined (void)
{
  return g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS);
}

gboolean
mw_program_can_open (MwExportTarget *target)
{
  g_return_val_if_fail (target != NULL, FALSE);

  return target->launch != NULL && target->launch[0] != NULL && !mw_program_is_confined ();
}

/* In a desktop file's Exec key a percent sign is doubled. */
static char *
make_command_line (char **argv)
{
  g_autoptr(GString) line = g_string_new (NULL);

  for (guint i = 0; argv[i] != NULL; i++)
    {
      g_autofree char *quoted = g_shell_quote (argv[i]);

      g_string_append_printf (line, "%s%s", i > 0 ? " " : "", quoted);
    }
  g_string_replace (line, "%", "%%", 0);
  return g_string_free (g_steal_pointer (&line), FALSE);
}

gboolean
mw_program_open (MwExportTarget  *target,
                 GdkDisplay      *display,
                 GError         **error)
{
  g_autoptr(GdkAppLaunchContext) context = NULL;
  g_autoptr(GAppInfo) info = NULL;
  g_autofree char *line = NULL;
  g_autofree char *path = NULL;

  g_return_val_if_fail (mw_program_can_open (target), FALSE);
  g_return_val_if_fail (GDK_IS_DISPLAY (display), FALSE);

  /* What starts it further down does not say when there is no such program. */
  path = g_find_program_in_path (target->launch[0]);
  if (path == NULL)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "There is no program %s",
                   target->launch[0]);
      return FALSE;
    }

  line = make_command_line (target->launch);
  info = g_app_info_create_from_commandline (line, NULL,
                                             G_APP_INFO_CREATE_SUPPORTS_STARTUP_NOTIFICATION,
                                             error);
  if (info == NULL)
    return FALSE;

  context = gdk_display_get_app_launch_context (display);
  return g_app_info_launch (info, NULL, G_APP_LAUNCH_CONTEXT (context), error);
}
