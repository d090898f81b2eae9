/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * mw_address_lookup_async:
 * @host: the name, with a final dot to keep the search list out
 * @family: %G_SOCKET_FAMILY_IPV4 or %G_SOCKET_FAMILY_IPV6
 *
 * What GIO's own resolver does, in threads that are not shared. GIO has ten
 * for every task of the process: 40 look-ups at a name server 100 ms away took
 * 405 ms, and a server that drops questions about IPv6 stops everything else.
 * Cannot be cancelled, only forgotten.
 */
void       mw_address_lookup_async  (const char           *host,
                                     GSocketFamily         family,
                                     GAsyncReadyCallback   callback,
                                     gpointer              user_data);

/**
 * mw_address_lookup_finish:
 * @error: return location for a %G_RESOLVER_ERROR
 *
 * Returns: (transfer full) (element-type GInetAddress): at least one address
 */
GPtrArray *mw_address_lookup_finish (GAsyncResult         *result,
                                     GError              **error);

G_END_DECLS
