/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "discovery/mw-ranking.h"

#include "discovery/mw-source-srv.h"

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

static int
compare (gconstpointer a,
         gconstpointer b,
         gpointer      user_data)
{
  MwCandidate *first = *(MwCandidate **) a;
  MwCandidate *second = *(MwCandidate **) b;
  gboolean pop3_first = GPOINTER_TO_INT (user_data);
  MwProtocol first_protocol =
    mw_endpoint_get_protocol (mw_candidate_get_endpoint (first));
  MwProtocol second_protocol =
    mw_endpoint_get_protocol (mw_candidate_get_endpoint (second));

  if (pop3_first && first_protocol != second_protocol &&
      mw_candidate_get_grade (first) == mw_candidate_get_grade (second))
    return first_protocol == MW_PROTOCOL_POP3 ? -1 : 1;

  return mw_candidate_compare (first, second);
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
  GPtrArray *list;

  g_return_val_if_fail (found != NULL, NULL);

  list = g_ptr_array_new_with_free_func ((GDestroyNotify) mw_candidate_unref);
  places = g_hash_table_new_full ((GHashFunc) mw_endpoint_hash,
                                  (GEqualFunc) mw_endpoint_equal,
                                  (GDestroyNotify) mw_endpoint_unref,
                                  NULL);

  for (guint i = 0; i < found->len; i++)
    {
      MwCandidate *candidate = g_ptr_array_index (found, i);

      if (mw_endpoint_get_side (mw_candidate_get_endpoint (candidate)) == side)
        add_or_merge (list, places, candidate);
    }

  g_ptr_array_sort_with_data (list, compare, GINT_TO_POINTER (prefers_pop3 (found)));
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
