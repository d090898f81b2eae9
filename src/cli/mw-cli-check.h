/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "cli/mw-cli-session.h"
#include "setup/mw-setup.h"

G_BEGIN_DECLS

/**
 * mw_cli_check_run:
 * @session: the session
 * @setup: a set-up that is ready to be checked
 * @error: return location for an error that kept the check from starting
 *
 * Checks, with a live line on the terminal when it takes longer than half a
 * second, and the dialogues afterwards when they are wanted.
 *
 * Returns: whether there is a result
 */
gboolean  mw_cli_check_run        (MwCliSession  *session,
                                   MwSetup       *setup,
                                   GError       **error);

/**
 * mw_cli_check_get_exit:
 *
 * Returns: the exit code for the outcome of the check
 */
MwCliExit mw_cli_check_get_exit   (MwCliSession  *session,
                                   MwSetup       *setup);

/**
 * mw_cli_check_print:
 * @session: the session
 * @setup: a set-up whose check has ended
 *
 * Prints the result for people. Nobody waits for it after an interruption.
 */
void      mw_cli_check_print      (MwCliSession  *session,
                                   MwSetup       *setup);

G_END_DECLS
