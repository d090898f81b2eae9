/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <gio/gio.h>

#include "app/mw-account-item.h"

G_BEGIN_DECLS

/**
 * mw_account_menu_new:
 * @item: an account
 *
 * Everything that can be done with that account now, each an action of the
 * window. What makes no sense for it is not in the menu.
 *
 * Returns: (transfer full): a menu
 */
GMenuModel *mw_account_menu_new (MwAccountItem *item);

G_END_DECLS
