/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "app/mw-causes-view.h"

struct _MwCausesView
{
  AdwBin      parent_instance;

  /* Template widgets */
  GtkListBox *list;

  /* Owned */
  GPtrArray  *causes;
};

G_DEFINE_FINAL_TYPE (MwCausesView, mw_causes_view, ADW_TYPE_BIN)

enum {
  ACTIVATED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static const char *
get_icon_name (MwAdvice *cause)
{
  return cause->action == MW_ADVICE_ACTION_OPEN_URI ? "web-browser-symbolic"
                                                    : "go-next-symbolic";
}

static GtkWidget *
new_row (MwAdvice *cause)
{
  gboolean has_action = cause->action != MW_ADVICE_ACTION_NONE;
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), cause->title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), cause->text);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), has_action);
  /* Enter means this row then, not the default button of the page. */
  gtk_widget_set_receives_default (row, has_action);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, cause->text,
                                  -1);

  if (has_action)
    {
      GtkWidget *image = gtk_image_new_from_icon_name (get_icon_name (cause));

      /* As on the tiles below. */
      gtk_widget_add_css_class (image, "dim-label");
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), image);
    }
  if (cause->uri != NULL)
    gtk_widget_set_tooltip_text (row, cause->uri);

  return row;
}

static void
on_row_activated_cb (MwCausesView  *self,
                     GtkListBoxRow *row)
{
  g_autoptr(MwAdvice) cause = NULL;

  /* What it does may end with other causes here. */
  cause = mw_advice_copy (g_ptr_array_index (self->causes, gtk_list_box_row_get_index (row)));
  g_signal_emit (self, signals[ACTIVATED], 0, cause);
}

static void
mw_causes_view_dispose (GObject *object)
{
  MwCausesView *self = MW_CAUSES_VIEW (object);

  g_clear_pointer (&self->causes, g_ptr_array_unref);

  G_OBJECT_CLASS (mw_causes_view_parent_class)->dispose (object);
}

static void
mw_causes_view_class_init (MwCausesViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = mw_causes_view_dispose;

  signals[ACTIVATED] = g_signal_new ("activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                     0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                     MW_TYPE_ADVICE | G_SIGNAL_TYPE_STATIC_SCOPE);

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "mw-causes-view.ui");
  gtk_widget_class_bind_template_child (widget_class, MwCausesView, list);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated_cb);
}

static void
mw_causes_view_init (MwCausesView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
mw_causes_view_set_causes (MwCausesView *self,
                           GPtrArray    *causes)
{
  GtkListBoxRow *row;

  g_return_if_fail (MW_IS_CAUSES_VIEW (self));

  while ((row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));

  g_clear_pointer (&self->causes, g_ptr_array_unref);
  gtk_widget_set_visible (GTK_WIDGET (self), causes != NULL && causes->len > 0);
  if (causes == NULL)
    return;

  self->causes = g_ptr_array_copy (causes, (GCopyFunc) mw_advice_copy, NULL);
  for (guint i = 0; i < self->causes->len; i++)
    gtk_list_box_append (self->list, new_row (g_ptr_array_index (self->causes, i)));
}
