/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "core/mw-profile.h"
#include "export/mw-thunderbird-settings.h"

G_BEGIN_DECLS

/* Which folders Thunderbird uses. It takes the ones that a server names
 * itself, but only where the person is subscribed to them; otherwise it makes
 * Sent and Trash beside them. */

/**
 * mw_thunderbird_folders_put_identity:
 * @key: of the identity
 * @profile: the account
 * @is_new: whether the identity is being made
 * @remembered: (array fixed-size=5) (inout): what an earlier export wrote, by
 *   %MwFolderUse; what stands there now and is neither that nor Thunderbird's
 *   own choice was chosen by the person, and stays
 *
 * Writes where sent mail, drafts and archived mail go.
 */
void mw_thunderbird_folders_put_identity (MwThunderbirdSettings  *settings,
                                          const char             *key,
                                          MwProfile              *profile,
                                          gboolean                is_new,
                                          char                  **remembered);

/**
 * mw_thunderbird_folders_put_server:
 * @key: of the incoming server
 * @profile: the account
 * @is_new: whether the server is being made
 * @remembered: (array fixed-size=5) (inout): as above
 *
 * Writes where deleted mail and junk go.
 */
void mw_thunderbird_folders_put_server   (MwThunderbirdSettings  *settings,
                                          const char             *key,
                                          MwProfile              *profile,
                                          gboolean                is_new,
                                          char                  **remembered);

/**
 * mw_thunderbird_folders_move:
 * @key: of the incoming server, its new names written already
 * @identities: keys of the account's identities
 * @former_root: what the URIs of its folders began with
 * @remembered: as above
 *
 * Lets the settings that name its folders follow a server that got another
 * name.
 */
void mw_thunderbird_folders_move         (MwThunderbirdSettings  *settings,
                                          const char             *key,
                                          char                  **identities,
                                          const char             *former_root,
                                          char                  **remembered);

G_END_DECLS
