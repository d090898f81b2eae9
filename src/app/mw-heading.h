/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define MW_TYPE_HEADING (mw_heading_get_type ())

/**
 * MwHeading:
 *
 * The heading of a page that shows a result. It can have the focus, so that a
 * screen reader speaks the result when the page opens; a label cannot.
 */
G_DECLARE_FINAL_TYPE (MwHeading, mw_heading, MW, HEADING, AdwBin)

void mw_heading_set_text (MwHeading  *self,
                          const char *text);

/**
 * mw_heading_announce:
 *
 * Has it spoken where something else gets the focus, on a GTK that can.
 */
void mw_heading_announce (MwHeading  *self);

G_END_DECLS
