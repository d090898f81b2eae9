/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <adwaita.h>

#include "app/mw-application.h"

G_BEGIN_DECLS

#define MW_TYPE_ACCOUNTS_PAGE (mw_accounts_page_get_type ())

/**
 * MwAccountsPage:
 *
 * The saved accounts.
 */
G_DECLARE_FINAL_TYPE (MwAccountsPage, mw_accounts_page, MW, ACCOUNTS_PAGE, AdwBin)

void  mw_accounts_page_set_application (MwAccountsPage *self,
                                        MwApplication  *application);

/**
 * mw_accounts_page_set_hidden:
 * @id: id of an account
 * @hidden: whether it is about to be deleted
 */
void  mw_accounts_page_set_hidden      (MwAccountsPage *self,
                                        const char     *id,
                                        gboolean        hidden);

/**
 * mw_accounts_page_focus_account:
 * @id: id of an account
 *
 * Moves the focus to that account.
 */
void  mw_accounts_page_focus_account   (MwAccountsPage *self,
                                        const char     *id);

G_END_DECLS
