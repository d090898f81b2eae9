/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <adwaita.h>

#include "core/mw-certificate-report.h"
#include "core/mw-redactor.h"

G_BEGIN_DECLS

#define MW_TYPE_CERTIFICATE_VIEW (mw_certificate_view_get_type ())

/**
 * MwCertificateView:
 *
 * What a server's certificate says, to be read only.
 */
G_DECLARE_FINAL_TYPE (MwCertificateView, mw_certificate_view, MW, CERTIFICATE_VIEW, AdwBin)

/**
 * mw_certificate_view_set_report:
 * @report: (nullable): the certificate; %NULL hides the view
 * @redactor: (nullable): what takes secrets out; needed with a @report
 */
void mw_certificate_view_set_report (MwCertificateView   *self,
                                     MwCertificateReport *report,
                                     MwRedactor          *redactor);

/**
 * mw_certificate_view_set_former:
 * @former: (nullable): the certificate that was accepted before; its
 *   fingerprint and dates stand above the new ones
 */
void mw_certificate_view_set_former (MwCertificateView   *self,
                                     MwCertificate       *former);

G_END_DECLS
