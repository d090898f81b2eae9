/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define MW_TYPE_ENTRY_PAUSE (mw_entry_pause_get_type ())

/**
 * MwEntryPause:
 *
 * Waits until somebody has stopped typing: nobody wants to hear of a mistake
 * in the middle of a word. The signal `paused` comes once after a change, when
 * nothing was typed for a while or the focus has left the entry for another
 * place in the window.
 */
G_DECLARE_FINAL_TYPE (MwEntryPause, mw_entry_pause, MW, ENTRY_PAUSE, GObject)

/**
 * mw_entry_pause_new:
 * @entry: (transfer none): what is typed into; a widget that lives longer
 *
 * Returns: (transfer full): who waits
 */
MwEntryPause *mw_entry_pause_new    (GtkEditable  *entry);

/**
 * mw_entry_pause_get_focus:
 *
 * Returns: (transfer none): what tells of the focus of the entry with all that
 *   is inside it
 */
GtkEventController *mw_entry_pause_get_focus (MwEntryPause *self);

/**
 * mw_entry_pause_forget:
 *
 * What was changed was said, or was not typed by anybody.
 */
void          mw_entry_pause_forget (MwEntryPause *self);

G_END_DECLS
