/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "core/mw-provider.h"

G_BEGIN_DECLS

/**
 * mw_advice_name_provider:
 * @provider: a provider
 *
 * Returns: (transfer full): its name, fit to stand in a sentence: in quotation
 *   marks where it is only its own word
 */
char *mw_advice_name_provider (MwProvider   *provider);

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
 * mw_advice_describe_keeper:
 * @provider: who keeps the mail of a domain
 * @domain: the domain as it is shown
 * @sure: whether that is known, not only likely
 *
 * Returns: (transfer full): who keeps the mail, where the name of the domain
 *   does not say it
 */
char *mw_advice_describe_keeper (MwProvider *provider,
                                 const char *domain,
                                 gboolean    sure);

/**
 * mw_advice_describe_page:
 * @provider: a provider
 *
 * Returns: (transfer full): label of the button that opens its page
 */
char *mw_advice_describe_page (MwProvider   *provider);

/**
 * mw_advice_quote_hint:
 * @hint: what there is to know
 *
 * Returns: (transfer full) (nullable): what the provider itself says about it,
 *   in quotation marks, and in another line the page that may only be shown
 */
char *mw_advice_quote_hint    (const MwHint *hint);

G_END_DECLS
