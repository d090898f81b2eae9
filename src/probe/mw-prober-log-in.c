/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "probe/mw-prober-private.h"

/* Better sources are waited for before a guess or a DNS answer may log in. */
static gboolean
may_log_in_by_now (MwProber  *self,
                   MwAttempt *attempt)
{
  return self->better_done || mw_candidate_get_grade (attempt->candidate) <= MW_GRADE_C;
}

MwAttempt *
mw_prober_find_ready (MwProber      *self,
                      MwRace        *side,
                      MwHostDecision wanted)
{
  for (guint i = 0; i < side->attempts->len; i++)
    {
      MwAttempt *attempt = side->attempts->pdata[i];

      if (mw_attempt_get_state (attempt) == MW_PROBE_STATE_READY &&
          may_log_in_by_now (self, attempt) && mw_prober_decide (self, attempt, FALSE) == wanted)
        return attempt;
    }

  return NULL;
}

MwAttempt *
mw_prober_choose (MwProber *self,
                  MwRace   *side)
{
  MwAttempt *attempt = mw_prober_find_ready (self, side, MW_HOST_DECISION_SILENT);
  gint64 now = g_get_monotonic_time ();
  gint64 grace, round_trips;

  if (attempt == NULL)
    return NULL;

  if (side->ready_since_us == 0)
    side->ready_since_us = now;

  /* An answer to a connection takes one round trip, and has had several. */
  round_trips = mw_race_better_is_reached (side, attempt) ? 2 : 1;
  grace = MAX ((gint64) self->deadlines.grace_ms * 1000,
               round_trips * mw_probe_get_round_trip_us (attempt->probe));
  if (mw_race_better_protocol_is_near (side, attempt))
    grace = MAX (grace, (gint64) self->deadlines.protocol_grace_ms * 1000);
  if (mw_race_better_is_pending (side, attempt) && now < side->ready_since_us + grace)
    {
      mw_prober_wait_ms (self, (side->ready_since_us + grace - now) / 1000 + 1);
      return NULL;
    }

  return attempt;
}

static const char *
get_user_name (MwProber  *self,
               MwRace    *side,
               MwAttempt *attempt)
{
  const char * const *forms = mw_candidate_get_user_names (attempt->candidate);

  if (side->user_name != NULL)
    return side->user_name;

  if (forms == NULL || forms[0] == NULL)
    return mw_address_get_text (self->address);

  return forms[attempt->user_name];
}

static gboolean
offers_browser_sign_in (MwAttempt *attempt)
{
  const char * const *offered =
    (const char * const *) mw_attempt_get_verdict (attempt)->auth_offered;

  for (gsize i = 0; offered != NULL && offered[i] != NULL; i++)
    {
      if (g_ascii_strcasecmp (offered[i], "XOAUTH2") == 0 ||
          g_ascii_strcasecmp (offered[i], "OAUTHBEARER") == 0)
        return TRUE;
    }

  return FALSE;
}

/* Servers end connections that wait: for better sources, or for the other
 * side's log-in. The password has not been sent there, so nothing is counted. */
static void
redial (MwProber  *self,
        MwAttempt *attempt)
{
  if (attempt->redialled)
    {
      mw_attempt_close (attempt, MW_OUTCOME_DISCONNECTED);
      return;
    }

  attempt->redialled = TRUE;
  mw_prober_drop_probe (self, attempt);
  mw_prober_dial (self, attempt);
}

void
mw_prober_log_in (MwProber  *self,
                  MwRace    *side,
                  MwAttempt *attempt)
{
  g_autoptr(MwCredentials) credentials = NULL;
  gboolean open = side == &self->sides[MW_SIDE_OUTGOING] && self->outgoing_open;

  side->chosen = attempt;
  if (self->browser_sign_in && !offers_browser_sign_in (attempt))
    {
      mw_probe_stop (attempt->probe, MW_OUTCOME_MECH_NONE);
      return;
    }

  if (self->browser_sign_in || (side->secret == NULL && !open))
    {
      side->accepted = TRUE;
      mw_probe_stop (attempt->probe, MW_OUTCOME_WORKS);
      return;
    }

  if (!mw_probe_is_alive (attempt->probe))
    {
      redial (self, attempt);
      return;
    }

  if (open)
    {
      mw_probe_prove_without_login (attempt->probe);
      return;
    }

  /* Where no password is taken, none is shown. */
  if (mw_candidate_get_auth (attempt->candidate) == MW_AUTH_OAUTH2)
    {
      mw_probe_stop (attempt->probe, MW_OUTCOME_NEED_OAUTH);
      return;
    }

  credentials = mw_credentials_new (mw_candidate_get_endpoint (attempt->candidate),
                                    get_user_name (self, side, attempt), side->secret);
  mw_probe_set_auth (attempt->probe, side->auth);
  mw_probe_authenticate (attempt->probe, credentials, self->budget);
}

/* It stays chosen: another endpoint would begin with the form that was refused. */
static void
try_next_user_name (MwProber  *self,
                    MwAttempt *attempt)
{
  g_clear_pointer (&attempt->refusal, mw_verdict_unref);
  attempt->refusal = mw_verdict_ref (mw_attempt_get_verdict (attempt));
  mw_prober_drop_probe (self, attempt);
  attempt->user_name++;
  mw_prober_dial (self, attempt);
}

/* Follows the endpoint that logs in. The others stay ready until it is
 * accepted: one that cannot log in at all leaves its place to the next. */
void
mw_prober_follow_chosen (MwProber *self,
                         MwSide    which)
{
  MwRace *side = &self->sides[which];
  MwAttempt *attempt = side->chosen;
  MwOutcome outcome;

  if (attempt == NULL || side->settled)
    return;

  /* Dialled anew for another form of the user name; the server may show
   * another certificate now. */
  if (mw_attempt_get_state (attempt) == MW_PROBE_STATE_READY)
    {
      if (mw_prober_decide (self, attempt, FALSE) == MW_HOST_DECISION_SILENT)
        mw_prober_log_in (self, side, attempt);
      else
        mw_attempt_close (attempt, MW_OUTCOME_NOT_NEEDED);
    }

  if (mw_attempt_get_state (attempt) == MW_PROBE_STATE_AUTHENTICATED && !side->accepted)
    {
      side->accepted = TRUE;
      mw_race_close (side, MW_OUTCOME_NOT_NEEDED);
    }

  if (!mw_attempt_is_finished (attempt))
    return;

  outcome = mw_attempt_get_outcome (attempt);
  if (mw_attempt_works (outcome))
    {
      side->accepted = TRUE;
      side->works = TRUE;
      side->settled = TRUE;
      mw_race_close (side, MW_OUTCOME_NOT_NEEDED);
    }
  else if (outcome == MW_OUTCOME_BAD_CREDENTIALS && mw_race_has_another_user_name (side, attempt) &&
           mw_attempt_budget_may_take (self->budget, which))
    {
      try_next_user_name (self, attempt);
    }
  else if (attempt->refusal != NULL && mw_attempt_get_verdict (attempt)->presentations == 0)
    {
      /* The next form was not even tried, so the refusal stands. */
      attempt->verdict = g_steal_pointer (&attempt->refusal);
      side->settled = TRUE;
    }
  else if (mw_attempt_is_final (outcome) || side->accepted ||
           !mw_attempt_budget_may_take (self->budget, which))
    {
      side->settled = TRUE;
    }
  else
    {
      side->chosen = NULL;
    }
}
