/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <adwaita.h>

#include "setup/mw-setup.h"

G_BEGIN_DECLS

#define MW_TYPE_CERTIFICATE_DIALOG (mw_certificate_dialog_get_type ())

/**
 * MwCertificateDialog:
 *
 * Why a server's certificate is not trusted, and, for a server whose name the
 * person typed, the way to accept this very certificate. That is never the
 * default.
 */
G_DECLARE_FINAL_TYPE (MwCertificateDialog, mw_certificate_dialog, MW, CERTIFICATE_DIALOG, AdwWindow)

/**
 * MwCertificateDialog::accepted:
 *
 * The person accepted the certificate; the set-up knows, and may try again.
 */

/**
 * mw_certificate_dialog_new:
 * @parent: the window that asks
 * @setup: a set-up that a certificate stopped
 *
 * Returns: (transfer none): a dialog to be presented
 */
GtkWidget *mw_certificate_dialog_new (GtkWindow *parent,
                                      MwSetup   *setup);

G_END_DECLS
