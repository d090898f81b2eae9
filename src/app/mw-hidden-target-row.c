/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "app/mw-hidden-target-row.h"

#include "setup/mw-advice-target.h"

struct _MwHiddenTargetRow
{
  AdwPreferencesRow  parent_instance;

  /* Template widgets */
  GtkLabel          *title_label;
  GtkLabel          *command_label;
  GtkWidget         *button;
};

G_DEFINE_FINAL_TYPE (MwHiddenTargetRow, mw_hidden_target_row, ADW_TYPE_PREFERENCES_ROW)

static void
on_button_clicked_cb (MwHiddenTargetRow *self)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)),
                          gtk_label_get_text (self->command_label));
}

static void
mw_hidden_target_row_class_init (MwHiddenTargetRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               RESOURCE_PATH "mw-hidden-target-row.ui");
  gtk_widget_class_bind_template_child (widget_class, MwHiddenTargetRow, title_label);
  gtk_widget_class_bind_template_child (widget_class, MwHiddenTargetRow, command_label);
  gtk_widget_class_bind_template_child (widget_class, MwHiddenTargetRow, button);
  gtk_widget_class_bind_template_callback (widget_class, on_button_clicked_cb);
}

static void
mw_hidden_target_row_init (MwHiddenTargetRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
mw_hidden_target_row_new (MwExportTarget *target)
{
  MwHiddenTargetRow *self;
  g_autofree char *about = NULL;
  g_autofree char *title = NULL;
  g_autofree char *command = NULL;

  g_return_val_if_fail (target != NULL, NULL);

  self = g_object_new (MW_TYPE_HIDDEN_TARGET_ROW, NULL);
  about = mw_advice_describe_target (target);
  title = g_strconcat (target->program, *about != '\0' ? " · " : "", about, NULL);
  command = mw_advice_dup_target_command (target);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), title);
  gtk_label_set_label (self->title_label, title);
  gtk_label_set_label (self->command_label, command != NULL ? command : "");
  gtk_widget_set_visible (self->button, command != NULL);
  /* The name of the button does not say which program. */
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, title, -1);
  return GTK_WIDGET (self);
}
