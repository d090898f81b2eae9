/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "app/mw-hand-over.h"

G_BEGIN_DECLS

#define MW_TYPE_WAITING_ROOM (mw_waiting_room_get_type ())

/**
 * MwWaitingRoom:
 *
 * Every hand-over that is under way. Those that wait are remembered on the
 * disk, and looked after while this process lives: once a second the profile
 * of a mail program that has to be closed is looked at, and nothing is looked
 * at when nothing waits.
 *
 * Emits `changed` when a hand-over began, waits or ended, and `finished` with
 * one that was done or failed.
 */
G_DECLARE_FINAL_TYPE (MwWaitingRoom, mw_waiting_room, MW, WAITING_ROOM, GObject)

/**
 * mw_waiting_room_new:
 * @engine: the engine
 *
 * Returns: (transfer full): a room with nothing in it
 */
MwWaitingRoom *mw_waiting_room_new         (MwEngine       *engine);

/**
 * mw_waiting_room_resume:
 *
 * Goes on with what an earlier process waited for. Accounts that were deleted
 * since are left out.
 */
void           mw_waiting_room_resume      (MwWaitingRoom  *self);

/**
 * mw_waiting_room_take:
 * @hand_over: about to be started
 */
void           mw_waiting_room_take        (MwWaitingRoom  *self,
                                            MwHandOver     *hand_over);

/**
 * mw_waiting_room_find:
 * @account_id: id of an account
 * @target: (nullable): where to; %NULL for any that waits for its mail program
 *
 * Returns: (transfer none) (nullable): the hand-over under way
 */
MwHandOver    *mw_waiting_room_find        (MwWaitingRoom  *self,
                                            const char     *account_id,
                                            MwExportTarget *target);

/**
 * mw_waiting_room_find_any:
 *
 * Returns: (transfer none) (nullable): one that waits for its mail program
 */
MwHandOver    *mw_waiting_room_find_any    (MwWaitingRoom  *self);

/**
 * mw_waiting_room_stop:
 * @account_id: id of an account
 *
 * Gives up whatever that account waits for.
 */
void           mw_waiting_room_stop        (MwWaitingRoom  *self,
                                            const char     *account_id);

/**
 * mw_waiting_room_set_paused:
 * @account_id: id of an account
 * @paused: whether it may be deleted in a moment
 *
 * What is paused goes on waiting, but is not handed over.
 */
void           mw_waiting_room_set_paused  (MwWaitingRoom  *self,
                                            const char     *account_id,
                                            gboolean        paused);

/**
 * mw_waiting_room_is_empty:
 *
 * Returns: whether nothing is under way, and nothing is left to be written
 */
gboolean       mw_waiting_room_is_empty    (MwWaitingRoom  *self);

G_END_DECLS
