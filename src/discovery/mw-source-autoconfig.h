/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "discovery/mw-http-fetch.h"
#include "discovery/mw-source.h"

G_BEGIN_DECLS

/**
 * MW_ISPDB_HOST:
 *
 * Where the public database of settings is.
 */
#define MW_ISPDB_HOST "v1.ispdb.net"

/**
 * MW_AUTOCONFIG_PATH:
 *
 * Where a settings document stands on a host that is there for it.
 */
#define MW_AUTOCONFIG_PATH "mail/config-v1.1.xml"

#define MW_TYPE_SOURCE_AUTOCONFIG (mw_source_autoconfig_get_type ())

/**
 * MwSourceAutoconfig:
 *
 * Settings documents (draft-ietf-mailmaint-autoconfig) over HTTPS: those of
 * the e-mail domain, or the public database's for it. What a domain above
 * publishes counts where it names the e-mail domain, with grade D. Emits `over`
 * after each search.
 */
G_DECLARE_FINAL_TYPE (MwSourceAutoconfig, mw_source_autoconfig, MW, SOURCE_AUTOCONFIG, GObject)

/**
 * mw_source_autoconfig_new:
 * @resolver: names are looked up here
 * @fetch: what gets the documents
 *
 * The two places of the e-mail domain itself, at once; the first is told the
 * address, because some providers answer differently for each. Grade B.
 *
 * Returns: (transfer full): a source that has not asked yet
 */
MwSource *mw_source_autoconfig_new       (MwResolver         *resolver,
                                          MwHttpFetch        *fetch);

/**
 * mw_source_autoconfig_new_ispdb:
 * @resolver: names are looked up here
 * @fetch: what gets the documents
 *
 * The public database of settings, which is told the domain and nothing else.
 * Grade C.
 *
 * Returns: (transfer full): a source that has not asked yet
 */
MwSource *mw_source_autoconfig_new_ispdb (MwResolver         *resolver,
                                          MwHttpFetch        *fetch);

/**
 * mw_source_autoconfig_is_over:
 *
 * Returns: whether the last search is over
 */
gboolean  mw_source_autoconfig_is_over   (MwSourceAutoconfig *self);

/**
 * mw_source_autoconfig_is_absent:
 *
 * Returns: whether it is over, and every place said clearly that there are no
 *   settings; see [method@Mw.AutoconfigSearch.is_absent]
 */
gboolean  mw_source_autoconfig_is_absent (MwSourceAutoconfig *self);

G_END_DECLS
