/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <adwaita.h>

#include "setup/mw-engine.h"

G_BEGIN_DECLS

#define MW_TYPE_IMPORT_WINDOW (mw_import_window_get_type ())

/**
 * MwImportWindow:
 *
 * Accounts out of a mail program: which program, which accounts, whose servers,
 * and then all at once into another one. Emits `imported` for each account
 * that was saved.
 */
G_DECLARE_FINAL_TYPE (MwImportWindow, mw_import_window, MW, IMPORT_WINDOW, AdwWindow)

/**
 * mw_import_window_new:
 * @parent: the window it belongs to
 * @engine: the engine
 * @keep_passwords: whether there is a keyring for the passwords
 *
 * Returns: (transfer full): a window that looks for mail programs
 */
GtkWidget *mw_import_window_new (GtkWindow *parent,
                                 MwEngine  *engine,
                                 gboolean   keep_passwords);

G_END_DECLS
