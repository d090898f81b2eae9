/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <adwaita.h>

#include "core/mw-profile.h"

G_BEGIN_DECLS

#define MW_TYPE_SHARE_WINDOW (mw_share_window_get_type ())

/**
 * MwShareWindow:
 *
 * The settings of an account for somebody else: shown first, then copied or
 * saved. Never with a password, and without the person unless they say so.
 */
G_DECLARE_FINAL_TYPE (MwShareWindow, mw_share_window, MW, SHARE_WINDOW, AdwWindow)

/**
 * mw_share_window_new:
 * @parent: the window it stands before
 * @profile: a saved account with an incoming server
 * @provider_name: (nullable): who keeps its mail, as people know them
 *
 * Returns: (transfer floating): the window
 */
GtkWidget *mw_share_window_new (GtkWindow  *parent,
                                MwProfile  *profile,
                                const char *provider_name);

G_END_DECLS
