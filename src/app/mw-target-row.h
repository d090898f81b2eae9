/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <adwaita.h>

#include "setup/mw-setup.h"

G_BEGIN_DECLS

#define MW_TYPE_TARGET_ROW (mw_target_row_get_type ())

/**
 * MwTargetRow:
 *
 * One mail program, with the button that hands the account to it. Emits
 * `export-requested` when that button was pressed; [method@Mw.TargetRow.start]
 * does it. `preview-requested` asks for [method@Mw.TargetRow.preview].
 */
G_DECLARE_FINAL_TYPE (MwTargetRow, mw_target_row, MW, TARGET_ROW, AdwActionRow)

/**
 * mw_target_row_new:
 * @target: the mail program
 *
 * Returns: (transfer full): a row
 */
GtkWidget *mw_target_row_new        (MwExportTarget *target);

/**
 * mw_target_row_set_account:
 * @profile: the account this is about
 *
 * Shows what the mail program will ask for this account, and a hand-over of it
 * that is under way.
 */
void       mw_target_row_set_account (MwTargetRow   *self,
                                      MwProfile     *profile);

/**
 * mw_target_row_set_outdated:
 *
 * The account is in this mail program already, but as it was before: the
 * button brings it up to date.
 */
void       mw_target_row_set_outdated (MwTargetRow  *self);

/**
 * mw_target_row_is_usable:
 *
 * Returns: whether an account can be handed to this mail program
 */
gboolean   mw_target_row_is_usable  (MwTargetRow    *self);

/**
 * mw_target_row_is_chosen:
 *
 * Returns: whether the person chose the folder of this mail program in a file
 *   chooser
 */
gboolean   mw_target_row_is_chosen  (MwTargetRow    *self);

/**
 * mw_target_row_is_done:
 *
 * Returns: whether the account was handed over from this row, as it is now
 */
gboolean   mw_target_row_is_done    (MwTargetRow    *self);

/**
 * mw_target_row_start:
 * @engine: the engine
 * @profile: the saved account
 * @setup: (nullable): the set-up it came from
 *
 * Hands the account over, waiting for the mail program to be closed where that
 * is needed.
 */
void       mw_target_row_start      (MwTargetRow    *self,
                                     MwEngine       *engine,
                                     MwProfile      *profile,
                                     MwSetup        *setup);

/**
 * mw_target_row_preview:
 * @engine: the engine
 * @profile: the saved account
 * @setup: (nullable): the set-up it came from
 *
 * Says what handing the account over will change.
 */
void       mw_target_row_preview    (MwTargetRow    *self,
                                     MwEngine       *engine,
                                     MwProfile      *profile,
                                     MwSetup        *setup);

/**
 * mw_target_row_get_button:
 *
 * Returns: (transfer none): the button of the row
 */
GtkWidget *mw_target_row_get_button (MwTargetRow    *self);

/**
 * mw_target_row_get_client:
 *
 * Returns: which mail program it is
 */
MwMailClient mw_target_row_get_client (MwTargetRow  *self);

G_END_DECLS
