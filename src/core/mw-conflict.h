/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "core/mw-candidate.h"

G_BEGIN_DECLS

#define MW_TYPE_CONFLICT (mw_conflict_get_type ())

/**
 * MwConflict:
 *
 * Sources that deserve trust (better than a guess) name different servers of
 * one protocol. Immutable.
 */
typedef struct _MwConflict MwConflict;

GType       mw_conflict_get_type       (void) G_GNUC_CONST;

/**
 * mw_conflict_find:
 * @found: (element-type MwCandidate): what all sources said, not merged
 *
 * Compares what sources of grade A, B or C say. Two sources agree on a
 * protocol when they have a server of it in common, with port and security;
 * one that does not mention the protocol does not contradict anybody.
 *
 * Returns: (transfer full) (element-type MwConflict): IMAP, POP3 and SMTP, as
 *   far as sources disagree
 */
GPtrArray  *mw_conflict_find           (GPtrArray  *found);
MwConflict *mw_conflict_ref            (MwConflict *self);
void        mw_conflict_unref          (MwConflict *self);

/**
 * mw_conflict_get_protocol:
 *
 * Returns: what is in dispute
 */
MwProtocol  mw_conflict_get_protocol   (MwConflict *self);

/**
 * mw_conflict_get_candidates:
 *
 * Returns: (transfer none) (element-type MwCandidate): two or more, each the
 *   first choice of the sources that it carries; best trust first
 */
GPtrArray  *mw_conflict_get_candidates (MwConflict *self);

/**
 * mw_conflict_is_about_host:
 *
 * Returns: whether the hosts differ; if not, port or security do
 */
gboolean    mw_conflict_is_about_host  (MwConflict *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MwConflict, mw_conflict_unref)

G_END_DECLS
