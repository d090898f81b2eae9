/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "app/mw-share-window.h"

#include <glib/gi18n.h>
#include <string.h>

#include "app/mw-control-names.h"
#include "app/mw-dialog-width.h"
#include "app/mw-help.h"
#include "app/mw-qr-view.h"
#include "core/mw-address.h"
#include "core/mw-domain.h"
#include "setup/mw-advice-share.h"
#include "setup/mw-advice.h"
#include "setup/mw-share-offer.h"

struct _MwShareWindow
{
  AdwWindow             parent_instance;

  /* Template widgets */
  AdwToastOverlay      *overlay;
  AdwComboRow          *form_row;
  AdwComboRow          *audience_row;
  GtkStringList        *audiences;
  GtkWidget            *provider_row;
  GtkLabel             *warning_label;
  MwQrView             *qr_view;
  GtkWidget            *preview;
  GtkTextBuffer        *buffer;
  GtkWidget            *drawing_button;
  GtkWidget            *save_button;
  GtkWidget            *copy_button;

  /* Owned */
  MwProfile            *profile;
  MwAddress            *address;
  MwShareOffer         *offer;
  GtkFileChooserNative *chooser;
  gboolean              saves_drawing;  /* what the chooser is open for */
};

G_DEFINE_FINAL_TYPE (MwShareWindow, mw_share_window, ADW_TYPE_WINDOW)

/* The list in the template is in the order of this type. */
static MwShareForm
get_form (MwShareWindow *self)
{
  return (MwShareForm) adw_combo_row_get_selected (self->form_row);
}

/* So is this list. */
static MwShareAudience
get_audience (MwShareWindow *self)
{
  return (MwShareAudience) adw_combo_row_get_selected (self->audience_row);
}

static char *
make_warning (MwShareOffer *offer)
{
  g_autoptr(MwAdvice) advice = NULL;
  g_auto(GStrv) notes = NULL;

  if (offer->error == NULL)
    {
      notes = mw_advice_dup_share_notes (offer->notes);
      return g_strjoinv ("\n", notes);
    }

  advice = mw_advice_for_error (offer->error);
  return g_strdup (advice->text);
}

/* Who that is, under what is chosen. */
static const char *
describe_audience (MwShareWindow *self)
{
  MwShareAudience audience = get_audience (self);

  if (self->address == NULL || audience == MW_SHARE_AUDIENCE_PROVIDER)
    return "";

  return audience == MW_SHARE_AUDIENCE_PERSON ? mw_address_get_display (self->address)
                                              : mw_address_get_domain_display (self->address);
}

/* One button stands out: what is mostly done with that form. */
static void
show_button (GtkWidget  *button,
             const char *label,
             gboolean    is_suggested,
             gboolean    is_sensitive)
{
  gtk_widget_set_visible (button, label != NULL);
  gtk_widget_set_sensitive (button, is_sensitive);
  if (label == NULL)
    return;

  gtk_button_set_label (GTK_BUTTON (button), label);
  mw_control_names_mend (button);
  if (is_suggested)
    gtk_widget_add_css_class (button, "suggested-action");
  else
    gtk_widget_remove_css_class (button, "suggested-action");
}

static void
show_buttons (MwShareWindow *self)
{
  gboolean can = self->offer->text != NULL;
  const char *copy = _("_Copy as Text");
  const char *save = _("_Save…");
  gboolean copies = FALSE;

  switch (self->offer->form)
    {
    case MW_SHARE_FORM_LINK:
      copy = _("_Copy Link");
      save = NULL;
      copies = TRUE;
      break;
    case MW_SHARE_FORM_QR:
      copy = NULL;
      save = _("Save _PNG…");
      break;
    case MW_SHARE_FORM_TEXT:
      copies = TRUE;
      break;
    case MW_SHARE_FORM_AUTOCONFIG:
    case MW_SHARE_FORM_MOBILECONFIG:
    default:
      break;
    }

  gtk_widget_set_visible (self->drawing_button, self->offer->form == MW_SHARE_FORM_QR);
  gtk_widget_set_sensitive (self->drawing_button, can);
  show_button (self->save_button, save, !copies, can);
  show_button (self->copy_button, copy, copies, can);
}

static void
update (MwShareWindow *self)
{
  g_autofree char *warning = NULL;

  if (self->profile == NULL)
    return;

  g_clear_pointer (&self->offer, mw_share_offer_free);
  self->offer = mw_share_offer_new (self->profile, get_form (self), get_audience (self),
                                    gtk_editable_get_text (GTK_EDITABLE (self->provider_row)));
  warning = make_warning (self->offer);

  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->audience_row), describe_audience (self));
  gtk_widget_set_visible (self->provider_row,
                          get_audience (self) == MW_SHARE_AUDIENCE_PROVIDER);
  gtk_label_set_text (self->warning_label, warning);
  gtk_widget_set_visible (GTK_WIDGET (self->warning_label), *warning != '\0');
  mw_qr_view_set_code (self->qr_view, self->offer->qr, self->offer->text);
  gtk_widget_set_visible (GTK_WIDGET (self->qr_view), self->offer->qr != NULL);
  gtk_text_buffer_set_text (self->buffer, self->offer->text != NULL ? self->offer->text : "", -1);
  gtk_widget_set_visible (self->preview, self->offer->text != NULL);
  gtk_widget_set_vexpand (self->preview, self->offer->qr == NULL);
  show_buttons (self);
}

/* Only a link can be for all customers of a provider: files name a domain. */
static void
on_form_changed_cb (MwShareWindow *self)
{
  GListModel *audiences = G_LIST_MODEL (self->audiences);
  guint n_audiences = g_list_model_get_n_items (audiences);

  if (!mw_share_form_is_link (get_form (self)))
    {
      if (get_audience (self) == MW_SHARE_AUDIENCE_PROVIDER)
        adw_combo_row_set_selected (self->audience_row, MW_SHARE_AUDIENCE_DOMAIN);
      if (n_audiences > MW_SHARE_AUDIENCE_PROVIDER)
        gtk_string_list_remove (self->audiences, MW_SHARE_AUDIENCE_PROVIDER);
    }
  else if (n_audiences == MW_SHARE_AUDIENCE_PROVIDER)
    gtk_string_list_append (self->audiences, _("A Provider’s Customers"));

  update (self);
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
  if (self->offer->text == NULL)
    return;

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), self->offer->text);
  show_toast (self, self->offer->form == MW_SHARE_FORM_LINK
                    ? _("Link copied; the password is not in it")
                    : _("Settings copied; the password is not in them"));
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

static GBytes *
make_file (MwShareWindow *self)
{
  if (self->offer->qr == NULL)
    return g_bytes_new (self->offer->text, strlen (self->offer->text));

  return self->saves_drawing ? mw_share_qr_to_svg (self->offer->qr)
                             : mw_share_qr_to_png (self->offer->qr);
}

static void
on_chosen_cb (MwShareWindow *self,
              int            response)
{
  g_autoptr(GtkFileChooserNative) chooser = g_steal_pointer (&self->chooser);
  g_autoptr(GFile) file = NULL;
  g_autoptr(GBytes) bytes = NULL;

  if (response != GTK_RESPONSE_ACCEPT || self->offer->text == NULL)
    return;

  file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));
  bytes = make_file (self);
  g_file_replace_contents_bytes_async (file, bytes, NULL, FALSE,
                                       G_FILE_CREATE_REPLACE_DESTINATION,
                                       NULL, on_saved_cb, g_object_ref (self));
}

static char *
make_file_name (MwShareWindow *self)
{
  static const char * const endings[] = {
    [MW_SHARE_FORM_LINK] = "txt",
    [MW_SHARE_FORM_QR] = "png",
    [MW_SHARE_FORM_TEXT] = "txt",
    [MW_SHARE_FORM_AUTOCONFIG] = "xml",
    [MW_SHARE_FORM_MOBILECONFIG] = "mobileconfig",
  };

  return g_strconcat (self->address != NULL ? mw_address_get_domain (self->address) : "mail", ".",
                      self->saves_drawing ? "svg" : endings[self->offer->form], NULL);
}

static void
save (MwShareWindow *self,
      gboolean       drawing)
{
  g_autofree char *name = NULL;

  if (self->chooser != NULL || self->offer->text == NULL)
    return;

  self->saves_drawing = drawing;
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
on_save_clicked_cb (MwShareWindow *self)
{
  save (self, FALSE);
}

static void
on_save_drawing_clicked_cb (MwShareWindow *self)
{
  save (self, TRUE);
}

static void
mw_share_window_dispose (GObject *object)
{
  MwShareWindow *self = MW_SHARE_WINDOW (object);

  g_clear_object (&self->chooser);
  g_clear_pointer (&self->profile, mw_profile_unref);
  g_clear_pointer (&self->address, mw_address_unref);
  g_clear_pointer (&self->offer, mw_share_offer_free);

  G_OBJECT_CLASS (mw_share_window_parent_class)->dispose (object);
}

static void
mw_share_window_class_init (MwShareWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = mw_share_window_dispose;

  g_type_ensure (MW_TYPE_QR_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "mw-share-window.ui");
  gtk_widget_class_bind_template_child (widget_class, MwShareWindow, overlay);
  gtk_widget_class_bind_template_child (widget_class, MwShareWindow, form_row);
  gtk_widget_class_bind_template_child (widget_class, MwShareWindow, audience_row);
  gtk_widget_class_bind_template_child (widget_class, MwShareWindow, audiences);
  gtk_widget_class_bind_template_child (widget_class, MwShareWindow, provider_row);
  gtk_widget_class_bind_template_child (widget_class, MwShareWindow, warning_label);
  gtk_widget_class_bind_template_child (widget_class, MwShareWindow, qr_view);
  gtk_widget_class_bind_template_child (widget_class, MwShareWindow, preview);
  gtk_widget_class_bind_template_child (widget_class, MwShareWindow, buffer);
  gtk_widget_class_bind_template_child (widget_class, MwShareWindow, drawing_button);
  gtk_widget_class_bind_template_child (widget_class, MwShareWindow, save_button);
  gtk_widget_class_bind_template_child (widget_class, MwShareWindow, copy_button);
  gtk_widget_class_bind_template_callback (widget_class, update);
  gtk_widget_class_bind_template_callback (widget_class, on_form_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_copy_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_save_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_save_drawing_clicked_cb);
}

static void
mw_share_window_init (MwShareWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  mw_control_names_mend (GTK_WIDGET (self));
  mw_help_attach (GTK_WINDOW (self), "share");
}

/* A company's servers are mostly named after who keeps them. */
static const char *
suggest_provider (MwShareWindow *self,
                  const char    *provider_name)
{
  const char *domain;

  if (provider_name != NULL)
    return provider_name;

  domain = mw_domain_get_registrable (mw_endpoint_get_host (self->profile->incoming->endpoint));
  return domain != NULL ? domain : "";
}

GtkWidget *
mw_share_window_new (GtkWindow  *parent,
                     MwProfile  *profile,
                     const char *provider_name)
{
  MwShareWindow *self;

  g_return_val_if_fail (profile != NULL && profile->incoming != NULL, NULL);

  self = g_object_new (MW_TYPE_SHARE_WINDOW, "transient-for", parent, NULL);
  self->address = profile->address != NULL ? mw_address_parse (profile->address, NULL) : NULL;
  self->profile = mw_profile_ref (profile);
  gtk_editable_set_text (GTK_EDITABLE (self->provider_row),
                         suggest_provider (self, provider_name));
  update (self);
  mw_dialog_width_fit (GTK_WINDOW (self));

  return GTK_WIDGET (self);
}
