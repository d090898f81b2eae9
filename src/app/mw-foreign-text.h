/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * mw_foreign_text_new:
 * @text: (nullable): words from a server, a link or a file
 * @max_chars: how many characters to show at most
 *
 * Makes text from outside fit to stand in a sentence: valid UTF-8 on one line,
 * nothing in it that changes the direction or look of what stands around it,
 * and where it is too long, an ellipsis instead of the rest.
 *
 * Returns: (transfer full): text between directional isolates, empty when
 *   @text has nothing to show
 */
char *mw_foreign_text_new      (const char *text,
                                guint       max_chars);

/**
 * mw_foreign_text_new_host:
 * @host: a host name or an address; never shortened
 *
 * Returns: (transfer full): the host, always read from left to right
 */
char *mw_foreign_text_new_host (const char *host);

/**
 * mw_foreign_text_describe_host:
 * @host: a normalised host name or an address
 *
 * For questions about a host. What is written in other letters than a to z may
 * look like another name, so that the name service's form stands beside it.
 *
 * Returns: (transfer full): the host in one or both forms
 */
char *mw_foreign_text_describe_host (const char *host);

G_END_DECLS
