/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * MwTurnQueue:
 *
 * Work that costs computing time, a little in each turn of the main loop.
 *
 * GLib dispatches every ready source before it looks at the clock again: when
 * 300 servers answer at once, 300 handshakes would run in one go and the
 * window would stand still. Sources only queue their work here; the queue
 * does a millisecond of it in a turn, and a piece it has begun to the end.
 */
typedef struct _MwTurnQueue MwTurnQueue;

/**
 * MwTurnFunc:
 * @user_data: what was queued
 *
 * One piece of work, at most a millisecond long.
 */
typedef void (*MwTurnFunc) (gpointer user_data);

MwTurnQueue *mw_turn_queue_new    (void);
void         mw_turn_queue_free   (MwTurnQueue *self);

/**
 * mw_turn_queue_push:
 * @func: what to do
 * @user_data: for @func; also what [func@Mw.turn_queue_remove] looks for
 *
 * Queues @func behind everything that waits already, in the thread's default
 * main context.
 */
void         mw_turn_queue_push   (MwTurnQueue *self,
                                   MwTurnFunc   func,
                                   gpointer     user_data);

/**
 * mw_turn_queue_remove:
 * @user_data: what was queued
 *
 * Takes everything out that was queued with @user_data.
 */
void         mw_turn_queue_remove (MwTurnQueue *self,
                                   gpointer     user_data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MwTurnQueue, mw_turn_queue_free)

G_END_DECLS
