/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <adwaita.h>

#include "app/mw-hand-over.h"
#include "setup/mw-engine.h"

G_BEGIN_DECLS

#define MW_TYPE_APPLICATION (mw_application_get_type ())

/**
 * MwApplication:
 *
 * The one process of the window: what is typed on the command line, links, and
 * the actions other programs may call. Emits `hand-over-changed` when an
 * account starts or stops waiting for its mail program.
 */
G_DECLARE_FINAL_TYPE (MwApplication, mw_application, MW, APPLICATION, AdwApplication)

MwApplication *mw_application_new          (void);

/**
 * mw_application_get_engine:
 *
 * Returns: (transfer none): the engine, made when first asked for
 */
MwEngine      *mw_application_get_engine   (MwApplication *self);

/**
 * mw_application_get_settings:
 *
 * Returns: (transfer none) (nullable): the settings; %NULL when their schema
 *   is not installed
 */
GSettings     *mw_application_get_settings (MwApplication *self);

/**
 * mw_application_keep_hand_over:
 * @hand_over: about to be started
 *
 * Keeps the program alive, also without a window, until the mail program has
 * the account or the person gives up. Tells the result by a notification when
 * nobody is looking at the window.
 */
void           mw_application_keep_hand_over (MwApplication *self,
                                              MwHandOver    *hand_over);

/**
 * mw_application_find_waiting:
 * @account_id: id of an account
 *
 * Returns: (transfer none) (nullable): a hand-over of that account that waits
 *   for its mail program to be closed
 */
MwHandOver    *mw_application_find_waiting (MwApplication *self,
                                            const char    *account_id);

G_END_DECLS
