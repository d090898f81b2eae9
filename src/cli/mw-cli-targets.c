/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include <glib/gi18n.h>

#include "cli/mw-cli-command.h"
#include "cli/mw-cli-json.h"
#include "cli/mw-cli-report.h"
#include "cli/mw-cli-terminal.h"

static void
print_json (GPtrArray *targets)
{
  g_autoptr(JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "targets");
  json_builder_begin_array (builder);
  for (guint i = 0; i < targets->len; i++)
    mw_cli_report_add_target (builder, g_ptr_array_index (targets, i));
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  mw_cli_json_print (builder);
}

static void
print_text (GPtrArray *targets)
{
  if (targets->len == 0)
    g_print ("%s\n", _("No mail program was found that can take an account."));

  for (guint i = 0; i < targets->len; i++)
    {
      MwExportTarget *target = g_ptr_array_index (targets, i);
      g_autofree char *folder = mw_cli_terminal_clean (target->data_folder);
      g_autofree char *version = mw_cli_terminal_clean (target->version);

      g_print ("%s%s%s  %s  %s  %s%s%s\n",
               mw_cli_terminal_colour (MW_CLI_COLOUR_STRONG),
               target->id,
               mw_cli_terminal_colour (MW_CLI_COLOUR_PLAIN),
               mw_enum_to_nick (MW_TYPE_PACKAGING, target->packaging),
               version,
               folder,
               target->running ? "  " : "",
               target->running ? _("(running)") : "");
    }
}

static MwCliExit
run (MwCliSession  *session,
     int            argc,
     char         **argv)
{
  g_autoptr(GPtrArray) targets = NULL;
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  if (!mw_cli_session_parse (session, NULL, mw_cli_command_targets.summary,
                             NULL, 0, 0, &argc, &argv) ||
      !mw_cli_session_open (session))
    return MW_CLI_EXIT_USAGE;

  mw_engine_find_targets_async (session->engine, session->cancellable,
                                mw_cli_session_ready_cb, session);
  result = mw_cli_session_wait (session);
  targets = mw_engine_find_targets_finish (session->engine, result, &error);
  if (targets == NULL)
    return mw_cli_session_fail (session, error);

  if (session->json)
    print_json (targets);
  else
    print_text (targets);
  return MW_CLI_EXIT_YES;
}

const MwCliCommand mw_cli_command_targets = {
  "targets",
  N_("List the mail programs that can take an account"),
  run,
};
