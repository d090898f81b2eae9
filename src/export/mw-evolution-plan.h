/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "export/mw-evolution-registry.h"
#include "export/mw-evolution-source.h"

G_BEGIN_DECLS

/**
 * MwEvolutionEdit:
 * @kind: what it is
 * @uid: of the source
 * @path: (nullable): its object; %NULL for a new source
 * @former: (nullable): its text so far
 * @data: its text to be
 */
typedef struct {
  MwEvolutionKind  kind;
  char            *uid;
  char            *path;
  char            *former;
  char            *data;
} MwEvolutionEdit;

/**
 * MwEvolutionPlan:
 * @uids: the sources of the account
 * @edits: (element-type MwEvolutionEdit): what differs from what is there
 * @removals: (element-type MwEvolutionEdit): sources that are no longer used
 * @server_differs: whether Evolution has to be restarted to notice
 * @takes_over: the person made the account by hand, and no earlier export had
 *   it; whether it may be changed is for the caller to know
 *
 * What has to change so that Evolution has an account just so.
 */
typedef struct {
  MwEvolutionUids  uids;
  GPtrArray       *edits;
  GPtrArray       *removals;
  gboolean         server_differs;
  gboolean         takes_over;
} MwEvolutionPlan;

/**
 * mw_evolution_plan_new:
 * @entries: (element-type MwEvolutionEntry): the sources there are
 * @profile: the account
 * @target_id: under which an earlier export was remembered
 * @error: return location for %MW_EXPORT_ERROR_EXISTS_ELSEWHERE or
 *   %MW_EXPORT_ERROR_SIGN_IN
 *
 * Finds the account by what an earlier export remembered, else by address,
 * protocol and server.
 *
 * Returns: (transfer full) (nullable): the plan
 */
MwEvolutionPlan *mw_evolution_plan_new         (GPtrArray        *entries,
                                                MwProfile        *profile,
                                                const char       *target_id,
                                                GError          **error);

/**
 * mw_evolution_plan_new_removal:
 *
 * An account that the person had made by hand stays.
 *
 * Returns: (transfer full): what has to go so that nothing of an earlier
 *   export is left
 */
MwEvolutionPlan *mw_evolution_plan_new_removal (GPtrArray        *entries,
                                                MwProfile        *profile,
                                                const char       *target_id);
void             mw_evolution_plan_free        (MwEvolutionPlan  *self);

/**
 * mw_evolution_plan_find_entry:
 *
 * Returns: (transfer none) (nullable): the source of that uid and kind
 */
MwEvolutionEntry *mw_evolution_plan_find_entry (GPtrArray        *entries,
                                                const char       *uid,
                                                MwEvolutionKind   kind);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MwEvolutionPlan, mw_evolution_plan_free)

G_END_DECLS
