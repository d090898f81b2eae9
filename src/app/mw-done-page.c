/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "app/mw-done-page.h"

#include <glib/gi18n.h>

#include "app/mw-heading.h"
#include "app/mw-options-form.h"
#include "app/mw-password-file-note.h"
#include "app/mw-proof-view.h"
#include "app/mw-tab-order.h"
#include "app/mw-targets-view.h"
#include "setup/mw-browser-sign-in.h"
#include "setup/mw-setup-review.h"

#define SAVE_DELAY_MS 800

struct _MwDonePage
{
  AdwBin              parent_instance;

  /* Template widgets */
  MwHeading          *title;
  GtkImage           *image;
  MwProofView        *proof_view;
  GtkWidget          *test_button;
  GtkLabel           *saved_label;
  GtkLabel           *unused_label;
  MwPasswordFileNote *password_file_note;
  GtkWidget          *save_error_box;
  MwTargetsView      *targets_view;
  MwOptionsForm      *options_form;
  GtkWidget          *done_button;

  /* Owned */
  MwSetup            *setup;
  MwProfile          *profile;
  MwTargetRow        *wanted_row;
  MwTargetRow        *looked_row;     /* of which a preview is wanted */
  MwPasswordFile     *password_file;  /* until the account is saved */
  char               *password_file_name;
  GSignalGroup       *setup_signals;
  guint               save_id;

  gboolean            keep_password;
  gboolean            saving;
  gboolean            dirty;
};

G_DEFINE_FINAL_TYPE (MwDonePage, mw_done_page, ADW_TYPE_BIN)

/* What was only saved proved nothing. */
static const char *
get_title (gboolean proved,
           gboolean pop3)
{
  if (!proved)
    return _("Account Saved, Not Tested Yet");

  return pop3 ? _("Account Set Up with POP") : _("Account Set Up with IMAP");
}

static void
show_profile (MwDonePage *self,
              MwProfile  *profile)
{
  MwProtocol protocol = mw_endpoint_get_protocol (profile->incoming->endpoint);
  gboolean proved = mw_setup_get_state (self->setup) == MW_SETUP_STATE_VERIFIED;
  g_autofree char *unused = mw_setup_describe_unused_hosts (self->setup);

  gtk_label_set_text (self->unused_label, unused != NULL ? unused : "");
  gtk_widget_set_visible (GTK_WIDGET (self->unused_label), unused != NULL);
  gtk_image_set_from_icon_name (self->image, proved ? "object-select-symbolic"
                                                    : "dialog-warning-symbolic");
  gtk_widget_remove_css_class (GTK_WIDGET (self->image), proved ? "warning" : "success");
  gtk_widget_add_css_class (GTK_WIDGET (self->image), proved ? "success" : "warning");
  mw_heading_set_text (self->title, get_title (proved, protocol == MW_PROTOCOL_POP3));
  gtk_widget_set_visible (self->test_button, !proved);
  mw_proof_view_show (self->proof_view, self->setup, profile, proved);
  mw_options_form_set_protocol (self->options_form, protocol);
}

static void
update_default_widget (MwDonePage *self)
{
  GtkWidget *button = mw_targets_view_get_main_button (self->targets_view);
  gboolean saved = self->profile != NULL;

  gtk_widget_set_sensitive (GTK_WIDGET (self->targets_view), saved);
  if (button != NULL)
    gtk_widget_add_css_class (button, "suggested-action");
  else
    gtk_widget_add_css_class (self->done_button, "suggested-action");
  if (button != NULL)
    gtk_widget_remove_css_class (self->done_button, "suggested-action");

  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    gtk_window_set_default_widget (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                                   button != NULL && saved ? button : self->done_button);
}

static void
show_save_error (MwDonePage   *self,
                 const GError *error)
{
  g_autoptr(MwAdvice) advice = mw_advice_for_error (error);

  g_info ("Cannot save the account: %s", error->message);
  gtk_label_set_text (self->saved_label, advice->text);
  gtk_widget_set_visible (self->save_error_box, TRUE);
}

static void
start_wanted_export (MwDonePage *self)
{
  g_autoptr(MwTargetRow) row = g_steal_pointer (&self->wanted_row);

  if (row != NULL)
    mw_target_row_start (row, mw_setup_get_engine (self->setup), self->profile, self->setup);
}

static void
start_wanted_preview (MwDonePage *self)
{
  g_autoptr(MwTargetRow) row = g_steal_pointer (&self->looked_row);

  if (row != NULL)
    mw_target_row_preview (row, mw_setup_get_engine (self->setup), self->profile, self->setup);
}

/* Without a keyring the file may be all there is of the password. */
static void
show_password_file (MwDonePage *self)
{
  if (self->password_file != NULL && self->keep_password)
    mw_password_file_note_show (self->password_file_note, self->password_file,
                                self->password_file_name);
  g_clear_pointer (&self->password_file, mw_password_file_unref);
  g_clear_pointer (&self->password_file_name, g_free);
}

static void
on_saved (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(MwDonePage) self = MW_DONE_PAGE (user_data);
  MwSetup *setup = MW_SETUP (object);
  g_autoptr(GError) error = NULL;
  g_autoptr(MwProfile) profile = mw_setup_save_finish (setup, result, &error);

  g_application_release (g_application_get_default ());

  /* The page may show another account by now. */
  if (setup != self->setup)
    return;

  self->saving = FALSE;
  if (profile == NULL)
    {
      g_clear_object (&self->wanted_row);
      g_clear_object (&self->looked_row);
      show_save_error (self, error);
      return;
    }

  g_clear_pointer (&self->profile, mw_profile_unref);
  self->profile = g_steal_pointer (&profile);
  gtk_label_set_text (self->saved_label,
                      mw_browser_sign_in_is_used (self->profile)
                      ? _("The account is saved. It has no password: you sign in when your mail "
                          "program starts.")
                      : self->keep_password
                      ? _("The account is saved. The password is in this computer’s keyring.")
                      : _("The account is saved, without the password."));
  show_password_file (self);
  update_default_widget (self);

  /* What was changed meanwhile is saved by the timer, which calls here again. */
  if (!self->dirty)
    {
      start_wanted_preview (self);
      start_wanted_export (self);
    }
}

/* Closing the window must not lose anything, so the program stays until the
 * account is saved. The password goes to the keyring once. */
static void
start_saving (MwDonePage *self)
{
  g_application_hold (g_application_get_default ());
  mw_setup_save_async (self->setup, self->keep_password && self->profile == NULL, NULL,
                       on_saved, g_object_ref (self));
}

static void
save (MwDonePage *self)
{
  if (self->saving)
    return;

  g_clear_handle_id (&self->save_id, g_source_remove);
  self->saving = TRUE;
  self->dirty = FALSE;
  gtk_widget_set_visible (self->save_error_box, FALSE);
  start_saving (self);
}

static gboolean
on_save_timeout (gpointer user_data)
{
  MwDonePage *self = MW_DONE_PAGE (user_data);

  if (self->saving)
    return G_SOURCE_CONTINUE;

  self->save_id = 0;
  save (self);

  return G_SOURCE_REMOVE;
}

static void
on_setup_notify (MwDonePage *self,
                 GParamSpec *pspec)
{
  if (self->setup == NULL || g_str_equal (pspec->name, "state"))
    return;

  self->dirty = TRUE;
  mw_targets_view_set_changed (self->targets_view);
  g_clear_handle_id (&self->save_id, g_source_remove);
  self->save_id = g_timeout_add (SAVE_DELAY_MS, on_save_timeout, self);
}

static void
on_export_requested (MwDonePage  *self,
                     MwTargetRow *row)
{
  g_set_object (&self->wanted_row, row);
  if (self->dirty)
    save (self);
  else if (!self->saving && self->profile != NULL)
    start_wanted_export (self);
}

static void
on_preview_requested (MwDonePage  *self,
                      MwTargetRow *row)
{
  g_set_object (&self->looked_row, row);
  if (self->dirty)
    save (self);
  else if (!self->saving && self->profile != NULL)
    start_wanted_preview (self);
}

static void
on_save_again_clicked_cb (MwDonePage *self)
{
  gtk_label_set_text (self->saved_label, _("Saving the account…"));
  save (self);
}

static void
on_save_without_clicked_cb (MwDonePage *self)
{
  self->keep_password = FALSE;
  save (self);
}

static void
on_done_clicked_cb (MwDonePage *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.finish", NULL);
}

static void
mw_done_page_map (GtkWidget *widget)
{
  MwDonePage *self = MW_DONE_PAGE (widget);

  GTK_WIDGET_CLASS (mw_done_page_parent_class)->map (widget);

  update_default_widget (self);
}

static gboolean
mw_done_page_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (MW_DONE_PAGE (widget)->title));
}

static void
mw_done_page_dispose (GObject *object)
{
  MwDonePage *self = MW_DONE_PAGE (object);

  g_clear_handle_id (&self->save_id, g_source_remove);
  g_clear_object (&self->setup_signals);
  g_clear_object (&self->setup);
  g_clear_pointer (&self->profile, mw_profile_unref);
  g_clear_object (&self->wanted_row);
  g_clear_object (&self->looked_row);
  g_clear_pointer (&self->password_file, mw_password_file_unref);
  g_clear_pointer (&self->password_file_name, g_free);

  G_OBJECT_CLASS (mw_done_page_parent_class)->dispose (object);
}

static void
mw_done_page_class_init (MwDonePageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = mw_done_page_dispose;
  widget_class->map = mw_done_page_map;
  widget_class->grab_focus = mw_done_page_grab_focus;
  mw_tab_order_pass_through (widget_class);

  g_type_ensure (MW_TYPE_HEADING);
  g_type_ensure (MW_TYPE_OPTIONS_FORM);
  g_type_ensure (MW_TYPE_PASSWORD_FILE_NOTE);
  g_type_ensure (MW_TYPE_PROOF_VIEW);
  g_type_ensure (MW_TYPE_TARGETS_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "mw-done-page.ui");
  gtk_widget_class_bind_template_child (widget_class, MwDonePage, title);
  gtk_widget_class_bind_template_child (widget_class, MwDonePage, image);
  gtk_widget_class_bind_template_child (widget_class, MwDonePage, proof_view);
  gtk_widget_class_bind_template_child (widget_class, MwDonePage, test_button);
  gtk_widget_class_bind_template_child (widget_class, MwDonePage, saved_label);
  gtk_widget_class_bind_template_child (widget_class, MwDonePage, unused_label);
  gtk_widget_class_bind_template_child (widget_class, MwDonePage, password_file_note);
  gtk_widget_class_bind_template_child (widget_class, MwDonePage, save_error_box);
  gtk_widget_class_bind_template_child (widget_class, MwDonePage, targets_view);
  gtk_widget_class_bind_template_child (widget_class, MwDonePage, options_form);
  gtk_widget_class_bind_template_child (widget_class, MwDonePage, done_button);
  gtk_widget_class_bind_template_callback (widget_class, on_save_again_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_save_without_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_done_clicked_cb);
}

static void
mw_done_page_init (MwDonePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->setup_signals = g_signal_group_new (MW_TYPE_SETUP);
  g_signal_group_connect_swapped (self->setup_signals, "notify",
                                  G_CALLBACK (on_setup_notify), self);

  g_signal_connect_object (self->targets_view, "found",
                           G_CALLBACK (update_default_widget), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->targets_view, "export-requested",
                           G_CALLBACK (on_export_requested), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->targets_view, "preview-requested",
                           G_CALLBACK (on_preview_requested), self, G_CONNECT_SWAPPED);
}

/* Until somebody gives it another name, an account is called by its address,
 * and by its provider where that is known. */
static void
name_account (MwSetup *setup)
{
  g_autoptr(MwProfile) profile = mw_setup_make_profile (setup);

  if (profile != NULL)
    g_object_set (setup, "label", profile->label, NULL);
}

void
mw_done_page_start (MwDonePage *self,
                    MwSetup    *setup,
                    gboolean    keep_password,
                    const char *client)
{
  g_autoptr(MwProfile) profile = NULL;

  g_return_if_fail (MW_IS_DONE_PAGE (self));
  g_return_if_fail (MW_IS_SETUP (setup));

  mw_done_page_leave (self);
  g_set_object (&self->setup, setup);
  name_account (setup);
  self->keep_password = keep_password;
  mw_options_form_set_setup (self->options_form, setup);
  g_signal_group_set_target (self->setup_signals, setup);

  profile = mw_setup_make_profile (setup);
  if (profile != NULL && profile->incoming != NULL)
    show_profile (self, profile);
  gtk_label_set_text (self->saved_label, _("Saving the account…"));
  gtk_widget_set_visible (self->save_error_box, FALSE);

  self->dirty = FALSE;
  save (self);
  mw_targets_view_set_preferred (self->targets_view, client);
  mw_targets_view_look (self->targets_view, mw_setup_get_engine (setup), profile);
}

void
mw_done_page_offer_deletion (MwDonePage     *self,
                             MwPasswordFile *file,
                             const char     *name)
{
  g_return_if_fail (MW_IS_DONE_PAGE (self));
  g_return_if_fail (file != NULL);

  g_clear_pointer (&self->password_file, mw_password_file_unref);
  g_clear_pointer (&self->password_file_name, g_free);
  self->password_file = mw_password_file_ref (file);
  self->password_file_name = g_strdup (name);
  if (self->profile != NULL)
    show_password_file (self);
}

void
mw_done_page_leave (MwDonePage *self)
{
  g_return_if_fail (MW_IS_DONE_PAGE (self));

  if (self->setup == NULL)
    return;

  /* Whoever leaves a keyring that would not take the password keeps the account. */
  if (gtk_widget_get_visible (self->save_error_box))
    self->keep_password = FALSE;
  if (self->dirty || gtk_widget_get_visible (self->save_error_box))
    start_saving (self);
  gtk_widget_set_visible (self->save_error_box, FALSE);
  g_clear_handle_id (&self->save_id, g_source_remove);
  mw_options_form_set_setup (self->options_form, NULL);
  g_signal_group_set_target (self->setup_signals, NULL);
  g_clear_object (&self->setup);
  g_clear_pointer (&self->profile, mw_profile_unref);
  g_clear_object (&self->wanted_row);
  g_clear_object (&self->looked_row);
  g_clear_pointer (&self->password_file, mw_password_file_unref);
  g_clear_pointer (&self->password_file_name, g_free);
  mw_password_file_note_show (self->password_file_note, NULL, NULL);
  self->saving = FALSE;
  self->dirty = FALSE;
}
