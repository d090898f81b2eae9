/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "setup/mw-engine.h"
#include "setup/mw-setup.h"

G_BEGIN_DECLS

/**
 * MwHandOverState:
 * @MW_HAND_OVER_STATE_READY: not started, or given up
 * @MW_HAND_OVER_STATE_BUSY: the mail program is being changed
 * @MW_HAND_OVER_STATE_WAITING: the mail program has to be closed first
 * @MW_HAND_OVER_STATE_DONE: the account is there
 * @MW_HAND_OVER_STATE_FAILED: nothing was changed
 */
typedef enum {
  MW_HAND_OVER_STATE_READY,
  MW_HAND_OVER_STATE_BUSY,
  MW_HAND_OVER_STATE_WAITING,
  MW_HAND_OVER_STATE_DONE,
  MW_HAND_OVER_STATE_FAILED,
} MwHandOverState;

#define MW_TYPE_HAND_OVER (mw_hand_over_get_type ())

/**
 * MwHandOver:
 *
 * Handing one account to one mail program, over the time this takes when the
 * program is running and has to be closed first. It outlives the page it was
 * started on. Emits `changed`.
 */
G_DECLARE_FINAL_TYPE (MwHandOver, mw_hand_over, MW, HAND_OVER, GObject)

/**
 * mw_hand_over_new:
 * @engine: the engine
 * @profile: a saved account
 * @setup: (nullable): the set-up it was saved by; its password is used even
 *   when it is not in the keyring
 * @target: where to
 *
 * Returns: (transfer full): a hand-over that was not started yet
 */
MwHandOver      *mw_hand_over_new             (MwEngine       *engine,
                                               MwProfile      *profile,
                                               MwSetup        *setup,
                                               MwExportTarget *target);

/**
 * mw_hand_over_new_waiting:
 * @engine: the engine
 * @account_id: id of a saved account
 * @target: where to
 * @options: (nullable): what the person said
 *
 * Returns: (transfer full): a hand-over that waits already, as it was
 *   remembered
 */
MwHandOver      *mw_hand_over_new_waiting     (MwEngine              *engine,
                                               const char            *account_id,
                                               MwExportTarget        *target,
                                               const MwExportOptions *options);

/**
 * mw_hand_over_set_options:
 * @options: (nullable): what the person said
 */
void             mw_hand_over_set_options     (MwHandOver            *self,
                                               const MwExportOptions *options);

/**
 * mw_hand_over_set_secrets:
 * @incoming: (nullable): password for receiving
 * @outgoing: (nullable): password for sending
 *
 * For an account whose passwords are not in the keyring.
 */
void             mw_hand_over_set_secrets     (MwHandOver            *self,
                                               MwSecret              *incoming,
                                               MwSecret              *outgoing);

/**
 * mw_hand_over_get_options:
 *
 * Returns: (transfer none): what the person said
 */
const MwExportOptions *mw_hand_over_get_options (MwHandOver     *self);

/**
 * mw_hand_over_start:
 *
 * Changes the mail program, if it is closed. Else it waits, and whoever keeps
 * it says when to go on.
 */
void             mw_hand_over_start           (MwHandOver     *self);

/**
 * mw_hand_over_go_on:
 *
 * Tries again; for a hand-over that waits, when the mail program was closed.
 */
void             mw_hand_over_go_on           (MwHandOver     *self);

/**
 * mw_hand_over_is_attempting:
 *
 * Returns: whether the mail program is being changed at this moment, also of a
 *   hand-over that waits
 */
gboolean         mw_hand_over_is_attempting   (MwHandOver     *self);

/**
 * mw_hand_over_stop_waiting:
 *
 * Gives up waiting for the mail program. A change under way is not stopped.
 */
void             mw_hand_over_stop_waiting    (MwHandOver     *self);
MwHandOverState  mw_hand_over_get_state       (MwHandOver     *self);
MwExportTarget  *mw_hand_over_get_target      (MwHandOver     *self);

/**
 * mw_hand_over_get_account_id:
 *
 * Returns: (transfer none) (nullable): id of the account
 */
const char      *mw_hand_over_get_account_id  (MwHandOver     *self);

/**
 * mw_hand_over_get_message:
 *
 * Returns: (transfer none): how it stands, in words
 */
const char      *mw_hand_over_get_message     (MwHandOver     *self);

/**
 * mw_hand_over_has_waited:
 *
 * Returns: whether the mail program had to be closed first
 */
gboolean         mw_hand_over_has_waited      (MwHandOver     *self);

/**
 * mw_hand_over_get_profile:
 *
 * Returns: (transfer none) (nullable): the account, as it was at the last
 *   attempt
 */
MwProfile       *mw_hand_over_get_profile     (MwHandOver     *self);

/**
 * mw_hand_over_can_open:
 *
 * Returns: whether it makes sense to start the mail program, and is possible;
 *   one that runs already has to be closed by the person first
 */
gboolean         mw_hand_over_can_open        (MwHandOver     *self);

/**
 * mw_hand_over_get_program_name:
 * @target: a mail program
 *
 * Returns: (transfer none): its name
 */
const char      *mw_hand_over_get_program_name (MwExportTarget *target);

G_END_DECLS
