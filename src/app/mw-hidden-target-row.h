/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <adwaita.h>

#include "core/mw-export-target.h"

G_BEGIN_DECLS

#define MW_TYPE_HIDDEN_TARGET_ROW (mw_hidden_target_row_get_type ())

/**
 * MwHiddenTargetRow:
 *
 * A mail program that the sandbox hides, with two ways to let Mailwright look
 * whether it is there: choosing its folder, and a command. Emits `granted` when a
 * folder was chosen that can be used.
 */
G_DECLARE_FINAL_TYPE (MwHiddenTargetRow, mw_hidden_target_row, MW, HIDDEN_TARGET_ROW,
                      AdwPreferencesRow)

/**
 * mw_hidden_target_row_new:
 * @target: a mail program whose folder was not granted
 *
 * Returns: (transfer full): a row
 */
GtkWidget *mw_hidden_target_row_new (MwExportTarget *target);

G_END_DECLS
