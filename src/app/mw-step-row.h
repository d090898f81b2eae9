/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * MwStepMark:
 * @MW_STEP_MARK_NONE: nothing; its place stays free
 * @MW_STEP_MARK_BUSY: it is under way
 * @MW_STEP_MARK_DONE: it works
 */
typedef enum {
  MW_STEP_MARK_NONE,
  MW_STEP_MARK_BUSY,
  MW_STEP_MARK_DONE,
} MwStepMark;

#define MW_TYPE_STEP_ROW (mw_step_row_get_type ())

/**
 * MwStepRow:
 *
 * A row of a list that says in words how far something is. While that changes
 * the row keeps its height, so that nothing below it moves.
 */
G_DECLARE_FINAL_TYPE (MwStepRow, mw_step_row, MW, STEP_ROW, GtkListBoxRow)

GtkWidget  *mw_step_row_new          (void);

/**
 * mw_step_row_set_title:
 * @title: what it is about, plain text
 */
void        mw_step_row_set_title    (MwStepRow  *self,
                                      const char *title);

/**
 * mw_step_row_set_words:
 * @words: how far it is, plain text
 * @live: more will follow: the row takes the place of two lines, whatever they
 *   are, and cuts what does not fit; otherwise it is as high as its words
 */
void        mw_step_row_set_words    (MwStepRow  *self,
                                      const char *words,
                                      gboolean    live);

/**
 * mw_step_row_set_mark:
 * @mark: what stands before the title; a row that never gets one keeps no
 *   place for it
 */
void        mw_step_row_set_mark     (MwStepRow  *self,
                                      MwStepMark  mark);

/**
 * mw_step_row_set_duration:
 * @elapsed_us: how long it took, in microseconds; negative when that is not
 *   known yet, which keeps its place
 */
void        mw_step_row_set_duration (MwStepRow  *self,
                                      gint64      elapsed_us);

G_END_DECLS
