/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * MwSpan:
 * @bytes: (nullable): first byte; may be anything a server sends, NUL too
 * @length: how many
 *
 * A piece of a line that somebody else owns. The line parsers cut a line into
 * these and allocate nothing.
 */
typedef struct {
  const char *bytes;
  gsize       length;
} MwSpan;

/**
 * mw_span_from_line:
 *
 * Returns: the line without its line end
 */
MwSpan    mw_span_from_line   (const char *line,
                               gsize       length);

/**
 * mw_span_skip:
 *
 * Returns: @self without its first @count bytes
 */
MwSpan    mw_span_skip        (MwSpan      self,
                               gsize       count);

/**
 * mw_span_skip_blanks:
 *
 * Returns: @self without the blanks and tabs it begins with
 */
MwSpan    mw_span_skip_blanks (MwSpan      self);

/**
 * mw_span_take_word:
 * @self: (inout): what is left
 *
 * Returns: everything up to the next blank; @self then begins after the
 *   blanks that follow it
 */
MwSpan    mw_span_take_word   (MwSpan     *self);

/**
 * mw_span_equal:
 *
 * Returns: whether @self is @word, ASCII capitals forgiven
 */
gboolean  mw_span_equal       (MwSpan      self,
                               const char *word);
gboolean  mw_span_has_prefix  (MwSpan      self,
                               const char *prefix);

/**
 * mw_span_to_string:
 *
 * Returns: (transfer full): a copy in which every byte that is not printable
 *   ASCII has become a question mark
 */
char     *mw_span_to_string   (MwSpan      self);

G_END_DECLS
