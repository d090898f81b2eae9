/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * MwExportAuthority:
 * @name: how people know it; text from outside
 * @sha256: SHA-256 of its certificate, in hex
 * @offered: whether the mail program can be made to trust it, if the person
 *   says yes: it is one that this system trusts
 *
 * A certification authority that the account's servers need and the mail
 * program does not know.
 */
typedef struct {
  char     *name;
  char     *sha256;
  gboolean  offered;
} MwExportAuthority;

/**
 * mw_export_authority_new:
 * @name: (nullable): a distinguished name (RFC 4514), of which people see the
 *   most telling part
 * @sha256: SHA-256 of the certificate, in hex
 * @offered: whether it can be made a trusted one
 *
 * Returns: (transfer full): an authority
 */
MwExportAuthority *mw_export_authority_new  (const char        *name,
                                             const char        *sha256,
                                             gboolean           offered);
void               mw_export_authority_free (MwExportAuthority *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MwExportAuthority, mw_export_authority_free)

G_END_DECLS
