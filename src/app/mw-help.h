/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * mw_help_show:
 * @parent: the window that asks
 * @topic: (nullable): as for mw_help_uri_new()
 *
 * Opens the help viewer. When there is none, a message says so.
 */
void mw_help_show   (GtkWindow  *parent,
                     const char *topic);

/**
 * mw_help_attach:
 * @dialog: a window that is not the main one
 * @topic: what it is about, as for mw_help_uri_new(); not copied
 *
 * F1 in @dialog shows @topic.
 */
void mw_help_attach (GtkWindow  *dialog,
                     const char *topic);

G_END_DECLS
