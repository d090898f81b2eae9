/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "discovery/mw-source-autoconfig.h"

#include <string.h>

#include "core/mw-domain.h"
#include "discovery/mw-autoconfig-search.h"

struct _MwSourceAutoconfig
{
  GObject parent_instance;

  gboolean            is_ispdb;
  gboolean            is_over;

  /* Owned */
  MwResolver         *resolver;
  MwHttpFetch        *fetch;
  MwAutoconfigSearch *search; /* the last one */
};

static void mw_source_autoconfig_iface_init (MwSourceInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (MwSourceAutoconfig, mw_source_autoconfig, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (MW_TYPE_SOURCE,
                                                      mw_source_autoconfig_iface_init))

enum {
  OVER,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
on_search_done_cb (GObject      *object,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (user_data);
  MwSourceAutoconfig *self = g_task_get_source_object (task);
  GError *error = NULL;
  GPtrArray *found;

  found = mw_autoconfig_search_run_finish (MW_AUTOCONFIG_SEARCH (object), result, &error);
  if (found != NULL)
    g_task_return_pointer (task, found, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);

  self->is_over = TRUE;
  g_signal_emit (self, signals[OVER], 0);
}

static MwOrigin
mw_source_autoconfig_get_origin (MwSource *source)
{
  return MW_SOURCE_AUTOCONFIG (source)->is_ispdb ? MW_ORIGIN_ISPDB : MW_ORIGIN_AUTOCONFIG;
}

static MwGrade
mw_source_autoconfig_get_grade (MwSource *source)
{
  return MW_SOURCE_AUTOCONFIG (source)->is_ispdb ? MW_GRADE_C : MW_GRADE_B;
}

static void
add_places (MwAutoconfigSearch *search,
            const char         *domain,
            gboolean            above)
{
  g_autofree char *host = g_strconcat ("autoconfig.", domain, NULL);
  const char *well_known = ".well-known/autoconfig/" MW_AUTOCONFIG_PATH;

  if (above)
    {
      mw_autoconfig_search_add_above (search, host, MW_AUTOCONFIG_PATH);
      mw_autoconfig_search_add_above (search, domain, well_known);
      return;
    }

  mw_autoconfig_search_add (search, "https", host, MW_AUTOCONFIG_PATH, MW_AUTOCONFIG_TELL_FIRST);
  mw_autoconfig_search_add (search, "https", domain, well_known, MW_AUTOCONFIG_TELL_IF_NEEDED);
}

/* Below a registered domain: the next one above, and the registered one. */
static void
add_places_above (MwAutoconfigSearch *search,
                  const char         *domain)
{
  const char *registered = mw_domain_get_registrable (domain);
  const char *next = strchr (domain, '.') + 1;

  if (registered == NULL || g_str_equal (registered, domain))
    return;

  add_places (search, next, TRUE);
  if (!g_str_equal (registered, next))
    add_places (search, registered, TRUE);
}

static void
mw_source_autoconfig_find_async (MwSource            *source,
                                 MwAddress           *address,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  MwSourceAutoconfig *self = MW_SOURCE_AUTOCONFIG (source);
  g_autoptr(GTask) task = g_task_new (self, cancellable, callback, user_data);
  const char *domain = mw_address_get_domain (address);

  g_task_set_source_tag (task, mw_source_autoconfig_find_async);
  g_clear_object (&self->search);
  self->search = mw_autoconfig_search_new (source, self->resolver, self->fetch, address);
  self->is_over = FALSE;

  if (self->is_ispdb)
    mw_autoconfig_search_add (self->search, "https", MW_ISPDB_HOST, domain,
                              MW_AUTOCONFIG_TELL_NOTHING);
  else
    {
      add_places (self->search, domain, FALSE);
      add_places_above (self->search, domain);
    }

  mw_autoconfig_search_run_async (self->search, cancellable, on_search_done_cb,
                                  g_steal_pointer (&task));
}

static GPtrArray *
mw_source_autoconfig_find_finish (MwSource      *source,
                                  GAsyncResult  *result,
                                  GError       **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, mw_source_autoconfig_find_async),
                        NULL);
  g_return_val_if_fail (g_task_is_valid (result, source), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static char *
mw_source_autoconfig_dup_detail (MwSource *source)
{
  MwSourceAutoconfig *self = MW_SOURCE_AUTOCONFIG (source);

  return self->search != NULL ? mw_autoconfig_search_dup_detail (self->search) : NULL;
}

static void
mw_source_autoconfig_finalize (GObject *object)
{
  MwSourceAutoconfig *self = MW_SOURCE_AUTOCONFIG (object);

  g_clear_object (&self->resolver);
  g_clear_object (&self->fetch);
  g_clear_object (&self->search);

  G_OBJECT_CLASS (mw_source_autoconfig_parent_class)->finalize (object);
}

static void
mw_source_autoconfig_iface_init (MwSourceInterface *iface)
{
  iface->get_origin = mw_source_autoconfig_get_origin;
  iface->get_grade = mw_source_autoconfig_get_grade;
  iface->find_async = mw_source_autoconfig_find_async;
  iface->find_finish = mw_source_autoconfig_find_finish;
  iface->dup_detail = mw_source_autoconfig_dup_detail;
}

static void
mw_source_autoconfig_class_init (MwSourceAutoconfigClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mw_source_autoconfig_finalize;

  signals[OVER] = g_signal_new ("over",
                                MW_TYPE_SOURCE_AUTOCONFIG,
                                G_SIGNAL_RUN_LAST,
                                0, NULL, NULL, NULL,
                                G_TYPE_NONE,
                                0);
}

static void
mw_source_autoconfig_init (MwSourceAutoconfig *self)
{
}

static MwSource *
make (MwResolver  *resolver,
      MwHttpFetch *fetch,
      gboolean     is_ispdb)
{
  MwSourceAutoconfig *self = g_object_new (MW_TYPE_SOURCE_AUTOCONFIG, NULL);

  self->resolver = g_object_ref (resolver);
  self->fetch = g_object_ref (fetch);
  self->is_ispdb = is_ispdb;
  return MW_SOURCE (self);
}

MwSource *
mw_source_autoconfig_new (MwResolver  *resolver,
                          MwHttpFetch *fetch)
{
  g_return_val_if_fail (MW_IS_RESOLVER (resolver), NULL);
  g_return_val_if_fail (MW_IS_HTTP_FETCH (fetch), NULL);

  return make (resolver, fetch, FALSE);
}

MwSource *
mw_source_autoconfig_new_ispdb (MwResolver  *resolver,
                                MwHttpFetch *fetch)
{
  g_return_val_if_fail (MW_IS_RESOLVER (resolver), NULL);
  g_return_val_if_fail (MW_IS_HTTP_FETCH (fetch), NULL);

  return make (resolver, fetch, TRUE);
}

gboolean
mw_source_autoconfig_is_over (MwSourceAutoconfig *self)
{
  g_return_val_if_fail (MW_IS_SOURCE_AUTOCONFIG (self), FALSE);

  return self->is_over;
}

gboolean
mw_source_autoconfig_is_absent (MwSourceAutoconfig *self)
{
  g_return_val_if_fail (MW_IS_SOURCE_AUTOCONFIG (self), FALSE);

  return self->is_over && mw_autoconfig_search_is_absent (self->search);
}
