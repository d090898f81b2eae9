/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <glib.h>
#include <pk11pub.h>

G_BEGIN_DECLS

/* The authorities that a profile trusts besides those that come with the
 * program: cert9.db. */

/**
 * mw_nss_authority_look:
 * @sha256: SHA-256 of a certificate, in lower-case hex
 *
 * Returns: (transfer none): one of MW_NSS_AUTHORITY_ABSENT, …_KNOWN, …_TRUSTED
 */
const char *mw_nss_authority_look   (PK11SlotInfo *slot,
                                     const char   *sha256);

/**
 * mw_nss_authority_trust:
 * @sha256: SHA-256 of the certificate, in lower-case hex
 * @certificate: base64 of the certificate, which must be of an authority
 *
 * Makes it a trusted one, for servers only.
 *
 * Returns: whether it is now
 */
gboolean    mw_nss_authority_trust  (PK11SlotInfo *slot,
                                     const char   *sha256,
                                     const char   *certificate);

/**
 * mw_nss_authority_forget:
 * @sha256: SHA-256 of a certificate, in lower-case hex
 *
 * Returns: whether there is no such certificate (any more)
 */
gboolean    mw_nss_authority_forget (PK11SlotInfo *slot,
                                     const char   *sha256);

G_END_DECLS
