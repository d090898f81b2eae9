/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "app/mw-qr-view.h"

/* What a camera needs for a module, and what is large enough for the whole. */
#define PIXELS_PER_MODULE 3
#define MIN_HEIGHT 240
#define NATURAL_PIXELS 280

struct _MwQrView
{
  GtkWidget   parent_instance;

  /* Owned */
  MwShareQr  *code;
};

G_DEFINE_FINAL_TYPE (MwQrView, mw_qr_view, GTK_TYPE_WIDGET)

static guint
count_modules (MwQrView *self)
{
  return mw_share_qr_get_size (self->code) + 2 * MW_SHARE_QR_QUIET_ZONE;
}

static void
mw_qr_view_measure (GtkWidget      *widget,
                    GtkOrientation  orientation,
                    int             for_size,
                    int            *minimum,
                    int            *natural,
                    int            *minimum_baseline,
                    int            *natural_baseline)
{
  MwQrView *self = MW_QR_VIEW (widget);

  *minimum = 0;
  *natural = 0;
  if (self->code == NULL)
    return;

  /* The page scrolls, but not to the side. */
  *natural = MAX ((int) count_modules (self) * PIXELS_PER_MODULE, NATURAL_PIXELS);
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? (int) count_modules (self)
             : MAX ((int) count_modules (self) * PIXELS_PER_MODULE, MIN_HEIGHT);
}

static void
append (GtkSnapshot *snapshot,
        const char  *colour_name,
        float        x,
        float        y,
        float        width,
        float        height)
{
  GdkRGBA colour;

  gdk_rgba_parse (&colour, colour_name);
  gtk_snapshot_append_color (snapshot, &colour, &GRAPHENE_RECT_INIT (x, y, width, height));
}

static void
mw_qr_view_snapshot (GtkWidget   *widget,
                     GtkSnapshot *snapshot)
{
  MwQrView *self = MW_QR_VIEW (widget);
  int width = gtk_widget_get_width (widget);
  int height = gtk_widget_get_height (widget);
  int factor = gtk_widget_get_scale_factor (widget);
  guint modules;
  int pixels;
  float module;
  float left;
  float top;

  if (self->code == NULL)
    return;

  /* Whole pixels of the screen: blurred edges are hard to read for cameras. */
  modules = count_modules (self);
  pixels = MAX (1, MIN (width, height) * factor / (int) modules);
  module = (float) pixels / factor;
  left = (float) ((width * factor - (int) modules * pixels) / 2) / factor;
  top = (float) ((height * factor - (int) modules * pixels) / 2) / factor;

  append (snapshot, "white", left, top, modules * module, modules * module);
  left += MW_SHARE_QR_QUIET_ZONE * module;
  top += MW_SHARE_QR_QUIET_ZONE * module;
  for (guint row = 0; row < mw_share_qr_get_size (self->code); row++)
    {
      for (guint column = 0, run; column < mw_share_qr_get_size (self->code);
           column += MAX (run, 1))
        {
          run = mw_share_qr_measure_run (self->code, column, row);
          if (run > 0)
            append (snapshot, "black", left + column * module, top + row * module,
                    run * module, module);
        }
    }
}

static void
mw_qr_view_dispose (GObject *object)
{
  MwQrView *self = MW_QR_VIEW (object);

  g_clear_pointer (&self->code, mw_share_qr_unref);

  G_OBJECT_CLASS (mw_qr_view_parent_class)->dispose (object);
}

static void
mw_qr_view_class_init (MwQrViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = mw_qr_view_dispose;
  widget_class->measure = mw_qr_view_measure;
  widget_class->snapshot = mw_qr_view_snapshot;

  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
mw_qr_view_init (MwQrView *self)
{
}

void
mw_qr_view_set_code (MwQrView   *self,
                     MwShareQr  *code,
                     const char *text)
{
  g_return_if_fail (MW_IS_QR_VIEW (self));

  g_clear_pointer (&self->code, mw_share_qr_unref);
  if (code != NULL)
    self->code = mw_share_qr_ref (code);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text != NULL ? text : "",
                                  -1);
  gtk_widget_queue_resize (GTK_WIDGET (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
