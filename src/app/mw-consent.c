/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "app/mw-consent.h"

/* Lives as long as the widget. */
typedef struct {
  GtkWidget *widget;    /* borrowed: the button, or the dialog */
  char      *response;  /* of the dialog */
  guint      timer_id;
} Guard;

static void
guard_free (gpointer data)
{
  Guard *guard = data;

  g_clear_handle_id (&guard->timer_id, g_source_remove);
  g_free (guard->response);
  g_free (guard);
}

static void
set_open (Guard    *guard,
          gboolean  open)
{
  if (guard->response != NULL)
    adw_message_dialog_set_response_enabled (ADW_MESSAGE_DIALOG (guard->widget),
                                             guard->response, open);
  else
    gtk_widget_set_sensitive (guard->widget, open);
}

static gboolean
on_waited (gpointer user_data)
{
  Guard *guard = user_data;

  guard->timer_id = 0;
  set_open (guard, TRUE);
  return G_SOURCE_REMOVE;
}

static void
on_map (Guard *guard)
{
  set_open (guard, FALSE);
  g_clear_handle_id (&guard->timer_id, g_source_remove);
  guard->timer_id = g_timeout_add (MW_CONSENT_WAIT_MS, on_waited, guard);
}

static void
on_unmap (Guard *guard)
{
  g_clear_handle_id (&guard->timer_id, g_source_remove);
}

static void
add_guard (GtkWidget  *widget,
           const char *response)
{
  Guard *guard = g_new0 (Guard, 1);

  guard->widget = widget;
  guard->response = g_strdup (response);
  set_open (guard, FALSE);
  g_signal_connect_swapped (widget, "map", G_CALLBACK (on_map), guard);
  g_signal_connect_swapped (widget, "unmap", G_CALLBACK (on_unmap), guard);
  g_object_set_data_full (G_OBJECT (widget), "mw-consent", guard, guard_free);
}

void
mw_consent_guard_button (GtkWidget *button)
{
  g_return_if_fail (GTK_IS_BUTTON (button));

  add_guard (button, NULL);
}

void
mw_consent_guard_response (AdwMessageDialog *dialog,
                           const char       *response)
{
  g_return_if_fail (ADW_IS_MESSAGE_DIALOG (dialog));
  g_return_if_fail (response != NULL);

  add_guard (GTK_WIDGET (dialog), response);
}
