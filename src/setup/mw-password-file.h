/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * MwPasswordFile:
 *
 * A file that a password came in, as it was when it was read. Immutable.
 */
typedef struct _MwPasswordFile MwPasswordFile;

/**
 * mw_password_file_new:
 * @path: where it is
 * @content: what was read from there
 *
 * Remembers the file without keeping what is in it.
 *
 * Returns: (transfer full) (nullable): the file; %NULL when it is none that
 *   can be found again, a pipe for instance
 */
MwPasswordFile *mw_password_file_new           (const char           *path,
                                                GBytes               *content);
MwPasswordFile *mw_password_file_ref           (MwPasswordFile       *self);
void            mw_password_file_unref         (MwPasswordFile       *self);

/**
 * mw_password_file_is_own:
 *
 * Whether to offer its deletion at all: an ordinary file of the person, in a
 * folder of theirs, and nowhere else.
 *
 * Returns: whether it is one
 */
gboolean        mw_password_file_is_own        (MwPasswordFile       *self);

/**
 * mw_password_file_delete_async:
 * @cancellable: (nullable): to stop
 * @callback: (scope async): called when it is done
 * @user_data: for @callback
 *
 * Deletes the file for good, if it is still the same one with the same content.
 */
void            mw_password_file_delete_async  (MwPasswordFile       *self,
                                                GCancellable         *cancellable,
                                                GAsyncReadyCallback   callback,
                                                gpointer              user_data);

/**
 * mw_password_file_delete_finish:
 * @error: return location for a %GIOErrorEnum: %G_IO_ERROR_WRONG_ETAG when it
 *   was changed, and what the system says
 *
 * Returns: whether it is gone; that it was gone before is as good
 */
gboolean        mw_password_file_delete_finish (GAsyncResult         *result,
                                                GError              **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MwPasswordFile, mw_password_file_unref)

G_END_DECLS
