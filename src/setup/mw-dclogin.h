/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "core/mw-address.h"
#include "core/mw-candidate.h"
#include "core/mw-secret.h"

G_BEGIN_DECLS

/**
 * MwDclogin:
 * @address: whose account it is
 * @candidates: (element-type MwCandidate): its servers, of grade L; none where
 *   they are to be found from the address
 * @incoming_password: (nullable): what signs in to the incoming server
 * @outgoing_password: (nullable): what signs in to the outgoing server
 *
 * What a `dclogin:` link of Delta Chat says.
 */
typedef struct {
  MwAddress *address;
  GPtrArray *candidates;
  MwSecret  *incoming_password;
  MwSecret  *outgoing_password;
} MwDclogin;

/**
 * mw_dclogin_has_scheme:
 *
 * Returns: whether @text begins with `dclogin:`
 */
gboolean   mw_dclogin_has_scheme (const char  *text);

/**
 * mw_dclogin_parse:
 * @text: a link from outside, not NUL-terminated
 * @length: its size in bytes
 * @error: return location for a %MW_LINK_ERROR; nothing of the link is in its
 *   message
 *
 * Reads a link of version 1. One that wants clear text, or any certificate to
 * be taken, is refused as a whole. Where it does not say how a server is
 * protected, there is a candidate for each way.
 *
 * Returns: (transfer full) (nullable): what it says
 */
MwDclogin *mw_dclogin_parse      (const char  *text,
                                  gsize        length,
                                  GError     **error);
void       mw_dclogin_free       (MwDclogin   *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MwDclogin, mw_dclogin_free)

G_END_DECLS
