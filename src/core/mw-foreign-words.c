/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "core/mw-foreign-words.h"

#define FIRST_STRONG_ISOLATE "\u2068"
#define END_OF_ISOLATE "\u2069"

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

char *
mw_foreign_words_clean (const char *text,
                        guint       max_chars)
{
  g_autofree char *valid = NULL;
  g_autoptr(GString) words = NULL;
  gboolean space = FALSE;
  guint n_chars = 0;

  valid = g_utf8_make_valid (text != NULL ? text : "", -1);
  words = g_string_new (NULL);

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
          g_string_append (words, "…");
          break;
        }
      if (space)
        {
          g_string_append_c (words, ' ');
          space = FALSE;
          n_chars++;
        }
      g_string_append_unichar (words, c);
      n_chars++;
    }

  return g_string_free (g_steal_pointer (&words), FALSE);
}

char *
mw_foreign_words_isolate (const char *words)
{
  g_return_val_if_fail (words != NULL, NULL);

  return g_strconcat (FIRST_STRONG_ISOLATE, words, END_OF_ISOLATE, NULL);
}
