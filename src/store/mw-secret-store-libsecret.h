/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "store/mw-secret-store.h"

G_BEGIN_DECLS

#define MW_TYPE_SECRET_STORE_LIBSECRET (mw_secret_store_libsecret_get_type ())

/**
 * MwSecretStoreLibsecret:
 *
 * Keeps passwords in the desktop's keyring, through the Secret Service.
 */
G_DECLARE_FINAL_TYPE (MwSecretStoreLibsecret, mw_secret_store_libsecret,
                      MW, SECRET_STORE_LIBSECRET, GObject)

/**
 * mw_secret_store_libsecret_new:
 *
 * Returns: (transfer full): a store; nothing is connected yet
 */
MwSecretStore *mw_secret_store_libsecret_new (void);

G_END_DECLS
