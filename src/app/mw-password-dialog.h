/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <adwaita.h>

#include "core/mw-profile.h"
#include "core/mw-secret.h"

G_BEGIN_DECLS

#define MW_TYPE_PASSWORD_DIALOG (mw_password_dialog_get_type ())

/**
 * MwPasswordDialog:
 *
 * Asks for the new password of an account. Its responses are `cancel` and
 * `change`.
 */
G_DECLARE_FINAL_TYPE (MwPasswordDialog, mw_password_dialog, MW, PASSWORD_DIALOG, AdwMessageDialog)

/**
 * mw_password_dialog_new:
 * @parent: the window it stands before
 * @profile: a saved account
 *
 * Returns: (transfer full): a dialog
 */
GtkWidget *mw_password_dialog_new         (GtkWindow        *parent,
                                           MwProfile        *profile);
MwProfile *mw_password_dialog_get_profile (MwPasswordDialog *self);

/**
 * mw_password_dialog_dup_secret:
 * @side: which password
 *
 * Returns: (transfer full) (nullable): what was typed, %NULL for nothing
 */
MwSecret  *mw_password_dialog_dup_secret  (MwPasswordDialog *self,
                                           MwSide            side);

G_END_DECLS
