/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * mw_cli_output_is_standard:
 * @path: (nullable): where something is to be written
 *
 * Returns: whether that is the standard output, `-`
 */
gboolean mw_cli_output_is_standard (const char  *path);

/**
 * mw_cli_output_write:
 * @path: a file, or `-`
 * @data: what it shall hold
 * @length: its size in bytes, or -1 when NUL-terminated
 * @error: return location for a %G_OPTION_ERROR
 *
 * Writes a file that is there as a whole or not at all, and that nobody else
 * may read. Only plain files are replaced.
 *
 * Returns: whether that was possible
 */
gboolean mw_cli_output_write       (const char  *path,
                                    const char  *data,
                                    gssize       length,
                                    GError     **error);

G_END_DECLS
