/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "core/mw-host-policy.h"
#include "net/mw-network-state.h"
#include "probe/mw-probe.h"

G_BEGIN_DECLS

#define MW_TYPE_PROBER (mw_prober_get_type ())

/**
 * MwProber:
 *
 * Runs the probes of one run: dials all candidates at once without
 * credentials, logs in at the best incoming one that is allowed, and at the
 * outgoing one when the incoming server has said yes. Signals: `changed`
 * when a verdict is new, `finished` once.
 */
G_DECLARE_FINAL_TYPE (MwProber, mw_prober, MW, PROBER, GObject)

/**
 * MwProberPolicy:
 * @candidate: a candidate
 * @tls: (nullable): what its server has shown so far
 * @dialling: %TRUE to ask whether a connection may be opened at all, %FALSE to
 *   ask whether the password may be sent
 * @user_data: what was given with it
 *
 * Asks the host policy; the prober knows nothing of sources.
 *
 * Returns: the decision
 */
typedef MwHostDecision (*MwProberPolicy) (MwCandidate *candidate,
                                          MwTlsFacts  *tls,
                                          gboolean     dialling,
                                          gpointer     user_data);

/**
 * mw_prober_new:
 * @address: the person's address
 * @resolver: names are looked up here
 * @tls: trust anchors
 * @deadlines: copied
 * @policy: (scope notified): decides about hosts
 * @policy_data: for @policy
 *
 * Returns: (transfer full): a prober with nothing to do
 */
MwProber    *mw_prober_new                  (MwAddress         *address,
                                             MwResolver        *resolver,
                                             MwTlsCredentials  *tls,
                                             const MwDeadlines *deadlines,
                                             MwProberPolicy     policy,
                                             gpointer           policy_data);

/**
 * mw_prober_set_log_in:
 * @side: which side
 * @secret: (nullable): the password; %NULL stops that side before credentials
 * @user_name: (nullable): literal log-in name instead of the candidates' forms
 */
void         mw_prober_set_log_in           (MwProber          *self,
                                             MwSide             side,
                                             MwSecret          *secret,
                                             const char        *user_name);

/**
 * mw_prober_set_auth:
 * @side: which side
 * @method: the only method to log in with, %MW_AUTH_UNKNOWN for any
 */
void         mw_prober_set_auth             (MwProber          *self,
                                             MwSide             side,
                                             MwAuthMethod       method);

/**
 * mw_prober_set_redactor:
 * @redactor: what takes secrets out of everything the servers say
 */
void         mw_prober_set_redactor         (MwProber          *self,
                                             MwRedactor        *redactor);

/**
 * mw_prober_set_outgoing_open:
 * @open: the outgoing server is to be proved without a log-in
 */
void         mw_prober_set_outgoing_open    (MwProber          *self,
                                             gboolean           open);

/**
 * mw_prober_set_browser_sign_in:
 * @browser_sign_in: nobody logs in here; a server is good when it offers a
 *   log-in with what a browser brings home (XOAUTH2 or OAUTHBEARER)
 */
void         mw_prober_set_browser_sign_in  (MwProber          *self,
                                             gboolean           browser_sign_in);

/**
 * mw_prober_skip:
 * @side: a side that is not wanted or proved already
 */
void         mw_prober_skip                 (MwProber          *self,
                                             MwSide             side);

/**
 * mw_prober_set_pin:
 * @host: for this host
 * @port: and port
 * @sha256: the one certificate to accept, 64 hex digits
 */
void         mw_prober_set_pin              (MwProber          *self,
                                             const char        *host,
                                             guint16            port,
                                             const char        *sha256);

/**
 * mw_prober_set_network:
 * @network: what holds hosts back; such a host is neither looked up nor
 *   dialled and ends as offline or portal
 */
void         mw_prober_set_network          (MwProber          *self,
                                             MwNetworkState    *network);

/**
 * mw_prober_set_candidates:
 * @side: which side
 * @candidates: (element-type MwCandidate): all there are by now, best first
 */
void         mw_prober_set_candidates       (MwProber          *self,
                                             MwSide             side,
                                             GPtrArray         *candidates);

/**
 * mw_prober_set_sources:
 * @better_done: candidates of grade G and D may log in
 * @all_done: no more candidates will come
 */
void         mw_prober_set_sources          (MwProber          *self,
                                             gboolean           better_done,
                                             gboolean           all_done);

/**
 * mw_prober_start:
 *
 * Starts the run; `finished` follows, also after [method@Mw.Prober.cancel].
 */
void         mw_prober_start                (MwProber          *self);

/**
 * mw_prober_cancel:
 *
 * Ends the run at once; every probe under way becomes cancelled.
 */
void         mw_prober_cancel               (MwProber          *self);

/**
 * mw_prober_get_outcome:
 *
 * Returns: what became of the run: works, consent-needed, or the outcome of
 *   the side that failed, the incoming one first
 */
MwOutcome    mw_prober_get_outcome          (MwProber          *self);

/**
 * mw_prober_get_verdict:
 *
 * Returns: (transfer none) (nullable): the probe that decided that side, or
 *   the most telling failure
 */
MwVerdict   *mw_prober_get_verdict          (MwProber          *self,
                                             MwSide             side);

/**
 * mw_prober_dup_verdicts:
 *
 * Returns: (transfer full) (element-type MwVerdict): all probes by now, best first
 */
GPtrArray   *mw_prober_dup_verdicts         (MwProber          *self);

/**
 * mw_prober_get_consent_hosts:
 *
 * Returns: (transfer none) (nullable) (array zero-terminated=1): hosts that
 *   need the person's yes
 */
const char * const *mw_prober_get_consent_hosts (MwProber      *self);
MwAttemptBudget *mw_prober_get_budget       (MwProber          *self);

/**
 * mw_prober_get_verified_us:
 *
 * Returns: microseconds from the start until both servers had accepted the
 *   log-in, -1 when they have not
 */
gint64       mw_prober_get_verified_us      (MwProber          *self);

G_END_DECLS
