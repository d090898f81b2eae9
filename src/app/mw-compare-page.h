/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <adwaita.h>

#include "core/mw-profile.h"
#include "setup/mw-inspection.h"

G_BEGIN_DECLS

#define MW_TYPE_COMPARE_PAGE (mw_compare_page_get_type ())

/**
 * MwComparePage:
 *
 * What a link or file says of an account that is saved already, beside what is
 * saved. Nothing can be changed here, and nobody is contacted.
 */
G_DECLARE_FINAL_TYPE (MwComparePage, mw_compare_page, MW, COMPARE_PAGE, AdwBin)

/**
 * mw_compare_page_show:
 * @profile: the saved account
 * @inspection: what the link or file says
 * @name: (nullable): what the file is called, foreign text; %NULL for a link
 * @signer: (nullable): who signed it, foreign text
 */
void mw_compare_page_show (MwComparePage *self,
                           MwProfile     *profile,
                           MwInspection  *inspection,
                           const char    *name,
                           const char    *signer);

G_END_DECLS
