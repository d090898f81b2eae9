/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "store/mw-secret-store.h"

G_BEGIN_DECLS

#define MW_TYPE_SECRET_STORE_MEMORY (mw_secret_store_memory_get_type ())

/**
 * MwSecretStoreMemory:
 *
 * Keeps passwords in this process only: for tests and for "go on without saving".
 */
G_DECLARE_FINAL_TYPE (MwSecretStoreMemory, mw_secret_store_memory, MW, SECRET_STORE_MEMORY, GObject)

/**
 * mw_secret_store_memory_new:
 *
 * Returns: (transfer full): an empty store
 */
MwSecretStore *mw_secret_store_memory_new (void);

G_END_DECLS
