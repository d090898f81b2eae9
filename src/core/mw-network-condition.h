/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * MwNetworkCondition:
 * @MW_NETWORK_CONDITION_ONLINE: nothing speaks against the internet
 * @MW_NETWORK_CONDITION_LIMITED: there is a network, but not the whole internet
 *   behind it
 * @MW_NETWORK_CONDITION_PORTAL: the network wants somebody to sign in first
 * @MW_NETWORK_CONDITION_OFFLINE: no way to the internet
 *
 * What the system says of the network this computer is in.
 */
typedef enum {
  MW_NETWORK_CONDITION_ONLINE,
  MW_NETWORK_CONDITION_LIMITED,
  MW_NETWORK_CONDITION_PORTAL,
  MW_NETWORK_CONDITION_OFFLINE,
} MwNetworkCondition;

#define MW_TYPE_NETWORK_CONDITION (mw_network_condition_get_type ())
GType mw_network_condition_get_type (void) G_GNUC_CONST;

G_END_DECLS
