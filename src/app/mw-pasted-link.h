/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * mw_pasted_link_find:
 * @text: what was pasted or dropped, from anywhere
 * @length: its size in bytes, -1 when it ends with a NUL
 *
 * Takes off what mail programs put around a link: blanks, quotation marks,
 * angle brackets, and the ends of long lines (RFC 3986, appendix C). What is
 * wrong with the link itself is left as it is.
 *
 * Returns: (transfer full) (nullable): the `mailto-setup:` or `dclogin:` link,
 *   which may hold a password: free it with mw_secret_free_bytes(); %NULL when
 *   @text is none
 */
char *mw_pasted_link_find (const char *text,
                           gssize      length);

G_END_DECLS
