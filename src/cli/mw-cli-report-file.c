/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "cli/mw-cli-report-file.h"

#include <glib/gi18n.h>
#include <stdio.h>

#include "setup/mw-report.h"

#define STANDARD_OUTPUT "-"

static gboolean
is_standard_output (const char *path)
{
  return g_strcmp0 (path, STANDARD_OUTPUT) == 0;
}

gboolean
mw_cli_report_file_check (MwCliSetupOptions  *options,
                          MwCliSession       *session,
                          GError            **error)
{
  guint n_outputs = (session->json ? 1 : 0) +
                    (is_standard_output (options->report) ? 1 : 0) +
                    (is_standard_output (options->report_json) ? 1 : 0);

  if (n_outputs > 1)
    g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                         _("Only one thing can be written to the standard output"));
  else if ((options->report_address || options->report_network) &&
           options->report == NULL && options->report_json == NULL)
    g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                         _("Nothing can be included in a report that is not asked for: there are "
                           "--report and --report-json"));
  else
    return TRUE;

  return FALSE;
}

gboolean
mw_cli_report_file_replaces_output (MwCliSetupOptions *options)
{
  return is_standard_output (options->report) || is_standard_output (options->report_json);
}

static gboolean
write_text (const char  *path,
            const char  *text,
            GError     **error)
{
  g_autoptr(GError) local_error = NULL;
  g_autofree char *name = NULL;

  if (path == NULL || text == NULL)
    return TRUE;

  if (is_standard_output (path))
    {
      /* Not g_print(), which would write it in the character set of the locale. */
      fputs (text, stdout);
      fflush (stdout);
      return TRUE;
    }

  if (g_file_set_contents_full (path, text, -1,
                                G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
                                0600, &local_error))
    return TRUE;

  name = g_filename_display_name (path);
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
               /* Translators: a file name, then what is wrong with it. */
               _("Cannot write the report to %s: %s"), name, local_error->message);
  return FALSE;
}

gboolean
mw_cli_report_file_write (MwCliSetupOptions  *options,
                          MwSetup            *setup,
                          GError            **error)
{
  g_autofree char *text = NULL;
  g_autofree char *json_text = NULL;
  MwRedactorHide hide = MW_REDACTOR_HIDE_NOTHING;

  if (!options->report_address)
    hide |= MW_REDACTOR_HIDE_PERSON;
  if (!options->report_network)
    hide |= MW_REDACTOR_HIDE_ADDRESSES;

  if (options->report != NULL)
    text = mw_report_new_text (setup, hide);
  if (options->report_json != NULL)
    json_text = mw_report_new_json_text (setup, hide);

  return write_text (options->report, text, error) &&
         write_text (options->report_json, json_text, error);
}
