/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "discovery/mw-source-srv.h"

#include "core/mw-domain.h"
#include "core/mw-error.h"

struct _MwSourceSrv
{
  GObject parent_instance;

  /* Owned */
  MwResolver *resolver;
  GHashTable *refused; /* service names, static */
};

typedef struct {
  const char *name;
  MwProtocol  protocol;
  MwSecurity  security;
} Service;

/* In the order of asking: the two a modern provider publishes first. */
static const Service services[] = {
  { "imaps", MW_PROTOCOL_IMAP, MW_SECURITY_TLS },
  { "submissions", MW_PROTOCOL_SMTP, MW_SECURITY_TLS },
  { "submission", MW_PROTOCOL_SMTP, MW_SECURITY_STARTTLS },
  { "imap", MW_PROTOCOL_IMAP, MW_SECURITY_STARTTLS },
  { "pop3s", MW_PROTOCOL_POP3, MW_SECURITY_TLS },
  { "pop3", MW_PROTOCOL_POP3, MW_SECURITY_STARTTLS },
};

/* The rank of a candidate holds the priority and, below it, the place among
 * the targets of its service, which the resolver has sorted by priority and
 * weight (RFC 2782). */
#define PLACES 64

static void mw_source_srv_iface_init (MwSourceInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (MwSourceSrv, mw_source_srv, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (MW_TYPE_SOURCE, mw_source_srv_iface_init))

typedef struct {
  GPtrArray *found;
  guint      pending;
  GError    *error; /* the first look-up that got no answer */
} Search;

typedef struct {
  GTask         *task;
  const Service *service;
} Question;

static void
search_free (gpointer data)
{
  Search *search = data;

  g_ptr_array_unref (search->found);
  g_clear_error (&search->error);
  g_free (search);
}

static gboolean
target_is_refusal (GSrvTarget *target)
{
  const char *host = g_srv_target_get_hostname (target);

  return *host == '\0' || g_str_equal (host, ".");
}

static GPtrArray *
read_targets (const Service *service,
              GPtrArray     *targets)
{
  GPtrArray *candidates;

  candidates = g_ptr_array_new_with_free_func ((GDestroyNotify) mw_candidate_unref);

  for (guint i = 0; i < targets->len; i++)
    {
      GSrvTarget *target = g_ptr_array_index (targets, i);
      g_autofree char *host = mw_domain_normalize (g_srv_target_get_hostname (target));
      g_autoptr(MwEndpoint) endpoint = NULL;

      if (host == NULL || g_srv_target_get_port (target) == 0)
        continue;

      endpoint = mw_endpoint_new (service->protocol,
                                  service->security,
                                  host,
                                  g_srv_target_get_port (target));
      g_ptr_array_add (candidates,
                       mw_candidate_new (endpoint,
                                         MW_ORIGIN_SRV,
                                         MW_GRADE_D,
                                         NULL,
                                         MW_AUTH_UNKNOWN,
                                         g_srv_target_get_priority (target) * PLACES +
                                         (int) MIN (i, PLACES - 1)));
    }

  return candidates;
}

static void
finish_search (GTask  *task,
               Search *search)
{
  if (g_task_return_error_if_cancelled (task))
    return;

  if (search->found->len == 0 && search->error != NULL)
    g_task_return_error (task, g_steal_pointer (&search->error));
  else
    g_task_return_pointer (task,
                           g_ptr_array_ref (search->found),
                           (GDestroyNotify) g_ptr_array_unref);
}

static void
take_targets (MwSourceSrv   *self,
              Search        *search,
              const Service *service,
              GPtrArray     *targets)
{
  g_autoptr(GPtrArray) candidates = read_targets (service, targets);

  /* Only a lone "." means "not offered"; beside others it means nothing. */
  if (targets->len == 1 && target_is_refusal (g_ptr_array_index (targets, 0)))
    g_hash_table_add (self->refused, (gpointer) service->name);

  for (guint i = 0; i < candidates->len; i++)
    g_ptr_array_add (search->found,
                     mw_candidate_ref (g_ptr_array_index (candidates, i)));

  mw_source_found (MW_SOURCE (self), candidates);
}

static void
mw_source_srv_lookup_cb (GObject      *object,
                         GAsyncResult *result,
                         gpointer      user_data)
{
  g_autofree Question *question = user_data;
  g_autoptr(GTask) task = g_steal_pointer (&question->task);
  g_autoptr(GPtrArray) targets = NULL;
  g_autoptr(GError) error = NULL;
  Search *search = g_task_get_task_data (task);

  targets = mw_resolver_lookup_srv_finish (MW_RESOLVER (object), result, &error);

  if (targets != NULL && !g_cancellable_is_cancelled (g_task_get_cancellable (task)))
    take_targets (g_task_get_source_object (task), search, question->service, targets);
  else if (targets == NULL && search->error == NULL &&
           !g_error_matches (error, MW_PROBE_ERROR, MW_OUTCOME_DNS_NXDOMAIN))
    search->error = g_steal_pointer (&error);

  search->pending--;
  if (search->pending == 0)
    finish_search (task, search);
}

static MwOrigin
mw_source_srv_get_origin (MwSource *source)
{
  return MW_ORIGIN_SRV;
}

static MwGrade
mw_source_srv_get_grade (MwSource *source)
{
  return MW_GRADE_D;
}

static void
mw_source_srv_find_async (MwSource            *source,
                          MwAddress           *address,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  MwSourceSrv *self = MW_SOURCE_SRV (source);
  g_autoptr(GTask) task = g_task_new (self, cancellable, callback, user_data);
  Search *search = g_new0 (Search, 1);

  g_task_set_source_tag (task, mw_source_srv_find_async);
  search->found = g_ptr_array_new_with_free_func ((GDestroyNotify) mw_candidate_unref);
  search->pending = G_N_ELEMENTS (services);
  g_task_set_task_data (task, search, search_free);
  g_hash_table_remove_all (self->refused);

  for (gsize i = 0; i < G_N_ELEMENTS (services); i++)
    {
      Question *question = g_new0 (Question, 1);

      question->task = g_object_ref (task);
      question->service = &services[i];
      mw_resolver_lookup_srv_async (self->resolver,
                                    services[i].name,
                                    mw_address_get_domain (address),
                                    cancellable,
                                    mw_source_srv_lookup_cb,
                                    question);
    }
}

static GPtrArray *
mw_source_srv_find_finish (MwSource      *source,
                           GAsyncResult  *result,
                           GError       **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, mw_source_srv_find_async), NULL);
  g_return_val_if_fail (g_task_is_valid (result, source), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static char *
mw_source_srv_dup_detail (MwSource *source)
{
  MwSourceSrv *self = MW_SOURCE_SRV (source);
  g_autoptr(GString) text = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (services); i++)
    {
      if (g_hash_table_contains (self->refused, services[i].name))
        g_string_append_printf (text, "%s%s",
                                text->len == 0 ? "not offered: " : ", ",
                                services[i].name);
    }

  return text->len > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}

static void
mw_source_srv_finalize (GObject *object)
{
  MwSourceSrv *self = MW_SOURCE_SRV (object);

  g_clear_object (&self->resolver);
  g_clear_pointer (&self->refused, g_hash_table_unref);

  G_OBJECT_CLASS (mw_source_srv_parent_class)->finalize (object);
}

static void
mw_source_srv_iface_init (MwSourceInterface *iface)
{
  iface->get_origin = mw_source_srv_get_origin;
  iface->get_grade = mw_source_srv_get_grade;
  iface->find_async = mw_source_srv_find_async;
  iface->find_finish = mw_source_srv_find_finish;
  iface->dup_detail = mw_source_srv_dup_detail;
}

static void
mw_source_srv_class_init (MwSourceSrvClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = mw_source_srv_finalize;
}

static void
mw_source_srv_init (MwSourceSrv *self)
{
  self->refused = g_hash_table_new (g_str_hash, g_str_equal);
}

MwSource *
mw_source_srv_new (MwResolver *resolver)
{
  MwSourceSrv *self;

  g_return_val_if_fail (MW_IS_RESOLVER (resolver), NULL);

  self = g_object_new (MW_TYPE_SOURCE_SRV, NULL);
  self->resolver = g_object_ref (resolver);
  return MW_SOURCE (self);
}

gboolean
mw_source_srv_is_refused (MwSourceSrv *self,
                          const char  *service)
{
  g_return_val_if_fail (MW_IS_SOURCE_SRV (self), FALSE);
  g_return_val_if_fail (service != NULL, FALSE);

  return g_hash_table_contains (self->refused, service);
}

guint
mw_source_srv_get_priority (MwCandidate *candidate)
{
  g_return_val_if_fail (candidate != NULL, 0);

  return (guint) mw_candidate_get_rank (candidate) / PLACES;
}
