/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <gio/gio.h>

#include "core/mw-export-target.h"

G_BEGIN_DECLS

/**
 * mw_evolution_import_async:
 * @exporter: (type GObject): who reads
 * @target: Evolution, or a folder of its settings
 * @with_passwords: whether to look for passwords, too
 * @cancellable: (nullable): to stop
 * @callback: (scope async): called with the accounts
 * @user_data: for @callback
 *
 * Reads the accounts of Evolution: from its data server, or from the files
 * where that is not there; the passwords from the keyring.
 */
void       mw_evolution_import_async  (gpointer              exporter,
                                       MwExportTarget       *target,
                                       gboolean              with_passwords,
                                       GCancellable         *cancellable,
                                       GAsyncReadyCallback   callback,
                                       gpointer              user_data);

/**
 * mw_evolution_import_finish:
 * @error: return location for a %MW_EXPORT_ERROR
 *
 * Returns: (transfer full) (nullable) (element-type MwFoundAccount): the accounts
 */
GPtrArray *mw_evolution_import_finish (gpointer              exporter,
                                       GAsyncResult         *result,
                                       GError              **error);

G_END_DECLS
