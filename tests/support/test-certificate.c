/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "test-certificate.h"

#include <glib/gstdio.h>
#include <gnutls/x509-ext.h>
#include <string.h>
#include <time.h>

struct _MwTestCertificate
{
  gnutls_x509_privkey_t key;
  gnutls_x509_crt_t     crt;
};

static void
must (int code)
{
  if (code < 0)
    g_error ("GnuTLS: %s", gnutls_strerror (code));
}

static void
add_name (gnutls_x509_crt_t  crt,
          const char        *name)
{
  g_autoptr(GInetAddress) address = g_inet_address_new_from_string (name);

  if (address != NULL)
    must (gnutls_x509_crt_set_subject_alt_name (crt, GNUTLS_SAN_IPADDRESS,
                                                g_inet_address_to_bytes (address),
                                                g_inet_address_get_native_size (address),
                                                GNUTLS_FSAN_APPEND));
  else
    must (gnutls_x509_crt_set_subject_alt_name (crt, GNUTLS_SAN_DNSNAME, name, strlen (name),
                                                GNUTLS_FSAN_APPEND));
}

static void
add_key_ids (gnutls_x509_crt_t crt,
             gnutls_x509_crt_t issuer)
{
  guint8 id[64];
  size_t size = sizeof id;

  must (gnutls_x509_crt_get_key_id (crt, 0, id, &size));
  must (gnutls_x509_crt_set_subject_key_id (crt, id, size));
  size = sizeof id;
  must (gnutls_x509_crt_get_key_id (issuer, 0, id, &size));
  must (gnutls_x509_crt_set_authority_key_id (crt, id, size));
}

static void
make_key (MwTestCertificate           *self,
          const MwTestCertificateSpec *spec)
{
  must (gnutls_x509_privkey_init (&self->key));
  if (spec->rsa_bits != 0)
    must (gnutls_x509_privkey_generate (self->key, GNUTLS_PK_RSA, spec->rsa_bits, 0));
  else
    must (gnutls_x509_privkey_generate (self->key, GNUTLS_PK_ECDSA,
                                        GNUTLS_CURVE_TO_BITS (GNUTLS_ECC_CURVE_SECP256R1), 0));
}

static void
ask_for_stapling (gnutls_x509_crt_t crt)
{
  gnutls_x509_tlsfeatures_t features;

  must (gnutls_x509_tlsfeatures_init (&features));
  /* status_request (RFC 6066 §8). */
  must (gnutls_x509_tlsfeatures_add (features, 5));
  must (gnutls_x509_crt_set_tlsfeatures (crt, features));
  gnutls_x509_tlsfeatures_deinit (features);
}

static void
add_dns_name (GByteArray *array,
              const char *name)
{
  guint8 head[] = { 0x82, strlen (name) };

  g_byte_array_append (array, head, sizeof head);
  g_byte_array_append (array, (const guint8 *) name, strlen (name));
}

/* GnuTLS would read all names again for each it adds. */
static void
set_many_names (gnutls_x509_crt_t            crt,
                const MwTestCertificateSpec *spec)
{
  g_autoptr(GByteArray) names = g_byte_array_new ();
  guint8 head[4] = { 0x30, 0x82 };

  for (guint i = 0; i < spec->n_others; i++)
    {
      g_autofree char *name = g_strdup_printf ("a%u.example.test", i);

      add_dns_name (names, name);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (spec->names) && spec->names[i] != NULL; i++)
    add_dns_name (names, spec->names[i]);

  head[2] = names->len >> 8;
  head[3] = names->len;
  g_byte_array_prepend (names, head, sizeof head);
  must (gnutls_x509_crt_set_extension_by_oid (crt, GNUTLS_X509EXT_OID_SAN, names->data,
                                              names->len, 0));
}

static void
set_extensions (gnutls_x509_crt_t            crt,
                const MwTestCertificateSpec *spec)
{
  const char *purpose = spec->purpose != NULL ? spec->purpose : GNUTLS_KP_TLS_WWW_SERVER;

  if (spec->n_others > 0)
    set_many_names (crt, spec);
  for (gsize i = 0;
       spec->n_others == 0 && i < G_N_ELEMENTS (spec->names) && spec->names[i] != NULL; i++)
    add_name (crt, spec->names[i]);

  must (gnutls_x509_crt_set_basic_constraints (crt, spec->is_ca, -1));
  must (gnutls_x509_crt_set_key_usage (crt, GNUTLS_KEY_DIGITAL_SIGNATURE |
                                             (spec->is_ca ? GNUTLS_KEY_KEY_CERT_SIGN : 0)));
  if (!spec->is_ca)
    must (gnutls_x509_crt_set_key_purpose_oid (crt, purpose, 0));

  if (spec->must_staple)
    ask_for_stapling (crt);

  if (spec->issuer_uri != NULL)
    {
      gnutls_datum_t uri = { (unsigned char *) spec->issuer_uri, strlen (spec->issuer_uri) };

      must (gnutls_x509_crt_set_authority_info_access (crt, GNUTLS_IA_CAISSUERS_URI, &uri));
    }
}

MwTestCertificate *
mw_test_certificate_new (const MwTestCertificateSpec *spec,
                         MwTestCertificate           *issuer)
{
  static int last_serial = 0;
  MwTestCertificate *self = g_new0 (MwTestCertificate, 1);
  MwTestCertificate *signer = issuer != NULL ? issuer : self;
  const char *name = spec->common_name != NULL ? spec->common_name : "Test";
  guint32 serial = GUINT32_TO_BE ((guint32) g_atomic_int_add (&last_serial, 1) + 1);
  gint64 now = time (NULL);

  make_key (self, spec);
  must (gnutls_x509_crt_init (&self->crt));
  must (gnutls_x509_crt_set_version (self->crt, 3));
  must (gnutls_x509_crt_set_serial (self->crt, &serial, sizeof serial));
  must (gnutls_x509_crt_set_activation_time (
    self->crt, now + (spec->not_before != 0 ? spec->not_before : -MW_TEST_DAY)));
  must (gnutls_x509_crt_set_expiration_time (
    self->crt, now + (spec->not_after != 0 ? spec->not_after : 30 * MW_TEST_DAY)));
  must (gnutls_x509_crt_set_key (self->crt, self->key));
  must (gnutls_x509_crt_set_dn_by_oid (self->crt, GNUTLS_OID_X520_COMMON_NAME, 0,
                                       name, strlen (name)));
  set_extensions (self->crt, spec);
  add_key_ids (self->crt, signer->crt);
  must (gnutls_x509_crt_sign2 (self->crt, signer->crt, signer->key,
                               spec->digest != 0 ? spec->digest : GNUTLS_DIG_SHA256, 0));

  return self;
}

void
mw_test_certificate_free (MwTestCertificate *self)
{
  gnutls_x509_crt_deinit (self->crt);
  gnutls_x509_privkey_deinit (self->key);
  g_free (self);
}

gnutls_x509_crt_t
mw_test_certificate_get_crt (MwTestCertificate *self)
{
  return self->crt;
}

gnutls_x509_privkey_t
mw_test_certificate_get_key (MwTestCertificate *self)
{
  return self->key;
}

char *
mw_test_certificate_get_sha256 (MwTestCertificate *self)
{
  gnutls_datum_t der;
  char *sha256;

  must (gnutls_x509_crt_export2 (self->crt, GNUTLS_X509_FMT_DER, &der));
  sha256 = g_compute_checksum_for_data (G_CHECKSUM_SHA256, der.data, der.size);
  gnutls_free (der.data);
  return sha256;
}

char *
mw_test_certificate_write (MwTestCertificate *self)
{
  g_autofree char *path = NULL;
  g_autofree char *text = NULL;
  g_autoptr(GError) error = NULL;
  gnutls_datum_t pem;
  gnutls_datum_t key;
  int fd = g_file_open_tmp ("mw-test-XXXXXX.pem", &path, &error);

  g_assert_no_error (error);
  g_close (fd, NULL);
  must (gnutls_x509_crt_export2 (self->crt, GNUTLS_X509_FMT_PEM, &pem));
  must (gnutls_x509_privkey_export2 (self->key, GNUTLS_X509_FMT_PEM, &key));
  text = g_strdup_printf ("%.*s%.*s", (int) pem.size, pem.data, (int) key.size, key.data);
  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
  gnutls_free (pem.data);
  gnutls_free (key.data);

  return g_steal_pointer (&path);
}
