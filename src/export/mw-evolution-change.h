/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <gio/gio.h>

#include "core/mw-secret.h"
#include "export/mw-evolution-files.h"
#include "export/mw-evolution-pins.h"

G_BEGIN_DECLS

/**
 * MwEvolutionChange:
 *
 * One change of what Evolution has: a password, a signature text, accepted
 * certificates, new sources, another text of a source, a source less, or all
 * of those as files. Each can be undone.
 */
typedef struct _MwEvolutionChange MwEvolutionChange;

/**
 * mw_evolution_change_new_secret:
 * @uid: of the source
 * @label: shown by keyring programs
 * @secret: (nullable): the password; %NULL to forget it
 * @former: (nullable): the password so far
 */
MwEvolutionChange *mw_evolution_change_new_secret    (const char           *uid,
                                                      const char           *label,
                                                      MwSecret             *secret,
                                                      MwSecret             *former);

/**
 * mw_evolution_change_new_signature:
 * @folder: of Evolution's settings
 * @uid: of the source
 * @text: (nullable): the text; %NULL to delete it
 * @former: (nullable): the text so far
 */
MwEvolutionChange *mw_evolution_change_new_signature (const char           *folder,
                                                      const char           *uid,
                                                      const char           *text,
                                                      const char           *former);

/**
 * mw_evolution_change_new_pins:
 * @pins: planned
 */
MwEvolutionChange *mw_evolution_change_new_pins      (MwEvolutionPins      *pins);

/**
 * mw_evolution_change_new_create:
 * @sources: `a{ss}`: uid and text of each new source
 */
MwEvolutionChange *mw_evolution_change_new_create    (GVariant             *sources);

/**
 * mw_evolution_change_new_write:
 * @path: object of the source
 * @data: its text to be
 * @former: its text so far
 */
MwEvolutionChange *mw_evolution_change_new_write     (const char           *path,
                                                      const char           *data,
                                                      const char           *former);

/**
 * mw_evolution_change_new_remove:
 * @uid: of the source
 * @path: its object
 */
MwEvolutionChange *mw_evolution_change_new_remove    (const char           *uid,
                                                      const char           *path);

/**
 * mw_evolution_change_new_files:
 * @files: planned
 */
MwEvolutionChange *mw_evolution_change_new_files     (MwEvolutionFiles     *files);
void               mw_evolution_change_free          (MwEvolutionChange    *self);

/**
 * mw_evolution_change_run_async:
 * @bus: the session bus
 * @name: of the data server on it
 * @changes: (element-type MwEvolutionChange): in this order
 * @callback: (scope async): called when all are made, or all undone
 * @user_data: for @callback
 *
 * Makes all changes, or none: after an error what was done is undone, last
 * first. A removal cannot be undone, so removals belong at the end.
 */
void               mw_evolution_change_run_async     (GDBusConnection      *bus,
                                                      const char           *name,
                                                      GPtrArray            *changes,
                                                      GAsyncReadyCallback   callback,
                                                      gpointer              user_data);
gboolean           mw_evolution_change_run_finish    (GDBusConnection      *bus,
                                                      GAsyncResult         *result,
                                                      GError              **error);

G_END_DECLS
