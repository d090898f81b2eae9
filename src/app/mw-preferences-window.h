/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define MW_TYPE_PREFERENCES_WINDOW (mw_preferences_window_get_type ())

/**
 * MwPreferencesWindow:
 *
 * What holds for every account. Each row is bound to its key of the settings,
 * so there is nothing to save.
 */
G_DECLARE_FINAL_TYPE (MwPreferencesWindow, mw_preferences_window, MW, PREFERENCES_WINDOW,
                      AdwPreferencesWindow)

/**
 * mw_preferences_window_new:
 * @parent: the window it stands before
 * @settings: (nullable): the settings of the program; without them the rows
 *   cannot be changed
 *
 * Returns: (transfer none): a new window
 */
GtkWidget *mw_preferences_window_new (GtkWindow *parent,
                                      GSettings *settings);

G_END_DECLS
