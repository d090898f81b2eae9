/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "net/mw-socket-error.h"
#include "net/mw-tls-error.h"

static void
test_tls (void)
{
  static const struct {
    int                        code;
    gnutls_alert_description_t alert;
    gboolean                   asked;
    MwOutcome                  outcome;
  } table[] = {
    { GNUTLS_E_UNEXPECTED_PACKET, 0, FALSE, MW_OUTCOME_WRONG_TLS_MODE },
    { GNUTLS_E_UNEXPECTED_PACKET_LENGTH, 0, FALSE, MW_OUTCOME_WRONG_TLS_MODE },
    { GNUTLS_E_UNSUPPORTED_VERSION_PACKET, 0, FALSE, MW_OUTCOME_TLS_TOO_OLD },
    { GNUTLS_E_DH_PRIME_UNACCEPTABLE, 0, FALSE, MW_OUTCOME_TLS_TOO_OLD },
    { GNUTLS_E_UNSUPPORTED_SIGNATURE_ALGORITHM, 0, FALSE, MW_OUTCOME_TLS_TOO_OLD },
    { GNUTLS_E_INSUFFICIENT_SECURITY, 0, FALSE, MW_OUTCOME_TLS_TOO_OLD },
    { GNUTLS_E_PREMATURE_TERMINATION, 0, FALSE, MW_OUTCOME_DISCONNECTED },
    { GNUTLS_E_PULL_ERROR, 0, FALSE, MW_OUTCOME_DISCONNECTED },
    { GNUTLS_E_PUSH_ERROR, 0, FALSE, MW_OUTCOME_DISCONNECTED },
    { GNUTLS_E_TIMEDOUT, 0, FALSE, MW_OUTCOME_TIMEOUT },
    { GNUTLS_E_NO_CIPHER_SUITES, 0, FALSE, MW_OUTCOME_TLS_FAILED },
    { GNUTLS_E_DECRYPTION_FAILED, 0, FALSE, MW_OUTCOME_TLS_FAILED },
    { GNUTLS_E_FATAL_ALERT_RECEIVED, GNUTLS_A_PROTOCOL_VERSION, FALSE, MW_OUTCOME_TLS_TOO_OLD },
    { GNUTLS_E_FATAL_ALERT_RECEIVED, GNUTLS_A_PROTOCOL_VERSION, TRUE, MW_OUTCOME_TLS_TOO_OLD },
    { GNUTLS_E_FATAL_ALERT_RECEIVED, GNUTLS_A_CERTIFICATE_REQUIRED, FALSE,
      MW_OUTCOME_CLIENT_CERTIFICATE },
    { GNUTLS_E_FATAL_ALERT_RECEIVED, GNUTLS_A_HANDSHAKE_FAILURE, TRUE,
      MW_OUTCOME_CLIENT_CERTIFICATE },
    { GNUTLS_E_FATAL_ALERT_RECEIVED, GNUTLS_A_HANDSHAKE_FAILURE, FALSE, MW_OUTCOME_TLS_FAILED },
    { GNUTLS_E_FATAL_ALERT_RECEIVED, GNUTLS_A_INTERNAL_ERROR, FALSE, MW_OUTCOME_TLS_FAILED },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    g_assert_cmpint (mw_tls_error_to_outcome (table[i].code, table[i].alert, table[i].asked), ==,
                     table[i].outcome);
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

  g_test_add_func ("/tls-error/tls", test_tls);
  g_test_add_func ("/tls-error/socket", test_socket);
  return g_test_run ();
}
