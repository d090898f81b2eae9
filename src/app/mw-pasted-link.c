/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "app/mw-pasted-link.h"

#include <string.h>

#include "core/mw-secret.h"

/* Mail programs break lines that are longer than some 70 characters; behind a
 * shorter one begins something else. */
#define SHORTEST_BROKEN_LINE 50

/* What stands around a link, in pairs. */
static const struct {
  const char *before;
  const char *behind;
} wrappings[] = {
  { "<", ">" },
  { "\"", "\"" },
  { "“", "”" },
  { "„", "”" },
  { "„", "“" },
  { "«", "»" },
};

static gboolean
has_scheme (const char *text)
{
  static const char * const schemes[] = { "mailto-setup:", "dclogin:" };

  for (gsize i = 0; i < G_N_ELEMENTS (schemes); i++)
    {
      if (g_ascii_strncasecmp (text, schemes[i], strlen (schemes[i])) == 0)
        return TRUE;
    }

  return FALSE;
}

/* In place: nothing of it is copied to memory that is not wiped. */
static void
unwrap (char *text)
{
  g_strstrip (text);
  for (gsize i = 0; i < G_N_ELEMENTS (wrappings); i++)
    {
      gsize before = strlen (wrappings[i].before);

      if (!g_str_has_prefix (text, wrappings[i].before) ||
          !g_str_has_suffix (text + before, wrappings[i].behind))
        continue;

      memmove (text, text + before, strlen (text + before) + 1);
      text[strlen (text) - strlen (wrappings[i].behind)] = '\0';
      g_strstrip (text);
      return;
    }
}

static void
join_lines (char *text)
{
  char *line = text;
  char *end;

  while ((end = strpbrk (line, "\r\n")) != NULL && end - line >= SHORTEST_BROKEN_LINE)
    {
      gsize blanks = strspn (end, "\r\n\t ");

      memmove (end, end + blanks, strlen (end + blanks) + 1);
      line = end;
    }
}

char *
mw_pasted_link_find (const char *text,
                     gssize      length)
{
  char *link;

  g_return_val_if_fail (text != NULL, NULL);

  link = length < 0 ? g_strdup (text) : g_strndup (text, length);
  unwrap (link);
  if (!has_scheme (link))
    {
      mw_secret_free_bytes (link);
      return NULL;
    }

  join_lines (link);
  return link;
}
