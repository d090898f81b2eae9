/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "probe/mw-attempt-budget.h"

#define MAX_PER_SIDE 2
#define MAX_PER_RUN 4

struct _MwAttemptBudget
{
  guint       taken[2];   /* by MwSide */
  GHashTable *counts;     /* "host:protocol" → number */
};

G_DEFINE_BOXED_TYPE (MwAttemptBudget, mw_attempt_budget,
                     mw_attempt_budget_ref, mw_attempt_budget_unref)

static void
mw_attempt_budget_clear (gpointer data)
{
  MwAttemptBudget *self = data;

  g_hash_table_unref (self->counts);
}

MwAttemptBudget *
mw_attempt_budget_new (void)
{
  MwAttemptBudget *self = g_rc_box_new0 (MwAttemptBudget);

  self->counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

MwAttemptBudget *
mw_attempt_budget_ref (MwAttemptBudget *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_rc_box_acquire (self);
}

void
mw_attempt_budget_unref (MwAttemptBudget *self)
{
  g_return_if_fail (self != NULL);

  g_rc_box_release_full (self, mw_attempt_budget_clear);
}

gboolean
mw_attempt_budget_may_take (MwAttemptBudget *self,
                            MwSide           side)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->taken[side] < MAX_PER_SIDE &&
         self->taken[MW_SIDE_INCOMING] + self->taken[MW_SIDE_OUTGOING] < MAX_PER_RUN;
}

gboolean
mw_attempt_budget_take (MwAttemptBudget *self,
                        MwEndpoint      *endpoint)
{
  MwSide side;
  char *key;
  guint count;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (endpoint != NULL, FALSE);

  side = mw_endpoint_get_side (endpoint);
  if (!mw_attempt_budget_may_take (self, side))
    return FALSE;

  self->taken[side]++;
  key = g_strdup_printf ("%s:%s", mw_endpoint_get_host (endpoint),
                         mw_enum_to_nick (MW_TYPE_PROTOCOL,
                                          mw_endpoint_get_protocol (endpoint)));
  count = GPOINTER_TO_UINT (g_hash_table_lookup (self->counts, key));
  g_hash_table_replace (self->counts, key, GUINT_TO_POINTER (count + 1));
  return TRUE;
}

GHashTable *
mw_attempt_budget_get_counts (MwAttemptBudget *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->counts;
}
