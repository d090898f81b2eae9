/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define MW_TYPE_TILE (mw_tile_get_type ())

/**
 * MwTile:
 *
 * A wide button with a title and a sentence, for choices that lead to another
 * page. Properties: `title`, `subtitle`.
 */
G_DECLARE_FINAL_TYPE (MwTile, mw_tile, MW, TILE, GtkButton)

G_END_DECLS
