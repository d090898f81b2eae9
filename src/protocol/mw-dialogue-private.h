/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "protocol/mw-dialogue.h"
#include "protocol/mw-sasl.h"
#include "protocol/mw-span.h"

G_BEGIN_DECLS

/* What the three dialogues share. A dialogue is in exactly one of these
 * states; what it waits for follows from it and from nothing else. */
typedef enum {
  MW_DIALOGUE_STATE_GREETING,
  MW_DIALOGUE_STATE_CAPABILITY,         /* CAPABILITY, CAPA or EHLO is out */
  MW_DIALOGUE_STATE_HELO,               /* SMTP: HELO, as EHLO was refused */
  MW_DIALOGUE_STATE_STARTTLS,           /* STARTTLS or STLS is out */
  MW_DIALOGUE_STATE_UPGRADING,          /* the TLS handshake is under way */
  MW_DIALOGUE_STATE_READY,
  MW_DIALOGUE_STATE_SASL,               /* inside a SASL exchange */
  MW_DIALOGUE_STATE_USER,               /* POP3 USER is out; IMAP LOGIN waits for "+" */
  MW_DIALOGUE_STATE_PASSWORD,           /* POP3 PASS or IMAP LOGIN is out */
  MW_DIALOGUE_STATE_MAILBOX,            /* EXAMINE or STAT is out */
  MW_DIALOGUE_STATE_FOLDERS,            /* the mailbox is proved; NAMESPACE, LIST are out */
  MW_DIALOGUE_STATE_SENDER,             /* MAIL is out */
  MW_DIALOGUE_STATE_RECIPIENT,          /* RCPT is out, or follows MAIL */
  MW_DIALOGUE_STATE_RESET,              /* RSET likewise */
  MW_DIALOGUE_STATE_DONE,
  MW_DIALOGUE_STATE_FAILED,
} MwDialogueState;

struct _MwDialogueClass
{
  GObjectClass parent_class;

  gboolean (*receive)             (MwDialogue  *self,
                                   const char  *line,
                                   gsize        length,
                                   MwStep      *out_step,
                                   GError     **error);

  /* Asks for STARTTLS, which is required and has not come yet. */
  gboolean (*ask_starttls)        (MwDialogue  *self,
                                   MwStep      *out_step,
                                   GError     **error);

  /* Asks for the capabilities, after STARTTLS. */
  gboolean (*ask_capabilities)    (MwDialogue  *self,
                                   MwStep      *out_step,
                                   GError     **error);
  /* Begins with the best method that is left. */
  gboolean (*authenticate)        (MwDialogue  *self,
                                   MwStep      *out_step,
                                   GError     **error);
  gboolean (*prove_without_login) (MwDialogue  *self,
                                   MwStep      *out_step,
                                   GError     **error);

  /* Transfer full; IMAP only. */
  MwMailFolders *(*make_folders)  (MwDialogue  *self);
};

/* What is known so far, in mw-dialogue.c and its parts. */
typedef struct {
  /* Owned */
  MwEndpoint      *endpoint;
  MwAddress       *address;
  char            *client_name;
  MwCredentials   *credentials;
  MwSasl          *sasl;
  GString         *server_text;
  GPtrArray       *capabilities;
  GPtrArray       *auth_offered;
  char            *challenge;     /* whose answer is being computed */

  MwDialogueState  state;
  MwStage          stage;
  MwAuthMethod     auth;
  MwAuthMethod     only;          /* chosen by the person, or unknown */
  guint            notes;         /* 1 << MW_NOTE_… */
  MwSaslMethods    excluded;      /* impossible, or refused by the server */
  MwOutcome        refusal;       /* of the method before, or works */
  gboolean         told_who;      /* user name or password were sent */
  gboolean         secured;
  gboolean         prefer_mutual;
} MwDialoguePrivate;

/* For the other parts of the base class; the subclasses have what they need
 * below. */
MwDialoguePrivate *_mw_dialogue_get_private        (MwDialogue       *self);

MwDialogueState  _mw_dialogue_get_state            (MwDialogue       *self);
void             _mw_dialogue_set_state            (MwDialogue       *self,
                                                    MwDialogueState   state);
MwAddress       *_mw_dialogue_get_address          (MwDialogue       *self);
const char      *_mw_dialogue_get_client_name      (MwDialogue       *self);
MwCredentials   *_mw_dialogue_get_credentials      (MwDialogue       *self);

/* Whether TLS stands. */
gboolean         _mw_dialogue_is_secured           (MwDialogue       *self);

/* The capabilities are known: STARTTLS where it is required, else READY. */
gboolean         _mw_dialogue_become_ready         (MwDialogue       *self,
                                                    MwStep           *out_step,
                                                    GError          **error);

/* Something worth knowing that is no outcome, or is so no longer. */
void             _mw_dialogue_set_note             (MwDialogue       *self,
                                                    MwNote            note,
                                                    gboolean          holds);

/* Ends the conversation; always FALSE. The message is for developers and
 * never holds what the server or the person said. */
gboolean         _mw_dialogue_fail                 (MwDialogue       *self,
                                                    GError          **error,
                                                    MwOutcome         outcome,
                                                    const char       *format,
                                                    ...) G_GNUC_PRINTF (4, 5);

/* The server's words; dropped while they could come from anybody. */
void             _mw_dialogue_keep_text            (MwDialogue       *self,
                                                    MwSpan            text);

/* The same, further line of one answer. */
void             _mw_dialogue_append_text          (MwDialogue       *self,
                                                    MwSpan            text);

void             _mw_dialogue_forget_capabilities  (MwDialogue       *self);
void             _mw_dialogue_add_capability       (MwDialogue       *self,
                                                    MwSpan            capability);
void             _mw_dialogue_add_auth             (MwDialogue       *self,
                                                    MwSpan            name);
gboolean         _mw_dialogue_has_capabilities     (MwDialogue       *self);
gboolean         _mw_dialogue_has_capability       (MwDialogue       *self,
                                                    const char       *name);

/* A step that carries no secret; always TRUE. */
gboolean         _mw_dialogue_say                  (MwStepKind        kind,
                                                    MwStep           *out_step,
                                                    const char       *format,
                                                    ...) G_GNUC_PRINTF (3, 4);

/* A step that does: "prefix secret CRLF"; always TRUE. */
gboolean         _mw_dialogue_say_secret           (MwStep           *out_step,
                                                    const char       *prefix,
                                                    const char       *secret,
                                                    gsize             length,
                                                    gboolean          presents_secret);

/* Chooses how to log in, MW_AUTH_UNKNOWN with @error set when nothing fits, or
 * nothing else after a refusal. */
MwAuthMethod     _mw_dialogue_choose_auth          (MwDialogue       *self,
                                                    gboolean          password_command,
                                                    GError          **error);

/* Begins the SASL exchange: @command, the mechanism's name, and the initial
 * response where allowed, it exists and the line stays within @limit. */
gboolean         _mw_dialogue_start_sasl           (MwDialogue       *self,
                                                    const char       *command,
                                                    gboolean          initial_response,
                                                    gsize             limit,
                                                    MwStep           *out_step,
                                                    GError          **error);

/* Answers a challenge. */
gboolean         _mw_dialogue_continue_sasl        (MwDialogue       *self,
                                                    MwSpan            challenge,
                                                    MwStep           *out_step,
                                                    GError          **error);

/* Whether a yes of the server, in these words, may be believed. */
gboolean         _mw_dialogue_finish_sasl          (MwDialogue       *self,
                                                    MwSpan            text,
                                                    GError          **error);

/* The server refuses the log-in. Goes on with the next method where @outcome,
 * or @is_syntax, says that it was this one that was wrong; else ends the
 * conversation. */
gboolean         _mw_dialogue_refuse_auth          (MwDialogue       *self,
                                                    MwOutcome         outcome,
                                                    gboolean          is_syntax,
                                                    MwStep           *out_step,
                                                    GError          **error);

/* The password command is about to tell who logs in. */
void             _mw_dialogue_tell_who             (MwDialogue       *self);

G_END_DECLS
