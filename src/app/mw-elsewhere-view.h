/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <adwaita.h>

#include "setup/mw-setup.h"

G_BEGIN_DECLS

#define MW_TYPE_ELSEWHERE_VIEW (mw_elsewhere_view_get_type ())

/**
 * MwElsewhereView:
 *
 * The way on without a password: a mail program signs in, and shows the
 * provider's own page. Looks which mail programs are there when it comes on
 * the screen and each time the window is returned to. Emits `chosen` when the
 * button was pressed, and `changed` when the button comes or goes.
 */
G_DECLARE_FINAL_TYPE (MwElsewhereView, mw_elsewhere_view, MW, ELSEWHERE_VIEW, AdwBin)

/**
 * mw_elsewhere_view_set_engine:
 * @engine: where mail programs are looked for
 */
void       mw_elsewhere_view_set_engine   (MwElsewhereView *self,
                                           MwEngine        *engine);

/**
 * mw_elsewhere_view_set_provider:
 * @provider: (nullable): who keeps the mail; %NULL while nobody is known
 * @setup: (nullable): the account, for a provider of which no servers are known
 * @only: there is no other way at this provider, so that it has to be said
 *   when there is none here either
 */
void       mw_elsewhere_view_set_provider (MwElsewhereView *self,
                                           MwProvider      *provider,
                                           MwSetup         *setup,
                                           gboolean         only);

/**
 * mw_elsewhere_view_set_waiting:
 * @waiting: no server can be reached, so that the button waits
 */
void       mw_elsewhere_view_set_waiting  (MwElsewhereView *self,
                                           gboolean         waiting);

/**
 * mw_elsewhere_view_get_button:
 *
 * Returns: (transfer none) (nullable): the button, while it is shown
 */
GtkWidget *mw_elsewhere_view_get_button   (MwElsewhereView *self);

G_END_DECLS
