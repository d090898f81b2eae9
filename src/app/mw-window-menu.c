/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

/* What the menu of an account's row leads to, where it is about the account
 * itself: changed, given another password, taken as the pattern of another
 * one, made the default. */

#include "config.h"

#include "app/mw-window-private.h"

#include <glib/gi18n.h>

#include "app/mw-copies-question.h"
#include "app/mw-foreign-text.h"
#include "app/mw-password-dialog.h"
#include "setup/mw-setup-edit.h"

#define LABEL_MAX_CHARS 80

/* An account can be gone: another program may have deleted it just now. A
 * second click on the same row comes when its page is open already. */
static MwProfile *
take_account (MwWindow   *self,
              const char *id)
{
  const char *page = mw_window_get_page (self);
  MwProfile *profile;

  if ((!g_str_equal (page, "accounts") && !g_str_equal (page, "compare")) ||
      mw_window_has_dialog (self))
    return NULL;

  profile = mw_window_find_profile (self, id);
  if (profile == NULL)
    mw_window_add_toast (self, _("This account was deleted meanwhile"));
  return profile;
}

static void
edit_account (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  MwWindow *self = MW_WINDOW (widget);
  g_autoptr(MwProfile) profile = take_account (self, g_variant_get_string (parameter, NULL));

  if (profile != NULL)
    mw_window_edit_account (self, profile);
}

/* Another password. */

static void
on_password_response (MwPasswordDialog *dialog,
                      const char       *response,
                      MwWindow         *self)
{
  MwProfile *profile = mw_password_dialog_get_profile (dialog);

  if (!g_str_equal (response, "change") || !g_str_equal (mw_window_get_page (self), "accounts"))
    return;

  mw_window_open_account (self, profile, MW_WINDOW_TASK_PASSWORD);
  for (guint side = 0; side < 2; side++)
    {
      g_autoptr(MwSecret) secret = mw_password_dialog_dup_secret (dialog, side);

      if (secret != NULL)
        mw_setup_set_password (self->setup, side, secret);
    }
  mw_window_prove_and_save (self);
}

static void
change_password (GtkWidget  *widget,
                 const char *action_name,
                 GVariant   *parameter)
{
  MwWindow *self = MW_WINDOW (widget);
  g_autoptr(MwProfile) profile = take_account (self, g_variant_get_string (parameter, NULL));
  GtkWidget *dialog;

  if (profile == NULL || profile->incoming == NULL)
    return;
  if (profile->incoming->auth == MW_AUTH_OAUTH2)
    {
      mw_window_add_toast (self, _("This account has no password here; you sign in in the mail "
                                   "program"));
      return;
    }

  dialog = mw_password_dialog_new (GTK_WINDOW (self), profile);
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_password_response), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* The pattern of another account. */

static void
duplicate_account (GtkWidget  *widget,
                   const char *action_name,
                   GVariant   *parameter)
{
  MwWindow *self = MW_WINDOW (widget);
  g_autoptr(MwProfile) profile = take_account (self, g_variant_get_string (parameter, NULL));
  g_autoptr(MwSetup) setup = NULL;

  if (profile == NULL)
    return;

  setup = mw_setup_new (mw_window_get_engine (self));
  mw_setup_duplicate_profile (setup, profile);
  self->from_link = FALSE;
  mw_window_take_setup (self, setup, NULL);
  mw_window_show_advanced (self, "accounts");
  mw_window_focus_page_later (self);
}

/* The default account. */

static void
on_default_saved (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr(MwWindow) self = MW_WINDOW (user_data);
  g_autoptr(GError) error = NULL;
  g_autoptr(MwAdvice) advice = NULL;

  if (mw_profile_store_save_finish (MW_PROFILE_STORE (object), result, &error))
    return;

  g_info ("Cannot make an account the default: %s", error->message);
  advice = mw_advice_for_error (error);
  mw_window_show_message (self, advice->title, advice->text);
}

static MwProfile *
find_default (MwWindow *self)
{
  GPtrArray *profiles = mw_profile_store_get_profiles (mw_window_get_store (self));

  for (guint i = 0; profiles != NULL && i < profiles->len; i++)
    {
      MwProfile *profile = g_ptr_array_index (profiles, i);

      if (profile->is_default)
        return mw_profile_ref (profile);
    }

  return NULL;
}

static void
set_default_account (GtkWidget  *widget,
                     const char *action_name,
                     GVariant   *parameter)
{
  MwWindow *self = MW_WINDOW (widget);
  g_autoptr(MwProfile) stored = take_account (self, g_variant_get_string (parameter, NULL));
  g_autoptr(MwProfile) former = NULL;
  g_autoptr(MwProfile) profile = NULL;
  g_autofree char *label = NULL;
  g_autofree char *former_label = NULL;
  g_autofree char *text = NULL;

  if (stored == NULL || stored->is_default)
    return;

  former = find_default (self);
  profile = mw_profile_copy (stored);
  profile->is_default = TRUE;
  mw_profile_store_save_async (mw_window_get_store (self), profile, NULL, on_default_saved,
                               g_object_ref (self));

  label = mw_foreign_text_new (profile->label, LABEL_MAX_CHARS);
  if (former != NULL)
    {
      former_label = mw_foreign_text_new (former->label, LABEL_MAX_CHARS);
      /* Translators: the names of two accounts. */
      text = g_strdup_printf (_("%s is the default account now, no longer %s"), label,
                              former_label);
    }
  else
    /* Translators: %s is the name of an account. */
    text = g_strdup_printf (_("%s is the default account now"), label);
  mw_window_add_toast (self, text);
  mw_copies_question_ask (GTK_WINDOW (self), mw_window_get_engine (self), profile, NULL, FALSE);
}

void
mw_window_install_menu_actions (MwWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_install_action (widget_class, "win.edit-account", "s", edit_account);
  gtk_widget_class_install_action (widget_class, "win.change-password", "s", change_password);
  gtk_widget_class_install_action (widget_class, "win.duplicate-account", "s",
                                   duplicate_account);
  gtk_widget_class_install_action (widget_class, "win.set-default-account", "s",
                                   set_default_account);
}
