/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * mw_dns_records_to_srv_targets:
 * @records: (element-type GVariant): SRV records as #GResolver gives them
 *
 * By priority, then weighted at random (RFC 2782). Names that cannot exist are
 * left out. A "." that stands alone, "not offered", becomes one target with an
 * empty host name.
 *
 * Returns: (transfer full) (element-type GSrvTarget): may be empty
 */
GPtrArray *mw_dns_records_to_srv_targets (GList *records);

/**
 * mw_dns_records_to_exchangers:
 * @records: (element-type GVariant): MX records as #GResolver gives them
 *
 * Returns: (transfer full) (element-type utf8): normalised host names, lowest
 *   preference first; empty for a domain that takes no mail (RFC 7505)
 */
GPtrArray *mw_dns_records_to_exchangers  (GList *records);

/**
 * mw_dns_records_to_texts:
 * @records: (element-type GVariant): TXT records as #GResolver gives them
 *
 * Returns: (transfer full) (element-type utf8): one text for each record, its
 *   strings joined (RFC 7208 §3.3)
 */
GPtrArray *mw_dns_records_to_texts       (GList *records);

/**
 * mw_dns_records_read_texts:
 * @message: a name server's answer to a question for TXT (RFC 1035 §4)
 * @length: its size in bytes
 * @error: return location for a %G_RESOLVER_ERROR
 *
 * Returns: (transfer full) (element-type utf8): one text for each record, its
 *   strings joined; records that are not UTF-8 are left out
 */
GPtrArray *mw_dns_records_read_texts     (const guint8  *message,
                                          gsize          length,
                                          GError       **error);

G_END_DECLS
