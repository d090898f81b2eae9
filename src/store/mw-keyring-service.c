/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "store/mw-keyring-service.h"

/* Opening never prompts, so it is quick or broken. */
#define OPEN_SECONDS 10

#define BUS_NAME "org.freedesktop.secrets"

static GCancellable *
task_cancellable (GTask *task)
{
  return mw_deadline_get_cancellable (g_task_get_task_data (task));
}

static void
return_error (GTask      *task,
              const char *doing,
              GError     *error)
{
  g_task_return_error (task, mw_keyring_map_error (error, MW_STORE_ERROR_NO_SERVICE, doing,
                                                   g_task_get_task_data (task),
                                                   g_task_get_cancellable (task)));
}

static void
open_service_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (user_data);
  g_autoptr(GError) error = NULL;
  SecretService *service = secret_service_get_finish (result, &error);

  if (service == NULL)
    {
      return_error (task, "Opening the keyring",
                    g_steal_pointer (&error));
      return;
    }

  g_task_return_pointer (task, service, g_object_unref);
}

static void
open_service (GTask *task)
{
  GCancellable *cancellable = task_cancellable (task);

  secret_service_get (SECRET_SERVICE_OPEN_SESSION, cancellable, open_service_cb, task);
}

static void
open_activatable_names_cb (GObject      *object,
                           GAsyncResult *result,
                           gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (user_data);
  g_autoptr(GError) error = NULL;
  g_autoptr(GVariant) reply = NULL;
  g_auto(GStrv) names = NULL;

  reply = g_dbus_connection_call_finish (G_DBUS_CONNECTION (object), result, &error);
  if (reply == NULL)
    {
      return_error (task, "Looking for a keyring",
                    g_steal_pointer (&error));
      return;
    }

  g_variant_get (reply, "(^as)", &names);
  if (!g_strv_contains ((const char * const *) names, BUS_NAME))
    {
      g_task_return_new_error (task, MW_STORE_ERROR, MW_STORE_ERROR_NO_SERVICE,
                               "No Secret Service on the session bus");
      return;
    }

  open_service (g_steal_pointer (&task));
}

static void
open_name_has_owner_cb (GObject      *object,
                        GAsyncResult *result,
                        gpointer      user_data)
{
  GDBusConnection *bus = G_DBUS_CONNECTION (object);
  g_autoptr(GTask) task = G_TASK (user_data);
  g_autoptr(GError) error = NULL;
  g_autoptr(GVariant) reply = NULL;
  gboolean has_owner;
  GCancellable *cancellable;

  reply = g_dbus_connection_call_finish (bus, result, &error);
  if (reply == NULL)
    {
      return_error (task, "Looking for a keyring",
                    g_steal_pointer (&error));
      return;
    }

  g_variant_get (reply, "(b)", &has_owner);
  if (has_owner)
    {
      open_service (g_steal_pointer (&task));
      return;
    }

  cancellable = task_cancellable (task);
  g_dbus_connection_call (bus, "org.freedesktop.DBus", "/org/freedesktop/DBus",
                          "org.freedesktop.DBus", "ListActivatableNames", NULL,
                          G_VARIANT_TYPE ("(as)"), G_DBUS_CALL_FLAGS_NONE, -1,
                          cancellable, open_activatable_names_cb,
                          g_steal_pointer (&task));
}

static void
open_bus_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (user_data);
  g_autoptr(GError) error = NULL;
  g_autoptr(GDBusConnection) bus = g_bus_get_finish (result, &error);
  GCancellable *cancellable;

  if (bus == NULL)
    {
      return_error (task, "Connecting to the session bus",
                    g_steal_pointer (&error));
      return;
    }

  cancellable = task_cancellable (task);
  g_dbus_connection_call (bus, "org.freedesktop.DBus", "/org/freedesktop/DBus",
                          "org.freedesktop.DBus", "NameHasOwner",
                          g_variant_new ("(s)", BUS_NAME), G_VARIANT_TYPE ("(b)"),
                          G_DBUS_CALL_FLAGS_NONE, -1, cancellable,
                          open_name_has_owner_cb, g_steal_pointer (&task));
}

void
mw_keyring_open_async (GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, mw_keyring_open_async);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, mw_deadline_new (OPEN_SECONDS, cancellable),
                        (GDestroyNotify) mw_deadline_free);
  g_bus_get (G_BUS_TYPE_SESSION, task_cancellable (task), open_bus_cb, task);
}

SecretService *
mw_keyring_open_finish (GAsyncResult  *result,
                        GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, mw_keyring_open_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Brings whatever libsecret or the bus says into MW_STORE_ERROR. */
GError *
mw_keyring_map_error (GError       *error,
                      MwStoreError  code,
                      const char   *doing,
                      MwDeadline   *deadline,
                      GCancellable *cancellable)
{
  g_autoptr(GError) owned = error;

  if (mw_deadline_has_passed (deadline))
    return g_error_new (MW_STORE_ERROR, code, "%s: no answer in time", doing);

  if (g_error_matches (owned, G_IO_ERROR, G_IO_ERROR_CANCELLED) &&
      g_cancellable_is_cancelled (cancellable))
    return g_steal_pointer (&owned);

  /* libsecret says "cancelled" when the person dismissed its prompt. */
  if (g_error_matches (owned, SECRET_ERROR, SECRET_ERROR_IS_LOCKED) ||
      g_error_matches (owned, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return g_error_new (MW_STORE_ERROR, MW_STORE_ERROR_LOCKED,
                        "%s: the keyring stayed locked", doing);

  g_dbus_error_strip_remote_error (owned);
  return g_error_new (MW_STORE_ERROR, code, "%s: %s", doing, owned->message);
}
