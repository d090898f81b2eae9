/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "core/mw-conflict.h"
#include "discovery/mw-http-fetch.h"
#include "discovery/mw-provider-table.h"
#include "discovery/mw-source.h"

G_BEGIN_DECLS

#define MW_TYPE_DISCOVERY (mw_discovery_get_type ())

/**
 * MwDiscovery:
 *
 * Runs all sources at once and merges what they find. Signals:
 * `candidates-changed` when [method@Mw.Discovery.get_candidates] is new,
 * `reports-changed` at the start and when a source came back, `better-sources-done` once, when
 * no source of grade A, B or C is still out (or 2.5 s have passed) and the
 * guess conditions are known, `finished` when all are back. SRV counts as one
 * of the sources to be waited for, because it may say that a service does not
 * exist. A discovery that was cancelled emits `finished` alone.
 */
G_DECLARE_FINAL_TYPE (MwDiscovery, mw_discovery, MW, DISCOVERY, GObject)

/**
 * mw_discovery_new:
 * @resolver: names are looked up here, once each
 *
 * Returns: (transfer full): a discovery with the usual sources
 */
MwDiscovery *mw_discovery_new                   (MwResolver   *resolver);

/**
 * mw_discovery_add_source:
 * @source: (transfer none): one more way of finding settings
 *
 * To be called before [method@Mw.Discovery.start].
 */
void         mw_discovery_add_source            (MwDiscovery  *self,
                                                 MwSource     *source);

/**
 * mw_discovery_skip_source:
 * @origin: a source
 * @grade: of what it would find
 * @cause: why it is not asked, %MW_OUTCOME_CONSENT_NEEDED when it is switched
 *   off
 *
 * Lists a source that is not asked. To be called before
 * [method@Mw.Discovery.start].
 */
void         mw_discovery_skip_source           (MwDiscovery  *self,
                                                 MwOrigin      origin,
                                                 MwGrade       grade,
                                                 MwOutcome     cause);

/**
 * mw_discovery_set_providers:
 * @providers: the known providers
 *
 * Adds the sources that look there, and lets guesses be judged by it. To be
 * called once, before [method@Mw.Discovery.start].
 */
void         mw_discovery_set_providers         (MwDiscovery     *self,
                                                 MwProviderTable *providers);

/**
 * mw_discovery_choose_provider:
 * @provider: one of the list
 *
 * Takes it for who keeps the mail of the address, whatever its domain is. Call
 * it after mw_discovery_set_providers().
 */
void         mw_discovery_choose_provider       (MwDiscovery     *self,
                                                 MwProvider      *provider);

/**
 * mw_discovery_set_fetch:
 * @fetch: what gets documents over HTTPS
 * @use_ispdb: whether to ask the public settings database, too
 *
 * Adds the sources that read settings documents, over plain HTTP only where
 * @fetch may use that. To be called once, after
 * [method@Mw.Discovery.set_providers] and before [method@Mw.Discovery.start].
 */
void         mw_discovery_set_fetch             (MwDiscovery  *self,
                                                 MwHttpFetch  *fetch,
                                                 gboolean      use_ispdb);

/**
 * mw_discovery_set_offline:
 * @offline: whether to ask only what stands on this computer
 *
 * To be called before [method@Mw.Discovery.start], when the known providers
 * are set. All other sources are reported as skipped.
 */
void         mw_discovery_set_offline           (MwDiscovery  *self,
                                                 gboolean      offline);

/**
 * mw_discovery_start:
 * @address: whose servers are wanted
 * @cancellable: (nullable): stops all sources
 *
 * Starts all sources; guesses are emitted before this returns.
 */
void         mw_discovery_start                 (MwDiscovery  *self,
                                                 MwAddress    *address,
                                                 GCancellable *cancellable);

/**
 * mw_discovery_get_candidates:
 * @side: which side
 *
 * Returns: (transfer none) (element-type MwCandidate): merged and ranked, best first
 */
GPtrArray   *mw_discovery_get_candidates        (MwDiscovery  *self,
                                                 MwSide        side);

/**
 * mw_discovery_get_reports:
 *
 * Returns: (transfer none) (element-type MwSourceReport): one for each source
 *   from the start, in the order of [enum@Mw.Origin]; pending until it is back
 */
GPtrArray   *mw_discovery_get_reports           (MwDiscovery  *self);

/**
 * mw_discovery_get_conflicts:
 *
 * Returns: (transfer none) (element-type MwConflict): where the sources that
 *   came back disagree
 */
GPtrArray   *mw_discovery_get_conflicts         (MwDiscovery  *self);

/**
 * mw_discovery_get_better_sources_done:
 *
 * Returns: whether candidates of grade G and D may be considered for a log-in
 */
gboolean     mw_discovery_get_better_sources_done (MwDiscovery *self);

/**
 * mw_discovery_is_finished:
 *
 * Returns: whether all sources are back
 */
gboolean     mw_discovery_is_finished           (MwDiscovery  *self);

/**
 * mw_discovery_get_guess_conditions:
 * @host: a guessed host
 *
 * Whether the guess conditions hold for @host: no wildcard in the domain, no
 * public suffix, and the mail exchanger is absent, inside the domain or shares
 * an address with @host. Known once `better-sources-done`.
 */
gboolean     mw_discovery_get_guess_conditions  (MwDiscovery  *self,
                                                 const char   *host);

/**
 * mw_discovery_is_refused:
 * @service: an SRV service name
 *
 * Returns: whether the domain said by SRV (target ".") that it does not offer
 *   this service at all
 */
gboolean     mw_discovery_is_refused            (MwDiscovery  *self,
                                                 const char   *service);

G_END_DECLS
