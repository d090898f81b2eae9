/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "core/mw-profile.h"
#include "core/mw-secret.h"

G_BEGIN_DECLS

/**
 * MwShareFormat:
 * @MW_SHARE_FORMAT_AUTOCONFIG: the XML document mail programs look for
 *   (draft-ietf-mailmaint-autoconfig), version 1.1
 * @MW_SHARE_FORMAT_MOBILECONFIG: a configuration profile for Apple's systems
 * @MW_SHARE_FORMAT_LINK: a `mailto-setup:` link, on a line
 * @MW_SHARE_FORMAT_QR_SVG: a QR code of the link, as a drawing
 * @MW_SHARE_FORMAT_QR_PNG: a QR code of the link, as a picture
 *
 * A format of files that hold the settings of an account. The nicks are the
 * words of the command line.
 */
typedef enum {
  MW_SHARE_FORMAT_AUTOCONFIG,
  MW_SHARE_FORMAT_MOBILECONFIG,
  MW_SHARE_FORMAT_LINK,
  MW_SHARE_FORMAT_QR_SVG,
  MW_SHARE_FORMAT_QR_PNG,
} MwShareFormat;

/**
 * MwShareFlags:
 * @MW_SHARE_NOTHING_PERSONAL: what can be given to everybody with an address of
 *   the same domain
 * @MW_SHARE_PERSONAL: with the address, the names and the user names
 *
 * What goes into such a file.
 */
typedef enum {
  MW_SHARE_NOTHING_PERSONAL = 0,
  MW_SHARE_PERSONAL = 1 << 0,
} MwShareFlags;

#define MW_TYPE_SHARE_FORMAT (mw_share_format_get_type ())

GType   mw_share_format_get_type (void) G_GNUC_CONST;

/**
 * mw_share_render:
 * @profile: an account
 * @format: what to make
 * @flags: what goes into it
 * @incoming: (nullable): password to put into the file, readable by everybody
 *   who gets it; only with %MW_SHARE_FORMAT_MOBILECONFIG
 * @outgoing: (nullable): the one for sending, where that is another one
 * @error: return location for a %MW_SHARE_ERROR
 *
 * Writes an account down for other programs. Neither pins nor folders, paths
 * or the signature are part of it, and a password only when it is given.
 * The same account always makes the same file.
 *
 * Returns: (transfer full) (nullable): what the file has to hold; wiped when
 *   the last reference goes
 */
GBytes *mw_share_render          (MwProfile      *profile,
                                  MwShareFormat   format,
                                  MwShareFlags    flags,
                                  MwSecret       *incoming,
                                  MwSecret       *outgoing,
                                  GError        **error);

G_END_DECLS
