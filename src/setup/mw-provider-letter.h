/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "setup/mw-setup.h"

G_BEGIN_DECLS

/**
 * mw_provider_letter_new_text:
 * @setup: a set-up after a run that failed
 *
 * Writes a letter to the mail provider in the language of the interface: what
 * is wanted, what was tried and what the servers answered. Never a password.
 *
 * Returns: (transfer full): the letter
 */
char *mw_provider_letter_new_text (MwSetup *setup);

G_END_DECLS
