/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define MW_TYPE_FAKE_NETWORK_MONITOR (mw_fake_network_monitor_get_type ())

/* What GIO says of the network, as the test wants it. */
G_DECLARE_FINAL_TYPE (MwFakeNetworkMonitor, mw_fake_network_monitor, MW, FAKE_NETWORK_MONITOR,
                      GObject)

GNetworkMonitor *mw_fake_network_monitor_new (gboolean              available,
                                              GNetworkConnectivity  connectivity);
void             mw_fake_network_monitor_set (GNetworkMonitor      *monitor,
                                              gboolean              available,
                                              GNetworkConnectivity  connectivity);

G_END_DECLS
