/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * mw_text_lookup_async:
 * @name: whose TXT records are wanted
 *
 * Asks the system's name server in a thread. GIO's own resolver cannot be
 * used: up to GLib 2.74 a TXT record that is not UTF-8, which anybody can
 * publish, ends the process. Cannot be cancelled, only forgotten.
 */
void       mw_text_lookup_async  (const char           *name,
                                  GAsyncReadyCallback   callback,
                                  gpointer              user_data);

/**
 * mw_text_lookup_finish:
 * @error: return location for a %G_RESOLVER_ERROR
 *
 * Returns: (transfer full) (element-type utf8): the records, the strings of
 *   each joined; those that are no text are left out
 */
GPtrArray *mw_text_lookup_finish (GAsyncResult         *result,
                                  GError              **error);

G_END_DECLS
