/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * MwAuthorityKind:
 * @MW_AUTHORITY_KIND_PUBLIC: one of those Mozilla ships, or nothing says that
 *   it is another
 * @MW_AUTHORITY_KIND_LOCAL: this system trusts it, and Mozilla does not ship it
 * @MW_AUTHORITY_KIND_FOREIGN: this system does not trust it (any more)
 *
 * Whose authority it is.
 */
typedef enum {
  MW_AUTHORITY_KIND_PUBLIC,
  MW_AUTHORITY_KIND_LOCAL,
  MW_AUTHORITY_KIND_FOREIGN,
} MwAuthorityKind;

/**
 * mw_system_authority_find:
 * @root: the root folder of the system, normally ""
 * @sha256: SHA-256 of an authority's certificate, in hex
 * @der: (out) (nullable): its certificate, if it is a local one
 *
 * Says whether a mail program with Mozilla's list of authorities knows one,
 * from the files of this system alone:
 *
 * - What stands in the list that the system itself takes from Mozilla (the
 *   folder or p11-kit file that Debian, Fedora, openSUSE or Arch keep it in)
 *   is public.
 * - What does not, but is in the bundle that the system's programs trust, is
 *   local; without a copy of Mozilla's list only what stands where an
 *   administrator puts authorities.
 * - What is not in that bundle is foreign: given with `--ca-file`, or gone.
 *
 * Reads some files; blocks.
 *
 * Returns: whose it is
 */
MwAuthorityKind mw_system_authority_find       (const char  *root,
                                                const char  *sha256,
                                                GBytes     **der);

/**
 * mw_system_authority_nss_shares:
 * @root: the root folder of the system, normally ""
 *
 * Returns: whether NSS takes the system's authorities for Mozilla's list, as
 *   it does where p11-kit stands in for it (Fedora, Arch)
 */
gboolean        mw_system_authority_nss_shares (const char  *root);

G_END_DECLS
