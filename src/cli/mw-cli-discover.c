/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include <glib/gi18n.h>

#include "cli/mw-cli-command.h"
#include "cli/mw-cli-hints.h"
#include "cli/mw-cli-json.h"
#include "cli/mw-cli-report.h"
#include "cli/mw-cli-terminal.h"
#include "setup/mw-advice.h"
#include "setup/mw-server-search.h"

static void
print_heading (const char *heading)
{
  g_print ("%s%s%s\n",
           mw_cli_terminal_colour (MW_CLI_COLOUR_STRONG),
           heading,
           mw_cli_terminal_colour (MW_CLI_COLOUR_PLAIN));
}

static void
print_source (MwSourceReport *report)
{
  const char *origin = mw_advice_describe_origin (mw_source_report_get_origin (report));
  const char *outcome = mw_advice_describe_source_outcome (mw_source_report_get_outcome (report));
  g_autofree char *detail = mw_cli_terminal_clean (mw_source_report_get_detail (report));

  if (*detail != '\0')
    /* Translators: where settings were looked for, what came back, and its
     * technical details, which are in English. */
    g_print (_("  %s: %s: %s\n"), origin, outcome, detail);
  else
    /* Translators: first the name of a likely cause, then a sentence about it. */
    g_print (_("  %s: %s\n"), origin, outcome);
}

/* "imaps:mail.example.test:993  G  mx, guess  WP" */
static void
print_candidate (MwCandidate *candidate)
{
  MwProvider *provider = mw_candidate_get_provider (candidate);
  g_autofree char *server = mw_endpoint_to_string (mw_candidate_get_endpoint (candidate));
  g_autofree char *name = mw_cli_terminal_clean (provider != NULL ? provider->name : NULL);
  g_autoptr(GString) sources = g_string_new (NULL);

  for (int i = MW_ORIGIN_PROVIDER; i <= MW_ORIGIN_MANUAL; i++)
    {
      if ((mw_candidate_get_origins (candidate) & (1u << i)) != 0)
        g_string_append_printf (sources, "%s%s", sources->len > 0 ? ", " : "",
                                mw_enum_to_nick (MW_TYPE_ORIGIN, i));
    }

  g_print ("  %s  %s  %s%s%s\n", server,
           mw_enum_to_nick (MW_TYPE_GRADE, mw_candidate_get_grade (candidate)),
           sources->str, *name != '\0' ? "  " : "", name);
}

static void
print_side (MwServerSearch *search,
            MwSide          side,
            const char     *heading)
{
  GPtrArray *candidates = mw_server_search_get_candidates (search, side);

  if (candidates->len == 0)
    return;

  print_heading (heading);
  g_ptr_array_foreach (candidates, (GFunc) print_candidate, NULL);
}

static gboolean
found_anything (MwServerSearch *search)
{
  return mw_server_search_get_candidates (search, MW_SIDE_INCOMING)->len > 0 ||
         mw_server_search_get_candidates (search, MW_SIDE_OUTGOING)->len > 0;
}

static void
print_text (MwServerSearch *search)
{
  MwAddress *address = mw_server_search_get_address (search);
  g_autofree char *display = mw_cli_terminal_clean (mw_address_get_display (address));
  g_autofree char *hints = mw_cli_hints_describe (mw_server_search_get_provider (search));

  g_print ("%s\n", display);
  if (!found_anything (search))
    g_print ("%s\n", _("No server was found for this address."));
  g_print ("%s", hints);
  print_heading (_("Sources:"));
  g_ptr_array_foreach (mw_server_search_get_reports (search), (GFunc) print_source, NULL);
  print_side (search, MW_SIDE_INCOMING, _("Receiving:"));
  print_side (search, MW_SIDE_OUTGOING, _("Sending:"));
}

static MwServerSearch *
make_search (MwCliSession  *session,
             const char    *text,
             GError       **error)
{
  g_autoptr(MwAddress) address = NULL;

  if (!mw_cli_session_is_text (text, error))
    return NULL;

  address = mw_address_parse (text, error);
  return address != NULL ? mw_server_search_new (session->engine, address) : NULL;
}

static MwCliExit
run (MwCliSession  *session,
     int            argc,
     char         **argv)
{
  gboolean offline = FALSE;
  gboolean no_ispdb = FALSE;
  GOptionEntry entries[] = {
    { "offline", 0, 0, G_OPTION_ARG_NONE, &offline,
      N_("Ask only what needs no network"), NULL },
    { "no-ispdb", 0, 0, G_OPTION_ARG_NONE, &no_ispdb,
      N_("Do not look the domain up in the public settings database"), NULL },
    { NULL }
  };
  g_autoptr(MwServerSearch) search = NULL;
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  if (!mw_cli_session_parse (session, N_("ADDRESS"), mw_cli_command_discover.summary,
                             entries, 1, 1, &argc, &argv) ||
      !mw_cli_session_open (session))
    return MW_CLI_EXIT_USAGE;

  search = make_search (session, argv[1], &error);
  if (search == NULL)
    return mw_cli_session_fail (session, error);

  mw_server_search_run_async (search, offline, !no_ispdb, session->timeout,
                              session->cancellable, mw_cli_session_ready_cb, session);
  result = mw_cli_session_wait (session);
  if (!mw_server_search_run_finish (search, result, &error))
    return mw_cli_session_fail (session, error);

  if (session->json)
    {
      g_autoptr(JsonBuilder) builder = json_builder_new ();

      mw_cli_report_add_search (builder, search);
      mw_cli_json_print (builder);
    }
  else
    {
      print_text (search);
    }

  return found_anything (search) ? MW_CLI_EXIT_YES : MW_CLI_EXIT_NO;
}

const MwCliCommand mw_cli_command_discover = {
  "discover",
  N_("Find the servers of an address without trying them"),
  run,
};
