/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * mw_dialog_width_fit:
 * @dialog: a window before its first showing, with a parent and a default width
 *
 * Makes @dialog open no wider than the window it stands before.
 */
void mw_dialog_width_fit (GtkWindow *dialog);

G_END_DECLS
