/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "setup/mw-json.h"

G_BEGIN_DECLS

/**
 * mw_cli_json_print:
 * @builder: a builder that holds one whole value
 *
 * Prints it, as UTF-8 in every locale.
 */
void mw_cli_json_print (JsonBuilder *builder);

G_END_DECLS
