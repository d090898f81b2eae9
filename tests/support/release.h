/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * release:
 * @object: (transfer full): what a test is done with
 *
 * Whatever is over is soon held by nobody; else the test hangs here.
 */
void release (gpointer object);

G_END_DECLS
