/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "net/mw-text-lookup.h"

#include <arpa/nameser.h>
#include <netdb.h>
#include <netinet/in.h>
#include <resolv.h>

#include "net/mw-dns-records.h"

#define MAX_THREADS 8

static GResolverError
error_code (int code)
{
  switch (code)
    {
    case HOST_NOT_FOUND:
    case NO_DATA:
      return G_RESOLVER_ERROR_NOT_FOUND;
    case TRY_AGAIN:
      return G_RESOLVER_ERROR_TEMPORARY_FAILURE;
    default:
      return G_RESOLVER_ERROR_INTERNAL;
    }
}

static void
look_up_thread (gpointer data,
                gpointer user_data)
{
  g_autoptr(GTask) task = G_TASK (data);
  const char *name = g_task_get_task_data (task);
  g_autofree guint8 *message = g_malloc (NS_MAXMSG);
  struct __res_state state = { 0 };
  GPtrArray *texts;
  GError *error = NULL;
  int length = -1;
  int code = NO_RECOVERY;

  if (res_ninit (&state) == 0)
    {
      length = res_nquery (&state, name, ns_c_in, ns_t_txt, message, NS_MAXMSG);
      code = state.res_h_errno;
      res_nclose (&state);
    }

  if (length < 0)
    {
      g_task_return_new_error (task, G_RESOLVER_ERROR, error_code (code),
                               "Cannot look up the text of “%s”: %s", name, hstrerror (code));
      return;
    }

  texts = mw_dns_records_read_texts (message, MIN (length, NS_MAXMSG), &error);
  if (texts != NULL)
    g_task_return_pointer (task, texts, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
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
mw_text_lookup_async (const char          *name,
                      GAsyncReadyCallback  callback,
                      gpointer             user_data)
{
  GTask *task;

  g_return_if_fail (name != NULL && *name != '\0');

  task = g_task_new (NULL, NULL, callback, user_data);
  g_task_set_source_tag (task, mw_text_lookup_async);
  g_task_set_task_data (task, g_strdup (name), g_free);

  g_thread_pool_push (get_pool (), task, NULL);
}

GPtrArray *
mw_text_lookup_finish (GAsyncResult  *result,
                       GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, mw_text_lookup_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
