/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "setup/mw-advice.h"

G_BEGIN_DECLS

/**
 * mw_cli_advice_print:
 * @advice: what to tell
 * @works: whether it is good news
 *
 * Prints title and sentence, what to do about it here, and the likely causes.
 */
void        mw_cli_advice_print        (MwAdvice       *advice,
                                        gboolean        works);

/**
 * mw_cli_advice_get_repair:
 * @action: a repair
 *
 * Returns: (nullable): how it is done on the command line; %NULL where there is
 *   nothing to do
 */
const char *mw_cli_advice_get_repair   (MwAdviceAction  action);

G_END_DECLS
