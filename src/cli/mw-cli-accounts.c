/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include <glib/gi18n.h>

#include "cli/mw-cli-command.h"
#include "cli/mw-cli-json.h"
#include "cli/mw-cli-report.h"
#include "cli/mw-cli-terminal.h"

static void
print_json (GPtrArray *profiles)
{
  g_autoptr(JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "accounts");
  json_builder_begin_array (builder);
  for (guint i = 0; i < profiles->len; i++)
    mw_cli_report_add_account_row (builder, g_ptr_array_index (profiles, i));
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  mw_cli_json_print (builder);
}

static void
print_text (GPtrArray *profiles)
{
  if (profiles->len == 0)
    g_print ("%s\n", _("No account is saved."));

  for (guint i = 0; i < profiles->len; i++)
    {
      MwProfile *profile = g_ptr_array_index (profiles, i);
      g_autofree char *id = g_strndup (profile->id, 8);
      g_autofree char *label = mw_cli_terminal_clean (profile->label);
      g_autofree char *address = mw_cli_terminal_clean (profile->address);
      gboolean works = profile->state == MW_OUTCOME_WORKS;

      g_print ("%s  %s%s%s  %s  %s%s%s%s%s\n",
               id,
               mw_cli_terminal_colour (MW_CLI_COLOUR_STRONG),
               label,
               mw_cli_terminal_colour (MW_CLI_COLOUR_PLAIN),
               address,
               mw_cli_terminal_colour (works ? MW_CLI_COLOUR_GOOD : MW_CLI_COLOUR_PLAIN),
               mw_enum_to_nick (MW_TYPE_OUTCOME, profile->state),
               mw_cli_terminal_colour (MW_CLI_COLOUR_PLAIN),
               profile->is_default ? "  " : "",
               profile->is_default ? _("(default)") : "");
    }
}

static MwCliExit
run (MwCliSession  *session,
     int            argc,
     char         **argv)
{
  g_autoptr(GError) error = NULL;
  GPtrArray *profiles;

  if (!mw_cli_session_parse (session, NULL, mw_cli_command_accounts.summary,
                             NULL, 0, 0, &argc, &argv) ||
      !mw_cli_session_open (session))
    return MW_CLI_EXIT_USAGE;

  if (!mw_cli_session_load_profiles (session, &error))
    return mw_cli_session_fail (session, error);

  profiles = mw_profile_store_get_profiles (mw_engine_get_profile_store (session->engine));
  if (session->json)
    print_json (profiles);
  else
    print_text (profiles);
  return MW_CLI_EXIT_YES;
}

const MwCliCommand mw_cli_command_accounts = {
  "accounts",
  N_("List the saved accounts"),
  run,
};
