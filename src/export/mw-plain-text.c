/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "export/mw-plain-text.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* More is no signature. */
#define MAX_SIZE (64 * 1024)

char *
mw_plain_text_clean (const char *text)
{
  g_autoptr(GString) clean = g_string_new (NULL);

  if (text == NULL || strlen (text) > MAX_SIZE || !g_utf8_validate (text, -1, NULL))
    return NULL;

  for (; *text != '\0'; text++)
    {
      if (*text == '\r')
        {
          if (text[1] != '\n')
            g_string_append_c (clean, '\n');
        }
      else if ((guchar) *text >= ' ' || *text == '\n' || *text == '\t')
        g_string_append_c (clean, *text);
    }

  while (clean->len > 0 && g_ascii_isspace (clean->str[clean->len - 1]))
    g_string_truncate (clean, clean->len - 1);

  return clean->len > 0 ? g_strdup (clean->str) : NULL;
}

/* Appends what "&NAME;" stands for. Returns how long it is, 0 when it is none. */
static gsize
append_entity (GString    *text,
               const char *html)
{
  static const struct {
    const char *name;
    gunichar    character;
  } names[] = {
    { "amp", '&' }, { "lt", '<' }, { "gt", '>' }, { "quot", '"' }, { "apos", '\'' },
    { "nbsp", ' ' }, { "ndash", 0x2013 }, { "mdash", 0x2014 }, { "copy", 0xa9 },
  };
  const char *end = memchr (html, ';', strnlen (html, 12));
  g_autofree char *name = end != NULL ? g_strndup (html + 1, end - html - 1) : NULL;
  gunichar character = 0;

  if (name == NULL)
    return 0;
  if (name[0] == '#')
    {
      gboolean hex = name[1] == 'x' || name[1] == 'X';

      character = g_ascii_strtoull (name + (hex ? 2 : 1), NULL, hex ? 16 : 10);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (strcmp (name, names[i].name) == 0)
      character = names[i].character;

  if (character < ' ' || !g_unichar_validate (character))
    return 0;
  g_string_append_unichar (text, character == 0xa0 ? ' ' : character);
  return end - html + 1;
}

static void
end_line (GString *text)
{
  while (text->len > 0 && text->str[text->len - 1] == ' ')
    g_string_truncate (text, text->len - 1);
  if (text->len > 0)
    g_string_append_c (text, '\n');
}

/* What stands between < and >. Returns the end of the element when its content
 * is none of the words. */
static const char *
append_tag (GString    *text,
            const char *tag,
            const char *end)
{
  static const char * const breaks[] = {
    "br", "/p", "/div", "/li", "/tr", "/h1", "/h2", "/h3", "/pre", "/blockquote", NULL
  };
  static const char * const hidden[] = { "style", "script", "head", "title", NULL };
  gsize length = strspn (tag, "/abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ123");
  g_autofree char *name = g_strndup (tag, MIN (length, (gsize) (end - tag)));
  g_autofree char *lower = g_ascii_strdown (name, -1);
  const char *rest = end + 1;

  if (lower[0] != '/' && g_str_has_suffix (lower, "/"))
    lower[strlen (lower) - 1] = '\0';
  if (g_strv_contains (breaks, lower))
    {
      /* Of lines within lines only one ends. */
      if (lower[0] != '/' || (text->len > 0 && text->str[text->len - 1] != '\n'))
        end_line (text);
    }
  else if (g_strv_contains (hidden, lower))
    {
      g_autofree char *close = g_strdup_printf ("</%s", lower);
      g_autofree char *folded = g_ascii_strdown (rest, -1);
      const char *found = strstr (folded, close);

      rest += found != NULL ? (gsize) (found - folded) : strlen (rest);
    }
  return rest;
}

char *
mw_plain_text_from_html (const char *html)
{
  g_autoptr(GString) text = g_string_new (NULL);

  if (html == NULL || strlen (html) > MAX_SIZE || !g_utf8_validate (html, -1, NULL))
    return NULL;

  while (*html != '\0')
    {
      const char *end = *html == '<' ? strchr (html, '>') : NULL;
      gsize length = *html == '&' ? append_entity (text, html) : 0;

      if (g_str_has_prefix (html, "<!--"))
        {
          end = strstr (html, "-->");
          html = end != NULL ? end + 3 : html + strlen (html);
        }
      else if (end != NULL)
        html = append_tag (text, html + 1, end);
      else if (length > 0)
        html += length;
      else if (g_ascii_isspace (*html))
        {
          if (text->len > 0 && !g_ascii_isspace (text->str[text->len - 1]))
            g_string_append_c (text, ' ');
          html++;
        }
      else
        g_string_append_c (text, *html++);
    }

  return mw_plain_text_clean (text->str);
}

char *
mw_plain_text_read_file (const char *path)
{
  g_autofree char *text = g_malloc (MAX_SIZE + 1);
  struct stat info;
  gsize size = 0;
  gssize n = -1;
  int fd;

  g_return_val_if_fail (path != NULL, NULL);

  fd = open (path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
  if (fd < 0)
    return NULL;

  if (fstat (fd, &info) == 0 && S_ISREG (info.st_mode) && info.st_uid == geteuid ())
    while (size <= MAX_SIZE && (n = read (fd, text + size, MAX_SIZE + 1 - size)) > 0)
      size += n;
  close (fd);
  if (n != 0 || size > MAX_SIZE || memchr (text, 0, size) != NULL ||
      !g_utf8_validate (text, size, NULL))
    return NULL;

  return g_strndup (text, size);
}
