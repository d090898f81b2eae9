/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "app/mw-sign-in-page-private.h"

#include <glib/gi18n.h>

#include "app/mw-control-names.h"
#include "app/mw-entry-binding.h"
#include "app/mw-tab-order.h"
#include "setup/mw-setup-review.h"

G_DEFINE_FINAL_TYPE (MwSignInPage, mw_sign_in_page, ADW_TYPE_BIN)

/* Where there is no password to keep, nobody misses a keyring. */
static void
update_keyring (MwSignInPage *self)
{
  gboolean missed = self->keyring_missing &&
                    gtk_widget_get_visible (GTK_WIDGET (self->password_row));

  gtk_widget_set_visible (self->keyring_label, missed);
  gtk_widget_set_visible (self->without_saving_list, missed);
}

/* Where no password is taken, the way on is the other button. */
static void
update_default_widget (MwSignInPage *self)
{
  GtkWidget *button = self->connect_button;

  if (!gtk_widget_get_visible (button))
    button = mw_elsewhere_view_get_button (self->elsewhere_view);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    gtk_window_set_default_widget (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), button);
}

static void
clear_error (MwSignInPage *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->error_label), FALSE);
  mw_control_names_describe_entry (GTK_WIDGET (self->address_row), NULL, FALSE);
  mw_control_names_describe_entry (GTK_WIDGET (self->password_row), NULL, FALSE);
}

static void
mark_error (MwSignInPage *self,
            GtkEditable  *row,
            const char   *sentence)
{
  clear_error (self);
  mw_entry_pause_forget (self->address_pause);
  gtk_label_set_text (self->error_label, sentence);
  gtk_widget_set_visible (GTK_WIDGET (self->error_label), TRUE);
  mw_control_names_describe_entry (GTK_WIDGET (row), sentence, TRUE);
}

static void
show_error (MwSignInPage *self,
            GtkEditable  *row,
            const char   *sentence)
{
  mark_error (self, row, sentence);
  gtk_widget_grab_focus (GTK_WIDGET (row));
}

/* Derives everything that depends on the address as it stands in the entry. */
static void
update_domain (MwSignInPage *self)
{
  mw_sign_in_page_explain (self);
  update_default_widget (self);
  update_keyring (self);
}

/* What was chosen or shown on the page before still stands here. */
static void
update_protocol (MwSignInPage *self)
{
  int protocol = self->setup != NULL ? mw_setup_get_protocol (self->setup) : -1;
  gboolean from_file = self->setup != NULL && mw_setup_has_inspection (self->setup) &&
                       mw_setup_has_password (self->setup, MW_SIDE_INCOMING);

  if (protocol == MW_PROTOCOL_POP3)
    gtk_label_set_text (self->protocol_label,
                        _("You chose a POP account: only the inbox is collected."));
  else if (protocol == MW_PROTOCOL_IMAP)
    gtk_label_set_text (self->protocol_label,
                        _("You chose an IMAP account: messages and folders stay on the server."));
  if (from_file)
    gtk_label_set_text (self->protocol_label,
                        _("The password that came along is used, unless you type another one."));
  gtk_widget_set_visible (GTK_WIDGET (self->protocol_label), protocol >= 0 || from_file);
}

/* The other page with an address tells the look-up of its own. */
static void
on_lookup_changed_cb (MwSignInPage *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    update_domain (self);
}

static void
look_up (MwSignInPage *self)
{
  mw_provider_lookup_set_text (self->lookup, gtk_editable_get_text (self->address_row));
  update_domain (self);
}

static void
update_sensitivity (MwSignInPage *self)
{
  gboolean without = gtk_switch_get_active (self->without_saving_switch);
  gboolean allowed = !self->keyring_missing || without;
  g_autoptr(MwAddress) address = mw_address_parse (gtk_editable_get_text (self->address_row), NULL);
  gboolean waits = mw_network_notice_update (self->network_notice, self->setup, address);

  update_keyring (self);
  gtk_widget_set_visible (self->link_label, self->from_link);
  /* What was said of a file holds for one address. */
  gtk_widget_set_sensitive (GTK_WIDGET (self->address_row),
                            self->setup == NULL || !mw_setup_has_inspection (self->setup));
  gtk_widget_set_sensitive (GTK_WIDGET (self->password_row), allowed);
  gtk_widget_set_sensitive (self->connect_button, allowed && !waits);
  mw_elsewhere_view_set_waiting (self->elsewhere_view, waits);
}

static void
on_address_changed_cb (MwSignInPage *self)
{
  clear_error (self);
  if (self->lookup != NULL && gtk_widget_get_mapped (GTK_WIDGET (self)))
    look_up (self);
  update_sensitivity (self);
}

static void
on_address_paused_cb (MwSignInPage *self)
{
  const char *text = gtk_editable_get_text (self->address_row);
  g_autofree char *sentence = *text != '\0' ? mw_advice_explain_address (text) : NULL;

  if (sentence != NULL)
    mark_error (self, self->address_row, sentence);
}

static void
on_password_changed_cb (MwSignInPage *self)
{
  clear_error (self);
}

static void
on_without_saving_toggled_cb (MwSignInPage *self)
{
  update_sensitivity (self);
}

/* An address that was left as the link gave it stays the link's. */
static gboolean
take_address (MwSignInPage *self)
{
  const char *text = gtk_editable_get_text (self->address_row);
  MwAddress *address = mw_setup_get_address (self->setup);
  g_autoptr(GError) error = NULL;
  g_autoptr(MwAdvice) advice = NULL;

  if (address != NULL && g_str_equal (text, mw_address_get_display (address)))
    return TRUE;
  if (mw_setup_set_address (self->setup, text, TRUE, &error))
    return TRUE;

  advice = mw_advice_for_error (error);
  show_error (self, self->address_row, advice->text);

  return FALSE;
}

static gboolean
take_password (MwSignInPage *self)
{
  g_autoptr(MwSecret) secret = mw_password_note_dup_secret (self->password_note);

  if (secret == NULL)
    return mw_setup_has_password (self->setup, MW_SIDE_INCOMING);

  mw_setup_set_password (self->setup, MW_SIDE_INCOMING, secret);

  return TRUE;
}

static void
on_connect_clicked_cb (MwSignInPage *self)
{
  /* Enter finds the button even while it is hidden. */
  if (self->setup == NULL || !gtk_widget_get_visible (self->connect_button) ||
      !take_address (self))
    return;

  if (!take_password (self))
    {
      show_error (self, self->password_row,
                  _("Type the password of your mail account. It is the one you use to read mail "
                    "in the browser, or one your provider made for mail programs."));
      return;
    }

  g_object_set (self->setup, "browser-sign-in", FALSE, NULL);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.check", NULL);
}

static void
on_elsewhere_chosen_cb (MwSignInPage *self)
{
  if (self->setup == NULL || !take_address (self))
    return;

  g_object_set (self->setup, "browser-sign-in", TRUE, NULL);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.check", NULL);
}

static void
on_advanced_clicked_cb (MwSignInPage *self)
{
  /* What cannot be read is asked for again there. */
  if (*gtk_editable_get_text (self->address_row) != '\0' && !take_address (self))
    return;

  take_password (self);
  if (self->setup != NULL)
    g_object_set (self->setup, "browser-sign-in", FALSE, NULL);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.go-on", "s", "advanced");
}

static void
mw_sign_in_page_map (GtkWidget *widget)
{
  MwSignInPage *self = MW_SIGN_IN_PAGE (widget);

  GTK_WIDGET_CLASS (mw_sign_in_page_parent_class)->map (widget);

  look_up (self);
  update_default_widget (self);
}

static gboolean
mw_sign_in_page_grab_focus (GtkWidget *widget)
{
  MwSignInPage *self = MW_SIGN_IN_PAGE (widget);

  if (*gtk_editable_get_text (self->address_row) == '\0' ||
      !gtk_widget_get_visible (GTK_WIDGET (self->password_row)))
    return gtk_widget_grab_focus (GTK_WIDGET (self->address_row));
  if (!gtk_widget_get_sensitive (GTK_WIDGET (self->password_row)))
    return gtk_widget_grab_focus (GTK_WIDGET (self->without_saving_switch));

  return gtk_widget_grab_focus (GTK_WIDGET (self->password_row));
}

static void
mw_sign_in_page_dispose (GObject *object)
{
  MwSignInPage *self = MW_SIGN_IN_PAGE (object);

  g_clear_object (&self->setup_bindings);
  g_clear_object (&self->setup);
  g_clear_object (&self->lookup);
  g_clear_object (&self->address_pause);

  G_OBJECT_CLASS (mw_sign_in_page_parent_class)->dispose (object);
}

static void
mw_sign_in_page_class_init (MwSignInPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = mw_sign_in_page_dispose;
  widget_class->map = mw_sign_in_page_map;
  widget_class->grab_focus = mw_sign_in_page_grab_focus;
  mw_tab_order_pass_through (widget_class);

  g_type_ensure (MW_TYPE_ELSEWHERE_VIEW);
  g_type_ensure (MW_TYPE_HINT_CARD);
  g_type_ensure (MW_TYPE_NETWORK_NOTICE);
  g_type_ensure (MW_TYPE_PASSWORD_NOTE);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "mw-sign-in-page.ui");
  gtk_widget_class_bind_template_child (widget_class, MwSignInPage, protocol_label);
  gtk_widget_class_bind_template_child (widget_class, MwSignInPage, link_label);
  gtk_widget_class_bind_template_child (widget_class, MwSignInPage, keyring_label);
  gtk_widget_class_bind_template_child (widget_class, MwSignInPage, without_saving_list);
  gtk_widget_class_bind_template_child (widget_class, MwSignInPage, without_saving_switch);
  gtk_widget_class_bind_template_child (widget_class, MwSignInPage, network_notice);
  gtk_widget_class_bind_template_child (widget_class, MwSignInPage, hint_card);
  gtk_widget_class_bind_template_child (widget_class, MwSignInPage, name_row);
  gtk_widget_class_bind_template_child (widget_class, MwSignInPage, address_row);
  gtk_widget_class_bind_template_child (widget_class, MwSignInPage, password_row);
  gtk_widget_class_bind_template_child (widget_class, MwSignInPage, password_help_label);
  gtk_widget_class_bind_template_child (widget_class, MwSignInPage, password_help_link);
  gtk_widget_class_bind_template_child (widget_class, MwSignInPage, password_note_box);
  gtk_widget_class_bind_template_child (widget_class, MwSignInPage, password_note);
  gtk_widget_class_bind_template_child (widget_class, MwSignInPage, error_label);
  gtk_widget_class_bind_template_child (widget_class, MwSignInPage, domain_label);
  gtk_widget_class_bind_template_child (widget_class, MwSignInPage, promise_label);
  gtk_widget_class_bind_template_child (widget_class, MwSignInPage, connect_button);
  gtk_widget_class_bind_template_child (widget_class, MwSignInPage, elsewhere_view);
  gtk_widget_class_bind_template_child (widget_class, MwSignInPage, advanced_button);
  gtk_widget_class_bind_template_callback (widget_class, on_without_saving_toggled_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_address_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_password_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, update_default_widget);
  gtk_widget_class_bind_template_callback (widget_class, on_connect_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_elsewhere_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_advanced_clicked_cb);
}

static void
mw_sign_in_page_init (MwSignInPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->setup_bindings = g_binding_group_new ();
  mw_entry_binding_add (self->setup_bindings, "sender-name", self->name_row);
  mw_password_note_watch (self->password_note, ADW_PASSWORD_ENTRY_ROW (self->password_row));
  self->address_pause = mw_entry_pause_new (self->address_row);
  g_signal_connect_object (self->address_pause, "paused", G_CALLBACK (on_address_paused_cb), self,
                           G_CONNECT_SWAPPED);

  update_domain (self);
  update_sensitivity (self);
}

void
mw_sign_in_page_set_lookup (MwSignInPage     *self,
                            MwProviderLookup *lookup)
{
  g_return_if_fail (MW_IS_SIGN_IN_PAGE (self));
  g_return_if_fail (self->lookup == NULL);

  self->lookup = g_object_ref (lookup);
  g_signal_connect_object (lookup, "changed", G_CALLBACK (on_lookup_changed_cb), self,
                           G_CONNECT_SWAPPED);
}

void
mw_sign_in_page_set_setup (MwSignInPage *self,
                           MwSetup      *setup,
                           gboolean      from_link)
{
  g_return_if_fail (MW_IS_SIGN_IN_PAGE (self));
  g_return_if_fail (setup == NULL || MW_IS_SETUP (setup));

  self->from_link = from_link;
  if (setup != NULL)
    mw_elsewhere_view_set_engine (self->elsewhere_view, mw_setup_get_engine (setup));
  if (g_set_object (&self->setup, setup))
    {
      gtk_editable_set_text (self->password_row, "");
      gtk_switch_set_active (self->without_saving_switch, FALSE);
      g_binding_group_set_source (self->setup_bindings, setup);
    }
  mw_sign_in_page_update (self);
  update_sensitivity (self);
}

void
mw_sign_in_page_update (MwSignInPage *self)
{
  MwAddress *address = NULL;

  g_return_if_fail (MW_IS_SIGN_IN_PAGE (self));

  if (self->setup != NULL)
    address = mw_setup_get_address (self->setup);

  gtk_editable_set_text (self->address_row,
                         address != NULL ? mw_address_get_display (address) : "");
  mw_entry_pause_forget (self->address_pause);
  clear_error (self);
  update_protocol (self);
  update_sensitivity (self);
  update_domain (self);
}

void
mw_sign_in_page_focus_address (MwSignInPage *self)
{
  g_return_if_fail (MW_IS_SIGN_IN_PAGE (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->address_row));
}

void
mw_sign_in_page_forget_password (MwSignInPage *self)
{
  g_return_if_fail (MW_IS_SIGN_IN_PAGE (self));

  gtk_editable_set_text (self->password_row, "");
}

gboolean
mw_sign_in_page_has_password (MwSignInPage *self)
{
  g_return_val_if_fail (MW_IS_SIGN_IN_PAGE (self), FALSE);

  return *gtk_editable_get_text (self->password_row) != '\0';
}

void
mw_sign_in_page_set_keyring_missing (MwSignInPage *self,
                                     gboolean      missing)
{
  g_return_if_fail (MW_IS_SIGN_IN_PAGE (self));

  self->keyring_missing = missing;
  update_sensitivity (self);
  update_domain (self);
}

void
mw_sign_in_page_update_network (MwSignInPage *self)
{
  g_return_if_fail (MW_IS_SIGN_IN_PAGE (self));

  update_sensitivity (self);
}
