/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "probe/mw-attempt.h"

MwAttempt *
mw_attempt_new (MwCandidate *candidate)
{
  MwAttempt *self = g_new0 (MwAttempt, 1);

  self->candidate = mw_candidate_ref (candidate);
  return self;
}

void
mw_attempt_set_candidate (MwAttempt   *self,
                          MwCandidate *candidate)
{
  if (candidate == self->candidate)
    return;

  mw_candidate_unref (self->candidate);
  self->candidate = mw_candidate_ref (candidate);
  if (self->probe != NULL)
    mw_probe_set_candidate (self->probe, candidate);

  /* A better source may have made it a host that can be dialled unasked. */
  if (self->verdict != NULL && self->verdict->outcome == MW_OUTCOME_CONSENT_NEEDED)
    g_clear_pointer (&self->verdict, mw_verdict_unref);

  if (self->verdict != NULL)
    {
      MwVerdict *copy = mw_verdict_copy (self->verdict);

      mw_candidate_unref (copy->candidate);
      copy->candidate = mw_candidate_ref (candidate);
      mw_verdict_unref (self->verdict);
      self->verdict = copy;
    }
}

MwVerdict *
mw_attempt_get_verdict (MwAttempt *self)
{
  if (self->verdict != NULL)
    return self->verdict;

  return self->probe != NULL ? mw_probe_get_verdict (self->probe) : NULL;
}

MwProbeState
mw_attempt_get_state (MwAttempt *self)
{
  if (self->verdict != NULL)
    return MW_PROBE_STATE_FINISHED;

  return self->probe != NULL ? mw_probe_get_state (self->probe) : MW_PROBE_STATE_NEW;
}

gboolean
mw_attempt_is_finished (MwAttempt *self)
{
  return mw_attempt_get_state (self) == MW_PROBE_STATE_FINISHED;
}

MwOutcome
mw_attempt_get_outcome (MwAttempt *self)
{
  MwVerdict *verdict = mw_attempt_get_verdict (self);

  return verdict != NULL ? verdict->outcome : MW_OUTCOME_PENDING;
}

gboolean
mw_attempt_shares_address (MwAttempt *self,
                           MwAttempt *other)
{
  gboolean shares = FALSE;

  for (guint i = 0; i < MW_N_FAMILIES; i++)
    {
      if (self->addresses[i] == NULL || other->addresses[i] == NULL)
        continue;
      if (!g_str_equal (self->addresses[i], other->addresses[i]))
        return FALSE;
      shares = TRUE;
    }

  return shares;
}

/* Ends an attempt that will not be dialled. */
void
mw_attempt_close (MwAttempt *self,
                  MwOutcome  outcome)
{
  if (self->probe != NULL)
    {
      mw_probe_stop (self->probe, outcome);
      return;
    }

  if (self->verdict == NULL)
    {
      self->verdict = mw_verdict_new (self->candidate);
      self->verdict->outcome = outcome;
    }
}

void
mw_attempt_free (MwAttempt *self)
{
  g_clear_object (&self->probe);
  g_clear_pointer (&self->verdict, mw_verdict_unref);
  g_clear_pointer (&self->refusal, mw_verdict_unref);
  mw_candidate_unref (self->candidate);
  for (guint i = 0; i < MW_N_FAMILIES; i++)
    g_free (self->addresses[i]);
  g_free (self);
}

/* The server has spoken about the account itself; another endpoint of the same
 * provider would say the same and count another failure. */
gboolean
mw_attempt_is_final (MwOutcome outcome)
{
  switch ((int) outcome)
    {
    case MW_OUTCOME_NEED_OAUTH:
    case MW_OUTCOME_NEED_APP_PASSWORD:
    case MW_OUTCOME_IMAP_DISABLED:
    case MW_OUTCOME_BAD_CREDENTIALS:
    case MW_OUTCOME_LOGIN_REFUSED:
    case MW_OUTCOME_IP_NOT_APPROVED:
    case MW_OUTCOME_EXCHANGE_ONLY:
    case MW_OUTCOME_PASSWORD_EXPIRED:
    case MW_OUTCOME_ACCOUNT_BLOCKED:
    case MW_OUTCOME_TEMPORARY:
    case MW_OUTCOME_SEND_AUTH_REQUIRED:
    case MW_OUTCOME_SENDER_NOT_ALLOWED:
    case MW_OUTCOME_RELAY_DENIED:
    case MW_OUTCOME_SMTPUTF8_MISSING:
    case MW_OUTCOME_STARTTLS_INJECTED:
    case MW_OUTCOME_PREAUTH:
    case MW_OUTCOME_CANCELLED:
      return TRUE;
    default:
      return FALSE;
    }
}

gboolean
mw_attempt_works (MwOutcome outcome)
{
  /* The mailbox is busy, so the log-in was right. */
  return outcome == MW_OUTCOME_WORKS || outcome == MW_OUTCOME_IN_USE;
}

/* How much an end without a log-in says of its side. A host that only needs a
 * yes, or that was still good when the other side failed, says most; silence
 * and names that do not exist say least. */
int
mw_attempt_rate (MwVerdict *verdict)
{
  switch ((int) verdict->outcome)
    {
    case MW_OUTCOME_PORTAL:
    case MW_OUTCOME_CONSENT_NEEDED:
      return 3 * MW_STAGE_DONE + (int) verdict->stage;
    case MW_OUTCOME_NOT_NEEDED:
      return 2 * MW_STAGE_DONE + (int) verdict->stage;
    case MW_OUTCOME_TIMEOUT:
    case MW_OUTCOME_DISCONNECTED:
      return verdict->stage;
    default:
      return verdict->stage <= MW_STAGE_CONNECT ? (int) verdict->stage
                                                : MW_STAGE_DONE + (int) verdict->stage;
    }
}
