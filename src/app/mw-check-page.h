/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <adwaita.h>

#include "setup/mw-setup.h"

G_BEGIN_DECLS

#define MW_TYPE_CHECK_PAGE (mw_check_page_get_type ())

/**
 * MwCheckPage:
 *
 * A run while it goes on, and the question it may end with: whether the
 * password may be sent to a server that nobody trustworthy named.
 */
G_DECLARE_FINAL_TYPE (MwCheckPage, mw_check_page, MW, CHECK_PAGE, AdwBin)

void mw_check_page_set_setup   (MwCheckPage *self,
                                MwSetup     *setup);

/**
 * mw_check_page_set_waiting:
 * @waiting: the run was stopped because there is no network, and begins anew
 *   when there is one
 */
void mw_check_page_set_waiting (MwCheckPage *self,
                                gboolean     waiting);

G_END_DECLS
