/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "export/mw-evolution-plan.h"

G_BEGIN_DECLS

/**
 * mw_evolution_facts_add_changes:
 * @entries: (element-type MwEvolutionEntry): the sources there are
 * @plan: what happens to them
 * @address: of the account
 * @changes: (element-type MwExportChange): gets what differs
 *
 * Says what happens to an account, as far as it stands in its sources. Of one
 * that goes, only that it does. One that is switched off is not there.
 */
void mw_evolution_facts_add_changes (GPtrArray       *entries,
                                     MwEvolutionPlan *plan,
                                     const char      *address,
                                     GPtrArray       *changes);

G_END_DECLS
