/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "core/mw-profile.h"
#include "export/mw-thunderbird-settings.h"

G_BEGIN_DECLS

/* An account in Thunderbird's words. */

/**
 * mw_thunderbird_values_get_server_type:
 * @service: the incoming side
 *
 * Returns: (transfer none): `imap` or `pop3`
 */
const char *mw_thunderbird_values_get_server_type (MwService             *service);

/**
 * mw_thunderbird_values_get_origin:
 * @service: one side of an account
 *
 * Returns: (transfer full): how `logins.json` names its server
 */
char       *mw_thunderbird_values_get_origin      (MwService             *service);

/**
 * mw_thunderbird_values_get_root:
 * @service: the incoming side
 *
 * Returns: (transfer full): the URI that those of all its folders begin with,
 *   without a slash at its end
 */
char       *mw_thunderbird_values_get_root        (MwService             *service);

/**
 * mw_thunderbird_values_put_server:
 * @key: of the incoming server
 * @is_new: whether it is being made
 * @ours: whether Mailwright made it; else only what the log-in needs is set
 *
 * Writes the incoming side.
 */
void        mw_thunderbird_values_put_server      (MwThunderbirdSettings *settings,
                                                   const char            *key,
                                                   MwProfile             *profile,
                                                   gboolean               is_new,
                                                   gboolean               ours);

/**
 * mw_thunderbird_values_put_smtp:
 * @key: of the outgoing server
 * @is_new: whether it is being made
 *
 * Writes the outgoing side.
 */
void        mw_thunderbird_values_put_smtp        (MwThunderbirdSettings *settings,
                                                   const char            *key,
                                                   MwProfile             *profile,
                                                   gboolean               is_new);

/**
 * mw_thunderbird_values_put_identity:
 * @key: of the identity
 * @smtp: (nullable): key of the outgoing server
 * @is_new: whether it is being made
 * @ours: whether Mailwright made it; else only the outgoing server is set
 *
 * Writes name, address and signature.
 */
void        mw_thunderbird_values_put_identity    (MwThunderbirdSettings *settings,
                                                   const char            *key,
                                                   MwProfile             *profile,
                                                   const char            *smtp,
                                                   gboolean               is_new,
                                                   gboolean               ours);

G_END_DECLS
