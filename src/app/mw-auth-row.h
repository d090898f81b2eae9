/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <adwaita.h>

#include "core/mw-enums.h"

G_BEGIN_DECLS

#define MW_TYPE_AUTH_ROW (mw_auth_row_get_type ())

/**
 * MwAuthRow:
 *
 * How to sign in: the best way the server offers, or one that the person
 * chooses. Property: `side`, construct-only.
 */
G_DECLARE_FINAL_TYPE (MwAuthRow, mw_auth_row, MW, AUTH_ROW, AdwComboRow)

/**
 * mw_auth_row_set_method:
 * @method: a method that takes a password, %MW_AUTH_UNKNOWN for the best
 */
void         mw_auth_row_set_method (MwAuthRow    *self,
                                     MwAuthMethod  method);
MwAuthMethod mw_auth_row_get_method (MwAuthRow    *self);

G_END_DECLS
