/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "export/mw-json-spans.h"

#include <string.h>

#define MAX_DEPTH 64

typedef struct {
  const char *text;
  gsize       at;
  gsize       end;
  guint       depth;
} Scanner;

static char
peek (const Scanner *self)
{
  return self->at < self->end ? self->text[self->at] : '\0';
}

static gboolean
take (Scanner *self,
      char     wanted)
{
  if (peek (self) != wanted || self->at >= self->end)
    return FALSE;
  self->at++;
  return TRUE;
}

static void
skip_blanks (Scanner *self)
{
  while (self->at < self->end && strchr (" \t\r\n", self->text[self->at]) != NULL &&
         self->text[self->at] != '\0')
    self->at++;
}

static gboolean
skip_escape (Scanner *self)
{
  char kind = peek (self);

  self->at++;
  if (kind != 'u')
    return kind != '\0' && strchr ("\"\\/bfnrt", kind) != NULL;
  for (guint i = 0; i < 4; i++)
    if (self->at >= self->end || !g_ascii_isxdigit (self->text[self->at++]))
      return FALSE;
  return TRUE;
}

static gboolean
skip_string (Scanner *self)
{
  if (!take (self, '"'))
    return FALSE;
  while (self->at < self->end)
    {
      guchar byte = (guchar) self->text[self->at++];

      if (byte == '"')
        return TRUE;
      if (byte < 0x20 || (byte == '\\' && !skip_escape (self)))
        return FALSE;
    }

  return FALSE;
}

static gboolean
skip_digits (Scanner *self)
{
  gsize before = self->at;

  while (g_ascii_isdigit (peek (self)))
    self->at++;
  return self->at > before;
}

static gboolean
skip_number (Scanner *self)
{
  take (self, '-');
  if (!take (self, '0') && !skip_digits (self))
    return FALSE;
  if (take (self, '.') && !skip_digits (self))
    return FALSE;
  if (take (self, 'e') || take (self, 'E'))
    {
      if (!take (self, '+'))
        take (self, '-');
      return skip_digits (self);
    }

  return TRUE;
}

static gboolean
skip_word (Scanner *self)
{
  static const char *const words[] = { "true", "false", "null" };

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    {
      gsize length = strlen (words[i]);

      if (self->end - self->at >= length &&
          memcmp (self->text + self->at, words[i], length) == 0)
        {
          self->at += length;
          return TRUE;
        }
    }

  return FALSE;
}

static gboolean skip_group (Scanner *self,
                            GArray  *spans);

static gboolean
skip_value (Scanner *self)
{
  char first = peek (self);

  if (first == '{' || first == '[')
    return skip_group (self, NULL);
  if (first == '"')
    return skip_string (self);
  return skip_word (self) || skip_number (self);
}

static gboolean
skip_member (Scanner  *self,
             gboolean  has_name,
             GArray   *spans)
{
  MwJsonSpan span = { 0 };

  skip_blanks (self);
  if (has_name)
    {
      span.name = self->at + 1;
      if (!skip_string (self))
        return FALSE;
      span.name_size = self->at - 1 - span.name;
      skip_blanks (self);
      if (!take (self, ':'))
        return FALSE;
      skip_blanks (self);
    }

  span.start = self->at;
  if (!skip_value (self))
    return FALSE;
  span.end = self->at;
  if (spans != NULL)
    g_array_append_val (spans, span);
  skip_blanks (self);
  return TRUE;
}

/* An object or an array; what is in it goes to @spans. */
static gboolean
skip_group (Scanner *self,
            GArray  *spans)
{
  gboolean is_object = peek (self) == '{';
  char last = is_object ? '}' : ']';

  if (self->depth++ == MAX_DEPTH || !take (self, is_object ? '{' : '['))
    return FALSE;
  skip_blanks (self);
  if (!take (self, last))
    {
      do
        {
          if (!skip_member (self, is_object, spans))
            return FALSE;
        }
      while (take (self, ','));
      if (!take (self, last))
        return FALSE;
    }

  self->depth--;
  return TRUE;
}

GArray *
mw_json_spans_read (const char *text,
                    gsize       start,
                    gsize       end)
{
  g_autoptr(GArray) spans = g_array_new (FALSE, FALSE, sizeof (MwJsonSpan));
  Scanner scanner = { .text = text, .at = start, .end = end };

  g_return_val_if_fail (text != NULL, NULL);
  g_return_val_if_fail (start <= end, NULL);

  skip_blanks (&scanner);
  if (!skip_group (&scanner, spans))
    return NULL;
  skip_blanks (&scanner);
  return scanner.at == end ? g_steal_pointer (&spans) : NULL;
}

const MwJsonSpan *
mw_json_spans_find (const char *text,
                    GArray     *spans,
                    const char *name)
{
  gsize size = strlen (name);

  g_return_val_if_fail (text != NULL, NULL);
  g_return_val_if_fail (spans != NULL, NULL);

  for (guint i = spans->len; i > 0; i--)
    {
      const MwJsonSpan *span = &g_array_index (spans, MwJsonSpan, i - 1);

      if (span->name_size == size && memcmp (text + span->name, name, size) == 0)
        return span;
    }

  return NULL;
}
