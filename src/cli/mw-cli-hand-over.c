/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "cli/mw-cli-hand-over.h"

#include <glib/gi18n.h>

#include "cli/mw-cli-report.h"
#include "cli/mw-cli-terminal.h"
#include "core/mw-error.h"
#include "setup/mw-advice-change.h"
#include "setup/mw-advice.h"

MwCliHandOver *
mw_cli_hand_over_new (void)
{
  MwCliHandOver *self = g_new0 (MwCliHandOver, 1);

  self->targets = json_builder_new ();
  json_builder_begin_array (self->targets);
  return self;
}

void
mw_cli_hand_over_free (MwCliHandOver *self)
{
  g_object_unref (self->targets);
  g_free (self);
}

static void
print_list (GPtrArray  *items,
            const char *mark)
{
  for (guint i = 0; items != NULL && i < items->len; i++)
    {
      g_autofree char *clean = mw_cli_terminal_clean (g_ptr_array_index (items, i));

      g_print ("  %s %s\n", mark, clean);
    }
}

/* What changes, as people say it. */
static void
print_changes (MwExportReport *report)
{
  g_auto(GStrv) sentences = mw_advice_dup_changes (report->changes);

  for (gsize i = 0; sentences[i] != NULL; i++)
    g_print ("  • %s\n", sentences[i]);
}

static void
print_notes (MwExportReport *report)
{
  g_auto(GStrv) notes = mw_advice_dup_export_notes (report->target->client, report->notes);

  for (gsize i = 0; notes[i] != NULL; i++)
    g_print ("  %s\n", notes[i]);
  for (guint i = 0; i < report->needs_authority->len; i++)
    {
      MwExportAuthority *authority = report->needs_authority->pdata[i];
      g_autofree char *clean = mw_cli_terminal_clean (authority->name);

      /* Translators: the name of a certification authority, and a number that
       * nobody else has. */
      g_print (_("  Authority: %s (SHA-256 %s)\n"), clean, authority->sha256);
      if (authority->offered)
        g_print ("  %s\n", _("To make it trusted there, for every server, add "
                             "--trust-authority."));
    }
}

static void
print_backups (GPtrArray *paths)
{
  for (guint i = 0; i < paths->len; i++)
    {
      g_autofree char *clean = mw_cli_terminal_clean (g_ptr_array_index (paths, i));

      /* Translators: %s is the path of a file. */
      g_print (_("  What was there before is kept in %s\n"), clean);
    }
}

static void
print_password (MwExportReport *report)
{
  /* The note says what will be asked. */
  if ((report->notes & (1u << MW_EXPORT_NOTE_BROWSER_SIGN_IN |
                        1u << MW_EXPORT_NOTE_ASKS_TWICE)) != 0)
    return;

  switch (report->password)
    {
    case MW_EXPORT_PASSWORD_NOT_STORED:
      g_print ("  %s\n", _("The password was not handed over; the mail program will ask for it."));
      break;
    case MW_EXPORT_PASSWORD_PRIMARY_PASSWORD:
      g_print ("  %s\n", _("The mail program’s passwords are locked with a primary password; "
                           "it will ask for this account’s password."));
      break;
    case MW_EXPORT_PASSWORD_STORED:
    default:
      if (report->target->client == MW_MAIL_CLIENT_THUNDERBIRD)
        g_print ("  %s\n", _("Thunderbird keeps a copy of the password; without a primary "
                             "password others with access to your files could read it."));
      break;
    }
}

static void
print_report (MwCliSession   *session,
              MwExportReport *report,
              gboolean        dry_run)
{
  const char *id = report->target->id;

  if (report->outcome == MW_EXPORT_OUTCOME_FAILED)
    return;

  if (report->outcome == MW_EXPORT_OUTCOME_UNCHANGED)
    {
      /* Translators: %s is the id of a mail program, such as “thunderbird”. */
      g_print (_("%s: the account is there already, nothing was changed\n"), id);
      return;
    }

  if (dry_run)
    /* Translators: %s is the id of a mail program, such as “thunderbird”. */
    g_print (_("%s: this would be changed:\n"), id);
  else
    /* Translators: %s is the id of a mail program, such as “thunderbird”. */
    g_print (_("%s: the account is there now\n"), id);
  print_changes (report);
  if (session->verbose)
    {
      print_list (report->created, "+");
      print_list (report->updated, "~");
    }
  if (dry_run && report->takes_over)
    g_print ("  %s\n", _("The mail program has this account already, made by hand; it is changed "
                         "only with --take-over."));
  if (!dry_run)
    {
      print_backups (report->backups);
      print_password (report);
    }
  if (report->needs_restart)
    g_print ("  %s\n", _("It appears when the mail program is started again."));
  print_notes (report);
}

void
mw_cli_hand_over_add (MwCliHandOver  *self,
                      MwCliSession   *session,
                      const char     *target_id,
                      MwExportReport *report,
                      const GError   *error,
                      gboolean        dry_run)
{
  mw_cli_report_add_export (self->targets, target_id, report, error);

  if (report != NULL && report->outcome != MW_EXPORT_OUTCOME_FAILED)
    {
      self->n_done++;
      if (!session->json)
        print_report (session, report, dry_run);
      return;
    }

  self->n_failed++;
  self->last_failure = MW_CLI_EXIT_NO;
  if (!session->interrupted)
    /* Translators: %s is the id of a mail program, such as “thunderbird”. */
    mw_cli_terminal_complain (_("The account was not handed over to %s"), target_id);
  if (error != NULL)
    self->last_failure = mw_cli_session_fail (session, error);
  if (g_error_matches (error, MW_EXPORT_ERROR, MW_EXPORT_ERROR_MADE_BY_HAND))
    mw_cli_terminal_complain (_("See with --dry-run what would be changed in it, and do so with "
                                "--take-over"));
  if (g_error_matches (error, MW_EXPORT_ERROR, MW_EXPORT_ERROR_UNSAFE))
    mw_cli_terminal_complain (_("If this is a place of your own, allow it with --accept-place"));
  if (error == NULL && report != NULL && report->message != NULL)
    mw_cli_terminal_complain ("%s", report->message);
}

JsonNode *
mw_cli_hand_over_take_targets (MwCliHandOver *self)
{
  json_builder_end_array (self->targets);
  return json_builder_get_root (self->targets);
}

MwCliExit
mw_cli_hand_over_get_exit (MwCliHandOver *self)
{
  if (self->n_failed == 0)
    return MW_CLI_EXIT_YES;
  if (self->n_done == 0 || self->last_failure == MW_CLI_EXIT_INTERRUPTED)
    return self->last_failure;
  return MW_CLI_EXIT_NO;
}
