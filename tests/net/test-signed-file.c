/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "net/mw-signed-file.h"

#include <glib/gstdio.h>
#include <string.h>

#include "test-certificate.h"

#define CONTENT "<plist version=\"1.0\"><dict/></plist>"

typedef struct {
  MwTestCertificate *anchor;
  MwTestCertificate *signer;
  MwTestCertificate *stranger;
  MwTestCertificate *expired;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  const MwTestCertificateSpec anchor = { .common_name = "Anchor", .is_ca = TRUE };
  const MwTestCertificateSpec signer = { .common_name = "Example Signer" };
  const MwTestCertificateSpec stranger = { .common_name = "Stranger" };
  const MwTestCertificateSpec expired = {
    .common_name = "Yesterday", .not_before = -9 * MW_TEST_DAY, .not_after = -MW_TEST_DAY,
  };

  fixture->anchor = mw_test_certificate_new (&anchor, NULL);
  fixture->signer = mw_test_certificate_new (&signer, fixture->anchor);
  fixture->stranger = mw_test_certificate_new (&stranger, NULL);
  fixture->expired = mw_test_certificate_new (&expired, fixture->anchor);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  mw_test_certificate_free (fixture->anchor);
  mw_test_certificate_free (fixture->signer);
  mw_test_certificate_free (fixture->stranger);
  mw_test_certificate_free (fixture->expired);
}

static char *
write_content (void)
{
  g_autoptr(GError) error = NULL;
  char *path = NULL;
  int fd = g_file_open_tmp (NULL, &path, &error);

  g_assert_no_error (error);
  g_close (fd, NULL);
  g_file_set_contents (path, CONTENT, -1, &error);
  g_assert_no_error (error);
  return path;
}

/* As the programs that make such files do it. */
static GBytes *
sign (MwTestCertificate *signer,
      const char        *form,
      const char        *option)
{
  g_autofree char *pem = mw_test_certificate_write (signer);
  g_autofree char *in = write_content ();
  g_autofree char *out = g_strconcat (in, ".signed", NULL);
  const char *argv[] = {
    OPENSSL, "cms", "-sign", "-binary", "-nodetach", "-signer", pem, "-in", in, "-outform", form,
    "-out", out, option, NULL,
  };
  g_autoptr(GError) error = NULL;
  char *contents = NULL;
  gsize size = 0;
  int status;

  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, NULL, NULL,
                &status, &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
  g_file_get_contents (out, &contents, &size, &error);
  g_assert_no_error (error);
  g_unlink (pem);
  g_unlink (in);
  g_unlink (out);
  return g_bytes_new_take (contents, size);
}

static MwTlsCredentials *
make_credentials (MwTestCertificate *anchor)
{
  MwTlsCredentials *credentials = mw_tls_credentials_new ();
  g_autofree char *pem = mw_test_certificate_write (anchor);
  g_autoptr(GError) error = NULL;

  mw_tls_credentials_add_ca_file (credentials, pem, &error);
  g_assert_no_error (error);
  g_unlink (pem);
  return credentials;
}

static void
check_signer (GBytes           *file,
              MwTlsCredentials *credentials,
              const char       *wanted)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *signer = NULL;
  g_autoptr(GBytes) content = NULL;
  gsize size;
  const char *data = g_bytes_get_data (file, &size);

  g_assert_true (mw_signed_file_is_one (data, size));
  content = mw_signed_file_open (data, size, credentials, &signer, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (content, NULL), g_bytes_get_size (content),
                   CONTENT, strlen (CONTENT));
  g_assert_cmpstr (signer, ==, wanted);
}

static void
test_signer (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr(MwTlsCredentials) credentials = make_credentials (fixture->anchor);
  g_autoptr(MwTlsCredentials) none = mw_tls_credentials_new ();
  g_autoptr(GBytes) known = sign (fixture->signer, "DER", NULL);
  g_autoptr(GBytes) unknown = sign (fixture->stranger, "DER", NULL);
  g_autoptr(GBytes) expired = sign (fixture->expired, "DER", NULL);

  check_signer (known, credentials, "Example Signer");
  check_signer (known, none, NULL);
  check_signer (known, NULL, NULL);
  check_signer (unknown, credentials, NULL);
  check_signer (expired, credentials, NULL);
}

static void
test_forms (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr(MwTlsCredentials) credentials = make_credentials (fixture->anchor);
  g_autoptr(GBytes) pem = sign (fixture->signer, "PEM", NULL);
  g_autoptr(GBytes) stream = sign (fixture->signer, "DER", "-stream");
  gsize size;
  const char *text = g_bytes_get_data (pem, &size);

  g_assert_true (g_str_has_prefix (text, "-----BEGIN CMS-----"));
  check_signer (pem, credentials, "Example Signer");
  /* BER of indefinite length. */
  check_signer (stream, credentials, "Example Signer");
}

/* Other bytes than those that were signed: they are read all the same, since
 * the signature was never what they are trusted for, but nobody is named. */
static void
test_changed (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr(MwTlsCredentials) credentials = make_credentials (fixture->anchor);
  g_autoptr(GBytes) file = sign (fixture->signer, "DER", NULL);
  gsize size;
  g_autofree char *changed = g_memdup2 (g_bytes_get_data (file, NULL), g_bytes_get_size (file));
  g_autofree char *signer = NULL;
  g_autoptr(GBytes) content = NULL;
  char *place;

  size = g_bytes_get_size (file);
  place = memmem (changed, size, "plist", 5);
  g_assert_nonnull (place);
  *place = 'P';
  content = mw_signed_file_open (changed, size, credentials, &signer, NULL);
  g_assert_nonnull (content);
  g_assert_null (signer);
}

static void
test_refused (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr(GBytes) file = sign (fixture->signer, "DER", NULL);
  gsize size;
  const char *bytes = g_bytes_get_data (file, &size);
  g_autofree char *huge = g_malloc0 (MW_SIGNED_FILE_MAX_SIZE + 1);
  const struct {
    const char *data;
    gsize       size;
  } cases[] = {
    { bytes, size / 2 }, { bytes, 20 }, { "", 0 }, { "-----BEGIN CMS-----", 19 },
    { huge, MW_SIGNED_FILE_MAX_SIZE + 1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_null (mw_signed_file_open (cases[i].data, cases[i].size, NULL, NULL, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
      g_assert_true ((cases[i].data == huge) == (strstr (error->message, "too long") != NULL));
    }

  g_assert_false (mw_signed_file_is_one ("", 0));
  g_assert_false (mw_signed_file_is_one (CONTENT, strlen (CONTENT)));
  g_assert_false (mw_signed_file_is_one ("0123456789abcdefghij", 20));
}

/* DER, from the inside out. What is wrapped is freed. */
static GByteArray *
join (GByteArray *first,
      GByteArray *second)
{
  g_byte_array_append (first, second->data, second->len);
  g_byte_array_unref (second);
  return first;
}

static GByteArray *
der (const char *hex)
{
  GByteArray *bytes = g_byte_array_new ();

  for (; *hex != '\0'; hex += 2)
    {
      guint8 octet = g_ascii_xdigit_value (hex[0]) << 4 | g_ascii_xdigit_value (hex[1]);

      g_byte_array_append (bytes, &octet, 1);
    }
  return bytes;
}

static GByteArray *
wrap (guint8      tag,
      GByteArray *content)
{
  const guint8 head[] = { tag, 0x83, content->len >> 16, content->len >> 8, content->len };

  g_byte_array_prepend (content, head, sizeof head);
  return content;
}

static GByteArray *
repeat (const char *hex,
        guint       times)
{
  GByteArray *all = g_byte_array_new ();

  for (guint i = 0; i < times; i++)
    join (all, der (hex));
  return all;
}

#define SHA256 "300b0609608648016503040201"
#define RSA "300d06092a864886f70d01010b0500"
/* An empty issuer and serial number 1 */
#define ISSUER "30053000020101"

static GByteArray *
make_content (void)
{
  GByteArray *content = g_byte_array_new ();

  g_byte_array_append (content, (const guint8 *) CONTENT, strlen (CONTENT));
  return wrap (0xa0, wrap (0x04, content));
}

/* Signed data (RFC 5652 §5); each part may be %NULL. */
static GByteArray *
make_file (GByteArray *content,
           GByteArray *certificates,
           GByteArray *signed_attributes)
{
  GByteArray *data = der ("020101");
  GByteArray *signer = der ("020101" ISSUER SHA256);

  if (content == NULL)
    content = g_byte_array_new ();
  join (data, wrap (0x31, der (SHA256)));
  join (data, wrap (0x30, join (der ("06092a864886f70d010701"), content)));
  if (certificates != NULL)
    join (data, wrap (0xa0, certificates));
  if (signed_attributes != NULL)
    join (signer, wrap (0xa0, signed_attributes));
  join (signer, join (der (RSA), wrap (0x04, repeat ("55", 256))));
  join (data, wrap (0x31, wrap (0x30, signer)));

  return wrap (0x30, join (der ("06092a864886f70d010702"), wrap (0xa0, wrap (0x30, data))));
}

/* One whose RSA key has a modulus of @modulus bytes and an exponent of
 * @exponent. It says that it signed itself. */
static GByteArray *
make_certificate (guint modulus,
                  guint exponent)
{
  GByteArray *key = wrap (0x30, join (wrap (0x02, repeat ("55", modulus)),
                                      wrap (0x02, repeat ("55", exponent))));
  GByteArray *body = der ("a003020102" "020101" RSA "3000"
                          "301e170d3230303130313030303030305a170d3430303130313030303030305a"
                          "3000");

  join (body, wrap (0x30, join (der (RSA), wrap (0x03, join (der ("00"), key)))));
  return wrap (0x30, join (wrap (0x30, body),
                           join (der (RSA), wrap (0x03, join (der ("00"),
                                                              repeat ("55", modulus))))));
}

/* What would keep GnuTLS busy for minutes or hours, and the window with it. */
static void
test_hostile (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr(MwTlsCredentials) credentials = make_credentials (fixture->anchor);
  g_autoptr(GByteArray) many = make_file (make_content (), NULL,
                                          repeat ("30050601013100", 100000));
  g_autoptr(GByteArray) detached = make_file (NULL, NULL, NULL);
  g_autoptr(GByteArray) few = make_file (make_content (), NULL,
                                         repeat ("30050601013100", 100));
  g_autoptr(GByteArray) big = make_file (make_content (), make_certificate (200000, 200000),
                                         NULL);
  g_autoptr(GByteArray) sly = make_file (make_content (), make_certificate (512, 400000), NULL);
  g_autoptr(GByteArray) fair = make_file (make_content (), make_certificate (512, 3), NULL);
  const struct {
    GByteArray *file;
    gboolean    is_read;
  } cases[] = {
    { many, FALSE }, { detached, FALSE },
    { few, TRUE }, { big, TRUE }, { sly, TRUE }, { fair, TRUE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *signer = NULL;
      g_autoptr(GBytes) content = NULL;
      g_autoptr(GError) error = NULL;

      g_assert_true (mw_signed_file_is_one ((char *) cases[i].file->data, cases[i].file->len));
      content = mw_signed_file_open ((char *) cases[i].file->data, cases[i].file->len, credentials,
                                     &signer, &error);
      if (cases[i].is_read)
        g_assert_no_error (error);
      else
        g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
      g_assert_null (signer);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/signed-file/signer", Fixture, NULL, set_up, test_signer, tear_down);
  g_test_add ("/signed-file/forms", Fixture, NULL, set_up, test_forms, tear_down);
  g_test_add ("/signed-file/changed", Fixture, NULL, set_up, test_changed, tear_down);
  g_test_add ("/signed-file/refused", Fixture, NULL, set_up, test_refused, tear_down);
  g_test_add ("/signed-file/hostile", Fixture, NULL, set_up, test_hostile, tear_down);

  return g_test_run ();
}
