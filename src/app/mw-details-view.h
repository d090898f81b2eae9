/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <gtk/gtk.h>

#include "setup/mw-setup.h"

G_BEGIN_DECLS

#define MW_TYPE_DETAILS_VIEW (mw_details_view_get_type ())

/**
 * MwDetailsView:
 *
 * Everything a set-up found out: each server with its step and time, the
 * sources, and the certificate that stopped it. Updates itself while a run is
 * under way.
 */
G_DECLARE_FINAL_TYPE (MwDetailsView, mw_details_view, MW, DETAILS_VIEW, GtkBox)

/**
 * mw_details_view_set_setup:
 * @setup: (nullable): what to show
 */
void        mw_details_view_set_setup       (MwDetailsView *self,
                                             MwSetup       *setup);

G_END_DECLS
