/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include <glib/gi18n.h>
#include <locale.h>

#include "cli/mw-cli-command.h"
#include "cli/mw-cli-terminal.h"

static const MwCliCommand * const commands[] = {
  &mw_cli_command_discover,
  &mw_cli_command_verify,
  &mw_cli_command_add,
  &mw_cli_command_accounts,
  &mw_cli_command_show,
  &mw_cli_command_delete,
  &mw_cli_command_targets,
  &mw_cli_command_export,
  &mw_cli_command_import,
  &mw_cli_command_inspect,
  &mw_cli_command_link,
};

static char *
describe_commands (void)
{
  g_autoptr(GString) text = g_string_new (_("Commands:"));

  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    g_string_append_printf (text, "\n  %-10s %s", commands[i]->name, _(commands[i]->summary));

  g_string_append_printf (text, "\n\n%s",
                          _("“mailwright-cli COMMAND --help” explains a command."));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* Options before the command; parsing stops at its name. */
static gboolean
parse_general (MwCliSession   *session,
               gboolean       *out_version,
               int            *argc,
               char         ***argv,
               GError        **error)
{
  g_autoptr(GOptionContext) context = g_option_context_new (_("COMMAND …"));
  g_autofree char *description = describe_commands ();
  const GOptionEntry entries[] = {
    { "version", 0, 0, G_OPTION_ARG_NONE, out_version, N_("Show the version"), NULL },
    { NULL }
  };

  g_option_context_set_strict_posix (context, TRUE);
  g_option_context_set_summary (context,
                                _("Sets up mail accounts in Thunderbird and Evolution."));
  g_option_context_set_description (context, description);
  mw_cli_session_set_options (session, context, entries);
  return g_option_context_parse (context, argc, argv, error);
}

static const MwCliCommand *
find_command (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      if (g_strcmp0 (commands[i]->name, name) == 0)
        return commands[i];
    }

  return NULL;
}

int
main (int    argc,
      char **argv)
{
  g_autoptr(MwCliSession) session = NULL;
  g_autoptr(GError) error = NULL;
  const MwCliCommand *command;
  gboolean version = FALSE;

  mw_engine_clean_environment ();
  /* What libraries have to say stays out of the JSON. */
  g_log_writer_default_set_use_stderr (TRUE);
  setlocale (LC_ALL, "");
  mw_cli_terminal_init ();
  bindtextdomain (GETTEXT_PACKAGE, LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  g_set_prgname ("mailwright-cli");

  session = mw_cli_session_new ();
  if (!parse_general (session, &version, &argc, &argv, &error))
    {
      mw_cli_terminal_complain ("%s", error->message);
      return MW_CLI_EXIT_USAGE;
    }
  if (version)
    {
      g_print ("mailwright-cli %s\n", PACKAGE_VERSION);
      return MW_CLI_EXIT_YES;
    }
  if (argc < 2)
    {
      mw_cli_terminal_complain (_("Which command? Try “mailwright-cli --help”"));
      return MW_CLI_EXIT_USAGE;
    }

  command = find_command (argv[1]);
  if (command == NULL)
    {
      /* Translators: %s is what was typed. */
      mw_cli_terminal_complain (_("“%s” is not a command. Try “mailwright-cli --help”"), argv[1]);
      return MW_CLI_EXIT_USAGE;
    }

  return command->run (session, argc - 1, argv + 1);
}
