/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * mw_domain_normalize:
 * @name: a host or domain name, in Unicode or ASCII
 *
 * Brings a name into the one form that is compared: A-labels, lower case, no
 * final dot; labels of letters, digits and inner hyphens, 1 to 63 octets each,
 * 253 in all (RFC 1035 §2.3.4, RFC 5890).
 *
 * The rule is UTS #46 without the transitional mappings, as in IDNA 2008: small
 * letters, composed (NFKC), full-width forms narrowed, any of its four dots;
 * “ß” and “ς” stay what they are. Letters that IDNA 2008 forbids and its rules
 * on direction and context are left to the registries: such a name is just not
 * found. The language of the system makes no difference.
 *
 * Returns: (transfer full) (nullable): the normal form, %NULL when no such
 *   name can exist
 */
char       *mw_domain_normalize        (const char *name);

/**
 * mw_domain_to_unicode:
 * @name: a normalised name
 *
 * For display. A name is shown as letters only where mw_host_look_judge() has
 * nothing against them; otherwise it stays what it is.
 *
 * Returns: (transfer full): the form to show
 */
char       *mw_domain_to_unicode       (const char *name);

/**
 * mw_domain_describe:
 * @name: a normalised name
 *
 * For questions: look-alikes within one script remain, so that the form in
 * letters never stands alone.
 *
 * Returns: (transfer full): the form to show, with @name in brackets behind it
 *   where it differs
 */
char       *mw_domain_describe         (const char *name);

/**
 * mw_domain_is_inside:
 * @name: a normalised name
 * @parent: a normalised name
 *
 * Returns: whether @name is @parent or lies below it, on a label boundary
 */
gboolean    mw_domain_is_inside        (const char *name,
                                        const char *parent);

/**
 * mw_domain_is_public_suffix:
 * @name: a normalised name
 *
 * Returns: whether names below @name belong to different people
 */
gboolean    mw_domain_is_public_suffix (const char *name);

/**
 * mw_domain_get_registrable:
 * @name: a normalised name
 *
 * For display only, never for a decision.
 *
 * Returns: (transfer none) (nullable): the registrable part, a tail of @name
 */
const char *mw_domain_get_registrable  (const char *name);

/**
 * mw_domain_is_ip_literal:
 * @host: a host as typed
 *
 * Returns: whether @host is an IPv4 or IPv6 address, brackets allowed
 */
gboolean    mw_domain_is_ip_literal    (const char *host);

/**
 * mw_address_bytes_are_public:
 * @bytes: an IP address in network order
 * @size: 4 or 16
 *
 * Loop-back, private (RFC 1918), shared (RFC 6598), link-local, unique-local,
 * multicast, unspecified addresses and what leads to them inside IPv6
 * (IPv4-mapped, NAT64, 6to4, Teredo) belong to the machine or its own network.
 * Documentation addresses count as public.
 *
 * Returns: whether the address is anywhere else
 */
gboolean    mw_address_bytes_are_public (const guint8 *bytes,
                                         gsize         size);

G_END_DECLS
