/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "export/mw-thunderbird-overrides.h"

#include <string.h>

/* A line is HOST:PORT:ATTRIBUTES, the algorithm's OID, the fingerprint and an
 * empty field, with tabs between. Older Thunderbirds wrote HOST:PORT, and two
 * more fields at the end; new ones read those, too. Attributes belong to the
 * private windows of a browser, so ours has none. */

#define HEADER "# PSM Certificate Override Settings file\n" \
               "# This is a generated file!  Do not edit.\n"
#define SHA256_OID "OID.2.16.840.1.101.3.4.2.1"

struct _MwThunderbirdOverrides
{
  GPtrArray *lines; /* element-type GString: with their ends */
};

static void
string_free (gpointer data)
{
  g_string_free (data, TRUE);
}

static char *
format_fingerprint (const char *sha256)
{
  GString *text = g_string_new (NULL);

  for (gsize i = 0; sha256[i] != '\0'; i++)
    {
      if (i > 0 && i % 2 == 0)
        g_string_append_c (text, ':');
      g_string_append_c (text, g_ascii_toupper (sha256[i]));
    }

  return g_string_free (text, FALSE);
}

static gboolean
is_about (GString    *line,
          const char *server)
{
  gsize length = strlen (server);
  const char *rest;

  if (line->len <= length || g_ascii_strncasecmp (line->str, server, length) != 0)
    return FALSE;

  rest = line->str + length;
  return g_str_has_prefix (rest, "\t") || g_str_has_prefix (rest, ":\t");
}

static gboolean
accepts (GString    *line,
         const char *sha256)
{
  g_autofree char *fingerprint = format_fingerprint (sha256);
  g_auto(GStrv) fields = g_strsplit (line->str, "\t", 4);

  return g_strv_length (fields) == 4 && strcmp (fields[1], SHA256_OID) == 0 &&
         g_ascii_strcasecmp (fields[2], fingerprint) == 0;
}

MwThunderbirdOverrides *
mw_thunderbird_overrides_parse (const char *data,
                                gsize       size)
{
  MwThunderbirdOverrides *self = g_new0 (MwThunderbirdOverrides, 1);
  gsize start = 0;

  self->lines = g_ptr_array_new_with_free_func (string_free);
  while (start < size)
    {
      const char *newline = memchr (data + start, '\n', size - start);
      gsize end = newline != NULL ? (gsize) (newline - data) + 1 : size;

      g_ptr_array_add (self->lines, g_string_new_len (data + start, (gssize) (end - start)));
      start = end;
    }

  return self;
}

void
mw_thunderbird_overrides_free (MwThunderbirdOverrides *self)
{
  g_return_if_fail (self != NULL);

  g_ptr_array_unref (self->lines);
  g_free (self);
}

static void
append_line (MwThunderbirdOverrides *self,
             GString                *line)
{
  GString *last;

  if (self->lines->len == 0)
    {
      g_ptr_array_add (self->lines, g_string_new (HEADER));
    }
  else
    {
      last = self->lines->pdata[self->lines->len - 1];
      if (last->str[last->len - 1] != '\n')
        g_string_append_c (last, '\n');
    }
  g_ptr_array_add (self->lines, line);
}

gboolean
mw_thunderbird_overrides_put (MwThunderbirdOverrides *self,
                              const char             *server,
                              const char             *sha256)
{
  g_autofree char *fingerprint = NULL;
  GString *line;
  gboolean found = FALSE;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (server != NULL && strpbrk (server, "\t\n") == NULL, FALSE);
  g_return_val_if_fail (sha256 != NULL, FALSE);

  /* There can be one line only; of several Thunderbird takes the last. */
  for (guint i = self->lines->len; i > 0; i--)
    {
      if (!is_about (self->lines->pdata[i - 1], server))
        continue;
      if (!found && accepts (self->lines->pdata[i - 1], sha256))
        return FALSE;
      found = TRUE;
      g_ptr_array_remove_index (self->lines, i - 1);
    }

  fingerprint = format_fingerprint (sha256);
  line = g_string_new (NULL);
  g_string_printf (line, "%s:\t" SHA256_OID "\t%s\t\n", server, fingerprint);
  append_line (self, line);
  return TRUE;
}

gboolean
mw_thunderbird_overrides_remove (MwThunderbirdOverrides *self,
                                 const char             *server,
                                 const char             *sha256)
{
  gboolean found = FALSE;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (server != NULL, FALSE);
  g_return_val_if_fail (sha256 != NULL, FALSE);

  for (guint i = self->lines->len; i > 0; i--)
    {
      if (!is_about (self->lines->pdata[i - 1], server) ||
          !accepts (self->lines->pdata[i - 1], sha256))
        continue;
      found = TRUE;
      g_ptr_array_remove_index (self->lines, i - 1);
    }

  return found;
}

char *
mw_thunderbird_overrides_to_data (MwThunderbirdOverrides *self,
                                  gsize                  *size)
{
  GString *text = g_string_new (NULL);

  g_return_val_if_fail (self != NULL, NULL);

  for (guint i = 0; i < self->lines->len; i++)
    {
      GString *line = self->lines->pdata[i];

      g_string_append_len (text, line->str, (gssize) line->len);
    }

  *size = text->len;
  return g_string_free (text, FALSE);
}
