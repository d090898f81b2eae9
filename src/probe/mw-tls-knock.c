/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "probe/mw-tls-knock.h"

#include "core/mw-error.h"
#include "net/mw-dial.h"
#include "net/mw-transport.h"

struct _MwTlsKnock
{
  /* Owned */
  GInetAddress     *address;
  char             *host;
  MwTlsCredentials *tls;
  MwSocketSlots    *slots;
  MwDial           *dial;
  MwTransport      *transport;
  GCancellable     *cancellable;

  guint16           port;
  guint             connect_ms;
  guint             tls_ms;
  MwTlsKnockFunc    func;
  gpointer          user_data;
};

/* Facts exist once there was a session; some ends of a handshake are only
 * possible between two who both speak TLS. */
static gboolean
is_tls (MwTlsFacts   *facts,
        const GError *error)
{
  return facts != NULL || g_error_matches (error, MW_PROBE_ERROR, MW_OUTCOME_TLS_TOO_OLD) ||
         g_error_matches (error, MW_PROBE_ERROR, MW_OUTCOME_CLIENT_CERTIFICATE);
}

static void
handshake_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(GCancellable) cancellable = G_CANCELLABLE (user_data);
  MwTlsKnock *self = g_object_get_data (G_OBJECT (cancellable), "knock");
  g_autoptr(MwTlsFacts) facts = NULL;
  g_autoptr(GError) error = NULL;

  mw_transport_handshake_finish (MW_TRANSPORT (object), result, &facts, &error);
  if (g_cancellable_is_cancelled (cancellable))
    return;

  mw_transport_close (self->transport, NULL);
  g_clear_object (&self->transport);
  if (is_tls (facts, error))
    self->func (self->user_data);
}

static void
dialled_cb (MwDial       *dial,
            const GError *error,
            gpointer      user_data)
{
  MwTlsKnock *self = user_data;

  if (error == NULL)
    {
      self->transport = mw_transport_new (mw_dial_get_socket (dial));
      mw_transport_handshake_async (self->transport, self->tls, self->host, NULL, self->tls_ms,
                                    self->cancellable, handshake_cb,
                                    g_object_ref (self->cancellable));
    }
  g_clear_pointer (&self->dial, mw_dial_free);
}

static void
start_cb (gpointer user_data)
{
  MwTlsKnock *self = user_data;

  self->dial = mw_dial_new (self->address, self->port, self->connect_ms, dialled_cb, self, NULL);
  if (self->dial != NULL && self->slots != NULL)
    mw_socket_slots_occupy (self->slots, mw_dial_get_socket (self->dial));
}

MwTlsKnock *
mw_tls_knock_new (GInetAddress     *address,
                  guint16           port,
                  const char       *host,
                  MwTlsCredentials *tls,
                  MwSocketSlots    *slots,
                  guint             connect_ms,
                  guint             tls_ms,
                  MwTlsKnockFunc    func,
                  gpointer          user_data)
{
  MwTlsKnock *self;

  g_return_val_if_fail (G_IS_INET_ADDRESS (address), NULL);
  g_return_val_if_fail (host != NULL, NULL);
  g_return_val_if_fail (MW_IS_TLS_CREDENTIALS (tls), NULL);
  g_return_val_if_fail (func != NULL, NULL);

  self = g_new0 (MwTlsKnock, 1);
  self->address = g_object_ref (address);
  self->host = g_strdup (host);
  self->tls = g_object_ref (tls);
  self->slots = slots != NULL ? mw_socket_slots_ref (slots) : NULL;
  self->cancellable = g_cancellable_new ();
  g_object_set_data (G_OBJECT (self->cancellable), "knock", self);
  self->port = port;
  self->connect_ms = connect_ms;
  self->tls_ms = tls_ms;
  self->func = func;
  self->user_data = user_data;

  if (slots != NULL)
    mw_socket_slots_wait (slots, start_cb, self);
  else
    start_cb (self);
  return self;
}

void
mw_tls_knock_free (MwTlsKnock *self)
{
  /* The handshake's callback comes later and looks at nothing else. */
  g_cancellable_cancel (self->cancellable);
  if (self->slots != NULL)
    mw_socket_slots_forget (self->slots, self);
  if (self->transport != NULL)
    mw_transport_close (self->transport, NULL);
  g_clear_object (&self->transport);
  g_clear_pointer (&self->dial, mw_dial_free);
  g_clear_pointer (&self->slots, mw_socket_slots_unref);
  g_clear_object (&self->address);
  g_clear_object (&self->tls);
  g_clear_object (&self->cancellable);
  g_free (self->host);
  g_free (self);
}
