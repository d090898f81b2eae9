/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "core/mw-address.h"
#include "core/mw-conflict.h"
#include "core/mw-source-report.h"
#include "setup/mw-engine.h"

G_BEGIN_DECLS

#define MW_TYPE_SERVER_SEARCH (mw_server_search_get_type ())

/**
 * MwServerSearch:
 *
 * Looks for the servers of an address and leaves it at that: all sources are
 * asked, but no mail server is connected to. Used once.
 */
G_DECLARE_FINAL_TYPE (MwServerSearch, mw_server_search, MW, SERVER_SEARCH, GObject)

/**
 * mw_server_search_new:
 * @engine: whose list of providers is read
 * @address: whose servers are wanted
 *
 * Returns: (transfer full): a search that has not begun
 */
MwServerSearch *mw_server_search_new            (MwEngine             *engine,
                                                 MwAddress            *address);

/**
 * mw_server_search_run_async:
 * @offline: ask only what needs no network
 * @use_ispdb: whether to ask the public settings database, too
 * @timeout: seconds for each look-up, 0 for the usual time
 *
 * Asks all sources. Guessed names without an address are left out.
 */
void            mw_server_search_run_async      (MwServerSearch       *self,
                                                 gboolean              offline,
                                                 gboolean              use_ispdb,
                                                 guint                 timeout,
                                                 GCancellable         *cancellable,
                                                 GAsyncReadyCallback   callback,
                                                 gpointer              user_data);

/**
 * mw_server_search_run_finish:
 * @error: return location for %G_IO_ERROR_CANCELLED
 *
 * Returns: whether the sources were asked
 */
gboolean        mw_server_search_run_finish     (MwServerSearch       *self,
                                                 GAsyncResult         *result,
                                                 GError              **error);
MwAddress      *mw_server_search_get_address    (MwServerSearch       *self);

/**
 * mw_server_search_get_reports:
 *
 * Returns: (transfer none) (element-type MwSourceReport): what each source said
 */
GPtrArray      *mw_server_search_get_reports    (MwServerSearch       *self);

/**
 * mw_server_search_get_candidates:
 * @side: which side
 *
 * Returns: (transfer none) (element-type MwCandidate): what was found, best
 *   first
 */
GPtrArray      *mw_server_search_get_candidates (MwServerSearch       *self,
                                                 MwSide                side);

/**
 * mw_server_search_get_conflicts:
 *
 * Returns: (transfer none) (element-type MwConflict): where sources that
 *   deserve trust disagree
 */
GPtrArray      *mw_server_search_get_conflicts  (MwServerSearch       *self);

/**
 * mw_server_search_get_provider:
 *
 * Returns: (transfer none) (nullable): who keeps the mail, where that is known
 */
MwProvider     *mw_server_search_get_provider   (MwServerSearch       *self);

/**
 * mw_server_search_get_elapsed_us:
 *
 * Returns: microseconds the search took
 */
gint64          mw_server_search_get_elapsed_us (MwServerSearch       *self);

G_END_DECLS
