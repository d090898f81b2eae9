/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <adwaita.h>

#include "setup/mw-provider-lookup.h"

G_BEGIN_DECLS

#define MW_TYPE_HINT_CARD (mw_hint_card_get_type ())

/**
 * MwHintCard:
 *
 * Who a mail provider is, what to know of it before a password is typed, and
 * the way to its pages. Hidden while there is nothing to know.
 */
G_DECLARE_FINAL_TYPE (MwHintCard, mw_hint_card, MW, HINT_CARD, AdwBin)

/**
 * mw_hint_card_set_provider:
 * @provider: (nullable): whose hints to show
 * @keeper: (nullable): a sentence that says who it is, where the address does
 *   not
 */
void mw_hint_card_set_provider (MwHintCard       *self,
                                MwProvider       *provider,
                                const char       *keeper);

/**
 * mw_hint_card_show_found:
 * @lookup: who was found
 * @domain: (nullable): the domain as it is shown; %NULL while there is none
 *
 * Shows the hints of who keeps the mail of the address that is being typed.
 */
void mw_hint_card_show_found   (MwHintCard       *self,
                                MwProviderLookup *lookup,
                                const char       *domain);

G_END_DECLS
