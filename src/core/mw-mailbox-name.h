/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Names of mailboxes as IMAP servers write them: modified UTF-7
 * (RFC 3501 §5.1.3). */

/**
 * mw_mailbox_name_encode:
 * @name: UTF-8
 *
 * Returns: (transfer full): @name in modified UTF-7, which is visible ASCII
 */
char *mw_mailbox_name_encode (const char *name);

/**
 * mw_mailbox_name_decode:
 * @bytes: what a server sent; may be anything
 * @length: its length
 *
 * Returns: (transfer full) (nullable): the name in UTF-8; %NULL when it is no
 *   modified UTF-7, or none that encoding would give again
 */
char *mw_mailbox_name_decode (const char *bytes,
                              gsize       length);

G_END_DECLS
