/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "app/mw-window-private.h"

#include <string.h>

#include <glib/gi18n.h>

#include "app/mw-pasted-link.h"

/* How long it is waited for the window to be the one that is looked at: only
 * then does Wayland show it the clipboard. */
#define FOCUS_MS 3000

/* How long another program may take to hand its text over. */
#define READ_MS 5000

/* Longer than any link; what is longer is refused by its length alone. */
#define MAX_SIZE (64 * 1024)

/* What is pasted or dropped at once, the one shown included. */
#define MAX_FILES 4

/* One look into the clipboard; there may be a password in it. */
typedef struct {
  MwWindow     *window;
  GCancellable *stop;
  char         *text;       /* MAX_SIZE + 1 */
  gulong        active_id;  /* while the window is waited for */
  guint         timer_id;
  gboolean      by_name;    /* a link was asked for, so an answer is due */
} Look;

static void
stop_waiting (Look *look)
{
  g_clear_signal_handler (&look->active_id, look->window);
  g_clear_handle_id (&look->timer_id, g_source_remove);
}

static void
look_free (Look *look)
{
  stop_waiting (look);
  look->window->looking = FALSE;
  mw_secret_wipe_bytes (look->text, MAX_SIZE + 1);
  g_free (look->text);
  g_object_unref (look->stop);
  g_object_unref (look->window);
  g_free (look);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Look, look_free)

static void
show_link (MwWindow *self,
           char     *link)
{
  g_autoptr(GBytes) content = NULL;

  content = mw_secret_bytes_new_take (link, strlen (link));
  mw_window_review_content (self, content, NULL);
}

static void
say_there_is_none (MwWindow *self,
                   gboolean  by_name)
{
  if (!by_name)
    mw_window_add_toast (self, _("There is no set-up link in the clipboard"));
  else if (!mw_window_has_dialog (self))
    mw_window_show_message (self, _("No Set-Up Link in the Clipboard"),
                            _("Copy a link that begins with “mailto-setup:”, then try again. "
                              "Nothing was changed."));
}

/* The window may be closed by now, and then nobody waits for an answer. */
static void
finish_look (Look  *look,
             gsize  length)
{
  char *link;

  if (g_cancellable_is_cancelled (look->window->cancellable))
    return;

  link = mw_pasted_link_find (look->text, length);
  if (link != NULL)
    show_link (look->window, link);
  else
    say_there_is_none (look->window, look->by_name);
}

static void
on_text_read (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(Look) look = user_data;
  g_autoptr(GError) error = NULL;
  gsize length = 0;

  if (!g_input_stream_read_all_finish (G_INPUT_STREAM (object), result, &length, &error))
    {
      g_info ("Cannot read the clipboard: %s", error->message);
      length = 0;
    }
  finish_look (look, length);
}

static void
on_text_offered (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(Look) look = user_data;
  g_autoptr(GInputStream) stream = NULL;
  g_autoptr(GError) error = NULL;
  GCancellable *stop = look->stop;
  char *text = look->text;

  stream = gdk_clipboard_read_finish (GDK_CLIPBOARD (object), result, NULL, &error);
  if (stream == NULL)
    {
      g_info ("There is no text in the clipboard: %s", error->message);
      finish_look (look, 0);
      return;
    }

  g_input_stream_read_all_async (stream, text, MAX_SIZE + 1, G_PRIORITY_DEFAULT, stop,
                                 on_text_read, g_steal_pointer (&look));
}

static gboolean
on_late (gpointer user_data)
{
  Look *look = user_data;

  look->timer_id = 0;
  g_cancellable_cancel (look->stop);
  return G_SOURCE_REMOVE;
}

static void
read_text (Look *look)
{
  static const char *types[] = { "text/plain;charset=utf-8", "text/plain", NULL };
  GdkClipboard *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (look->window));

  stop_waiting (look);
  look->text = g_malloc0 (MAX_SIZE + 1);
  look->timer_id = g_timeout_add (READ_MS, on_late, look);
  gdk_clipboard_read_async (clipboard, types, G_PRIORITY_DEFAULT, look->stop, on_text_offered,
                            look);
}

static gboolean
on_unfocused (gpointer user_data)
{
  Look *look = user_data;

  look->timer_id = 0;
  read_text (look);
  return G_SOURCE_REMOVE;
}

static void
look_for_link (MwWindow *self,
               gboolean  by_name)
{
  Look *look;

  /* Any program can ask for it, as often as it likes. */
  if (self->looking)
    return;

  self->looking = TRUE;
  look = g_new0 (Look, 1);
  look->window = g_object_ref (self);
  look->stop = g_cancellable_new ();
  look->by_name = by_name;
  if (gtk_window_is_active (GTK_WINDOW (self)))
    {
      read_text (look);
      return;
    }

  look->active_id = g_signal_connect_swapped (self, "notify::is-active", G_CALLBACK (read_text),
                                              look);
  look->timer_id = g_timeout_add (FOCUS_MS, on_unfocused, look);
}

static void
open_files (MwWindow    *self,
            GdkFileList *list)
{
  g_autoptr(GSList) files = gdk_file_list_get_files (list);
  guint n = 0;

  for (GSList *each = files; each != NULL && n < MAX_FILES; each = each->next, n++)
    {
      g_autofree char *uri = NULL;

      if (g_file_is_native (each->data))
        {
          mw_window_open_file (self, each->data);
          continue;
        }
      uri = g_file_get_uri (each->data);
      gtk_widget_activate_action (GTK_WIDGET (self), "win.open-text", "s", uri);
    }
}

static void
on_files_pasted (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(MwWindow) self = MW_WINDOW (user_data);
  const GValue *value = gdk_clipboard_read_value_finish (GDK_CLIPBOARD (object), result, NULL);

  if (value != NULL && !g_cancellable_is_cancelled (self->cancellable))
    open_files (self, g_value_get_boxed (value));
}

static gboolean
has_files (GdkClipboard *clipboard)
{
  GdkContentFormats *formats = gdk_clipboard_get_formats (clipboard);

  return gdk_content_formats_contain_gtype (formats, GDK_TYPE_FILE_LIST) ||
         gdk_content_formats_contain_mime_type (formats, "text/uri-list") ||
         gdk_content_formats_contain_mime_type (formats, "application/vnd.portal.filetransfer");
}

/* For the pages where nothing is being filled in; in an entry the text itself
 * is pasted. */
static void
paste (GtkWidget  *widget,
       const char *action_name,
       GVariant   *parameter)
{
  MwWindow *self = MW_WINDOW (widget);
  GdkClipboard *clipboard = gtk_widget_get_clipboard (widget);
  const char *page = mw_window_get_page (self);

  if (!g_str_equal (page, "accounts") && !g_str_equal (page, "type"))
    return;

  if (has_files (clipboard))
    gdk_clipboard_read_value_async (clipboard, GDK_TYPE_FILE_LIST, G_PRIORITY_DEFAULT,
                                    self->cancellable, on_files_pasted, g_object_ref (self));
  else
    look_for_link (self, FALSE);
}

static void
open_text (GtkWidget  *widget,
           const char *action_name,
           GVariant   *parameter)
{
  MwWindow *self = MW_WINDOW (widget);
  char *link = mw_pasted_link_find (g_variant_get_string (parameter, NULL), -1);

  if (link != NULL)
    show_link (self, link);
  else
    mw_window_add_toast (self, _("This is no set-up link"));
}

static gboolean
on_files_dropped (MwWindow     *self,
                  const GValue *value)
{
  open_files (self, g_value_get_boxed (value));
  return TRUE;
}

static gboolean
on_text_dropped (MwWindow     *self,
                 const GValue *value)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.open-text", "s", g_value_get_string (value));
  return TRUE;
}

void
mw_window_install_paste_actions (MwWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_install_action (widget_class, "win.paste", NULL, paste);
  gtk_widget_class_install_action (widget_class, "win.open-text", "s", open_text);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_v, GDK_CONTROL_MASK, "win.paste",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Insert, GDK_SHIFT_MASK, "win.paste",
                                       NULL);
}

void
mw_window_accept_drops (MwWindow *self)
{
  GtkDropTarget *files = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);
  GtkDropTarget *text = gtk_drop_target_new (G_TYPE_STRING, GDK_ACTION_COPY);

  /* Before an entry takes the name of the file for text. */
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (files), GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (files, "drop", G_CALLBACK (on_files_dropped), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (files));

  g_signal_connect_swapped (text, "drop", G_CALLBACK (on_text_dropped), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (text));
}

void
mw_window_review_clipboard (MwWindow *self)
{
  g_return_if_fail (MW_IS_WINDOW (self));

  look_for_link (self, TRUE);
}
