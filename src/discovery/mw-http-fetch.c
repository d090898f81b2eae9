/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "discovery/mw-http-fetch.h"

#include "core/mw-domain.h"
#include "core/mw-error.h"
#include "discovery/mw-checked-address.h"
#include "discovery/mw-http-redirect.h"
#include "discovery/mw-http-request.h"

#define CONNECT_S 5
#define TOTAL_MS 8000
#define MAX_REDIRECTS 3
#define HTTPS_PORT 443
#define HTTP_PORT 80

/* How long the addresses of one family wait for the other (RFC 8305 §3). */
#define FAMILY_MS 50

struct _MwHttpFetch
{
  GObject parent_instance;

  guint16    port;
  guint16    plain_port;
  guint      total_ms;
  gboolean   allow_local;
  gboolean   allow_plain;

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
  char         *address;       /* that the first host was told; NULL for none */
  gboolean      plain;         /* this hop */
  gboolean      was_protected; /* one of the hops was */
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

/* One family of one hop. */
typedef struct {
  GTask *task;
  guint  n_redirects;
} LookUp;

static void
fetch_free (gpointer data)
{
  Fetch *fetch = data;

  g_clear_handle_id (&fetch->family_id, g_source_remove);
  g_clear_handle_id (&fetch->total_id, g_source_remove);
  g_object_unref (fetch->resolver);
  g_uri_unref (fetch->uri);
  g_free (fetch->host);
  g_free (fetch->address);
  g_object_unref (fetch->stop);
  g_clear_pointer (&fetch->addresses, g_ptr_array_unref);
  g_clear_error (&fetch->error);
  g_free (fetch);
}

void
mw_http_answer_free (MwHttpAnswer *self)
{
  g_free (self->host);
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
  if (fetch->n_redirects > 0)
    g_prefix_error (&error, "After a redirect to %s: ",
                    fetch->host != NULL ? fetch->host : "an address without a host");
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

/* Makes @location the next hop, or says why not. */
static const char *
follow (Fetch      *fetch,
        const char *location)
{
  g_autoptr(GUri) next = NULL;

  if (fetch->n_redirects == MAX_REDIRECTS)
    return "Redirected too often";

  next = mw_http_redirect_read (fetch->uri, location, fetch->address);
  if (next == NULL)
    return "Redirected to nowhere";

  fetch->n_redirects++;
  g_uri_unref (fetch->uri);
  fetch->uri = g_steal_pointer (&next);
  return NULL;
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
  const char *reason;

  reply = mw_http_request_send_finish (result, &error);
  if (reply == NULL)
    {
      fail (task, error);
      return;
    }

  if (is_redirect (reply->status))
    {
      reason = follow (fetch, reply->location);
      if (reason == NULL)
        begin_hop (task);
      else
        fail_with (task, MW_OUTCOME_PROTOCOL, reason);
      return;
    }

  settle (task);
  answer = g_new (MwHttpAnswer, 1);
  answer->status = reply->status;
  answer->host = g_strdup (fetch->host);
  answer->body = g_bytes_ref (reply->body);
  g_task_return_pointer (task, answer, (GDestroyNotify) mw_http_answer_free);
}

static void
dial (GTask *task)
{
  MwHttpFetch *self = g_task_get_source_object (task);
  Fetch *fetch = g_task_get_task_data (task);
  g_autoptr(GSocketConnectable) where = NULL;
  g_autofree char *uri = g_uri_to_string (fetch->uri);

  g_clear_handle_id (&fetch->family_id, g_source_remove);
  fetch->dialled = TRUE;

  where = mw_checked_address_new (fetch->host, fetch->plain ? self->plain_port : self->port,
                                  fetch->addresses);
  /* From here on the array belongs to the thread. */
  g_clear_pointer (&fetch->addresses, g_ptr_array_unref);
  mw_http_request_send_async (uri, where, self->anchors, CONNECT_S, fetch->max_size, fetch->stop,
                              on_hop_done_cb, g_object_ref (task));
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

/* What is wrong with the address of this hop, NULL for nothing. */
static const char *
read_uri (MwHttpFetch *self,
          Fetch       *fetch)
{
  const char *scheme = g_uri_get_scheme (fetch->uri);
  const char *host = g_uri_get_host (fetch->uri);
  int port = g_uri_get_port (fetch->uri);

  g_clear_pointer (&fetch->host, g_free);
  if (host == NULL || mw_domain_is_ip_literal (host))
    return "No name of a host in the address";

  fetch->host = mw_domain_normalize (host);
  fetch->plain = g_strcmp0 (scheme, "http") == 0;
  fetch->was_protected |= !fetch->plain;
  if (fetch->host == NULL)
    return "A host that cannot exist";
  if (!fetch->plain && g_strcmp0 (scheme, "https") != 0)
    return "Not an address of the web";
  if (fetch->plain && (!self->allow_plain || fetch->was_protected))
    return "Not an https address";
  if (g_uri_get_userinfo (fetch->uri) != NULL)
    return "A user name in the address";
  if (port != -1 && port != (fetch->plain ? HTTP_PORT : HTTPS_PORT))
    return "Another port than that of the web";

  return NULL;
}

static void
begin_hop (GTask *task)
{
  static const GSocketFamily families[] = { G_SOCKET_FAMILY_IPV4, G_SOCKET_FAMILY_IPV6 };
  Fetch *fetch = g_task_get_task_data (task);
  const char *reason = read_uri (g_task_get_source_object (task), fetch);

  if (reason != NULL)
    {
      fail_with (task, MW_OUTCOME_PROTOCOL, reason);
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
  self->plain_port = HTTP_PORT;
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
mw_http_fetch_set_allow_plain (MwHttpFetch *self,
                               gboolean     allow_plain)
{
  g_return_if_fail (MW_IS_HTTP_FETCH (self));

  self->allow_plain = allow_plain;
}

gboolean
mw_http_fetch_get_allow_plain (MwHttpFetch *self)
{
  g_return_val_if_fail (MW_IS_HTTP_FETCH (self), FALSE);

  return self->allow_plain;
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
mw_http_fetch_set_plain_port (MwHttpFetch *self,
                              guint16      port)
{
  g_return_if_fail (MW_IS_HTTP_FETCH (self));

  self->plain_port = port;
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
  fetch->address = mw_http_redirect_get_address (fetch->uri);
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

  mw_http_request_wait_all ();
}
