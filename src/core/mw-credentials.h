/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "core/mw-endpoint.h"
#include "core/mw-secret.h"

G_BEGIN_DECLS

#define MW_TYPE_CREDENTIALS (mw_credentials_get_type ())

/**
 * MwCredentials:
 *
 * A user name and a password, bound to the one endpoint they may be sent to.
 * Immutable.
 */
typedef struct _MwCredentials MwCredentials;

GType          mw_credentials_get_type      (void) G_GNUC_CONST;

/**
 * mw_credentials_new:
 * @endpoint: the only place these may go
 * @user_name: log-in name, UTF-8 without CR, LF and NUL
 * @secret: the password
 *
 * Returns: (transfer full): new credentials
 */
MwCredentials *mw_credentials_new           (MwEndpoint    *endpoint,
                                             const char    *user_name,
                                             MwSecret      *secret);
MwCredentials *mw_credentials_ref           (MwCredentials *self);
void           mw_credentials_unref         (MwCredentials *self);
MwEndpoint    *mw_credentials_get_endpoint  (MwCredentials *self);
const char    *mw_credentials_get_user_name (MwCredentials *self);
MwSecret      *mw_credentials_get_secret    (MwCredentials *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MwCredentials, mw_credentials_unref)

G_END_DECLS
