/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "setup/mw-share.h"

G_BEGIN_DECLS

/**
 * mw_share_text_new:
 * @profile: an account with an incoming server
 * @flags: what goes into it
 *
 * The settings of an account as the table that help desks send, in the
 * language of the interface, for people who type them into another program.
 * It never has a password.
 *
 * Returns: (transfer full): the table
 */
char     *mw_share_text_new            (MwProfile    *profile,
                                        MwShareFlags  flags);

/**
 * mw_share_text_reveals_person:
 * @profile: an account
 * @text: what is about to be given to somebody else
 *
 * The name of a server, or the domain, may be that of the person.
 *
 * Returns: whether a part of their address or name stands in @text
 */
gboolean  mw_share_text_reveals_person (MwProfile    *profile,
                                        const char   *text);

G_END_DECLS
