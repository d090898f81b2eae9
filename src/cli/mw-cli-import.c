/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include <glib/gi18n.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/mw-cli-command.h"
#include "cli/mw-cli-found.h"
#include "cli/mw-cli-hand-over.h"
#include "cli/mw-cli-json.h"
#include "cli/mw-cli-password.h"
#include "cli/mw-cli-primary-password.h"
#include "cli/mw-cli-terminal.h"
#include "core/mw-error.h"
#include "setup/mw-json.h"

typedef struct {
  char            *source;
  char           **addresses;      /* NULL: all */
  char           **targets;        /* NULL: none */
  char           **allowed_hosts;  /* NULL: none */
  int              primary_fd;
  gboolean         no_passwords;
  gboolean         no_keyring;
  MwExportOptions  said;

  JsonBuilder     *builder;        /* NULL for people */
  guint            n_done;
  guint            n_failed;
  MwCliExit        last_failure;
} ImportOptions;

static void
note_result (ImportOptions *options,
             MwCliExit      exit)
{
  if (exit == MW_CLI_EXIT_YES)
    options->n_done++;
  else
    {
      options->n_failed++;
      options->last_failure = exit;
    }
}

/* Before anything is read: without a keyring no password could be kept. */
static gboolean
check_keyring (ImportOptions  *options,
               MwCliSession   *session,
               GError        **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  if (options->no_keyring || options->no_passwords || options->said.dry_run)
    return TRUE;

  mw_engine_check_keyring_async (session->engine, session->cancellable,
                                 mw_cli_session_ready_cb, session);
  result = mw_cli_session_wait (session);
  if (mw_engine_check_keyring_finish (session->engine, result, error))
    return TRUE;

  if (g_error_matches (*error, MW_STORE_ERROR, MW_STORE_ERROR_NO_SERVICE))
    mw_cli_terminal_complain (_("To go on without keeping the passwords, use --no-keyring"));
  return FALSE;
}

static GPtrArray *
read_accounts (ImportOptions  *options,
               MwCliSession   *session,
               GError        **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  mw_engine_read_accounts_async (session->engine, options->source, !options->no_passwords,
                                 &options->said, session->cancellable, mw_cli_session_ready_cb,
                                 session);
  result = mw_cli_session_wait (session);
  return mw_engine_read_accounts_finish (session->engine, result, error);
}

static gboolean
is_wanted (ImportOptions  *options,
           MwFoundAccount *account)
{
  const char *address = account->profile->address;

  for (gsize i = 0; options->addresses != NULL && options->addresses[i] != NULL; i++)
    {
      if (address != NULL && g_ascii_strcasecmp (options->addresses[i], address) == 0)
        return TRUE;
    }

  return options->addresses == NULL;
}

/* Whether a wanted account waits for the primary password. */
static gboolean
is_locked (ImportOptions *options,
           GPtrArray     *accounts)
{
  for (guint i = 0; i < accounts->len; i++)
    {
      MwFoundAccount *account = accounts->pdata[i];

      if (is_wanted (options, account) && account->client == MW_MAIL_CLIENT_THUNDERBIRD &&
          account->passwords == MW_FOUND_PASSWORDS_LOCKED)
        return TRUE;
    }

  return FALSE;
}

/* The accounts, with their passwords unlocked. */
static GPtrArray *
read_unlocked (ImportOptions  *options,
               MwCliSession   *session,
               GError        **error)
{
  g_autoptr(GPtrArray) accounts = read_accounts (options, session, error);

  if (accounts == NULL || !is_locked (options, accounts) || options->said.dry_run)
    return g_steal_pointer (&accounts);

  if (options->said.primary_password == NULL && !session->json && mw_cli_password_can_prompt ())
    {
      options->said.primary_password =
        mw_cli_password_prompt (session, _("Primary password of Thunderbird: "), error);
      if (options->said.primary_password == NULL)
        return NULL;
      g_clear_pointer (&accounts, g_ptr_array_unref);
      accounts = read_accounts (options, session, error);
    }
  else if (options->said.primary_password == NULL)
    {
      g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                           _("The passwords are locked with the primary password of Thunderbird: "
                             "give it with --primary-password-fd, or go on with --no-passwords"));
      return NULL;
    }

  if (accounts != NULL && is_locked (options, accounts))
    {
      g_set_error_literal (error, MW_EXPORT_ERROR, MW_EXPORT_ERROR_PRIMARY_PASSWORD,
                           "The primary password is another one");
      return NULL;
    }
  return g_steal_pointer (&accounts);
}

/* What is printed above is the review; this is its one question. */
static gboolean
ask (MwCliSession   *session,
     MwFoundAccount *account)
{
  g_autofree char *hosts = g_strjoinv (", ", account->hosts);
  const char *at = strrchr (account->profile->address, '@');
  g_autoptr(MwSecret) answer = NULL;

  if (session->json || !isatty (STDIN_FILENO) || !isatty (STDOUT_FILENO))
    return FALSE;

  /* Translators: first a domain, then a list of hosts; the letters in brackets
   * are what locale programs take as yes and no, the capital one is meant by
   * an empty line. */
  g_print (_("Do you have an account at %s with these servers: %s? [y/N] "),
           at != NULL ? at + 1 : account->profile->address, hosts);
  answer = mw_cli_password_read (session, STDIN_FILENO, NULL);
  return answer != NULL && rpmatch (mw_secret_peek (answer)) == 1;
}

static gboolean
may_use_hosts (ImportOptions  *options,
               MwCliSession   *session,
               MwFoundAccount *account)
{
  const char * const *allowed = (const char * const *) options->allowed_hosts;
  gboolean all = TRUE;

  for (gsize i = 0; account->hosts[i] != NULL; i++)
    all = all && allowed != NULL && g_strv_contains (allowed, account->hosts[i]);

  return all || (!options->said.dry_run && ask (session, account));
}

static MwProfile *
import_account (ImportOptions  *options,
                MwCliSession   *session,
                MwFoundAccount *account,
                GError        **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  mw_engine_import_async (session->engine, account, (const char * const *) account->hosts,
                          !options->no_keyring, session->cancellable, mw_cli_session_ready_cb,
                          session);
  result = mw_cli_session_wait (session);
  return mw_engine_import_finish (session->engine, result, error);
}

static void
hand_over (MwCliHandOver  *results,
           ImportOptions  *options,
           MwCliSession   *session,
           MwProfile      *profile,
           MwFoundAccount *account,
           const char     *target_id)
{
  /* An account that was here before has passwords of its own. */
  gboolean fresh = account->saved_id == NULL;
  g_autoptr(MwExportReport) report = NULL;
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  do
    {
      g_clear_pointer (&report, mw_export_report_unref);
      g_clear_object (&result);
      g_clear_error (&error);
      mw_engine_export_async (session->engine, profile, target_id,
                              fresh ? account->incoming : NULL,
                              fresh ? account->outgoing : NULL, &options->said,
                              session->cancellable, mw_cli_session_ready_cb, session);
      result = mw_cli_session_wait (session);
      report = mw_engine_export_finish (session->engine, result, &error);
    }
  while (mw_cli_primary_password_try_again (session, &options->said, report, error));
  mw_cli_hand_over_add (results, session, target_id, report, error, options->said.dry_run);
}

static void
add_result (ImportOptions  *options,
            MwFoundAccount *account,
            const char     *outcome,
            MwProfile      *profile,
            MwCliHandOver  *results)
{
  JsonBuilder *builder = options->builder;

  if (builder == NULL)
    return;

  json_builder_begin_object (builder);
  mw_cli_found_add (builder, account, !options->no_passwords);
  mw_json_add_string (builder, "outcome", outcome);
  mw_json_add_string (builder, "account", profile != NULL ? profile->id : NULL);
  json_builder_set_member_name (builder, "targets");
  json_builder_add_value (builder, mw_cli_hand_over_take_targets (results));
  json_builder_end_object (builder);
}

/* Saves it. Returns the word for what became of it. */
static const char *
save (ImportOptions   *options,
      MwCliSession    *session,
      MwFoundAccount  *account,
      MwProfile      **out_profile)
{
  g_autoptr(GError) error = NULL;

  if (account->saved_id == NULL && !may_use_hosts (options, session, account))
    {
      g_autofree char *hosts = g_strjoinv (" --allow-host ", account->hosts);

      if (!session->interrupted)
        /* Translators: %s is a list of hosts. */
        mw_cli_terminal_complain (_("If you have an account there, say so with --allow-host %s"),
                                  hosts);
      note_result (options, session->interrupted ? MW_CLI_EXIT_INTERRUPTED : MW_CLI_EXIT_NO);
      return "consent-needed";
    }
  if (options->said.dry_run)
    {
      note_result (options, MW_CLI_EXIT_YES);
      return account->saved_id != NULL ? "unchanged" : "imported";
    }

  *out_profile = import_account (options, session, account, &error);
  if (*out_profile == NULL)
    {
      note_result (options, mw_cli_session_fail (session, error));
      return "failed";
    }

  note_result (options, MW_CLI_EXIT_YES);
  return account->saved_id != NULL ? "unchanged" : "imported";
}

static void
take_account (ImportOptions  *options,
              MwCliSession   *session,
              MwFoundAccount *account)
{
  g_autoptr(MwCliHandOver) results = mw_cli_hand_over_new ();
  g_autoptr(MwProfile) profile = NULL;
  const char *outcome;

  if (!session->json)
    mw_cli_found_print (account, !options->no_passwords);
  if (account->obstacle != MW_FOUND_OBSTACLE_NONE)
    {
      /* It is no failure that something else stands there, too. */
      if (options->addresses != NULL)
        note_result (options, MW_CLI_EXIT_NO);
      add_result (options, account, "skipped", NULL, results);
      return;
    }

  outcome = save (options, session, account, &profile);
  if (profile != NULL && account->saved_id == NULL && !session->json)
    {
      g_autofree char *label = mw_cli_terminal_clean (profile->label);

      /* Translators: first the account name, then its id. */
      g_print (_("Saved: %s (%s)\n"), label, profile->id);
    }

  for (gsize i = 0; options->targets != NULL && options->targets[i] != NULL; i++)
    {
      if (profile != NULL)
        hand_over (results, options, session, profile, account, options->targets[i]);
    }
  if (results->n_failed > 0)
    note_result (options, mw_cli_hand_over_get_exit (results));
  add_result (options, account, outcome, profile, results);
}

static MwCliExit
get_exit (ImportOptions *options)
{
  if (options->n_failed == 0)
    return options->n_done > 0 ? MW_CLI_EXIT_YES : MW_CLI_EXIT_NO;
  if (options->n_done == 0 || options->last_failure == MW_CLI_EXIT_INTERRUPTED)
    return options->last_failure;
  return MW_CLI_EXIT_NO;
}

static MwCliExit
take_accounts (ImportOptions *options,
               MwCliSession  *session,
               GPtrArray     *accounts)
{
  g_autoptr(JsonBuilder) builder = json_builder_new ();
  guint n_wanted = 0;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "accounts");
  json_builder_begin_array (builder);
  options->builder = session->json ? builder : NULL;
  for (guint i = 0; i < accounts->len && !session->interrupted; i++)
    {
      if (!is_wanted (options, accounts->pdata[i]))
        continue;
      n_wanted++;
      take_account (options, session, accounts->pdata[i]);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  if (session->json)
    mw_cli_json_print (builder);

  if (session->interrupted)
    return MW_CLI_EXIT_INTERRUPTED;
  if (n_wanted == 0)
    mw_cli_terminal_complain (_("There is no such account"));
  return get_exit (options);
}

static MwCliExit
run_import (ImportOptions *options,
            MwCliSession  *session)
{
  g_autoptr(GPtrArray) accounts = NULL;
  g_autoptr(GError) error = NULL;

  if (!mw_cli_primary_password_read (session, options->primary_fd, &options->said, &error) ||
      !mw_cli_session_load_profiles (session, &error) ||
      !check_keyring (options, session, &error))
    return mw_cli_session_fail (session, error);

  accounts = read_unlocked (options, session, &error);
  if (accounts == NULL)
    return mw_cli_session_fail (session, error);

  return take_accounts (options, session, accounts);
}

static MwCliExit
run (MwCliSession  *session,
     int            argc,
     char         **argv)
{
  ImportOptions options = { .primary_fd = -1 };
  g_auto(GStrv) addresses = NULL;
  g_auto(GStrv) targets = NULL;
  g_auto(GStrv) hosts = NULL;
  g_autofree char *source = NULL;
  GOptionEntry entries[] = {
    { "account", 0, 0, G_OPTION_ARG_STRING_ARRAY, &addresses,
      N_("Import the account with this address; else all are imported"), N_("ADDRESS") },
    { "to", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &targets,
      N_("Hand the accounts over to this mail program, too"), N_("TARGET") },
    { "allow-host", 0, 0, G_OPTION_ARG_STRING_ARRAY, &hosts,
      N_("You have an account at this host: it may be used"), N_("HOST") },
    { "primary-password-fd", 0, 0, G_OPTION_ARG_INT, &options.primary_fd,
      N_("Read the primary password of Thunderbird from this file descriptor"), N_("NUMBER") },
    { "take-over", 0, 0, G_OPTION_ARG_NONE, &options.said.take_over,
      N_("Change the account also if it was made by hand in the mail program"), NULL },
    { "accept-place", 0, 0, G_OPTION_ARG_NONE, &options.said.accept_place,
      N_("Follow the mail program’s data also to an unusual place"), NULL },
    { "no-passwords", 0, 0, G_OPTION_ARG_NONE, &options.no_passwords,
      N_("Leave the passwords where they are"), NULL },
    { "no-keyring", 0, 0, G_OPTION_ARG_NONE, &options.no_keyring,
      N_("Do not keep the passwords; mail programs get them all the same"), NULL },
    { "dry-run", 0, 0, G_OPTION_ARG_NONE, &options.said.dry_run,
      N_("Only show what would be imported"), NULL },
    { NULL }
  };
  MwCliExit exit;

  if (!mw_cli_session_parse (session, N_("TARGET"), mw_cli_command_import.summary,
                             entries, 1, 1, &argc, &argv) ||
      !mw_cli_session_open (session))
    return MW_CLI_EXIT_USAGE;

  source = strchr (argv[1], G_DIR_SEPARATOR) != NULL ? g_canonicalize_filename (argv[1], NULL)
                                                     : g_strdup (argv[1]);
  options.source = source;
  options.addresses = addresses;
  options.targets = targets;
  options.allowed_hosts = hosts;
  exit = run_import (&options, session);
  g_clear_pointer (&options.said.primary_password, mw_secret_unref);
  return exit;
}

const MwCliCommand mw_cli_command_import = {
  "import",
  N_("Take accounts over from a mail program"),
  run,
};
