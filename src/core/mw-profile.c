/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "core/mw-profile.h"

#include <string.h>

G_DEFINE_BOXED_TYPE (MwService, mw_service, mw_service_copy, mw_service_free)

/* Profiles are written in a thread of the store, so the count is atomic. */
G_DEFINE_BOXED_TYPE (MwProfile, mw_profile, mw_profile_ref, mw_profile_unref)

MwService *
mw_service_new (MwEndpoint   *endpoint,
                const char   *user_name,
                MwAuthMethod  auth,
                const char   *pin)
{
  MwService *self;

  g_return_val_if_fail (endpoint != NULL, NULL);

  self = g_new0 (MwService, 1);
  self->endpoint = mw_endpoint_ref (endpoint);
  self->user_name = g_strdup (user_name);
  self->auth = auth;
  self->pin = g_strdup (pin);
  return self;
}

MwService *
mw_service_copy (MwService *self)
{
  MwService *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = mw_service_new (self->endpoint, self->user_name, self->auth, self->pin);
  copy->certificate = self->certificate != NULL ? g_bytes_ref (self->certificate) : NULL;
  copy->anchor = g_strdup (self->anchor);
  copy->anchor_name = g_strdup (self->anchor_name);
  copy->expires = self->expires;
  return copy;
}

void
mw_service_free (MwService *self)
{
  g_return_if_fail (self != NULL);

  mw_endpoint_unref (self->endpoint);
  g_free (self->user_name);
  g_free (self->pin);
  g_clear_pointer (&self->certificate, g_bytes_unref);
  g_free (self->anchor);
  g_free (self->anchor_name);
  g_free (self);
}

gboolean
mw_service_set_certificate (MwService *self,
                            GBytes    *der)
{
  g_autofree char *sha256 = NULL;

  g_return_val_if_fail (self != NULL, FALSE);

  if (der == NULL || self->pin == NULL)
    return FALSE;

  sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, der);
  if (g_ascii_strcasecmp (sha256, self->pin) != 0)
    return FALSE;

  g_clear_pointer (&self->certificate, g_bytes_unref);
  self->certificate = g_bytes_ref (der);
  return TRUE;
}

static gboolean
is_sha256 (const char *text)
{
  gsize length = 0;

  while (text != NULL && g_ascii_isxdigit (text[length]))
    length++;
  return length == 64 && text[length] == '\0';
}

void
mw_service_set_anchor (MwService  *self,
                       const char *sha256,
                       const char *name)
{
  gboolean known = is_sha256 (sha256);
  char *new_anchor = known ? g_ascii_strdown (sha256, -1) : NULL;
  char *new_name = known ? g_strdup (name) : NULL;

  g_return_if_fail (self != NULL);

  g_free (self->anchor);
  g_free (self->anchor_name);
  self->anchor = new_anchor;
  self->anchor_name = new_name;
}

static gboolean
certificates_equal (GBytes *a,
                    GBytes *b)
{
  if (a == NULL || b == NULL)
    return a == b;

  return g_bytes_equal (a, b);
}

static gboolean
mw_service_equal (MwService *a,
                  MwService *b)
{
  if (a == NULL || b == NULL)
    return a == b;

  return mw_endpoint_equal (a->endpoint, b->endpoint) &&
         g_strcmp0 (a->user_name, b->user_name) == 0 &&
         a->auth == b->auth && g_strcmp0 (a->pin, b->pin) == 0 &&
         certificates_equal (a->certificate, b->certificate) &&
         g_strcmp0 (a->anchor, b->anchor) == 0 &&
         g_strcmp0 (a->anchor_name, b->anchor_name) == 0 &&
         a->expires == b->expires;
}

static void
mw_profile_clear (gpointer data)
{
  MwProfile *self = data;

  g_free (self->id);
  g_free (self->label);
  g_free (self->address);
  g_free (self->sender_name);
  g_free (self->description);
  g_free (self->signature);
  g_clear_pointer (&self->incoming, mw_service_free);
  g_clear_pointer (&self->outgoing, mw_service_free);
  g_clear_pointer (&self->folders, mw_mail_folders_unref);
  g_ptr_array_unref (self->alternatives);
  g_free (self->provider_id);
  g_hash_table_unref (self->exports);
}

static GHashTable *
new_string_table (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

MwProfile *
mw_profile_new (void)
{
  MwProfile *self = g_atomic_rc_box_new0 (MwProfile);

  self->id = g_uuid_string_random ();
  self->notifications = TRUE;
  self->leave_on_server = TRUE;
  self->alternatives = g_ptr_array_new_with_free_func ((GDestroyNotify) mw_service_free);
  self->grade = MW_GRADE_U;
  self->state = MW_OUTCOME_PENDING;
  self->created = g_get_real_time () / G_USEC_PER_SEC;
  self->exports = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                         (GDestroyNotify) g_hash_table_unref);
  return self;
}

static void
copy_exports (MwProfile *from,
              MwProfile *to)
{
  GHashTableIter targets;
  gpointer target_id, values;

  g_hash_table_iter_init (&targets, from->exports);
  while (g_hash_table_iter_next (&targets, &target_id, &values))
    {
      GHashTableIter entries;
      gpointer key, value;

      g_hash_table_iter_init (&entries, values);
      while (g_hash_table_iter_next (&entries, &key, &value))
        mw_profile_set_export_value (to, target_id, key, value);
    }
}

MwProfile *
mw_profile_copy (MwProfile *self)
{
  MwProfile *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = mw_profile_new ();
  g_free (copy->id);
  copy->id = g_strdup (self->id);
  copy->label = g_strdup (self->label);
  copy->address = g_strdup (self->address);
  copy->sender_name = g_strdup (self->sender_name);
  copy->description = g_strdup (self->description);
  copy->signature = g_strdup (self->signature);
  copy->is_default = self->is_default;
  copy->notifications = self->notifications;
  copy->incoming = self->incoming != NULL ? mw_service_copy (self->incoming) : NULL;
  copy->outgoing = self->outgoing != NULL ? mw_service_copy (self->outgoing) : NULL;
  copy->folders = self->folders != NULL ? mw_mail_folders_ref (self->folders) : NULL;
  copy->own_credentials = self->own_credentials;
  copy->leave_on_server = self->leave_on_server;
  copy->delete_after_days = self->delete_after_days;
  copy->pop_minutes = self->pop_minutes;
  for (guint i = 0; i < self->alternatives->len; i++)
    g_ptr_array_add (copy->alternatives, mw_service_copy (self->alternatives->pdata[i]));
  copy->origins = self->origins;
  copy->grade = self->grade;
  copy->provider_id = g_strdup (self->provider_id);
  copy->state = self->state;
  copy->created = self->created;
  copy->last_checked = self->last_checked;
  copy_exports (self, copy);
  return copy;
}

MwProfile *
mw_profile_ref (MwProfile *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire (self);
}

void
mw_profile_unref (MwProfile *self)
{
  g_return_if_fail (self != NULL);

  g_atomic_rc_box_release_full (self, mw_profile_clear);
}

MwService *
mw_profile_get_service (MwProfile *self,
                        MwSide     side)
{
  g_return_val_if_fail (self != NULL, NULL);

  return side == MW_SIDE_INCOMING ? self->incoming : self->outgoing;
}

const char *
mw_profile_get_export_value (MwProfile  *self,
                             const char *target_id,
                             const char *key)
{
  GHashTable *values;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (target_id != NULL, NULL);
  g_return_val_if_fail (key != NULL, NULL);

  values = g_hash_table_lookup (self->exports, target_id);
  return values != NULL ? g_hash_table_lookup (values, key) : NULL;
}

static gboolean
is_folder_of_export (MwProfile  *self,
                     const char *id,
                     const char *folder)
{
  const char *remembered = mw_profile_get_export_value (self, id, "Profile");
  const char *colon = strchr (id, ':');

  if (remembered != NULL)
    return g_strcmp0 (remembered, folder) == 0;
  return colon == NULL || g_strcmp0 (colon + 1, folder) == 0;
}

const char *
mw_profile_find_export (MwProfile  *self,
                        const char *target_id,
                        const char *folder)
{
  gsize family;
  GHashTableIter iter;
  gpointer key;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (target_id != NULL, NULL);

  if (g_hash_table_lookup_extended (self->exports, target_id, &key, NULL) &&
      is_folder_of_export (self, key, folder))
    return key;

  family = strcspn (target_id, ":");
  g_hash_table_iter_init (&iter, self->exports);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    if (folder != NULL && strcspn (key, ":") == family &&
        strncmp (key, target_id, family) == 0 && is_folder_of_export (self, key, folder))
      return key;

  return NULL;
}

void
mw_profile_set_export_value (MwProfile  *self,
                             const char *target_id,
                             const char *key,
                             const char *value)
{
  GHashTable *values;

  g_return_if_fail (self != NULL);
  g_return_if_fail (target_id != NULL);
  g_return_if_fail (key != NULL);

  values = g_hash_table_lookup (self->exports, target_id);
  if (value == NULL)
    {
      if (values != NULL && g_hash_table_remove (values, key) && g_hash_table_size (values) == 0)
        g_hash_table_remove (self->exports, target_id);
      return;
    }

  if (values == NULL)
    {
      values = new_string_table ();
      g_hash_table_insert (self->exports, g_strdup (target_id), values);
    }
  g_hash_table_insert (values, g_strdup (key), g_strdup (value));
}

static gboolean
tables_equal (GHashTable *a,
              GHashTable *b)
{
  GHashTableIter iter;
  gpointer key, value;

  if (g_hash_table_size (a) != g_hash_table_size (b))
    return FALSE;

  g_hash_table_iter_init (&iter, a);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      if (g_strcmp0 (g_hash_table_lookup (b, key), value) != 0)
        return FALSE;
    }

  return TRUE;
}

static gboolean
exports_equal (GHashTable *a,
               GHashTable *b)
{
  GHashTableIter iter;
  gpointer key, value;

  if (g_hash_table_size (a) != g_hash_table_size (b))
    return FALSE;

  g_hash_table_iter_init (&iter, a);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      GHashTable *other = g_hash_table_lookup (b, key);

      if (other == NULL || !tables_equal (value, other))
        return FALSE;
    }

  return TRUE;
}

static gboolean
alternatives_equal (GPtrArray *a,
                    GPtrArray *b)
{
  if (a->len != b->len)
    return FALSE;

  for (guint i = 0; i < a->len; i++)
    {
      if (!mw_service_equal (a->pdata[i], b->pdata[i]))
        return FALSE;
    }

  return TRUE;
}

gboolean
mw_profile_equal (MwProfile *a,
                  MwProfile *b)
{
  g_return_val_if_fail (a != NULL, FALSE);
  g_return_val_if_fail (b != NULL, FALSE);

  return g_str_equal (a->id, b->id) &&
         g_strcmp0 (a->label, b->label) == 0 &&
         g_strcmp0 (a->address, b->address) == 0 &&
         g_strcmp0 (a->sender_name, b->sender_name) == 0 &&
         g_strcmp0 (a->description, b->description) == 0 &&
         g_strcmp0 (a->signature, b->signature) == 0 &&
         a->is_default == b->is_default &&
         a->notifications == b->notifications &&
         mw_service_equal (a->incoming, b->incoming) &&
         mw_service_equal (a->outgoing, b->outgoing) &&
         mw_mail_folders_equal (a->folders, b->folders) &&
         a->own_credentials == b->own_credentials &&
         a->leave_on_server == b->leave_on_server &&
         a->delete_after_days == b->delete_after_days &&
         a->pop_minutes == b->pop_minutes &&
         alternatives_equal (a->alternatives, b->alternatives) &&
         a->origins == b->origins &&
         a->grade == b->grade &&
         g_strcmp0 (a->provider_id, b->provider_id) == 0 &&
         a->state == b->state &&
         a->created == b->created &&
         a->last_checked == b->last_checked &&
         exports_equal (a->exports, b->exports);
}
