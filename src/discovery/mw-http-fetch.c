/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "discovery/mw-http-fetch.h"

#include "core/mw-domain.h"
#include "core/mw-error.h"
#include "discovery/mw-checked-address.h"
#include "discovery/mw-http-request.h"

#define CONNECT_S 5
#define TOTAL_MS 8000
#define MAX_REDIRECTS 3
#define HTTPS_PORT 443

/* How long the addresses of one family wait for the other (RFC 8305 §3). */
#define FAMILY_MS 50

struct _MwHttpFetch
{
  GObject parent_instance;

  guint16    port;
  guint      total_ms;
  gboolean   allow_local;

  /* Owned */
  GPtrArray *anchors; /* element GTlsDatabase */
  GPtrArray *running; /* element GCancellable */
};

G_DEFINE_FINAL_TYPE (MwHttpFetch, mw_http_fetch, G_TYPE_OBJECT)

/* One request, over all redirects. */
typedef struct {
  MwResolver   *resolver;
  GUri         *uri;
  char         *host;
  gsize         max_size;
  guint         n_redirects;
  guint         pending;       /* families */
  gboolean      has_local;
  gboolean      dialled;
  gboolean      timed_out;
  gboolean      settled;
  guint         family_id;
  guint         total_id;
  gulong        cancelled_id;
  GCancellable *stop;
  GPtrArray    *addresses;     /* of this hop */
  GError       *error;         /* of a look-up */
} Fetch;

/* What a thread needs for one hop. */
typedef struct {
  char               *uri;
  GSocketConnectable *where;
  GPtrArray          *anchors;
  GCancellable       *stop;
  gsize               max_size;
} Hop;

/* One family of one hop. */
typedef struct {
  GTask *task;
  guint  n_redirects;
} LookUp;

static GMutex threads_lock;
static GCond threads_cond;
static guint n_threads;

static void
fetch_free (gpointer data)
{
  Fetch *fetch = data;

  g_clear_handle_id (&fetch->family_id, g_source_remove);
  g_clear_handle_id (&fetch->total_id, g_source_remove);
  g_object_unref (fetch->resolver);
  g_uri_unref (fetch->uri);
  g_free (fetch->host);
  g_object_unref (fetch->stop);
  g_clear_pointer (&fetch->addresses, g_ptr_array_unref);
  g_clear_error (&fetch->error);
  g_free (fetch);
}

static void
hop_free (gpointer data)
{
  Hop *hop = data;

  g_free (hop->uri);
  g_object_unref (hop->where);
  g_ptr_array_unref (hop->anchors);
  g_object_unref (hop->stop);
  g_free (hop);
}

void
mw_http_answer_free (MwHttpAnswer *self)
{
  g_bytes_unref (self->body);
  g_free (self);
}

/* The last thing that happens to a request before it is answered. */
static void
settle (GTask *task)
{
  MwHttpFetch *self = g_task_get_source_object (task);
  Fetch *fetch = g_task_get_task_data (task);

  fetch->settled = TRUE;
  g_clear_handle_id (&fetch->family_id, g_source_remove);
  g_clear_handle_id (&fetch->total_id, g_source_remove);
  if (fetch->cancelled_id != 0)
    g_cancellable_disconnect (g_task_get_cancellable (task), fetch->cancelled_id);
  fetch->cancelled_id = 0;
  g_ptr_array_remove (self->running, fetch->stop);
}

static void
fail (GTask  *task,
      GError *error)
{
  Fetch *fetch = g_task_get_task_data (task);

  settle (task);
  if (fetch->timed_out)
    {
      g_error_free (error);
      error = g_error_new_literal (MW_PROBE_ERROR, MW_OUTCOME_TIMEOUT, "No answer in time");
    }
  else if (g_cancellable_is_cancelled (fetch->stop))
    {
      g_error_free (error);
      error = g_error_new_literal (MW_PROBE_ERROR, MW_OUTCOME_CANCELLED, "Cancelled");
    }
  g_task_return_error (task, error);
}

static void
fail_with (GTask      *task,
           MwOutcome   outcome,
           const char *message)
{
  fail (task, g_error_new_literal (MW_PROBE_ERROR, outcome, message));
}

static void begin_hop (GTask *task);

/* Whether @location may be gone to: then it is the next hop. */
static gboolean
follow (Fetch      *fetch,
        const char *location)
{
  g_autoptr(GUri) next = NULL;

  if (location == NULL || fetch->n_redirects == MAX_REDIRECTS)
    return FALSE;

  next = g_uri_parse_relative (fetch->uri, location,
                               G_URI_FLAGS_ENCODED | G_URI_FLAGS_SCHEME_NORMALIZE, NULL);
  if (next == NULL)
    return FALSE;

  fetch->n_redirects++;
  g_uri_unref (fetch->uri);
  fetch->uri = g_steal_pointer (&next);
  return TRUE;
}

static gboolean
is_redirect (guint status)
{
  return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

static void
on_hop_done_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (user_data);
  Fetch *fetch = g_task_get_task_data (task);
  g_autoptr(MwHttpReply) reply = NULL;
  MwHttpAnswer *answer;
  GError *error = NULL;

  reply = g_task_propagate_pointer (G_TASK (result), &error);
  if (reply == NULL)
    {
      fail (task, error);
      return;
    }

  if (is_redirect (reply->status))
    {
      if (follow (fetch, reply->location))
        begin_hop (task);
      else
        fail_with (task, MW_OUTCOME_PROTOCOL, "A redirect that is not followed");
      return;
    }

  settle (task);
  answer = g_new (MwHttpAnswer, 1);
  answer->status = reply->status;
  answer->body = g_bytes_ref (reply->body);
  g_task_return_pointer (task, answer, (GDestroyNotify) mw_http_answer_free);
}

static gpointer
hop_thread (gpointer data)
{
  GTask *task = G_TASK (data);
  Hop *hop = g_task_get_task_data (task);
  GError *error = NULL;
  MwHttpReply *reply;

  reply = mw_http_request_send (hop->uri, hop->where, hop->anchors, CONNECT_S, hop->max_size,
                                hop->stop, &error);
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

static void
dial (GTask *task)
{
  MwHttpFetch *self = g_task_get_source_object (task);
  Fetch *fetch = g_task_get_task_data (task);
  GTask *inner;
  Hop *hop;

  g_clear_handle_id (&fetch->family_id, g_source_remove);
  fetch->dialled = TRUE;

  hop = g_new0 (Hop, 1);
  hop->uri = g_uri_to_string (fetch->uri);
  hop->where = mw_checked_address_new (fetch->host, self->port, fetch->addresses);
  hop->anchors = g_ptr_array_ref (self->anchors);
  hop->stop = g_object_ref (fetch->stop);
  hop->max_size = fetch->max_size;
  /* From here on the array belongs to the thread. */
  g_clear_pointer (&fetch->addresses, g_ptr_array_unref);

  inner = g_task_new (NULL, NULL, on_hop_done_cb, g_object_ref (task));
  g_task_set_source_tag (inner, dial);
  g_task_set_task_data (inner, hop, hop_free);

  g_mutex_lock (&threads_lock);
  n_threads++;
  g_mutex_unlock (&threads_lock);
  g_thread_unref (g_thread_new ("https", hop_thread, inner));
}

static gboolean
on_family_late_cb (gpointer user_data)
{
  GTask *task = G_TASK (user_data);
  Fetch *fetch = g_task_get_task_data (task);

  fetch->family_id = 0;
  dial (task);
  return G_SOURCE_REMOVE;
}

static void
take_addresses (MwHttpFetch *self,
                Fetch       *fetch,
                GPtrArray   *found)
{
  for (guint i = 0; i < found->len; i++)
    {
      GInetAddress *address = found->pdata[i];

      if (self->allow_local ||
          mw_address_bytes_are_public (g_inet_address_to_bytes (address),
                                       g_inet_address_get_native_size (address)))
        g_ptr_array_add (fetch->addresses, g_object_ref (address));
      else
        fetch->has_local = TRUE;
    }
}

/* Both families are in, or one of them is all there will be. */
static void
look_on (GTask *task)
{
  Fetch *fetch = g_task_get_task_data (task);

  if (fetch->addresses->len > 0 && fetch->pending > 0)
    fetch->family_id = g_timeout_add (FAMILY_MS, on_family_late_cb, task);
  else if (fetch->addresses->len > 0)
    dial (task);
  else if (fetch->pending > 0)
    return;
  else if (fetch->has_local)
    fail_with (task, MW_OUTCOME_CONSENT_NEEDED, "An address of the own network");
  else
    fail (task, g_steal_pointer (&fetch->error));
}

static void
on_addresses_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autofree LookUp *look_up = user_data;
  g_autoptr(GTask) task = look_up->task;
  Fetch *fetch = g_task_get_task_data (task);
  g_autoptr(GPtrArray) found = NULL;
  g_autoptr(GError) error = NULL;

  found = mw_resolver_lookup_addresses_finish (MW_RESOLVER (object), result, &error);

  /* The second answer may come after the request is over, or in the next hop. */
  if (fetch->settled || fetch->dialled ||
      fetch->n_redirects != look_up->n_redirects)
    return;

  fetch->pending--;
  g_clear_handle_id (&fetch->family_id, g_source_remove);
  if (found != NULL)
    take_addresses (g_task_get_source_object (task), fetch, found);
  else if (fetch->error == NULL)
    fetch->error = g_steal_pointer (&error);

  look_on (task);
}

static gboolean
read_uri (Fetch *fetch)
{
  const char *host = g_uri_get_host (fetch->uri);
  int port = g_uri_get_port (fetch->uri);

  g_clear_pointer (&fetch->host, g_free);
  if (g_strcmp0 (g_uri_get_scheme (fetch->uri), "https") != 0 || host == NULL ||
      g_uri_get_userinfo (fetch->uri) != NULL || (port != -1 && port != HTTPS_PORT))
    return FALSE;

  fetch->host = mw_domain_normalize (host);
  return fetch->host != NULL && !mw_domain_is_ip_literal (host);
}

static void
begin_hop (GTask *task)
{
  static const GSocketFamily families[] = { G_SOCKET_FAMILY_IPV4, G_SOCKET_FAMILY_IPV6 };
  Fetch *fetch = g_task_get_task_data (task);

  if (!read_uri (fetch))
    {
      fail_with (task, MW_OUTCOME_PROTOCOL, "Not an https address of a host");
      return;
    }

  fetch->addresses = g_ptr_array_new_with_free_func (g_object_unref);
  fetch->pending = G_N_ELEMENTS (families);
  fetch->dialled = FALSE;
  fetch->has_local = FALSE;
  g_clear_error (&fetch->error);
  for (gsize i = 0; i < G_N_ELEMENTS (families); i++)
    {
      LookUp *look_up = g_new (LookUp, 1);

      look_up->task = g_object_ref (task);
      look_up->n_redirects = fetch->n_redirects;
      mw_resolver_lookup_addresses_async (fetch->resolver, fetch->host, families[i],
                                          fetch->stop, on_addresses_cb, look_up);
    }
}

static gboolean
on_total_cb (gpointer user_data)
{
  Fetch *fetch = g_task_get_task_data (G_TASK (user_data));

  fetch->total_id = 0;
  fetch->timed_out = TRUE;
  g_cancellable_cancel (fetch->stop);
  return G_SOURCE_REMOVE;
}

static gboolean
on_cancelled_idle_cb (gpointer user_data)
{
  g_cancellable_cancel (user_data);
  return G_SOURCE_REMOVE;
}

/* The handler may not disconnect itself, and ending the request does, so it
 * comes from the main loop. */
static void
on_cancelled_cb (GCancellable *cancellable,
                 gpointer      user_data)
{
  g_idle_add_full (G_PRIORITY_HIGH, on_cancelled_idle_cb, g_object_ref (user_data),
                   g_object_unref);
}

static void
mw_http_fetch_finalize (GObject *object)
{
  MwHttpFetch *self = MW_HTTP_FETCH (object);

  g_ptr_array_unref (self->anchors);
  g_ptr_array_unref (self->running);

  G_OBJECT_CLASS (mw_http_fetch_parent_class)->finalize (object);
}

static void
mw_http_fetch_class_init (MwHttpFetchClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mw_http_fetch_finalize;
}

static void
mw_http_fetch_init (MwHttpFetch *self)
{
  self->port = HTTPS_PORT;
  self->total_ms = TOTAL_MS;
  self->anchors = g_ptr_array_new_with_free_func (g_object_unref);
  self->running = g_ptr_array_new_with_free_func (g_object_unref);
}

MwHttpFetch *
mw_http_fetch_new (void)
{
  return g_object_new (MW_TYPE_HTTP_FETCH, NULL);
}

gboolean
mw_http_fetch_add_ca_file (MwHttpFetch  *self,
                           const char   *path,
                           GError      **error)
{
  g_autofree char *absolute = NULL;
  GTlsDatabase *database;

  g_return_val_if_fail (MW_IS_HTTP_FETCH (self), FALSE);
  g_return_val_if_fail (path != NULL, FALSE);

  absolute = g_canonicalize_filename (path, NULL);
  database = g_tls_file_database_new (absolute, error);
  if (database == NULL)
    return FALSE;

  g_ptr_array_add (self->anchors, database);
  return TRUE;
}

void
mw_http_fetch_set_port (MwHttpFetch *self,
                        guint16      port,
                        gboolean     allow_local)
{
  g_return_if_fail (MW_IS_HTTP_FETCH (self));

  self->port = port;
  self->allow_local = allow_local;
}

void
mw_http_fetch_set_limit (MwHttpFetch *self,
                         guint        total_ms)
{
  g_return_if_fail (MW_IS_HTTP_FETCH (self));

  self->total_ms = total_ms;
}

void
mw_http_fetch_get_async (MwHttpFetch         *self,
                         MwResolver          *resolver,
                         const char          *uri,
                         gsize                max_size,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  g_autoptr(GUri) parsed = NULL;
  GError *error = NULL;
  Fetch *fetch;

  g_return_if_fail (MW_IS_HTTP_FETCH (self));
  g_return_if_fail (MW_IS_RESOLVER (resolver));
  g_return_if_fail (uri != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, mw_http_fetch_get_async);
  /* The error says whether it was the deadline or the caller. */
  g_task_set_check_cancellable (task, FALSE);

  parsed = g_uri_parse (uri, G_URI_FLAGS_ENCODED | G_URI_FLAGS_SCHEME_NORMALIZE, &error);
  if (parsed == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  fetch = g_new0 (Fetch, 1);
  fetch->resolver = g_object_ref (resolver);
  fetch->uri = g_steal_pointer (&parsed);
  fetch->max_size = max_size;
  fetch->stop = g_cancellable_new ();
  g_task_set_task_data (task, fetch, fetch_free);
  g_ptr_array_add (self->running, g_object_ref (fetch->stop));

  fetch->total_id = g_timeout_add (self->total_ms, on_total_cb, task);
  if (cancellable != NULL)
    fetch->cancelled_id = g_cancellable_connect (cancellable, G_CALLBACK (on_cancelled_cb),
                                                 g_object_ref (fetch->stop), g_object_unref);
  begin_hop (task);
}

MwHttpAnswer *
mw_http_fetch_get_finish (MwHttpFetch   *self,
                          GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, mw_http_fetch_get_async), NULL);
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

void
mw_http_fetch_stop (MwHttpFetch *self)
{
  g_return_if_fail (MW_IS_HTTP_FETCH (self));

  for (guint i = 0; i < self->running->len; i++)
    g_cancellable_cancel (self->running->pdata[i]);

  g_mutex_lock (&threads_lock);
  while (n_threads > 0)
    g_cond_wait (&threads_cond, &threads_lock);
  g_mutex_unlock (&threads_lock);
}
