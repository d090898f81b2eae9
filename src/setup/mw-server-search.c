/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "setup/mw-server-search.h"

#include "discovery/mw-discovery.h"
#include "setup/mw-engine-private.h"

#define LOOK_UP_MS 5000

struct _MwServerSearch
{
  GObject parent_instance;

  /* Owned */
  MwEngine    *engine;
  MwAddress   *address;
  MwResolver  *resolver;
  MwDiscovery *discovery;
  GTask       *task;
  GHashTable  *hosts;         /* set of guessed hosts that exist */
  GPtrArray   *candidates[2]; /* by MwSide, element MwCandidate */
  GPtrArray   *reports;       /* element MwSourceReport */
  GPtrArray   *conflicts;     /* element MwConflict */

  gint64       started_us;
  gint64       elapsed_us;
  guint        unanswered;
  gboolean     offline;
};

G_DEFINE_FINAL_TYPE (MwServerSearch, mw_server_search, G_TYPE_OBJECT)

typedef struct {
  MwServerSearch *search; /* owned */
  char           *host;
} Question;

static void
question_free (Question *question)
{
  g_object_unref (question->search);
  g_free (question->host);
  g_free (question);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Question, question_free)

static GPtrArray *
candidate_array_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) mw_candidate_unref);
}

static void
return_result (MwServerSearch *self)
{
  g_autoptr(GTask) task = g_steal_pointer (&self->task);

  self->elapsed_us = g_get_monotonic_time () - self->started_us;
  if (!g_task_return_error_if_cancelled (task))
    g_task_return_boolean (task, TRUE);
}

/* A name that nobody has is no find. */
static gboolean
is_only_a_guess (MwServerSearch *self,
                 MwCandidate    *candidate)
{
  const char *host = mw_endpoint_get_host (mw_candidate_get_endpoint (candidate));

  return mw_candidate_is_guess (candidate) && !g_hash_table_contains (self->hosts, host);
}

static void
take_candidates (MwServerSearch *self)
{
  for (int side = MW_SIDE_INCOMING; side <= MW_SIDE_OUTGOING; side++)
    {
      GPtrArray *found = mw_discovery_get_candidates (self->discovery, side);

      for (guint i = 0; i < found->len; i++)
        {
          if (!is_only_a_guess (self, found->pdata[i]))
            g_ptr_array_add (self->candidates[side], mw_candidate_ref (found->pdata[i]));
        }
    }
}

static gboolean
has_candidate_of (MwServerSearch *self,
                  MwOrigin        origin)
{
  for (int side = MW_SIDE_INCOMING; side <= MW_SIDE_OUTGOING; side++)
    {
      for (guint i = 0; i < self->candidates[side]->len; i++)
        {
          if (mw_candidate_get_origins (self->candidates[side]->pdata[i]) & (1u << origin))
            return TRUE;
        }
    }

  return FALSE;
}

/* A source whose names nobody has found nothing. */
static gboolean
found_names_only (MwServerSearch *self,
                  MwSourceReport *report)
{
  MwOrigin origin = mw_source_report_get_origin (report);

  return (origin == MW_ORIGIN_GUESS || origin == MW_ORIGIN_MX) && !self->offline &&
         mw_source_report_get_outcome (report) == MW_SOURCE_OUTCOME_FOUND &&
         !has_candidate_of (self, origin);
}

static void
take_reports (MwServerSearch *self)
{
  GPtrArray *reports = mw_discovery_get_reports (self->discovery);

  for (guint i = 0; i < reports->len; i++)
    {
      MwSourceReport *report = reports->pdata[i];

      if (found_names_only (self, report))
        g_ptr_array_add (self->reports,
                         mw_source_report_new (mw_source_report_get_origin (report),
                                               mw_source_report_get_grade (report),
                                               MW_SOURCE_OUTCOME_NOTHING,
                                               MW_OUTCOME_WORKS, 0,
                                               mw_source_report_get_detail (report),
                                               mw_source_report_get_elapsed_us (report)));
      else
        g_ptr_array_add (self->reports, mw_source_report_ref (report));
    }
}

static void
finish (MwServerSearch *self)
{
  take_candidates (self);
  take_reports (self);
  g_ptr_array_unref (self->conflicts);
  self->conflicts = g_ptr_array_ref (mw_discovery_get_conflicts (self->discovery));
  return_result (self);
}

static void
on_addresses_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(Question) question = user_data;
  g_autoptr(GPtrArray) addresses = NULL;
  MwServerSearch *self = question->search;

  addresses = mw_resolver_lookup_addresses_finish (MW_RESOLVER (object), result, NULL);
  if (addresses != NULL)
    g_hash_table_add (self->hosts, g_strdup (question->host));
  if (--self->unanswered == 0)
    finish (self);
}

static void
ask_for_host (MwServerSearch *self,
              const char     *host,
              GSocketFamily   family)
{
  Question *question = g_new0 (Question, 1);

  question->search = g_object_ref (self);
  question->host = g_strdup (host);
  self->unanswered++;
  mw_resolver_lookup_addresses_async (self->resolver, host, family,
                                      g_task_get_cancellable (self->task),
                                      on_addresses_cb, question);
}

static GHashTable *
get_guessed_hosts (MwServerSearch *self)
{
  GHashTable *hosts = g_hash_table_new (g_str_hash, g_str_equal);

  for (int side = MW_SIDE_INCOMING; side <= MW_SIDE_OUTGOING; side++)
    {
      GPtrArray *found = mw_discovery_get_candidates (self->discovery, side);

      for (guint i = 0; i < found->len; i++)
        {
          if (mw_candidate_is_guess (found->pdata[i]))
            g_hash_table_add (hosts, (char *) mw_endpoint_get_host (
                                       mw_candidate_get_endpoint (found->pdata[i])));
        }
    }

  return hosts;
}

/* The sources are back. Most names have been asked for by them. */
static void
on_finished_cb (MwServerSearch *self)
{
  g_autoptr(GHashTable) hosts = get_guessed_hosts (self);
  GHashTableIter iter;
  gpointer host;

  g_hash_table_iter_init (&iter, hosts);
  while (!self->offline && g_hash_table_iter_next (&iter, &host, NULL))
    {
      ask_for_host (self, host, G_SOCKET_FAMILY_IPV4);
      ask_for_host (self, host, G_SOCKET_FAMILY_IPV6);
    }
  if (self->unanswered == 0)
    finish (self);
}

static void
mw_server_search_dispose (GObject *object)
{
  MwServerSearch *self = MW_SERVER_SEARCH (object);

  if (self->discovery != NULL)
    g_signal_handlers_disconnect_by_data (self->discovery, self);
  g_clear_object (&self->discovery);
  g_clear_object (&self->resolver);
  g_clear_object (&self->engine);

  G_OBJECT_CLASS (mw_server_search_parent_class)->dispose (object);
}

static void
mw_server_search_finalize (GObject *object)
{
  MwServerSearch *self = MW_SERVER_SEARCH (object);

  mw_address_unref (self->address);
  g_hash_table_unref (self->hosts);
  for (guint side = 0; side < 2; side++)
    g_ptr_array_unref (self->candidates[side]);
  g_ptr_array_unref (self->reports);
  g_ptr_array_unref (self->conflicts);

  G_OBJECT_CLASS (mw_server_search_parent_class)->finalize (object);
}

static void
mw_server_search_class_init (MwServerSearchClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = mw_server_search_dispose;
  object_class->finalize = mw_server_search_finalize;
}

static void
mw_server_search_init (MwServerSearch *self)
{
  self->hosts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint side = 0; side < 2; side++)
    self->candidates[side] = candidate_array_new ();
  self->reports = g_ptr_array_new_with_free_func ((GDestroyNotify) mw_source_report_unref);
  self->conflicts = g_ptr_array_new ();
}

MwServerSearch *
mw_server_search_new (MwEngine  *engine,
                      MwAddress *address)
{
  MwServerSearch *self;

  g_return_val_if_fail (MW_IS_ENGINE (engine), NULL);
  g_return_val_if_fail (address != NULL, NULL);

  self = g_object_new (MW_TYPE_SERVER_SEARCH, NULL);
  self->engine = g_object_ref (engine);
  self->address = mw_address_ref (address);
  return self;
}

void
mw_server_search_run_async (MwServerSearch      *self,
                            gboolean             offline,
                            gboolean             use_ispdb,
                            guint                timeout,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  g_return_if_fail (MW_IS_SERVER_SEARCH (self));
  g_return_if_fail (self->started_us == 0);

  self->task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (self->task, mw_server_search_run_async);
  self->started_us = g_get_monotonic_time ();
  self->offline = offline;
  self->resolver = mw_resolver_new (timeout > 0 ? timeout * 1000 : LOOK_UP_MS);
  self->discovery = mw_engine_make_discovery (self->engine, self->resolver, use_ispdb);
  mw_discovery_set_offline (self->discovery, offline);
  g_signal_connect_swapped (self->discovery, "finished", G_CALLBACK (on_finished_cb), self);
  mw_discovery_start (self->discovery, self->address, cancellable);
}

gboolean
mw_server_search_run_finish (MwServerSearch  *self,
                             GAsyncResult    *result,
                             GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, mw_server_search_run_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

MwAddress *
mw_server_search_get_address (MwServerSearch *self)
{
  g_return_val_if_fail (MW_IS_SERVER_SEARCH (self), NULL);

  return self->address;
}

GPtrArray *
mw_server_search_get_reports (MwServerSearch *self)
{
  g_return_val_if_fail (MW_IS_SERVER_SEARCH (self), NULL);

  return self->reports;
}

GPtrArray *
mw_server_search_get_candidates (MwServerSearch *self,
                                 MwSide          side)
{
  g_return_val_if_fail (MW_IS_SERVER_SEARCH (self), NULL);

  return self->candidates[side];
}

GPtrArray *
mw_server_search_get_conflicts (MwServerSearch *self)
{
  g_return_val_if_fail (MW_IS_SERVER_SEARCH (self), NULL);

  return self->conflicts;
}

MwProvider *
mw_server_search_get_provider (MwServerSearch *self)
{
  GPtrArray *candidates;
  MwProvider *found = NULL;
  MwProvider *listed;

  g_return_val_if_fail (MW_IS_SERVER_SEARCH (self), NULL);

  candidates = self->candidates[MW_SIDE_INCOMING];
  if (candidates->len > 0)
    found = mw_candidate_get_provider (candidates->pdata[0]);
  if (found != NULL && mw_provider_is_listed (found))
    return found;

  listed = mw_engine_lookup_provider (self->engine, mw_address_get_domain (self->address));
  if (listed != NULL)
    return listed;

  /* What a document says holds whoever named the server that comes first. */
  for (guint i = 0; found == NULL && i < candidates->len; i++)
    found = mw_candidate_get_provider (candidates->pdata[i]);

  return found;
}

gint64
mw_server_search_get_elapsed_us (MwServerSearch *self)
{
  g_return_val_if_fail (MW_IS_SERVER_SEARCH (self), 0);

  return self->elapsed_us;
}
