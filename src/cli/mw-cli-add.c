/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include <glib/gi18n.h>

#include "cli/mw-cli-check.h"
#include "cli/mw-cli-command.h"
#include "cli/mw-cli-hand-over.h"
#include "cli/mw-cli-json.h"
#include "cli/mw-cli-primary-password.h"
#include "cli/mw-cli-report-file.h"
#include "cli/mw-cli-report.h"
#include "cli/mw-cli-setup-options.h"
#include "cli/mw-cli-terminal.h"
#include "core/mw-error.h"
#include "setup/mw-setup-servers.h"

#define MAX_SIGNATURE (64 * 1024)

typedef struct {
  MwCliSetupOptions *setup_options;
  char              *name;
  char              *label;
  char              *description;
  char              *signature_file;
  gboolean           make_default;
  gboolean           untested;
  gboolean           no_keyring;
  gboolean           browser_sign_in;
  int                primary_password_fd;
  MwExportOptions    said;
  char             **targets;
} AddOptions;

static void
add_options_free (AddOptions *self)
{
  mw_cli_setup_options_free (self->setup_options);
  g_free (self->name);
  g_free (self->label);
  g_free (self->description);
  g_free (self->signature_file);
  g_strfreev (self->targets);
  g_clear_pointer (&self->said.primary_password, mw_secret_unref);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (AddOptions, add_options_free)

static GOptionEntry *
make_entries (AddOptions *self)
{
  const GOptionEntry entries[] = {
    { "name", 0, 0, G_OPTION_ARG_FILENAME, &self->name,
      N_("Sender name, as others see it"), N_("NAME") },
    { "label", 0, 0, G_OPTION_ARG_FILENAME, &self->label,
      N_("Account name, as you see it"), N_("NAME") },
    { "description", 0, 0, G_OPTION_ARG_FILENAME, &self->description,
      N_("Description of the account"), N_("TEXT") },
    { "signature-file", 0, 0, G_OPTION_ARG_FILENAME, &self->signature_file,
      N_("Put the text of this file under every message"), N_("FILE") },
    { "default", 0, 0, G_OPTION_ARG_NONE, &self->make_default,
      N_("Make it the default account"), NULL },
    { "to", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &self->targets,
      N_("Hand the account over to this mail program"), N_("TARGET") },
    { "take-over", 0, 0, G_OPTION_ARG_NONE, &self->said.take_over,
      N_("Change the account also if it was made by hand in the mail program"), NULL },
    { "accept-place", 0, 0, G_OPTION_ARG_NONE, &self->said.accept_place,
      N_("Follow the mail program’s data also to an unusual place"), NULL },
    { "primary-password-fd", 0, 0, G_OPTION_ARG_INT, &self->primary_password_fd,
      N_("Read the primary password of Thunderbird from this file descriptor"),
      N_("NUMBER") },
    { "trust-authority", 0, 0, G_OPTION_ARG_NONE, &self->said.trust_authority,
      N_("Let the mail program trust the certification authority of this system that the servers "
         "need, for every server"), NULL },
    { "untested", 0, 0, G_OPTION_ARG_NONE, &self->untested,
      N_("Save the account without testing it"), NULL },
    { "browser-sign-in", 0, 0, G_OPTION_ARG_NONE, &self->browser_sign_in,
      N_("Set it up without a password; the mail program signs in through the browser"), NULL },
    { "no-keyring", 0, 0, G_OPTION_ARG_NONE, &self->no_keyring,
      N_("Do not keep the password; mail programs get it all the same"), NULL },
    { NULL }
  };

  return mw_cli_setup_options_make_entries (self->setup_options, entries);
}

static char *
read_signature (const char  *path,
                GError     **error)
{
  g_autofree char *text = NULL;
  gsize length;

  if (!g_file_get_contents (path, &text, &length, error))
    {
      (*error)->domain = G_OPTION_ERROR;
      (*error)->code = G_OPTION_ERROR_BAD_VALUE;
      return NULL;
    }

  if (length > MAX_SIGNATURE || !g_utf8_validate (text, length, NULL))
    {
      g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                           _("The signature is not a text of at most 64 KiB in UTF-8"));
      return NULL;
    }

  return g_steal_pointer (&text);
}

static gboolean
apply_details (AddOptions  *self,
               MwSetup     *setup,
               GError     **error)
{
  const char *texts[] = { self->name, self->label, self->description };
  const char *properties[] = { "sender-name", "label", "description" };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      if (texts[i] == NULL)
        continue;
      if (!mw_cli_session_is_text (texts[i], error))
        return FALSE;
      g_object_set (setup, properties[i], texts[i], NULL);
    }

  if (self->signature_file != NULL)
    {
      g_autofree char *signature = read_signature (self->signature_file, error);

      if (signature == NULL)
        return FALSE;
      g_object_set (setup, "signature", signature, NULL);
    }

  if (self->make_default)
    g_object_set (setup, "make-default", TRUE, NULL);
  return TRUE;
}

static gboolean
names_password (MwCliSetupOptions *options)
{
  return options->password_stdin || options->password_fd >= 0 ||
         options->outgoing_password_stdin || options->outgoing_user != NULL ||
         options->no_outgoing_auth;
}

static gboolean
check_options (AddOptions  *self,
               GError     **error)
{
  MwCliSetupOptions *options = self->setup_options;

  if (options->no_login)
    g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                         _("--no-login is for “verify”; to save without a test there is "
                           "--untested"));
  else if (self->untested &&
           (options->incoming == NULL || (options->outgoing == NULL && !options->receive_only)))
    g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                         _("--untested needs the servers: --in, and --out or --receive-only"));
  else if (self->browser_sign_in && names_password (options))
    g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                         _("With --browser-sign-in there is no password, and the outgoing server "
                           "has no user name of its own"));
  else if (self->untested && (options->report != NULL || options->report_json != NULL))
    g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                         _("With --untested there is nothing to report"));
  else
    return TRUE;

  return FALSE;
}

/* A check would have asked about them. */
static gboolean
check_clear_text (AddOptions  *options,
                  MwSetup     *setup,
                  GError     **error)
{
  g_auto(GStrv) hosts = mw_setup_dup_unconfirmed_hosts (setup);

  if (!options->untested || hosts[0] == NULL)
    return TRUE;

  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
               /* Translators: %s is a server. */
               _("Without encryption anyone on the way can read the password; if that is meant, "
                 "add --allow-host %s"), hosts[0]);
  return FALSE;
}

/* Before the password is asked for: without a keyring it could not be kept. */
static gboolean
check_keyring (MwCliSession  *session,
               AddOptions    *options,
               GError       **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  if (options->no_keyring || options->browser_sign_in)
    return TRUE;

  mw_engine_check_keyring_async (session->engine, session->cancellable,
                                 mw_cli_session_ready_cb, session);
  result = mw_cli_session_wait (session);
  if (mw_engine_check_keyring_finish (session->engine, result, error))
    return TRUE;

  if (g_error_matches (*error, MW_STORE_ERROR, MW_STORE_ERROR_NO_SERVICE))
    mw_cli_terminal_complain (_("To go on without keeping the password, use --no-keyring"));
  return FALSE;
}

static gboolean
fetch_passwords (AddOptions    *options,
                 MwCliSession  *session,
                 MwSetup       *setup,
                 GError       **error)
{
  if (options->browser_sign_in)
    {
      g_object_set (setup, "browser-sign-in", TRUE, NULL);
      return TRUE;
    }

  return mw_cli_setup_options_fetch_passwords (options->setup_options, session, setup, error);
}

static MwProfile *
save (MwCliSession  *session,
      AddOptions    *options,
      MwSetup       *setup,
      GError       **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  mw_setup_save_async (setup, !options->no_keyring, session->cancellable,
                       mw_cli_session_ready_cb, session);
  result = mw_cli_session_wait (session);
  return mw_setup_save_finish (setup, result, error);
}

static void
hand_over (MwCliHandOver   *results,
           MwCliSession    *session,
           MwSetup         *setup,
           const char      *target_id,
           MwExportOptions *said)
{
  g_autoptr(MwExportReport) report = NULL;
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  do
    {
      g_clear_pointer (&report, mw_export_report_unref);
      g_clear_object (&result);
      g_clear_error (&error);
      mw_setup_export_async (setup, target_id, said, session->cancellable,
                             mw_cli_session_ready_cb, session);
      result = mw_cli_session_wait (session);
      report = mw_setup_export_finish (setup, result, &error);
    }
  while (mw_cli_primary_password_try_again (session, said, report, error));
  mw_cli_hand_over_add (results, session, target_id, report, error, FALSE);
}

static void
print_json (MwCliSession  *session,
            AddOptions    *options,
            MwSetup       *setup,
            MwProfile     *profile,
            MwCliHandOver *results)
{
  g_autoptr(JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  mw_json_add_string (builder, "account", profile != NULL ? profile->id : NULL);
  json_builder_set_member_name (builder, "browser_sign_in");
  json_builder_add_boolean_value (builder, options->browser_sign_in);
  json_builder_set_member_name (builder, "targets");
  json_builder_add_value (builder, mw_cli_hand_over_take_targets (results));
  json_builder_set_member_name (builder, "verification");
  if (options->untested)
    json_builder_add_null_value (builder);
  else
    mw_cli_report_add_verification (builder, session, setup);
  json_builder_end_object (builder);
  mw_cli_json_print (builder);
}

static MwCliExit
save_and_hand_over (MwCliSession *session,
                    AddOptions   *options,
                    MwSetup      *setup)
{
  g_autoptr(MwCliHandOver) results = mw_cli_hand_over_new ();
  g_autoptr(MwProfile) profile = NULL;
  g_autoptr(GError) error = NULL;
  MwCliExit answer = MW_CLI_EXIT_YES;

  if (!options->untested && mw_setup_get_outcome (setup) != MW_OUTCOME_WORKS)
    {
      answer = mw_cli_check_get_exit (session, setup);
    }
  else
    {
      profile = save (session, options, setup, &error);
      if (profile == NULL)
        answer = mw_cli_session_fail (session, error);
    }

  if (profile != NULL && !session->json)
    {
      g_autofree char *label = mw_cli_terminal_clean (profile->label);

      /* Translators: first the account name, then its id. */
      g_print (_("Saved: %s (%s)\n"), label, profile->id);
    }

  for (gsize i = 0; profile != NULL && options->targets != NULL && options->targets[i] != NULL; i++)
    hand_over (results, session, setup, options->targets[i], &options->said);
  if (answer == MW_CLI_EXIT_YES)
    answer = mw_cli_hand_over_get_exit (results);

  if (session->json)
    print_json (session, options, setup, profile, results);
  return answer;
}

static MwCliExit
run (MwCliSession  *session,
     int            argc,
     char         **argv)
{
  g_autoptr(AddOptions) options = g_new0 (AddOptions, 1);
  g_autofree GOptionEntry *entries = NULL;
  g_autoptr(MwSetup) setup = NULL;
  g_autoptr(GError) error = NULL;

  options->setup_options = mw_cli_setup_options_new ();
  options->primary_password_fd = -1;
  entries = make_entries (options);
  if (!mw_cli_session_parse (session, N_("ADDRESS"), mw_cli_command_add.summary,
                             entries, 1, 1, &argc, &argv) ||
      !mw_cli_session_open (session))
    return MW_CLI_EXIT_USAGE;

  setup = mw_setup_new (session->engine);
  if (!check_options (options, &error) ||
      !mw_cli_report_file_check (options->setup_options, session, &error) ||
      !mw_cli_setup_options_apply (options->setup_options, session, argv[1], setup, &error) ||
      !apply_details (options, setup, &error) ||
      !check_clear_text (options, setup, &error) ||
      !check_keyring (session, options, &error) ||
      !fetch_passwords (options, session, setup, &error) ||
      !mw_cli_primary_password_read (session, options->primary_password_fd, &options->said,
                                     &error))
    return mw_cli_session_fail (session, error);

  if (!options->untested)
    {
      if (!mw_cli_check_run (session, setup, &error) ||
          !mw_cli_report_file_write (options->setup_options, setup, &error))
        return mw_cli_session_fail (session, error);
      if (!session->json && !mw_cli_report_file_replaces_output (options->setup_options))
        mw_cli_check_print (session, setup);
    }

  return save_and_hand_over (session, options, setup);
}

const MwCliCommand mw_cli_command_add = {
  "add",
  N_("Prove an account, save it, and hand it over to mail programs"),
  run,
};
