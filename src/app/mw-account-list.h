/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "app/mw-account-item.h"
#include "store/mw-profile-store.h"

G_BEGIN_DECLS

#define MW_TYPE_ACCOUNT_LIST (mw_account_list_get_type ())

/**
 * MwAccountList:
 *
 * The accounts of a store as a [iface@Gio.ListModel] of
 * [class@Mw.AccountItem], in no order. An account keeps its item, and only
 * what changed is told.
 */
G_DECLARE_FINAL_TYPE (MwAccountList, mw_account_list, MW, ACCOUNT_LIST, GObject)

/**
 * mw_account_list_new:
 * @store: the saved accounts
 *
 * Returns: (transfer full): a list that follows @store
 */
MwAccountList *mw_account_list_new        (MwProfileStore *store);

/**
 * mw_account_list_set_hidden:
 * @id: id of an account
 * @hidden: whether it is left out, as if it were deleted already
 */
void           mw_account_list_set_hidden (MwAccountList  *self,
                                           const char     *id,
                                           gboolean        hidden);

G_END_DECLS
