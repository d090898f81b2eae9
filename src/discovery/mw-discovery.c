/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "discovery/mw-discovery.h"

#include "core/mw-error.h"
#include "discovery/mw-guess-conditions.h"
#include "discovery/mw-ranking.h"
#include "discovery/mw-source-autoconfig.h"
#include "discovery/mw-source-guess.h"
#include "discovery/mw-source-http.h"
#include "discovery/mw-source-mx-documents.h"
#include "discovery/mw-source-mx.h"
#include "discovery/mw-source-pacc.h"
#include "discovery/mw-source-providers.h"
#include "discovery/mw-source-srv.h"

/* How long guesses wait for sources that deserve more trust. */
#define BETTER_SOURCES_MS 2500

/* imap., smtp. and mail. */
#define N_FIRST_HOSTS 3

/* One source and what it has said so far. */
typedef struct {
  MwSource       *source;
  GPtrArray      *found;
  MwSourceReport *report; /* NULL while it is out */
  gulong          found_id;
} Run;

struct _MwDiscovery
{
  GObject parent_instance;

  MwAddress         *address;
  gint64             started;
  guint              timer_id;
  gboolean           waited; /* better sources had their time */
  gboolean           better_sources_done;
  gboolean           conditions_checked;
  gboolean           finished;
  gboolean           has_fetch; /* documents are among the sources */
  gboolean           offline;

  /* Borrowed */
  MwSourceSrv       *srv;

  /* Owned */
  MwResolver        *resolver;
  MwProviderTable   *providers; /* may be NULL */
  GCancellable      *cancellable;
  GPtrArray         *runs;
  GPtrArray         *candidates[2]; /* by MwSide */
  GPtrArray         *reports;
  GPtrArray         *skipped; /* reports of sources that are not asked at all */
  GPtrArray         *conflicts;
  MwGuessConditions *conditions;
};

G_DEFINE_FINAL_TYPE (MwDiscovery, mw_discovery, G_TYPE_OBJECT)

enum {
  CANDIDATES_CHANGED,
  REPORTS_CHANGED,
  BETTER_SOURCES_DONE,
  FINISHED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static GPtrArray *
candidate_array_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) mw_candidate_unref);
}

static void
run_free (gpointer data)
{
  Run *run = data;

  g_signal_handler_disconnect (run->source, run->found_id);
  g_object_unref (run->source);
  g_ptr_array_unref (run->found);
  g_clear_pointer (&run->report, mw_source_report_unref);
  g_free (run);
}

static Run *
find_run (MwDiscovery *self,
          MwSource    *source)
{
  for (guint i = 0; i < self->runs->len; i++)
    {
      Run *run = g_ptr_array_index (self->runs, i);

      if (run->source == source)
        return run;
    }

  g_assert_not_reached ();
}

/* A service the domain says it does not offer is not guessed either. */
static gboolean
is_withdrawn (MwDiscovery *self,
              MwCandidate *candidate)
{
  MwEndpoint *endpoint = mw_candidate_get_endpoint (candidate);

  return mw_candidate_is_guess (candidate) &&
         mw_source_srv_is_refused (self->srv, mw_endpoint_get_service (endpoint));
}

static gboolean
refresh_candidates (MwDiscovery *self)
{
  g_autoptr(GPtrArray) all = candidate_array_new ();
  gboolean changed = FALSE;

  for (guint i = 0; i < self->runs->len; i++)
    {
      Run *run = g_ptr_array_index (self->runs, i);

      for (guint j = 0; j < run->found->len; j++)
        {
          MwCandidate *candidate = g_ptr_array_index (run->found, j);

          if (!is_withdrawn (self, candidate))
            g_ptr_array_add (all, mw_candidate_ref (candidate));
        }
    }

  for (int side = MW_SIDE_INCOMING; side <= MW_SIDE_OUTGOING; side++)
    {
      g_autoptr(GPtrArray) ordered = mw_ranking_order (all, side);

      if (mw_ranking_equal (ordered, self->candidates[side]))
        continue;

      g_ptr_array_unref (self->candidates[side]);
      self->candidates[side] = g_steal_pointer (&ordered);
      changed = TRUE;
    }

  g_ptr_array_unref (self->conflicts);
  self->conflicts = mw_conflict_find (all);

  return changed;
}

static int
compare_reports (gconstpointer a,
                 gconstpointer b)
{
  MwSourceReport * const *first = a;
  MwSourceReport * const *second = b;

  return (int) mw_source_report_get_origin (*first) - (int) mw_source_report_get_origin (*second);
}

static MwSourceReport *
dup_report (Run *run)
{
  if (run->report != NULL)
    return mw_source_report_ref (run->report);

  return mw_source_report_new (mw_source_get_origin (run->source),
                               mw_source_get_grade (run->source),
                               MW_SOURCE_OUTCOME_PENDING, MW_OUTCOME_WORKS, 0, NULL, 0);
}

static gboolean
is_first_of_origin (MwDiscovery *self,
                    Run         *run)
{
  for (guint i = 0; g_ptr_array_index (self->runs, i) != run; i++)
    {
      Run *other = g_ptr_array_index (self->runs, i);

      if (mw_source_get_origin (other->source) == mw_source_get_origin (run->source))
        return FALSE;
    }

  return TRUE;
}

/* Sources that people see as one have one report. */
static MwSourceReport *
join_reports (MwDiscovery *self,
              MwOrigin     origin)
{
  MwSourceReport *joined = NULL;

  for (guint i = 0; i < self->runs->len; i++)
    {
      Run *run = g_ptr_array_index (self->runs, i);
      g_autoptr(MwSourceReport) before = NULL;
      g_autoptr(MwSourceReport) report = NULL;

      if (mw_source_get_origin (run->source) != origin)
        continue;

      before = g_steal_pointer (&joined);
      report = dup_report (run);
      joined = before != NULL ? mw_source_report_merge (before, report)
                              : mw_source_report_ref (report);
    }

  return joined;
}

/* In an order that does not depend on who answers first. */
static void
refresh_reports (MwDiscovery *self)
{
  g_ptr_array_set_size (self->reports, 0);

  for (guint i = 0; i < self->runs->len; i++)
    {
      Run *run = g_ptr_array_index (self->runs, i);

      if (is_first_of_origin (self, run))
        g_ptr_array_add (self->reports, join_reports (self, mw_source_get_origin (run->source)));
    }
  for (guint i = 0; i < self->skipped->len; i++)
    g_ptr_array_add (self->reports,
                     mw_source_report_ref (g_ptr_array_index (self->skipped, i)));
  g_ptr_array_sort (self->reports, compare_reports);

  g_signal_emit (self, signals[REPORTS_CHANGED], 0);
}

static gboolean
better_source_is_out (MwDiscovery *self)
{
  for (guint i = 0; i < self->runs->len; i++)
    {
      Run *run = g_ptr_array_index (self->runs, i);

      if (run->report == NULL &&
          (mw_source_get_grade (run->source) <= MW_GRADE_C ||
           run->source == MW_SOURCE (self->srv)))
        return TRUE;
    }

  return FALSE;
}

static void
check_better_sources (MwDiscovery *self)
{
  if (self->better_sources_done || !self->conditions_checked ||
      g_cancellable_is_cancelled (self->cancellable) ||
      (!self->waited && better_source_is_out (self)))
    return;

  self->better_sources_done = TRUE;
  g_clear_handle_id (&self->timer_id, g_source_remove);
  g_signal_emit (self, signals[BETTER_SOURCES_DONE], 0);
}

static void
check_finished (MwDiscovery *self)
{
  if (self->finished || !self->conditions_checked)
    return;

  for (guint i = 0; i < self->runs->len; i++)
    {
      Run *run = g_ptr_array_index (self->runs, i);

      if (run->report == NULL)
        return;
    }

  self->finished = TRUE;
  g_clear_handle_id (&self->timer_id, g_source_remove);
  g_signal_emit (self, signals[FINISHED], 0);
}

static void
check_progress (MwDiscovery *self)
{
  check_better_sources (self);
  check_finished (self);
}

static gboolean
on_better_sources_timeout_cb (gpointer user_data)
{
  MwDiscovery *self = MW_DISCOVERY (user_data);

  self->timer_id = 0;
  self->waited = TRUE;
  check_better_sources (self);
  return G_SOURCE_REMOVE;
}

static void
on_source_found_cb (MwSource  *source,
                    GPtrArray *candidates,
                    gpointer   user_data)
{
  MwDiscovery *self = MW_DISCOVERY (user_data);
  Run *run = find_run (self, source);

  for (guint i = 0; i < candidates->len; i++)
    g_ptr_array_add (run->found, mw_candidate_ref (g_ptr_array_index (candidates, i)));

  if (refresh_candidates (self))
    g_signal_emit (self, signals[CANDIDATES_CHANGED], 0);
}

/* The guess source came back long ago when this is known; its line in the
 * report says why its hosts need a question. */
static void
explain_guesses (MwDiscovery *self)
{
  const char *objection = mw_guess_conditions_get_objection (self->conditions);

  for (guint i = 0; objection != NULL && i < self->runs->len; i++)
    {
      Run *run = g_ptr_array_index (self->runs, i);
      MwSourceReport *report = run->report;

      if (report == NULL ||
          mw_source_report_get_origin (report) != MW_ORIGIN_GUESS ||
          g_strcmp0 (mw_source_report_get_detail (report), objection) == 0)
        continue;

      run->report = mw_source_report_new (MW_ORIGIN_GUESS,
                                          mw_source_report_get_grade (report),
                                          mw_source_report_get_outcome (report),
                                          mw_source_report_get_cause (report),
                                          mw_source_report_get_n_servers (report),
                                          objection,
                                          mw_source_report_get_elapsed_us (report));
      mw_source_report_unref (report);
      refresh_reports (self);
    }
}

static void
mw_discovery_conditions_cb (GObject      *object,
                            GAsyncResult *result,
                            gpointer      user_data)
{
  g_autoptr(MwDiscovery) self = MW_DISCOVERY (user_data);

  self->conditions = mw_guess_conditions_check_finish (result, NULL);
  self->conditions_checked = TRUE;
  if (self->conditions != NULL)
    explain_guesses (self);

  check_progress (self);
}

static void
mw_discovery_find_cb (GObject      *object,
                      GAsyncResult *result,
                      gpointer      user_data)
{
  g_autoptr(MwDiscovery) self = MW_DISCOVERY (user_data);
  MwSource *source = MW_SOURCE (object);
  Run *run = find_run (self, source);
  g_autoptr(GPtrArray) found = NULL;
  g_autoptr(GError) error = NULL;

  found = mw_source_find_finish (source, result, &error);
  if (found != NULL)
    {
      g_ptr_array_unref (run->found);
      run->found = g_ptr_array_ref (found);
    }

  run->report = mw_source_make_report (source, found, error,
                                       g_get_monotonic_time () - self->started);

  if (refresh_candidates (self))
    g_signal_emit (self, signals[CANDIDATES_CHANGED], 0);
  refresh_reports (self);
  if (self->conditions != NULL)
    explain_guesses (self);

  check_progress (self);
}

/* GResolver answers ten questions at a time and the rest in turn, and answers
 * are shared: what the critical path needs is asked first, whoever will want
 * the answer. */
static void
ask_first (MwDiscovery         *self,
           const char * const  *hosts)
{
  static const char * const services[] = { "imaps", "submissions" };
  static const GSocketFamily families[] = { G_SOCKET_FAMILY_IPV4, G_SOCKET_FAMILY_IPV6 };
  const char *domain = mw_address_get_domain (self->address);
  g_autofree char *documents = g_strconcat ("autoconfig.", domain, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (families); i++)
    {
      for (gsize j = 0; j < N_FIRST_HOSTS && hosts[j] != NULL; j++)
        mw_resolver_lookup_addresses_async (self->resolver, hosts[j], families[i],
                                            self->cancellable, NULL, NULL);
    }

  for (gsize i = 0; self->has_fetch && i < G_N_ELEMENTS (families); i++)
    mw_resolver_lookup_addresses_async (self->resolver, documents, families[i],
                                        self->cancellable, NULL, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (services); i++)
    mw_resolver_lookup_srv_async (self->resolver, services[i], domain,
                                  self->cancellable, NULL, NULL);
}

/* What stands on this computer costs nothing to ask. */
static gboolean
is_local (MwSource *source)
{
  MwOrigin origin = mw_source_get_origin (source);

  return origin == MW_ORIGIN_PROVIDER || origin == MW_ORIGIN_LOCAL_FILE;
}

static void
start_local_sources (MwDiscovery *self)
{
  self->conditions_checked = TRUE;
  for (guint i = 0; i < self->runs->len; i++)
    {
      Run *run = g_ptr_array_index (self->runs, i);

      if (is_local (run->source))
        mw_source_find_async (run->source, self->address, self->cancellable,
                              mw_discovery_find_cb, g_object_ref (self));
      else
        run->report = mw_source_report_new (mw_source_get_origin (run->source),
                                            mw_source_get_grade (run->source),
                                            MW_SOURCE_OUTCOME_SKIPPED,
                                            MW_OUTCOME_OFFLINE, 0, NULL, 0);
    }
  refresh_reports (self);
}

static void
mw_discovery_dispose (GObject *object)
{
  MwDiscovery *self = MW_DISCOVERY (object);

  g_clear_handle_id (&self->timer_id, g_source_remove);
  g_clear_object (&self->resolver);
  g_clear_pointer (&self->providers, mw_provider_table_unref);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->runs, g_ptr_array_unref);

  G_OBJECT_CLASS (mw_discovery_parent_class)->dispose (object);
}

static void
mw_discovery_finalize (GObject *object)
{
  MwDiscovery *self = MW_DISCOVERY (object);

  g_clear_pointer (&self->address, mw_address_unref);
  g_clear_pointer (&self->candidates[MW_SIDE_INCOMING], g_ptr_array_unref);
  g_clear_pointer (&self->candidates[MW_SIDE_OUTGOING], g_ptr_array_unref);
  g_clear_pointer (&self->reports, g_ptr_array_unref);
  g_clear_pointer (&self->skipped, g_ptr_array_unref);
  g_clear_pointer (&self->conflicts, g_ptr_array_unref);
  g_clear_pointer (&self->conditions, mw_guess_conditions_unref);

  G_OBJECT_CLASS (mw_discovery_parent_class)->finalize (object);
}

static guint
new_signal (const char *name)
{
  return g_signal_new (name,
                       MW_TYPE_DISCOVERY,
                       G_SIGNAL_RUN_LAST,
                       0, NULL, NULL, NULL,
                       G_TYPE_NONE,
                       0);
}

static void
mw_discovery_class_init (MwDiscoveryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = mw_discovery_dispose;
  object_class->finalize = mw_discovery_finalize;

  signals[CANDIDATES_CHANGED] = new_signal ("candidates-changed");
  signals[REPORTS_CHANGED] = new_signal ("reports-changed");
  signals[BETTER_SOURCES_DONE] = new_signal ("better-sources-done");
  signals[FINISHED] = new_signal ("finished");
}

static void
mw_discovery_init (MwDiscovery *self)
{
  self->runs = g_ptr_array_new_with_free_func (run_free);
  self->candidates[MW_SIDE_INCOMING] = candidate_array_new ();
  self->candidates[MW_SIDE_OUTGOING] = candidate_array_new ();
  self->reports =
    g_ptr_array_new_with_free_func ((GDestroyNotify) mw_source_report_unref);
  self->skipped =
    g_ptr_array_new_with_free_func ((GDestroyNotify) mw_source_report_unref);
  self->conflicts = g_ptr_array_new ();
}

MwDiscovery *
mw_discovery_new (MwResolver *resolver)
{
  g_autoptr(MwSource) guess = NULL;
  g_autoptr(MwSource) srv = NULL;
  MwDiscovery *self;

  g_return_val_if_fail (MW_IS_RESOLVER (resolver), NULL);

  self = g_object_new (MW_TYPE_DISCOVERY, NULL);
  self->resolver = g_object_ref (resolver);

  guess = mw_source_guess_new ();
  srv = mw_source_srv_new (resolver);
  mw_discovery_add_source (self, guess);
  mw_discovery_add_source (self, srv);
  self->srv = MW_SOURCE_SRV (srv);
  return self;
}

void
mw_discovery_add_source (MwDiscovery *self,
                         MwSource    *source)
{
  Run *run;

  g_return_if_fail (MW_IS_DISCOVERY (self));
  g_return_if_fail (MW_IS_SOURCE (source));
  g_return_if_fail (self->address == NULL);

  run = g_new0 (Run, 1);
  run->source = g_object_ref (source);
  run->found = candidate_array_new ();
  run->found_id = g_signal_connect (source, "found", G_CALLBACK (on_source_found_cb), self);
  g_ptr_array_add (self->runs, run);
}

void
mw_discovery_skip_source (MwDiscovery *self,
                          MwOrigin     origin,
                          MwGrade      grade,
                          MwOutcome    cause)
{
  g_return_if_fail (MW_IS_DISCOVERY (self));
  g_return_if_fail (self->address == NULL);

  g_ptr_array_add (self->skipped,
                   mw_source_report_new (origin, grade, MW_SOURCE_OUTCOME_SKIPPED, cause,
                                         0, NULL, 0));
}

void
mw_discovery_set_providers (MwDiscovery     *self,
                            MwProviderTable *providers)
{
  g_autoptr(MwSource) listed = NULL;
  g_autoptr(MwSource) mx = NULL;

  g_return_if_fail (MW_IS_DISCOVERY (self));
  g_return_if_fail (providers != NULL);
  g_return_if_fail (self->providers == NULL);

  self->providers = mw_provider_table_ref (providers);
  listed = mw_source_providers_new (providers);
  mx = mw_source_mx_new (self->resolver, providers);
  mw_discovery_add_source (self, listed);
  mw_discovery_add_source (self, mx);
}

void
mw_discovery_choose_provider (MwDiscovery *self,
                              MwProvider  *provider)
{
  g_return_if_fail (MW_IS_DISCOVERY (self));
  g_return_if_fail (self->address == NULL);

  for (guint i = 0; i < self->runs->len; i++)
    {
      Run *run = g_ptr_array_index (self->runs, i);

      if (MW_IS_SOURCE_PROVIDERS (run->source))
        mw_source_providers_choose (MW_SOURCE_PROVIDERS (run->source), provider);
    }
}

void
mw_discovery_set_fetch (MwDiscovery *self,
                        MwHttpFetch *fetch,
                        gboolean     use_ispdb)
{
  g_autoptr(MwSource) autoconfig = NULL;
  g_autoptr(MwSource) pacc = NULL;
  g_autoptr(MwSource) mx_documents = NULL;

  g_return_if_fail (MW_IS_DISCOVERY (self));
  g_return_if_fail (MW_IS_HTTP_FETCH (fetch));

  self->has_fetch = TRUE;
  autoconfig = mw_source_autoconfig_new (self->resolver, fetch);
  mw_discovery_add_source (self, autoconfig);
  pacc = mw_source_pacc_new (self->resolver, fetch);
  mw_discovery_add_source (self, pacc);
  if (use_ispdb)
    {
      g_autoptr(MwSource) ispdb = mw_source_autoconfig_new_ispdb (self->resolver, fetch);

      mw_discovery_add_source (self, ispdb);
    }
  else
    {
      mw_discovery_skip_source (self, MW_ORIGIN_ISPDB, MW_GRADE_C, MW_OUTCOME_CONSENT_NEEDED);
    }

  mx_documents = mw_source_mx_documents_new (self->resolver, fetch, self->providers, use_ispdb);
  mw_discovery_add_source (self, mx_documents);

  if (mw_http_fetch_get_allow_plain (fetch))
    {
      g_autoptr(MwSource) http =
        mw_source_http_new (self->resolver, fetch, MW_SOURCE_AUTOCONFIG (autoconfig));

      mw_discovery_add_source (self, http);
    }
}

void
mw_discovery_set_offline (MwDiscovery *self,
                          gboolean     offline)
{
  g_return_if_fail (MW_IS_DISCOVERY (self));
  g_return_if_fail (self->address == NULL);

  self->offline = offline;
}

void
mw_discovery_start (MwDiscovery  *self,
                    MwAddress    *address,
                    GCancellable *cancellable)
{
  g_auto(GStrv) hosts = NULL;

  g_return_if_fail (MW_IS_DISCOVERY (self));
  g_return_if_fail (address != NULL);
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));
  g_return_if_fail (self->address == NULL);

  self->address = mw_address_ref (address);
  self->cancellable = cancellable != NULL ? g_object_ref (cancellable) : NULL;
  self->started = g_get_monotonic_time ();
  if (self->offline)
    {
      start_local_sources (self);
      return;
    }

  self->timer_id = g_timeout_add (BETTER_SOURCES_MS, on_better_sources_timeout_cb, self);

  hosts = mw_source_guess_dup_hosts (mw_address_get_domain (address));
  ask_first (self, (const char * const *) hosts);
  mw_guess_conditions_check_async (self->resolver,
                                   mw_address_get_domain (address),
                                   (const char * const *) hosts,
                                   self->providers,
                                   self->cancellable,
                                   mw_discovery_conditions_cb,
                                   g_object_ref (self));

  for (guint i = 0; i < self->runs->len; i++)
    {
      Run *run = g_ptr_array_index (self->runs, i);

      mw_source_find_async (run->source,
                            address,
                            self->cancellable,
                            mw_discovery_find_cb,
                            g_object_ref (self));
    }
  refresh_reports (self);
}

GPtrArray *
mw_discovery_get_candidates (MwDiscovery *self,
                             MwSide       side)
{
  g_return_val_if_fail (MW_IS_DISCOVERY (self), NULL);
  g_return_val_if_fail (side == MW_SIDE_INCOMING || side == MW_SIDE_OUTGOING, NULL);

  return self->candidates[side];
}

GPtrArray *
mw_discovery_get_reports (MwDiscovery *self)
{
  g_return_val_if_fail (MW_IS_DISCOVERY (self), NULL);

  return self->reports;
}

GPtrArray *
mw_discovery_get_conflicts (MwDiscovery *self)
{
  g_return_val_if_fail (MW_IS_DISCOVERY (self), NULL);

  return self->conflicts;
}

gboolean
mw_discovery_get_better_sources_done (MwDiscovery *self)
{
  g_return_val_if_fail (MW_IS_DISCOVERY (self), FALSE);

  return self->better_sources_done;
}

gboolean
mw_discovery_is_finished (MwDiscovery *self)
{
  g_return_val_if_fail (MW_IS_DISCOVERY (self), FALSE);

  return self->finished;
}

gboolean
mw_discovery_get_guess_conditions (MwDiscovery *self,
                                   const char  *host)
{
  g_return_val_if_fail (MW_IS_DISCOVERY (self), FALSE);
  g_return_val_if_fail (host != NULL, FALSE);

  return self->conditions != NULL && mw_guess_conditions_hold (self->conditions, host);
}

gboolean
mw_discovery_is_refused (MwDiscovery *self,
                         const char  *service)
{
  g_return_val_if_fail (MW_IS_DISCOVERY (self), FALSE);
  g_return_val_if_fail (service != NULL, FALSE);

  return self->srv != NULL && mw_source_srv_is_refused (self->srv, service);
}
