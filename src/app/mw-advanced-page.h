/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <adwaita.h>

#include "setup/mw-setup.h"

G_BEGIN_DECLS

#define MW_TYPE_ADVANCED_PAGE (mw_advanced_page_get_type ())

/**
 * MwAdvancedPage:
 *
 * All settings of both sides, to be typed by hand.
 */
G_DECLARE_FINAL_TYPE (MwAdvancedPage, mw_advanced_page, MW, ADVANCED_PAGE, AdwBin)

void mw_advanced_page_set_setup       (MwAdvancedPage *self,
                                       MwSetup        *setup);

/**
 * mw_advanced_page_update:
 *
 * Fills the forms with what was typed earlier, else with the best that a run
 * found, else with a guess.
 */
void mw_advanced_page_update          (MwAdvancedPage *self);

/**
 * mw_advanced_page_forget_password:
 *
 * Empties the password entries, once passwords are no longer needed there.
 */
void mw_advanced_page_forget_password (MwAdvancedPage *self);

G_END_DECLS
