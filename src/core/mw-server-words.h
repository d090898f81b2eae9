/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * mw_server_words_contain:
 * @part: some text
 * @length: its length
 *
 * Returns: whether servers say @part by nature, in either case
 */
gboolean mw_server_words_contain (const char *part,
                                  gsize       length);

/**
 * mw_server_words_keep:
 * @line: a line from a server
 * @length: its length
 *
 * Returns: how long the beginning of @line is that every server says: codes,
 *   the tag and the words of the protocol
 */
gsize    mw_server_words_keep    (const char *line,
                                  gsize       length);

G_END_DECLS
