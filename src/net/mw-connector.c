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
/* A name with more addresses than that gets no more SYNs from here. */
#define MAX_DIALS 10

enum { IPV6, IPV4, N_FAMILIES };

static const GSocketFamily families[N_FAMILIES] = { G_SOCKET_FAMILY_IPV6, G_SOCKET_FAMILY_IPV4 };

/* The addresses of one name and who answers first. */
typedef struct _Race Race;

struct _Race
{
  /* Owned; the task owns the race in turn, until it has returned */
  GTask        *task;

  /* Owned */
  GCancellable *lookups;
  GPtrArray    *dials;                 /* MwDial, under way */
  GQueue        addresses[N_FAMILIES]; /* GInetAddress, not yet dialled */
  GSource      *next;                  /* runs out when the next may start */
  GSource      *cancelled;
  GError       *dns_error;
  GError       *dial_error;

  gint64        started;
  gint64        resolved[N_FAMILIES];  /* microseconds, 0 when not yet */
  guint         failed[N_FAMILIES];    /* dials that did leave this machine */
  guint         n_dialled;
  guint         timeout_ms;
  guint16       port;
  gboolean      allow_local;
  gboolean      has_local;             /* addresses that were not allowed */
  int           last_family;
  guint         lookups_left;
  gboolean      over;
  void        (*go_on) (Race *race);
};

/* A look-up brings back which family it was for. */
typedef struct {
  GTask *task;
  int    family;
} Lookup;

static void
clear_source (GSource **source)
{
  if (*source == NULL)
    return;
  g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

static void
race_stop (Race *race)
{
  race->over = TRUE;
  g_cancellable_cancel (race->lookups);
  clear_source (&race->next);
  clear_source (&race->cancelled);
  g_ptr_array_set_size (race->dials, 0);
}

static void
race_free (gpointer data)
{
  Race *race = data;

  race_stop (race);
  g_clear_object (&race->lookups);
  g_clear_pointer (&race->dials, g_ptr_array_unref);
  for (int i = 0; i < N_FAMILIES; i++)
    g_queue_clear_full (&race->addresses[i], g_object_unref);
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

/* How much an error says about the server: a refusal is its own word, silence
 * less, and a missing route is often our own. */
static int
weight (const GError *error)
{
  if (g_error_matches (error, MW_PROBE_ERROR, MW_OUTCOME_REFUSED))
    return 3;
  if (g_error_matches (error, MW_PROBE_ERROR, MW_OUTCOME_TIMEOUT))
    return 2;
  return error != NULL ? 1 : 0;
}

static void
keep_weightier (GError       **kept,
                const GError  *error)
{
  if (weight (error) <= weight (*kept))
    return;
  g_clear_error (kept);
  *kept = g_error_copy (error);
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

static int
family_of (GInetAddress *address)
{
  return g_inet_address_get_family (address) == G_SOCKET_FAMILY_IPV6 ? IPV6 : IPV4;
}

/* A family is broken when something of it was dialled earlier than the winner
 * and did not answer. */
static gboolean
is_broken (Race   *race,
           int     family,
           MwDial *winner)
{
  if (family_of (mw_dial_get_address (winner)) == family)
    return FALSE;

  for (guint i = 0; i < race->dials->len; i++)
    {
      MwDial *dial = g_ptr_array_index (race->dials, i);

      if (family_of (mw_dial_get_address (dial)) == family &&
          mw_dial_get_started (dial) < mw_dial_get_started (winner))
        return TRUE;
    }

  return race->failed[family] > 0;
}

static void
race_win (Race   *race,
          MwDial *winner)
{
  g_autoptr(GTask) task = g_steal_pointer (&race->task);
  GInetAddress *address = mw_dial_get_address (winner);
  MwConnection *connection = g_new0 (MwConnection, 1);

  connection->socket = g_object_ref (mw_dial_get_socket (winner));
  connection->address = g_object_ref (address);
  connection->resolve_us = race->resolved[family_of (address)];
  connection->connect_us = g_get_monotonic_time () - mw_dial_get_started (winner);
  connection->ipv4_broken = is_broken (race, IPV4, winner);
  connection->ipv6_broken = is_broken (race, IPV6, winner);

  race_stop (race);
  g_task_return_pointer (task, connection, (GDestroyNotify) mw_connection_free);
}

static GInetAddress *
next_address (Race *race)
{
  int other = race->last_family == IPV6 ? IPV4 : IPV6;
  int family = g_queue_is_empty (&race->addresses[other]) ? race->last_family : other;
  GInetAddress *address = g_queue_pop_head (&race->addresses[family]);

  if (address != NULL)
    race->last_family = family;
  return address;
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
wait_before_next (Race  *race,
                  guint  milliseconds)
{
  clear_source (&race->next);
  race->next = g_timeout_source_new (milliseconds);
  g_source_set_callback (race->next, next_cb, race, NULL);
  g_source_attach (race->next, g_main_context_get_thread_default ());
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
  race->failed[family_of (mw_dial_get_address (dial))]++;
  g_ptr_array_remove (race->dials, dial);
  /* A failure is an answer: the next need not wait. */
  clear_source (&race->next);
  race->go_on (race);
}

/* Dials the next address, or ends the race when there is nothing left. */
static void
race_go_on (Race *race)
{
  while (race->next == NULL && race->n_dialled < MAX_DIALS)
    {
      g_autoptr(GInetAddress) address = next_address (race);
      g_autoptr(GError) error = NULL;
      MwDial *dial;

      if (address == NULL)
        break;

      /* An address without a route costs nothing: no packet left. */
      dial = mw_dial_new (address, race->port, race->timeout_ms, dialled_cb, race, &error);
      if (dial == NULL)
        {
          keep_weightier (&race->dial_error, error);
          continue;
        }

      race->n_dialled++;
      g_ptr_array_add (race->dials, dial);
      wait_before_next (race, NEXT_ATTEMPT_MS);
    }

  if (race->lookups_left == 0 && race->dials->len == 0 && race->next == NULL)
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
               int        family,
               GPtrArray *addresses)
{
  race->resolved[family] = g_get_monotonic_time () - race->started;

  for (guint i = 0; i < addresses->len; i++)
    {
      GInetAddress *address = g_ptr_array_index (addresses, i);

      if (race->allow_local ||
          mw_address_bytes_are_public (g_inet_address_to_bytes (address),
                                       g_inet_address_get_native_size (address)))
        g_queue_push_tail (&race->addresses[family], g_object_ref (address));
      else
        race->has_local = TRUE;
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

  race->lookups_left--;
  if (addresses != NULL)
    add_addresses (race, lookup->family, addresses);
  else
    keep_dns_error (race, error);

  /* RFC 8305 §3: IPv4 lets IPv6 have a moment, once. */
  if (lookup->family == IPV4 && addresses != NULL && race->lookups_left > 0)
    {
      wait_before_next (race, WAIT_FOR_IPV6_MS);
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
         int           family)
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
  for (int i = 0; i < N_FAMILIES; i++)
    g_queue_init (&race->addresses[i]);
  race->started = g_get_monotonic_time ();
  race->port = port;
  race->allow_local = allow_local;
  race->timeout_ms = timeout_ms;
  race->last_family = IPV4; /* so that IPv6 is the first */
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

  look_up (race, resolver, host, IPV6);
  look_up (race, resolver, host, IPV4);
}

MwConnection *
mw_connector_connect_finish (GAsyncResult  *result,
                             GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, mw_connector_connect_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
