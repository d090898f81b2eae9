/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * MwCliColour:
 * @MW_CLI_COLOUR_PLAIN: back to normal
 * @MW_CLI_COLOUR_GOOD: for what works
 * @MW_CLI_COLOUR_BAD: for what does not
 * @MW_CLI_COLOUR_STRONG: for headings
 *
 * Colours of the text output; names only, never the only way to tell.
 */
typedef enum {
  MW_CLI_COLOUR_PLAIN,
  MW_CLI_COLOUR_GOOD,
  MW_CLI_COLOUR_BAD,
  MW_CLI_COLOUR_STRONG,
} MwCliColour;

/**
 * mw_cli_terminal_init:
 *
 * Makes g_print() and g_printerr() write quotation marks and the like as
 * plain ASCII where the locale knows nothing else. Call it after setlocale().
 */
void        mw_cli_terminal_init     (void);

/**
 * mw_cli_terminal_clean:
 * @text: (nullable): text from outside
 *
 * Makes control characters, characters that change the direction of writing
 * and invisible ones visible, so that text from outside cannot pretend to be
 * the program's own.
 *
 * Returns: (transfer full): text that can be shown
 */
char       *mw_cli_terminal_clean    (const char  *text);

/**
 * mw_cli_terminal_colour:
 * @colour: a colour
 *
 * Returns: (transfer none): what switches it on, nothing when the output is
 *   not a terminal
 */
const char *mw_cli_terminal_colour   (MwCliColour  colour);

/**
 * mw_cli_terminal_complain:
 * @format: message without line end
 *
 * Writes "mailwright-cli: …" to the standard error output.
 */
void        mw_cli_terminal_complain (const char  *format,
                                      ...) G_GNUC_PRINTF (1, 2);

G_END_DECLS
