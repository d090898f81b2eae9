/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "export/mw-thunderbird-logins.h"

#include <string.h>

#include "core/mw-error.h"

struct _MwThunderbirdLogins
{
  JsonNode   *root;
  JsonObject *object; /* borrowed from root */
  JsonArray  *logins; /* borrowed from root */
};

static const char empty_store[] =
  "{\"nextId\":1,\"logins\":[],\"potentiallyVulnerablePasswords\":[],"
  "\"dismissedBreachAlertsByLoginGUID\":{},\"version\":3}";

MwThunderbirdLogins *
mw_thunderbird_logins_parse (const char  *data,
                             gsize        size,
                             GError     **error)
{
  g_autoptr(MwThunderbirdLogins) self = g_new0 (MwThunderbirdLogins, 1);
  g_autoptr(JsonParser) parser = json_parser_new ();
  JsonNode *logins = NULL;

  if (data == NULL)
    {
      data = empty_store;
      size = strlen (empty_store);
    }

  if (memchr (data, 0, size) == NULL && json_parser_load_from_data (parser, data, size, NULL))
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

  self->logins = json_node_get_array (logins);
  return g_steal_pointer (&self);
}

void
mw_thunderbird_logins_free (MwThunderbirdLogins *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->root, json_node_unref);
  g_free (self);
}

char *
mw_thunderbird_logins_to_data (MwThunderbirdLogins *self,
                               gsize               *size)
{
  g_autoptr(JsonGenerator) generator = json_generator_new ();

  g_return_val_if_fail (self != NULL, NULL);

  json_generator_set_root (generator, self->root);
  return json_generator_to_data (generator, size);
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

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_int (node) : 0;
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
  return id;
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
  json_array_add_object_element (self->logins, record);
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

  json_object_set_string_member (record, "encryptedUsername", encrypted_user);
  json_object_set_string_member (record, "encryptedPassword", encrypted_password);
  json_object_set_int_member (record, "encType", 1);
  json_object_set_int_member (record, "timePasswordChanged", now);
}

void
mw_thunderbird_logins_remove (MwThunderbirdLogins *self,
                              JsonObject          *record)
{
  g_return_if_fail (self != NULL);

  for (guint i = 0; i < json_array_get_length (self->logins); i++)
    if (get_record (self, i) == record)
      {
        json_array_remove_element (self->logins, i);
        return;
      }
}
