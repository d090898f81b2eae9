/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "probe/mw-probe.h"

G_BEGIN_DECLS

/**
 * MwAttempt:
 * @candidate: what is to be tried
 * @probe: (nullable): the probe, once dialled
 * @verdict: (nullable): of an endpoint that needed no probe of its own
 * @refusal: (nullable): how the log-in with the former user name ended
 * @addresses: by #MwFamily (nullable): the first address of the host
 * @looked_up_us: when the name was answered for, monotonic, 0 before
 * @dialled_us: when the first dial began, monotonic, 0 before
 * @answered: by #MwFamily: whether the name server has spoken of it
 * @redialled: the first connection had ended before the log-in
 * @user_name: index of the candidate's form of the user name
 *
 * One candidate in the race of its side.
 */
typedef struct {
  MwCandidate *candidate;
  MwProbe     *probe;
  MwVerdict   *verdict;
  MwVerdict   *refusal;
  char        *addresses[MW_N_FAMILIES];
  gint64       looked_up_us;
  gint64       dialled_us;
  guint        user_name;
  gboolean     answered[MW_N_FAMILIES];
  gboolean     redialled;
} MwAttempt;

MwAttempt    *mw_attempt_new         (MwCandidate *candidate);
void          mw_attempt_free        (MwAttempt   *self);

/**
 * mw_attempt_set_candidate:
 * @candidate: the same endpoint, of which more is known by now
 */
void          mw_attempt_set_candidate (MwAttempt   *self,
                                        MwCandidate *candidate);

/**
 * mw_attempt_get_verdict:
 *
 * Returns: (transfer none) (nullable): what is known by now
 */
MwVerdict    *mw_attempt_get_verdict (MwAttempt   *self);
MwProbeState  mw_attempt_get_state   (MwAttempt   *self);
gboolean      mw_attempt_is_finished (MwAttempt   *self);
MwOutcome     mw_attempt_get_outcome (MwAttempt   *self);

/**
 * mw_attempt_shares_address:
 *
 * Returns: whether both names lead to the same server, by all that is known
 *   of their addresses
 */
gboolean      mw_attempt_shares_address (MwAttempt *self,
                                         MwAttempt *other);

/**
 * mw_attempt_close:
 * @outcome: why
 *
 * Ends an attempt, dialled or not.
 */
void          mw_attempt_close       (MwAttempt   *self,
                                      MwOutcome    outcome);

/**
 * mw_attempt_is_final:
 * @outcome: how a log-in ended
 *
 * Returns: whether another server must not be tried after it
 */
gboolean      mw_attempt_is_final    (MwOutcome    outcome);

/**
 * mw_attempt_works:
 * @outcome: how a log-in ended
 *
 * Returns: whether it proves the password right
 */
gboolean      mw_attempt_works       (MwOutcome    outcome);

/**
 * mw_attempt_rate:
 *
 * Returns: how much this end tells about its side, more is more
 */
int           mw_attempt_rate        (MwVerdict   *verdict);

G_END_DECLS
