/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "discovery/mw-source-autoconfig.h"

G_BEGIN_DECLS

#define MW_TYPE_SOURCE_HTTP (mw_source_http_get_type ())

/**
 * MwSourceHttp:
 *
 * The settings document of the e-mail domain over plain HTTP, for companies
 * that have it nowhere else and whose administrator allowed it. Anybody on the
 * way can write it, so it is of grade D, and only asked for when the places
 * that are asked over HTTPS said clearly that they have none: who holds these
 * back gains nothing. It is not told the address.
 */
G_DECLARE_FINAL_TYPE (MwSourceHttp, mw_source_http, MW, SOURCE_HTTP, GObject)

/**
 * mw_source_http_new:
 * @resolver: names are looked up here
 * @fetch: what gets the document, and may do so over plain HTTP
 * @https: the source that is waited for; it must be started, too
 *
 * Returns: (transfer full): a source that has not asked yet
 */
MwSource *mw_source_http_new (MwResolver         *resolver,
                              MwHttpFetch        *fetch,
                              MwSourceAutoconfig *https);

G_END_DECLS
