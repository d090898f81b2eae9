/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "core/mw-found-account.h"

G_BEGIN_DECLS

/**
 * mw_advice_describe_obstacle:
 * @account: an account of a mail program
 *
 * Returns: (transfer full) (nullable): a sentence about why it cannot be
 *   imported, %NULL when it can
 */
char  *mw_advice_describe_obstacle        (MwFoundAccount *account);

/**
 * mw_advice_describe_found_passwords:
 * @account: an account of a mail program, whose passwords were looked for
 *
 * Returns: (transfer none) (nullable): a sentence about its passwords, %NULL
 *   when they came along
 */
const char *mw_advice_describe_found_passwords (MwFoundAccount *account);

/**
 * mw_advice_dup_found_notes:
 * @account: an account of a mail program
 *
 * Returns: (transfer full) (array zero-terminated=1): a sentence about each of
 *   its notes, and about what is saved here already
 */
char **mw_advice_dup_found_notes          (MwFoundAccount *account);

G_END_DECLS
