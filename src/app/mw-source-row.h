/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <adwaita.h>

#include "setup/mw-setup-servers.h"

G_BEGIN_DECLS

#define MW_TYPE_SOURCE_ROW (mw_source_row_get_type ())

/**
 * MwSourceRow:
 *
 * What was filled in for the person, and where it is known from.
 */
G_DECLARE_FINAL_TYPE (MwSourceRow, mw_source_row, MW, SOURCE_ROW, AdwActionRow)

/**
 * mw_source_row_show:
 * @setup: whose server it is
 * @endpoint: (nullable): the server; %NULL hides the row
 * @basis: why it was filled in
 */
void mw_source_row_show (MwSourceRow   *self,
                         MwSetup       *setup,
                         MwEndpoint    *endpoint,
                         MwServerBasis  basis);

G_END_DECLS
