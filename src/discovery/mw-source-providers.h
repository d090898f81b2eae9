/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "discovery/mw-provider-table.h"
#include "discovery/mw-source.h"

G_BEGIN_DECLS

#define MW_TYPE_SOURCE_PROVIDERS (mw_source_providers_get_type ())

/**
 * MwSourceProviders:
 *
 * The table of known providers, for e-mail domains that stand in it. Asks
 * nobody; emits `found` before `find_async` returns.
 */
G_DECLARE_FINAL_TYPE (MwSourceProviders, mw_source_providers, MW, SOURCE_PROVIDERS, GObject)

MwSource *mw_source_providers_new    (MwProviderTable   *table);

/**
 * mw_source_providers_choose:
 * @provider: one of the table
 *
 * Finds the servers of @provider, whatever the domain of the address: the
 * person said who keeps the mail.
 */
void      mw_source_providers_choose (MwSourceProviders *self,
                                      MwProvider        *provider);

G_END_DECLS
