/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "discovery/mw-source-http.h"

#include "core/mw-error.h"
#include "discovery/mw-autoconfig-search.h"

struct _MwSourceHttp
{
  GObject parent_instance;

  /* Owned */
  MwResolver         *resolver;
  MwHttpFetch        *fetch;
  MwSourceAutoconfig *https;
  MwAutoconfigSearch *search; /* the last one */
  GTask              *waiting;
};

static void mw_source_http_iface_init (MwSourceInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (MwSourceHttp, mw_source_http, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (MW_TYPE_SOURCE, mw_source_http_iface_init))

static void
on_search_done_cb (GObject      *object,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (user_data);
  GError *error = NULL;
  GPtrArray *found;

  found = mw_autoconfig_search_run_finish (MW_AUTOCONFIG_SEARCH (object), result, &error);
  if (found != NULL)
    g_task_return_pointer (task, found, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

static void
on_https_over_cb (MwSourceHttp *self)
{
  g_autoptr(GTask) task = g_steal_pointer (&self->waiting);

  if (task == NULL || g_task_return_error_if_cancelled (task))
    return;

  /* Who holds the places under https back shall gain nothing by it. */
  if (mw_source_autoconfig_is_absent (self->https))
    mw_autoconfig_search_run_async (self->search, g_task_get_cancellable (task),
                                    on_search_done_cb, g_object_ref (task));
  else
    g_task_return_new_error (task, MW_PROBE_ERROR, MW_OUTCOME_NEED_TLS,
                             "Not asked: over https it was not said that there are no settings");
}

static MwOrigin
mw_source_http_get_origin (MwSource *source)
{
  return MW_ORIGIN_HTTP_AUTOCONFIG;
}

static MwGrade
mw_source_http_get_grade (MwSource *source)
{
  return MW_GRADE_D;
}

static void
mw_source_http_find_async (MwSource            *source,
                           MwAddress           *address,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  MwSourceHttp *self = MW_SOURCE_HTTP (source);
  g_autofree char *host = g_strconcat ("autoconfig.", mw_address_get_domain (address), NULL);

  g_return_if_fail (self->waiting == NULL);

  self->waiting = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (self->waiting, mw_source_http_find_async);
  g_clear_object (&self->search);
  self->search = mw_autoconfig_search_new (source, self->resolver, self->fetch, address);
  mw_autoconfig_search_add (self->search, "http", host, MW_AUTOCONFIG_PATH,
                            MW_AUTOCONFIG_TELL_NOTHING);

  if (mw_source_autoconfig_is_over (self->https))
    on_https_over_cb (self);
}

static GPtrArray *
mw_source_http_find_finish (MwSource      *source,
                            GAsyncResult  *result,
                            GError       **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, mw_source_http_find_async), NULL);
  g_return_val_if_fail (g_task_is_valid (result, source), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static char *
mw_source_http_dup_detail (MwSource *source)
{
  MwSourceHttp *self = MW_SOURCE_HTTP (source);

  return self->search != NULL ? mw_autoconfig_search_dup_detail (self->search) : NULL;
}

static void
mw_source_http_finalize (GObject *object)
{
  MwSourceHttp *self = MW_SOURCE_HTTP (object);

  g_clear_object (&self->resolver);
  g_clear_object (&self->fetch);
  g_clear_object (&self->https);
  g_clear_object (&self->search);

  G_OBJECT_CLASS (mw_source_http_parent_class)->finalize (object);
}

static void
mw_source_http_iface_init (MwSourceInterface *iface)
{
  iface->get_origin = mw_source_http_get_origin;
  iface->get_grade = mw_source_http_get_grade;
  iface->find_async = mw_source_http_find_async;
  iface->find_finish = mw_source_http_find_finish;
  iface->dup_detail = mw_source_http_dup_detail;
}

static void
mw_source_http_class_init (MwSourceHttpClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mw_source_http_finalize;
}

static void
mw_source_http_init (MwSourceHttp *self)
{
}

MwSource *
mw_source_http_new (MwResolver         *resolver,
                    MwHttpFetch        *fetch,
                    MwSourceAutoconfig *https)
{
  MwSourceHttp *self;

  g_return_val_if_fail (MW_IS_RESOLVER (resolver), NULL);
  g_return_val_if_fail (MW_IS_HTTP_FETCH (fetch), NULL);
  g_return_val_if_fail (MW_IS_SOURCE_AUTOCONFIG (https), NULL);

  self = g_object_new (MW_TYPE_SOURCE_HTTP, NULL);
  self->resolver = g_object_ref (resolver);
  self->fetch = g_object_ref (fetch);
  self->https = g_object_ref (https);
  g_signal_connect_object (https, "over", G_CALLBACK (on_https_over_cb), self,
                           G_CONNECT_SWAPPED);
  return MW_SOURCE (self);
}
