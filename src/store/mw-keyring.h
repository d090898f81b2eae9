/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <gio/gio.h>
#include <libsecret/secret.h>

#include "core/mw-secret.h"

G_BEGIN_DECLS

/* What both kinds of keyring items need: Mailwright's own and those another
 * mail program will look for. Private to this room. */

/**
 * mw_keyring_store_async:
 * @schema: of the item
 * @attributes: (element-type utf8 utf8): all attributes of the item
 * @family: (nullable) (element-type utf8 utf8): other items with these
 *   attributes are cleared once the new one is proved to be there
 * @label: shown by keyring programs
 * @secret: the password
 * @cancellable: (nullable): to stop waiting
 * @callback: (scope async): called when it is stored and was read back
 * @user_data: for @callback
 *
 * Puts a password into the default keyring. May have the desktop ask for the
 * password of the keyring.
 */
void           mw_keyring_store_async   (const SecretSchema   *schema,
                                         GHashTable           *attributes,
                                         GHashTable           *family,
                                         const char           *label,
                                         MwSecret             *secret,
                                         GCancellable         *cancellable,
                                         GAsyncReadyCallback   callback,
                                         gpointer              user_data);
gboolean       mw_keyring_store_finish  (GAsyncResult         *result,
                                         GError              **error);

/**
 * mw_keyring_lookup_async:
 *
 * Looks up the password of an item that has @attributes.
 */
void           mw_keyring_lookup_async  (const SecretSchema   *schema,
                                         GHashTable           *attributes,
                                         GCancellable         *cancellable,
                                         GAsyncReadyCallback   callback,
                                         gpointer              user_data);

/**
 * mw_keyring_lookup_finish:
 *
 * Returns: (transfer full) (nullable): the password; %NULL without @error when
 *   there is none
 */
MwSecret      *mw_keyring_lookup_finish (GAsyncResult         *result,
                                         GError              **error);

/**
 * mw_keyring_clear_async:
 *
 * Deletes every item that has @attributes.
 */
void           mw_keyring_clear_async   (const SecretSchema   *schema,
                                         GHashTable           *attributes,
                                         GCancellable         *cancellable,
                                         GAsyncReadyCallback   callback,
                                         gpointer              user_data);
gboolean       mw_keyring_clear_finish  (GAsyncResult         *result,
                                         GError              **error);

G_END_DECLS
