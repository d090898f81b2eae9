/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "export/mw-evolution-scan.h"

#include "export/mw-evolution-install.h"
#include "export/mw-evolution-signature.h"

#define BUS_MILLISECONDS 5000

typedef struct {
  char **names;       /* NULL without a session bus */
  char **activatable;
} Scan;

static void
scan_free (gpointer data)
{
  Scan *scan = data;

  g_strfreev (scan->names);
  g_strfreev (scan->activatable);
  g_free (scan);
}

static void
list_thread (GTask        *task,
             gpointer      source_object,
             gpointer      task_data,
             GCancellable *cancellable)
{
  Scan *scan = task_data;
  g_autofree char *config_folder = mw_evolution_signature_get_folder ();
  g_autoptr(GPtrArray) data_dirs = g_ptr_array_new ();
  MwEvolutionView view = {
    .home = g_get_home_dir (),
    .system_root = "/",
    .config_folder = config_folder,
    .names = (const char * const *) scan->names,
    .activatable = (const char * const *) scan->activatable,
  };

  g_ptr_array_add (data_dirs, (char *) g_get_user_data_dir ());
  for (gsize i = 0; g_get_system_data_dirs ()[i] != NULL; i++)
    g_ptr_array_add (data_dirs, (char *) g_get_system_data_dirs ()[i]);
  g_ptr_array_add (data_dirs, NULL);
  view.data_dirs = (const char * const *) data_dirs->pdata;

  g_task_return_pointer (task, mw_evolution_install_list (&view),
                         (GDestroyNotify) g_ptr_array_unref);
}

static gboolean
take_names (GTask         *task,
            GObject       *bus,
            GAsyncResult  *result,
            char        ***out_names)
{
  g_autoptr(GVariant) reply = NULL;
  g_autoptr(GError) error = NULL;

  reply = g_dbus_connection_call_finish (G_DBUS_CONNECTION (bus), result, &error);
  if (reply == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return FALSE;
    }

  g_variant_get (reply, "(^as)", out_names);
  return TRUE;
}

static void
activatable_names_cb (GObject      *object,
                      GAsyncResult *result,
                      gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (user_data);
  Scan *scan = g_task_get_task_data (task);

  if (take_names (task, object, result, &scan->activatable))
    g_task_run_in_thread (task, list_thread);
}

static void
call_names (GDBusConnection     *bus,
            const char          *method,
            GAsyncReadyCallback  callback,
            GTask               *owned_task)
{
  g_dbus_connection_call (bus, "org.freedesktop.DBus", "/org/freedesktop/DBus",
                          "org.freedesktop.DBus", method, NULL, G_VARIANT_TYPE ("(as)"),
                          G_DBUS_CALL_FLAGS_NONE, BUS_MILLISECONDS,
                          g_task_get_cancellable (owned_task), callback, owned_task);
}

static void
names_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (user_data);
  Scan *scan = g_task_get_task_data (task);

  if (take_names (task, object, result, &scan->names))
    call_names (G_DBUS_CONNECTION (object), "ListActivatableNames", activatable_names_cb,
                g_steal_pointer (&task));
}

static void
bus_cb (GObject      *object,
        GAsyncResult *result,
        gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (user_data);
  g_autoptr(GDBusConnection) bus = g_bus_get_finish (result, NULL);

  /* Without a session bus nothing can be handed over; that is an answer. */
  if (bus == NULL)
    g_task_run_in_thread (task, list_thread);
  else
    call_names (bus, "ListNames", names_cb, g_steal_pointer (&task));
}

void
mw_evolution_scan_async (GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, mw_evolution_scan_async);
  g_task_set_task_data (task, g_new0 (Scan, 1), scan_free);
  g_bus_get (G_BUS_TYPE_SESSION, cancellable, bus_cb, task);
}

GPtrArray *
mw_evolution_scan_finish (GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, mw_evolution_scan_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
