/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

/* What a run has found out, for those who ask. */

#include "config.h"

#include "setup/mw-setup-private.h"

#include <glib/gi18n.h>

void
mw_setup_clear_results (MwSetup *self)
{
  g_clear_pointer (&self->verdicts, g_ptr_array_unref);
  self->verdicts = g_ptr_array_new_with_free_func ((GDestroyNotify) mw_verdict_unref);
  g_ptr_array_set_size (self->reports, 0);
  g_ptr_array_unref (self->conflicts);
  self->conflicts = g_ptr_array_new ();
  g_hash_table_unref (self->presentations);
  self->presentations = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_clear_pointer (&self->advice, mw_advice_free);
  g_clear_pointer (&self->consent_hosts, g_strfreev);
  for (guint side = 0; side < 2; side++)
    {
      if (!self->proved[side])
        g_clear_pointer (&self->decided[side], mw_verdict_unref);
      self->stale[side] = FALSE;
    }
  self->outcome = MW_OUTCOME_PENDING;
  self->verified_us = -1;
  self->elapsed_us = 0;
}

gboolean
mw_setup_verdict_works (MwVerdict *verdict)
{
  return verdict != NULL && (verdict->outcome == MW_OUTCOME_WORKS ||
                             verdict->outcome == MW_OUTCOME_IN_USE);
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

GPtrArray *
mw_setup_get_conflicts (MwSetup *self)
{
  g_return_val_if_fail (MW_IS_SETUP (self), NULL);

  return self->conflicts;
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

  if (verdict->outcome == MW_OUTCOME_NOT_NEEDED)
    return g_strdup (_("Not tried yet"));

  if (self->browser_sign_in && mw_setup_verdict_works (verdict))
    return g_strdup (_("Ready for signing in through the browser"));

  /* The outgoing server is ready long before it gets the password. */
  if (verdict->outcome == MW_OUTCOME_PENDING && verdict->stage == MW_STAGE_CAPABILITY &&
      side == MW_SIDE_OUTGOING && !self->browser_sign_in)
    return g_strdup (_("Ready; waiting for the receiving side"));

  stage = mw_advice_describe_stage (verdict);
  /* Translators: first what is going on, such as "Connecting", then a server. */
  return g_strdup_printf (_("%s: %s"), stage,
                          mw_endpoint_get_host (mw_candidate_get_endpoint (verdict->candidate)));
}
