/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "net/mw-transport.h"

#include <netinet/in.h>
#include <netinet/tcp.h>

#include "core/mw-error.h"
#include "net/mw-pending.h"
#include "net/mw-socket-error.h"
#include "net/mw-tls-credentials-private.h"
#include "net/mw-tls-session.h"

/* Nothing passes in STATE_REFUSED: TLS stands or fell, but this is not a
 * server anybody may talk to. */
typedef enum {
  STATE_CLEAR,
  STATE_HANDSHAKE,
  STATE_SECURE,
  STATE_REFUSED,
  STATE_CLOSED,
} State;

/* One call under way. Its task keeps the transport alive. */
typedef struct {
  /* Borrowed */
  MwTransport *transport;
  MwPending   *pending;
  void        *buffer;
  gsize        size;

  /* Owned */
  GBytes      *bytes;
  char        *host;
  char        *pin;

  gsize        done; /* bytes so far */
  gboolean     agreed; /* TLS stands, the certificate is still to be judged */
} Job;

struct _MwTransport
{
  GObject parent_instance;

  /* Owned */
  GSocket          *socket;
  MwTlsCredentials *credentials;
  MwTlsSession     *session;
  MwTlsFacts       *facts;
  Job              *reading; /* or the handshake */
  Job              *writing;
  char             *alpn;

  State             state;
  gboolean          quick_ack;
};

G_DEFINE_FINAL_TYPE (MwTransport, mw_transport, G_TYPE_OBJECT)

static void
job_free (Job *job)
{
  g_clear_pointer (&job->bytes, g_bytes_unref);
  g_clear_pointer (&job->host, g_free);
  g_clear_pointer (&job->pin, g_free);
  g_free (job);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Job, job_free)

/* The transport is free for the next call before the task returns. */
static void
done_cb (gpointer  user_data,
         GTask    *task,
         GError   *error)
{
  g_autoptr(Job) job = user_data;
  MwTransport *self = job->transport;

  if (self->writing == job)
    self->writing = NULL;
  if (self->reading == job)
    {
      self->reading = NULL;
      /* A handshake that ended in any other way than with a yes. */
      if (self->state == STATE_HANDSHAKE)
        self->state = STATE_REFUSED;
    }

  if (error != NULL)
    g_task_return_error (task, error);
  else if (job->buffer != NULL)
    g_task_return_int (task, job->done);
  else
    g_task_return_boolean (task, TRUE);
}

static Job *
job_new (MwTransport         *self,
         MwPendingStep        step,
         gpointer             source_tag,
         guint                timeout_ms,
         GCancellable        *cancellable,
         GAsyncReadyCallback  callback,
         gpointer             user_data)
{
  Job *job = g_new0 (Job, 1);
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, source_tag);
  /* Bytes are sent or not; a late cancellation does not change that. */
  g_task_set_check_cancellable (task, FALSE);
  job->transport = self;
  job->pending = mw_pending_new (self->socket, task, timeout_ms, step, done_cb, job);

  return job;
}

static MwIoStatus
from_socket (MwTransport  *self,
             GError       *socket_error,
             MwIoStatus    when_blocked,
             GError      **error)
{
  g_autoptr(GError) owned = socket_error;

  if (g_error_matches (owned, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
    return when_blocked;

  mw_socket_error_set (error, owned);
  return MW_IO_FAILED;
}

static MwIoStatus
refuse (MwTransport  *self,
        GError      **error)
{
  if (self->state == STATE_CLOSED)
    g_set_error_literal (error, MW_PROBE_ERROR, MW_OUTCOME_DISCONNECTED,
                         "The connection is closed");
  else
    g_set_error_literal (error, MW_PROBE_ERROR, MW_OUTCOME_TLS_FAILED,
                         "The connection is not protected");
  return MW_IO_FAILED;
}

static MwIoStatus
receive_some (MwTransport  *self,
              void         *buffer,
              gsize         size,
              gsize        *out_size,
              GError      **error)
{
  GError *socket_error = NULL;
  gssize received;

  if (self->state == STATE_SECURE)
    return mw_tls_session_receive (self->session, buffer, size, out_size, error);
  if (self->state != STATE_CLEAR)
    return refuse (self, error);

  received = g_socket_receive (self->socket, buffer, size, NULL, &socket_error);
  if (received < 0)
    return from_socket (self, socket_error, MW_IO_WANT_READ, error);

  if (self->quick_ack)
    g_socket_set_option (self->socket, IPPROTO_TCP, TCP_QUICKACK, 1, NULL);
  *out_size = received;
  return MW_IO_DONE;
}

static MwIoStatus
send_some (MwTransport  *self,
           const void   *data,
           gsize         size,
           gsize        *out_size,
           GError      **error)
{
  GError *socket_error = NULL;
  gssize sent;

  if (self->state == STATE_SECURE)
    return mw_tls_session_send (self->session, data, size, out_size, error);
  if (self->state != STATE_CLEAR)
    return refuse (self, error);

  sent = g_socket_send (self->socket, data, size, NULL, &socket_error);
  if (sent < 0)
    return from_socket (self, socket_error, MW_IO_WANT_WRITE, error);

  *out_size = sent;
  return MW_IO_DONE;
}

static MwIoStatus
read_step (gpointer   user_data,
           GError   **error)
{
  Job *job = user_data;

  return receive_some (job->transport, job->buffer, job->size, &job->done, error);
}

static MwIoStatus
write_step (gpointer   user_data,
            GError   **error)
{
  Job *job = user_data;
  gsize size;
  const guint8 *data = g_bytes_get_data (job->bytes, &size);

  while (job->done < size)
    {
      gsize sent = 0;
      MwIoStatus status = send_some (job->transport, data + job->done, size - job->done,
                                     &sent, error);

      if (status != MW_IO_DONE)
        return status;
      job->done += sent;
    }

  return MW_IO_DONE;
}

static MwIoStatus
handshake_step (gpointer   user_data,
                GError   **error)
{
  Job *job = user_data;
  MwTransport *self = job->transport;
  MwIoStatus status;

  if (self->state != STATE_HANDSHAKE)
    return refuse (self, error);

  if (self->session == NULL)
    {
      self->session = mw_tls_session_new (self->socket, self->credentials, job->host, self->alpn,
                                          error);
      if (self->session == NULL)
        return MW_IO_FAILED;
      mw_tls_session_set_quick_ack (self->session, self->quick_ack);
    }

  /* Both cost most of a millisecond: a turn for each. */
  if (!job->agreed)
    {
      status = mw_tls_session_handshake (self->session, error);
      job->agreed = status == MW_IO_DONE;
      return job->agreed ? MW_IO_WANT_TURN : status;
    }

  self->facts = mw_tls_session_decide (self->session, job->pin, error);
  if (!mw_tls_facts_get_trusted (self->facts))
    return MW_IO_FAILED;

  self->state = STATE_SECURE;
  return MW_IO_DONE;
}

static void
prepared_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(MwTransport) self = MW_TRANSPORT (user_data);
  MwTlsCredentials *credentials = MW_TLS_CREDENTIALS (object);

  mw_tls_credentials_prepare_finish (credentials, result, NULL);

  /* Unless it was cancelled or late meanwhile. */
  if (self->state == STATE_HANDSHAKE)
    mw_pending_start_in_turns (self->reading->pending, mw_tls_credentials_get_turns (credentials));
}

static void
send_farewell (MwTransport *self,
               GBytes      *farewell)
{
  const void *data;
  gsize size;
  gsize sent;

  if (farewell != NULL && (self->state == STATE_CLEAR || self->state == STATE_SECURE))
    {
      data = g_bytes_get_data (farewell, &size);
      send_some (self, data, size, &sent, NULL);
    }
  if (self->state == STATE_SECURE)
    mw_tls_session_say_goodbye (self->session);
}

static void
mw_transport_finalize (GObject *object)
{
  MwTransport *self = MW_TRANSPORT (object);

  g_assert (self->reading == NULL);
  g_assert (self->writing == NULL);

  g_clear_pointer (&self->session, mw_tls_session_free);
  g_clear_pointer (&self->facts, mw_tls_facts_unref);
  g_clear_object (&self->credentials);
  g_clear_pointer (&self->alpn, g_free);
  if (self->state != STATE_CLOSED)
    g_socket_close (self->socket, NULL);
  g_clear_object (&self->socket);

  G_OBJECT_CLASS (mw_transport_parent_class)->finalize (object);
}

static void
mw_transport_class_init (MwTransportClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mw_transport_finalize;
}

static void
mw_transport_init (MwTransport *self)
{
  self->state = STATE_CLEAR;
}

MwTransport *
mw_transport_new (GSocket *socket)
{
  MwTransport *self;

  g_return_val_if_fail (G_IS_SOCKET (socket), NULL);
  g_return_val_if_fail (!g_socket_get_blocking (socket), NULL);

  self = g_object_new (MW_TYPE_TRANSPORT, NULL);
  self->socket = g_object_ref (socket);
  return self;
}

void
mw_transport_handshake_async (MwTransport         *self,
                              MwTlsCredentials    *credentials,
                              const char          *host,
                              const char          *pin,
                              guint                timeout_ms,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_return_if_fail (MW_IS_TRANSPORT (self));
  g_return_if_fail (MW_IS_TLS_CREDENTIALS (credentials));
  g_return_if_fail (host != NULL && *host != '\0');
  g_return_if_fail (self->reading == NULL && self->writing == NULL);
  g_return_if_fail (self->state == STATE_CLEAR || self->state == STATE_CLOSED);

  self->reading = job_new (self, handshake_step, mw_transport_handshake_async, timeout_ms,
                           cancellable, callback, user_data);
  if (self->state == STATE_CLOSED)
    {
      mw_pending_start (self->reading->pending);
      return;
    }

  self->reading->host = g_strdup (host);
  self->reading->pin = g_strdup (pin);
  self->state = STATE_HANDSHAKE;
  self->credentials = g_object_ref (credentials);
  mw_tls_credentials_prepare_async (credentials, NULL, prepared_cb, g_object_ref (self));
}

gboolean
mw_transport_handshake_finish (MwTransport   *self,
                               GAsyncResult  *result,
                               MwTlsFacts   **out_facts,
                               GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, mw_transport_handshake_async), FALSE);

  if (out_facts != NULL)
    *out_facts = self->facts != NULL ? mw_tls_facts_ref (self->facts) : NULL;

  return g_task_propagate_boolean (G_TASK (result), error);
}

void
mw_transport_read_async (MwTransport         *self,
                         void                *buffer,
                         gsize                size,
                         guint                timeout_ms,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_return_if_fail (MW_IS_TRANSPORT (self));
  g_return_if_fail (buffer != NULL && size > 0);
  g_return_if_fail (self->reading == NULL);

  self->reading = job_new (self, read_step, mw_transport_read_async, timeout_ms, cancellable,
                           callback, user_data);
  self->reading->buffer = buffer;
  self->reading->size = size;
  mw_pending_start (self->reading->pending);
}

gssize
mw_transport_read_finish (MwTransport   *self,
                          GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), -1);
  g_return_val_if_fail (g_async_result_is_tagged (result, mw_transport_read_async), -1);

  return g_task_propagate_int (G_TASK (result), error);
}

void
mw_transport_write_async (MwTransport         *self,
                          GBytes              *bytes,
                          guint                timeout_ms,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  g_return_if_fail (MW_IS_TRANSPORT (self));
  g_return_if_fail (bytes != NULL);
  g_return_if_fail (self->writing == NULL);
  g_return_if_fail (self->state != STATE_HANDSHAKE);

  self->writing = job_new (self, write_step, mw_transport_write_async, timeout_ms, cancellable,
                           callback, user_data);
  self->writing->bytes = g_bytes_ref (bytes);
  mw_pending_start (self->writing->pending);
}

gboolean
mw_transport_write_finish (MwTransport   *self,
                           GAsyncResult  *result,
                           GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, mw_transport_write_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

gboolean
mw_transport_has_unread (MwTransport *self)
{
  g_return_val_if_fail (MW_IS_TRANSPORT (self), FALSE);

  return self->state == STATE_CLEAR && g_socket_get_available_bytes (self->socket) > 0;
}

gboolean
mw_transport_is_open (MwTransport *self)
{
  struct tcp_info info;
  socklen_t size = sizeof info;

  g_return_val_if_fail (MW_IS_TRANSPORT (self), FALSE);

  /* A peek would see what TLS says before the end, not the end behind it. */
  return self->state != STATE_CLOSED &&
         getsockopt (g_socket_get_fd (self->socket), IPPROTO_TCP, TCP_INFO, &info, &size) == 0 &&
         info.tcpi_state == TCP_ESTABLISHED;
}

void
mw_transport_set_alpn (MwTransport *self,
                       const char  *alpn)
{
  g_return_if_fail (MW_IS_TRANSPORT (self));
  g_return_if_fail (self->session == NULL);

  g_free (self->alpn);
  self->alpn = g_strdup (alpn);
}

void
mw_transport_set_quick_ack (MwTransport *self,
                            gboolean     quick_ack)
{
  g_return_if_fail (MW_IS_TRANSPORT (self));

  self->quick_ack = quick_ack;
  if (self->session != NULL)
    mw_tls_session_set_quick_ack (self->session, quick_ack);
}

void
mw_transport_close (MwTransport *self,
                    GBytes      *farewell)
{
  g_return_if_fail (MW_IS_TRANSPORT (self));

  if (self->state == STATE_CLOSED)
    return;

  /* Half a command followed by a farewell would be another command. */
  if (self->writing == NULL)
    send_farewell (self, farewell);
  self->state = STATE_CLOSED;
  if (self->reading != NULL)
    mw_pending_abandon (g_steal_pointer (&self->reading)->pending);
  if (self->writing != NULL)
    mw_pending_abandon (g_steal_pointer (&self->writing)->pending);
  g_socket_close (self->socket, NULL);
}

char *
mw_transport_get_local_address (MwTransport *self)
{
  g_autoptr(GSocketAddress) address = NULL;

  g_return_val_if_fail (MW_IS_TRANSPORT (self), NULL);

  address = g_socket_get_local_address (self->socket, NULL);
  if (!G_IS_INET_SOCKET_ADDRESS (address))
    return NULL;

  return g_inet_address_to_string (g_inet_socket_address_get_address (
    G_INET_SOCKET_ADDRESS (address)));
}
