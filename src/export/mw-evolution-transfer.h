/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "core/mw-export-options.h"
#include "core/mw-export-target.h"
#include "core/mw-profile.h"
#include "core/mw-secret.h"
#include "export/mw-evolution-files.h"
#include "export/mw-evolution-pins.h"
#include "export/mw-evolution-place.h"
#include "export/mw-evolution-plan.h"

G_BEGIN_DECLS

/**
 * MwEvolutionPassword:
 * @uid: (nullable): of its source; borrowed from the plan; %NULL when not needed
 * @label: shown by keyring programs
 * @secret: (nullable): the password to be
 * @former: (nullable): the password so far
 * @unwanted: none belongs to it: the browser signs in
 */
typedef struct {
  const char *uid;
  char       *label;
  MwSecret   *secret;
  MwSecret   *former;
  gboolean    unwanted;
} MwEvolutionPassword;

/**
 * MwEvolutionTransfer:
 * @target: where to
 * @profile: the account
 * @options: what the person said
 * @removing: take the account out again
 * @bus: the session bus
 * @place: where that Evolution keeps what
 * @files: (nullable): the sources are written as files
 * @entries: (element-type MwEvolutionEntry): the sources there are
 * @plan: what has to change
 * @passwords: of the account and of the transport
 * @looked_up: how many of them were looked up
 * @no_keyring: there is nowhere to keep them
 * @signature_uid: (nullable): whose text changes
 * @signature: (nullable): the text to be
 * @former_signature: (nullable): the text so far
 * @pins: (nullable): certificates accepted by hand
 * @report: what was done
 *
 * One export or removal on its way: what is known before anything changes.
 */
typedef struct {
  MwExportTarget      *target;
  MwProfile           *profile;
  MwExportOptions     *options;
  gboolean             removing;
  GDBusConnection     *bus;
  MwEvolutionPlace    *place;
  MwEvolutionFiles    *files;
  GPtrArray           *entries;
  MwEvolutionPlan     *plan;
  MwEvolutionPassword  passwords[2];
  guint                looked_up;
  gboolean             no_keyring;
  char                *signature_uid;
  char                *signature;
  char                *former_signature;
  MwEvolutionPins     *pins;
  MwExportReport      *report;
} MwEvolutionTransfer;

MwEvolutionTransfer *mw_evolution_transfer_new          (MwExportTarget        *target,
                                                         MwProfile             *profile,
                                                         const MwExportOptions *options);
void                 mw_evolution_transfer_free         (MwEvolutionTransfer *self);

/**
 * mw_evolution_transfer_make_changes:
 *
 * Says in the report what will change.
 *
 * Returns: (transfer full) (element-type MwEvolutionChange): the changes, in
 *   the order they have to be made
 */
GPtrArray           *mw_evolution_transfer_make_changes (MwEvolutionTransfer *self);

/**
 * mw_evolution_transfer_take_report:
 *
 * Returns: (transfer full): the report, with outcome and what to remember
 */
MwExportReport      *mw_evolution_transfer_take_report  (MwEvolutionTransfer *self);

G_END_DECLS
