/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <gtk/gtk.h>

#include "setup/mw-share-qr.h"

G_BEGIN_DECLS

#define MW_TYPE_QR_VIEW (mw_qr_view_get_type ())

/**
 * MwQrView:
 *
 * A QR code: square, dark on white with its quiet zone whatever the colours
 * around it, and its modules on whole pixels in every size.
 */
G_DECLARE_FINAL_TYPE (MwQrView, mw_qr_view, MW, QR_VIEW, GtkWidget)

/**
 * mw_qr_view_set_code:
 * @code: (nullable): what to show
 * @text: (nullable): what it says, for those who cannot see it
 */
void mw_qr_view_set_code (MwQrView   *self,
                          MwShareQr  *code,
                          const char *text);

G_END_DECLS
