/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "discovery/mw-http-fetch.h"
#include "discovery/mw-provider-table.h"
#include "discovery/mw-source.h"

G_BEGIN_DECLS

#define MW_TYPE_SOURCE_MX_DOCUMENTS (mw_source_mx_documents_get_type ())

/**
 * MwSourceMxDocuments:
 *
 * Settings documents of who takes the mail of the domain: those of the best
 * mail exchanger's domain (its name without the first label, then its
 * registrable domain), and the public database's for it
 * (draft-ietf-mailmaint-autoconfig). Only over HTTPS, and nobody is told the
 * address. The name service led there, so all of it is of grade D. Nothing is
 * asked where the mail exchanger lies in the e-mail domain, or where the list
 * of providers knows the answer.
 */
G_DECLARE_FINAL_TYPE (MwSourceMxDocuments, mw_source_mx_documents, MW, SOURCE_MX_DOCUMENTS, GObject)

/**
 * mw_source_mx_documents_new:
 * @resolver: names are looked up here
 * @fetch: what gets the documents
 * @providers: (nullable): the known providers
 * @use_ispdb: whether to ask the public settings database, too
 *
 * Returns: (transfer full): a source that has not asked yet
 */
MwSource *mw_source_mx_documents_new (MwResolver      *resolver,
                                      MwHttpFetch     *fetch,
                                      MwProviderTable *providers,
                                      gboolean         use_ispdb);

G_END_DECLS
