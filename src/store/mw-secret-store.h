/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <gio/gio.h>

#include "core/mw-profile.h"
#include "core/mw-secret.h"

G_BEGIN_DECLS

#define MW_TYPE_SECRET_STORE (mw_secret_store_get_type ())

/**
 * MwSecretStore:
 *
 * Where passwords are kept. An item is bound to account, side, service, host,
 * port and user name, so that a password never goes to a server it was not
 * saved for.
 */
G_DECLARE_INTERFACE (MwSecretStore, mw_secret_store, MW, SECRET_STORE, GObject)

struct _MwSecretStoreInterface
{
  GTypeInterface parent_iface;

  void      (*check_async)   (MwSecretStore       *self,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data);
  gboolean  (*check_finish)  (MwSecretStore *self, GAsyncResult *result, GError **error);
  void      (*save_async)    (MwSecretStore       *self,
                              MwProfile           *profile,
                              MwSide               side,
                              MwSecret            *secret,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data);
  gboolean  (*save_finish)   (MwSecretStore *self, GAsyncResult *result, GError **error);
  void      (*lookup_async)  (MwSecretStore       *self,
                              MwProfile           *profile,
                              MwSide               side,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data);
  MwSecret *(*lookup_finish) (MwSecretStore *self, GAsyncResult *result, GError **error);
  void      (*clear_async)   (MwSecretStore       *self,
                              const char          *account_id,
                              guint                sides,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data);
  gboolean  (*clear_finish)  (MwSecretStore *self, GAsyncResult *result, GError **error);
};

/**
 * MW_SECRET_STORE_BOTH:
 *
 * Both sides of an account, for mw_secret_store_clear_async().
 */
#define MW_SECRET_STORE_BOTH ((1u << MW_SIDE_INCOMING) | (1u << MW_SIDE_OUTGOING))

/**
 * mw_secret_store_check_async:
 * @self: a store
 * @cancellable: (nullable): to stop waiting
 * @callback: (scope async): called when it is known
 * @user_data: for @callback
 *
 * Asks whether passwords can be kept at all, before one is typed. Never
 * prompts.
 */
void      mw_secret_store_check_async   (MwSecretStore        *self,
                                         GCancellable         *cancellable,
                                         GAsyncReadyCallback   callback,
                                         gpointer              user_data);
gboolean  mw_secret_store_check_finish  (MwSecretStore        *self,
                                         GAsyncResult         *result,
                                         GError              **error);

/**
 * mw_secret_store_save_async:
 * @self: a store
 * @profile: the account, with that side filled in
 * @side: %MW_SIDE_INCOMING also serves the outgoing side unless
 *   the account has credentials of its own there
 * @secret: the password
 * @cancellable: (nullable): to stop waiting
 * @callback: (scope async): called when it is stored and was read back
 * @user_data: for @callback
 *
 * Keeps a password, replacing the one of the same account and side, and reads
 * it back.
 */
void      mw_secret_store_save_async    (MwSecretStore        *self,
                                         MwProfile            *profile,
                                         MwSide                side,
                                         MwSecret             *secret,
                                         GCancellable         *cancellable,
                                         GAsyncReadyCallback   callback,
                                         gpointer              user_data);
gboolean  mw_secret_store_save_finish   (MwSecretStore        *self,
                                         GAsyncResult         *result,
                                         GError              **error);

/**
 * mw_secret_store_lookup_async:
 * @self: a store
 * @profile: the account
 * @side: which side
 * @cancellable: (nullable): to stop waiting
 * @callback: (scope async): called with the answer
 * @user_data: for @callback
 *
 * Looks a password up. It is found only when service, host, port and user
 * name are those it was saved for.
 */
void      mw_secret_store_lookup_async  (MwSecretStore        *self,
                                         MwProfile            *profile,
                                         MwSide                side,
                                         GCancellable         *cancellable,
                                         GAsyncReadyCallback   callback,
                                         gpointer              user_data);

/**
 * mw_secret_store_lookup_finish:
 *
 * Returns: (transfer full) (nullable): the password; %NULL without @error when
 *   none is stored for exactly this server
 */
MwSecret *mw_secret_store_lookup_finish (MwSecretStore        *self,
                                         GAsyncResult         *result,
                                         GError              **error);

/**
 * mw_secret_store_clear_async:
 * @self: a store
 * @account_id: the account's id
 * @sides: a bit `1 << MW_SIDE_…` for each side whose password goes
 *
 * Forgets passwords of an account.
 */
void      mw_secret_store_clear_async   (MwSecretStore        *self,
                                         const char           *account_id,
                                         guint                 sides,
                                         GCancellable         *cancellable,
                                         GAsyncReadyCallback   callback,
                                         gpointer              user_data);
gboolean  mw_secret_store_clear_finish  (MwSecretStore        *self,
                                         GAsyncResult         *result,
                                         GError              **error);

G_END_DECLS
