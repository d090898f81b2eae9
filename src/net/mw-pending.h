/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <gio/gio.h>

#include "net/mw-turn-queue.h"

G_BEGIN_DECLS

/**
 * MwIoStatus:
 * @MW_IO_DONE: done
 * @MW_IO_WANT_READ: call again when the socket can be read
 * @MW_IO_WANT_WRITE: call again when the socket can be written
 * @MW_IO_WANT_TURN: call again when others had their turn
 * @MW_IO_FAILED: over, an error was set
 *
 * What came of a step that does not wait.
 */
typedef enum {
  MW_IO_DONE,
  MW_IO_WANT_READ,
  MW_IO_WANT_WRITE,
  MW_IO_WANT_TURN,
  MW_IO_FAILED,
} MwIoStatus;

/**
 * MwPending:
 *
 * A call that waits for a socket: it repeats a step whenever the socket is as
 * the step wanted it, until the step is done, time is up, or the call is
 * cancelled.
 */
typedef struct _MwPending MwPending;

/**
 * MwPendingStep:
 * @error: set for %MW_IO_FAILED
 *
 * Goes as far as possible without waiting.
 */
typedef MwIoStatus (*MwPendingStep) (gpointer   user_data,
                                     GError   **error);

/**
 * MwPendingDone:
 * @task: (transfer none): to be returned
 * @error: (nullable) (transfer full): a %MW_PROBE_ERROR, %NULL when done
 *
 * Called once, when nothing waits any more; the pending call is gone.
 */
typedef void (*MwPendingDone) (gpointer  user_data,
                               GTask    *task,
                               GError   *error);

/**
 * mw_pending_new:
 * @socket: what is waited for
 * @task: (transfer full): what the caller waits for
 * @timeout_ms: deadline, from now
 *
 * Returns: (transfer none): a call that frees itself when it is over
 */
MwPending *mw_pending_new           (GSocket       *socket,
                                     GTask         *task,
                                     guint          timeout_ms,
                                     MwPendingStep  step,
                                     MwPendingDone  done,
                                     gpointer       user_data);

/**
 * mw_pending_start:
 *
 * Takes the first step at once: mostly the bytes are there, or there is room
 * for them. May be over when this returns; a #GTask returns from the main
 * loop all the same.
 */
void       mw_pending_start         (MwPending     *self);

/**
 * mw_pending_start_in_turns:
 *
 * For steps that compute: each of them queues in @turns.
 */
void       mw_pending_start_in_turns (MwPending    *self,
                                     MwTurnQueue   *turns);

/**
 * mw_pending_abandon:
 *
 * Ends it as cancelled, from the main loop: not before this returns.
 */
void       mw_pending_abandon       (MwPending     *self);

G_END_DECLS
