/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "protocol/mw-dialogue-private.h"
#include "protocol/mw-imap-dialogue.h"
#include "protocol/mw-imap-mailboxes.h"
#include "protocol/mw-imap-response.h"

G_BEGIN_DECLS

/* The largest literal of a server that is still read over. */
#define MW_IMAP_MAX_LITERAL (1024 * 1024)

struct _MwImapDialogue
{
  MwDialogue       parent_instance;

  MwImapMailboxes *mailboxes;   /* owned */

  guint            tag;         /* of the newest command */
  guint            proof_tag;   /* of EXAMINE */
  guint            login_tag;   /* the one before those that follow the log-in */
  guint            awaited;     /* 1 << n: the answer to login_tag + n */
  gint64           literal;     /* octets still to come, or -1 */
  gboolean         keeps_literal;
  gboolean         alerted;
};

/* In mw-imap-dialogue.c. */

gboolean _mw_imap_dialogue_is_tag                (MwSpan                 tag,
                                                  guint                  number);
void     _mw_imap_dialogue_keep_text             (MwImapDialogue        *self,
                                                  const MwImapResponse  *response);

/* In mw-imap-mailbox.c: what follows the log-in. */

/* EXAMINE, and the questions about folders, in one go. */
gboolean _mw_imap_dialogue_ask_mailbox           (MwImapDialogue        *self,
                                                  MwStep                *out_step);

/* Notes an untagged response that answers one of them. */
void     _mw_imap_dialogue_take_mailbox          (MwImapDialogue        *self,
                                                  const MwImapResponse  *response);

/* The octets of a literal, and the rest of the line after it. Returns FALSE
 * when no literal is under way. */
gboolean _mw_imap_dialogue_receive_literal       (MwImapDialogue        *self,
                                                  const char            *line,
                                                  gsize                  length);

/* Whether @tag is that of a question that was not answered yet; no longer
 * so afterwards. */
gboolean _mw_imap_dialogue_take_awaited          (MwImapDialogue        *self,
                                                  MwSpan                 tag);
gboolean _mw_imap_dialogue_receive_mailbox_reply (MwImapDialogue        *self,
                                                  const MwImapResponse  *response,
                                                  MwStep                *out_step,
                                                  GError               **error);

/* All is proved: LOGOUT, whose answer is not waited for. */
gboolean _mw_imap_dialogue_finish                (MwImapDialogue        *self,
                                                  MwStep                *out_step);

G_END_DECLS
