/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "net/mw-certificate-names.h"

#include <string.h>

#include <gio/gio.h>
#include <gnutls/x509-ext.h>

#include "core/mw-domain.h"
#include "net/mw-datum.h"

/* An SRV-ID is an otherName; @func gets it decoded and by a type of its own. */
static gboolean
visit_other_name (const gnutls_datum_t  *oid,
                  const gnutls_datum_t  *name,
                  MwCertificateNameFunc  func,
                  gpointer               user_data)
{
  g_auto(gnutls_datum_t) decoded = { NULL, 0 };
  g_autofree char *text = g_strndup ((const char *) oid->data, oid->size);
  unsigned int type;

  if (gnutls_x509_othername_to_virtual (text, name, &type, &decoded) != GNUTLS_E_SUCCESS)
    return FALSE;

  return func (type, &decoded, user_data);
}

static gboolean
is_dns_name_cb (unsigned int          type,
                const gnutls_datum_t *name,
                gpointer              user_data)
{
  const char *host = user_data;
  const char *parent;

  if (type != GNUTLS_SAN_DNSNAME)
    return FALSE;
  if (name->size == strlen (host) &&
      g_ascii_strncasecmp ((const char *) name->data, host, name->size) == 0)
    return TRUE;

  parent = strchr (host, '.');
  if (parent == NULL || name->size != strlen (parent) + 1 || name->data[0] != '*' ||
      g_ascii_strncasecmp ((const char *) name->data + 1, parent, name->size - 1) != 0)
    return FALSE;

  return !mw_domain_is_public_suffix (parent + 1);
}

static gboolean
is_ip_address_cb (unsigned int          type,
                  const gnutls_datum_t *name,
                  gpointer              user_data)
{
  GInetAddress *address = user_data;

  return type == GNUTLS_SAN_IPADDRESS &&
         name->size == g_inet_address_get_native_size (address) &&
         memcmp (name->data, g_inet_address_to_bytes (address), name->size) == 0;
}

gboolean
mw_certificate_walk_names (gnutls_x509_crt_t      certificate,
                           MwCertificateNameFunc  func,
                           gpointer               user_data)
{
  gnutls_subject_alt_names_t names = NULL;
  g_auto(gnutls_datum_t) extension = { NULL, 0 };
  unsigned int critical;
  gboolean found = FALSE;

  if (gnutls_x509_crt_get_extension_by_oid2 (certificate, GNUTLS_X509EXT_OID_SAN, 0,
                                             &extension, &critical) != GNUTLS_E_SUCCESS)
    return FALSE;
  if (gnutls_subject_alt_names_init (&names) != GNUTLS_E_SUCCESS)
    return FALSE;

  if (gnutls_x509_ext_import_subject_alt_names (&extension, names, 0) == GNUTLS_E_SUCCESS)
    {
      gnutls_datum_t name;
      gnutls_datum_t oid;
      unsigned int type;

      for (unsigned int i = 0; !found; i++)
        {
          if (gnutls_subject_alt_names_get (names, i, &type, &name, &oid) != GNUTLS_E_SUCCESS)
            break;
          found = type == GNUTLS_SAN_OTHERNAME ? visit_other_name (&oid, &name, func, user_data)
                                               : func (type, &name, user_data);
        }
    }

  gnutls_subject_alt_names_deinit (names);
  return found;
}

gboolean
mw_certificate_names_host (gnutls_x509_crt_t  certificate,
                           const char        *host)
{
  g_autoptr(GInetAddress) address = NULL;

  g_return_val_if_fail (host != NULL, FALSE);

  address = g_inet_address_new_from_string (host);
  if (address != NULL)
    return mw_certificate_walk_names (certificate, is_ip_address_cb, address);

  return mw_certificate_walk_names (certificate, is_dns_name_cb, (gpointer) host);
}
