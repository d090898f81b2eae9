/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "discovery/mw-source.h"

G_BEGIN_DECLS

#define MW_TYPE_SOURCE_GUESS (mw_source_guess_get_type ())

/**
 * MwSourceGuess:
 *
 * The names most providers use: imap., pop3., pop., smtp., mail. and the
 * domain itself. Asks nobody; emits `found` before `find_async` returns.
 */
G_DECLARE_FINAL_TYPE (MwSourceGuess, mw_source_guess, MW, SOURCE_GUESS, GObject)

MwSource   *mw_source_guess_new       (void);

/**
 * mw_source_guess_dup_hosts:
 * @domain: the e-mail domain, normalised
 *
 * Returns: (transfer full) (array zero-terminated=1): every host that would be
 *   guessed, the most usual ones first
 */
char      **mw_source_guess_dup_hosts (const char *domain);

G_END_DECLS
