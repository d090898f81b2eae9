/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "app/mw-import-window.h"

#include <glib/gi18n.h>

#include "app/mw-application.h"
#include "app/mw-control-names.h"
#include "app/mw-dialog-width.h"
#include "app/mw-foreign-text.h"
#include "app/mw-found-row.h"
#include "app/mw-heading.h"
#include "app/mw-help.h"
#include "setup/mw-advice-target.h"
#include "setup/mw-advice.h"

#define LABEL_MAX_CHARS 80

typedef enum {
  STEP_LOOKING,
  STEP_PROGRAMS,
  STEP_READING,
  STEP_ACCOUNTS,
  STEP_QUESTION,
  STEP_IMPORTING,
  STEP_DONE,
} Step;

struct _MwImportWindow
{
  AdwWindow       parent_instance;

  /* Template widgets */
  GtkWidget      *back_button;
  MwHeading      *heading;
  GtkSpinner     *spinner;
  GtkLabel       *text_label;
  GtkWidget      *unlock_group;
  GtkEditable    *primary_row;
  GtkListBox     *list;
  GtkLabel       *error_label;
  GtkBox         *buttons;

  /* Owned */
  MwEngine       *engine;
  GCancellable   *cancellable;
  GPtrArray      *targets;     /* element MwExportTarget */
  MwExportTarget *source;
  GPtrArray      *accounts;    /* element MwFoundAccount */
  GPtrArray      *chosen;      /* element MwFoundAccount */
  char          **hosts;       /* of those chosen, that need a yes */
  GPtrArray      *profiles;    /* element MwProfile: saved */
  GString        *failures;

  Step            step;
  gboolean        keep_passwords;
  gboolean        tried_primary;
  guint           next;
};

G_DEFINE_FINAL_TYPE (MwImportWindow, mw_import_window, ADW_TYPE_WINDOW)

enum {
  IMPORTED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
clear_list (MwImportWindow *self)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
}

static void
clear_buttons (MwImportWindow *self)
{
  GtkWidget *button;

  gtk_window_set_default_widget (GTK_WINDOW (self), NULL);
  while ((button = gtk_widget_get_first_child (GTK_WIDGET (self->buttons))) != NULL)
    gtk_box_remove (self->buttons, button);
}

static GtkWidget *
add_button (MwImportWindow *self,
            const char     *label,
            const char     *action,
            const char     *style)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_widget_add_css_class (button, "pill");
  if (style != NULL)
    gtk_widget_add_css_class (button, style);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_box_append (self->buttons, button);
  mw_control_names_mend (button);

  return button;
}

static GtkWidget *
add_row (MwImportWindow *self,
         const char     *title,
         const char     *subtitle)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  gtk_list_box_append (self->list, row);

  return row;
}

static void
show_error (MwImportWindow *self,
            const char     *text)
{
  gtk_label_set_text (self->error_label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->error_label), text != NULL && *text != '\0');
}

/* Every step begins with an empty page. */
static void
begin_step (MwImportWindow *self,
            Step            step,
            const char     *heading,
            const char     *text)
{
  gboolean working = step == STEP_LOOKING || step == STEP_READING || step == STEP_IMPORTING;

  self->step = step;
  clear_list (self);
  clear_buttons (self);
  show_error (self, NULL);
  mw_heading_set_text (self->heading, heading);
  gtk_label_set_text (self->text_label, text);
  gtk_widget_set_visible (GTK_WIDGET (self->text_label), *text != '\0');
  gtk_widget_set_visible (self->unlock_group, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), working);
  gtk_spinner_set_spinning (self->spinner, working);
  gtk_widget_set_visible (self->back_button, step == STEP_QUESTION
                                             || (step == STEP_ACCOUNTS
                                                 && self->targets->len > 1));
  gtk_widget_grab_focus (GTK_WIDGET (self->heading));
}

static void
end_step (MwImportWindow *self,
          const char     *list_name)
{
  gtk_widget_set_visible (GTK_WIDGET (self->list),
                          gtk_list_box_get_row_at_index (self->list, 0) != NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, list_name,
                                  -1);
}

/* The accounts, into other mail programs. */

static void
on_hand_over_changed (MwHandOver *hand_over,
                      GtkWidget  *row)
{
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), mw_hand_over_get_message (hand_over));
}

static MwFoundAccount *
find_chosen (MwImportWindow *self,
             MwProfile      *profile)
{
  for (guint i = 0; i < self->chosen->len; i++)
    {
      MwFoundAccount *account = self->chosen->pdata[i];

      if (g_str_equal (account->profile->id, profile->id))
        return account;
    }

  return NULL;
}

static void
on_hand_over_clicked (MwImportWindow *self,
                      GtkWidget      *button)
{
  MwExportTarget *target = g_object_get_data (G_OBJECT (button), "target");
  MwApplication *application = MW_APPLICATION (g_application_get_default ());
  MwWaitingRoom *room = mw_application_get_waiting_room (application);

  gtk_widget_set_sensitive (button, FALSE);
  for (guint i = 0; i < self->profiles->len; i++)
    {
      MwProfile *profile = self->profiles->pdata[i];
      GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->list, i);
      MwFoundAccount *account = find_chosen (self, profile);
      g_autoptr(MwHandOver) hand_over = NULL;

      if (mw_waiting_room_find (room, profile->id, target) != NULL)
        continue;
      hand_over = mw_hand_over_new (self->engine, profile, NULL, target);
      /* Without a keyring only this window has them. */
      if (!self->keep_passwords && account != NULL)
        mw_hand_over_set_secrets (hand_over, account->incoming, account->outgoing);
      g_signal_connect_object (hand_over, "changed", G_CALLBACK (on_hand_over_changed), row, 0);
      mw_waiting_room_take (room, hand_over);
      mw_hand_over_start (hand_over);
    }
}

static void
add_hand_over_buttons (MwImportWindow *self)
{
  for (guint i = 0; self->profiles->len > 0 && i < self->targets->len; i++)
    {
      MwExportTarget *target = self->targets->pdata[i];
      g_autofree char *label = NULL;
      GtkWidget *button;

      if (g_str_equal (target->id, self->source->id) || !mw_advice_can_use_target (target))
        continue;
      /* Translators: a button; %s is the name of a mail program. */
      label = g_strdup_printf (_("Add to %s"), mw_hand_over_get_program_name (target));
      button = add_button (self, label, NULL, NULL);
      g_object_set_data_full (G_OBJECT (button), "target", mw_export_target_ref (target),
                              (GDestroyNotify) mw_export_target_unref);
      g_signal_connect_object (button, "clicked", G_CALLBACK (on_hand_over_clicked), self,
                               G_CONNECT_SWAPPED);
    }
}

static void
show_done (MwImportWindow *self)
{
  GtkWidget *close;
  g_autofree char *heading = NULL;

  /* Translators: %u is a number. */
  heading = g_strdup_printf (ngettext ("%u Account Imported", "%u Accounts Imported",
                                       self->profiles->len), self->profiles->len);
  begin_step (self, STEP_DONE, heading,
              self->profiles->len > 0
              ? _("They are in the list of accounts now, and were not checked yet. Nothing was "
                  "changed where they came from.")
              : "");
  for (guint i = 0; i < self->profiles->len; i++)
    {
      MwProfile *profile = self->profiles->pdata[i];
      g_autofree char *label = mw_foreign_text_new (profile->label, LABEL_MAX_CHARS);

      add_row (self, label, _("Not checked yet"));
    }
  add_hand_over_buttons (self);
  close = add_button (self, _("_Done"), "window.close", "suggested-action");
  gtk_window_set_default_widget (GTK_WINDOW (self), close);
  show_error (self, self->failures->str);
  end_step (self, _("Imported accounts"));
}

/* Importing, one after the other. */

static void import_next (MwImportWindow *self);

static void
on_imported (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(MwImportWindow) self = MW_IMPORT_WINDOW (user_data);
  MwFoundAccount *account = self->chosen->pdata[self->next];
  g_autoptr(GError) error = NULL;
  g_autoptr(MwProfile) profile = mw_engine_import_finish (MW_ENGINE (object), result, &error);

  g_application_release (g_application_get_default ());
  self->next++;
  if (profile != NULL)
    {
      g_ptr_array_add (self->profiles, g_steal_pointer (&profile));
      g_signal_emit (self, signals[IMPORTED], 0);
    }
  else
    {
      g_autoptr(MwAdvice) advice = mw_advice_for_error (error);
      g_autofree char *label = mw_foreign_text_new (account->profile->label, LABEL_MAX_CHARS);

      g_info ("An account could not be imported: %s", error->message);
      g_string_append_printf (self->failures, "%s%s: %s", self->failures->len > 0 ? "\n" : "",
                              label, advice->text);
    }

  import_next (self);
}

static void
import_next (MwImportWindow *self)
{
  if (self->next >= self->chosen->len)
    {
      show_done (self);
      return;
    }

  /* The window may be closed meanwhile; what was begun is ended. */
  g_application_hold (g_application_get_default ());
  mw_engine_import_async (self->engine, self->chosen->pdata[self->next],
                          (const char * const *) self->hosts, self->keep_passwords, NULL,
                          on_imported, g_object_ref (self));
}

static void
import_now (MwImportWindow *self)
{
  self->next = 0;
  g_ptr_array_set_size (self->profiles, 0);
  g_string_truncate (self->failures, 0);
  begin_step (self, STEP_IMPORTING, _("Importing…"), "");
  end_step (self, "");
  import_next (self);
}

/* The question about servers that only the mail program vouches for. */

static char *
describe_users_of_host (MwImportWindow *self,
                        const char     *host)
{
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; i < self->chosen->len; i++)
    {
      MwFoundAccount *account = self->chosen->pdata[i];
      g_autofree char *label = NULL;

      if (!g_strv_contains ((const char * const *) account->hosts, host))
        continue;
      label = mw_foreign_text_new (account->profile->label, LABEL_MAX_CHARS);
      g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", label);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
show_question (MwImportWindow *self)
{
  GtkWidget *cancel;
  g_autofree char *text = NULL;

  /* Translators: %s is the name of a mail program. */
  text = g_strdup_printf (_("Nobody but %s names these servers for your addresses. A password is "
                            "sent to them when its account is checked."),
                          mw_hand_over_get_program_name (self->source));
  begin_step (self, STEP_QUESTION, _("Are These Your Mail Servers?"), text);
  for (guint i = 0; self->hosts[i] != NULL; i++)
    {
      g_autofree char *host = mw_foreign_text_describe_host (self->hosts[i]);
      g_autofree char *users = describe_users_of_host (self, self->hosts[i]);

      add_row (self, host, users);
    }
  cancel = add_button (self, _("_Cancel"), "import.back", NULL);
  add_button (self, _("_Import"), "import.agree", NULL);
  end_step (self, _("Mail servers"));

  /* Enter must never say yes. */
  gtk_window_set_default_widget (GTK_WINDOW (self), cancel);
  gtk_widget_grab_focus (cancel);
}

/* Which accounts. */

static void
collect_chosen (MwImportWindow *self)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr(GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  GtkListBoxRow *row;

  g_ptr_array_set_size (self->chosen, 0);
  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    {
      MwFoundAccount *account = mw_found_row_get_account (MW_FOUND_ROW (row));

      if (!mw_found_row_get_active (MW_FOUND_ROW (row)))
        continue;
      g_ptr_array_add (self->chosen, mw_found_account_ref (account));
      for (guint k = 0; account->hosts != NULL && account->hosts[k] != NULL; k++)
        {
          if (g_hash_table_add (seen, account->hosts[k]))
            g_strv_builder_add (builder, account->hosts[k]);
        }
    }

  g_strfreev (self->hosts);
  self->hosts = g_strv_builder_end (builder);
}

static void
on_row_toggled (MwImportWindow *self)
{
  GtkListBoxRow *row;
  gboolean any = FALSE;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    any |= mw_found_row_get_active (MW_FOUND_ROW (row));

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "import.import", any);
}

static gboolean
was_chosen (MwImportWindow *self,
            MwFoundAccount *account)
{
  return g_ptr_array_find (self->chosen, account, NULL);
}

static gboolean
is_locked (MwImportWindow *self)
{
  if (self->source->client != MW_MAIL_CLIENT_THUNDERBIRD)
    return FALSE;

  for (guint i = 0; i < self->accounts->len; i++)
    {
      MwFoundAccount *account = self->accounts->pdata[i];

      if (account->passwords == MW_FOUND_PASSWORDS_LOCKED && account->saved_id == NULL)
        return TRUE;
    }

  return FALSE;
}

static void
show_accounts (MwImportWindow *self)
{
  const char *name = mw_hand_over_get_program_name (self->source);
  gboolean again = self->chosen->len > 0;
  GtkWidget *button;
  g_autofree char *heading = NULL;

  /* Translators: %s is the name of a mail program. */
  heading = g_strdup_printf (_("Accounts in %s"), name);
  begin_step (self, STEP_ACCOUNTS, heading,
              self->accounts->len > 0
              ? _("Choose what to import. Nothing is changed there.")
              : _("No account was found there."));
  for (guint i = 0; i < self->accounts->len; i++)
    {
      GtkWidget *row = mw_found_row_new (self->accounts->pdata[i]);

      if (again)
        mw_found_row_set_active (MW_FOUND_ROW (row),
                                 was_chosen (self, self->accounts->pdata[i]));
      g_signal_connect_object (row, "toggled", G_CALLBACK (on_row_toggled), self,
                               G_CONNECT_SWAPPED);
      gtk_list_box_append (self->list, row);
    }

  gtk_widget_set_visible (self->unlock_group, is_locked (self));
  if (is_locked (self) && self->tried_primary)
    show_error (self, _("The primary password is another one."));
  else if (!self->keep_passwords && self->accounts->len > 0)
    show_error (self, _("This session has no keyring: the passwords are not kept."));
  if (self->accounts->len > 0)
    {
      button = add_button (self, _("_Import"), "import.import", "suggested-action");
      gtk_window_set_default_widget (GTK_WINDOW (self), button);
    }
  on_row_toggled (self);
  end_step (self, heading);
}

static void
on_accounts_read (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr(MwImportWindow) self = MW_IMPORT_WINDOW (user_data);
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) accounts = NULL;
  g_autoptr(MwAdvice) advice = NULL;

  accounts = mw_engine_read_accounts_finish (MW_ENGINE (object), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_ptr_array_set_size (self->chosen, 0);
  g_clear_pointer (&self->accounts, g_ptr_array_unref);
  if (accounts != NULL)
    {
      self->accounts = g_steal_pointer (&accounts);
      show_accounts (self);
      return;
    }

  g_info ("Cannot read the accounts of a mail program: %s", error->message);
  advice = mw_advice_for_error (error);
  self->accounts = g_ptr_array_new_with_free_func ((GDestroyNotify) mw_found_account_unref);
  show_accounts (self);
  show_error (self, advice->text);
}

static void
read_accounts (MwImportWindow *self,
               MwSecret       *primary_password)
{
  MwExportOptions options = { .primary_password = primary_password };
  g_autofree char *heading = NULL;

  /* Translators: %s is the name of a mail program. */
  heading = g_strdup_printf (_("Reading Accounts of %s…"),
                             mw_hand_over_get_program_name (self->source));
  begin_step (self, STEP_READING, heading, "");
  end_step (self, "");
  self->tried_primary = primary_password != NULL;
  mw_engine_read_accounts_async (self->engine, self->source->id, TRUE, &options,
                                 self->cancellable, on_accounts_read, g_object_ref (self));
}

static void
on_unlock_cb (MwImportWindow *self)
{
  g_autoptr(MwSecret) secret = mw_secret_new_typed (gtk_editable_get_text (self->primary_row));

  gtk_editable_set_text (self->primary_row, "");
  if (secret != NULL && self->step == STEP_ACCOUNTS)
    read_accounts (self, secret);
}

/* Which mail program. */

static void
take_source (MwImportWindow *self,
             MwExportTarget *target)
{
  mw_export_target_ref (target);
  g_clear_pointer (&self->source, mw_export_target_unref);
  self->source = target;
  read_accounts (self, NULL);
}

static void
on_program_clicked (MwImportWindow *self,
                    GtkWidget      *button)
{
  g_autoptr(MwExportTarget) target = NULL;

  target = mw_export_target_ref (g_object_get_data (G_OBJECT (button), "target"));
  take_source (self, target);
}

/* A row of a list is nothing a screen reader could press. */
static void
add_program (MwImportWindow *self,
             MwExportTarget *target)
{
  const char *name = mw_hand_over_get_program_name (target);
  g_autofree char *about = mw_advice_describe_target (target);
  GtkWidget *row = add_row (self, name, about);
  GtkWidget *button = gtk_button_new_from_icon_name ("go-next-symbolic");
  g_autofree char *heard = NULL;

  /* Translators: name of a button; %s is a mail program. */
  heard = g_strdup_printf (_("Import from %s"), name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, heard,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, about,
                                  -1);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_object_set_data_full (G_OBJECT (button), "target", mw_export_target_ref (target),
                          (GDestroyNotify) mw_export_target_unref);
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_program_clicked), self,
                           G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), button);
  /* The row would be added to the name of the button. */
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
}

static void
show_programs (MwImportWindow *self)
{
  begin_step (self, STEP_PROGRAMS,
              self->targets->len > 0 ? _("Import From Which Program?")
                                     : _("No Mail Program Found"),
              self->targets->len > 0 ? "" : _("There is no mail program to import accounts from."));
  for (guint i = 0; i < self->targets->len; i++)
    add_program (self, self->targets->pdata[i]);
  end_step (self, _("Mail Programs"));
}

static void
on_targets_found (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr(MwImportWindow) self = MW_IMPORT_WINDOW (user_data);
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) targets = NULL;

  targets = mw_engine_find_targets_finish (MW_ENGINE (object), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (targets == NULL)
    g_info ("Cannot look for mail programs: %s", error->message);

  for (guint i = 0; targets != NULL && i < targets->len; i++)
    g_ptr_array_add (self->targets, mw_export_target_ref (targets->pdata[i]));
  if (self->targets->len == 1)
    take_source (self, self->targets->pdata[0]);
  else
    show_programs (self);
}

static void
on_action (GtkWidget  *widget,
           const char *action_name,
           GVariant   *parameter)
{
  MwImportWindow *self = MW_IMPORT_WINDOW (widget);

  if (g_str_equal (action_name, "import.back"))
    {
      if (self->step == STEP_QUESTION)
        show_accounts (self);
      else if (self->step == STEP_ACCOUNTS && self->targets->len > 1)
        show_programs (self);
      else if (self->step != STEP_IMPORTING)
        gtk_window_close (GTK_WINDOW (self));
    }
  else if (g_str_equal (action_name, "import.import") && self->step == STEP_ACCOUNTS)
    {
      collect_chosen (self);
      if (self->hosts[0] != NULL)
        show_question (self);
      else if (self->chosen->len > 0)
        import_now (self);
    }
  else if (g_str_equal (action_name, "import.agree") && self->step == STEP_QUESTION)
    import_now (self);
}

static void
mw_import_window_dispose (GObject *object)
{
  MwImportWindow *self = MW_IMPORT_WINDOW (object);

  g_cancellable_cancel (self->cancellable);

  G_OBJECT_CLASS (mw_import_window_parent_class)->dispose (object);
}

static void
mw_import_window_finalize (GObject *object)
{
  MwImportWindow *self = MW_IMPORT_WINDOW (object);

  g_clear_object (&self->engine);
  g_clear_object (&self->cancellable);
  g_ptr_array_unref (self->targets);
  g_clear_pointer (&self->source, mw_export_target_unref);
  g_clear_pointer (&self->accounts, g_ptr_array_unref);
  g_ptr_array_unref (self->chosen);
  g_strfreev (self->hosts);
  g_ptr_array_unref (self->profiles);
  g_string_free (self->failures, TRUE);

  G_OBJECT_CLASS (mw_import_window_parent_class)->finalize (object);
}

static void
mw_import_window_class_init (MwImportWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = mw_import_window_dispose;
  object_class->finalize = mw_import_window_finalize;

  signals[IMPORTED] =
    g_signal_new ("imported", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                  NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (MW_TYPE_HEADING);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "mw-import-window.ui");
  gtk_widget_class_bind_template_child (widget_class, MwImportWindow, back_button);
  gtk_widget_class_bind_template_child (widget_class, MwImportWindow, heading);
  gtk_widget_class_bind_template_child (widget_class, MwImportWindow, spinner);
  gtk_widget_class_bind_template_child (widget_class, MwImportWindow, text_label);
  gtk_widget_class_bind_template_child (widget_class, MwImportWindow, unlock_group);
  gtk_widget_class_bind_template_child (widget_class, MwImportWindow, primary_row);
  gtk_widget_class_bind_template_child (widget_class, MwImportWindow, list);
  gtk_widget_class_bind_template_child (widget_class, MwImportWindow, error_label);
  gtk_widget_class_bind_template_child (widget_class, MwImportWindow, buttons);
  gtk_widget_class_bind_template_callback (widget_class, on_unlock_cb);

  gtk_widget_class_install_action (widget_class, "import.back", NULL, on_action);
  gtk_widget_class_install_action (widget_class, "import.import", NULL, on_action);
  gtk_widget_class_install_action (widget_class, "import.agree", NULL, on_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "import.back", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Left, GDK_ALT_MASK,
                                       "import.back", NULL);
}

static void
mw_import_window_init (MwImportWindow *self)
{
  self->cancellable = g_cancellable_new ();
  self->targets = g_ptr_array_new_with_free_func ((GDestroyNotify) mw_export_target_unref);
  self->chosen = g_ptr_array_new_with_free_func ((GDestroyNotify) mw_found_account_unref);
  self->profiles = g_ptr_array_new_with_free_func ((GDestroyNotify) mw_profile_unref);
  self->failures = g_string_new (NULL);

  gtk_widget_init_template (GTK_WIDGET (self));
  mw_control_names_mend (GTK_WIDGET (self));
}

GtkWidget *
mw_import_window_new (GtkWindow *parent,
                      MwEngine  *engine,
                      gboolean   keep_passwords)
{
  MwImportWindow *self;

  g_return_val_if_fail (MW_IS_ENGINE (engine), NULL);

  self = g_object_new (MW_TYPE_IMPORT_WINDOW, "transient-for", parent, NULL);
  self->engine = g_object_ref (engine);
  self->keep_passwords = keep_passwords;
  begin_step (self, STEP_LOOKING, _("Looking for mail programs…"), "");
  end_step (self, "");
  mw_dialog_width_fit (GTK_WINDOW (self));
  mw_help_attach (GTK_WINDOW (self), "import");
  mw_engine_find_targets_async (engine, self->cancellable, on_targets_found,
                                g_object_ref (self));

  return GTK_WIDGET (self);
}
