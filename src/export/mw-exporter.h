/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <gio/gio.h>

#include "core/mw-export-options.h"
#include "core/mw-export-target.h"
#include "core/mw-found-account.h"
#include "core/mw-profile.h"
#include "core/mw-secret.h"

G_BEGIN_DECLS

#define MW_TYPE_EXPORTER (mw_exporter_get_type ())

/**
 * MwExporter:
 *
 * Hands accounts to one kind of mail program.
 */
G_DECLARE_INTERFACE (MwExporter, mw_exporter, MW, EXPORTER, GObject)

struct _MwExporterInterface
{
  GTypeInterface parent_iface;

  void            (*find_targets_async)  (MwExporter          *self,
                                          GCancellable        *cancellable,
                                          GAsyncReadyCallback  callback,
                                          gpointer             user_data);
  GPtrArray      *(*find_targets_finish) (MwExporter *self, GAsyncResult *result, GError **error);
  void            (*export_async)        (MwExporter            *self,
                                          MwExportTarget        *target,
                                          MwProfile             *profile,
                                          MwSecret              *incoming,
                                          MwSecret              *outgoing,
                                          const MwExportOptions *options,
                                          GCancellable          *cancellable,
                                          GAsyncReadyCallback    callback,
                                          gpointer               user_data);
  MwExportReport *(*export_finish)       (MwExporter *self, GAsyncResult *result, GError **error);
  void            (*remove_async)        (MwExporter            *self,
                                          MwExportTarget        *target,
                                          MwProfile             *profile,
                                          const MwExportOptions *options,
                                          GCancellable          *cancellable,
                                          GAsyncReadyCallback    callback,
                                          gpointer               user_data);
  MwExportReport *(*remove_finish)       (MwExporter *self, GAsyncResult *result, GError **error);
  void            (*read_accounts_async) (MwExporter            *self,
                                          MwExportTarget        *target,
                                          gboolean               with_passwords,
                                          const MwExportOptions *options,
                                          GCancellable          *cancellable,
                                          GAsyncReadyCallback    callback,
                                          gpointer               user_data);
  GPtrArray      *(*read_accounts_finish) (MwExporter *self, GAsyncResult *result, GError **error);
};

/**
 * mw_exporter_find_targets_async:
 * @self: an exporter
 * @cancellable: (nullable): to stop
 * @callback: (scope async): called with the targets
 * @user_data: for @callback
 *
 * Looks for mail programs of this kind. Changes nothing.
 */
void            mw_exporter_find_targets_async  (MwExporter           *self,
                                                 GCancellable         *cancellable,
                                                 GAsyncReadyCallback   callback,
                                                 gpointer              user_data);

/**
 * mw_exporter_find_targets_finish:
 *
 * Returns: (transfer full) (element-type MwExportTarget): what was found, may be empty
 */
GPtrArray      *mw_exporter_find_targets_finish (MwExporter           *self,
                                                 GAsyncResult         *result,
                                                 GError              **error);

/**
 * mw_exporter_export_async:
 * @self: an exporter
 * @target: where to
 * @profile: the account; what an earlier export remembered stands in it
 * @incoming: (nullable): password for receiving; %NULL exports without
 * @outgoing: (nullable): password for sending
 * @options: (nullable): what the person said; %NULL when nobody was asked
 * @cancellable: (nullable): stops before the first change, not after
 * @callback: (scope async): called with the report
 * @user_data: for @callback
 *
 * Makes or updates the account in the mail program. Whole or not at all.
 */
void            mw_exporter_export_async        (MwExporter            *self,
                                                 MwExportTarget        *target,
                                                 MwProfile             *profile,
                                                 MwSecret              *incoming,
                                                 MwSecret              *outgoing,
                                                 const MwExportOptions *options,
                                                 GCancellable          *cancellable,
                                                 GAsyncReadyCallback    callback,
                                                 gpointer               user_data);

/**
 * mw_exporter_export_finish:
 * @error: return location for a %MW_EXPORT_ERROR
 *
 * Returns: (transfer full) (nullable): what was done
 */
MwExportReport *mw_exporter_export_finish       (MwExporter           *self,
                                                 GAsyncResult         *result,
                                                 GError              **error);

/**
 * mw_exporter_remove_async:
 * @options: (nullable): what the person said; %NULL when nobody was asked
 *
 * Takes the account out of the mail program again, and nothing else.
 */
void            mw_exporter_remove_async        (MwExporter            *self,
                                                 MwExportTarget        *target,
                                                 MwProfile             *profile,
                                                 const MwExportOptions *options,
                                                 GCancellable          *cancellable,
                                                 GAsyncReadyCallback    callback,
                                                 gpointer               user_data);
MwExportReport *mw_exporter_remove_finish       (MwExporter           *self,
                                                 GAsyncResult         *result,
                                                 GError              **error);

/**
 * mw_exporter_read_accounts_async:
 * @self: an exporter
 * @target: where from
 * @with_passwords: whether to look for passwords, too; without, no keyring and
 *   no store of passwords is touched
 * @options: (nullable): its primary password opens the mail program's store
 * @cancellable: (nullable): to stop
 * @callback: (scope async): called with the accounts
 * @user_data: for @callback
 *
 * Reads the accounts that stand in a mail program. Changes nothing, and works
 * while the program runs.
 */
void            mw_exporter_read_accounts_async (MwExporter            *self,
                                                 MwExportTarget        *target,
                                                 gboolean               with_passwords,
                                                 const MwExportOptions *options,
                                                 GCancellable          *cancellable,
                                                 GAsyncReadyCallback    callback,
                                                 gpointer               user_data);

/**
 * mw_exporter_read_accounts_finish:
 * @error: return location for a %MW_EXPORT_ERROR
 *
 * Returns: (transfer full) (nullable) (element-type MwFoundAccount): the
 *   accounts in the order they have there, also those with an obstacle
 */
GPtrArray      *mw_exporter_read_accounts_finish (MwExporter          *self,
                                                 GAsyncResult         *result,
                                                 GError              **error);

G_END_DECLS
