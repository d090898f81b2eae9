/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "setup/mw-setup.h"

G_BEGIN_DECLS

/**
 * mw_cli_advice_print:
 * @setup: a set-up after a run
 *
 * Prints what came out, what to do about it on the command line, and the likely
 * causes. Where the person may accept a certificate, the option that does it
 * for this very one is among them, and nowhere else.
 */
void mw_cli_advice_print (MwSetup *setup);

G_END_DECLS
