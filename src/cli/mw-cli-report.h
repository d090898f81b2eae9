/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <json-glib/json-glib.h>

#include "cli/mw-cli-session.h"
#include "setup/mw-inspection.h"
#include "setup/mw-server-search.h"
#include "setup/mw-setup.h"

G_BEGIN_DECLS

/* The JSON of the commands. Its keys are stable: what is missing is null,
 * never left out. Each function adds one value to a builder. */

/**
 * mw_cli_report_add_verification:
 * @builder: where to
 * @session: for the extra trust anchors of this run
 * @setup: a set-up whose check has ended
 *
 * Adds the object of `verify`.
 */
void mw_cli_report_add_verification (JsonBuilder    *builder,
                                     MwCliSession   *session,
                                     MwSetup        *setup);

/**
 * mw_cli_report_add_search:
 * @builder: where to
 * @search: a search that has ended
 *
 * Adds the object of `discover`.
 */
void mw_cli_report_add_search       (JsonBuilder    *builder,
                                     MwServerSearch *search);

/**
 * mw_cli_report_add_inspection:
 * @builder: where to
 * @inspection: settings that were read
 * @signer: (nullable): who signed it
 *
 * Adds the object of `inspect`.
 */
void mw_cli_report_add_inspection   (JsonBuilder    *builder,
                                     MwInspection   *inspection,
                                     const char     *signer);

/**
 * mw_cli_report_add_folder:
 * @builder: where to
 * @kind: what the folder is
 * @accounts: (element-type MwFoundAccount): the accounts in it
 *
 * Adds the object of `inspect` for a folder of a mail program.
 */
void mw_cli_report_add_folder       (JsonBuilder      *builder,
                                     MwInspectionKind  kind,
                                     GPtrArray        *accounts);

/**
 * mw_cli_report_add_account_row:
 * @builder: where to
 * @profile: a saved account
 *
 * Adds the object `accounts` has for each account.
 */
void mw_cli_report_add_account_row  (JsonBuilder    *builder,
                                     MwProfile      *profile);

/**
 * mw_cli_report_add_account:
 * @builder: where to
 * @profile: a saved account
 *
 * Adds the object of `show`: the keys of the account file in snake case.
 */
void mw_cli_report_add_account      (JsonBuilder    *builder,
                                     MwProfile      *profile);

/**
 * mw_cli_report_add_target:
 * @builder: where to
 * @target: a mail program
 *
 * Adds the object `targets` has for each mail program.
 */
void mw_cli_report_add_target       (JsonBuilder    *builder,
                                     MwExportTarget *target);

/**
 * mw_cli_report_add_export:
 * @builder: where to
 * @target_id: what was asked for
 * @report: (nullable): what was done, %NULL when it failed
 * @error: (nullable): why it failed
 *
 * Adds the object `export` and `add` have for each mail program.
 */
void mw_cli_report_add_export       (JsonBuilder    *builder,
                                     const char     *target_id,
                                     MwExportReport *report,
                                     const GError   *error);

/**
 * mw_cli_report_add_export_file:
 * @builder: where to
 * @format: the word for the format
 * @outcome: what became of the file
 * @path: where it is
 * @is_new: whether there was none
 * @password: whether the password is in it
 *
 * Adds the same object for an account that went into a file.
 */
void mw_cli_report_add_export_file  (JsonBuilder      *builder,
                                     const char       *format,
                                     MwExportOutcome   outcome,
                                     const char       *path,
                                     gboolean          is_new,
                                     MwExportPassword  password);

G_END_DECLS
