/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "discovery/mw-source.h"

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

void
mw_source_found (MwSource  *self,
                 GPtrArray *candidates)
{
  g_return_if_fail (MW_IS_SOURCE (self));
  g_return_if_fail (candidates != NULL);

  g_signal_emit (self, signals[FOUND], 0, candidates);
}
