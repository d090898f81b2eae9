/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * MwFileTransaction:
 *
 * Changes files of a mail program, all or none. Every file is reached below
 * an open folder, never through a symbolic link, and must be the person's
 * own. New contents go to a second file first; only when all of those are on
 * the disk do they take their names. What went wrong later is undone from
 * memory, so no copy of a secret file is left behind.
 *
 * In one folder this holds for a crash too, with
 * mw_file_transaction_use_journal().
 *
 * Blocks on the disk: for threads that do file work.
 */
typedef struct _MwFileTransaction MwFileTransaction;

MwFileTransaction *mw_file_transaction_new         (void);

/**
 * mw_file_transaction_free:
 *
 * Undoes everything, if mw_file_transaction_commit() has not succeeded.
 */
void               mw_file_transaction_free        (MwFileTransaction  *self);

/**
 * mw_file_transaction_accept_place:
 *
 * The person said yes to folders in unusual places: those opened from now on
 * may be reached over symbolic links, which are followed once, and may belong
 * to somebody else. That others may not write into them holds all the same,
 * and the files in them must be the person's own.
 */
void               mw_file_transaction_accept_place (MwFileTransaction *self);

/**
 * mw_file_transaction_open_folder:
 * @path: an absolute path
 * @create: make it (0700) and its parents below the home folder
 * @error: return location for a %MW_EXPORT_ERROR
 *
 * Inside our own Flatpak a folder that the sandbox does not reach is an error.
 *
 * Returns: a descriptor that @self owns, -1 on error
 */
int                mw_file_transaction_open_folder (MwFileTransaction  *self,
                                                    const char         *path,
                                                    gboolean            create,
                                                    GError            **error);

/**
 * mw_file_transaction_use_journal:
 * @folder: a descriptor from mw_file_transaction_open_folder(), locked against
 *   everybody else
 * @error: return location for a %MW_EXPORT_ERROR
 *
 * Puts back what an interrupted run left in @folder, and from here on sees to
 * it that another one can be put back. One folder of a transaction can have a
 * journal. In a folder that was made by this transaction it is none, but the
 * mark (%MW_FILE_JOURNAL_NEW) that the folder is not finished.
 *
 * Returns: whether nothing is left to be put back
 */
gboolean           mw_file_transaction_use_journal (MwFileTransaction  *self,
                                                    int                 folder,
                                                    GError            **error);

/**
 * mw_file_transaction_get_fresh:
 *
 * A folder for someone else to work in, below the one with the journal. It
 * goes when the transaction ends.
 *
 * Returns: a descriptor that @self owns, -1 on error
 */
int                mw_file_transaction_get_fresh   (MwFileTransaction  *self,
                                                    GError            **error);

/**
 * mw_file_transaction_read:
 * @folder: a descriptor from mw_file_transaction_open_folder()
 * @name: a file in it
 * @contents: (out) (nullable): %NULL when there is no such file
 * @error: return location for a %MW_EXPORT_ERROR
 *
 * Returns: whether @contents says what is there
 */
gboolean           mw_file_transaction_read        (MwFileTransaction  *self,
                                                    int                 folder,
                                                    const char         *name,
                                                    GBytes            **contents,
                                                    GError            **error);

/**
 * mw_file_transaction_guard:
 *
 * Remembers a file that someone else is going to write, to put it back if
 * the whole fails.
 *
 * Returns: whether it could be read
 */
gboolean           mw_file_transaction_guard       (MwFileTransaction  *self,
                                                    int                 folder,
                                                    const char         *name,
                                                    GError            **error);

/**
 * mw_file_transaction_stage:
 * @contents: what the file shall hold
 *
 * Plans to write a file. Files get their new contents in the order of
 * staging; what was staged last for a file holds.
 *
 * Returns: whether it may be written
 */
gboolean           mw_file_transaction_stage       (MwFileTransaction  *self,
                                                    int                 folder,
                                                    const char         *name,
                                                    GBytes             *contents,
                                                    GError            **error);

/**
 * mw_file_transaction_stage_removal:
 *
 * Plans to delete a file.
 *
 * Returns: whether it may be deleted
 */
gboolean           mw_file_transaction_stage_removal (MwFileTransaction  *self,
                                                      int                 folder,
                                                      const char         *name,
                                                      GError            **error);

/**
 * mw_file_transaction_commit:
 *
 * Writes what was staged. On error everything is as it was before.
 *
 * Returns: whether all of it is on the disk
 */
gboolean           mw_file_transaction_commit      (MwFileTransaction  *self,
                                                    GError            **error);

/**
 * mw_file_transaction_undo:
 *
 * Takes back what was committed, for a larger whole that failed later.
 */
void               mw_file_transaction_undo        (MwFileTransaction  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MwFileTransaction, mw_file_transaction_free)

G_END_DECLS
