/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <json-glib/json-glib.h>

#include "cli/mw-cli-session.h"
#include "core/mw-export-target.h"

G_BEGIN_DECLS

/**
 * MwCliHandOver:
 *
 * The results of handing an account over to one or more mail programs, for
 * `add` and `export`.
 */
typedef struct {
  JsonBuilder *targets;         /* an array under way */
  guint        n_done;
  guint        n_failed;
  MwCliExit    last_failure;
} MwCliHandOver;

MwCliHandOver *mw_cli_hand_over_new         (void);
void           mw_cli_hand_over_free        (MwCliHandOver   *self);

/**
 * mw_cli_hand_over_add:
 * @session: the session
 * @target_id: what was asked for
 * @report: (nullable): what was done, %NULL when it failed
 * @error: (nullable): why it failed
 * @dry_run: nothing was changed, it only would have been
 *
 * Notes one result, and prints it for people unless JSON is wanted.
 */
void           mw_cli_hand_over_add         (MwCliHandOver   *self,
                                             MwCliSession    *session,
                                             const char      *target_id,
                                             MwExportReport  *report,
                                             const GError    *error,
                                             gboolean         dry_run);

/**
 * mw_cli_hand_over_take_targets:
 *
 * Returns: (transfer full): the array of all results, once
 */
JsonNode      *mw_cli_hand_over_take_targets (MwCliHandOver  *self);

/**
 * mw_cli_hand_over_get_exit:
 *
 * Returns: the exit code for all results together
 */
MwCliExit      mw_cli_hand_over_get_exit    (MwCliHandOver   *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MwCliHandOver, mw_cli_hand_over_free)

G_END_DECLS
