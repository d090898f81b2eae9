/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "cli/mw-cli-check.h"

#include <glib/gi18n.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "cli/mw-cli-advice.h"
#include "cli/mw-cli-hints.h"
#include "cli/mw-cli-terminal.h"

#define FIRST_LINE_MS 500
#define NEXT_LINE_MS 200

typedef struct {
  MwSetup *setup;       /* borrowed */
  guint    source_id;
  gboolean drawn;
} LiveLine;

static gboolean
live_line_draw_cb (gpointer user_data)
{
  LiveLine *live = user_data;
  g_autofree char *incoming = mw_setup_describe_progress (live->setup, MW_SIDE_INCOMING);
  g_autofree char *outgoing = mw_setup_describe_progress (live->setup, MW_SIDE_OUTGOING);
  g_autofree char *both = NULL;
  g_autofree char *clean = NULL;
  g_autofree char *shown = NULL;
  struct winsize size = { 0 };
  glong width = 80;

  if (ioctl (STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 1)
    width = size.ws_col;

  /* Translators: first what receiving is doing, then what sending is doing. */
  both = g_strdup_printf (_("Receiving: %s · Sending: %s"), incoming, outgoing);
  clean = mw_cli_terminal_clean (both);
  shown = g_utf8_substring (clean, 0, MIN (g_utf8_strlen (clean, -1), width - 1));
  g_printerr ("\r\033[K%s", shown);

  if (!live->drawn)
    {
      live->drawn = TRUE;
      live->source_id = g_timeout_add (NEXT_LINE_MS, live_line_draw_cb, live);
      return G_SOURCE_REMOVE;
    }

  return G_SOURCE_CONTINUE;
}

static void
live_line_start (LiveLine *live,
                 MwSetup  *setup)
{
  live->setup = setup;
  if (isatty (STDERR_FILENO))
    live->source_id = g_timeout_add (FIRST_LINE_MS, live_line_draw_cb, live);
}

static void
live_line_stop (LiveLine *live)
{
  g_clear_handle_id (&live->source_id, g_source_remove);
  if (live->drawn)
    g_printerr ("\r\033[K");
}

static void
print_dialogue (MwVerdict *verdict)
{
  g_autofree char *endpoint = NULL;

  if (verdict->transcript == NULL)
    return;

  endpoint = mw_endpoint_to_string (mw_candidate_get_endpoint (verdict->candidate));
  g_printerr ("[%s] %s\n", endpoint, mw_enum_to_nick (MW_TYPE_OUTCOME, verdict->outcome));
  for (guint i = 0; i < mw_transcript_get_n_lines (verdict->transcript); i++)
    {
      g_autofree char *line = mw_transcript_dup_line (verdict->transcript, i,
                                                      MW_REDACTOR_HIDE_NOTHING);
      g_autofree char *clean = mw_cli_terminal_clean (line);

      g_printerr ("  %s\n", clean);
    }
}

gboolean
mw_cli_check_run (MwCliSession  *session,
                  MwSetup       *setup,
                  GError       **error)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) local_error = NULL;
  LiveLine live = { 0 };

  live_line_start (&live, setup);
  mw_setup_check_async (setup, session->cancellable, mw_cli_session_ready_cb, session);
  result = mw_cli_session_wait (session);
  live_line_stop (&live);

  if (session->verbose)
    g_ptr_array_foreach (mw_setup_get_verdicts (setup), (GFunc) print_dialogue, NULL);

  if (!mw_setup_check_finish (setup, result, &local_error) && local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  return TRUE;
}

MwCliExit
mw_cli_check_get_exit (MwCliSession *session,
                       MwSetup      *setup)
{
  if (session->interrupted)
    return MW_CLI_EXIT_INTERRUPTED;

  return mw_setup_get_outcome (setup) == MW_OUTCOME_WORKS ? MW_CLI_EXIT_YES : MW_CLI_EXIT_NO;
}

static char *
describe_verdict (MwVerdict *verdict)
{
  g_autofree char *user_name = mw_cli_terminal_clean (verdict->user_name);

  if (verdict->outcome == MW_OUTCOME_WORKS && verdict->auth != MW_AUTH_UNKNOWN &&
      verdict->auth != MW_AUTH_NONE && *user_name != '\0')
    /* Translators: %s is a user name. */
    return g_strdup_printf (_("Works, signed in as %s"), user_name);

  if (verdict->outcome == MW_OUTCOME_NOT_NEEDED)
    return g_strdup (_("Not tried yet"));

  return mw_advice_describe_stage (verdict);
}

static void
print_verdict (MwVerdict *verdict)
{
  gboolean works = verdict->outcome == MW_OUTCOME_WORKS;
  g_autofree char *endpoint = NULL;
  g_autofree char *words = describe_verdict (verdict);

  endpoint = mw_endpoint_to_string (mw_candidate_get_endpoint (verdict->candidate));
  g_print ("  %s%s%s  %s\n",
           mw_cli_terminal_colour (works ? MW_CLI_COLOUR_GOOD : MW_CLI_COLOUR_PLAIN),
           endpoint,
           mw_cli_terminal_colour (MW_CLI_COLOUR_PLAIN),
           words);
}

static void
print_side (MwSetup    *setup,
            MwSide      side,
            const char *heading)
{
  MwVerdict *verdict = mw_setup_get_verdict (setup, side);
  g_autofree char *family = NULL;
  g_auto(GStrv) notes = NULL;

  if (verdict == NULL)
    return;

  g_print ("%s%s%s\n",
           mw_cli_terminal_colour (MW_CLI_COLOUR_STRONG),
           heading,
           mw_cli_terminal_colour (MW_CLI_COLOUR_PLAIN));
  print_verdict (verdict);
  if (verdict->outcome != MW_OUTCOME_WORKS && verdict->server_text != NULL)
    {
      g_autofree char *clean = mw_cli_terminal_clean (verdict->server_text);

      /* Translators: %s is what a mail server answered. */
      g_print (_("  The server says: “%s”\n"), clean);
    }
  family = mw_advice_describe_family (verdict, mw_setup_get_verdicts (setup));
  if (family != NULL)
    g_print ("  %s\n", family);
  notes = mw_advice_dup_notes (verdict->notes);
  for (gsize i = 0; notes[i] != NULL; i++)
    g_print ("  %s\n", notes[i]);
}

static void
print_others (MwCliSession *session,
              MwSetup      *setup)
{
  GPtrArray *verdicts = mw_setup_get_verdicts (setup);
  guint n_others = 0;

  for (guint i = 0; i < verdicts->len; i++)
    {
      MwVerdict *verdict = g_ptr_array_index (verdicts, i);

      if (verdict->outcome == MW_OUTCOME_NOT_NEEDED ||
          verdict == mw_setup_get_verdict (setup, MW_SIDE_INCOMING) ||
          verdict == mw_setup_get_verdict (setup, MW_SIDE_OUTGOING))
        continue;

      if (n_others++ == 0 && session->verbose)
        g_print ("%s\n", _("Also tried:"));
      if (session->verbose)
        print_verdict (verdict);
    }

  if (n_others > 0 && !session->verbose)
    /* Translators: %u is how many; --verbose is an option and stays as it is. */
    g_print (ngettext ("%u more server was tried; --verbose shows it.\n",
                       "%u more servers were tried; --verbose lists them.\n",
                       n_others),
             n_others);
}

/* Without a log-in nothing else tells what one would need. */
static void
print_hints (MwSetup *setup)
{
  g_autofree char *hints = NULL;
  gboolean log_in;

  g_object_get (setup, "log-in", &log_in, NULL);
  if (log_in)
    return;

  hints = mw_cli_hints_describe (mw_setup_get_provider (setup));
  g_print ("%s", hints);
}

static void
print_address (MwAddress *address)
{
  const char *text = mw_address_get_text (address);
  g_autofree char *display = mw_cli_terminal_clean (mw_address_get_display (address));

  if (g_strcmp0 (text, display) == 0)
    g_print ("%s\n", text);
  else
    g_print ("%s (%s)\n", display, text);
}

void
mw_cli_check_print (MwCliSession *session,
                    MwSetup      *setup)
{
  if (session->interrupted)
    return;

  print_address (mw_setup_get_address (setup));
  if (mw_setup_get_advice (setup) != NULL)
    mw_cli_advice_print (setup);

  print_hints (setup);
  print_side (setup, MW_SIDE_INCOMING, _("Receiving:"));
  print_side (setup, MW_SIDE_OUTGOING, _("Sending:"));
  if (mw_setup_get_outcome (setup) != MW_OUTCOME_WORKS)
    print_others (session, setup);

  for (guint i = 0; i < session->ca_files->len; i++)
    {
      g_autofree char *name = g_filename_display_name (g_ptr_array_index (session->ca_files, i));

      /* Translators: %s is the name of a file with certificates. */
      g_print (_("For this run, the certificates in %s were trusted, too.\n"), name);
    }
}
