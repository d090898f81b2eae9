/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "discovery/mw-source-mx.h"

#include "core/mw-domain.h"
#include "core/mw-error.h"
#include "discovery/mw-mx-guesses.h"
#include "discovery/mw-provider-candidates.h"

struct _MwSourceMx
{
  GObject parent_instance;

  gboolean         guessed; /* nobody of the list takes the mail */

  /* Owned */
  MwResolver      *resolver;
  MwProviderTable *table;
  char            *detail;
};

static void mw_source_mx_iface_init (MwSourceInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (MwSourceMx, mw_source_mx, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (MW_TYPE_SOURCE, mw_source_mx_iface_init))

static void
set_detail (MwSourceMx *self,
            char       *detail)
{
  g_free (self->detail);
  self->detail = detail;
}

static void
guess_servers (MwSourceMx *self,
               GPtrArray  *candidates,
               const char *domain,
               const char *exchanger)
{
  g_auto(GStrv) domains = mw_mx_guesses_dup_domains (domain, exchanger);

  self->guessed = TRUE;
  mw_mx_guesses_add (candidates, domain, exchanger);
  if (domains[0] != NULL)
    {
      g_autofree char *list = g_strjoinv (", ", domains);

      set_detail (self, g_strdup_printf ("%s: " MW_SOURCE_MX_GUESSED "%s", exchanger, list));
    }
}

static GPtrArray *
find_servers (MwSourceMx *self,
              MwAddress  *address,
              const char *exchanger)
{
  g_autofree char *normal = NULL;
  GPtrArray *candidates;
  GPtrArray *matches;

  candidates = g_ptr_array_new_with_free_func ((GDestroyNotify) mw_candidate_unref);
  set_detail (self, g_strdup (exchanger));

  /* A name that cannot exist is nobody's. */
  normal = mw_domain_normalize (exchanger);
  if (g_strcmp0 (normal, exchanger) != 0)
    return candidates;

  matches = mw_provider_table_lookup_mx (self->table, exchanger);

  for (guint i = 0; matches != NULL && i < matches->len; i++)
    {
      MwProviderMatch *match = g_ptr_array_index (matches, i);

      mw_provider_candidates_add (candidates, match->provider, match->confirmed && i == 0,
                                  address, exchanger, MW_ORIGIN_MX);
      if (i == 0)
        set_detail (self, g_strdup_printf ("%s: %s", exchanger, match->provider->name));
    }

  if (matches == NULL)
    guess_servers (self, candidates, mw_address_get_domain (address), exchanger);

  return candidates;
}

static void
mw_source_mx_lookup_cb (GObject      *object,
                        GAsyncResult *result,
                        gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (user_data);
  MwSourceMx *self = g_task_get_source_object (task);
  g_autoptr(GPtrArray) candidates = NULL;
  g_autoptr(GError) error = NULL;
  g_auto(GStrv) names = NULL;

  names = mw_resolver_lookup_mx_finish (MW_RESOLVER (object), result, &error);
  if (g_task_return_error_if_cancelled (task))
    return;

  if (names == NULL && !g_error_matches (error, MW_PROBE_ERROR, MW_OUTCOME_DNS_NXDOMAIN))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  if (names != NULL && names[0] != NULL && *names[0] != '\0')
    candidates = find_servers (self, g_task_get_task_data (task), names[0]);
  else
    candidates = g_ptr_array_new_with_free_func ((GDestroyNotify) mw_candidate_unref);

  g_task_return_pointer (task,
                         g_steal_pointer (&candidates),
                         (GDestroyNotify) g_ptr_array_unref);
}

/* mail.com takes its mail through GMX, and many a domain through a filter:
 * what is known of the domain itself counts. */
static gboolean
is_known (MwSourceMx *self,
          MwAddress  *address)
{
  GPtrArray *matches =
    mw_provider_table_lookup_domain (self->table, mw_address_get_domain (address));

  return matches != NULL && ((MwProviderMatch *) g_ptr_array_index (matches, 0))->confirmed;
}

static MwOrigin
mw_source_mx_get_origin (MwSource *source)
{
  return MW_ORIGIN_MX;
}

static MwGrade
mw_source_mx_get_grade (MwSource *source)
{
  return MW_SOURCE_MX (source)->guessed ? MW_GRADE_D : MW_GRADE_A;
}

static void
mw_source_mx_find_async (MwSource            *source,
                         MwAddress           *address,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  MwSourceMx *self = MW_SOURCE_MX (source);
  g_autoptr(GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, mw_source_mx_find_async);
  g_task_set_task_data (task, mw_address_ref (address), (GDestroyNotify) mw_address_unref);
  set_detail (self, NULL);
  self->guessed = FALSE;

  if (is_known (self, address))
    {
      g_task_return_new_error (task, MW_PROBE_ERROR, MW_OUTCOME_NOT_NEEDED,
                               "the domain itself is known");
      return;
    }

  mw_resolver_lookup_mx_async (self->resolver,
                               mw_address_get_domain (address),
                               cancellable,
                               mw_source_mx_lookup_cb,
                               g_steal_pointer (&task));
}

static GPtrArray *
mw_source_mx_find_finish (MwSource      *source,
                          GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, mw_source_mx_find_async), NULL);
  g_return_val_if_fail (g_task_is_valid (result, source), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static char *
mw_source_mx_dup_detail (MwSource *source)
{
  return g_strdup (MW_SOURCE_MX (source)->detail);
}

static void
mw_source_mx_finalize (GObject *object)
{
  MwSourceMx *self = MW_SOURCE_MX (object);

  g_clear_object (&self->resolver);
  g_clear_pointer (&self->table, mw_provider_table_unref);
  g_free (self->detail);

  G_OBJECT_CLASS (mw_source_mx_parent_class)->finalize (object);
}

static void
mw_source_mx_iface_init (MwSourceInterface *iface)
{
  iface->get_origin = mw_source_mx_get_origin;
  iface->get_grade = mw_source_mx_get_grade;
  iface->find_async = mw_source_mx_find_async;
  iface->find_finish = mw_source_mx_find_finish;
  iface->dup_detail = mw_source_mx_dup_detail;
}

static void
mw_source_mx_class_init (MwSourceMxClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = mw_source_mx_finalize;
}

static void
mw_source_mx_init (MwSourceMx *self)
{
}

MwSource *
mw_source_mx_new (MwResolver      *resolver,
                  MwProviderTable *table)
{
  MwSourceMx *self;

  g_return_val_if_fail (MW_IS_RESOLVER (resolver), NULL);
  g_return_val_if_fail (table != NULL, NULL);

  self = g_object_new (MW_TYPE_SOURCE_MX, NULL);
  self->resolver = g_object_ref (resolver);
  self->table = mw_provider_table_ref (table);
  return MW_SOURCE (self);
}
