/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "core/mw-address.h"
#include "core/mw-profile.h"
#include "setup/mw-setup-link.h"
#include "setup/mw-share.h"

G_BEGIN_DECLS

/**
 * MwShareAudience:
 * @MW_SHARE_AUDIENCE_DOMAIN: everybody with an address of one domain
 * @MW_SHARE_AUDIENCE_PERSON: the person of one address
 * @MW_SHARE_AUDIENCE_PROVIDER: all customers of a provider, whatever their
 *   domain
 *
 * Whom settings are for. Only those for one person tell who that is.
 */
typedef enum {
  MW_SHARE_AUDIENCE_DOMAIN,
  MW_SHARE_AUDIENCE_PERSON,
  MW_SHARE_AUDIENCE_PROVIDER,
} MwShareAudience;

/**
 * mw_share_link_new:
 * @profile: an account
 * @audience: whom the link is for
 * @provider_name: (nullable): what the provider is called in it
 * @error: return location for a %MW_SHARE_ERROR
 *
 * Makes a `mailto-setup:` link of an account: its servers, then those that
 * work, too, up to four for each direction. Neither passwords nor pins are part
 * of it, and the names and a user name that is not made of the address only
 * with %MW_SHARE_AUDIENCE_PERSON.
 *
 * Returns: (transfer full) (nullable): the link, which can be written
 */
MwSetupLink *mw_share_link_new      (MwProfile        *profile,
                                     MwShareAudience   audience,
                                     const char       *provider_name,
                                     GError          **error);

/**
 * mw_share_link_is_fit:
 * @endpoint: a server
 * @error: (nullable): return location for a %MW_SHARE_ERROR
 *
 * A link names servers that everybody can find, and protected ones only.
 *
 * Returns: whether @endpoint can be in a link
 */
gboolean     mw_share_link_is_fit   (MwEndpoint       *endpoint,
                                     GError          **error);

/**
 * mw_share_link_render:
 * @link: a link, written
 * @format: as text on a line, or one of the QR codes
 *
 * Returns: (transfer full): what the file has to hold
 */
GBytes      *mw_share_link_render   (const char       *link,
                                     MwShareFormat     format);

G_END_DECLS
