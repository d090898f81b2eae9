/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "core/mw-endpoint.h"

G_BEGIN_DECLS

#define MW_TYPE_ATTEMPT_BUDGET (mw_attempt_budget_get_type ())

/**
 * MwAttemptBudget:
 *
 * The only object that hands out presentations of a password: two a side and
 * four a run, whatever the hosts, mechanisms and user names. Providers lock
 * accounts after a handful of wrong ones.
 */
typedef struct _MwAttemptBudget MwAttemptBudget;

GType            mw_attempt_budget_get_type   (void) G_GNUC_CONST;
MwAttemptBudget *mw_attempt_budget_new        (void);
MwAttemptBudget *mw_attempt_budget_ref        (MwAttemptBudget *self);
void             mw_attempt_budget_unref      (MwAttemptBudget *self);

/**
 * mw_attempt_budget_may_take:
 *
 * Returns: whether a presentation to that side is left
 */
gboolean         mw_attempt_budget_may_take   (MwAttemptBudget *self,
                                               MwSide           side);

/**
 * mw_attempt_budget_take:
 * @endpoint: where the password is about to be written
 *
 * Takes one presentation. Call it right before the bytes are written.
 *
 * Returns: whether they may be
 */
gboolean         mw_attempt_budget_take       (MwAttemptBudget *self,
                                               MwEndpoint      *endpoint);

/**
 * mw_attempt_budget_get_counts:
 *
 * Returns: (transfer none) (element-type utf8 guint): presentations by
 *   "host:protocol"
 */
GHashTable      *mw_attempt_budget_get_counts (MwAttemptBudget *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MwAttemptBudget, mw_attempt_budget_unref)

G_END_DECLS
