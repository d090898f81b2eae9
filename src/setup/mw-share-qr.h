/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * MW_SHARE_QR_QUIET_ZONE:
 *
 * How many modules have to stay light on every side (ISO/IEC 18004 §5.3.8).
 */
#define MW_SHARE_QR_QUIET_ZONE 4

#define MW_TYPE_SHARE_QR (mw_share_qr_get_type ())

/**
 * MwShareQr:
 *
 * A QR code of a text. Immutable. The pictures are dark on white, have the
 * quiet zone around them, and are the same bytes for the same text.
 */
typedef struct _MwShareQr MwShareQr;

GType      mw_share_qr_get_type (void) G_GNUC_CONST;

/**
 * mw_share_qr_new:
 * @text: what it says; ASCII, at most 2048 octets
 *
 * Returns: (transfer full) (nullable): the code, %NULL when @text is too long
 */
MwShareQr *mw_share_qr_new      (const char *text);
MwShareQr *mw_share_qr_ref      (MwShareQr  *self);
void       mw_share_qr_unref    (MwShareQr  *self);

/**
 * mw_share_qr_get_size:
 *
 * Returns: modules on a side, without the quiet zone
 */
guint      mw_share_qr_get_size (MwShareQr  *self);

/**
 * mw_share_qr_measure_run:
 * @column: from the left, less than the size
 * @row: from the top, less than the size
 *
 * Returns: how many dark modules stand side by side from there on; 0 for a
 *   light one
 */
guint      mw_share_qr_measure_run (MwShareQr *self,
                                    guint      column,
                                    guint      row);

/**
 * mw_share_qr_to_svg:
 *
 * Returns: (transfer full): a picture that stays sharp in every size; its title
 *   is the text
 */
GBytes    *mw_share_qr_to_svg   (MwShareQr  *self);

/**
 * mw_share_qr_to_png:
 *
 * Returns: (transfer full): a picture of at least 600 pixels on a side
 */
GBytes    *mw_share_qr_to_png   (MwShareQr  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MwShareQr, mw_share_qr_unref)

G_END_DECLS
