/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "setup/mw-share-qr.h"

#include <png.h>
#include <string.h>

/* That they can be read is for test-cli.py, which has a program for it. */

#define LINK "mailto-setup:?prov=OVHcloud&in=imaps:ssl0.ovh.net&out=submissions:ssl0.ovh.net"

static guint
read_number (const guint8 *data)
{
  return (guint) data[0] << 24 | (guint) data[1] << 16 | (guint) data[2] << 8 | data[3];
}

static void
test_sizes (void)
{
  static const struct {
    guint octets;
    guint size;
  } cases[] = {
    { 1, 21 }, { 10, 21 }, { 78, 45 },
    /* The last one of level Q, then the first of M. */
    { 151, 57 }, { 152, 49 }, { 300, 69 }, { 2048, 169 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strnfill (cases[i].octets, 'x');
      g_autoptr(MwShareQr) qr = mw_share_qr_new (text);

      g_test_message ("%u octets", cases[i].octets);
      g_assert_nonnull (qr);
      g_assert_cmpuint (mw_share_qr_get_size (qr), ==, cases[i].size);
    }
}

static void
test_too_long (void)
{
  g_autofree char *text = g_strnfill (4096, 'x');

  g_assert_null (mw_share_qr_new (text));
}

/* The finder patterns are the same in every code. */
static void
test_runs (void)
{
  g_autoptr(MwShareQr) qr = mw_share_qr_new (LINK);
  guint size = mw_share_qr_get_size (qr);

  g_assert_cmpuint (mw_share_qr_measure_run (qr, 0, 0), ==, 7);
  g_assert_cmpuint (mw_share_qr_measure_run (qr, 3, 0), ==, 4);
  g_assert_cmpuint (mw_share_qr_measure_run (qr, 7, 0), ==, 0);
  g_assert_cmpuint (mw_share_qr_measure_run (qr, size - 7, 0), ==, 7);
  g_assert_cmpuint (mw_share_qr_measure_run (qr, size - 1, 0), ==, 1);
  g_assert_cmpuint (mw_share_qr_measure_run (qr, 1, 1), ==, 0);
}

static void
test_svg (void)
{
  g_autoptr(MwShareQr) qr = mw_share_qr_new (LINK);
  g_autoptr(GBytes) bytes = mw_share_qr_to_svg (qr);
  g_autoptr(GBytes) again = mw_share_qr_to_svg (qr);
  g_autofree char *svg = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));

  g_assert_true (g_bytes_equal (bytes, again));
  g_assert_true (g_str_is_ascii (svg));
  g_assert_nonnull (strstr (svg, "viewBox=\"0 0 53 53\""));
  g_assert_nonnull (strstr (svg, "<title>mailto-setup:?prov=OVHcloud&amp;in=imaps:"));
  g_assert_nonnull (strstr (svg, "<rect width=\"53\" height=\"53\" fill=\"#fff\"/>"));
  /* Behind the quiet zone. */
  g_assert_nonnull (strstr (svg, "d=\"M4 4h7v1h-7z"));
  g_assert_null (strstr (svg, "M3 "));
  g_assert_null (strstr (svg, "M49 "));
}

static void
test_png (void)
{
  g_autoptr(MwShareQr) qr = mw_share_qr_new (LINK);
  g_autoptr(GBytes) bytes = mw_share_qr_to_png (qr);
  g_autoptr(GBytes) again = mw_share_qr_to_png (qr);
  const guint8 *data = g_bytes_get_data (bytes, NULL);

  g_assert_true (g_bytes_equal (bytes, again));
  g_assert_cmpmem (data, 8, "\x89PNG\r\n\x1a\n", 8);
  g_assert_cmpmem (data + 12, 4, "IHDR", 4);
  g_assert_cmpuint (read_number (data + 16), ==, 53 * 12);
  g_assert_cmpuint (read_number (data + 20), ==, 53 * 12);
  /* One bit for a pixel. */
  g_assert_cmpuint (data[24], ==, 1);
  g_assert_cmpuint (g_bytes_get_size (bytes), <, 4096);
}

/* Not mirrored, for instance, which some readers forgive. */
static void
test_png_pixels (void)
{
  g_autoptr(MwShareQr) qr = mw_share_qr_new (LINK);
  g_autoptr(GBytes) bytes = mw_share_qr_to_png (qr);
  guint size = mw_share_qr_get_size (qr);
  guint all = size + 2 * MW_SHARE_QR_QUIET_ZONE;
  png_image image = { .version = PNG_IMAGE_VERSION };
  g_autofree guint8 *pixels = NULL;
  guint scale;

  g_assert_true (png_image_begin_read_from_memory (&image, g_bytes_get_data (bytes, NULL),
                                                   g_bytes_get_size (bytes)));
  image.format = PNG_FORMAT_GRAY;
  pixels = g_malloc (PNG_IMAGE_SIZE (image));
  g_assert_true (png_image_finish_read (&image, NULL, pixels, 0, NULL));
  g_assert_cmpuint (image.width, ==, image.height);
  scale = image.width / all;
  for (guint i = 0; i < image.width * image.height; i++)
    {
      guint column = i % image.width / scale;
      guint row = i / image.width / scale;
      gboolean dark = FALSE;

      if (MIN (column, row) >= MW_SHARE_QR_QUIET_ZONE &&
          MAX (column, row) < size + MW_SHARE_QR_QUIET_ZONE)
        dark = mw_share_qr_measure_run (qr, column - MW_SHARE_QR_QUIET_ZONE,
                                        row - MW_SHARE_QR_QUIET_ZONE) > 0;
      g_assert_cmpuint (pixels[i], ==, dark ? 0 : 255);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/share-qr/sizes", test_sizes);
  g_test_add_func ("/share-qr/too-long", test_too_long);
  g_test_add_func ("/share-qr/runs", test_runs);
  g_test_add_func ("/share-qr/svg", test_svg);
  g_test_add_func ("/share-qr/png", test_png);
  g_test_add_func ("/share-qr/png-pixels", test_png_pixels);

  return g_test_run ();
}
