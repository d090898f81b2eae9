/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define MW_TYPE_ADDRESS (mw_address_get_type ())

/**
 * MwAddress:
 *
 * An e-mail address (RFC 5321 §4.1.2, RFC 6531), checked and taken apart.
 * Immutable.
 */
typedef struct _MwAddress MwAddress;

GType       mw_address_get_type           (void) G_GNUC_CONST;

/**
 * mw_address_parse:
 * @text: what the person typed; blanks around it are forgiven, and so are
 *   `mailto:` and pointed brackets around it
 * @error: return location for a %MW_ADDRESS_ERROR
 *
 * Reads an address. An international domain (RFC 5890) may be given in either
 * form; it is normalised by UTS #46 and checked to be a name that can exist.
 *
 * Returns: (transfer full) (nullable): the address
 */
MwAddress  *mw_address_parse              (const char  *text,
                                           GError     **error);
MwAddress  *mw_address_ref                (MwAddress   *self);
void        mw_address_unref              (MwAddress   *self);

/**
 * mw_address_get_text:
 *
 * Returns: (transfer none): the whole address as a server wants it: local
 *   part as typed, domain in ASCII (A-labels, lower case)
 */
const char *mw_address_get_text           (MwAddress   *self);

/**
 * mw_address_get_display:
 *
 * Returns: (transfer none): the whole address with the domain as a person
 *   reads it, see mw_domain_to_unicode()
 */
const char *mw_address_get_display        (MwAddress   *self);
const char *mw_address_get_local_part     (MwAddress   *self);

/**
 * mw_address_get_domain:
 *
 * Returns: (transfer none): the domain as A-labels, lower case, no final dot
 */
const char *mw_address_get_domain         (MwAddress   *self);
const char *mw_address_get_domain_display (MwAddress   *self);

/**
 * mw_address_make_other_user_name:
 * @used: a log-in name
 *
 * Log-in names are mostly the whole address or what stands before the @, in
 * both cases without a tag.
 *
 * Returns: (transfer full) (nullable): the one of them that @used is not, %NULL
 *   when it is neither
 */
char       *mw_address_make_other_user_name (MwAddress  *self,
                                             const char *used);

/**
 * mw_address_make_untagged_user_name:
 * @used: a log-in name
 *
 * In `jan+shop@example.test` the tag `shop` is the person's own addition
 * (RFC 5233); the account is mostly that of `jan`.
 *
 * Returns: (transfer full) (nullable): @used without the tag of the address,
 *   %NULL when it has none
 */
char       *mw_address_make_untagged_user_name (MwAddress  *self,
                                                const char *used);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MwAddress, mw_address_unref)

G_END_DECLS
