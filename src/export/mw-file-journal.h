/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Two folders beside the files that are being changed: new contents grow in
 * the one, former contents wait in the other until all is done. */
#define MW_FILE_JOURNAL_NEW ".mailwright-new"
#define MW_FILE_JOURNAL_OLD ".mailwright-old"

/**
 * MwFileRecord:
 *
 * One file that is going to be changed, in a journal on the disk. Whoever
 * opens the folder after a crash puts back what the journal holds.
 */
typedef struct {
  const char *name;   /* borrowed */
  GBytes     *before; /* borrowed; NULL: there was none */
  GBytes     *after;  /* borrowed; NULL: there shall be none */
} MwFileRecord;

/**
 * mw_file_journal_write_file:
 * @folder: a descriptor
 * @name: a file in it, which is made anew (0600)
 * @contents: what it shall hold
 * @error: return location for a %MW_EXPORT_ERROR
 *
 * Returns: whether it is on the disk
 */
gboolean mw_file_journal_write_file (int            folder,
                                     const char    *name,
                                     GBytes        *contents,
                                     GError       **error);

/**
 * mw_file_journal_open_new:
 * @folder: a descriptor
 * @error: return location for a %MW_EXPORT_ERROR
 *
 * Makes the folder for new contents, empty.
 *
 * Returns: its descriptor, -1 on error
 */
int      mw_file_journal_open_new   (int            folder,
                                     GError       **error);

/**
 * mw_file_journal_begin:
 * @folder: a descriptor
 * @records: (array length=n_records): what is going to be changed, in the
 *   order of the changes
 * @error: return location for a %MW_EXPORT_ERROR
 *
 * From here on, mw_file_journal_recover() leads back to what is there now.
 *
 * Returns: whether all of it is on the disk
 */
gboolean mw_file_journal_begin      (int                 folder,
                                     const MwFileRecord *records,
                                     gsize               n_records,
                                     GError            **error);

/**
 * mw_file_journal_end:
 * @folder: a descriptor
 * @error: return location for a %MW_EXPORT_ERROR
 *
 * The changes are made: from here on there is no way back.
 *
 * Returns: whether it is so
 */
gboolean mw_file_journal_end        (int            folder,
                                     GError       **error);

/**
 * mw_file_journal_recover:
 * @folder: a descriptor
 * @error: return location for a %MW_EXPORT_ERROR
 *
 * Puts back what was there before changes that were not ended, and removes
 * what they left behind. When someone else has written one of the files since,
 * none is touched: the former contents would not fit any more.
 *
 * Returns: whether nothing is left to be done
 */
gboolean mw_file_journal_recover    (int            folder,
                                     GError       **error);

/**
 * mw_file_journal_clean:
 * @folder: a descriptor
 *
 * Removes both folders with what is in them.
 */
void     mw_file_journal_clean      (int            folder);

G_END_DECLS
