/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <adwaita.h>

#include "core/mw-found-account.h"

G_BEGIN_DECLS

#define MW_TYPE_FOUND_ROW (mw_found_row_get_type ())

/**
 * MwFoundRow:
 *
 * One account that stands in a mail program, with a tick when it can be
 * imported. Emits `toggled`.
 */
G_DECLARE_FINAL_TYPE (MwFoundRow, mw_found_row, MW, FOUND_ROW, AdwActionRow)

/**
 * mw_found_row_new:
 * @account: the account
 *
 * Returns: (transfer full): a row, ticked when there is something to import
 */
GtkWidget      *mw_found_row_new           (MwFoundAccount *account);

/**
 * mw_found_row_get_account:
 *
 * Returns: (transfer none): the account
 */
MwFoundAccount *mw_found_row_get_account   (MwFoundRow     *self);
gboolean        mw_found_row_get_active    (MwFoundRow     *self);
void            mw_found_row_set_active    (MwFoundRow     *self,
                                            gboolean        active);

G_END_DECLS
