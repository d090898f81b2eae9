/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <gio/gio.h>

#include "core/mw-profile.h"

G_BEGIN_DECLS

#define MW_TYPE_PROFILE_STORE (mw_profile_store_get_type ())

/**
 * MwProfileStore:
 *
 * The saved accounts: one key file each, written whole (temporary file, fsync,
 * rename), never with a secret in it. Unknown keys are kept; a damaged file is
 * set aside and reported. Emits `changed` when the list changed, also when
 * another process changed the folder.
 */
G_DECLARE_FINAL_TYPE (MwProfileStore, mw_profile_store, MW, PROFILE_STORE, GObject)

/**
 * mw_profile_store_new:
 * @data_dir: (nullable): folder instead of `$XDG_DATA_HOME/mailwright`
 *
 * Returns: (transfer full): a store that has read nothing yet
 */
MwProfileStore *mw_profile_store_new           (const char           *data_dir);

/**
 * mw_profile_store_get_data_dir:
 *
 * Returns: (transfer none): the folder
 */
const char     *mw_profile_store_get_data_dir  (MwProfileStore       *self);

/**
 * mw_profile_store_load_async:
 *
 * Reads all account files, off the main thread.
 */
void            mw_profile_store_load_async    (MwProfileStore       *self,
                                                GCancellable         *cancellable,
                                                GAsyncReadyCallback   callback,
                                                gpointer              user_data);
gboolean        mw_profile_store_load_finish   (MwProfileStore       *self,
                                                GAsyncResult         *result,
                                                GError              **error);

/**
 * mw_profile_store_get_profiles:
 *
 * Returns: (transfer none) (element-type MwProfile): what was loaded, by label
 */
GPtrArray      *mw_profile_store_get_profiles  (MwProfileStore       *self);

/**
 * mw_profile_store_get_damaged:
 *
 * Returns: (transfer none) (element-type utf8): files that were set aside
 */
GPtrArray      *mw_profile_store_get_damaged   (MwProfileStore       *self);

/**
 * mw_profile_store_find:
 * @key: an id, a unique beginning of one, an address or a label
 * @error: return location for a %MW_STORE_ERROR (not-found, ambiguous)
 *
 * Returns: (transfer full) (nullable): the account
 */
MwProfile      *mw_profile_store_find          (MwProfileStore       *self,
                                                const char           *key,
                                                GError              **error);

/**
 * mw_profile_store_save_async:
 * @profile: what to write; replaces the account of the same id. When it is the
 *   default account, the former one loses that mark. What a saved account
 *   remembers of exports stays as it is: mw_profile_store_remember_async().
 */
void            mw_profile_store_save_async    (MwProfileStore       *self,
                                                MwProfile            *profile,
                                                GCancellable         *cancellable,
                                                GAsyncReadyCallback   callback,
                                                gpointer              user_data);
gboolean        mw_profile_store_save_finish   (MwProfileStore       *self,
                                                GAsyncResult         *result,
                                                GError              **error);

/**
 * mw_profile_store_remember_async:
 * @id: id of a saved account
 * @target_id: id of an export target
 * @folder: (nullable): its profile folder, that may have had another id
 * @values: (element-type utf8 utf8): key → value, %NULL to forget; not changed
 *   any more
 * @callback: (scope async): called when the file is written
 * @user_data: for @callback
 *
 * Writes down what an exporter wants to find again, in the account as it is on
 * the disk by then: other processes may have changed it. The account may also
 * have been deleted (%MW_STORE_ERROR_NOT_FOUND).
 */
void            mw_profile_store_remember_async  (MwProfileStore       *self,
                                                  const char           *id,
                                                  const char           *target_id,
                                                  const char           *folder,
                                                  GHashTable           *values,
                                                  GAsyncReadyCallback   callback,
                                                  gpointer              user_data);
gboolean        mw_profile_store_remember_finish (MwProfileStore       *self,
                                                  GAsyncResult         *result,
                                                  GError              **error);

/**
 * mw_profile_store_delete_async:
 * @id: id of a saved account
 * @cancellable: (nullable): to stop before anything was removed
 * @callback: (scope async): called when the file is gone
 * @user_data: for @callback
 *
 * Removes the account's file. Its password and its copies in mail programs
 * are not touched.
 */
void            mw_profile_store_delete_async  (MwProfileStore       *self,
                                                const char           *id,
                                                GCancellable         *cancellable,
                                                GAsyncReadyCallback   callback,
                                                gpointer              user_data);
gboolean        mw_profile_store_delete_finish (MwProfileStore       *self,
                                                GAsyncResult         *result,
                                                GError              **error);

G_END_DECLS
