/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "fake-server.h"

#include <errno.h>
#include <gnutls/gnutls.h>
#include <string.h>
#include <sys/socket.h>

struct _MwFakeTls
{
  gnutls_certificate_credentials_t credentials;
  gnutls_priority_t                priority;
  GBytes                          *ocsp_answer;
  const char                      *alpn; /* borrowed, %NULL: whatever comes */
  gboolean                         client_certificate;
};

struct _MwFakeServer
{
  /* Owned */
  GSocket          *socket;
  GThread          *acceptor;
  GPtrArray        *threads; /* of the acceptor, until it is joined */
  GCancellable     *cancellable;

  MwFakeServerFunc  func;
  gpointer          user_data;
  guint16           port;
  int               n_connections; /* atomic */
};

struct _MwFakeConnection
{
  MwFakeServer     *server;
  GSocket          *socket;
  gnutls_session_t  session;
};

static void
must (int code)
{
  if (code < 0)
    g_error ("GnuTLS: %s", gnutls_strerror (code));
}

static ssize_t
pull_cb (gnutls_transport_ptr_t  pointer,
         void                   *buffer,
         size_t                  size)
{
  MwFakeConnection *self = pointer;
  gssize received = g_socket_receive (self->socket, buffer, size, self->server->cancellable, NULL);

  if (received < 0)
    gnutls_transport_set_errno (self->session, EIO);
  return received;
}

static ssize_t
push_cb (gnutls_transport_ptr_t  pointer,
         const void             *data,
         size_t                  size)
{
  MwFakeConnection *self = pointer;
  gssize sent = g_socket_send (self->socket, data, size, self->server->cancellable, NULL);

  if (sent < 0 && self->session != NULL)
    gnutls_transport_set_errno (self->session, EIO);
  return sent;
}

static gpointer
serve_thread (gpointer data)
{
  MwFakeConnection *self = data;

  self->server->func (self, self->server->user_data);

  if (self->session != NULL)
    {
      gnutls_bye (self->session, GNUTLS_SHUT_WR);
      gnutls_deinit (self->session);
    }
  g_socket_close (self->socket, NULL);
  g_object_unref (self->socket);
  g_free (self);
  return NULL;
}

static gpointer
accept_thread (gpointer data)
{
  MwFakeServer *self = data;
  GSocket *socket;

  while ((socket = g_socket_accept (self->socket, self->cancellable, NULL)) != NULL)
    {
      MwFakeConnection *connection = g_new0 (MwFakeConnection, 1);

      connection->server = self;
      connection->socket = socket;
      g_atomic_int_inc (&self->n_connections);
      g_ptr_array_add (self->threads, g_thread_new ("fake-connection", serve_thread, connection));
    }

  return NULL;
}

MwFakeTls *
mw_fake_tls_new (MwTestCertificate *leaf,
                 MwTestCertificate *intermediate,
                 const char        *priority,
                 gboolean           client_certificate)
{
  MwFakeTls *self = g_new0 (MwFakeTls, 1);
  gnutls_x509_crt_t chain[2];

  chain[0] = mw_test_certificate_get_crt (leaf);
  if (intermediate != NULL)
    chain[1] = mw_test_certificate_get_crt (intermediate);

  must (gnutls_certificate_allocate_credentials (&self->credentials));
  must (gnutls_certificate_set_x509_key (self->credentials, chain, intermediate != NULL ? 2 : 1,
                                         mw_test_certificate_get_key (leaf)));
  must (gnutls_priority_init (&self->priority, priority != NULL ? priority : "NORMAL", NULL));
  self->client_certificate = client_certificate;
  return self;
}

static int
ocsp_cb (gnutls_session_t  session,
         void             *pointer,
         gnutls_datum_t   *response)
{
  MwFakeTls *self = pointer;
  gsize size;
  const void *data = g_bytes_get_data (self->ocsp_answer, &size);

  response->data = gnutls_malloc (size);
  response->size = size;
  memcpy (response->data, data, size);
  return GNUTLS_E_SUCCESS;
}

void
mw_fake_tls_set_ocsp_answer (MwFakeTls *self,
                             GBytes    *answer)
{
  g_clear_pointer (&self->ocsp_answer, g_bytes_unref);
  if (answer == NULL)
    return;

  self->ocsp_answer = g_bytes_ref (answer);
  must (gnutls_certificate_set_ocsp_status_request_function2 (self->credentials, 0,
                                                              ocsp_cb, self));
}

void
mw_fake_tls_send_chain (MwFakeTls         *self,
                        MwTestCertificate *leaf,
                        MwTestCertificate *more,
                        guint              n)
{
  g_autofree gnutls_x509_crt_t *chain = g_new (gnutls_x509_crt_t, n + 1);

  chain[0] = mw_test_certificate_get_crt (leaf);
  for (guint i = 1; i <= n; i++)
    chain[i] = mw_test_certificate_get_crt (more);

  gnutls_certificate_free_keys (self->credentials);
  must (gnutls_certificate_set_x509_key (self->credentials, chain, n + 1,
                                         mw_test_certificate_get_key (leaf)));
}

void
mw_fake_tls_require_alpn (MwFakeTls  *self,
                          const char *protocol)
{
  self->alpn = protocol;
}

void
mw_fake_tls_free (MwFakeTls *self)
{
  gnutls_certificate_free_credentials (self->credentials);
  g_clear_pointer (&self->ocsp_answer, g_bytes_unref);
  gnutls_priority_deinit (self->priority);
  g_free (self);
}

MwFakeServer *
mw_fake_server_new (MwFakeServerFunc func,
                    gpointer         user_data)
{
  MwFakeServer *self = g_new0 (MwFakeServer, 1);
  g_autoptr(GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr(GSocketAddress) wanted = g_inet_socket_address_new (loopback, 0);
  g_autoptr(GSocketAddress) bound = NULL;
  g_autoptr(GError) error = NULL;

  self->func = func;
  self->user_data = user_data;
  self->cancellable = g_cancellable_new ();
  self->threads = g_ptr_array_new ();
  self->socket = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP,
                               &error);
  g_assert_no_error (error);
  g_socket_set_listen_backlog (self->socket, 1024);
  g_assert_true (g_socket_bind (self->socket, wanted, TRUE, NULL));
  g_assert_true (g_socket_listen (self->socket, NULL));
  bound = g_socket_get_local_address (self->socket, &error);
  g_assert_no_error (error);
  self->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound));
  self->acceptor = g_thread_new ("fake-server", accept_thread, self);

  return self;
}

void
mw_fake_server_free (MwFakeServer *self)
{
  g_cancellable_cancel (self->cancellable);
  g_thread_join (self->acceptor);
  for (guint i = 0; i < self->threads->len; i++)
    g_thread_join (g_ptr_array_index (self->threads, i));

  g_ptr_array_unref (self->threads);
  g_socket_close (self->socket, NULL);
  g_object_unref (self->socket);
  g_object_unref (self->cancellable);
  g_free (self);
}

guint16
mw_fake_server_get_port (MwFakeServer *self)
{
  return self->port;
}

guint
mw_fake_server_get_n_connections (MwFakeServer *self)
{
  return g_atomic_int_get (&self->n_connections);
}

gboolean
mw_fake_connection_start_tls (MwFakeConnection *self,
                              MwFakeTls        *tls)
{
  int code;

  must (gnutls_init (&self->session, GNUTLS_SERVER | GNUTLS_NO_SIGNAL));
  must (gnutls_priority_set (self->session, tls->priority));
  must (gnutls_credentials_set (self->session, GNUTLS_CRD_CERTIFICATE, tls->credentials));
  if (tls->alpn != NULL)
    {
      gnutls_datum_t protocol = { (unsigned char *) tls->alpn, strlen (tls->alpn) };

      must (gnutls_alpn_set_protocols (self->session, &protocol, 1, GNUTLS_ALPN_MANDATORY));
    }
  if (tls->client_certificate)
    gnutls_certificate_server_set_request (self->session, GNUTLS_CERT_REQUIRE);
  gnutls_transport_set_ptr (self->session, self);
  gnutls_transport_set_pull_function (self->session, pull_cb);
  gnutls_transport_set_push_function (self->session, push_cb);
  gnutls_handshake_set_timeout (self->session, GNUTLS_INDEFINITE_TIMEOUT);

  do
    code = gnutls_handshake (self->session);
  while (code < 0 && gnutls_error_is_fatal (code) == 0);

  /* As real servers do: say what is wrong before hanging up. */
  if (code < 0)
    gnutls_alert_send_appropriate (self->session, code);
  return code == GNUTLS_E_SUCCESS;
}

void
mw_fake_connection_ask_again (MwFakeConnection *self)
{
  must (gnutls_rehandshake (self->session));
}

gboolean
mw_fake_connection_send (MwFakeConnection *self,
                         const char       *data,
                         gssize            size)
{
  const char *end = data + (size < 0 ? (gssize) strlen (data) : size);

  while (data < end)
    {
      gssize sent = self->session != NULL
                      ? gnutls_record_send (self->session, data, end - data)
                      : push_cb (self, data, end - data);

      if (sent == GNUTLS_E_AGAIN || sent == GNUTLS_E_INTERRUPTED)
        continue;
      if (sent <= 0)
        return FALSE;
      data += sent;
    }

  return TRUE;
}

int
mw_fake_connection_receive_byte (MwFakeConnection *self)
{
  guint8 byte;
  gssize received;

  do
    received = self->session != NULL
                 ? gnutls_record_recv (self->session, &byte, 1)
                 : g_socket_receive (self->socket, (char *) &byte, 1,
                                     self->server->cancellable, NULL);
  while (self->session != NULL && received < 0 && gnutls_error_is_fatal (received) == 0);

  return received == 1 ? byte : -1;
}

char *
mw_fake_connection_receive_line (MwFakeConnection *self)
{
  g_autoptr(GString) line = g_string_new (NULL);
  int byte;

  while ((byte = mw_fake_connection_receive_byte (self)) >= 0)
    {
      if (byte == '\n')
        {
          if (line->len > 0 && line->str[line->len - 1] == '\r')
            g_string_truncate (line, line->len - 1);
          return g_string_free (g_steal_pointer (&line), FALSE);
        }
      g_string_append_c (line, byte);
    }

  return NULL;
}

void
mw_fake_connection_stay_silent (MwFakeConnection *self)
{
  char buffer[512];

  while (g_socket_receive (self->socket, buffer, sizeof buffer,
                           self->server->cancellable, NULL) > 0)
    ;
}

void
mw_fake_connection_reset (MwFakeConnection *self)
{
  struct linger at_once = { 1, 0 };

  setsockopt (g_socket_get_fd (self->socket), SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
  g_clear_pointer (&self->session, gnutls_deinit);
  g_socket_close (self->socket, NULL);
}
