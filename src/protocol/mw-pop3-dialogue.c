/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "protocol/mw-pop3-dialogue.h"

#include <string.h>

#include "protocol/mw-pop3-response.h"
#include "protocol/mw-refusal.h"

/* RFC 5034 §4: longer initial responses have to wait for the challenge. */
#define LINE_LIMIT 255

struct _MwPop3Dialogue
{
  MwDialogue parent_instance;

  gboolean   in_list;           /* inside the lines of CAPA's answer */
  gboolean   knows_capa;
};

G_DEFINE_FINAL_TYPE (MwPop3Dialogue, mw_pop3_dialogue, MW_TYPE_DIALOGUE)

static gboolean
ask_capabilities (MwDialogue  *dialogue,
                  MwStep      *out_step,
                  GError     **error)
{
  MwPop3Dialogue *self = MW_POP3_DIALOGUE (dialogue);

  self->in_list = FALSE;
  self->knows_capa = FALSE;
  _mw_dialogue_set_state (dialogue, MW_DIALOGUE_STATE_CAPABILITY);

  return _mw_dialogue_say (MW_STEP_SEND, out_step, "CAPA\r\n");
}

static MwOutcome
read_refusal (MwPop3Dialogue       *self,
              const MwPop3Response *response)
{
  MwDialogue *dialogue = MW_DIALOGUE (self);
  gboolean has_codes = _mw_dialogue_has_capability (dialogue, "RESP-CODES") ||
                       _mw_dialogue_has_capability (dialogue, "AUTH-RESP-CODE");
  MwOutcome outcome = mw_refusal_from_pop3 (response, has_codes,
                                            _mw_dialogue_is_secured (dialogue));

  _mw_dialogue_keep_text (dialogue, response->text);

  /* The log-in was right, only the mailbox cannot be had now. */
  if (outcome == MW_OUTCOME_IN_USE)
    _mw_dialogue_set_state (dialogue, MW_DIALOGUE_STATE_MAILBOX);

  return outcome;
}

static gboolean
receive_greeting (MwPop3Dialogue        *self,
                  const MwPop3Response  *response,
                  MwStep                *out_step,
                  GError               **error)
{
  MwDialogue *dialogue = MW_DIALOGUE (self);

  switch (response->status)
    {
    case MW_POP3_STATUS_OK:
      return ask_capabilities (dialogue, out_step, error);
    case MW_POP3_STATUS_ERR:
      _mw_dialogue_keep_text (dialogue, response->text);
      return _mw_dialogue_fail (dialogue, error,
                                mw_span_has_prefix (response->code, "SYS/TEMP")
                                  ? MW_OUTCOME_TEMPORARY
                                  : mw_refusal_of_service (response->text),
                                "turns everybody away");
    case MW_POP3_STATUS_CHALLENGE:
    default:
      return _mw_dialogue_fail (dialogue, error, MW_OUTCOME_NOT_MAIL_SERVER,
                                "does not greet like one");
    }
}

/* A server without CAPA may know STLS all the same; asking for it gives
 * nothing away. */
static gboolean
ask_starttls (MwDialogue  *dialogue,
              MwStep      *out_step,
              GError     **error)
{
  MwPop3Dialogue *self = MW_POP3_DIALOGUE (dialogue);

  if (self->knows_capa && !_mw_dialogue_has_capability (dialogue, "STLS"))
    return _mw_dialogue_fail (dialogue, error, MW_OUTCOME_STARTTLS_MISSING,
                              "does not offer STLS");

  _mw_dialogue_set_state (dialogue, MW_DIALOGUE_STATE_STARTTLS);
  return _mw_dialogue_say (MW_STEP_SEND, out_step, "STLS\r\n");
}

/* One capability a line, its arguments after it (RFC 2449 §5). */
static void
take_capability (MwPop3Dialogue *self,
                 MwSpan          item)
{
  MwDialogue *dialogue = MW_DIALOGUE (self);
  MwSpan rest = item;
  MwSpan name = mw_span_take_word (&rest);

  if (mw_span_equal (name, "SASL"))
    {
      while (rest.length > 0)
        _mw_dialogue_add_auth (dialogue, mw_span_take_word (&rest));
    }

  _mw_dialogue_add_capability (dialogue, name);
}

static gboolean
receive_list_line (MwPop3Dialogue  *self,
                   const char      *line,
                   gsize            length,
                   MwStep          *out_step,
                   GError         **error)
{
  MwSpan item;

  if (mw_pop3_response_take_item (line, length, &item))
    {
      take_capability (self, item);
      return TRUE;
    }

  self->in_list = FALSE;
  _mw_dialogue_set_note (MW_DIALOGUE (self), MW_NOTE_UIDL_MISSING,
                         !_mw_dialogue_has_capability (MW_DIALOGUE (self), "UIDL"));
  return _mw_dialogue_become_ready (MW_DIALOGUE (self), out_step, error);
}

static gboolean
receive_capa_reply (MwPop3Dialogue        *self,
                    const MwPop3Response  *response,
                    MwStep                *out_step,
                    GError               **error)
{
  _mw_dialogue_forget_capabilities (MW_DIALOGUE (self));
  _mw_dialogue_set_note (MW_DIALOGUE (self), MW_NOTE_UIDL_MISSING, FALSE);

  if (response->status == MW_POP3_STATUS_OK)
    {
      self->in_list = TRUE;
      self->knows_capa = TRUE;
      return TRUE;
    }

  return _mw_dialogue_become_ready (MW_DIALOGUE (self), out_step, error);
}

static gboolean
receive_stls_reply (MwPop3Dialogue        *self,
                    const MwPop3Response  *response,
                    MwStep                *out_step,
                    GError               **error)
{
  MwDialogue *dialogue = MW_DIALOGUE (self);

  if (response->status != MW_POP3_STATUS_OK)
    return _mw_dialogue_fail (dialogue, error,
                              mw_span_equal (response->code, "SYS/TEMP")
                                ? MW_OUTCOME_TEMPORARY
                                : MW_OUTCOME_STARTTLS_MISSING,
                              "refuses STLS");

  _mw_dialogue_set_state (dialogue, MW_DIALOGUE_STATE_UPGRADING);
  *out_step = (MwStep) { .kind = MW_STEP_START_TLS };
  return TRUE;
}

static gboolean
receive_user_reply (MwPop3Dialogue        *self,
                    const MwPop3Response  *response,
                    MwStep                *out_step,
                    GError               **error)
{
  MwDialogue *dialogue = MW_DIALOGUE (self);
  MwSecret *secret;

  if (response->status == MW_POP3_STATUS_ERR)
    return _mw_dialogue_refuse_auth (dialogue, read_refusal (self, response), FALSE,
                                     out_step, error);

  secret = mw_credentials_get_secret (_mw_dialogue_get_credentials (dialogue));
  _mw_dialogue_set_state (dialogue, MW_DIALOGUE_STATE_PASSWORD);

  return _mw_dialogue_say_secret (out_step, "PASS ", mw_secret_peek (secret),
                                  mw_secret_get_length (secret), TRUE);
}

static gboolean
receive_login_reply (MwPop3Dialogue        *self,
                     const MwPop3Response  *response,
                     MwStep                *out_step,
                     GError               **error)
{
  MwDialogue *dialogue = MW_DIALOGUE (self);
  gboolean in_sasl = _mw_dialogue_get_state (dialogue) == MW_DIALOGUE_STATE_SASL;

  if (response->status == MW_POP3_STATUS_CHALLENGE)
    return _mw_dialogue_continue_sasl (dialogue, response->text, out_step, error);

  if (response->status == MW_POP3_STATUS_ERR)
    return _mw_dialogue_refuse_auth (dialogue, read_refusal (self, response), FALSE,
                                     out_step, error);

  if (in_sasl && !_mw_dialogue_finish_sasl (dialogue, response->text, error))
    return FALSE;

  _mw_dialogue_keep_text (dialogue, response->text);
  _mw_dialogue_set_state (dialogue, MW_DIALOGUE_STATE_MAILBOX);
  return _mw_dialogue_say (MW_STEP_AUTHENTICATED, out_step, "STAT\r\n");
}

static gboolean
receive_stat_reply (MwPop3Dialogue        *self,
                    const MwPop3Response  *response,
                    MwStep                *out_step,
                    GError               **error)
{
  MwDialogue *dialogue = MW_DIALOGUE (self);

  if (response->status != MW_POP3_STATUS_OK)
    return _mw_dialogue_fail (dialogue, error, read_refusal (self, response),
                              "does not open the mailbox");

  _mw_dialogue_set_state (dialogue, MW_DIALOGUE_STATE_DONE);
  return _mw_dialogue_say (MW_STEP_FINISHED, out_step, "QUIT\r\n");
}

static gboolean
mw_pop3_dialogue_receive (MwDialogue  *dialogue,
                          const char  *line,
                          gsize        length,
                          MwStep      *out_step,
                          GError     **error)
{
  MwPop3Dialogue *self = MW_POP3_DIALOGUE (dialogue);
  MwDialogueState state = _mw_dialogue_get_state (dialogue);
  MwPop3Response response;

  if (self->in_list)
    return receive_list_line (self, line, length, out_step, error);

  if (!mw_pop3_response_parse (&response, line, length))
    {
      _mw_dialogue_keep_text (dialogue, mw_span_from_line (line, length));
      return _mw_dialogue_fail (dialogue, error,
                                state == MW_DIALOGUE_STATE_GREETING ? MW_OUTCOME_NOT_MAIL_SERVER
                                                                    : MW_OUTCOME_PROTOCOL,
                                "does not speak POP3");
    }

  if (response.status == MW_POP3_STATUS_CHALLENGE && state != MW_DIALOGUE_STATE_GREETING &&
      state != MW_DIALOGUE_STATE_SASL)
    return _mw_dialogue_fail (dialogue, error, MW_OUTCOME_PROTOCOL,
                              "asks for more than was announced");

  switch ((int) state)
    {
    case MW_DIALOGUE_STATE_GREETING:
      return receive_greeting (self, &response, out_step, error);
    case MW_DIALOGUE_STATE_CAPABILITY:
      return receive_capa_reply (self, &response, out_step, error);
    case MW_DIALOGUE_STATE_STARTTLS:
      return receive_stls_reply (self, &response, out_step, error);
    case MW_DIALOGUE_STATE_USER:
      return receive_user_reply (self, &response, out_step, error);
    case MW_DIALOGUE_STATE_SASL:
    case MW_DIALOGUE_STATE_PASSWORD:
      return receive_login_reply (self, &response, out_step, error);
    case MW_DIALOGUE_STATE_MAILBOX:
      return receive_stat_reply (self, &response, out_step, error);
    default:
      return _mw_dialogue_fail (dialogue, error, MW_OUTCOME_PROTOCOL,
                                "answers without having been asked");
    }
}

/* Dovecot names USER even where it refuses PLAIN, and takes the password for
 * nothing then. Everybody has PLAIN who is not told to do without (RFC 5034
 * §6): a list with SCRAM but neither PLAIN nor LOGIN was made on purpose.
 * CRAM-MD5 alone says less, for many name it and know no password for it. */
static gboolean
prefers_scram (MwDialogue *dialogue)
{
  const char * const *offered = mw_dialogue_get_auth_offered (dialogue);
  MwSaslMethods refused = _mw_dialogue_get_private (dialogue)->excluded;
  MwAuthMethod best, scram;

  return mw_sasl_choose_mutual (offered, refused, &scram) &&
         mw_sasl_choose (offered, FALSE, 0, &best) == MW_OUTCOME_WORKS &&
         best != MW_AUTH_PLAIN && best != MW_AUTH_LOGIN;
}

/* USER and PASS have no quoting: a line break would begin another command.
 * Names outside ASCII would need RFC 6856; SASL carries them anyway. */
static gboolean
can_use_user_and_pass (MwPop3Dialogue *self)
{
  MwDialogue *dialogue = MW_DIALOGUE (self);
  MwCredentials *credentials = _mw_dialogue_get_credentials (dialogue);
  const char *user_name = mw_credentials_get_user_name (credentials);
  MwSecret *secret = mw_credentials_get_secret (credentials);
  const char *password = mw_secret_peek (secret);

  return (!self->knows_capa || _mw_dialogue_has_capability (dialogue, "USER")) &&
         !prefers_scram (dialogue) &&
         g_str_is_ascii (user_name) &&
         strpbrk (user_name, "\r\n") == NULL &&
         strlen (password) == mw_secret_get_length (secret) &&
         strpbrk (password, "\r\n") == NULL;
}

static gboolean
mw_pop3_dialogue_authenticate (MwDialogue  *dialogue,
                               MwStep      *out_step,
                               GError     **error)
{
  MwPop3Dialogue *self = MW_POP3_DIALOGUE (dialogue);
  MwCredentials *credentials = _mw_dialogue_get_credentials (dialogue);

  switch ((int) _mw_dialogue_choose_auth (dialogue, can_use_user_and_pass (self), error))
    {
    case MW_AUTH_UNKNOWN:
      return FALSE;
    case MW_AUTH_PASSWORD_COMMAND:
      _mw_dialogue_set_state (dialogue, MW_DIALOGUE_STATE_USER);
      _mw_dialogue_tell_who (dialogue);
      return _mw_dialogue_say (MW_STEP_SEND, out_step, "USER %s\r\n",
                               mw_credentials_get_user_name (credentials));
    default:
      return _mw_dialogue_start_sasl (dialogue, "AUTH", TRUE, LINE_LIMIT, out_step, error);
    }
}

static void
mw_pop3_dialogue_class_init (MwPop3DialogueClass *klass)
{
  MwDialogueClass *dialogue_class = MW_DIALOGUE_CLASS (klass);

  dialogue_class->receive = mw_pop3_dialogue_receive;
  dialogue_class->ask_starttls = ask_starttls;
  dialogue_class->ask_capabilities = ask_capabilities;
  dialogue_class->authenticate = mw_pop3_dialogue_authenticate;
}

static void
mw_pop3_dialogue_init (MwPop3Dialogue *self)
{
}
