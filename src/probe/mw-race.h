/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "core/mw-secret.h"
#include "probe/mw-attempt.h"

G_BEGIN_DECLS

/**
 * MwRace:
 * @attempts: (element-type MwAttempt): best first
 * @secret: (nullable): the password of this side
 * @user_name: (nullable): literal log-in name
 * @auth: the only method to log in with, %MW_AUTH_UNKNOWN for any
 * @chosen: (nullable): the attempt that logs in or did, one of @attempts
 * @skipped: this side is not wanted
 * @settled: nothing more will happen on this side
 * @accepted: the server took the log-in
 * @works: and the rest of the proof stands, too
 * @ready_since_us: when the first attempt got ready, monotonic, 0 before
 *
 * All attempts of one side, incoming or outgoing.
 */
typedef struct {
  GPtrArray *attempts;
  MwSecret  *secret;
  char      *user_name;
  MwAuthMethod auth;
  MwAttempt *chosen;
  gboolean   skipped;
  gboolean   settled;
  gboolean   accepted;
  gboolean   works;
  gint64     ready_since_us;
} MwRace;

/**
 * mw_race_find:
 *
 * Returns: (transfer none) (nullable): the attempt at @endpoint
 */
MwAttempt *mw_race_find                  (MwRace     *self,
                                          MwEndpoint *endpoint);

/**
 * mw_race_find_twin:
 *
 * Returns: (transfer none) (nullable): a better attempt at the same address
 *   and port
 */
MwAttempt *mw_race_find_twin             (MwRace     *self,
                                          MwAttempt  *attempt);

/**
 * mw_race_is_first_choice:
 *
 * Returns: whether @attempt is dialled at once, not only as an alternative to
 *   something better at the same address
 */
gboolean   mw_race_is_first_choice       (MwRace     *self,
                                          MwAttempt  *attempt);

/**
 * mw_race_get_alternative_time:
 * @other_side: its dials measure round trips, too
 * @attempt: not a first choice
 * @delay_us: how long a first choice goes ahead at most
 *
 * One measured round trip after the first choice at the same address: by then
 * its answer is there or late.
 *
 * Returns: when @attempt may be dialled, monotonic; 0 when there is nothing to
 *   wait for any more, %G_MAXINT64 when a first choice is to be dialled before
 */
gint64     mw_race_get_alternative_time  (MwRace     *self,
                                          MwRace     *other_side,
                                          MwAttempt  *attempt,
                                          gint64      delay_us);

/**
 * mw_race_settle_by_twin:
 *
 * Returns: whether @attempt is not to be dialled, because its twin is under
 *   way or has answered for both
 */
gboolean   mw_race_settle_by_twin        (MwRace     *self,
                                          MwAttempt  *attempt);
gboolean   mw_race_better_is_pending     (MwRace     *self,
                                          MwAttempt  *attempt);

/**
 * mw_race_better_is_reached:
 *
 * Returns: whether an endpoint that ranks before @attempt has taken a
 *   connection, and is at work
 */
gboolean   mw_race_better_is_reached     (MwRace     *self,
                                          MwAttempt  *attempt);
gboolean   mw_race_better_protocol_is_near (MwRace   *self,
                                          MwAttempt  *attempt);
gboolean   mw_race_is_pending            (MwRace     *self);
gboolean   mw_race_has_another_user_name (MwRace     *self,
                                          MwAttempt  *attempt);

/**
 * mw_race_close:
 * @outcome: what to write down
 *
 * Ends all attempts but the chosen one.
 */
void       mw_race_close                 (MwRace     *self,
                                          MwOutcome   outcome);

/**
 * mw_race_find_most_telling:
 *
 * Returns: (transfer none) (nullable): the attempt whose end explains best why
 *   nobody logged in
 */
MwAttempt *mw_race_find_most_telling     (MwRace     *self);

G_END_DECLS
