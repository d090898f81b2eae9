/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "core/mw-enums.h"

G_BEGIN_DECLS

/**
 * MwFamily:
 *
 * The two internets a server can be reached through.
 */
typedef enum {
  MW_FAMILY_IPV6,
  MW_FAMILY_IPV4,
} MwFamily;

#define MW_N_FAMILIES 2

#define MW_TYPE_FAMILY (mw_family_get_type ())
GType mw_family_get_type (void) G_GNUC_CONST;

/**
 * MwFamilyResult:
 * @address: (nullable): the address that answered, else the first one dialled;
 *   %NULL when none is known
 * @outcome: works when it answered; dns-nxdomain when the name has no such
 *   address, dns-fail when the name server gave no answer; refused, timeout or
 *   unreachable of the dial, the last without a time when no packet left this
 *   computer; consent-needed for an address in the local network;
 *   not-needed when the other family was quicker
 * @elapsed_us: from the dial to its answer, or how long it was waited for; -1
 *   when nothing was dialled
 *
 * What became of one family.
 */
typedef struct {
  char      *address;
  MwOutcome  outcome;
  gint64     elapsed_us;
} MwFamilyResult;

#define MW_TYPE_FAMILY_REPORT (mw_family_report_get_type ())

/**
 * MwFamilyReport:
 *
 * How a host was reached, or not, over IPv6 and over IPv4. The connector
 * fills it; once handed out it is only read.
 */
typedef struct {
  MwFamilyResult results[MW_N_FAMILIES];  /* by MwFamily */
} MwFamilyReport;

GType           mw_family_report_get_type (void) G_GNUC_CONST;

/**
 * mw_family_report_new:
 *
 * Returns: (transfer full): a report in which nothing was needed
 */
MwFamilyReport *mw_family_report_new      (void);

/**
 * mw_family_report_set:
 * @address: (nullable): the address
 *
 * Writes down what became of @family, in place of what stood there.
 */
void            mw_family_report_set      (MwFamilyReport *self,
                                           MwFamily        family,
                                           const char     *address,
                                           MwOutcome       outcome,
                                           gint64          elapsed_us);
MwFamilyReport *mw_family_report_ref      (MwFamilyReport *self);
void            mw_family_report_unref    (MwFamilyReport *self);

/**
 * mw_family_report_is_broken:
 * @family: IPv6 or IPv4
 *
 * Returns: whether addresses of that family exist and were dialled in vain
 *   while the other family answered
 */
gboolean        mw_family_report_is_broken (MwFamilyReport *self,
                                            MwFamily        family);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MwFamilyReport, mw_family_report_unref)

G_END_DECLS
