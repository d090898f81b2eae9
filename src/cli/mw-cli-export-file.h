/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "cli/mw-cli-session.h"
#include "core/mw-secret.h"

G_BEGIN_DECLS

/**
 * MwCliExportFile:
 * @format: word for a format of files
 * @output: (nullable): where to, %NULL for the standard output
 * @personal: with the address and the names
 * @with_password: with the password
 * @unencrypted: the person knows what that means
 * @dry_run: write nothing
 *
 * How to write an account as a file.
 */
typedef struct {
  const char *format;
  const char *output;
  gboolean    personal;
  gboolean    with_password;
  gboolean    unencrypted;
  gboolean    dry_run;
} MwCliExportFile;

/**
 * mw_cli_export_file_is_format:
 * @target: what stands behind `--to`
 *
 * Returns: whether that is a format of files, not a mail program
 */
gboolean  mw_cli_export_file_is_format (const char       *target);

/**
 * mw_cli_export_file_check:
 * @error: return location for a %G_OPTION_ERROR
 *
 * Returns: whether the options go together
 */
gboolean  mw_cli_export_file_check     (MwCliExportFile  *self,
                                        MwCliSession     *session,
                                        GError          **error);

/**
 * mw_cli_export_file_run:
 * @profile: a saved account
 * @incoming: (nullable): its password, %NULL takes it from the keyring if the
 *   file shall have it
 * @outgoing: (nullable): the one for sending, likewise
 *
 * Writes the file and says so.
 *
 * Returns: the exit code
 */
MwCliExit mw_cli_export_file_run       (MwCliExportFile  *self,
                                        MwCliSession     *session,
                                        MwProfile        *profile,
                                        MwSecret         *incoming,
                                        MwSecret         *outgoing);

G_END_DECLS
