/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "setup/mw-setup.h"

#include <string.h>

#include <glib/gi18n.h>

#include "core/mw-domain.h"
#include "core/mw-error.h"
#include "core/mw-host-policy.h"
#include "discovery/mw-discovery.h"
#include "probe/mw-prober.h"
#include "setup/mw-engine-private.h"

/* Longer than any look-up should take, shorter than patience. */
#define LOOK_UP_MS 5000

struct _MwSetup
{
  GObject parent_instance;

  /* Owned: what was entered */
  MwEngine    *engine;
  MwAddress   *address;
  MwSecret    *secrets[2];        /* by MwSide */
  char        *user_names[2];
  GPtrArray   *servers[2];        /* element MwEndpoint, or NULL */
  GHashTable  *allowed;           /* set of hosts */
  GHashTable  *pins;              /* "host:port" → hex */
  char        *sender_name;
  char        *label;
  char        *description;
  char        *signature;

  /* Owned: one run */
  MwResolver  *resolver;
  MwDiscovery *discovery;
  MwProber    *prober;
  GTask       *task;
  gulong       cancelled_id;

  /* Owned: what came out */
  GPtrArray   *verdicts;          /* element MwVerdict */
  MwVerdict   *decided[2];        /* by MwSide */
  GPtrArray   *reports;           /* element MwSourceReport */
  GHashTable  *presentations;     /* "host:protocol" → number */
  MwAdvice    *advice;
  char       **consent_hosts;
  MwProfile   *saved;

  MwSetupState state;
  MwOutcome    outcome;
  gint64       started_us;
  gint64       elapsed_us;
  gint64       verified_us;
  int          protocol;          /* MwProtocol, or -1 */
  guint        timeout;
  guint        delete_after_days;
  gboolean     domain_typed;
  gboolean     proved[2];         /* by MwSide: holds for what is entered now */
  gboolean     make_default;
  gboolean     notifications;
  gboolean     leave_on_server;
  gboolean     outgoing_authentication;
  gboolean     same_credentials;
  gboolean     receive_only;
  gboolean     log_in;
};

G_DEFINE_ENUM_TYPE (MwSetupState, mw_setup_state,
                    G_DEFINE_ENUM_VALUE (MW_SETUP_STATE_IDLE, "idle"),
                    G_DEFINE_ENUM_VALUE (MW_SETUP_STATE_CHECKING, "checking"),
                    G_DEFINE_ENUM_VALUE (MW_SETUP_STATE_QUESTION, "question"),
                    G_DEFINE_ENUM_VALUE (MW_SETUP_STATE_PROBLEM, "problem"),
                    G_DEFINE_ENUM_VALUE (MW_SETUP_STATE_VERIFIED, "verified"),
                    G_DEFINE_ENUM_VALUE (MW_SETUP_STATE_SAVED, "saved"))

G_DEFINE_FINAL_TYPE (MwSetup, mw_setup, G_TYPE_OBJECT)

enum {
  PROP_0,
  PROP_STATE,
  PROP_SENDER_NAME,
  PROP_LABEL,
  PROP_DESCRIPTION,
  PROP_SIGNATURE,
  PROP_MAKE_DEFAULT,
  PROP_NOTIFICATIONS,
  PROP_LEAVE_ON_SERVER,
  PROP_OUTGOING_AUTHENTICATION,
  PROP_SAME_CREDENTIALS,
  PROP_RECEIVE_ONLY,
  PROP_LOG_IN,
  PROP_DELETE_AFTER_DAYS,
  PROP_TIMEOUT,
  N_PROPS
};

enum {
  CHANGED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static void
set_state (MwSetup      *self,
           MwSetupState  state)
{
  if (self->state == state)
    return;

  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

/* Something was entered: the proof of that side no longer holds. */
static void
forget_proof (MwSetup *self,
              MwSide   side)
{
  self->proved[side] = FALSE;
  if (self->state != MW_SETUP_STATE_CHECKING)
    set_state (self, MW_SETUP_STATE_IDLE);
}

static void
forget_proofs (MwSetup *self)
{
  forget_proof (self, MW_SIDE_INCOMING);
  forget_proof (self, MW_SIDE_OUTGOING);
}

/* The host policy's facts */

static gboolean
is_guess_name (MwSetup    *self,
               const char *host)
{
  static const char * const names[] = { "imap", "pop3", "pop", "mail", "smtp", NULL };
  const char *dot = strchr (host, '.');
  g_autofree char *label = NULL;

  if (dot == NULL || !g_str_equal (dot + 1, mw_address_get_domain (self->address)))
    return FALSE;

  label = g_strndup (host, dot - host);
  return g_strv_contains (names, label);
}

/* Whether a source of one of the grades names the same host. */
static gboolean
is_named_by (MwSetup    *self,
             const char *host,
             MwGrade     first,
             MwGrade     last)
{
  for (guint side = 0; self->discovery != NULL && side < 2; side++)
    {
      GPtrArray *candidates = mw_discovery_get_candidates (self->discovery, side);

      for (guint i = 0; i < candidates->len; i++)
        {
          MwGrade grade = mw_candidate_get_grade (candidates->pdata[i]);
          MwEndpoint *endpoint = mw_candidate_get_endpoint (candidates->pdata[i]);

          if (grade >= first && grade <= last &&
              g_str_equal (mw_endpoint_get_host (endpoint), host))
            return TRUE;
        }
    }

  return FALSE;
}

static MwHostDecision
decide_host (MwCandidate *candidate,
             gboolean     dialling,
             gpointer     user_data)
{
  MwSetup *self = user_data;
  MwEndpoint *endpoint = mw_candidate_get_endpoint (candidate);
  const char *host = mw_endpoint_get_host (endpoint);
  MwHostFacts facts = {
    .grade = mw_candidate_get_grade (candidate),
    .domain_typed = self->domain_typed,
    .named_by_a = is_named_by (self, host, MW_GRADE_A, MW_GRADE_A),
    .named_by_b_or_c = is_named_by (self, host, MW_GRADE_B, MW_GRADE_C),
    .guess_name = is_guess_name (self, host),
    .guess_conditions = self->discovery != NULL &&
                        mw_discovery_get_guess_conditions (self->discovery, host),
    .allowed = g_hash_table_contains (self->allowed, host),
    .mail_port = mw_endpoint_is_mail_port (endpoint),
    .security_none = mw_endpoint_get_security (endpoint) == MW_SECURITY_NONE,
  };

  /* Before a name is looked up its addresses are unknown. The connector checks
   * each one and dials local ones only where this function says yes to one. */
  if (dialling)
    {
      facts.address_public = TRUE;
      if (!mw_host_policy_may_dial (&facts))
        return MW_HOST_DECISION_REFUSE;
      facts.address_public = FALSE;
      return mw_host_policy_may_dial (&facts) ? MW_HOST_DECISION_SILENT
                                              : MW_HOST_DECISION_ASK;
    }

  facts.address_public = TRUE;
  return mw_host_policy_decide (&facts);
}

/* One run */

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
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
end_run (MwSetup *self)
{
  g_autoptr(MwProber) prober = g_steal_pointer (&self->prober);
  g_autoptr(MwDiscovery) discovery = g_steal_pointer (&self->discovery);
  g_autoptr(MwResolver) resolver = g_steal_pointer (&self->resolver);

  if (prober != NULL)
    g_signal_handlers_disconnect_by_data (prober, self);
  if (discovery != NULL)
    g_signal_handlers_disconnect_by_data (discovery, self);
}

static void
return_result (MwSetup   *self,
               MwOutcome  outcome)
{
  g_autoptr(GTask) task = g_steal_pointer (&self->task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  MwVerdict *verdict = self->decided[MW_SIDE_INCOMING];
  gboolean works = outcome == MW_OUTCOME_WORKS;

  g_cancellable_disconnect (cancellable, self->cancelled_id);
  self->cancelled_id = 0;

  if (verdict == NULL || verdict->outcome == MW_OUTCOME_WORKS ||
      verdict->outcome == MW_OUTCOME_IN_USE)
    verdict = self->decided[MW_SIDE_OUTGOING];

  self->outcome = outcome;
  g_clear_pointer (&self->advice, mw_advice_free);
  self->advice = mw_advice_for_outcome (outcome, self->address, verdict,
                                        (const char * const *) self->consent_hosts);

  end_run (self);
  set_state (self, works ? MW_SETUP_STATE_VERIFIED
                         : outcome == MW_OUTCOME_CONSENT_NEEDED ? MW_SETUP_STATE_QUESTION
                                                                : MW_SETUP_STATE_PROBLEM);
  g_signal_emit (self, signals[CHANGED], 0);
  g_task_return_boolean (task, works);
}

static gboolean
verdict_works (MwVerdict *verdict)
{
  return verdict != NULL && (verdict->outcome == MW_OUTCOME_WORKS ||
                             verdict->outcome == MW_OUTCOME_IN_USE);
}

/* Guesses that all led to names that do not exist are no server's fault. */
static MwOutcome
refine_outcome (MwSetup   *self,
                MwOutcome  outcome)
{
  if (outcome != MW_OUTCOME_DNS_NXDOMAIN || self->servers[MW_SIDE_INCOMING] != NULL ||
      self->servers[MW_SIDE_OUTGOING] != NULL)
    return outcome;

  return MW_OUTCOME_NOTHING_FOUND;
}

static void
on_prober_finished_cb (MwSetup *self)
{
  MwOutcome outcome = mw_prober_get_outcome (self->prober);

  collect_verdicts (self);
  g_clear_pointer (&self->presentations, g_hash_table_unref);
  self->presentations =
    g_hash_table_ref (mw_attempt_budget_get_counts (mw_prober_get_budget (self->prober)));
  self->verified_us = mw_prober_get_verified_us (self->prober);
  g_strfreev (self->consent_hosts);
  self->consent_hosts = g_strdupv ((char **) mw_prober_get_consent_hosts (self->prober));

  for (guint side = 0; side < 2; side++)
    {
      if (verdict_works (self->decided[side]) && self->log_in)
        self->proved[side] = TRUE;
    }

  return_result (self, refine_outcome (self, outcome));
}

static void
on_reports_changed_cb (MwSetup *self)
{
  GPtrArray *reports = mw_discovery_get_reports (self->discovery);

  g_ptr_array_set_size (self->reports, 0);
  for (guint i = 0; i < reports->len; i++)
    g_ptr_array_add (self->reports, mw_source_report_ref (reports->pdata[i]));
  g_signal_emit (self, signals[CHANGED], 0);
}

static gboolean
is_wanted (MwSetup     *self,
           MwCandidate *candidate)
{
  MwEndpoint *endpoint = mw_candidate_get_endpoint (candidate);

  return self->protocol < 0 || mw_endpoint_get_side (endpoint) == MW_SIDE_OUTGOING ||
         (int) mw_endpoint_get_protocol (endpoint) == self->protocol;
}

static void
hand_over_candidates (MwSetup *self,
                      MwSide   side)
{
  g_autoptr(GPtrArray) wanted = NULL;
  GPtrArray *candidates;

  if (self->servers[side] != NULL)
    return;

  wanted = g_ptr_array_new_with_free_func ((GDestroyNotify) mw_candidate_unref);
  candidates = mw_discovery_get_candidates (self->discovery, side);
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
    g_ptr_array_add (candidates,
                     mw_candidate_new (self->servers[side]->pdata[i], MW_ORIGIN_MANUAL,
                                       MW_GRADE_U, NULL, MW_AUTH_UNKNOWN, i));
  mw_prober_set_candidates (self->prober, side, candidates);
}

static gboolean
is_wanted_side (MwSetup *self,
                MwSide   side)
{
  return !self->proved[side] && !(side == MW_SIDE_OUTGOING && self->receive_only);
}

static MwSecret *
get_secret (MwSetup *self,
            MwSide   side)
{
  if (!self->log_in)
    return NULL;

  if (side == MW_SIDE_OUTGOING && !self->same_credentials)
    return self->secrets[MW_SIDE_OUTGOING];

  return self->secrets[MW_SIDE_INCOMING];
}

static const char *
get_user_name (MwSetup *self,
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
                                decide_host, self);
  g_signal_connect_swapped (self->prober, "changed", G_CALLBACK (on_prober_changed_cb), self);
  g_signal_connect_swapped (self->prober, "finished", G_CALLBACK (on_prober_finished_cb), self);

  for (guint side = 0; side < 2; side++)
    {
      mw_prober_set_log_in (self->prober, side, get_secret (self, side),
                            get_user_name (self, side));
      if (!is_wanted_side (self, side))
        mw_prober_skip (self->prober, side);
    }
  mw_prober_set_outgoing_open (self->prober, !self->outgoing_authentication && self->log_in);

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
      if (is_wanted_side (self, side) && self->servers[side] == NULL)
        return TRUE;
    }

  return FALSE;
}

static void
start_discovery (MwSetup *self)
{
  if (!needs_discovery (self))
    {
      mw_prober_set_sources (self->prober, TRUE, TRUE);
      return;
    }

  self->discovery = mw_discovery_new (self->resolver);
  g_signal_connect_swapped (self->discovery, "candidates-changed",
                            G_CALLBACK (on_candidates_changed_cb), self);
  g_signal_connect_swapped (self->discovery, "reports-changed",
                            G_CALLBACK (on_reports_changed_cb), self);
  g_signal_connect_swapped (self->discovery, "better-sources-done",
                            G_CALLBACK (on_sources_changed_cb), self);
  g_signal_connect_swapped (self->discovery, "finished",
                            G_CALLBACK (on_sources_changed_cb), self);
  mw_discovery_start (self->discovery, self->address, g_task_get_cancellable (self->task));
}

/* Without a network only what lies on this machine can be reached. */
static gboolean
is_offline (MwSetup *self)
{
  if (g_network_monitor_get_network_available (g_network_monitor_get_default ()))
    return FALSE;

  for (guint side = 0; side < 2; side++)
    {
      for (guint i = 0; self->servers[side] != NULL && i < self->servers[side]->len; i++)
        {
          const char *host = mw_endpoint_get_host (self->servers[side]->pdata[i]);

          if (mw_domain_is_ip_literal (host) || strchr (host, '.') == NULL)
            return FALSE;
        }
    }

  return TRUE;
}

static void
on_cancelled_cb (GCancellable *cancellable,
                 gpointer      user_data)
{
  MwSetup *self = MW_SETUP (user_data);

  if (self->prober != NULL)
    mw_prober_cancel (self->prober);
}

static gboolean
on_cancelled_idle_cb (gpointer user_data)
{
  on_cancelled_cb (NULL, user_data);
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
clear_results (MwSetup *self)
{
  g_clear_pointer (&self->verdicts, g_ptr_array_unref);
  self->verdicts = g_ptr_array_new_with_free_func ((GDestroyNotify) mw_verdict_unref);
  g_ptr_array_set_size (self->reports, 0);
  g_hash_table_unref (self->presentations);
  self->presentations = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_clear_pointer (&self->advice, mw_advice_free);
  g_clear_pointer (&self->consent_hosts, g_strfreev);
  for (guint side = 0; side < 2; side++)
    {
      if (!self->proved[side])
        g_clear_pointer (&self->decided[side], mw_verdict_unref);
    }
  self->outcome = MW_OUTCOME_PENDING;
  self->verified_us = -1;
  self->elapsed_us = 0;
}

/* Saving */

typedef struct {
  MwProfile *profile;
  gboolean   keep_password;
} Save;

static void
save_free (gpointer data)
{
  Save *save = data;

  mw_profile_unref (save->profile);
  g_free (save);
}

static void
on_profile_saved_cb (GObject      *object,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (user_data);
  MwSetup *self = g_task_get_source_object (task);
  Save *save = g_task_get_task_data (task);
  GError *error = NULL;

  if (!mw_profile_store_save_finish (MW_PROFILE_STORE (object), result, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  g_clear_pointer (&self->saved, mw_profile_unref);
  self->saved = mw_profile_ref (save->profile);
  set_state (self, MW_SETUP_STATE_SAVED);
  g_task_return_pointer (task, mw_profile_ref (save->profile),
                         (GDestroyNotify) mw_profile_unref);
}

static void
save_profile (MwSetup *self,
              GTask   *task,
              Save    *save)
{
  mw_profile_store_save_async (mw_engine_get_profile_store (self->engine), save->profile,
                               g_task_get_cancellable (task), on_profile_saved_cb, task);
}

static void
on_outgoing_kept_cb (GObject      *object,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  GTask *task = G_TASK (user_data);
  MwSetup *self = g_task_get_source_object (task);
  GError *error = NULL;

  if (!mw_secret_store_save_finish (MW_SECRET_STORE (object), result, &error))
    {
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }

  save_profile (self, task, g_task_get_task_data (task));
}

static void
on_incoming_kept_cb (GObject      *object,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  GTask *task = G_TASK (user_data);
  MwSetup *self = g_task_get_source_object (task);
  Save *save = g_task_get_task_data (task);
  GError *error = NULL;

  if (!mw_secret_store_save_finish (MW_SECRET_STORE (object), result, &error))
    {
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }

  if (save->profile->own_credentials && self->secrets[MW_SIDE_OUTGOING] != NULL)
    mw_secret_store_save_async (MW_SECRET_STORE (object), save->profile, MW_SIDE_OUTGOING,
                                self->secrets[MW_SIDE_OUTGOING], NULL,
                                on_outgoing_kept_cb, task);
  else
    save_profile (self, task, save);
}

/* The account */

/* What is entered by hand and never tried (or the best guess so far) may be
 * saved as well, so an untested side falls back to the first server. */
static MwService *
make_service (MwSetup *self,
              MwSide   side)
{
  MwVerdict *verdict = self->decided[side];
  MwEndpoint *endpoint;
  g_autofree char *key = NULL;
  const char *user_name = get_user_name (self, side);
  gboolean open = side == MW_SIDE_OUTGOING && !self->outgoing_authentication;

  if (self->servers[side] != NULL && !verdict_works (verdict))
    endpoint = self->servers[side]->pdata[0];
  else if (verdict != NULL)
    endpoint = mw_candidate_get_endpoint (verdict->candidate);
  else
    return NULL;

  if (verdict != NULL && verdict->user_name != NULL)
    user_name = verdict->user_name;
  if (user_name == NULL)
    user_name = mw_address_get_text (self->address);

  key = g_strdup_printf ("%s:%u", mw_endpoint_get_host (endpoint),
                         mw_endpoint_get_port (endpoint));
  return mw_service_new (endpoint, open ? NULL : user_name,
                         open ? MW_AUTH_NONE
                              : verdict != NULL && verdict->auth != MW_AUTH_UNKNOWN
                                ? verdict->auth : MW_AUTH_PLAIN,
                         g_hash_table_lookup (self->pins, key));
}

static void
mw_setup_get_property (GObject    *object,
                       guint       prop_id,
                       GValue     *value,
                       GParamSpec *pspec)
{
  MwSetup *self = MW_SETUP (object);

  switch (prop_id)
    {
    case PROP_STATE:
      g_value_set_enum (value, self->state);
      break;
    case PROP_SENDER_NAME:
      g_value_set_string (value, self->sender_name);
      break;
    case PROP_LABEL:
      g_value_set_string (value, self->label);
      break;
    case PROP_DESCRIPTION:
      g_value_set_string (value, self->description);
      break;
    case PROP_SIGNATURE:
      g_value_set_string (value, self->signature);
      break;
    case PROP_MAKE_DEFAULT:
      g_value_set_boolean (value, self->make_default);
      break;
    case PROP_NOTIFICATIONS:
      g_value_set_boolean (value, self->notifications);
      break;
    case PROP_LEAVE_ON_SERVER:
      g_value_set_boolean (value, self->leave_on_server);
      break;
    case PROP_OUTGOING_AUTHENTICATION:
      g_value_set_boolean (value, self->outgoing_authentication);
      break;
    case PROP_SAME_CREDENTIALS:
      g_value_set_boolean (value, self->same_credentials);
      break;
    case PROP_RECEIVE_ONLY:
      g_value_set_boolean (value, self->receive_only);
      break;
    case PROP_LOG_IN:
      g_value_set_boolean (value, self->log_in);
      break;
    case PROP_DELETE_AFTER_DAYS:
      g_value_set_uint (value, self->delete_after_days);
      break;
    case PROP_TIMEOUT:
      g_value_set_uint (value, self->timeout);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
set_string (MwSetup    *self,
            char      **member,
            const char *value,
            guint       prop_id)
{
  if (g_strcmp0 (*member, value) == 0)
    return;

  g_free (*member);
  *member = g_strdup (value);
  g_object_notify_by_pspec (G_OBJECT (self), properties[prop_id]);
}

static gboolean
set_boolean (MwSetup  *self,
             gboolean *member,
             gboolean  value,
             guint     prop_id)
{
  if (*member == value)
    return FALSE;

  *member = value;
  g_object_notify_by_pspec (G_OBJECT (self), properties[prop_id]);
  return TRUE;
}

static void
set_uint (MwSetup *self,
          guint   *member,
          guint    value,
          guint    prop_id)
{
  if (*member == value)
    return;

  *member = value;
  g_object_notify_by_pspec (G_OBJECT (self), properties[prop_id]);
}

static void
mw_setup_set_property (GObject      *object,
                       guint         prop_id,
                       const GValue *value,
                       GParamSpec   *pspec)
{
  MwSetup *self = MW_SETUP (object);

  switch (prop_id)
    {
    case PROP_SENDER_NAME:
      set_string (self, &self->sender_name, g_value_get_string (value), prop_id);
      break;
    case PROP_LABEL:
      set_string (self, &self->label, g_value_get_string (value), prop_id);
      break;
    case PROP_DESCRIPTION:
      set_string (self, &self->description, g_value_get_string (value), prop_id);
      break;
    case PROP_SIGNATURE:
      set_string (self, &self->signature, g_value_get_string (value), prop_id);
      break;
    case PROP_MAKE_DEFAULT:
      set_boolean (self, &self->make_default, g_value_get_boolean (value), prop_id);
      break;
    case PROP_NOTIFICATIONS:
      set_boolean (self, &self->notifications, g_value_get_boolean (value), prop_id);
      break;
    case PROP_LEAVE_ON_SERVER:
      set_boolean (self, &self->leave_on_server, g_value_get_boolean (value), prop_id);
      break;
    case PROP_OUTGOING_AUTHENTICATION:
      if (set_boolean (self, &self->outgoing_authentication, g_value_get_boolean (value),
                       prop_id))
        forget_proof (self, MW_SIDE_OUTGOING);
      break;
    case PROP_SAME_CREDENTIALS:
      if (set_boolean (self, &self->same_credentials, g_value_get_boolean (value), prop_id))
        forget_proof (self, MW_SIDE_OUTGOING);
      break;
    case PROP_RECEIVE_ONLY:
      if (set_boolean (self, &self->receive_only, g_value_get_boolean (value), prop_id))
        forget_proof (self, MW_SIDE_OUTGOING);
      break;
    case PROP_LOG_IN:
      if (set_boolean (self, &self->log_in, g_value_get_boolean (value), prop_id))
        forget_proofs (self);
      break;
    case PROP_DELETE_AFTER_DAYS:
      set_uint (self, &self->delete_after_days, g_value_get_uint (value), prop_id);
      break;
    case PROP_TIMEOUT:
      set_uint (self, &self->timeout, g_value_get_uint (value), prop_id);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mw_setup_dispose (GObject *object)
{
  MwSetup *self = MW_SETUP (object);

  end_run (self);
  for (guint side = 0; side < 2; side++)
    g_clear_pointer (&self->secrets[side], mw_secret_unref);
  g_clear_object (&self->engine);

  G_OBJECT_CLASS (mw_setup_parent_class)->dispose (object);
}

static void
mw_setup_finalize (GObject *object)
{
  MwSetup *self = MW_SETUP (object);

  g_clear_pointer (&self->address, mw_address_unref);
  for (guint side = 0; side < 2; side++)
    {
      g_free (self->user_names[side]);
      g_clear_pointer (&self->servers[side], g_ptr_array_unref);
      g_clear_pointer (&self->decided[side], mw_verdict_unref);
    }
  g_hash_table_unref (self->allowed);
  g_hash_table_unref (self->pins);
  g_free (self->sender_name);
  g_free (self->label);
  g_free (self->description);
  g_free (self->signature);
  g_ptr_array_unref (self->verdicts);
  g_ptr_array_unref (self->reports);
  g_hash_table_unref (self->presentations);
  g_clear_pointer (&self->advice, mw_advice_free);
  g_strfreev (self->consent_hosts);
  g_clear_pointer (&self->saved, mw_profile_unref);

  G_OBJECT_CLASS (mw_setup_parent_class)->finalize (object);
}

static void
add_string_property (guint       prop_id,
                     const char *name)
{
  properties[prop_id] = g_param_spec_string (name, NULL, NULL, NULL,
                                             G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY |
                                             G_PARAM_STATIC_STRINGS);
}

static void
add_boolean_property (guint       prop_id,
                      const char *name,
                      gboolean    preset)
{
  properties[prop_id] = g_param_spec_boolean (name, NULL, NULL, preset,
                                              G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY |
                                              G_PARAM_STATIC_STRINGS);
}

static void
add_uint_property (guint       prop_id,
                   const char *name,
                   guint       maximum)
{
  properties[prop_id] = g_param_spec_uint (name, NULL, NULL, 0, maximum, 0,
                                           G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY |
                                           G_PARAM_STATIC_STRINGS);
}

static void
mw_setup_class_init (MwSetupClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = mw_setup_dispose;
  object_class->finalize = mw_setup_finalize;
  object_class->get_property = mw_setup_get_property;
  object_class->set_property = mw_setup_set_property;

  properties[PROP_STATE] = g_param_spec_enum ("state", NULL, NULL, MW_TYPE_SETUP_STATE,
                                              MW_SETUP_STATE_IDLE,
                                              G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY |
                                              G_PARAM_STATIC_STRINGS);
  add_string_property (PROP_SENDER_NAME, "sender-name");
  add_string_property (PROP_LABEL, "label");
  add_string_property (PROP_DESCRIPTION, "description");
  add_string_property (PROP_SIGNATURE, "signature");
  add_boolean_property (PROP_MAKE_DEFAULT, "make-default", FALSE);
  add_boolean_property (PROP_NOTIFICATIONS, "notifications", TRUE);
  add_boolean_property (PROP_LEAVE_ON_SERVER, "leave-on-server", TRUE);
  add_boolean_property (PROP_OUTGOING_AUTHENTICATION, "outgoing-authentication", TRUE);
  add_boolean_property (PROP_SAME_CREDENTIALS, "same-credentials", TRUE);
  add_boolean_property (PROP_RECEIVE_ONLY, "receive-only", FALSE);
  add_boolean_property (PROP_LOG_IN, "log-in", TRUE);
  add_uint_property (PROP_DELETE_AFTER_DAYS, "delete-after-days", 365);
  add_uint_property (PROP_TIMEOUT, "timeout", 3600);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                   0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
mw_setup_init (MwSetup *self)
{
  self->allowed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->pins = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->verdicts = g_ptr_array_new_with_free_func ((GDestroyNotify) mw_verdict_unref);
  self->reports = g_ptr_array_new_with_free_func ((GDestroyNotify) mw_source_report_unref);
  self->presentations = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->outcome = MW_OUTCOME_PENDING;
  self->verified_us = -1;
  self->protocol = -1;
  self->notifications = TRUE;
  self->leave_on_server = TRUE;
  self->outgoing_authentication = TRUE;
  self->same_credentials = TRUE;
  self->log_in = TRUE;
}

MwSetup *
mw_setup_new (MwEngine *engine)
{
  MwSetup *self;

  g_return_val_if_fail (MW_IS_ENGINE (engine), NULL);

  self = g_object_new (MW_TYPE_SETUP, NULL);
  self->engine = g_object_ref (engine);
  return self;
}

MwEngine *
mw_setup_get_engine (MwSetup *self)
{
  g_return_val_if_fail (MW_IS_SETUP (self), NULL);

  return self->engine;
}

MwSetupState
mw_setup_get_state (MwSetup *self)
{
  g_return_val_if_fail (MW_IS_SETUP (self), MW_SETUP_STATE_IDLE);

  return self->state;
}

gboolean
mw_setup_set_address (MwSetup     *self,
                      const char  *text,
                      gboolean     typed,
                      GError     **error)
{
  g_autoptr(MwAddress) address = NULL;

  g_return_val_if_fail (MW_IS_SETUP (self), FALSE);
  g_return_val_if_fail (text != NULL, FALSE);

  address = mw_address_parse (text, error);
  if (address == NULL)
    return FALSE;

  if (self->address == NULL || self->domain_typed != typed ||
      !g_str_equal (mw_address_get_text (address), mw_address_get_text (self->address)))
    {
      forget_proofs (self);
      g_hash_table_remove_all (self->allowed);
      g_clear_pointer (&self->saved, mw_profile_unref);
    }

  g_clear_pointer (&self->address, mw_address_unref);
  self->address = g_steal_pointer (&address);
  self->domain_typed = typed;
  return TRUE;
}

MwAddress *
mw_setup_get_address (MwSetup *self)
{
  g_return_val_if_fail (MW_IS_SETUP (self), NULL);

  return self->address;
}

void
mw_setup_set_password (MwSetup  *self,
                       MwSide    side,
                       MwSecret *secret)
{
  MwSecret *former;

  g_return_if_fail (MW_IS_SETUP (self));

  former = self->secrets[side];
  if (former != NULL && secret != NULL && mw_secret_equal (former, secret))
    return;

  self->secrets[side] = secret != NULL ? mw_secret_ref (secret) : NULL;
  g_clear_pointer (&former, mw_secret_unref);

  /* Forgetting the password of a saved account changes nothing about it. */
  if (secret == NULL)
    return;

  forget_proof (self, side);
  if (side == MW_SIDE_INCOMING && self->same_credentials)
    forget_proof (self, MW_SIDE_OUTGOING);
}

gboolean
mw_setup_has_password (MwSetup *self,
                       MwSide   side)
{
  g_return_val_if_fail (MW_IS_SETUP (self), FALSE);

  return self->secrets[side] != NULL;
}

void
mw_setup_set_user_name (MwSetup    *self,
                        MwSide      side,
                        const char *user_name)
{
  g_return_if_fail (MW_IS_SETUP (self));

  if (g_strcmp0 (self->user_names[side], user_name) == 0)
    return;

  g_free (self->user_names[side]);
  self->user_names[side] = g_strdup (user_name);
  forget_proof (self, side);
  if (side == MW_SIDE_INCOMING && self->same_credentials)
    forget_proof (self, MW_SIDE_OUTGOING);
}

const char *
mw_setup_get_user_name (MwSetup *self,
                        MwSide   side)
{
  g_return_val_if_fail (MW_IS_SETUP (self), NULL);

  return self->user_names[side];
}

void
mw_setup_set_servers (MwSetup   *self,
                      MwSide     side,
                      GPtrArray *endpoints)
{
  g_return_if_fail (MW_IS_SETUP (self));

  g_clear_pointer (&self->servers[side], g_ptr_array_unref);
  if (endpoints != NULL && endpoints->len > 0)
    {
      self->servers[side] = g_ptr_array_new_with_free_func ((GDestroyNotify) mw_endpoint_unref);
      for (guint i = 0; i < endpoints->len; i++)
        g_ptr_array_add (self->servers[side], mw_endpoint_ref (endpoints->pdata[i]));
    }

  forget_proof (self, side);
}

GPtrArray *
mw_setup_get_servers (MwSetup *self,
                      MwSide   side)
{
  g_return_val_if_fail (MW_IS_SETUP (self), NULL);

  return self->servers[side];
}

void
mw_setup_set_protocol (MwSetup *self,
                       int      protocol)
{
  g_return_if_fail (MW_IS_SETUP (self));
  g_return_if_fail (protocol == -1 || protocol == MW_PROTOCOL_IMAP ||
                    protocol == MW_PROTOCOL_POP3);

  if (self->protocol == protocol)
    return;

  self->protocol = protocol;
  forget_proof (self, MW_SIDE_INCOMING);
}

int
mw_setup_get_protocol (MwSetup *self)
{
  g_return_val_if_fail (MW_IS_SETUP (self), -1);

  return self->protocol;
}

void
mw_setup_allow_host (MwSetup    *self,
                     const char *host)
{
  char *normal;

  g_return_if_fail (MW_IS_SETUP (self));
  g_return_if_fail (host != NULL);

  normal = mw_domain_normalize (host);
  if (normal == NULL)
    normal = g_ascii_strdown (host, -1);
  g_hash_table_add (self->allowed, normal);
}

gboolean
mw_setup_add_pin (MwSetup    *self,
                  const char *sha256,
                  const char *host,
                  guint16     port)
{
  g_autoptr(GString) hex = g_string_new (NULL);

  g_return_val_if_fail (MW_IS_SETUP (self), FALSE);
  g_return_val_if_fail (sha256 != NULL, FALSE);
  g_return_val_if_fail (host != NULL, FALSE);

  for (const char *p = sha256; *p != '\0'; p++)
    {
      if (g_ascii_isxdigit (*p))
        g_string_append_c (hex, g_ascii_tolower (*p));
      else if (*p != ':')
        return FALSE;
    }

  if (hex->len != 64)
    return FALSE;

  g_hash_table_replace (self->pins, g_strdup_printf ("%s:%u", host, port),
                        g_strdup (hex->str));
  return TRUE;
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
  g_return_if_fail (!self->log_in || self->secrets[MW_SIDE_INCOMING] != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, mw_setup_check_async);
  g_task_set_check_cancellable (task, FALSE);

  clear_results (self);
  self->task = g_steal_pointer (&task);
  self->started_us = g_get_monotonic_time ();
  set_state (self, MW_SETUP_STATE_CHECKING);

  if (is_offline (self))
    {
      return_result (self, MW_OUTCOME_OFFLINE);
      return;
    }

  /* Names are asked once a run, and anew in the next. */
  self->resolver = mw_resolver_new (LOOK_UP_MS);
  mw_tls_credentials_prepare_async (mw_engine_get_tls (self->engine), NULL, NULL, NULL);
  start_prober (self);
  start_discovery (self);
  mw_prober_start (self->prober);
  g_signal_emit (self, signals[CHANGED], 0);

  if (cancellable != NULL)
    self->cancelled_id = g_cancellable_connect (cancellable,
                                                G_CALLBACK (on_cancelled_signal_cb),
                                                g_object_ref (self), g_object_unref);
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

MwOutcome
mw_setup_get_outcome (MwSetup *self)
{
  g_return_val_if_fail (MW_IS_SETUP (self), MW_OUTCOME_PENDING);

  return self->outcome;
}

MwAdvice *
mw_setup_get_advice (MwSetup *self)
{
  g_return_val_if_fail (MW_IS_SETUP (self), NULL);

  return self->advice;
}

GPtrArray *
mw_setup_get_verdicts (MwSetup *self)
{
  g_return_val_if_fail (MW_IS_SETUP (self), NULL);

  return self->verdicts;
}

MwVerdict *
mw_setup_get_verdict (MwSetup *self,
                      MwSide   side)
{
  g_return_val_if_fail (MW_IS_SETUP (self), NULL);

  return self->decided[side];
}

GPtrArray *
mw_setup_get_source_reports (MwSetup *self)
{
  g_return_val_if_fail (MW_IS_SETUP (self), NULL);

  return self->reports;
}

const char * const *
mw_setup_get_consent_hosts (MwSetup *self)
{
  g_return_val_if_fail (MW_IS_SETUP (self), NULL);

  return (const char * const *) self->consent_hosts;
}

GHashTable *
mw_setup_get_presentations (MwSetup *self)
{
  g_return_val_if_fail (MW_IS_SETUP (self), NULL);

  return self->presentations;
}

gint64
mw_setup_get_elapsed_us (MwSetup *self)
{
  g_return_val_if_fail (MW_IS_SETUP (self), 0);

  if (self->state == MW_SETUP_STATE_CHECKING)
    return g_get_monotonic_time () - self->started_us;

  return self->elapsed_us;
}

gint64
mw_setup_get_verified_us (MwSetup *self)
{
  g_return_val_if_fail (MW_IS_SETUP (self), -1);

  return self->verified_us;
}

char *
mw_setup_describe_progress (MwSetup *self,
                            MwSide   side)
{
  MwVerdict *verdict;
  g_autofree char *stage = NULL;

  g_return_val_if_fail (MW_IS_SETUP (self), NULL);

  if (side == MW_SIDE_OUTGOING && self->receive_only)
    return g_strdup (_("Not wanted"));

  verdict = self->decided[side];
  if (verdict == NULL)
    return g_strdup (_("Looking for the server"));

  /* The outgoing server is ready long before it gets the password. */
  if (verdict->outcome == MW_OUTCOME_PENDING && verdict->stage == MW_STAGE_CAPABILITY &&
      side == MW_SIDE_OUTGOING)
    return g_strdup (_("Ready; waiting for the receiving side"));

  stage = mw_advice_describe_stage (verdict);
  /* Translators: first what is going on, such as "Connecting", then a server. */
  return g_strdup_printf (_("%s: %s"), stage,
                          mw_endpoint_get_host (mw_candidate_get_endpoint (verdict->candidate)));
}

MwProfile *
mw_setup_make_profile (MwSetup *self)
{
  g_autoptr(MwProfile) profile = NULL;
  MwVerdict *incoming;

  g_return_val_if_fail (MW_IS_SETUP (self), NULL);

  if (self->address == NULL)
    return NULL;

  /* Saved before: the same account, with what exporters remember. */
  profile = self->saved != NULL ? mw_profile_copy (self->saved) : mw_profile_new ();
  g_clear_pointer (&profile->incoming, mw_service_free);
  g_clear_pointer (&profile->outgoing, mw_service_free);

  profile->incoming = make_service (self, MW_SIDE_INCOMING);
  if (profile->incoming == NULL)
    return NULL;
  if (!self->receive_only)
    profile->outgoing = make_service (self, MW_SIDE_OUTGOING);

  g_free (profile->address);
  profile->address = g_strdup (mw_address_get_text (self->address));
  g_free (profile->label);
  profile->label = g_strdup (self->label != NULL && *self->label != '\0'
                             ? self->label : mw_address_get_display (self->address));
  g_free (profile->sender_name);
  profile->sender_name = g_strdup (self->sender_name != NULL ? self->sender_name : "");
  g_free (profile->description);
  profile->description = g_strdup (self->description);
  g_free (profile->signature);
  profile->signature = g_strdup (self->signature);
  profile->is_default = self->make_default;
  profile->notifications = self->notifications;
  profile->own_credentials = profile->outgoing != NULL && self->outgoing_authentication &&
                             !self->same_credentials;
  profile->leave_on_server = self->leave_on_server;
  profile->delete_after_days = self->delete_after_days;
  profile->state = self->outcome;
  profile->last_checked = self->outcome != MW_OUTCOME_PENDING
                          ? g_get_real_time () / G_USEC_PER_SEC : 0;

  incoming = self->decided[MW_SIDE_INCOMING];
  if (incoming != NULL)
    {
      profile->origins = mw_candidate_get_origins (incoming->candidate);
      profile->grade = mw_candidate_get_grade (incoming->candidate);
    }

  return g_steal_pointer (&profile);
}

void
mw_setup_save_async (MwSetup             *self,
                     gboolean             keep_password,
                     GCancellable        *cancellable,
                     GAsyncReadyCallback  callback,
                     gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  g_autoptr(MwProfile) profile = NULL;
  g_autoptr(MwProfile) stored = NULL;
  Save *save;

  g_return_if_fail (MW_IS_SETUP (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, mw_setup_save_async);
  g_task_set_check_cancellable (task, FALSE);

  /* An export may have written to the file since. */
  if (self->saved != NULL)
    {
      stored = mw_profile_store_find (mw_engine_get_profile_store (self->engine),
                                      self->saved->id, NULL);
      if (stored != NULL)
        {
          mw_profile_unref (self->saved);
          self->saved = g_steal_pointer (&stored);
        }
    }

  profile = mw_setup_make_profile (self);
  if (profile == NULL)
    {
      g_task_return_new_error (task, MW_STORE_ERROR, MW_STORE_ERROR_NOT_FOUND,
                               "There is no server to save yet");
      return;
    }

  save = g_new0 (Save, 1);
  save->profile = g_steal_pointer (&profile);
  save->keep_password = keep_password && self->secrets[MW_SIDE_INCOMING] != NULL;
  g_task_set_task_data (task, save, save_free);

  if (save->keep_password)
    mw_secret_store_save_async (mw_engine_get_secret_store (self->engine), save->profile,
                                MW_SIDE_INCOMING, self->secrets[MW_SIDE_INCOMING],
                                cancellable, on_incoming_kept_cb, g_steal_pointer (&task));
  else
    save_profile (self, g_steal_pointer (&task), save);
}

MwProfile *
mw_setup_save_finish (MwSetup       *self,
                      GAsyncResult  *result,
                      GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, mw_setup_save_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
on_export_done_cb (GObject      *object,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (user_data);
  MwExportReport *report;
  GError *error = NULL;

  report = mw_engine_export_finish (MW_ENGINE (object), result, &error);
  if (report == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  g_task_return_pointer (task, report, (GDestroyNotify) mw_export_report_unref);
}

void
mw_setup_export_async (MwSetup             *self,
                       const char          *target_id,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;

  g_return_if_fail (MW_IS_SETUP (self));
  g_return_if_fail (self->saved != NULL);
  g_return_if_fail (target_id != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, mw_setup_export_async);
  g_task_set_check_cancellable (task, FALSE);

  mw_engine_export_async (self->engine, self->saved, target_id,
                          self->secrets[MW_SIDE_INCOMING], self->secrets[MW_SIDE_OUTGOING],
                          FALSE, cancellable, on_export_done_cb, g_steal_pointer (&task));
}

MwExportReport *
mw_setup_export_finish (MwSetup       *self,
                        GAsyncResult  *result,
                        GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, mw_setup_export_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
