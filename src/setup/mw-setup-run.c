/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include <string.h>

#include "discovery/mw-ranking.h"
#include "setup/mw-browser-sign-in.h"
#include "setup/mw-diagnosis.h"
#include "setup/mw-engine-private.h"
#include "setup/mw-setup-private.h"

/* Longer than any look-up should take, shorter than patience. */
#define LOOK_UP_MS 5000

/* A name server in the own network either knows or cannot ask anybody. */
#define OFFLINE_LOOK_UP_MS 1500

static MwVerdict *
dup_decided (MwSetup *self,
             MwSide   side)
{
  MwVerdict *verdict = mw_prober_get_verdict (self->prober, side);

  return verdict != NULL ? mw_verdict_ref (verdict) : NULL;
}

static void
collect_verdicts (MwSetup *self)
{
  g_clear_pointer (&self->verdicts, g_ptr_array_unref);
  self->verdicts = mw_prober_dup_verdicts (self->prober);
  for (guint side = 0; side < 2; side++)
    {
      if (self->proved[side])
        continue;
      g_clear_pointer (&self->decided[side], mw_verdict_unref);
      self->decided[side] = dup_decided (self, side);
    }
  self->elapsed_us = g_get_monotonic_time () - self->started_us;
}

static void
on_prober_changed_cb (MwSetup *self)
{
  collect_verdicts (self);
  g_signal_emit_by_name (self, "changed");
}

void
mw_setup_end_run (MwSetup *self)
{
  g_autoptr(MwProber) prober = g_steal_pointer (&self->prober);
  g_autoptr(MwDiscovery) discovery = g_steal_pointer (&self->discovery);

  if (prober != NULL)
    g_signal_handlers_disconnect_by_data (prober, self);
  if (discovery != NULL)
    g_signal_handlers_disconnect_by_data (discovery, self);
  if (self->searching != NULL)
    g_cancellable_cancel (self->searching);
  g_clear_object (&self->searching);
  g_clear_object (&self->resolver);
}

/* The probe that decided. When both sides fail, the receiving one. */
static MwVerdict *
find_decisive (MwSetup   *self,
               MwOutcome  outcome)
{
  MwVerdict *incoming = self->decided[MW_SIDE_INCOMING];
  MwVerdict *outgoing = self->decided[MW_SIDE_OUTGOING];

  if (incoming != NULL && !mw_setup_verdict_works (incoming))
    return incoming;

  return outgoing == NULL && outcome == MW_OUTCOME_WORKS ? incoming : outgoing;
}

/* Sending has a password of its own, but nobody gave it. Stopping before the
 * log-in would look like a proof. */
static gboolean
lacks_password (MwSetup *self)
{
  return self->log_in && !self->browser_sign_in && self->outgoing_authentication &&
         !self->receive_only && !self->proved[MW_SIDE_OUTGOING] && !self->same_credentials &&
         self->secrets[MW_SIDE_OUTGOING] == NULL;
}

static gboolean
is_auth_chosen (MwSetup   *self,
                MwVerdict *verdict)
{
  MwSide side;

  if (verdict == NULL)
    return FALSE;

  side = mw_endpoint_get_side (mw_candidate_get_endpoint (verdict->candidate));
  return self->auth[side] != MW_AUTH_UNKNOWN;
}

static void
explain (MwSetup   *self,
         MwOutcome  outcome)
{
  const MwAdviceFacts facts = {
    .address = self->address,
    .verdict = find_decisive (self, outcome),
    .hosts = (const char * const *) self->consent_hosts,
    .provider = mw_setup_get_provider (self),
    .receiving_works = mw_setup_verdict_works (self->decided[MW_SIDE_INCOMING]),
    .own_password = !self->same_credentials,
    .password_missing = lacks_password (self),
    .browser_sign_in = self->browser_sign_in,
    .browser_programs = mw_browser_sign_in_find_for_setup (self),
    .auth_chosen = is_auth_chosen (self, find_decisive (self, outcome)),
  };

  g_clear_pointer (&self->advice, mw_advice_free);
  self->advice = mw_advice_for_outcome (outcome, &facts);
}

/* Who has not answered when the run ends is not waited for. */
static void
close_reports (MwSetup *self)
{
  for (guint i = 0; i < self->reports->len; i++)
    {
      MwSourceReport *report = self->reports->pdata[i];

      if (mw_source_report_get_outcome (report) != MW_SOURCE_OUTCOME_PENDING)
        continue;

      self->reports->pdata[i] =
        mw_source_report_new (mw_source_report_get_origin (report),
                              mw_source_report_get_grade (report),
                              MW_SOURCE_OUTCOME_SKIPPED, MW_OUTCOME_CANCELLED, 0,
                              "not waited for",
                              g_get_monotonic_time () - self->started_us);
      mw_source_report_unref (report);
    }
}

static void
return_result (MwSetup   *self,
               MwOutcome  outcome)
{
  g_autoptr(GTask) task = g_steal_pointer (&self->task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  gboolean works = outcome == MW_OUTCOME_WORKS;
  gboolean stale = self->stale[MW_SIDE_INCOMING] || self->stale[MW_SIDE_OUTGOING];

  g_cancellable_disconnect (cancellable, self->cancelled_id);
  self->cancelled_id = 0;

  self->outcome = outcome;
  explain (self, outcome);
  mw_setup_mention_network (self);

  mw_setup_end_run (self);
  close_reports (self);
  /* What was entered meanwhile has not been tried. */
  mw_setup_set_state (self, works ? (stale ? MW_SETUP_STATE_IDLE : MW_SETUP_STATE_VERIFIED)
                         : outcome == MW_OUTCOME_CONSENT_NEEDED ? MW_SETUP_STATE_QUESTION
                                                                : MW_SETUP_STATE_PROBLEM);
  g_signal_emit_by_name (self, "changed");
  g_task_return_boolean (task, works);
}

static MwOutcome
refine_outcome (MwSetup   *self,
                MwOutcome  outcome)
{
  gboolean by_hand = self->servers[MW_SIDE_INCOMING] != NULL ||
                     self->servers[MW_SIDE_OUTGOING] != NULL;

  return mw_diagnosis_refine (outcome, find_decisive (self, outcome),
                              mw_setup_get_provider (self), by_hand);
}

/* What the provider tells POP3 programs is better than what nobody chose. */
static void
take_pop_options (MwSetup *self)
{
  MwVerdict *verdict = self->decided[MW_SIDE_INCOMING];
  MwProvider *provider;

  if (self->pop_entered || !self->domain_typed || !mw_setup_verdict_works (verdict) ||
      mw_endpoint_get_protocol (mw_candidate_get_endpoint (verdict->candidate)) !=
      MW_PROTOCOL_POP3)
    return;

  provider = mw_candidate_get_provider (verdict->candidate);
  g_object_set (self,
                "leave-on-server", provider == NULL || provider->leave_on_server != 0,
                "delete-after-days", provider != NULL ? provider->days_on_server : 0,
                NULL);
  self->pop_entered = FALSE;
}

/* Servers for receiving in the other way that were ready for the password when
 * it was no longer needed, and could have had it without a question. */
static void
collect_alternatives (MwSetup *self)
{
  MwVerdict *decided = self->decided[MW_SIDE_INCOMING];
  MwProtocol protocol;

  g_ptr_array_set_size (self->alternatives, 0);
  if (!mw_setup_verdict_works (decided))
    return;

  protocol = mw_endpoint_get_protocol (mw_candidate_get_endpoint (decided->candidate));
  for (guint i = 0; i < self->verdicts->len; i++)
    {
      MwVerdict *verdict = g_ptr_array_index (self->verdicts, i);
      MwEndpoint *endpoint = mw_candidate_get_endpoint (verdict->candidate);
      MwService *service;

      if (mw_endpoint_get_side (endpoint) != MW_SIDE_INCOMING ||
          mw_endpoint_get_protocol (endpoint) == protocol ||
          verdict->outcome != MW_OUTCOME_NOT_NEEDED || verdict->stage < MW_STAGE_CAPABILITY ||
          verdict->tls == NULL || !mw_tls_facts_get_trusted (verdict->tls) ||
          mw_setup_decide_host (verdict->candidate, verdict->tls, FALSE, self) !=
          MW_HOST_DECISION_SILENT)
        continue;

      service = self->browser_sign_in
                  ? mw_service_new (endpoint, mw_address_get_text (self->address),
                                    MW_AUTH_OAUTH2, NULL)
                  : mw_service_new (endpoint, decided->user_name, MW_AUTH_PLAIN, NULL);
      g_ptr_array_add (self->alternatives, service);
    }
}

static void
on_prober_finished_cb (MwSetup *self)
{
  MwOutcome outcome = mw_prober_get_outcome (self->prober);

  collect_verdicts (self);
  collect_alternatives (self);
  g_clear_pointer (&self->presentations, g_hash_table_unref);
  self->presentations =
    g_hash_table_ref (mw_attempt_budget_get_counts (mw_prober_get_budget (self->prober)));
  self->verified_us = mw_prober_get_verified_us (self->prober);
  g_strfreev (self->consent_hosts);
  self->consent_hosts = g_strdupv ((char **) mw_prober_get_consent_hosts (self->prober));

  for (guint side = 0; side < 2; side++)
    {
      if (mw_setup_verdict_works (self->decided[side]) && self->log_in && !self->stale[side])
        self->proved[side] = TRUE;
    }

  take_pop_options (self);
  if (outcome == MW_OUTCOME_WORKS && lacks_password (self))
    outcome = MW_OUTCOME_SEND_AUTH_REQUIRED;
  return_result (self, mw_setup_blame_network (self, refine_outcome (self, outcome)));
}

static void
on_reports_changed_cb (MwSetup *self)
{
  GPtrArray *reports = mw_discovery_get_reports (self->discovery);

  g_ptr_array_set_size (self->reports, 0);
  for (guint i = 0; i < reports->len; i++)
    g_ptr_array_add (self->reports, mw_source_report_ref (reports->pdata[i]));
  g_ptr_array_unref (self->conflicts);
  self->conflicts = g_ptr_array_ref (mw_discovery_get_conflicts (self->discovery));
  g_signal_emit_by_name (self, "changed");
}

/* A mail program signs in only at servers it knows the page of. What is saved
 * came out of one. */
static gboolean
is_sign_in_place (MwSetup    *self,
                  MwEndpoint *endpoint)
{
  MwSide side = mw_endpoint_get_side (endpoint);
  MwService *saved = self->saved != NULL ? mw_profile_get_service (self->saved, side) : NULL;

  return !self->browser_sign_in || mw_browser_sign_in_find_programs (endpoint, NULL) != 0 ||
         (saved != NULL && saved->auth == MW_AUTH_OAUTH2 &&
          mw_endpoint_equal (saved->endpoint, endpoint));
}

static gboolean
is_wanted (MwSetup     *self,
           MwCandidate *candidate)
{
  MwEndpoint *endpoint = mw_candidate_get_endpoint (candidate);

  if (!is_sign_in_place (self, endpoint))
    return FALSE;

  return self->protocol < 0 || mw_endpoint_get_side (endpoint) == MW_SIDE_OUTGOING ||
         (int) mw_endpoint_get_protocol (endpoint) == self->protocol;
}

static void
add_candidates (GPtrArray *all,
                GPtrArray *candidates)
{
  for (guint i = 0; i < candidates->len; i++)
    g_ptr_array_add (all, mw_candidate_ref (candidates->pdata[i]));
}

/* What was found, and what a link or file says, in one order. */
static GPtrArray *
dup_candidates (MwSetup *self,
                MwSide   side)
{
  g_autoptr(GPtrArray) all = NULL;

  if (self->suggestions == NULL)
    return g_ptr_array_ref (mw_discovery_get_candidates (self->discovery, side));

  all = g_ptr_array_new_with_free_func ((GDestroyNotify) mw_candidate_unref);
  for (guint i = 0; i < self->suggestions->len; i++)
    {
      if (!mw_setup_is_contradicted (self, self->suggestions->pdata[i]))
        g_ptr_array_add (all, mw_candidate_ref (self->suggestions->pdata[i]));
    }
  if (self->discovery != NULL)
    add_candidates (all, mw_discovery_get_candidates (self->discovery, side));

  return mw_ranking_order (all, side);
}

static void
hand_over_candidates (MwSetup *self,
                      MwSide   side)
{
  g_autoptr(GPtrArray) wanted = NULL;
  g_autoptr(GPtrArray) candidates = NULL;

  if (self->servers[side] != NULL)
    return;

  wanted = g_ptr_array_new_with_free_func ((GDestroyNotify) mw_candidate_unref);
  candidates = dup_candidates (self, side);
  for (guint i = 0; i < candidates->len; i++)
    {
      if (is_wanted (self, candidates->pdata[i]))
        g_ptr_array_add (wanted, mw_candidate_ref (candidates->pdata[i]));
    }

  mw_prober_set_candidates (self->prober, side, wanted);
}

static void
on_candidates_changed_cb (MwSetup *self)
{
  hand_over_candidates (self, MW_SIDE_INCOMING);
  hand_over_candidates (self, MW_SIDE_OUTGOING);
}

static void
on_sources_changed_cb (MwSetup *self)
{
  mw_prober_set_sources (self->prober,
                         mw_discovery_get_better_sources_done (self->discovery),
                         mw_discovery_is_finished (self->discovery));
}

static void
use_servers (MwSetup *self,
             MwSide   side)
{
  g_autoptr(GPtrArray) candidates = NULL;

  if (self->servers[side] == NULL)
    return;

  candidates = g_ptr_array_new_with_free_func ((GDestroyNotify) mw_candidate_unref);
  for (guint i = 0; i < self->servers[side]->len; i++)
    {
      MwEndpoint *endpoint = self->servers[side]->pdata[i];

      if (is_sign_in_place (self, endpoint))
        g_ptr_array_add (candidates,
                         mw_candidate_new (endpoint, MW_ORIGIN_MANUAL, MW_GRADE_U, NULL,
                                           MW_AUTH_UNKNOWN, i));
    }
  mw_prober_set_candidates (self->prober, side, candidates);
}

gboolean
mw_setup_is_wanted_side (MwSetup *self,
                         MwSide   side)
{
  return !self->proved[side] && !(side == MW_SIDE_OUTGOING && self->receive_only);
}

static MwSecret *
get_secret (MwSetup *self,
            MwSide   side)
{
  if (!self->log_in || self->browser_sign_in)
    return NULL;

  if (side == MW_SIDE_OUTGOING && !self->same_credentials)
    return self->secrets[MW_SIDE_OUTGOING];

  return self->secrets[MW_SIDE_INCOMING];
}

const char *
mw_setup_choose_user_name (MwSetup *self,
                           MwSide   side)
{
  if (self->user_names[side] == NULL && side == MW_SIDE_OUTGOING && self->same_credentials)
    return self->user_names[MW_SIDE_INCOMING];

  return self->user_names[side];
}

static void
start_prober (MwSetup *self)
{
  MwDeadlines deadlines;
  GHashTableIter iter;
  gpointer key, value;

  mw_deadlines_init (&deadlines, self->timeout * 1000);
  self->prober = mw_prober_new (self->address, self->resolver,
                                mw_engine_get_tls (self->engine), &deadlines,
                                mw_setup_decide_host, self);
  mw_prober_set_redactor (self->prober, self->redactor);
  g_signal_connect_swapped (self->prober, "changed", G_CALLBACK (on_prober_changed_cb), self);
  g_signal_connect_swapped (self->prober, "finished", G_CALLBACK (on_prober_finished_cb), self);

  if (mw_setup_get_hold_back (self) != NULL)
    mw_prober_set_network (self->prober, mw_setup_get_hold_back (self));
  for (guint side = 0; side < 2; side++)
    {
      mw_prober_set_log_in (self->prober, side, get_secret (self, side),
                            mw_setup_choose_user_name (self, side));
      mw_prober_set_auth (self->prober, side, self->auth[side]);
      if (!mw_setup_is_wanted_side (self, side) ||
          (side == MW_SIDE_OUTGOING && lacks_password (self)))
        mw_prober_skip (self->prober, side);
    }
  mw_prober_set_outgoing_open (self->prober, !self->outgoing_authentication && self->log_in &&
                                             !self->browser_sign_in);
  mw_prober_set_browser_sign_in (self->prober, self->browser_sign_in);

  g_hash_table_iter_init (&iter, self->pins);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      g_autofree char *host = g_strdup (key);
      char *colon = strrchr (host, ':');

      *colon = '\0';
      mw_prober_set_pin (self->prober, host, g_ascii_strtoull (colon + 1, NULL, 10), value);
    }

  use_servers (self, MW_SIDE_INCOMING);
  use_servers (self, MW_SIDE_OUTGOING);
}

static gboolean
needs_discovery (MwSetup *self)
{
  for (guint side = 0; side < 2; side++)
    {
      if (mw_setup_is_wanted_side (self, side) && self->servers[side] == NULL)
        return TRUE;
    }

  return FALSE;
}

static void
start_discovery (MwSetup *self)
{
  MwNetworkState *hold_back = mw_setup_get_hold_back (self);

  if (!needs_discovery (self) ||
      (hold_back != NULL &&
       mw_network_state_holds_back_domain (hold_back, mw_address_get_domain (self->address))))
    {
      if (self->suggestions != NULL)
        on_candidates_changed_cb (self);
      mw_prober_set_sources (self->prober, TRUE, TRUE);
      return;
    }

  self->discovery = mw_engine_make_discovery (self->engine, self->resolver, self->use_ispdb);
  if (self->chosen_provider != NULL && self->domain_typed)
    mw_discovery_choose_provider (self->discovery, self->chosen_provider);
  g_signal_connect_swapped (self->discovery, "candidates-changed",
                            G_CALLBACK (on_candidates_changed_cb), self);
  g_signal_connect_swapped (self->discovery, "reports-changed",
                            G_CALLBACK (on_reports_changed_cb), self);
  g_signal_connect_swapped (self->discovery, "better-sources-done",
                            G_CALLBACK (on_sources_changed_cb), self);
  g_signal_connect_swapped (self->discovery, "finished",
                            G_CALLBACK (on_sources_changed_cb), self);
  self->searching = g_cancellable_new ();
  mw_discovery_start (self->discovery, self->address, self->searching);
  if (self->suggestions != NULL)
    on_candidates_changed_cb (self);
}

static gboolean
on_cancelled_idle_cb (gpointer user_data)
{
  MwSetup *self = MW_SETUP (user_data);

  /* The run may have ended meanwhile and another one begun. */
  if (self->prober != NULL &&
      g_cancellable_is_cancelled (g_task_get_cancellable (self->task)))
    mw_prober_cancel (self->prober);
  return G_SOURCE_REMOVE;
}

/* The handler may not disconnect itself, and ending the run does, so it comes
 * from the main loop. */
static void
on_cancelled_signal_cb (GCancellable *cancellable,
                        gpointer      user_data)
{
  g_idle_add_full (G_PRIORITY_HIGH, on_cancelled_idle_cb, g_object_ref (user_data),
                   g_object_unref);
}

static void
begin_run (MwSetup *self)
{
  GCancellable *cancellable = g_task_get_cancellable (self->task);

  /* Names are asked once a run, and anew in the next. */
  self->resolver = mw_resolver_new (mw_engine_get_network (self->engine) ==
                                    MW_NETWORK_CONDITION_OFFLINE ? OFFLINE_LOOK_UP_MS
                                                                 : LOOK_UP_MS);
  mw_tls_credentials_prepare_async (mw_engine_get_tls (self->engine), NULL, NULL, NULL);
  start_prober (self);
  start_discovery (self);
  mw_prober_start (self->prober);
  g_signal_emit_by_name (self, "changed");

  if (cancellable != NULL)
    self->cancelled_id = g_cancellable_connect (cancellable,
                                                G_CALLBACK (on_cancelled_signal_cb),
                                                g_object_ref (self), g_object_unref);
}

static void
on_network_known_cb (GObject      *object,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  g_autoptr(MwSetup) self = MW_SETUP (user_data);
  MwOutcome outcome;

  mw_network_state_prepare_finish (MW_NETWORK_STATE (object), result, NULL);
  outcome = mw_setup_foresee (self);
  if (outcome != MW_OUTCOME_PENDING)
    return_result (self, outcome);
  else
    begin_run (self);
}

void
mw_setup_check_async (MwSetup             *self,
                      GCancellable        *cancellable,
                      GAsyncReadyCallback  callback,
                      gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;

  g_return_if_fail (MW_IS_SETUP (self));
  g_return_if_fail (self->address != NULL);
  g_return_if_fail (self->task == NULL);
  g_return_if_fail (!mw_setup_needs_password (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, mw_setup_check_async);
  g_task_set_check_cancellable (task, FALSE);

  mw_setup_clear_results (self);
  self->task = g_steal_pointer (&task);
  self->started_us = g_get_monotonic_time ();
  mw_setup_set_state (self, MW_SETUP_STATE_CHECKING);

  mw_network_state_prepare_async (mw_engine_get_network_state (self->engine),
                                  on_network_known_cb, g_object_ref (self));
}

gboolean
mw_setup_check_finish (MwSetup       *self,
                       GAsyncResult  *result,
                       GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, mw_setup_check_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
