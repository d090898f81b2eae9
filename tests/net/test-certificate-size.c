/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include <string.h>

#include "net/mw-certificate-size.h"
#include "net/mw-datum.h"
#include "test-certificate.h"

#define HOST "imap.example.test"

static const struct {
  const char *name;
  guint8      data[24];
  gsize       size;
  gsize       n;
} rows[] = {
  { "nothing", { 0 }, 0, 0 },
  { "one", { 0x02, 0x01, 0x05 }, 3, 1 },
  { "in a sequence", { 0x30, 0x05, 0x05, 0x00, 0x02, 0x01, 0x05 }, 7, 3 },
  { "long length", { 0x30, 0x82, 0x00, 0x02, 0x05, 0x00 }, 6, 2 },
  { "wrapped up", { 0x04, 0x04, 0x30, 0x02, 0x05, 0x00 }, 6, 3 },
  { "a key identifier", { 0x04, 0x06, 0x04, 0x04, 1, 2, 3, 4 }, 8, 1 },
  /* Of these nobody knows, so the most that can be in it. */
  { "too long", { 0x02, 0x7f, 1, 2, 3, 4, 5, 6 }, 8, 4 },
  { "too long inside", { 0x30, 0x04, 0x02, 0x7f, 1, 2, 0x05, 0x00 }, 8, 4 },
  { "too long wrapped up", { 0x04, 0x04, 0x30, 0x7f, 1, 2, 0x05, 0x00 }, 8, 4 },
  { "no end", { 0x30, 0x80, 0x05, 0x00, 0x00, 0x00 }, 6, 3 },
  { "huge", { 0x30, 0x84, 0xff, 0xff, 0xff, 0xff }, 6, 3 },
  { "huger", { 0x30, 0x89, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0x05 }, 12, 6 },
  { "cut", { 0x30, 0x84, 0x00 }, 3, 1 },
};

static void
test_count (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_test_message ("%s", rows[i].name);
      g_assert_cmpuint (mw_certificate_count_elements (rows[i].data, rows[i].size), ==,
                        rows[i].n);
    }
}

/* Keys that are only there to be worked with for minutes. What hides one does
 * not help it. */
static void
test_key (void)
{
  static const struct {
    gsize    size;
    guint8   tag;
    gboolean is_modest;
  } cases[] = {
    { 2100, 0x03, TRUE },    /* RSA of 16384 bits */
    { 4628, 0x03, TRUE },    /* a signature of ML-DSA-87 */
    { 5000, 0x03, FALSE },
    { 60000, 0x03, FALSE },
    { 60000, 0x23, FALSE },  /* in pieces, which is not DER */
    { 60000, 0x04, TRUE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree guint8 *data = g_malloc0 (cases[i].size + 8);
      const guint8 head[] = {
        0x30, 0x82, (cases[i].size + 4) >> 8, (cases[i].size + 4) & 0xff,
        cases[i].tag, 0x82, cases[i].size >> 8, cases[i].size & 0xff,
      };

      g_test_message ("tag %x, %" G_GSIZE_FORMAT " bytes", cases[i].tag, cases[i].size);
      memcpy (data, head, sizeof head);
      g_assert_cmpint (mw_certificate_count_elements (data, cases[i].size + 8) <=
                       MW_CERTIFICATE_MAX_ELEMENTS, ==, cases[i].is_modest);
    }
}

/* Sequences in sequences do not end up on the stack. */
static void
test_deep (void)
{
  g_autofree guint8 *data = g_malloc (65000);

  for (gsize i = 0; i < 65000; i += 4)
    {
      gsize rest = 65000 - i - 4;

      data[i] = 0x30;
      data[i + 1] = 0x82;
      data[i + 2] = rest >> 8;
      data[i + 3] = rest & 0xff;
    }

  g_assert_cmpuint (mw_certificate_count_elements (data, 65000), >, MW_CERTIFICATE_MAX_ELEMENTS);
}

static GBytes *
make_der (guint n_others)
{
  MwTestCertificateSpec spec = { .names = { HOST }, .n_others = n_others };
  g_autoptr(MwTestCertificate) certificate = mw_test_certificate_new (&spec, NULL);
  g_auto(gnutls_datum_t) der = { NULL, 0 };

  g_assert_cmpint (gnutls_x509_crt_export2 (mw_test_certificate_get_crt (certificate),
                                            GNUTLS_X509_FMT_DER, &der), ==, GNUTLS_E_SUCCESS);
  return g_bytes_new (der.data, der.size);
}

/* One more for each name, wherever it stands. */
static void
test_names (void)
{
  g_autoptr(GBytes) few = make_der (1);
  g_autoptr(GBytes) many = make_der (1000);
  gsize n_few = mw_certificate_count_elements (g_bytes_get_data (few, NULL),
                                               g_bytes_get_size (few));
  gsize n_many = mw_certificate_count_elements (g_bytes_get_data (many, NULL),
                                                g_bytes_get_size (many));

  g_assert_cmpuint (n_few, <, 100);
  g_assert_cmpuint (n_many, ==, n_few + 999);
}

static void
add_number (GByteArray *array,
            gsize       number,
            guint       n_bytes)
{
  for (guint i = n_bytes; i > 0; i--)
    {
      guint8 byte = number >> (8 * (i - 1));

      g_byte_array_append (array, &byte, 1);
    }
}

static GByteArray *
make_message (GBytes   *der,
              guint     n,
              gboolean  is_tls13)
{
  GByteArray *message = g_byte_array_new ();
  gsize size = g_bytes_get_size (der);

  if (is_tls13)
    add_number (message, 0, 1);
  add_number (message, n * (3 + size + (is_tls13 ? 2 : 0)), 3);
  for (guint i = 0; i < n; i++)
    {
      add_number (message, size, 3);
      g_byte_array_append (message, g_bytes_get_data (der, NULL), size);
      if (is_tls13)
        add_number (message, 0, 2);
    }

  return message;
}

/* The bound is for all certificates together. */
static void
test_message (void)
{
  g_autoptr(GBytes) der = make_der (900);

  for (int is_tls13 = 0; is_tls13 < 2; is_tls13++)
    {
      g_autoptr(GByteArray) two = make_message (der, 2, is_tls13);
      g_autoptr(GByteArray) three = make_message (der, 3, is_tls13);

      g_assert_true (mw_certificate_message_is_modest (two->data, two->len, is_tls13));
      g_assert_false (mw_certificate_message_is_modest (three->data, three->len, is_tls13));
      for (gsize size = 0; size < 8; size++)
        g_assert_true (mw_certificate_message_is_modest (three->data, size, is_tls13));
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/certificate-size/count", test_count);
  g_test_add_func ("/certificate-size/key", test_key);
  g_test_add_func ("/certificate-size/deep", test_deep);
  g_test_add_func ("/certificate-size/names", test_names);
  g_test_add_func ("/certificate-size/message", test_message);
  return g_test_run ();
}
