/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "app/mw-hand-over-questions.h"

#include <glib/gi18n.h>

#include "app/mw-changes-view.h"
#include "app/mw-consent.h"
#include "app/mw-control-names.h"
#include "app/mw-foreign-text.h"
#include "app/mw-help.h"
#include "app/mw-preview.h"
#include "core/mw-error.h"

#define MAX_CHARS 80
#define MAX_CHARS_OF_PATH 1000

/* One after the other: each answer is looked at together with what is there,
 * until nothing is left to ask. */
typedef struct {
  GtkWidget       *widget;
  MwEngine        *engine;
  MwProfile       *profile;
  MwSetup         *setup;
  MwExportTarget  *target;
  MwExportOptions *options;
  GtkWidget       *entry;   /* is there for longer than its dialog */
  gboolean         asked_authority;
  gboolean         without_password;
  gboolean         answered;
} Ask;

static void
ask_free (gpointer data)
{
  Ask *ask = data;

  g_clear_object (&ask->widget);
  g_clear_object (&ask->engine);
  g_clear_pointer (&ask->profile, mw_profile_unref);
  g_clear_object (&ask->setup);
  g_clear_pointer (&ask->target, mw_export_target_unref);
  g_clear_pointer (&ask->options, mw_export_options_free);
  g_clear_object (&ask->entry);
  g_free (ask);
}

static void look (GTask *task);

static void
cancel (GTask *task)
{
  g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "Nobody said yes");
}

/* Whoever closes the window has not said yes. */
static void
on_question_gone (gpointer  data,
                  GClosure *closure)
{
  g_autoptr(GTask) task = G_TASK (data);
  Ask *ask = g_task_get_task_data (task);

  if (!ask->answered)
    cancel (task);
}

/* Returns %NULL when there is no window to ask in any more. */
static AdwMessageDialog *
question_new (GTask      *task,
              const char *heading,
              const char *body,
              GCallback   on_response)
{
  Ask *ask = g_task_get_task_data (task);
  GtkRoot *root = gtk_widget_get_root (ask->widget);
  AdwMessageDialog *dialog;

  if (!GTK_IS_WINDOW (root))
    {
      cancel (task);
      return NULL;
    }

  dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (GTK_WINDOW (root), heading, body));
  gtk_window_set_destroy_with_parent (GTK_WINDOW (dialog), TRUE);
  adw_message_dialog_add_response (dialog, "cancel", _("_Cancel"));
  adw_message_dialog_set_default_response (dialog, "cancel");
  adw_message_dialog_set_close_response (dialog, "cancel");
  mw_help_attach (GTK_WINDOW (dialog), "hand-over");
  ask->answered = FALSE;
  g_signal_connect_data (dialog, "response", on_response, g_object_ref (task),
                         on_question_gone, G_CONNECT_DEFAULT);
  return dialog;
}

static gboolean
focus_default (gpointer user_data)
{
  GtkWindow *window = GTK_WINDOW (user_data);
  GtkWidget *button = gtk_window_get_default_widget (window);
  GtkWidget *focus = gtk_window_get_focus (window);

  if (button != NULL && GTK_IS_BUTTON (focus))
    gtk_widget_grab_focus (button);
  return G_SOURCE_REMOVE;
}

static void
question_present (AdwMessageDialog *dialog)
{
  mw_control_names_mend (GTK_WIDGET (dialog));
  /* Only when the buttons have their places it is known which one it is; one
   * below the other, the focus is on the one that says yes. */
  g_idle_add_full (G_PRIORITY_LOW, focus_default, g_object_ref (dialog), g_object_unref);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* Whether to go on. */
static gboolean
take_answer (GTask      *task,
             const char *response)
{
  Ask *ask = g_task_get_task_data (task);

  ask->answered = TRUE;
  if (!g_str_equal (response, "cancel"))
    return TRUE;
  cancel (task);
  return FALSE;
}

static void
on_place_response (AdwMessageDialog *dialog,
                   const char       *response,
                   GTask            *task)
{
  Ask *ask = g_task_get_task_data (task);

  if (!take_answer (task, response))
    return;
  ask->options->accept_place = TRUE;
  look (task);
}

static void
ask_place (GTask *task)
{
  Ask *ask = g_task_get_task_data (task);
  g_autofree char *place = mw_foreign_text_new (ask->target->place, MAX_CHARS_OF_PATH);
  g_autofree char *body = NULL;
  AdwMessageDialog *dialog;

  /* Translators: first the name of a mail program, then a folder. */
  body = g_strdup_printf (_("%s keeps its data in an unusual place: %s. The password of the "
                            "account will be kept there, too. Go on only if you know this "
                            "folder."), ask->target->program, place);
  dialog = question_new (task, _("Use This Folder?"), body, G_CALLBACK (on_place_response));
  if (dialog == NULL)
    return;
  adw_message_dialog_add_response (dialog, "use", _("_Use This Folder"));
  mw_consent_guard_response (dialog, "use");
  question_present (dialog);
}

static void
on_take_over_response (AdwMessageDialog *dialog,
                       const char       *response,
                       GTask            *task)
{
  Ask *ask = g_task_get_task_data (task);

  if (!take_answer (task, response))
    return;
  ask->options->take_over = TRUE;
  look (task);
}

static void
ask_take_over (GTask     *task,
               GPtrArray *changes)
{
  Ask *ask = g_task_get_task_data (task);
  g_autofree char *address = mw_foreign_text_new (ask->profile->address, MAX_CHARS);
  g_autofree char *heading = NULL;
  g_autofree char *body = NULL;
  g_autofree char *heard = NULL;
  g_autofree char *all = NULL;
  GtkWidget *view = mw_changes_view_new ();
  AdwMessageDialog *dialog;

  g_object_ref_sink (view);
  /* Translators: first an e-mail address, then the name of a mail program. */
  heading = g_strdup_printf (_("“%s” Is Already Set Up in %s"), address, ask->target->program);
  /* Translators: %s is the name of a mail program. */
  body = g_strdup_printf (_("You made this account in %s yourself. It can be updated; all else in "
                            "it stays as it is, and it stays there even if you delete the "
                            "account here."), ask->target->program);
  heard = mw_changes_view_show (MW_CHANGES_VIEW (view), changes);
  dialog = question_new (task, heading, body, G_CALLBACK (on_take_over_response));
  if (dialog != NULL)
    {
      all = g_strconcat (body, " ", heard, NULL);
      gtk_accessible_update_property (GTK_ACCESSIBLE (dialog),
                                      GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, all,
                                      -1);
      adw_message_dialog_set_extra_child (dialog, view);
      adw_message_dialog_add_response (dialog, "update", _("_Update It"));
      mw_consent_guard_response (dialog, "update");
      question_present (dialog);
    }
  g_object_unref (view);
}

static void
on_authority_response (AdwMessageDialog *dialog,
                       const char       *response,
                       GTask            *task)
{
  Ask *ask = g_task_get_task_data (task);

  if (!take_answer (task, response))
    return;
  ask->asked_authority = TRUE;
  ask->options->trust_authority = g_str_equal (response, "trust");
  look (task);
}

static void
ask_authority (GTask      *task,
               const char *authority)
{
  Ask *ask = g_task_get_task_data (task);
  const char *program = ask->target->program;
  g_autofree char *name = mw_foreign_text_new (authority, MAX_CHARS);
  g_autofree char *heading = NULL;
  g_autofree char *body = NULL;
  AdwMessageDialog *dialog;

  /* Translators: first a certification authority, then the name of a mail program. */
  heading = g_strdup_printf (_("Trust “%s” in %s?"), name, program);
  /* Translators: %1$s is the name of a mail program, %2$s a certification authority. */
  body = g_strdup_printf (_("The servers of this account are confirmed by a certification "
                            "authority that this computer trusts, but %1$s does not: “%2$s”. If "
                            "you say yes, %1$s will trust it for every server there is. Without "
                            "it, %1$s will ask about the certificate itself."), program, name);
  dialog = question_new (task, heading, body, G_CALLBACK (on_authority_response));
  if (dialog == NULL)
    return;
  adw_message_dialog_add_response (dialog, "without", _("_Hand Over Without It"));
  adw_message_dialog_add_response (dialog, "trust", _("_Trust for Every Server"));
  mw_consent_guard_response (dialog, "trust");
  question_present (dialog);
}

static void
on_password_response (AdwMessageDialog *dialog,
                      const char       *response,
                      GTask            *task)
{
  Ask *ask = g_task_get_task_data (task);

  if (take_answer (task, response))
    {
      const char *text = gtk_editable_get_text (GTK_EDITABLE (ask->entry));

      if (g_str_equal (response, "unlock"))
        ask->options->primary_password = mw_secret_new (text, -1);
      else
        ask->without_password = TRUE;
      look (task);
    }
  gtk_editable_set_text (GTK_EDITABLE (ask->entry), "");
}

static void
on_password_changed (GtkEditable      *entry,
                     AdwMessageDialog *dialog)
{
  adw_message_dialog_set_response_enabled (dialog, "unlock",
                                           *gtk_editable_get_text (entry) != '\0');
}

static GtkWidget *
password_entry_new (void)
{
  GtkWidget *entry = gtk_password_entry_new ();

  g_object_set (entry,
                "activates-default", TRUE,
                "placeholder-text", _("Primary password"),
                "show-peek-icon", TRUE,
                NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _("Primary password"),
                                  -1);
  return entry;
}

static void
ask_password (GTask    *task,
              gboolean  was_wrong)
{
  Ask *ask = g_task_get_task_data (task);
  const char *program = ask->target->program;
  g_autofree char *heading = NULL;
  g_autofree char *body = NULL;
  GtkWidget *entry;
  AdwMessageDialog *dialog;

  /* Translators: %s is the name of a mail program. */
  heading = g_strdup_printf (_("Primary Password of %s"), program);
  if (was_wrong)
    /* Translators: %s is the name of a mail program. */
    body = g_strdup_printf (_("That is not the primary password of %s. Type it again."), program);
  else
    /* Translators: %s is the name of a mail program. */
    body = g_strdup_printf (_("%1$s locks its passwords with a primary password. Type it, so that "
                              "the password of this account can be put there. Without it, %1$s "
                              "will ask for the password of the account once."), program);
  dialog = question_new (task, heading, body, G_CALLBACK (on_password_response));
  if (dialog == NULL)
    return;

  entry = password_entry_new ();
  adw_message_dialog_add_response (dialog, "without", _("_Hand Over Without the Password"));
  adw_message_dialog_add_response (dialog, "unlock", _("_Unlock"));
  adw_message_dialog_set_response_appearance (dialog, "unlock", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (dialog, "unlock");
  adw_message_dialog_set_extra_child (dialog, entry);
  g_set_object (&ask->entry, entry);
  g_signal_connect_object (entry, "changed", G_CALLBACK (on_password_changed), dialog,
                           G_CONNECT_DEFAULT);
  on_password_changed (GTK_EDITABLE (entry), dialog);
  question_present (dialog);
  gtk_widget_grab_focus (entry);
}

static const char *
find_authority (GPtrArray *changes)
{
  for (guint i = 0; i < changes->len; i++)
    {
      MwExportChange *change = changes->pdata[i];

      if (change->item == MW_EXPORT_ITEM_AUTHORITY && change->latter != NULL)
        return change->latter;
    }

  return NULL;
}

static void
finish (GTask *task)
{
  Ask *ask = g_task_get_task_data (task);

  g_task_return_pointer (task, g_steal_pointer (&ask->options),
                         (GDestroyNotify) mw_export_options_free);
}

static void
take_report (GTask          *task,
             MwExportReport *report)
{
  Ask *ask = g_task_get_task_data (task);
  const char *authority = find_authority (report->changes);

  /* What is just so already needs no yes. */
  if (report->takes_over && report->changes->len == 0)
    ask->options->take_over = TRUE;

  if (report->takes_over && !ask->options->take_over)
    ask_take_over (task, report->changes);
  else if (authority != NULL && !ask->asked_authority)
    ask_authority (task, authority);
  else if (report->password == MW_EXPORT_PASSWORD_PRIMARY_PASSWORD && !ask->without_password)
    ask_password (task, FALSE);
  else
    finish (task);
}

static void
on_previewed (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (user_data);
  Ask *ask = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;
  g_autoptr(MwExportReport) report = mw_preview_finish (result, &error);

  if (report != NULL)
    {
      take_report (task, report);
    }
  else if (ask->options->primary_password != NULL &&
           g_error_matches (error, MW_EXPORT_ERROR, MW_EXPORT_ERROR_PRIMARY_PASSWORD))
    {
      g_clear_pointer (&ask->options->primary_password, mw_secret_unref);
      ask_password (task, TRUE);
    }
  else
    {
      /* The hand-over itself meets the same, and says it. */
      finish (task);
    }
}

static void
look (GTask *task)
{
  Ask *ask = g_task_get_task_data (task);
  g_autoptr(MwExportOptions) options = NULL;

  if (ask->target->access == MW_TARGET_ACCESS_UNUSUAL_PLACE && !ask->options->accept_place)
    {
      ask_place (task);
      return;
    }

  /* So that it says which authority it would be. */
  options = mw_export_options_copy (ask->options);
  options->trust_authority = TRUE;
  mw_preview_async (ask->engine, ask->profile, ask->setup, ask->target, options, NULL,
                    on_previewed, g_object_ref (task));
}

void
mw_hand_over_questions_ask_async (GtkWidget           *widget,
                                  MwEngine            *engine,
                                  MwProfile           *profile,
                                  MwSetup             *setup,
                                  MwExportTarget      *target,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  Ask *ask;

  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (MW_IS_ENGINE (engine));
  g_return_if_fail (profile != NULL);
  g_return_if_fail (target != NULL);

  task = g_task_new (NULL, NULL, callback, user_data);
  g_task_set_source_tag (task, mw_hand_over_questions_ask_async);
  ask = g_new0 (Ask, 1);
  ask->widget = g_object_ref (widget);
  ask->engine = g_object_ref (engine);
  ask->profile = mw_profile_ref (profile);
  ask->setup = setup != NULL ? g_object_ref (setup) : NULL;
  ask->target = mw_export_target_ref (target);
  ask->options = mw_export_options_copy (NULL);
  g_task_set_task_data (task, ask, ask_free);
  look (task);
}

MwExportOptions *
mw_hand_over_questions_ask_finish (GAsyncResult  *result,
                                   GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, mw_hand_over_questions_ask_async),
                        NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
