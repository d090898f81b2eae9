/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "export/mw-evolution-import.h"

#include "core/mw-error.h"
#include "export/mw-evolution-defaults.h"
#include "export/mw-evolution-reader.h"
#include "export/mw-evolution-registry.h"
#include "store/mw-eds-secret.h"

typedef struct {
  MwExportTarget *target;
  gboolean        with_passwords;
  char           *default_uid;
  GPtrArray      *entries;   /* NULL: read the files */
  GPtrArray      *findings;

  /* What is being looked up. */
  guint           index;
  MwSide          side;
  char          **uids;
  guint           uid;
  MwSecret       *found[2];
} Import;

static void
import_free (gpointer data)
{
  Import *import = data;

  mw_export_target_unref (import->target);
  g_free (import->default_uid);
  g_clear_pointer (&import->entries, g_ptr_array_unref);
  g_clear_pointer (&import->findings, g_ptr_array_unref);
  g_strfreev (import->uids);
  for (guint side = 0; side < 2; side++)
    g_clear_pointer (&import->found[side], mw_secret_unref);
  g_free (import);
}

static void
return_accounts (GTask *task)
{
  Import *import = g_task_get_task_data (task);
  GPtrArray *accounts;

  accounts = g_ptr_array_new_with_free_func ((GDestroyNotify) mw_found_account_unref);
  for (guint i = 0; i < import->findings->len; i++)
    {
      MwEvolutionFinding *finding = import->findings->pdata[i];

      finding->account->target_id = g_strdup (import->target->id);
      g_ptr_array_add (accounts, mw_found_account_ref (finding->account));
    }
  g_task_return_pointer (task, accounts, (GDestroyNotify) g_ptr_array_unref);
}

/* --- passwords, one after the other: each may bring up the question that
 * opens the keyring --- */

static void look_up_next (GTask *owned_task);

/* Without the keyring none of the others will be found either. */
static void
give_up_passwords (Import       *import,
                   const GError *error)
{
  gboolean locked = g_error_matches (error, MW_STORE_ERROR, MW_STORE_ERROR_LOCKED);

  for (guint i = import->index; i < import->findings->len; i++)
    {
      MwEvolutionFinding *finding = import->findings->pdata[i];

      if (finding->secret_uids[MW_SIDE_INCOMING] != NULL ||
          finding->secret_uids[MW_SIDE_OUTGOING] != NULL)
        finding->account->passwords = locked ? MW_FOUND_PASSWORDS_LOCKED
                                             : MW_FOUND_PASSWORDS_UNREADABLE;
    }
}

static void
on_secret_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (user_data);
  Import *import = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;

  import->found[import->side] = mw_eds_secret_lookup_finish (result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  if (error != NULL)
    {
      give_up_passwords (import, error);
      return_accounts (task);
      return;
    }

  /* Found, or all places were looked at: on to the next side. */
  import->uid++;
  if (import->found[import->side] != NULL || import->uids[import->uid] == NULL)
    {
      g_clear_pointer (&import->uids, g_strfreev);
      import->side++;
    }
  look_up_next (g_steal_pointer (&task));
}

static void
look_up_next (GTask *owned_task)
{
  g_autoptr(GTask) task = owned_task;
  Import *import = g_task_get_task_data (task);

  while (import->index < import->findings->len)
    {
      MwEvolutionFinding *finding = import->findings->pdata[import->index];

      for (; import->side <= MW_SIDE_OUTGOING; import->side++)
        {
          const char *wanted = finding->secret_uids[import->side];

          if (import->uids == NULL && wanted != NULL)
            {
              import->uids = g_strsplit (wanted, " ", -1);
              import->uid = 0;
            }
          if (import->uids != NULL)
            {
              mw_eds_secret_lookup_async (import->uids[import->uid], g_task_get_cancellable (task),
                                          on_secret_cb, g_object_ref (task));
              return;
            }
        }

      mw_found_account_take_passwords (finding->account,
                                       g_steal_pointer (&import->found[MW_SIDE_INCOMING]),
                                       g_steal_pointer (&import->found[MW_SIDE_OUTGOING]));
      import->index++;
      import->side = MW_SIDE_INCOMING;
    }

  return_accounts (task);
}

/* --- the accounts --- */

static void
read_thread (GTask        *task,
             gpointer      source_object,
             gpointer      task_data,
             GCancellable *cancellable)
{
  Import *import = task_data;

  if (import->entries == NULL)
    import->entries = mw_evolution_reader_load_files (import->target->data_folder);
  import->findings = mw_evolution_reader_read_entries (import->entries,
                                                       import->target->data_folder,
                                                       import->default_uid);
  g_task_return_boolean (task, TRUE);
}

static void
on_read_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (user_data);
  Import *import = g_task_get_task_data (task);
  GError *error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    g_task_return_error (task, error);
  else if (import->with_passwords)
    look_up_next (g_steal_pointer (&task));
  else
    return_accounts (task);
}

/* The thread works on what belongs to the waiting task, which outlives it. */
static void
read_sources (GTask *owned_task)
{
  g_autoptr(GTask) task = owned_task;
  g_autoptr(GTask) reading = NULL;
  Import *import = g_task_get_task_data (task);

  reading = g_task_new (NULL, NULL, on_read_cb, g_object_ref (task));
  g_task_set_source_tag (reading, read_sources);
  g_task_set_task_data (reading, import, NULL);
  g_task_run_in_thread (reading, read_thread);
}

static void
on_list_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (user_data);
  Import *import = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;

  import->entries = mw_evolution_registry_list_finish (G_DBUS_CONNECTION (object), result, &error);
  if (error != NULL && !g_error_matches (error, MW_EXPORT_ERROR, MW_EXPORT_ERROR_NO_TARGET))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  import->default_uid = mw_evolution_defaults_dup_account ();
  read_sources (g_steal_pointer (&task));
}

static void
on_bus_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (user_data);
  GCancellable *cancellable = g_task_get_cancellable (task);
  g_autoptr(GDBusConnection) bus = g_bus_get_finish (result, NULL);

  if (bus == NULL)
    read_sources (g_steal_pointer (&task));
  else
    mw_evolution_registry_list_async (bus, MW_EVOLUTION_REGISTRY_NAME, cancellable, on_list_cb,
                                      g_steal_pointer (&task));
}

void
mw_evolution_import_async (gpointer             exporter,
                           MwExportTarget      *target,
                           gboolean             with_passwords,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  Import *import;

  g_return_if_fail (G_IS_OBJECT (exporter));
  g_return_if_fail (target != NULL && target->data_folder != NULL);

  task = g_task_new (exporter, cancellable, callback, user_data);
  g_task_set_source_tag (task, mw_evolution_import_async);
  import = g_new0 (Import, 1);
  import->target = mw_export_target_ref (target);
  import->with_passwords = with_passwords;
  g_task_set_task_data (task, import, import_free);

  /* The service of the session knows nothing of other folders. */
  if (g_path_is_absolute (target->id) || target->packaging != MW_PACKAGING_DISTRO)
    read_sources (g_steal_pointer (&task));
  else
    g_bus_get (G_BUS_TYPE_SESSION, cancellable, on_bus_cb, g_steal_pointer (&task));
}

GPtrArray *
mw_evolution_import_finish (gpointer       exporter,
                            GAsyncResult  *result,
                            GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, exporter), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, mw_evolution_import_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
