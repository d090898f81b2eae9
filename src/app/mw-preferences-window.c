/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "app/mw-preferences-window.h"

#include "app/mw-control-names.h"
#include "app/mw-dialog-width.h"
#include "app/mw-help.h"

struct _MwPreferencesWindow
{
  AdwPreferencesWindow  parent_instance;

  /* Template widgets */
  GtkWidget            *finding_group;
  GtkSwitch            *ispdb_switch;
  GtkSwitch            *typing_switch;
};

G_DEFINE_FINAL_TYPE (MwPreferencesWindow, mw_preferences_window, ADW_TYPE_PREFERENCES_WINDOW)

static void
mw_preferences_window_class_init (MwPreferencesWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               RESOURCE_PATH "mw-preferences-window.ui");
  gtk_widget_class_bind_template_child (widget_class, MwPreferencesWindow, finding_group);
  gtk_widget_class_bind_template_child (widget_class, MwPreferencesWindow, ispdb_switch);
  gtk_widget_class_bind_template_child (widget_class, MwPreferencesWindow, typing_switch);
}

static void
mw_preferences_window_init (MwPreferencesWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  mw_control_names_mend (GTK_WIDGET (self));
}

GtkWidget *
mw_preferences_window_new (GtkWindow *parent,
                           GSettings *settings)
{
  MwPreferencesWindow *self;

  g_return_val_if_fail (GTK_IS_WINDOW (parent), NULL);
  g_return_val_if_fail (settings == NULL || G_IS_SETTINGS (settings), NULL);

  self = g_object_new (MW_TYPE_PREFERENCES_WINDOW, "transient-for", parent, NULL);
  gtk_widget_set_sensitive (self->finding_group, settings != NULL);
  if (settings != NULL)
    {
      g_settings_bind (settings, "use-ispdb", self->ispdb_switch, "active",
                       G_SETTINGS_BIND_DEFAULT);
      g_settings_bind (settings, "lookup-mx-while-typing", self->typing_switch, "active",
                       G_SETTINGS_BIND_DEFAULT);
    }
  mw_dialog_width_fit (GTK_WINDOW (self));
  mw_help_attach (GTK_WINDOW (self), "privacy");

  return GTK_WIDGET (self);
}
