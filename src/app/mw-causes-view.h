/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <adwaita.h>

#include "setup/mw-advice.h"

G_BEGIN_DECLS

#define MW_TYPE_CAUSES_VIEW (mw_causes_view_get_type ())

/**
 * MwCausesView:
 *
 * What else may be the cause, likeliest first, each with what helps.
 *
 * The signal `activated` ([struct@Mw.Advice]) asks to do that.
 */
G_DECLARE_FINAL_TYPE (MwCausesView, mw_causes_view, MW, CAUSES_VIEW, AdwBin)

/**
 * mw_causes_view_set_causes:
 * @causes: (nullable) (element-type MwAdvice): the causes; none hides the view
 */
void mw_causes_view_set_causes (MwCausesView *self,
                                GPtrArray    *causes);

G_END_DECLS
