/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <adwaita.h>

#include "core/mw-address.h"
#include "core/mw-enums.h"

G_BEGIN_DECLS

#define MW_TYPE_USER_NAME_ROW (mw_user_name_row_get_type ())

/**
 * MwUserNameRow:
 *
 * A log-in name. Empty it means the usual one, which its title tells; a menu
 * has the forms that providers want. Property: `side`, construct-only.
 */
G_DECLARE_FINAL_TYPE (MwUserNameRow, mw_user_name_row, MW, USER_NAME_ROW, AdwEntryRow)

/**
 * mw_user_name_row_set_usual:
 * @address: (nullable): whose log-in name it is
 * @usual: (nullable): what an empty entry means; %NULL for the whole address
 */
void mw_user_name_row_set_usual (MwUserNameRow *self,
                                 MwAddress     *address,
                                 const char    *usual);

G_END_DECLS
