/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "core/mw-address.h"
#include "core/mw-candidate.h"
#include "core/mw-secret.h"

G_BEGIN_DECLS

/**
 * MwMobileconfigAccount:
 * @label: (nullable): name of the account
 * @sender_name: (nullable): name of the person
 * @address: (nullable): their address, %NULL to ask for it
 * @candidates: (element-type MwCandidate): its servers, of grade L; a user
 *   name that is missing is the whole address
 * @skipped: (element-type utf8): why servers were left out, developer text
 * @incoming_password: (nullable): what signs in to the incoming server
 * @outgoing_password: (nullable): what signs in to the outgoing server
 *
 * One mail account of a configuration profile. All of it is foreign text.
 */
typedef struct {
  char      *label;
  char      *sender_name;
  MwAddress *address;
  GPtrArray *candidates;
  GPtrArray *skipped;
  MwSecret  *incoming_password;
  MwSecret  *outgoing_password;
} MwMobileconfigAccount;

/**
 * MwMobileconfig:
 * @name: (nullable): what the profile calls itself
 * @accounts: (element-type MwMobileconfigAccount): its mail accounts
 * @ignored: (element-type utf8): the types of all else that is in it
 * @encrypted: whether only one device can read it
 *
 * What a configuration profile for Apple's systems (`.mobileconfig`) says.
 */
typedef struct {
  char      *name;
  GPtrArray *accounts;
  GPtrArray *ignored;
  gboolean   encrypted;
} MwMobileconfig;

/**
 * mw_mobileconfig_parse:
 * @data: the document, without a signature around it
 * @length: its size in bytes
 * @error: return location for a %G_MARKUP_ERROR or %G_CONVERT_ERROR,
 *   %G_MARKUP_ERROR_UNKNOWN_ELEMENT for a property list that is about
 *   something else
 *
 * Reads a configuration profile. Servers in clear text are left out. Where the
 * port does not say how a server is protected, there is a candidate for each
 * way.
 *
 * Returns: (transfer full) (nullable): what it says, %NULL when it is no such
 *   document; there may be no account in it
 */
MwMobileconfig *mw_mobileconfig_parse        (const char      *data,
                                              gsize            length,
                                              GError         **error);
void            mw_mobileconfig_free         (MwMobileconfig  *self);

/**
 * mw_mobileconfig_get_security:
 * @port: a port
 * @security: (out): what a protected server speaks there
 *
 * A configuration profile only says that a server is protected; how follows
 * from the port.
 *
 * Returns: whether it does
 */
gboolean        mw_mobileconfig_get_security (guint16          port,
                                              MwSecurity      *security);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MwMobileconfig, mw_mobileconfig_free)

G_END_DECLS
