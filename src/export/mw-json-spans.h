/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Where things stand in a JSON text (RFC 8259), so that one of them can be
 * replaced and every other byte stays: how numbers are written, escapes,
 * blanks, and members that come twice. */

/**
 * MwJsonSpan:
 * @name: for a member: where its name begins, after the quotation mark
 * @name_size: how long the name is, as it is written
 * @start: where the value begins
 * @end: where the value ends
 *
 * One member of an object, or one element of an array.
 */
typedef struct {
  gsize name;
  gsize name_size;
  gsize start;
  gsize end;
} MwJsonSpan;

/**
 * mw_json_spans_read:
 * @text: a JSON text
 * @start: where an object or an array begins
 * @end: where the text ends
 *
 * Returns: (transfer full) (nullable) (element-type MwJsonSpan): its members
 *   or elements; %NULL when there stands anything but one object or array,
 *   with blanks around it
 */
GArray           *mw_json_spans_read (const char *text,
                                      gsize       start,
                                      gsize       end);

/**
 * mw_json_spans_find:
 * @spans: (element-type MwJsonSpan): members of an object
 * @name: a name
 *
 * Returns: (transfer none) (nullable): the last member of that name, which is
 *   the one that counts
 */
const MwJsonSpan *mw_json_spans_find (const char *text,
                                      GArray     *spans,
                                      const char *name);

G_END_DECLS
