/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "protocol/mw-scram-key.h"

G_BEGIN_DECLS

/**
 * MwScramThread:
 *
 * Computes one key of SCRAM in a thread of its own, while the main loop goes
 * on. GIO's own threads are few and would hold up whatever else needs them.
 */
typedef struct _MwScramThread MwScramThread;

/**
 * MwScramThreadDone:
 * @computed: whether it was done in time
 * @user_data: what was given with it
 *
 * Called from the main loop, once.
 */
typedef void (*MwScramThreadDone) (gboolean computed,
                                   gpointer user_data);

/**
 * mw_scram_thread_new:
 * @key: what to compute; not to be touched until it is done
 * @timeout_ms: how long to wait for it at most, milliseconds
 * @done: (scope notified): called when it is over
 * @user_data: for @done
 *
 * Returns: (transfer full): the computation under way
 */
MwScramThread *mw_scram_thread_new  (MwScramKey        *key,
                                     guint              timeout_ms,
                                     MwScramThreadDone  done,
                                     gpointer           user_data);

/**
 * mw_scram_thread_free:
 *
 * Waits for it no longer: nobody is called. A hash cannot be stopped half-way,
 * so the thread ends by itself a moment later and wipes what it has made.
 */
void           mw_scram_thread_free (MwScramThread     *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MwScramThread, mw_scram_thread_free)

G_END_DECLS
