/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "app/mw-help.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "app/mw-control-names.h"
#include "app/mw-help-uri.h"

static void
show_failure (GtkWindow *parent)
{
  AdwMessageDialog *dialog =
    ADW_MESSAGE_DIALOG (adw_message_dialog_new (parent, _("Help Cannot Be Shown"),
                                                _("No program that shows help pages was found. "
                                                  "It is called Yelp, and just Help in many "
                                                  "software catalogs; once it is installed, press "
                                                  "F1 again.")));

  adw_message_dialog_add_response (dialog, "close", _("_Close"));
  adw_message_dialog_set_default_response (dialog, "close");
  adw_message_dialog_set_close_response (dialog, "close");
  mw_control_names_mend (GTK_WIDGET (dialog));
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
on_shown (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  GtkWindow *parent = GTK_WINDOW (object);
  g_autoptr(GError) error = NULL;

  if (gtk_show_uri_full_finish (parent, result, &error))
    return;

  g_info ("Cannot open the help: %s", error->message);
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
      && gtk_widget_get_visible (GTK_WIDGET (parent)))
    show_failure (parent);
}

void
mw_help_show (GtkWindow  *parent,
              const char *topic)
{
  g_autofree char *uri = NULL;

  g_return_if_fail (GTK_IS_WINDOW (parent));

  uri = mw_help_uri_new ("/", topic);
  gtk_show_uri_full (parent, uri, GDK_CURRENT_TIME, NULL, on_shown, NULL);
}

static gboolean
on_f1 (GtkWidget *widget,
       GVariant  *arguments,
       gpointer   user_data)
{
  mw_help_show (GTK_WINDOW (widget), user_data);
  return TRUE;
}

void
mw_help_attach (GtkWindow  *dialog,
                const char *topic)
{
  GtkEventController *controller;

  g_return_if_fail (GTK_IS_WINDOW (dialog));

  controller = gtk_shortcut_controller_new ();
  gtk_shortcut_controller_set_scope (GTK_SHORTCUT_CONTROLLER (controller),
                                     GTK_SHORTCUT_SCOPE_GLOBAL);
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller),
                                        gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_F1, 0),
                                                          gtk_callback_action_new (on_f1,
                                                                                   (gpointer) topic,
                                                                                   NULL)));
  gtk_widget_add_controller (GTK_WIDGET (dialog), controller);
}
