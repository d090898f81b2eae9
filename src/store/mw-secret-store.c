/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "store/mw-secret-store.h"

G_DEFINE_INTERFACE (MwSecretStore, mw_secret_store, G_TYPE_OBJECT)

static void
mw_secret_store_default_init (MwSecretStoreInterface *iface)
{
}

void
mw_secret_store_check_async (MwSecretStore       *self,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_return_if_fail (MW_IS_SECRET_STORE (self));
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  MW_SECRET_STORE_GET_IFACE (self)->check_async (self, cancellable, callback, user_data);
}

gboolean
mw_secret_store_check_finish (MwSecretStore  *self,
                              GAsyncResult   *result,
                              GError        **error)
{
  g_return_val_if_fail (MW_IS_SECRET_STORE (self), FALSE);

  return MW_SECRET_STORE_GET_IFACE (self)->check_finish (self, result, error);
}

void
mw_secret_store_save_async (MwSecretStore       *self,
                            MwProfile           *profile,
                            MwSide               side,
                            MwSecret            *secret,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  g_return_if_fail (MW_IS_SECRET_STORE (self));
  g_return_if_fail (profile != NULL);
  g_return_if_fail (mw_profile_get_service (profile, side) != NULL);
  g_return_if_fail (secret != NULL);
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  MW_SECRET_STORE_GET_IFACE (self)->save_async (self, profile, side, secret, cancellable,
                                                callback, user_data);
}

gboolean
mw_secret_store_save_finish (MwSecretStore  *self,
                             GAsyncResult   *result,
                             GError        **error)
{
  g_return_val_if_fail (MW_IS_SECRET_STORE (self), FALSE);

  return MW_SECRET_STORE_GET_IFACE (self)->save_finish (self, result, error);
}

void
mw_secret_store_lookup_async (MwSecretStore       *self,
                              MwProfile           *profile,
                              MwSide               side,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_return_if_fail (MW_IS_SECRET_STORE (self));
  g_return_if_fail (profile != NULL);
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  MW_SECRET_STORE_GET_IFACE (self)->lookup_async (self, profile, side, cancellable, callback,
                                                  user_data);
}

MwSecret *
mw_secret_store_lookup_finish (MwSecretStore  *self,
                               GAsyncResult   *result,
                               GError        **error)
{
  g_return_val_if_fail (MW_IS_SECRET_STORE (self), NULL);

  return MW_SECRET_STORE_GET_IFACE (self)->lookup_finish (self, result, error);
}

void
mw_secret_store_clear_async (MwSecretStore       *self,
                             const char          *account_id,
                             guint                sides,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_return_if_fail (MW_IS_SECRET_STORE (self));
  g_return_if_fail (account_id != NULL);
  g_return_if_fail (sides != 0 && (sides & ~MW_SECRET_STORE_BOTH) == 0);
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  MW_SECRET_STORE_GET_IFACE (self)->clear_async (self, account_id, sides, cancellable,
                                                 callback, user_data);
}

gboolean
mw_secret_store_clear_finish (MwSecretStore  *self,
                              GAsyncResult   *result,
                              GError        **error)
{
  g_return_val_if_fail (MW_IS_SECRET_STORE (self), FALSE);

  return MW_SECRET_STORE_GET_IFACE (self)->clear_finish (self, result, error);
}
