/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <gio/gio.h>

#include "core/mw-secret.h"

G_BEGIN_DECLS

/* Passwords where Evolution Data Server looks for them: one item for each of
 * its sources. It deletes items whose source does not exist, so nothing may be
 * left here without an account. */

/**
 * mw_eds_secret_store_async:
 * @uid: of the source
 * @label: shown by keyring programs
 * @secret: the password
 * @cancellable: (nullable): to stop waiting
 * @callback: (scope async): called when it is stored and was read back
 * @user_data: for @callback
 *
 * Keeps the password of a source, in place of the one it has.
 */
void      mw_eds_secret_store_async   (const char           *uid,
                                       const char           *label,
                                       MwSecret             *secret,
                                       GCancellable         *cancellable,
                                       GAsyncReadyCallback   callback,
                                       gpointer              user_data);
gboolean  mw_eds_secret_store_finish  (GAsyncResult         *result,
                                       GError              **error);

/**
 * mw_eds_secret_lookup_async:
 *
 * Looks up the password of a source.
 */
void      mw_eds_secret_lookup_async  (const char           *uid,
                                       GCancellable         *cancellable,
                                       GAsyncReadyCallback   callback,
                                       gpointer              user_data);

/**
 * mw_eds_secret_lookup_finish:
 *
 * Returns: (transfer full) (nullable): the password; %NULL without @error when
 *   there is none
 */
MwSecret *mw_eds_secret_lookup_finish (GAsyncResult         *result,
                                       GError              **error);

/**
 * mw_eds_secret_clear_async:
 *
 * Forgets the password of a source.
 */
void      mw_eds_secret_clear_async   (const char           *uid,
                                       GCancellable         *cancellable,
                                       GAsyncReadyCallback   callback,
                                       gpointer              user_data);
gboolean  mw_eds_secret_clear_finish  (GAsyncResult         *result,
                                       GError              **error);

G_END_DECLS
