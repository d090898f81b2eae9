/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define MW_TYPE_LIST_CARD (mw_list_card_get_type ())

/**
 * MwListCard:
 *
 * Holds a #GtkScrolledWindow with a list and wants to be as high as that list
 * is at the width there is. A scrolled window by itself asks how high the list
 * would be without a word wrapped.
 */
G_DECLARE_FINAL_TYPE (MwListCard, mw_list_card, MW, LIST_CARD, AdwBin)

G_END_DECLS
