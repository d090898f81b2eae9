/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * MwThunderbirdOverrides:
 *
 * The certificates that Thunderbird accepts although they cannot be trusted
 * (cert_override.txt): each for one host and port. What is not changed stays
 * as it was, byte for byte.
 */
typedef struct _MwThunderbirdOverrides MwThunderbirdOverrides;

/**
 * mw_thunderbird_overrides_parse:
 * @data: what the file holds; may be empty
 *
 * Lines that cannot be understood are kept, too.
 *
 * Returns: (transfer full): the lines
 */
MwThunderbirdOverrides *mw_thunderbird_overrides_parse   (const char             *data,
                                                          gsize                   size);
void                    mw_thunderbird_overrides_free    (MwThunderbirdOverrides *self);

/**
 * mw_thunderbird_overrides_put:
 * @server: "HOST:PORT", an IPv6 address in brackets
 * @sha256: the certificate's SHA-256 in hex
 *
 * Accepts this certificate there, and no other any more.
 *
 * Returns: whether that is new
 */
gboolean                mw_thunderbird_overrides_put     (MwThunderbirdOverrides *self,
                                                          const char             *server,
                                                          const char             *sha256);

/**
 * mw_thunderbird_overrides_remove:
 * @server: "HOST:PORT"
 * @sha256: the certificate's SHA-256 in hex
 *
 * Takes back what mw_thunderbird_overrides_put() did. A line for another
 * certificate stays: somebody else wrote it.
 *
 * Returns: whether there was such a line
 */
gboolean                mw_thunderbird_overrides_remove  (MwThunderbirdOverrides *self,
                                                          const char             *server,
                                                          const char             *sha256);

/**
 * mw_thunderbird_overrides_to_data:
 *
 * Returns: (transfer full): what the file has to hold
 */
char                   *mw_thunderbird_overrides_to_data (MwThunderbirdOverrides *self,
                                                          gsize                  *size);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MwThunderbirdOverrides, mw_thunderbird_overrides_free)

G_END_DECLS
