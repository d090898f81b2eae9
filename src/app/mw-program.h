/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <gtk/gtk.h>

#include "core/mw-export-target.h"

G_BEGIN_DECLS

/* The mail program behind a target, as something that can be started. */

/**
 * mw_program_is_confined:
 *
 * Returns: whether Mailwright runs in a sandbox, out of which no other program
 *   can be started
 */
gboolean    mw_program_is_confined (void);

/**
 * mw_program_can_open:
 * @target: a mail program
 *
 * Returns: whether Mailwright can start it
 */
gboolean    mw_program_can_open   (MwExportTarget  *target);

/**
 * mw_program_open:
 * @target: a mail program
 * @display: the display of the window that asked
 * @error: return location for an error of GIO
 *
 * Starts it, as the person's program list would.
 *
 * Returns: whether it was started
 */
gboolean    mw_program_open       (MwExportTarget  *target,
                                   GdkDisplay      *display,
                                   GError         **error);

G_END_DECLS
