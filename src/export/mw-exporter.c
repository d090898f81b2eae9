/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "export/mw-exporter.h"

G_DEFINE_INTERFACE (MwExporter, mw_exporter, G_TYPE_OBJECT)

static void
mw_exporter_default_init (MwExporterInterface *iface)
{
}

void
mw_exporter_find_targets_async (MwExporter          *self,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  g_return_if_fail (MW_IS_EXPORTER (self));
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  MW_EXPORTER_GET_IFACE (self)->find_targets_async (self, cancellable, callback, user_data);
}

GPtrArray *
mw_exporter_find_targets_finish (MwExporter    *self,
                                 GAsyncResult  *result,
                                 GError       **error)
{
  g_return_val_if_fail (MW_IS_EXPORTER (self), NULL);

  return MW_EXPORTER_GET_IFACE (self)->find_targets_finish (self, result, error);
}

void
mw_exporter_export_async (MwExporter            *self,
                          MwExportTarget        *target,
                          MwProfile             *profile,
                          MwSecret              *incoming,
                          MwSecret              *outgoing,
                          const MwExportOptions *options,
                          GCancellable          *cancellable,
                          GAsyncReadyCallback    callback,
                          gpointer               user_data)
{
  g_return_if_fail (MW_IS_EXPORTER (self));
  g_return_if_fail (target != NULL);
  g_return_if_fail (profile != NULL);
  g_return_if_fail (profile->incoming != NULL);
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  MW_EXPORTER_GET_IFACE (self)->export_async (self, target, profile, incoming, outgoing, options,
                                              cancellable, callback, user_data);
}

MwExportReport *
mw_exporter_export_finish (MwExporter    *self,
                           GAsyncResult  *result,
                           GError       **error)
{
  g_return_val_if_fail (MW_IS_EXPORTER (self), NULL);

  return MW_EXPORTER_GET_IFACE (self)->export_finish (self, result, error);
}

void
mw_exporter_remove_async (MwExporter            *self,
                          MwExportTarget        *target,
                          MwProfile             *profile,
                          const MwExportOptions *options,
                          GCancellable          *cancellable,
                          GAsyncReadyCallback    callback,
                          gpointer               user_data)
{
  g_return_if_fail (MW_IS_EXPORTER (self));
  g_return_if_fail (target != NULL);
  g_return_if_fail (profile != NULL);
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  MW_EXPORTER_GET_IFACE (self)->remove_async (self, target, profile, options, cancellable,
                                              callback, user_data);
}

MwExportReport *
mw_exporter_remove_finish (MwExporter    *self,
                           GAsyncResult  *result,
                           GError       **error)
{
  g_return_val_if_fail (MW_IS_EXPORTER (self), NULL);

  return MW_EXPORTER_GET_IFACE (self)->remove_finish (self, result, error);
}

void
mw_exporter_read_accounts_async (MwExporter            *self,
                                 MwExportTarget        *target,
                                 gboolean               with_passwords,
                                 const MwExportOptions *options,
                                 GCancellable          *cancellable,
                                 GAsyncReadyCallback    callback,
                                 gpointer               user_data)
{
  g_return_if_fail (MW_IS_EXPORTER (self));
  g_return_if_fail (target != NULL);
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  MW_EXPORTER_GET_IFACE (self)->read_accounts_async (self, target, with_passwords, options,
                                                     cancellable, callback, user_data);
}

GPtrArray *
mw_exporter_read_accounts_finish (MwExporter    *self,
                                  GAsyncResult  *result,
                                  GError       **error)
{
  g_return_val_if_fail (MW_IS_EXPORTER (self), NULL);

  return MW_EXPORTER_GET_IFACE (self)->read_accounts_finish (self, result, error);
}
