/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "cli/mw-cli-export-file.h"

#include <glib/gi18n.h>
#include <string.h>
#include <unistd.h>

#include "cli/mw-cli-json.h"
#include "cli/mw-cli-output.h"
#include "cli/mw-cli-report.h"
#include "cli/mw-cli-terminal.h"
#include "setup/mw-share.h"

static MwShareFormat
get_format (MwCliExportFile *self)
{
  int format = MW_SHARE_FORMAT_AUTOCONFIG;

  mw_enum_from_nick (MW_TYPE_SHARE_FORMAT, self->format, &format);
  return format;
}

static const char *
get_path (MwCliExportFile *self)
{
  return self->output != NULL ? self->output : "-";
}

gboolean
mw_cli_export_file_is_format (const char *target)
{
  int format;

  return mw_enum_from_nick (MW_TYPE_SHARE_FORMAT, target, &format);
}

gboolean
mw_cli_export_file_check (MwCliExportFile  *self,
                          MwCliSession     *session,
                          GError          **error)
{
  const char *problem = NULL;

  if (self->with_password != self->unencrypted)
    problem = _("Everybody who gets a file can read a password in it. If that is meant, give "
                "both --with-password and --unencrypted");
  else if (self->with_password && get_format (self) != MW_SHARE_FORMAT_MOBILECONFIG)
    problem = _("Only a configuration profile (mobileconfig) can have a password inside");
  else if (self->with_password && self->output == NULL)
    problem = _("Say with --output where the file with the password goes");
  else if (get_format (self) == MW_SHARE_FORMAT_QR_PNG && !self->dry_run &&
           mw_cli_output_is_standard (get_path (self)) && isatty (STDOUT_FILENO))
    problem = _("A picture is nothing for a terminal: say with --output where it goes");
  else if (session->json && !self->dry_run && mw_cli_output_is_standard (get_path (self)))
    problem = _("Only one thing can be written to the standard output");

  if (problem == NULL)
    return TRUE;
  g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, problem);
  return FALSE;
}

static MwSecret *
look_up (MwCliSession  *session,
         MwProfile     *profile,
         MwSide         side,
         GError       **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  mw_engine_lookup_secret_async (session->engine, profile, side, session->cancellable,
                                 mw_cli_session_ready_cb, session);
  result = mw_cli_session_wait (session);
  return mw_engine_lookup_secret_finish (session->engine, result, error);
}

static GBytes *
render (MwCliExportFile  *self,
        MwCliSession     *session,
        MwProfile        *profile,
        MwSecret         *incoming,
        MwSecret         *outgoing,
        GError          **error)
{
  MwShareFlags flags = self->personal || self->with_password ? MW_SHARE_PERSONAL
                                                             : MW_SHARE_NOTHING_PERSONAL;
  g_autoptr(MwSecret) first = NULL;
  g_autoptr(MwSecret) second = NULL;

  if (self->with_password)
    {
      first = incoming != NULL ? mw_secret_ref (incoming)
                               : look_up (session, profile, MW_SIDE_INCOMING, error);
      if (first == NULL)
        return NULL;
    }
  if (self->with_password && profile->own_credentials)
    {
      second = outgoing != NULL ? mw_secret_ref (outgoing)
                                : look_up (session, profile, MW_SIDE_OUTGOING, error);
      if (second == NULL)
        return NULL;
    }

  return mw_share_render (profile, get_format (self), flags, first, second, error);
}

/* What is on the disk already. */
static MwExportOutcome
compare (MwCliExportFile *self,
         GBytes          *contents,
         gboolean        *out_is_new)
{
  g_autofree char *former = NULL;
  gsize size = 0;

  *out_is_new = TRUE;
  if (mw_cli_output_is_standard (get_path (self)) ||
      !g_file_get_contents (get_path (self), &former, &size, NULL))
    return MW_EXPORT_OUTCOME_DONE;

  *out_is_new = FALSE;
  /* One with a password is written anew, so that its mode is right. */
  if (!self->with_password && size == g_bytes_get_size (contents) &&
      memcmp (former, g_bytes_get_data (contents, NULL), size) == 0)
    return MW_EXPORT_OUTCOME_UNCHANGED;

  mw_secret_wipe_bytes (former, size);
  return MW_EXPORT_OUTCOME_DONE;
}

static void
print_json (MwCliExportFile *self,
            MwProfile       *profile,
            MwExportOutcome  outcome,
            gboolean         is_new,
            const GError    *error)
{
  g_autoptr(JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  mw_json_add_string (builder, "account", profile->id);
  json_builder_set_member_name (builder, "targets");
  json_builder_begin_array (builder);
  if (error != NULL)
    mw_cli_report_add_export (builder, self->format, NULL, error);
  else
    mw_cli_report_add_export_file (builder, self->format, outcome, get_path (self), is_new,
                                   self->with_password ? MW_EXPORT_PASSWORD_STORED
                                                       : MW_EXPORT_PASSWORD_NOT_STORED);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  mw_cli_json_print (builder);
}

static void
print_text (MwCliExportFile *self,
            MwExportOutcome  outcome)
{
  gboolean is_standard = mw_cli_output_is_standard (get_path (self));
  g_autofree char *name = g_filename_display_name (is_standard ? self->format : get_path (self));

  /* What was asked for is on the standard output. */
  if (is_standard && !self->dry_run)
    return;

  if (outcome == MW_EXPORT_OUTCOME_UNCHANGED)
    /* Translators: %s is a file name. */
    g_print (_("%s: has these settings already, nothing was changed\n"), name);
  else if (self->dry_run)
    /* Translators: %s is a file name, or a word for a kind of file. */
    g_print (_("%s: would be written\n"), name);
  else
    /* Translators: %s is a file name. */
    g_print (_("%s: the settings are there now\n"), name);
}

static gboolean
has_pin (MwProfile *profile)
{
  return profile->incoming->pin != NULL ||
         (profile->outgoing != NULL && profile->outgoing->pin != NULL);
}

static void
warn (MwCliExportFile *self,
      MwProfile       *profile)
{
  if (self->with_password)
    mw_cli_terminal_complain (_("Everybody who gets this file can read the password in it. "
                                "Delete the file as soon as it was used"));
  if (has_pin (profile))
    mw_cli_terminal_complain (_("A certificate of this account was accepted by hand. That is no "
                                "part of the file, so other programs will not trust the server"));
}

MwCliExit
mw_cli_export_file_run (MwCliExportFile *self,
                        MwCliSession    *session,
                        MwProfile       *profile,
                        MwSecret        *incoming,
                        MwSecret        *outgoing)
{
  g_autoptr(GBytes) contents = NULL;
  g_autoptr(GError) error = NULL;
  MwExportOutcome outcome = MW_EXPORT_OUTCOME_FAILED;
  gboolean is_new = FALSE;

  contents = render (self, session, profile, incoming, outgoing, &error);
  if (contents != NULL)
    outcome = compare (self, contents, &is_new);
  if (outcome == MW_EXPORT_OUTCOME_DONE && !self->dry_run)
    mw_cli_output_write (get_path (self), g_bytes_get_data (contents, NULL),
                         g_bytes_get_size (contents), &error);

  if (session->json)
    print_json (self, profile, outcome, is_new, error);
  if (error != NULL)
    return mw_cli_session_fail (session, error);

  if (!session->json)
    print_text (self, outcome);
  warn (self, profile);
  return MW_CLI_EXIT_YES;
}
