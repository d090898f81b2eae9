/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "core/mw-address.h"
#include "core/mw-error.h"

G_BEGIN_DECLS

/**
 * mw_link_text_fail:
 * @error: return location
 * @code: what is wrong
 * @message: developer text, with nothing of the link in it
 *
 * Returns: %FALSE
 */
gboolean   mw_link_text_fail         (GError      **error,
                                      MwLinkError   code,
                                      const char   *message);

/**
 * mw_link_text_unescape:
 * @raw: a piece of a link
 * @allowed: (nullable): what may stand in it as it is, beside letters, digits,
 *   `-._~` and `%`; %NULL for anything
 * @error: return location for %MW_LINK_ERROR_DAMAGED,
 *   %MW_LINK_ERROR_BAD_ESCAPE, %MW_LINK_ERROR_NOT_UTF8 or
 *   %MW_LINK_ERROR_FORBIDDEN_CHAR
 *
 * Takes percent encoding off (RFC 3986 §2.1), once. What comes out has neither
 * control characters nor such as cannot be seen.
 *
 * Returns: (transfer full) (nullable): the text, of which no copy is left
 */
char      *mw_link_text_unescape     (const char  *raw,
                                      const char  *allowed,
                                      GError     **error);

/**
 * mw_link_text_decode:
 * @raw: a piece of a link
 * @allowed: (nullable): as for mw_link_text_unescape()
 * @error: likewise
 *
 * Takes percent encoding off and composes the letters (NFC).
 *
 * Returns: (transfer full) (nullable): the text
 */
char      *mw_link_text_decode       (const char  *raw,
                                      const char  *allowed,
                                      GError     **error);

/**
 * mw_link_text_read_address:
 * @local_part: what stands before the @ sign
 * @domain: what stands behind it
 *
 * A typed address is forgiven more.
 *
 * Returns: (transfer full) (nullable): the address
 */
MwAddress *mw_link_text_read_address (const char  *local_part,
                                      const char  *domain);

/**
 * mw_link_text_read_host:
 * @text: a name out of a link, in letters or as A-labels
 *
 * Hosts that are given by name, in full, and in one form only: not by number,
 * not this computer, nothing that decodes to another name.
 *
 * Returns: (transfer full) (nullable): the name as A-labels
 */
char      *mw_link_text_read_host    (const char  *text);

/**
 * mw_link_text_read_port:
 * @text: a number without zeros before it
 * @out_port: (out): 1 to 65535
 *
 * Returns: whether it is a port
 */
gboolean   mw_link_text_read_port    (const char  *text,
                                      guint16     *out_port);

/**
 * mw_link_text_has_secret:
 * @text: what stands behind the scheme of a link, however damaged
 * @length: its size in bytes
 *
 * Looks for what only somebody writes who puts a password into a link: a colon
 * in the address, or a key that is known for it. Of a link that cannot be read
 * otherwise this is still found.
 *
 * Returns: whether there is such a thing
 */
gboolean   mw_link_text_has_secret   (const char  *text,
                                      gsize        length);

G_END_DECLS
