/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "app/mw-export-window.h"

#include <glib/gi18n.h>

#include "app/mw-control-names.h"
#include "app/mw-dialog-width.h"
#include "app/mw-foreign-text.h"
#include "app/mw-heading.h"
#include "app/mw-help.h"
#include "app/mw-targets-view.h"

#define LABEL_MAX_CHARS 80

struct _MwExportWindow
{
  AdwWindow      parent_instance;

  /* Template widgets */
  MwHeading     *heading;
  MwTargetsView *targets_view;

  /* Owned */
  MwEngine      *engine;
  MwProfile     *profile;
  MwSetup       *setup;

  gboolean       updates;   /* what is found is brought up to date at once */
};

G_DEFINE_FINAL_TYPE (MwExportWindow, mw_export_window, ADW_TYPE_WINDOW)

static void
update_all (MwExportWindow *self)
{
  g_autoptr(GPtrArray) rows = mw_targets_view_dup_rows (self->targets_view);

  for (guint i = 0; i < rows->len; i++)
    if (mw_target_row_is_usable (rows->pdata[i]))
      mw_target_row_start (rows->pdata[i], self->engine, self->profile, self->setup);
}

static void
on_found (MwExportWindow *self)
{
  GtkWidget *button = mw_targets_view_get_main_button (self->targets_view);

  if (self->updates)
    {
      update_all (self);
      return;
    }

  if (button != NULL)
    gtk_widget_add_css_class (button, "suggested-action");
  gtk_window_set_default_widget (GTK_WINDOW (self), button);
}

static void
on_export_requested (MwExportWindow *self,
                     MwTargetRow    *row)
{
  mw_target_row_start (row, self->engine, self->profile, self->setup);
}

static void
on_preview_requested (MwExportWindow *self,
                      MwTargetRow    *row)
{
  mw_target_row_preview (row, self->engine, self->profile, self->setup);
}

static void
mw_export_window_dispose (GObject *object)
{
  MwExportWindow *self = MW_EXPORT_WINDOW (object);

  g_clear_object (&self->engine);
  g_clear_object (&self->setup);
  g_clear_pointer (&self->profile, mw_profile_unref);

  G_OBJECT_CLASS (mw_export_window_parent_class)->dispose (object);
}

static void
mw_export_window_class_init (MwExportWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = mw_export_window_dispose;

  g_type_ensure (MW_TYPE_HEADING);
  g_type_ensure (MW_TYPE_TARGETS_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "mw-export-window.ui");
  gtk_widget_class_bind_template_child (widget_class, MwExportWindow, heading);
  gtk_widget_class_bind_template_child (widget_class, MwExportWindow, targets_view);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
mw_export_window_init (MwExportWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  mw_control_names_mend (GTK_WIDGET (self));

  g_signal_connect_object (self->targets_view, "found",
                           G_CALLBACK (on_found), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->targets_view, "export-requested",
                           G_CALLBACK (on_export_requested), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->targets_view, "preview-requested",
                           G_CALLBACK (on_preview_requested), self, G_CONNECT_SWAPPED);
}

static GtkWidget *
create (GtkWindow *parent,
        MwEngine  *engine,
        MwProfile *profile,
        MwSetup   *setup,
        gboolean   updates)
{
  MwExportWindow *self;
  g_autofree char *label = NULL;

  self = g_object_new (MW_TYPE_EXPORT_WINDOW, "transient-for", parent, NULL);
  self->engine = g_object_ref (engine);
  self->profile = mw_profile_ref (profile);
  self->setup = setup != NULL ? g_object_ref (setup) : NULL;
  self->updates = updates;
  label = mw_foreign_text_new (profile->label, LABEL_MAX_CHARS);
  mw_heading_set_text (self->heading, label);
  if (updates)
    {
      gtk_window_set_title (GTK_WINDOW (self), _("Update Copies"));
      mw_targets_view_set_copies_only (self->targets_view);
    }
  mw_targets_view_look (self->targets_view, engine, profile);
  mw_dialog_width_fit (GTK_WINDOW (self));
  mw_help_attach (GTK_WINDOW (self), "hand-over");

  return GTK_WIDGET (self);
}

GtkWidget *
mw_export_window_new (GtkWindow *parent,
                      MwEngine  *engine,
                      MwProfile *profile)
{
  g_return_val_if_fail (MW_IS_ENGINE (engine), NULL);
  g_return_val_if_fail (profile != NULL, NULL);

  return create (parent, engine, profile, NULL, FALSE);
}

GtkWidget *
mw_export_window_new_update (GtkWindow *parent,
                             MwEngine  *engine,
                             MwProfile *profile,
                             MwSetup   *setup)
{
  g_return_val_if_fail (MW_IS_ENGINE (engine), NULL);
  g_return_val_if_fail (profile != NULL, NULL);

  return create (parent, engine, profile, setup, TRUE);
}
