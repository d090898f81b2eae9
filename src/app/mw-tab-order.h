/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * mw_tab_order_pass_through:
 * @widget_class: of a widget that hands the focus on to one of its children in
 *   its `grab_focus`
 *
 * Lets Tab go into such a widget and out of it again. As GTK has it, Tab would
 * ask the widget to take the focus itself, before its children and after them:
 * its favourite child would get it, for ever.
 */
void mw_tab_order_pass_through (GtkWidgetClass *widget_class);

G_END_DECLS
