/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

/* What is done with a saved account: changed, given another password, taken as
 * the pattern of another one, made the default. */

#include "config.h"

#include "app/mw-window-private.h"

#include <glib/gi18n.h>

#include "app/mw-control-names.h"
#include "app/mw-copies-question.h"
#include "app/mw-foreign-text.h"
#include "app/mw-help.h"
#include "app/mw-password-dialog.h"
#include "setup/mw-setup-edit.h"

#define LABEL_MAX_CHARS 80

static MwEngine *
get_engine (MwWindow *self)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));

  return mw_application_get_engine (MW_APPLICATION (application));
}

static MwProfileStore *
get_store (MwWindow *self)
{
  return mw_engine_get_profile_store (get_engine (self));
}

static MwProfile *
find_profile (MwWindow   *self,
              const char *id)
{
  return mw_profile_store_find (get_store (self), id, NULL);
}

static char *
quote_label (MwProfile *profile)
{
  return mw_foreign_text_new (profile->label, LABEL_MAX_CHARS);
}

/* An account can be gone: another program may have deleted it just now. A
 * second click on the same row comes when its page is open already. */
static MwProfile *
take_account (MwWindow   *self,
              const char *id)
{
  MwProfile *profile;

  if (!g_str_equal (mw_window_get_page (self), "accounts"))
    return NULL;

  profile = find_profile (self, id);
  if (profile == NULL)
    mw_window_add_toast (self, _("This account was deleted meanwhile"));
  return profile;
}

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
static void
focus_page_later (MwWindow *self)
{
  g_idle_add_full (G_PRIORITY_LOW, on_focus_idle, g_object_ref (self), g_object_unref);
}

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
  return ADW_MESSAGE_DIALOG (dialog);
}

static void
question_present (AdwMessageDialog *dialog)
{
  mw_control_names_mend (GTK_WIDGET (dialog));
  mw_help_attach (GTK_WINDOW (dialog), "accounts#edit");
  gtk_window_present (GTK_WINDOW (dialog));
}

/* Saving. */

static void
tell_saved (MwWindow  *self,
            MwProfile *profile)
{
  g_autofree char *label = quote_label (profile);
  g_autofree char *former = NULL;
  g_autofree char *text = NULL;

  if (self->opened != NULL && !g_str_equal (self->opened->id, profile->id))
    {
      former = quote_label (self->opened);
      /* Translators: the names of two accounts, the new one first. */
      text = g_strdup_printf (_("%s added; %s is still there"), label, former);
    }
  else if (self->task == MW_WINDOW_TASK_PASSWORD)
    /* Translators: %s is the name of an account. */
    text = g_strdup_printf (_("Password of %s changed"), label);
  else
    /* Translators: %s is the name of an account. */
    text = g_strdup_printf (_("%s saved"), label);
  mw_window_add_toast (self, text);
}

static void
on_saved (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(MwWindow) self = MW_WINDOW (user_data);
  g_autoptr(MwSetup) setup = g_object_ref (MW_SETUP (object));
  g_autoptr(GError) error = NULL;
  g_autoptr(MwProfile) profile = mw_setup_save_finish (setup, result, &error);
  g_autoptr(MwAdvice) advice = NULL;
  gboolean certain = self->task == MW_WINDOW_TASK_PASSWORD;

  g_application_release (g_application_get_default ());
  self->saving = FALSE;
  if (setup != self->setup)
    return;

  if (profile == NULL)
    {
      g_info ("Cannot save a changed account: %s", error->message);
      advice = mw_advice_for_error (error);
      if (self->task == MW_WINDOW_TASK_EDIT)
        mw_window_show_page (self, "edit");
      else
        mw_window_show_home (self);
      mw_window_show_message (self, advice->title, advice->text);
      return;
    }

  tell_saved (self, profile);
  mw_window_show_home (self);
  mw_accounts_page_focus_account (self->accounts_page, profile->id);
  if (gtk_window_get_application (GTK_WINDOW (self)) != NULL)
    mw_copies_question_ask (GTK_WINDOW (self), get_engine (self), profile, setup, certain);
}

/* Closing the window must not lose anything, so the program stays until the
 * account is saved. */
static void
save (MwWindow *self,
      gboolean  keep_password)
{
  if (self->saving)
    return;

  self->saving = TRUE;
  g_application_hold (g_application_get_default ());
  mw_setup_save_async (self->setup, keep_password && !self->keyring_missing, NULL,
                       on_saved, g_object_ref (self));
}

void
mw_window_edit_verified (MwWindow *self)
{
  save (self, TRUE);
}

/* Proving what was changed, with the passwords that were not typed anew. */

static void
start_check (MwWindow     *self,
             guint         unproved,
             const GError *error)
{
  g_autoptr(MwAdvice) advice = error != NULL ? mw_advice_for_error (error) : NULL;
  gboolean same = TRUE;
  gboolean in_browser = FALSE;

  g_object_get (self->setup, "same-credentials", &same, "browser-sign-in", &in_browser, NULL);

  for (guint side = 0; side < 2 && !in_browser; side++)
    {
      MwSide needed = side == MW_SIDE_OUTGOING && same ? MW_SIDE_INCOMING : side;

      if ((unproved & (1u << side)) == 0 || mw_setup_has_password (self->setup, needed))
        continue;

      if (self->task == MW_WINDOW_TASK_EDIT)
        mw_edit_page_ask_for_password (self->edit_page, needed,
                                       advice != NULL ? advice->text : NULL);
      else
        mw_window_add_toast (self, advice != NULL ? advice->text
                                                  : _("The password is not in the keyring; edit "
                                                      "the account and type it once more"));
      return;
    }

  mw_window_start_check (self);
}

typedef struct {
  MwWindow *window;
  MwSetup  *setup;
  GError   *error;      /* of the keyring */
  guint     unproved;
} Proof;

static void
proof_free (Proof *proof)
{
  g_object_unref (proof->window);
  g_object_unref (proof->setup);
  g_clear_error (&proof->error);
  g_free (proof);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Proof, proof_free)

static void
take_secret (Proof        *proof,
             MwSide        side,
             GObject      *engine,
             GAsyncResult *result)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(MwSecret) secret = NULL;

  secret = mw_engine_lookup_secret_finish (MW_ENGINE (engine), result, &error);
  if (secret != NULL)
    mw_setup_set_kept_password (proof->setup, side, secret);
  if (error == NULL)
    return;

  g_info ("No password for a saved account: %s", error->message);
  g_clear_error (&proof->error);
  proof->error = g_steal_pointer (&error);
}

static void
go_on (Proof *proof)
{
  MwWindow *self = proof->window;

  if (self->setup != proof->setup)
    return;

  self->proving = FALSE;
  mw_edit_page_set_status (self->edit_page, NULL, FALSE);
  start_check (self, proof->unproved, proof->error);
}

static void
on_outgoing_secret (GObject      *object,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr(Proof) proof = user_data;

  take_secret (proof, MW_SIDE_OUTGOING, object, result);
  go_on (proof);
}

static void
on_incoming_secret (GObject      *object,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr(Proof) proof = user_data;
  MwWindow *self = proof->window;

  take_secret (proof, MW_SIDE_INCOMING, object, result);
  if (self->setup != proof->setup)
    return;

  if (self->opened->own_credentials)
    mw_engine_lookup_secret_async (MW_ENGINE (object), self->opened, MW_SIDE_OUTGOING,
                                   self->cancellable, on_outgoing_secret,
                                   g_steal_pointer (&proof));
  else
    go_on (proof);
}

/* Another account has other passwords, which its person has typed; where the
 * mail program signs in there is none. */
static void
prove (MwWindow *self,
       guint     unproved)
{
  gboolean in_browser = FALSE;
  Proof *proof;

  g_object_get (self->setup, "browser-sign-in", &in_browser, NULL);
  if (in_browser || mw_setup_is_other_address (self->setup))
    {
      start_check (self, unproved, NULL);
      return;
    }

  proof = g_new0 (Proof, 1);
  proof->window = g_object_ref (self);
  proof->setup = g_object_ref (self->setup);
  proof->unproved = unproved;
  self->proving = TRUE;
  mw_edit_page_set_status (self->edit_page, _("Asking the keyring…"), TRUE);
  mw_engine_lookup_secret_async (get_engine (self), self->opened, MW_SIDE_INCOMING,
                                 self->cancellable, on_incoming_secret, proof);
}

static void
prove_and_save (MwWindow *self)
{
  guint unproved = mw_setup_keep_proofs (self->setup);

  if (unproved != 0)
    prove (self, unproved);
  else
    save (self, FALSE);
}

/* The page of one account. */

static void
open_account (MwWindow     *self,
              MwProfile    *profile,
              MwWindowTask  task)
{
  g_autoptr(MwSetup) setup = mw_setup_new (get_engine (self));

  mw_setup_open_profile (setup, profile);
  self->from_link = FALSE;
  mw_window_take_setup (self, setup, profile);
  self->task = task;
}

static void
show_edit_page (MwWindow  *self,
                MwProfile *profile)
{
  open_account (self, profile, MW_WINDOW_TASK_EDIT);
  mw_edit_page_start (self->edit_page, self->setup, profile);
  mw_window_show_page (self, "edit");
  focus_page_later (self);
}

static void
edit_account (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  MwWindow *self = MW_WINDOW (widget);
  g_autoptr(MwProfile) profile = take_account (self, g_variant_get_string (parameter, NULL));

  if (profile != NULL)
    show_edit_page (self, profile);
}

static void
on_other_address_response (MwWindow   *self,
                           const char *response)
{
  if (g_str_equal (response, "add") && self->task == MW_WINDOW_TASK_EDIT)
    prove_and_save (self);
}

/* Somebody who changes the address has another mailbox now. */
static void
ask_about_address (MwWindow *self)
{
  MwAddress *address = mw_setup_get_address (self->setup);
  g_autofree char *other = mw_foreign_text_new (mw_address_get_display (address),
                                                LABEL_MAX_CHARS);
  g_autofree char *label = quote_label (self->opened);
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
  GPtrArray *profiles = mw_profile_store_get_profiles (get_store (self));

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

  if (self->task != MW_WINDOW_TASK_EDIT || self->opened == NULL)
    return;

  stored = find_profile (self, self->opened->id);
  if (stored != NULL && g_str_equal (response, "load"))
    show_edit_page (self, stored);
  else if (stored != NULL && g_str_equal (response, "save"))
    prove_and_save (self);
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
      self->proving ||
      !g_str_equal (mw_window_get_page (self), "edit"))
    return;

  if (!mw_edit_page_take (self->edit_page))
    return;

  stored = find_profile (self, self->opened->id);
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
    prove_and_save (self);
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

/* Another password. */

static void
on_password_response (MwPasswordDialog *dialog,
                      const char       *response,
                      MwWindow         *self)
{
  MwProfile *profile = mw_password_dialog_get_profile (dialog);

  if (!g_str_equal (response, "change") || !g_str_equal (mw_window_get_page (self), "accounts"))
    return;

  open_account (self, profile, MW_WINDOW_TASK_PASSWORD);
  for (guint side = 0; side < 2; side++)
    {
      g_autoptr(MwSecret) secret = mw_password_dialog_dup_secret (dialog, side);

      if (secret != NULL)
        mw_setup_set_password (self->setup, side, secret);
    }
  prove_and_save (self);
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

/* Servers that took the place of those of the account. */
void
mw_window_use_new_servers (MwWindow  *self,
                           MwProfile *profile)
{
  open_account (self, profile, MW_WINDOW_TASK_SERVERS);
  mw_setup_set_protocol (self->setup, mw_endpoint_get_protocol (profile->incoming->endpoint));
  for (guint side = 0; side < 2; side++)
    {
      MwService *service = mw_profile_get_service (profile, side);

      mw_setup_set_servers (self->setup, side, NULL);
      /* Another provider may want the name in another form. */
      if (service != NULL && g_strcmp0 (service->user_name, profile->address) == 0)
        mw_setup_set_user_name (self->setup, side, NULL);
    }
  prove (self, profile->outgoing != NULL ? MW_SETUP_EDIT_BOTH : 1u << MW_SIDE_INCOMING);
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

  setup = mw_setup_new (get_engine (self));
  mw_setup_duplicate_profile (setup, profile);
  self->from_link = FALSE;
  mw_window_take_setup (self, setup, NULL);
  mw_window_show_advanced (self, "accounts");
  focus_page_later (self);
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
  GPtrArray *profiles = mw_profile_store_get_profiles (get_store (self));

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
  mw_profile_store_save_async (get_store (self), profile, NULL, on_default_saved,
                               g_object_ref (self));

  label = quote_label (profile);
  if (former != NULL)
    {
      former_label = quote_label (former);
      /* Translators: the names of two accounts. */
      text = g_strdup_printf (_("%s is the default account now, no longer %s"), label,
                              former_label);
    }
  else
    /* Translators: %s is the name of an account. */
    text = g_strdup_printf (_("%s is the default account now"), label);
  mw_window_add_toast (self, text);
  mw_copies_question_ask (GTK_WINDOW (self), get_engine (self), profile, NULL, FALSE);
}

void
mw_window_install_edit_actions (MwWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_install_action (widget_class, "win.edit-account", "s", edit_account);
  gtk_widget_class_install_action (widget_class, "win.change-password", "s", change_password);
  gtk_widget_class_install_action (widget_class, "win.duplicate-account", "s",
                                   duplicate_account);
  gtk_widget_class_install_action (widget_class, "win.set-default-account", "s",
                                   set_default_account);
  gtk_widget_class_install_action (widget_class, "win.save-account", NULL, save_account);
}
