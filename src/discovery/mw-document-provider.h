/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "core/mw-candidate.h"

G_BEGIN_DECLS

/* What settings documents, of whatever format, say of a provider beside its
 * servers. All of it is foreign text and is made clean and short here. */

/**
 * mw_document_provider_new:
 * @name: (nullable): what the provider calls itself
 * @domain: (nullable): the e-mail domain, to be used in place of a name
 *
 * Returns: (transfer full): a provider that stands in no list
 */
MwProvider *mw_document_provider_new         (const char *name,
                                              const char *domain);

/**
 * mw_document_provider_is_page:
 * @text: (nullable): what a document calls a page
 *
 * Returns: whether it is the address of a web page, which a person can read
 *   and, if need be, type
 */
gboolean    mw_document_provider_is_page     (const char *text);

/**
 * mw_document_provider_page_is_own:
 * @uri: a page a document names
 * @grade: of the document
 * @domain: (nullable): the e-mail domain it was asked for
 * @candidates: (element-type MwCandidate): its servers
 *
 * Whether a button may open a page: it has to come over HTTPS from the e-mail
 * domain itself and to lead into that domain or to one of the servers; and it
 * is an `https` page at the usual port.
 *
 * Returns: whether it may; otherwise the page is plain text
 */
gboolean    mw_document_provider_page_is_own (const char *uri,
                                              MwGrade     grade,
                                              const char *domain,
                                              GPtrArray  *candidates);

/**
 * mw_document_provider_add_hint:
 * @self: what is being filled
 * @kind: what there is to know
 * @page: (nullable): the page about it; other addresses than those of web pages
 *   are left out
 * @is_own: whether a button may open it
 * @words: (nullable): what the document says about it
 *
 * Adds a hint, unless there is one of that kind.
 */
void        mw_document_provider_add_hint    (MwProvider *self,
                                              MwHintKind  kind,
                                              const char *page,
                                              gboolean    is_own,
                                              const char *words);

G_END_DECLS
