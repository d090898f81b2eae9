/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "core/mw-export-change.h"

G_BEGIN_DECLS

/**
 * mw_advice_describe_change:
 * @change: one thing that handing an account over changes
 *
 * Returns: (transfer full): one sentence about it, without a full stop
 */
char  *mw_advice_describe_change (const MwExportChange *change);

/**
 * mw_advice_dup_changes:
 * @changes: (element-type MwExportChange): all that a hand-over changes
 *
 * Leaves out what goes without saying: in a new account the user names and the
 * label that are its address, and that it signs in with the password.
 *
 * Returns: (transfer full) (array zero-terminated=1): their sentences
 */
char **mw_advice_dup_changes     (GPtrArray            *changes);

G_END_DECLS
