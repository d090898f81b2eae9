/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "ocsp-answer.h"

#include <gnutls/abstract.h>
#include <string.h>

/* GnuTLS reads such answers but writes none, and a program that does cannot
 * make old ones. RFC 6960 §4.2.1 names the parts. */

#define SEQUENCE 0x30
#define INTEGER 0x02
#define BIT_STRING 0x03
#define OCTET_STRING 0x04
#define ENUMERATED 0x0a
#define GENERALIZED_TIME 0x18
#define CONTEXT(n) (0xa0 | (n))

static const guint8 sha1_algorithm[] = {
  0x30, 0x09, 0x06, 0x05, 0x2b, 0x0e, 0x03, 0x02, 0x1a, 0x05, 0x00,
};
static const guint8 ecdsa_with_sha256[] = {
  0x30, 0x0a, 0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02,
};
static const guint8 ocsp_basic[] = {
  0x06, 0x09, 0x2b, 0x06, 0x01, 0x05, 0x05, 0x07, 0x30, 0x01, 0x01,
};

static void
must (int code)
{
  if (code < 0)
    g_error ("GnuTLS: %s", gnutls_strerror (code));
}

/* One element: tag, length, contents. */
static void
put (GByteArray   *der,
     guint8        tag,
     gconstpointer data,
     gsize         size)
{
  guint8 head[] = { tag, 0x82, size >> 8, size & 0xff };
  guint8 short_head[] = { tag, size & 0x7f };

  g_assert (size < 65536);
  if (size < 128)
    g_byte_array_append (der, short_head, sizeof short_head);
  else
    g_byte_array_append (der, head, sizeof head);
  g_byte_array_append (der, data, size);
}

static void
put_all (GByteArray *der,
         guint8      tag,
         GByteArray *inside)
{
  put (der, tag, inside->data, inside->len);
}

static void
put_time (GByteArray *der,
          GDateTime  *time,
          int         seconds)
{
  g_autoptr(GDateTime) moved = g_date_time_add_seconds (time, seconds);
  g_autofree char *text = g_date_time_format (moved, "%Y%m%d%H%M%SZ");

  put (der, GENERALIZED_TIME, text, strlen (text));
}

static void
put_sha1 (GByteArray   *der,
          gconstpointer data,
          gsize         size)
{
  guint8 digest[20];
  gsize length = sizeof digest;
  g_autoptr(GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA1);

  g_checksum_update (checksum, data, size);
  g_checksum_get_digest (checksum, digest, &length);
  put (der, OCTET_STRING, digest, length);
}

/* The hash is of the point alone, without the algorithm before it. */
static void
put_key_hash (GByteArray        *der,
              gnutls_x509_crt_t  issuer)
{
  gnutls_pubkey_t key;
  gnutls_datum_t der_key;
  const gsize point = 65;

  must (gnutls_pubkey_init (&key));
  must (gnutls_pubkey_import_x509 (key, issuer, 0));
  must (gnutls_pubkey_export2 (key, GNUTLS_X509_FMT_DER, &der_key));
  g_assert (der_key.size > point);
  put_sha1 (der, der_key.data + der_key.size - point, point);
  gnutls_free (der_key.data);
  gnutls_pubkey_deinit (key);
}

static void
put_certificate_id (GByteArray        *der,
                    gnutls_x509_crt_t  certificate,
                    gnutls_x509_crt_t  issuer)
{
  g_autoptr(GByteArray) id = g_byte_array_new ();
  gnutls_datum_t name;
  guint8 serial[64];
  size_t size = sizeof serial;

  must (gnutls_x509_crt_get_raw_issuer_dn (certificate, &name));
  must (gnutls_x509_crt_get_serial (certificate, serial, &size));
  g_byte_array_append (id, sha1_algorithm, sizeof sha1_algorithm);
  put_sha1 (id, name.data, name.size);
  put_key_hash (id, issuer);
  put (id, INTEGER, serial, size);
  put_all (der, SEQUENCE, id);
  gnutls_free (name.data);
}

static void
put_status (GByteArray       *der,
            MwTestOcspStatus  status,
            GDateTime        *time)
{
  g_autoptr(GByteArray) since = g_byte_array_new ();

  if (status == MW_TEST_OCSP_REVOKED)
    {
      put_time (since, time, -MW_TEST_DAY);
      put_all (der, CONTEXT (status), since);
    }
  else
    {
      put (der, 0x80 | status, "", 0);
    }
}

/* ResponseData: who answers, when, and the one answer. */
static GByteArray *
make_data (MwTestCertificate *certificate,
           MwTestCertificate *signer,
           MwTestOcspStatus   status,
           GDateTime         *time)
{
  g_autoptr(GByteArray) until = g_byte_array_new ();
  g_autoptr(GByteArray) answer = g_byte_array_new ();
  g_autoptr(GByteArray) answers = g_byte_array_new ();
  g_autoptr(GByteArray) inside = g_byte_array_new ();
  GByteArray *data = g_byte_array_new ();
  gnutls_datum_t name;

  put_certificate_id (answer, mw_test_certificate_get_crt (certificate),
                      mw_test_certificate_get_crt (signer));
  put_status (answer, status, time);
  put_time (answer, time, 0);
  put_time (until, time, 7 * MW_TEST_DAY);
  put_all (answer, CONTEXT (0), until);
  put_all (answers, SEQUENCE, answer);

  must (gnutls_x509_crt_get_raw_dn (mw_test_certificate_get_crt (signer), &name));
  put (inside, CONTEXT (1), name.data, name.size);
  gnutls_free (name.data);
  put_time (inside, time, 0);
  put_all (inside, SEQUENCE, answers);
  put_all (data, SEQUENCE, inside);
  return data;
}

static void
put_signature (GByteArray            *der,
               GByteArray            *data,
               gnutls_x509_privkey_t  key)
{
  g_autoptr(GByteArray) bits = g_byte_array_new ();
  gnutls_datum_t text = { data->data, data->len };
  gnutls_datum_t signature;
  gnutls_privkey_t signing_key;
  const guint8 unused_bits = 0;

  must (gnutls_privkey_init (&signing_key));
  must (gnutls_privkey_import_x509 (signing_key, key, 0));
  must (gnutls_privkey_sign_data (signing_key, GNUTLS_DIG_SHA256, 0, &text, &signature));
  g_byte_array_append (bits, &unused_bits, 1);
  g_byte_array_append (bits, signature.data, signature.size);
  g_byte_array_append (der, ecdsa_with_sha256, sizeof ecdsa_with_sha256);
  put_all (der, BIT_STRING, bits);
  gnutls_free (signature.data);
  gnutls_privkey_deinit (signing_key);
}

GBytes *
mw_test_ocsp_answer_new (MwTestCertificate *certificate,
                         MwTestCertificate *signer,
                         MwTestOcspStatus   status,
                         int                age)
{
  g_autoptr(GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr(GDateTime) time = g_date_time_add_seconds (now, -age);
  g_autoptr(GByteArray) data = make_data (certificate, signer, status, time);
  g_autoptr(GByteArray) basic = g_byte_array_new ();
  g_autoptr(GByteArray) whole_basic = g_byte_array_new ();
  g_autoptr(GByteArray) bytes = g_byte_array_new ();
  g_autoptr(GByteArray) whole_bytes = g_byte_array_new ();
  g_autoptr(GByteArray) response = g_byte_array_new ();
  GByteArray *whole = g_byte_array_new ();
  const guint8 successful = 0;

  g_byte_array_append (basic, data->data, data->len);
  put_signature (basic, data, mw_test_certificate_get_key (signer));
  put_all (whole_basic, SEQUENCE, basic);

  g_byte_array_append (bytes, ocsp_basic, sizeof ocsp_basic);
  put_all (bytes, OCTET_STRING, whole_basic);
  put_all (whole_bytes, SEQUENCE, bytes);

  put (response, ENUMERATED, &successful, 1);
  put_all (response, CONTEXT (0), whole_bytes);
  put_all (whole, SEQUENCE, response);
  return g_byte_array_free_to_bytes (whole);
}
