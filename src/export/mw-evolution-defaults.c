/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "export/mw-evolution-defaults.h"

#include "export/mw-evolution-plan.h"

#define DEFAULTS_SCHEMA "org.gnome.Evolution.DefaultSources"
#define NOTIFICATION_SCHEMA "org.gnome.evolution.plugin.mail-notification"
#define SILENT_KEY "notify-not-accounts"

typedef struct {
  const char      *key;
  MwEvolutionKind  kind;
  const char      *remembered;   /* key in the profile */
} Default;

static const Default defaults[] = {
  { "default-mail-account", MW_EVOLUTION_ACCOUNT, "FormerDefaultAccount" },
  { "default-mail-identity", MW_EVOLUTION_IDENTITY, "FormerDefaultIdentity" },
};

/* g_settings_new() ends the process when a schema is missing. */
static GSettings *
open_settings (const char *schema_id,
               const char *key)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr(GSettingsSchema) schema = NULL;

  if (source == NULL || g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS))
    return NULL;

  schema = g_settings_schema_source_lookup (source, schema_id, TRUE);
  if (schema == NULL || !g_settings_schema_has_key (schema, key))
    return NULL;

  return g_settings_new_full (schema, NULL, NULL);
}

static const char *
uid_of_kind (const MwEvolutionUids *uids,
             MwEvolutionKind        kind)
{
  return kind == MW_EVOLUTION_ACCOUNT ? uids->account : uids->identity;
}

/* "local" is the mail on this computer, which Evolution falls back to. */
static gboolean
resolves (GPtrArray       *entries,
          const char      *uid,
          MwEvolutionKind  kind)
{
  return g_strcmp0 (uid, "local") != 0 &&
         mw_evolution_plan_find_entry (entries, uid, kind) != NULL;
}

/* How the account of that uid is called, %NULL for one that does not count. */
static char *
dup_name (GPtrArray  *entries,
          const char *uid)
{
  MwEvolutionEntry *entry;

  if (!resolves (entries, uid, MW_EVOLUTION_ACCOUNT))
    return NULL;
  entry = mw_evolution_plan_find_entry (entries, uid, MW_EVOLUTION_ACCOUNT);
  return g_key_file_get_string (entry->file, "Data Source", "DisplayName", NULL);
}

/* The identity goes along with the account, and is not said again. */
static void
say_default (const Default  *item,
             const char     *former,
             const char     *latter,
             MwExportReport *report)
{
  g_ptr_array_add (report->updated, g_strdup (item->key));
  if (item->kind == MW_EVOLUTION_ACCOUNT)
    g_ptr_array_add (report->changes, mw_export_change_new (MW_EXPORT_ITEM_DEFAULT,
                                                            former, latter));
}

static const char *
profile_name (MwProfile *profile)
{
  return profile->label != NULL && *profile->label != '\0' ? profile->label : profile->address;
}

static void
apply_default (const Default         *item,
               MwProfile             *profile,
               const char            *target_id,
               const MwEvolutionUids *uids,
               GPtrArray             *entries,
               gboolean               has_settings,
               gboolean               dry_run,
               MwExportReport        *report)
{
  g_autoptr(GSettings) settings = has_settings ? open_settings (DEFAULTS_SCHEMA, item->key) : NULL;
  const char *uid = uid_of_kind (uids, item->kind);
  const char *remembered = mw_profile_get_export_value (profile, target_id, item->remembered);
  g_autofree char *present = NULL;
  g_autofree char *name = NULL;

  if (remembered != NULL)
    g_hash_table_insert (report->values, g_strdup (item->remembered), g_strdup (remembered));

  if (settings == NULL)
    {
      if (profile->is_default)
        report->notes |= 1u << MW_EXPORT_NOTE_DEFAULT_NOT_SET;
      return;
    }

  present = g_settings_get_string (settings, item->key);
  if (g_str_equal (present, uid) ||
      (!profile->is_default && (uids->by_hand || resolves (entries, present, item->kind))))
    return;

  if (!dry_run && !g_settings_set_string (settings, item->key, uid))
    return;

  name = dup_name (entries, present);
  say_default (item, name, profile_name (profile), report);
  if (resolves (entries, present, item->kind))
    g_hash_table_insert (report->values, g_strdup (item->remembered), g_strdup (present));
}

/* Adds or removes @uid in the list of accounts without notifications. */
static gboolean
set_silent (GSettings  *settings,
            const char *uid,
            gboolean    silent,
            gboolean    dry_run)
{
  g_autoptr(GStrvBuilder) builder = NULL;
  g_auto(GStrv) present = NULL;
  g_auto(GStrv) wanted = NULL;

  present = g_settings_get_strv (settings, SILENT_KEY);
  if (g_strv_contains ((const char * const *) present, uid) == silent)
    return FALSE;

  builder = g_strv_builder_new ();
  for (gsize i = 0; present[i] != NULL; i++)
    {
      if (!g_str_equal (present[i], uid))
        g_strv_builder_add (builder, present[i]);
    }
  if (silent)
    g_strv_builder_add (builder, uid);

  wanted = g_strv_builder_end (builder);
  return dry_run ||
         g_settings_set_strv (settings, SILENT_KEY, (const char * const *) wanted);
}

void
mw_evolution_defaults_apply (MwProfile             *profile,
                             const char            *target_id,
                             const MwEvolutionUids *uids,
                             GPtrArray             *entries,
                             gboolean               has_settings,
                             gboolean               dry_run,
                             MwExportReport        *report)
{
  g_autoptr(GSettings) notification = NULL;

  g_return_if_fail (profile != NULL);
  g_return_if_fail (uids != NULL);
  g_return_if_fail (report != NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (defaults); i++)
    apply_default (&defaults[i], profile, target_id, uids, entries, has_settings, dry_run,
                   report);

  if (uids->by_hand)
    return;
  notification = has_settings ? open_settings (NOTIFICATION_SCHEMA, SILENT_KEY) : NULL;
  if (notification == NULL)
    {
      if (!profile->notifications)
        report->notes |= 1u << MW_EXPORT_NOTE_NOTIFICATIONS_NOT_SET;
    }
  else if (set_silent (notification, uids->account, !profile->notifications, dry_run))
    {
      g_ptr_array_add (report->updated, g_strdup (SILENT_KEY));
      g_ptr_array_add (report->changes,
                       mw_export_change_new (MW_EXPORT_ITEM_NOTIFICATIONS,
                                             profile->notifications ? "false" : "true",
                                             profile->notifications ? "true" : "false"));
    }
}

void
mw_evolution_defaults_restore (MwProfile             *profile,
                               const char            *target_id,
                               const MwEvolutionUids *uids,
                               GPtrArray             *entries,
                               gboolean               dry_run,
                               MwExportReport        *report)
{
  g_autoptr(GSettings) notification = NULL;

  g_return_if_fail (profile != NULL);
  g_return_if_fail (uids != NULL);
  g_return_if_fail (report != NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (defaults); i++)
    {
      const Default *item = &defaults[i];
      g_autoptr(GSettings) settings = open_settings (DEFAULTS_SCHEMA, item->key);
      const char *former = mw_profile_get_export_value (profile, target_id, item->remembered);
      g_autofree char *present = NULL;
      g_autofree char *name = NULL;

      if (settings == NULL)
        continue;

      present = g_settings_get_string (settings, item->key);
      if (g_strcmp0 (present, uid_of_kind (uids, item->kind)) != 0)
        continue;

      name = dup_name (entries, former);
      say_default (item, profile_name (profile), name, report);
      if (dry_run)
        continue;
      if (resolves (entries, former, item->kind))
        g_settings_set_string (settings, item->key, former);
      else
        g_settings_reset (settings, item->key);
    }

  notification = open_settings (NOTIFICATION_SCHEMA, SILENT_KEY);
  if (notification != NULL && uids->account != NULL)
    set_silent (notification, uids->account, FALSE, dry_run);
}

static void
flush_thread (GTask        *task,
              gpointer      source_object,
              gpointer      task_data,
              GCancellable *cancellable)
{
  g_settings_sync ();
  g_task_return_boolean (task, TRUE);
}

void
mw_evolution_defaults_flush_async (GAsyncReadyCallback callback,
                                   gpointer            user_data)
{
  g_autoptr(GTask) task = g_task_new (NULL, NULL, callback, user_data);

  g_task_set_source_tag (task, mw_evolution_defaults_flush_async);
  g_task_run_in_thread (task, flush_thread);
}

gboolean
mw_evolution_defaults_flush_finish (GAsyncResult *result)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, mw_evolution_defaults_flush_async),
                        FALSE);

  return g_task_propagate_boolean (G_TASK (result), NULL);
}

char *
mw_evolution_defaults_dup_account (void)
{
  g_autoptr(GSettings) settings = open_settings (DEFAULTS_SCHEMA, "default-mail-account");

  return settings != NULL ? g_settings_get_string (settings, "default-mail-account") : NULL;
}
