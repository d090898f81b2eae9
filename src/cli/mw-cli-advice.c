/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "cli/mw-cli-advice.h"

#include <glib/gi18n.h>

#include "cli/mw-cli-terminal.h"

static void
print_line (const char *indent,
            const char *text)
{
  g_autofree char *clean = mw_cli_terminal_clean (text);

  if (*clean != '\0')
    g_print ("%s%s\n", indent, clean);
}

static void
print_cause (MwAdvice *cause)
{
  const char *repair = mw_cli_advice_get_repair (cause->action);
  g_autofree char *title = mw_cli_terminal_clean (cause->title);
  g_autofree char *text = mw_cli_terminal_clean (cause->text);

  /* Translators: first the name of a likely cause, then a sentence about it. */
  g_print (_("  %s: %s\n"), title, text);
  if (repair != NULL)
    print_line ("    ", repair);
  if (cause->uri != NULL)
    print_line ("    ", cause->uri);
}

void
mw_cli_advice_print (MwAdvice *advice,
                     gboolean  works)
{
  g_autofree char *title = mw_cli_terminal_clean (advice->title);
  const char *repair = mw_cli_advice_get_repair (advice->action);

  g_print ("%s%s%s\n",
           mw_cli_terminal_colour (works ? MW_CLI_COLOUR_GOOD : MW_CLI_COLOUR_BAD),
           title,
           mw_cli_terminal_colour (MW_CLI_COLOUR_PLAIN));
  print_line ("", advice->text);
  if (repair != NULL)
    print_line ("", repair);
  if (advice->uri != NULL)
    print_line ("", advice->uri);

  if (advice->causes == NULL)
    return;

  g_print ("%s\n", _("Likely causes:"));
  for (guint i = 0; i < advice->causes->len; i++)
    print_cause (advice->causes->pdata[i]);
}

const char *
mw_cli_advice_get_repair (MwAdviceAction action)
{
  switch (action)
    {
    case MW_ADVICE_ACTION_TRY_AGAIN:
      return _("Then run the same command again.");
    case MW_ADVICE_ACTION_EDIT_ADDRESS:
      return _("Run the command again with the right address.");
    case MW_ADVICE_ACTION_EDIT_PASSWORD:
      return _("Run the command again with the right password.");
    case MW_ADVICE_ACTION_EDIT_USER_NAME:
    case MW_ADVICE_ACTION_OTHER_USER_NAME:
      return _("Give the user name with --user NAME, or --outgoing-user NAME for sending.");
    case MW_ADVICE_ACTION_SWITCH_SECURITY:
      return _("Name the server with the other service: imaps, pop3s or submissions begin with "
               "SSL/TLS; imap, pop3 or submission use STARTTLS.");
    case MW_ADVICE_ACTION_EDIT_SERVERS:
      return _("Name the servers with --in SERVER and --out SERVER, or a user name for sending "
               "with --outgoing-user NAME.");
    case MW_ADVICE_ACTION_ENABLE_OUTGOING_AUTH:
      return _("Run the command again without --no-outgoing-auth.");
    case MW_ADVICE_ACTION_ALLOW_HOST:
      return _("If the password may go there, say so with --allow-host HOST.");
    case MW_ADVICE_ACTION_SHOW_CERTIFICATE:
      return _("--json shows the certificate; where you are sure of it, --pin SHA256@HOST:PORT "
               "accepts it for a server that you name yourself.");
    case MW_ADVICE_ACTION_RECEIVE_ONLY:
      return _("--receive-only leaves sending out.");
    case MW_ADVICE_ACTION_ASK_PROVIDER:
      return _("Ask your provider; --report FILE keeps what was tried.");
    case MW_ADVICE_ACTION_OPEN_URI:
    case MW_ADVICE_ACTION_OPEN_PORTAL:
      return _("Open this page in a web browser:");
    case MW_ADVICE_ACTION_NONE:
    default:
      return NULL;
    }
}
