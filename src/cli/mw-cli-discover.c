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

static char *
dup_domain (MwServerSearch *search)
{
  return mw_cli_terminal_clean (
    mw_address_get_domain_display (mw_server_search_get_address (search)));
}

static char *
name_source (MwSourceReport *report,
             const char     *domain)
{
  return mw_advice_name_sources (1u << mw_source_report_get_origin (report), domain);
}

static glong
measure_names (GPtrArray  *reports,
               const char *domain)
{
  glong width = 0;

  for (guint i = 0; i < reports->len; i++)
    {
      g_autofree char *name = name_source (g_ptr_array_index (reports, i), domain);

      width = MAX (width, g_utf8_strlen (name, -1));
    }

  return width;
}

static void
print_source (MwSourceReport *report,
              const char     *domain,
              glong           width)
{
  g_autofree char *name = name_source (report, domain);
  g_autofree char *state = mw_advice_describe_source (report);
  g_autofree char *detail = mw_cli_terminal_clean (mw_source_report_get_detail (report));
  int padding = (int) (width - g_utf8_strlen (name, -1));

  g_print ("  %s%*s  %s\n", name, padding, "", state);
  if (*detail != '\0')
    g_print ("    %s\n", detail);
}

static void
print_sources (MwServerSearch *search)
{
  GPtrArray *reports = mw_server_search_get_reports (search);
  g_autofree char *domain = dup_domain (search);
  glong width = measure_names (reports, domain);

  print_heading (_("Sources:"));
  for (guint i = 0; i < reports->len; i++)
    print_source (g_ptr_array_index (reports, i), domain, width);
}

static void
print_conflicts (MwServerSearch *search)
{
  GPtrArray *conflicts = mw_server_search_get_conflicts (search);
  g_autofree char *domain = dup_domain (search);

  for (guint i = 0; i < conflicts->len; i++)
    {
      MwConflict *conflict = g_ptr_array_index (conflicts, i);
      g_autofree char *text = mw_advice_describe_conflict (conflict, domain);
      g_auto(GStrv) lines = g_strsplit (text, "\n", -1);

      print_heading (mw_advice_title_conflict (conflict));
      for (gsize j = 0; lines[j] != NULL; j++)
        g_print ("  %s\n", lines[j]);
    }
}

/* Where nothing better is known a provider is called like the domain. */
static char *
name_provider (MwProvider *provider,
               const char *domain)
{
  g_autofree char *name = mw_cli_terminal_clean (provider != NULL ? provider->name : NULL);

  return *name != '\0' && !g_str_equal (name, domain) ? g_steal_pointer (&name) : NULL;
}

/* The server as the other commands take it, and why it stands where it does. */
static void
print_candidate (MwCandidate *candidate,
                 const char  *domain)
{
  MwGrade grade = mw_candidate_get_grade (candidate);
  g_autofree char *server = mw_endpoint_to_string (mw_candidate_get_endpoint (candidate));
  g_autofree char *name = name_provider (mw_candidate_get_provider (candidate), domain);
  g_autofree char *sources = NULL;

  sources = mw_advice_name_sources (mw_candidate_get_origins (candidate), domain);
  g_print ("  %s%s%s\n", server, name != NULL ? "  " : "", name != NULL ? name : "");
  g_print ("    %s, %s\n", mw_enum_to_nick (MW_TYPE_GRADE, grade),
           mw_advice_describe_grade (grade));
  g_print ("    ");
  /* Translators: who named this server, as in "Named by: Name service (SRV)". */
  g_print (_("Named by: %s"), sources);
  g_print ("\n");
}

static void
print_side (MwServerSearch *search,
            MwSide          side,
            const char     *heading)
{
  GPtrArray *candidates = mw_server_search_get_candidates (search, side);
  g_autofree char *domain = dup_domain (search);

  if (candidates->len == 0)
    return;

  print_heading (heading);
  for (guint i = 0; i < candidates->len; i++)
    print_candidate (g_ptr_array_index (candidates, i), domain);
}

static void
print_provider (MwServerSearch *search)
{
  MwProvider *provider = mw_server_search_get_provider (search);
  g_autofree char *domain = dup_domain (search);
  g_autofree char *name = name_provider (provider, domain);
  g_autofree char *hints = mw_cli_hints_describe (provider);

  if (name != NULL)
    {
      /* Translators: %s is the name of a provider of mail. */
      g_print (_("Provider: %s"), name);
      g_print ("\n");
    }
  g_print ("%s", hints);
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

  g_print ("%s\n", display);
  if (!found_anything (search))
    g_print ("%s\n", _("No server was found for this address."));
  print_provider (search);
  print_sources (search);
  print_conflicts (search);
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
