/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * mw_inspection_file_read_async:
 * @path: (type filename): a file of any sort, or "-" for standard input
 * @timeout_ms: how long a pipe may say nothing in all, in milliseconds; 0 for
 *   as long as it takes. Standard input may take its time
 * @cancellable: (nullable): to stop
 * @callback: (scope async): called with the content
 * @user_data: for @callback
 *
 * Reads settings that come in a file: up to %MW_INSPECTION_MAX_SIZE bytes, and
 * some more as a sign that there are more.
 */
void    mw_inspection_file_read_async  (const char           *path,
                                        guint                 timeout_ms,
                                        GCancellable         *cancellable,
                                        GAsyncReadyCallback   callback,
                                        gpointer              user_data);

/**
 * mw_inspection_file_read_finish:
 * @result: what the callback got
 * @error: return location for a %G_IO_ERROR; for instance
 *   %G_IO_ERROR_IS_DIRECTORY or %G_IO_ERROR_TIMED_OUT
 *
 * Returns: (transfer full) (nullable): the content
 */
GBytes *mw_inspection_file_read_finish (GAsyncResult         *result,
                                        GError              **error);

G_END_DECLS
