/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define MW_TYPE_COLUMN (mw_column_get_type ())

/**
 * MwColumn:
 *
 * A place for wrapped text that takes whatever width is left. It does not ask
 * its child how wide that would like to be: in a long list that question
 * costs more than everything else.
 */
G_DECLARE_FINAL_TYPE (MwColumn, mw_column, MW, COLUMN, AdwBin)

G_END_DECLS
