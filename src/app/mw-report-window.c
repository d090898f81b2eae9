/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "app/mw-report-window.h"

#include <glib/gi18n.h>
#include <string.h>

#include "app/mw-control-names.h"
#include "app/mw-dialog-width.h"
#include "app/mw-help.h"
#include "setup/mw-report.h"

struct _MwReportWindow
{
  AdwWindow             parent_instance;

  /* Template widgets */
  AdwToastOverlay      *overlay;
  GtkSwitch            *person_switch;
  GtkSwitch            *addresses_switch;
  GtkTextBuffer        *buffer;

  /* Owned */
  MwSetup              *setup;
  GtkFileChooserNative *chooser;
};

G_DEFINE_FINAL_TYPE (MwReportWindow, mw_report_window, ADW_TYPE_WINDOW)

static char *
make_text (MwReportWindow *self)
{
  MwRedactorHide hide = MW_REDACTOR_HIDE_NOTHING;

  if (!gtk_switch_get_active (self->person_switch))
    hide |= MW_REDACTOR_HIDE_PERSON;
  if (!gtk_switch_get_active (self->addresses_switch))
    hide |= MW_REDACTOR_HIDE_ADDRESSES;

  return mw_report_new_text (self->setup, hide);
}

static void
update (MwReportWindow *self)
{
  g_autofree char *text = NULL;

  if (self->setup == NULL)
    return;

  text = make_text (self);
  gtk_text_buffer_set_text (self->buffer, text, -1);
}

static void
show_toast (MwReportWindow *self,
            const char     *text)
{
  adw_toast_overlay_add_toast (self->overlay, adw_toast_new (text));
}

static void
on_copy_clicked_cb (MwReportWindow *self)
{
  g_autofree char *text = make_text (self);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
  show_toast (self, _("Report copied; it does not contain the password"));
}

static void
on_saved_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(MwReportWindow) self = MW_REPORT_WINDOW (user_data);
  g_autoptr(GError) error = NULL;

  if (g_file_replace_contents_finish (G_FILE (object), result, NULL, &error))
    {
      show_toast (self, _("Report saved; it does not contain the password"));
      return;
    }

  g_info ("Cannot save the report: %s", error->message);
  show_toast (self, _("The report could not be saved there"));
}

static void
on_chosen_cb (MwReportWindow *self,
              int             response)
{
  g_autoptr(GFile) file = NULL;
  g_autoptr(GBytes) bytes = NULL;
  char *text;

  if (response != GTK_RESPONSE_ACCEPT)
    {
      g_clear_object (&self->chooser);
      return;
    }

  file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (self->chooser));
  text = make_text (self);
  bytes = g_bytes_new_take (text, strlen (text));
  g_file_replace_contents_bytes_async (file, bytes, NULL, FALSE,
                                       G_FILE_CREATE_PRIVATE |
                                       G_FILE_CREATE_REPLACE_DESTINATION,
                                       NULL, on_saved_cb, g_object_ref (self));
  g_clear_object (&self->chooser);
}

static void
on_save_clicked_cb (MwReportWindow *self)
{
  if (self->chooser != NULL)
    return;

  self->chooser = gtk_file_chooser_native_new (_("Save Report"), GTK_WINDOW (self),
                                               GTK_FILE_CHOOSER_ACTION_SAVE,
                                               _("_Save"), _("_Cancel"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->chooser), "mailwright-report.txt");
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (on_chosen_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static void
mw_report_window_dispose (GObject *object)
{
  MwReportWindow *self = MW_REPORT_WINDOW (object);

  g_clear_object (&self->chooser);
  g_clear_object (&self->setup);

  G_OBJECT_CLASS (mw_report_window_parent_class)->dispose (object);
}

static void
mw_report_window_class_init (MwReportWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = mw_report_window_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "mw-report-window.ui");
  gtk_widget_class_bind_template_child (widget_class, MwReportWindow, overlay);
  gtk_widget_class_bind_template_child (widget_class, MwReportWindow, person_switch);
  gtk_widget_class_bind_template_child (widget_class, MwReportWindow, addresses_switch);
  gtk_widget_class_bind_template_child (widget_class, MwReportWindow, buffer);
  gtk_widget_class_bind_template_callback (widget_class, on_copy_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_save_clicked_cb);
}

static void
mw_report_window_init (MwReportWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  mw_control_names_mend (GTK_WIDGET (self));

  g_signal_connect_object (self->person_switch, "notify::active",
                           G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->addresses_switch, "notify::active",
                           G_CALLBACK (update), self, G_CONNECT_SWAPPED);
}

GtkWidget *
mw_report_window_new (GtkWindow *parent,
                      MwSetup   *setup)
{
  MwReportWindow *self;

  g_return_val_if_fail (MW_IS_SETUP (setup), NULL);

  self = g_object_new (MW_TYPE_REPORT_WINDOW, "transient-for", parent, NULL);
  self->setup = g_object_ref (setup);
  update (self);
  mw_dialog_width_fit (GTK_WINDOW (self));
  mw_help_attach (GTK_WINDOW (self), "report");

  return GTK_WIDGET (self);
}
