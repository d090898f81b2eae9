/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "core/mw-domain.h"
#include "setup/mw-engine-private.h"
#include "setup/mw-setup-private.h"

static MwNetworkState *
get_network (MwSetup *self)
{
  return mw_engine_get_network_state (self->engine);
}

static gboolean
is_side_held_back (MwSetup   *self,
                   MwSide     side,
                   MwAddress *address)
{
  if (self->servers[side] == NULL)
    return mw_network_state_holds_back_domain (get_network (self), address != NULL
                                                 ? mw_address_get_domain (address) : NULL);

  for (guint i = 0; i < self->servers[side]->len; i++)
    {
      const char *host = mw_endpoint_get_host (self->servers[side]->pdata[i]);

      if (!mw_network_state_holds_back (get_network (self), host))
        return FALSE;
    }

  return TRUE;
}

/* The side that failed; when both did, the incoming one. */
static MwVerdict *
find_failure (MwSetup *self)
{
  MwVerdict *incoming = self->decided[MW_SIDE_INCOMING];

  return incoming != NULL && !mw_setup_verdict_works (incoming) ? incoming
                                                                : self->decided[MW_SIDE_OUTGOING];
}

/* What a way to the server that does not exist, or is gone by now, looks like
 * from a probe. */
static gboolean
lacks_way (MwSetup   *self,
           MwOutcome  outcome)
{
  MwVerdict *verdict = find_failure (self);
  const char *host;

  if (outcome == MW_OUTCOME_NOTHING_FOUND || outcome == MW_OUTCOME_DNS_FAIL)
    return TRUE;
  if (verdict == NULL)
    return FALSE;

  host = mw_endpoint_get_host (mw_candidate_get_endpoint (verdict->candidate));
  if (outcome == MW_OUTCOME_UNREACHABLE)
    return !mw_domain_is_ip_literal (host) ||
           mw_network_state_holds_back (get_network (self), host);
  if (outcome == MW_OUTCOME_TIMEOUT || outcome == MW_OUTCOME_DISCONNECTED)
    return verdict->stage == MW_STAGE_RESOLVE ||
           mw_network_state_holds_back (get_network (self), host);

  return FALSE;
}

/* Somebody proved to be who he should be, or even got the password. */
static gboolean
met_anybody_trusted (MwSetup *self)
{
  for (guint i = 0; i < self->verdicts->len; i++)
    {
      MwVerdict *verdict = self->verdicts->pdata[i];

      if (verdict->presentations > 0 ||
          (verdict->tls != NULL && mw_tls_facts_get_trusted (verdict->tls)))
        return TRUE;
    }

  return FALSE;
}

MwOutcome
mw_setup_foresee (MwSetup *self)
{
  gboolean is_portal = mw_network_state_get_condition (get_network (self)) ==
                       MW_NETWORK_CONDITION_PORTAL;

  if (!is_portal)
    self->portal_told = FALSE;
  if (self->portal_told || !mw_setup_is_held_back (self, NULL))
    return MW_OUTCOME_PENDING;

  self->portal_told = is_portal;
  return is_portal ? MW_OUTCOME_PORTAL : MW_OUTCOME_OFFLINE;
}

MwNetworkState *
mw_setup_get_hold_back (MwSetup *self)
{
  return self->portal_told ? NULL : get_network (self);
}

MwOutcome
mw_setup_blame_network (MwSetup   *self,
                        MwOutcome  outcome)
{
  if (outcome == MW_OUTCOME_WORKS || outcome == MW_OUTCOME_CANCELLED)
    return outcome;

  switch (mw_network_state_get_condition (get_network (self)))
    {
    case MW_NETWORK_CONDITION_OFFLINE:
      return lacks_way (self, outcome) ? MW_OUTCOME_OFFLINE : outcome;
    case MW_NETWORK_CONDITION_PORTAL:
      return met_anybody_trusted (self) ? outcome : MW_OUTCOME_PORTAL;
    case MW_NETWORK_CONDITION_ONLINE:
    case MW_NETWORK_CONDITION_LIMITED:
    default:
      return outcome;
    }
}

void
mw_setup_mention_network (MwSetup *self)
{
  if (mw_network_state_get_condition (get_network (self)) == MW_NETWORK_CONDITION_LIMITED)
    mw_advice_mention_limited_network (self->advice, self->outcome);
}

gboolean
mw_setup_is_held_back (MwSetup   *self,
                       MwAddress *address)
{
  gboolean wanted = FALSE;

  g_return_val_if_fail (MW_IS_SETUP (self), FALSE);

  if (address == NULL)
    address = self->address;

  for (guint side = 0; side < 2; side++)
    {
      if (!mw_setup_is_wanted_side (self, side))
        continue;
      if (!is_side_held_back (self, side, address))
        return FALSE;
      wanted = TRUE;
    }

  return wanted;
}
