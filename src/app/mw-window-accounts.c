/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "app/mw-window-private.h"

#include <glib/gi18n.h>

#include "app/mw-control-names.h"
#include "app/mw-delete-dialog.h"
#include "app/mw-export-window.h"
#include "app/mw-foreign-text.h"
#include "app/mw-import-window.h"
#include "setup/mw-browser-sign-in.h"
#include "setup/mw-setup-edit.h"

#define LABEL_MAX_CHARS 80
#define UNDO_SECONDS 7

/* A deletion that can still be taken back. */
typedef struct {
  MwWindow  *window;
  MwProfile *profile;
  char     **targets;
  AdwToast  *toast;
  gboolean   keep_secret;
  gboolean   undone;
} MwDeletion;

/* A window that is closing has no application any more. */
static MwWaitingRoom *
get_waiting_room (void)
{
  return mw_application_get_waiting_room (MW_APPLICATION (g_application_get_default ()));
}

static void
deletion_free (MwDeletion *deletion)
{
  g_clear_pointer (&deletion->profile, mw_profile_unref);
  g_clear_pointer (&deletion->targets, g_strfreev);
  /* A window that closes dismisses the toast once more. */
  g_signal_handlers_disconnect_by_data (deletion->toast, deletion);
  g_clear_object (&deletion->toast);
  g_free (deletion);
}

static void
on_deleted (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autofree char *id = user_data;
  GApplication *application = g_application_get_default ();
  g_autoptr(GError) error = NULL;

  if (!mw_engine_delete_finish (MW_ENGINE (object), result, &error))
    {
      GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (application));
      g_autoptr(MwAdvice) advice = mw_advice_for_error (error);

      g_warning ("Cannot delete an account: %s", error->message);
      if (MW_IS_WINDOW (window))
        {
          mw_accounts_page_set_hidden (MW_WINDOW (window)->accounts_page, id, FALSE);
          mw_window_add_toast (MW_WINDOW (window), advice->text);
        }
    }

  g_application_release (application);
}

static void
on_undo_clicked (MwDeletion *deletion)
{
  deletion->undone = TRUE;
}

static void
on_toast_dismissed (MwDeletion *deletion)
{
  MwWindow *self = deletion->window;
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));

  g_ptr_array_remove (self->deletions, deletion);
  if (!deletion->undone)
    mw_waiting_room_stop (get_waiting_room (), deletion->profile->id);
  mw_waiting_room_set_paused (get_waiting_room (), deletion->profile->id, FALSE);
  /* What is about to be deleted does not come back for a moment. */
  if (deletion->undone)
    mw_accounts_page_set_hidden (self->accounts_page, deletion->profile->id, FALSE);

  if (!deletion->undone && application != NULL)
    {
      /* The window may be closing, but this has to come to its end. */
      g_application_hold (G_APPLICATION (application));
      mw_engine_delete_async (mw_window_get_engine (self), deletion->profile,
                              deletion->keep_secret,
                              (const char * const *) deletion->targets, NULL, NULL,
                              on_deleted, g_strdup (deletion->profile->id));
    }

  deletion_free (deletion);
}

/* A toast of libadwaita 1.2 says nothing to a screen reader; an alert does. */
static GtkWidget *
make_toast_title (const char *text)
{
  GtkWidget *label = gtk_label_new (text);
  GtkWidget *title = g_object_new (ADW_TYPE_BIN,
                                   "accessible-role", GTK_ACCESSIBLE_ROLE_ALERT,
                                   "child", label,
                                   NULL);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, "heading");
  gtk_accessible_update_property (GTK_ACCESSIBLE (title),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, text,
                                  -1);
  return title;
}

/* Who comes to the button hears what it takes back. */
static void
describe_undo (GtkWidget  *widget,
               const char *text)
{
  if (GTK_IS_BUTTON (widget)
      && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), _("_Undo")) == 0)
    gtk_accessible_update_property (GTK_ACCESSIBLE (widget),
                                    GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text,
                                    -1);

  for (GtkWidget *child = gtk_widget_get_first_child (widget);
       child != NULL;
       child = gtk_widget_get_next_sibling (child))
    describe_undo (child, text);
}

static void
on_delete_response (MwDeleteDialog *dialog,
                    const char     *response,
                    MwWindow       *self)
{
  MwDeletion *deletion;
  g_autofree char *label = NULL;
  g_autofree char *text = NULL;

  if (!g_str_equal (response, "delete"))
    return;

  deletion = g_new0 (MwDeletion, 1);
  deletion->window = self;
  deletion->profile = mw_profile_ref (mw_delete_dialog_get_profile (dialog));
  /* Where there is no keyring there is no password to forget either. */
  deletion->keep_secret = mw_delete_dialog_get_keep_secret (dialog) || self->keyring_missing;
  deletion->targets = mw_delete_dialog_get_targets (dialog);

  label = mw_foreign_text_new (deletion->profile->label, LABEL_MAX_CHARS);
  /* Translators: %s is the name of an account. */
  text = g_strdup_printf (_("%s deleted"), label);
  deletion->toast = g_object_ref_sink (adw_toast_new (""));
  adw_toast_set_custom_title (deletion->toast, make_toast_title (text));
  /* In front of the one before, because Ctrl+Z takes the last one back. */
  adw_toast_set_priority (deletion->toast, ADW_TOAST_PRIORITY_HIGH);
  adw_toast_set_button_label (deletion->toast, _("_Undo"));
  adw_toast_set_timeout (deletion->toast, UNDO_SECONDS);
  g_signal_connect_swapped (deletion->toast, "button-clicked",
                            G_CALLBACK (on_undo_clicked), deletion);
  g_signal_connect_swapped (deletion->toast, "dismissed",
                            G_CALLBACK (on_toast_dismissed), deletion);

  g_ptr_array_add (self->deletions, deletion);
  mw_waiting_room_set_paused (get_waiting_room (), deletion->profile->id, TRUE);
  mw_accounts_page_set_hidden (self->accounts_page, deletion->profile->id, TRUE);
  adw_toast_overlay_add_toast (self->toast_overlay, g_object_ref (deletion->toast));
  mw_control_names_mend (GTK_WIDGET (self->toast_overlay));
  describe_undo (GTK_WIDGET (self->toast_overlay), text);
}

/* The one that was deleted last, as everywhere where something is undone. */
void
mw_window_undo_deletion (MwWindow *self)
{
  MwDeletion *deletion;

  if (self->deletions->len == 0)
    return;

  deletion = g_ptr_array_index (self->deletions, self->deletions->len - 1);
  deletion->undone = TRUE;
  adw_toast_dismiss (deletion->toast);
}

void
mw_window_delete_account (MwWindow   *self,
                          const char *id)
{
  g_autoptr(MwProfile) profile = mw_window_find_profile (self, id);
  GtkWidget *dialog;

  if (profile == NULL)
    return;

  dialog = mw_delete_dialog_new (GTK_WINDOW (self), profile);
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_delete_response), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* With the first account the list becomes home. */
static void
on_import_ended (MwWindow *self)
{
  const char *page = mw_window_get_page (self);
  MwProfileStore *store = mw_window_get_store (self);

  if (g_str_equal (page, "type") && mw_profile_store_get_profiles (store)->len > 0)
    mw_window_show_home (self);
}

void
mw_window_import_accounts (MwWindow *self)
{
  GtkWidget *window = mw_import_window_new (GTK_WINDOW (self), mw_window_get_engine (self),
                                            !self->keyring_missing);

  g_signal_connect_object (window, "imported", G_CALLBACK (on_import_ended), self,
                           G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (window));
}

void
mw_window_stop_waiting (MwWindow   *self,
                        const char *id)
{
  mw_waiting_room_stop (get_waiting_room (), id);
}

void
mw_window_finish_deletions (MwWindow *self)
{
  while (self->deletions->len > 0)
    on_toast_dismissed (g_ptr_array_index (self->deletions, 0));
}

void
mw_window_export_account (MwWindow   *self,
                          const char *id)
{
  g_autoptr(MwProfile) profile = mw_window_find_profile (self, id);

  if (profile == NULL)
    return;

  gtk_window_present (GTK_WINDOW (mw_export_window_new (GTK_WINDOW (self),
                                                        mw_window_get_engine (self), profile)));
}

/* Checking a saved account again: passwords out of the keyring, then the same
 * run as for a new one. */

/* Whatever the keyring said: the page asks for what is missing. */
static void
start_check (MwWindow     *self,
             guint         sides,
             const GError *error)
{
  if (!mw_setup_needs_password (self->setup))
    gtk_widget_activate_action (GTK_WIDGET (self), "win.check", NULL);
  else
    {
      mw_sign_in_page_update (self->sign_in_page);
      mw_window_show_page (self, "sign-in");
      mw_window_add_toast (self, _("The password is not in the keyring; type it once more"));
    }
}

void
mw_window_check_account (MwWindow   *self,
                         const char *id)
{
  g_autoptr(MwProfile) profile = mw_window_find_profile (self, id);
  g_autoptr(MwSetup) setup = NULL;

  if (profile == NULL || profile->incoming == NULL)
    return;

  setup = mw_setup_new (mw_window_get_engine (self));
  mw_setup_open_profile (setup, profile);
  self->from_link = FALSE;
  mw_window_take_setup (self, setup, profile);
  mw_window_watch_drift (self);
  mw_sign_in_page_update (self->sign_in_page);
  /* Where the mail program signs in there is no password to look for. */
  if (!mw_setup_needs_password (setup))
    start_check (self, MW_SETUP_EDIT_BOTH, NULL);
  else
    mw_window_look_up_passwords (self, MW_SETUP_EDIT_BOTH, mw_setup_set_password, start_check);
}

static void
on_checked_saved (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr(MwWindow) self = MW_WINDOW (user_data);
  g_autoptr(GError) error = NULL;
  g_autoptr(MwProfile) profile = mw_setup_save_finish (MW_SETUP (object), result, &error);
  g_autoptr(MwAdvice) advice = NULL;

  if (profile != NULL)
    return;

  g_warning ("Cannot save a checked account: %s", error->message);
  advice = mw_advice_for_error (error);
  mw_window_add_toast (self, advice->text);
}

static void
on_state_saved (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(GError) error = NULL;

  if (!mw_profile_store_save_finish (MW_PROFILE_STORE (object), result, &error))
    g_warning ("Cannot save the state of an account: %s", error->message);
}

/* What a check has found out is kept: all of it when the account works, only
 * its state when it does not. */
void
mw_window_account_checked (MwWindow *self)
{
  MwOutcome outcome = mw_setup_get_outcome (self->setup);
  g_autoptr(MwProfile) profile = NULL;
  g_autofree char *label = NULL;
  g_autofree char *text = NULL;

  if (outcome != MW_OUTCOME_WORKS)
    {
      g_autoptr(MwProfile) stored = mw_window_find_profile (self, self->opened->id);

      if (stored == NULL || outcome == MW_OUTCOME_OFFLINE || outcome == MW_OUTCOME_PORTAL)
        return;
      profile = mw_profile_copy (stored);
      profile->state = outcome;
      mw_profile_store_save_async (mw_window_get_store (self), profile,
                                   NULL, on_state_saved, NULL);
      return;
    }

  label = mw_foreign_text_new (self->opened->label, LABEL_MAX_CHARS);
  if (mw_browser_sign_in_is_used (self->opened))
    /* Translators: %s is the name of an account that was checked. */
    text = g_strdup_printf (_("The servers of %s answer"), label);
  else
    /* Translators: %s is the name of an account that was checked. */
    text = g_strdup_printf (_("%s works"), label);
  mw_setup_save_async (self->setup, !self->keyring_missing, NULL,
                       on_checked_saved, g_object_ref (self));
  mw_window_show_home (self);
  mw_window_add_toast (self, text);
}
