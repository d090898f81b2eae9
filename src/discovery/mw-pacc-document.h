/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "core/mw-address.h"
#include "core/mw-candidate.h"

G_BEGIN_DECLS

/**
 * MW_PACC_DOCUMENT_MAX_SIZE:
 *
 * The longest document that is read, in bytes.
 */
#define MW_PACC_DOCUMENT_MAX_SIZE (64 * 1024)

/**
 * MwPaccDocument:
 * @candidates: (element-type MwCandidate): its servers, IMAP before POP3
 * @skipped: (element-type utf8): why servers were left out, developer text
 * @provider: what else the document says, likewise part of each candidate:
 *   its name, ways to sign in, and its help page as a hint
 *
 * What a document of the PACC format says. All of it is foreign text; what is
 * shown of it is clean and short.
 */
typedef struct {
  GPtrArray  *candidates;
  GPtrArray  *skipped;
  MwProvider *provider;
} MwPaccDocument;

/**
 * mw_pacc_document_parse:
 * @data: the document, whose digest has been compared
 * @length: its size in bytes
 * @address: (nullable): whose servers are wanted; %NULL leaves a place for the
 *   user name, as in documents of the autoconfig format
 * @origin: who gave the document
 * @grade: how far that deserves trust
 * @error: return location for a %JSON_PARSER_ERROR
 *
 * Reads a document (draft-ietf-mailmaint-pacc, up to -03: the key for sending
 * is `submit` since then, `smtp` before). Servers are named by their host
 * alone: TLS on the usual port, and the whole address as user name. What is
 * not known is passed over; a server that cannot be used is left out with a
 * reason. Of a key that stands twice the last one counts.
 *
 * Returns: (transfer full) (nullable): what it says, %NULL when it is no such
 *   document; there may be no usable server in it
 */
MwPaccDocument *mw_pacc_document_parse (const char      *data,
                                        gsize            length,
                                        MwAddress       *address,
                                        MwOrigin         origin,
                                        MwGrade          grade,
                                        GError         **error);
void            mw_pacc_document_free  (MwPaccDocument  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MwPaccDocument, mw_pacc_document_free)

G_END_DECLS
