/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "core/mw-address.h"
#include "core/mw-credentials.h"
#include "core/mw-verdict.h"
#include "net/mw-resolver.h"
#include "net/mw-socket-slots.h"
#include "net/mw-tls-credentials.h"
#include "probe/mw-attempt-budget.h"
#include "probe/mw-deadlines.h"

G_BEGIN_DECLS

/**
 * MwProbeState:
 * @MW_PROBE_STATE_NEW: not started
 * @MW_PROBE_STATE_RUNNING: on its way to the capabilities
 * @MW_PROBE_STATE_READY: connected, protected, capabilities known, nothing
 *   secret sent; waits for [method@Mw.Probe.authenticate]
 * @MW_PROBE_STATE_LOGGING_IN: the log-in is under way
 * @MW_PROBE_STATE_AUTHENTICATED: the server accepted the log-in; the rest of
 *   the proof is under way
 * @MW_PROBE_STATE_FINISHED: over; the verdict has an outcome
 */
typedef enum {
  MW_PROBE_STATE_NEW,
  MW_PROBE_STATE_RUNNING,
  MW_PROBE_STATE_READY,
  MW_PROBE_STATE_LOGGING_IN,
  MW_PROBE_STATE_AUTHENTICATED,
  MW_PROBE_STATE_FINISHED,
} MwProbeState;

#define MW_TYPE_PROBE (mw_probe_get_type ())

/**
 * MwProbe:
 *
 * One attempt at one endpoint, from dial to log-in on one connection. The
 * signal `changed` follows every change of state or stage.
 */
G_DECLARE_FINAL_TYPE (MwProbe, mw_probe, MW, PROBE, GObject)

/**
 * mw_probe_new:
 * @candidate: what to try
 * @address: the person's address
 * @resolver: for the host's name
 * @tls: trust anchors
 * @deadlines: copied
 * @pin: (nullable): SHA-256 of the one certificate accepted at this endpoint
 * @allow_local: local addresses may be dialled
 *
 * Returns: (transfer full): a probe that has not started
 */
MwProbe      *mw_probe_new                 (MwCandidate       *candidate,
                                            MwAddress         *address,
                                            MwResolver        *resolver,
                                            MwTlsCredentials  *tls,
                                            const MwDeadlines *deadlines,
                                            const char        *pin,
                                            gboolean           allow_local);

/**
 * mw_probe_set_slots:
 * @slots: the sockets of the run
 *
 * Opens no socket that the run has no slot for.
 */
void          mw_probe_set_slots           (MwProbe           *self,
                                            MwSocketSlots     *slots);

/**
 * mw_probe_set_redactor:
 * @redactor: what takes secrets out of everything the server says
 *
 * Without it the probe knows only its own password.
 */
void          mw_probe_set_redactor        (MwProbe           *self,
                                            MwRedactor        *redactor);

/**
 * mw_probe_set_looked_up:
 *
 * The host's addresses are known already: what is waited for from the start is
 * the connection, and that is what the verdict says.
 */
void          mw_probe_set_looked_up       (MwProbe           *self);

/**
 * mw_probe_start:
 *
 * Dials and goes on until the capabilities are known. No credentials are
 * involved.
 */
void          mw_probe_start               (MwProbe           *self);

/**
 * mw_probe_is_alive:
 *
 * Returns: whether a probe that is ready still has its connection; servers
 *   end one that waits for too long
 */
gboolean      mw_probe_is_alive            (MwProbe           *self);

/**
 * mw_probe_set_auth:
 * @method: the only method to log in with, %MW_AUTH_UNKNOWN for any
 */
void          mw_probe_set_auth            (MwProbe           *self,
                                            MwAuthMethod       method);

/**
 * mw_probe_authenticate:
 * @credentials: for this probe's endpoint
 * @budget: asked right before the password is written
 *
 * Logs in and proves mailbox or sender, after %MW_PROBE_STATE_READY.
 */
void          mw_probe_authenticate        (MwProbe           *self,
                                            MwCredentials     *credentials,
                                            MwAttemptBudget   *budget);

/**
 * mw_probe_prove_without_login:
 *
 * Asks an outgoing server whether it takes mail without a log-in, after
 * %MW_PROBE_STATE_READY.
 */
void          mw_probe_prove_without_login (MwProbe           *self);

/**
 * mw_probe_stop:
 * @outcome: what to write down: cancelled, not-needed, timeout, or works when
 *   nothing beyond the capabilities was wanted
 *
 * Ends a probe that is not finished, at once.
 */
void          mw_probe_stop                (MwProbe           *self,
                                            MwOutcome          outcome);
MwProbeState  mw_probe_get_state           (MwProbe           *self);

/**
 * mw_probe_set_candidate:
 * @candidate: the same endpoint, of which more is known by now
 */
void          mw_probe_set_candidate       (MwProbe           *self,
                                            MwCandidate       *candidate);

/**
 * mw_probe_get_verdict:
 *
 * Returns: (transfer none): what is known; replaced, not changed, when more is
 */
MwVerdict    *mw_probe_get_verdict         (MwProbe           *self);

/**
 * mw_probe_get_round_trip_us:
 *
 * Returns: microseconds of the TCP handshake, 0 before it stands
 */
gint64        mw_probe_get_round_trip_us   (MwProbe           *self);

G_END_DECLS
