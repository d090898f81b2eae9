/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "setup/mw-typed-password.h"

G_BEGIN_DECLS

/**
 * mw_advice_describe_password:
 * @notes: [flags@Mw.PasswordNotes] of a password that was typed
 * @provider: (nullable): whose password it is
 *
 * Returns: (transfer full): what to say of it, "" when there is nothing
 */
char *mw_advice_describe_password (guint       notes,
                                   MwProvider *provider);

/**
 * mw_advice_explain_password:
 * @provider: (nullable): who keeps the mail, as far as is known
 *
 * Returns: (transfer full): which password is wanted, and where it comes from
 */
char *mw_advice_explain_password  (MwProvider *provider);

G_END_DECLS
