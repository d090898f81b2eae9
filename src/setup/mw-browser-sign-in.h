/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "core/mw-export-target.h"
#include "core/mw-profile.h"
#include "core/mw-provider.h"
#include "setup/mw-setup.h"

G_BEGIN_DECLS

/* Where a provider lets people in through its own page, the mail program shows
 * that page, and it does so only for servers it has a list of. A set of
 * programs is 1 << MW_MAIL_CLIENT_… of each. */

/**
 * mw_browser_sign_in_find_programs:
 * @incoming: a server
 * @outgoing: (nullable): the other one; %NULL when nothing is sent
 *
 * Returns: the mail programs that can sign in at both
 */
guint    mw_browser_sign_in_find_programs     (MwEndpoint *incoming,
                                               MwEndpoint *outgoing);

/**
 * mw_browser_sign_in_find_for_provider:
 * @provider: who keeps the mail
 *
 * Returns: the mail programs that can sign in there; none where the provider
 *   is not known to let anybody in through the browser
 */
guint    mw_browser_sign_in_find_for_provider (MwProvider *provider);

/**
 * mw_browser_sign_in_find_for_setup:
 * @setup: a set-up with an address
 *
 * Asks the servers a run came upon, or those of the provider before one.
 *
 * Returns: the mail programs that can sign in at servers of both kinds
 */
guint    mw_browser_sign_in_find_for_setup    (MwSetup    *setup);

/**
 * mw_browser_sign_in_find_installed:
 * @targets: (element-type MwExportTarget): what was found on this computer
 *
 * Returns: the mail programs that are there and can take an account
 */
guint    mw_browser_sign_in_find_installed    (GPtrArray  *targets);

/**
 * mw_browser_sign_in_is_used:
 * @profile: an account
 *
 * Returns: whether its mail program signs in through the browser, so that it
 *   has no password
 */
gboolean mw_browser_sign_in_is_used           (MwProfile  *profile);

/**
 * mw_browser_sign_in_can_target:
 * @profile: an account
 * @client: a mail program
 *
 * Returns: whether @client can sign in to it, with a password or without
 */
gboolean mw_browser_sign_in_can_target        (MwProfile    *profile,
                                               MwMailClient  client);

G_END_DECLS
