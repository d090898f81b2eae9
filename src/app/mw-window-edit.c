/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

/* The page of a saved account: opened, saved with the questions that come up
 * on the way, and left. */

#include "config.h"

#include "app/mw-window-private.h"

#include <glib/gi18n.h>

#include "app/mw-control-names.h"
#include "app/mw-foreign-text.h"
#include "app/mw-help.h"
#include "setup/mw-setup-edit.h"

#define LABEL_MAX_CHARS 80

static gboolean
on_focus_idle (gpointer user_data)
{
  MwWindow *self = MW_WINDOW (user_data);
  GtkWidget *page = gtk_stack_get_visible_child (self->stack);

  if (page != NULL)
    gtk_widget_grab_focus (page);
  return G_SOURCE_REMOVE;
}

/* The menu of the row gives the focus back when it closes, which it does after
 * what was chosen in it. */
void
mw_window_focus_page_later (MwWindow *self)
{
  g_idle_add_full (G_PRIORITY_LOW, on_focus_idle, g_object_ref (self), g_object_unref);
}

/* Assistive technology reaches what stands behind a question: only one is asked. */
static AdwMessageDialog *
question_new (MwWindow   *self,
              const char *heading,
              const char *body)
{
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (self), heading, NULL);

  adw_message_dialog_set_body (ADW_MESSAGE_DIALOG (dialog), body);
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"));
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_set_weak_pointer (&self->question, dialog);
  return ADW_MESSAGE_DIALOG (dialog);
}

static void
question_present (AdwMessageDialog *dialog)
{
  mw_control_names_mend (GTK_WIDGET (dialog));
  mw_help_attach (GTK_WINDOW (dialog), "accounts#edit");
  gtk_window_present (GTK_WINDOW (dialog));
}

void
mw_window_edit_account (MwWindow  *self,
                        MwProfile *profile)
{
  mw_window_open_account (self, profile, MW_WINDOW_TASK_EDIT);
  mw_edit_page_start (mw_window_ensure_edit_page (self), self->setup, profile);
  mw_window_show_page (self, "edit");
  mw_window_focus_page_later (self);
}

static void
on_other_address_response (MwWindow   *self,
                           const char *response)
{
  g_clear_weak_pointer (&self->question);
  if (g_str_equal (response, "add") && self->task == MW_WINDOW_TASK_EDIT)
    mw_window_prove_and_save (self);
}

/* Somebody who changes the address has another mailbox now. */
static void
ask_about_address (MwWindow *self)
{
  MwAddress *address = mw_setup_get_address (self->setup);
  g_autofree char *other = mw_foreign_text_new (mw_address_get_display (address),
                                                LABEL_MAX_CHARS);
  g_autofree char *label = mw_foreign_text_new (self->opened->label, LABEL_MAX_CHARS);
  g_autofree char *body = NULL;
  AdwMessageDialog *dialog;

  /* Translators: an e-mail address, then the name of an account. */
  body = g_strdup_printf (_("%s is another mailbox, so it becomes another account. %s stays as it "
                            "is, here and in your mail programs; you can delete it from the "
                            "list."), other, label);
  dialog = question_new (self, _("Add Another Account?"), body);
  adw_message_dialog_add_response (dialog, "add", _("_Add Account"));
  adw_message_dialog_set_response_appearance (dialog, "add", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (dialog, "add");
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_other_address_response), self,
                           G_CONNECT_SWAPPED);
  question_present (dialog);
}

/* Whether another account has the address that was entered. */
static gboolean
is_known_address (MwWindow *self)
{
  const char *address = mw_address_get_text (mw_setup_get_address (self->setup));
  GPtrArray *profiles = mw_profile_store_get_profiles (mw_window_get_store (self));

  for (guint i = 0; profiles != NULL && i < profiles->len; i++)
    {
      MwProfile *profile = g_ptr_array_index (profiles, i);

      if (!g_str_equal (profile->id, self->opened->id) &&
          g_ascii_strcasecmp (profile->address, address) == 0)
        return TRUE;
    }

  return FALSE;
}

/* Where it was handed to and how its last check ended is nothing that somebody
 * entered. */
static gboolean
was_changed_elsewhere (MwProfile *opened,
                       MwProfile *stored)
{
  g_autoptr(MwProfile) same = mw_profile_copy (stored);

  same->state = opened->state;
  same->last_checked = opened->last_checked;
  g_clear_pointer (&same->exports, g_hash_table_unref);
  same->exports = g_hash_table_ref (opened->exports);
  return !mw_profile_equal (same, opened);
}

static void
on_changed_response (MwWindow   *self,
                     const char *response)
{
  g_autoptr(MwProfile) stored = NULL;

  g_clear_weak_pointer (&self->question);
  if (self->task != MW_WINDOW_TASK_EDIT || self->opened == NULL)
    return;

  stored = mw_window_find_profile (self, self->opened->id);
  if (stored != NULL && g_str_equal (response, "load"))
    mw_window_edit_account (self, stored);
  else if (stored != NULL && g_str_equal (response, "save"))
    mw_window_prove_and_save (self);
}

static void
ask_about_change (MwWindow *self)
{
  AdwMessageDialog *dialog;

  dialog = question_new (self, _("Changed Elsewhere"),
                         _("Another program changed this account while it was open here."));
  adw_message_dialog_add_responses (dialog,
                                    "load", _("_Load Its Settings"),
                                    "save", _("_Save Mine"),
                                    NULL);
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_changed_response), self,
                           G_CONNECT_SWAPPED);
  question_present (dialog);
}

static void
save_account (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  MwWindow *self = MW_WINDOW (widget);
  g_autoptr(MwProfile) stored = NULL;

  if (self->task != MW_WINDOW_TASK_EDIT || self->check != NULL || self->saving ||
      self->proving || self->question != NULL ||
      !g_str_equal (mw_window_get_page (self), "edit"))
    return;

  if (!mw_edit_page_take (self->edit_page))
    return;

  stored = mw_window_find_profile (self, self->opened->id);
  if (mw_setup_is_other_address (self->setup))
    {
      if (is_known_address (self))
        mw_edit_page_set_status (self->edit_page, _("This address has an account already."),
                                 FALSE);
      else
        ask_about_address (self);
    }
  else if (stored == NULL)
    {
      mw_window_show_home (self);
      mw_window_show_message (self, _("Account Deleted"),
                              _("Another program deleted this account while it was open here."));
    }
  else if (was_changed_elsewhere (self->opened, stored))
    ask_about_change (self);
  else
    mw_window_prove_and_save (self);
}

/* Leaving the page. */

/* Not before the question itself is gone. */
static gboolean
on_close_idle (gpointer user_data)
{
  gtk_window_close (GTK_WINDOW (user_data));
  return G_SOURCE_REMOVE;
}

static void
on_leave_response (MwWindow   *self,
                   const char *response)
{
  gboolean closing = self->closing;

  self->closing = FALSE;
  g_clear_weak_pointer (&self->question);
  if (self->task != MW_WINDOW_TASK_EDIT)
    return;

  if (g_str_equal (response, "save"))
    gtk_widget_activate_action (GTK_WIDGET (self), "win.save-account", NULL);
  else if (g_str_equal (response, "discard"))
    {
      mw_window_show_home (self);
      if (closing)
        g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, on_close_idle, g_object_ref (self),
                         g_object_unref);
    }
}

gboolean
mw_window_leave_edit (MwWindow *self,
                      gboolean  closing)
{
  AdwMessageDialog *dialog;

  if (self->task != MW_WINDOW_TASK_EDIT || self->saving ||
      !g_str_equal (mw_window_get_page (self), "edit") ||
      !mw_edit_page_is_changed (self->edit_page))
    return TRUE;

  if (self->question != NULL)
    return FALSE;

  self->closing = closing;
  dialog = question_new (self, _("Save Changes?"),
                         _("What you changed is not saved yet."));
  adw_message_dialog_add_responses (dialog,
                                    "discard", _("_Discard"),
                                    "save", _("_Save"),
                                    NULL);
  adw_message_dialog_set_response_appearance (dialog, "discard", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_response_appearance (dialog, "save", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (dialog, "save");
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_leave_response), self,
                           G_CONNECT_SWAPPED);
  question_present (dialog);
  return FALSE;
}

void
mw_window_install_edit_actions (MwWindowClass *klass)
{
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "win.save-account", NULL,
                                   save_account);
}
