/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "core/mw-profile.h"
#include "export/mw-thunderbird-settings.h"

G_BEGIN_DECLS

/**
 * MwThunderbirdAccount:
 *
 * @taken_over: the person had made the account by hand; it is not Mailwright's
 *   to remove
 * @smtp_found: the outgoing server was there, and nobody used it
 * @notifications: what the person had chosen in Mailwright when it was written;
 *   the same for @keeping (POP3) and @signature (digest of its text)
 *
 * The names under which one account stands in `prefs.js`. Those that an
 * earlier export remembered go in, those of this one come out.
 */
typedef struct {
  char *account;
  char *server;
  char *identity;
  char *smtp;           /* NULL for "receive only" */
  char *former_account; /* was the default before, or NULL */
  char *former_smtp;
  char *folders[MW_N_FOLDER_USES]; /* as they were written, or NULL */
  gboolean taken_over;
  gboolean takes_over; /* out: taken over just now, no earlier export had it */
  gboolean smtp_found;
  char *notifications;
  char *keeping;
  char *signature;
} MwThunderbirdAccount;

MwThunderbirdAccount *mw_thunderbird_account_new    (void);
void                  mw_thunderbird_account_free   (MwThunderbirdAccount  *self);

/**
 * mw_thunderbird_account_apply:
 * @self: what an earlier export remembered
 * @settings: the settings to change
 * @profile: a finished account
 *
 * Makes or updates the account. One that is there already, with the same
 * kind of server, host and user name, is taken instead of a second one; if it
 * was not made by Mailwright, only what the log-in needs is changed. Whether
 * it may be is for the caller to know.
 */
void                  mw_thunderbird_account_apply  (MwThunderbirdAccount  *self,
                                                     MwThunderbirdSettings *settings,
                                                     MwProfile             *profile);

/**
 * mw_thunderbird_account_remove:
 * @self: what an earlier export remembered
 * @settings: the settings to change
 * @profile: the account
 * @smtp_removed: (out): whether the outgoing server went too; it stays when
 *   another account uses it
 *
 * Takes out an account that Mailwright made.
 *
 * Returns: whether there was such an account
 */
gboolean              mw_thunderbird_account_remove (MwThunderbirdAccount  *self,
                                                     MwThunderbirdSettings *settings,
                                                     MwProfile             *profile,
                                                     gboolean              *smtp_removed);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MwThunderbirdAccount, mw_thunderbird_account_free)

G_END_DECLS
