/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "export/mw-prefs-lexer.h"

#include <string.h>

static int
peek (MwPrefsLexer *self,
      gsize         ahead)
{
  return self->at + ahead < self->size ? (guchar) self->data[self->at + ahead] : -1;
}

/* Returns FALSE when a block comment does not end. */
static gboolean
skip_blanks (MwPrefsLexer *self)
{
  for (;;)
    {
      int c = peek (self, 0);

      if (c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\v' || c == '\f')
        {
          self->at++;
        }
      else if (c == '#' || (c == '/' && peek (self, 1) == '/'))
        {
          while (c != -1 && c != '\n' && c != '\r')
            {
              self->at++;
              c = peek (self, 0);
            }
        }
      else if (c == '/' && peek (self, 1) == '*')
        {
          const char *end = g_strstr_len (self->data + self->at + 2,
                                          self->size - self->at - 2, "*/");

          if (end == NULL)
            return FALSE;
          self->at = end + 2 - self->data;
        }
      else
        {
          return TRUE;
        }
    }
}

/* The @n digits of \xHH and \uHHHH, or -1. */
static int
read_hex (MwPrefsLexer *self,
          guint         n)
{
  int value = 0;

  for (guint i = 0; i < n; i++)
    {
      int c = peek (self, i);

      if (c == -1 || !g_ascii_isxdigit (c))
        return -1;
      value = value << 4 | g_ascii_xdigit_value (c);
    }
  self->at += n;
  return value;
}

static gboolean
read_unicode (MwPrefsLexer *self,
              guint         digits)
{
  int value = read_hex (self, digits);
  int low;

  if (value <= 0)
    return FALSE;
  if (value >= 0xdc00 && value <= 0xdfff)
    return FALSE;
  if (value >= 0xd800 && value <= 0xdbff)
    {
      if (peek (self, 0) != '\\' || peek (self, 1) != 'u')
        return FALSE;
      self->at += 2;
      low = read_hex (self, 4);
      if (low < 0xdc00 || low > 0xdfff)
        return FALSE;
      value = 0x10000 + ((value - 0xd800) << 10) + (low - 0xdc00);
    }
  g_string_append_unichar (self->text, value);
  return TRUE;
}

/* After the backslash. Any other escape makes Thunderbird drop the entry. */
static gboolean
read_escape (MwPrefsLexer *self)
{
  int c = peek (self, 0);

  self->at++;
  switch (c)
    {
    case '"':
    case '\'':
    case '\\':
      g_string_append_c (self->text, c);
      return TRUE;
    case 'n':
      g_string_append_c (self->text, '\n');
      return TRUE;
    case 'r':
      g_string_append_c (self->text, '\r');
      return TRUE;
    case 'x':
      return read_unicode (self, 2);
    case 'u':
      return read_unicode (self, 4);
    default:
      return FALSE;
    }
}

static MwPrefsToken
read_string (MwPrefsLexer *self)
{
  int quote = peek (self, 0);
  gboolean good = TRUE;

  for (self->at++; peek (self, 0) != -1;)
    {
      int c = peek (self, 0);

      self->at++;
      if (c == quote)
        return good ? MW_PREFS_TOKEN_STRING : MW_PREFS_TOKEN_BAD;
      if (c == '\\')
        good = read_escape (self) && good;
      else
        g_string_append_c (self->text, c);
    }

  return MW_PREFS_TOKEN_UNFINISHED;
}

static MwPrefsToken
read_run (MwPrefsLexer *self)
{
  gboolean number = peek (self, 0) == '-' || peek (self, 0) == '+' ||
                    g_ascii_isdigit (peek (self, 0));
  gint64 value;

  do
    {
      g_string_append_c (self->text, peek (self, 0));
      self->at++;
    }
  while (peek (self, 0) != -1 &&
         (g_ascii_isalnum (peek (self, 0)) || peek (self, 0) == '_'));

  if (!number)
    return MW_PREFS_TOKEN_WORD;
  /* GLib's reader takes no plus sign. */
  if (self->text->str[0] == '+')
    g_string_erase (self->text, 0, 1);
  return g_ascii_string_to_signed (self->text->str, 10, G_MININT32, G_MAXINT32, &value, NULL)
           ? MW_PREFS_TOKEN_NUMBER : MW_PREFS_TOKEN_BAD;
}

static MwPrefsToken
read_token (MwPrefsLexer *self)
{
  int c = peek (self, 0);

  if (c == -1)
    return MW_PREFS_TOKEN_END;
  if (c == '"' || c == '\'')
    return read_string (self);
  if (g_ascii_isalnum (c) || c == '_' || c == '-' || c == '+')
    return read_run (self);

  g_string_append_c (self->text, c);
  self->at++;
  return strchr ("(),;", c) != NULL && c != '\0' ? MW_PREFS_TOKEN_PUNCTUATION
                                                 : MW_PREFS_TOKEN_BAD;
}

MwPrefsToken
mw_prefs_lexer_next (MwPrefsLexer *self)
{
  g_string_truncate (self->text, 0);
  if (!skip_blanks (self))
    {
      self->token = MW_PREFS_TOKEN_UNFINISHED;
      return self->token;
    }
  self->start = self->at;
  self->token = read_token (self);
  return self->token;
}

gboolean
mw_prefs_lexer_next_is (MwPrefsLexer *self,
                        MwPrefsToken  token,
                        const char   *text)
{
  return mw_prefs_lexer_next (self) == token && strcmp (self->text->str, text) == 0;
}
