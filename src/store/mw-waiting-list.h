/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <gio/gio.h>

#include "core/mw-export-options.h"

G_BEGIN_DECLS

#define MW_TYPE_WAIT (mw_wait_get_type ())

/**
 * MwWait:
 * @account_id: id of an account
 * @target_id: id of a mail program that has to be closed first
 * @options: what the person said about it
 *
 * An account on its way into a mail program, as it is remembered until the
 * program is closed. No password is part of it: it comes out of the keyring
 * when the time has come.
 */
typedef struct {
  char            *account_id;
  char            *target_id;
  MwExportOptions *options;
} MwWait;

GType      mw_wait_get_type    (void) G_GNUC_CONST;

/**
 * mw_wait_new:
 * @options: (nullable): what the person said; a password in it is left out
 *
 * Returns: (transfer full): something to remember
 */
MwWait    *mw_wait_new         (const char            *account_id,
                                const char            *target_id,
                                const MwExportOptions *options);
MwWait    *mw_wait_copy        (const MwWait          *self);
void       mw_wait_free        (MwWait                *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MwWait, mw_wait_free)

/* The list is one file beside the accounts, written whole or not at all. Both
 * functions block and belong in a thread. */

/**
 * mw_waiting_list_load:
 * @data_dir: Mailwright's data folder
 * @error: return location for a %MW_STORE_ERROR
 *
 * Entries that cannot be understood are left out.
 *
 * Returns: (transfer full) (element-type MwWait) (nullable): what was
 *   remembered, may be empty; %NULL when the file cannot be read
 */
GPtrArray *mw_waiting_list_load (const char           *data_dir,
                                 GError              **error);

/**
 * mw_waiting_list_save:
 * @data_dir: Mailwright's data folder
 * @waits: (element-type MwWait): what to remember; nothing removes the file
 * @error: return location for a %MW_STORE_ERROR
 *
 * Returns: whether it is on the disk
 */
gboolean   mw_waiting_list_save (const char           *data_dir,
                                 GPtrArray            *waits,
                                 GError              **error);

G_END_DECLS
