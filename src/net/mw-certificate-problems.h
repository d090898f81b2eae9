/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <glib.h>

#include "core/mw-enums.h"

G_BEGIN_DECLS

/**
 * MwProblems:
 *
 * A set of outcomes of the CERT kind, empty when nothing is wrong.
 */
typedef guint64 MwProblems;

#define MW_PROBLEM(name) (G_GUINT64_CONSTANT (1) << MW_OUTCOME_CERT_##name)

/**
 * mw_certificate_problems_from_status:
 * @status: a set of gnutls_certificate_status_t
 * @unknown_signer: what it means here that the signer was not found:
 *   self-signed, unknown-ca or incomplete
 *
 * The one place where GnuTLS's reasons become ours. Any bit but the one that
 * only sums up the others leads to at least one problem, those too that this
 * version of Mailwright does not know.
 */
MwProblems mw_certificate_problems_from_status (unsigned int  status,
                                                MwProblems    unknown_signer);

/**
 * mw_certificate_status_lacks_staple:
 *
 * Returns: whether @status says that the stapled answer is missing or not good
 */
gboolean   mw_certificate_status_lacks_staple  (unsigned int  status);

/**
 * mw_certificate_problems_to_list:
 * @out_n: (out): how many
 *
 * Returns: (transfer full) (nullable) (array length=out_n): the members of
 *   @problems, gravest first
 */
MwOutcome *mw_certificate_problems_to_list     (MwProblems    problems,
                                                gsize        *out_n);

G_END_DECLS
