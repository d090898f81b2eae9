/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "discovery/mw-source.h"

#include "core/mw-error.h"

G_DEFINE_INTERFACE (MwSource, mw_source, G_TYPE_OBJECT)

enum {
  FOUND,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
mw_source_default_init (MwSourceInterface *iface)
{
  signals[FOUND] = g_signal_new ("found",
                                 MW_TYPE_SOURCE,
                                 G_SIGNAL_RUN_LAST,
                                 0, NULL, NULL, NULL,
                                 G_TYPE_NONE,
                                 1, G_TYPE_PTR_ARRAY);
}

static MwOutcome
read_cause (const GError *error)
{
  if (error == NULL)
    return MW_OUTCOME_WORKS;
  if (error->domain == MW_PROBE_ERROR)
    return (MwOutcome) error->code;

  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) ? MW_OUTCOME_CANCELLED
                                                                  : MW_OUTCOME_PROTOCOL;
}

static MwSourceOutcome
read_outcome (GPtrArray *found,
              MwOutcome  cause)
{
  if (found != NULL)
    return found->len > 0 ? MW_SOURCE_OUTCOME_FOUND : MW_SOURCE_OUTCOME_NOTHING;

  switch ((int) cause)
    {
    case MW_OUTCOME_CANCELLED:
    case MW_OUTCOME_NOT_NEEDED:
    case MW_OUTCOME_NEED_TLS:
      return MW_SOURCE_OUTCOME_SKIPPED;
    case MW_OUTCOME_TIMEOUT:
      return MW_SOURCE_OUTCOME_TIMEOUT;
    default:
      return MW_SOURCE_OUTCOME_FAILED;
    }
}

/* Nobody named what was made up. */
static guint
count_named (GPtrArray *found)
{
  guint n_servers = 0;

  for (guint i = 0; found != NULL && i < found->len; i++)
    {
      if (!mw_candidate_is_guess (g_ptr_array_index (found, i)))
        n_servers++;
    }

  return n_servers;
}

/* A source may do worse than it can: an MX record is as good as our list where
 * it leads there, and else only as good as DNS. */
static MwGrade
get_grade_of_found (MwSource  *self,
                    GPtrArray *found)
{
  MwGrade best = MW_GRADE_L;

  if (found == NULL || found->len == 0)
    return mw_source_get_grade (self);

  for (guint i = 0; i < found->len; i++)
    best = MIN (best, mw_candidate_get_grade (found->pdata[i]));

  return best;
}

MwOrigin
mw_source_get_origin (MwSource *self)
{
  g_return_val_if_fail (MW_IS_SOURCE (self), MW_ORIGIN_GUESS);

  return MW_SOURCE_GET_IFACE (self)->get_origin (self);
}

MwGrade
mw_source_get_grade (MwSource *self)
{
  g_return_val_if_fail (MW_IS_SOURCE (self), MW_GRADE_L);

  return MW_SOURCE_GET_IFACE (self)->get_grade (self);
}

void
mw_source_find_async (MwSource            *self,
                      MwAddress           *address,
                      GCancellable        *cancellable,
                      GAsyncReadyCallback  callback,
                      gpointer             user_data)
{
  g_return_if_fail (MW_IS_SOURCE (self));
  g_return_if_fail (address != NULL);
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  MW_SOURCE_GET_IFACE (self)->find_async (self, address, cancellable, callback, user_data);
}

GPtrArray *
mw_source_find_finish (MwSource      *self,
                       GAsyncResult  *result,
                       GError       **error)
{
  g_return_val_if_fail (MW_IS_SOURCE (self), NULL);

  return MW_SOURCE_GET_IFACE (self)->find_finish (self, result, error);
}

char *
mw_source_dup_detail (MwSource *self)
{
  g_return_val_if_fail (MW_IS_SOURCE (self), NULL);

  if (MW_SOURCE_GET_IFACE (self)->dup_detail == NULL)
    return NULL;

  return MW_SOURCE_GET_IFACE (self)->dup_detail (self);
}

MwSourceReport *
mw_source_make_report (MwSource     *self,
                       GPtrArray    *found,
                       const GError *error,
                       gint64        elapsed_us)
{
  g_autofree char *detail = NULL;
  MwOutcome cause = read_cause (error);

  g_return_val_if_fail (MW_IS_SOURCE (self), NULL);

  detail = error != NULL ? g_strdup (error->message) : mw_source_dup_detail (self);
  return mw_source_report_new (mw_source_get_origin (self),
                               get_grade_of_found (self, found),
                               read_outcome (found, cause),
                               cause,
                               count_named (found),
                               detail,
                               elapsed_us);
}

void
mw_source_found (MwSource  *self,
                 GPtrArray *candidates)
{
  g_return_if_fail (MW_IS_SOURCE (self));
  g_return_if_fail (candidates != NULL);

  g_signal_emit (self, signals[FOUND], 0, candidates);
}
