/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "discovery/mw-checked-address.h"

struct _MwCheckedAddress
{
  GNetworkAddress parent_instance;

  /* Owned */
  GPtrArray *addresses; /* element GInetAddress */
};

struct _MwCheckedAddressEnumerator
{
  GSocketAddressEnumerator parent_instance;

  guint             next;

  /* Owned */
  MwCheckedAddress *address;
};

#define MW_TYPE_CHECKED_ADDRESS_ENUMERATOR (mw_checked_address_enumerator_get_type ())
G_DECLARE_FINAL_TYPE (MwCheckedAddressEnumerator, mw_checked_address_enumerator,
                      MW, CHECKED_ADDRESS_ENUMERATOR, GSocketAddressEnumerator)
G_DEFINE_FINAL_TYPE (MwCheckedAddressEnumerator, mw_checked_address_enumerator,
                     G_TYPE_SOCKET_ADDRESS_ENUMERATOR)

static void mw_checked_address_iface_init (GSocketConnectableIface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (MwCheckedAddress, mw_checked_address, G_TYPE_NETWORK_ADDRESS,
                               G_IMPLEMENT_INTERFACE (G_TYPE_SOCKET_CONNECTABLE,
                                                      mw_checked_address_iface_init))

static GSocketAddress *
mw_checked_address_enumerator_next (GSocketAddressEnumerator  *enumerator,
                                    GCancellable              *cancellable,
                                    GError                   **error)
{
  MwCheckedAddressEnumerator *self = MW_CHECKED_ADDRESS_ENUMERATOR (enumerator);

  if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
      self->next == self->address->addresses->len)
    return NULL;

  return g_inet_socket_address_new (self->address->addresses->pdata[self->next++],
                                    g_network_address_get_port (G_NETWORK_ADDRESS (self->address)));
}

static void
mw_checked_address_enumerator_finalize (GObject *object)
{
  MwCheckedAddressEnumerator *self = MW_CHECKED_ADDRESS_ENUMERATOR (object);

  g_clear_object (&self->address);

  G_OBJECT_CLASS (mw_checked_address_enumerator_parent_class)->finalize (object);
}

static void
mw_checked_address_enumerator_class_init (MwCheckedAddressEnumeratorClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mw_checked_address_enumerator_finalize;
  G_SOCKET_ADDRESS_ENUMERATOR_CLASS (klass)->next = mw_checked_address_enumerator_next;
}

static void
mw_checked_address_enumerator_init (MwCheckedAddressEnumerator *self)
{
}

static GSocketAddressEnumerator *
mw_checked_address_enumerate (GSocketConnectable *connectable)
{
  MwCheckedAddressEnumerator *self;

  self = g_object_new (MW_TYPE_CHECKED_ADDRESS_ENUMERATOR, NULL);
  self->address = g_object_ref (MW_CHECKED_ADDRESS (connectable));
  return G_SOCKET_ADDRESS_ENUMERATOR (self);
}

static void
mw_checked_address_finalize (GObject *object)
{
  MwCheckedAddress *self = MW_CHECKED_ADDRESS (object);

  g_clear_pointer (&self->addresses, g_ptr_array_unref);

  G_OBJECT_CLASS (mw_checked_address_parent_class)->finalize (object);
}

static void
mw_checked_address_iface_init (GSocketConnectableIface *iface)
{
  iface->enumerate = mw_checked_address_enumerate;
  iface->proxy_enumerate = mw_checked_address_enumerate;
}

static void
mw_checked_address_class_init (MwCheckedAddressClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mw_checked_address_finalize;
}

static void
mw_checked_address_init (MwCheckedAddress *self)
{
}

GSocketConnectable *
mw_checked_address_new (const char *host,
                        guint16     port,
                        GPtrArray  *addresses)
{
  MwCheckedAddress *self;

  g_return_val_if_fail (host != NULL, NULL);
  g_return_val_if_fail (addresses != NULL, NULL);

  self = g_object_new (MW_TYPE_CHECKED_ADDRESS,
                       "hostname", host,
                       "port", (guint) port,
                       "scheme", "https",
                       NULL);
  self->addresses = g_ptr_array_ref (addresses);
  return G_SOCKET_CONNECTABLE (self);
}
