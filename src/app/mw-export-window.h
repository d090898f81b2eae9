/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <adwaita.h>

#include "setup/mw-setup.h"

G_BEGIN_DECLS

#define MW_TYPE_EXPORT_WINDOW (mw_export_window_get_type ())

/**
 * MwExportWindow:
 *
 * Hands a saved account to mail programs.
 */
G_DECLARE_FINAL_TYPE (MwExportWindow, mw_export_window, MW, EXPORT_WINDOW, AdwWindow)

GtkWidget *mw_export_window_new (GtkWindow *parent,
                                 MwEngine  *engine,
                                 MwProfile *profile);

/**
 * mw_export_window_new_update:
 * @parent: the window it stands before
 * @engine: the engine
 * @profile: a saved account that was changed
 * @setup: (nullable): the set-up it was saved by; its password is used even
 *   when it is not in the keyring
 *
 * Brings the account up to date in all mail programs that have it, at once,
 * and shows how each of them stands.
 *
 * Returns: (transfer full): a window
 */
GtkWidget *mw_export_window_new_update (GtkWindow *parent,
                                        MwEngine  *engine,
                                        MwProfile *profile,
                                        MwSetup   *setup);

G_END_DECLS
