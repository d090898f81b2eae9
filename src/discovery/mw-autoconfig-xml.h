/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "core/mw-address.h"
#include "core/mw-candidate.h"

G_BEGIN_DECLS

/**
 * MW_AUTOCONFIG_XML_MAX_SIZE:
 *
 * The longest document that is read, in bytes. Real ones have less than 4 KiB.
 */
#define MW_AUTOCONFIG_XML_MAX_SIZE (64 * 1024)

/**
 * MwAutoconfigXml:
 * @name: (nullable): what the provider calls itself
 * @short_name: (nullable): the same, shorter
 * @candidates: (element-type MwCandidate): its servers, in its order
 * @domains: (element-type utf8): the e-mail domains it is about, normalised;
 *   many documents name none
 * @skipped: (element-type utf8): why servers were left out, developer text
 * @provider: what else the document says, likewise part of each candidate:
 *   hints in the language of the interface, ways to sign in, how POP3 programs
 *   treat the messages they have fetched
 *
 * What a document of the autoconfig format says, with the address filled in.
 * All of it is foreign text; what is shown of it is clean and short.
 */
typedef struct {
  char       *name;
  char       *short_name;
  GPtrArray  *candidates;
  GPtrArray  *domains;
  GPtrArray  *skipped;
  MwProvider *provider;
} MwAutoconfigXml;

/**
 * mw_autoconfig_xml_parse:
 * @data: the document
 * @length: its size in bytes
 * @address: (nullable): whose servers are wanted; %NULL leaves the places for
 *   an address as they are
 * @origin: who gave the document
 * @grade: how far that deserves trust
 * @error: return location for a %G_MARKUP_ERROR or %G_CONVERT_ERROR; a web page
 *   is a %G_MARKUP_ERROR_UNKNOWN_ELEMENT, and nothing else is
 *
 * Reads a document (draft-ietf-mailmaint-autoconfig, all versions). What is
 * not known is passed over; a server that cannot be used is left out with a
 * reason. Servers in clear text are always left out.
 *
 * Returns: (transfer full) (nullable): what it says, %NULL when it is no such
 *   document; there may be no usable server in it
 */
MwAutoconfigXml *mw_autoconfig_xml_parse (const char       *data,
                                          gsize             length,
                                          MwAddress        *address,
                                          MwOrigin          origin,
                                          MwGrade           grade,
                                          GError          **error);

/**
 * mw_autoconfig_xml_summarise:
 *
 * Returns: (transfer full): how many servers it names and why others were left
 *   out, developer text
 */
char            *mw_autoconfig_xml_summarise (MwAutoconfigXml *self);
void             mw_autoconfig_xml_free  (MwAutoconfigXml  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MwAutoconfigXml, mw_autoconfig_xml_free)

G_END_DECLS
