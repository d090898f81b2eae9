/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * mw_control_names_mend:
 * @widget: a widget, with everything in it
 *
 * Gives each control exactly one accessible name where the toolkit gives it
 * none or the same one twice. Call it when the widgets are made, and for a
 * button again after its label was changed.
 */
void mw_control_names_mend (GtkWidget *widget);

/**
 * mw_control_names_describe_entry:
 * @row: an AdwEntryRow
 * @text: (nullable): what is heard with it when it has the focus
 * @invalid: whether that is what is wrong with its text, and is shown as such
 *
 * Says something about an entry, to screen readers; what is seen is up to the
 * caller, apart from the colour of an error.
 */
void mw_control_names_describe_entry (GtkWidget  *row,
                                      const char *text,
                                      gboolean    invalid);

G_END_DECLS
