/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "app/mw-preview.h"

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
on_setup_exported (GObject      *object,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (user_data);
  GError *error = NULL;
  MwExportReport *report = mw_setup_export_finish (MW_SETUP (object), result, &error);

  return_report (task, report, error);
}

static void
on_engine_exported (GObject      *object,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (user_data);
  GError *error = NULL;
  MwExportReport *report = mw_engine_export_finish (MW_ENGINE (object), result, &error);

  return_report (task, report, error);
}

void
mw_preview_async (MwEngine              *engine,
                  MwProfile             *profile,
                  MwSetup               *setup,
                  MwExportTarget        *target,
                  const MwExportOptions *options,
                  GCancellable          *cancellable,
                  GAsyncReadyCallback    callback,
                  gpointer               user_data)
{
  g_autoptr(GTask) task = NULL;
  g_autoptr(MwExportOptions) dry = NULL;

  g_return_if_fail (MW_IS_ENGINE (engine));
  g_return_if_fail (profile != NULL);
  g_return_if_fail (target != NULL);

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, mw_preview_async);
  dry = mw_export_options_copy (options);
  dry->dry_run = TRUE;
  if (setup != NULL)
    mw_setup_export_async (setup, target->id, dry, cancellable, on_setup_exported,
                           g_steal_pointer (&task));
  else
    mw_engine_export_async (engine, profile, target->id, NULL, NULL, dry, cancellable,
                            on_engine_exported, g_steal_pointer (&task));
}

MwExportReport *
mw_preview_finish (GAsyncResult  *result,
                   GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, mw_preview_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
