/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "core/mw-profile.h"

G_BEGIN_DECLS

/**
 * MwAccountLevel:
 * @MW_ACCOUNT_LEVEL_WORKS: nothing to be done
 * @MW_ACCOUNT_LEVEL_UNKNOWN: nobody knows yet
 * @MW_ACCOUNT_LEVEL_WAITS: goes on by itself, later
 * @MW_ACCOUNT_LEVEL_WARNING: works still, or may work again by itself
 * @MW_ACCOUNT_LEVEL_PROBLEM: somebody has to do something
 *
 * How grave it is what is said of an account.
 */
typedef enum {
  MW_ACCOUNT_LEVEL_WORKS,
  MW_ACCOUNT_LEVEL_UNKNOWN,
  MW_ACCOUNT_LEVEL_WAITS,
  MW_ACCOUNT_LEVEL_WARNING,
  MW_ACCOUNT_LEVEL_PROBLEM,
} MwAccountLevel;

/**
 * mw_advice_describe_account:
 * @profile: a saved account
 * @waiting_for: (nullable): name of the mail program that has to be closed
 *   before it gets the account
 * @now: the present, in the time zone of the person
 * @out_level: (out): how grave that is
 *
 * Returns: (transfer full): how the account is, in a few words
 */
char *mw_advice_describe_account        (MwProfile      *profile,
                                         const char     *waiting_for,
                                         GDateTime      *now,
                                         MwAccountLevel *out_level);

/**
 * mw_advice_describe_account_places:
 * @profile: a saved account
 *
 * Returns: (transfer full) (nullable): which mail programs have it; %NULL for
 *   none
 */
char *mw_advice_describe_account_places (MwProfile      *profile);

G_END_DECLS
