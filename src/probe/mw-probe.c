/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "probe/mw-probe-private.h"

/* Enough for a whole log-in; a server that talks more is cut. */
#define TRANSCRIPT_LINES 200

G_DEFINE_FINAL_TYPE (MwProbe, mw_probe, G_TYPE_OBJECT)

enum {
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
mw_probe_dispose (GObject *object)
{
  MwProbe *self = MW_PROBE (object);

  g_cancellable_cancel (self->cancellable);
  mw_probe_stop_waiting (self);
  mw_probe_stop_listening (self);
  g_clear_object (&self->channel);
  g_clear_object (&self->dialogue);
  g_clear_object (&self->resolver);
  g_clear_object (&self->tls);

  G_OBJECT_CLASS (mw_probe_parent_class)->dispose (object);
}

static void
mw_probe_finalize (GObject *object)
{
  MwProbe *self = MW_PROBE (object);

  g_clear_pointer (&self->address, mw_address_unref);
  g_free (self->pin);
  g_clear_pointer (&self->verdict, mw_verdict_unref);
  g_clear_pointer (&self->transcript, mw_transcript_unref);
  g_clear_pointer (&self->redactor, mw_redactor_unref);
  g_clear_pointer (&self->budget, mw_attempt_budget_unref);
  g_clear_pointer (&self->slots, mw_socket_slots_unref);
  g_clear_object (&self->cancellable);

  G_OBJECT_CLASS (mw_probe_parent_class)->finalize (object);
}

static void
mw_probe_class_init (MwProbeClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = mw_probe_dispose;
  object_class->finalize = mw_probe_finalize;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                   0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
mw_probe_init (MwProbe *self)
{
  self->cancellable = g_cancellable_new ();
  self->redactor = mw_redactor_new ();
  self->transcript = mw_transcript_new (TRANSCRIPT_LINES, self->redactor);
}

MwProbe *
mw_probe_new (MwCandidate       *candidate,
              MwAddress         *address,
              MwResolver        *resolver,
              MwTlsCredentials  *tls,
              const MwDeadlines *deadlines,
              const char        *pin,
              gboolean           allow_local)
{
  MwProbe *self;

  g_return_val_if_fail (candidate != NULL, NULL);
  g_return_val_if_fail (address != NULL, NULL);
  g_return_val_if_fail (MW_IS_RESOLVER (resolver), NULL);
  g_return_val_if_fail (MW_IS_TLS_CREDENTIALS (tls), NULL);
  g_return_val_if_fail (deadlines != NULL, NULL);

  self = g_object_new (MW_TYPE_PROBE, NULL);
  self->verdict = mw_verdict_new (candidate);
  self->verdict->transcript = mw_transcript_ref (self->transcript);
  self->address = mw_address_ref (address);
  self->resolver = g_object_ref (resolver);
  self->tls = g_object_ref (tls);
  self->deadlines = *deadlines;
  self->pin = g_strdup (pin);
  self->allow_local = allow_local;
  return self;
}

void
mw_probe_set_slots (MwProbe       *self,
                    MwSocketSlots *slots)
{
  g_return_if_fail (MW_IS_PROBE (self));
  g_return_if_fail (self->state == MW_PROBE_STATE_NEW);
  g_return_if_fail (slots != NULL);

  g_clear_pointer (&self->slots, mw_socket_slots_unref);
  self->slots = mw_socket_slots_ref (slots);
}

void
mw_probe_set_redactor (MwProbe    *self,
                       MwRedactor *redactor)
{
  g_return_if_fail (MW_IS_PROBE (self));
  g_return_if_fail (self->state == MW_PROBE_STATE_NEW);
  g_return_if_fail (redactor != NULL);

  g_clear_pointer (&self->transcript, mw_transcript_unref);
  mw_redactor_unref (self->redactor);
  self->redactor = mw_redactor_ref (redactor);
  self->transcript = mw_transcript_new (TRANSCRIPT_LINES, redactor);

  g_clear_pointer (&self->verdict->transcript, mw_transcript_unref);
  self->verdict->transcript = mw_transcript_ref (self->transcript);
}

void
mw_probe_set_looked_up (MwProbe *self)
{
  g_return_if_fail (MW_IS_PROBE (self));
  g_return_if_fail (self->state == MW_PROBE_STATE_NEW);

  self->stage = MW_STAGE_CONNECT;
  mw_probe_edit_verdict (self)->stage = MW_STAGE_CONNECT;
}

void
mw_probe_start (MwProbe *self)
{
  MwEndpoint *endpoint;

  g_return_if_fail (MW_IS_PROBE (self));
  g_return_if_fail (self->state == MW_PROBE_STATE_NEW);

  endpoint = mw_probe_get_endpoint (self);
  mw_redactor_add_public (self->redactor, mw_endpoint_get_host (endpoint));
  self->started_us = g_get_monotonic_time ();
  self->stage_started_us = self->started_us;
  mw_probe_connect (self);
  mw_probe_set_state (self, MW_PROBE_STATE_RUNNING);
}

gboolean
mw_probe_is_alive (MwProbe *self)
{
  g_return_val_if_fail (MW_IS_PROBE (self), FALSE);

  return self->state == MW_PROBE_STATE_READY &&
         mw_transport_is_open (mw_line_channel_get_transport (self->channel));
}

void
mw_probe_set_auth (MwProbe      *self,
                   MwAuthMethod  method)
{
  g_return_if_fail (MW_IS_PROBE (self));

  mw_dialogue_set_auth (self->dialogue, method);
}

void
mw_probe_authenticate (MwProbe         *self,
                       MwCredentials   *credentials,
                       MwAttemptBudget *budget)
{
  g_autoptr(GError) error = NULL;
  g_auto(MwStep) step = { 0 };
  MwSecret *secret;
  MwVerdict *verdict;

  g_return_if_fail (MW_IS_PROBE (self));
  g_return_if_fail (self->state == MW_PROBE_STATE_READY);
  g_return_if_fail (credentials != NULL);
  g_return_if_fail (budget != NULL);
  g_return_if_fail (mw_endpoint_equal (mw_credentials_get_endpoint (credentials),
                                       mw_probe_get_endpoint (self)));

  secret = mw_credentials_get_secret (credentials);
  mw_redactor_add_person (self->redactor, mw_credentials_get_user_name (credentials));
  mw_redactor_add_secret (self->redactor, mw_secret_peek (secret),
                          mw_secret_get_length (secret));
  self->budget = mw_attempt_budget_ref (budget);

  verdict = mw_probe_edit_verdict (self);
  g_free (verdict->user_name);
  verdict->user_name = g_strdup (mw_credentials_get_user_name (credentials));

  verdict->stage = MW_STAGE_AUTH;
  self->stage = MW_STAGE_AUTH;
  self->stage_started_us = g_get_monotonic_time ();
  if (!mw_dialogue_authenticate (self->dialogue, credentials, &step, &error))
    {
      mw_probe_fail (self, error);
      return;
    }

  mw_probe_take_step (self, &step);
  if (self->state == MW_PROBE_STATE_READY)
    mw_probe_set_state (self, MW_PROBE_STATE_LOGGING_IN);
}

void
mw_probe_prove_without_login (MwProbe *self)
{
  g_autoptr(GError) error = NULL;
  g_auto(MwStep) step = { 0 };

  g_return_if_fail (MW_IS_PROBE (self));
  g_return_if_fail (self->state == MW_PROBE_STATE_READY);

  mw_probe_edit_verdict (self)->stage = MW_STAGE_SENDER;
  self->stage = MW_STAGE_SENDER;
  self->stage_started_us = g_get_monotonic_time ();
  if (!mw_dialogue_prove_without_login (self->dialogue, &step, &error))
    {
      mw_probe_fail (self, error);
      return;
    }

  mw_probe_take_step (self, &step);
  if (self->state == MW_PROBE_STATE_READY)
    mw_probe_set_state (self, MW_PROBE_STATE_LOGGING_IN);
}

void
mw_probe_stop (MwProbe   *self,
               MwOutcome  outcome)
{
  g_return_if_fail (MW_IS_PROBE (self));

  if (self->state == MW_PROBE_STATE_FINISHED)
    return;

  if (self->channel != NULL)
    mw_transport_close (mw_line_channel_get_transport (self->channel), NULL);
  if (self->started_us == 0)
    self->started_us = self->stage_started_us = g_get_monotonic_time ();
  mw_probe_finish (self, outcome, NULL);
}

MwProbeState
mw_probe_get_state (MwProbe *self)
{
  g_return_val_if_fail (MW_IS_PROBE (self), MW_PROBE_STATE_FINISHED);

  return self->state;
}

void
mw_probe_set_candidate (MwProbe     *self,
                        MwCandidate *candidate)
{
  MwVerdict *verdict;

  g_return_if_fail (MW_IS_PROBE (self));
  g_return_if_fail (candidate != NULL);
  g_return_if_fail (mw_endpoint_equal (mw_candidate_get_endpoint (candidate),
                                       mw_probe_get_endpoint (self)));

  verdict = mw_probe_edit_verdict (self);
  mw_candidate_unref (verdict->candidate);
  verdict->candidate = mw_candidate_ref (candidate);
}

MwVerdict *
mw_probe_get_verdict (MwProbe *self)
{
  g_return_val_if_fail (MW_IS_PROBE (self), NULL);

  return self->verdict;
}

gint64
mw_probe_get_round_trip_us (MwProbe *self)
{
  g_return_val_if_fail (MW_IS_PROBE (self), 0);

  return self->round_trip_us;
}

MwEndpoint *
mw_probe_get_endpoint (MwProbe *self)
{
  return mw_candidate_get_endpoint (self->verdict->candidate);
}
