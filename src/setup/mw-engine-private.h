/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "discovery/mw-discovery.h"
#include "discovery/mw-http-fetch.h"
#include "discovery/mw-provider-table.h"
#include "net/mw-network-state.h"
#include "net/mw-tls-credentials.h"
#include "setup/mw-engine.h"
#include "store/mw-secret-store.h"

G_BEGIN_DECLS

/**
 * mw_engine_new_with_store:
 * @secrets: where passwords are kept, instead of the keyring; for tests
 */
MwEngine         *mw_engine_new_with_store   (const char    *data_dir,
                                              MwSecretStore *secrets);

/**
 * mw_engine_set_network_state:
 * @network: what to ask instead of the system's network monitor; for tests
 */
void              mw_engine_set_network_state (MwEngine       *self,
                                               MwNetworkState *network);

/**
 * mw_engine_set_providers:
 * @providers: known instead of Mailwright's own list and what stands on this
 *   computer; for tests
 */
void              mw_engine_set_providers    (MwEngine        *self,
                                              MwProviderTable *providers);

/**
 * mw_engine_dup_folders:
 * @name: of a folder
 *
 * Returns: (transfer full): where people and administrators put things of
 *   that kind, the person's own folder first
 */
char            **mw_engine_dup_folders      (const char *name);

/**
 * mw_engine_make_discovery:
 * @resolver: names are looked up here
 * @use_ispdb: whether to ask the public settings database, too
 *
 * Plain HTTP is used where the GSettings key `allow-plain-http` says so.
 *
 * Returns: (transfer full): a discovery with all sources
 */
MwDiscovery      *mw_engine_make_discovery   (MwEngine   *self,
                                              MwResolver *resolver,
                                              gboolean    use_ispdb);

/**
 * mw_engine_matches_target:
 * @wanted: id of a target, as it is called now or was called earlier
 *
 * Returns: whether @target is meant
 */
gboolean          mw_engine_matches_target   (const char     *wanted,
                                              MwExportTarget *target);

/* For the set-up, which shares what the engine keeps for the process. */
MwTlsCredentials *mw_engine_get_tls          (MwEngine *self);
MwHttpFetch      *mw_engine_get_fetch        (MwEngine *self);
MwSecretStore    *mw_engine_get_secret_store (MwEngine *self);
MwNetworkState   *mw_engine_get_network_state (MwEngine *self);
MwProviderTable  *mw_engine_get_providers    (MwEngine *self);
GPtrArray        *mw_engine_get_exporters    (MwEngine *self);

G_END_DECLS
