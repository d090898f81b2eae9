/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "setup/mw-setup.h"

G_BEGIN_DECLS

/* What handing an account over would change, before it does. */

/**
 * mw_preview_async:
 * @engine: the engine
 * @profile: a saved account
 * @setup: (nullable): the set-up it was saved by
 * @target: where to
 * @options: (nullable): what the person said
 * @cancellable: (nullable): to stop
 * @callback: (scope async): called with the report
 * @user_data: for @callback
 *
 * Looks at the mail program and changes nothing.
 */
void            mw_preview_async  (MwEngine              *engine,
                                   MwProfile             *profile,
                                   MwSetup               *setup,
                                   MwExportTarget        *target,
                                   const MwExportOptions *options,
                                   GCancellable          *cancellable,
                                   GAsyncReadyCallback    callback,
                                   gpointer               user_data);

/**
 * mw_preview_finish:
 * @error: return location for an %MW_EXPORT_ERROR
 *
 * Returns: (transfer full) (nullable): what would be changed
 */
MwExportReport *mw_preview_finish (GAsyncResult          *result,
                                   GError               **error);

G_END_DECLS
