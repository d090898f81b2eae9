/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The text of a signature is a file named after its source. */

/**
 * mw_evolution_signature_get_folder:
 *
 * Returns: (transfer full): where Evolution keeps its settings; from inside a
 *   Flatpak that of the system outside
 */
char     *mw_evolution_signature_get_folder   (void);

/**
 * mw_evolution_signature_read_async:
 * @folder: of Evolution's settings
 * @uid: of the source
 * @cancellable: (nullable): to stop
 * @callback: (scope async): called with the text
 * @user_data: for @callback
 */
void      mw_evolution_signature_read_async   (const char           *folder,
                                               const char           *uid,
                                               GCancellable         *cancellable,
                                               GAsyncReadyCallback   callback,
                                               gpointer              user_data);

/**
 * mw_evolution_signature_read_finish:
 *
 * Returns: (transfer full) (nullable): the text; %NULL without @error when
 *   there is no such file
 */
char     *mw_evolution_signature_read_finish  (GAsyncResult         *result,
                                               GError              **error);

/**
 * mw_evolution_signature_write_async:
 * @folder: of Evolution's settings
 * @uid: of the source
 * @text: (nullable): the whole file, or %NULL to delete it
 * @callback: (scope async): called when it is on the disk
 * @user_data: for @callback
 */
void      mw_evolution_signature_write_async  (const char           *folder,
                                               const char           *uid,
                                               const char           *text,
                                               GAsyncReadyCallback   callback,
                                               gpointer              user_data);
gboolean  mw_evolution_signature_write_finish (GAsyncResult         *result,
                                               GError              **error);

G_END_DECLS
