/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "protocol/mw-imap-dialogue.h"

#include <string.h>

#include "protocol/mw-imap-dialogue-private.h"
#include "protocol/mw-imap-quote.h"
#include "protocol/mw-refusal.h"

/* What servers read as one line at least (RFC 7162 §4 has 8192). */
#define LINE_LIMIT 8192

/* RFC 7888 §5: a LITERAL- server takes no longer one without being asked. */
#define SHORT_LITERAL 4096

G_DEFINE_FINAL_TYPE (MwImapDialogue, mw_imap_dialogue, MW_TYPE_DIALOGUE)

static gboolean
say_command (MwImapDialogue *self,
             MwStep         *out_step,
             const char     *command)
{
  return _mw_dialogue_say (MW_STEP_SEND, out_step, "a%u %s\r\n", ++self->tag, command);
}

static void
take_capabilities (MwImapDialogue *self,
                   MwSpan          list)
{
  MwDialogue *dialogue = MW_DIALOGUE (self);

  _mw_dialogue_forget_capabilities (dialogue);

  while (list.length > 0)
    {
      MwSpan word = mw_span_take_word (&list);

      _mw_dialogue_add_capability (dialogue, word);
      if (mw_span_has_prefix (word, "AUTH="))
        _mw_dialogue_add_auth (dialogue, mw_span_skip (word, 5));
    }
}

static gboolean
take_capability_code (MwImapDialogue       *self,
                      const MwImapResponse *response)
{
  if (!mw_span_equal (response->code, "CAPABILITY"))
    return FALSE;

  take_capabilities (self, response->code_arguments);
  return TRUE;
}

static gboolean
ask_capabilities (MwDialogue  *dialogue,
                  MwStep      *out_step,
                  GError     **error)
{
  MwImapDialogue *self = MW_IMAP_DIALOGUE (dialogue);

  /* Whatever was noted came in clear. */
  self->alerted = FALSE;

  _mw_dialogue_set_state (dialogue, MW_DIALOGUE_STATE_CAPABILITY);
  return say_command (self, out_step, "CAPABILITY");
}

static gboolean
ask_starttls (MwDialogue  *dialogue,
              MwStep      *out_step,
              GError     **error)
{
  MwImapDialogue *self = MW_IMAP_DIALOGUE (dialogue);

  if (_mw_dialogue_has_capability (dialogue, "STARTTLS"))
    {
      _mw_dialogue_set_state (dialogue, MW_DIALOGUE_STATE_STARTTLS);
      return say_command (self, out_step, "STARTTLS");
    }

  /* A greeting need not name everything. */
  if (_mw_dialogue_get_state (dialogue) == MW_DIALOGUE_STATE_GREETING)
    return ask_capabilities (dialogue, out_step, error);

  return _mw_dialogue_fail (dialogue, error, MW_OUTCOME_STARTTLS_MISSING,
                            "does not offer STARTTLS");
}

static gboolean
receive_bye (MwImapDialogue        *self,
             const MwImapResponse  *response,
             GError               **error)
{
  MwDialogue *dialogue = MW_DIALOGUE (self);
  MwDialogueState state = _mw_dialogue_get_state (dialogue);
  MwOutcome outcome;

  _mw_imap_dialogue_keep_text (self, response);
  if (state == MW_DIALOGUE_STATE_GREETING)
    outcome = mw_refusal_before_login (response, MW_OUTCOME_REFUSED);
  else if (state < MW_DIALOGUE_STATE_SASL)
    outcome = mw_refusal_before_login (response, MW_OUTCOME_DISCONNECTED);
  else
    outcome = mw_refusal_from_imap (response, MW_OUTCOME_DISCONNECTED);

  return _mw_dialogue_fail (dialogue, error, outcome, "ended the conversation");
}

static gboolean
receive_greeting (MwImapDialogue        *self,
                  const MwImapResponse  *response,
                  MwStep                *out_step,
                  GError               **error)
{
  MwDialogue *dialogue = MW_DIALOGUE (self);

  if (response->kind == MW_IMAP_KIND_UNTAGGED && response->status == MW_IMAP_STATUS_BYE)
    return receive_bye (self, response, error);

  /* RFC 3501 §6.2.1: after PREAUTH STARTTLS is impossible, and no password
   * can be proved. */
  if (response->kind == MW_IMAP_KIND_UNTAGGED && response->status == MW_IMAP_STATUS_PREAUTH)
    {
      _mw_imap_dialogue_keep_text (self, response);
      return _mw_dialogue_fail (dialogue, error, MW_OUTCOME_PREAUTH, "claims a log-in already");
    }

  if (response->kind != MW_IMAP_KIND_UNTAGGED || response->status != MW_IMAP_STATUS_OK)
    return _mw_dialogue_fail (dialogue, error, MW_OUTCOME_NOT_MAIL_SERVER,
                              "does not greet like one");

  if (mw_span_equal (response->code, "ALERT"))
    _mw_imap_dialogue_keep_text (self, response);

  if (take_capability_code (self, response))
    return _mw_dialogue_become_ready (dialogue, out_step, error);

  return ask_capabilities (dialogue, out_step, error);
}

static gboolean
receive_untagged (MwImapDialogue        *self,
                  const MwImapResponse  *response,
                  MwStep                *out_step,
                  GError               **error)
{
  if (response->status == MW_IMAP_STATUS_BYE)
    return receive_bye (self, response, error);

  if (response->status == MW_IMAP_STATUS_CAPABILITY)
    take_capabilities (self, response->text);
  else if (!take_capability_code (self, response) && mw_span_equal (response->code, "ALERT"))
    _mw_imap_dialogue_keep_text (self, response);

  _mw_imap_dialogue_take_mailbox (self, response);
  self->literal = response->literal;
  if (self->literal > MW_IMAP_MAX_LITERAL)
    return _mw_dialogue_fail (MW_DIALOGUE (self), error, MW_OUTCOME_PROTOCOL,
                              "sends too large a literal");

  if (_mw_dialogue_get_state (MW_DIALOGUE (self)) == MW_DIALOGUE_STATE_READY)
    *out_step = (MwStep) { .kind = MW_STEP_READY };

  return TRUE;
}

static gboolean
receive_starttls_reply (MwImapDialogue        *self,
                        const MwImapResponse  *response,
                        MwStep                *out_step,
                        GError               **error)
{
  MwDialogue *dialogue = MW_DIALOGUE (self);

  if (response->status != MW_IMAP_STATUS_OK)
    return _mw_dialogue_fail (dialogue, error,
                              mw_refusal_before_login (response, MW_OUTCOME_STARTTLS_MISSING),
                              "refuses STARTTLS");

  _mw_dialogue_set_state (dialogue, MW_DIALOGUE_STATE_UPGRADING);
  *out_step = (MwStep) { .kind = MW_STEP_START_TLS };
  return TRUE;
}

static gboolean
receive_login_refusal (MwImapDialogue        *self,
                       const MwImapResponse  *response,
                       MwStep                *out_step,
                       GError               **error)
{
  gboolean is_syntax = response->status == MW_IMAP_STATUS_BAD;
  MwOutcome otherwise = is_syntax ? MW_OUTCOME_PROTOCOL : MW_OUTCOME_LOGIN_REFUSED;
  MwOutcome outcome;

  /* RFC 5530 §3: it will never work, whoever asks. */
  if (mw_span_equal (response->code, "CANNOT"))
    otherwise = MW_OUTCOME_MECH_NONE;

  outcome = mw_refusal_from_imap (response, otherwise);
  return _mw_dialogue_refuse_auth (MW_DIALOGUE (self), outcome,
                                   is_syntax && outcome == MW_OUTCOME_PROTOCOL, out_step, error);
}

static gboolean
receive_login_reply (MwImapDialogue        *self,
                     const MwImapResponse  *response,
                     MwStep                *out_step,
                     GError               **error)
{
  MwDialogue *dialogue = MW_DIALOGUE (self);

  _mw_imap_dialogue_keep_text (self, response);

  if (response->status != MW_IMAP_STATUS_OK)
    return receive_login_refusal (self, response, out_step, error);

  if (_mw_dialogue_get_state (dialogue) == MW_DIALOGUE_STATE_USER)
    return _mw_dialogue_fail (dialogue, error, MW_OUTCOME_PROTOCOL,
                              "accepts a log-in that is not complete");
  if (_mw_dialogue_get_state (dialogue) == MW_DIALOGUE_STATE_SASL &&
      !_mw_dialogue_finish_sasl (dialogue, response->text, error))
    return FALSE;

  take_capability_code (self, response);
  return _mw_imap_dialogue_ask_mailbox (self, out_step);
}

static gboolean
receive_tagged (MwImapDialogue        *self,
                const MwImapResponse  *response,
                MwStep                *out_step,
                GError               **error)
{
  MwDialogue *dialogue = MW_DIALOGUE (self);
  MwDialogueState state = _mw_dialogue_get_state (dialogue);
  gboolean is_asked;

  if (state == MW_DIALOGUE_STATE_MAILBOX || state == MW_DIALOGUE_STATE_FOLDERS)
    is_asked = _mw_imap_dialogue_take_awaited (self, response->tag);
  else
    is_asked = _mw_imap_dialogue_is_tag (response->tag, self->tag);

  if (!is_asked)
    return _mw_dialogue_fail (dialogue, error, MW_OUTCOME_PROTOCOL,
                              "answers a command that was not sent");

  switch ((int) state)
    {
    case MW_DIALOGUE_STATE_CAPABILITY:
      take_capability_code (self, response);
      if (response->status != MW_IMAP_STATUS_OK)
        return _mw_dialogue_fail (dialogue, error, MW_OUTCOME_PROTOCOL, "refuses CAPABILITY");
      if (!_mw_dialogue_has_capabilities (dialogue))
        return _mw_dialogue_fail (dialogue, error, MW_OUTCOME_PROTOCOL, "names no capabilities");
      return _mw_dialogue_become_ready (dialogue, out_step, error);
    case MW_DIALOGUE_STATE_STARTTLS:
      return receive_starttls_reply (self, response, out_step, error);
    case MW_DIALOGUE_STATE_SASL:
    case MW_DIALOGUE_STATE_USER:
    case MW_DIALOGUE_STATE_PASSWORD:
      return receive_login_reply (self, response, out_step, error);
    case MW_DIALOGUE_STATE_MAILBOX:
    case MW_DIALOGUE_STATE_FOLDERS:
      return _mw_imap_dialogue_receive_mailbox_reply (self, response, out_step, error);
    default:
      return _mw_dialogue_fail (dialogue, error, MW_OUTCOME_PROTOCOL,
                                "answers without having been asked");
    }
}

static gboolean
receive_continuation (MwImapDialogue        *self,
                      const MwImapResponse  *response,
                      MwStep                *out_step,
                      GError               **error)
{
  MwDialogue *dialogue = MW_DIALOGUE (self);
  MwSecret *secret;

  switch ((int) _mw_dialogue_get_state (dialogue))
    {
    case MW_DIALOGUE_STATE_SASL:
      return _mw_dialogue_continue_sasl (dialogue, response->text, out_step, error);
    case MW_DIALOGUE_STATE_USER:
      secret = mw_credentials_get_secret (_mw_dialogue_get_credentials (dialogue));
      _mw_dialogue_set_state (dialogue, MW_DIALOGUE_STATE_PASSWORD);
      return _mw_dialogue_say_secret (out_step, "", mw_secret_peek (secret),
                                      mw_secret_get_length (secret), TRUE);
    default:
      return _mw_dialogue_fail (dialogue, error, MW_OUTCOME_PROTOCOL,
                                "asks for more than was announced");
    }
}

static gboolean
receive_line (MwImapDialogue  *self,
              const char      *line,
              gsize            length,
              MwStep          *out_step,
              GError         **error)
{
  MwDialogue *dialogue = MW_DIALOGUE (self);
  gboolean greeting = _mw_dialogue_get_state (dialogue) == MW_DIALOGUE_STATE_GREETING;
  MwImapResponse response;

  if (_mw_imap_dialogue_receive_literal (self, line, length))
    return TRUE;

  if (!mw_imap_response_parse (&response, line, length))
    {
      _mw_dialogue_keep_text (dialogue, mw_span_from_line (line, length));
      return _mw_dialogue_fail (dialogue, error,
                                greeting ? MW_OUTCOME_NOT_MAIL_SERVER : MW_OUTCOME_PROTOCOL,
                                "does not speak IMAP");
    }

  if (greeting)
    return receive_greeting (self, &response, out_step, error);

  switch (response.kind)
    {
    case MW_IMAP_KIND_UNTAGGED:
      return receive_untagged (self, &response, out_step, error);
    case MW_IMAP_KIND_TAGGED:
      return receive_tagged (self, &response, out_step, error);
    case MW_IMAP_KIND_CONTINUATION:
    default:
      return receive_continuation (self, &response, out_step, error);
    }
}

static gboolean
mw_imap_dialogue_receive (MwDialogue  *dialogue,
                          const char  *line,
                          gsize        length,
                          MwStep      *out_step,
                          GError     **error)
{
  MwImapDialogue *self = MW_IMAP_DIALOGUE (dialogue);
  gboolean is_proved = mw_dialogue_is_proved (dialogue);

  if (!receive_line (self, line, length, out_step, is_proved ? NULL : error))
    return is_proved && _mw_imap_dialogue_finish (self, out_step);

  /* Folders beyond counting: what is known of them is enough. */
  if (mw_dialogue_is_proved (dialogue) && out_step->kind == MW_STEP_READ &&
      mw_imap_mailboxes_is_full (self->mailboxes))
    return _mw_imap_dialogue_finish (self, out_step);

  return TRUE;
}

static MwMailFolders *
mw_imap_dialogue_make_folders (MwDialogue *dialogue)
{
  return mw_imap_mailboxes_make_folders (MW_IMAP_DIALOGUE (dialogue)->mailboxes);
}

/* RFC 9755 §5 and RFC 6855: names outside ASCII have no place in LOGIN. */
static gboolean
can_use_login (MwDialogue *dialogue)
{
  MwCredentials *credentials = _mw_dialogue_get_credentials (dialogue);
  const char *user_name = mw_credentials_get_user_name (credentials);
  MwSecret *secret = mw_credentials_get_secret (credentials);

  return !_mw_dialogue_has_capability (dialogue, "LOGINDISABLED") &&
         mw_imap_quote_choose (user_name, strlen (user_name)) == MW_IMAP_FORM_QUOTED &&
         mw_imap_quote_choose (mw_secret_peek (secret), mw_secret_get_length (secret)) !=
           MW_IMAP_FORM_IMPOSSIBLE;
}

static gboolean
login_with_literal (MwImapDialogue *self,
                    const char     *user_name,
                    MwSecret       *secret,
                    MwStep         *out_step)
{
  MwDialogue *dialogue = MW_DIALOGUE (self);
  gsize length = mw_secret_get_length (secret);
  g_autofree char *prefix = NULL;

  if (_mw_dialogue_has_capability (dialogue, "LITERAL+") ||
      (_mw_dialogue_has_capability (dialogue, "LITERAL-") && length <= SHORT_LITERAL))
    {
      _mw_dialogue_set_state (dialogue, MW_DIALOGUE_STATE_PASSWORD);
      prefix = g_strdup_printf ("a%u LOGIN %s {%" G_GSIZE_FORMAT "+}\r\n",
                                ++self->tag, user_name, length);
      return _mw_dialogue_say_secret (out_step, prefix, mw_secret_peek (secret), length, TRUE);
    }

  _mw_dialogue_set_state (dialogue, MW_DIALOGUE_STATE_USER);
  return _mw_dialogue_say (MW_STEP_SEND, out_step, "a%u LOGIN %s {%" G_GSIZE_FORMAT "}\r\n",
                           ++self->tag, user_name, length);
}

static gboolean
login (MwImapDialogue *self,
       MwStep         *out_step)
{
  MwDialogue *dialogue = MW_DIALOGUE (self);
  MwCredentials *credentials = _mw_dialogue_get_credentials (dialogue);
  const char *user_name = mw_credentials_get_user_name (credentials);
  MwSecret *secret = mw_credentials_get_secret (credentials);
  g_autofree char *quoted_user = NULL;
  g_autofree char *prefix = NULL;
  char *password;
  gsize length;

  _mw_dialogue_tell_who (dialogue);
  quoted_user = mw_imap_quote (user_name, strlen (user_name), &length);
  password = mw_imap_quote (mw_secret_peek (secret), mw_secret_get_length (secret), &length);
  if (password == NULL)
    return login_with_literal (self, quoted_user, secret, out_step);

  _mw_dialogue_set_state (dialogue, MW_DIALOGUE_STATE_PASSWORD);
  prefix = g_strdup_printf ("a%u LOGIN %s ", ++self->tag, quoted_user);
  _mw_dialogue_say_secret (out_step, prefix, password, length, TRUE);
  mw_secret_free_bytes (password);

  return TRUE;
}

static gboolean
mw_imap_dialogue_authenticate (MwDialogue  *dialogue,
                               MwStep      *out_step,
                               GError     **error)
{
  MwImapDialogue *self = MW_IMAP_DIALOGUE (dialogue);
  g_autofree char *command = NULL;

  switch ((int) _mw_dialogue_choose_auth (dialogue, can_use_login (dialogue), error))
    {
    case MW_AUTH_UNKNOWN:
      return FALSE;
    case MW_AUTH_PASSWORD_COMMAND:
      return login (self, out_step);
    default:
      command = g_strdup_printf ("a%u AUTHENTICATE", ++self->tag);
      return _mw_dialogue_start_sasl (dialogue, command,
                                      _mw_dialogue_has_capability (dialogue, "SASL-IR"),
                                      LINE_LIMIT, out_step, error);
    }
}

static void
mw_imap_dialogue_finalize (GObject *object)
{
  MwImapDialogue *self = MW_IMAP_DIALOGUE (object);

  g_clear_pointer (&self->mailboxes, mw_imap_mailboxes_free);

  G_OBJECT_CLASS (mw_imap_dialogue_parent_class)->finalize (object);
}

static void
mw_imap_dialogue_class_init (MwImapDialogueClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  MwDialogueClass *dialogue_class = MW_DIALOGUE_CLASS (klass);

  object_class->finalize = mw_imap_dialogue_finalize;
  dialogue_class->receive = mw_imap_dialogue_receive;
  dialogue_class->ask_starttls = ask_starttls;
  dialogue_class->ask_capabilities = ask_capabilities;
  dialogue_class->authenticate = mw_imap_dialogue_authenticate;
  dialogue_class->make_folders = mw_imap_dialogue_make_folders;
}

static void
mw_imap_dialogue_init (MwImapDialogue *self)
{
  self->literal = -1;
  self->mailboxes = mw_imap_mailboxes_new ();
}

gboolean
_mw_imap_dialogue_is_tag (MwSpan tag,
                          guint  number)
{
  char expected[16];

  g_snprintf (expected, sizeof expected, "a%u", number);

  return number != 0 && mw_span_equal (tag, expected);
}

/* RFC 3501 §7.1: an ALERT must be shown, whatever is said after it. */
void
_mw_imap_dialogue_keep_text (MwImapDialogue       *self,
                             const MwImapResponse *response)
{
  /* What matters was said when the log-in was accepted. */
  if (mw_dialogue_is_proved (MW_DIALOGUE (self)) && !mw_span_equal (response->code, "ALERT"))
    return;

  if (self->alerted)
    _mw_dialogue_append_text (MW_DIALOGUE (self), response->text);
  else
    _mw_dialogue_keep_text (MW_DIALOGUE (self), response->text);

  if (mw_span_equal (response->code, "ALERT"))
    self->alerted = TRUE;
}
