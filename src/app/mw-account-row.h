/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <adwaita.h>

#include "app/mw-account-item.h"
#include "core/mw-provider.h"

G_BEGIN_DECLS

#define MW_TYPE_ACCOUNT_ROW (mw_account_row_get_type ())

/**
 * MwAccountRow:
 *
 * What stands in a row of the list of accounts: name, address and state of
 * one, a bin and its menu. The row of the list around it has the focus and
 * the name; this one gives it both.
 */
G_DECLARE_FINAL_TYPE (MwAccountRow, mw_account_row, MW, ACCOUNT_ROW, AdwBin)

GtkWidget     *mw_account_row_new        (void);

/**
 * mw_account_row_set_item:
 * @item: (nullable): the account to show from now on
 * @provider: (nullable): who keeps its mail
 */
void           mw_account_row_set_item   (MwAccountRow  *self,
                                          MwAccountItem *item,
                                          MwProvider    *provider);
MwAccountItem *mw_account_row_get_item   (MwAccountRow  *self);

/**
 * mw_account_row_popup_menu:
 *
 * Shows the menu of the account at its button.
 */
void           mw_account_row_popup_menu (MwAccountRow  *self);

/**
 * mw_account_row_focus_end:
 *
 * Moves the focus to the last button of the row, where Shift+Tab comes in.
 *
 * Returns: whether it is there
 */
gboolean       mw_account_row_focus_end  (MwAccountRow  *self);

G_END_DECLS
