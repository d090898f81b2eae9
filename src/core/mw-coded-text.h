/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * mw_coded_text_may_begin:
 * @c: a character of a text
 *
 * Returns: whether what begins with it may be a coded character; if not, it
 *   can only be itself
 */
gboolean mw_coded_text_may_begin (char c);

/**
 * mw_coded_text_match:
 * @wanted: what is looked for
 * @wanted_length: its length
 * @text: text from outside, in any encoding
 * @length: its length
 * @position: where in @text it would have to begin
 * @fold: whether ASCII letters match in either case
 * @out_end: (out): where it ends
 *
 * Looks for a text that may be written as other programs write texts: each
 * character on its own as it is, behind backslashes, or as `%41`, `=41`,
 * `\x41`, `\101`, `\u0041`, `\u{41}`, `&#65;`, `&#x41;`, `&quot;`; a blank also
 * as `+` or `_`; with line breaks, soft ones too, in between.
 *
 * Returns: whether it stands there
 */
gboolean mw_coded_text_match     (const char *wanted,
                                  gsize       wanted_length,
                                  const char *text,
                                  gsize       length,
                                  gsize       position,
                                  gboolean    fold,
                                  gsize      *out_end);

G_END_DECLS
