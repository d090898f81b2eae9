/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * mw_http_redirect_get_address:
 * @uri: what is asked for
 *
 * Returns: (transfer full) (nullable): the e-mail address that the query of
 *   @uri tells the server, if it does
 */
char *mw_http_redirect_get_address (GUri        *uri);

/**
 * mw_http_redirect_read:
 * @from: who sent the redirect
 * @location: (nullable): where to, as it was sent
 * @address: (nullable): the e-mail address that the first server was told
 *
 * Reads where a redirect leads. Servers outside the domain of @address do not
 * get to know it, even if one inside passes it on: the query that has it is
 * left out, because most servers can do without.
 *
 * Returns: (transfer full) (nullable): the address to go on at, %NULL when
 *   there is none
 */
GUri *mw_http_redirect_read        (GUri        *from,
                                    const char  *location,
                                    const char  *address);

G_END_DECLS
