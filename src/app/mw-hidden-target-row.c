/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "app/mw-hidden-target-row.h"

#include <glib/gi18n.h>

#include "core/mw-error.h"
#include "export/mw-chosen-folders.h"
#include "setup/mw-advice-target.h"

struct _MwHiddenTargetRow
{
  AdwPreferencesRow     parent_instance;

  /* Template widgets */
  GtkLabel             *title_label;
  GtkLabel             *command_label;
  GtkLabel             *problem_label;
  GtkWidget            *choose_button;
  GtkWidget            *copy_button;

  /* Owned */
  char                 *folder;   /* the hidden one */
  GtkFileChooserNative *chooser;
};

G_DEFINE_FINAL_TYPE (MwHiddenTargetRow, mw_hidden_target_row, ADW_TYPE_PREFERENCES_ROW)

enum {
  GRANTED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
on_copy_clicked_cb (MwHiddenTargetRow *self)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)),
                          gtk_label_get_text (self->command_label));
}

typedef struct {
  char *hidden;
  char *chosen;
} Choice;

static void
choice_free (gpointer data)
{
  Choice *choice = data;

  g_free (choice->hidden);
  g_free (choice->chosen);
  g_free (choice);
}

static void
take_thread (GTask        *task,
             gpointer      source_object,
             gpointer      task_data,
             GCancellable *cancellable)
{
  Choice *choice = task_data;
  g_autofree char *file = mw_chosen_folders_get_file ();
  GError *error = NULL;

  if (mw_chosen_folders_take (file, choice->hidden, choice->chosen, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static char *
describe_problem (MwHiddenTargetRow *self,
                  const GError      *error)
{
  if (g_error_matches (error, MW_EXPORT_ERROR, MW_EXPORT_ERROR_NO_TARGET))
    {
      g_autofree char *shown = mw_advice_show_folder (self->folder);

      /* Translators: %s is a folder. In the file chooser these keys open a place to
       * type in. */
      return g_strdup_printf (_("That folder holds no profile of this program. In the file "
                                "chooser, press Ctrl+L and type %s"), shown);
    }
  if (g_error_matches (error, MW_EXPORT_ERROR, MW_EXPORT_ERROR_NOT_GRANTED))
    return g_strdup (_("Mailwright still does not reach that folder. Run the command instead."));
  return g_strdup (_("The choice could not be kept. Run the command instead."));
}

static void
on_taken (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  MwHiddenTargetRow *self = MW_HIDDEN_TARGET_ROW (object);
  g_autoptr(GError) error = NULL;
  g_autofree char *problem = NULL;

  gtk_widget_set_sensitive (self->choose_button, TRUE);
  if (g_task_propagate_boolean (G_TASK (result), &error))
    {
      g_signal_emit (self, signals[GRANTED], 0);
      return;
    }

  g_info ("The folder cannot be used: %s", error->message);
  problem = describe_problem (self, error);
  gtk_label_set_label (self->problem_label, problem);
  gtk_widget_set_visible (GTK_WIDGET (self->problem_label), TRUE);
}

static void
on_chosen (MwHiddenTargetRow *self,
           int                response)
{
  g_autoptr(GTask) task = NULL;
  g_autoptr(GFile) file = NULL;
  Choice *choice;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (self->chooser));
  g_clear_object (&self->chooser);
  if (file == NULL || g_file_peek_path (file) == NULL)
    return;

  choice = g_new0 (Choice, 1);
  choice->hidden = g_strdup (self->folder);
  choice->chosen = g_file_get_path (file);
  gtk_widget_set_visible (GTK_WIDGET (self->problem_label), FALSE);
  gtk_widget_set_sensitive (self->choose_button, FALSE);
  task = g_task_new (self, NULL, on_taken, NULL);
  g_task_set_source_tag (task, on_chosen);
  g_task_set_task_data (task, choice, choice_free);
  g_task_run_in_thread (task, take_thread);
}

static void
on_choose_clicked_cb (MwHiddenTargetRow *self)
{
  g_autoptr(GFile) folder = g_file_new_for_path (self->folder);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (self->chooser != NULL)
    return;

  self->chooser = gtk_file_chooser_native_new (_("Choose the Folder of the Mail Program"),
                                               GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
                                               GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER,
                                               _("_Choose"), _("_Cancel"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  /* Outside it has the same name, and the chooser is outside. */
  gtk_file_chooser_set_current_folder (GTK_FILE_CHOOSER (self->chooser), folder, NULL);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (on_chosen), self,
                           G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static void
mw_hidden_target_row_dispose (GObject *object)
{
  MwHiddenTargetRow *self = MW_HIDDEN_TARGET_ROW (object);

  g_clear_object (&self->chooser);
  g_clear_pointer (&self->folder, g_free);

  G_OBJECT_CLASS (mw_hidden_target_row_parent_class)->dispose (object);
}

static void
mw_hidden_target_row_class_init (MwHiddenTargetRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mw_hidden_target_row_dispose;

  signals[GRANTED] =
    g_signal_new ("granted", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                  NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               RESOURCE_PATH "mw-hidden-target-row.ui");
  gtk_widget_class_bind_template_child (widget_class, MwHiddenTargetRow, title_label);
  gtk_widget_class_bind_template_child (widget_class, MwHiddenTargetRow, command_label);
  gtk_widget_class_bind_template_child (widget_class, MwHiddenTargetRow, problem_label);
  gtk_widget_class_bind_template_child (widget_class, MwHiddenTargetRow, choose_button);
  gtk_widget_class_bind_template_child (widget_class, MwHiddenTargetRow, copy_button);
  gtk_widget_class_bind_template_callback (widget_class, on_choose_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_copy_clicked_cb);
}

static void
mw_hidden_target_row_init (MwHiddenTargetRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
mw_hidden_target_row_new (MwExportTarget *target)
{
  MwHiddenTargetRow *self;
  g_autofree char *about = NULL;
  g_autofree char *title = NULL;
  g_autofree char *command = NULL;

  g_return_val_if_fail (target != NULL, NULL);

  self = g_object_new (MW_TYPE_HIDDEN_TARGET_ROW, NULL);
  about = mw_advice_describe_target (target);
  title = g_strconcat (target->program, *about != '\0' ? " · " : "", about, NULL);
  command = mw_advice_dup_target_command (target);
  self->folder = g_strdup (target->place != NULL ? target->place : target->data_folder);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), title);
  gtk_label_set_label (self->title_label, title);
  gtk_label_set_label (self->command_label, command != NULL ? command : "");
  gtk_widget_set_visible (self->copy_button, command != NULL);
  /* The names of the buttons do not say which program. */
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->choose_button),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, title, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->copy_button),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, title, -1);
  return GTK_WIDGET (self);
}
