/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "probe/mw-race.h"

MwAttempt *
mw_race_find (MwRace     *self,
              MwEndpoint *endpoint)
{
  for (guint i = 0; i < self->attempts->len; i++)
    {
      MwAttempt *attempt = self->attempts->pdata[i];

      if (mw_endpoint_equal (mw_candidate_get_endpoint (attempt->candidate), endpoint))
        return attempt;
    }

  return NULL;
}

static gboolean
speaks_the_same (MwAttempt *a,
                 MwAttempt *b)
{
  MwEndpoint *one = mw_candidate_get_endpoint (a->candidate);
  MwEndpoint *other = mw_candidate_get_endpoint (b->candidate);

  return mw_endpoint_get_port (one) == mw_endpoint_get_port (other) &&
         mw_endpoint_get_protocol (one) == mw_endpoint_get_protocol (other) &&
         mw_endpoint_get_security (one) == mw_endpoint_get_security (other);
}

/* The same server under another name: dialling it twice would cost time and
 * count against its limits. Only a certificate that does not fit the first
 * name gives the second one a chance of its own. */
MwAttempt *
mw_race_find_twin (MwRace    *self,
                   MwAttempt *attempt)
{
  for (guint i = 0; i < self->attempts->len; i++)
    {
      MwAttempt *other = self->attempts->pdata[i];

      if (other == attempt)
        return NULL;
      if (speaks_the_same (other, attempt) && mw_attempt_shares_address (other, attempt))
        return other;
    }

  return NULL;
}

/* The best one at its address; TLS at once of the same protocol, too; what was
 * typed is always first choice. */
gboolean
mw_race_is_first_choice (MwRace    *self,
                         MwAttempt *attempt)
{
  MwEndpoint *endpoint = mw_candidate_get_endpoint (attempt->candidate);
  MwAttempt *best = attempt;

  if (mw_candidate_get_grade (attempt->candidate) == MW_GRADE_U)
    return TRUE;

  for (guint i = 0; self->attempts->pdata[i] != attempt; i++)
    {
      if (mw_attempt_shares_address (self->attempts->pdata[i], attempt))
        {
          best = self->attempts->pdata[i];
          break;
        }
    }

  return best == attempt ||
         (mw_endpoint_get_security (endpoint) == MW_SECURITY_TLS &&
          mw_endpoint_get_protocol (endpoint) ==
          mw_endpoint_get_protocol (mw_candidate_get_endpoint (best->candidate)));
}

/* When the first choices at the address of @attempt were dialled. */
static gint64
get_first_dial (MwRace    *self,
                MwAttempt *attempt,
                gboolean  *out_open)
{
  gint64 first = G_MAXINT64;

  *out_open = FALSE;
  for (guint i = 0; i < self->attempts->len; i++)
    {
      MwAttempt *other = self->attempts->pdata[i];

      if (!mw_attempt_shares_address (other, attempt) || !mw_race_is_first_choice (self, other))
        continue;
      if (!mw_attempt_is_finished (other))
        *out_open = TRUE;
      if (other->dialled_us != 0)
        first = MIN (first, other->dialled_us);
    }

  return first;
}

/* What a round trip to the address of @attempt takes, if anything there has
 * answered. */
static gint64
get_round_trip (MwRace    *self,
                MwAttempt *attempt,
                gint64     known)
{
  for (guint i = 0; i < self->attempts->len; i++)
    {
      MwAttempt *other = self->attempts->pdata[i];
      gint64 round_trip = other->probe != NULL ? mw_probe_get_round_trip_us (other->probe) : 0;

      if (round_trip > 0 && mw_attempt_shares_address (other, attempt))
        known = MIN (known, round_trip);
    }

  return known;
}

gint64
mw_race_get_alternative_time (MwRace    *self,
                              MwRace    *other_side,
                              MwAttempt *attempt,
                              gint64     delay_us)
{
  gboolean open;
  gint64 first = get_first_dial (self, attempt, &open);

  if (!open)
    return 0;
  if (first == G_MAXINT64)
    return first;

  delay_us = get_round_trip (self, attempt, delay_us);
  return first + get_round_trip (other_side, attempt, delay_us);
}

/* A twin's answer is this attempt's answer, unless the name was the trouble. */
gboolean
mw_race_settle_by_twin (MwRace    *self,
                        MwAttempt *attempt)
{
  MwAttempt *twin = mw_race_find_twin (self, attempt);
  MwVerdict *copy;

  if (twin == NULL)
    return FALSE;

  if (!mw_attempt_is_finished (twin))
    return TRUE;

  /* What a person must say yes to is a name, too. */
  if (mw_attempt_get_outcome (twin) == MW_OUTCOME_CERT_NAME ||
      mw_attempt_get_outcome (twin) == MW_OUTCOME_CONSENT_NEEDED)
    return FALSE;

  copy = mw_verdict_copy (mw_attempt_get_verdict (twin));
  mw_candidate_unref (copy->candidate);
  copy->candidate = mw_candidate_ref (attempt->candidate);
  copy->presentations = 0;
  attempt->verdict = copy;
  return TRUE;
}

/* Whether an endpoint that ranks before @attempt may still get ready. */
gboolean
mw_race_better_is_pending (MwRace    *self,
                           MwAttempt *attempt)
{
  for (guint i = 0; i < self->attempts->len; i++)
    {
      MwAttempt *other = self->attempts->pdata[i];

      if (other == attempt)
        return FALSE;
      if (mw_attempt_get_state (other) <= MW_PROBE_STATE_RUNNING &&
          mw_race_find_twin (self, other) != attempt)
        return TRUE;
    }

  return FALSE;
}

gboolean
mw_race_better_is_reached (MwRace    *self,
                           MwAttempt *attempt)
{
  for (guint i = 0; i < self->attempts->len; i++)
    {
      MwAttempt *other = self->attempts->pdata[i];

      if (other == attempt)
        return FALSE;
      if (mw_attempt_get_state (other) == MW_PROBE_STATE_RUNNING &&
          mw_probe_get_round_trip_us (other->probe) > 0)
        return TRUE;
    }

  return FALSE;
}

/* Whether an IMAP server that ranks before @attempt, of POP3, has been reached:
 * which of the two it is to be stays for years, so that some milliseconds of a
 * handshake are no reason. */
gboolean
mw_race_better_protocol_is_near (MwRace    *self,
                                 MwAttempt *attempt)
{
  MwProtocol protocol =
    mw_endpoint_get_protocol (mw_candidate_get_endpoint (attempt->candidate));

  for (guint i = 0; i < self->attempts->len; i++)
    {
      MwAttempt *other = self->attempts->pdata[i];
      MwEndpoint *endpoint = mw_candidate_get_endpoint (other->candidate);

      if (other == attempt)
        return FALSE;
      if (mw_attempt_get_state (other) == MW_PROBE_STATE_RUNNING &&
          mw_endpoint_get_protocol (endpoint) != protocol &&
          mw_probe_get_round_trip_us (other->probe) > 0)
        return TRUE;
    }

  return FALSE;
}

gboolean
mw_race_has_another_user_name (MwRace    *self,
                               MwAttempt *attempt)
{
  const char * const *forms = mw_candidate_get_user_names (attempt->candidate);

  return self->user_name == NULL && forms != NULL && forms[0] != NULL &&
         forms[attempt->user_name + 1] != NULL;
}

void
mw_race_close (MwRace   *self,
               MwOutcome outcome)
{
  for (guint i = 0; i < self->attempts->len; i++)
    {
      MwAttempt *attempt = self->attempts->pdata[i];

      if (attempt != self->chosen && !mw_attempt_is_finished (attempt))
        mw_attempt_close (attempt, outcome);
    }
}

/* Whether an endpoint may still get ready; one that only waits for its twin
 * has nothing to add. */
gboolean
mw_race_is_pending (MwRace *self)
{
  for (guint i = 0; i < self->attempts->len; i++)
    {
      MwAttempt *attempt = self->attempts->pdata[i];
      MwAttempt *twin = mw_race_find_twin (self, attempt);

      if (mw_attempt_get_state (attempt) <= MW_PROBE_STATE_RUNNING &&
          (twin == NULL || mw_attempt_get_state (twin) < MW_PROBE_STATE_READY))
        return TRUE;
    }

  return FALSE;
}

MwAttempt *
mw_race_find_most_telling (MwRace *self)
{
  MwAttempt *best = NULL;

  for (guint i = 0; i < self->attempts->len; i++)
    {
      MwAttempt *attempt = self->attempts->pdata[i];
      MwVerdict *verdict = mw_attempt_get_verdict (attempt);
      MwVerdict *former = best != NULL ? mw_attempt_get_verdict (best) : NULL;

      if (verdict != NULL &&
          (former == NULL || mw_attempt_rate (verdict) > mw_attempt_rate (former)))
        best = attempt;
    }

  return best;
}
