/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "probe/mw-prober-private.h"

/* What the other side is kept while it may want more. */
#define RESERVED_SOCKETS 4

/* The first choice at an address goes ahead of the others by a round trip, by
 * this at most. */
#define ALTERNATIVES_DELAY_MS 100

/* How long a name may hold back worse ones that could be the same server. */
#define TWIN_DELAY_MS 50

typedef struct {
  MwProber *self;
  MwSide    side;
  MwFamily  family;
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

static gboolean
is_looked_up (MwAttempt *attempt)
{
  return attempt->answered[MW_FAMILY_IPV6] && attempt->answered[MW_FAMILY_IPV4];
}

/* One family is enough to begin with: a name server that keeps silent about
 * the other holds nothing back. */
static void
note_look_up (MwAttempt  *attempt,
              MwFamily    family,
              const char *first)
{
  if (attempt->answered[family])
    return;

  attempt->answered[family] = TRUE;
  attempt->addresses[family] = g_strdup (first);
  if (attempt->looked_up_us == 0 && (first != NULL || is_looked_up (attempt)))
    attempt->looked_up_us = g_get_monotonic_time ();
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

  /* A failure is the connector's to report. */
  addresses = mw_resolver_lookup_addresses_finish (MW_RESOLVER (object), result, NULL);
  if (addresses != NULL && addresses->len > 0)
    first = g_inet_address_to_string (addresses->pdata[0]);

  for (guint i = 0; i < side->attempts->len; i++)
    {
      MwAttempt *attempt = side->attempts->pdata[i];
      MwEndpoint *endpoint = mw_candidate_get_endpoint (attempt->candidate);

      if (g_str_equal (mw_endpoint_get_host (endpoint), host))
        note_look_up (attempt, look_up->family, first);
    }

  g_free (look_up);
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

  if (is_held_back (self, attempt, host))
    return;

  for (guint family = 0; family < MW_N_FAMILIES; family++)
    {
      LookUp *data = g_new0 (LookUp, 1);

      data->self = g_object_ref (self);
      data->side = side;
      data->family = family;
      data->host = g_strdup (host);
      mw_resolver_lookup_addresses_async (self->resolver, host,
                                          family == MW_FAMILY_IPV6 ? G_SOCKET_FAMILY_IPV6
                                                                   : G_SOCKET_FAMILY_IPV4,
                                          self->cancellable, on_looked_up_cb, data);
    }
}

/* Whoever hears of it may let go of the prober, so nothing comes after. */
static void
on_probe_changed_cb (MwProber *self)
{
  mw_prober_schedule (self);
  g_signal_emit_by_name (self, "changed");
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
  mw_probe_set_slots (attempt->probe, self->slots);
  mw_probe_set_redactor (attempt->probe, self->redactor);
  if (attempt->addresses[MW_FAMILY_IPV4] != NULL || attempt->addresses[MW_FAMILY_IPV6] != NULL)
    mw_probe_set_looked_up (attempt->probe);
  if (attempt->dialled_us == 0)
    attempt->dialled_us = g_get_monotonic_time ();
  mw_probe_start (attempt->probe);
}

static gboolean
is_open (MwAttempt *attempt)
{
  MwProbeState state = mw_attempt_get_state (attempt);

  return state != MW_PROBE_STATE_NEW && state != MW_PROBE_STATE_FINISHED;
}

static guint
count_open (MwRace *side)
{
  guint count = 0;

  for (guint i = 0; i < side->attempts->len; i++)
    {
      if (is_open (side->attempts->pdata[i]))
        count++;
    }

  return count;
}

static gboolean
has_room (MwProber *self,
          MwRace   *side)
{
  MwRace *other = side == &self->sides[0] ? &self->sides[1] : &self->sides[0];
  gboolean wanted = !other->skipped && !other->settled && other->attempts->len > 0;
  guint taken = count_open (other);

  if (wanted)
    taken = MAX (taken, RESERVED_SOCKETS);
  return count_open (side) + taken < MW_PROBER_MAX_SOCKETS;
}

/* A better source has named @attempt: the worst of the others goes back into
 * the line for it.
 * Returns: whether there was one */
static gboolean
make_room (MwProber  *self,
           MwRace    *side,
           MwAttempt *attempt)
{
  MwGrade grade = mw_candidate_get_grade (attempt->candidate);

  for (guint i = side->attempts->len; i > 0; i--)
    {
      MwAttempt *worst = side->attempts->pdata[i - 1];

      if (!is_open (worst))
        continue;
      if (mw_candidate_get_grade (worst->candidate) <= grade)
        return FALSE;
      mw_prober_drop_probe (self, worst);
      return TRUE;
    }

  return FALSE;
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

      if (!is_looked_up (better) && mw_attempt_get_state (better) <= MW_PROBE_STATE_RUNNING &&
          mw_endpoint_get_port (mw_candidate_get_endpoint (better->candidate)) == port)
        {
          mw_prober_wait_ms (self, (until - now) / 1000 + 1);
          return TRUE;
        }
    }

  return FALSE;
}

static gboolean
is_due (MwProber  *self,
        MwRace    *side,
        MwAttempt *attempt)
{
  MwRace *other = side == &self->sides[0] ? &self->sides[1] : &self->sides[0];
  gint64 now = g_get_monotonic_time ();
  gint64 due;

  if (attempt->looked_up_us == 0)
    return FALSE;
  if (mw_race_is_first_choice (side, attempt))
    return TRUE;

  due = mw_race_get_alternative_time (side, other, attempt, ALTERNATIVES_DELAY_MS * 1000);
  if (due <= now)
    return TRUE;
  if (due != G_MAXINT64)
    mw_prober_wait_ms (self, (due - now) / 1000 + 1);
  return FALSE;
}

/* First choices before alternatives, so that nobody waits for a socket behind
 * something worse. */
static void
dial_some (MwProber *self,
           MwRace   *side,
           gboolean  first_choices)
{
  for (guint i = 0; i < side->attempts->len; i++)
    {
      MwAttempt *attempt = side->attempts->pdata[i];

      if (mw_attempt_get_state (attempt) != MW_PROBE_STATE_NEW ||
          mw_race_is_first_choice (side, attempt) != first_choices ||
          !is_due (self, side, attempt))
        continue;

      if (mw_prober_decide (self, attempt, TRUE) == MW_HOST_DECISION_REFUSE)
        mw_attempt_close (attempt, MW_OUTCOME_CONSENT_NEEDED);
      else if (!awaits_twin (self, side, attempt) && !mw_race_settle_by_twin (side, attempt) &&
               (has_room (self, side) || make_room (self, side, attempt)))
        mw_prober_dial (self, attempt);
    }
}

void
mw_prober_dial_side (MwProber *self,
                     MwRace   *side)
{
  if (side->settled || side->skipped || side->chosen != NULL)
    return;

  dial_some (self, side, TRUE);
  dial_some (self, side, FALSE);
}
