/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "cli/mw-cli-command.h"
#include "cli/mw-cli-found.h"
#include "cli/mw-cli-hints.h"
#include "cli/mw-cli-json.h"
#include "cli/mw-cli-report.h"
#include "cli/mw-cli-terminal.h"
#include "core/mw-error.h"
#include "setup/mw-advice-refusal.h"
#include "setup/mw-inspection-file.h"
#include "setup/mw-inspection-signer.h"

/* How long a pipe may take. */
#define READ_MS 10000

/* "  imaps:mail.example.test:993  jan@example.test, jan" */
static void
print_candidate (MwCandidate *candidate)
{
  const char * const *names = mw_candidate_get_user_names (candidate);
  g_autofree char *server = mw_endpoint_to_string (mw_candidate_get_endpoint (candidate));
  g_autofree char *joined = names != NULL ? g_strjoinv (", ", (char **) names) : NULL;
  g_autofree char *clean = mw_cli_terminal_clean (joined);

  if (*clean != '\0')
    g_print ("  %s  %s\n", server, clean);
  else
    g_print ("  %s\n", server);
}

static void
print_side (MwInspection *inspection,
            MwSide        side,
            const char   *heading)
{
  gboolean first = TRUE;

  for (guint i = 0; i < inspection->candidates->len; i++)
    {
      MwCandidate *candidate = g_ptr_array_index (inspection->candidates, i);

      if (mw_endpoint_get_side (mw_candidate_get_endpoint (candidate)) != side)
        continue;
      if (first)
        g_print ("%s%s%s\n", mw_cli_terminal_colour (MW_CLI_COLOUR_STRONG), heading,
                 mw_cli_terminal_colour (MW_CLI_COLOUR_PLAIN));
      first = FALSE;
      print_candidate (candidate);
    }
}

/* "jan@example.com", or "@example.com" for each of its mailboxes. */
static void
print_address (MwInspection *inspection)
{
  const char *text = inspection->address != NULL ? mw_address_get_text (inspection->address) : NULL;
  g_autofree char *clean = mw_cli_terminal_clean (text);

  if (*clean != '\0')
    g_print ("%s\n", clean);
  else if (inspection->domain != NULL)
    g_print ("@%s\n", inspection->domain);
}

static void
print_text (MwInspection *inspection,
            const char   *signer)
{
  g_autofree char *clean_signer = mw_cli_terminal_clean (signer);
  g_autofree char *hints = mw_cli_hints_describe (inspection->provider);
  g_autofree char *name = mw_cli_terminal_clean (inspection->name);

  if (*name != '\0')
    /* Translators: first what was read, such as "Settings document", then what
     * a mail provider calls itself. */
    g_print (_("%s: “%s”\n"), mw_advice_describe_kind (inspection->kind), name);
  else
    g_print ("%s\n", mw_advice_describe_kind (inspection->kind));
  print_address (inspection);
  g_print ("%s", hints);
  print_side (inspection, MW_SIDE_INCOMING, _("Receiving:"));
  print_side (inspection, MW_SIDE_OUTGOING, _("Sending:"));
  if (inspection->incoming_password != NULL || inspection->outgoing_password != NULL)
    g_print ("%s\n", _("There is a password in it, too, which everybody who gets it can read."));
  if (*clean_signer != '\0')
    /* Translators: %s is the name in a certificate. */
    g_print (_("Signed by “%s”. That says nothing about the servers in it.\n"), clean_signer);
}

/* Why servers were left out is for whoever wrote the settings. */
static void
print_skipped (MwInspection *inspection)
{
  for (guint i = 0; i < inspection->skipped->len; i++)
    /* Translators: %s is a technical reason, in English. */
    mw_cli_terminal_complain (_("Left out: %s"),
                              (char *) g_ptr_array_index (inspection->skipped, i));
}

static void
print (MwCliSession *session,
       MwInspection *inspection,
       const char   *signer)
{
  if (session->json)
    {
      g_autoptr(JsonBuilder) builder = json_builder_new ();

      mw_cli_report_add_inspection (builder, inspection, signer);
      mw_cli_json_print (builder);
      return;
    }

  if (inspection->refusal == MW_INSPECTION_REFUSAL_NONE)
    print_text (inspection, signer);
  print_skipped (inspection);
  if (inspection->refusal != MW_INSPECTION_REFUSAL_NONE)
    mw_cli_terminal_complain ("%s", mw_advice_describe_refusal (inspection->kind,
                                                                inspection->refusal));
}

/* A link is its own content; everything else is a file. */
static gboolean
is_content (const char *argument)
{
  g_autofree char *scheme = g_uri_parse_scheme (argument);

  return scheme != NULL && g_ascii_strcasecmp (scheme, "file") != 0 &&
         !g_file_test (argument, G_FILE_TEST_EXISTS);
}

static GBytes *
read_file (MwCliSession  *session,
           const char    *argument,
           GError       **error)
{
  g_autofree char *path = NULL;
  g_autoptr(GAsyncResult) result = NULL;

  if (g_ascii_strncasecmp (argument, "file:", strlen ("file:")) == 0)
    path = g_filename_from_uri (argument, NULL, error);
  else
    path = g_strdup (argument);
  if (path == NULL)
    return NULL;

  mw_inspection_file_read_async (path, session->timeout > 0 ? session->timeout * 1000 : READ_MS,
                                 session->cancellable, mw_cli_session_ready_cb, session);
  result = mw_cli_session_wait (session);
  return mw_inspection_file_read_finish (result, error);
}

static char *
find_signer (MwCliSession *session,
             GBytes       *content)
{
  g_autoptr(GAsyncResult) result = NULL;

  mw_inspection_signer_find_async (content, session->cancellable, mw_cli_session_ready_cb,
                                   session);
  result = mw_cli_session_wait (session);
  return mw_inspection_signer_find_finish (result, NULL);
}

static MwCliExit
fail_to_read (MwCliSession *session,
              const char   *argument,
              const GError *error)
{
  g_autofree char *name = g_filename_display_name (argument);

  if (session->interrupted)
    return MW_CLI_EXIT_INTERRUPTED;

  /* Translators: %s is a file name; what the system says about it follows. */
  mw_cli_terminal_complain (_("Cannot read %s: %s"), name, error->message);
  return MW_CLI_EXIT_USAGE;
}

static MwCliExit
print_folder (MwCliSession *session,
              GPtrArray    *accounts)
{
  MwFoundAccount *first = accounts->len > 0 ? accounts->pdata[0] : NULL;
  MwInspectionKind kind = first != NULL && first->client == MW_MAIL_CLIENT_EVOLUTION
                            ? MW_INSPECTION_KIND_EVOLUTION
                            : MW_INSPECTION_KIND_THUNDERBIRD_PROFILE;
  gboolean any = FALSE;

  for (guint i = 0; first != NULL && i < accounts->len; i++)
    any |= ((MwFoundAccount *) accounts->pdata[i])->obstacle == MW_FOUND_OBSTACLE_NONE;

  if (session->json)
    {
      g_autoptr(JsonBuilder) builder = json_builder_new ();

      mw_cli_report_add_folder (builder, kind, accounts);
      mw_cli_json_print (builder);
      return any ? MW_CLI_EXIT_YES : MW_CLI_EXIT_NO;
    }

  g_print ("%s\n", mw_advice_describe_kind (kind));
  for (guint i = 0; i < accounts->len; i++)
    mw_cli_found_print (accounts->pdata[i], FALSE);
  if (!any)
    mw_cli_terminal_complain ("%s", mw_advice_describe_refusal (kind,
                                                                MW_INSPECTION_REFUSAL_NO_SERVER));
  return any ? MW_CLI_EXIT_YES : MW_CLI_EXIT_NO;
}

/* A folder of a mail program: only its files are read. */
static MwCliExit
inspect_folder (MwCliSession *session,
                const char   *argument)
{
  g_autofree char *path = g_canonicalize_filename (argument, NULL);
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GPtrArray) accounts = NULL;
  g_autoptr(GError) error = NULL;

  if (!mw_cli_session_open (session))
    return MW_CLI_EXIT_USAGE;

  mw_engine_read_accounts_async (session->engine, path, FALSE, NULL, session->cancellable,
                                 mw_cli_session_ready_cb, session);
  result = mw_cli_session_wait (session);
  accounts = mw_engine_read_accounts_finish (session->engine, result, &error);
  if (accounts != NULL)
    return print_folder (session, accounts);

  if (!g_error_matches (error, MW_EXPORT_ERROR, MW_EXPORT_ERROR_NO_TARGET))
    return mw_cli_session_fail (session, error);

  mw_cli_terminal_complain ("%s", mw_advice_describe_refusal (MW_INSPECTION_KIND_UNKNOWN,
                                                              MW_INSPECTION_REFUSAL_UNKNOWN));
  return MW_CLI_EXIT_USAGE;
}

static MwCliExit
run (MwCliSession  *session,
     int            argc,
     char         **argv)
{
  g_autofree char *text = NULL;
  GOptionEntry entries[] = {
    { "address", 0, 0, G_OPTION_ARG_STRING, &text,
      N_("Fill this address in"), N_("ADDRESS") },
    { NULL }
  };
  g_autoptr(MwAddress) address = NULL;
  g_autoptr(MwInspection) inspection = NULL;
  g_autoptr(GBytes) content = NULL;
  g_autofree char *signer = NULL;
  g_autoptr(GError) error = NULL;

  if (!mw_cli_session_parse (session, N_("FILE_OR_URI"), mw_cli_command_inspect.summary,
                             entries, 1, 1, &argc, &argv))
    return MW_CLI_EXIT_USAGE;
  if (!mw_cli_session_is_text (text, &error))
    return mw_cli_session_fail (session, error);

  address = text != NULL ? mw_address_parse (text, &error) : NULL;
  if (error != NULL)
    return mw_cli_session_fail (session, error);

  if (g_file_test (argv[1], G_FILE_TEST_IS_DIR))
    return inspect_folder (session, argv[1]);

  content = is_content (argv[1]) ? g_bytes_new (argv[1], strlen (argv[1]))
                                 : read_file (session, argv[1], &error);
  if (error != NULL)
    return fail_to_read (session, argv[1], error);

  inspection = mw_inspection_new (content, address);
  signer = find_signer (session, content);
  print (session, inspection, signer);
  return inspection->refusal == MW_INSPECTION_REFUSAL_NONE ? MW_CLI_EXIT_YES : MW_CLI_EXIT_NO;
}

const MwCliCommand mw_cli_command_inspect = {
  "inspect",
  N_("Show what a settings file or the folder of a mail program says, without network"),
  run,
};
