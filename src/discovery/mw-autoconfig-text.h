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
 * mw_autoconfig_text_is_web_page:
 * @data: bytes of an answer
 * @length: how many
 *
 * Web pages are seldom well-formed XML, so they are told by how they begin,
 * whatever else is wrong with them.
 *
 * Returns: whether these are the first bytes of one
 */
gboolean mw_autoconfig_text_is_web_page (const char *data,
                                         gsize       length);

/**
 * mw_autoconfig_text_expand:
 * @text: may hold `%EMAILADDRESS%`, `%EMAILLOCALPART%` and `%EMAILDOMAIN%`
 * @address: (nullable): what they stand for; %NULL leaves them as they are
 *
 * Replaces all of them in one pass: what was filled in is not looked at again.
 *
 * Returns: (transfer full): the text
 */
char *mw_autoconfig_text_expand (const char  *text,
                                 MwAddress   *address);

/**
 * MW_AUTOCONFIG_TEXT_NO_RANK:
 *
 * Worse than any rank.
 */
#define MW_AUTOCONFIG_TEXT_NO_RANK 1000

/**
 * mw_autoconfig_text_rank_language:
 * @lang: (nullable): what a `lang` attribute says (RFC 5646)
 *
 * How well a text fits the person, by the languages of the interface: theirs,
 * then English, then texts whose language nobody says, then the rest.
 *
 * Returns: a number, smaller is better
 */
guint mw_autoconfig_text_rank_language (const char *lang);

G_END_DECLS
