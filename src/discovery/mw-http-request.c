/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "discovery/mw-http-request.h"

#include <libsoup/soup.h>

#include "core/mw-error.h"

/* What a thread needs. */
typedef struct {
  char               *uri;
  GSocketConnectable *where;
  GPtrArray          *anchors;
  guint               timeout_s;
  gsize               max_size;
  GCancellable       *cancellable;
} Request;

static GMutex threads_lock;
static GCond threads_cond;
static guint n_threads;

static void
request_free (gpointer data)
{
  Request *request = data;

  g_free (request->uri);
  g_object_unref (request->where);
  g_ptr_array_unref (request->anchors);
  g_object_unref (request->cancellable);
  g_free (request);
}

void
mw_http_reply_free (MwHttpReply *self)
{
  g_free (self->location);
  g_bytes_unref (self->body);
  g_free (self);
}

/* The system's store did not vouch for it; one of the extra anchors may. */
static gboolean
on_accept_certificate_cb (SoupMessage          *message,
                          GTlsCertificate      *certificate,
                          GTlsCertificateFlags  errors,
                          gpointer              user_data)
{
  Request *request = user_data;

  for (guint i = 0; i < request->anchors->len; i++)
    {
      g_autoptr(GError) error = NULL;

      if (g_tls_database_verify_chain (request->anchors->pdata[i], certificate,
                                       G_TLS_DATABASE_PURPOSE_AUTHENTICATE_SERVER,
                                       request->where, NULL, G_TLS_DATABASE_VERIFY_NONE, NULL,
                                       &error) == 0 &&
          error == NULL)
        return TRUE;
    }

  return FALSE;
}

static MwOutcome
read_code (const GError *error)
{
  static const struct {
    GIOErrorEnum code;
    MwOutcome    outcome;
  } codes[] = {
    { G_IO_ERROR_TIMED_OUT, MW_OUTCOME_TIMEOUT },
    { G_IO_ERROR_CONNECTION_REFUSED, MW_OUTCOME_REFUSED },
    { G_IO_ERROR_HOST_UNREACHABLE, MW_OUTCOME_UNREACHABLE },
    { G_IO_ERROR_NETWORK_UNREACHABLE, MW_OUTCOME_UNREACHABLE },
    { G_IO_ERROR_CONNECTION_CLOSED, MW_OUTCOME_DISCONNECTED },
  };

  if (error->domain == G_TLS_ERROR)
    return MW_OUTCOME_TLS_FAILED;

  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      if (g_error_matches (error, G_IO_ERROR, codes[i].code))
        return codes[i].outcome;
    }

  return MW_OUTCOME_PROTOCOL;
}

static void
translate (GError  *local_error,
           GError **error)
{
  if (g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_propagate_error (error, local_error);
      return;
    }

  g_set_error_literal (error, MW_PROBE_ERROR, read_code (local_error), local_error->message);
  g_error_free (local_error);
}

static GBytes *
read_body (GInputStream  *stream,
           gsize          max_size,
           gboolean       cut,
           GCancellable  *cancellable,
           GError       **error)
{
  g_autofree char *buffer = g_malloc (max_size + 1);
  GError *local_error = NULL;
  gsize size = 0;

  if (!g_input_stream_read_all (stream, buffer, max_size + 1, &size, cancellable, &local_error))
    {
      translate (local_error, error);
      return NULL;
    }
  if (size > max_size && !cut)
    {
      g_set_error (error, MW_PROBE_ERROR, MW_OUTCOME_PROTOCOL,
                   "An answer longer than %" G_GSIZE_FORMAT " bytes", max_size);
      return NULL;
    }

  return g_bytes_new (buffer, MIN (size, max_size));
}

static SoupSession *
make_session (GSocketConnectable *where,
              guint               timeout_s)
{
  SoupSession *session;

  session = soup_session_new_with_options ("remote-connectable", where,
                                           "proxy-resolver", NULL,
                                           "timeout", timeout_s,
                                           "user-agent", "Mailwright",
                                           "max-conns", 1,
                                           NULL);
  /* Nothing unpacks here: what is small packed may be large. */
  soup_session_remove_feature_by_type (session, SOUP_TYPE_CONTENT_DECODER);
  soup_session_remove_feature_by_type (session, SOUP_TYPE_AUTH_MANAGER);
  return session;
}

static gboolean
is_https (SoupMessage *message)
{
  return g_strcmp0 (g_uri_get_scheme (soup_message_get_uri (message)), "https") == 0;
}

/* Some programs send settings under this type, too. */
static gboolean
says_web_page (SoupMessage *message)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (message);

  return g_strcmp0 (soup_message_headers_get_content_type (headers, NULL), "text/html") == 0;
}

static MwHttpReply *
exchange (SoupSession  *session,
          SoupMessage  *message,
          Request      *request,
          GError      **error)
{
  g_autoptr(GInputStream) stream = NULL;
  g_autoptr(GBytes) body = NULL;
  GError *local_error = NULL;
  MwHttpReply *reply;
  guint status;

  stream = soup_session_send (session, message, request->cancellable, &local_error);
  if (stream == NULL)
    {
      translate (local_error, error);
      return NULL;
    }
  if (is_https (message) &&
      soup_message_get_tls_protocol_version (message) < G_TLS_PROTOCOL_VERSION_TLS_1_2)
    {
      g_set_error_literal (error, MW_PROBE_ERROR, MW_OUTCOME_TLS_TOO_OLD,
                           "The web server speaks no TLS that is new enough");
      return NULL;
    }

  status = soup_message_get_status (message);
  body = status == SOUP_STATUS_OK ? read_body (stream, request->max_size, says_web_page (message),
                                               request->cancellable, error)
                                  : g_bytes_new (NULL, 0);
  if (body == NULL)
    return NULL;

  reply = g_new0 (MwHttpReply, 1);
  reply->status = status;
  reply->location =
    g_strdup (soup_message_headers_get_one (soup_message_get_response_headers (message),
                                            "Location"));
  reply->body = g_steal_pointer (&body);
  return reply;
}

static MwHttpReply *
send_and_wait (Request  *request,
               GError  **error)
{
  g_autoptr(GMainContext) context = g_main_context_new ();
  g_autoptr(SoupSession) session = NULL;
  g_autoptr(SoupMessage) message = NULL;
  MwHttpReply *reply;

  message = soup_message_new (SOUP_METHOD_GET, request->uri);
  if (message == NULL)
    {
      g_set_error_literal (error, MW_PROBE_ERROR, MW_OUTCOME_PROTOCOL, "No web address");
      return NULL;
    }

  /* What libsoup does in the background stays in this thread. */
  g_main_context_push_thread_default (context);
  session = make_session (request->where, request->timeout_s);
  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT | SOUP_MESSAGE_NEW_CONNECTION);
  g_signal_connect (message, "accept-certificate", G_CALLBACK (on_accept_certificate_cb),
                    request);
  reply = exchange (session, message, request, error);
  soup_session_abort (session);
  g_clear_object (&message);
  g_clear_object (&session);
  g_main_context_pop_thread_default (context);

  return reply;
}

static gpointer
request_thread (gpointer data)
{
  GTask *task = G_TASK (data);
  GError *error = NULL;
  MwHttpReply *reply;

  reply = send_and_wait (g_task_get_task_data (task), &error);
  if (reply != NULL)
    g_task_return_pointer (task, reply, (GDestroyNotify) mw_http_reply_free);
  else
    g_task_return_error (task, error);
  g_object_unref (task);

  g_mutex_lock (&threads_lock);
  n_threads--;
  g_cond_broadcast (&threads_cond);
  g_mutex_unlock (&threads_lock);
  return NULL;
}

void
mw_http_request_send_async (const char          *uri,
                            GSocketConnectable  *where,
                            GPtrArray           *anchors,
                            guint                timeout_s,
                            gsize                max_size,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  GTask *task = g_task_new (NULL, NULL, callback, user_data);
  Request *request = g_new0 (Request, 1);

  request->uri = g_strdup (uri);
  request->where = g_object_ref (where);
  request->anchors = g_ptr_array_ref (anchors);
  request->timeout_s = timeout_s;
  request->max_size = max_size;
  request->cancellable = g_object_ref (cancellable);
  g_task_set_source_tag (task, mw_http_request_send_async);
  g_task_set_task_data (task, request, request_free);

  g_mutex_lock (&threads_lock);
  n_threads++;
  g_mutex_unlock (&threads_lock);
  g_thread_unref (g_thread_new ("http", request_thread, task));
}

MwHttpReply *
mw_http_request_send_finish (GAsyncResult  *result,
                             GError       **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, mw_http_request_send_async), NULL);
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

void
mw_http_request_wait_all (void)
{
  g_mutex_lock (&threads_lock);
  while (n_threads > 0)
    g_cond_wait (&threads_cond, &threads_lock);
  g_mutex_unlock (&threads_lock);
}
