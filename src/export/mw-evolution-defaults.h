/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <gio/gio.h>

#include "core/mw-export-target.h"
#include "core/mw-profile.h"
#include "export/mw-evolution-source.h"

G_BEGIN_DECLS

/* Settings of Evolution that name an account: which one is the default, and
 * which ones arrive silently. They are left alone where their schema is
 * missing, and when either program runs in a Flatpak, whose settings are
 * others. */

/**
 * mw_evolution_defaults_apply:
 * @profile: the account
 * @target_id: under which an earlier export was remembered
 * @uids: its sources
 * @entries: (element-type MwEvolutionEntry): the sources there were
 * @has_settings: whether those settings can be reached
 * @dry_run: only report
 * @report: gets what was changed, and the former default to come back to
 *
 * Makes the account the default when it is to be, or when there is none. A
 * wish that cannot be met stands in the notes of @report.
 */
void     mw_evolution_defaults_apply        (MwProfile             *profile,
                                             const char            *target_id,
                                             const MwEvolutionUids *uids,
                                             GPtrArray             *entries,
                                             gboolean               has_settings,
                                             gboolean               dry_run,
                                             MwExportReport        *report);

/**
 * mw_evolution_defaults_restore:
 *
 * Takes the account out of these settings again; the former default comes
 * back when it still exists. Not so with @dry_run, when it is only reported.
 */
void     mw_evolution_defaults_restore      (MwProfile             *profile,
                                             const char            *target_id,
                                             const MwEvolutionUids *uids,
                                             GPtrArray             *entries,
                                             gboolean               dry_run,
                                             MwExportReport        *report);

/**
 * mw_evolution_defaults_dup_account:
 *
 * Returns: (transfer full) (nullable): uid of the default account
 */
char    *mw_evolution_defaults_dup_account  (void);

/**
 * mw_evolution_defaults_flush_async:
 *
 * Waits until the settings are on their way, so that the process may end.
 */
void     mw_evolution_defaults_flush_async  (GAsyncReadyCallback    callback,
                                             gpointer               user_data);
gboolean mw_evolution_defaults_flush_finish (GAsyncResult          *result);

G_END_DECLS
