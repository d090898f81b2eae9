/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include <string.h>

#include <gio/gio.h>
#include <gnutls/x509-ext.h>

#include "net/mw-certificate-check.h"
#include "net/mw-certificate-reader.h"
#include "net/mw-datum.h"
#include "test-certificate.h"

/* What a certificate can hold that nobody honest would put there. */

#define HOST "imap.example.test"
#define YEAR (365 * G_GINT64_CONSTANT (86400))

static MwTestCertificate *signer;

static void
must (int code)
{
  if (code < 0)
    g_error ("GnuTLS: %s", gnutls_strerror (code));
}

/* Self-signed, with @extension as its subject alternative names. */
static GBytes *
make_der (const char *common_name,
          gsize       common_name_size,
          GByteArray *extension,
          gint64      not_before,
          gint64      not_after)
{
  gnutls_x509_privkey_t key = mw_test_certificate_get_key (signer);
  g_auto(gnutls_datum_t) der = { NULL, 0 };
  gnutls_x509_crt_t crt;

  must (gnutls_x509_crt_init (&crt));
  must (gnutls_x509_crt_set_version (crt, 3));
  must (gnutls_x509_crt_set_serial (crt, "\1", 1));
  must (gnutls_x509_crt_set_key (crt, key));
  must (gnutls_x509_crt_set_activation_time (crt, not_before));
  must (gnutls_x509_crt_set_expiration_time (crt, not_after));
  must (gnutls_x509_crt_set_dn_by_oid (crt, GNUTLS_OID_X520_COMMON_NAME, 0, common_name,
                                       common_name_size));
  if (extension != NULL)
    must (gnutls_x509_crt_set_extension_by_oid (crt, GNUTLS_X509EXT_OID_SAN, extension->data,
                                                extension->len, 0));
  must (gnutls_x509_crt_sign2 (crt, crt, key, GNUTLS_DIG_SHA256, 0));
  must (gnutls_x509_crt_export2 (crt, GNUTLS_X509_FMT_DER, &der));
  gnutls_x509_crt_deinit (crt);
  return g_bytes_new (der.data, der.size);
}

static void
add_head (GByteArray *array,
          guint8      tag,
          guint32     size)
{
  guint8 head[] = { tag, 0x84, size >> 24, size >> 16, size >> 8, size };

  g_byte_array_append (array, head, sizeof head);
}

static void
add_dns_name (GByteArray *array,
              const char *name,
              gsize       size)
{
  add_head (array, 0x82, size);
  g_byte_array_append (array, (const guint8 *) name, size);
}

static GByteArray *
wrap (GByteArray *names)
{
  GByteArray *extension = g_byte_array_new ();

  add_head (extension, 0x30, names->len);
  g_byte_array_append (extension, names->data, names->len);
  return extension;
}

static MwCertificateReport *
judge (GBytes   *der,
       gboolean *out_accepted)
{
  gnutls_datum_t datum = { NULL, 0 };
  gsize size;

  datum.data = (unsigned char *) g_bytes_get_data (der, &size);
  datum.size = size;
  return mw_certificate_judge (&datum, 1, 0, HOST, NULL, out_accepted);
}

static void
assert_showable (const char *text)
{
  if (text == NULL)
    return;

  g_assert_true (g_utf8_validate (text, -1, NULL));
  g_assert_cmpint (g_utf8_strlen (text, -1), <=, 513);
  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c))
    {
      GUnicodeType type = g_unichar_type (g_utf8_get_char (c));

      g_assert_cmpint (type, !=, G_UNICODE_CONTROL);
      g_assert_cmpint (type, !=, G_UNICODE_FORMAT);
      g_assert_cmpint (type, !=, G_UNICODE_LINE_SEPARATOR);
      g_assert_cmpint (type, !=, G_UNICODE_PARAGRAPH_SEPARATOR);
    }
}

/* The name ends where its length says, not where C thinks; and nothing in it
 * reaches a terminal or turns the writing. */
static void
test_odd_names (void)
{
  static const char cn[] = "bank\xe2\x80\xae" "tset\x1b[31m\nline \xe2\x81\xa6x";
  static const char with_nul[] = HOST "\0.evil.test";
  g_autoptr(GByteArray) names = g_byte_array_new ();
  g_autoptr(GByteArray) extension = NULL;
  g_autoptr(GBytes) der = NULL;
  g_autoptr(MwCertificateReport) report = NULL;
  const char * const *listed;
  gboolean accepted;

  add_dns_name (names, with_nul, sizeof with_nul - 1);
  add_dns_name (names, "\x1b]0;x\x07\n", 7);
  extension = wrap (names);
  der = make_der (cn, sizeof cn - 1, extension, 1, G_MAXINT32);

  report = judge (der, &accepted);
  g_assert_nonnull (report);
  g_assert_false (accepted);
  assert_showable (mw_certificate_report_get_subject (report));
  g_assert_nonnull (strstr (mw_certificate_report_get_subject (report), "bank"));
  listed = mw_certificate_report_get_names (report);
  g_assert_cmpuint (g_strv_length ((char **) listed), ==, 2);
  for (gsize i = 0; listed[i] != NULL; i++)
    assert_showable (listed[i]);
  g_assert_cmpstr (listed[0], ==, HOST "\xef\xbf\xbd.evil.test");
}

/* @size bytes of a name and many more; the right one is the last. */
static void
check_many_names (gsize size,
                  guint n)
{
  g_autoptr(GByteArray) names = g_byte_array_new ();
  g_autoptr(GByteArray) extension = NULL;
  g_autoptr(GBytes) der = NULL;
  g_autoptr(MwCertificateReport) report = NULL;
  g_autofree char *long_name = g_strnfill (size, 'x');
  const MwCertificate *leaf;
  gint64 start;
  gboolean accepted;

  add_dns_name (names, long_name, strlen (long_name));
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = g_strdup_printf ("a%u.example.test", i);

      add_dns_name (names, name, strlen (name));
    }
  add_dns_name (names, HOST, strlen (HOST));
  extension = wrap (names);
  der = make_der ("x", 1, extension, 1, G_MAXINT32);

  start = g_get_monotonic_time ();
  report = judge (der, &accepted);
  g_test_message ("%" G_GSIZE_FORMAT " bytes in %.1f ms", g_bytes_get_size (der),
                  (g_get_monotonic_time () - start) / 1000.0);
  g_assert_nonnull (report);
  leaf = g_ptr_array_index (mw_certificate_report_get_chain (report), 0);
  g_assert_cmpuint (leaf->n_names, ==, n + 2);
  g_assert_cmpuint (g_strv_length (leaf->names), ==, 100);
  assert_showable (leaf->names[0]);
}

/* Ten megabytes, and as much as fits into a handshake. */
static void
test_many_names (void)
{
  check_many_names (10 * 1024 * 1024, 3000);
  check_many_names (1000, 2600);
}

/* Dates that no calendar of ours has. */
static void
test_odd_dates (void)
{
  static const struct {
    gint64 not_before;
    gint64 not_after;
  } table[] = {
    { -20 * YEAR, 1 }, { 1, G_GINT64_CONSTANT (253402300799) },
    { G_GINT64_CONSTANT (253402300799), G_GINT64_CONSTANT (253402300799) }, { 2, 1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr(GBytes) der = make_der ("x", 1, NULL, table[i].not_before, table[i].not_after);
      g_autoptr(MwCertificateReport) report = NULL;
      gboolean accepted;

      report = judge (der, &accepted);
      g_assert_nonnull (report);
      g_assert_false (accepted);
      g_assert_cmpint (mw_certificate_report_get_not_after (report), ==, table[i].not_after);
    }
}

/* A date that cannot be read is none, whatever else is right. */
static void
test_broken_dates (void)
{
  g_autoptr(GBytes) der = make_der ("x", 1, NULL, 1000000000, 2000000000);
  gsize size;
  g_autofree guint8 *data = g_memdup2 (g_bytes_get_data (der, &size), g_bytes_get_size (der));
  guint n_broken = 0;

  size = g_bytes_get_size (der);
  /* Both are a UTCTime of 13 characters. */
  for (gsize i = 0; i + 15 < size; i++)
    {
      if (data[i] != 0x17 || data[i + 1] != 13 || data[i + 14] != 'Z')
        continue;
      memset (data + i + 2, 'x', 12);
      n_broken++;
    }
  g_assert_cmpuint (n_broken, ==, 2);

  {
    g_autoptr(GBytes) broken = g_bytes_new (data, size);
    gboolean accepted;
    g_autoptr(MwCertificateReport) report = judge (broken, &accepted);
    gsize n_problems = 0;
    const MwOutcome *problems = NULL;
    gboolean not_yet = FALSE;
    gboolean expired = FALSE;

    g_assert_false (accepted);
    if (report != NULL)
      problems = mw_certificate_report_get_problems (report, &n_problems);
    for (gsize i = 0; i < n_problems; i++)
      {
        not_yet = not_yet || problems[i] == MW_OUTCOME_CERT_NOT_YET;
        expired = expired || problems[i] == MW_OUTCOME_CERT_EXPIRED;
      }
    g_assert_true (report == NULL || (not_yet && expired));
  }
}

/* No certificate at all, and half of one. */
static void
test_broken (void)
{
  g_autoptr(GBytes) der = make_der ("x", 1, NULL, 1, G_MAXINT32);
  gboolean accepted = TRUE;

  g_assert_null (mw_certificate_judge (NULL, 0, 0, HOST, NULL, &accepted));
  g_assert_false (accepted);
  for (gsize size = 0; size < g_bytes_get_size (der); size += 7)
    {
      g_autoptr(GBytes) half = g_bytes_new_from_bytes (der, 0, size);

      g_assert_null (judge (half, &accepted));
      g_assert_false (accepted);
    }
}

/* One that cannot be read behind one that can: a link without a name. */
static void
test_broken_link (void)
{
  g_autoptr(GBytes) der = make_der ("x", 1, NULL, 1, G_MAXINT32);
  gnutls_datum_t ders[] = { { NULL, 0 }, { (unsigned char *) "\x30\x03nah", 5 } };
  g_autoptr(MwCertificateReport) report = NULL;
  const MwCertificate *link;
  gboolean accepted;
  gsize size;

  ders[0].data = (unsigned char *) g_bytes_get_data (der, &size);
  ders[0].size = size;
  report = mw_certificate_judge (ders, 2, 0, HOST, NULL, &accepted);
  g_assert_cmpuint (mw_certificate_report_get_chain (report)->len, ==, 2);
  link = g_ptr_array_index (mw_certificate_report_get_chain (report), 1);
  g_assert_null (link->subject);
  g_assert_nonnull (link->sha256);
  g_assert_cmpuint (link->n_problems, ==, 1);
  g_assert_cmpint (link->problems[0], ==, MW_OUTCOME_CERT_UNKNOWN_CA);
}

int
main (int   argc,
      char *argv[])
{
  MwTestCertificateSpec spec = { .is_ca = TRUE };
  int result;

  g_test_init (&argc, &argv, NULL);
  signer = mw_test_certificate_new (&spec, NULL);

  g_test_add_func ("/certificate-reader/odd-names", test_odd_names);
  g_test_add_func ("/certificate-reader/many-names", test_many_names);
  g_test_add_func ("/certificate-reader/odd-dates", test_odd_dates);
  g_test_add_func ("/certificate-reader/broken-dates", test_broken_dates);
  g_test_add_func ("/certificate-reader/broken", test_broken);
  g_test_add_func ("/certificate-reader/broken-link", test_broken_link);
  result = g_test_run ();

  mw_test_certificate_free (signer);
  return result;
}
