/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include <glib/gi18n.h>

#include "cli/mw-cli-command.h"
#include "cli/mw-cli-json.h"
#include "cli/mw-cli-primary-password.h"
#include "cli/mw-cli-terminal.h"

static void
print_result (MwCliSession *session,
              MwProfile    *profile)
{
  if (session->json)
    {
      g_autoptr(JsonBuilder) builder = json_builder_new ();

      json_builder_begin_object (builder);
      mw_json_add_string (builder, "account", profile->id);
      mw_json_add_boolean (builder, "deleted", TRUE);
      json_builder_end_object (builder);
      mw_cli_json_print (builder);
    }
  else
    {
      g_autofree char *label = mw_cli_terminal_clean (profile->label);

      /* Translators: %s is an account name. */
      g_print (_("Deleted: %s. The messages on the server are still there.\n"), label);
    }
}

static MwCliExit
run (MwCliSession  *session,
     int            argc,
     char         **argv)
{
  gboolean keep_secret = FALSE;
  int primary_password_fd = -1;
  g_auto(GStrv) targets = NULL;
  g_autoptr(MwExportOptions) said = mw_export_options_copy (NULL);
  GOptionEntry entries[] = {
    { "keep-secret", 0, 0, G_OPTION_ARG_NONE, &keep_secret,
      N_("Leave the password in the keyring"), NULL },
    { "from", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &targets,
      N_("Take the account out of this mail program, too"), N_("TARGET") },
    { "primary-password-fd", 0, 0, G_OPTION_ARG_INT, &primary_password_fd,
      N_("Read the primary password of Thunderbird from this file descriptor"),
      N_("NUMBER") },
    { NULL }
  };
  g_autoptr(MwProfile) profile = NULL;
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  if (!mw_cli_session_parse (session, N_("ACCOUNT"), mw_cli_command_delete.summary,
                             entries, 1, 1, &argc, &argv) ||
      !mw_cli_session_open (session))
    return MW_CLI_EXIT_USAGE;
  if (!mw_cli_primary_password_read (session, primary_password_fd, said, &error))
    return mw_cli_session_fail (session, error);

  profile = mw_cli_session_find_profile (session, argv[1], &error);
  if (profile == NULL)
    return mw_cli_session_fail (session, error);

  mw_engine_delete_async (session->engine, profile, keep_secret,
                          (const char *const *) targets, said, session->cancellable,
                          mw_cli_session_ready_cb, session);
  result = mw_cli_session_wait (session);
  if (!mw_engine_delete_finish (session->engine, result, &error))
    return mw_cli_session_fail (session, error);

  print_result (session, profile);
  return MW_CLI_EXIT_YES;
}

const MwCliCommand mw_cli_command_delete = {
  "delete",
  N_("Delete a saved account here; messages on the server stay"),
  run,
};
