/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "cli/mw-cli-terminal.h"

#include <langinfo.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* Directions, joiners and other characters that are not seen but change how
 * their neighbours look. */
static gboolean
is_hidden (gunichar c)
{
  return g_unichar_iscntrl (c) ||
         c == 0x061c || c == 0xfeff ||
         (c >= 0x200b && c <= 0x200f) ||
         (c >= 0x2028 && c <= 0x202e) ||
         (c >= 0x2060 && c <= 0x206f);
}

static gboolean
has_colours (void)
{
  const char *terminal = g_getenv ("TERM");
  const char *no_colour = g_getenv ("NO_COLOR");

  return isatty (STDOUT_FILENO) &&
         g_strcmp0 (terminal, "dumb") != 0 &&
         (no_colour == NULL || *no_colour == '\0');
}

static void
print_ascii (const char *text)
{
  g_autofree char *ascii = g_str_to_ascii (text, NULL);

  fputs (ascii, stdout);
  fflush (stdout);
}

static void
printerr_ascii (const char *text)
{
  g_autofree char *ascii = g_str_to_ascii (text, NULL);

  fputs (ascii, stderr);
}

void
mw_cli_terminal_init (void)
{
  /* The C locale, which scripts like to set. */
  if (strcmp (nl_langinfo (CODESET), "ANSI_X3.4-1968") != 0)
    return;

  g_set_print_handler (print_ascii);
  g_set_printerr_handler (printerr_ascii);
}

char *
mw_cli_terminal_clean (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text != NULL ? text : "", -1);
  g_autoptr(GString) clean = g_string_new (NULL);

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (is_hidden (c))
        g_string_append_printf (clean, "\\u{%x}", c);
      else
        g_string_append_unichar (clean, c);
    }

  return g_string_free (g_steal_pointer (&clean), FALSE);
}

const char *
mw_cli_terminal_colour (MwCliColour colour)
{
  if (!has_colours ())
    return "";

  switch (colour)
    {
    case MW_CLI_COLOUR_GOOD:
      return "\033[32m";
    case MW_CLI_COLOUR_BAD:
      return "\033[31m";
    case MW_CLI_COLOUR_STRONG:
      return "\033[1m";
    case MW_CLI_COLOUR_PLAIN:
    default:
      return "\033[0m";
    }
}

void
mw_cli_terminal_complain (const char *format,
                          ...)
{
  g_autofree char *message = NULL;
  g_autofree char *clean = NULL;
  va_list arguments;

  va_start (arguments, format);
  message = g_strdup_vprintf (format, arguments);
  va_end (arguments);

  clean = mw_cli_terminal_clean (message);
  g_printerr ("mailwright-cli: %s\n", clean);
}
