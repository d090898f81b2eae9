/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "core/mw-certificate.h"

G_DEFINE_BOXED_TYPE (MwCertificate, mw_certificate, mw_certificate_ref, mw_certificate_unref)

static void
mw_certificate_clear (gpointer data)
{
  MwCertificate *self = data;

  g_free (self->subject);
  g_free (self->issuer);
  g_strfreev (self->names);
  g_strfreev (self->srv_names);
  g_free (self->key);
  g_free (self->signature);
  g_free (self->sha256);
  g_clear_pointer (&self->der, g_bytes_unref);
  g_free (self->problems);
}

MwCertificate *
mw_certificate_new (void)
{
  MwCertificate *self = g_rc_box_new0 (MwCertificate);

  self->not_before = -1;
  self->not_after = -1;
  return self;
}

MwCertificate *
mw_certificate_ref (MwCertificate *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_rc_box_acquire (self);
}

void
mw_certificate_unref (MwCertificate *self)
{
  g_return_if_fail (self != NULL);

  g_rc_box_release_full (self, mw_certificate_clear);
}
