/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <gio/gio.h>

#include "core/mw-verdict.h"

G_BEGIN_DECLS

/**
 * MwPortalWitness:
 * @verdict: (transfer none): of one endpoint
 * @addresses: (transfer none) (nullable) (element-type GInetAddress): all
 *   addresses of its host
 *
 * What one endpoint of a run tells about the network in between.
 */
typedef struct {
  MwVerdict *verdict;
  GPtrArray *addresses;
} MwPortalWitness;

/**
 * mw_portal_find_certificate:
 * @witnesses: (array length=n_witnesses): the endpoints of a run in which
 *   nobody could log in
 * @n_witnesses: how many
 *
 * Looks for the certificate of a captive portal, which answers in place of
 * every server. One untrusted certificate under two names alone is no sign of
 * it: a server at home, and a hoster's for all its customers, look the same.
 * It is taken for a portal's only when all of this is so:
 *
 * 1. two hosts of different names show it, and they have no address in
 *    common, so that it cannot be one server with two names;
 * 2. these addresses are public ones: a portal does not stand between the
 *    machines of the own network;
 * 3. it is made out to neither of the two, nor to anything in their
 *    registrable domains: who has it made for such a name runs these servers;
 * 4. nobody who shows it has spoken mail first, as a server with STARTTLS
 *    does: a web server waits to be asked;
 * 5. the hosts lie in different registrable domains, or no authority known
 *    here vouches for it: several servers of one hoster with the hoster's own
 *    valid certificate are common.
 *
 * Returns: (transfer none) (nullable): its SHA-256, or %NULL
 */
const char *mw_portal_find_certificate (const MwPortalWitness *witnesses,
                                        gsize                  n_witnesses);

G_END_DECLS
