/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "export/mw-thunderbird-logins.h"

#include <string.h>

#include "core/mw-error.h"
#include "export/mw-json-spans.h"

/* A number that a double holds, as everything in JavaScript, with room for
 * the next one. */
#define MAX_ID ((G_GINT64_CONSTANT (1) << 53) - 2)

/* The file is read as a tree and changed as a text, so that nothing else in it
 * is written in another way. Record n is the same in both. */
struct _MwThunderbirdLogins
{
  GString    *text;
  JsonNode   *root;
  JsonObject *object; /* borrowed from root */
  JsonArray  *logins; /* borrowed from root */
};

static const char empty_store[] =
  "{\"nextId\":1,\"logins\":[],\"potentiallyVulnerablePasswords\":[],"
  "\"dismissedBreachAlertsByLoginGUID\":{},\"version\":3}";

/* Returns the UTF-16 unit of the escape at @text, 0 for anything else. */
static guint
read_unit (const char *text)
{
  guint unit = 0;

  if (text[0] != '\\' || text[1] != 'u')
    return 0;
  for (guint i = 2; i < 6; i++)
    {
      if (!g_ascii_isxdigit (text[i]))
        return 0;
      unit = unit << 4 | (guint) g_ascii_xdigit_value (text[i]);
    }
  return unit;
}

/* JavaScript has strings that are no Unicode: half of a character, or NUL.
 * They are escaped, and the parser cannot read them; something else of the
 * same length stands for them in the tree. */
static char *
make_readable (const char *data,
               gsize       size)
{
  char *copy = g_strndup (data, size);

  for (char *at = strchr (copy, '\\'); at != NULL && at[1] != '\0'; at = strchr (at, '\\'))
    {
      guint unit = read_unit (at);

      if ((unit & 0xfc00) == 0xd800 && (read_unit (at + 6) & 0xfc00) == 0xdc00)
        at += 12;
      else if ((unit & 0xf800) == 0xd800 || strncmp (at, "\\u0000", 6) == 0)
        at = (char *) memcpy (at, "\\ufffd", 6) + 6;
      else
        at += 2;
    }

  return copy;
}

MwThunderbirdLogins *
mw_thunderbird_logins_parse (const char  *data,
                             gsize        size,
                             GError     **error)
{
  g_autoptr(MwThunderbirdLogins) self = g_new0 (MwThunderbirdLogins, 1);
  g_autoptr(JsonParser) parser = json_parser_new ();
  g_autoptr(GArray) spans = NULL;
  g_autofree char *readable = NULL;
  JsonNode *logins = NULL;

  if (data == NULL)
    {
      data = empty_store;
      size = strlen (empty_store);
    }

  spans = mw_json_spans_read (data, 0, size);
  if (spans != NULL)
    readable = make_readable (data, size);
  if (spans != NULL && json_parser_load_from_data (parser, readable, size, NULL))
    self->root = json_parser_steal_root (parser);
  if (self->root != NULL && JSON_NODE_HOLDS_OBJECT (self->root))
    {
      self->object = json_node_get_object (self->root);
      logins = json_object_get_member (self->object, "logins");
    }
  if (logins == NULL || !JSON_NODE_HOLDS_ARRAY (logins))
    {
      g_set_error_literal (error, MW_EXPORT_ERROR, MW_EXPORT_ERROR_DAMAGED,
                           "logins.json is damaged");
      return NULL;
    }

  self->text = g_string_new_len (data, size);
  self->logins = json_node_get_array (logins);
  return g_steal_pointer (&self);
}

void
mw_thunderbird_logins_free (MwThunderbirdLogins *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->root, json_node_unref);
  if (self->text != NULL)
    g_string_free (self->text, TRUE);
  g_free (self);
}

char *
mw_thunderbird_logins_to_data (MwThunderbirdLogins *self,
                               gsize               *size)
{
  g_return_val_if_fail (self != NULL, NULL);

  *size = self->text->len;
  return g_strndup (self->text->str, self->text->len);
}

static const char *
get_text (JsonObject *record,
          const char *name)
{
  JsonNode *node = json_object_get_member (record, name);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) &&
         json_node_get_value_type (node) == G_TYPE_STRING
           ? json_node_get_string (node) : NULL;
}

static gint64
get_number (JsonObject *object,
            const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  gint64 number = node != NULL && JSON_NODE_HOLDS_VALUE (node) &&
                  json_node_get_value_type (node) == G_TYPE_INT64 ? json_node_get_int (node) : 0;

  return number <= MAX_ID ? number : 0;
}

static JsonObject *
get_record (MwThunderbirdLogins *self,
            guint                i)
{
  JsonNode *node = json_array_get_element (self->logins, i);

  return JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

GPtrArray *
mw_thunderbird_logins_find (MwThunderbirdLogins *self,
                            const char          *origin)
{
  GPtrArray *found = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);

  g_return_val_if_fail (self != NULL, found);
  g_return_val_if_fail (origin != NULL, found);

  /* Deleted records have no host name; web log-ins have another realm. */
  for (guint i = 0; i < json_array_get_length (self->logins); i++)
    {
      JsonObject *record = get_record (self, i);

      if (record != NULL && g_strcmp0 (get_text (record, "hostname"), origin) == 0 &&
          g_strcmp0 (get_text (record, "httpRealm"), origin) == 0 &&
          mw_thunderbird_logins_get_user (record) != NULL &&
          mw_thunderbird_logins_get_password (record) != NULL)
        g_ptr_array_add (found, json_object_ref (record));
    }

  return found;
}

const char *
mw_thunderbird_logins_get_user (JsonObject *record)
{
  return get_text (record, "encryptedUsername");
}

const char *
mw_thunderbird_logins_get_password (JsonObject *record)
{
  return get_text (record, "encryptedPassword");
}

/* Where the records stand in the text. */
static GArray *
get_spans (MwThunderbirdLogins *self)
{
  g_autoptr(GArray) top = mw_json_spans_read (self->text->str, 0, self->text->len);
  const MwJsonSpan *logins = mw_json_spans_find (self->text->str, top, "logins");

  return mw_json_spans_read (self->text->str, logins->start, logins->end);
}

static void
replace (MwThunderbirdLogins *self,
         gsize                start,
         gsize                end,
         const char          *text)
{
  g_string_erase (self->text, start, end - start);
  g_string_insert (self->text, start, text);
}

static char *
to_text (JsonNode *node)
{
  char *text = json_to_string (node, FALSE);

  json_node_unref (node);
  return text;
}

/* Gives the object between @start and @end this member. Takes @value. */
static void
set_member (MwThunderbirdLogins *self,
            gsize                start,
            gsize                end,
            const char          *name,
            JsonNode            *value)
{
  g_autofree char *text = to_text (value);
  g_autoptr(GArray) members = mw_json_spans_read (self->text->str, start, end);
  const MwJsonSpan *member = mw_json_spans_find (self->text->str, members, name);
  g_autofree char *whole = NULL;
  gsize at;

  if (member != NULL)
    {
      replace (self, member->start, member->end, text);
      return;
    }

  at = start + strcspn (self->text->str + start, "{") + 1;
  whole = g_strdup_printf ("\"%s\":%s%s", name, text, members->len > 0 ? "," : "");
  replace (self, at, at, whole);
}

static void
set_record_member (MwThunderbirdLogins *self,
                   guint                i,
                   const char          *name,
                   JsonNode            *value)
{
  g_autoptr(GArray) spans = get_spans (self);
  const MwJsonSpan *span = &g_array_index (spans, MwJsonSpan, i);

  json_object_set_member (get_record (self, i), name, json_node_copy (value));
  set_member (self, span->start, span->end, name, value);
}

static JsonNode *
new_text (const char *text)
{
  return json_node_init_string (json_node_alloc (), text);
}

static JsonNode *
new_number (gint64 number)
{
  return json_node_init_int (json_node_alloc (), number);
}

/* A number no record has; nextId is not believed blindly. */
static gint64
take_id (MwThunderbirdLogins *self)
{
  gint64 id = MAX (get_number (self->object, "nextId"), 1);

  for (guint i = 0; i < json_array_get_length (self->logins); i++)
    {
      JsonObject *record = get_record (self, i);

      if (record != NULL)
        id = MAX (id, get_number (record, "id") + 1);
    }
  json_object_set_int_member (self->object, "nextId", id + 1);
  set_member (self, 0, self->text->len, "nextId", new_number (id + 1));
  return id;
}

/* Takes @record. */
static void
append (MwThunderbirdLogins *self,
        JsonObject          *record)
{
  g_autoptr(GArray) spans = get_spans (self);
  g_autofree char *text = to_text (json_node_init_object (json_node_alloc (), record));
  g_autofree char *whole = g_strconcat (spans->len > 0 ? "," : "", text, NULL);
  g_autoptr(GArray) top = NULL;
  gsize at;

  if (spans->len > 0)
    {
      at = g_array_index (spans, MwJsonSpan, spans->len - 1).end;
    }
  else
    {
      top = mw_json_spans_read (self->text->str, 0, self->text->len);
      at = mw_json_spans_find (self->text->str, top, "logins")->start + 1;
    }
  replace (self, at, at, whole);
  json_array_add_object_element (self->logins, record);
}

void
mw_thunderbird_logins_add (MwThunderbirdLogins *self,
                           const char          *origin,
                           const char          *encrypted_user,
                           const char          *encrypted_password,
                           gint64               now)
{
  g_autofree char *uuid = g_uuid_string_random ();
  g_autofree char *guid = g_strdup_printf ("{%s}", uuid);
  JsonObject *record;

  g_return_if_fail (self != NULL);

  record = json_object_new ();
  json_object_set_int_member (record, "id", take_id (self));
  json_object_set_string_member (record, "hostname", origin);
  json_object_set_string_member (record, "httpRealm", origin);
  json_object_set_null_member (record, "formSubmitURL");
  json_object_set_string_member (record, "usernameField", "");
  json_object_set_string_member (record, "passwordField", "");
  json_object_set_string_member (record, "encryptedUsername", encrypted_user);
  json_object_set_string_member (record, "encryptedPassword", encrypted_password);
  json_object_set_string_member (record, "guid", guid);
  json_object_set_int_member (record, "encType", 1);
  json_object_set_int_member (record, "timeCreated", now);
  json_object_set_int_member (record, "timeLastUsed", now);
  json_object_set_int_member (record, "timePasswordChanged", now);
  json_object_set_int_member (record, "timesUsed", 1);
  append (self, record);
}

void
mw_thunderbird_logins_update (MwThunderbirdLogins *self,
                              JsonObject          *record,
                              const char          *encrypted_user,
                              const char          *encrypted_password,
                              gint64               now)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (record != NULL);

  for (guint i = 0; i < json_array_get_length (self->logins); i++)
    if (get_record (self, i) == record)
      {
        set_record_member (self, i, "encryptedUsername", new_text (encrypted_user));
        set_record_member (self, i, "encryptedPassword", new_text (encrypted_password));
        set_record_member (self, i, "encType", new_number (1));
        set_record_member (self, i, "timePasswordChanged", new_number (now));
      }
}

/* Together with the comma on one side. */
static void
cut_out (MwThunderbirdLogins *self,
         guint                i)
{
  g_autoptr(GArray) spans = get_spans (self);
  const MwJsonSpan *span = &g_array_index (spans, MwJsonSpan, i);

  if (i > 0)
    replace (self, span[-1].end, span->end, "");
  else if (spans->len > 1)
    replace (self, span->start, span[1].start, "");
  else
    replace (self, span->start, span->end, "");
}

void
mw_thunderbird_logins_remove (MwThunderbirdLogins *self,
                              JsonObject          *record)
{
  g_return_if_fail (self != NULL);

  for (guint i = 0; i < json_array_get_length (self->logins); i++)
    if (get_record (self, i) == record)
      {
        cut_out (self, i);
        json_array_remove_element (self->logins, i);
        return;
      }
}
