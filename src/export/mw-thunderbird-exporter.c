/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "export/mw-thunderbird-exporter.h"

#include "core/mw-error.h"
#include "export/mw-folder-access.h"
#include "export/mw-install-scan.h"
#include "export/mw-nss-helper-client.h"
#include "export/mw-thunderbird-heal.h"
#include "export/mw-thunderbird-import.h"
#include "export/mw-thunderbird-transfer.h"

/* Everything here waits for the disk or for the password helper, so it is
 * done in a thread. The thread gets copies of its own. */

struct _MwThunderbirdExporter
{
  GObject  parent_instance;

  char    *helper_path;
};

/* Of several accounts for one profile, each waits for the one before: the
 * profile's lock would call our own work a running Thunderbird. */
static GMutex one_at_a_time;

static void mw_thunderbird_exporter_iface_init (MwExporterInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (MwThunderbirdExporter, mw_thunderbird_exporter, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (MW_TYPE_EXPORTER,
                                                      mw_thunderbird_exporter_iface_init))

static void
find_targets_thread (GTask        *task,
                     gpointer      source_object,
                     gpointer      task_data,
                     GCancellable *cancellable)
{
  GPtrArray *targets = mw_install_scan_thunderbird_here ();

  mw_thunderbird_heal (targets);
  g_task_return_pointer (task, targets, (GDestroyNotify) g_ptr_array_unref);
}

static void
mw_thunderbird_exporter_find_targets_async (MwExporter          *exporter,
                                            GCancellable        *cancellable,
                                            GAsyncReadyCallback  callback,
                                            gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (exporter, cancellable, callback, user_data);

  g_task_set_source_tag (task, mw_thunderbird_exporter_find_targets_async);
  g_task_run_in_thread (task, find_targets_thread);
}

static GPtrArray *
mw_thunderbird_exporter_find_targets_finish (MwExporter    *exporter,
                                             GAsyncResult  *result,
                                             GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, exporter), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result,
                                                  mw_thunderbird_exporter_find_targets_async),
                        NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static GTask *
new_transfer (MwExporter            *exporter,
              MwExportTarget        *target,
              MwProfile             *profile,
              const MwExportOptions *options,
              GCancellable          *cancellable,
              GAsyncReadyCallback    callback,
              gpointer               user_data)
{
  MwThunderbirdExporter *self = MW_THUNDERBIRD_EXPORTER (exporter);
  GTask *task = g_task_new (exporter, cancellable, callback, user_data);
  MwThunderbirdTransfer *transfer = g_new0 (MwThunderbirdTransfer, 1);

  transfer->target = mw_export_target_ref (target);
  transfer->profile = mw_profile_copy (profile);
  transfer->options = mw_export_options_copy (options);
  transfer->helper_path = self->helper_path != NULL ? g_strdup (self->helper_path)
                                                    : mw_nss_helper_find ();
  g_task_set_task_data (task, transfer, (GDestroyNotify) mw_thunderbird_transfer_free);
  /* What was written is said, even when nobody wanted to hear it any more. */
  g_task_set_check_cancellable (task, FALSE);
  return task;
}

static void
return_report (GTask          *task,
               MwExportReport *report,
               GError         *error)
{
  if (report != NULL)
    g_task_return_pointer (task, report, (GDestroyNotify) mw_export_report_unref);
  else
    g_task_return_error (task, error);
}

static void
export_thread (GTask        *task,
               gpointer      source_object,
               gpointer      task_data,
               GCancellable *cancellable)
{
  g_autoptr(GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&one_at_a_time);
  MwExportReport *report;
  GError *error = NULL;

  if (g_task_return_error_if_cancelled (task))
    return;
  report = mw_thunderbird_transfer_export (task_data, &error);
  return_report (task, report, error);
}

static void
mw_thunderbird_exporter_export_async (MwExporter            *exporter,
                                      MwExportTarget        *target,
                                      MwProfile             *profile,
                                      MwSecret              *incoming,
                                      MwSecret              *outgoing,
                                      const MwExportOptions *options,
                                      GCancellable          *cancellable,
                                      GAsyncReadyCallback    callback,
                                      gpointer               user_data)
{
  g_autoptr(GTask) task = NULL;
  MwThunderbirdTransfer *transfer;

  g_return_if_fail (profile->incoming != NULL && profile->address != NULL);

  task = new_transfer (exporter, target, profile, options, cancellable, callback, user_data);
  g_task_set_source_tag (task, mw_thunderbird_exporter_export_async);
  transfer = g_task_get_task_data (task);
  transfer->incoming = incoming != NULL ? mw_secret_ref (incoming) : NULL;
  transfer->outgoing = outgoing != NULL ? mw_secret_ref (outgoing) : NULL;
  g_task_run_in_thread (task, export_thread);
}

static MwExportReport *
mw_thunderbird_exporter_export_finish (MwExporter    *exporter,
                                       GAsyncResult  *result,
                                       GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, exporter), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, mw_thunderbird_exporter_export_async),
                        NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
remove_thread (GTask        *task,
               gpointer      source_object,
               gpointer      task_data,
               GCancellable *cancellable)
{
  g_autoptr(GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&one_at_a_time);
  MwExportReport *report;
  GError *error = NULL;

  if (g_task_return_error_if_cancelled (task))
    return;
  report = mw_thunderbird_transfer_remove (task_data, &error);
  return_report (task, report, error);
}

static void
mw_thunderbird_exporter_remove_async (MwExporter            *exporter,
                                      MwExportTarget        *target,
                                      MwProfile             *profile,
                                      const MwExportOptions *options,
                                      GCancellable          *cancellable,
                                      GAsyncReadyCallback    callback,
                                      gpointer               user_data)
{
  g_autoptr(GTask) task = NULL;

  g_return_if_fail (profile->incoming != NULL && profile->address != NULL);

  task = new_transfer (exporter, target, profile, options, cancellable, callback, user_data);
  g_task_set_source_tag (task, mw_thunderbird_exporter_remove_async);
  g_task_run_in_thread (task, remove_thread);
}

static MwExportReport *
mw_thunderbird_exporter_remove_finish (MwExporter    *exporter,
                                       GAsyncResult  *result,
                                       GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, exporter), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, mw_thunderbird_exporter_remove_async),
                        NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Reading for an import. */
typedef struct {
  MwExportTarget  *target;
  gboolean         with_passwords;
  MwExportOptions *options;
  char            *helper_path;
} Reading;

static void
reading_free (gpointer data)
{
  Reading *reading = data;

  mw_export_target_unref (reading->target);
  mw_export_options_free (reading->options);
  g_free (reading->helper_path);
  g_free (reading);
}

static void
read_accounts_thread (GTask        *task,
                      gpointer      source_object,
                      gpointer      task_data,
                      GCancellable *cancellable)
{
  Reading *reading = task_data;
  GPtrArray *accounts;
  GError *error = NULL;

  accounts = mw_thunderbird_import_read (reading->target, reading->with_passwords,
                                         reading->options, reading->helper_path, &error);
  if (accounts != NULL)
    g_task_return_pointer (task, accounts, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

static void
mw_thunderbird_exporter_read_accounts_async (MwExporter            *exporter,
                                             MwExportTarget        *target,
                                             gboolean               with_passwords,
                                             const MwExportOptions *options,
                                             GCancellable          *cancellable,
                                             GAsyncReadyCallback    callback,
                                             gpointer               user_data)
{
  MwThunderbirdExporter *self = MW_THUNDERBIRD_EXPORTER (exporter);
  g_autoptr(GTask) task = g_task_new (exporter, cancellable, callback, user_data);
  Reading *reading = g_new0 (Reading, 1);

  g_task_set_source_tag (task, mw_thunderbird_exporter_read_accounts_async);
  reading->target = mw_export_target_ref (target);
  reading->with_passwords = with_passwords;
  reading->options = mw_export_options_copy (options);
  reading->helper_path = self->helper_path != NULL ? g_strdup (self->helper_path)
                                                   : mw_nss_helper_find ();
  g_task_set_task_data (task, reading, reading_free);
  g_task_run_in_thread (task, read_accounts_thread);
}

static GPtrArray *
mw_thunderbird_exporter_read_accounts_finish (MwExporter    *exporter,
                                              GAsyncResult  *result,
                                              GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, exporter), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result,
                                                  mw_thunderbird_exporter_read_accounts_async),
                        NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
mw_thunderbird_exporter_iface_init (MwExporterInterface *iface)
{
  iface->find_targets_async = mw_thunderbird_exporter_find_targets_async;
  iface->find_targets_finish = mw_thunderbird_exporter_find_targets_finish;
  iface->export_async = mw_thunderbird_exporter_export_async;
  iface->export_finish = mw_thunderbird_exporter_export_finish;
  iface->remove_async = mw_thunderbird_exporter_remove_async;
  iface->remove_finish = mw_thunderbird_exporter_remove_finish;
  iface->read_accounts_async = mw_thunderbird_exporter_read_accounts_async;
  iface->read_accounts_finish = mw_thunderbird_exporter_read_accounts_finish;
}

static void
mw_thunderbird_exporter_finalize (GObject *object)
{
  MwThunderbirdExporter *self = MW_THUNDERBIRD_EXPORTER (object);

  g_free (self->helper_path);
  G_OBJECT_CLASS (mw_thunderbird_exporter_parent_class)->finalize (object);
}

static void
mw_thunderbird_exporter_class_init (MwThunderbirdExporterClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mw_thunderbird_exporter_finalize;
}

static void
mw_thunderbird_exporter_init (MwThunderbirdExporter *self)
{
}

MwExporter *
mw_thunderbird_exporter_new (const char *helper_path)
{
  MwThunderbirdExporter *self;

  g_return_val_if_fail (helper_path == NULL || g_path_is_absolute (helper_path), NULL);

  self = g_object_new (MW_TYPE_THUNDERBIRD_EXPORTER, NULL);
  self->helper_path = g_strdup (helper_path);
  return MW_EXPORTER (self);
}

MwExportTarget *
mw_thunderbird_exporter_target_for_folder (const char  *folder,
                                           GError     **error)
{
  g_autoptr(GPtrArray) found = NULL;
  g_autofree char *whole = NULL;
  MwExportTarget *target;

  g_return_val_if_fail (folder != NULL, NULL);

  whole = g_canonicalize_filename (folder, NULL);
  found = mw_install_scan_thunderbird_here ();
  for (guint i = 0; i < found->len; i++)
    {
      MwExportTarget *each = found->pdata[i];
      g_autofree char *path = g_build_filename (each->data_folder, each->profile, NULL);

      if (each->profile == NULL || g_strcmp0 (path, whole) != 0)
        continue;
      /* Who names it need not be asked whether it may be outside of home. */
      target = mw_export_target_copy (each);
      g_clear_pointer (&target->place, g_free);
      target->access = mw_folder_access_check (whole, g_get_home_dir (), TRUE, &target->place);
      return target;
    }

  target = mw_install_scan_thunderbird_folder (whole, g_get_home_dir ());
  if (target == NULL)
    g_set_error (error, MW_EXPORT_ERROR, MW_EXPORT_ERROR_NO_TARGET,
                 "%s is no profile folder of Thunderbird", whole);
  return target;
}

MwExportTarget *
mw_thunderbird_exporter_target_for_root (const char *path)
{
  g_autofree char *whole = NULL;
  g_autofree char *ini = NULL;
  MwExportTarget *target;

  g_return_val_if_fail (path != NULL, NULL);

  whole = g_canonicalize_filename (path, NULL);
  ini = g_build_filename (whole, "profiles.ini", NULL);
  if (!g_file_test (ini, G_FILE_TEST_IS_REGULAR))
    return NULL;

  target = mw_export_target_new (whole, MW_MAIL_CLIENT_THUNDERBIRD, MW_PACKAGING_DISTRO);
  target->data_folder = g_steal_pointer (&whole);
  return target;
}
