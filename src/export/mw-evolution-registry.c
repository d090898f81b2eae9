/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "export/mw-evolution-registry.h"

#include "core/mw-error.h"
#include "export/mw-evolution-source.h"

#define MANAGER_PATH "/org/gnome/evolution/dataserver/SourceManager"
#define MANAGER_INTERFACE "org.gnome.evolution.dataserver.SourceManager"
#define SOURCE_INTERFACE "org.gnome.evolution.dataserver.Source"
#define WRITABLE_INTERFACE SOURCE_INTERFACE ".Writable"
#define REMOVABLE_INTERFACE SOURCE_INTERFACE ".Removable"

/* The first call starts the service, which reads all its files first. */
#define LIST_MILLISECONDS 30000
#define CALL_MILLISECONDS 20000

MwEvolutionEntry *
mw_evolution_entry_new (const char *uid,
                        const char *path,
                        const char *data,
                        gboolean    writable,
                        gboolean    removable)
{
  g_autoptr(GKeyFile) file = mw_evolution_source_load (data);
  MwEvolutionEntry *self;

  g_return_val_if_fail (uid != NULL, NULL);

  if (file == NULL)
    return NULL;

  self = g_new0 (MwEvolutionEntry, 1);
  self->uid = g_strdup (uid);
  self->path = g_strdup (path);
  self->data = g_strdup (data);
  self->file = g_steal_pointer (&file);
  self->writable = writable;
  self->removable = removable;
  return self;
}

void
mw_evolution_entry_free (MwEvolutionEntry *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->uid);
  g_free (self->path);
  g_free (self->data);
  g_key_file_unref (self->file);
  g_free (self);
}

static GError *
map_error (GError *error)
{
  g_autoptr(GError) owned = error;
  MwExportError code = MW_EXPORT_ERROR_REFUSED;

  if (g_error_matches (owned, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return g_steal_pointer (&owned);

  if (g_error_matches (owned, G_DBUS_ERROR, G_DBUS_ERROR_SERVICE_UNKNOWN) ||
      g_error_matches (owned, G_DBUS_ERROR, G_DBUS_ERROR_NAME_HAS_NO_OWNER) ||
      g_error_matches (owned, G_DBUS_ERROR, G_DBUS_ERROR_ACCESS_DENIED))
    code = MW_EXPORT_ERROR_NO_TARGET;

  g_dbus_error_strip_remote_error (owned);
  return g_error_new (MW_EXPORT_ERROR, code, "Evolution Data Server: %s", owned->message);
}

static MwEvolutionEntry *
entry_from_interfaces (const char *path,
                       GVariant   *interfaces)
{
  g_autoptr(GVariant) source = NULL;
  g_autoptr(GVariant) writable = NULL;
  g_autoptr(GVariant) removable = NULL;
  const char *uid, *data;

  source = g_variant_lookup_value (interfaces, SOURCE_INTERFACE, G_VARIANT_TYPE_VARDICT);
  writable = g_variant_lookup_value (interfaces, WRITABLE_INTERFACE, G_VARIANT_TYPE_VARDICT);
  removable = g_variant_lookup_value (interfaces, REMOVABLE_INTERFACE, G_VARIANT_TYPE_VARDICT);

  if (source == NULL ||
      !g_variant_lookup (source, "UID", "&s", &uid) ||
      !g_variant_lookup (source, "Data", "&s", &data))
    return NULL;

  return mw_evolution_entry_new (uid, path, data, writable != NULL, removable != NULL);
}

static void
list_call_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (user_data);
  g_autoptr(GVariant) reply = NULL;
  g_autoptr(GVariantIter) objects = NULL;
  g_autoptr(GPtrArray) entries = NULL;
  GError *error = NULL;
  const char *path;
  GVariant *interfaces;

  reply = g_dbus_connection_call_finish (G_DBUS_CONNECTION (object), result, &error);
  if (reply == NULL)
    {
      g_task_return_error (task, map_error (error));
      return;
    }

  entries = g_ptr_array_new_with_free_func ((GDestroyNotify) mw_evolution_entry_free);
  g_variant_get (reply, "(a{oa{sa{sv}}})", &objects);
  while (g_variant_iter_loop (objects, "{&o@a{sa{sv}}}", &path, &interfaces))
    {
      MwEvolutionEntry *entry = entry_from_interfaces (path, interfaces);

      if (entry != NULL)
        g_ptr_array_add (entries, entry);
    }

  g_task_return_pointer (task, g_steal_pointer (&entries), (GDestroyNotify) g_ptr_array_unref);
}

void
mw_evolution_registry_list_async (GDBusConnection     *bus,
                                  const char          *name,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data)
{
  GTask *task;

  g_return_if_fail (G_IS_DBUS_CONNECTION (bus));
  g_return_if_fail (name != NULL);

  task = g_task_new (bus, cancellable, callback, user_data);
  g_task_set_source_tag (task, mw_evolution_registry_list_async);
  g_dbus_connection_call (bus, name, MANAGER_PATH,
                          "org.freedesktop.DBus.ObjectManager", "GetManagedObjects", NULL,
                          G_VARIANT_TYPE ("(a{oa{sa{sv}}})"), G_DBUS_CALL_FLAGS_NONE,
                          LIST_MILLISECONDS, cancellable, list_call_cb, task);
}

GPtrArray *
mw_evolution_registry_list_finish (GDBusConnection  *bus,
                                   GAsyncResult     *result,
                                   GError          **error)
{
  g_return_val_if_fail (g_task_is_valid (result, bus), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, mw_evolution_registry_list_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
change_call_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (user_data);
  g_autoptr(GVariant) reply = NULL;
  GError *error = NULL;

  reply = g_dbus_connection_call_finish (G_DBUS_CONNECTION (object), result, &error);
  if (reply != NULL)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, map_error (error));
}

/* Changes cannot be cancelled half way. */
static void
call_async (GDBusConnection     *bus,
            const char          *name,
            const char          *path,
            const char          *interface,
            const char          *method,
            GVariant            *arguments,
            GAsyncReadyCallback  callback,
            gpointer             user_data)
{
  GTask *task = g_task_new (bus, NULL, callback, user_data);

  g_task_set_source_tag (task, call_async);
  g_dbus_connection_call (bus, name, path, interface, method, arguments, NULL,
                          G_DBUS_CALL_FLAGS_NONE, CALL_MILLISECONDS, NULL, change_call_cb, task);
}

void
mw_evolution_registry_create_async (GDBusConnection     *bus,
                                    const char          *name,
                                    GVariant            *sources,
                                    GAsyncReadyCallback  callback,
                                    gpointer             user_data)
{
  g_return_if_fail (G_IS_DBUS_CONNECTION (bus));
  g_return_if_fail (name != NULL);
  g_return_if_fail (g_variant_is_of_type (sources, G_VARIANT_TYPE ("a{ss}")));

  call_async (bus, name, MANAGER_PATH, MANAGER_INTERFACE, "CreateSources",
              g_variant_new ("(@a{ss})", sources), callback, user_data);
}

void
mw_evolution_registry_write_async (GDBusConnection     *bus,
                                   const char          *name,
                                   const char          *path,
                                   const char          *data,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data)
{
  g_return_if_fail (G_IS_DBUS_CONNECTION (bus));
  g_return_if_fail (name != NULL);
  g_return_if_fail (path != NULL);
  g_return_if_fail (data != NULL);

  call_async (bus, name, path, WRITABLE_INTERFACE, "Write", g_variant_new ("(s)", data),
              callback, user_data);
}

void
mw_evolution_registry_remove_async (GDBusConnection     *bus,
                                    const char          *name,
                                    const char          *path,
                                    GAsyncReadyCallback  callback,
                                    gpointer             user_data)
{
  g_return_if_fail (G_IS_DBUS_CONNECTION (bus));
  g_return_if_fail (name != NULL);
  g_return_if_fail (path != NULL);

  call_async (bus, name, path, REMOVABLE_INTERFACE, "Remove", NULL, callback, user_data);
}

gboolean
mw_evolution_registry_call_finish (GDBusConnection  *bus,
                                   GAsyncResult     *result,
                                   GError          **error)
{
  g_return_val_if_fail (g_task_is_valid (result, bus), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, call_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
