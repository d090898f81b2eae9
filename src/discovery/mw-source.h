/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <gio/gio.h>

#include "core/mw-address.h"
#include "core/mw-candidate.h"
#include "core/mw-source-report.h"
#include "net/mw-resolver.h"

G_BEGIN_DECLS

#define MW_TYPE_SOURCE (mw_source_get_type ())

/**
 * MwSource:
 *
 * One way of finding settings: address in, candidates out. Emits
 * `found (GPtrArray of MwCandidate)` for what it knows before the search is
 * over, so that dialling need not wait for its slowest look-up.
 */
G_DECLARE_INTERFACE (MwSource, mw_source, MW, SOURCE, GObject)

struct _MwSourceInterface
{
  GTypeInterface parent_iface;

  MwOrigin   (*get_origin)  (MwSource *self);
  MwGrade    (*get_grade)   (MwSource *self);
  void       (*find_async)  (MwSource            *self,
                             MwAddress           *address,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data);
  GPtrArray *(*find_finish) (MwSource *self, GAsyncResult *result, GError **error);
  char      *(*dup_detail)  (MwSource *self); /* may be NULL */
};

MwOrigin   mw_source_get_origin  (MwSource             *self);

/**
 * mw_source_get_grade:
 *
 * Returns: the best grade that anything this source finds can have
 */
MwGrade    mw_source_get_grade   (MwSource             *self);

/**
 * mw_source_find_async:
 * @address: whose servers are wanted
 * @cancellable: (nullable): to stop
 * @callback: (scope async): called with the candidates
 * @user_data: for @callback
 *
 * Starts one search.
 */
void       mw_source_find_async  (MwSource             *self,
                                  MwAddress            *address,
                                  GCancellable         *cancellable,
                                  GAsyncReadyCallback   callback,
                                  gpointer              user_data);

/**
 * mw_source_find_finish:
 *
 * Returns: (transfer full) (element-type MwCandidate): what was found, empty
 *   when the source knows nothing; %NULL with @error when it failed
 */
GPtrArray *mw_source_find_finish (MwSource             *self,
                                  GAsyncResult         *result,
                                  GError              **error);

/**
 * mw_source_dup_detail:
 *
 * Returns: (transfer full) (nullable): what else there is to say about the
 *   last search, developer text
 */
char      *mw_source_dup_detail  (MwSource             *self);

/**
 * mw_source_make_report:
 * @found: (nullable) (element-type MwCandidate): what the source found
 * @error: (nullable): why it failed; %MW_OUTCOME_NOT_NEEDED,
 *   %MW_OUTCOME_NEED_TLS (only plain HTTP would have been left) and
 *   %MW_OUTCOME_CANCELLED mean that it was skipped
 * @elapsed_us: microseconds it took
 *
 * Returns: (transfer full): what the last search came back with, and the best
 *   grade in it
 */
MwSourceReport *mw_source_make_report (MwSource      *self,
                                       GPtrArray     *found,
                                       const GError  *error,
                                       gint64         elapsed_us);

/**
 * mw_source_found:
 * @candidates: (element-type MwCandidate): what is new, may be empty
 *
 * For sources: emits `found`.
 */
void       mw_source_found       (MwSource             *self,
                                  GPtrArray            *candidates);

G_END_DECLS
