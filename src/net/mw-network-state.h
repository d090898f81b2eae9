/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <gio/gio.h>

#include "core/mw-network-condition.h"
#include "net/mw-local-network.h"

G_BEGIN_DECLS

#define MW_TYPE_NETWORK_STATE (mw_network_state_get_type ())

/**
 * MwNetworkState:
 *
 * What the system says of its network, and which servers that holds back.
 *
 * GIO asks NetworkManager or, without it, the kernel: no default route is
 * "offline" there. A mail server on this computer or in the own network is
 * reached all the same, so what is held back is decided host by host:
 *
 * 1. Online and limited: nothing.
 * 2. Offline: every host but those of which [method@Mw.LocalNetwork.may_reach]
 *    says that they can be reached, which are loop-back addresses, addresses
 *    in a connected subnet, names of the hosts file that lead there, and any
 *    name at all as long as a name server is in reach: such a name cannot be
 *    judged before it is looked up, and the question stays in the own network.
 *    Without such a name server nothing is asked. An address found that way
 *    is left to the kernel: without a route no packet leaves.
 * 3. Portal: every host but literals and names of the hosts file that lead to
 *    this computer or a connected subnet. What the name server of such a
 *    network says is the portal's word.
 *
 * The signal `changed` says that the condition may be another, or what is
 * connected. Nothing here waits in the calling thread.
 */
G_DECLARE_FINAL_TYPE (MwNetworkState, mw_network_state, MW, NETWORK_STATE, GObject)

/**
 * mw_network_state_new:
 * @monitor: (nullable): where the condition comes from; %NULL for that of the
 *   system, which is looked for when first needed
 * @local: (nullable): what is connected; %NULL to look each time
 *
 * Returns: (transfer full): a state, online as long as nothing else is known
 */
MwNetworkState     *mw_network_state_new               (GNetworkMonitor      *monitor,
                                                        MwLocalNetwork       *local);

/**
 * mw_network_state_prepare_async:
 *
 * Finds out the condition. Looking for the system's monitor asks the system
 * bus and may take long there; after a second the callback comes all the
 * same, and `changed` follows when the answer does. The second call and those
 * after it are answered at once.
 */
void                mw_network_state_prepare_async     (MwNetworkState       *self,
                                                        GAsyncReadyCallback   callback,
                                                        gpointer              user_data);

/**
 * mw_network_state_prepare_finish:
 *
 * Returns: whether the condition is known
 */
gboolean            mw_network_state_prepare_finish    (MwNetworkState       *self,
                                                        GAsyncResult         *result,
                                                        GError              **error);
gboolean            mw_network_state_is_prepared       (MwNetworkState       *self);
MwNetworkCondition  mw_network_state_get_condition     (MwNetworkState       *self);

/**
 * mw_network_state_holds_back:
 * @host: a normalised name or an IP literal
 *
 * Returns: whether @host is neither to be looked up nor to be dialled now
 */
gboolean            mw_network_state_holds_back        (MwNetworkState       *self,
                                                        const char           *host);

/**
 * mw_network_state_holds_back_domain:
 * @domain: (nullable): a normalised domain, %NULL for one that is not known yet
 *
 * Returns: whether that is so for every name inside @domain, so that there is
 *   no use in looking for its servers
 */
gboolean            mw_network_state_holds_back_domain (MwNetworkState       *self,
                                                        const char           *domain);

G_END_DECLS
