/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "cli/mw-cli-session.h"

G_BEGIN_DECLS

/**
 * MwCliCommand:
 * @name: its name, the first argument
 * @summary: one line for the list, untranslated
 * @run: carries it out; argv starts with the name
 *
 * A command of the program.
 */
typedef struct {
  const char *name;
  const char *summary;
  MwCliExit (*run) (MwCliSession *session, int argc, char **argv);
} MwCliCommand;

extern const MwCliCommand mw_cli_command_accounts;
extern const MwCliCommand mw_cli_command_add;
extern const MwCliCommand mw_cli_command_delete;
extern const MwCliCommand mw_cli_command_discover;
extern const MwCliCommand mw_cli_command_export;
extern const MwCliCommand mw_cli_command_import;
extern const MwCliCommand mw_cli_command_inspect;
extern const MwCliCommand mw_cli_command_link;
extern const MwCliCommand mw_cli_command_show;
extern const MwCliCommand mw_cli_command_targets;
extern const MwCliCommand mw_cli_command_verify;

G_END_DECLS
