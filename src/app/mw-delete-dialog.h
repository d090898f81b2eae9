/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <adwaita.h>

#include "core/mw-profile.h"

G_BEGIN_DECLS

#define MW_TYPE_DELETE_DIALOG (mw_delete_dialog_get_type ())

/**
 * MwDeleteDialog:
 *
 * Asks whether to delete an account, and what else goes with it. Its responses
 * are `cancel` and `delete`.
 */
G_DECLARE_FINAL_TYPE (MwDeleteDialog, mw_delete_dialog, MW, DELETE_DIALOG, AdwMessageDialog)

GtkWidget  *mw_delete_dialog_new             (GtkWindow      *parent,
                                              MwProfile      *profile);
MwProfile  *mw_delete_dialog_get_profile     (MwDeleteDialog *self);
gboolean    mw_delete_dialog_get_keep_secret (MwDeleteDialog *self);

/**
 * mw_delete_dialog_get_targets:
 *
 * Returns: (transfer full) (array zero-terminated=1): ids of the mail programs
 *   to take the account out of
 */
char      **mw_delete_dialog_get_targets     (MwDeleteDialog *self);

G_END_DECLS
