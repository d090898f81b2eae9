/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "cli/mw-cli-report-file.h"

#include <glib/gi18n.h>

#include "cli/mw-cli-output.h"
#include "setup/mw-report.h"

gboolean
mw_cli_report_file_check (MwCliSetupOptions  *options,
                          MwCliSession       *session,
                          GError            **error)
{
  guint n_outputs = (session->json ? 1 : 0) +
                    (mw_cli_output_is_standard (options->report) ? 1 : 0) +
                    (mw_cli_output_is_standard (options->report_json) ? 1 : 0);

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
  return mw_cli_output_is_standard (options->report) ||
         mw_cli_output_is_standard (options->report_json);
}

static gboolean
write_text (const char  *path,
            const char  *text,
            GError     **error)
{
  return path == NULL || text == NULL || mw_cli_output_write (path, text, -1, error);
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
