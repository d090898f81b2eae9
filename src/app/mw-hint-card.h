/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <adwaita.h>

#include "core/mw-provider.h"

G_BEGIN_DECLS

#define MW_TYPE_HINT_CARD (mw_hint_card_get_type ())

/**
 * MwHintCard:
 *
 * What to know of a mail provider before a password is typed, and the way to
 * its pages. Hidden while there is nothing to know.
 */
G_DECLARE_FINAL_TYPE (MwHintCard, mw_hint_card, MW, HINT_CARD, AdwBin)

/**
 * mw_hint_card_set_provider:
 * @provider: (nullable): whose hints to show
 */
void mw_hint_card_set_provider (MwHintCard *self,
                                MwProvider *provider);

G_END_DECLS
