/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include <glib/gi18n.h>

#include "cli/mw-cli-command.h"
#include "cli/mw-cli-json.h"
#include "cli/mw-cli-report.h"
#include "cli/mw-cli-terminal.h"

static void
print_line (const char *heading,
            const char *value)
{
  g_autofree char *clean = mw_cli_terminal_clean (value);

  if (*clean != '\0')
    g_print ("%s%s%s %s\n",
             mw_cli_terminal_colour (MW_CLI_COLOUR_STRONG),
             heading,
             mw_cli_terminal_colour (MW_CLI_COLOUR_PLAIN),
             clean);
}

static void
print_service (const char *heading,
               MwService  *service)
{
  g_autofree char *endpoint = NULL;
  g_autofree char *line = NULL;

  if (service == NULL)
    return;

  endpoint = mw_endpoint_to_string (service->endpoint);
  if (service->auth == MW_AUTH_NONE || service->user_name == NULL)
    line = g_strdup (endpoint);
  else
    line = g_strdup_printf ("%s  %s", endpoint, service->user_name);
  print_line (heading, line);
}

static void
print_text (MwProfile *profile)
{
  GHashTableIter targets;
  gpointer target_id;

  print_line (_("Id:"), profile->id);
  print_line (_("Account name:"), profile->label);
  print_line (_("E-mail address:"), profile->address);
  print_line (_("Sender name:"), profile->sender_name);
  print_line (_("Description:"), profile->description);
  print_service (_("Receiving:"), profile->incoming);
  print_service (_("Sending:"), profile->outgoing);
  print_line (_("Last result:"), mw_enum_to_nick (MW_TYPE_OUTCOME, profile->state));
  if (profile->is_default)
    g_print ("%s\n", _("This is the default account."));

  g_hash_table_iter_init (&targets, profile->exports);
  while (g_hash_table_iter_next (&targets, &target_id, NULL))
    print_line (_("Handed over to:"), target_id);
}

static MwCliExit
run (MwCliSession  *session,
     int            argc,
     char         **argv)
{
  g_autoptr(MwProfile) profile = NULL;
  g_autoptr(GError) error = NULL;

  if (!mw_cli_session_parse (session, N_("ACCOUNT"), mw_cli_command_show.summary,
                             NULL, 1, 1, &argc, &argv) ||
      !mw_cli_session_open (session))
    return MW_CLI_EXIT_USAGE;

  profile = mw_cli_session_find_profile (session, argv[1], &error);
  if (profile == NULL)
    return mw_cli_session_fail (session, error);

  if (session->json)
    {
      g_autoptr(JsonBuilder) builder = json_builder_new ();

      mw_cli_report_add_account (builder, profile);
      mw_cli_json_print (builder);
    }
  else
    {
      print_text (profile);
    }

  return MW_CLI_EXIT_YES;
}

const MwCliCommand mw_cli_command_show = {
  "show",
  N_("Show all settings of a saved account"),
  run,
};
