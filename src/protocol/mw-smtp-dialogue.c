/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "protocol/mw-smtp-dialogue.h"

#include <string.h>

#include "protocol/mw-refusal.h"
#include "protocol/mw-smtp-reply.h"

/* RFC 4954 §4. */
#define LINE_LIMIT 12288

#define MAX_TEXT 4096

struct _MwSmtpDialogue
{
  MwDialogue  parent_instance;

  /* Owned */
  GString    *text;             /* words of the reply that is being read */

  int         code;             /* of that reply; 0 between replies */
  gboolean    is_pipelined;     /* MAIL, RCPT and RSET are out together */
};

G_DEFINE_FINAL_TYPE (MwSmtpDialogue, mw_smtp_dialogue, MW_TYPE_DIALOGUE)

/* RFC 5321 §4.1.3. A name would be checked against DNS by some servers, and
 * would tell more about this computer than they need. */
static char *
format_client_name (MwDialogue *dialogue)
{
  const char *name = _mw_dialogue_get_client_name (dialogue);
  g_autofree char *address = NULL;

  if (name == NULL || strspn (name, "0123456789abcdefABCDEF:.%") == 0)
    return g_strdup ("[127.0.0.1]");

  address = g_strndup (name, strspn (name, "0123456789abcdefABCDEF:."));

  if (strchr (address, ':') == NULL)
    return g_strdup_printf ("[%s]", address);

  if (g_ascii_strncasecmp (address, "::ffff:", 7) == 0 && strchr (address, '.') != NULL)
    return g_strdup_printf ("[%s]", address + 7);

  return g_strdup_printf ("[IPv6:%s]", address);
}

static gboolean
say_hello (MwSmtpDialogue *self,
           const char     *command,
           MwStep         *out_step)
{
  g_autofree char *client_name = format_client_name (MW_DIALOGUE (self));

  return _mw_dialogue_say (MW_STEP_SEND, out_step, "%s %s\r\n", command, client_name);
}

static gboolean
ask_capabilities (MwDialogue  *dialogue,
                  MwStep      *out_step,
                  GError     **error)
{
  _mw_dialogue_set_state (dialogue, MW_DIALOGUE_STATE_CAPABILITY);
  return say_hello (MW_SMTP_DIALOGUE (dialogue), "EHLO", out_step);
}

static MwSpan
peek_text (MwSmtpDialogue *self)
{
  return (MwSpan) { self->text->str, self->text->len };
}

static gboolean
refuse (MwSmtpDialogue  *self,
        MwOutcome        outcome,
        const char      *what,
        GError         **error)
{
  MwDialogue *dialogue = MW_DIALOGUE (self);

  _mw_dialogue_keep_text (dialogue, peek_text (self));
  return _mw_dialogue_fail (dialogue, error, outcome, "%s", what);
}

static gboolean
receive_greeting (MwSmtpDialogue     *self,
                  const MwSmtpReply  *reply,
                  MwStep             *out_step,
                  GError            **error)
{
  if (reply->code == 220)
    return ask_capabilities (MW_DIALOGUE (self), out_step, error);

  if (reply->code < 400)
    return refuse (self, MW_OUTCOME_NOT_MAIL_SERVER, "does not greet like one", error);

  return refuse (self,
                 reply->code < 500 ? MW_OUTCOME_TEMPORARY
                                   : mw_refusal_of_service (peek_text (self)),
                 "turns everybody away", error);
}

/* RFC 5321 §4.1.1.1. "AUTH=" is how servers older than RFC 2554 wrote it and
 * how some still do beside the right form. */
static void
take_capability (MwSmtpDialogue *self,
                 MwSpan          line)
{
  MwDialogue *dialogue = MW_DIALOGUE (self);
  MwSpan rest = line;
  MwSpan name = mw_span_take_word (&rest);

  _mw_dialogue_add_capability (dialogue, name);

  if (mw_span_has_prefix (name, "AUTH="))
    _mw_dialogue_add_auth (dialogue, mw_span_skip (name, 5));
  else if (!mw_span_equal (name, "AUTH"))
    return;

  while (rest.length > 0)
    _mw_dialogue_add_auth (dialogue, mw_span_take_word (&rest));
}

static gboolean
ask_starttls (MwDialogue  *dialogue,
              MwStep      *out_step,
              GError     **error)
{
  if (!_mw_dialogue_has_capability (dialogue, "STARTTLS"))
    return _mw_dialogue_fail (dialogue, error, MW_OUTCOME_STARTTLS_MISSING,
                              "does not offer STARTTLS");

  _mw_dialogue_set_state (dialogue, MW_DIALOGUE_STATE_STARTTLS);
  return _mw_dialogue_say (MW_STEP_SEND, out_step, "STARTTLS\r\n");
}

static gboolean
receive_ehlo_reply (MwSmtpDialogue     *self,
                    const MwSmtpReply  *reply,
                    MwStep             *out_step,
                    GError            **error)
{
  MwDialogue *dialogue = MW_DIALOGUE (self);

  _mw_dialogue_set_note (dialogue, MW_NOTE_HELO, FALSE);
  if (reply->code == 250)
    return _mw_dialogue_become_ready (MW_DIALOGUE (self), out_step, error);

  if (reply->code < 400)
    return refuse (self, MW_OUTCOME_PROTOCOL, "answers EHLO strangely", error);

  if (reply->code < 500)
    return refuse (self, MW_OUTCOME_TEMPORARY, "refuses EHLO for now", error);

  /* RFC 5321 §3.2: servers without extensions know only HELO. */
  _mw_dialogue_forget_capabilities (dialogue);
  _mw_dialogue_set_state (dialogue, MW_DIALOGUE_STATE_HELO);
  return say_hello (self, "HELO", out_step);
}

static gboolean
receive_helo_reply (MwSmtpDialogue     *self,
                    const MwSmtpReply  *reply,
                    MwStep             *out_step,
                    GError            **error)
{
  _mw_dialogue_set_note (MW_DIALOGUE (self), MW_NOTE_HELO, reply->code == 250);
  if (reply->code == 250)
    return _mw_dialogue_become_ready (MW_DIALOGUE (self), out_step, error);

  if (reply->code >= 400 && reply->code < 500)
    return refuse (self, MW_OUTCOME_TEMPORARY, "refuses HELO for now", error);

  /* 500 to both: FTP, for instance, has the same greeting. */
  return refuse (self,
                 reply->code == 500 ? MW_OUTCOME_NOT_MAIL_SERVER
                                    : mw_refusal_of_service (peek_text (self)),
                 "refuses EHLO and HELO", error);
}

static gboolean
receive_starttls_reply (MwSmtpDialogue     *self,
                        const MwSmtpReply  *reply,
                        MwStep             *out_step,
                        GError            **error)
{
  MwDialogue *dialogue = MW_DIALOGUE (self);

  if (reply->code != 220)
    return refuse (self,
                   reply->code >= 400 && reply->code < 500 ? MW_OUTCOME_TEMPORARY
                                                           : MW_OUTCOME_STARTTLS_MISSING,
                   "refuses STARTTLS", error);

  _mw_dialogue_set_state (dialogue, MW_DIALOGUE_STATE_UPGRADING);
  *out_step = (MwStep) { .kind = MW_STEP_START_TLS };
  return TRUE;
}

static char *
format_mail (MwSmtpDialogue *self)
{
  const char *address = mw_address_get_text (_mw_dialogue_get_address (MW_DIALOGUE (self)));

  return g_strdup_printf ("MAIL FROM:<%s>%s\r\n", address,
                          g_str_is_ascii (address) ? "" : " SMTPUTF8");
}

static char *
format_rcpt (MwSmtpDialogue *self)
{
  return g_strdup_printf ("RCPT TO:<%s>\r\n",
                          mw_address_get_text (_mw_dialogue_get_address (MW_DIALOGUE (self))));
}

/* Asks whether the own address may send, and mail for it is taken; never for
 * another recipient, and never as far as DATA. */
static gboolean
prove_sender (MwSmtpDialogue  *self,
              MwStepKind       kind,
              MwStep          *out_step,
              GError         **error)
{
  MwDialogue *dialogue = MW_DIALOGUE (self);
  const char *address = mw_address_get_text (_mw_dialogue_get_address (dialogue));
  g_autofree char *mail = format_mail (self);
  g_autofree char *rcpt = format_rcpt (self);

  _mw_dialogue_set_state (dialogue, MW_DIALOGUE_STATE_SENDER);

  if (!g_str_is_ascii (address) && !_mw_dialogue_has_capability (dialogue, "SMTPUTF8"))
    return _mw_dialogue_fail (dialogue, error, MW_OUTCOME_SMTPUTF8_MISSING,
                              "takes no address outside ASCII");

  self->is_pipelined = _mw_dialogue_has_capability (dialogue, "PIPELINING");
  if (self->is_pipelined)
    return _mw_dialogue_say (kind, out_step, "%s%sRSET\r\n", mail, rcpt);

  return _mw_dialogue_say (kind, out_step, "%s", mail);
}

static gboolean
receive_auth_reply (MwSmtpDialogue     *self,
                    const MwSmtpReply  *reply,
                    MwStep             *out_step,
                    GError            **error)
{
  MwDialogue *dialogue = MW_DIALOGUE (self);

  if (reply->code == 334)
    return _mw_dialogue_continue_sasl (dialogue, peek_text (self), out_step, error);

  _mw_dialogue_keep_text (dialogue, peek_text (self));
  if (reply->code != 235)
    return _mw_dialogue_refuse_auth (dialogue,
                                     mw_refusal_from_smtp_auth (reply, peek_text (self)), FALSE,
                                     out_step, error);

  if (!_mw_dialogue_finish_sasl (dialogue, peek_text (self), error))
    return FALSE;

  return prove_sender (self, MW_STEP_AUTHENTICATED, out_step, error);
}

/* Goes on to the next of MAIL, RCPT and RSET, which may be out already. */
static gboolean
go_on (MwSmtpDialogue  *self,
       MwDialogueState  state,
       const char      *command,
       MwStep          *out_step)
{
  _mw_dialogue_set_state (MW_DIALOGUE (self), state);

  return self->is_pipelined || _mw_dialogue_say (MW_STEP_SEND, out_step, "%s", command);
}

static gboolean
receive_sender_reply (MwSmtpDialogue     *self,
                      const MwSmtpReply  *reply,
                      MwStep             *out_step,
                      GError            **error)
{
  MwDialogue *dialogue = MW_DIALOGUE (self);
  gboolean is_recipient = _mw_dialogue_get_state (dialogue) == MW_DIALOGUE_STATE_RECIPIENT;
  gboolean is_authenticated = mw_dialogue_get_auth (dialogue) != MW_AUTH_NONE;
  g_autofree char *rcpt = NULL;
  MwOutcome outcome;

  if (reply->code / 10 != 25)
    {
      outcome = mw_refusal_from_smtp_sender (reply, peek_text (self),
                                             is_recipient, is_authenticated);
      if (outcome != MW_OUTCOME_WORKS)
        return refuse (self, outcome,
                       is_recipient ? "refuses mail for the own address"
                                    : "refuses the own address as sender",
                       error);
      _mw_dialogue_keep_text (dialogue, peek_text (self));
      _mw_dialogue_set_note (dialogue, MW_NOTE_RECIPIENT_LATER, reply->code < 500);
    }

  if (is_recipient)
    return go_on (self, MW_DIALOGUE_STATE_RESET, "RSET\r\n", out_step);

  rcpt = format_rcpt (self);
  return go_on (self, MW_DIALOGUE_STATE_RECIPIENT, rcpt, out_step);
}

static gboolean
receive_reply (MwSmtpDialogue     *self,
               const MwSmtpReply  *reply,
               MwStep             *out_step,
               GError            **error)
{
  MwDialogue *dialogue = MW_DIALOGUE (self);
  MwDialogueState state = _mw_dialogue_get_state (dialogue);

  /* RFC 5321 §3.8: the server is about to close, whatever was asked. */
  if (reply->code == 421 && state != MW_DIALOGUE_STATE_RESET)
    return refuse (self, MW_OUTCOME_TEMPORARY, "is about to close", error);

  switch ((int) state)
    {
    case MW_DIALOGUE_STATE_GREETING:
      return receive_greeting (self, reply, out_step, error);
    case MW_DIALOGUE_STATE_CAPABILITY:
      return receive_ehlo_reply (self, reply, out_step, error);
    case MW_DIALOGUE_STATE_HELO:
      return receive_helo_reply (self, reply, out_step, error);
    case MW_DIALOGUE_STATE_STARTTLS:
      return receive_starttls_reply (self, reply, out_step, error);
    case MW_DIALOGUE_STATE_SASL:
      return receive_auth_reply (self, reply, out_step, error);
    case MW_DIALOGUE_STATE_SENDER:
    case MW_DIALOGUE_STATE_RECIPIENT:
      return receive_sender_reply (self, reply, out_step, error);
    case MW_DIALOGUE_STATE_RESET:
      _mw_dialogue_set_state (dialogue, MW_DIALOGUE_STATE_DONE);
      return _mw_dialogue_say (MW_STEP_FINISHED, out_step, "QUIT\r\n");
    default:
      return refuse (self, MW_OUTCOME_PROTOCOL, "answers without having been asked", error);
    }
}

static gboolean
mw_smtp_dialogue_receive (MwDialogue  *dialogue,
                          const char  *line,
                          gsize        length,
                          MwStep      *out_step,
                          GError     **error)
{
  MwSmtpDialogue *self = MW_SMTP_DIALOGUE (dialogue);
  MwDialogueState state = _mw_dialogue_get_state (dialogue);
  gboolean is_first = self->code == 0;
  MwSmtpReply reply;

  if (!mw_smtp_reply_parse (&reply, line, length))
    {
      _mw_dialogue_keep_text (dialogue, mw_span_from_line (line, length));
      return _mw_dialogue_fail (dialogue, error,
                                is_first && state == MW_DIALOGUE_STATE_GREETING
                                  ? MW_OUTCOME_NOT_MAIL_SERVER
                                  : MW_OUTCOME_PROTOCOL,
                                "does not speak SMTP");
    }

  if (!is_first && reply.code != self->code)
    return _mw_dialogue_fail (dialogue, error, MW_OUTCOME_PROTOCOL,
                              "changes the code inside a reply");

  if (is_first)
    g_string_truncate (self->text, 0);
  else if (self->text->len < MAX_TEXT)
    g_string_append_c (self->text, '\n');
  g_string_append_len (self->text, reply.text.bytes,
                       MIN (reply.text.length, MAX_TEXT - MIN (self->text->len, MAX_TEXT)));

  if (state == MW_DIALOGUE_STATE_CAPABILITY && reply.code == 250)
    {
      /* The first line names the server (RFC 5321 §4.1.1.1). */
      if (is_first)
        _mw_dialogue_forget_capabilities (dialogue);
      else
        take_capability (self, reply.text);
    }

  self->code = reply.is_last ? 0 : reply.code;
  if (!reply.is_last)
    return TRUE;

  return receive_reply (self, &reply, out_step, error);
}

static gboolean
mw_smtp_dialogue_authenticate (MwDialogue  *dialogue,
                               MwStep      *out_step,
                               GError     **error)
{
  if (_mw_dialogue_choose_auth (dialogue, FALSE, error) == MW_AUTH_UNKNOWN)
    return FALSE;

  return _mw_dialogue_start_sasl (dialogue, "AUTH", TRUE, LINE_LIMIT, out_step, error);
}

static gboolean
mw_smtp_dialogue_prove_without_login (MwDialogue  *dialogue,
                                      MwStep      *out_step,
                                      GError     **error)
{
  return prove_sender (MW_SMTP_DIALOGUE (dialogue), MW_STEP_SEND, out_step, error);
}

static void
mw_smtp_dialogue_finalize (GObject *object)
{
  MwSmtpDialogue *self = MW_SMTP_DIALOGUE (object);

  g_string_free (self->text, TRUE);

  G_OBJECT_CLASS (mw_smtp_dialogue_parent_class)->finalize (object);
}

static void
mw_smtp_dialogue_class_init (MwSmtpDialogueClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  MwDialogueClass *dialogue_class = MW_DIALOGUE_CLASS (klass);

  object_class->finalize = mw_smtp_dialogue_finalize;
  dialogue_class->receive = mw_smtp_dialogue_receive;
  dialogue_class->ask_starttls = ask_starttls;
  dialogue_class->ask_capabilities = ask_capabilities;
  dialogue_class->authenticate = mw_smtp_dialogue_authenticate;
  dialogue_class->prove_without_login = mw_smtp_dialogue_prove_without_login;
}

static void
mw_smtp_dialogue_init (MwSmtpDialogue *self)
{
  self->text = g_string_new (NULL);
}
