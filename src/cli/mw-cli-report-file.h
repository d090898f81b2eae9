/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "cli/mw-cli-setup-options.h"

G_BEGIN_DECLS

/**
 * mw_cli_report_file_check:
 * @options: the options
 * @session: the session
 * @error: return location for a %G_OPTION_ERROR
 *
 * Returns: whether the options about the report go together
 */
gboolean mw_cli_report_file_check   (MwCliSetupOptions  *options,
                                     MwCliSession       *session,
                                     GError            **error);

/**
 * mw_cli_report_file_replaces_output:
 * @options: the options
 *
 * Returns: whether the report goes to the standard output, in place of what
 *   is printed there otherwise
 */
gboolean mw_cli_report_file_replaces_output (MwCliSetupOptions *options);

/**
 * mw_cli_report_file_write:
 * @options: the options
 * @setup: a set-up after a run
 * @error: return location for a %G_OPTION_ERROR
 *
 * Writes the reports that were asked for. A file is there as a whole or not at
 * all, and nobody else may read it.
 *
 * Returns: whether that was possible
 */
gboolean mw_cli_report_file_write   (MwCliSetupOptions  *options,
                                     MwSetup            *setup,
                                     GError            **error);

G_END_DECLS
