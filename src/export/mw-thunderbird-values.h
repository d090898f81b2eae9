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
 * mw_thunderbird_values_get_present_root:
 * @key: of an incoming server
 *
 * Returns: (transfer full) (nullable): the same of a server that is there
 */
char       *mw_thunderbird_values_get_present_root (MwThunderbirdSettings *settings,
                                                    const char            *key);

/**
 * mw_thunderbird_values_read_socket_type:
 * @value: of socketType or try_ssl
 *
 * Returns: what it means
 */
MwSecurity  mw_thunderbird_values_read_socket_type (int                   value);

/**
 * mw_thunderbird_values_read_auth_method:
 * @value: of authMethod
 * @out_method: (out): what it means, %MW_AUTH_UNKNOWN to find out
 *
 * Returns: whether it is one that Mailwright knows
 */
gboolean    mw_thunderbird_values_read_auth_method (int                    value,
                                                    MwAuthMethod          *out_method);

/**
 * mw_thunderbird_values_put_server:
 * @key: of the incoming server
 * @is_new: whether it is being made
 * @ours: whether Mailwright made it; else only what the log-in needs is set
 *
 * Writes the incoming side, but for what the next two write.
 */
void        mw_thunderbird_values_put_server      (MwThunderbirdSettings *settings,
                                                   const char            *key,
                                                   MwProfile             *profile,
                                                   gboolean               is_new,
                                                   gboolean               ours);

/**
 * mw_thunderbird_values_put_notifications:
 * @key: of the incoming server
 *
 * Writes whether Thunderbird looks for mail by itself.
 */
void        mw_thunderbird_values_put_notifications (MwThunderbirdSettings *settings,
                                                     const char            *key,
                                                     MwProfile             *profile);

/**
 * mw_thunderbird_values_put_keeping:
 * @key: of the incoming server, POP3
 *
 * Writes how long messages stay on the server.
 */
void        mw_thunderbird_values_put_keeping     (MwThunderbirdSettings *settings,
                                                   const char            *key,
                                                   MwProfile             *profile);

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
 * mw_thunderbird_values_smtp_is_same:
 * @key: of an outgoing server with that host and user name
 *
 * Returns: whether it has the port, the security and the way to log in, too
 */
gboolean    mw_thunderbird_values_smtp_is_same    (MwThunderbirdSettings *settings,
                                                   const char            *key,
                                                   MwService             *service);

/**
 * mw_thunderbird_values_put_identity:
 * @key: of the identity
 * @smtp: (nullable): key of the outgoing server
 * @is_new: whether it is being made
 * @ours: whether Mailwright made it; else only the outgoing server is set
 *
 * Writes name and address.
 */
void        mw_thunderbird_values_put_identity    (MwThunderbirdSettings *settings,
                                                   const char            *key,
                                                   MwProfile             *profile,
                                                   const char            *smtp,
                                                   gboolean               is_new,
                                                   gboolean               ours);

/**
 * mw_thunderbird_values_put_signature:
 * @key: of the identity
 * @text: (nullable): the signature, plain text; %NULL takes it out
 *
 * Writes the signature, for new messages, replies and forwarded ones.
 */
void        mw_thunderbird_values_put_signature   (MwThunderbirdSettings *settings,
                                                   const char            *key,
                                                   const char            *text);

G_END_DECLS
