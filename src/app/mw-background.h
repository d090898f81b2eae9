/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* In a sandbox the system decides whether a program without a window may go
 * on. It is asked through the Background portal; never for a start at log-in.
 * Outside of a sandbox, and where there is no portal, nobody objects. */

/**
 * mw_background_request_async:
 * @reason: why, for the person
 * @cancellable: (nullable): to stop
 * @callback: (scope async): called with the answer
 * @user_data: for @callback
 */
void     mw_background_request_async  (const char           *reason,
                                       GCancellable         *cancellable,
                                       GAsyncReadyCallback   callback,
                                       gpointer              user_data);

/**
 * mw_background_request_finish:
 *
 * Returns: whether Mailwright may go on without a window
 */
gboolean mw_background_request_finish (GAsyncResult         *result);

G_END_DECLS
