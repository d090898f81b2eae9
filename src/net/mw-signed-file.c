/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "net/mw-signed-file.h"

#include <gnutls/abstract.h>
#include <gnutls/pkcs7.h>
#include <string.h>

#include "core/mw-secret.h"
#include "net/mw-certificate-size.h"
#include "net/mw-datum.h"
#include "net/mw-tls-credentials-private.h"

#define MAX_SIGNER 200
#define MAX_SIGNATURES 8

/* Of a public key in DER: RSA of 8192 bits is shorter. Checking takes the cube
 * of a key's length, and hours for one that fills a file. */
#define MAX_KEY_SIZE 1280

#define CONSTRUCTED 0x20
#define LONG_TAG 0x1f

typedef gnutls_pkcs7_t Pkcs7;
typedef gnutls_pubkey_t PublicKey;
typedef gnutls_x509_crt_t Certificate;

G_DEFINE_AUTO_CLEANUP_FREE_FUNC (Pkcs7, gnutls_pkcs7_deinit, NULL)
G_DEFINE_AUTO_CLEANUP_FREE_FUNC (PublicKey, gnutls_pubkey_deinit, NULL)
G_DEFINE_AUTO_CLEANUP_FREE_FUNC (Certificate, gnutls_x509_crt_deinit, NULL)

/* What stands in the first line of PEM (RFC 7468 §8, §9), NULL when the file is
 * something else. */
static const char *
find_label (const char *data,
            gsize       length)
{
  static const char * const labels[] = { "PKCS7", "CMS" };

  for (gsize i = 0; i < G_N_ELEMENTS (labels); i++)
    {
      g_autofree char *head = g_strdup_printf ("-----BEGIN %s-----", labels[i]);

      if (length >= strlen (head) && memcmp (data, head, strlen (head)) == 0)
        return labels[i];
    }

  return NULL;
}

/* A SEQUENCE whose first member is the object id of signed data. Its length
 * takes one to five octets. */
static gboolean
is_der (const char *data,
        gsize       length)
{
  static const char id[] = "\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02";
  const gsize id_length = sizeof id - 1;

  for (gsize skipped = 2; skipped <= 6 && length >= skipped + id_length; skipped++)
    {
      if (data[0] == '\x30' && memcmp (data + skipped, id, id_length) == 0)
        return TRUE;
    }

  return FALSE;
}

gboolean
mw_signed_file_is_one (const char *data,
                       gsize       length)
{
  g_return_val_if_fail (data != NULL || length == 0, FALSE);

  return find_label (data, length) != NULL || is_der (data, length);
}

/* Whether there are few elements of ASN.1: decoding takes the square of their
 * number. BER has lengths that are not told, so none is needed here: what is
 * constructed is gone into, anything else passed over. */
static gboolean
is_modest (const guint8 *data,
           gsize         size)
{
  guint n = 0;
  gsize i = 0;

  while (i + 2 <= size && n <= MW_CERTIFICATE_MAX_ELEMENTS)
    {
      guint8 tag = data[i++];
      gsize length;

      if ((tag & LONG_TAG) == LONG_TAG)
        {
          while (i < size && data[i] >= 0x80)
            i++;
          i++;
        }
      if (i >= size)
        break;

      length = data[i++];
      if (length > 0x80)
        {
          gsize octets = length & 0x7f;

          for (length = 0; octets > 0 && i < size; octets--, i++)
            length = MIN (length << 8 | data[i], size);
        }
      n++;
      if ((tag & CONSTRUCTED) == 0)
        i += MIN (length, size - i);
    }

  return n <= MW_CERTIFICATE_MAX_ELEMENTS;
}

static gboolean
has_modest_key (gnutls_x509_crt_t certificate)
{
  g_auto(gnutls_datum_t) der = { NULL, 0 };
  g_auto(PublicKey) key = NULL;

  return gnutls_pubkey_init (&key) == GNUTLS_E_SUCCESS &&
         gnutls_pubkey_import_x509 (key, certificate, 0) == GNUTLS_E_SUCCESS &&
         gnutls_pubkey_export2 (key, GNUTLS_X509_FMT_DER, &der) == GNUTLS_E_SUCCESS &&
         der.size <= MAX_KEY_SIZE;
}

/* All of them, since any may be asked for. */
static gboolean
has_modest_certificates (gnutls_pkcs7_t pkcs7)
{
  int n = gnutls_pkcs7_get_crt_count (pkcs7);

  for (int i = 0; i < n; i++)
    {
      g_auto(gnutls_datum_t) der = { NULL, 0 };
      g_auto(Certificate) certificate = NULL;

      if (gnutls_pkcs7_get_crt_raw2 (pkcs7, i, &der) != GNUTLS_E_SUCCESS ||
          gnutls_x509_crt_init (&certificate) != GNUTLS_E_SUCCESS ||
          gnutls_x509_crt_import (certificate, &der, GNUTLS_X509_FMT_DER) != GNUTLS_E_SUCCESS ||
          !has_modest_key (certificate))
        return FALSE;
    }

  return TRUE;
}

static char *
read_name (gnutls_x509_crt_t certificate)
{
  g_autofree char *text = NULL;
  char name[1024];
  gsize size = sizeof name;

  if (gnutls_x509_crt_get_dn_by_oid (certificate, GNUTLS_OID_X520_COMMON_NAME, 0, 0,
                                     name, &size) != GNUTLS_E_SUCCESS)
    return NULL;

  text = g_utf8_make_valid (name, size);
  return g_utf8_substring (text, 0, MIN (g_utf8_strlen (text, -1), MAX_SIGNER));
}

/* The certificate of one signer, among those that came with the file. */
static gnutls_x509_crt_t
find_certificate (gnutls_pkcs7_t        pkcs7,
                  const gnutls_datum_t *serial,
                  const gnutls_datum_t *issuer)
{
  int n = gnutls_pkcs7_get_crt_count (pkcs7);

  for (int i = 0; i < n; i++)
    {
      g_auto(gnutls_datum_t) der = { NULL, 0 };
      g_auto(gnutls_datum_t) its_issuer = { NULL, 0 };
      g_auto(Certificate) certificate = NULL;
      unsigned char its_serial[128];
      gsize size = sizeof its_serial;

      if (gnutls_pkcs7_get_crt_raw2 (pkcs7, i, &der) == GNUTLS_E_SUCCESS &&
          gnutls_x509_crt_init (&certificate) == GNUTLS_E_SUCCESS &&
          gnutls_x509_crt_import (certificate, &der, GNUTLS_X509_FMT_DER) == GNUTLS_E_SUCCESS &&
          gnutls_x509_crt_get_serial (certificate, its_serial, &size) == GNUTLS_E_SUCCESS &&
          gnutls_x509_crt_get_raw_issuer_dn (certificate, &its_issuer) == GNUTLS_E_SUCCESS &&
          size == serial->size && memcmp (its_serial, serial->data, size) == 0 &&
          its_issuer.size == issuer->size &&
          memcmp (its_issuer.data, issuer->data, issuer->size) == 0)
        return g_steal_pointer (&certificate);
    }

  return NULL;
}

static char *
find_signer (gnutls_pkcs7_t            pkcs7,
             gnutls_x509_trust_list_t  anchors)
{
  int n = MIN (gnutls_pkcs7_get_signature_count (pkcs7), MAX_SIGNATURES);

  if (!has_modest_certificates (pkcs7))
    return NULL;

  for (int i = 0; i < n; i++)
    {
      gnutls_pkcs7_signature_info_st info;
      g_auto(Certificate) certificate = NULL;
      char *name = NULL;

      if (gnutls_pkcs7_verify (pkcs7, anchors, NULL, 0, i, NULL, 0) != GNUTLS_E_SUCCESS ||
          gnutls_pkcs7_get_signature_info (pkcs7, i, &info) != GNUTLS_E_SUCCESS)
        continue;

      certificate = find_certificate (pkcs7, &info.signer_serial, &info.issuer_dn);
      if (certificate != NULL)
        name = read_name (certificate);
      gnutls_pkcs7_signature_info_deinit (&info);
      if (name != NULL)
        return name;
    }

  return NULL;
}

GBytes *
mw_signed_file_open (const char        *data,
                     gsize              length,
                     MwTlsCredentials  *credentials,
                     char             **out_signer,
                     GError           **error)
{
  gnutls_datum_t file = { (unsigned char *) data, length };
  gnutls_datum_t der;
  gnutls_datum_t content = { NULL, 0 };
  g_auto(gnutls_datum_t) decoded = { NULL, 0 };
  const char *label;
  g_auto(Pkcs7) pkcs7 = NULL;
  GBytes *bytes;
  int code;

  g_return_val_if_fail (data != NULL || length == 0, NULL);

  if (out_signer != NULL)
    *out_signer = NULL;
  if (length > MW_SIGNED_FILE_MAX_SIZE)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                           "The signed file is too long");
      return NULL;
    }

  code = gnutls_pkcs7_init (&pkcs7);
  label = find_label (data, length);
  if (code == GNUTLS_E_SUCCESS && label != NULL)
    code = gnutls_pem_base64_decode2 (label, &file, &decoded);
  der = label != NULL ? decoded : file;
  if (code == GNUTLS_E_SUCCESS && !is_modest (der.data, der.size))
    code = GNUTLS_E_ASN1_DER_OVERFLOW;
  if (code == GNUTLS_E_SUCCESS)
    code = gnutls_pkcs7_import (pkcs7, &der, GNUTLS_X509_FMT_DER);
  if (code == GNUTLS_E_SUCCESS)
    code = gnutls_pkcs7_get_embedded_data (pkcs7, 0, &content);
  mw_secret_wipe_bytes (decoded.data, decoded.size);
  if (code != GNUTLS_E_SUCCESS)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                   "The signed file cannot be read: %s", gnutls_strerror (code));
      return NULL;
    }

  if (out_signer != NULL && credentials != NULL)
    {
      gnutls_x509_trust_list_t anchors;

      gnutls_certificate_get_trust_list (mw_tls_credentials_get_native (credentials), &anchors);
      *out_signer = find_signer (pkcs7, anchors);
    }

  /* A copy, because GnuTLS's memory need not be that of GLib. */
  bytes = mw_secret_bytes_new_take (g_memdup2 (content.data, content.size), content.size);
  mw_secret_wipe_bytes (content.data, content.size);
  gnutls_free (content.data);
  return bytes;
}
