/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <gio/gio.h>

#include "core/mw-profile.h"
#include "export/mw-evolution-source.h"

G_BEGIN_DECLS

/**
 * MwEvolutionPins:
 *
 * The certificates accepted by hand, on their way into Evolution's files.
 */
typedef struct _MwEvolutionPins MwEvolutionPins;

/**
 * mw_evolution_pins_new:
 * @profile: the account
 * @removing: it is taken out
 * @folder: in which `camel_certs` and `evolution` are
 * @remembered: (nullable): what mw_evolution_pins_get_remembered() said last
 * @entries: (element-type MwEvolutionEntry): the sources there are
 * @uids: the account's own among them
 *
 * A host that an account of somebody else has, too, stays trusted.
 *
 * Returns: (transfer full) (nullable): %NULL when there is nothing to do
 */
MwEvolutionPins *mw_evolution_pins_new             (MwProfile             *profile,
                                                    gboolean               removing,
                                                    const char            *folder,
                                                    const char            *remembered,
                                                    GPtrArray             *entries,
                                                    const MwEvolutionUids *uids);
MwEvolutionPins *mw_evolution_pins_ref             (MwEvolutionPins       *self);
void             mw_evolution_pins_unref           (MwEvolutionPins       *self);

/**
 * mw_evolution_pins_plan_async:
 * @bus: the session bus
 * @dry_run: change nothing
 * @callback: (scope async): called when all is known
 * @user_data: for @callback
 *
 * Reads Evolution's files. What keeps them from being changed stands in the
 * notes; it is no reason to keep the account back.
 */
void             mw_evolution_pins_plan_async      (MwEvolutionPins       *self,
                                                    GDBusConnection       *bus,
                                                    gboolean               dry_run,
                                                    GCancellable          *cancellable,
                                                    GAsyncReadyCallback    callback,
                                                    gpointer               user_data);
void             mw_evolution_pins_plan_finish     (MwEvolutionPins       *self,
                                                    GAsyncResult          *result);

/**
 * mw_evolution_pins_get_notes:
 *
 * Returns: `1 << MW_EXPORT_NOTE_…`: what the person should know
 */
guint            mw_evolution_pins_get_notes       (MwEvolutionPins       *self);

/**
 * mw_evolution_pins_get_remembered:
 *
 * Returns: (transfer none) (nullable): what we wrote and nobody else, as text
 *   for the account file
 */
const char      *mw_evolution_pins_get_remembered  (MwEvolutionPins       *self);

/**
 * mw_evolution_pins_get_added:
 *
 * Returns: (transfer none) (element-type utf8): hosts whose certificate is going
 *   to be trusted
 */
GPtrArray       *mw_evolution_pins_get_added       (MwEvolutionPins       *self);
GPtrArray       *mw_evolution_pins_get_removed     (MwEvolutionPins       *self);

/**
 * mw_evolution_pins_write_async:
 * @undo: take back what was written
 * @callback: (scope async): called when it is on the disk
 * @user_data: for @callback
 *
 * Writes what was planned, all or nothing.
 */
void             mw_evolution_pins_write_async     (MwEvolutionPins       *self,
                                                    gboolean               undo,
                                                    GAsyncReadyCallback    callback,
                                                    gpointer               user_data);
gboolean         mw_evolution_pins_write_finish    (GAsyncResult          *result,
                                                    GError               **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MwEvolutionPins, mw_evolution_pins_unref)

G_END_DECLS
