/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <gio/gio.h>

#include "core/mw-export-target.h"

G_BEGIN_DECLS

#define MW_EVOLUTION_TARGET_ID "evolution"

/* Taken on the session bus while Evolution runs. */
#define MW_EVOLUTION_NAME "org.gnome.Evolution"

/**
 * mw_evolution_scan_async:
 * @cancellable: (nullable): to stop
 * @callback: (scope async): called with the targets
 * @user_data: for @callback
 *
 * Looks which Evolution is here: its data server on the session bus, and the
 * program itself, since other programs bring the data server too. Starts
 * nothing.
 */
void       mw_evolution_scan_async  (GCancellable         *cancellable,
                                     GAsyncReadyCallback   callback,
                                     gpointer              user_data);

/**
 * mw_evolution_scan_finish:
 *
 * Returns: (transfer full) (nullable) (element-type MwExportTarget): each Evolution;
 *   which of them can be used says its access
 */
GPtrArray *mw_evolution_scan_finish (GAsyncResult         *result,
                                     GError              **error);

G_END_DECLS
