/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "probe/mw-prober-private.h"

G_DEFINE_FINAL_TYPE (MwProber, mw_prober, G_TYPE_OBJECT)

MwHostDecision
mw_prober_decide (MwProber  *self,
                  MwAttempt *attempt,
                  gboolean   dialling)
{
  MwVerdict *verdict = mw_attempt_get_verdict (attempt);

  return self->policy (attempt->candidate, verdict != NULL ? verdict->tls : NULL, dialling,
                       self->policy_data);
}

static gboolean
on_wait_cb (gpointer user_data)
{
  MwProber *self = MW_PROBER (user_data);

  self->wait_id = 0;
  mw_prober_schedule (self);
  return G_SOURCE_REMOVE;
}

/* Looks again later; the answer to "not yet". The earliest wish counts, the
 * others are uttered again then. */
void
mw_prober_wait_ms (MwProber *self,
                   gint64    ms)
{
  gint64 until = g_get_monotonic_time () + ms * 1000;

  if (self->wait_id != 0 && self->wait_until_us <= until)
    return;

  g_clear_handle_id (&self->wait_id, g_source_remove);
  self->wait_until_us = until;
  self->wait_id = g_timeout_add (MAX (ms, 1), on_wait_cb, self);
}

static void
evaluate_side (MwProber *self,
               MwSide    which)
{
  MwRace *side = &self->sides[which];
  MwRace *incoming = &self->sides[MW_SIDE_INCOMING];
  MwAttempt *attempt;

  /* Whoever hears of a change may cancel at once. */
  if (self->finished || side->skipped || side->settled)
    return;

  mw_prober_follow_chosen (self, which);
  if (side->settled || side->chosen != NULL)
    return;

  mw_prober_dial_side (self, side);

  /* One wrong password is one failure: the outgoing server sees it only when
   * the incoming one has accepted it. */
  if (which == MW_SIDE_OUTGOING && side->secret != NULL && !self->outgoing_open &&
      !incoming->skipped && !incoming->accepted)
    return;

  attempt = mw_prober_choose (self, side);
  if (attempt == NULL)
    return;

  mw_prober_log_in (self, side, attempt);
  mw_prober_follow_chosen (self, which);
}

static gboolean
on_evaluate_cb (gpointer user_data)
{
  g_autoptr(MwProber) self = g_object_ref (MW_PROBER (user_data));

  self->evaluate_id = 0;
  evaluate_side (self, MW_SIDE_INCOMING);
  evaluate_side (self, MW_SIDE_OUTGOING);
  mw_prober_check_end (self);
  return G_SOURCE_REMOVE;
}

/* Everything that happens leads here; an idle source keeps the signals of
 * probes from entering each other. */
void
mw_prober_schedule (MwProber *self)
{
  if (self->finished || self->started_us == 0 || self->evaluate_id != 0)
    return;

  self->evaluate_id = g_idle_add_full (G_PRIORITY_HIGH, on_evaluate_cb, self, NULL);
}

static gboolean
on_search_cb (gpointer user_data)
{
  MwProber *self = MW_PROBER (user_data);

  self->search_id = 0;
  self->searched = TRUE;
  mw_prober_schedule (self);
  return G_SOURCE_REMOVE;
}

static void
mw_prober_dispose (GObject *object)
{
  MwProber *self = MW_PROBER (object);

  g_clear_handle_id (&self->search_id, g_source_remove);
  g_clear_handle_id (&self->wait_id, g_source_remove);
  g_clear_handle_id (&self->evaluate_id, g_source_remove);
  self->finished = TRUE;
  g_cancellable_cancel (self->cancellable);
  for (guint s = 0; s < G_N_ELEMENTS (self->sides); s++)
    {
      for (guint i = 0; i < self->sides[s].attempts->len; i++)
        mw_prober_drop_probe (self, self->sides[s].attempts->pdata[i]);
    }

  G_OBJECT_CLASS (mw_prober_parent_class)->dispose (object);
}

static void
mw_prober_finalize (GObject *object)
{
  MwProber *self = MW_PROBER (object);

  g_clear_pointer (&self->address, mw_address_unref);
  g_clear_object (&self->resolver);
  g_clear_object (&self->tls);
  g_clear_object (&self->network);
  g_clear_pointer (&self->budget, mw_attempt_budget_unref);
  g_clear_pointer (&self->slots, mw_socket_slots_unref);
  g_clear_pointer (&self->redactor, mw_redactor_unref);
  g_clear_pointer (&self->pins, g_hash_table_unref);
  g_clear_object (&self->cancellable);
  g_strfreev (self->consent_hosts);
  for (guint s = 0; s < G_N_ELEMENTS (self->sides); s++)
    {
      g_ptr_array_unref (self->sides[s].attempts);
      g_clear_pointer (&self->sides[s].secret, mw_secret_unref);
      g_free (self->sides[s].user_name);
    }

  G_OBJECT_CLASS (mw_prober_parent_class)->finalize (object);
}

static void
mw_prober_class_init (MwProberClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = mw_prober_dispose;
  object_class->finalize = mw_prober_finalize;

  g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 0);
  g_signal_new ("finished", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 0);
}

static void
mw_prober_init (MwProber *self)
{
  self->budget = mw_attempt_budget_new ();
  self->slots = mw_socket_slots_new (MW_PROBER_MAX_SOCKETS);
  self->redactor = mw_redactor_new ();
  self->pins = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->cancellable = g_cancellable_new ();
  self->outcome = MW_OUTCOME_PENDING;
  self->verified_us = -1;
  for (guint s = 0; s < G_N_ELEMENTS (self->sides); s++)
    self->sides[s].attempts = g_ptr_array_new_with_free_func ((GDestroyNotify) mw_attempt_free);
}

MwProber *
mw_prober_new (MwAddress         *address,
               MwResolver        *resolver,
               MwTlsCredentials  *tls,
               const MwDeadlines *deadlines,
               MwProberPolicy     policy,
               gpointer           policy_data)
{
  MwProber *self;

  g_return_val_if_fail (address != NULL, NULL);
  g_return_val_if_fail (MW_IS_RESOLVER (resolver), NULL);
  g_return_val_if_fail (MW_IS_TLS_CREDENTIALS (tls), NULL);
  g_return_val_if_fail (deadlines != NULL, NULL);
  g_return_val_if_fail (policy != NULL, NULL);

  self = g_object_new (MW_TYPE_PROBER, NULL);
  self->address = mw_address_ref (address);
  self->resolver = g_object_ref (resolver);
  self->tls = g_object_ref (tls);
  self->deadlines = *deadlines;
  self->policy = policy;
  self->policy_data = policy_data;
  return self;
}

void
mw_prober_set_log_in (MwProber   *self,
                      MwSide      side,
                      MwSecret   *secret,
                      const char *user_name)
{
  MwRace *data;

  g_return_if_fail (MW_IS_PROBER (self));
  g_return_if_fail (self->started_us == 0);

  data = &self->sides[side];
  g_clear_pointer (&data->secret, mw_secret_unref);
  data->secret = secret != NULL ? mw_secret_ref (secret) : NULL;
  g_free (data->user_name);
  data->user_name = g_strdup (user_name);
}

void
mw_prober_set_auth (MwProber     *self,
                    MwSide        side,
                    MwAuthMethod  method)
{
  g_return_if_fail (MW_IS_PROBER (self));
  g_return_if_fail (self->started_us == 0);

  self->sides[side].auth = method;
}

void
mw_prober_set_redactor (MwProber   *self,
                        MwRedactor *redactor)
{
  g_return_if_fail (MW_IS_PROBER (self));
  g_return_if_fail (redactor != NULL);

  mw_redactor_unref (self->redactor);
  self->redactor = mw_redactor_ref (redactor);
}

void
mw_prober_set_outgoing_open (MwProber *self,
                             gboolean  open)
{
  g_return_if_fail (MW_IS_PROBER (self));

  self->outgoing_open = open;
}

void
mw_prober_set_browser_sign_in (MwProber *self,
                               gboolean  browser_sign_in)
{
  g_return_if_fail (MW_IS_PROBER (self));

  self->browser_sign_in = browser_sign_in;
}

void
mw_prober_skip (MwProber *self,
                MwSide    side)
{
  g_return_if_fail (MW_IS_PROBER (self));

  self->sides[side].skipped = TRUE;
}

void
mw_prober_set_pin (MwProber   *self,
                   const char *host,
                   guint16     port,
                   const char *sha256)
{
  g_return_if_fail (MW_IS_PROBER (self));
  g_return_if_fail (host != NULL);
  g_return_if_fail (sha256 != NULL);

  g_hash_table_replace (self->pins, g_strdup_printf ("%s:%u", host, port), g_strdup (sha256));
}

void
mw_prober_set_network (MwProber       *self,
                       MwNetworkState *network)
{
  g_return_if_fail (MW_IS_PROBER (self));
  g_return_if_fail (MW_IS_NETWORK_STATE (network));

  g_set_object (&self->network, network);
}

void
mw_prober_set_candidates (MwProber  *self,
                          MwSide     side,
                          GPtrArray *candidates)
{
  g_autoptr(GPtrArray) former = NULL;
  MwRace *data;

  g_return_if_fail (MW_IS_PROBER (self));
  g_return_if_fail (candidates != NULL);

  data = &self->sides[side];
  if (data->skipped || data->settled || self->finished)
    return;

  former = g_steal_pointer (&data->attempts);
  data->attempts = g_ptr_array_new_with_free_func ((GDestroyNotify) mw_attempt_free);
  for (guint i = 0; i < candidates->len; i++)
    {
      MwCandidate *candidate = candidates->pdata[i];
      MwRace old = { .attempts = former };
      MwAttempt *attempt = mw_race_find (&old, mw_candidate_get_endpoint (candidate));

      if (attempt != NULL)
        {
          guint index;

          g_ptr_array_find (former, attempt, &index);
          g_ptr_array_steal_index (former, index);
          mw_attempt_set_candidate (attempt, candidate);
          g_ptr_array_add (data->attempts, attempt);
        }
      else
        {
          attempt = mw_attempt_new (candidate);
          g_ptr_array_add (data->attempts, attempt);
          mw_prober_look_up (self, side, attempt);
        }
    }

  /* What is no candidate any more: the domain said it does not offer it. Who
   * has the password already may go on. */
  for (guint i = former->len; i > 0; i--)
    {
      if (former->pdata[i - 1] == data->chosen)
        g_ptr_array_add (data->attempts, g_ptr_array_steal_index (former, i - 1));
      else
        mw_prober_drop_probe (self, former->pdata[i - 1]);
    }

  mw_prober_schedule (self);
}

void
mw_prober_set_sources (MwProber *self,
                       gboolean  better_done,
                       gboolean  all_done)
{
  g_return_if_fail (MW_IS_PROBER (self));

  self->better_done = better_done;
  self->all_done = all_done;
  mw_prober_schedule (self);
}

void
mw_prober_start (MwProber *self)
{
  g_return_if_fail (MW_IS_PROBER (self));
  g_return_if_fail (self->started_us == 0);

  self->started_us = g_get_monotonic_time ();
  self->search_id = g_timeout_add (self->deadlines.search_ms, on_search_cb, self);
  mw_prober_schedule (self);
}

void
mw_prober_cancel (MwProber *self)
{
  g_return_if_fail (MW_IS_PROBER (self));

  mw_prober_finish (self, MW_OUTCOME_CANCELLED);
}

MwOutcome
mw_prober_get_outcome (MwProber *self)
{
  g_return_val_if_fail (MW_IS_PROBER (self), MW_OUTCOME_PENDING);

  return self->outcome;
}

MwVerdict *
mw_prober_get_verdict (MwProber *self,
                       MwSide    side)
{
  MwRace *data;
  MwAttempt *attempt;

  g_return_val_if_fail (MW_IS_PROBER (self), NULL);

  data = &self->sides[side];
  attempt = data->chosen != NULL ? data->chosen : mw_race_find_most_telling (data);
  if (attempt == NULL && data->attempts->len > 0)
    attempt = data->attempts->pdata[0];

  return attempt != NULL ? mw_attempt_get_verdict (attempt) : NULL;
}

GPtrArray *
mw_prober_dup_verdicts (MwProber *self)
{
  GPtrArray *verdicts;

  g_return_val_if_fail (MW_IS_PROBER (self), NULL);

  verdicts = g_ptr_array_new_with_free_func ((GDestroyNotify) mw_verdict_unref);
  for (guint s = 0; s < G_N_ELEMENTS (self->sides); s++)
    {
      for (guint i = 0; i < self->sides[s].attempts->len; i++)
        {
          MwVerdict *verdict = mw_attempt_get_verdict (self->sides[s].attempts->pdata[i]);

          if (verdict != NULL)
            g_ptr_array_add (verdicts, mw_verdict_ref (verdict));
        }
    }

  return verdicts;
}

const char * const *
mw_prober_get_consent_hosts (MwProber *self)
{
  g_return_val_if_fail (MW_IS_PROBER (self), NULL);

  return (const char * const *) self->consent_hosts;
}

MwAttemptBudget *
mw_prober_get_budget (MwProber *self)
{
  g_return_val_if_fail (MW_IS_PROBER (self), NULL);

  return self->budget;
}

gint64
mw_prober_get_verified_us (MwProber *self)
{
  g_return_val_if_fail (MW_IS_PROBER (self), -1);

  return self->verified_us;
}
