/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <adwaita.h>

#include "core/mw-export-change.h"

G_BEGIN_DECLS

#define MW_TYPE_CHANGES_VIEW (mw_changes_view_get_type ())

/**
 * MwChangesView:
 *
 * What handing an account over changes in a mail program, one sentence below
 * the other.
 */
G_DECLARE_FINAL_TYPE (MwChangesView, mw_changes_view, MW, CHANGES_VIEW, AdwBin)

GtkWidget *mw_changes_view_new      (void);

/**
 * mw_changes_view_show:
 * @changes: (element-type MwExportChange): what changes
 *
 * Returns: (transfer full): the same as one text, for those who hear it
 */
char      *mw_changes_view_show     (MwChangesView *self,
                                     GPtrArray     *changes);

G_END_DECLS
