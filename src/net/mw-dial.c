/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "net/mw-dial.h"

#include <netinet/in.h>
#include <netinet/tcp.h>

#include "core/mw-error.h"
#include "net/mw-socket-error.h"

struct _MwDial
{
  /* Owned */
  GInetAddress *address;
  GSocket      *socket;
  GSource      *ready;
  GSource      *deadline;

  MwDialFunc    func;
  gpointer      user_data;
  gint64        started;
};

static void
clear_source (GSource **source)
{
  if (*source == NULL)
    return;
  g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

static void
report (MwDial       *self,
        const GError *error)
{
  clear_source (&self->ready);
  clear_source (&self->deadline);
  self->func (self, error, self->user_data);
}

static gboolean
deadline_cb (gpointer user_data)
{
  g_autoptr(GError) error = g_error_new_literal (MW_PROBE_ERROR, MW_OUTCOME_TIMEOUT,
                                                 "The address did not answer in time");

  report (user_data, error);
  return G_SOURCE_REMOVE;
}

static gboolean
ready_cb (GSocket      *socket,
          GIOCondition  condition,
          gpointer      user_data)
{
  g_autoptr(GError) socket_error = NULL;
  g_autoptr(GError) error = NULL;

  if (!g_socket_check_connect_result (socket, &socket_error))
    mw_socket_error_set (&error, socket_error);

  report (user_data, error);
  return G_SOURCE_REMOVE;
}

static gboolean
connect_socket (MwDial   *self,
                guint16   port,
                GError  **error)
{
  g_autoptr(GSocketAddress) address = g_inet_socket_address_new (self->address, port);
  g_autoptr(GError) socket_error = NULL;

  self->socket = g_socket_new (g_inet_address_get_family (self->address), G_SOCKET_TYPE_STREAM,
                               G_SOCKET_PROTOCOL_TCP, &socket_error);
  if (self->socket != NULL)
    {
      g_socket_set_blocking (self->socket, FALSE);
      /* Saves a whole round trip: the end of the handshake and the first
       * command leave as separate small segments. */
      g_socket_set_option (self->socket, IPPROTO_TCP, TCP_NODELAY, 1, NULL);
      if (g_socket_connect (self->socket, address, NULL, &socket_error) ||
          g_error_matches (socket_error, G_IO_ERROR, G_IO_ERROR_PENDING))
        return TRUE;
    }

  mw_socket_error_set (error, socket_error);
  return FALSE;
}

MwDial *
mw_dial_new (GInetAddress  *address,
             guint16        port,
             guint          timeout_ms,
             MwDialFunc     func,
             gpointer       user_data,
             GError       **error)
{
  g_autoptr(MwDial) self = g_new0 (MwDial, 1);
  GMainContext *context = g_main_context_get_thread_default ();

  g_return_val_if_fail (G_IS_INET_ADDRESS (address), NULL);
  g_return_val_if_fail (func != NULL, NULL);

  self->address = g_object_ref (address);
  self->func = func;
  self->user_data = user_data;
  self->started = g_get_monotonic_time ();
  if (!connect_socket (self, port, error))
    return NULL;

  self->ready = g_socket_create_source (self->socket, G_IO_OUT, NULL);
  g_source_set_callback (self->ready, G_SOURCE_FUNC (ready_cb), self, NULL);
  g_source_attach (self->ready, context);
  self->deadline = g_timeout_source_new (timeout_ms);
  g_source_set_callback (self->deadline, deadline_cb, self, NULL);
  g_source_attach (self->deadline, context);

  return g_steal_pointer (&self);
}

void
mw_dial_free (MwDial *self)
{
  clear_source (&self->ready);
  clear_source (&self->deadline);
  g_clear_object (&self->socket);
  g_clear_object (&self->address);
  g_free (self);
}

GInetAddress *
mw_dial_get_address (MwDial *self)
{
  return self->address;
}

gint64
mw_dial_get_started (MwDial *self)
{
  return self->started;
}

GSocket *
mw_dial_get_socket (MwDial *self)
{
  return self->socket;
}
