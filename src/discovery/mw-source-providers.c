/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "discovery/mw-source-providers.h"

#include "discovery/mw-provider-candidates.h"

struct _MwSourceProviders
{
  GObject parent_instance;

  /* Owned */
  MwProviderTable *table;
  MwProvider      *chosen;
  char            *detail;
};

static void mw_source_providers_iface_init (MwSourceInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (MwSourceProviders, mw_source_providers, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (MW_TYPE_SOURCE,
                                                      mw_source_providers_iface_init))

static MwOrigin
mw_source_providers_get_origin (MwSource *source)
{
  return MW_ORIGIN_PROVIDER;
}

static MwGrade
mw_source_providers_get_grade (MwSource *source)
{
  return MW_GRADE_A;
}

/* Who keeps the mail of the address, best first. */
static GPtrArray *
find_matches (MwSourceProviders *self,
              MwAddress         *address)
{
  GPtrArray *matches;

  if (self->chosen != NULL)
    {
      MwProviderMatch *match = g_new0 (MwProviderMatch, 1);

      match->provider = self->chosen;
      match->confirmed = mw_provider_is_confirmed (self->chosen);
      matches = g_ptr_array_new_with_free_func (g_free);
      g_ptr_array_add (matches, match);
      return matches;
    }

  matches = mw_provider_table_lookup_domain (self->table, mw_address_get_domain (address));
  return matches != NULL ? g_ptr_array_ref (matches) : g_ptr_array_new ();
}

static void
mw_source_providers_find_async (MwSource            *source,
                                MwAddress           *address,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  MwSourceProviders *self = MW_SOURCE_PROVIDERS (source);
  g_autoptr(GTask) task = g_task_new (source, cancellable, callback, user_data);
  g_autoptr(GPtrArray) candidates = NULL;
  g_autoptr(GString) names = g_string_new (NULL);
  g_autoptr(GPtrArray) matches = NULL;

  g_task_set_source_tag (task, mw_source_providers_find_async);

  candidates = g_ptr_array_new_with_free_func ((GDestroyNotify) mw_candidate_unref);
  matches = find_matches (self, address);
  for (guint i = 0; i < matches->len; i++)
    {
      MwProviderMatch *match = g_ptr_array_index (matches, i);

      mw_provider_candidates_add (candidates, match->provider, match->confirmed, address, NULL,
                                  MW_ORIGIN_PROVIDER);
      g_string_append_printf (names, "%s%s", i > 0 ? ", " : "", match->provider->name);
    }

  g_free (self->detail);
  self->detail = names->len > 0 ? g_strdup (names->str) : NULL;
  if (!g_cancellable_is_cancelled (cancellable))
    mw_source_found (source, candidates);

  g_task_return_pointer (task,
                         g_steal_pointer (&candidates),
                         (GDestroyNotify) g_ptr_array_unref);
}

static GPtrArray *
mw_source_providers_find_finish (MwSource      *source,
                                 GAsyncResult  *result,
                                 GError       **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, mw_source_providers_find_async), NULL);
  g_return_val_if_fail (g_task_is_valid (result, source), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static char *
mw_source_providers_dup_detail (MwSource *source)
{
  return g_strdup (MW_SOURCE_PROVIDERS (source)->detail);
}

static void
mw_source_providers_finalize (GObject *object)
{
  MwSourceProviders *self = MW_SOURCE_PROVIDERS (object);

  g_clear_pointer (&self->table, mw_provider_table_unref);
  g_clear_pointer (&self->chosen, mw_provider_unref);
  g_free (self->detail);

  G_OBJECT_CLASS (mw_source_providers_parent_class)->finalize (object);
}

static void
mw_source_providers_iface_init (MwSourceInterface *iface)
{
  iface->get_origin = mw_source_providers_get_origin;
  iface->get_grade = mw_source_providers_get_grade;
  iface->find_async = mw_source_providers_find_async;
  iface->find_finish = mw_source_providers_find_finish;
  iface->dup_detail = mw_source_providers_dup_detail;
}

static void
mw_source_providers_class_init (MwSourceProvidersClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = mw_source_providers_finalize;
}

static void
mw_source_providers_init (MwSourceProviders *self)
{
}

MwSource *
mw_source_providers_new (MwProviderTable *table)
{
  MwSourceProviders *self;

  g_return_val_if_fail (table != NULL, NULL);

  self = g_object_new (MW_TYPE_SOURCE_PROVIDERS, NULL);
  self->table = mw_provider_table_ref (table);
  return MW_SOURCE (self);
}

void
mw_source_providers_choose (MwSourceProviders *self,
                            MwProvider        *provider)
{
  g_return_if_fail (MW_IS_SOURCE_PROVIDERS (self));
  g_return_if_fail (self->chosen == NULL);
  g_return_if_fail (provider != NULL);

  self->chosen = mw_provider_ref (provider);
}
