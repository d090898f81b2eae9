/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "core/mw-address.h"
#include "core/mw-candidate.h"

G_BEGIN_DECLS

/**
 * mw_provider_candidates_add:
 * @candidates: (element-type MwCandidate): where to add
 * @provider: who keeps the mail of @address
 * @confirmed: whether that is sure
 * @address: the address to be set up
 * @exchanger: (nullable): best mail exchanger of its domain, if it was asked for
 * @origin: how @provider was found
 *
 * Adds the servers of @provider: of grade A where everything that led there is
 * confirmed and the host is written out, of grade D otherwise.
 */
void mw_provider_candidates_add (GPtrArray  *candidates,
                                 MwProvider *provider,
                                 gboolean    confirmed,
                                 MwAddress  *address,
                                 const char *exchanger,
                                 MwOrigin    origin);

G_END_DECLS
