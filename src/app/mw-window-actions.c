/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "app/mw-window-private.h"

#include <glib/gi18n.h>

#include "app/mw-foreign-text.h"
#include "app/mw-help.h"
#include "app/mw-preferences-window.h"
#include "app/mw-report-window.h"
#include "setup/mw-provider-letter.h"

#define ADDRESS_MAX_CHARS 254

static void
set_string (char       **member,
            const char  *value)
{
  char *copy = g_strdup (value);

  g_free (*member);
  *member = copy;
}

/* An address that is here already leads to its account. */
static gboolean
show_saved_account (MwWindow *self)
{
  MwAddress *address = mw_setup_get_address (self->setup);
  g_autoptr(MwProfile) profile = mw_window_find_address (self, address);
  g_autofree char *name = NULL;
  g_autofree char *text = NULL;

  if (profile == NULL)
    return FALSE;

  name = mw_foreign_text_new (mw_address_get_display (address), ADDRESS_MAX_CHARS);
  /* Translators: %s is an e-mail address. */
  text = g_strdup_printf (_("%s is already set up"), name);
  mw_window_show_home (self);
  mw_accounts_page_focus_account (self->accounts_page, profile->id);
  mw_window_add_toast (self, text);
  return TRUE;
}

void
mw_window_show_advanced (MwWindow   *self,
                         const char *from)
{
  set_string (&self->advanced_from, from);
  mw_advanced_page_update (mw_window_ensure_advanced_page (self));
  mw_window_show_page (self, "advanced");
}

static void
go_on (GtkWidget  *widget,
       const char *action_name,
       GVariant   *parameter)
{
  MwWindow *self = MW_WINDOW (widget);
  const char *page = g_variant_get_string (parameter, NULL);
  const char *from = mw_window_get_page (self);

  if (self->setup == NULL)
    return;
  if (self->opened == NULL && !g_str_equal (from, "problem") && show_saved_account (self))
    return;
  /* All that can be typed about a saved account is on its own page. */
  if (self->task == MW_WINDOW_TASK_EDIT && !g_str_equal (page, "check"))
    {
      mw_window_show_page (self, "edit");
      return;
    }

  if (g_str_equal (page, "address"))
    {
      mw_window_show_page (self, "sign-in");
      mw_sign_in_page_focus_address (self->sign_in_page);
    }
  else if (g_str_equal (page, "sign-in"))
    {
      mw_sign_in_page_update (self->sign_in_page);
      mw_window_show_page (self, "sign-in");
    }
  else if (g_str_equal (page, "advanced"))
    {
      mw_window_show_advanced (self, from);
    }
  else if (g_str_equal (page, "check"))
    mw_window_show_page (self, "check");
}

static void
forget_passwords_typed (MwWindow *self)
{
  mw_sign_in_page_forget_password (self->sign_in_page);
  mw_problem_page_forget_password (self->problem_page);
  if (self->advanced_page != NULL)
    mw_advanced_page_forget_password (self->advanced_page);
  if (self->edit_page != NULL)
    mw_edit_page_forget_password (self->edit_page);
}

/* Where the run was started, with what was typed there. From the list nothing
 * was, and the set-up is no longer wanted. */
static void
show_where_it_began (MwWindow *self)
{
  if (g_str_equal (self->came_from, "accounts"))
    mw_window_show_home (self);
  else
    mw_window_show_page (self, self->came_from);
}

static void
show_result (MwWindow *self)
{
  if (mw_setup_get_outcome (self->setup) == MW_OUTCOME_CANCELLED)
    {
      show_where_it_began (self);
      return;
    }

  switch (mw_setup_get_state (self->setup))
    {
    case MW_SETUP_STATE_VERIFIED:
      forget_passwords_typed (self);
      if (self->task == MW_WINDOW_TASK_CHECK)
        {
          mw_window_account_checked (self);
          break;
        }
      if (self->opened != NULL)
        {
          mw_window_save_verified (self);
          break;
        }
      mw_done_page_start (mw_window_ensure_done_page (self), self->setup,
                          !self->keyring_missing, mw_window_get_suggested_client (self));
      mw_window_offer_deletion (self);
      mw_window_show_page (self, "done");
      break;
    case MW_SETUP_STATE_QUESTION:
      mw_window_show_page (self, "check");
      break;
    case MW_SETUP_STATE_PROBLEM:
      if (self->task == MW_WINDOW_TASK_CHECK)
        mw_window_account_checked (self);
      mw_problem_page_update (self->problem_page);
      mw_window_show_page (self, "problem");
      break;
    case MW_SETUP_STATE_IDLE:
    case MW_SETUP_STATE_CHECKING:
    case MW_SETUP_STATE_SAVED:
    default:
      show_where_it_began (self);
      break;
    }
}

static void
on_checked (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(MwWindow) self = MW_WINDOW (user_data);
  MwSetup *setup = MW_SETUP (object);
  g_autoptr(GError) error = NULL;

  mw_setup_check_finish (setup, result, &error);

  /* The person may have left for another account meanwhile. */
  if (setup != self->setup)
    return;

  g_clear_object (&self->check);
  if (mw_window_resume_check (self))
    return;
  if (error != NULL)
    {
      g_autoptr(MwAdvice) advice = mw_advice_for_error (error);

      mw_window_show_page (self, self->came_from);
      mw_window_add_toast (self, advice->text);
      return;
    }

  show_result (self);
  mw_window_check_ended (self, setup);
}

void
mw_window_start_check (MwWindow *self)
{
  const char *from = mw_window_get_page (self);

  if (self->setup == NULL || self->check != NULL)
    return;

  if (!g_str_equal (from, "check"))
    {
      set_string (&self->came_from, from);
      mw_window_forget_interruption (self);
    }
  self->check = g_cancellable_new ();
  mw_window_show_page (self, "check");
  mw_setup_check_async (self->setup, self->check, on_checked, g_object_ref (self));
}

/* The person wants the account as it was typed, and was told what that means. */
static void
save_untested (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  MwWindow *self = MW_WINDOW (widget);

  if (self->setup == NULL || self->check != NULL)
    return;
  if (self->opened == NULL && show_saved_account (self))
    return;

  forget_passwords_typed (self);
  mw_done_page_start (mw_window_ensure_done_page (self), self->setup, !self->keyring_missing,
                      mw_window_get_suggested_client (self));
  mw_window_offer_deletion (self);
  mw_window_show_page (self, "done");
}

static void
check (GtkWidget  *widget,
       const char *action_name,
       GVariant   *parameter)
{
  MwWindow *self = MW_WINDOW (widget);

  if (self->setup == NULL || self->check != NULL)
    return;
  if (mw_setup_needs_password (self->setup)
      || mw_setup_get_address (self->setup) == NULL)
    {
      mw_window_show_page (self, "sign-in");
      return;
    }
  /* A copy of an account may have got the address of one that is there. */
  if (self->opened == NULL && g_str_equal (mw_window_get_page (self), "advanced") &&
      show_saved_account (self))
    return;

  mw_window_start_check (self);
}

/* One step back, or out of what is under way. Nothing typed is lost. */
static void
back (GtkWidget  *widget,
      const char *action_name,
      GVariant   *parameter)
{
  MwWindow *self = MW_WINDOW (widget);
  const char *page = mw_window_get_page (self);

  if (g_str_equal (page, "type"))
    {
      if (self->setup != NULL && gtk_widget_get_visible (self->back_button))
        mw_window_show_home (self);
    }
  else if (g_str_equal (page, "sign-in"))
    {
      if (self->from_review)
        mw_window_show_page (self, "review");
      else if (self->opened != NULL || self->from_link)
        mw_window_show_home (self);
      else
        {
          mw_window_show_page (self, "type");
          mw_window_show_next_review_later (self);
        }
    }
  else if (g_str_equal (page, "review") || g_str_equal (page, "compare"))
    mw_window_show_home (self);
  else if (g_str_equal (page, "check"))
    {
      mw_window_forget_interruption (self);
      if (self->check != NULL)
        g_cancellable_cancel (self->check);
      else
        mw_window_show_page (self, self->came_from);
    }
  else if (g_str_equal (page, "problem"))
    {
      if (self->task == MW_WINDOW_TASK_EDIT)
        mw_window_show_page (self, "edit");
      else if (self->opened != NULL)
        mw_window_show_home (self);
      else
        mw_window_show_page (self, "sign-in");
    }
  else if (g_str_equal (page, "advanced"))
    {
      if (g_str_equal (self->advanced_from, "accounts"))
        {
          mw_window_show_home (self);
          return;
        }
      mw_window_show_page (self, self->advanced_from);
      if (g_str_equal (self->advanced_from, "sign-in"))
        mw_sign_in_page_update (self->sign_in_page);
    }
  else if (g_str_equal (page, "edit") && mw_window_leave_edit (self, FALSE))
    mw_window_show_home (self);
}

static void
finish (GtkWidget  *widget,
        const char *action_name,
        GVariant   *parameter)
{
  mw_window_show_home (MW_WINDOW (widget));
}

static void
copy_report (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  MwWindow *self = MW_WINDOW (widget);

  if (self->setup != NULL && !mw_window_has_dialog (self))
    gtk_window_present (GTK_WINDOW (mw_report_window_new (GTK_WINDOW (self), self->setup)));
}

static void
copy_letter (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  MwWindow *self = MW_WINDOW (widget);
  g_autofree char *text = NULL;

  if (self->setup == NULL)
    return;

  text = mw_provider_letter_new_text (self->setup);
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text);
  mw_window_add_toast (self, _("Letter copied; paste it into a message to your provider"));
}

static void
account_action (GtkWidget  *widget,
                const char *action_name,
                GVariant   *parameter)
{
  MwWindow *self = MW_WINDOW (widget);
  const char *id = g_variant_get_string (parameter, NULL);

  if (mw_window_has_dialog (self))
    return;
  if (g_str_equal (action_name, "win.check-account"))
    mw_window_check_account (self, id);
  else if (g_str_equal (action_name, "win.export-account"))
    mw_window_export_account (self, id);
  else if (g_str_equal (action_name, "win.stop-waiting"))
    mw_window_stop_waiting (self, id);
  else if (g_str_equal (action_name, "win.delete-account"))
    mw_window_delete_account (self, id);
}

static void
import_accounts (GtkWidget  *widget,
                 const char *action_name,
                 GVariant   *parameter)
{
  if (!mw_window_has_dialog (MW_WINDOW (widget)))
    mw_window_import_accounts (MW_WINDOW (widget));
}

static void
show_preferences (GtkWidget  *widget,
                  const char *action_name,
                  GVariant   *parameter)
{
  GtkWindow *window = GTK_WINDOW (widget);
  MwApplication *application = MW_APPLICATION (gtk_window_get_application (window));
  GSettings *settings = mw_application_get_settings (application);

  if (!mw_window_has_dialog (MW_WINDOW (widget)))
    gtk_window_present (GTK_WINDOW (mw_preferences_window_new (window, settings)));
}

/* Not as the help overlay of the window: GTK would export an action for it. */
static void
show_shortcuts (GtkWidget  *widget,
                const char *action_name,
                GVariant   *parameter)
{
  g_autoptr(GtkBuilder) builder = NULL;
  GtkWindow *shortcuts;

  if (mw_window_has_dialog (MW_WINDOW (widget)))
    return;

  builder = gtk_builder_new_from_resource (RESOURCE_PATH "mw-shortcuts.ui");
  shortcuts = GTK_WINDOW (gtk_builder_get_object (builder, "shortcuts_window"));
  gtk_window_set_transient_for (shortcuts, GTK_WINDOW (widget));
  mw_help_attach (shortcuts, NULL);
  gtk_window_present (shortcuts);
}

static void
show_help (GtkWidget  *widget,
           const char *action_name,
           GVariant   *parameter)
{
  mw_window_show_help (MW_WINDOW (widget));
}

static void
undo_deletion (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  mw_window_undo_deletion (MW_WINDOW (widget));
}

/* Actions of the class, because those of the window's own map would be on the
 * bus for every other program to call. */
void
mw_window_install_actions (MwWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_install_action (widget_class, "win.go-on", "s", go_on);
  gtk_widget_class_install_action (widget_class, "win.check", NULL, check);
  gtk_widget_class_install_action (widget_class, "win.save-untested", NULL, save_untested);
  gtk_widget_class_install_action (widget_class, "win.back", NULL, back);
  gtk_widget_class_install_action (widget_class, "win.finish", NULL, finish);
  gtk_widget_class_install_action (widget_class, "win.copy-report", NULL, copy_report);
  gtk_widget_class_install_action (widget_class, "win.copy-letter", NULL, copy_letter);
  gtk_widget_class_install_action (widget_class, "win.check-account", "s", account_action);
  gtk_widget_class_install_action (widget_class, "win.export-account", "s", account_action);
  gtk_widget_class_install_action (widget_class, "win.stop-waiting", "s", account_action);
  gtk_widget_class_install_action (widget_class, "win.delete-account", "s", account_action);
  gtk_widget_class_install_action (widget_class, "win.undo-deletion", NULL, undo_deletion);
  gtk_widget_class_install_action (widget_class, "win.import-accounts", NULL, import_accounts);
  gtk_widget_class_install_action (widget_class, "win.preferences", NULL, show_preferences);
  gtk_widget_class_install_action (widget_class, "win.shortcuts", NULL, show_shortcuts);
  gtk_widget_class_install_action (widget_class, "win.help", NULL, show_help);

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "win.back", NULL);
  /* A binding comes after those of an entry, which undoes what was typed. */
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_z, GDK_CONTROL_MASK,
                                       "win.undo-deletion", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Left, GDK_ALT_MASK, "win.back", NULL);
}
