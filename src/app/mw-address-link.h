/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * MW_ADDRESS_LINK_MAX:
 *
 * Longest link that is looked at, in octets.
 */
#define MW_ADDRESS_LINK_MAX 2048

/**
 * MwAddressLinkError:
 * @MW_ADDRESS_LINK_ERROR_SCHEME: not a `mailto-setup:` link
 * @MW_ADDRESS_LINK_ERROR_DAMAGED: cannot be read
 * @MW_ADDRESS_LINK_ERROR_SECRET: carries a password
 * @MW_ADDRESS_LINK_ERROR_NEWER: carries more than an address
 */
typedef enum {
  MW_ADDRESS_LINK_ERROR_SCHEME,
  MW_ADDRESS_LINK_ERROR_DAMAGED,
  MW_ADDRESS_LINK_ERROR_SECRET,
  MW_ADDRESS_LINK_ERROR_NEWER,
} MwAddressLinkError;

#define MW_ADDRESS_LINK_ERROR (mw_address_link_error_quark ())
GQuark    mw_address_link_error_quark  (void);

/**
 * mw_address_link_has_scheme:
 *
 * Returns: whether @text begins with `mailto-setup:`
 */
gboolean  mw_address_link_has_scheme   (const char  *text);

/**
 * mw_address_link_parse:
 * @link: a link from outside
 * @error: return location for a %MW_ADDRESS_LINK_ERROR
 *
 * Reads a `mailto-setup:` link that carries only an address.
 *
 * Returns: (transfer full) (nullable): the address, not checked further
 */
char     *mw_address_link_parse        (const char  *link,
                                        GError     **error);

/**
 * mw_address_link_peek_address:
 * @link: a link from outside that mw_address_link_parse() refused with
 *   %MW_ADDRESS_LINK_ERROR_NEWER
 *
 * Returns: (transfer full) (nullable): the address alone, not checked further
 */
char     *mw_address_link_peek_address (const char  *link);

/**
 * mw_address_link_new:
 * @address: any text
 *
 * Returns: (transfer full): a link that carries @address
 */
char     *mw_address_link_new          (const char  *address);

G_END_DECLS
