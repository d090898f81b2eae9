/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "core/mw-mail-folders.h"
#include "protocol/mw-span.h"

G_BEGIN_DECLS

/**
 * MwImapMailboxes:
 *
 * Collects what the responses LIST (RFC 3501 §7.2.2, RFC 6154), NAMESPACE
 * (RFC 2342) and ENABLED (RFC 6855) say. Nothing a server sends is an error
 * here: what cannot be understood, or is too much, stays unknown.
 */
typedef struct _MwImapMailboxes MwImapMailboxes;

MwImapMailboxes *mw_imap_mailboxes_new          (void);
void             mw_imap_mailboxes_free         (MwImapMailboxes *self);

/**
 * mw_imap_mailboxes_wants:
 * @text: an untagged response without its `*`
 *
 * Returns: whether it is one of the three
 */
gboolean         mw_imap_mailboxes_wants        (MwSpan           text);

/**
 * mw_imap_mailboxes_add:
 * @text: the next piece of a response, as received: each line end that
 *   belongs to a literal is part of it, the last one is not
 */
void             mw_imap_mailboxes_add          (MwImapMailboxes *self,
                                                 MwSpan           text);

/**
 * mw_imap_mailboxes_end:
 *
 * The response is complete: reads it.
 */
void             mw_imap_mailboxes_end          (MwImapMailboxes *self);

/**
 * mw_imap_mailboxes_is_full:
 *
 * Returns: whether as many mailboxes were listed as are read; what was known
 *   by then stays known
 */
gboolean         mw_imap_mailboxes_is_full      (MwImapMailboxes *self);

/**
 * mw_imap_mailboxes_is_utf8:
 *
 * Returns: whether the server has switched to UTF8=ACCEPT
 */
gboolean         mw_imap_mailboxes_is_utf8      (MwImapMailboxes *self);

/**
 * mw_imap_mailboxes_make_folders:
 *
 * Returns: (transfer full) (nullable): what is known so far
 */
MwMailFolders   *mw_imap_mailboxes_make_folders (MwImapMailboxes *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MwImapMailboxes, mw_imap_mailboxes_free)

G_END_DECLS
