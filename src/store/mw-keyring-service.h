/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <gio/gio.h>
#include <libsecret/secret.h>

#include "core/mw-error.h"
#include "store/mw-deadline.h"

G_BEGIN_DECLS

/**
 * mw_keyring_open_async:
 * @cancellable: (nullable): to stop waiting
 * @callback: (scope async): called with the service
 * @user_data: for @callback
 *
 * Connects to the Secret Service, starting it when it can be started. Never
 * prompts, and answers within seconds even when the service hangs.
 */
void           mw_keyring_open_async    (GCancellable         *cancellable,
                                         GAsyncReadyCallback   callback,
                                         gpointer              user_data);

/**
 * mw_keyring_open_finish:
 * @error: return location for %MW_STORE_ERROR_NO_SERVICE
 *
 * Returns: (transfer full) (nullable): the service, with a session opened
 */
SecretService *mw_keyring_open_finish   (GAsyncResult         *result,
                                         GError              **error);

/**
 * mw_keyring_map_error:
 * @error: (transfer full): what libsecret or the bus said
 * @code: what it means at this step
 * @doing: what was being done
 * @deadline: of the step
 * @cancellable: (nullable): the caller's own
 *
 * Returns: (transfer full): a %MW_STORE_ERROR, or the caller's cancellation
 */
GError        *mw_keyring_map_error     (GError               *error,
                                         MwStoreError          code,
                                         const char           *doing,
                                         MwDeadline           *deadline,
                                         GCancellable         *cancellable);

G_END_DECLS
