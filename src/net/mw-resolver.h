/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <gio/gio.h>

#include "core/mw-enums.h"

G_BEGIN_DECLS

#define MW_TYPE_RESOLVER (mw_resolver_get_type ())

/**
 * MwResolver:
 *
 * Look-ups with a deadline that ask each name once: callers of the same
 * question share one answer for the life of the object. The system's resolver
 * is behind it (`GResolver`), asked for fully qualified names, so that no search
 * list can lead elsewhere.
 */
G_DECLARE_FINAL_TYPE (MwResolver, mw_resolver, MW, RESOLVER, GObject)

/**
 * mw_resolver_new:
 * @timeout_ms: deadline of each look-up in milliseconds
 *
 * Returns: (transfer full): a resolver that knows nothing yet
 */
MwResolver *mw_resolver_new                     (guint                 timeout_ms);

/**
 * mw_resolver_lookup_addresses_async:
 * @host: a normalised name or an IP literal
 * @family: %G_SOCKET_FAMILY_IPV4 or %G_SOCKET_FAMILY_IPV6
 *
 * The addresses of one family, so that a slow family holds nothing back. Names
 * of more than one label are asked for with a final dot: the system's search
 * list adds nothing to them.
 */
void        mw_resolver_lookup_addresses_async  (MwResolver           *self,
                                                 const char           *host,
                                                 GSocketFamily         family,
                                                 GCancellable         *cancellable,
                                                 GAsyncReadyCallback   callback,
                                                 gpointer              user_data);

/**
 * mw_resolver_lookup_addresses_finish:
 * @error: return location for a %MW_PROBE_ERROR: dns-nxdomain, dns-fail,
 *   timeout, cancelled
 *
 * Returns: (transfer full) (element-type GInetAddress): at least one address
 */
GPtrArray  *mw_resolver_lookup_addresses_finish (MwResolver           *self,
                                                 GAsyncResult         *result,
                                                 GError              **error);

/**
 * mw_resolver_peek_addresses:
 * @host: a name or an IP literal
 *
 * Asks nobody.
 *
 * Returns: (transfer full) (nullable) (element-type GInetAddress): the
 *   addresses of @host of both families, if both were asked for and answered
 */
GPtrArray    *mw_resolver_peek_addresses          (MwResolver           *self,
                                                   const char           *host);

/**
 * mw_resolver_lookup_srv_async:
 * @service: service name without underscore, such as `imaps` (RFC 6186, RFC 8314)
 * @domain: the e-mail domain, normalised
 */
void        mw_resolver_lookup_srv_async        (MwResolver           *self,
                                                 const char           *service,
                                                 const char           *domain,
                                                 GCancellable         *cancellable,
                                                 GAsyncReadyCallback   callback,
                                                 gpointer              user_data);

/**
 * mw_resolver_lookup_srv_finish:
 * @error: return location for a %MW_PROBE_ERROR; dns-nxdomain when there is no
 *   such record
 *
 * A target "." (RFC 2782: not offered) arrives as one target with an empty
 * host name.
 *
 * Returns: (transfer full) (element-type GSrvTarget): by priority, then
 *   weighted at random
 */
GPtrArray  *mw_resolver_lookup_srv_finish       (MwResolver           *self,
                                                 GAsyncResult         *result,
                                                 GError              **error);

/**
 * mw_resolver_lookup_mx_async:
 * @domain: the e-mail domain, normalised
 */
void        mw_resolver_lookup_mx_async         (MwResolver           *self,
                                                 const char           *domain,
                                                 GCancellable         *cancellable,
                                                 GAsyncReadyCallback   callback,
                                                 gpointer              user_data);

/**
 * mw_resolver_lookup_mx_finish:
 *
 * Returns: (transfer full) (array zero-terminated=1): host names, normalised
 *   where they can exist, lowest preference first; empty when the domain says
 *   that it takes no mail (RFC 7505)
 */
char      **mw_resolver_lookup_mx_finish        (MwResolver           *self,
                                                 GAsyncResult         *result,
                                                 GError              **error);

/**
 * mw_resolver_lookup_text_async:
 * @name: whose TXT records are wanted, normalised; a first label with an
 *   underscore is usual
 */
void        mw_resolver_lookup_text_async       (MwResolver           *self,
                                                 const char           *name,
                                                 GCancellable         *cancellable,
                                                 GAsyncReadyCallback   callback,
                                                 gpointer              user_data);

/**
 * mw_resolver_lookup_text_finish:
 * @error: return location for a %MW_PROBE_ERROR; dns-nxdomain when there is no
 *   such record
 *
 * Returns: (transfer full) (element-type utf8): the records, the strings of
 *   each joined; those that are no text are left out, which may be all
 */
GPtrArray  *mw_resolver_lookup_text_finish      (MwResolver           *self,
                                                 GAsyncResult         *result,
                                                 GError              **error);

G_END_DECLS
