/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "net/mw-connector.h"

#include "core/mw-domain.h"
#include "core/mw-error.h"
#include "net/mw-dial.h"

/* RFC 8305 §8: Connection Attempt Delay and Resolution Delay. */
#define NEXT_ATTEMPT_MS 250
#define WAIT_FOR_IPV6_MS 50
/* A name with more addresses than that gets no more SYNs from here. Between
 * dials of different names there is no pause: a run has so few sockets that
 * what the kernel takes for them is not felt. */
#define MAX_DIALS 10
/* How long to wait for a free socket before the oldest attempt gives up its own. */
#define CROWDED_MS 250
/* Silence means something when the other family has answered in a fraction of it. */
#define SILENCE_FACTOR 3

static const GSocketFamily families[MW_N_FAMILIES] = {
  [MW_FAMILY_IPV6] = G_SOCKET_FAMILY_IPV6,
  [MW_FAMILY_IPV4] = G_SOCKET_FAMILY_IPV4,
};

/* The addresses of one name and who answers first. */
typedef struct _Race Race;

struct _Race
{
  /* Owned; the task owns the race in turn, until it has returned */
  GTask          *task;

  /* Owned */
  MwSocketSlots  *slots;
  GCancellable   *lookups;
  GPtrArray      *dials;     /* MwDial, under way, oldest first */
  GQueue          addresses[MW_N_FAMILIES]; /* GInetAddress, not yet dialled */
  GSource        *next;      /* runs out when the next may start */
  GSource        *crowded;   /* runs out when a socket has to be given up */
  GSource        *cancelled;
  MwFamilyReport *report;
  GError         *dns_error;
  GError         *dial_error;

  gint64          started;
  gint64          resolved[MW_N_FAMILIES]; /* microseconds, 0 when not yet */
  guint           n_dialled;
  guint           timeout_ms;
  guint16         port;
  gboolean        allow_local;
  gboolean        has_local; /* addresses that were not allowed */
  gboolean        in_line;   /* for a slot */
  MwFamily        last_family;
  guint           lookups_left;
  gboolean        over;
  void          (*go_on) (Race *race);
};

/* A look-up brings back which family it was for. */
typedef struct {
  GTask    *task;
  MwFamily  family;
} Lookup;

static void
clear_source (GSource **source)
{
  if (*source == NULL)
    return;
  g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

/* Runs once, then it is for the callback to clear. */
static void
start_timer (GSource     **source,
             guint         milliseconds,
             GSourceFunc   func,
             Race         *race)
{
  clear_source (source);
  *source = g_timeout_source_new (milliseconds);
  g_source_set_callback (*source, func, race, NULL);
  g_source_attach (*source, g_main_context_get_thread_default ());
}

static void
stop_waiting_for_slot (Race *race)
{
  clear_source (&race->crowded);
  if (race->in_line)
    mw_socket_slots_forget (race->slots, race);
  race->in_line = FALSE;
}

static void
race_stop (Race *race)
{
  race->over = TRUE;
  g_cancellable_cancel (race->lookups);
  stop_waiting_for_slot (race);
  clear_source (&race->next);
  clear_source (&race->cancelled);
  g_ptr_array_set_size (race->dials, 0);
}

static void
race_free (gpointer data)
{
  Race *race = data;

  race_stop (race);
  g_clear_pointer (&race->slots, mw_socket_slots_unref);
  g_clear_object (&race->lookups);
  g_clear_pointer (&race->dials, g_ptr_array_unref);
  for (int i = 0; i < MW_N_FAMILIES; i++)
    g_queue_clear_full (&race->addresses[i], g_object_unref);
  g_clear_pointer (&race->report, mw_family_report_unref);
  g_clear_error (&race->dns_error);
  g_clear_error (&race->dial_error);
  g_free (race);
}

static void
race_return_error (Race   *race,
                   GError *error)
{
  g_autoptr(GTask) task = g_steal_pointer (&race->task);

  race_stop (race);
  g_task_return_error (task, error);
}

/* How much an outcome says about the server: a refusal is its own word, silence
 * less, and a missing route is often our own. */
static int
weigh (MwOutcome outcome)
{
  switch ((int) outcome)
    {
    case MW_OUTCOME_NOT_NEEDED:
      return 0;
    case MW_OUTCOME_TIMEOUT:
      return 2;
    case MW_OUTCOME_REFUSED:
      return 3;
    default:
      return 1;
    }
}

static void
keep_weightier (GError       **kept,
                const GError  *error)
{
  if (*kept != NULL && weigh (error->code) <= weigh ((*kept)->code))
    return;
  g_clear_error (kept);
  *kept = g_error_copy (error);
}

static MwFamily
family_of (GInetAddress *address)
{
  return g_inet_address_get_family (address) == G_SOCKET_FAMILY_IPV6 ? MW_FAMILY_IPV6
                                                                     : MW_FAMILY_IPV4;
}

/* Writes down how one address of a family failed, when that says more than
 * what is known of the family already. */
static void
note_failure (Race         *race,
              GInetAddress *address,
              MwOutcome     outcome,
              gint64        elapsed_us)
{
  MwFamily family = family_of (address);
  g_autofree char *text = NULL;

  if (weigh (outcome) <= weigh (race->report->results[family].outcome))
    return;

  text = g_inet_address_to_string (address);
  mw_family_report_set (race->report, family, text, outcome, elapsed_us);
}

static void
race_lose (Race *race)
{
  GError *error;

  /* A public address without a route here says less than a local one that was
   * not tried. */
  if (race->dial_error != NULL && (race->n_dialled > 0 || !race->has_local))
    error = g_steal_pointer (&race->dial_error);
  else if (race->has_local)
    error = g_error_new_literal (MW_PROBE_ERROR, MW_OUTCOME_CONSENT_NEEDED,
                                 "The name leads to an address in the local network only");
  else
    error = g_steal_pointer (&race->dns_error);

  race_return_error (race, error);
}

/* What the dials under way have not answered by now is kept, too. */
static void
note_silence (Race   *race,
              MwDial *winner,
              gint64  now)
{
  gint64 enough = SILENCE_FACTOR * (now - mw_dial_get_started (winner));

  for (guint i = 0; i < race->dials->len; i++)
    {
      MwDial *dial = g_ptr_array_index (race->dials, i);
      gint64 waited = now - mw_dial_get_started (dial);

      if (dial != winner && waited >= MAX (enough, NEXT_ATTEMPT_MS * 1000))
        note_failure (race, mw_dial_get_address (dial), MW_OUTCOME_TIMEOUT, waited);
    }
}

static void
race_win (Race   *race,
          MwDial *winner)
{
  g_autoptr(GTask) task = g_steal_pointer (&race->task);
  GInetAddress *address = mw_dial_get_address (winner);
  MwConnection *connection = g_new0 (MwConnection, 1);
  gint64 now = g_get_monotonic_time ();
  g_autofree char *text = g_inet_address_to_string (address);

  connection->socket = g_object_ref (mw_dial_get_socket (winner));
  connection->address = g_object_ref (address);
  connection->resolve_us = race->resolved[family_of (address)];
  connection->connect_us = now - mw_dial_get_started (winner);

  note_silence (race, winner, now);
  mw_family_report_set (race->report, family_of (address), text, MW_OUTCOME_WORKS,
                        connection->connect_us);
  race_stop (race);
  g_task_return_pointer (task, connection, (GDestroyNotify) mw_connection_free);
}

static gboolean
has_address (Race *race)
{
  return race->n_dialled < MAX_DIALS &&
         (!g_queue_is_empty (&race->addresses[MW_FAMILY_IPV6]) ||
          !g_queue_is_empty (&race->addresses[MW_FAMILY_IPV4]));
}

static GInetAddress *
next_address (Race *race)
{
  MwFamily other = race->last_family == MW_FAMILY_IPV6 ? MW_FAMILY_IPV4 : MW_FAMILY_IPV6;

  if (!g_queue_is_empty (&race->addresses[other]))
    race->last_family = other;
  return g_queue_pop_head (&race->addresses[race->last_family]);
}

static gboolean
next_cb (gpointer user_data)
{
  Race *race = user_data;

  clear_source (&race->next);
  race->go_on (race);
  return G_SOURCE_REMOVE;
}

static void
slot_free_cb (gpointer user_data)
{
  Race *race = user_data;

  race->in_line = FALSE;
  clear_source (&race->crowded);
  race->go_on (race);
}

/* Every socket of the run is taken: the next address is worth more than the
 * one that has been silent for longest. */
static gboolean
crowded_cb (gpointer user_data)
{
  Race *race = user_data;

  stop_waiting_for_slot (race);
  if (!mw_socket_slots_has_free (race->slots))
    {
      MwDial *oldest = g_ptr_array_index (race->dials, 0);

      note_failure (race, mw_dial_get_address (oldest), MW_OUTCOME_TIMEOUT,
                    g_get_monotonic_time () - mw_dial_get_started (oldest));
      g_ptr_array_remove_index (race->dials, 0);
    }
  race->go_on (race);
  return G_SOURCE_REMOVE;
}

/* Whether a socket may be opened now; if not, go_on follows when it may. */
static gboolean
get_slot (Race *race)
{
  if (race->slots == NULL || mw_socket_slots_has_free (race->slots))
    {
      stop_waiting_for_slot (race);
      return TRUE;
    }

  if (!race->in_line)
    {
      race->in_line = TRUE;
      mw_socket_slots_wait (race->slots, slot_free_cb, race);
    }
  if (race->dials->len > 0 && race->crowded == NULL)
    start_timer (&race->crowded, CROWDED_MS, crowded_cb, race);
  return FALSE;
}

static void
dialled_cb (MwDial       *dial,
            const GError *error,
            gpointer      user_data)
{
  Race *race = user_data;

  if (error == NULL)
    {
      race_win (race, dial);
      return;
    }

  keep_weightier (&race->dial_error, error);
  note_failure (race, mw_dial_get_address (dial), error->code,
                g_get_monotonic_time () - mw_dial_get_started (dial));
  g_ptr_array_remove (race->dials, dial);
  /* A failure is an answer: the next need not wait. */
  clear_source (&race->next);
  clear_source (&race->crowded);
  race->go_on (race);
}

static void
dial_next (Race *race)
{
  g_autoptr(GInetAddress) address = next_address (race);
  g_autoptr(GError) error = NULL;
  MwDial *dial = mw_dial_new (address, race->port, race->timeout_ms, dialled_cb, race, &error);

  /* An address without a route costs nothing: no packet left. */
  if (dial == NULL)
    {
      keep_weightier (&race->dial_error, error);
      note_failure (race, address, error->code, -1);
      return;
    }

  if (race->slots != NULL)
    mw_socket_slots_occupy (race->slots, mw_dial_get_socket (dial));
  race->n_dialled++;
  g_ptr_array_add (race->dials, dial);
  start_timer (&race->next, NEXT_ATTEMPT_MS, next_cb, race);
}

/* Dials the next address, or ends the race when there is nothing left. */
static void
race_go_on (Race *race)
{
  while (race->next == NULL && has_address (race) && get_slot (race))
    dial_next (race);

  if (race->lookups_left == 0 && race->dials->len == 0 && race->next == NULL &&
      !has_address (race))
    race_lose (race);
}

static gboolean
cancelled_cb (GCancellable *cancellable,
              gpointer      user_data)
{
  race_return_error (user_data, g_error_new_literal (MW_PROBE_ERROR, MW_OUTCOME_CANCELLED,
                                                     "Cancelled"));
  return G_SOURCE_REMOVE;
}

static void
add_addresses (Race      *race,
               MwFamily   family,
               GPtrArray *addresses)
{
  /* One that was known before anybody asked took a moment, too. */
  race->resolved[family] = MAX (g_get_monotonic_time () - race->started, 1);

  for (guint i = 0; i < addresses->len; i++)
    {
      GInetAddress *address = g_ptr_array_index (addresses, i);

      if (race->allow_local ||
          mw_address_bytes_are_public (g_inet_address_to_bytes (address),
                                       g_inet_address_get_native_size (address)))
        g_queue_push_tail (&race->addresses[family], g_object_ref (address));
      else
        {
          race->has_local = TRUE;
          note_failure (race, address, MW_OUTCOME_CONSENT_NEEDED, -1);
        }
    }
}

/* Of two failed look-ups the one that leaves it open counts: "no such name"
 * is only sure when both say so. */
static void
keep_dns_error (Race   *race,
                GError *error)
{
  if (race->dns_error == NULL ||
      g_error_matches (race->dns_error, MW_PROBE_ERROR, MW_OUTCOME_DNS_NXDOMAIN))
    {
      g_clear_error (&race->dns_error);
      race->dns_error = error;
    }
  else
    {
      g_error_free (error);
    }
}

static void
looked_up_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autofree Lookup *lookup = user_data;
  g_autoptr(GTask) task = g_steal_pointer (&lookup->task);
  g_autoptr(GPtrArray) addresses = NULL;
  GError *error = NULL;
  Race *race = g_task_get_task_data (task);

  addresses = mw_resolver_lookup_addresses_finish (MW_RESOLVER (object), result, &error);
  if (race->over)
    {
      g_clear_error (&error);
      return;
    }

  /* It is the name server that was silent, not the server. */
  if (g_error_matches (error, MW_PROBE_ERROR, MW_OUTCOME_TIMEOUT))
    error->code = MW_OUTCOME_DNS_FAIL;

  race->lookups_left--;
  if (addresses != NULL)
    add_addresses (race, lookup->family, addresses);
  else
    {
      mw_family_report_set (race->report, lookup->family, NULL, error->code, -1);
      keep_dns_error (race, error);
    }

  /* RFC 8305 §3: IPv4 lets IPv6 have a moment, once. */
  if (lookup->family == MW_FAMILY_IPV4 && addresses != NULL && race->lookups_left > 0)
    {
      start_timer (&race->next, WAIT_FOR_IPV6_MS, next_cb, race);
      return;
    }
  if (race->n_dialled == 0)
    clear_source (&race->next);
  race->go_on (race);
}

static void
look_up (Race         *race,
         MwResolver   *resolver,
         const char   *host,
         MwFamily      family)
{
  Lookup *lookup = g_new (Lookup, 1);

  lookup->task = g_object_ref (race->task);
  lookup->family = family;
  race->lookups_left++;
  mw_resolver_lookup_addresses_async (resolver, host, families[family], race->lookups,
                                      looked_up_cb, lookup);
}

void
mw_connection_free (MwConnection *self)
{
  g_clear_object (&self->socket);
  g_clear_object (&self->address);
  g_free (self);
}

void
mw_connector_connect_async (MwResolver          *resolver,
                            const char          *host,
                            guint16              port,
                            gboolean             allow_local,
                            guint                timeout_ms,
                            MwSocketSlots       *slots,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  Race *race;

  g_return_if_fail (MW_IS_RESOLVER (resolver));
  g_return_if_fail (host != NULL && *host != '\0');
  g_return_if_fail (port != 0);

  race = g_new0 (Race, 1);
  race->task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (race->task, mw_connector_connect_async);
  g_task_set_check_cancellable (race->task, FALSE);
  g_task_set_task_data (race->task, race, race_free);

  race->lookups = g_cancellable_new ();
  race->dials = g_ptr_array_new_with_free_func ((GDestroyNotify) mw_dial_free);
  race->slots = slots != NULL ? mw_socket_slots_ref (slots) : NULL;
  race->report = mw_family_report_new ();
  for (int i = 0; i < MW_N_FAMILIES; i++)
    g_queue_init (&race->addresses[i]);
  race->started = g_get_monotonic_time ();
  race->port = port;
  race->allow_local = allow_local;
  race->timeout_ms = timeout_ms;
  race->last_family = MW_FAMILY_IPV4; /* so that IPv6 is the first */
  race->go_on = race_go_on;

  if (g_cancellable_is_cancelled (cancellable))
    {
      cancelled_cb (cancellable, race);
      return;
    }
  if (cancellable != NULL)
    {
      race->cancelled = g_cancellable_source_new (cancellable);
      g_source_set_callback (race->cancelled, G_SOURCE_FUNC (cancelled_cb), race, NULL);
      g_source_attach (race->cancelled, g_main_context_get_thread_default ());
    }

  look_up (race, resolver, host, MW_FAMILY_IPV6);
  look_up (race, resolver, host, MW_FAMILY_IPV4);
}

MwConnection *
mw_connector_connect_finish (GAsyncResult    *result,
                             MwFamilyReport **out_report,
                             GError         **error)
{
  Race *race;

  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, mw_connector_connect_async), NULL);

  race = g_task_get_task_data (G_TASK (result));
  if (out_report != NULL)
    *out_report = mw_family_report_ref (race->report);
  return g_task_propagate_pointer (G_TASK (result), error);
}
