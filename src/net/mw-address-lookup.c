/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "net/mw-address-lookup.h"

#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>

/* More than any run asks at once; a thread is gone a moment after its answer. */
#define MAX_THREADS 64

typedef struct {
  char          *host;
  GSocketFamily  family;
} Query;

static void
query_free (gpointer data)
{
  Query *query = data;

  g_free (query->host);
  g_free (query);
}

static GResolverError
error_code (int code)
{
  switch (code)
    {
    case EAI_NONAME:
    case EAI_NODATA:
    case EAI_ADDRFAMILY:
      return G_RESOLVER_ERROR_NOT_FOUND;
    case EAI_AGAIN:
      return G_RESOLVER_ERROR_TEMPORARY_FAILURE;
    default:
      return G_RESOLVER_ERROR_INTERNAL;
    }
}

static GInetAddress *
to_address (const struct sockaddr *address)
{
  const void *bytes = address->sa_family == AF_INET6
                        ? (const void *) &((const struct sockaddr_in6 *) address)->sin6_addr
                        : (const void *) &((const struct sockaddr_in *) address)->sin_addr;

  return g_inet_address_new_from_bytes (bytes, address->sa_family);
}

static void
look_up_thread (gpointer data,
                gpointer user_data)
{
  g_autoptr(GTask) task = G_TASK (data);
  Query *query = g_task_get_task_data (task);
  /* Without AI_ADDRCONFIG: a machine that is offline would be told that no name
   * exists. An address without a route costs the race nothing. */
  struct addrinfo hints = {
    .ai_family = query->family == G_SOCKET_FAMILY_IPV6 ? AF_INET6 : AF_INET,
    .ai_socktype = SOCK_STREAM,
    .ai_protocol = IPPROTO_TCP,
  };
  struct addrinfo *list = NULL;
  g_autoptr(GPtrArray) addresses = NULL;
  int code = getaddrinfo (query->host, NULL, &hints, &list);

  if (code != 0)
    {
      g_task_return_new_error (task, G_RESOLVER_ERROR, error_code (code),
                               "Cannot look up “%s”: %s", query->host, gai_strerror (code));
      return;
    }

  addresses = g_ptr_array_new_with_free_func (g_object_unref);
  for (struct addrinfo *l = list; l != NULL; l = l->ai_next)
    g_ptr_array_add (addresses, to_address (l->ai_addr));
  freeaddrinfo (list);

  g_task_return_pointer (task, g_steal_pointer (&addresses), (GDestroyNotify) g_ptr_array_unref);
}

static GThreadPool *
get_pool (void)
{
  static gsize pool = 0;

  if (g_once_init_enter (&pool))
    g_once_init_leave (&pool, (gsize) g_thread_pool_new (look_up_thread, NULL, MAX_THREADS,
                                                         FALSE, NULL));
  return (GThreadPool *) pool;
}

void
mw_address_lookup_async (const char          *host,
                         GSocketFamily        family,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  GTask *task;
  Query *query;

  g_return_if_fail (host != NULL && *host != '\0');
  g_return_if_fail (family == G_SOCKET_FAMILY_IPV4 || family == G_SOCKET_FAMILY_IPV6);

  task = g_task_new (NULL, NULL, callback, user_data);
  g_task_set_source_tag (task, mw_address_lookup_async);
  query = g_new (Query, 1);
  query->host = g_strdup (host);
  query->family = family;
  g_task_set_task_data (task, query, query_free);

  g_thread_pool_push (get_pool (), task, NULL);
}

GPtrArray *
mw_address_lookup_finish (GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, mw_address_lookup_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
