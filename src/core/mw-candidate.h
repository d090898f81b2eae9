/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "core/mw-endpoint.h"
#include "core/mw-provider.h"

G_BEGIN_DECLS

#define MW_TYPE_CANDIDATE (mw_candidate_get_type ())

/**
 * MwCandidate:
 *
 * An endpoint worth trying, and why. Immutable.
 */
typedef struct _MwCandidate MwCandidate;

GType               mw_candidate_get_type       (void) G_GNUC_CONST;

/**
 * mw_candidate_new:
 * @endpoint: where
 * @origin: who named it
 * @grade: how far that deserves trust
 * @user_names: (nullable) (array zero-terminated=1): user names to log in
 *   with, best first, expanded; %NULL for the whole address
 * @auth: the method the source named, %MW_AUTH_UNKNOWN when it named none
 * @rank: smaller is tried first among candidates of the same grade, for
 *   instance the SRV order; guesses have ranks behind all others
 *
 * Returns: (transfer full): a new candidate
 */
MwCandidate        *mw_candidate_new            (MwEndpoint         *endpoint,
                                                 MwOrigin            origin,
                                                 MwGrade             grade,
                                                 const char * const *user_names,
                                                 MwAuthMethod        auth,
                                                 int                 rank);

/**
 * mw_candidate_new_for_provider:
 * @endpoint: where
 * @origin: who named it
 * @grade: how far that deserves trust
 * @user_names: (nullable) (array zero-terminated=1): user names, as for
 *   mw_candidate_new()
 * @rank: likewise
 * @provider: the known provider whose server it is
 *
 * Returns: (transfer full): a new candidate
 */
MwCandidate        *mw_candidate_new_for_provider (MwEndpoint         *endpoint,
                                                   MwOrigin            origin,
                                                   MwGrade             grade,
                                                   const char * const *user_names,
                                                   int                 rank,
                                                   MwProvider         *provider);

/**
 * mw_candidate_new_told:
 * @endpoint: where
 * @origin: who named it
 * @grade: how far that deserves trust
 * @user_names: (nullable) (array zero-terminated=1): user names, as for
 *   mw_candidate_new()
 * @auth: likewise
 * @rank: likewise
 * @provider: (nullable): what the same document says of the provider
 *
 * Returns: (transfer full): a new candidate
 */
MwCandidate        *mw_candidate_new_told       (MwEndpoint         *endpoint,
                                                 MwOrigin            origin,
                                                 MwGrade             grade,
                                                 const char * const *user_names,
                                                 MwAuthMethod        auth,
                                                 int                 rank,
                                                 MwProvider         *provider);

/**
 * mw_candidate_merge:
 * @a: a candidate
 * @b: another one for the same endpoint
 *
 * Joins what two sources said of one endpoint: all origins, the better grade
 * and its rank, the user names of the better grade first. Of a guess only the
 * grade counts. A listed provider counts for more than one that a document
 * tells of.
 *
 * Returns: (transfer full): the joined candidate
 */
MwCandidate        *mw_candidate_merge          (MwCandidate        *a,
                                                 MwCandidate        *b);
MwCandidate        *mw_candidate_ref            (MwCandidate        *self);
void                mw_candidate_unref          (MwCandidate        *self);
MwEndpoint         *mw_candidate_get_endpoint   (MwCandidate        *self);

/**
 * mw_candidate_get_origins:
 *
 * Returns: a bit for each source that named it, `1 << MW_ORIGIN_…`
 */
guint               mw_candidate_get_origins    (MwCandidate        *self);

/**
 * mw_candidate_is_guess:
 *
 * Returns: whether nobody named the host: it was made up of a usual name and
 *   the e-mail domain, or the domain of its mail exchanger
 */
gboolean            mw_candidate_is_guess       (MwCandidate        *self);
MwGrade             mw_candidate_get_grade      (MwCandidate        *self);
const char * const *mw_candidate_get_user_names (MwCandidate        *self);
MwAuthMethod        mw_candidate_get_auth       (MwCandidate        *self);
int                 mw_candidate_get_rank       (MwCandidate        *self);

/**
 * mw_candidate_get_provider:
 *
 * Returns: (transfer none) (nullable): the provider whose server it is, listed or
 *   told of by a document
 */
MwProvider         *mw_candidate_get_provider   (MwCandidate        *self);

/**
 * mw_candidate_compare:
 *
 * Orders candidates of one side, best first: grade, IMAP before POP3,
 * TLS before STARTTLS, rank.
 *
 * Returns: less than, equal to or greater than 0
 */
int                 mw_candidate_compare        (MwCandidate        *a,
                                                 MwCandidate        *b);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MwCandidate, mw_candidate_unref)

G_END_DECLS
