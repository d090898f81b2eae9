/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "cli/mw-cli-session.h"
#include "core/mw-export-options.h"
#include "core/mw-export-target.h"

G_BEGIN_DECLS

/**
 * mw_cli_primary_password_read:
 * @fd: a file descriptor, -1 for none
 * @said: gets the primary password
 * @error: return location for a %G_OPTION_ERROR, or %G_IO_ERROR_CANCELLED
 *
 * Reads the primary password of a mail program from a descriptor.
 *
 * Returns: whether @said is complete
 */
gboolean mw_cli_primary_password_read      (MwCliSession     *session,
                                            int               fd,
                                            MwExportOptions  *said,
                                            GError          **error);

/**
 * mw_cli_primary_password_try_again:
 * @said: what was said so far; gets the primary password
 * @report: (nullable): what came of it
 * @error: (nullable): or why nothing did
 *
 * Asks for the primary password, when the mail program's passwords turned out
 * to be locked, nobody gave one in another way, and there is somebody at a
 * terminal. An empty line goes on without.
 *
 * Returns: whether to try again with what is in @said now
 */
gboolean mw_cli_primary_password_try_again (MwCliSession     *session,
                                            MwExportOptions  *said,
                                            MwExportReport   *report,
                                            const GError     *error);

G_END_DECLS
