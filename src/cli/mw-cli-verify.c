/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include <glib/gi18n.h>

#include "cli/mw-cli-check.h"
#include "cli/mw-cli-command.h"
#include "cli/mw-cli-json.h"
#include "cli/mw-cli-report-file.h"
#include "cli/mw-cli-report.h"
#include "cli/mw-cli-setup-options.h"

static MwCliExit
run (MwCliSession  *session,
     int            argc,
     char         **argv)
{
  g_autoptr(MwCliSetupOptions) options = mw_cli_setup_options_new ();
  g_autofree GOptionEntry *entries = mw_cli_setup_options_make_entries (options, NULL);
  g_autoptr(MwSetup) setup = NULL;
  g_autoptr(GError) error = NULL;

  if (!mw_cli_session_parse (session, N_("ADDRESS"), mw_cli_command_verify.summary,
                             entries, 1, 1, &argc, &argv) ||
      !mw_cli_session_open (session))
    return MW_CLI_EXIT_USAGE;

  setup = mw_setup_new (session->engine);
  if (!mw_cli_report_file_check (options, session, &error) ||
      !mw_cli_setup_options_apply (options, session, argv[1], setup, &error) ||
      !mw_cli_setup_options_fetch_passwords (options, session, setup, &error) ||
      !mw_cli_check_run (session, setup, &error) ||
      !mw_cli_report_file_write (options, setup, &error))
    return mw_cli_session_fail (session, error);

  if (session->json)
    {
      g_autoptr(JsonBuilder) builder = json_builder_new ();

      mw_cli_report_add_verification (builder, session, setup);
      mw_cli_json_print (builder);
    }
  else if (!mw_cli_report_file_replaces_output (options))
    {
      mw_cli_check_print (session, setup);
    }

  return mw_cli_check_get_exit (session, setup);
}

const MwCliCommand mw_cli_command_verify = {
  "verify",
  N_("Find the servers of an address and prove that they work"),
  run,
};
