/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "cli/mw-cli-session.h"
#include "core/mw-secret.h"

G_BEGIN_DECLS

/**
 * mw_cli_password_read:
 * @session: the session, whose cancellable stops the wait
 * @fd: a file descriptor
 * @error: return location for a %G_OPTION_ERROR, or %G_IO_ERROR_CANCELLED
 *
 * Reads one line. What follows it stays unread, for the next line. At most
 * 64 KiB of UTF-8 without NUL.
 *
 * Returns: (transfer full) (nullable): the password
 */
MwSecret *mw_cli_password_read            (MwCliSession  *session,
                                           int            fd,
                                           GError       **error);

/**
 * mw_cli_password_can_prompt:
 *
 * Returns: whether there is a terminal to ask on
 */
gboolean  mw_cli_password_can_prompt      (void);

/**
 * mw_cli_password_prompt:
 * @session: the session, whose cancellable stops the wait
 * @question: what to ask for, translated
 * @error: return location for an error
 *
 * Asks on the terminal, without echo.
 *
 * Returns: (transfer full) (nullable): the password
 */
MwSecret *mw_cli_password_prompt          (MwCliSession  *session,
                                           const char    *question,
                                           GError       **error);

G_END_DECLS
