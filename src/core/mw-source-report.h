/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "core/mw-enums.h"

G_BEGIN_DECLS

#define MW_TYPE_SOURCE_REPORT (mw_source_report_get_type ())

/**
 * MwSourceReport:
 *
 * What one way of finding settings said, or that it is still being asked, for
 * the list of sources. Immutable.
 */
typedef struct _MwSourceReport MwSourceReport;

GType            mw_source_report_get_type       (void) G_GNUC_CONST;

/**
 * mw_source_report_new:
 * @origin: the source
 * @grade: the grade of what it finds
 * @outcome: what it came back with
 * @cause: why it failed or was skipped: %MW_OUTCOME_NOT_NEEDED,
 *   %MW_OUTCOME_OFFLINE, %MW_OUTCOME_CANCELLED (nobody waits for it any more),
 *   %MW_OUTCOME_CONSENT_NEEDED (it is switched off) or what stopped it;
 *   %MW_OUTCOME_WORKS where there is nothing to say
 * @n_servers: how many servers it named, 0 when it only made names up
 * @detail: (nullable): developer text, untranslated
 * @elapsed_us: microseconds it took
 *
 * Returns: (transfer full): a new report
 */
MwSourceReport  *mw_source_report_new            (MwOrigin         origin,
                                                  MwGrade          grade,
                                                  MwSourceOutcome  outcome,
                                                  MwOutcome        cause,
                                                  guint            n_servers,
                                                  const char      *detail,
                                                  gint64           elapsed_us);

/**
 * mw_source_report_merge:
 * @a: a report
 * @b: another one of the same origin
 *
 * Joins what two sources said that people see as one: as long as one is out,
 * both are; that something was found outweighs that something failed, and that
 * outweighs silence.
 *
 * Returns: (transfer full): the joined report
 */
MwSourceReport  *mw_source_report_merge          (MwSourceReport  *a,
                                                  MwSourceReport  *b);
MwSourceReport  *mw_source_report_ref            (MwSourceReport  *self);
void             mw_source_report_unref          (MwSourceReport  *self);
MwOrigin         mw_source_report_get_origin     (MwSourceReport  *self);
MwGrade          mw_source_report_get_grade      (MwSourceReport  *self);
MwSourceOutcome  mw_source_report_get_outcome    (MwSourceReport  *self);
MwOutcome        mw_source_report_get_cause      (MwSourceReport  *self);
guint            mw_source_report_get_n_servers    (MwSourceReport  *self);
const char      *mw_source_report_get_detail     (MwSourceReport  *self);
gint64           mw_source_report_get_elapsed_us (MwSourceReport  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MwSourceReport, mw_source_report_unref)

G_END_DECLS
