/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "core/mw-provider.h"

G_BEGIN_DECLS

/**
 * mw_cli_hints_describe:
 * @provider: (nullable): who keeps the mail
 *
 * Returns: (transfer full): what to know of the provider before a password is
 *   typed, a line for each sentence and each page; may be empty
 */
char *mw_cli_hints_describe (MwProvider *provider);

G_END_DECLS
