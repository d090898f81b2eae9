/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * mw_inspection_signer_find_async:
 * @content: a file
 * @cancellable: (nullable): to give up
 * @callback: (scope async): called when it is known
 * @user_data: for @callback
 *
 * Finds out who signed a file, for people to read: the settings in it are no
 * more trusted for that. Touches neither network nor keyring.
 */
void  mw_inspection_signer_find_async  (GBytes               *content,
                                        GCancellable         *cancellable,
                                        GAsyncReadyCallback   callback,
                                        gpointer              user_data);

/**
 * mw_inspection_signer_find_finish:
 * @error: return location for %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): the name, foreign text; %NULL without a
 *   signature that is right and ends at an authority the system knows
 */
char *mw_inspection_signer_find_finish (GAsyncResult         *result,
                                        GError              **error);

G_END_DECLS
