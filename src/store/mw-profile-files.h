/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <gio/gio.h>

#include "core/mw-profile.h"

G_BEGIN_DECLS

/* The accounts as they are on the disk. Everything here blocks and belongs in
 * a thread, one call at a time. */

/**
 * mw_profile_files_load:
 * @data_dir: Mailwright's data folder
 * @profiles: (element-type MwProfile): gets every account that can be read
 * @damaged: (element-type utf8): gets the files that cannot; those that are
 *   no account files any more are set aside under another name
 * @error: return location for %MW_STORE_ERROR_FILE
 *
 * Returns: %FALSE when the folder itself cannot be read
 */
gboolean mw_profile_files_load   (const char  *data_dir,
                                  GPtrArray   *profiles,
                                  GPtrArray   *damaged,
                                  GError     **error);

/**
 * mw_profile_files_save:
 * @profile: what to write; gets what the file remembers of exports
 *
 * Writes an account over what is there, keeping what others put into the
 * file, and takes the default mark from the others when it has it.
 */
gboolean mw_profile_files_save   (const char  *data_dir,
                                  MwProfile   *profile,
                                  GError     **error);

/**
 * mw_profile_files_remember:
 * @id: id of a saved account
 * @target_id: id of an export target
 * @folder: (nullable): its profile folder, that may have had another id
 * @values: (element-type utf8 utf8): key → value; %NULL to forget
 *
 * Changes only what the account remembers of an export.
 *
 * Returns: (transfer full) (nullable): the account as it is now;
 *   %MW_STORE_ERROR_NOT_FOUND when it was deleted meanwhile
 */
MwProfile *mw_profile_files_remember (const char  *data_dir,
                                      const char  *id,
                                      const char  *target_id,
                                      const char  *folder,
                                      GHashTable  *values,
                                      GError     **error);

/**
 * mw_profile_files_delete:
 *
 * Deletes an account; %MW_STORE_ERROR_NOT_FOUND when there is none.
 */
gboolean mw_profile_files_delete (const char  *data_dir,
                                  const char  *id,
                                  GError     **error);

G_END_DECLS
