/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "app/mw-password-dialog.h"

#include <glib/gi18n.h>

#include "app/mw-control-names.h"
#include "app/mw-foreign-text.h"
#include "app/mw-help.h"

#define LABEL_MAX_CHARS 80

struct _MwPasswordDialog
{
  AdwMessageDialog  parent_instance;

  /* Owned */
  GtkEditable      *entries[2];   /* by MwSide */
  MwProfile        *profile;
};

G_DEFINE_FINAL_TYPE (MwPasswordDialog, mw_password_dialog, ADW_TYPE_MESSAGE_DIALOG)

static void
update (MwPasswordDialog *self)
{
  gboolean typed = FALSE;

  for (guint side = 0; side < 2; side++)
    typed |= self->entries[side] != NULL && *gtk_editable_get_text (self->entries[side]) != '\0';
  adw_message_dialog_set_response_enabled (ADW_MESSAGE_DIALOG (self), "change", typed);
}

static GtkEditable *
add_entry (MwPasswordDialog *self,
           GtkBox           *box,
           const char       *title)
{
  GtkWidget *entry = gtk_password_entry_new ();

  g_object_set (entry,
                "activates-default", TRUE,
                "placeholder-text", title,
                "show-peek-icon", TRUE,
                NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                  -1);
  g_signal_connect_object (entry, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  gtk_box_append (box, entry);
  return GTK_EDITABLE (g_object_ref (entry));
}

static void
fill (MwPasswordDialog *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  g_autofree char *label = mw_foreign_text_new (self->profile->label, LABEL_MAX_CHARS);
  g_autofree char *body = NULL;

  adw_message_dialog_set_heading (ADW_MESSAGE_DIALOG (self), _("Change Password"));
  /* Translators: %s is the name of an account. */
  body = g_strdup_printf (_("Type the password that %s has at the provider now. It is tried "
                            "first; only then does it take the place of the former one, here and "
                            "in your mail programs."), label);
  adw_message_dialog_set_body (ADW_MESSAGE_DIALOG (self), body);

  self->entries[MW_SIDE_INCOMING] = add_entry (self, GTK_BOX (box), _("New password"));
  if (self->profile->own_credentials)
    self->entries[MW_SIDE_OUTGOING] = add_entry (self, GTK_BOX (box),
                                                 _("New password for sending"));
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (self), box);
  update (self);
}

static void
mw_password_dialog_map (GtkWidget *widget)
{
  MwPasswordDialog *self = MW_PASSWORD_DIALOG (widget);

  GTK_WIDGET_CLASS (mw_password_dialog_parent_class)->map (widget);

  gtk_widget_grab_focus (GTK_WIDGET (self->entries[MW_SIDE_INCOMING]));
}

static void
mw_password_dialog_dispose (GObject *object)
{
  MwPasswordDialog *self = MW_PASSWORD_DIALOG (object);

  /* Or the text of an entry hears of the focus it loses when its entry is gone. */
  gtk_window_set_focus (GTK_WINDOW (self), NULL);
  for (guint side = 0; side < 2; side++)
    {
      if (self->entries[side] != NULL)
        g_signal_handlers_disconnect_by_data (self->entries[side], self);
      g_clear_object (&self->entries[side]);
    }
  g_clear_pointer (&self->profile, mw_profile_unref);

  G_OBJECT_CLASS (mw_password_dialog_parent_class)->dispose (object);
}

static void
mw_password_dialog_class_init (MwPasswordDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = mw_password_dialog_dispose;
  widget_class->map = mw_password_dialog_map;
}

static void
mw_password_dialog_init (MwPasswordDialog *self)
{
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (self);

  adw_message_dialog_add_responses (dialog,
                                    "cancel", _("_Cancel"),
                                    "change", _("C_hange"),
                                    NULL);
  adw_message_dialog_set_response_appearance (dialog, "change", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (dialog, "change");
  adw_message_dialog_set_close_response (dialog, "cancel");
}

GtkWidget *
mw_password_dialog_new (GtkWindow *parent,
                        MwProfile *profile)
{
  MwPasswordDialog *self;

  g_return_val_if_fail (profile != NULL, NULL);

  self = g_object_new (MW_TYPE_PASSWORD_DIALOG, "transient-for", parent, NULL);
  self->profile = mw_profile_ref (profile);
  fill (self);
  mw_control_names_mend (GTK_WIDGET (self));
  mw_help_attach (GTK_WINDOW (self), "accounts#password");

  return GTK_WIDGET (self);
}

MwProfile *
mw_password_dialog_get_profile (MwPasswordDialog *self)
{
  g_return_val_if_fail (MW_IS_PASSWORD_DIALOG (self), NULL);

  return self->profile;
}

MwSecret *
mw_password_dialog_dup_secret (MwPasswordDialog *self,
                               MwSide            side)
{
  g_return_val_if_fail (MW_IS_PASSWORD_DIALOG (self), NULL);

  if (self->entries[side] == NULL)
    return NULL;

  return mw_secret_new_typed (gtk_editable_get_text (self->entries[side]));
}
