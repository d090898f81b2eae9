/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

/* Accounts on their way into mail programs, and out of them again. */

#include "config.h"

#include "setup/mw-engine-private.h"

#include "core/mw-error.h"
#include "export/mw-exporter.h"
#include "export/mw-thunderbird-exporter.h"
#include "setup/mw-browser-sign-in.h"

/* Looking for targets: all exporters at once. */

typedef struct {
  GPtrArray *targets;     /* element MwExportTarget */
  GPtrArray *owners;      /* element MwExporter, beside targets */
  guint      unfinished;
} Search;

static void
search_free (gpointer data)
{
  Search *search = data;

  g_ptr_array_unref (search->targets);
  g_ptr_array_unref (search->owners);
  g_free (search);
}

/* In the same order every time, whoever answers first. */
static void
add_target (Search         *search,
            MwExportTarget *target,
            MwExporter     *owner)
{
  guint at = 0;

  while (at < search->targets->len &&
         ((MwExportTarget *) search->targets->pdata[at])->client <= target->client)
    at++;
  g_ptr_array_insert (search->targets, at, mw_export_target_ref (target));
  g_ptr_array_insert (search->owners, at, g_object_ref (owner));
}

static void
on_targets_found_cb (GObject      *object,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (user_data);
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) found = NULL;
  Search *search = g_task_get_task_data (task);

  found = mw_exporter_find_targets_finish (MW_EXPORTER (object), result, &error);
  if (found == NULL)
    g_info ("A kind of mail program could not be looked for: %s", error->message);

  for (guint i = 0; found != NULL && i < found->len; i++)
    add_target (search, found->pdata[i], MW_EXPORTER (object));

  if (--search->unfinished == 0)
    g_task_return_boolean (task, TRUE);
}

static GTask *
search_targets (MwEngine            *self,
                GCancellable        *cancellable,
                GAsyncReadyCallback  callback,
                gpointer             user_data,
                gpointer             tag)
{
  g_autoptr(GTask) task = g_task_new (self, cancellable, callback, user_data);
  GPtrArray *exporters = mw_engine_get_exporters (self);
  Search *search = g_new0 (Search, 1);

  g_task_set_source_tag (task, tag);
  search->targets = g_ptr_array_new_with_free_func ((GDestroyNotify) mw_export_target_unref);
  search->owners = g_ptr_array_new_with_free_func (g_object_unref);
  search->unfinished = exporters->len;
  g_task_set_task_data (task, search, search_free);

  for (guint i = 0; i < exporters->len; i++)
    mw_exporter_find_targets_async (exporters->pdata[i], cancellable,
                                    on_targets_found_cb, g_object_ref (task));

  return g_steal_pointer (&task);
}

/* Handing over or taking back: find the target, get the passwords, do it,
 * remember it. */

typedef struct {
  MwProfile      *profile;
  char           *target_id;
  MwExportTarget *target;
  MwExporter     *exporter;
  MwSecret       *incoming;
  MwSecret       *outgoing;
  MwExportReport *report;
  MwExportOptions *options;
} Export;

static void
export_free (gpointer data)
{
  Export *export = data;

  mw_profile_unref (export->profile);
  g_free (export->target_id);
  g_clear_pointer (&export->target, mw_export_target_unref);
  g_clear_object (&export->exporter);
  g_clear_pointer (&export->incoming, mw_secret_unref);
  g_clear_pointer (&export->outgoing, mw_secret_unref);
  g_clear_pointer (&export->report, mw_export_report_unref);
  g_clear_pointer (&export->options, mw_export_options_free);
  g_free (export);
}

static void
on_export_remembered_cb (GObject      *object,
                         GAsyncResult *result,
                         gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (user_data);
  g_autoptr(GError) error = NULL;
  Export *export = g_task_get_task_data (task);

  /* The account is in the mail program; that it could not be written down here
   * only means that the next export looks for it again. */
  if (!mw_profile_store_remember_finish (MW_PROFILE_STORE (object), result, &error) &&
      !g_error_matches (error, MW_STORE_ERROR, MW_STORE_ERROR_NOT_FOUND))
    g_warning ("Cannot remember where an account was handed to: %s", error->message);

  g_task_return_pointer (task, mw_export_report_ref (export->report),
                         (GDestroyNotify) mw_export_report_unref);
}

/* The account may have been changed meanwhile, or deleted. */
static void
remember_export (MwEngine *self,
                 GTask    *task,
                 Export   *export)
{
  mw_profile_store_remember_async (mw_engine_get_profile_store (self), export->profile->id,
                                   export->target->id, export->target->profile,
                                   export->report->values, on_export_remembered_cb,
                                   g_object_ref (task));
}

static void
on_exported_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (user_data);
  MwEngine *self = g_task_get_source_object (task);
  Export *export = g_task_get_task_data (task);
  GError *error = NULL;

  export->report = mw_exporter_export_finish (MW_EXPORTER (object), result, &error);
  if (export->report == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  if (export->options->dry_run || g_hash_table_size (export->report->values) == 0)
    {
      g_task_return_pointer (task, mw_export_report_ref (export->report),
                             (GDestroyNotify) mw_export_report_unref);
      return;
    }

  remember_export (self, task, export);
}

static void
run_export (GTask *task)
{
  Export *export = g_task_get_task_data (task);

  if (export->outgoing == NULL && !export->profile->own_credentials &&
      export->incoming != NULL)
    export->outgoing = mw_secret_ref (export->incoming);

  mw_exporter_export_async (export->exporter, export->target, export->profile,
                            export->incoming, export->outgoing, export->options,
                            g_task_get_cancellable (task), on_exported_cb, task);
}

/* Without a keyring the account goes over without its password, which the
 * report says. One that stayed locked may have it; to say what would change,
 * nobody has to unlock it. */
static gboolean
take_secret (GTask         *task,
             MwSecretStore *store,
             GAsyncResult  *result,
             MwSecret     **out_secret)
{
  Export *export = g_task_get_task_data (task);
  GError *error = NULL;

  *out_secret = mw_secret_store_lookup_finish (store, result, &error);
  if (error == NULL)
    return TRUE;

  if (g_error_matches (error, MW_STORE_ERROR, MW_STORE_ERROR_NO_SERVICE) ||
      export->options->dry_run)
    {
      g_error_free (error);
      return TRUE;
    }

  g_task_return_error (task, error);
  return FALSE;
}

static void
on_outgoing_secret_cb (GObject      *object,
                       GAsyncResult *result,
                       gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (user_data);
  Export *export = g_task_get_task_data (task);

  if (take_secret (task, MW_SECRET_STORE (object), result, &export->outgoing))
    run_export (g_steal_pointer (&task));
}

static void
on_incoming_secret_cb (GObject      *object,
                       GAsyncResult *result,
                       gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (user_data);
  Export *export = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);

  if (!take_secret (task, MW_SECRET_STORE (object), result, &export->incoming))
    return;

  if (export->profile->own_credentials)
    mw_secret_store_lookup_async (MW_SECRET_STORE (object), export->profile, MW_SIDE_OUTGOING,
                                  cancellable, on_outgoing_secret_cb, g_steal_pointer (&task));
  else
    run_export (g_steal_pointer (&task));
}

gboolean
mw_engine_matches_target (const char     *wanted,
                          MwExportTarget *target)
{
  return mw_export_target_is_called (target, wanted);
}

static gboolean
pick_target (MwEngine    *self,
             MwProfile   *profile,
             const char  *wanted,
             Search      *search,
             Export      *export,
             GError     **error)
{
  GPtrArray *exporters = mw_engine_get_exporters (self);

  for (guint i = 0; i < search->targets->len; i++)
    {
      MwExportTarget *target = search->targets->pdata[i];

      if (mw_engine_matches_target (wanted, target) ||
          g_strcmp0 (mw_profile_find_export (profile, target->id, target->profile), wanted) == 0)
        {
          export->target = mw_export_target_ref (target);
          export->exporter = g_object_ref (search->owners->pdata[i]);
          return TRUE;
        }
    }

  if (g_path_is_absolute (wanted))
    {
      export->target = mw_thunderbird_exporter_target_for_folder (wanted, error);
      for (guint i = 0; export->target != NULL && i < exporters->len; i++)
        {
          if (MW_IS_THUNDERBIRD_EXPORTER (exporters->pdata[i]))
            export->exporter = g_object_ref (exporters->pdata[i]);
        }
      return export->target != NULL;
    }

  g_set_error (error, MW_EXPORT_ERROR, MW_EXPORT_ERROR_NO_TARGET,
               "There is no mail program %s here", wanted);
  return FALSE;
}

static void
on_export_targets_cb (GObject      *object,
                      GAsyncResult *result,
                      gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (user_data);
  MwEngine *self = MW_ENGINE (object);
  Export *export = g_task_get_task_data (task);
  Search *search = g_task_get_task_data (G_TASK (result));
  GCancellable *cancellable = g_task_get_cancellable (task);
  GError *error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error) ||
      !pick_target (self, export->profile, export->target_id, search, export, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  if (export->incoming != NULL || mw_browser_sign_in_is_used (export->profile))
    run_export (g_steal_pointer (&task));
  else
    mw_secret_store_lookup_async (mw_engine_get_secret_store (self), export->profile,
                                  MW_SIDE_INCOMING, cancellable, on_incoming_secret_cb,
                                  g_steal_pointer (&task));
}

/* Deleting: the mail programs one after the other, the passwords, the file. */

typedef struct {
  MwProfile *profile;
  char     **target_ids;
  guint      next;
  gboolean   keep_secret;
  MwExportOptions *options;
  Search    *search;      /* borrowed from the search's task */
  GTask     *search_task;
  Export     current;
} Deletion;

static void
deletion_free (gpointer data)
{
  Deletion *deletion = data;

  mw_profile_unref (deletion->profile);
  g_strfreev (deletion->target_ids);
  mw_export_options_free (deletion->options);
  g_clear_object (&deletion->search_task);
  g_clear_pointer (&deletion->current.target, mw_export_target_unref);
  g_clear_object (&deletion->current.exporter);
  g_free (deletion);
}

static void
on_file_deleted_cb (GObject      *object,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (user_data);
  GError *error = NULL;

  if (mw_profile_store_delete_finish (MW_PROFILE_STORE (object), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
on_secret_cleared_cb (GObject      *object,
                      GAsyncResult *result,
                      gpointer      user_data)
{
  GTask *task = G_TASK (user_data);
  MwEngine *self = g_task_get_source_object (task);
  Deletion *deletion = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;

  /* Without a keyring there is nothing to forget. */
  if (!mw_secret_store_clear_finish (MW_SECRET_STORE (object), result, &error))
    g_info ("Cannot clear the keyring: %s", error->message);

  mw_profile_store_delete_async (mw_engine_get_profile_store (self), deletion->profile->id, NULL,
                                 on_file_deleted_cb, task);
}

static void
delete_here (GTask *task)
{
  MwEngine *self = g_task_get_source_object (task);
  Deletion *deletion = g_task_get_task_data (task);

  if (deletion->keep_secret)
    mw_profile_store_delete_async (mw_engine_get_profile_store (self), deletion->profile->id, NULL,
                                   on_file_deleted_cb, task);
  else
    mw_secret_store_clear_async (mw_engine_get_secret_store (self), deletion->profile->id,
                                 MW_SECRET_STORE_BOTH, NULL, on_secret_cleared_cb, task);
}

static void remove_next (GTask *task);

static void
on_removed_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  GTask *task = G_TASK (user_data);
  g_autoptr(MwExportReport) report = NULL;
  GError *error = NULL;

  report = mw_exporter_remove_finish (MW_EXPORTER (object), result, &error);
  if (report == NULL)
    {
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }

  remove_next (task);
}

static void
remove_next (GTask *task)
{
  MwEngine *self = g_task_get_source_object (task);
  Deletion *deletion = g_task_get_task_data (task);
  const char *target_id;
  GError *error = NULL;

  target_id = deletion->target_ids != NULL ? deletion->target_ids[deletion->next] : NULL;
  if (target_id == NULL)
    {
      delete_here (task);
      return;
    }

  deletion->next++;
  g_clear_pointer (&deletion->current.target, mw_export_target_unref);
  g_clear_object (&deletion->current.exporter);
  if (!pick_target (self, deletion->profile, target_id, deletion->search, &deletion->current,
                    &error))
    {
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }

  mw_exporter_remove_async (deletion->current.exporter, deletion->current.target,
                            deletion->profile, deletion->options, NULL, on_removed_cb, task);
}

static void
on_delete_targets_cb (GObject      *object,
                      GAsyncResult *result,
                      gpointer      user_data)
{
  GTask *task = G_TASK (user_data);
  Deletion *deletion = g_task_get_task_data (task);
  GError *error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }

  deletion->search_task = g_object_ref (G_TASK (result));
  deletion->search = g_task_get_task_data (deletion->search_task);
  remove_next (task);
}

void
mw_engine_find_targets_async (MwEngine            *self,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;

  g_return_if_fail (MW_IS_ENGINE (self));

  task = search_targets (self, cancellable, callback, user_data, mw_engine_find_targets_async);
}

GPtrArray *
mw_engine_find_targets_finish (MwEngine      *self,
                               GAsyncResult  *result,
                               GError       **error)
{
  Search *search;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, mw_engine_find_targets_async), NULL);

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return NULL;

  search = g_task_get_task_data (G_TASK (result));
  return g_ptr_array_ref (search->targets);
}

void
mw_engine_export_async (MwEngine              *self,
                        MwProfile             *profile,
                        const char            *target_id,
                        MwSecret              *incoming,
                        MwSecret              *outgoing,
                        const MwExportOptions *options,
                        GCancellable          *cancellable,
                        GAsyncReadyCallback    callback,
                        gpointer               user_data)
{
  g_autoptr(GTask) task = NULL;
  g_autoptr(GTask) search = NULL;
  Export *export;

  g_return_if_fail (MW_IS_ENGINE (self));
  g_return_if_fail (profile != NULL);
  g_return_if_fail (target_id != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, mw_engine_export_async);
  g_task_set_check_cancellable (task, FALSE);

  export = g_new0 (Export, 1);
  export->profile = mw_profile_ref (profile);
  export->target_id = g_strdup (target_id);
  export->incoming = incoming != NULL ? mw_secret_ref (incoming) : NULL;
  export->outgoing = outgoing != NULL ? mw_secret_ref (outgoing) : NULL;
  export->options = mw_export_options_copy (options);
  g_task_set_task_data (task, export, export_free);

  /* Written by hand, or by a newer version. */
  if (profile->incoming == NULL)
    {
      g_task_return_new_error (task, MW_STORE_ERROR, MW_STORE_ERROR_DAMAGED,
                               "The account names no server for receiving");
      return;
    }

  search = search_targets (self, cancellable, on_export_targets_cb, g_steal_pointer (&task),
                           mw_engine_export_async);
}

MwExportReport *
mw_engine_export_finish (MwEngine      *self,
                         GAsyncResult  *result,
                         GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, mw_engine_export_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

void
mw_engine_delete_async (MwEngine              *self,
                        MwProfile             *profile,
                        gboolean               keep_secret,
                        const char * const    *target_ids,
                        const MwExportOptions *options,
                        GCancellable          *cancellable,
                        GAsyncReadyCallback    callback,
                        gpointer               user_data)
{
  g_autoptr(GTask) task = NULL;
  g_autoptr(GTask) search = NULL;
  Deletion *deletion;

  g_return_if_fail (MW_IS_ENGINE (self));
  g_return_if_fail (profile != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, mw_engine_delete_async);
  g_task_set_check_cancellable (task, FALSE);

  deletion = g_new0 (Deletion, 1);
  deletion->profile = mw_profile_ref (profile);
  deletion->target_ids = g_strdupv ((char **) target_ids);
  deletion->keep_secret = keep_secret;
  deletion->options = mw_export_options_copy (options);
  g_task_set_task_data (task, deletion, deletion_free);

  if (target_ids == NULL || target_ids[0] == NULL)
    delete_here (g_steal_pointer (&task));
  else
    search = search_targets (self, cancellable, on_delete_targets_cb, g_steal_pointer (&task),
                             mw_engine_delete_async);
}

gboolean
mw_engine_delete_finish (MwEngine      *self,
                         GAsyncResult  *result,
                         GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, mw_engine_delete_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
