/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "core/mw-profile.h"
#include "export/mw-thunderbird-prefs.h"

G_BEGIN_DECLS

/**
 * MwThunderbirdAccount:
 *
 * The names under which one account stands in `prefs.js`. Those that an
 * earlier export remembered go in, those of this one come out.
 */
typedef struct {
  char      *account;
  char      *server;
  char      *identity;
  char      *smtp;           /* NULL for "receive only" */
  char      *former_account; /* was the default before, or NULL */
  char      *former_smtp;

  GPtrArray *created;        /* element utf8: first parts of new settings' names */
  GPtrArray *updated;        /* element utf8: names of changed settings */
} MwThunderbirdAccount;

MwThunderbirdAccount *mw_thunderbird_account_new    (void);
void                  mw_thunderbird_account_free   (MwThunderbirdAccount *self);

/**
 * mw_thunderbird_account_apply:
 * @self: what an earlier export remembered
 * @prefs: the settings to change
 * @profile: a finished account
 *
 * Makes or updates the account. One that is there already, with the same
 * kind of server, host and user name, is taken instead of a second one; if it
 * was not made by Mailwright, only what the log-in needs is changed.
 */
void                  mw_thunderbird_account_apply  (MwThunderbirdAccount *self,
                                                     MwThunderbirdPrefs   *prefs,
                                                     MwProfile            *profile);

/**
 * mw_thunderbird_account_remove:
 * @self: what an earlier export remembered
 * @prefs: the settings to change
 * @profile: the account
 * @smtp_removed: (out): whether the outgoing server went too; it stays when
 *   another account uses it
 *
 * Returns: whether there was such an account
 */
gboolean              mw_thunderbird_account_remove (MwThunderbirdAccount *self,
                                                     MwThunderbirdPrefs   *prefs,
                                                     MwProfile            *profile,
                                                     gboolean             *smtp_removed);

/**
 * mw_thunderbird_account_origin:
 * @service: one side of an account
 *
 * Returns: (transfer full): how `logins.json` names its server
 */
char                 *mw_thunderbird_account_origin (MwService            *service);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MwThunderbirdAccount, mw_thunderbird_account_free)

G_END_DECLS
