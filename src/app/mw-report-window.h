/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <adwaita.h>

#include "setup/mw-setup.h"

G_BEGIN_DECLS

#define MW_TYPE_REPORT_WINDOW (mw_report_window_get_type ())

/**
 * MwReportWindow:
 *
 * Shows the support report of a run before it is copied or saved, and asks
 * what it may tell of the person.
 */
G_DECLARE_FINAL_TYPE (MwReportWindow, mw_report_window, MW, REPORT_WINDOW, AdwWindow)

/**
 * mw_report_window_new:
 * @parent: the window it stands before
 * @setup: a set-up after a run
 *
 * Returns: (transfer none): a new window, which GTK owns
 */
GtkWidget *mw_report_window_new (GtkWindow *parent,
                                 MwSetup   *setup);

G_END_DECLS
