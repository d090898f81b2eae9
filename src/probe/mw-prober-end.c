/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "probe/mw-prober-private.h"

/* How long a host that needs no question may hold back one that does. */
#define QUESTION_DELAY_MS 1500

/* How long a bad certificate of one side waits for those of the other. */
#define LAST_WORD_MS 1000

static gboolean
is_hopeless (MwProber *self,
             MwRace   *side)
{
  if (side->chosen != NULL)
    return FALSE;

  if (!self->all_done && !self->searched)
    return FALSE;

  for (guint i = 0; i < side->attempts->len; i++)
    {
      MwAttempt *attempt = side->attempts->pdata[i];

      if (mw_attempt_get_state (attempt) == MW_PROBE_STATE_READY)
        return FALSE;
      if (!mw_attempt_is_finished (attempt) && !self->searched)
        return FALSE;
    }

  return TRUE;
}

/* The endpoint of that side that needs a yes, when nothing else is left. */
static MwAttempt *
find_question (MwProber *self,
               MwRace   *side)
{
  MwAttempt *attempt;
  gint64 now = g_get_monotonic_time ();

  if (side->skipped || side->settled || side->chosen != NULL ||
      mw_prober_find_ready (self, side, MW_HOST_DECISION_SILENT) != NULL)
    return NULL;

  if (!self->all_done && !self->searched)
    return NULL;

  attempt = mw_prober_find_ready (self, side, MW_HOST_DECISION_ASK);
  if (attempt != NULL)
    {
      if (side->ready_since_us == 0)
        side->ready_since_us = now;
      if (mw_race_is_pending (side) && now < side->ready_since_us + QUESTION_DELAY_MS * 1000)
        {
          mw_prober_wait_ms (self, (side->ready_since_us - now) / 1000 + QUESTION_DELAY_MS);
          return NULL;
        }
      return attempt;
    }

  if (mw_race_is_pending (side))
    return NULL;

  /* Not even dialled: it lies in a local network, or at an odd port. */
  for (guint i = 0; i < side->attempts->len; i++)
    {
      attempt = side->attempts->pdata[i];
      if (mw_attempt_get_outcome (attempt) == MW_OUTCOME_CONSENT_NEEDED)
        return attempt;
    }

  return NULL;
}

void
mw_prober_finish (MwProber *self,
                  MwOutcome outcome)
{
  g_autoptr(MwProber) alive G_GNUC_UNUSED = g_object_ref (self);
  MwOutcome rest = outcome == MW_OUTCOME_CANCELLED ? MW_OUTCOME_CANCELLED
                                                   : MW_OUTCOME_NOT_NEEDED;

  if (self->finished)
    return;

  self->finished = TRUE;
  self->outcome = outcome;
  g_clear_handle_id (&self->search_id, g_source_remove);
  g_clear_handle_id (&self->wait_id, g_source_remove);
  g_clear_handle_id (&self->evaluate_id, g_source_remove);

  for (guint s = 0; s < G_N_ELEMENTS (self->sides); s++)
    {
      MwRace *side = &self->sides[s];

      /* Whoever has not answered in all this time has timed out. */
      if (is_hopeless (self, side))
        mw_race_close (side, MW_OUTCOME_TIMEOUT);
      mw_race_close (side, rest);
      if (side->chosen != NULL && !mw_attempt_is_finished (side->chosen))
        mw_attempt_close (side->chosen, rest);
    }

  if (outcome != MW_OUTCOME_WORKS && outcome != MW_OUTCOME_CANCELLED &&
      outcome != MW_OUTCOME_CONSENT_NEEDED && mw_prober_sees_portal (self))
    self->outcome = MW_OUTCOME_PORTAL;

  g_cancellable_cancel (self->cancellable);
  g_signal_emit_by_name (self, "changed");
  g_signal_emit_by_name (self, "finished");
}

static MwOutcome
get_side_outcome (MwProber *self,
                  MwSide    side)
{
  MwVerdict *verdict = mw_prober_get_verdict (self, side);

  return verdict != NULL ? verdict->outcome : MW_OUTCOME_NOTHING_FOUND;
}

static void
add_question (GPtrArray *hosts,
              MwAttempt *attempt)
{
  const char *host;

  if (attempt == NULL)
    return;

  host = mw_endpoint_get_host (mw_candidate_get_endpoint (attempt->candidate));
  if (!g_ptr_array_find_with_equal_func (hosts, host, g_str_equal, NULL))
    g_ptr_array_add (hosts, g_strdup (host));
  mw_attempt_close (attempt, MW_OUTCOME_CONSENT_NEEDED);
}

/* Ends the run with a question when that is all that is left to do, or waits
 * until the question is complete. */
static gboolean
handle_question (MwProber *self)
{
  MwRace *incoming = &self->sides[MW_SIDE_INCOMING];
  MwRace *outgoing = &self->sides[MW_SIDE_OUTGOING];
  MwAttempt *receiving = find_question (self, incoming);
  MwAttempt *sending = find_question (self, outgoing);
  g_autoptr(GPtrArray) hosts = NULL;

  if (receiving == NULL && !(sending != NULL && (incoming->settled || incoming->skipped)))
    return FALSE;

  /* Both are asked about at once, so the other side is waited for. */
  if (sending == NULL && !outgoing->skipped && mw_race_is_pending (outgoing) && !self->searched &&
      mw_prober_find_ready (self, outgoing, MW_HOST_DECISION_SILENT) == NULL)
    return TRUE;

  hosts = g_ptr_array_new ();
  add_question (hosts, receiving);
  add_question (hosts, sending);
  g_ptr_array_add (hosts, NULL);
  self->consent_hosts = (char **) g_ptr_array_steal (hosts, NULL);
  mw_prober_finish (self, MW_OUTCOME_CONSENT_NEEDED);
  return TRUE;
}

/* Whether what the outgoing servers are about to show belongs to the answer:
 * one certificate on several ports is one question, and only two servers
 * together give a captive portal away. */
static gboolean
waits_for_last_word (MwProber *self)
{
  MwVerdict *verdict = mw_prober_get_verdict (self, MW_SIDE_INCOMING);
  MwRace *outgoing = &self->sides[MW_SIDE_OUTGOING];
  gint64 now = g_get_monotonic_time ();

  if (verdict == NULL || verdict->tls == NULL || mw_tls_facts_get_trusted (verdict->tls) ||
      outgoing->skipped || self->searched || !mw_race_is_pending (outgoing))
    return FALSE;

  if (self->failed_us == 0)
    self->failed_us = now;
  if (now >= self->failed_us + LAST_WORD_MS * 1000)
    return FALSE;

  mw_prober_wait_ms (self, (self->failed_us - now) / 1000 + LAST_WORD_MS);
  return TRUE;
}

static void
end_with_incoming (MwProber *self)
{
  if (!waits_for_last_word (self))
    mw_prober_finish (self, get_side_outcome (self, MW_SIDE_INCOMING));
}

void
mw_prober_check_end (MwProber *self)
{
  MwRace *incoming = &self->sides[MW_SIDE_INCOMING];
  MwRace *outgoing = &self->sides[MW_SIDE_OUTGOING];

  /* Whoever heard of the last change may have cancelled. */
  if (self->finished)
    return;

  if (incoming->accepted && incoming->secret != NULL && outgoing->accepted &&
      outgoing->secret != NULL && self->verified_us < 0)
    self->verified_us = g_get_monotonic_time () - self->started_us;

  if (incoming->settled && !incoming->works)
    {
      end_with_incoming (self);
      return;
    }

  if (handle_question (self))
    return;

  if (!incoming->skipped && !incoming->settled && is_hopeless (self, incoming))
    {
      incoming->settled = TRUE;
      mw_race_close (incoming, MW_OUTCOME_TIMEOUT);
      end_with_incoming (self);
      return;
    }

  if (!incoming->settled && !incoming->skipped)
    return;

  if (!outgoing->skipped && !outgoing->settled && is_hopeless (self, outgoing))
    {
      outgoing->settled = TRUE;
      mw_race_close (outgoing, MW_OUTCOME_TIMEOUT);
    }

  if (outgoing->skipped)
    mw_prober_finish (self, MW_OUTCOME_WORKS);
  else if (outgoing->settled)
    mw_prober_finish (self, outgoing->works ? MW_OUTCOME_WORKS
                                  : get_side_outcome (self, MW_SIDE_OUTGOING));
}
