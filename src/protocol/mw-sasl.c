/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "protocol/mw-sasl.h"

#include <gsasl.h>
#include <string.h>

#include "core/mw-error.h"

/* A server that asks for fewer rounds makes the password cheap to guess, one
 * that asks for more makes this program hang (RFC 7677 §4). */
#define MIN_ITERATIONS 4096
#define MAX_ITERATIONS 1000000

typedef struct {
  MwAuthMethod  method;
  const char   *name;
  gboolean      client_first;
  guint         secret_step;    /* which message is or proves the password */
  gboolean      reads;          /* whether the challenges mean anything */
} Mechanism;

/* In order of preference; the password command stands between LOGIN and the
 * rest. */
static const Mechanism mechanisms[] = {
  { MW_AUTH_PLAIN, "PLAIN", TRUE, 0, FALSE },
  { MW_AUTH_LOGIN, "LOGIN", FALSE, 1, FALSE },
  { MW_AUTH_SCRAM_SHA_256, "SCRAM-SHA-256", TRUE, 1, TRUE },
  { MW_AUTH_SCRAM_SHA_1, "SCRAM-SHA-1", TRUE, 1, TRUE },
  { MW_AUTH_CRAM_MD5, "CRAM-MD5", FALSE, 0, TRUE },
};

struct _MwSasl
{
  const Mechanism *mechanism;
  Gsasl           *context;
  Gsasl_session   *session;
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

/* The "i=" attribute of SCRAM's server-first-message (RFC 5802 §5.1). */
static gboolean
check_iterations (const char  *message,
                  gsize        length,
                  GError     **error)
{
  g_autofree char *text = g_strndup (message, length);
  g_auto(GStrv) attributes = g_strsplit (text, ",", -1);
  guint64 iterations = 0;

  for (gsize i = 0; attributes[i] != NULL; i++)
    {
      if (g_str_has_prefix (attributes[i], "i=") &&
          !g_ascii_string_to_unsigned (attributes[i] + 2, 10, 1, G_MAXUINT32, &iterations, NULL))
        iterations = 0;
    }

  if (iterations < MIN_ITERATIONS || iterations > MAX_ITERATIONS)
    {
      g_set_error (error, MW_PROBE_ERROR, MW_OUTCOME_PROTOCOL,
                   "SASL: iteration count %" G_GUINT64_FORMAT " is out of bounds", iterations);
      return FALSE;
    }

  return TRUE;
}

static gboolean
decode_challenge (MwSasl  *self,
                  MwSpan   challenge,
                  char   **out_bytes,
                  gsize   *out_length,
                  GError **error)
{
  int rc;

  rc = gsasl_base64_from (challenge.bytes, challenge.length, out_bytes, out_length);
  if (rc != GSASL_OK)
    return fail (error, "challenge", rc);

  if (is_scram (self->mechanism) && self->step == 1 &&
      !check_iterations (*out_bytes, *out_length, error))
    {
      gsasl_free (*out_bytes);
      return FALSE;
    }

  return TRUE;
}

MwOutcome
mw_sasl_choose (const char * const *offered,
                gboolean            password_command,
                MwAuthMethod       *out_method)
{
  gboolean oauth = is_offered (offered, "XOAUTH2") || is_offered (offered, "OAUTHBEARER");

  for (gsize i = 0; i < G_N_ELEMENTS (mechanisms); i++)
    {
      /* A server that names browser sign-in but neither PLAIN nor LOGIN means
       * it: its LOGIN command is only there because nobody switched it off. */
      if (mechanisms[i].method == MW_AUTH_SCRAM_SHA_256 && password_command && !oauth)
        {
          *out_method = MW_AUTH_PASSWORD_COMMAND;
          return MW_OUTCOME_WORKS;
        }

      if (is_offered (offered, mechanisms[i].name))
        {
          *out_method = mechanisms[i].method;
          return MW_OUTCOME_WORKS;
        }
    }

  return oauth ? MW_OUTCOME_NEED_OAUTH : MW_OUTCOME_MECH_NONE;
}

gboolean
mw_sasl_choose_mutual (const char * const *offered,
                       MwAuthMethod       *out_method)
{
  for (gsize i = 0; i < G_N_ELEMENTS (mechanisms); i++)
    {
      if (is_scram (&mechanisms[i]) && is_offered (offered, mechanisms[i].name))
        {
          *out_method = mechanisms[i].method;
          return TRUE;
        }
    }

  return FALSE;
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

  rc = gsasl_init (&self->context);
  if (rc == GSASL_OK)
    rc = gsasl_client_start (self->context, self->mechanism->name, &self->session);
  if (rc != GSASL_OK)
    {
      fail (error, self->mechanism->name, rc);
      return NULL;
    }

  secret = mw_credentials_get_secret (credentials);
  rc = gsasl_property_set (self->session, GSASL_AUTHID, mw_credentials_get_user_name (credentials));
  if (rc == GSASL_OK)
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
  g_free (self);
}

gboolean
mw_sasl_is_client_first (MwSasl *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->mechanism->client_first;
}

gboolean
mw_sasl_step (MwSasl    *self,
              MwSpan     challenge,
              char     **out_response,
              gsize     *out_length,
              gboolean  *out_presents_secret,
              GError   **error)
{
  char *input = NULL, *output = NULL;
  gsize input_length = 0, output_length = 0;
  int rc;

  g_return_val_if_fail (self != NULL, FALSE);

  if (self->complete)
    {
      g_set_error_literal (error, MW_PROBE_ERROR, MW_OUTCOME_PROTOCOL,
                           "SASL: the server asks on after the last message");
      return FALSE;
    }

  /* PLAIN and LOGIN do not depend on the prompts, and not every server sends
   * them as base64. */
  if (self->mechanism->reads && challenge.length > 0 &&
      !decode_challenge (self, challenge, &input, &input_length, error))
    return FALSE;

  rc = gsasl_step (self->session, input, input_length, &output, &output_length);
  if (input != NULL)
    gsasl_free (input);
  if (rc != GSASL_OK && rc != GSASL_NEEDS_MORE)
    return fail (error, self->mechanism->name, rc);

  *out_response = g_base64_encode ((const guchar *) output, output_length);
  *out_length = strlen (*out_response);
  *out_presents_secret = self->step == self->mechanism->secret_step;
  if (output != NULL)
    {
      mw_secret_wipe_bytes (output, output_length);
      gsasl_free (output);
    }

  self->complete = rc == GSASL_OK;
  self->step++;

  return TRUE;
}

gboolean
mw_sasl_is_complete (MwSasl *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->complete;
}
