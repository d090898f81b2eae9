/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "discovery/mw-source-mx-documents.h"

#include <string.h>

#include "core/mw-domain.h"
#include "core/mw-error.h"
#include "discovery/mw-autoconfig-search.h"
#include "discovery/mw-source-autoconfig.h"

struct _MwSourceMxDocuments
{
  GObject parent_instance;

  gboolean         use_ispdb;

  /* Owned */
  MwResolver      *resolver;
  MwHttpFetch     *fetch;
  MwProviderTable *providers; /* may be NULL */
  char            *detail;
};

static void mw_source_mx_documents_iface_init (MwSourceInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (MwSourceMxDocuments, mw_source_mx_documents, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (MW_TYPE_SOURCE,
                                                      mw_source_mx_documents_iface_init))

static void
return_nothing (GTask *task)
{
  g_task_return_pointer (task,
                         g_ptr_array_new_with_free_func ((GDestroyNotify) mw_candidate_unref),
                         (GDestroyNotify) g_ptr_array_unref);
}

static void
return_not_needed (GTask *task)
{
  g_task_return_new_error (task, MW_PROBE_ERROR, MW_OUTCOME_NOT_NEEDED,
                           "The list of providers knows who keeps the mail");
}

static gboolean
is_confirmed (GPtrArray *matches)
{
  return matches != NULL && ((MwProviderMatch *) g_ptr_array_index (matches, 0))->confirmed;
}

/* The domain of an exchanger may hold settings unless it is the one that is
 * asked anyway, or nobody's. */
static gboolean
is_worth_asking (const char *name,
                 const char *domain)
{
  return name != NULL && strchr (name, '.') != NULL && !g_str_equal (name, domain) &&
         !mw_domain_is_public_suffix (name);
}

static guint
list_domains (const char *exchanger,
              const char *domain,
              const char *out_domains[2])
{
  const char *dot = strchr (exchanger, '.');
  const char *full = dot != NULL ? dot + 1 : NULL;
  const char *base = mw_domain_get_registrable (exchanger);
  guint n = 0;

  if (is_worth_asking (full, domain))
    out_domains[n++] = full;
  if (is_worth_asking (base, domain) && g_strcmp0 (base, full) != 0)
    out_domains[n++] = base;

  return n;
}

static void
on_search_done_cb (GObject      *object,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (user_data);
  MwSourceMxDocuments *self = g_task_get_source_object (task);
  GError *error = NULL;
  GPtrArray *found;

  found = mw_autoconfig_search_run_finish (MW_AUTOCONFIG_SEARCH (object), result, &error);
  g_free (self->detail);
  self->detail = mw_autoconfig_search_dup_detail (MW_AUTOCONFIG_SEARCH (object));
  if (found != NULL)
    g_task_return_pointer (task, found, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

static void
search (GTask      *task,
        const char *exchanger)
{
  MwSourceMxDocuments *self = g_task_get_source_object (task);
  MwAddress *address = g_task_get_task_data (task);
  g_autoptr(MwAutoconfigSearch) places = NULL;
  const char *domains[2];
  guint n = list_domains (exchanger, mw_address_get_domain (address), domains);

  if (n == 0)
    {
      return_nothing (task);
      return;
    }

  places = mw_autoconfig_search_new (MW_SOURCE (self), self->resolver, self->fetch, address);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *host = g_strconcat ("autoconfig.", domains[i], NULL);

      mw_autoconfig_search_add (places, "https", host, MW_AUTOCONFIG_PATH,
                                MW_AUTOCONFIG_TELL_NOTHING);
    }
  for (guint i = 0; self->use_ispdb && i < n; i++)
    mw_autoconfig_search_add (places, "https", MW_ISPDB_HOST, domains[i],
                              MW_AUTOCONFIG_TELL_NOTHING);

  mw_autoconfig_search_run_async (places, g_task_get_cancellable (task), on_search_done_cb,
                                  g_object_ref (task));
}

static void
on_exchangers_cb (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (user_data);
  MwSourceMxDocuments *self = g_task_get_source_object (task);
  g_autoptr(GError) error = NULL;
  g_auto(GStrv) names = NULL;
  g_autofree char *normal = NULL;

  names = mw_resolver_lookup_mx_finish (MW_RESOLVER (object), result, &error);
  if (g_task_return_error_if_cancelled (task))
    return;

  if (names == NULL && !g_error_matches (error, MW_PROBE_ERROR, MW_OUTCOME_DNS_NXDOMAIN))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  /* A name that cannot exist is nobody's. */
  if (names != NULL && names[0] != NULL)
    normal = mw_domain_normalize (names[0]);
  if (normal == NULL || g_strcmp0 (normal, names[0]) != 0)
    return_nothing (task);
  else if (self->providers != NULL &&
           is_confirmed (mw_provider_table_lookup_mx (self->providers, normal)))
    return_not_needed (task);
  else
    search (task, normal);
}

static MwOrigin
mw_source_mx_documents_get_origin (MwSource *source)
{
  return MW_ORIGIN_MX;
}

static MwGrade
mw_source_mx_documents_get_grade (MwSource *source)
{
  return MW_GRADE_D;
}

static void
mw_source_mx_documents_find_async (MwSource            *source,
                                   MwAddress           *address,
                                   GCancellable        *cancellable,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data)
{
  MwSourceMxDocuments *self = MW_SOURCE_MX_DOCUMENTS (source);
  g_autoptr(GTask) task = g_task_new (self, cancellable, callback, user_data);
  const char *domain = mw_address_get_domain (address);

  g_task_set_source_tag (task, mw_source_mx_documents_find_async);
  g_task_set_task_data (task, mw_address_ref (address), (GDestroyNotify) mw_address_unref);
  g_clear_pointer (&self->detail, g_free);

  if (self->providers != NULL &&
      is_confirmed (mw_provider_table_lookup_domain (self->providers, domain)))
    return_not_needed (task);
  else
    mw_resolver_lookup_mx_async (self->resolver, domain, cancellable, on_exchangers_cb,
                                 g_steal_pointer (&task));
}

static GPtrArray *
mw_source_mx_documents_find_finish (MwSource      *source,
                                    GAsyncResult  *result,
                                    GError       **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, mw_source_mx_documents_find_async),
                        NULL);
  g_return_val_if_fail (g_task_is_valid (result, source), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static char *
mw_source_mx_documents_dup_detail (MwSource *source)
{
  return g_strdup (MW_SOURCE_MX_DOCUMENTS (source)->detail);
}

static void
mw_source_mx_documents_finalize (GObject *object)
{
  MwSourceMxDocuments *self = MW_SOURCE_MX_DOCUMENTS (object);

  g_clear_object (&self->resolver);
  g_clear_object (&self->fetch);
  g_clear_pointer (&self->providers, mw_provider_table_unref);
  g_free (self->detail);

  G_OBJECT_CLASS (mw_source_mx_documents_parent_class)->finalize (object);
}

static void
mw_source_mx_documents_iface_init (MwSourceInterface *iface)
{
  iface->get_origin = mw_source_mx_documents_get_origin;
  iface->get_grade = mw_source_mx_documents_get_grade;
  iface->find_async = mw_source_mx_documents_find_async;
  iface->find_finish = mw_source_mx_documents_find_finish;
  iface->dup_detail = mw_source_mx_documents_dup_detail;
}

static void
mw_source_mx_documents_class_init (MwSourceMxDocumentsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mw_source_mx_documents_finalize;
}

static void
mw_source_mx_documents_init (MwSourceMxDocuments *self)
{
}

MwSource *
mw_source_mx_documents_new (MwResolver      *resolver,
                            MwHttpFetch     *fetch,
                            MwProviderTable *providers,
                            gboolean         use_ispdb)
{
  MwSourceMxDocuments *self;

  g_return_val_if_fail (MW_IS_RESOLVER (resolver), NULL);
  g_return_val_if_fail (MW_IS_HTTP_FETCH (fetch), NULL);

  self = g_object_new (MW_TYPE_SOURCE_MX_DOCUMENTS, NULL);
  self->resolver = g_object_ref (resolver);
  self->fetch = g_object_ref (fetch);
  self->providers = providers != NULL ? mw_provider_table_ref (providers) : NULL;
  self->use_ispdb = use_ispdb;
  return MW_SOURCE (self);
}
