/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "cli/mw-cli-output.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

#define STANDARD_OUTPUT "-"

gboolean
mw_cli_output_is_standard (const char *path)
{
  return g_strcmp0 (path, STANDARD_OUTPUT) == 0;
}

static void
fail (const char  *path,
      const char  *reason,
      GError     **error)
{
  g_autofree char *name = g_filename_display_name (path);

  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
               /* Translators: a file name, then what is wrong with it. */
               _("Cannot write %s: %s"), name, reason);
}

gboolean
mw_cli_output_write (const char  *path,
                     const char  *data,
                     gssize       length,
                     GError     **error)
{
  g_autoptr(GError) local_error = NULL;
  gsize size;

  g_return_val_if_fail (path != NULL, FALSE);
  g_return_val_if_fail (data != NULL, FALSE);

  size = length < 0 ? strlen (data) : (gsize) length;
  if (mw_cli_output_is_standard (path))
    {
      /* Not g_print(), which would write it in the character set of the locale. */
      if (fwrite (data, 1, size, stdout) == size && fflush (stdout) == 0)
        return TRUE;
      fail (path, g_strerror (errno), error);
      return FALSE;
    }

  if (g_file_test (path, G_FILE_TEST_EXISTS) && !g_file_test (path, G_FILE_TEST_IS_REGULAR))
    {
      fail (path, _("it is no plain file"), error);
      return FALSE;
    }
  if (g_file_set_contents_full (path, data, size,
                                G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
                                0600, &local_error))
    return TRUE;

  fail (path, local_error->message, error);
  return FALSE;
}
