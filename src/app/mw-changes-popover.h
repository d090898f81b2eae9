/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <adwaita.h>

#include "core/mw-export-target.h"

G_BEGIN_DECLS

#define MW_TYPE_CHANGES_POPOVER (mw_changes_popover_get_type ())

/**
 * MwChangesPopover:
 *
 * Says before a hand-over what it will change.
 */
G_DECLARE_FINAL_TYPE (MwChangesPopover, mw_changes_popover, MW, CHANGES_POPOVER, GtkPopover)

GtkWidget *mw_changes_popover_new         (MwExportTarget   *target);

/**
 * mw_changes_popover_show_looking:
 *
 * Says that it is being found out.
 */
void       mw_changes_popover_show_looking (MwChangesPopover *self);

/**
 * mw_changes_popover_show_report:
 * @report: (nullable): what would be changed
 * @error: (nullable): why that cannot be said
 */
void       mw_changes_popover_show_report (MwChangesPopover *self,
                                           MwExportReport   *report,
                                           const GError     *error);

G_END_DECLS
