/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "net/mw-tls-error.h"

#include <string.h>

static MwOutcome
alert_to_outcome (gnutls_alert_description_t alert,
                  gboolean                   asked_for_certificate)
{
  if (alert == GNUTLS_A_CERTIFICATE_REQUIRED)
    return MW_OUTCOME_CLIENT_CERTIFICATE;
  if (alert == GNUTLS_A_PROTOCOL_VERSION)
    return MW_OUTCOME_TLS_TOO_OLD;
  /* TLS 1.2 has no alert of its own for a missing certificate (RFC 5246
   * §7.2.2 says handshake_failure), and servers send various ones. */
  if (asked_for_certificate)
    return MW_OUTCOME_CLIENT_CERTIFICATE;

  return MW_OUTCOME_TLS_FAILED;
}

MwOutcome
mw_tls_error_to_outcome (int                        code,
                         gnutls_alert_description_t alert,
                         gboolean                   asked_for_certificate)
{
  switch (code)
    {
    case GNUTLS_E_FATAL_ALERT_RECEIVED:
      return alert_to_outcome (alert, asked_for_certificate);

    /* A group too small, or a signature with SHA-1: nothing better is offered. */
    case GNUTLS_E_DH_PRIME_UNACCEPTABLE:
    case GNUTLS_E_UNSUPPORTED_SIGNATURE_ALGORITHM:
    case GNUTLS_E_INSUFFICIENT_SECURITY:
    case GNUTLS_E_UNSUPPORTED_VERSION_PACKET:
    /* The server does not know how to renegotiate safely (RFC 5746). */
    case GNUTLS_E_UNSAFE_RENEGOTIATION_DENIED:
      return MW_OUTCOME_TLS_TOO_OLD;

    /* Text where a record should start: the server speaks in clear. */
    case GNUTLS_E_UNEXPECTED_PACKET:
    case GNUTLS_E_UNEXPECTED_PACKET_LENGTH:
      return MW_OUTCOME_WRONG_TLS_MODE;

    case GNUTLS_E_PREMATURE_TERMINATION:
    case GNUTLS_E_SESSION_EOF:
    case GNUTLS_E_PULL_ERROR:
    case GNUTLS_E_PUSH_ERROR:
      return MW_OUTCOME_DISCONNECTED;

    case GNUTLS_E_TIMEDOUT:
      return MW_OUTCOME_TIMEOUT;

    /* Not of the CERT kind, whatever it is: those come with a report. */
    default:
      return MW_OUTCOME_TLS_FAILED;
    }
}

gboolean
mw_tls_error_is_other_service (const char *beginning,
                               gsize       size)
{
  static const char * const words[] = { "SSH-", "HTTP/" };

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (size >= strlen (words[i]) && memcmp (beginning, words[i], strlen (words[i])) == 0)
      return TRUE;

  return FALSE;
}

void
mw_tls_error_set (GError           **error,
                  gnutls_session_t   session,
                  int                code,
                  const char        *beginning,
                  gsize              size)
{
  gnutls_alert_description_t alert = gnutls_alert_get (session);
  gboolean asked = gnutls_certificate_client_get_request_status (session) != 0;
  MwOutcome outcome = mw_tls_error_to_outcome (code, alert, asked);
  const char *name = gnutls_alert_get_name (alert);

  if (outcome == MW_OUTCOME_WRONG_TLS_MODE && mw_tls_error_is_other_service (beginning, size))
    outcome = MW_OUTCOME_NOT_MAIL_SERVER;

  if (code == GNUTLS_E_FATAL_ALERT_RECEIVED)
    g_set_error (error, MW_PROBE_ERROR, outcome, "TLS: the server sent the alert “%s”",
                 name != NULL ? name : "unknown");
  else
    g_set_error (error, MW_PROBE_ERROR, outcome, "TLS: %s", gnutls_strerror (code));
}
