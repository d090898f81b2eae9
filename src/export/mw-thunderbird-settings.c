/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "export/mw-thunderbird-settings.h"

#include <string.h>

MwThunderbirdSettings *
mw_thunderbird_settings_new (MwThunderbirdPrefs *prefs)
{
  MwThunderbirdSettings *self;

  g_return_val_if_fail (prefs != NULL, NULL);

  self = g_new0 (MwThunderbirdSettings, 1);
  self->prefs = prefs;
  self->created = g_ptr_array_new_with_free_func (g_free);
  self->updated = g_ptr_array_new_with_free_func (g_free);
  return self;
}

void
mw_thunderbird_settings_free (MwThunderbirdSettings *self)
{
  g_return_if_fail (self != NULL);

  g_ptr_array_unref (self->created);
  g_ptr_array_unref (self->updated);
  g_free (self);
}

static gboolean
has_text (GPtrArray  *texts,
          const char *text)
{
  return g_ptr_array_find_with_equal_func (texts, text, g_str_equal, NULL);
}

static void
note_update (MwThunderbirdSettings *self,
             const char            *name)
{
  if (!has_text (self->updated, name))
    g_ptr_array_add (self->updated, g_strdup (name));
}

static void
note_group_update (MwThunderbirdSettings *self,
                   const char            *kind,
                   const char            *key,
                   const char            *whole)
{
  g_autofree char *prefix = g_strdup_printf ("mail.%s.%s", kind, key);

  if (!has_text (self->created, prefix))
    note_update (self, whole);
}

const char *
mw_thunderbird_settings_get (MwThunderbirdSettings *self,
                             const char            *kind,
                             const char            *key,
                             const char            *name)
{
  g_autofree char *whole = g_strdup_printf ("mail.%s.%s.%s", kind, key, name);

  g_return_val_if_fail (self != NULL, NULL);

  return mw_thunderbird_prefs_get_string (self->prefs, whole);
}

void
mw_thunderbird_settings_begin (MwThunderbirdSettings *self,
                               const char            *kind,
                               const char            *key)
{
  g_return_if_fail (self != NULL);

  g_ptr_array_add (self->created, g_strdup_printf ("mail.%s.%s", kind, key));
}

void
mw_thunderbird_settings_put_string (MwThunderbirdSettings *self,
                                    const char            *kind,
                                    const char            *key,
                                    const char            *name,
                                    const char            *value)
{
  g_autofree char *whole = g_strdup_printf ("mail.%s.%s.%s", kind, key, name);

  g_return_if_fail (self != NULL);

  if (value != NULL ? mw_thunderbird_prefs_set_string (self->prefs, whole, value)
                    : mw_thunderbird_prefs_unset (self->prefs, whole))
    note_group_update (self, kind, key, whole);
}

void
mw_thunderbird_settings_put_int (MwThunderbirdSettings *self,
                                 const char            *kind,
                                 const char            *key,
                                 const char            *name,
                                 int                    value)
{
  g_autofree char *whole = g_strjoin (".", "mail", kind, key, name, NULL);

  g_return_if_fail (self != NULL);

  if (mw_thunderbird_prefs_set_int (self->prefs, whole, value))
    note_group_update (self, kind, key, whole);
}

void
mw_thunderbird_settings_put_bool (MwThunderbirdSettings *self,
                                  const char            *kind,
                                  const char            *key,
                                  const char            *name,
                                  gboolean               value)
{
  g_autofree char *whole = g_strdup_printf ("mail.%s.%s.%s", kind, key, name);

  g_return_if_fail (self != NULL);

  if (mw_thunderbird_prefs_set_bool (self->prefs, whole, value))
    note_group_update (self, kind, key, whole);
}

void
mw_thunderbird_settings_remove_group (MwThunderbirdSettings *self,
                                      const char            *kind,
                                      const char            *key)
{
  g_autofree char *prefix = g_strdup_printf ("mail.%s.%s.", kind, key);
  g_autoptr(GPtrArray) names = NULL;

  g_return_if_fail (self != NULL);

  names = mw_thunderbird_prefs_list (self->prefs, prefix);
  for (guint i = 0; i < names->len; i++)
    if (mw_thunderbird_prefs_unset (self->prefs, names->pdata[i]))
      note_update (self, names->pdata[i]);
}

void
mw_thunderbird_settings_set (MwThunderbirdSettings *self,
                             const char            *name,
                             const char            *value)
{
  g_return_if_fail (self != NULL);

  if (value != NULL ? mw_thunderbird_prefs_set_string (self->prefs, name, value)
                    : mw_thunderbird_prefs_unset (self->prefs, name))
    note_update (self, name);
}

char **
mw_thunderbird_settings_get_list (MwThunderbirdSettings *self,
                                  const char            *name)
{
  const char *value;
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_auto(GStrv) parts = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  value = mw_thunderbird_prefs_get_string (self->prefs, name);
  parts = g_strsplit (value != NULL ? value : "", ",", -1);
  for (guint i = 0; parts[i] != NULL; i++)
    {
      g_strstrip (parts[i]);
      if (*parts[i] != '\0')
        g_strv_builder_add (builder, parts[i]);
    }
  return g_strv_builder_end (builder);
}

gboolean
mw_thunderbird_settings_list_has (MwThunderbirdSettings *self,
                                  const char            *name,
                                  const char            *key)
{
  g_auto(GStrv) keys = mw_thunderbird_settings_get_list (self, name);

  return key != NULL && g_strv_contains ((const char *const *) keys, key);
}

void
mw_thunderbird_settings_list_add (MwThunderbirdSettings *self,
                                  const char            *name,
                                  const char            *key,
                                  const char            *before)
{
  g_auto(GStrv) keys = mw_thunderbird_settings_get_list (self, name);
  g_autoptr(GString) value = g_string_new (NULL);
  gboolean added = FALSE;

  if (g_strv_contains ((const char *const *) keys, key))
    return;
  for (guint i = 0; keys[i] != NULL; i++)
    {
      if (!added && g_strcmp0 (keys[i], before) == 0)
        {
          g_string_append_printf (value, "%s,", key);
          added = TRUE;
        }
      g_string_append_printf (value, "%s,", keys[i]);
    }
  if (!added)
    g_string_append_printf (value, "%s,", key);
  g_string_truncate (value, value->len - 1);
  mw_thunderbird_settings_set (self, name, value->str);
}

void
mw_thunderbird_settings_list_remove (MwThunderbirdSettings *self,
                                     const char            *name,
                                     const char            *key)
{
  g_auto(GStrv) keys = mw_thunderbird_settings_get_list (self, name);
  g_autoptr(GString) value = g_string_new (NULL);

  for (guint i = 0; keys[i] != NULL; i++)
    if (strcmp (keys[i], key) != 0)
      g_string_append_printf (value, "%s%s", value->len > 0 ? "," : "", keys[i]);
  mw_thunderbird_settings_set (self, name, value->len > 0 ? value->str : NULL);
}

gboolean
mw_thunderbird_settings_is_mentioned (MwThunderbirdSettings *self,
                                      const char            *key)
{
  g_autoptr(GPtrArray) names = NULL;

  g_return_val_if_fail (self != NULL, FALSE);

  names = mw_thunderbird_prefs_list (self->prefs, "mail.account.");
  g_ptr_array_add (names, g_strdup ("mail.accountmanager.accounts"));
  g_ptr_array_add (names, g_strdup ("mail.smtpservers"));
  for (guint i = 0; i < names->len; i++)
    if (mw_thunderbird_settings_list_has (self, names->pdata[i], key))
      return TRUE;

  return FALSE;
}

char *
mw_thunderbird_settings_free_key (MwThunderbirdSettings *self,
                                  const char            *kind,
                                  const char            *word,
                                  guint                  first)
{
  g_return_val_if_fail (self != NULL, NULL);

  for (guint n = first;; n++)
    {
      g_autofree char *key = g_strdup_printf ("%s%u", word, n);
      g_autofree char *prefix = g_strdup_printf ("mail.%s.%s.", kind, key);

      if (!mw_thunderbird_prefs_has_prefix (self->prefs, prefix) &&
          !mw_thunderbird_settings_is_mentioned (self, key))
        return g_steal_pointer (&key);
    }
}
