/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "core/mw-address.h"

G_BEGIN_DECLS

/**
 * mw_autoconfig_text_decode:
 * @data: bytes of an XML document
 * @length: how many
 * @error: return location for a %G_CONVERT_ERROR
 *
 * Finds the encoding by its byte-order mark or by the XML declaration (XML 1.0
 * appendix F).
 *
 * Returns: (transfer full) (nullable): the same in UTF-8, without a mark and
 *   without NULs
 */
char *mw_autoconfig_text_decode (const char  *data,
                                 gsize        length,
                                 GError     **error);

/**
 * mw_autoconfig_text_expand:
 * @text: may hold `%EMAILADDRESS%`, `%EMAILLOCALPART%` and `%EMAILDOMAIN%`
 * @address: what they stand for
 *
 * Replaces all of them in one pass: what was filled in is not looked at again.
 *
 * Returns: (transfer full): the text
 */
char *mw_autoconfig_text_expand (const char  *text,
                                 MwAddress   *address);

G_END_DECLS
