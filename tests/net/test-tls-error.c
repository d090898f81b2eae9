/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include <string.h>

#include "net/mw-socket-error.h"
#include "net/mw-tls-error.h"

/* What each code is called that a client's handshake or record layer can end
 * with: the ones of gnutls.h that concern a server's side only, keys on disk,
 * tokens and encodings left out. Whatever is not here is "TLS failed". */
static const struct {
  int       code;
  MwOutcome outcome;
} codes[] = {
  /* The server speaks in clear. */
  { GNUTLS_E_UNEXPECTED_PACKET, MW_OUTCOME_WRONG_TLS_MODE },
  { GNUTLS_E_UNEXPECTED_PACKET_LENGTH, MW_OUTCOME_WRONG_TLS_MODE },

  /* It has nothing better. */
  { GNUTLS_E_UNSUPPORTED_VERSION_PACKET, MW_OUTCOME_TLS_TOO_OLD },
  { GNUTLS_E_DH_PRIME_UNACCEPTABLE, MW_OUTCOME_TLS_TOO_OLD },
  { GNUTLS_E_UNSUPPORTED_SIGNATURE_ALGORITHM, MW_OUTCOME_TLS_TOO_OLD },
  { GNUTLS_E_INSUFFICIENT_SECURITY, MW_OUTCOME_TLS_TOO_OLD },
  { GNUTLS_E_UNSAFE_RENEGOTIATION_DENIED, MW_OUTCOME_TLS_TOO_OLD },

  /* It went. */
  { GNUTLS_E_PREMATURE_TERMINATION, MW_OUTCOME_DISCONNECTED },
  { GNUTLS_E_SESSION_EOF, MW_OUTCOME_DISCONNECTED },
  { GNUTLS_E_PULL_ERROR, MW_OUTCOME_DISCONNECTED },
  { GNUTLS_E_PUSH_ERROR, MW_OUTCOME_DISCONNECTED },
  { GNUTLS_E_TIMEDOUT, MW_OUTCOME_TIMEOUT },

  /* The two found nothing in common. */
  { GNUTLS_E_NO_CIPHER_SUITES, MW_OUTCOME_TLS_FAILED },
  { GNUTLS_E_UNKNOWN_CIPHER_SUITE, MW_OUTCOME_TLS_FAILED },
  { GNUTLS_E_UNKNOWN_CIPHER_TYPE, MW_OUTCOME_TLS_FAILED },
  { GNUTLS_E_UNKNOWN_COMPRESSION_ALGORITHM, MW_OUTCOME_TLS_FAILED },
  { GNUTLS_E_UNWANTED_ALGORITHM, MW_OUTCOME_TLS_FAILED },
  { GNUTLS_E_NO_COMMON_KEY_SHARE, MW_OUTCOME_TLS_FAILED },
  { GNUTLS_E_NO_APPLICATION_PROTOCOL, MW_OUTCOME_TLS_FAILED },
  { GNUTLS_E_UNSUPPORTED_CERTIFICATE_TYPE, MW_OUTCOME_TLS_FAILED },
  { GNUTLS_E_ECC_NO_SUPPORTED_CURVES, MW_OUTCOME_TLS_FAILED },
  { GNUTLS_E_ECC_UNSUPPORTED_CURVE, MW_OUTCOME_TLS_FAILED },

  /* It does not keep to the rules, or somebody in between does not. */
  { GNUTLS_E_DECRYPTION_FAILED, MW_OUTCOME_TLS_FAILED },
  { GNUTLS_E_UNEXPECTED_HANDSHAKE_PACKET, MW_OUTCOME_TLS_FAILED },
  { GNUTLS_E_HANDSHAKE_TOO_LARGE, MW_OUTCOME_TLS_FAILED },
  { GNUTLS_E_HANDSHAKE_DURING_FALSE_START, MW_OUTCOME_TLS_FAILED },
  { GNUTLS_E_TOO_MANY_HANDSHAKE_PACKETS, MW_OUTCOME_TLS_FAILED },
  { GNUTLS_E_TOO_MANY_EMPTY_PACKETS, MW_OUTCOME_TLS_FAILED },
  { GNUTLS_E_TOO_MANY_MATCHES, MW_OUTCOME_TLS_FAILED },
  { GNUTLS_E_RECORD_OVERFLOW, MW_OUTCOME_TLS_FAILED },
  { GNUTLS_E_RECORD_LIMIT_REACHED, MW_OUTCOME_TLS_FAILED },
  { GNUTLS_E_LARGE_PACKET, MW_OUTCOME_TLS_FAILED },
  { GNUTLS_E_ERROR_IN_FINISHED_PACKET, MW_OUTCOME_TLS_FAILED },
  { GNUTLS_E_BAD_COOKIE, MW_OUTCOME_TLS_FAILED },
  { GNUTLS_E_RECEIVED_ILLEGAL_PARAMETER, MW_OUTCOME_TLS_FAILED },
  { GNUTLS_E_RECEIVED_ILLEGAL_EXTENSION, MW_OUTCOME_TLS_FAILED },
  { GNUTLS_E_RECEIVED_DISALLOWED_NAME, MW_OUTCOME_TLS_FAILED },
  { GNUTLS_E_MISSING_EXTENSION, MW_OUTCOME_TLS_FAILED },
  { GNUTLS_E_ILLEGAL_PARAMETER, MW_OUTCOME_TLS_FAILED },
  { GNUTLS_E_ILLEGAL_SRP_USERNAME, MW_OUTCOME_TLS_FAILED },
  { GNUTLS_E_SAFE_RENEGOTIATION_FAILED, MW_OUTCOME_TLS_FAILED },
  { GNUTLS_E_PK_SIG_VERIFY_FAILED, MW_OUTCOME_TLS_FAILED },
  { GNUTLS_E_PK_DECRYPTION_FAILED, MW_OUTCOME_TLS_FAILED },
  { GNUTLS_E_PK_INVALID_PUBKEY, MW_OUTCOME_TLS_FAILED },
  { GNUTLS_E_MPI_SCAN_FAILED, MW_OUTCOME_TLS_FAILED },
  { GNUTLS_E_ASN1_DER_ERROR, MW_OUTCOME_TLS_FAILED },
  { GNUTLS_E_KEY_USAGE_VIOLATION, MW_OUTCOME_TLS_FAILED },
  { GNUTLS_E_NO_CERTIFICATE_FOUND, MW_OUTCOME_TLS_FAILED },
  { GNUTLS_E_CERTIFICATE_ERROR, MW_OUTCOME_TLS_FAILED },
  { GNUTLS_E_CERTIFICATE_LIST_UNSORTED, MW_OUTCOME_TLS_FAILED },
  { GNUTLS_E_INVALID_SESSION, MW_OUTCOME_TLS_FAILED },
  { GNUTLS_E_INVALID_REQUEST, MW_OUTCOME_TLS_FAILED },
  { GNUTLS_E_MEMORY_ERROR, MW_OUTCOME_TLS_FAILED },
  { GNUTLS_E_RANDOM_FAILED, MW_OUTCOME_TLS_FAILED },
  { GNUTLS_E_INTERNAL_ERROR, MW_OUTCOME_TLS_FAILED },
};

/* What a server says before it hangs up; "asked": it wanted a certificate of
 * ours before. */
static const struct {
  gnutls_alert_description_t alert;
  MwOutcome                  outcome;
  MwOutcome                  asked;
} alerts[] = {
  { GNUTLS_A_PROTOCOL_VERSION, MW_OUTCOME_TLS_TOO_OLD, MW_OUTCOME_TLS_TOO_OLD },
  { GNUTLS_A_CERTIFICATE_REQUIRED, MW_OUTCOME_CLIENT_CERTIFICATE, MW_OUTCOME_CLIENT_CERTIFICATE },
  { GNUTLS_A_HANDSHAKE_FAILURE, MW_OUTCOME_TLS_FAILED, MW_OUTCOME_CLIENT_CERTIFICATE },
  { GNUTLS_A_SSL3_NO_CERTIFICATE, MW_OUTCOME_TLS_FAILED, MW_OUTCOME_CLIENT_CERTIFICATE },
  { GNUTLS_A_BAD_CERTIFICATE, MW_OUTCOME_TLS_FAILED, MW_OUTCOME_CLIENT_CERTIFICATE },
  { GNUTLS_A_UNKNOWN_CA, MW_OUTCOME_TLS_FAILED, MW_OUTCOME_CLIENT_CERTIFICATE },
  { GNUTLS_A_ACCESS_DENIED, MW_OUTCOME_TLS_FAILED, MW_OUTCOME_CLIENT_CERTIFICATE },
  { GNUTLS_A_INSUFFICIENT_SECURITY, MW_OUTCOME_TLS_FAILED, MW_OUTCOME_CLIENT_CERTIFICATE },
  { GNUTLS_A_INTERNAL_ERROR, MW_OUTCOME_TLS_FAILED, MW_OUTCOME_CLIENT_CERTIFICATE },
  { GNUTLS_A_UNRECOGNIZED_NAME, MW_OUTCOME_TLS_FAILED, MW_OUTCOME_CLIENT_CERTIFICATE },
  { GNUTLS_A_NO_APPLICATION_PROTOCOL, MW_OUTCOME_TLS_FAILED, MW_OUTCOME_CLIENT_CERTIFICATE },
  { GNUTLS_A_UNEXPECTED_MESSAGE, MW_OUTCOME_TLS_FAILED, MW_OUTCOME_CLIENT_CERTIFICATE },
  { GNUTLS_A_ILLEGAL_PARAMETER, MW_OUTCOME_TLS_FAILED, MW_OUTCOME_CLIENT_CERTIFICATE },
  { GNUTLS_A_DECODE_ERROR, MW_OUTCOME_TLS_FAILED, MW_OUTCOME_CLIENT_CERTIFICATE },
  { GNUTLS_A_DECRYPT_ERROR, MW_OUTCOME_TLS_FAILED, MW_OUTCOME_CLIENT_CERTIFICATE },
  { GNUTLS_A_MISSING_EXTENSION, MW_OUTCOME_TLS_FAILED, MW_OUTCOME_CLIENT_CERTIFICATE },
  { GNUTLS_A_USER_CANCELED, MW_OUTCOME_TLS_FAILED, MW_OUTCOME_CLIENT_CERTIFICATE },
};

static MwOutcome
outcome_of (int code)
{
  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    if (codes[i].code == code)
      return codes[i].outcome;

  return MW_OUTCOME_TLS_FAILED;
}

static void
test_codes (void)
{
  guint n_known = 0;

  for (int code = -1; code > -1000; code--)
    {
      /* Those are no end, and this one is in the other table. */
      if (gnutls_strerror_name (code) == NULL || gnutls_error_is_fatal (code) == 0 ||
          code == GNUTLS_E_FATAL_ALERT_RECEIVED)
        continue;

      n_known++;
      g_test_message ("%s", gnutls_strerror_name (code));
      g_assert_cmpint (mw_tls_error_to_outcome (code, 0, FALSE), ==, outcome_of (code));
      g_assert_cmpint (mw_tls_error_to_outcome (code, GNUTLS_A_PROTOCOL_VERSION, TRUE), ==,
                       outcome_of (code));
    }

  g_assert_cmpuint (n_known, >=, G_N_ELEMENTS (codes));
}

static void
test_alerts (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (alerts); i++)
    {
      g_test_message ("%s", gnutls_alert_get_name (alerts[i].alert));
      g_assert_cmpint (mw_tls_error_to_outcome (GNUTLS_E_FATAL_ALERT_RECEIVED, alerts[i].alert,
                                                FALSE), ==, alerts[i].outcome);
      g_assert_cmpint (mw_tls_error_to_outcome (GNUTLS_E_FATAL_ALERT_RECEIVED, alerts[i].alert,
                                                TRUE), ==, alerts[i].asked);
    }
}

static void
test_other_service (void)
{
  static const struct {
    const char *beginning;
    gboolean    other;
  } table[] = {
    { "SSH-2.0-", TRUE }, { "HTTP/1.1", TRUE }, { "HTTP", FALSE }, { "", FALSE },
    { "* OK rea", FALSE }, { "220 mx.e", FALSE }, { "+OK read", FALSE }, { "\x15\x03\x01", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    g_assert_cmpint (mw_tls_error_is_other_service (table[i].beginning,
                                                    strlen (table[i].beginning)), ==,
                     table[i].other);
}

static void
test_socket (void)
{
  static const struct {
    int       code;
    MwOutcome outcome;
  } table[] = {
    { G_IO_ERROR_CONNECTION_REFUSED, MW_OUTCOME_REFUSED },
    { G_IO_ERROR_TIMED_OUT, MW_OUTCOME_TIMEOUT },
    { G_IO_ERROR_HOST_UNREACHABLE, MW_OUTCOME_UNREACHABLE },
    { G_IO_ERROR_NETWORK_UNREACHABLE, MW_OUTCOME_UNREACHABLE },
    { G_IO_ERROR_PERMISSION_DENIED, MW_OUTCOME_UNREACHABLE },
    { G_IO_ERROR_CONNECTION_CLOSED, MW_OUTCOME_DISCONNECTED },
    { G_IO_ERROR_BROKEN_PIPE, MW_OUTCOME_DISCONNECTED },
    { G_IO_ERROR_CLOSED, MW_OUTCOME_DISCONNECTED },
    { G_IO_ERROR_CANCELLED, MW_OUTCOME_CANCELLED },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr(GError) error = g_error_new_literal (G_IO_ERROR, table[i].code, "x");

      g_assert_cmpint (mw_socket_error_to_outcome (error), ==, table[i].outcome);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/tls-error/codes", test_codes);
  g_test_add_func ("/tls-error/alerts", test_alerts);
  g_test_add_func ("/tls-error/other-service", test_other_service);
  g_test_add_func ("/tls-error/socket", test_socket);
  return g_test_run ();
}
