/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "net/mw-transport.h"

#include <netinet/in.h>
#include <netinet/tcp.h>

#include "core/mw-error.h"
#include "net/mw-tls-credentials-private.h"
#include "net/mw-tls-error.h"
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

typedef struct _Operation Operation;

/* One waiting call. Its task keeps the transport alive. */
struct _Operation
{
  /* Borrowed */
  MwTransport *transport;
  Operation  **slot;  /* where the transport keeps it */
  MwIoStatus (*step) (Operation *operation, GError **error);
  MwTurnFunc   resume; /* when the wait is over */
  void        *buffer;
  gsize        size;

  /* Owned */
  GTask       *task;
  GSource     *ready;
  GSource     *deadline;
  GSource     *cancelled;
  GBytes      *bytes;
  char        *host;
  char        *pin;
  gsize        done;  /* bytes so far */
};

struct _MwTransport
{
  GObject parent_instance;

  /* Owned */
  GSocket          *socket;
  MwTlsCredentials *credentials;
  MwTlsSession     *session;
  Operation        *reading; /* or the handshake */
  Operation        *writing;

  State             state;
  gboolean          quick_ack;
};

G_DEFINE_FINAL_TYPE (MwTransport, mw_transport, G_TYPE_OBJECT)

static void
clear_source (GSource **source)
{
  if (*source == NULL)
    return;
  g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

static void
stop_waiting (Operation *operation)
{
  MwTransport *self = operation->transport;

  clear_source (&operation->ready);
  clear_source (&operation->deadline);
  clear_source (&operation->cancelled);
  if (self->credentials != NULL)
    mw_turn_queue_remove (mw_tls_credentials_get_turns (self->credentials), operation);
}

static void
operation_free (Operation *operation)
{
  stop_waiting (operation);
  g_clear_pointer (&operation->bytes, g_bytes_unref);
  g_clear_pointer (&operation->host, g_free);
  g_clear_pointer (&operation->pin, g_free);
  g_clear_object (&operation->task);
  g_free (operation);
}

/* Takes the operation out of the transport, so that the callback may start the
 * next one; what is left is to return the task. */
static GTask *
take_task (Operation *operation)
{
  MwTransport *self = operation->transport;
  GTask *task = g_steal_pointer (&operation->task);

  /* A handshake that ends in any other way than with a yes. */
  if (self->state == STATE_HANDSHAKE && operation->slot == &self->reading)
    self->state = STATE_REFUSED;

  if (operation->slot != NULL)
    *operation->slot = NULL;
  operation_free (operation);
  return task;
}

static void
fail (Operation *operation,
      GError    *error)
{
  g_autoptr(GTask) task = take_task (operation);

  g_task_return_error (task, error);
}

static void
fail_with (Operation  *operation,
           MwOutcome   outcome,
           const char *message)
{
  fail (operation, g_error_new_literal (MW_PROBE_ERROR, outcome, message));
}

static void
watch (Operation   *operation,
       GSource    **slot,
       GSource     *source,
       GSourceFunc  callback)
{
  g_source_set_callback (source, callback, operation, NULL);
  g_source_attach (source, g_main_context_get_thread_default ());
  clear_source (slot);
  *slot = source;
}

static gboolean
deadline_cb (gpointer user_data)
{
  fail_with (user_data, MW_OUTCOME_TIMEOUT, "The server did not answer in time");
  return G_SOURCE_REMOVE;
}

static gboolean
cancelled_cb (GCancellable *cancellable,
              gpointer      user_data)
{
  fail_with (user_data, MW_OUTCOME_CANCELLED, "Cancelled");
  return G_SOURCE_REMOVE;
}

static gboolean
closed_cb (gpointer user_data)
{
  fail_with (user_data, MW_OUTCOME_CANCELLED, "The connection was closed here");
  return G_SOURCE_REMOVE;
}

static void
take_turn (Operation  *operation,
           MwTurnFunc  func)
{
  mw_turn_queue_push (mw_tls_credentials_get_turns (operation->transport->credentials),
                      func, operation);
}

static gboolean
ready_cb (GSocket      *socket,
          GIOCondition  condition,
          gpointer      user_data)
{
  Operation *operation = user_data;

  clear_source (&operation->ready);
  /* Handshakes compute for a millisecond or two after each flight: they queue
   * for it, so that other sources are served in between. */
  if (operation->transport->state == STATE_HANDSHAKE)
    take_turn (operation, operation->resume);
  else
    operation->resume (operation);
  return G_SOURCE_REMOVE;
}

static void
wait_for_socket (Operation    *operation,
                 GIOCondition  condition,
                 MwTurnFunc    resume)
{
  operation->resume = resume;
  watch (operation, &operation->ready,
         g_socket_create_source (operation->transport->socket, condition, NULL),
         G_SOURCE_FUNC (ready_cb));
}

static void
return_success (Operation *operation)
{
  gssize done = operation->done;
  gboolean is_read = operation->buffer != NULL;
  g_autoptr(GTask) task = take_task (operation);

  if (is_read)
    g_task_return_int (task, done);
  else
    g_task_return_boolean (task, TRUE);
}

static void
advance (gpointer user_data)
{
  Operation *operation = user_data;
  GError *error = NULL;

  switch (operation->step (operation, &error))
    {
    case MW_IO_DONE:
      return_success (operation);
      break;

    case MW_IO_WANT_READ:
      wait_for_socket (operation, G_IO_IN, advance);
      break;

    case MW_IO_WANT_WRITE:
      wait_for_socket (operation, G_IO_OUT, advance);
      break;

    case MW_IO_WANT_TURN:
      take_turn (operation, advance);
      break;

    case MW_IO_FAILED:
    default:
      fail (operation, error);
      break;
    }
}


static Operation *
operation_new (MwTransport         *self,
               Operation          **slot,
               MwIoStatus         (*step) (Operation *, GError **),
               gpointer             source_tag,
               guint                timeout_ms,
               GCancellable        *cancellable,
               GAsyncReadyCallback  callback,
               gpointer             user_data)
{
  Operation *operation = g_new0 (Operation, 1);

  operation->transport = self;
  operation->slot = slot;
  operation->step = step;
  operation->task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (operation->task, source_tag);
  /* Bytes are sent or not; a late cancellation does not change that. */
  g_task_set_check_cancellable (operation->task, FALSE);
  *slot = operation;

  watch (operation, &operation->deadline, g_timeout_source_new (timeout_ms), deadline_cb);
  if (cancellable != NULL)
    watch (operation, &operation->cancelled, g_cancellable_source_new (cancellable),
           G_SOURCE_FUNC (cancelled_cb));

  return operation;
}

/* Tries at once: mostly the bytes are there, or there is room for them. The
 * task returns from the main loop all the same. */
static void
start (Operation *operation)
{
  if (g_cancellable_is_cancelled (g_task_get_cancellable (operation->task)))
    fail_with (operation, MW_OUTCOME_CANCELLED, "Cancelled");
  else
    advance (operation);
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
read_step (Operation  *operation,
           GError    **error)
{
  return receive_some (operation->transport, operation->buffer, operation->size,
                       &operation->done, error);
}

static MwIoStatus
write_step (Operation  *operation,
            GError    **error)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (operation->bytes, &size);

  while (operation->done < size)
    {
      gsize sent = 0;
      MwIoStatus status = send_some (operation->transport, data + operation->done,
                                     size - operation->done, &sent, error);

      if (status != MW_IO_DONE)
        return status;
      operation->done += sent;
    }

  return MW_IO_DONE;
}

static MwIoStatus
handshake_step (Operation  *operation,
                GError    **error)
{
  MwTransport *self = operation->transport;
  MwIoStatus status;
  MwTlsFacts *facts;

  if (self->session == NULL)
    {
      self->session = mw_tls_session_new (self->socket, self->credentials, operation->host, error);
      if (self->session == NULL)
        return MW_IO_FAILED;
      mw_tls_session_set_quick_ack (self->session, self->quick_ack);
    }

  status = mw_tls_session_handshake (self->session, error);
  if (status != MW_IO_DONE)
    return status;

  facts = mw_tls_session_decide (self->session, operation->pin, error);
  g_task_set_task_data (operation->task, facts, (GDestroyNotify) mw_tls_facts_unref);
  if (!mw_tls_facts_get_trusted (facts))
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

  mw_tls_credentials_prepare_finish (MW_TLS_CREDENTIALS (object), result, NULL);

  /* Unless it was cancelled or late meanwhile. */
  if (self->state == STATE_HANDSHAKE)
    take_turn (self->reading, advance);
}

static void
close_operation (Operation *operation)
{
  if (operation == NULL)
    return;

  /* Told from the main loop: the caller of close does not expect to be called
   * back before it returns. */
  stop_waiting (operation);
  *operation->slot = NULL;
  operation->slot = NULL;
  watch (operation, &operation->ready, g_idle_source_new (), closed_cb);
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
  g_clear_object (&self->credentials);
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
  Operation *operation;
  GError *error = NULL;

  g_return_if_fail (MW_IS_TRANSPORT (self));
  g_return_if_fail (MW_IS_TLS_CREDENTIALS (credentials));
  g_return_if_fail (host != NULL && *host != '\0');
  g_return_if_fail (self->reading == NULL && self->writing == NULL);
  g_return_if_fail (self->state == STATE_CLEAR || self->state == STATE_CLOSED);

  operation = operation_new (self, &self->reading, handshake_step, mw_transport_handshake_async,
                             timeout_ms, cancellable, callback, user_data);
  operation->host = g_strdup (host);
  operation->pin = g_strdup (pin);

  if (self->state == STATE_CLOSED)
    {
      refuse (self, &error);
      fail (operation, error);
      return;
    }

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
  MwTlsFacts *facts;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, mw_transport_handshake_async), FALSE);

  facts = g_task_get_task_data (G_TASK (result));
  if (out_facts != NULL)
    *out_facts = facts != NULL ? mw_tls_facts_ref (facts) : NULL;

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
  Operation *operation;

  g_return_if_fail (MW_IS_TRANSPORT (self));
  g_return_if_fail (buffer != NULL && size > 0);
  g_return_if_fail (self->reading == NULL);

  operation = operation_new (self, &self->reading, read_step, mw_transport_read_async,
                             timeout_ms, cancellable, callback, user_data);
  operation->buffer = buffer;
  operation->size = size;
  start (operation);
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
  Operation *operation;

  g_return_if_fail (MW_IS_TRANSPORT (self));
  g_return_if_fail (bytes != NULL);
  g_return_if_fail (self->writing == NULL);
  g_return_if_fail (self->state != STATE_HANDSHAKE);

  operation = operation_new (self, &self->writing, write_step, mw_transport_write_async,
                             timeout_ms, cancellable, callback, user_data);
  operation->bytes = g_bytes_ref (bytes);
  start (operation);
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
  close_operation (self->reading);
  close_operation (self->writing);
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
