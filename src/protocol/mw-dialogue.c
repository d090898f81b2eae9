/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "protocol/mw-dialogue.h"

#include <string.h>

#include "core/mw-error.h"
#include "protocol/mw-dialogue-private.h"
#include "protocol/mw-imap-dialogue.h"
#include "protocol/mw-pop3-dialogue.h"
#include "protocol/mw-smtp-dialogue.h"

/* How one conversation goes, in all three protocols:
 *
 *   GREETING → CAPABILITY → [STARTTLS → UPGRADING → CAPABILITY] → READY
 *   READY → SASL | USER, PASSWORD → MAILBOX → FOLDERS → DONE
 *                                 | SENDER → RECIPIENT → RESET → DONE
 *
 * Anything may end in FAILED. The base class keeps the state, what was heard
 * (mw-dialogue-heard.c) and the log-in (mw-dialogue-sasl.c); the subclasses
 * know the words. Until TLS stands, what a STARTTLS server says may be
 * anybody's words: it steers the way to STARTTLS and is forgotten there. */

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (MwDialogue, mw_dialogue, G_TYPE_OBJECT)

#define PRIVATE(self) ((MwDialoguePrivate *) mw_dialogue_get_instance_private (self))

static const struct {
  const char *name;
  MwStage     stage;
} states[] = {
  [MW_DIALOGUE_STATE_GREETING] = { "greeting", MW_STAGE_GREETING },
  [MW_DIALOGUE_STATE_CAPABILITY] = { "capability", MW_STAGE_CAPABILITY },
  [MW_DIALOGUE_STATE_HELO] = { "helo", MW_STAGE_CAPABILITY },
  [MW_DIALOGUE_STATE_STARTTLS] = { "starttls", MW_STAGE_CAPABILITY },
  [MW_DIALOGUE_STATE_UPGRADING] = { "upgrading", MW_STAGE_CAPABILITY },
  [MW_DIALOGUE_STATE_READY] = { "ready", MW_STAGE_CAPABILITY },
  [MW_DIALOGUE_STATE_SASL] = { "sasl", MW_STAGE_AUTH },
  [MW_DIALOGUE_STATE_USER] = { "user", MW_STAGE_AUTH },
  [MW_DIALOGUE_STATE_PASSWORD] = { "password", MW_STAGE_AUTH },
  [MW_DIALOGUE_STATE_MAILBOX] = { "mailbox", MW_STAGE_MAILBOX },
  [MW_DIALOGUE_STATE_FOLDERS] = { "folders", MW_STAGE_MAILBOX },
  [MW_DIALOGUE_STATE_SENDER] = { "sender", MW_STAGE_SENDER },
  [MW_DIALOGUE_STATE_RECIPIENT] = { "recipient", MW_STAGE_SENDER },
  [MW_DIALOGUE_STATE_RESET] = { "reset", MW_STAGE_SENDER },
  [MW_DIALOGUE_STATE_DONE] = { "done", MW_STAGE_DONE },
  [MW_DIALOGUE_STATE_FAILED] = { "failed", MW_STAGE_DONE },
};

static void
mw_dialogue_finalize (GObject *object)
{
  MwDialoguePrivate *priv = PRIVATE (MW_DIALOGUE (object));

  g_clear_pointer (&priv->endpoint, mw_endpoint_unref);
  g_clear_pointer (&priv->address, mw_address_unref);
  g_clear_pointer (&priv->client_name, g_free);
  g_clear_pointer (&priv->credentials, mw_credentials_unref);
  g_clear_pointer (&priv->sasl, mw_sasl_free);
  g_clear_pointer (&priv->challenge, g_free);
  g_string_free (priv->server_text, TRUE);
  g_clear_pointer (&priv->capabilities, g_ptr_array_unref);
  g_clear_pointer (&priv->auth_offered, g_ptr_array_unref);

  G_OBJECT_CLASS (mw_dialogue_parent_class)->finalize (object);
}

static void
mw_dialogue_class_init (MwDialogueClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = mw_dialogue_finalize;
}

static void
mw_dialogue_init (MwDialogue *self)
{
  MwDialoguePrivate *priv = PRIVATE (self);

  priv->server_text = g_string_new (NULL);
  priv->capabilities = g_ptr_array_new_null_terminated (0, g_free, TRUE);
  priv->auth_offered = g_ptr_array_new_null_terminated (0, g_free, TRUE);
  priv->state = MW_DIALOGUE_STATE_GREETING;
  priv->stage = MW_STAGE_GREETING;
  priv->refusal = MW_OUTCOME_WORKS;
}

MwDialoguePrivate *
_mw_dialogue_get_private (MwDialogue *self)
{
  return PRIVATE (self);
}

MwDialogueState
_mw_dialogue_get_state (MwDialogue *self)
{
  return PRIVATE (self)->state;
}

void
_mw_dialogue_set_state (MwDialogue      *self,
                        MwDialogueState  state)
{
  MwDialoguePrivate *priv = PRIVATE (self);

  if (priv->state == state)
    return;

  g_debug ("%s %s: %s -> %s",
           mw_endpoint_get_service (priv->endpoint), mw_endpoint_get_host (priv->endpoint),
           states[priv->state].name, states[state].name);

  priv->state = state;

  /* A failed conversation keeps the stage it failed at. */
  if (state != MW_DIALOGUE_STATE_FAILED)
    priv->stage = states[state].stage;

  /* From here on, FAILED included, the password is not needed any more. */
  if (state >= MW_DIALOGUE_STATE_MAILBOX)
    {
      g_clear_pointer (&priv->sasl, mw_sasl_free);
      g_clear_pointer (&priv->challenge, g_free);
      g_clear_pointer (&priv->credentials, mw_credentials_unref);
    }
}

MwAddress *
_mw_dialogue_get_address (MwDialogue *self)
{
  return PRIVATE (self)->address;
}

const char *
_mw_dialogue_get_client_name (MwDialogue *self)
{
  return PRIVATE (self)->client_name;
}

MwCredentials *
_mw_dialogue_get_credentials (MwDialogue *self)
{
  return PRIVATE (self)->credentials;
}

gboolean
_mw_dialogue_is_secured (MwDialogue *self)
{
  return PRIVATE (self)->secured;
}

gboolean
_mw_dialogue_become_ready (MwDialogue  *self,
                           MwStep      *out_step,
                           GError     **error)
{
  MwDialoguePrivate *priv = PRIVATE (self);

  if (mw_endpoint_get_security (priv->endpoint) == MW_SECURITY_STARTTLS && !priv->secured)
    return MW_DIALOGUE_GET_CLASS (self)->ask_starttls (self, out_step, error);

  _mw_dialogue_set_state (self, MW_DIALOGUE_STATE_READY);
  *out_step = (MwStep) { .kind = MW_STEP_READY };
  return TRUE;
}

void
_mw_dialogue_set_note (MwDialogue *self,
                       MwNote      note,
                       gboolean    holds)
{
  MwDialoguePrivate *priv = PRIVATE (self);

  if (holds)
    priv->notes |= 1u << note;
  else
    priv->notes &= ~(1u << note);
}

gboolean
_mw_dialogue_fail (MwDialogue  *self,
                   GError     **error,
                   MwOutcome    outcome,
                   const char  *format,
                   ...)
{
  MwDialoguePrivate *priv = PRIVATE (self);
  g_autoptr(GError) failure = NULL;
  va_list args;

  va_start (args, format);
  failure = g_error_new_valist (MW_PROBE_ERROR, outcome, format, args);
  va_end (args);

  g_prefix_error (&failure, "%s server: ", mw_endpoint_get_service (priv->endpoint));
  _mw_dialogue_set_state (self, MW_DIALOGUE_STATE_FAILED);
  g_propagate_error (error, g_steal_pointer (&failure));

  return FALSE;
}

gboolean
_mw_dialogue_say (MwStepKind  kind,
                  MwStep     *out_step,
                  const char *format,
                  ...)
{
  va_list args;
  char *text;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);

  *out_step = (MwStep) { .kind = kind, .data = g_bytes_new_take (text, strlen (text)) };

  return TRUE;
}

gboolean
_mw_dialogue_say_secret (MwStep     *out_step,
                         const char *prefix,
                         const char *secret,
                         gsize       length,
                         gboolean    presents_secret)
{
  gsize prefix_length = strlen (prefix);
  gsize size = prefix_length + length + 2;
  char *data = g_malloc (size);

  memcpy (data, prefix, prefix_length);
  memcpy (data + prefix_length, secret, length);
  memcpy (data + prefix_length + length, "\r\n", 2);

  *out_step = (MwStep) {
    .kind = MW_STEP_SEND,
    .data = mw_secret_bytes_new_take (data, size),
    .sensitive = TRUE,
    .presents_secret = presents_secret,
  };

  return TRUE;
}

void
mw_step_clear (MwStep *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->data, g_bytes_unref);
  g_clear_pointer (&self->key, mw_scram_key_unref);
  *self = (MwStep) { .kind = MW_STEP_READ };
}

MwDialogue *
mw_dialogue_new (MwEndpoint *endpoint,
                 MwAddress  *address,
                 const char *client_name)
{
  g_autoptr(MwDialogue) self = NULL;
  MwDialoguePrivate *priv;

  g_return_val_if_fail (endpoint != NULL, NULL);
  g_return_val_if_fail (address != NULL, NULL);

  switch (mw_endpoint_get_protocol (endpoint))
    {
    case MW_PROTOCOL_IMAP:
      self = g_object_new (MW_TYPE_IMAP_DIALOGUE, NULL);
      break;
    case MW_PROTOCOL_POP3:
      self = g_object_new (MW_TYPE_POP3_DIALOGUE, NULL);
      break;
    case MW_PROTOCOL_SMTP:
      self = g_object_new (MW_TYPE_SMTP_DIALOGUE, NULL);
      break;
    default:
      g_return_val_if_reached (NULL);
    }

  priv = PRIVATE (self);
  priv->endpoint = mw_endpoint_ref (endpoint);
  priv->address = mw_address_ref (address);
  priv->client_name = g_strdup (client_name);

  return g_steal_pointer (&self);
}

gboolean
mw_dialogue_receive (MwDialogue  *self,
                     const char  *line,
                     gsize        length,
                     MwStep      *out_step,
                     GError     **error)
{
  MwDialoguePrivate *priv;

  g_return_val_if_fail (MW_IS_DIALOGUE (self), FALSE);
  g_return_val_if_fail (line != NULL, FALSE);
  g_return_val_if_fail (out_step != NULL, FALSE);

  priv = PRIVATE (self);
  *out_step = (MwStep) { .kind = MW_STEP_READ };

  /* CVE-2011-0411: whoever can add a line here speaks before TLS but wants to
   * be heard after it. */
  if (priv->state == MW_DIALOGUE_STATE_UPGRADING)
    return _mw_dialogue_fail (self, error, MW_OUTCOME_STARTTLS_INJECTED,
                              "sent extra data after its answer to STARTTLS");

  if (priv->state == MW_DIALOGUE_STATE_DONE || priv->state == MW_DIALOGUE_STATE_FAILED)
    return _mw_dialogue_fail (self, error, MW_OUTCOME_PROTOCOL, "speaks after the end");

  if (mw_endpoint_get_security (priv->endpoint) == MW_SECURITY_TLS && !priv->secured)
    return _mw_dialogue_fail (self, error, MW_OUTCOME_WRONG_TLS_MODE, "speaks before TLS");

  if (priv->challenge != NULL)
    return _mw_dialogue_fail (self, error, MW_OUTCOME_PROTOCOL,
                              "does not wait for the answer to its challenge");

  return MW_DIALOGUE_GET_CLASS (self)->receive (self, line, length, out_step, error);
}

gboolean
mw_dialogue_secured (MwDialogue  *self,
                     MwStep      *out_step,
                     GError     **error)
{
  MwDialoguePrivate *priv;

  g_return_val_if_fail (MW_IS_DIALOGUE (self), FALSE);
  g_return_val_if_fail (out_step != NULL, FALSE);

  priv = PRIVATE (self);
  *out_step = (MwStep) { .kind = MW_STEP_READ };

  if (mw_endpoint_get_security (priv->endpoint) == MW_SECURITY_TLS &&
      priv->state == MW_DIALOGUE_STATE_GREETING && !priv->secured)
    {
      priv->secured = TRUE;
      return TRUE;
    }

  if (priv->state != MW_DIALOGUE_STATE_UPGRADING)
    return _mw_dialogue_fail (self, error, MW_OUTCOME_PROTOCOL, "TLS was not asked for");

  _mw_dialogue_forget_capabilities (self);
  g_string_truncate (priv->server_text, 0);
  priv->secured = TRUE;

  return MW_DIALOGUE_GET_CLASS (self)->ask_capabilities (self, out_step, error);
}

void
mw_dialogue_prefer_mutual (MwDialogue *self)
{
  g_return_if_fail (MW_IS_DIALOGUE (self));

  PRIVATE (self)->prefer_mutual = TRUE;
}

void
mw_dialogue_set_auth (MwDialogue   *self,
                      MwAuthMethod  method)
{
  g_return_if_fail (MW_IS_DIALOGUE (self));

  PRIVATE (self)->only = method;
}

gboolean
mw_dialogue_authenticate (MwDialogue     *self,
                          MwCredentials  *credentials,
                          MwStep         *out_step,
                          GError        **error)
{
  MwDialoguePrivate *priv;

  g_return_val_if_fail (MW_IS_DIALOGUE (self), FALSE);
  g_return_val_if_fail (credentials != NULL, FALSE);
  g_return_val_if_fail (out_step != NULL, FALSE);

  priv = PRIVATE (self);
  *out_step = (MwStep) { .kind = MW_STEP_READ };

  if (priv->state != MW_DIALOGUE_STATE_READY)
    return _mw_dialogue_fail (self, error, MW_OUTCOME_PROTOCOL, "is not ready for a log-in");

  if (!mw_endpoint_equal (mw_credentials_get_endpoint (credentials), priv->endpoint))
    return _mw_dialogue_fail (self, error, MW_OUTCOME_CONSENT_NEEDED,
                              "the password belongs to another server");

  priv->credentials = mw_credentials_ref (credentials);
  priv->excluded = mw_sasl_find_impossible (credentials);
  if (priv->only != MW_AUTH_UNKNOWN)
    priv->excluded |= ~MW_SASL_METHOD (priv->only);

  return MW_DIALOGUE_GET_CLASS (self)->authenticate (self, out_step, error);
}

gboolean
mw_dialogue_prove_without_login (MwDialogue  *self,
                                 MwStep      *out_step,
                                 GError     **error)
{
  MwDialoguePrivate *priv;

  g_return_val_if_fail (MW_IS_DIALOGUE (self), FALSE);
  g_return_val_if_fail (MW_DIALOGUE_GET_CLASS (self)->prove_without_login != NULL, FALSE);
  g_return_val_if_fail (out_step != NULL, FALSE);

  priv = PRIVATE (self);
  *out_step = (MwStep) { .kind = MW_STEP_READ };

  if (priv->state != MW_DIALOGUE_STATE_READY)
    return _mw_dialogue_fail (self, error, MW_OUTCOME_PROTOCOL, "is not ready for a sender");

  priv->auth = MW_AUTH_NONE;

  return MW_DIALOGUE_GET_CLASS (self)->prove_without_login (self, out_step, error);
}

MwStage
mw_dialogue_get_stage (MwDialogue *self)
{
  g_return_val_if_fail (MW_IS_DIALOGUE (self), MW_STAGE_GREETING);

  return PRIVATE (self)->stage;
}

MwAuthMethod
mw_dialogue_get_auth (MwDialogue *self)
{
  g_return_val_if_fail (MW_IS_DIALOGUE (self), MW_AUTH_UNKNOWN);

  return PRIVATE (self)->auth;
}

MwOutcome
mw_dialogue_get_refusal (MwDialogue *self)
{
  g_return_val_if_fail (MW_IS_DIALOGUE (self), MW_OUTCOME_WORKS);

  return PRIVATE (self)->refusal;
}

gboolean
mw_dialogue_is_proved (MwDialogue *self)
{
  g_return_val_if_fail (MW_IS_DIALOGUE (self), FALSE);

  return PRIVATE (self)->state == MW_DIALOGUE_STATE_FOLDERS ||
         PRIVATE (self)->state == MW_DIALOGUE_STATE_DONE;
}

guint
mw_dialogue_get_notes (MwDialogue *self)
{
  g_return_val_if_fail (MW_IS_DIALOGUE (self), 0);

  return PRIVATE (self)->notes;
}

MwMailFolders *
mw_dialogue_make_folders (MwDialogue *self)
{
  MwDialogueClass *klass;

  g_return_val_if_fail (MW_IS_DIALOGUE (self), NULL);

  klass = MW_DIALOGUE_GET_CLASS (self);
  return klass->make_folders != NULL ? klass->make_folders (self) : NULL;
}
