/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "app/mw-column.h"

#define MIN_WIDTH 60
#define WIDTH 300

struct _MwColumn
{
  AdwBin parent_instance;
};

G_DEFINE_FINAL_TYPE (MwColumn, mw_column, ADW_TYPE_BIN)

static GtkSizeRequestMode
mw_column_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
mw_column_measure (GtkWidget      *widget,
                   GtkOrientation  orientation,
                   int             for_size,
                   int            *minimum,
                   int            *natural,
                   int            *minimum_baseline,
                   int            *natural_baseline)
{
  GtkWidget *child = adw_bin_get_child (ADW_BIN (widget));

  *minimum_baseline = *natural_baseline = -1;
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = MIN_WIDTH;
      *natural = WIDTH;
    }
  else if (child != NULL)
    gtk_widget_measure (child, orientation, for_size < 0 ? WIDTH : for_size, minimum, natural,
                        NULL, NULL);
}

static void
mw_column_size_allocate (GtkWidget *widget,
                         int        width,
                         int        height,
                         int        baseline)
{
  GtkWidget *child = adw_bin_get_child (ADW_BIN (widget));

  if (child != NULL)
    gtk_widget_allocate (child, width, height, baseline, NULL);
}

static void
mw_column_class_init (MwColumnClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->get_request_mode = mw_column_get_request_mode;
  widget_class->measure = mw_column_measure;
  widget_class->size_allocate = mw_column_size_allocate;
}

static void
mw_column_init (MwColumn *self)
{
  /* AdwBin has one, which would be asked instead. */
  gtk_widget_set_layout_manager (GTK_WIDGET (self), NULL);
}
