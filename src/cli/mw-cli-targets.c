/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include <glib/gi18n.h>

#include "cli/mw-cli-command.h"
#include "cli/mw-cli-json.h"
#include "cli/mw-cli-report.h"
#include "cli/mw-cli-terminal.h"
#include "setup/mw-advice-target.h"

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

/* The id and what it is; below it the folder, and what is wrong with it. */
static void
print_target (MwExportTarget *target)
{
  g_autofree char *about = mw_advice_describe_target (target);
  g_autofree char *access = mw_advice_describe_target_access (target);
  g_autofree char *command = mw_advice_dup_target_command (target);
  g_autofree char *id = mw_cli_terminal_clean (target->id);
  g_autofree char *words = mw_cli_terminal_clean (about);
  g_autofree char *folder = mw_cli_terminal_clean (target->data_folder);

  g_print ("%s%s%s  %s%s%s\n", mw_cli_terminal_colour (MW_CLI_COLOUR_STRONG), id,
           mw_cli_terminal_colour (MW_CLI_COLOUR_PLAIN), target->program,
           *words != '\0' ? " · " : "", words);
  g_print ("  %s\n", folder);
  if (access != NULL)
    {
      g_autofree char *clean = mw_cli_terminal_clean (access);

      g_print ("  %s\n", clean);
    }
  if (command != NULL)
    g_print ("    %s\n", command);
}

static void
print_text (GPtrArray *targets)
{
  gboolean any = FALSE;

  for (guint i = 0; i < targets->len; i++)
    any |= mw_advice_can_use_target (g_ptr_array_index (targets, i));
  if (!any)
    g_print ("%s\n", _("No mail program was found that can take an account."));

  for (guint i = 0; i < targets->len; i++)
    print_target (g_ptr_array_index (targets, i));
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
