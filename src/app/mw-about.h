/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * mw_about_show:
 * @parent: the window it stands before
 *
 * Shows who made the program, its licence, what is new in it, and what to tell
 * about it when something does not work. None of that is personal.
 */
void mw_about_show (GtkWindow *parent);

G_END_DECLS
