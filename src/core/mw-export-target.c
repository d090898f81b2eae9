/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "core/mw-export-target.h"

#include <string.h>

G_DEFINE_ENUM_TYPE (MwMailClient, mw_mail_client,
                    G_DEFINE_ENUM_VALUE (MW_MAIL_CLIENT_EVOLUTION, "evolution"),
                    G_DEFINE_ENUM_VALUE (MW_MAIL_CLIENT_THUNDERBIRD, "thunderbird"))

G_DEFINE_ENUM_TYPE (MwPackaging, mw_packaging,
                    G_DEFINE_ENUM_VALUE (MW_PACKAGING_DISTRO, "distro"),
                    G_DEFINE_ENUM_VALUE (MW_PACKAGING_FLATPAK, "flatpak"),
                    G_DEFINE_ENUM_VALUE (MW_PACKAGING_SNAP, "snap"),
                    G_DEFINE_ENUM_VALUE (MW_PACKAGING_MANUAL, "manual"))

G_DEFINE_ENUM_TYPE (MwTargetAccess, mw_target_access,
                    G_DEFINE_ENUM_VALUE (MW_TARGET_ACCESS_OK, "ok"),
                    G_DEFINE_ENUM_VALUE (MW_TARGET_ACCESS_UNUSUAL_PLACE, "unusual-place"),
                    G_DEFINE_ENUM_VALUE (MW_TARGET_ACCESS_UNSAFE, "unsafe"),
                    G_DEFINE_ENUM_VALUE (MW_TARGET_ACCESS_UNREADABLE, "unreadable"),
                    G_DEFINE_ENUM_VALUE (MW_TARGET_ACCESS_READ_ONLY, "read-only"),
                    G_DEFINE_ENUM_VALUE (MW_TARGET_ACCESS_DAMAGED, "damaged"),
                    G_DEFINE_ENUM_VALUE (MW_TARGET_ACCESS_NOT_GRANTED, "not-granted"),
                    G_DEFINE_ENUM_VALUE (MW_TARGET_ACCESS_NO_SERVICE, "no-service"))

G_DEFINE_ENUM_TYPE (MwExportOutcome, mw_export_outcome,
                    G_DEFINE_ENUM_VALUE (MW_EXPORT_OUTCOME_DONE, "done"),
                    G_DEFINE_ENUM_VALUE (MW_EXPORT_OUTCOME_UNCHANGED, "unchanged"),
                    G_DEFINE_ENUM_VALUE (MW_EXPORT_OUTCOME_FAILED, "failed"))

G_DEFINE_ENUM_TYPE (MwExportPassword, mw_export_password,
                    G_DEFINE_ENUM_VALUE (MW_EXPORT_PASSWORD_STORED, "stored"),
                    G_DEFINE_ENUM_VALUE (MW_EXPORT_PASSWORD_NOT_STORED, "not-stored"),
                    G_DEFINE_ENUM_VALUE (MW_EXPORT_PASSWORD_PRIMARY_PASSWORD, "primary-password"))

/* Both are handed through threads of the exporters. */
G_DEFINE_BOXED_TYPE (MwExportTarget, mw_export_target, mw_export_target_ref, mw_export_target_unref)
G_DEFINE_BOXED_TYPE (MwExportReport, mw_export_report, mw_export_report_ref, mw_export_report_unref)

static void
mw_export_target_clear (gpointer data)
{
  MwExportTarget *self = data;

  g_free (self->id);
  g_free (self->program);
  g_free (self->version);
  g_free (self->data_folder);
  g_free (self->profile);
  g_free (self->profile_name);
  g_strfreev (self->launch);
  g_free (self->place);
}

static void
mw_export_report_clear (gpointer data)
{
  MwExportReport *self = data;

  mw_export_target_unref (self->target);
  g_ptr_array_unref (self->created);
  g_ptr_array_unref (self->updated);
  g_ptr_array_unref (self->changes);
  g_ptr_array_unref (self->backups);
  g_ptr_array_unref (self->needs_authority);
  g_free (self->message);
  g_hash_table_unref (self->values);
}

MwExportTarget *
mw_export_target_new (const char   *id,
                      MwMailClient  client,
                      MwPackaging   packaging)
{
  MwExportTarget *self;

  g_return_val_if_fail (id != NULL, NULL);

  self = g_atomic_rc_box_new0 (MwExportTarget);
  self->id = g_strdup (id);
  self->client = client;
  self->packaging = packaging;
  self->program = g_strdup (client == MW_MAIL_CLIENT_EVOLUTION ? "Evolution" : "Thunderbird");
  return self;
}

MwExportTarget *
mw_export_target_copy (MwExportTarget *self)
{
  MwExportTarget *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = mw_export_target_new (self->id, self->client, self->packaging);
  g_free (copy->program);
  copy->program = g_strdup (self->program);
  copy->version = g_strdup (self->version);
  copy->data_folder = g_strdup (self->data_folder);
  copy->profile = g_strdup (self->profile);
  copy->profile_name = g_strdup (self->profile_name);
  copy->launch = g_strdupv (self->launch);
  copy->running = self->running;
  copy->is_default = self->is_default;
  copy->is_installed = self->is_installed;
  copy->from_sandbox = self->from_sandbox;
  copy->access = self->access;
  copy->place = g_strdup (self->place);
  return copy;
}

MwExportTarget *
mw_export_target_ref (MwExportTarget *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire (self);
}

void
mw_export_target_unref (MwExportTarget *self)
{
  g_return_if_fail (self != NULL);

  g_atomic_rc_box_release_full (self, mw_export_target_clear);
}

gboolean
mw_export_target_is_called (MwExportTarget *self,
                            const char     *id)
{
  g_autofree char *family = NULL;
  const char *colon;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (id != NULL, FALSE);

  if (g_str_equal (id, self->id))
    return TRUE;

  colon = strchr (id, ':');
  if (colon == NULL)
    return FALSE;

  family = g_strndup (id, colon - id);
  return g_str_equal (family, self->id) && g_strcmp0 (colon + 1, self->profile) == 0;
}

char *
mw_export_target_dup_whole_id (MwExportTarget *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (self->profile == NULL || strchr (self->id, ':') != NULL)
    return g_strdup (self->id);

  return g_strconcat (self->id, ":", self->profile, NULL);
}

MwExportReport *
mw_export_report_new (MwExportTarget *target)
{
  MwExportReport *self;

  g_return_val_if_fail (target != NULL, NULL);

  self = g_atomic_rc_box_new0 (MwExportReport);
  self->target = mw_export_target_ref (target);
  self->created = g_ptr_array_new_with_free_func (g_free);
  self->updated = g_ptr_array_new_with_free_func (g_free);
  self->changes = g_ptr_array_new_with_free_func ((GDestroyNotify) mw_export_change_free);
  self->backups = g_ptr_array_new_with_free_func (g_free);
  self->needs_authority =
    g_ptr_array_new_with_free_func ((GDestroyNotify) mw_export_authority_free);
  self->password = MW_EXPORT_PASSWORD_NOT_STORED;
  self->values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return self;
}

MwExportReport *
mw_export_report_ref (MwExportReport *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire (self);
}

void
mw_export_report_unref (MwExportReport *self)
{
  g_return_if_fail (self != NULL);

  g_atomic_rc_box_release_full (self, mw_export_report_clear);
}
