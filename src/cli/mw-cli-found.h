/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <json-glib/json-glib.h>

#include "core/mw-found-account.h"

G_BEGIN_DECLS

/* Accounts that stand in mail programs, for `inspect` and `import`. */

/**
 * mw_cli_found_add:
 * @builder: where to, inside an object
 * @account: an account of a mail program
 * @with_passwords: whether its passwords were looked for
 *
 * Adds the members that describe it.
 */
void mw_cli_found_add            (JsonBuilder    *builder,
                                  MwFoundAccount *account,
                                  gboolean        with_passwords);

/**
 * mw_cli_found_add_candidates:
 * @accounts: (element-type MwFoundAccount): accounts of a mail program
 *
 * Adds the array `candidates` with all their servers.
 */
void mw_cli_found_add_candidates (JsonBuilder    *builder,
                                  GPtrArray      *accounts);

/**
 * mw_cli_found_print:
 * @account: an account of a mail program
 * @with_passwords: whether its passwords were looked for
 *
 * Prints it for people.
 */
void mw_cli_found_print          (MwFoundAccount *account,
                                  gboolean        with_passwords);

G_END_DECLS
