/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include <glib/gi18n.h>
#include <unistd.h>

#include "cli/mw-cli-command.h"
#include "cli/mw-cli-export-file.h"
#include "cli/mw-cli-hand-over.h"
#include "cli/mw-cli-json.h"
#include "cli/mw-cli-password.h"
#include "cli/mw-cli-primary-password.h"
#include "cli/mw-cli-terminal.h"

typedef struct {
  char           **targets;
  gboolean         password_stdin;
  int              password_fd;
  gboolean         outgoing_password_stdin;
  int              primary_password_fd;
  MwExportOptions  said;
  MwCliExportFile  file;       /* without a format: none is to be written */
} ExportOptions;

/* Whether the options go together. */
static gboolean
check_options (ExportOptions  *options,
               MwCliSession   *session,
               GError        **error)
{
  gboolean gives_password = options->password_stdin || options->password_fd >= 0 ||
                            options->outgoing_password_stdin;
  const char *problem = NULL;

  for (gsize i = 0; options->targets[i] != NULL; i++)
    {
      if (mw_cli_export_file_is_format (options->targets[i]))
        options->file.format = options->targets[i];
    }

  if (options->file.format == NULL)
    {
      if (options->file.output != NULL || options->file.personal ||
          options->file.with_password || options->file.unencrypted)
        problem = _("--output, --personal, --with-password and --unencrypted are for files: "
                    "--to autoconfig or --to link, for instance");
    }
  else if (options->targets[1] != NULL)
    problem = _("A file cannot be written together with something else: give --to once");
  else if (gives_password && !options->file.with_password)
    problem = _("A password is no use for a file without --with-password");
  else
    return mw_cli_export_file_check (&options->file, session, error);

  if (problem == NULL)
    return TRUE;
  g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, problem);
  return FALSE;
}

static gboolean
read_passwords (ExportOptions  *options,
                MwCliSession   *session,
                MwSecret      **out_incoming,
                MwSecret      **out_outgoing,
                GError        **error)
{
  int fd = options->password_stdin ? STDIN_FILENO : options->password_fd;

  if (fd >= 0)
    {
      *out_incoming = mw_cli_password_read (session, fd, error);
      if (*out_incoming == NULL)
        return FALSE;
    }

  if (options->outgoing_password_stdin)
    {
      *out_outgoing = mw_cli_password_read (session, STDIN_FILENO, error);
      if (*out_outgoing == NULL)
        return FALSE;
    }

  return mw_cli_primary_password_read (session, options->primary_password_fd, &options->said,
                                       error);
}

static void
hand_over (MwCliHandOver         *results,
           MwCliSession          *session,
           MwProfile             *profile,
           const char            *target_id,
           MwSecret              *incoming,
           MwSecret              *outgoing,
           MwExportOptions       *said)
{
  g_autoptr(MwExportReport) report = NULL;
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  do
    {
      g_clear_pointer (&report, mw_export_report_unref);
      g_clear_object (&result);
      g_clear_error (&error);
      mw_engine_export_async (session->engine, profile, target_id, incoming, outgoing, said,
                              session->cancellable, mw_cli_session_ready_cb, session);
      result = mw_cli_session_wait (session);
      report = mw_engine_export_finish (session->engine, result, &error);
    }
  while (mw_cli_primary_password_try_again (session, said, report, error));
  mw_cli_hand_over_add (results, session, target_id, report, error, said->dry_run);
}

static MwCliExit
export_account (ExportOptions *options,
                MwCliSession  *session,
                const char    *key)
{
  g_autoptr(MwCliHandOver) results = mw_cli_hand_over_new ();
  g_autoptr(MwProfile) profile = NULL;
  g_autoptr(MwSecret) incoming = NULL;
  g_autoptr(MwSecret) outgoing = NULL;
  g_autoptr(GError) error = NULL;

  if (!read_passwords (options, session, &incoming, &outgoing, &error))
    return mw_cli_session_fail (session, error);

  profile = mw_cli_session_find_profile (session, key, &error);
  if (profile == NULL)
    return mw_cli_session_fail (session, error);

  if (options->file.format != NULL)
    return mw_cli_export_file_run (&options->file, session, profile, incoming, outgoing);

  for (gsize i = 0; options->targets[i] != NULL; i++)
    hand_over (results, session, profile, options->targets[i], incoming, outgoing,
               &options->said);

  if (session->json)
    {
      g_autoptr(JsonBuilder) builder = json_builder_new ();

      json_builder_begin_object (builder);
      mw_json_add_string (builder, "account", profile->id);
      json_builder_set_member_name (builder, "targets");
      json_builder_add_value (builder, mw_cli_hand_over_take_targets (results));
      json_builder_end_object (builder);
      mw_cli_json_print (builder);
    }

  return mw_cli_hand_over_get_exit (results);
}

static MwCliExit
run (MwCliSession  *session,
     int            argc,
     char         **argv)
{
  ExportOptions options = { .password_fd = -1, .primary_password_fd = -1 };
  g_auto(GStrv) targets = NULL;
  g_autofree char *output = NULL;
  g_autoptr(GError) error = NULL;
  MwCliExit answer;
  GOptionEntry entries[] = {
    { "to", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &targets,
      N_("Hand the account over to this mail program, or write it as a file of this format "
         "(autoconfig, mobileconfig, link, qr-svg, qr-png)"), N_("TARGET") },
    { "output", 0, 0, G_OPTION_ARG_FILENAME, &output,
      N_("Write the file there instead of to the standard output"), N_("FILE") },
    { "personal", 0, 0, G_OPTION_ARG_NONE, &options.file.personal,
      N_("Put the address, the names and the user names into the file"), NULL },
    { "with-password", 0, 0, G_OPTION_ARG_NONE, &options.file.with_password,
      N_("Put the password into the file, with --unencrypted"), NULL },
    { "unencrypted", 0, 0, G_OPTION_ARG_NONE, &options.file.unencrypted,
      N_("Everybody who gets the file may read the password"), NULL },
    { "dry-run", 0, 0, G_OPTION_ARG_NONE, &options.said.dry_run,
      N_("Only say what would be changed"), NULL },
    { "take-over", 0, 0, G_OPTION_ARG_NONE, &options.said.take_over,
      N_("Change the account also if it was made by hand in the mail program"), NULL },
    { "accept-place", 0, 0, G_OPTION_ARG_NONE, &options.said.accept_place,
      N_("Follow the mail program’s data also to an unusual place"), NULL },
    { "primary-password-fd", 0, 0, G_OPTION_ARG_INT, &options.primary_password_fd,
      N_("Read the primary password of Thunderbird from this file descriptor"),
      N_("NUMBER") },
    { "trust-authority", 0, 0, G_OPTION_ARG_NONE, &options.said.trust_authority,
      N_("Let the mail program trust the certification authority of this system that the servers "
         "need, for every server"), NULL },
    { "password-stdin", 0, 0, G_OPTION_ARG_NONE, &options.password_stdin,
      N_("Read the password from the first line of the standard input"), NULL },
    { "password-fd", 0, 0, G_OPTION_ARG_INT, &options.password_fd,
      N_("Read the password from this file descriptor"), N_("NUMBER") },
    { "outgoing-password-stdin", 0, 0, G_OPTION_ARG_NONE, &options.outgoing_password_stdin,
      N_("Read the password for sending from the next line"), NULL },
    { NULL }
  };

  if (!mw_cli_session_parse (session, N_("ACCOUNT --to TARGET"), mw_cli_command_export.summary,
                             entries, 1, 1, &argc, &argv))
    return MW_CLI_EXIT_USAGE;

  options.targets = targets;
  if (targets == NULL)
    {
      mw_cli_terminal_complain (_("Say where to with --to; “mailwright-cli targets” lists the "
                                  "mail programs"));
      return MW_CLI_EXIT_USAGE;
    }

  options.file.output = output;
  options.file.dry_run = options.said.dry_run;
  if (!check_options (&options, session, &error))
    return mw_cli_session_fail (session, error);

  if (!mw_cli_session_open (session))
    return MW_CLI_EXIT_USAGE;
  answer = export_account (&options, session, argv[1]);
  g_clear_pointer (&options.said.primary_password, mw_secret_unref);
  return answer;
}

const MwCliCommand mw_cli_command_export = {
  "export",
  N_("Hand a saved account over to a mail program"),
  run,
};
