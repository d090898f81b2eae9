/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "app/mw-foreign-text.h"

/* Unicode Standard Annex #9: what stands between an isolate and its end cannot
 * reorder anything outside. */
#define FIRST_STRONG_ISOLATE "\u2068"
#define LEFT_TO_RIGHT_ISOLATE "\u2066"
#define END_OF_ISOLATE "\u2069"

/* A DNS name has at most 253 characters. */
#define HOST_MAX 255

static gboolean
can_be_shown (gunichar c)
{
  GUnicodeType type = g_unichar_type (c);

  return type != G_UNICODE_CONTROL
         && type != G_UNICODE_FORMAT
         && type != G_UNICODE_SURROGATE
         && type != G_UNICODE_PRIVATE_USE
         && type != G_UNICODE_UNASSIGNED;
}

static char *
isolate (const char *opening,
         const char *text,
         guint       max_chars)
{
  g_autofree char *valid = NULL;
  g_autoptr(GString) string = NULL;
  gboolean space = FALSE;
  guint n_chars = 0;

  if (text == NULL)
    return g_strdup ("");

  valid = g_utf8_make_valid (text, -1);
  string = g_string_new (opening);

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_isspace (c))
        {
          space = n_chars > 0;
          continue;
        }
      if (!can_be_shown (c))
        continue;

      if (n_chars + (space ? 1 : 0) >= max_chars)
        {
          g_string_append (string, "…");
          break;
        }
      if (space)
        {
          g_string_append_c (string, ' ');
          space = FALSE;
          n_chars++;
        }
      g_string_append_unichar (string, c);
      n_chars++;
    }

  if (n_chars == 0)
    return g_strdup ("");

  g_string_append (string, END_OF_ISOLATE);

  return g_string_free (g_steal_pointer (&string), FALSE);
}

char *
mw_foreign_text_new (const char *text,
                     guint       max_chars)
{
  return isolate (FIRST_STRONG_ISOLATE, text, max_chars);
}

char *
mw_foreign_text_new_host (const char *host)
{
  return isolate (LEFT_TO_RIGHT_ISOLATE, host, HOST_MAX);
}
