/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "core/mw-endpoint.h"

G_BEGIN_DECLS

/**
 * mw_thunderbird_sign_in_is_known:
 * @endpoint: a server of an account that signs in through the browser
 *
 * Thunderbird has a list of the providers whose sign-in page it opens
 * (`OAuth2Providers`); at any other server such an account cannot log in.
 *
 * Returns: whether the server is in that list
 */
gboolean mw_thunderbird_sign_in_is_known (MwEndpoint *endpoint);

G_END_DECLS
