/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "client.h"

#include <string.h>

#define TIMEOUT_MS 10000

static void
keep_result_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  GAsyncResult **kept = user_data;

  *kept = g_object_ref (result);
}

static void
wait_for (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
}

static gboolean
set_true_cb (gpointer user_data)
{
  gboolean *flag = user_data;

  *flag = TRUE;
  return G_SOURCE_REMOVE;
}

static gboolean
cancel_cb (gpointer user_data)
{
  g_cancellable_cancel (user_data);
  return G_SOURCE_REMOVE;
}

MwConnection *
client_dial (MwResolver    *resolver,
             const char    *host,
             guint16        port,
             gboolean       allow_local,
             guint          timeout_ms,
             GCancellable  *cancellable,
             MwFamilyReport **out_report,
             GError       **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  mw_connector_connect_async (resolver, host, port, allow_local, timeout_ms, NULL,
                              cancellable, keep_result_cb, &result);
  g_assert_null (result);
  wait_for (&result);
  return mw_connector_connect_finish (result, out_report, error);
}

MwTransport *
client_connect (guint16 port)
{
  g_autoptr(MwResolver) resolver = mw_resolver_new (TIMEOUT_MS);
  g_autoptr(MwConnection) connection = NULL;
  g_autoptr(GError) error = NULL;

  connection = client_dial (resolver, "127.0.0.1", port, TRUE, TIMEOUT_MS, NULL, NULL, &error);
  g_assert_no_error (error);
  return mw_transport_new (connection->socket);
}

gboolean
client_handshake (MwTransport       *transport,
                  MwTlsCredentials  *credentials,
                  const char        *host,
                  const char        *pin,
                  guint              timeout_ms,
                  GCancellable      *cancellable,
                  MwTlsFacts       **out_facts,
                  GError           **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  mw_transport_handshake_async (transport, credentials, host, pin, timeout_ms, cancellable,
                                keep_result_cb, &result);
  g_assert_null (result);
  wait_for (&result);
  return mw_transport_handshake_finish (transport, result, out_facts, error);
}

gssize
client_read (MwTransport   *transport,
             void          *buffer,
             gsize          size,
             guint          timeout_ms,
             GCancellable  *cancellable,
             GError       **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  mw_transport_read_async (transport, buffer, size, timeout_ms, cancellable,
                           keep_result_cb, &result);
  g_assert_null (result);
  wait_for (&result);
  return mw_transport_read_finish (transport, result, error);
}

gboolean
client_write (MwTransport   *transport,
              const char    *data,
              gsize          size,
              guint          timeout_ms,
              GCancellable  *cancellable,
              GError       **error)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GBytes) bytes = g_bytes_new (data, size);

  mw_transport_write_async (transport, bytes, timeout_ms, cancellable, keep_result_cb, &result);
  g_assert_null (result);
  wait_for (&result);
  return mw_transport_write_finish (transport, result, error);
}

char *
client_read_line (MwLineChannel  *channel,
                  guint           timeout_ms,
                  GCancellable   *cancellable,
                  GError        **error)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GBytes) line = NULL;
  const char *data;
  gsize size;

  mw_line_channel_read_async (channel, timeout_ms, cancellable, keep_result_cb, &result);
  g_assert_null (result);
  wait_for (&result);
  line = mw_line_channel_read_finish (channel, result, error);
  if (line == NULL)
    return NULL;

  data = g_bytes_get_data (line, &size);
  return g_strndup (data, size);
}

gboolean
client_write_line (MwLineChannel  *channel,
                   const char     *line,
                   gboolean        sensitive,
                   GError        **error)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GBytes) bytes = g_bytes_new (line, strlen (line));

  mw_line_channel_write_async (channel, bytes, sensitive, TIMEOUT_MS, NULL,
                               keep_result_cb, &result);
  g_assert_null (result);
  wait_for (&result);
  return mw_line_channel_write_finish (channel, result, error);
}

void
client_cancel_in (guint         milliseconds,
                  GCancellable *cancellable)
{
  g_timeout_add_full (G_PRIORITY_DEFAULT, milliseconds, cancel_cb,
                      g_object_ref (cancellable), g_object_unref);
}

void
client_run (guint milliseconds)
{
  gboolean over = FALSE;

  g_timeout_add (milliseconds, set_true_cb, &over);
  while (!over)
    g_main_context_iteration (NULL, TRUE);
}
