/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "protocol/mw-sasl.h"

#include <gsasl.h>
#include <string.h>

#include "core/mw-error.h"

/* In base64; what a mechanism needs is far below. */
#define MAX_CHALLENGE 2048

typedef struct {
  MwAuthMethod  method;
  const char   *name;
  gboolean      client_first;
  guint         secret_step;    /* which message is or proves the password */
  guint         read_step;      /* the first that answers something */
} Mechanism;

#define NEVER G_MAXUINT

/* In order of preference; the password command stands between LOGIN and the
 * rest. */
static const Mechanism mechanisms[] = {
  { MW_AUTH_PLAIN, "PLAIN", TRUE, 0, NEVER },
  { MW_AUTH_LOGIN, "LOGIN", FALSE, 1, NEVER },
  { MW_AUTH_SCRAM_SHA_256, "SCRAM-SHA-256", TRUE, 1, 1 },
  { MW_AUTH_SCRAM_SHA_1, "SCRAM-SHA-1", TRUE, 1, 1 },
  { MW_AUTH_CRAM_MD5, "CRAM-MD5", FALSE, 0, 0 },
};

/* "e=" in place of the server's signature (RFC 5802 §7). */
static const struct {
  const char *error;
  MwOutcome   outcome;
} scram_errors[] = {
  { "e=invalid-proof", MW_OUTCOME_BAD_CREDENTIALS },
  { "e=unknown-user", MW_OUTCOME_BAD_CREDENTIALS },
  { "e=no-resources", MW_OUTCOME_TEMPORARY },
};

struct _MwSasl
{
  const Mechanism *mechanism;
  Gsasl           *context;
  Gsasl_session   *session;
  MwCredentials   *credentials;
  MwScramKey      *key;       /* SCRAM, from the first challenge on */
  guint            step;
  gboolean         complete;
};

static const Mechanism *
find_mechanism (MwAuthMethod method)
{
  for (gsize i = 0; i < G_N_ELEMENTS (mechanisms); i++)
    {
      if (mechanisms[i].method == method)
        return &mechanisms[i];
    }

  return NULL;
}

static gboolean
is_offered (const char * const *offered,
            const char         *name)
{
  for (gsize i = 0; offered != NULL && offered[i] != NULL; i++)
    {
      if (g_ascii_strcasecmp (offered[i], name) == 0)
        return TRUE;
    }

  return FALSE;
}

static gboolean
is_usable (const Mechanism    *mechanism,
           const char * const *offered,
           MwSaslMethods       excluded)
{
  return is_offered (offered, mechanism->name) &&
         (excluded & MW_SASL_METHOD (mechanism->method)) == 0;
}

static gboolean
is_scram (const Mechanism *mechanism)
{
  return g_str_has_prefix (mechanism->name, "SCRAM-");
}

static gboolean
fail (GError     **error,
      const char  *what,
      int          rc)
{
  g_set_error (error, MW_PROBE_ERROR, MW_OUTCOME_PROTOCOL,
               "SASL: %s: %s", what, gsasl_strerror (rc));
  return FALSE;
}

/* GNU SASL copies what it is given and does not wipe its copy. */
static void
wipe_property (Gsasl_session  *session,
               Gsasl_property  property)
{
  const char *value = gsasl_property_fast (session, property);

  if (value != NULL)
    mw_secret_wipe_bytes ((char *) value, strlen (value));
}

/* RFC 2195, and the password as it was typed: GNU SASL would prepare it by
 * SASLprep, which no server does here. */
static char *
answer_cram_md5 (MwCredentials *credentials,
                 const char    *challenge,
                 gsize          length)
{
  MwSecret *secret = mw_credentials_get_secret (credentials);
  char *digest, *answer;

  digest = g_compute_hmac_for_data (G_CHECKSUM_MD5, (const guchar *) mw_secret_peek (secret),
                                    mw_secret_get_length (secret),
                                    (const guchar *) challenge, length);
  answer = g_strdup_printf ("%s %s", mw_credentials_get_user_name (credentials), digest);
  mw_secret_free_bytes (digest);
  return answer;
}

/* PLAIN and LOGIN do not depend on the prompts, and not every server sends
 * them as base64. */
static gboolean
reads_challenge (MwSasl *self)
{
  return self->step >= self->mechanism->read_step;
}

static gboolean
decode_challenge (MwSasl  *self,
                  MwSpan   challenge,
                  char   **out_bytes,
                  gsize   *out_length,
                  GError **error)
{
  int rc;

  /* Answering nothing would be a proof of the password all the same. */
  if (challenge.length == 0 || challenge.length > MAX_CHALLENGE)
    {
      g_set_error_literal (error, MW_PROBE_ERROR, MW_OUTCOME_PROTOCOL,
                           challenge.length == 0 ? "SASL: the challenge is empty"
                                                 : "SASL: the challenge is too long");
      return FALSE;
    }

  rc = gsasl_base64_from (challenge.bytes, challenge.length, out_bytes, out_length);
  if (rc != GSASL_OK)
    return fail (error, "challenge", rc);

  return TRUE;
}

/* What the server says in place of its signature. */
static gboolean
check_scram_error (const char  *message,
                   gsize        length,
                   GError     **error)
{
  MwOutcome outcome = MW_OUTCOME_LOGIN_REFUSED;

  if (length < 2 || memcmp (message, "e=", 2) != 0)
    return TRUE;

  for (gsize i = 0; i < G_N_ELEMENTS (scram_errors); i++)
    {
      if (length == strlen (scram_errors[i].error) &&
          memcmp (message, scram_errors[i].error, length) == 0)
        outcome = scram_errors[i].outcome;
    }

  g_set_error_literal (error, MW_PROBE_ERROR, outcome, "SASL: the server ends SCRAM by an error");
  return FALSE;
}

/* GNU SASL takes the salted password in place of the password, which makes
 * its step a quick one. */
static gboolean
use_key (MwSasl  *self,
         GError **error)
{
  int rc = GSASL_SASLPREP_ERROR;

  mw_scram_key_compute (self->key);
  if (mw_scram_key_peek (self->key) != NULL)
    rc = gsasl_property_set (self->session, GSASL_SCRAM_SALTED_PASSWORD,
                             mw_scram_key_peek (self->key));
  g_clear_pointer (&self->key, mw_scram_key_unref);

  return rc == GSASL_OK || fail (error, "salted password", rc);
}

static gboolean
answer (MwSasl      *self,
        const char  *challenge,
        gsize        length,
        char       **out_bytes,
        gsize       *out_length,
        GError     **error)
{
  int rc;

  if (self->mechanism->method == MW_AUTH_CRAM_MD5)
    {
      *out_bytes = answer_cram_md5 (self->credentials, challenge, length);
      *out_length = strlen (*out_bytes);
      self->complete = TRUE;
      return TRUE;
    }

  if (self->key != NULL && !use_key (self, error))
    return FALSE;

  rc = gsasl_step (self->session, challenge, length, out_bytes, out_length);
  if (rc != GSASL_OK && rc != GSASL_NEEDS_MORE)
    return fail (error, self->mechanism->name, rc);

  self->complete = rc == GSASL_OK;
  return TRUE;
}

MwOutcome
mw_sasl_choose (const char * const *offered,
                gboolean            password_command,
                MwSaslMethods       excluded,
                MwAuthMethod       *out_method)
{
  gboolean oauth = is_offered (offered, "XOAUTH2") || is_offered (offered, "OAUTHBEARER");

  for (gsize i = 0; i < G_N_ELEMENTS (mechanisms); i++)
    {
      /* A server that names browser sign-in but neither PLAIN nor LOGIN means
       * it: its LOGIN command is only there because nobody switched it off. */
      if (mechanisms[i].method == MW_AUTH_SCRAM_SHA_256 && password_command && !oauth &&
          (excluded & MW_SASL_METHOD (MW_AUTH_PASSWORD_COMMAND)) == 0)
        {
          *out_method = MW_AUTH_PASSWORD_COMMAND;
          return MW_OUTCOME_WORKS;
        }

      if (is_usable (&mechanisms[i], offered, excluded))
        {
          *out_method = mechanisms[i].method;
          return MW_OUTCOME_WORKS;
        }
    }

  return oauth ? MW_OUTCOME_NEED_OAUTH : MW_OUTCOME_MECH_NONE;
}

gboolean
mw_sasl_choose_mutual (const char * const *offered,
                       MwSaslMethods       excluded,
                       MwAuthMethod       *out_method)
{
  for (gsize i = 0; i < G_N_ELEMENTS (mechanisms); i++)
    {
      if (is_scram (&mechanisms[i]) && is_usable (&mechanisms[i], offered, excluded))
        {
          *out_method = mechanisms[i].method;
          return TRUE;
        }
    }

  return FALSE;
}

MwSaslMethods
mw_sasl_find_impossible (MwCredentials *credentials)
{
  MwSecret *secret;

  g_return_val_if_fail (credentials != NULL, 0);

  secret = mw_credentials_get_secret (credentials);
  if (strlen (mw_secret_peek (secret)) != mw_secret_get_length (secret))
    return ~(MwSaslMethods) 0;

  if (mw_scram_key_can_prepare (mw_secret_peek (secret)) &&
      mw_scram_key_can_prepare (mw_credentials_get_user_name (credentials)))
    return 0;

  return MW_SASL_METHOD (MW_AUTH_SCRAM_SHA_1) | MW_SASL_METHOD (MW_AUTH_SCRAM_SHA_256);
}

MwSasl *
mw_sasl_new (MwAuthMethod    method,
             MwCredentials  *credentials,
             GError        **error)
{
  g_autoptr(MwSasl) self = NULL;
  MwSecret *secret;
  int rc;

  g_return_val_if_fail (credentials != NULL, NULL);
  g_return_val_if_fail (find_mechanism (method) != NULL, NULL);

  self = g_new0 (MwSasl, 1);
  self->mechanism = find_mechanism (method);
  self->credentials = mw_credentials_ref (credentials);
  if (method == MW_AUTH_CRAM_MD5)
    return g_steal_pointer (&self);

  rc = gsasl_init (&self->context);
  if (rc == GSASL_OK)
    rc = gsasl_client_start (self->context, self->mechanism->name, &self->session);
  if (rc == GSASL_OK)
    rc = gsasl_property_set (self->session, GSASL_AUTHID,
                             mw_credentials_get_user_name (credentials));
  secret = mw_credentials_get_secret (credentials);
  if (rc == GSASL_OK && !is_scram (self->mechanism))
    rc = gsasl_property_set_raw (self->session, GSASL_PASSWORD,
                                 mw_secret_peek (secret), mw_secret_get_length (secret));
  if (rc != GSASL_OK)
    {
      fail (error, self->mechanism->name, rc);
      return NULL;
    }

  return g_steal_pointer (&self);
}

void
mw_sasl_free (MwSasl *self)
{
  if (self == NULL)
    return;

  if (self->session != NULL)
    {
      wipe_property (self->session, GSASL_PASSWORD);
      wipe_property (self->session, GSASL_SCRAM_SALTED_PASSWORD);
      gsasl_finish (self->session);
    }
  if (self->context != NULL)
    gsasl_done (self->context);
  g_clear_pointer (&self->key, mw_scram_key_unref);
  mw_credentials_unref (self->credentials);
  g_free (self);
}

gboolean
mw_sasl_is_client_first (MwSasl *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->mechanism->client_first;
}

gboolean
mw_sasl_read_challenge (MwSasl      *self,
                        MwSpan       challenge,
                        MwScramKey **out_key,
                        GError     **error)
{
  char *bytes;
  gsize length;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (out_key != NULL, FALSE);

  *out_key = NULL;
  if (!is_scram (self->mechanism) || self->step != 1 || self->key != NULL)
    return TRUE;

  if (!decode_challenge (self, challenge, &bytes, &length, error))
    return FALSE;

  if (check_scram_error (bytes, length, error))
    self->key = mw_scram_key_new (self->mechanism->method,
                                  mw_credentials_get_secret (self->credentials),
                                  bytes, length, error);
  gsasl_free (bytes);
  if (self->key == NULL)
    return FALSE;

  if (mw_scram_key_is_slow (self->key))
    *out_key = mw_scram_key_ref (self->key);

  return TRUE;
}

gboolean
mw_sasl_step (MwSasl    *self,
              MwSpan     challenge,
              char     **out_response,
              gsize     *out_length,
              gboolean  *out_presents_secret,
              GError   **error)
{
  g_autoptr(MwScramKey) key = NULL;
  char *input = NULL, *output = NULL;
  gsize input_length = 0, output_length = 0;
  gboolean answered;

  g_return_val_if_fail (self != NULL, FALSE);

  if (self->complete)
    {
      g_set_error_literal (error, MW_PROBE_ERROR, MW_OUTCOME_PROTOCOL,
                           "SASL: the server asks on after the last message");
      return FALSE;
    }

  if (!mw_sasl_read_challenge (self, challenge, &key, error))
    return FALSE;

  if (reads_challenge (self) &&
      !decode_challenge (self, challenge, &input, &input_length, error))
    return FALSE;

  answered = (!is_scram (self->mechanism) || self->step != 2 ||
              check_scram_error (input, input_length, error)) &&
             answer (self, input, input_length, &output, &output_length, error);
  if (input != NULL)
    gsasl_free (input);
  if (!answered)
    return FALSE;

  *out_response = g_base64_encode ((const guchar *) output, output_length);
  *out_length = strlen (*out_response);
  *out_presents_secret = self->step == self->mechanism->secret_step;
  if (output != NULL)
    {
      mw_secret_wipe_bytes (output, output_length);
      gsasl_free (output);
    }

  self->step++;

  return TRUE;
}

void
mw_sasl_read_success (MwSasl *self,
                      MwSpan  text)
{
  g_return_if_fail (self != NULL);

  if (!is_scram (self->mechanism) || self->step != 2)
    return;

  while (text.length > 0 && !self->complete)
    {
      MwSpan word = mw_span_take_word (&text);
      char *signature = NULL, *output = NULL;
      gsize length, output_length = 0;

      /* "v=" and something. GNU SASL compares it. */
      if (gsasl_base64_from (word.bytes, word.length, &signature, &length) != GSASL_OK)
        continue;
      if (length > 2 && memcmp (signature, "v=", 2) == 0)
        self->complete = gsasl_step (self->session, signature, length,
                                     &output, &output_length) == GSASL_OK;
      gsasl_free (signature);
      if (output != NULL)
        gsasl_free (output);
    }
}

gboolean
mw_sasl_is_complete (MwSasl *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->complete;
}
