/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "cli/mw-cli-advice.h"

#include <glib/gi18n.h>

#include "cli/mw-cli-terminal.h"
#include "setup/mw-setup-trust.h"

static void
print_line (const char *indent,
            const char *text)
{
  g_autofree char *clean = mw_cli_terminal_clean (text);

  if (*clean != '\0')
    g_print ("%s%s\n", indent, clean);
}

/* How a repair is done on the command line. */
static const char *
get_repair (MwAdviceAction action)
{
  switch (action)
    {
    case MW_ADVICE_ACTION_TRY_AGAIN:
      return _("Then run the same command again.");
    case MW_ADVICE_ACTION_EDIT_ADDRESS:
      return _("Run the command again with the right address.");
    case MW_ADVICE_ACTION_EDIT_PASSWORD:
      return _("Run the command again with the right password.");
    case MW_ADVICE_ACTION_SEPARATE_OUTGOING:
      return _("Give what sending needs with --outgoing-user NAME and --outgoing-password-stdin.");
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
      return _("--json shows the certificate.");
    case MW_ADVICE_ACTION_RECEIVE_ONLY:
      return _("--receive-only leaves sending out.");
    case MW_ADVICE_ACTION_ASK_PROVIDER:
      return _("Ask your provider; --report FILE keeps what was tried.");
    case MW_ADVICE_ACTION_BROWSER_SIGN_IN:
      return _("“add” with --browser-sign-in does that.");
    case MW_ADVICE_ACTION_OPEN_URI:
    case MW_ADVICE_ACTION_OPEN_PORTAL:
      return _("Open this page in a web browser:");
    case MW_ADVICE_ACTION_NONE:
    default:
      return NULL;
    }
}

static void
print_cause (MwAdvice *cause)
{
  const char *repair = get_repair (cause->action);
  g_autofree char *title = mw_cli_terminal_clean (cause->title);
  g_autofree char *text = mw_cli_terminal_clean (cause->text);

  /* Translators: first the name of a likely cause, then a sentence about it. */
  g_print (_("  %s: %s\n"), title, text);
  if (repair != NULL)
    print_line ("    ", repair);
  if (cause->uri != NULL)
    print_line ("    ", cause->uri);
}

/* Names the very certificate, so that no other can be accepted by mistake. */
static void
print_pins (MwSetup *setup)
{
  MwVerdict *verdict = mw_setup_get_certificate_verdict (setup);

  if (verdict == NULL)
    return;

  if (!mw_setup_may_trust_certificate (setup, verdict))
    {
      if (mw_candidate_get_grade (verdict->candidate) != MW_GRADE_U)
        print_line ("", _("A certificate like this can be accepted only for servers that you name "
                          "yourself, with --in SERVER and --out SERVER."));
      return;
    }

  print_line ("", _("Ask whoever runs the server for the fingerprint of its certificate. Only if "
                    "every character is the same, run the command again with:"));
  for (guint side = 0; side < 2; side++)
    {
      g_autofree char *pin = NULL;
      MwCertificateReport *report;
      MwEndpoint *endpoint;

      verdict = mw_setup_get_verdict (setup, side);
      if (!mw_setup_may_trust_certificate (setup, verdict))
        continue;

      endpoint = mw_candidate_get_endpoint (verdict->candidate);
      report = mw_tls_facts_get_report (verdict->tls);
      pin = g_strdup_printf ("--pin %s@%s:%u", mw_certificate_report_get_sha256 (report),
                             mw_endpoint_get_host (endpoint), mw_endpoint_get_port (endpoint));
      print_line ("  ", pin);
    }
}

void
mw_cli_advice_print (MwSetup *setup)
{
  MwAdvice *advice = mw_setup_get_advice (setup);
  gboolean works = mw_setup_get_outcome (setup) == MW_OUTCOME_WORKS;
  g_autofree char *title = mw_cli_terminal_clean (advice->title);
  const char *repair = get_repair (advice->action);

  g_print ("%s%s%s\n",
           mw_cli_terminal_colour (works ? MW_CLI_COLOUR_GOOD : MW_CLI_COLOUR_BAD),
           title,
           mw_cli_terminal_colour (MW_CLI_COLOUR_PLAIN));
  print_line ("", advice->text);
  if (repair != NULL)
    print_line ("", repair);
  if (advice->uri != NULL)
    print_line ("", advice->uri);
  if (advice->action == MW_ADVICE_ACTION_SHOW_CERTIFICATE)
    print_pins (setup);

  if (advice->causes == NULL)
    return;

  g_print ("%s\n", _("Likely causes:"));
  for (guint i = 0; i < advice->causes->len; i++)
    print_cause (advice->causes->pdata[i]);
}
