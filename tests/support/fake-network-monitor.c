/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "fake-network-monitor.h"

struct _MwFakeNetworkMonitor
{
  GObject              parent_instance;

  gboolean             available;
  GNetworkConnectivity connectivity;
};

enum {
  PROP_0,
  PROP_NETWORK_AVAILABLE,
  PROP_NETWORK_METERED,
  PROP_CONNECTIVITY,
};

static gboolean
init (GInitable     *initable,
      GCancellable  *cancellable,
      GError       **error)
{
  return TRUE;
}

static void
initable_iface_init (GInitableIface *iface)
{
  iface->init = init;
}

static void
monitor_iface_init (GNetworkMonitorInterface *iface)
{
}

G_DEFINE_FINAL_TYPE_WITH_CODE (MwFakeNetworkMonitor, mw_fake_network_monitor, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_INITABLE, initable_iface_init)
                               G_IMPLEMENT_INTERFACE (G_TYPE_NETWORK_MONITOR, monitor_iface_init))

static void
mw_fake_network_monitor_get_property (GObject    *object,
                                      guint       prop_id,
                                      GValue     *value,
                                      GParamSpec *pspec)
{
  MwFakeNetworkMonitor *self = MW_FAKE_NETWORK_MONITOR (object);

  switch (prop_id)
    {
    case PROP_NETWORK_AVAILABLE:
      g_value_set_boolean (value, self->available);
      break;
    case PROP_NETWORK_METERED:
      g_value_set_boolean (value, FALSE);
      break;
    case PROP_CONNECTIVITY:
      g_value_set_enum (value, self->connectivity);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mw_fake_network_monitor_class_init (MwFakeNetworkMonitorClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = mw_fake_network_monitor_get_property;
  g_object_class_override_property (object_class, PROP_NETWORK_AVAILABLE, "network-available");
  g_object_class_override_property (object_class, PROP_NETWORK_METERED, "network-metered");
  g_object_class_override_property (object_class, PROP_CONNECTIVITY, "connectivity");
}

static void
mw_fake_network_monitor_init (MwFakeNetworkMonitor *self)
{
}

GNetworkMonitor *
mw_fake_network_monitor_new (gboolean             available,
                             GNetworkConnectivity connectivity)
{
  MwFakeNetworkMonitor *self = g_object_new (MW_TYPE_FAKE_NETWORK_MONITOR, NULL);

  self->available = available;
  self->connectivity = connectivity;
  return G_NETWORK_MONITOR (self);
}

void
mw_fake_network_monitor_set (GNetworkMonitor      *monitor,
                             gboolean              available,
                             GNetworkConnectivity  connectivity)
{
  MwFakeNetworkMonitor *self = MW_FAKE_NETWORK_MONITOR (monitor);

  self->available = available;
  self->connectivity = connectivity;
  g_signal_emit_by_name (monitor, "network-changed", available);
}
