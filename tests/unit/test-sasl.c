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
    const char    *offered;
    gboolean       password_command;
    MwOutcome      outcome;
    MwAuthMethod   method;
    MwSaslMethods  excluded;
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
    { "PLAIN LOGIN", FALSE, MW_OUTCOME_WORKS, MW_AUTH_LOGIN, MW_SASL_METHOD (MW_AUTH_PLAIN) },
    { "PLAIN", TRUE, MW_OUTCOME_WORKS, MW_AUTH_PASSWORD_COMMAND, MW_SASL_METHOD (MW_AUTH_PLAIN) },
    { "PLAIN SCRAM-SHA-1", TRUE, MW_OUTCOME_WORKS, MW_AUTH_SCRAM_SHA_1, MW_SASL_METHODS_PLAIN },
    { "PLAIN XOAUTH2", TRUE, MW_OUTCOME_NEED_OAUTH, MW_AUTH_UNKNOWN, MW_SASL_METHODS_PLAIN },
    { "PLAIN", TRUE, MW_OUTCOME_MECH_NONE, MW_AUTH_UNKNOWN, MW_SASL_METHODS_PLAIN },
    { "PLAIN SCRAM-SHA-1", TRUE, MW_OUTCOME_MECH_NONE, MW_AUTH_UNKNOWN, ~(MwSaslMethods) 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_auto(GStrv) offered = g_strsplit (table[i].offered, " ", -1);
      MwAuthMethod method = MW_AUTH_UNKNOWN;

      g_test_message ("%s", table[i].offered);
      g_assert_cmpint (mw_sasl_choose ((const char * const *) offered, table[i].password_command,
                                       table[i].excluded, &method), ==, table[i].outcome);
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

/* SCRAM as far as the client's proof, with a server-first message of our own:
 * $R in it is the client's nonce. */
static gboolean
answer_scram (MwSasl      *self,
              const char  *server_first,
              char       **out_final,
              GError     **error)
{
  g_autoptr(GString) answer = g_string_new (server_first);
  g_autofree guchar *first = NULL;
  g_autofree char *text = NULL;
  g_autofree char *challenge = NULL;
  gboolean presents_secret;
  char *response;
  gsize length, first_length;

  g_assert_true (mw_sasl_step (self, (MwSpan) { "", 0 }, &response, &length, &presents_secret,
                               NULL));
  g_assert_false (presents_secret);
  first = g_base64_decode (response, &first_length);
  mw_secret_free_bytes (response);
  text = g_strndup ((char *) first, first_length);

  /* No channel binding, and none pretended (RFC 5802 §6). */
  g_assert_true (g_str_has_prefix (text, "n,,n=" USER ",r="));

  g_string_replace (answer, "$R", strstr (text, ",r=") + 3, 0);
  challenge = g_base64_encode ((guchar *) answer->str, answer->len);
  if (!mw_sasl_step (self, (MwSpan) { challenge, strlen (challenge) },
                     &response, &length, &presents_secret, error))
    return FALSE;

  g_assert_true (presents_secret);
  if (out_final != NULL)
    {
      g_autofree guchar *final = g_base64_decode (response, &length);

      *out_final = g_strndup ((char *) final, length);
    }
  mw_secret_free_bytes (response);
  return TRUE;
}

#define SALT "s=W22ZaJ0SNY7soEsUEjb6gQ=="

static void
test_scram_first (void)
{
  static const struct {
    const char *message;
    gboolean    accepted;
  } table[] = {
    { "r=$Rserver," SALT ",i=4096", TRUE },
    { "r=$Rserver," SALT ",i=10000", TRUE },
    { "r=$Rserver," SALT ",i=4096,x=more", TRUE },
    { "r=$Rserver," SALT ",i=4095", FALSE },
    { "r=$Rserver," SALT ",i=1", FALSE },
    { "r=$Rserver," SALT ",i=0", FALSE },
    { "r=$Rserver," SALT ",i=-1", FALSE },
    { "r=$Rserver," SALT ",i=", FALSE },
    { "r=$Rserver," SALT, FALSE },
    { "r=$Rserver," SALT ",i=1000001", FALSE },
    { "r=$Rserver," SALT ",i=4294967295", FALSE },
    { "r=$Rserver," SALT ",i=4294971392", FALSE },
    { "r=$Rserver," SALT ",i=99999999999999999999", FALSE },
    { "r=$Rserver," SALT ",i=4096x", FALSE },
    { "r=$Rserver," SALT ",i= 4096", FALSE },
    { "r=$Rserver," SALT ",i=1,i=4096", FALSE },
    { "r=$Rserver," SALT ",x=i,i=4096", FALSE },
    { "r=$Rserver,i=4096," SALT, FALSE },
    { "m=must,r=$Rserver," SALT ",i=4096", FALSE },
    { "r=$Rserver,s=,i=4096", FALSE },
    { "r=$Rserver,s=%%%%,i=4096", FALSE },
    /* RFC 5802 §5.1: the nonce is ours and more. */
    { "r=xserver," SALT ",i=4096", FALSE },
    { "r=x$Rserver," SALT ",i=4096", FALSE },
    { "r=," SALT ",i=4096", FALSE },
    { "", FALSE },
    { "no SCRAM at all", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr(MwSasl) self = make_sasl (MW_AUTH_SCRAM_SHA_256);
      g_autofree char *final = NULL;
      g_autoptr(GError) error = NULL;

      g_test_message ("%s", table[i].message);
      g_assert_cmpint (answer_scram (self, table[i].message, &final, &error), ==,
                       table[i].accepted);
      if (table[i].accepted)
        g_assert_true (g_str_has_prefix (final, "c=biws,r="));
      else
        g_assert_error (error, MW_PROBE_ERROR, MW_OUTCOME_PROTOCOL);
      g_assert_false (mw_sasl_is_complete (self));
    }
}

static void
test_scram_last (void)
{
  static const struct {
    const char *message;
    MwOutcome   outcome;
  } table[] = {
    { "v=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", MW_OUTCOME_PROTOCOL },
    { "v=", MW_OUTCOME_PROTOCOL },
    { "welcome", MW_OUTCOME_PROTOCOL },
    { "e=invalid-proof", MW_OUTCOME_BAD_CREDENTIALS },
    { "e=unknown-user", MW_OUTCOME_BAD_CREDENTIALS },
    { "e=no-resources", MW_OUTCOME_TEMPORARY },
    { "e=other-error", MW_OUTCOME_LOGIN_REFUSED },
    { "e=server-does-support-channel-binding", MW_OUTCOME_LOGIN_REFUSED },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr(MwSasl) self = make_sasl (MW_AUTH_SCRAM_SHA_1);
      g_autofree char *challenge = NULL;
      g_autoptr(GError) error = NULL;
      gboolean presents_secret;
      char *response;
      gsize length;

      g_test_message ("%s", table[i].message);
      g_assert_true (answer_scram (self, "r=$Rserver," SALT ",i=4096", NULL, &error));
      challenge = g_base64_encode ((const guchar *) table[i].message, strlen (table[i].message));
      g_assert_false (mw_sasl_step (self, (MwSpan) { challenge, strlen (challenge) },
                                    &response, &length, &presents_secret, &error));
      g_assert_error (error, MW_PROBE_ERROR, (int) table[i].outcome);
      g_assert_false (mw_sasl_is_complete (self));
    }
}

/* The signature may come along with the yes, and only the right one counts. */
static void
test_scram_signature_in_success (void)
{
  static const struct {
    const char *format;
    gboolean    right;
    gboolean    complete;
  } table[] = {
    { "%s", TRUE, TRUE },
    { "2.7.0 %s Authentication successful", TRUE, TRUE },
    { "Authentication successful %s", FALSE, FALSE },
    { "Authentication successful", FALSE, FALSE },
    { "", FALSE, FALSE },
  };
  static const char salt[] = "1234567890123456";

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr(MwSasl) self = make_sasl (MW_AUTH_SCRAM_SHA_256);
      g_autofree char *salt64 = g_base64_encode ((const guchar *) salt, strlen (salt));
      g_autofree char *first = g_strdup_printf ("r=$Rserver,s=%s,i=4096", salt64);
      g_autofree char *final = NULL;
      g_autofree char *nonce = NULL;
      g_autofree char *message = NULL;
      g_autofree char *signature64 = NULL;
      g_autofree char *last = NULL;
      g_autofree char *last64 = NULL;
      g_autofree char *success = NULL;
      g_auto(GStrv) pieces = NULL;
      char salted[64], client[64], server[64], stored[64];
      guint8 signature[32];
      gsize size = sizeof signature;
      GHmac *hmac;

      g_assert_true (answer_scram (self, first, &final, NULL));
      g_assert_cmpint (gsasl_scram_secrets_from_password (GSASL_HASH_SHA256, PASSWORD, 4096, salt,
                                                          strlen (salt), salted, client, server,
                                                          stored), ==, GSASL_OK);
      nonce = g_strndup (final + strlen ("c=biws,r="),
                         strstr (final, ",p=") - final - strlen ("c=biws,r="));
      message = g_strdup_printf ("n=" USER ",r=%.*s,r=%s,s=%s,i=4096,c=biws,r=%s",
                                 (int) (strlen (nonce) - strlen ("server")), nonce, nonce, salt64,
                                 nonce);
      hmac = g_hmac_new (G_CHECKSUM_SHA256, (const guchar *) server, 32);
      g_hmac_update (hmac, (const guchar *) message, -1);
      g_hmac_get_digest (hmac, signature, &size);
      g_hmac_unref (hmac);
      if (!table[i].right)
        signature[5] ^= 1;
      signature64 = g_base64_encode (signature, size);
      last = g_strconcat ("v=", signature64, NULL);
      last64 = g_base64_encode ((const guchar *) last, strlen (last));
      pieces = g_strsplit (table[i].format, "%s", 2);
      success = g_strjoinv (last64, pieces);

      g_test_message ("%s", table[i].format);
      mw_sasl_read_success (self, (MwSpan) { success, strlen (success) });
      g_assert_cmpint (mw_sasl_is_complete (self), ==, table[i].complete);
    }
}

/* A slow key is handed out, so that somebody else can compute it. */
static void
test_scram_slow (void)
{
  static const struct {
    const char *iterations;
    gboolean    slow;
  } table[] = {
    { "50000", FALSE },
    { "50001", TRUE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr(MwSasl) self = make_sasl (MW_AUTH_SCRAM_SHA_256);
      g_autofree char *answer = g_strdup_printf ("r=x," SALT ",i=%s", table[i].iterations);
      g_autofree char *challenge = g_base64_encode ((guchar *) answer, strlen (answer));
      g_autoptr(MwScramKey) key = NULL;
      g_autoptr(GError) error = NULL;
      gboolean presents_secret;
      char *response;
      gsize length;

      g_assert_true (mw_sasl_step (self, (MwSpan) { "", 0 }, &response, &length,
                                   &presents_secret, NULL));
      mw_secret_free_bytes (response);
      g_assert_true (mw_sasl_read_challenge (self, (MwSpan) { challenge, strlen (challenge) },
                                             &key, &error));
      g_assert_no_error (error);
      g_assert_cmpint (key != NULL, ==, table[i].slow);
      if (key == NULL)
        continue;

      g_assert_null (mw_scram_key_peek (key));
      mw_scram_key_compute (key);
      g_assert_cmpuint (strlen (mw_scram_key_peek (key)), ==, 64);
    }
}

/* RFC 7677 §3 and RFC 5802 §5 give no salted password, so the numbers are
 * those of PBKDF2 as another program computes it. */
static void
test_scram_key (void)
{
  static const char challenge[] = "r=rOprNGfwEbeRWgbNEkqO,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096";
  static const struct {
    MwAuthMethod  method;
    const char   *hex;
  } table[] = {
    { MW_AUTH_SCRAM_SHA_256, "c4a49510323ab4f952cac1fa99441939e78ea74d6be81ddf7096e87513dc615d" },
    { MW_AUTH_SCRAM_SHA_1, "147ea8339ba2ad1726ed688b8d20ea2fee09ecb0" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr(MwSecret) secret = mw_secret_new ("pencil", -1);
      g_autoptr(MwScramKey) key = NULL;
      g_autoptr(GError) error = NULL;

      key = mw_scram_key_new (table[i].method, secret, challenge, strlen (challenge), &error);
      g_assert_no_error (error);
      mw_scram_key_compute (key);
      g_assert_cmpstr (mw_scram_key_peek (key), ==, table[i].hex);
    }
}

static void
test_impossible (void)
{
  static const MwSaslMethods scram = MW_SASL_METHOD (MW_AUTH_SCRAM_SHA_1) |
                                     MW_SASL_METHOD (MW_AUTH_SCRAM_SHA_256);
  static const struct {
    const char    *user;
    const char    *password;
    gsize          length;
    MwSaslMethods  impossible;
  } table[] = {
    { USER, PASSWORD, strlen (PASSWORD), 0 },
    { "zażółć", "a\302\240b", 4, 0 },
    { USER, "a\tb", 3, scram },
    { USER, "a\r\nb", 4, scram },
    { "a\tb", "secret", 6, scram },
    { USER, "a\0b", 3, ~(MwSaslMethods) 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr(MwEndpoint) endpoint = mw_endpoint_parse ("imaps:imap.example.test");
      g_autoptr(MwSecret) secret = mw_secret_new (table[i].password, table[i].length);
      g_autoptr(MwCredentials) credentials = mw_credentials_new (endpoint, table[i].user, secret);

      g_assert_cmphex (mw_sasl_find_impossible (credentials), ==, table[i].impossible);
    }
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
  g_test_add_func ("/sasl/scram-first", test_scram_first);
  g_test_add_func ("/sasl/scram-last", test_scram_last);
  g_test_add_func ("/sasl/scram-signature-in-success", test_scram_signature_in_success);
  g_test_add_func ("/sasl/scram-slow", test_scram_slow);
  g_test_add_func ("/sasl/scram-key", test_scram_key);
  g_test_add_func ("/sasl/impossible", test_impossible);

  return g_test_run ();
}
