/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "discovery/mw-http-fetch.h"
#include "discovery/mw-source.h"

G_BEGIN_DECLS

#define MW_TYPE_SOURCE_PACC (mw_source_pacc_get_type ())

/**
 * MwSourcePacc:
 *
 * The document that a domain publishes for mail programs
 * (draft-ietf-mailmaint-pacc), over HTTPS. Its digest must stand in the name
 * service, too, or the document is not used; what stands there is not signed
 * and makes it no better than others of the domain. Grade B.
 */
G_DECLARE_FINAL_TYPE (MwSourcePacc, mw_source_pacc, MW, SOURCE_PACC, GObject)

/**
 * mw_source_pacc_new:
 * @resolver: names are looked up here
 * @fetch: what gets the document
 *
 * Returns: (transfer full): a source that has not asked yet
 */
MwSource *mw_source_pacc_new (MwResolver  *resolver,
                              MwHttpFetch *fetch);

G_END_DECLS
