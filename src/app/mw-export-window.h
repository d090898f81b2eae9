/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <adwaita.h>

#include "setup/mw-engine.h"

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

G_END_DECLS
