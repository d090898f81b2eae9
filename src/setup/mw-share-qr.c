/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "setup/mw-share-qr.h"

#include <png.h>
#include <qrencode.h>
#include <string.h>

/* The code stays readable with a quarter of it damaged (level Q), as paper gets
 * with time, as long as that does not make its modules too many for a screen. */
#define MAX_SIZE_OF_LEVEL_Q 57

#define MIN_PIXELS 600

/* How many units of an SVG a module is shown in, where nobody says otherwise. */
#define UNITS 8

struct _MwShareQr
{
  char   *text;
  QRcode *code;
};

G_DEFINE_BOXED_TYPE (MwShareQr, mw_share_qr, mw_share_qr_ref, mw_share_qr_unref)

static QRcode *
encode (const char *text)
{
  QRcode *code = QRcode_encodeString (text, 0, QR_ECLEVEL_Q, QR_MODE_8, 1);

  if (code != NULL && code->width <= MAX_SIZE_OF_LEVEL_Q)
    return code;

  QRcode_free (code);
  return QRcode_encodeString (text, 0, QR_ECLEVEL_M, QR_MODE_8, 1);
}

static void
mw_share_qr_clear (gpointer data)
{
  MwShareQr *self = data;

  QRcode_free (self->code);
  g_free (self->text);
}

static gboolean
is_dark (MwShareQr *self,
         guint      column,
         guint      row)
{
  return (self->code->data[row * self->code->width + column] & 1) != 0;
}

MwShareQr *
mw_share_qr_new (const char *text)
{
  MwShareQr *self;
  QRcode *code;

  g_return_val_if_fail (text != NULL && *text != '\0', NULL);
  g_return_val_if_fail (g_str_is_ascii (text), NULL);

  code = encode (text);
  if (code == NULL)
    return NULL;

  self = g_rc_box_new0 (MwShareQr);
  self->text = g_strdup (text);
  self->code = code;
  return self;
}

MwShareQr *
mw_share_qr_ref (MwShareQr *self)
{
  return g_rc_box_acquire (self);
}

void
mw_share_qr_unref (MwShareQr *self)
{
  g_rc_box_release_full (self, mw_share_qr_clear);
}

guint
mw_share_qr_get_size (MwShareQr *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return (guint) self->code->width;
}

guint
mw_share_qr_measure_run (MwShareQr *self,
                         guint      column,
                         guint      row)
{
  guint size = mw_share_qr_get_size (self);
  guint end;

  g_return_val_if_fail (column < size && row < size, 0);

  for (end = column; end < size && is_dark (self, end, row); end++)
    ;
  return end - column;
}

GBytes *
mw_share_qr_to_svg (MwShareQr *self)
{
  g_autofree char *title = NULL;
  GString *svg;
  guint size;
  guint all;

  g_return_val_if_fail (self != NULL, NULL);

  size = mw_share_qr_get_size (self);
  all = size + 2 * MW_SHARE_QR_QUIET_ZONE;
  title = g_markup_escape_text (self->text, -1);
  svg = g_string_new (NULL);
  g_string_append_printf (svg,
                          "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%u\" height=\"%u\""
                          " viewBox=\"0 0 %u %u\" shape-rendering=\"crispEdges\">\n"
                          "<title>%s</title>\n"
                          "<rect width=\"%u\" height=\"%u\" fill=\"#fff\"/>\n"
                          "<path fill=\"#000\" d=\"",
                          all * UNITS, all * UNITS, all, all, title, all, all);
  for (guint row = 0; row < size; row++)
    {
      for (guint column = 0, run; column < size; column += MAX (run, 1))
        {
          run = mw_share_qr_measure_run (self, column, row);
          if (run > 0)
            g_string_append_printf (svg, "M%u %uh%uv1h-%uz", column + MW_SHARE_QR_QUIET_ZONE,
                                    row + MW_SHARE_QR_QUIET_ZONE, run, run);
        }
    }
  g_string_append (svg, "\"/>\n</svg>\n");

  return g_string_free_to_bytes (svg);
}

GBytes *
mw_share_qr_to_png (MwShareQr *self)
{
  static const guint8 colours[] = { 0xff, 0xff, 0xff, 0, 0, 0 };
  png_image image = { .version = PNG_IMAGE_VERSION, .format = PNG_FORMAT_RGB_COLORMAP,
                      .colormap_entries = 2 };
  g_autofree guint8 *pixels = NULL;
  g_autofree guint8 *data = NULL;
  png_alloc_size_t length = 0;
  guint size;
  guint all;
  guint scale;
  guint side;

  g_return_val_if_fail (self != NULL, NULL);

  size = mw_share_qr_get_size (self);
  all = size + 2 * MW_SHARE_QR_QUIET_ZONE;
  scale = (MIN_PIXELS + all - 1) / all;
  side = all * scale;
  pixels = g_malloc0_n (side, side);
  for (guint y = 0; y < size * scale; y++)
    {
      guint8 *line = pixels + (y + MW_SHARE_QR_QUIET_ZONE * scale) * side +
                     MW_SHARE_QR_QUIET_ZONE * scale;

      for (guint x = 0; x < size * scale; x++)
        line[x] = is_dark (self, x / scale, y / scale);
    }

  image.width = side;
  image.height = side;
  /* First how much it is, then the picture. Nothing here can fail but memory. */
  if (!png_image_write_to_memory (&image, NULL, &length, 0, pixels, 0, colours))
    g_error ("Cannot measure a picture: %s", image.message);
  data = g_malloc (length);
  if (!png_image_write_to_memory (&image, data, &length, 0, pixels, 0, colours))
    g_error ("Cannot write a picture: %s", image.message);

  return g_bytes_new_take (g_steal_pointer (&data), length);
}
