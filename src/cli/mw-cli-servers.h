/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "core/mw-endpoint.h"

G_BEGIN_DECLS

/**
 * mw_cli_servers_parse:
 * @texts: (nullable) (array zero-terminated=1): what stood behind `--in` or
 *   `--out`
 * @side: which of them
 * @error: return location for a %G_OPTION_ERROR
 *
 * Returns: (transfer full) (nullable) (element-type MwEndpoint): the servers,
 *   %NULL when one of them is none, or is of the other side
 */
GPtrArray *mw_cli_servers_parse (char   **texts,
                                 MwSide   side,
                                 GError **error);

G_END_DECLS
