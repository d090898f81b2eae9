/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "app/mw-foreign-text.h"

#include "core/mw-domain.h"
#include "core/mw-foreign-words.h"

/* Unicode Standard Annex #9: what stands between an isolate and its end cannot
 * reorder anything outside. */
#define FIRST_STRONG_ISOLATE "\u2068"
#define LEFT_TO_RIGHT_ISOLATE "\u2066"
#define END_OF_ISOLATE "\u2069"

/* A DNS name has at most 253 characters. */
#define HOST_MAX 255

static char *
isolate (const char *opening,
         const char *text,
         guint       max_chars)
{
  g_autofree char *words = mw_foreign_words_clean (text, max_chars);

  return *words != '\0' ? g_strconcat (opening, words, END_OF_ISOLATE, NULL) : g_strdup ("");
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

char *
mw_foreign_text_describe_host (const char *host)
{
  g_autofree char *unicode = mw_domain_to_unicode (host);
  g_autofree char *shown = mw_foreign_text_new_host (unicode);
  g_autofree char *ascii = mw_foreign_text_new_host (host);

  if (g_str_equal (shown, ascii))
    return g_steal_pointer (&shown);

  return g_strdup_printf ("%s (%s)", shown, ascii);
}
