/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include <string.h>

#include "protocol/mw-dialogue-private.h"

/* The log-in inside a dialogue: the same in all three protocols but for the
 * word that begins it. A method that the server does not take is followed by
 * the next one it offers; after a refused password nothing follows, since
 * every further one would count as another failure. */

static gboolean
pass_on (MwDialogue  *self,
         GError     **error,
         GError      *failure)
{
  return _mw_dialogue_fail (self, error, failure->code, "%s", failure->message);
}

MwAuthMethod
_mw_dialogue_choose_auth (MwDialogue  *self,
                          gboolean     password_command,
                          GError     **error)
{
  MwDialoguePrivate *priv = _mw_dialogue_get_private (self);
  MwAuthMethod method = MW_AUTH_UNKNOWN;
  const char * const *offered = mw_dialogue_get_auth_offered (self);
  MwOutcome outcome = MW_OUTCOME_WORKS;

  if (!priv->prefer_mutual || !mw_sasl_choose_mutual (offered, priv->excluded, &method))
    outcome = mw_sasl_choose (offered, password_command, priv->excluded, &method);
  /* What else is offered says nothing about the method that was chosen. */
  if (outcome == MW_OUTCOME_NEED_OAUTH && priv->only != MW_AUTH_UNKNOWN)
    outcome = MW_OUTCOME_MECH_NONE;
  if (outcome == MW_OUTCOME_WORKS)
    {
      priv->auth = method;
      priv->told_who = FALSE;
    }
  else if (outcome == MW_OUTCOME_NEED_OAUTH && priv->refusal != MW_OUTCOME_PROTOCOL)
    _mw_dialogue_fail (self, error, outcome, "offers only browser sign-in");
  else if (priv->refusal != MW_OUTCOME_WORKS)
    _mw_dialogue_fail (self, error, priv->refusal, "refuses every way to log in it offers");
  else if (!priv->secured && (_mw_dialogue_has_capability (self, "LOGINDISABLED") ||
                              _mw_dialogue_has_capability (self, "STARTTLS") ||
                              _mw_dialogue_has_capability (self, "STLS")))
    _mw_dialogue_fail (self, error, MW_OUTCOME_NEED_TLS, "lets nobody log in without TLS");
  else
    _mw_dialogue_fail (self, error, outcome, "offers no way to log in with a password");

  return method;
}

gboolean
_mw_dialogue_start_sasl (MwDialogue  *self,
                         const char  *command,
                         gboolean     initial_response,
                         gsize        limit,
                         MwStep      *out_step,
                         GError     **error)
{
  MwDialoguePrivate *priv = _mw_dialogue_get_private (self);
  const char *name = mw_enum_to_nick (MW_TYPE_AUTH_METHOD, priv->auth);
  g_autofree char *prefix = NULL;
  g_autoptr(MwSasl) sasl = NULL;
  g_autoptr(GError) sasl_error = NULL;
  char *response;
  gsize length;
  gboolean presents_secret;

  sasl = mw_sasl_new (priv->auth, priv->credentials, &sasl_error);
  if (sasl == NULL)
    return pass_on (self, error, sasl_error);

  _mw_dialogue_set_state (self, MW_DIALOGUE_STATE_SASL);

  if (initial_response && mw_sasl_is_client_first (sasl))
    {
      if (!mw_sasl_step (sasl, (MwSpan) { 0 }, &response, &length, &presents_secret, &sasl_error))
        return pass_on (self, error, sasl_error);

      prefix = g_strdup_printf ("%s %s ", command, name);
      if (strlen (prefix) + length + 2 <= limit)
        {
          priv->told_who = TRUE;
          _mw_dialogue_say_secret (out_step, prefix, response, length, presents_secret);
          mw_secret_free_bytes (response);
          priv->sasl = g_steal_pointer (&sasl);
          return TRUE;
        }

      /* Too long for one line: begin again without it. */
      mw_secret_free_bytes (response);
      return _mw_dialogue_start_sasl (self, command, FALSE, limit, out_step, error);
    }

  priv->sasl = g_steal_pointer (&sasl);
  return _mw_dialogue_say (MW_STEP_SEND, out_step, "%s %s\r\n", command, name);
}

static gboolean
answer_challenge (MwDialogue  *self,
                  MwSpan       challenge,
                  MwStep      *out_step,
                  GError     **error)
{
  MwDialoguePrivate *priv = _mw_dialogue_get_private (self);
  g_autoptr(GError) sasl_error = NULL;
  char *response;
  gsize length;
  gboolean presents_secret;

  if (!mw_sasl_step (priv->sasl, challenge, &response, &length, &presents_secret, &sasl_error))
    return pass_on (self, error, sasl_error);

  priv->told_who = TRUE;
  _mw_dialogue_say_secret (out_step, "", response, length, presents_secret);
  mw_secret_free_bytes (response);

  return TRUE;
}

gboolean
_mw_dialogue_continue_sasl (MwDialogue  *self,
                            MwSpan       challenge,
                            MwStep      *out_step,
                            GError     **error)
{
  MwDialoguePrivate *priv = _mw_dialogue_get_private (self);
  g_autoptr(GError) sasl_error = NULL;
  MwScramKey *key;

  if (!mw_sasl_read_challenge (priv->sasl, challenge, &key, &sasl_error))
    return pass_on (self, error, sasl_error);

  if (key == NULL)
    return answer_challenge (self, challenge, out_step, error);

  priv->challenge = mw_span_to_string (challenge);
  *out_step = (MwStep) { .kind = MW_STEP_COMPUTE, .key = key };
  return TRUE;
}

gboolean
_mw_dialogue_finish_sasl (MwDialogue  *self,
                          MwSpan       text,
                          GError     **error)
{
  MwDialoguePrivate *priv = _mw_dialogue_get_private (self);

  mw_sasl_read_success (priv->sasl, text);
  if (!mw_sasl_is_complete (priv->sasl))
    return _mw_dialogue_fail (self, error, MW_OUTCOME_PROTOCOL,
                              "accepts a log-in that is not complete");

  return TRUE;
}

void
_mw_dialogue_tell_who (MwDialogue *self)
{
  _mw_dialogue_get_private (self)->told_who = TRUE;
}

gboolean
_mw_dialogue_refuse_auth (MwDialogue  *self,
                          MwOutcome    outcome,
                          gboolean     is_syntax,
                          MwStep      *out_step,
                          GError     **error)
{
  MwDialoguePrivate *priv = _mw_dialogue_get_private (self);
  MwSaslMethods method = MW_SASL_METHOD (priv->auth);

  /* Nothing that could be wrong was said yet but the name of the mechanism. */
  if (!priv->told_who &&
      (outcome == MW_OUTCOME_BAD_CREDENTIALS || outcome == MW_OUTCOME_LOGIN_REFUSED))
    outcome = MW_OUTCOME_MECH_NONE;

  if (!is_syntax && outcome != MW_OUTCOME_MECH_NONE && outcome != MW_OUTCOME_MECH_WEAK)
    return _mw_dialogue_fail (self, error, outcome, "refuses the log-in");

  if (priv->refusal == MW_OUTCOME_WORKS)
    priv->refusal = outcome;
  priv->excluded |= method;
  if (outcome == MW_OUTCOME_MECH_WEAK && (method & MW_SASL_METHODS_PLAIN) != 0)
    priv->excluded |= MW_SASL_METHODS_PLAIN;
  g_clear_pointer (&priv->sasl, mw_sasl_free);

  return MW_DIALOGUE_GET_CLASS (self)->authenticate (self, out_step, error);
}

gboolean
mw_dialogue_computed (MwDialogue  *self,
                      MwStep      *out_step,
                      GError     **error)
{
  MwDialoguePrivate *priv;
  g_autofree char *challenge = NULL;

  g_return_val_if_fail (MW_IS_DIALOGUE (self), FALSE);
  g_return_val_if_fail (out_step != NULL, FALSE);

  priv = _mw_dialogue_get_private (self);
  *out_step = (MwStep) { .kind = MW_STEP_READ };
  challenge = g_steal_pointer (&priv->challenge);
  if (challenge == NULL)
    return _mw_dialogue_fail (self, error, MW_OUTCOME_PROTOCOL, "was not to be computed for");

  return answer_challenge (self, (MwSpan) { challenge, strlen (challenge) }, out_step, error);
}
