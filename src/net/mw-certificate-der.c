/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "net/mw-certificate-der.h"

#include "net/mw-certificate-reader.h"

MwCertificate *
mw_certificate_new_from_der (GBytes *der)
{
  gnutls_x509_crt_t decoded = NULL;
  MwCertificate *certificate;
  gnutls_datum_t datum;
  gsize size;

  g_return_val_if_fail (der != NULL, NULL);

  datum.data = (unsigned char *) g_bytes_get_data (der, &size);
  datum.size = size;
  if (gnutls_x509_crt_init (&decoded) < 0)
    decoded = NULL;
  else if (gnutls_x509_crt_import (decoded, &datum, GNUTLS_X509_FMT_DER) < 0)
    g_clear_pointer (&decoded, gnutls_x509_crt_deinit);

  certificate = mw_certificate_read (decoded, &datum);
  g_clear_pointer (&decoded, gnutls_x509_crt_deinit);
  return certificate;
}
