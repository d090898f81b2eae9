/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "setup/mw-plist.h"

#include <string.h>

#include "core/mw-secret.h"
#include "discovery/mw-autoconfig-text.h"

#define MAX_DEPTH 16
#define MAX_VALUES 10000

typedef enum {
  KIND_DICT,
  KIND_ARRAY,
  KIND_STRING,
  KIND_INTEGER,
  KIND_REAL,
  KIND_TRUE,
  KIND_FALSE,
  KIND_DATA,
  KIND_DATE,
  KIND_KEY,    /* no value, but an element */
} Kind;

struct _MwPlist
{
  Kind       kind;
  char      *key;     /* in a dictionary */
  GPtrArray *values;  /* of a dictionary or an array */
  GString   *text;    /* of the others */
};

typedef struct {
  MwPlist   *root;
  GPtrArray *open;    /* element MwPlist, borrowed: the values that are not complete */
  char      *key;     /* of the value to come */
  gboolean   begun;   /* <plist> was seen */
  guint      n_values;
} Parse;

static const char * const names[] = {
  [KIND_DICT] = "dict",
  [KIND_ARRAY] = "array",
  [KIND_STRING] = "string",
  [KIND_INTEGER] = "integer",
  [KIND_REAL] = "real",
  [KIND_TRUE] = "true",
  [KIND_FALSE] = "false",
  [KIND_DATA] = "data",
  [KIND_DATE] = "date",
  [KIND_KEY] = "key",
};

static gboolean
is_container (MwPlist *self)
{
  return self->values != NULL;
}

static MwPlist *
new_value (Kind kind)
{
  MwPlist *self = g_new0 (MwPlist, 1);

  self->kind = kind;
  if (kind == KIND_DICT || kind == KIND_ARRAY)
    self->values = g_ptr_array_new_with_free_func ((GDestroyNotify) mw_plist_free);
  else
    self->text = g_string_new (NULL);
  return self;
}

static gboolean
fail (GError     **error,
      const char  *reason)
{
  g_set_error_literal (error, G_MARKUP_ERROR, G_MARKUP_ERROR_INVALID_CONTENT, reason);
  return FALSE;
}

static MwPlist *
get_innermost (Parse *parse)
{
  return parse->open->len > 0 ? g_ptr_array_index (parse->open, parse->open->len - 1) : NULL;
}

static gboolean
find_kind (const char *name,
           Kind       *kind)
{
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      if (g_str_equal (names[i], name))
        {
          *kind = i;
          return TRUE;
        }
    }

  return FALSE;
}

/* GLib quotes what it stumbled over, which may be part of a password. */
static void
hide_quotations (GMarkupParseContext  *context,
                 GError              **error)
{
  int line = 0;

  if (g_error_matches (*error, G_MARKUP_ERROR, G_MARKUP_ERROR_INVALID_CONTENT))
    return;

  g_markup_parse_context_get_position (context, &line, NULL);
  g_clear_error (error);
  g_set_error (error, G_MARKUP_ERROR, G_MARKUP_ERROR_PARSE, "No well-formed XML at line %d", line);
}

/* Whether a value of @kind may stand where the parser is. */
static gboolean
check_place (Parse   *parse,
             Kind     kind,
             GError **error)
{
  MwPlist *outer = get_innermost (parse);

  if (outer == NULL)
    return (parse->root == NULL && kind != KIND_KEY) ||
           fail (error, "More than one value in the property list");
  if (!is_container (outer))
    return fail (error, "A value inside a single value");
  if (outer->kind == KIND_DICT && (parse->key == NULL) != (kind == KIND_KEY))
    return fail (error, "Keys and values do not alternate");
  if (outer->kind == KIND_ARRAY && kind == KIND_KEY)
    return fail (error, "A key outside of a dictionary");
  if (parse->open->len == MAX_DEPTH)
    return fail (error, "The property list is nested too deep");
  if (++parse->n_values > MAX_VALUES)
    return fail (error, "Too many values in the property list");

  return TRUE;
}

static void
start_element_cb (GMarkupParseContext  *context,
                  const char           *name,
                  const char          **attribute_names,
                  const char          **attribute_values,
                  gpointer              user_data,
                  GError              **error)
{
  Parse *parse = user_data;
  MwPlist *outer = get_innermost (parse);
  MwPlist *value;
  Kind kind;

  if (!parse->begun)
    {
      parse->begun = g_str_equal (name, "plist");
      if (!parse->begun)
        fail (error, "Another kind of document instead of a property list");
      return;
    }
  if (!find_kind (name, &kind))
    {
      fail (error, "An element that no property list has");
      return;
    }
  if (!check_place (parse, kind, error))
    return;

  value = new_value (kind);
  if (kind != KIND_KEY)
    value->key = g_steal_pointer (&parse->key);
  if (outer == NULL)
    parse->root = value;
  else
    g_ptr_array_add (outer->values, value);
  g_ptr_array_add (parse->open, value);
}

static void
end_element_cb (GMarkupParseContext  *context,
                const char           *name,
                gpointer              user_data,
                GError              **error)
{
  Parse *parse = user_data;
  MwPlist *value = get_innermost (parse);

  /* The end of <plist>. */
  if (value == NULL)
    return;

  if (value->kind == KIND_DICT && parse->key != NULL)
    {
      fail (error, "A key without a value");
      return;
    }

  g_ptr_array_set_size (parse->open, parse->open->len - 1);
  if (value->kind == KIND_KEY)
    {
      MwPlist *outer = get_innermost (parse);

      /* A key was let in only where there is a dictionary. */
      g_assert (outer != NULL);
      parse->key = g_strdup (value->text->str);
      g_ptr_array_set_size (outer->values, outer->values->len - 1);
    }
}

/* A string that grew would leave its beginning behind. */
static void
append_text (GString    *string,
             const char *text,
             gsize       length)
{
  if (string->len + length >= string->allocated_len)
    {
      gsize old = string->allocated_len;
      char *former = string->str;
      char *longer = g_malloc (2 * old + length + 1);

      memcpy (longer, former, string->len + 1);
      mw_secret_wipe_bytes (former, old);
      g_free (former);
      string->str = longer;
      string->allocated_len = 2 * old + length + 1;
    }

  g_string_append_len (string, text, length);
}

static void
text_cb (GMarkupParseContext  *context,
         const char           *text,
         gsize                 length,
         gpointer              user_data,
         GError              **error)
{
  Parse *parse = user_data;
  MwPlist *value = get_innermost (parse);

  if (value != NULL && value->text != NULL)
    append_text (value->text, text, length);
}

gboolean
mw_plist_is_binary (const char *data,
                    gsize       length)
{
  return length >= 6 && memcmp (data, "bplist", 6) == 0;
}

MwPlist *
mw_plist_parse (const char  *data,
                gsize        length,
                GError     **error)
{
  static const GMarkupParser parser = { start_element_cb, end_element_cb, text_cb, NULL, NULL };
  g_autoptr(GMarkupParseContext) context = NULL;
  g_autoptr(GPtrArray) open = g_ptr_array_new ();
  g_autoptr(GError) local_error = NULL;
  Parse parse = { NULL, open, NULL, FALSE, 0 };
  gboolean whole;
  char *text;

  g_return_val_if_fail (data != NULL || length == 0, NULL);

  if (length > MW_PLIST_MAX_SIZE)
    {
      fail (error, "The property list is too long");
      return NULL;
    }
  if (mw_plist_is_binary (data, length))
    {
      fail (error, "A binary property list, which is not read here");
      return NULL;
    }

  text = mw_autoconfig_text_decode (data, length, error);
  if (text == NULL)
    return NULL;

  context = g_markup_parse_context_new (&parser, G_MARKUP_TREAT_CDATA_AS_TEXT, &parse, NULL);
  whole = g_markup_parse_context_parse (context, text, -1, &local_error) &&
          g_markup_parse_context_end_parse (context, &local_error);
  if (whole && parse.root == NULL)
    whole = fail (&local_error, "There is nothing in the property list");

  mw_secret_free_bytes (text);
  g_free (parse.key);
  if (whole)
    return parse.root;

  hide_quotations (context, &local_error);
  g_propagate_error (error, g_steal_pointer (&local_error));
  g_clear_pointer (&parse.root, mw_plist_free);
  return NULL;
}

void
mw_plist_free (MwPlist *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->key);
  g_clear_pointer (&self->values, g_ptr_array_unref);
  if (self->text != NULL)
    {
      mw_secret_wipe_bytes (self->text->str, self->text->allocated_len);
      g_string_free (self->text, TRUE);
    }
  g_free (self);
}

MwPlist *
mw_plist_get (MwPlist    *self,
              const char *key)
{
  g_return_val_if_fail (key != NULL, NULL);

  if (self == NULL || self->kind != KIND_DICT)
    return NULL;

  for (guint i = 0; i < self->values->len; i++)
    {
      MwPlist *value = g_ptr_array_index (self->values, i);

      if (g_strcmp0 (value->key, key) == 0)
        return value;
    }

  return NULL;
}

guint
mw_plist_get_length (MwPlist *self)
{
  return self != NULL && self->kind == KIND_ARRAY ? self->values->len : 0;
}

MwPlist *
mw_plist_get_item (MwPlist *self,
                   guint    index)
{
  g_return_val_if_fail (index < mw_plist_get_length (self), NULL);

  return g_ptr_array_index (self->values, index);
}

const char *
mw_plist_get_string (MwPlist    *self,
                     const char *key)
{
  MwPlist *value = mw_plist_get (self, key);

  return value != NULL && value->kind == KIND_STRING ? value->text->str : NULL;
}

gboolean
mw_plist_get_integer (MwPlist    *self,
                      const char *key,
                      gint64     *value)
{
  MwPlist *found = mw_plist_get (self, key);
  g_autofree char *text = NULL;

  if (found == NULL || found->kind != KIND_INTEGER)
    return FALSE;

  text = g_strstrip (g_strdup (found->text->str));
  return g_ascii_string_to_signed (text, 10, G_MININT64, G_MAXINT64, value, NULL);
}

gboolean
mw_plist_get_boolean (MwPlist    *self,
                      const char *key)
{
  MwPlist *value = mw_plist_get (self, key);

  return value != NULL && value->kind == KIND_TRUE;
}
