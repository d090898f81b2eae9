/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * MwThunderbirdLogins:
 *
 * A `logins.json` that can be changed. User names and passwords in it are
 * encrypted; what is not understood is kept.
 */
typedef struct _MwThunderbirdLogins MwThunderbirdLogins;

/**
 * mw_thunderbird_logins_parse:
 * @data: (nullable): the file, or %NULL for one that is not there yet
 * @size: its size
 * @error: return location for %MW_EXPORT_ERROR_DAMAGED
 *
 * Returns: (transfer full) (nullable): the log-ins
 */
MwThunderbirdLogins *mw_thunderbird_logins_parse        (const char           *data,
                                                         gsize                 size,
                                                         GError              **error);
void                 mw_thunderbird_logins_free         (MwThunderbirdLogins  *self);

/**
 * mw_thunderbird_logins_to_data:
 *
 * Returns: (transfer full): the file
 */
char                *mw_thunderbird_logins_to_data      (MwThunderbirdLogins  *self,
                                                         gsize                *size);

/**
 * mw_thunderbird_logins_find:
 * @origin: the server, as `imap://HOST`, `mailbox://HOST` or `smtp://HOST`
 *
 * Returns: (transfer full) (element-type JsonObject): the records of that
 *   server
 */
GPtrArray           *mw_thunderbird_logins_find         (MwThunderbirdLogins  *self,
                                                         const char           *origin);
const char          *mw_thunderbird_logins_get_user     (JsonObject           *record);
const char          *mw_thunderbird_logins_get_password (JsonObject           *record);

/**
 * mw_thunderbird_logins_add:
 * @now: Unix time in milliseconds
 *
 * Adds a record with what the helper encrypted.
 */
void                 mw_thunderbird_logins_add          (MwThunderbirdLogins  *self,
                                                         const char           *origin,
                                                         const char           *encrypted_user,
                                                         const char           *encrypted_password,
                                                         gint64                now);

/**
 * mw_thunderbird_logins_update:
 * @now: Unix time in milliseconds
 *
 * Gives a record a new password.
 */
void                 mw_thunderbird_logins_update       (MwThunderbirdLogins  *self,
                                                         JsonObject           *record,
                                                         const char           *encrypted_user,
                                                         const char           *encrypted_password,
                                                         gint64                now);

/**
 * mw_thunderbird_logins_remove:
 *
 * Takes a record out.
 */
void                 mw_thunderbird_logins_remove       (MwThunderbirdLogins  *self,
                                                         JsonObject           *record);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MwThunderbirdLogins, mw_thunderbird_logins_free)

G_END_DECLS
