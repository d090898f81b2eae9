/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

/* Passwords are stored before the sources are made: Evolution connects in the
 * moment the account appears. */

#include "config.h"

#include "export/mw-evolution-exporter.h"

#include "core/mw-error.h"
#include "export/mw-evolution-change.h"
#include "export/mw-evolution-defaults.h"
#include "export/mw-evolution-import.h"
#include "export/mw-evolution-reader.h"
#include "export/mw-evolution-registry.h"
#include "export/mw-evolution-scan.h"
#include "export/mw-evolution-signature.h"
#include "export/mw-evolution-transfer.h"
#include "store/mw-eds-secret.h"

struct _MwEvolutionExporter
{
  GObject parent_instance;
};

static void mw_evolution_exporter_iface_init (MwExporterInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (MwEvolutionExporter, mw_evolution_exporter, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (MW_TYPE_EXPORTER,
                                                      mw_evolution_exporter_iface_init))

/* --- the end --- */

static void
finish (GTask *owned_task)
{
  g_autoptr(GTask) task = owned_task;
  MwEvolutionTransfer *transfer = g_task_get_task_data (task);

  g_task_return_pointer (task, mw_evolution_transfer_take_report (transfer),
                         (GDestroyNotify) mw_export_report_unref);
}

static void
flush_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  mw_evolution_defaults_flush_finish (result);
  finish (G_TASK (user_data));
}

static void
set_defaults (MwEvolutionTransfer *transfer)
{
  if (!transfer->removing)
    mw_evolution_defaults_apply (transfer->profile, transfer->target->id, &transfer->plan->uids,
                                 transfer->entries, transfer->place->has_settings,
                                 transfer->options->dry_run, transfer->report);
  else if (transfer->place->has_settings)
    mw_evolution_defaults_restore (transfer->profile, transfer->target->id, &transfer->plan->uids,
                                   transfer->entries, transfer->options->dry_run,
                                   transfer->report);
}

static void
run_cb (GObject      *object,
        GAsyncResult *result,
        gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (user_data);
  MwEvolutionTransfer *transfer = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;

  if (!mw_evolution_change_run_finish (G_DBUS_CONNECTION (object), result, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  set_defaults (transfer);
  mw_evolution_defaults_flush_async (flush_cb, g_steal_pointer (&task));
}

/* --- from the plan to changes --- */

static void
run_plan (GTask *owned_task)
{
  g_autoptr(GTask) task = owned_task;
  MwEvolutionTransfer *transfer = g_task_get_task_data (task);
  g_autoptr(GPtrArray) changes = mw_evolution_transfer_make_changes (transfer);
  GDBusConnection *bus = transfer->bus;

  if (transfer->options->dry_run)
    {
      set_defaults (transfer);
      finish (g_steal_pointer (&task));
      return;
    }

  if (g_task_return_error_if_cancelled (task))
    return;

  mw_evolution_change_run_async (bus, transfer->place->bus_name, changes, run_cb,
                                 g_steal_pointer (&task));
}

/* --- what is there now --- */

static void
plan_pins_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (user_data);
  MwEvolutionTransfer *transfer = g_task_get_task_data (task);

  mw_evolution_pins_plan_finish (transfer->pins, result);
  run_plan (g_steal_pointer (&task));
}

static void
plan_pins (GTask *owned_task)
{
  g_autoptr(GTask) task = owned_task;
  MwEvolutionTransfer *transfer = g_task_get_task_data (task);
  MwProfile *profile = transfer->profile;
  const char *remembered = mw_profile_get_export_value (profile, transfer->target->id, "Pins");

  transfer->pins = mw_evolution_pins_new (profile, transfer->removing,
                                          transfer->place->data_folder, remembered,
                                          transfer->entries, &transfer->plan->uids);
  if (transfer->pins == NULL)
    run_plan (g_steal_pointer (&task));
  else
    mw_evolution_pins_plan_async (transfer->pins, transfer->bus, transfer->options->dry_run,
                                  g_task_get_cancellable (task), plan_pins_cb,
                                  g_object_ref (task));
}

static void
read_signature_cb (GObject      *object,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (user_data);
  MwEvolutionTransfer *transfer = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;

  transfer->former_signature = mw_evolution_signature_read_finish (result, &error);
  if (error != NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    plan_pins (g_steal_pointer (&task));
}

static void
read_signature (GTask *owned_task)
{
  g_autoptr(GTask) task = owned_task;
  MwEvolutionTransfer *transfer = g_task_get_task_data (task);
  GPtrArray *removals = transfer->plan->removals;
  const char *text = transfer->profile->signature;

  if (!transfer->removing && text != NULL && *text != '\0' &&
      transfer->plan->uids.signature != NULL)
    {
      transfer->signature_uid = g_strdup (transfer->plan->uids.signature);
      transfer->signature = g_strconcat (text, g_str_has_suffix (text, "\n") ? "" : "\n", NULL);
    }

  for (guint i = 0; i < removals->len; i++)
    {
      MwEvolutionEdit *edit = removals->pdata[i];

      if (edit->kind == MW_EVOLUTION_SIGNATURE)
        transfer->signature_uid = g_strdup (edit->uid);
    }

  if (transfer->signature_uid == NULL)
    plan_pins (g_steal_pointer (&task));
  else
    mw_evolution_signature_read_async (transfer->place->config_folder, transfer->signature_uid,
                                       g_task_get_cancellable (task), read_signature_cb,
                                       g_object_ref (task));
}

static void
lookup_password_cb (GObject      *object,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (user_data);
  MwEvolutionTransfer *transfer = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  g_autoptr(GError) error = NULL;
  MwEvolutionPassword *next;

  transfer->passwords[transfer->looked_up].former = mw_eds_secret_lookup_finish (result, &error);
  transfer->looked_up++;

  /* Without a keyring the account is made all the same; Evolution will ask. */
  if (g_error_matches (error, MW_STORE_ERROR, MW_STORE_ERROR_NO_SERVICE))
    {
      transfer->no_keyring = TRUE;
      read_signature (g_steal_pointer (&task));
      return;
    }

  if (error != NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  next = &transfer->passwords[transfer->looked_up];
  if (transfer->looked_up < G_N_ELEMENTS (transfer->passwords) && next->uid != NULL)
    mw_eds_secret_lookup_async (next->uid, cancellable, lookup_password_cb,
                                g_steal_pointer (&task));
  else
    read_signature (g_steal_pointer (&task));
}

static char *
password_label (MwProfile      *profile,
                const char     *what)
{
  return g_strdup_printf ("Evolution Data Source \"%s\" (%s)", profile->address, what);
}

/* The account's password is always looked at, and so it stands first. */
static void
look_up_passwords (GTask *owned_task)
{
  MwEvolutionTransfer *transfer = g_task_get_task_data (owned_task);
  MwProfile *profile = transfer->profile;
  MwEvolutionPassword *incoming = &transfer->passwords[0];
  MwEvolutionPassword *outgoing = &transfer->passwords[1];

  incoming->uid = transfer->plan->uids.account;
  incoming->label = password_label (profile, "Mail Account");
  incoming->unwanted = profile->incoming != NULL && profile->incoming->auth == MW_AUTH_OAUTH2;
  if (transfer->removing ||
      (profile->outgoing != NULL && profile->outgoing->auth != MW_AUTH_NONE))
    {
      outgoing->uid = transfer->plan->uids.transport;
      outgoing->label = password_label (profile, "Mail Transport");
      outgoing->unwanted = profile->outgoing != NULL && profile->outgoing->auth == MW_AUTH_OAUTH2;
    }

  if (transfer->no_keyring)
    read_signature (owned_task);
  else
    mw_eds_secret_lookup_async (incoming->uid, g_task_get_cancellable (owned_task),
                                lookup_password_cb, owned_task);
}

static void
make_plan (GTask *owned_task)
{
  g_autoptr(GTask) task = owned_task;
  MwEvolutionTransfer *transfer = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;

  if (transfer->removing)
    transfer->plan = mw_evolution_plan_new_removal (transfer->entries, transfer->profile,
                                                    transfer->target->id);
  else
    transfer->plan = mw_evolution_plan_new (transfer->entries, transfer->profile,
                                            transfer->target->id, &error);

  if (transfer->plan != NULL && transfer->plan->takes_over &&
      !transfer->options->dry_run && !transfer->options->take_over)
    g_set_error_literal (&error, MW_EXPORT_ERROR, MW_EXPORT_ERROR_MADE_BY_HAND,
                         "Evolution has this account already, and Mailwright did not make it");
  if (transfer->plan == NULL || error != NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else if (transfer->removing && transfer->plan->uids.account == NULL)
    finish (g_steal_pointer (&task));
  else
    look_up_passwords (g_steal_pointer (&task));
}

static void
list_files_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (user_data);
  MwEvolutionTransfer *transfer = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;

  transfer->entries = mw_evolution_files_list_finish (result, &error);
  if (transfer->entries != NULL)
    make_plan (g_steal_pointer (&task));
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
list_files (GTask *owned_task)
{
  MwEvolutionTransfer *transfer = g_task_get_task_data (owned_task);
  g_autofree char *folder = g_build_filename (transfer->place->config_folder, "sources", NULL);

  transfer->files = mw_evolution_files_new (folder);
  mw_evolution_files_list_async (folder, g_task_get_cancellable (owned_task), list_files_cb,
                                 owned_task);
}

/* Nobody has the name, and nobody can be started to have it: then the files
 * are ours to write. From here on it is one way or the other, never both. */
static void
list_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (user_data);
  MwEvolutionTransfer *transfer = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;

  transfer->entries = mw_evolution_registry_list_finish (G_DBUS_CONNECTION (object), result,
                                                         &error);
  if (transfer->entries != NULL)
    make_plan (g_steal_pointer (&task));
  else if (transfer->place->has_files &&
           g_error_matches (error, MW_EXPORT_ERROR, MW_EXPORT_ERROR_NO_TARGET))
    list_files (g_steal_pointer (&task));
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
export_bus_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (user_data);
  MwEvolutionTransfer *transfer = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  g_autoptr(GError) error = NULL;

  transfer->bus = g_bus_get_finish (result, &error);
  if (transfer->bus == NULL)
    {
      g_task_return_new_error (task, MW_EXPORT_ERROR, MW_EXPORT_ERROR_NO_TARGET,
                               "No session bus: %s", error->message);
      return;
    }

  mw_evolution_registry_list_async (transfer->bus, transfer->place->bus_name, cancellable, list_cb,
                                    g_steal_pointer (&task));
}

static GTask *
export_task_new (MwExporter            *exporter,
                 gpointer               source_tag,
                 MwExportTarget        *target,
                 MwProfile             *profile,
                 const MwExportOptions *options,
                 GCancellable          *cancellable,
                 GAsyncReadyCallback    callback,
                 gpointer               user_data)
{
  GTask *task = g_task_new (exporter, cancellable, callback, user_data);
  MwEvolutionTransfer *transfer = mw_evolution_transfer_new (target, profile, options);

  g_task_set_source_tag (task, source_tag);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, transfer, (GDestroyNotify) mw_evolution_transfer_free);
  return task;
}

static void
mw_evolution_exporter_export_async (MwExporter            *exporter,
                                    MwExportTarget        *target,
                                    MwProfile             *profile,
                                    MwSecret              *incoming,
                                    MwSecret              *outgoing,
                                    const MwExportOptions *options,
                                    GCancellable          *cancellable,
                                    GAsyncReadyCallback    callback,
                                    gpointer               user_data)
{
  GTask *task = export_task_new (exporter, mw_evolution_exporter_export_async, target, profile,
                                 options, cancellable, callback, user_data);
  MwEvolutionTransfer *transfer = g_task_get_task_data (task);

  if (outgoing == NULL && !profile->own_credentials)
    outgoing = incoming;

  transfer->passwords[0].secret = incoming != NULL ? mw_secret_ref (incoming) : NULL;
  transfer->passwords[1].secret = outgoing != NULL ? mw_secret_ref (outgoing) : NULL;
  g_bus_get (G_BUS_TYPE_SESSION, cancellable, export_bus_cb, task);
}

static MwExportReport *
mw_evolution_exporter_export_finish (MwExporter    *exporter,
                                     GAsyncResult  *result,
                                     GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, exporter), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, mw_evolution_exporter_export_async),
                        NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
mw_evolution_exporter_remove_async (MwExporter            *exporter,
                                    MwExportTarget        *target,
                                    MwProfile             *profile,
                                    const MwExportOptions *options,
                                    GCancellable          *cancellable,
                                    GAsyncReadyCallback    callback,
                                    gpointer               user_data)
{
  GTask *task = export_task_new (exporter, mw_evolution_exporter_remove_async, target, profile,
                                 options, cancellable, callback, user_data);
  MwEvolutionTransfer *transfer = g_task_get_task_data (task);

  transfer->removing = TRUE;
  g_bus_get (G_BUS_TYPE_SESSION, cancellable, export_bus_cb, task);
}

static MwExportReport *
mw_evolution_exporter_remove_finish (MwExporter    *exporter,
                                     GAsyncResult  *result,
                                     GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, exporter), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, mw_evolution_exporter_remove_async),
                        NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
find_scan_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (user_data);
  g_autoptr(GError) error = NULL;
  GPtrArray *targets = mw_evolution_scan_finish (result, &error);

  if (targets != NULL)
    g_task_return_pointer (task, targets, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
mw_evolution_exporter_find_targets_async (MwExporter          *exporter,
                                          GCancellable        *cancellable,
                                          GAsyncReadyCallback  callback,
                                          gpointer             user_data)
{
  GTask *task = g_task_new (exporter, cancellable, callback, user_data);

  g_task_set_source_tag (task, mw_evolution_exporter_find_targets_async);
  mw_evolution_scan_async (cancellable, find_scan_cb, task);
}

static GPtrArray *
mw_evolution_exporter_find_targets_finish (MwExporter    *exporter,
                                           GAsyncResult  *result,
                                           GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, exporter), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result,
                                                  mw_evolution_exporter_find_targets_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
mw_evolution_exporter_read_accounts_async (MwExporter            *exporter,
                                           MwExportTarget        *target,
                                           gboolean               with_passwords,
                                           const MwExportOptions *options,
                                           GCancellable          *cancellable,
                                           GAsyncReadyCallback    callback,
                                           gpointer               user_data)
{
  mw_evolution_import_async (exporter, target, with_passwords, cancellable, callback, user_data);
}

static GPtrArray *
mw_evolution_exporter_read_accounts_finish (MwExporter    *exporter,
                                            GAsyncResult  *result,
                                            GError       **error)
{
  return mw_evolution_import_finish (exporter, result, error);
}

static void
mw_evolution_exporter_iface_init (MwExporterInterface *iface)
{
  iface->find_targets_async = mw_evolution_exporter_find_targets_async;
  iface->find_targets_finish = mw_evolution_exporter_find_targets_finish;
  iface->export_async = mw_evolution_exporter_export_async;
  iface->export_finish = mw_evolution_exporter_export_finish;
  iface->remove_async = mw_evolution_exporter_remove_async;
  iface->remove_finish = mw_evolution_exporter_remove_finish;
  iface->read_accounts_async = mw_evolution_exporter_read_accounts_async;
  iface->read_accounts_finish = mw_evolution_exporter_read_accounts_finish;
}

static void
mw_evolution_exporter_class_init (MwEvolutionExporterClass *klass)
{
}

static void
mw_evolution_exporter_init (MwEvolutionExporter *self)
{
}

MwExporter *
mw_evolution_exporter_new (void)
{
  return g_object_new (MW_TYPE_EVOLUTION_EXPORTER, NULL);
}

MwExportTarget *
mw_evolution_exporter_target_for_folder (const char *path)
{
  g_autofree char *own = mw_evolution_signature_get_folder ();
  g_autofree char *folder = mw_evolution_reader_find_folder (path != NULL ? path : own);
  MwExportTarget *target;

  if (folder == NULL)
    return NULL;

  target = mw_export_target_new (path != NULL ? path : MW_EVOLUTION_TARGET_ID,
                                 MW_MAIL_CLIENT_EVOLUTION, MW_PACKAGING_DISTRO);
  target->data_folder = g_steal_pointer (&folder);
  return target;
}
