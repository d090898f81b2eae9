/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "core/mw-certificate.h"
#include "setup/mw-setup.h"

G_BEGIN_DECLS

/**
 * mw_setup_get_certificate_verdict:
 * @self: a set-up after a run
 *
 * The question of the certificate is about one server: the one that decided
 * its side, receiving before sending.
 *
 * Returns: (transfer none) (nullable): the probe that a certificate stopped;
 *   %NULL when none did
 */
MwVerdict     *mw_setup_get_certificate_verdict   (MwSetup   *self);

/**
 * mw_setup_may_trust_certificate:
 * @verdict: a probe that a certificate stopped
 *
 * Whether the person may be asked to accept this very certificate, although
 * nobody vouches for it: only for a server whose name they typed, and not when
 * it was revoked, can be forged, or the network itself is in between.
 *
 * Returns: whether [method@Mw.Setup.trust_certificate] may be offered
 */
gboolean       mw_setup_may_trust_certificate     (MwSetup   *self,
                                                   MwVerdict *verdict);

/**
 * mw_setup_trust_certificate:
 * @verdict: a probe for which [method@Mw.Setup.may_trust_certificate] holds
 *
 * The person's yes: from the next run on this certificate, and no other, is
 * accepted for this host, on every port where it was shown. Where another one
 * had been accepted before and the new one is valid for everybody, nothing
 * needs to be accepted by hand any more.
 */
void           mw_setup_trust_certificate         (MwSetup   *self,
                                                   MwVerdict *verdict);

/**
 * mw_setup_dup_former_certificate:
 * @verdict: a probe that a certificate stopped
 *
 * Returns: (transfer full) (nullable): the certificate accepted before for this
 *   host and port; of one whose copy was not kept, only the fingerprint
 */
MwCertificate *mw_setup_dup_former_certificate    (MwSetup   *self,
                                                   MwVerdict *verdict);

G_END_DECLS
