/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * mw_open_no_follow:
 * @folder: a folder's descriptor
 * @name: of a file in it
 * @flags: for `openat()`; not `O_CREAT`
 *
 * Opens a file that is no symbolic link, also on the document portal's file
 * system, which says of every file that it is one when it is told not to follow
 * any.
 *
 * Returns: (transfer full): a descriptor, or -1 with `errno` set, %ELOOP for a
 *   symbolic link
 */
int mw_open_no_follow (int         folder,
                       const char *name,
                       int         flags);

G_END_DECLS
