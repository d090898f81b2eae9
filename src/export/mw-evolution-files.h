/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * MwEvolutionFiles:
 *
 * Sources written as files, for when no data server answers. One that starts
 * meanwhile watches the folder, and takes in what has been quiet for three
 * seconds.
 */
typedef struct _MwEvolutionFiles MwEvolutionFiles;

/**
 * mw_evolution_files_list_async:
 * @folder: the folder of the sources; need not exist
 * @cancellable: (nullable): to stop
 * @callback: (scope async): called with the sources
 * @user_data: for @callback
 *
 * Reads all sources there are. Their paths are the names of their files.
 */
void              mw_evolution_files_list_async   (const char           *folder,
                                                   GCancellable         *cancellable,
                                                   GAsyncReadyCallback   callback,
                                                   gpointer              user_data);

/**
 * mw_evolution_files_list_finish:
 *
 * Returns: (transfer full) (element-type MwEvolutionEntry): the sources
 */
GPtrArray        *mw_evolution_files_list_finish  (GAsyncResult         *result,
                                                   GError              **error);

/**
 * mw_evolution_files_new:
 * @folder: the folder of the sources; made if need be
 */
MwEvolutionFiles *mw_evolution_files_new          (const char           *folder);
MwEvolutionFiles *mw_evolution_files_ref          (MwEvolutionFiles     *self);
void              mw_evolution_files_unref        (MwEvolutionFiles     *self);

/**
 * mw_evolution_files_add:
 * @uid: of the source
 * @data: (nullable): its text to be; %NULL to delete it
 * @former: (nullable): its text so far
 *
 * Plans one file. One that is changed keeps what it held before in a second
 * file, until it is deleted.
 */
void              mw_evolution_files_add          (MwEvolutionFiles     *self,
                                                   const char           *uid,
                                                   const char           *data,
                                                   const char           *former);

/**
 * mw_evolution_files_get_backups:
 *
 * Returns: (transfer none) (element-type utf8): the second files, absolute
 */
GPtrArray        *mw_evolution_files_get_backups  (MwEvolutionFiles     *self);

/**
 * mw_evolution_files_write_async:
 * @undo: take back what was written
 * @callback: (scope async): called when it is on the disk
 * @user_data: for @callback
 *
 * Writes what was planned, all or nothing.
 */
void              mw_evolution_files_write_async  (MwEvolutionFiles     *self,
                                                   gboolean              undo,
                                                   GAsyncReadyCallback   callback,
                                                   gpointer              user_data);
gboolean          mw_evolution_files_write_finish (GAsyncResult         *result,
                                                   GError              **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MwEvolutionFiles, mw_evolution_files_unref)

G_END_DECLS
