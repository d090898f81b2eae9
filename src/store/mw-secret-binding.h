/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "core/mw-profile.h"

G_BEGIN_DECLS

/**
 * mw_secret_binding_new:
 * @profile: an account
 * @side: which side
 *
 * What the password of @side is bound to: account, side, service, host, port
 * and user name. When both sides share one password, the item belongs to the
 * incoming side and `outgoing` names the other server it may go to, so that a
 * changed outgoing server does not inherit it.
 *
 * Returns: (transfer full) (nullable) (element-type utf8 utf8): the
 *   attributes, %NULL when @side has no log-in
 */
GHashTable *mw_secret_binding_new        (MwProfile *profile,
                                          MwSide     side);

/**
 * mw_secret_binding_new_query:
 *
 * Returns: (transfer full) (nullable) (element-type utf8 utf8): what an item
 *   must have so that its password may go to @side; %NULL when @side has no
 *   log-in
 */
GHashTable *mw_secret_binding_new_query  (MwProfile *profile,
                                          MwSide     side);

/**
 * mw_secret_binding_new_family:
 *
 * Returns: (transfer full) (element-type utf8 utf8): what all items have in
 *   common that a password saved for @side replaces
 */
GHashTable *mw_secret_binding_new_family (MwProfile *profile,
                                          MwSide     side);

/**
 * mw_secret_binding_new_account:
 * @account_id: the account's id
 * @sides: a bit `1 << MW_SIDE_…` for each side, one of them at least
 *
 * Returns: (transfer full) (element-type utf8 utf8): what all items have in
 *   common that belong to these sides of the account
 */
GHashTable *mw_secret_binding_new_account (const char *account_id,
                                           guint       sides);

/**
 * mw_secret_binding_describe:
 *
 * Returns: (transfer full): the label keyring programs show
 */
char       *mw_secret_binding_describe   (MwProfile *profile,
                                          MwSide     side);

G_END_DECLS
