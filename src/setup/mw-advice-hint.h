/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "core/mw-provider.h"

G_BEGIN_DECLS

/**
 * mw_advice_describe_hint:
 * @hint: what there is to know
 * @provider: of whom
 *
 * Returns: (transfer full): what to do before signing in, in words
 */
char *mw_advice_describe_hint (const MwHint *hint,
                               MwProvider   *provider);

/**
 * mw_advice_describe_page:
 * @provider: a provider
 *
 * Returns: (transfer full): label of the button that opens its page
 */
char *mw_advice_describe_page (MwProvider   *provider);

G_END_DECLS
