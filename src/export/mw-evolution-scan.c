/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "export/mw-evolution-scan.h"

#include "export/mw-evolution-registry.h"
#include "export/mw-evolution-signature.h"

#define DESKTOP_FILE "org.gnome.Evolution.desktop"
#define BUS_MILLISECONDS 5000

typedef struct {
  gboolean running;
  gboolean available;
} Scan;

/* The Flatpak of Evolution exports a desktop file of the same name, but has a
 * data server of its own. */
static gboolean
is_program_in (const char *data_dir)
{
  g_autofree char *path = g_build_filename (data_dir, "applications", DESKTOP_FILE, NULL);
  g_autoptr(GKeyFile) file = g_key_file_new ();

  return g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, NULL) &&
         !g_key_file_has_key (file, G_KEY_FILE_DESKTOP_GROUP, "X-Flatpak", NULL);
}

static gboolean
is_program_installed (void)
{
  const char * const *dirs = g_get_system_data_dirs ();

  /* Programs outside cannot be seen from inside a Flatpak. */
  if (g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS) ||
      is_program_in (g_get_user_data_dir ()))
    return TRUE;

  for (gsize i = 0; dirs[i] != NULL; i++)
    {
      if (is_program_in (dirs[i]))
        return TRUE;
    }

  return FALSE;
}

static GPtrArray *
make_targets (Scan *scan)
{
  GPtrArray *targets = g_ptr_array_new_with_free_func ((GDestroyNotify) mw_export_target_unref);
  MwExportTarget *target;

  if (!scan->available || !is_program_installed ())
    return targets;

  target = mw_export_target_new (MW_EVOLUTION_TARGET_ID, MW_MAIL_CLIENT_EVOLUTION,
                                 MW_PACKAGING_DISTRO);
  target->data_folder = mw_evolution_signature_get_folder ();
  target->running = scan->running;

  /* Nothing outside can be started from inside a Flatpak. */
  if (!g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS))
    {
      target->launch = g_new0 (char *, 2);
      target->launch[0] = g_strdup ("evolution");
    }

  g_ptr_array_add (targets, target);
  return targets;
}

static void
return_targets (GTask *task)
{
  g_task_return_pointer (task, make_targets (g_task_get_task_data (task)),
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
  g_auto(GStrv) names = NULL;

  if (!take_names (task, object, result, &names))
    return;

  if (g_strv_contains ((const char * const *) names, MW_EVOLUTION_REGISTRY_NAME))
    scan->available = TRUE;
  return_targets (task);
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
  g_auto(GStrv) names = NULL;

  if (!take_names (task, object, result, &names))
    return;

  scan->running = g_strv_contains ((const char * const *) names, MW_EVOLUTION_NAME);
  scan->available = g_strv_contains ((const char * const *) names, MW_EVOLUTION_REGISTRY_NAME);

  if (scan->available)
    return_targets (task);
  else
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

  /* Without a session bus there is no Evolution; that is an answer. */
  if (bus == NULL)
    return_targets (task);
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
  g_task_set_task_data (task, g_new0 (Scan, 1), g_free);
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
