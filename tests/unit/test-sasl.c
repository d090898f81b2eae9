/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include <gsasl.h>
#include <string.h>

#include "core/mw-error.h"
#include "protocol/mw-sasl.h"

#define USER "jan@example.test"
#define PASSWORD "zażółć \"gęślą\" \\jaźń 1"

static MwCredentials *
make_credentials (void)
{
  g_autoptr(MwEndpoint) endpoint = mw_endpoint_parse ("imaps:imap.example.test");
  g_autoptr(MwSecret) secret = mw_secret_new (PASSWORD, -1);

  return mw_credentials_new (endpoint, USER, secret);
}

static MwSasl *
make_sasl (MwAuthMethod method)
{
  g_autoptr(MwCredentials) credentials = make_credentials ();
  g_autoptr(GError) error = NULL;
  MwSasl *self = mw_sasl_new (method, credentials, &error);

  g_assert_no_error (error);
  return self;
}

static void
test_choose (void)
{
  static const struct {
    const char   *offered;
    gboolean      password_command;
    MwOutcome     outcome;
    MwAuthMethod  method;
  } table[] = {
    { "PLAIN LOGIN", TRUE, MW_OUTCOME_WORKS, MW_AUTH_PLAIN },
    { "LOGIN PLAIN", TRUE, MW_OUTCOME_WORKS, MW_AUTH_PLAIN },
    { "plain", FALSE, MW_OUTCOME_WORKS, MW_AUTH_PLAIN },
    { "SCRAM-SHA-256 LOGIN", TRUE, MW_OUTCOME_WORKS, MW_AUTH_LOGIN },
    { "SCRAM-SHA-256 CRAM-MD5", TRUE, MW_OUTCOME_WORKS, MW_AUTH_PASSWORD_COMMAND },
    { "", TRUE, MW_OUTCOME_WORKS, MW_AUTH_PASSWORD_COMMAND },
    { "GSSAPI", TRUE, MW_OUTCOME_WORKS, MW_AUTH_PASSWORD_COMMAND },
    { "CRAM-MD5 SCRAM-SHA-1 SCRAM-SHA-256", FALSE, MW_OUTCOME_WORKS, MW_AUTH_SCRAM_SHA_256 },
    { "CRAM-MD5 SCRAM-SHA-1", FALSE, MW_OUTCOME_WORKS, MW_AUTH_SCRAM_SHA_1 },
    { "CRAM-MD5", FALSE, MW_OUTCOME_WORKS, MW_AUTH_CRAM_MD5 },
    { "XOAUTH2 CRAM-MD5", TRUE, MW_OUTCOME_WORKS, MW_AUTH_CRAM_MD5 },
    { "XOAUTH2 PLAIN", TRUE, MW_OUTCOME_WORKS, MW_AUTH_PLAIN },
    { "XOAUTH2", TRUE, MW_OUTCOME_NEED_OAUTH, MW_AUTH_UNKNOWN },
    { "GSSAPI OAUTHBEARER", FALSE, MW_OUTCOME_NEED_OAUTH, MW_AUTH_UNKNOWN },
    { "GSSAPI NTLM SCRAM-SHA-256-PLUS", FALSE, MW_OUTCOME_MECH_NONE, MW_AUTH_UNKNOWN },
    { "", FALSE, MW_OUTCOME_MECH_NONE, MW_AUTH_UNKNOWN },
    { "PLAINX XPLAIN", FALSE, MW_OUTCOME_MECH_NONE, MW_AUTH_UNKNOWN },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_auto(GStrv) offered = g_strsplit (table[i].offered, " ", -1);
      MwAuthMethod method = MW_AUTH_UNKNOWN;

      g_test_message ("%s", table[i].offered);
      g_assert_cmpint (mw_sasl_choose ((const char * const *) offered, table[i].password_command,
                                       &method), ==, table[i].outcome);
      g_assert_cmpint (method, ==, table[i].method);
    }
}

static void
assert_step (MwSasl     *self,
             const char *challenge,
             const char *expected,
             gsize       expected_length,
             gboolean    expected_secret)
{
  g_autofree char *encoded = g_base64_encode ((const guchar *) expected, expected_length);
  g_autoptr(GError) error = NULL;
  gboolean presents_secret;
  char *response;
  gsize length;

  g_assert_true (mw_sasl_step (self, (MwSpan) { challenge, strlen (challenge) },
                               &response, &length, &presents_secret, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (response, ==, encoded);
  g_assert_cmpuint (length, ==, strlen (encoded));
  g_assert_cmpint (presents_secret, ==, expected_secret);
  mw_secret_free_bytes (response);
}

static void
assert_too_many (MwSasl *self)
{
  g_autoptr(GError) error = NULL;
  gboolean presents_secret;
  char *response;
  gsize length;

  g_assert_false (mw_sasl_step (self, (MwSpan) { "", 0 }, &response, &length, &presents_secret,
                                &error));
  g_assert_error (error, MW_PROBE_ERROR, MW_OUTCOME_PROTOCOL);
}

static void
test_plain (void)
{
  static const char message[] = "\0" USER "\0" PASSWORD;
  g_autoptr(MwSasl) self = make_sasl (MW_AUTH_PLAIN);

  g_assert_true (mw_sasl_is_client_first (self));
  g_assert_false (mw_sasl_is_complete (self));
  assert_step (self, "", message, sizeof message - 1, TRUE);
  g_assert_true (mw_sasl_is_complete (self));
  assert_too_many (self);
}

static void
test_login (void)
{
  g_autoptr(MwSasl) self = make_sasl (MW_AUTH_LOGIN);

  g_assert_false (mw_sasl_is_client_first (self));
  assert_step (self, "VXNlcm5hbWU6", USER, strlen (USER), FALSE);
  g_assert_false (mw_sasl_is_complete (self));
  assert_step (self, "not base64 at all", PASSWORD, strlen (PASSWORD), TRUE);
  g_assert_true (mw_sasl_is_complete (self));
  assert_too_many (self);
}

static int
server_callback (Gsasl          *context,
                 Gsasl_session  *session,
                 Gsasl_property  property)
{
  const char *password = gsasl_callback_hook_get (context);

  if (property == GSASL_PASSWORD)
    return gsasl_property_set (session, property, password);
  if (property == GSASL_SCRAM_ITER)
    return gsasl_property_set (session, property, "4096");

  return GSASL_NO_CALLBACK;
}

/* Whether client and server, both real, come to an agreement. */
static gboolean
run_scram (MwAuthMethod  method,
           const char   *server_password)
{
  g_autoptr(MwSasl) self = make_sasl (method);
  Gsasl *context;
  Gsasl_session *session;
  g_autofree char *challenge = g_strdup ("");
  int rc = GSASL_NEEDS_MORE;
  guint step = 0;

  g_assert_cmpint (gsasl_init (&context), ==, GSASL_OK);
  gsasl_callback_set (context, server_callback);
  gsasl_callback_hook_set (context, (void *) server_password);
  g_assert_cmpint (gsasl_server_start (context, mw_enum_to_nick (MW_TYPE_AUTH_METHOD, method),
                                       &session), ==, GSASL_OK);

  while (!mw_sasl_is_complete (self))
    {
      g_autoptr(GError) error = NULL;
      gboolean presents_secret;
      char *response, *output = NULL;
      gsize length;

      if (!mw_sasl_step (self, (MwSpan) { challenge, strlen (challenge) },
                         &response, &length, &presents_secret, &error))
        {
          g_assert_error (error, MW_PROBE_ERROR, MW_OUTCOME_PROTOCOL);
          break;
        }
      g_assert_cmpint (presents_secret, ==, step == 1);
      step++;

      if (rc == GSASL_NEEDS_MORE)
        rc = gsasl_step64 (session, response, &output);
      mw_secret_free_bytes (response);
      if (rc != GSASL_OK && rc != GSASL_NEEDS_MORE)
        break;

      g_free (challenge);
      challenge = g_strdup (output != NULL ? output : "");
      gsasl_free (output);
    }

  gsasl_finish (session);
  gsasl_done (context);

  return rc == GSASL_OK && mw_sasl_is_complete (self);
}

static void
test_scram (gconstpointer data)
{
  MwAuthMethod method = GPOINTER_TO_INT (data);

  g_assert_true (run_scram (method, PASSWORD));
  g_assert_false (run_scram (method, "another one"));
}

/* Answers the client's first message as a server that knows nothing. */
static gboolean
answer_scram (const char  *iterations,
              const char  *nonce_tail,
              gboolean     nonce_kept,
              GError     **error)
{
  g_autoptr(MwSasl) self = make_sasl (MW_AUTH_SCRAM_SHA_256);
  g_autofree guchar *first = NULL;
  g_autofree char *text = NULL;
  g_autofree char *answer = NULL;
  g_autofree char *challenge = NULL;
  gboolean presents_secret;
  char *response;
  gsize length, first_length;
  const char *nonce;

  g_assert_true (mw_sasl_step (self, (MwSpan) { "", 0 }, &response, &length, &presents_secret,
                               NULL));
  g_assert_false (presents_secret);
  first = g_base64_decode (response, &first_length);
  mw_secret_free_bytes (response);
  text = g_strndup ((char *) first, first_length);
  nonce = strstr (text, ",r=") + 3;

  answer = g_strdup_printf ("r=%s%s,s=W22ZaJ0SNY7soEsUEjb6gQ==%s%s",
                            nonce_kept ? nonce : "x", nonce_tail,
                            *iterations != '\0' ? ",i=" : "", iterations);
  challenge = g_base64_encode ((guchar *) answer, strlen (answer));
  if (!mw_sasl_step (self, (MwSpan) { challenge, strlen (challenge) },
                     &response, &length, &presents_secret, error))
    return FALSE;

  mw_secret_free_bytes (response);
  return TRUE;
}

static void
test_scram_iterations (void)
{
  static const struct {
    const char *iterations;
    gboolean    accepted;
  } table[] = {
    { "4096", TRUE },
    { "10000", TRUE },
    { "4095", FALSE },
    { "1", FALSE },
    { "0", FALSE },
    { "-1", FALSE },
    { "", FALSE },
    { "1000001", FALSE },
    { "4294967295", FALSE },
    { "99999999999999999999", FALSE },
    { "4096,i=1", FALSE },
    { "4096x", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr(GError) error = NULL;

      g_test_message ("i=%s", table[i].iterations);
      g_assert_cmpint (answer_scram (table[i].iterations, "server", TRUE, &error), ==,
                       table[i].accepted);
      if (!table[i].accepted)
        g_assert_error (error, MW_PROBE_ERROR, MW_OUTCOME_PROTOCOL);
    }
}

static void
test_scram_nonce (void)
{
  g_autoptr(GError) error = NULL;

  g_assert_false (answer_scram ("4096", "server", FALSE, &error));
  g_assert_error (error, MW_PROBE_ERROR, MW_OUTCOME_PROTOCOL);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/sasl/choose", test_choose);
  g_test_add_func ("/sasl/plain", test_plain);
  g_test_add_func ("/sasl/login", test_login);
  g_test_add_data_func ("/sasl/scram-sha-1", GINT_TO_POINTER (MW_AUTH_SCRAM_SHA_1), test_scram);
  g_test_add_data_func ("/sasl/scram-sha-256", GINT_TO_POINTER (MW_AUTH_SCRAM_SHA_256),
                        test_scram);
  g_test_add_func ("/sasl/scram-iterations", test_scram_iterations);
  g_test_add_func ("/sasl/scram-nonce", test_scram_nonce);

  return g_test_run ();
}
