/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "setup/mw-setup.h"

G_BEGIN_DECLS

/**
 * mw_cli_hints_describe:
 * @setup: a set-up with an address
 *
 * Returns: (transfer full): what to know of the provider before a password is
 *   typed, a line for each sentence and each page; may be empty
 */
char *mw_cli_hints_describe (MwSetup *setup);

G_END_DECLS
