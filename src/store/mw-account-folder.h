/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The folder of the account files: file work below a directory handle, no link
 * followed. Everything here blocks and belongs in a thread. Errors are
 * %MW_STORE_ERROR_FILE. */

/**
 * mw_account_folder_open:
 * @data_dir: Mailwright's data folder
 * @create: make the folder when it is missing
 * @out_fd: (out): directory handle, or -1 when the folder is missing
 * @error: return location for an error
 *
 * Returns: %FALSE on an error; a missing folder is none
 */
gboolean   mw_account_folder_open      (const char  *data_dir,
                                        gboolean     create,
                                        int         *out_fd,
                                        GError     **error);

/**
 * mw_account_folder_lock:
 *
 * Waits until no other process changes the folder, and keeps them waiting
 * until @fd is closed. For threads that do file work.
 *
 * Returns: %FALSE when somebody did not come to an end
 */
gboolean   mw_account_folder_lock      (int          fd,
                                        GError     **error);

/**
 * mw_account_folder_list:
 *
 * Returns: (transfer full) (element-type utf8): the ids of the accounts
 */
GPtrArray *mw_account_folder_list      (int          fd,
                                        GError     **error);

/**
 * mw_account_folder_read:
 * @out_text: (out) (nullable): contents; %NULL when there is no such file
 *
 * Returns: %FALSE when the file is there and cannot or must not be read
 */
gboolean   mw_account_folder_read      (int          fd,
                                        const char  *id,
                                        char       **out_text,
                                        gsize       *out_length,
                                        GError     **error);

/**
 * mw_account_folder_write:
 *
 * Writes the whole file beside the old one, then replaces that.
 */
gboolean   mw_account_folder_write     (int          fd,
                                        const char  *id,
                                        const char  *text,
                                        gsize        length,
                                        GError     **error);

/**
 * mw_account_folder_set_aside:
 *
 * Returns: (transfer full) (nullable): the new name of a damaged file
 */
char      *mw_account_folder_set_aside (int          fd,
                                        const char  *id,
                                        GError     **error);

/**
 * mw_account_folder_remove:
 *
 * Deletes a file; %MW_STORE_ERROR_NOT_FOUND when there is none.
 */
gboolean   mw_account_folder_remove    (int          fd,
                                        const char  *id,
                                        GError     **error);

/**
 * mw_account_folder_file_name:
 *
 * Returns: (transfer full): name of the account's file in the folder
 */
char      *mw_account_folder_file_name (const char  *id);

/**
 * mw_account_folder_path:
 *
 * Returns: (transfer full): path of the folder
 */
char      *mw_account_folder_path      (const char  *data_dir);

G_END_DECLS
