/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "probe/mw-prober-private.h"

/* Dialled at the same time, over all hosts. */
#define MAX_SOCKETS 12

/* How long a name may hold back worse ones that could be the same server. */
#define TWIN_DELAY_MS 50

typedef struct {
  MwProber *self;
  MwSide    side;
  char     *host;
} LookUp;

void
mw_prober_drop_probe (MwProber  *self,
                      MwAttempt *attempt)
{
  if (attempt->probe == NULL)
    return;

  g_signal_handlers_disconnect_by_data (attempt->probe, self);
  mw_probe_stop (attempt->probe, MW_OUTCOME_CANCELLED);
  g_clear_object (&attempt->probe);
}

static void
on_looked_up_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  LookUp *look_up = user_data;
  g_autoptr(MwProber) self = look_up->self;
  g_autofree char *host = look_up->host;
  g_autoptr(GPtrArray) addresses = NULL;
  g_autofree char *first = NULL;
  MwRace *side = &self->sides[look_up->side];

  g_free (look_up);

  /* A failure is the connector's to report; it may still have IPv6. */
  addresses = mw_resolver_lookup_addresses_finish (MW_RESOLVER (object), result, NULL);
  if (addresses != NULL && addresses->len > 0)
    first = g_inet_address_to_string (addresses->pdata[0]);

  for (guint i = 0; i < side->attempts->len; i++)
    {
      MwAttempt *attempt = side->attempts->pdata[i];
      MwEndpoint *endpoint = mw_candidate_get_endpoint (attempt->candidate);

      if (attempt->looked_up_us != 0 || !g_str_equal (mw_endpoint_get_host (endpoint), host))
        continue;

      attempt->looked_up_us = g_get_monotonic_time ();
      if (first != NULL)
        attempt->place = g_strdup_printf ("%s %u", first, mw_endpoint_get_port (endpoint));
    }

  mw_prober_schedule (self);
}

/* Ends an attempt at a host that the state of the network leaves no way to. */
static gboolean
is_held_back (MwProber   *self,
              MwAttempt  *attempt,
              const char *host)
{
  if (self->network == NULL || !mw_network_state_holds_back (self->network, host))
    return FALSE;

  mw_attempt_close (attempt, mw_network_state_get_condition (self->network) ==
                             MW_NETWORK_CONDITION_PORTAL ? MW_OUTCOME_PORTAL
                                                         : MW_OUTCOME_OFFLINE);
  return TRUE;
}

void
mw_prober_look_up (MwProber  *self,
                   MwSide     side,
                   MwAttempt *attempt)
{
  const char *host = mw_endpoint_get_host (mw_candidate_get_endpoint (attempt->candidate));
  LookUp *data;

  if (is_held_back (self, attempt, host))
    return;

  data = g_new0 (LookUp, 1);
  data->self = g_object_ref (self);
  data->side = side;
  data->host = g_strdup (host);
  mw_resolver_lookup_addresses_async (self->resolver, host, G_SOCKET_FAMILY_IPV4,
                                      self->cancellable, on_looked_up_cb, data);

  /* Only the dial wants these, but it would wait for them a round trip later. */
  mw_resolver_lookup_addresses_async (self->resolver, host, G_SOCKET_FAMILY_IPV6,
                                      self->cancellable, NULL, NULL);
}

static void
on_probe_changed_cb (MwProber *self)
{
  g_signal_emit_by_name (self, "changed");
  mw_prober_schedule (self);
}

void
mw_prober_dial (MwProber  *self,
                MwAttempt *attempt)
{
  MwEndpoint *endpoint = mw_candidate_get_endpoint (attempt->candidate);
  g_autofree char *key = NULL;
  gboolean allow_local;

  key = g_strdup_printf ("%s:%u", mw_endpoint_get_host (endpoint),
                         mw_endpoint_get_port (endpoint));
  allow_local = mw_prober_decide (self, attempt, TRUE) == MW_HOST_DECISION_SILENT;
  attempt->probe = mw_probe_new (attempt->candidate, self->address, self->resolver, self->tls,
                               &self->deadlines, g_hash_table_lookup (self->pins, key),
                               allow_local);
  g_signal_connect_swapped (attempt->probe, "changed", G_CALLBACK (on_probe_changed_cb), self);
  if (attempt->place != NULL)
    mw_probe_set_looked_up (attempt->probe);
  mw_probe_start (attempt->probe);
}

static guint
count_sockets (MwProber *self)
{
  guint count = 0;

  for (guint s = 0; s < G_N_ELEMENTS (self->sides); s++)
    {
      for (guint i = 0; i < self->sides[s].attempts->len; i++)
        {
          MwProbeState state = mw_attempt_get_state (self->sides[s].attempts->pdata[i]);

          if (state != MW_PROBE_STATE_NEW && state != MW_PROBE_STATE_FINISHED)
            count++;
        }
    }

  return count;
}

/* Whether a better name has not been answered for yet, which may turn out to
 * be the same server. Names asked at the same time come back together, so this
 * is a short wait and rarely for nothing. */
static gboolean
awaits_twin (MwProber  *self,
             MwRace    *side,
             MwAttempt *attempt)
{
  guint16 port = mw_endpoint_get_port (mw_candidate_get_endpoint (attempt->candidate));
  gint64 until = attempt->looked_up_us + TWIN_DELAY_MS * 1000;
  gint64 now = g_get_monotonic_time ();

  for (guint i = 0; now < until && side->attempts->pdata[i] != attempt; i++)
    {
      MwAttempt *better = side->attempts->pdata[i];

      if (better->looked_up_us == 0 &&
          mw_endpoint_get_port (mw_candidate_get_endpoint (better->candidate)) == port)
        {
          mw_prober_wait_ms (self, (until - now) / 1000 + 1);
          return TRUE;
        }
    }

  return FALSE;
}

void
mw_prober_dial_side (MwProber *self,
                     MwRace   *side)
{
  gboolean alternatives;

  if (side->settled || side->skipped || side->chosen != NULL || side->attempts->len == 0)
    return;

  alternatives = self->alternatives || mw_race_first_choices_failed (side);
  for (guint i = 0; i < side->attempts->len; i++)
    {
      MwAttempt *attempt = side->attempts->pdata[i];

      if (mw_attempt_get_state (attempt) != MW_PROBE_STATE_NEW || attempt->looked_up_us == 0)
        continue;

      if (!alternatives && !mw_race_is_first_choice (side, attempt))
        continue;

      if (mw_prober_decide (self, attempt, TRUE) == MW_HOST_DECISION_REFUSE)
        mw_attempt_close (attempt, MW_OUTCOME_CONSENT_NEEDED);
      else if (!awaits_twin (self, side, attempt) && !mw_race_settle_by_twin (side, attempt) &&
               count_sockets (self) < MAX_SOCKETS)
        mw_prober_dial (self, attempt);
    }
}
