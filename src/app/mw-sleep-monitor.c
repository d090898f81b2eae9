/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "app/mw-sleep-monitor.h"

#define LOGIN_NAME "org.freedesktop.login1"
#define LOGIN_PATH "/org/freedesktop/login1"
#define LOGIN_INTERFACE "org.freedesktop.login1.Manager"

struct _MwSleepMonitor
{
  GObject          parent_instance;

  /* Owned */
  GCancellable    *cancellable;
  GDBusConnection *bus;
  guint            subscription;
};

G_DEFINE_FINAL_TYPE (MwSleepMonitor, mw_sleep_monitor, G_TYPE_OBJECT)

enum {
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
on_prepare_for_sleep (GDBusConnection *bus,
                      const char      *sender,
                      const char      *path,
                      const char      *interface,
                      const char      *name,
                      GVariant        *parameters,
                      gpointer         user_data)
{
  gboolean sleeping;

  if (!g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(b)")))
    return;

  g_variant_get (parameters, "(b)", &sleeping);
  g_signal_emit (user_data, signals[CHANGED], 0, sleeping);
}

static void
on_bus (GObject      *object,
        GAsyncResult *result,
        gpointer      user_data)
{
  g_autoptr(MwSleepMonitor) self = MW_SLEEP_MONITOR (user_data);
  g_autoptr(GError) error = NULL;

  self->bus = g_bus_get_finish (result, &error);
  if (self->bus == NULL)
    {
      g_debug ("No system bus: %s", error->message);
      return;
    }

  /* Nothing here is worth ending the program for. */
  g_dbus_connection_set_exit_on_close (self->bus, FALSE);
  self->subscription =
    g_dbus_connection_signal_subscribe (self->bus, LOGIN_NAME, LOGIN_INTERFACE,
                                        "PrepareForSleep", LOGIN_PATH, NULL,
                                        G_DBUS_SIGNAL_FLAGS_NONE, on_prepare_for_sleep,
                                        self, NULL);
}

static void
mw_sleep_monitor_dispose (GObject *object)
{
  MwSleepMonitor *self = MW_SLEEP_MONITOR (object);

  g_cancellable_cancel (self->cancellable);
  if (self->subscription != 0)
    g_dbus_connection_signal_unsubscribe (self->bus, self->subscription);
  self->subscription = 0;
  g_clear_object (&self->bus);
  g_clear_object (&self->cancellable);

  G_OBJECT_CLASS (mw_sleep_monitor_parent_class)->dispose (object);
}

static void
mw_sleep_monitor_class_init (MwSleepMonitorClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = mw_sleep_monitor_dispose;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                   0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
}

static void
mw_sleep_monitor_init (MwSleepMonitor *self)
{
  self->cancellable = g_cancellable_new ();
  g_bus_get (G_BUS_TYPE_SYSTEM, self->cancellable, on_bus, g_object_ref (self));
}

MwSleepMonitor *
mw_sleep_monitor_new (void)
{
  return g_object_new (MW_TYPE_SLEEP_MONITOR, NULL);
}
