/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define MW_TYPE_FIELD_NOTE (mw_field_note_get_type ())

/**
 * MwFieldNote:
 *
 * What is wrong with the entry above it, in the same list. It appears when the
 * person has stopped typing for a moment or has left the entry, and goes as
 * soon as it is mended. It is the accessible description of the entry.
 *
 * Property: `field`, construct-only: the [class@Adw.EntryRow] it is about.
 */
G_DECLARE_FINAL_TYPE (MwFieldNote, mw_field_note, MW, FIELD_NOTE, AdwPreferencesRow)

/**
 * MwFieldCheck:
 * @field: the entry
 * @finished: whether the whole form is to be used now; before that an empty
 *   entry is not wrong yet
 * @user_data: as given to mw_field_note_set_check()
 *
 * Returns: (transfer full) (nullable): one translated sentence about what is
 *   wrong, %NULL when nothing is
 */
typedef char *(*MwFieldCheck) (GtkEditable *field,
                               gboolean     finished,
                               gpointer     user_data);

/**
 * mw_field_note_set_check:
 * @check: (scope forever): decides
 * @user_data: for @check; outlives the note
 */
void     mw_field_note_set_check (MwFieldNote  *self,
                                  MwFieldCheck  check,
                                  gpointer      user_data);

/**
 * mw_field_note_check:
 * @take_focus: whether the entry gets the focus if something is wrong
 *
 * Looks at the entry now. One that is not visible is never wrong.
 *
 * Returns: whether nothing is wrong
 */
gboolean mw_field_note_check     (MwFieldNote  *self,
                                  gboolean      take_focus);

/**
 * mw_field_note_show:
 * @sentence: what is wrong, as somebody else found out
 *
 * Says so until the person types.
 */
void     mw_field_note_show      (MwFieldNote  *self,
                                  const char   *sentence);

/**
 * mw_field_note_clear:
 *
 * Says nothing until the person types again.
 */
void     mw_field_note_clear     (MwFieldNote  *self);

G_END_DECLS
