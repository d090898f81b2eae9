/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "setup/mw-engine.h"

G_BEGIN_DECLS

#define MW_TYPE_PROVIDER_LOOKUP (mw_provider_lookup_get_type ())

/**
 * MwProviderLookup:
 *
 * Who keeps the mail of an address that is being typed. Listed domains are
 * known at once and without asking anybody. For other domains the name service
 * is asked for the mail exchanger, and for nothing else, once the typing
 * pauses; but only while the property `ask-exchanger` (boolean, %FALSE at
 * first) is set. Further typing cancels the question, an answer is remembered,
 * and what does not come in time is let go.
 *
 * The signal `changed` says that the getters have another answer.
 */
G_DECLARE_FINAL_TYPE (MwProviderLookup, mw_provider_lookup, MW, PROVIDER_LOOKUP, GObject)

/**
 * mw_provider_lookup_new:
 * @engine: whose list of providers and network to use
 *
 * Returns: (transfer full): a look-up that was told nothing yet
 */
MwProviderLookup *mw_provider_lookup_new            (MwEngine         *engine);

/**
 * mw_provider_lookup_set_text:
 * @text: the entry as it stands; need not be an address yet
 */
void              mw_provider_lookup_set_text       (MwProviderLookup *self,
                                                     const char       *text);

/**
 * mw_provider_lookup_get_provider:
 *
 * Returns: (transfer none) (nullable): who keeps the mail of the address, as
 *   far as is known
 */
MwProvider       *mw_provider_lookup_get_provider   (MwProviderLookup *self);

/**
 * mw_provider_lookup_is_sure:
 *
 * Returns: whether the entry of the provider is confirmed, and that the domain
 *   or its mail exchanger belongs to it
 */
gboolean          mw_provider_lookup_is_sure        (MwProviderLookup *self);

/**
 * mw_provider_lookup_is_by_exchanger:
 *
 * Returns: whether the mail exchanger told who it is
 */
gboolean          mw_provider_lookup_is_by_exchanger (MwProviderLookup *self);

G_END_DECLS
