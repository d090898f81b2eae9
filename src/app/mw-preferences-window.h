/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define MW_TYPE_PREFERENCES_WINDOW (mw_preferences_window_get_type ())

/**
 * MwPreferencesWindow:
 *
 * What Mailwright may ask other computers.
 */
G_DECLARE_FINAL_TYPE (MwPreferencesWindow, mw_preferences_window, MW, PREFERENCES_WINDOW,
                      AdwPreferencesWindow)

/**
 * mw_preferences_window_new:
 * @settings: (nullable): the settings; without them nothing can be changed
 */
GtkWidget *mw_preferences_window_new (GtkWindow *parent,
                                      GSettings *settings);

G_END_DECLS
