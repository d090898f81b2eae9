/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "net/mw-tls-session.h"

#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>

#include "core/mw-domain.h"
#include "core/mw-error.h"
#include "net/mw-certificate-check.h"
#include "net/mw-certificate-size.h"
#include "net/mw-socket-error.h"
#include "net/mw-tls-credentials-private.h"
#include "net/mw-tls-error.h"

#define MAX_PIECES 32
/* Of one message of the handshake: the whole chain is in one. Honest ones have
 * a tenth of it, and GnuTLS alone would take more, to be decoded in one go. */
#define MAX_MESSAGE (64 * 1024)
/* What a server begins with tells more than that it is not TLS. */
#define MAX_BEGINNING 8

struct _MwTlsSession
{
  GSocket          *socket;
  MwTlsCredentials *credentials;
  gnutls_session_t  native;
  char             *host;
  GError           *socket_error; /* what push or pull failed with */
  char              beginning[MAX_BEGINNING];
  gsize             n_beginning;
  gboolean          quick_ack;
};

static ssize_t
fail_transfer (MwTlsSession *self,
               GError       *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
    {
      gnutls_transport_set_errno (self->native, EAGAIN);
      g_error_free (error);
      return -1;
    }

  g_clear_error (&self->socket_error);
  self->socket_error = error;
  gnutls_transport_set_errno (self->native, EIO);
  return -1;
}

static ssize_t
pull_cb (gnutls_transport_ptr_t  pointer,
         void                   *buffer,
         size_t                  size)
{
  MwTlsSession *self = pointer;
  GError *error = NULL;
  gssize received = g_socket_receive (self->socket, buffer, size, NULL, &error);

  if (received < 0)
    return fail_transfer (self, error);

  for (gssize i = 0; i < received && self->n_beginning < MAX_BEGINNING; i++)
    self->beginning[self->n_beginning++] = ((const char *) buffer)[i];
  if (self->quick_ack)
    g_socket_set_option (self->socket, IPPROTO_TCP, TCP_QUICKACK, 1, NULL);

  return received;
}

/* A flight leaves in one piece: a server that refuses its first message
 * would otherwise hang up before the second one is sent, and what it said
 * would stay unread. */
static ssize_t
push_cb (gnutls_transport_ptr_t  pointer,
         const giovec_t         *pieces,
         int                     n_pieces)
{
  MwTlsSession *self = pointer;
  GOutputVector vectors[MAX_PIECES];
  GError *error = NULL;
  gssize sent;

  n_pieces = MIN (n_pieces, MAX_PIECES);
  for (int i = 0; i < n_pieces; i++)
    {
      vectors[i].buffer = pieces[i].iov_base;
      vectors[i].size = pieces[i].iov_len;
    }

  sent = g_socket_send_message (self->socket, NULL, vectors, n_pieces, NULL, 0, 0, NULL, &error);
  return sent < 0 ? fail_transfer (self, error) : sent;
}

/* GnuTLS asks this only where it would block; the socket never does. */
static int
pull_timeout_cb (gnutls_transport_ptr_t pointer,
                 unsigned int           milliseconds)
{
  MwTlsSession *self = pointer;

  return g_socket_condition_check (self->socket, G_IO_IN) != 0;
}

/* What a call that did not succeed means for the caller. */
static MwIoStatus
not_done (MwTlsSession  *self,
          int            code,
          GError       **error)
{
  if (code == GNUTLS_E_AGAIN || code == GNUTLS_E_INTERRUPTED)
    return gnutls_record_get_direction (self->native) == 0 ? MW_IO_WANT_READ : MW_IO_WANT_WRITE;

  /* A warning, or a wish to negotiate again, which a client may leave
   * unanswered (RFC 5246 §7.4.1.1). Others first: a server could send these
   * forever. */
  if (gnutls_error_is_fatal (code) == 0)
    return MW_IO_WANT_TURN;

  if (self->socket_error != NULL)
    mw_socket_error_set (error, self->socket_error);
  else
    mw_tls_error_set (error, self->native, code, self->beginning, self->n_beginning);

  return MW_IO_FAILED;
}

/* Names are looked up with a final dot and verified without it; literals are
 * typed with brackets and stand in certificates without them. */
static char *
make_bare (const char *host)
{
  gsize length = strlen (host);

  if (length > 2 && host[0] == '[' && host[length - 1] == ']')
    return g_strndup (host + 1, length - 2);
  if (length > 1 && host[length - 1] == '.')
    length--;
  return g_strndup (host, length);
}

static int
offer_alpn (MwTlsSession *self,
            const char   *alpn)
{
  gnutls_datum_t protocol = { (unsigned char *) alpn, strlen (alpn) };

  return gnutls_alpn_set_protocols (self->native, &protocol, 1, 0);
}

/* Before GnuTLS decodes what the server shows. */
static int
handshake_message_cb (gnutls_session_t      session,
                      unsigned int          type,
                      unsigned int          when,
                      unsigned int          incoming,
                      const gnutls_datum_t *message)
{
  gboolean is_tls13 = gnutls_protocol_get_version (session) == GNUTLS_TLS1_3;

  if (incoming != 0 && !mw_certificate_message_is_modest (message->data, message->size, is_tls13))
    return GNUTLS_E_HANDSHAKE_TOO_LARGE;

  return GNUTLS_E_SUCCESS;
}

/* What ends with a session is forgotten: nothing here is ever resumed, and
 * nothing sent before the server has answered (0-RTT). */
MwTlsSession *
mw_tls_session_new (GSocket           *socket,
                    MwTlsCredentials  *credentials,
                    const char        *host,
                    const char        *alpn,
                    GError           **error)
{
  g_autoptr(MwTlsSession) self = g_new0 (MwTlsSession, 1);
  int code;

  self->socket = g_object_ref (socket);
  self->credentials = g_object_ref (credentials);
  self->host = make_bare (host);

  code = gnutls_init (&self->native,
                      GNUTLS_CLIENT | GNUTLS_NONBLOCK | GNUTLS_NO_SIGNAL | GNUTLS_NO_TICKETS);
  if (code == GNUTLS_E_SUCCESS)
    code = gnutls_priority_set (self->native, mw_tls_credentials_get_priority (credentials));
  if (code == GNUTLS_E_SUCCESS)
    code = gnutls_credentials_set (self->native, GNUTLS_CRD_CERTIFICATE,
                                   mw_tls_credentials_get_native (credentials));
  /* Literals are not allowed in SNI (RFC 6066 §3). */
  if (code == GNUTLS_E_SUCCESS && !mw_domain_is_ip_literal (self->host))
    code = gnutls_server_name_set (self->native, GNUTLS_NAME_DNS,
                                   self->host, strlen (self->host));
  if (code == GNUTLS_E_SUCCESS && alpn != NULL)
    code = offer_alpn (self, alpn);
  if (code != GNUTLS_E_SUCCESS)
    {
      g_set_error (error, MW_PROBE_ERROR, MW_OUTCOME_TLS_FAILED,
                   "Cannot start TLS: %s", gnutls_strerror (code));
      return NULL;
    }

  gnutls_transport_set_ptr (self->native, self);
  gnutls_transport_set_pull_function (self->native, pull_cb);
  gnutls_transport_set_vec_push_function (self->native, push_cb);
  gnutls_transport_set_pull_timeout_function (self->native, pull_timeout_cb);
  gnutls_handshake_set_max_packet_length (self->native, MAX_MESSAGE);
  gnutls_handshake_set_hook_function (self->native, GNUTLS_HANDSHAKE_CERTIFICATE_PKT,
                                      GNUTLS_HOOK_PRE, handshake_message_cb);
  /* The deadline is the transport's. */
  gnutls_handshake_set_timeout (self->native, GNUTLS_INDEFINITE_TIMEOUT);

  return g_steal_pointer (&self);
}

void
mw_tls_session_free (MwTlsSession *self)
{
  g_clear_pointer (&self->native, gnutls_deinit);
  g_clear_object (&self->socket);
  g_clear_object (&self->credentials);
  g_clear_pointer (&self->host, g_free);
  g_clear_error (&self->socket_error);
  g_free (self);
}

void
mw_tls_session_set_quick_ack (MwTlsSession *self,
                              gboolean      quick_ack)
{
  self->quick_ack = quick_ack;
}

MwIoStatus
mw_tls_session_handshake (MwTlsSession  *self,
                          GError       **error)
{
  gnutls_protocol_t version;
  int code = gnutls_handshake (self->native);

  if (code != GNUTLS_E_SUCCESS)
    return not_done (self, code, error);

  /* Whatever the library was configured to allow on this machine. */
  version = gnutls_protocol_get_version (self->native);
  if (version != GNUTLS_TLS1_2 && version != GNUTLS_TLS1_3)
    {
      g_set_error (error, MW_PROBE_ERROR, MW_OUTCOME_TLS_TOO_OLD,
                   "The server agreed on %s only", gnutls_protocol_get_name (version));
      return MW_IO_FAILED;
    }

  return MW_IO_DONE;
}

MwTlsFacts *
mw_tls_session_decide (MwTlsSession  *self,
                       const char    *pin,
                       GError       **error)
{
  g_autoptr(MwCertificateReport) report = NULL;
  const MwOutcome *problems = NULL;
  const char *version;
  gsize n_problems = 0;
  gboolean accepted;

  report = mw_certificate_check (self->native, self->host, pin, &accepted);
  if (report != NULL)
    problems = mw_certificate_report_get_problems (report, &n_problems);

  if (report == NULL)
    {
      g_set_error_literal (error, MW_PROBE_ERROR, MW_OUTCOME_TLS_FAILED,
                           "The server showed no readable certificate");
    }
  else if (!accepted)
    {
      const char *missing = mw_certificate_report_get_missing_issuer (report);

      g_assert (n_problems > 0);
      g_set_error (error, MW_PROBE_ERROR, problems[0], "The certificate was not accepted: %s%s%s",
                   mw_enum_to_nick (MW_TYPE_OUTCOME, problems[0]),
                   missing != NULL ? ", the way to a known authority ends at " : "",
                   missing != NULL ? missing : "");
    }

  version = gnutls_protocol_get_name (gnutls_protocol_get_version (self->native));
  /* A certificate that is good by itself needs no pin. */
  return mw_tls_facts_new (version, gnutls_ciphersuite_get (self->native),
                           accepted, accepted && n_problems > 0, report);
}

MwIoStatus
mw_tls_session_receive (MwTlsSession  *self,
                        void          *buffer,
                        gsize          size,
                        gsize         *out_size,
                        GError       **error)
{
  ssize_t received = gnutls_record_recv (self->native, buffer, size);

  /* Mail servers often hang up without close_notify; lines and dots say
   * where things end, not the end of the connection. */
  if (received == GNUTLS_E_PREMATURE_TERMINATION)
    received = 0;
  if (received < 0)
    return not_done (self, received, error);

  *out_size = received;
  return MW_IO_DONE;
}

MwIoStatus
mw_tls_session_send (MwTlsSession  *self,
                     const void    *data,
                     gsize          size,
                     gsize         *out_size,
                     GError       **error)
{
  ssize_t sent = gnutls_record_send (self->native, data, size);

  if (sent < 0)
    return not_done (self, sent, error);

  *out_size = sent;
  return MW_IO_DONE;
}

void
mw_tls_session_say_goodbye (MwTlsSession *self)
{
  gnutls_bye (self->native, GNUTLS_SHUT_WR);
}
