/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <adwaita.h>

#include "app/mw-target-row.h"

G_BEGIN_DECLS

#define MW_TYPE_TARGETS_VIEW (mw_targets_view_get_type ())

/**
 * MwTargetsView:
 *
 * The mail programs of this computer, or what to install when there is none.
 * Emits `found` when it knows them, and `export-requested` with the row of the
 * one that was chosen.
 */
G_DECLARE_FINAL_TYPE (MwTargetsView, mw_targets_view, MW, TARGETS_VIEW, AdwBin)

/**
 * mw_targets_view_look:
 * @engine: the engine
 * @profile: (nullable): the saved account
 *
 * Looks for mail programs, anew, and for those that have the account.
 */
void       mw_targets_view_look            (MwTargetsView *self,
                                            MwEngine      *engine,
                                            MwProfile     *profile);

/**
 * mw_targets_view_set_copies_only:
 *
 * Shows only those mail programs that have the account already.
 */
void       mw_targets_view_set_copies_only (MwTargetsView *self);

/**
 * mw_targets_view_dup_rows:
 *
 * Returns: (transfer container) (element-type MwTargetRow): the mail programs
 */
GPtrArray *mw_targets_view_dup_rows        (MwTargetsView *self);

/**
 * mw_targets_view_set_changed:
 *
 * The account was changed: programs that have it can be brought up to date.
 */
void       mw_targets_view_set_changed     (MwTargetsView *self);

/**
 * mw_targets_view_set_preferred:
 * @client: (nullable): nick of a #MwMailClient, or anything else that somebody
 *   wrote; %NULL for none
 *
 * Where that mail program is there its button is the one to press.
 */
void       mw_targets_view_set_preferred   (MwTargetsView *self,
                                            const char    *client);

/**
 * mw_targets_view_get_main_button:
 *
 * Returns: (transfer none) (nullable): the button of the mail program that is
 *   preferred, or of the only one
 */
GtkWidget *mw_targets_view_get_main_button (MwTargetsView *self);

G_END_DECLS
