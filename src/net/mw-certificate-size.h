/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * MW_CERTIFICATE_MAX_ELEMENTS:
 *
 * Of all certificates a server shows together. Decoding takes time for each
 * element, not for each byte, several times over, and in one go. An honest
 * chain has some hundred, and a host's certificate one more for each name:
 * authorities sign a hundred names, a few up to a thousand.
 */
#define MW_CERTIFICATE_MAX_ELEMENTS 2000

/**
 * mw_certificate_count_elements:
 * @data: a certificate in DER, or what claims to be one
 * @size: its bytes
 *
 * Counts without decoding, and never too few: what cannot be read counts as
 * if it were full of the smallest, and a key nobody has as if it were too many.
 *
 * Returns: how many elements of ASN.1 it is made of
 */
gsize    mw_certificate_count_elements (const guint8 *data,
                                        gsize         size);

/**
 * mw_certificate_message_is_modest:
 * @data: body of a Certificate message (RFC 5246 §7.4.2, RFC 8446 §4.4.2)
 * @size: its bytes
 * @is_tls13: whether it is one of TLS 1.3
 *
 * Returns: whether its certificates have %MW_CERTIFICATE_MAX_ELEMENTS at most
 */
gboolean mw_certificate_message_is_modest (const guint8 *data,
                                           gsize         size,
                                           gboolean      is_tls13);

G_END_DECLS
