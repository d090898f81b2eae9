/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "core/mw-export-options.h"
#include "core/mw-export-target.h"

G_BEGIN_DECLS

/* How the names of profile folders end that were made here. */
#define MW_THUNDERBIRD_FOLDER_SUFFIX ".mailwright"

/**
 * MwThunderbirdFolder:
 *
 * A profile folder that is being changed: open, locked against Thunderbird,
 * its files written all or none. A new one is made when there is none yet.
 */
typedef struct _MwThunderbirdFolder MwThunderbirdFolder;

/**
 * mw_thunderbird_folder_open:
 * @target: where
 * @create: make a profile if there is none
 * @options: what the person said; with a dry run nothing is changed, not even
 *   the lock
 * @error: return location for a %MW_EXPORT_ERROR
 *
 * A folder in an unusual place is %MW_EXPORT_ERROR_UNSAFE without the person's
 * yes to it, one that our own sandbox does not reach
 * %MW_EXPORT_ERROR_NOT_GRANTED.
 *
 * Returns: (transfer full) (nullable): the folder
 */
MwThunderbirdFolder *mw_thunderbird_folder_open       (MwExportTarget        *target,
                                                       gboolean               create,
                                                       const MwExportOptions *options,
                                                       GError               **error);

/**
 * mw_thunderbird_folder_free:
 *
 * Undoes what was not committed, then lets Thunderbird in again.
 */
void                 mw_thunderbird_folder_free       (MwThunderbirdFolder  *self);
gboolean             mw_thunderbird_folder_get_is_new (MwThunderbirdFolder  *self);
const char          *mw_thunderbird_folder_get_path   (MwThunderbirdFolder  *self);
const char          *mw_thunderbird_folder_get_name   (MwThunderbirdFolder  *self);

/**
 * mw_thunderbird_folder_get_prefers_aes:
 *
 * Returns: whether the Thunderbird that reads this profile knows AES keys
 */
gboolean             mw_thunderbird_folder_get_prefers_aes (MwThunderbirdFolder *self);

/**
 * mw_thunderbird_folder_get_fd:
 *
 * Returns: the descriptor, -1 for a dry run without a folder
 */
int                  mw_thunderbird_folder_get_fd     (MwThunderbirdFolder  *self);

/**
 * mw_thunderbird_folder_dup_target:
 *
 * Returns: (transfer full): the target with the folder that was really used
 */
MwExportTarget      *mw_thunderbird_folder_dup_target (MwThunderbirdFolder  *self);

/**
 * mw_thunderbird_folder_read:
 * @contents: (out) (nullable): %NULL when there is no such file
 *
 * Returns: whether @contents says what is there
 */
gboolean             mw_thunderbird_folder_read       (MwThunderbirdFolder  *self,
                                                       const char           *name,
                                                       GBytes              **contents,
                                                       GError              **error);

/**
 * mw_thunderbird_folder_open_store:
 * @error: return location for a %MW_EXPORT_ERROR
 *
 * Copies the password store to where the password helper may change it. NSS
 * writes its databases itself, and never the real ones: those get what came
 * out together with all other files, after
 * mw_thunderbird_folder_stage_store().
 *
 * Returns: a descriptor that @self owns, -1 on error
 */
int                  mw_thunderbird_folder_open_store  (MwThunderbirdFolder  *self,
                                                        GError              **error);

/**
 * mw_thunderbird_folder_find_store:
 * @error: return location for a %MW_EXPORT_ERROR
 *
 * Returns: a descriptor that @self owns, of a folder in which the password
 *   helper may look; -1 on error, and without one for a dry run without a folder
 */
int                  mw_thunderbird_folder_find_store  (MwThunderbirdFolder  *self,
                                                        GError              **error);

/**
 * mw_thunderbird_folder_stage_store:
 *
 * Plans to take over what the password helper has changed. Before the files
 * that need it are staged.
 *
 * Returns: whether that is possible
 */
gboolean             mw_thunderbird_folder_stage_store (MwThunderbirdFolder  *self,
                                                        GError              **error);

/**
 * mw_thunderbird_folder_stage:
 *
 * Plans to write a file.
 *
 * Returns: whether it may be written
 */
gboolean             mw_thunderbird_folder_stage      (MwThunderbirdFolder  *self,
                                                       const char           *name,
                                                       GBytes               *contents,
                                                       GError              **error);

/**
 * mw_thunderbird_folder_commit:
 *
 * Writes what was staged, and what makes a new profile one.
 *
 * Returns: whether all of it is on the disk
 */
gboolean             mw_thunderbird_folder_commit     (MwThunderbirdFolder  *self,
                                                       GError              **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MwThunderbirdFolder, mw_thunderbird_folder_free)

G_END_DECLS
