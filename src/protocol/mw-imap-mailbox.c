/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "protocol/mw-imap-dialogue-private.h"

#include "protocol/mw-refusal.h"

static const MwSpan line_end = { "\r\n", 2 };

/* Whether it is about mailboxes, and we have asked. */
void
_mw_imap_dialogue_take_mailbox (MwImapDialogue       *self,
                                const MwImapResponse *response)
{
  self->keeps_literal = self->awaited != 0 && response->status == MW_IMAP_STATUS_DATA &&
                        mw_imap_mailboxes_wants (response->text);
  if (!self->keeps_literal)
    return;

  mw_imap_mailboxes_add (self->mailboxes, response->text);
  if (response->literal >= 0)
    mw_imap_mailboxes_add (self->mailboxes, line_end);
  else
    mw_imap_mailboxes_end (self->mailboxes);
}

/* The octets of a literal, and the rest of the line after it. Only in the
 * name of a mailbox do they say what we want to know. */
gboolean
_mw_imap_dialogue_receive_literal (MwImapDialogue *self,
                                   const char     *line,
                                   gsize           length)
{
  MwSpan octets, rest;

  if (self->literal < 0)
    return FALSE;

  octets = (MwSpan) { line, MIN ((gint64) length, self->literal) };
  if (self->keeps_literal)
    mw_imap_mailboxes_add (self->mailboxes, octets);
  self->literal -= octets.length;
  if (octets.length == length)
    return TRUE;

  rest = mw_span_from_line (line + octets.length, length - octets.length);
  self->literal = mw_imap_response_find_literal (rest.bytes, rest.length);
  self->literal = MIN (self->literal, MW_IMAP_MAX_LITERAL);
  if (!self->keeps_literal)
    return TRUE;

  mw_imap_mailboxes_add (self->mailboxes, rest);
  if (self->literal >= 0)
    mw_imap_mailboxes_add (self->mailboxes, line_end);
  else
    mw_imap_mailboxes_end (self->mailboxes);

  return TRUE;
}

static void
add_command (MwImapDialogue *self,
             GString        *commands,
             const char     *command)
{
  g_string_append_printf (commands, "a%u %s\r\n", ++self->tag, command);
  self->awaited |= 1u << (self->tag - self->login_tag);
}

/* RFC 6855: without it such a server shows mail in other letters than ASCII
 * to nobody (ONLY), or not as it is (ACCEPT). */
static gboolean
wants_utf8 (MwDialogue *dialogue)
{
  const char *address = mw_address_get_text (_mw_dialogue_get_address (dialogue));

  return _mw_dialogue_has_capability (dialogue, "UTF8=ONLY") ||
         (_mw_dialogue_has_capability (dialogue, "UTF8=ACCEPT") && !g_str_is_ascii (address));
}

/* RFC 9051 has NAMESPACE, LIST-EXTENDED and SPECIAL-USE without naming them. */
static gboolean
is_revision_2 (MwDialogue *dialogue)
{
  return _mw_dialogue_has_capability (dialogue, "IMAP4rev2");
}

/* Only the mailboxes that are kept for some use, where the server can choose
 * them; others show the use in the whole list, which is why that comes last
 * and only its beginning is read. */
static const char *
choose_list (MwDialogue *dialogue)
{
  gboolean can_choose = is_revision_2 (dialogue) ||
                        (_mw_dialogue_has_capability (dialogue, "SPECIAL-USE") &&
                         _mw_dialogue_has_capability (dialogue, "LIST-EXTENDED"));

  return can_choose ? "LIST (SPECIAL-USE) \"\" \"*\"" : "LIST \"\" \"*\"";
}

/* All in one go. EXAMINE is the proof that the mailbox can be read; the
 * others are asked for what the mail program will want to know. */
gboolean
_mw_imap_dialogue_ask_mailbox (MwImapDialogue *self,
                               MwStep         *out_step)
{
  MwDialogue *dialogue = MW_DIALOGUE (self);
  const char *address = mw_address_get_text (_mw_dialogue_get_address (dialogue));
  g_autoptr(GString) commands = g_string_new (NULL);

  self->login_tag = self->tag;
  _mw_dialogue_set_state (dialogue, MW_DIALOGUE_STATE_MAILBOX);
  _mw_dialogue_set_note (dialogue, MW_NOTE_UTF8_MISSING, !g_str_is_ascii (address));

  /* Some servers (163.com) show no mailbox to a client without a name, and
   * cannot read a blank after the parenthesis (RFC 2971). */
  if (_mw_dialogue_has_capability (dialogue, "ID"))
    add_command (self, commands, "ID (\"name\" \"Mailwright\")");
  /* RFC 5161 §3.1: not once a mailbox is open. */
  if (wants_utf8 (dialogue))
    add_command (self, commands, "ENABLE UTF8=ACCEPT");
  add_command (self, commands, "EXAMINE INBOX");
  self->proof_tag = self->tag;
  if (_mw_dialogue_has_capability (dialogue, "NAMESPACE") || is_revision_2 (dialogue))
    add_command (self, commands, "NAMESPACE");
  add_command (self, commands, choose_list (dialogue));

  return _mw_dialogue_say (MW_STEP_AUTHENTICATED, out_step, "%s", commands->str);
}

gboolean
_mw_imap_dialogue_finish (MwImapDialogue *self,
                          MwStep         *out_step)
{
  _mw_dialogue_set_state (MW_DIALOGUE (self), MW_DIALOGUE_STATE_DONE);
  return _mw_dialogue_say (MW_STEP_FINISHED, out_step, "a%u LOGOUT\r\n", ++self->tag);
}

/* Each command is answered once. */
gboolean
_mw_imap_dialogue_take_awaited (MwImapDialogue *self,
                                MwSpan          tag)
{
  for (guint n = 1; self->login_tag + n <= self->tag; n++)
    {
      if ((self->awaited & (1u << n)) != 0 && _mw_imap_dialogue_is_tag (tag, self->login_tag + n))
        {
          self->awaited &= ~(1u << n);
          return TRUE;
        }
    }

  return FALSE;
}

gboolean
_mw_imap_dialogue_receive_mailbox_reply (MwImapDialogue       *self,
                                         const MwImapResponse *response,
                                         MwStep               *out_step,
                                         GError              **error)
{
  MwDialogue *dialogue = MW_DIALOGUE (self);

  if (_mw_imap_dialogue_is_tag (response->tag, self->proof_tag))
    {
      if (response->status != MW_IMAP_STATUS_OK)
        {
          _mw_imap_dialogue_keep_text (self, response);
          return _mw_dialogue_fail (dialogue, error,
                                    mw_refusal_from_imap (response, MW_OUTCOME_LOGIN_REFUSED),
                                    "does not open the mailbox");
        }
      _mw_dialogue_set_state (dialogue, MW_DIALOGUE_STATE_FOLDERS);
    }

  if (mw_imap_mailboxes_is_utf8 (self->mailboxes))
    _mw_dialogue_set_note (dialogue, MW_NOTE_UTF8_MISSING, FALSE);
  if (mw_dialogue_is_proved (dialogue))
    _mw_dialogue_set_note (dialogue, MW_NOTE_FOLDERS_INCOMPLETE,
                           self->awaited != 0 || mw_imap_mailboxes_is_full (self->mailboxes));

  return self->awaited != 0 || _mw_imap_dialogue_finish (self, out_step);
}

