/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * mw_foreign_words_clean:
 * @text: (nullable): words from a server, a document, a link or a file
 * @max_chars: how many characters to keep at most
 *
 * Makes one line of valid UTF-8 out of text from outside, with nothing in it
 * that cannot be seen, and an ellipsis where it was too long. Nothing is left
 * of text with nothing to show.
 *
 * Returns: (transfer full): what can be shown, perhaps empty
 */
char *mw_foreign_words_clean   (const char *text,
                                guint       max_chars);

/**
 * mw_foreign_words_isolate:
 * @words: what came out of mw_foreign_words_clean()
 *
 * Puts words between directional isolates (Unicode Standard Annex #9), so that
 * they cannot reorder anything around them.
 *
 * Returns: (transfer full): the same, fit to stand in a sentence
 */
char *mw_foreign_words_isolate (const char *words);

G_END_DECLS
