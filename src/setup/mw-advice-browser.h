/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "core/mw-export-target.h"
#include "core/mw-provider.h"

G_BEGIN_DECLS

/* Signing in through the browser, in words. A set of programs is
 * 1 << MW_MAIL_CLIENT_… of each. */

/**
 * mw_advice_name_sign_in_programs:
 * @programs: mail programs, at least one
 *
 * Returns: (transfer none): their names, as in "Thunderbird or Evolution"
 */
const char *mw_advice_name_sign_in_programs    (guint       programs);

/**
 * mw_advice_describe_sign_in_page:
 * @provider: who keeps the mail
 * @programs: the mail programs to choose from, at least one
 *
 * Returns: (transfer full): what will happen when one of them starts
 */
char       *mw_advice_describe_sign_in_page    (MwProvider *provider,
                                                guint       programs);

/**
 * mw_advice_describe_missing_program:
 * @provider: who keeps the mail, and takes no password
 * @programs: the mail programs that could sign in, none of which is there
 *
 * Returns: (transfer full): what to install, or that it would not help
 */
char       *mw_advice_describe_missing_program (MwProvider *provider,
                                                guint       programs);

G_END_DECLS
