/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "app/mw-list-card.h"

/* About one row: with less there would be nothing to see of the list. */
#define MIN_HEIGHT 72

/* No screen is higher. */
#define MAX_HEIGHT 10000

struct _MwListCard
{
  AdwBin parent_instance;
};

G_DEFINE_FINAL_TYPE (MwListCard, mw_list_card, ADW_TYPE_BIN)

static GtkSizeRequestMode
mw_list_card_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

/* GTK 4.8 asks a list view itself for one height, whatever its width. Rows that
 * it has not made yet are taken to be as high as the others. */
static int
measure_rows (GtkListView *list,
              int          width)
{
  GListModel *model = G_LIST_MODEL (gtk_list_view_get_model (list));
  guint n_items = model != NULL ? g_list_model_get_n_items (model) : 0;
  guint n_rows = 0;
  int height = 0;

  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (list));
       row != NULL && height < MAX_HEIGHT;
       row = gtk_widget_get_next_sibling (row))
    {
      int natural;

      gtk_widget_measure (row, GTK_ORIENTATION_VERTICAL, width, NULL, &natural, NULL, NULL);
      height += natural;
      n_rows++;
    }

  if (n_rows > 0 && n_items > n_rows)
    height += MIN (n_items - n_rows, MAX_HEIGHT) * (height / n_rows);

  return MIN (height, MAX_HEIGHT);
}

static void
mw_list_card_measure (GtkWidget      *widget,
                      GtkOrientation  orientation,
                      int             for_size,
                      int            *minimum,
                      int            *natural,
                      int            *minimum_baseline,
                      int            *natural_baseline)
{
  GtkWidget *child = adw_bin_get_child (ADW_BIN (widget));
  GtkWidget *list = gtk_scrolled_window_get_child (GTK_SCROLLED_WINDOW (child));

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      gtk_widget_measure (child, orientation, for_size, minimum, natural, NULL, NULL);
      return;
    }

  *natural = measure_rows (GTK_LIST_VIEW (list), for_size);
  *minimum = MIN (*natural, MIN_HEIGHT);
}

static void
mw_list_card_size_allocate (GtkWidget *widget,
                            int        width,
                            int        height,
                            int        baseline)
{
  gtk_widget_allocate (adw_bin_get_child (ADW_BIN (widget)), width, height, baseline, NULL);
}

static void
mw_list_card_class_init (MwListCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->get_request_mode = mw_list_card_get_request_mode;
  widget_class->measure = mw_list_card_measure;
  widget_class->size_allocate = mw_list_card_size_allocate;
}

static void
mw_list_card_init (MwListCard *self)
{
  /* That of AdwBin would measure in the place of this class. */
  gtk_widget_set_layout_manager (GTK_WIDGET (self), NULL);
}
