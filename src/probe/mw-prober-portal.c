/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "probe/mw-portal.h"
#include "probe/mw-prober-private.h"

static GPtrArray *
list_attempts (MwProber *self)
{
  GPtrArray *attempts = g_ptr_array_new ();

  for (guint s = 0; s < G_N_ELEMENTS (self->sides); s++)
    {
      for (guint i = 0; i < self->sides[s].attempts->len; i++)
        {
          if (mw_attempt_get_verdict (self->sides[s].attempts->pdata[i]) != NULL)
            g_ptr_array_add (attempts, self->sides[s].attempts->pdata[i]);
        }
    }

  return attempts;
}

static gboolean
is_trusted (MwAttempt *attempt)
{
  MwVerdict *verdict = mw_attempt_get_verdict (attempt);

  return verdict->tls != NULL && mw_tls_facts_get_trusted (verdict->tls);
}

static gboolean
share_certificate (MwProber  *self,
                   GPtrArray *attempts)
{
  g_autofree MwPortalWitness *witnesses = g_new0 (MwPortalWitness, attempts->len);
  g_autoptr(GPtrArray) addresses = g_ptr_array_new_with_free_func (
    (GDestroyNotify) g_ptr_array_unref);

  for (guint i = 0; i < attempts->len; i++)
    {
      MwVerdict *verdict = mw_attempt_get_verdict (attempts->pdata[i]);
      MwEndpoint *endpoint = mw_candidate_get_endpoint (verdict->candidate);
      GPtrArray *known = mw_resolver_peek_addresses (self->resolver,
                                                     mw_endpoint_get_host (endpoint));

      if (known != NULL)
        g_ptr_array_add (addresses, known);
      witnesses[i] = (MwPortalWitness) { verdict, known };
    }

  return mw_portal_find_certificate (witnesses, attempts->len) != NULL;
}

static void
mark (MwAttempt *attempt)
{
  MwVerdict *verdict = mw_attempt_get_verdict (attempt);
  MwVerdict *copy;

  if (verdict->tls == NULL || verdict->outcome == MW_OUTCOME_PORTAL)
    return;

  copy = mw_verdict_copy (verdict);
  copy->outcome = MW_OUTCOME_PORTAL;
  g_clear_pointer (&attempt->verdict, mw_verdict_unref);
  attempt->verdict = copy;
}

gboolean
mw_prober_sees_portal (MwProber *self)
{
  g_autoptr(GPtrArray) attempts = list_attempts (self);
  gboolean found = FALSE;

  /* A portal answers in place of every server. */
  for (guint i = 0; i < attempts->len; i++)
    {
      if (is_trusted (attempts->pdata[i]))
        return FALSE;
      if (mw_attempt_get_outcome (attempts->pdata[i]) == MW_OUTCOME_PORTAL)
        found = TRUE;
    }

  if (!found && !share_certificate (self, attempts))
    return FALSE;

  for (guint i = 0; i < attempts->len; i++)
    mark (attempts->pdata[i]);
  return TRUE;
}
