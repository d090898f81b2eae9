/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define MW_TYPE_CHECKED_ADDRESS (mw_checked_address_get_type ())

/**
 * MwCheckedAddress:
 *
 * A host whose addresses are known and were checked: who connects to it gets
 * these and asks no name server again, while TLS still sees the host's name.
 */
G_DECLARE_FINAL_TYPE (MwCheckedAddress, mw_checked_address, MW, CHECKED_ADDRESS, GNetworkAddress)

/**
 * mw_checked_address_new:
 * @host: the name the certificate must be valid for
 * @port: where to connect
 * @addresses: (element-type GInetAddress): in the order to be tried
 */
GSocketConnectable *mw_checked_address_new (const char *host,
                                            guint16     port,
                                            GPtrArray  *addresses);

G_END_DECLS
