/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <adwaita.h>

#include "core/mw-certificate-report.h"

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
 */
void mw_certificate_view_set_report (MwCertificateView   *self,
                                     MwCertificateReport *report);

G_END_DECLS
