/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "app/mw-share-window.h"

#include <glib/gi18n.h>
#include <string.h>

#include "app/mw-control-names.h"
#include "app/mw-dialog-width.h"
#include "app/mw-help.h"
#include "core/mw-address.h"
#include "setup/mw-advice.h"
#include "setup/mw-share-text.h"

struct _MwShareWindow
{
  AdwWindow             parent_instance;

  /* Template widgets */
  AdwToastOverlay      *overlay;
  AdwComboRow          *form_row;
  GtkSwitch            *person_switch;
  GtkLabel             *warning_label;
  GtkWidget            *preview;
  GtkTextBuffer        *buffer;
  GtkWidget            *copy_button;
  GtkWidget            *save_button;

  /* Owned */
  MwProfile            *profile;
  GtkFileChooserNative *chooser;
  char                 *text;       /* what is copied or saved, NULL when it cannot be made */
};

G_DEFINE_FINAL_TYPE (MwShareWindow, mw_share_window, ADW_TYPE_WINDOW)

/* In the order of the list in the template. */
typedef enum {
  FORM_TEXT,
  FORM_AUTOCONFIG,
  FORM_MOBILECONFIG,
} Form;

static Form
get_form (MwShareWindow *self)
{
  return (Form) adw_combo_row_get_selected (self->form_row);
}

static char *
make_text (MwShareWindow  *self,
           GError        **error)
{
  MwShareFlags flags = gtk_switch_get_active (self->person_switch) ? MW_SHARE_PERSONAL
                                                                   : MW_SHARE_NOTHING_PERSONAL;
  Form form = get_form (self);
  g_autoptr(GBytes) bytes = NULL;
  gsize length;
  const char *data;

  if (form == FORM_TEXT)
    return mw_share_text_new (self->profile, flags);

  bytes = mw_share_render (self->profile,
                           form == FORM_AUTOCONFIG ? MW_SHARE_FORMAT_AUTOCONFIG
                                                   : MW_SHARE_FORMAT_MOBILECONFIG,
                           flags, NULL, NULL, error);
  if (bytes == NULL)
    return NULL;

  data = g_bytes_get_data (bytes, &length);
  return g_strndup (data, length);
}

static gboolean
has_pin (MwProfile *profile)
{
  return profile->incoming->pin != NULL ||
         (profile->outgoing != NULL && profile->outgoing->pin != NULL);
}

static char *
make_warning (MwShareWindow *self,
              const GError  *error)
{
  g_autoptr(GString) text = g_string_new (NULL);

  if (error != NULL)
    {
      g_autoptr(MwAdvice) advice = mw_advice_for_error (error);

      return g_strdup (advice->text);
    }

  if (gtk_switch_get_active (self->person_switch))
    g_string_append (text, _("Whoever gets this learns your address and your name."));
  else if (mw_share_text_reveals_person (self->profile, self->text))
    g_string_append (text, _("Your name, or a part of your address, stands in the name of a "
                             "server or of the domain. Whoever gets this learns it."));
  if (has_pin (self->profile))
    {
      if (text->len > 0)
        g_string_append_c (text, ' ');
      g_string_append (text, _("You accepted a certificate by hand. That is not shared, so other "
                               "programs will not trust the server."));
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* One button stands out: what is mostly done with that form. */
static void
suggest (GtkWidget *suggested,
         GtkWidget *other)
{
  gtk_widget_add_css_class (suggested, "suggested-action");
  gtk_widget_remove_css_class (other, "suggested-action");
}

static void
update (MwShareWindow *self)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *warning = NULL;

  if (self->profile == NULL)
    return;

  g_free (self->text);
  self->text = make_text (self, &error);
  warning = make_warning (self, error);

  gtk_label_set_text (self->warning_label, warning);
  gtk_widget_set_visible (GTK_WIDGET (self->warning_label), *warning != '\0');
  gtk_text_buffer_set_text (self->buffer, self->text != NULL ? self->text : "", -1);
  gtk_widget_set_visible (self->preview, self->text != NULL);
  gtk_widget_set_sensitive (self->copy_button, self->text != NULL);
  gtk_widget_set_sensitive (self->save_button, self->text != NULL);
  if (get_form (self) == FORM_TEXT)
    suggest (self->copy_button, self->save_button);
  else
    suggest (self->save_button, self->copy_button);
}

static void
show_toast (MwShareWindow *self,
            const char    *text)
{
  adw_toast_overlay_add_toast (self->overlay, adw_toast_new (text));
}

static void
on_copy_clicked_cb (MwShareWindow *self)
{
  if (self->text == NULL)
    return;

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), self->text);
  show_toast (self, _("Settings copied; the password is not in them"));
}

static void
on_saved_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(MwShareWindow) self = MW_SHARE_WINDOW (user_data);
  g_autoptr(GError) error = NULL;

  if (g_file_replace_contents_finish (G_FILE (object), result, NULL, &error))
    {
      show_toast (self, _("Settings saved; the password is not in them"));
      return;
    }

  g_info ("Cannot save settings: %s", error->message);
  show_toast (self, _("The settings could not be saved there"));
}

static void
on_chosen_cb (MwShareWindow *self,
              int            response)
{
  g_autoptr(GtkFileChooserNative) chooser = g_steal_pointer (&self->chooser);
  g_autoptr(GFile) file = NULL;
  g_autoptr(GBytes) bytes = NULL;

  if (response != GTK_RESPONSE_ACCEPT || self->text == NULL)
    return;

  file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));
  bytes = g_bytes_new (self->text, strlen (self->text));
  g_file_replace_contents_bytes_async (file, bytes, NULL, FALSE,
                                       G_FILE_CREATE_REPLACE_DESTINATION,
                                       NULL, on_saved_cb, g_object_ref (self));
}

static char *
make_file_name (MwShareWindow *self)
{
  static const char * const endings[] = { "txt", "xml", "mobileconfig" };
  g_autoptr(MwAddress) address = mw_address_parse (self->profile->address, NULL);

  return g_strconcat (address != NULL ? mw_address_get_domain (address) : "mail", ".",
                      endings[get_form (self)], NULL);
}

static void
on_save_clicked_cb (MwShareWindow *self)
{
  g_autofree char *name = NULL;

  if (self->chooser != NULL || self->text == NULL)
    return;

  name = make_file_name (self);
  self->chooser = gtk_file_chooser_native_new (_("Save Settings"), GTK_WINDOW (self),
                                               GTK_FILE_CHOOSER_ACTION_SAVE,
                                               _("_Save"), _("_Cancel"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->chooser), name);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (on_chosen_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static void
mw_share_window_dispose (GObject *object)
{
  MwShareWindow *self = MW_SHARE_WINDOW (object);

  g_clear_object (&self->chooser);
  g_clear_pointer (&self->profile, mw_profile_unref);
  g_clear_pointer (&self->text, g_free);

  G_OBJECT_CLASS (mw_share_window_parent_class)->dispose (object);
}

static void
mw_share_window_class_init (MwShareWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = mw_share_window_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "mw-share-window.ui");
  gtk_widget_class_bind_template_child (widget_class, MwShareWindow, overlay);
  gtk_widget_class_bind_template_child (widget_class, MwShareWindow, form_row);
  gtk_widget_class_bind_template_child (widget_class, MwShareWindow, person_switch);
  gtk_widget_class_bind_template_child (widget_class, MwShareWindow, warning_label);
  gtk_widget_class_bind_template_child (widget_class, MwShareWindow, preview);
  gtk_widget_class_bind_template_child (widget_class, MwShareWindow, buffer);
  gtk_widget_class_bind_template_child (widget_class, MwShareWindow, copy_button);
  gtk_widget_class_bind_template_child (widget_class, MwShareWindow, save_button);
  gtk_widget_class_bind_template_callback (widget_class, update);
  gtk_widget_class_bind_template_callback (widget_class, on_copy_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_save_clicked_cb);
}

static void
mw_share_window_init (MwShareWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  mw_control_names_mend (GTK_WIDGET (self));
  mw_help_attach (GTK_WINDOW (self), "share");
}

GtkWidget *
mw_share_window_new (GtkWindow *parent,
                     MwProfile *profile)
{
  MwShareWindow *self;

  g_return_val_if_fail (profile != NULL && profile->incoming != NULL, NULL);

  self = g_object_new (MW_TYPE_SHARE_WINDOW, "transient-for", parent, NULL);
  self->profile = mw_profile_ref (profile);
  update (self);
  mw_dialog_width_fit (GTK_WINDOW (self));

  return GTK_WIDGET (self);
}
