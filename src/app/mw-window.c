/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "app/mw-window-private.h"

#include <glib/gi18n.h>

#include "app/mw-control-names.h"
#include "app/mw-help.h"

G_DEFINE_FINAL_TYPE (MwWindow, mw_window, ADW_TYPE_APPLICATION_WINDOW)

static MwApplication *
get_application (MwWindow *self)
{
  return MW_APPLICATION (gtk_window_get_application (GTK_WINDOW (self)));
}

MwEngine *
mw_window_get_engine (MwWindow *self)
{
  return mw_application_get_engine (get_application (self));
}

MwProfileStore *
mw_window_get_store (MwWindow *self)
{
  return mw_engine_get_profile_store (mw_window_get_engine (self));
}

MwProfile *
mw_window_find_profile (MwWindow   *self,
                        const char *id)
{
  return mw_profile_store_find (mw_window_get_store (self), id, NULL);
}

/* A second account with the same address would only fetch the same mail twice. */
MwProfile *
mw_window_find_address (MwWindow  *self,
                        MwAddress *address)
{
  GPtrArray *profiles = mw_profile_store_get_profiles (mw_window_get_store (self));

  for (guint i = 0; address != NULL && profiles != NULL && i < profiles->len; i++)
    {
      MwProfile *profile = g_ptr_array_index (profiles, i);

      if (g_ascii_strcasecmp (profile->address, mw_address_get_text (address)) == 0)
        return mw_profile_ref (profile);
    }

  return NULL;
}

static gboolean
has_accounts (MwWindow *self)
{
  GPtrArray *profiles = mw_profile_store_get_profiles (mw_window_get_store (self));

  return profiles != NULL && profiles->len > 0;
}

/* The one place that derives the header bar from the page. */
static void
update_header (MwWindow *self)
{
  GtkWidget *page = gtk_stack_get_visible_child (self->stack);
  const char *name = gtk_stack_get_visible_child_name (self->stack);
  const char *title = NULL;
  gboolean can_go_back;

  if (page == NULL)
    return;

  title = gtk_stack_page_get_title (gtk_stack_get_page (self->stack, page));
  adw_window_title_set_title (self->window_title, title != NULL ? title : "Mailwright");

  can_go_back = g_str_equal (name, "sign-in") || g_str_equal (name, "problem")
                || g_str_equal (name, "advanced") || g_str_equal (name, "edit")
                || g_str_equal (name, "review") || g_str_equal (name, "compare")
                || (g_str_equal (name, "type") && has_accounts (self));
  gtk_widget_set_visible (self->back_button, can_go_back);
}

static void
on_stack_visible_child_cb (MwWindow *self)
{
  if (gtk_window_get_application (GTK_WINDOW (self)) != NULL)
    update_header (self);
}

static void
on_keyring_checked (GObject      *object,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr(MwWindow) self = MW_WINDOW (user_data);
  g_autoptr(GError) error = NULL;

  mw_engine_check_keyring_finish (MW_ENGINE (object), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  self->keyring_missing = error != NULL;
  if (error != NULL)
    g_info ("Passwords cannot be kept: %s", error->message);
  mw_type_page_set_keyring_missing (self->type_page, self->keyring_missing);
  mw_sign_in_page_set_keyring_missing (self->sign_in_page, self->keyring_missing);
}

static void
on_profiles_loaded (GObject      *object,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr(MwWindow) self = MW_WINDOW (user_data);
  g_autoptr(GError) error = NULL;

  if (!mw_profile_store_load_finish (MW_PROFILE_STORE (object), result, &error))
    {
      if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
      g_warning ("Cannot read the saved accounts: %s", error->message);
      mw_window_add_toast (self, _("The saved accounts could not be read"));
    }

  /* An address may have been faster; a link waits for this. */
  self->loaded = TRUE;
  if (!g_str_equal (mw_window_get_page (self), "start"))
    update_header (self);
  else if (!mw_window_show_next_review (self) && self->n_reading == 0)
    mw_window_show_home (self);
}

static void
on_network_changed (MwWindow *self)
{
  mw_type_page_update_network (self->type_page);
  mw_sign_in_page_update_network (self->sign_in_page);
  mw_problem_page_update_network (self->problem_page);
  mw_window_check_network (self);
}

/* None of this is asked for while there is only a link or a file to look at: who
 * wrote it would learn that it was opened, and more. */
static void
wake_up (MwWindow *self)
{
  MwEngine *engine = mw_window_get_engine (self);

  if (self->awake)
    return;

  self->awake = TRUE;
  mw_engine_check_keyring_async (engine, self->cancellable, on_keyring_checked,
                                 g_object_ref (self));
  g_signal_connect_object (g_network_monitor_get_default (), "network-changed",
                           G_CALLBACK (on_network_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (engine, "network-changed", G_CALLBACK (on_network_changed), self,
                           G_CONNECT_SWAPPED);
  on_network_changed (self);
  mw_engine_get_network (engine);
  mw_window_watch_sleep (self);
  mw_application_resume (get_application (self));
}

static void
restore_size (MwWindow *self)
{
  GSettings *settings = mw_application_get_settings (get_application (self));

  if (settings == NULL)
    return;

  gtk_window_set_default_size (GTK_WINDOW (self),
                               g_settings_get_int (settings, "window-width"),
                               g_settings_get_int (settings, "window-height"));
  if (g_settings_get_boolean (settings, "window-maximized"))
    gtk_window_maximize (GTK_WINDOW (self));
}

static void
save_size (MwWindow *self)
{
  GSettings *settings = mw_application_get_settings (get_application (self));
  int width, height;

  if (settings == NULL)
    return;

  gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
  g_settings_set_boolean (settings, "window-maximized",
                          gtk_window_is_maximized (GTK_WINDOW (self)));
  if (width > 0 && height > 0)
    {
      g_settings_set_int (settings, "window-width", width);
      g_settings_set_int (settings, "window-height", height);
    }
}

/* One for both pages with an address, so that the second one knows at once what
 * the first one asked. */
static void
make_lookup (MwWindow *self)
{
  GSettings *settings = mw_application_get_settings (get_application (self));

  self->lookup = mw_provider_lookup_new (mw_window_get_engine (self));
  if (settings != NULL)
    g_settings_bind (settings, "lookup-mx-while-typing", self->lookup, "ask-exchanger",
                     G_SETTINGS_BIND_GET);
  mw_type_page_set_lookup (self->type_page, self->lookup);
  mw_sign_in_page_set_lookup (self->sign_in_page, self->lookup);
}

/* Who clicks twice where once is enough means the first page, not whatever the
 * next one has in the same place. */
static void
on_pressed_cb (MwWindow   *self,
               int         n_press,
               double      x,
               double      y,
               GtkGesture *gesture)
{
  if (n_press == 1)
    self->pressed_page = gtk_stack_get_visible_child (self->stack);
  else if (self->pressed_page != gtk_stack_get_visible_child (self->stack))
    gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
}

static gboolean
mw_window_close_request (GtkWindow *window)
{
  MwWindow *self = MW_WINDOW (window);

  if (!mw_window_leave_edit (self, TRUE))
    return TRUE;

  save_size (self);
  mw_window_finish_deletions (self);
  mw_window_take_setup (self, NULL, NULL);
  g_cancellable_cancel (self->cancellable);

  return GTK_WINDOW_CLASS (mw_window_parent_class)->close_request (window);
}

static void
mw_window_dispose (GObject *object)
{
  MwWindow *self = MW_WINDOW (object);

  g_cancellable_cancel (self->cancellable);
  g_cancellable_cancel (self->check);
  g_clear_object (&self->setup);
  g_clear_object (&self->lookup);
  mw_window_forget_drift (self);
  g_clear_weak_pointer (&self->question);
  g_clear_object (&self->chooser);
  mw_window_forget_waiting (self);
  g_clear_pointer (&self->reviewed, mw_review_item_free);
  g_clear_pointer (&self->opened, mw_profile_unref);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->check);
  g_clear_object (&self->sleep_monitor);
  g_clear_pointer (&self->came_from, g_free);
  g_clear_pointer (&self->advanced_from, g_free);
  g_clear_pointer (&self->deletions, g_ptr_array_unref);
  /* As GTK does with the children of the template. */
  self->advanced_page = NULL;
  self->compare_page = NULL;
  self->done_page = NULL;
  self->edit_page = NULL;

  G_OBJECT_CLASS (mw_window_parent_class)->dispose (object);
}

static void
mw_window_class_init (MwWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GtkWindowClass *window_class = GTK_WINDOW_CLASS (klass);

  object_class->dispose = mw_window_dispose;
  window_class->close_request = mw_window_close_request;

  g_type_ensure (MW_TYPE_ACCOUNTS_PAGE);
  g_type_ensure (MW_TYPE_TYPE_PAGE);
  g_type_ensure (MW_TYPE_REVIEW_PAGE);
  g_type_ensure (MW_TYPE_SIGN_IN_PAGE);
  g_type_ensure (MW_TYPE_CHECK_PAGE);
  g_type_ensure (MW_TYPE_PROBLEM_PAGE);

  mw_window_install_actions (klass);
  mw_window_install_menu_actions (klass);
  mw_window_install_edit_actions (klass);
  mw_window_install_file_actions (klass);
  mw_window_install_paste_actions (klass);
  mw_window_install_review_actions (klass);

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "mw-window.ui");
  gtk_widget_class_bind_template_child (widget_class, MwWindow, window_title);
  gtk_widget_class_bind_template_child (widget_class, MwWindow, back_button);
  gtk_widget_class_bind_template_child (widget_class, MwWindow, menu_button);
  gtk_widget_class_bind_template_child (widget_class, MwWindow, toast_overlay);
  gtk_widget_class_bind_template_child (widget_class, MwWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, MwWindow, accounts_page);
  gtk_widget_class_bind_template_child (widget_class, MwWindow, type_page);
  gtk_widget_class_bind_template_child (widget_class, MwWindow, review_page);
  gtk_widget_class_bind_template_child (widget_class, MwWindow, sign_in_page);
  gtk_widget_class_bind_template_child (widget_class, MwWindow, check_page);
  gtk_widget_class_bind_template_child (widget_class, MwWindow, problem_page);
  gtk_widget_class_bind_template_callback (widget_class, on_stack_visible_child_cb);
}

static void
mw_window_init (MwWindow *self)
{
  GtkGesture *gesture;

  self->cancellable = g_cancellable_new ();
  self->deletions = g_ptr_array_new ();

  gtk_widget_init_template (GTK_WIDGET (self));

  mw_control_names_mend (GTK_WIDGET (self));
  mw_window_accept_drops (self);
  mw_window_watch_reviews (self);
  mw_window_show_page (self, "start");

  gesture = gtk_gesture_click_new ();
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (gesture), GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (gesture, "pressed", G_CALLBACK (on_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (gesture));
}

MwWindow *
mw_window_new (MwApplication *application)
{
  MwWindow *self;
  MwEngine *engine;

  g_return_val_if_fail (MW_IS_APPLICATION (application), NULL);

  self = g_object_new (MW_TYPE_WINDOW, "application", application, NULL);
  engine = mw_application_get_engine (application);
  restore_size (self);
  make_lookup (self);
  mw_accounts_page_set_application (self->accounts_page, application);

  mw_profile_store_load_async (mw_engine_get_profile_store (engine), self->cancellable,
                               on_profiles_loaded, g_object_ref (self));

  return self;
}

static void
hide_other_pages (MwWindow *self)
{
  GtkWidget *shown = gtk_stack_get_visible_child (self->stack);

  for (GtkWidget *page = gtk_widget_get_first_child (GTK_WIDGET (self->stack));
       page != NULL;
       page = gtk_widget_get_next_sibling (page))
    if (page != shown)
      gtk_widget_set_visible (page, FALSE);
}

const char *
mw_window_get_page (MwWindow *self)
{
  return gtk_stack_get_visible_child_name (self->stack);
}

void
mw_window_show_page (MwWindow   *self,
                     const char *name)
{
  GtkWidget *page = gtk_stack_get_child_by_name (self->stack, name);

  g_return_if_fail (page != NULL);

  if (!g_str_equal (name, "start") && !g_str_equal (name, "review") &&
      !g_str_equal (name, "compare"))
    wake_up (self);

  /* GTK 4.8 tells a screen reader of every page of a stack, so the others are
   * hidden for good. */
  gtk_widget_set_visible (page, TRUE);
  gtk_stack_set_visible_child (self->stack, page);
  hide_other_pages (self);
  gtk_widget_grab_focus (page);
}

static gpointer
add_page (MwWindow   *self,
          GType       type,
          const char *name,
          const char *title)
{
  GtkWidget *page = g_object_new (type, "visible", FALSE, NULL);

  gtk_stack_add_titled (self->stack, page, name, title);
  mw_control_names_mend (page);
  return page;
}

MwAdvancedPage *
mw_window_ensure_advanced_page (MwWindow *self)
{
  if (self->advanced_page == NULL)
    {
      self->advanced_page = add_page (self, MW_TYPE_ADVANCED_PAGE, "advanced",
                                      _("Advanced Settings"));
      mw_advanced_page_set_setup (self->advanced_page, self->setup);
    }

  return self->advanced_page;
}

MwComparePage *
mw_window_ensure_compare_page (MwWindow *self)
{
  if (self->compare_page == NULL)
    self->compare_page = add_page (self, MW_TYPE_COMPARE_PAGE, "compare", _("Saved Account"));

  return self->compare_page;
}

MwDonePage *
mw_window_ensure_done_page (MwWindow *self)
{
  if (self->done_page == NULL)
    self->done_page = add_page (self, MW_TYPE_DONE_PAGE, "done", _("Done"));

  return self->done_page;
}

MwEditPage *
mw_window_ensure_edit_page (MwWindow *self)
{
  if (self->edit_page == NULL)
    self->edit_page = add_page (self, MW_TYPE_EDIT_PAGE, "edit", _("Edit Account"));

  return self->edit_page;
}

/* Who may be asked holds for saved accounts as for new ones. */
static void
obey_settings (MwWindow *self,
               MwSetup  *setup)
{
  GSettings *settings = mw_application_get_settings (get_application (self));

  if (settings != NULL)
    g_settings_bind (settings, "use-ispdb", setup, "use-ispdb", G_SETTINGS_BIND_GET);
}

/* The pages let go of the former set-up, and with it goes its password. */
void
mw_window_take_setup (MwWindow  *self,
                      MwSetup   *setup,
                      MwProfile *opened)
{
  if (opened != NULL)
    mw_profile_ref (opened);
  g_clear_pointer (&self->opened, mw_profile_unref);
  self->opened = opened;
  self->task = opened != NULL ? MW_WINDOW_TASK_CHECK : MW_WINDOW_TASK_ADD;
  self->saving = FALSE;
  self->proving = FALSE;

  mw_window_forget_interruption (self);
  g_cancellable_cancel (self->check);
  g_clear_object (&self->check);

  if (self->done_page != NULL)
    mw_done_page_leave (self->done_page);
  if (self->edit_page != NULL)
    mw_edit_page_start (self->edit_page, NULL, NULL);
  if (setup != NULL)
    obey_settings (self, setup);
  g_set_object (&self->setup, setup);
  mw_type_page_set_setup (self->type_page, setup);
  mw_sign_in_page_set_setup (self->sign_in_page, setup, self->from_link);
  mw_check_page_set_setup (self->check_page, setup);
  mw_problem_page_set_setup (self->problem_page, setup);
  if (self->advanced_page != NULL)
    mw_advanced_page_set_setup (self->advanced_page, setup);
}

/* A machine that was set up by root or without a name says so instead of it. */
static char *
make_sender_name (void)
{
  const char *name = g_get_real_name ();

  if (name == NULL
      || g_ascii_strcasecmp (name, "root") == 0
      || g_ascii_strcasecmp (name, "Unknown") == 0)
    return g_strdup ("");

  return g_strdup (name);
}

void
mw_window_begin_setup (MwWindow *self)
{
  g_autoptr(MwSetup) setup = mw_setup_new (mw_window_get_engine (self));
  g_autofree char *sender_name = make_sender_name ();

  g_object_set (setup, "sender-name", sender_name, NULL);
  mw_window_take_setup (self, setup, NULL);
}

GtkWindow *
mw_window_find_dialog (MwWindow *self)
{
  g_autoptr(GList) windows = gtk_window_list_toplevels ();

  for (GList *each = windows; each != NULL; each = each->next)
    if (gtk_widget_get_visible (each->data) && gtk_window_get_modal (each->data) &&
        gtk_window_get_transient_for (each->data) == GTK_WINDOW (self))
      return each->data;

  return NULL;
}

gboolean
mw_window_has_dialog (MwWindow *self)
{
  return mw_window_find_dialog (self) != NULL;
}

gboolean
mw_window_is_busy (MwWindow *self)
{
  const char *page = mw_window_get_page (self);

  if (g_str_equal (page, "start") || g_str_equal (page, "accounts") || g_str_equal (page, "type"))
    return FALSE;
  if (g_str_equal (page, "sign-in"))
    return mw_sign_in_page_has_password (self->sign_in_page);

  return TRUE;
}

void
mw_window_show_home (MwWindow *self)
{
  self->from_link = FALSE;
  self->from_review = FALSE;
  mw_review_page_clear (self->review_page);
  g_clear_pointer (&self->reviewed, mw_review_item_free);

  if (has_accounts (self))
    {
      mw_window_take_setup (self, NULL, NULL);
      mw_window_show_page (self, "accounts");
    }
  else
    {
      mw_window_begin_setup (self);
      mw_window_show_page (self, "type");
    }

  mw_window_show_next_review_later (self);
}

void
mw_window_add_account (MwWindow *self)
{
  g_return_if_fail (MW_IS_WINDOW (self));

  if (mw_window_is_busy (self) && !g_str_equal (mw_window_get_page (self), "done"))
    {
      mw_window_add_toast (self, _("Finish or cancel this account first"));
      return;
    }

  self->from_link = FALSE;
  self->from_review = FALSE;
  mw_window_begin_setup (self);
  mw_window_show_page (self, "type");
}

void
mw_window_open_address (MwWindow   *self,
                        const char *text)
{
  g_return_if_fail (MW_IS_WINDOW (self));
  g_return_if_fail (text != NULL);

  if (mw_window_is_busy (self))
    return;

  mw_window_begin_setup (self);
  if (!mw_setup_set_address (self->setup, text, TRUE, NULL))
    {
      mw_window_show_page (self, "type");
      mw_type_page_try_address (self->type_page, text);
      return;
    }

  mw_sign_in_page_update (self->sign_in_page);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.go-on", "s", "sign-in");
}

void
mw_window_come_to_front (MwWindow *self)
{
  GtkWindow *dialog;

  g_return_if_fail (MW_IS_WINDOW (self));

  gtk_window_present (GTK_WINDOW (self));
  dialog = mw_window_find_dialog (self);
  if (dialog != NULL)
    gtk_window_present (dialog);
}

void
mw_window_show_message (MwWindow   *self,
                        const char *heading,
                        const char *text)
{
  GtkWidget *dialog;

  g_return_if_fail (MW_IS_WINDOW (self));

  dialog = adw_message_dialog_new (GTK_WINDOW (self), heading, NULL);
  adw_message_dialog_set_body (ADW_MESSAGE_DIALOG (dialog), text);
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _("_Close"));
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "close");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "close");
  mw_control_names_mend (dialog);
  mw_help_attach (GTK_WINDOW (dialog), "links");
  gtk_window_present (GTK_WINDOW (dialog));
}

void
mw_window_add_toast (MwWindow   *self,
                     const char *text)
{
  g_autofree char *escaped = NULL;

  g_return_if_fail (MW_IS_WINDOW (self));

  /* The title of a toast is markup. */
  escaped = g_markup_escape_text (text, -1);
  adw_toast_overlay_add_toast (self->toast_overlay, adw_toast_new (escaped));
}
