/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <adwaita.h>

#include "setup/mw-engine.h"

G_BEGIN_DECLS

#define MW_TYPE_PROVIDER_TILES (mw_provider_tiles_get_type ())

/**
 * MwProviderTiles:
 *
 * A button for each well-known mail provider, those of the person's country
 * first. The signal `chosen` has the [struct@Mw.Provider] that was pressed.
 */
G_DECLARE_FINAL_TYPE (MwProviderTiles, mw_provider_tiles, MW, PROVIDER_TILES, AdwBin)

/**
 * mw_provider_tiles_fill:
 * @engine: whose list of providers to show; what is there already stays
 */
void mw_provider_tiles_fill (MwProviderTiles *self,
                             MwEngine        *engine);

G_END_DECLS
