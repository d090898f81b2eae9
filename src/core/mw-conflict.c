/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "core/mw-conflict.h"

struct _MwConflict
{
  MwProtocol  protocol;
  GPtrArray  *candidates;
};

G_DEFINE_BOXED_TYPE (MwConflict, mw_conflict, mw_conflict_ref, mw_conflict_unref)

static GPtrArray *
candidate_array_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) mw_candidate_unref);
}

static void
mw_conflict_clear (gpointer data)
{
  MwConflict *self = data;

  g_ptr_array_unref (self->candidates);
}

static int
compare (gconstpointer a,
         gconstpointer b)
{
  return mw_candidate_compare (*(MwCandidate **) a, *(MwCandidate **) b);
}

/* What deserves trust, best first. */
static GPtrArray *
select_trusted (GPtrArray  *found,
                MwProtocol  protocol)
{
  GPtrArray *trusted = candidate_array_new ();

  for (guint i = 0; i < found->len; i++)
    {
      MwCandidate *candidate = g_ptr_array_index (found, i);

      if (mw_candidate_get_grade (candidate) < MW_GRADE_G &&
          mw_endpoint_get_protocol (mw_candidate_get_endpoint (candidate)) == protocol)
        g_ptr_array_add (trusted, mw_candidate_ref (candidate));
    }

  g_ptr_array_sort (trusted, compare);
  return trusted;
}

/* Whether two sources have a server in common. */
static gboolean
agree (GPtrArray *trusted,
       guint      origin,
       guint      other)
{
  for (guint i = 0; i < trusted->len; i++)
    {
      MwCandidate *first = g_ptr_array_index (trusted, i);

      for (guint j = 0; j < trusted->len; j++)
        {
          MwCandidate *second = g_ptr_array_index (trusted, j);

          if (mw_candidate_get_origins (first) == origin &&
              mw_candidate_get_origins (second) == other &&
              mw_endpoint_equal (mw_candidate_get_endpoint (first),
                                 mw_candidate_get_endpoint (second)))
            return TRUE;
        }
    }

  return FALSE;
}

static void
add_statement (GPtrArray   *statements,
               MwCandidate *candidate)
{
  for (guint i = 0; i < statements->len; i++)
    {
      MwCandidate *statement = g_ptr_array_index (statements, i);

      if (!mw_endpoint_equal (mw_candidate_get_endpoint (statement),
                              mw_candidate_get_endpoint (candidate)))
        continue;

      g_ptr_array_index (statements, i) = mw_candidate_merge (statement, candidate);
      mw_candidate_unref (statement);
      return;
    }

  g_ptr_array_add (statements, mw_candidate_ref (candidate));
}

static MwConflict *
find_for_protocol (GPtrArray  *found,
                   MwProtocol  protocol)
{
  g_autoptr(GPtrArray) trusted = select_trusted (found, protocol);
  g_autoptr(GPtrArray) choices = candidate_array_new ();
  g_autoptr(GPtrArray) statements = candidate_array_new ();
  gboolean in_dispute = FALSE;
  guint seen = 0;
  MwConflict *self;

  for (guint i = 0; i < trusted->len; i++)
    {
      MwCandidate *candidate = g_ptr_array_index (trusted, i);

      if ((seen & mw_candidate_get_origins (candidate)) != 0)
        continue;

      seen |= mw_candidate_get_origins (candidate);
      for (guint j = 0; j < choices->len && !in_dispute; j++)
        in_dispute = !agree (trusted, mw_candidate_get_origins (candidate),
                             mw_candidate_get_origins (g_ptr_array_index (choices, j)));
      g_ptr_array_add (choices, mw_candidate_ref (candidate));
    }

  if (!in_dispute)
    return NULL;

  for (guint i = 0; i < choices->len; i++)
    add_statement (statements, g_ptr_array_index (choices, i));

  self = g_rc_box_new0 (MwConflict);
  self->protocol = protocol;
  self->candidates = g_steal_pointer (&statements);
  return self;
}

GPtrArray *
mw_conflict_find (GPtrArray *found)
{
  GPtrArray *conflicts;

  g_return_val_if_fail (found != NULL, NULL);

  conflicts = g_ptr_array_new_with_free_func ((GDestroyNotify) mw_conflict_unref);
  for (int protocol = MW_PROTOCOL_IMAP; protocol <= MW_PROTOCOL_SMTP; protocol++)
    {
      MwConflict *conflict = find_for_protocol (found, protocol);

      if (conflict != NULL)
        g_ptr_array_add (conflicts, conflict);
    }

  return conflicts;
}

MwConflict *
mw_conflict_ref (MwConflict *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_rc_box_acquire (self);
}

void
mw_conflict_unref (MwConflict *self)
{
  g_return_if_fail (self != NULL);

  g_rc_box_release_full (self, mw_conflict_clear);
}

MwProtocol
mw_conflict_get_protocol (MwConflict *self)
{
  g_return_val_if_fail (self != NULL, MW_PROTOCOL_IMAP);

  return self->protocol;
}

GPtrArray *
mw_conflict_get_candidates (MwConflict *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->candidates;
}

gboolean
mw_conflict_is_about_host (MwConflict *self)
{
  MwEndpoint *first;

  g_return_val_if_fail (self != NULL, FALSE);

  first = mw_candidate_get_endpoint (g_ptr_array_index (self->candidates, 0));
  for (guint i = 1; i < self->candidates->len; i++)
    {
      MwEndpoint *other = mw_candidate_get_endpoint (g_ptr_array_index (self->candidates, i));

      if (!g_str_equal (mw_endpoint_get_host (first), mw_endpoint_get_host (other)))
        return TRUE;
    }

  return FALSE;
}
