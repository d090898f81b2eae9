/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "app/mw-changes-view.h"

#include "setup/mw-advice-change.h"

struct _MwChangesView
{
  AdwBin      parent_instance;

  /* Template widgets */
  GtkListBox *list;
};

G_DEFINE_FINAL_TYPE (MwChangesView, mw_changes_view, ADW_TYPE_BIN)

static void
mw_changes_view_class_init (MwChangesViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "mw-changes-view.ui");
  gtk_widget_class_bind_template_child (widget_class, MwChangesView, list);
}

static void
mw_changes_view_init (MwChangesView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
mw_changes_view_new (void)
{
  return g_object_new (MW_TYPE_CHANGES_VIEW, NULL);
}

static void
add_row (MwChangesView *self,
         const char    *sentence)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *label = gtk_label_new (sentence);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), label);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_add_css_class (row, "change");
  gtk_accessible_update_property (GTK_ACCESSIBLE (row),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, sentence,
                                  -1);
  gtk_list_box_append (self->list, row);
}

char *
mw_changes_view_show (MwChangesView *self,
                      GPtrArray     *changes)
{
  g_auto(GStrv) sentences = NULL;
  GtkListBoxRow *row;

  g_return_val_if_fail (MW_IS_CHANGES_VIEW (self), NULL);
  g_return_val_if_fail (changes != NULL, NULL);

  while ((row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));

  sentences = mw_advice_dup_changes (changes);
  for (gsize i = 0; sentences[i] != NULL; i++)
    add_row (self, sentences[i]);

  return g_strjoinv (". ", sentences);
}
