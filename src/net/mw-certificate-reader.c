/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "net/mw-certificate-reader.h"

#include <gio/gio.h>
#include <gnutls/x509.h>

#include "net/mw-certificate-names.h"
#include "net/mw-datum.h"

#define MAX_TEXT 512   /* characters of a name */
#define MAX_NAMES 100  /* listed */

/* What must not reach a window or a terminal as it is: controls, what turns
 * the direction of writing, what cannot be seen, line ends. */
static gboolean
is_plain (gunichar c)
{
  GUnicodeType type = g_unichar_type (c);

  return g_unichar_isprint (c) && type != G_UNICODE_LINE_SEPARATOR &&
         type != G_UNICODE_PARAGRAPH_SEPARATOR;
}

static char *
make_text (const gnutls_datum_t *datum)
{
  g_autofree char *valid = g_utf8_make_valid ((const char *) datum->data,
                                              MIN (datum->size, MAX_TEXT * 4));
  g_autoptr(GString) text = g_string_new (NULL);
  guint n = 0;

  for (const char *c = valid; *c != '\0'; c = g_utf8_next_char (c))
    {
      if (n++ == MAX_TEXT)
        {
          g_string_append (text, "…");
          break;
        }
      g_string_append_unichar (text, is_plain (g_utf8_get_char (c)) ? g_utf8_get_char (c) : 0xfffd);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
get_subject (gnutls_x509_crt_t certificate)
{
  g_auto(gnutls_datum_t) dn = { NULL, 0 };

  return gnutls_x509_crt_get_dn3 (certificate, &dn, 0) == GNUTLS_E_SUCCESS ? make_text (&dn) : NULL;
}

static char *
get_issuer (gnutls_x509_crt_t certificate)
{
  g_auto(gnutls_datum_t) dn = { NULL, 0 };

  return gnutls_x509_crt_get_issuer_dn3 (certificate, &dn, 0) == GNUTLS_E_SUCCESS
           ? make_text (&dn) : NULL;
}

static char *
get_key (gnutls_x509_crt_t certificate)
{
  unsigned int bits = 0;
  int algorithm = gnutls_x509_crt_get_pk_algorithm (certificate, &bits);

  if (algorithm < 0)
    return NULL;

  return g_strdup_printf ("%s %u", gnutls_pk_get_name (algorithm), bits);
}

static char *
get_signature (gnutls_x509_crt_t certificate)
{
  int algorithm = gnutls_x509_crt_get_signature_algorithm (certificate);

  return algorithm > 0 ? g_strdup (gnutls_sign_get_name (algorithm)) : NULL;
}

typedef struct {
  GStrvBuilder *names;
  GStrvBuilder *srv_names;
  guint         n;
} Names;

static char *
make_address (const gnutls_datum_t *name)
{
  GSocketFamily family = name->size == 4 ? G_SOCKET_FAMILY_IPV4 : G_SOCKET_FAMILY_IPV6;
  g_autoptr(GInetAddress) address = NULL;

  if (name->size != 4 && name->size != 16)
    return NULL;

  address = g_inet_address_new_from_bytes (name->data, family);
  return g_inet_address_to_string (address);
}

static gboolean
add_name_cb (unsigned int          type,
             const gnutls_datum_t *name,
             gpointer              user_data)
{
  Names *names = user_data;
  g_autofree char *text = NULL;

  if (type == GNUTLS_SAN_DNSNAME || type == GNUTLS_SAN_OTHERNAME_SRV)
    text = make_text (name);
  else if (type == GNUTLS_SAN_IPADDRESS)
    text = make_address (name);

  if (text != NULL && ++names->n <= MAX_NAMES)
    g_strv_builder_add (type == GNUTLS_SAN_OTHERNAME_SRV ? names->srv_names : names->names, text);

  return FALSE;
}

MwCertificate *
mw_certificate_read (gnutls_x509_crt_t     certificate,
                     const gnutls_datum_t *der)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr(GStrvBuilder) srv_builder = g_strv_builder_new ();
  Names names = { builder, srv_builder, 0 };
  MwCertificate *self = mw_certificate_new ();

  self->der = g_bytes_new (der->data, der->size);
  self->sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, self->der);
  if (certificate == NULL)
    return self;

  self->subject = get_subject (certificate);
  self->issuer = get_issuer (certificate);
  mw_certificate_walk_names (certificate, add_name_cb, &names);
  self->names = g_strv_builder_end (builder);
  self->srv_names = g_strv_builder_end (srv_builder);
  self->n_names = names.n;
  self->not_before = gnutls_x509_crt_get_activation_time (certificate);
  self->not_after = gnutls_x509_crt_get_expiration_time (certificate);
  self->key = get_key (certificate);
  self->signature = get_signature (certificate);
  self->is_ca = gnutls_x509_crt_get_ca_status (certificate, NULL) > 0;
  return self;
}
