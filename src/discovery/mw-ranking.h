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
 * Joins candidates of the same endpoint and sorts them, best first. IMAP
 * comes before POP3 unless the domain's SRV records give POP3 the smaller
 * priority (RFC 6186 §3.4).
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
