/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "core/mw-network-condition.h"

G_DEFINE_ENUM_TYPE (MwNetworkCondition, mw_network_condition,
                    G_DEFINE_ENUM_VALUE (MW_NETWORK_CONDITION_ONLINE, "online"),
                    G_DEFINE_ENUM_VALUE (MW_NETWORK_CONDITION_LIMITED, "limited"),
                    G_DEFINE_ENUM_VALUE (MW_NETWORK_CONDITION_PORTAL, "portal"),
                    G_DEFINE_ENUM_VALUE (MW_NETWORK_CONDITION_OFFLINE, "offline"))
