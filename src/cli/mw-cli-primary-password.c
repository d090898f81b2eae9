/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "cli/mw-cli-primary-password.h"

#include <glib/gi18n.h>

#include "cli/mw-cli-password.h"
#include "cli/mw-cli-terminal.h"
#include "core/mw-error.h"

gboolean
mw_cli_primary_password_read (MwCliSession     *session,
                              int               fd,
                              MwExportOptions  *said,
                              GError          **error)
{
  if (fd < 0)
    return TRUE;

  said->primary_password = mw_cli_password_read (session, fd, error);
  return said->primary_password != NULL;
}

gboolean
mw_cli_primary_password_try_again (MwCliSession    *session,
                                   MwExportOptions *said,
                                   MwExportReport  *report,
                                   const GError    *error)
{
  gboolean is_locked = report != NULL && said->primary_password == NULL &&
                       report->password == MW_EXPORT_PASSWORD_PRIMARY_PASSWORD;
  gboolean is_wrong = report == NULL && session->asked_primary_password &&
                      g_error_matches (error, MW_EXPORT_ERROR, MW_EXPORT_ERROR_PRIMARY_PASSWORD);

  if (session->json || said->dry_run || !mw_cli_password_can_prompt ())
    return FALSE;
  if (!is_wrong && (!is_locked || session->asked_primary_password))
    return FALSE;

  if (is_wrong)
    mw_cli_terminal_complain (_("That is not the primary password"));
  session->asked_primary_password = TRUE;
  g_clear_pointer (&said->primary_password, mw_secret_unref);
  said->primary_password =
    mw_cli_password_prompt (session, _("Primary password of the mail program (or only Enter, to "
                                       "go on without it): "), NULL);
  /* After a wrong one nothing has been done yet. */
  return !session->interrupted && (said->primary_password != NULL || is_wrong);
}
