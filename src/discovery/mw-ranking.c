/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "discovery/mw-ranking.h"

#include "discovery/mw-source-srv.h"

typedef struct {
  gboolean    pop3_first;
  GHashTable *origins; /* host → who named it, `1 << MW_ORIGIN_…` */
} Order;

static guint
get_srv_priority (GPtrArray  *found,
                  MwProtocol  protocol)
{
  guint best = G_MAXUINT;

  for (guint i = 0; i < found->len; i++)
    {
      MwCandidate *candidate = g_ptr_array_index (found, i);

      if (mw_candidate_get_origins (candidate) == 1u << MW_ORIGIN_SRV &&
          mw_endpoint_get_protocol (mw_candidate_get_endpoint (candidate)) == protocol)
        best = MIN (best, mw_source_srv_get_priority (candidate));
    }

  return best;
}

/* No IMAP record at all says nothing about IMAP, so both must be there. */
static gboolean
prefers_pop3 (GPtrArray *found)
{
  guint imap = get_srv_priority (found, MW_PROTOCOL_IMAP);

  return imap != G_MAXUINT && get_srv_priority (found, MW_PROTOCOL_POP3) < imap;
}

/* Who named a host, as far as one does not only repeat another: all that a
 * domain publishes on the web is one voice. */
static guint
count_voices (guint origins)
{
  static const guint documents = 1u << MW_ORIGIN_AUTOCONFIG | 1u << MW_ORIGIN_PACC |
                                 1u << MW_ORIGIN_HTTP_AUTOCONFIG;
  guint voices = (origins & documents) != 0 ? 1 : 0;

  for (origins &= ~documents; origins != 0; origins &= origins - 1)
    voices++;

  return voices;
}

static guint
get_voices (GHashTable  *origins,
            MwCandidate *candidate)
{
  const char *host = mw_endpoint_get_host (mw_candidate_get_endpoint (candidate));

  return count_voices (GPOINTER_TO_UINT (g_hash_table_lookup (origins, host)));
}

static int
compare (gconstpointer a,
         gconstpointer b,
         gpointer      user_data)
{
  MwCandidate *first = *(MwCandidate **) a;
  MwCandidate *second = *(MwCandidate **) b;
  const Order *order = user_data;
  MwEndpoint *first_endpoint = mw_candidate_get_endpoint (first);
  MwEndpoint *second_endpoint = mw_candidate_get_endpoint (second);
  gboolean alike = mw_candidate_get_grade (first) == mw_candidate_get_grade (second);
  MwProtocol first_protocol = mw_endpoint_get_protocol (first_endpoint);
  MwProtocol second_protocol = mw_endpoint_get_protocol (second_endpoint);

  if (order->pop3_first && alike && first_protocol != second_protocol)
    return first_protocol == MW_PROTOCOL_POP3 ? -1 : 1;

  if (alike && first_protocol == second_protocol &&
      mw_endpoint_get_security (first_endpoint) == mw_endpoint_get_security (second_endpoint))
    {
      guint first_voices = get_voices (order->origins, first);
      guint second_voices = get_voices (order->origins, second);

      if (first_voices != second_voices)
        return first_voices > second_voices ? -1 : 1;
    }

  return mw_candidate_compare (first, second);
}

/* Clear text is nothing a source can ask for, whatever it deserves. */
static gboolean
is_usable (MwCandidate *candidate,
           MwSide       side)
{
  MwEndpoint *endpoint = mw_candidate_get_endpoint (candidate);

  return mw_endpoint_get_side (endpoint) == side &&
         (mw_endpoint_get_security (endpoint) != MW_SECURITY_NONE ||
          mw_candidate_get_grade (candidate) == MW_GRADE_U);
}

/* A name that was made up is nobody's word: everybody is called so. */
static void
note_origins (GHashTable  *origins,
              MwCandidate *candidate)
{
  const char *host = mw_endpoint_get_host (mw_candidate_get_endpoint (candidate));
  guint known = GPOINTER_TO_UINT (g_hash_table_lookup (origins, host));

  if (mw_candidate_is_guess (candidate))
    return;

  g_hash_table_insert (origins, (gpointer) host,
                       GUINT_TO_POINTER (known | mw_candidate_get_origins (candidate)));
}

static void
add_or_merge (GPtrArray   *list,
              GHashTable  *places, /* endpoint → index in list + 1 */
              MwCandidate *candidate)
{
  MwEndpoint *endpoint = mw_candidate_get_endpoint (candidate);
  guint place = GPOINTER_TO_UINT (g_hash_table_lookup (places, endpoint));
  MwCandidate *merged;

  if (place == 0)
    {
      g_ptr_array_add (list, mw_candidate_ref (candidate));
      g_hash_table_insert (places, mw_endpoint_ref (endpoint), GUINT_TO_POINTER (list->len));
      return;
    }

  merged = mw_candidate_merge (g_ptr_array_index (list, place - 1), candidate);
  mw_candidate_unref (g_ptr_array_index (list, place - 1));
  g_ptr_array_index (list, place - 1) = merged;
}

GPtrArray *
mw_ranking_order (GPtrArray *found,
                  MwSide     side)
{
  g_autoptr(GHashTable) places = NULL;
  g_autoptr(GHashTable) origins = NULL;
  Order order;
  GPtrArray *list;

  g_return_val_if_fail (found != NULL, NULL);

  list = g_ptr_array_new_with_free_func ((GDestroyNotify) mw_candidate_unref);
  places = g_hash_table_new_full ((GHashFunc) mw_endpoint_hash,
                                  (GEqualFunc) mw_endpoint_equal,
                                  (GDestroyNotify) mw_endpoint_unref,
                                  NULL);
  origins = g_hash_table_new (g_str_hash, g_str_equal);
  order = (Order) { prefers_pop3 (found), origins };

  for (guint i = 0; i < found->len; i++)
    {
      MwCandidate *candidate = g_ptr_array_index (found, i);

      if (!is_usable (candidate, side))
        continue;

      add_or_merge (list, places, candidate);
      note_origins (origins, candidate);
    }

  g_ptr_array_sort_with_data (list, compare, &order);
  return list;
}

gboolean
mw_ranking_equal (GPtrArray *a,
                  GPtrArray *b)
{
  g_return_val_if_fail (a != NULL, FALSE);
  g_return_val_if_fail (b != NULL, FALSE);

  if (a->len != b->len)
    return FALSE;

  for (guint i = 0; i < a->len; i++)
    {
      MwCandidate *first = g_ptr_array_index (a, i);
      MwCandidate *second = g_ptr_array_index (b, i);

      if (!mw_endpoint_equal (mw_candidate_get_endpoint (first),
                              mw_candidate_get_endpoint (second)) ||
          mw_candidate_get_grade (first) != mw_candidate_get_grade (second) ||
          mw_candidate_get_origins (first) != mw_candidate_get_origins (second))
        return FALSE;
    }

  return TRUE;
}
