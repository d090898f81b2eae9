/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "export/mw-thunderbird-prefs.h"

#include <string.h>

#include "core/mw-error.h"
#include "export/mw-prefs-lexer.h"

/* The file is kept as a row of pieces: the text of a statement with the name
 * and value it sets, or any other text. Written out, the untouched pieces
 * are what was read. */
typedef struct {
  char *text;  /* NULL: removed */
  gsize size;
  char *name;  /* NULL: not a setting */
  char *value; /* as we would write it */
  char *string; /* what that means, if it is a string */
} Piece;

struct _MwThunderbirdPrefs
{
  GPtrArray  *pieces;  /* element Piece */
  GHashTable *by_name; /* name → Piece; the last one counts, as in Thunderbird */
};

static void
piece_free (gpointer data)
{
  Piece *piece = data;

  g_free (piece->text);
  g_free (piece->name);
  g_free (piece->value);
  g_free (piece->string);
  g_free (piece);
}

static void
add_text (MwThunderbirdPrefs *self,
          const char         *text,
          gsize               size)
{
  Piece *piece;

  if (size == 0)
    return;

  piece = g_new0 (Piece, 1);
  piece->text = g_memdup2 (text, size);
  piece->size = size;
  g_ptr_array_add (self->pieces, piece);
}

static void
add_statement (MwThunderbirdPrefs *self,
               const char         *text,
               gsize               size,
               char               *name,
               char               *value,
               char               *string)
{
  Piece *piece = g_new0 (Piece, 1);

  piece->text = g_memdup2 (text, size);
  piece->size = size;
  piece->name = name;
  piece->value = value;
  piece->string = string;
  g_ptr_array_add (self->pieces, piece);
  g_hash_table_insert (self->by_name, name, piece);
}

static char *
quote (const char *value)
{
  GString *text = g_string_new ("\"");

  for (; *value != '\0'; value++)
    switch (*value)
      {
      case '"':
        g_string_append (text, "\\\"");
        break;
      case '\\':
        g_string_append (text, "\\\\");
        break;
      case '\n':
        g_string_append (text, "\\n");
        break;
      case '\r':
        g_string_append (text, "\\r");
        break;
      default:
        g_string_append_c (text, *value);
      }
  g_string_append_c (text, '"');
  return g_string_free (text, FALSE);
}

/* user_pref ( "name" , value ) ; */
static gboolean
read_statement (MwPrefsLexer  *lexer,
                char         **name,
                char         **value,
                char         **string)
{
  g_autofree char *pref = NULL;
  g_autofree char *canonical = NULL;
  g_autofree char *content = NULL;

  if (!mw_prefs_lexer_next_is (lexer, MW_PREFS_TOKEN_PUNCTUATION, "(") ||
      mw_prefs_lexer_next (lexer) != MW_PREFS_TOKEN_STRING)
    return FALSE;
  pref = g_utf8_make_valid (lexer->text->str, -1);
  if (!mw_prefs_lexer_next_is (lexer, MW_PREFS_TOKEN_PUNCTUATION, ","))
    return FALSE;

  switch (mw_prefs_lexer_next (lexer))
    {
    case MW_PREFS_TOKEN_STRING:
      /* Thunderbird takes any bytes. */
      content = g_utf8_make_valid (lexer->text->str, -1);
      canonical = quote (lexer->text->str);
      break;
    case MW_PREFS_TOKEN_NUMBER:
      canonical = g_strdup (lexer->text->str);
      break;
    case MW_PREFS_TOKEN_WORD:
      if (strcmp (lexer->text->str, "true") != 0 && strcmp (lexer->text->str, "false") != 0)
        return FALSE;
      canonical = g_strdup (lexer->text->str);
      break;
    case MW_PREFS_TOKEN_PUNCTUATION:
    case MW_PREFS_TOKEN_BAD:
    case MW_PREFS_TOKEN_UNFINISHED:
    case MW_PREFS_TOKEN_END:
    default:
      return FALSE;
    }

  if (!mw_prefs_lexer_next_is (lexer, MW_PREFS_TOKEN_PUNCTUATION, ")") ||
      !mw_prefs_lexer_next_is (lexer, MW_PREFS_TOKEN_PUNCTUATION, ";"))
    return FALSE;
  *name = g_steal_pointer (&pref);
  *value = g_steal_pointer (&canonical);
  *string = g_steal_pointer (&content);
  return TRUE;
}

/* What Thunderbird does: on to the next semicolon. */
static void
skip_statement (MwPrefsLexer *lexer)
{
  while (lexer->token != MW_PREFS_TOKEN_END && lexer->token != MW_PREFS_TOKEN_UNFINISHED &&
         !(lexer->token == MW_PREFS_TOKEN_PUNCTUATION && lexer->text->str[0] == ';'))
    mw_prefs_lexer_next (lexer);
}

MwThunderbirdPrefs *
mw_thunderbird_prefs_parse_some (const char *data,
                                 gsize       size,
                                 gboolean   *out_damaged)
{
  MwThunderbirdPrefs *self = g_new0 (MwThunderbirdPrefs, 1);
  g_autoptr(GString) text = g_string_new (NULL);
  MwPrefsLexer lexer = { data, size, 0, 0, MW_PREFS_TOKEN_END, text };
  gsize done = 0;
  gboolean any_text = FALSE;
  gboolean cut_off = FALSE;

  g_return_val_if_fail (data != NULL || size == 0, NULL);
  g_return_val_if_fail (out_damaged != NULL, NULL);

  self->pieces = g_ptr_array_new_with_free_func (piece_free);
  self->by_name = g_hash_table_new (g_str_hash, g_str_equal);

  while (mw_prefs_lexer_next (&lexer) != MW_PREFS_TOKEN_END &&
         lexer.token != MW_PREFS_TOKEN_UNFINISHED)
    {
      gsize start = lexer.start;
      char *name, *value, *string;

      any_text = TRUE;
      if (lexer.token == MW_PREFS_TOKEN_WORD && strcmp (text->str, "user_pref") == 0 &&
          read_statement (&lexer, &name, &value, &string))
        {
          add_text (self, data + done, start - done);
          add_statement (self, data + start, lexer.at - start, name, value, string);
          done = lexer.at;
          continue;
        }
      skip_statement (&lexer);
      if (lexer.token == MW_PREFS_TOKEN_UNFINISHED)
        break;

      /* What is added behind it would be read as a part of it. */
      cut_off = lexer.token == MW_PREFS_TOKEN_END;
    }

  *out_damaged = lexer.token == MW_PREFS_TOKEN_UNFINISHED || cut_off ||
                 (size > 0 && memchr (data, 0, size) != NULL) ||
                 (any_text && g_hash_table_size (self->by_name) == 0);
  add_text (self, data + done, size - done);
  return self;
}

MwThunderbirdPrefs *
mw_thunderbird_prefs_parse (const char  *data,
                            gsize        size,
                            GError     **error)
{
  g_autoptr(MwThunderbirdPrefs) self = NULL;
  gboolean damaged = FALSE;

  g_return_val_if_fail (data != NULL || size == 0, NULL);

  self = mw_thunderbird_prefs_parse_some (data, size, &damaged);
  if (damaged)
    {
      g_set_error_literal (error, MW_EXPORT_ERROR, MW_EXPORT_ERROR_DAMAGED,
                           "prefs.js is damaged");
      return NULL;
    }

  return g_steal_pointer (&self);
}

void
mw_thunderbird_prefs_free (MwThunderbirdPrefs *self)
{
  g_return_if_fail (self != NULL);

  g_hash_table_unref (self->by_name);
  g_ptr_array_unref (self->pieces);
  g_free (self);
}

char *
mw_thunderbird_prefs_to_data (MwThunderbirdPrefs *self,
                              gsize              *size)
{
  GString *data = g_string_new (NULL);

  g_return_val_if_fail (self != NULL, NULL);

  for (guint i = 0; i < self->pieces->len; i++)
    {
      Piece *piece = self->pieces->pdata[i];

      if (piece->text != NULL)
        g_string_append_len (data, piece->text, piece->size);
    }
  *size = data->len;
  return g_string_free (data, FALSE);
}

const char *
mw_thunderbird_prefs_get_string (MwThunderbirdPrefs *self,
                                 const char         *name)
{
  Piece *piece;

  g_return_val_if_fail (self != NULL, NULL);

  piece = g_hash_table_lookup (self->by_name, name);
  return piece != NULL ? piece->string : NULL;
}

int
mw_thunderbird_prefs_get_int (MwThunderbirdPrefs *self,
                              const char         *name,
                              int                 fallback)
{
  Piece *piece;
  gint64 number;

  g_return_val_if_fail (self != NULL, fallback);

  piece = g_hash_table_lookup (self->by_name, name);
  if (piece == NULL ||
      !g_ascii_string_to_signed (piece->value, 10, G_MININT, G_MAXINT, &number, NULL))
    return fallback;
  return number;
}

gboolean
mw_thunderbird_prefs_get_bool (MwThunderbirdPrefs *self,
                               const char         *name,
                               gboolean            fallback)
{
  Piece *piece;

  g_return_val_if_fail (self != NULL, fallback);

  piece = g_hash_table_lookup (self->by_name, name);
  if (piece == NULL || piece->string != NULL)
    return fallback;
  if (strcmp (piece->value, "true") == 0)
    return TRUE;
  return strcmp (piece->value, "false") == 0 ? FALSE : fallback;
}

void
mw_thunderbird_prefs_overlay (MwThunderbirdPrefs *self,
                              MwThunderbirdPrefs *other)
{
  GHashTableIter iter;
  gpointer name, data;

  g_return_if_fail (self != NULL);
  g_return_if_fail (other != NULL && other != self);

  g_hash_table_iter_init (&iter, other->by_name);
  while (g_hash_table_iter_next (&iter, &name, &data))
    {
      Piece *piece = data;

      add_statement (self, piece->text, piece->size, g_strdup (name), g_strdup (piece->value),
                     g_strdup (piece->string));
    }
}

gboolean
mw_thunderbird_prefs_has_prefix (MwThunderbirdPrefs *self,
                                 const char         *prefix)
{
  g_autoptr(GPtrArray) names = mw_thunderbird_prefs_list (self, prefix);

  return names->len > 0;
}

GPtrArray *
mw_thunderbird_prefs_list (MwThunderbirdPrefs *self,
                           const char         *prefix)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);

  g_return_val_if_fail (self != NULL, names);

  for (guint i = 0; i < self->pieces->len; i++)
    {
      Piece *piece = self->pieces->pdata[i];

      if (piece->name != NULL && g_str_has_prefix (piece->name, prefix) &&
          g_hash_table_lookup (self->by_name, piece->name) == piece)
        g_ptr_array_add (names, g_strdup (piece->name));
    }

  return names;
}

/* Whether what is left of the first @n pieces ends with a line. */
static gboolean
at_line_start (MwThunderbirdPrefs *self,
               guint               n)
{
  while (n > 0)
    {
      Piece *piece = self->pieces->pdata[--n];

      if (piece->text != NULL)
        return piece->text[piece->size - 1] == '\n';
    }

  return TRUE;
}

/* Takes @value and @string. */
static gboolean
set_value (MwThunderbirdPrefs *self,
           const char         *name,
           char               *value,
           char               *string)
{
  g_autofree char *quoted_name = quote (name);
  g_autofree char *text = g_strdup_printf ("user_pref(%s, %s);", quoted_name, value);
  Piece *piece = g_hash_table_lookup (self->by_name, name);

  if (piece == NULL)
    {
      if (!at_line_start (self, self->pieces->len))
        add_text (self, "\n", 1);
      add_statement (self, text, strlen (text), g_strdup (name), value, string);
      add_text (self, "\n", 1);
      return TRUE;
    }
  if (strcmp (piece->value, value) == 0)
    {
      g_free (value);
      g_free (string);
      return FALSE;
    }

  g_free (piece->text);
  piece->size = strlen (text);
  piece->text = g_steal_pointer (&text);
  g_free (piece->value);
  piece->value = value;
  g_free (piece->string);
  piece->string = string;
  return TRUE;
}

gboolean
mw_thunderbird_prefs_set_string (MwThunderbirdPrefs *self,
                                 const char         *name,
                                 const char         *value)
{
  g_return_val_if_fail (self != NULL && name != NULL && value != NULL, FALSE);

  return set_value (self, name, quote (value), g_strdup (value));
}

gboolean
mw_thunderbird_prefs_set_int (MwThunderbirdPrefs *self,
                              const char         *name,
                              int                 value)
{
  g_return_val_if_fail (self != NULL && name != NULL, FALSE);

  return set_value (self, name, g_strdup_printf ("%d", value), NULL);
}

gboolean
mw_thunderbird_prefs_set_bool (MwThunderbirdPrefs *self,
                               const char         *name,
                               gboolean            value)
{
  g_return_val_if_fail (self != NULL && name != NULL, FALSE);

  return set_value (self, name, g_strdup (value ? "true" : "false"), NULL);
}

static void
cut_line_end (Piece *piece)
{
  gsize end = piece->size > 1 && piece->text[0] == '\r' ? 1 : 0;

  if (piece->text[end] != '\n')
    return;

  piece->size -= end + 1;
  memmove (piece->text, piece->text + end + 1, piece->size);
  if (piece->size == 0)
    g_clear_pointer (&piece->text, g_free);
}

gboolean
mw_thunderbird_prefs_unset (MwThunderbirdPrefs *self,
                            const char         *name)
{
  g_return_val_if_fail (self != NULL && name != NULL, FALSE);

  if (!g_hash_table_remove (self->by_name, name))
    return FALSE;

  for (guint i = 0; i < self->pieces->len; i++)
    {
      Piece *piece = self->pieces->pdata[i];
      Piece *next;

      if (g_strcmp0 (piece->name, name) != 0)
        continue;
      g_clear_pointer (&piece->text, g_free);
      g_clear_pointer (&piece->name, g_free);
      if (i + 1 == self->pieces->len)
        break;
      /* A line goes with its only statement. */
      next = self->pieces->pdata[i + 1];
      if (next->name == NULL && next->text != NULL && at_line_start (self, i))
        cut_line_end (next);
    }

  return TRUE;
}
