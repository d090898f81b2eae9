/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <adwaita.h>

#include "setup/mw-setup.h"

G_BEGIN_DECLS

#define MW_TYPE_NETWORK_NOTICE (mw_network_notice_get_type ())

/**
 * MwNetworkNotice:
 *
 * What stands in the way on this computer's side: offline, or a network that
 * wants to be signed in to. Not to be seen while nothing does.
 */
G_DECLARE_FINAL_TYPE (MwNetworkNotice, mw_network_notice, MW, NETWORK_NOTICE, AdwBin)

/**
 * mw_network_notice_update:
 * @setup: (nullable): the set-up the page is for
 * @address: (nullable): the address in its entry
 *
 * Reads the state of the network anew.
 *
 * Returns: whether a check has to wait until the network comes
 */
gboolean mw_network_notice_update (MwNetworkNotice *self,
                                   MwSetup         *setup,
                                   MwAddress       *address);

G_END_DECLS
