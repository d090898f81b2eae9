/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <adwaita.h>

#include "core/mw-profile.h"

G_BEGIN_DECLS

#define MW_TYPE_ACCOUNT_ROW (mw_account_row_get_type ())

/**
 * MwAccountRow:
 *
 * One saved account: its name, address and state, and what can be done with it.
 */
G_DECLARE_FINAL_TYPE (MwAccountRow, mw_account_row, MW, ACCOUNT_ROW, AdwActionRow)

GtkWidget  *mw_account_row_new         (void);

/**
 * mw_account_row_set_profile:
 * @profile: the account
 * @waiting_for: (nullable): name of the mail program that has to be closed
 */
void        mw_account_row_set_profile (MwAccountRow *self,
                                        MwProfile    *profile,
                                        const char   *waiting_for);
MwProfile  *mw_account_row_get_profile (MwAccountRow *self);

G_END_DECLS
