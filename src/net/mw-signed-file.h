/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "net/mw-tls-credentials.h"

G_BEGIN_DECLS

/**
 * MW_SIGNED_FILE_MAX_SIZE:
 *
 * The longest file that is opened, in bytes.
 */
#define MW_SIGNED_FILE_MAX_SIZE (1024 * 1024)

/**
 * mw_signed_file_is_one:
 * @data: a file
 * @length: its size in bytes
 *
 * Returns: whether it begins like data with a signature around it (CMS,
 *   RFC 5652 §5), in DER or PEM
 */
gboolean mw_signed_file_is_one (const char        *data,
                                gsize              length);

/**
 * mw_signed_file_open:
 * @data: a file
 * @length: its size in bytes
 * @credentials: (nullable): trust anchors, after
 *   mw_tls_credentials_prepare_async()
 * @out_signer: (out) (optional) (nullable): who signed it, foreign text; only
 *   when the signature is right and its chain ends at a trust anchor
 * @error: return location for %G_IO_ERROR_INVALID_DATA
 *
 * Takes the signature off. That somebody signed a file says nothing of what it
 * is good for: it is no more trusted than without.
 *
 * Returns: (transfer full) (nullable): what was signed; wiped when the last
 *   reference goes
 */
GBytes  *mw_signed_file_open   (const char        *data,
                                gsize              length,
                                MwTlsCredentials  *credentials,
                                char             **out_signer,
                                GError           **error);

G_END_DECLS
