/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "core/mw-candidate.h"

G_BEGIN_DECLS

/**
 * mw_ranking_order:
 * @found: (element-type MwCandidate): what all sources said, in any order
 * @side: which side is wanted
 *
 * Joins candidates of the same endpoint, which then have all their sources,
 * and sorts them, best first:
 *
 * 1. the better grade;
 * 2. IMAP before POP3, unless the domain's SRV records give POP3 the smaller
 *    priority (RFC 6186 §3.4);
 * 3. TLS before STARTTLS (RFC 8314 §3); clear text is left out;
 * 4. the host that more independent sources name for this side, at whatever
 *    port: documents of the domain itself are one source, guesses none;
 * 5. the order of the source that deserves most trust.
 *
 * Returns: (transfer full) (element-type MwCandidate): a new list
 */
GPtrArray *mw_ranking_order (GPtrArray *found,
                             MwSide     side);

/**
 * mw_ranking_equal:
 *
 * Returns: whether both lists say the same in the same order
 */
gboolean   mw_ranking_equal (GPtrArray *a,
                             GPtrArray *b);

G_END_DECLS
