/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Signatures of mail programs as plain text. */

/**
 * mw_plain_text_clean:
 * @text: what a mail program keeps; may be anything
 *
 * Returns: (transfer full) (nullable): the same with line feeds at line ends,
 *   none after the last line; %NULL when nothing is in it or it is no text
 */
char *mw_plain_text_clean     (const char *text);

/**
 * mw_plain_text_from_html:
 * @html: a piece of HTML
 *
 * Takes the words out: marks go, those that end a line become line ends, and
 * the entities people meet become their characters.
 *
 * Returns: (transfer full) (nullable): the text, %NULL when there is none
 */
char *mw_plain_text_from_html (const char *html);

/**
 * mw_plain_text_read_file:
 * @path: of a plain file of the person's own
 *
 * Blocks: for threads that do file work.
 *
 * Returns: (transfer full) (nullable): what stands in it, %NULL when it is too
 *   long, no text, or cannot be read
 */
char *mw_plain_text_read_file (const char *path);

G_END_DECLS
