/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "app/mw-copies-question.h"

#include <glib/gi18n.h>

#include "app/mw-control-names.h"
#include "app/mw-export-window.h"
#include "app/mw-help.h"
#include "setup/mw-advice-target.h"

typedef struct {
  GtkWindow *parent;
  MwEngine  *engine;
  MwProfile *profile;
  MwSetup   *setup;
  gboolean   certain;
} Question;

static void
question_free (Question *question)
{
  g_object_unref (question->parent);
  g_object_unref (question->engine);
  mw_profile_unref (question->profile);
  g_clear_object (&question->setup);
  g_free (question);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Question, question_free)

static void
update (Question *question)
{
  GtkWidget *window = mw_export_window_new_update (question->parent, question->engine,
                                                   question->profile, question->setup);

  gtk_window_present (GTK_WINDOW (window));
}

static void
on_response (Question   *question,
             const char *response)
{
  if (g_str_equal (response, "update"))
    update (question);
}

static void
on_dialog_gone (gpointer  data,
                GClosure *closure)
{
  question_free (data);
}

static void
ask (Question   *owned,
     const char *program,
     gboolean    several)
{
  GtkWidget *dialog;
  g_autofree char *heading = NULL;

  if (several)
    heading = g_strdup (_("Update the Copies in Your Mail Programs, Too?"));
  else
    /* Translators: %s is the name of a mail program. */
    heading = g_strdup_printf (_("Update the Copy in %s, Too?"), program);
  dialog = adw_message_dialog_new (owned->parent, heading, NULL);
  adw_message_dialog_set_body (ADW_MESSAGE_DIALOG (dialog),
                               _("The account was changed here. The mail program goes on with "
                                 "the former settings until its copy is updated."));
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog),
                                    "later", _("_Not Now"),
                                    "update", _("_Update"),
                                    NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "update",
                                              ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "update");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "later");
  g_signal_connect_data (dialog, "response", G_CALLBACK (on_response), owned, on_dialog_gone,
                         G_CONNECT_SWAPPED);
  mw_control_names_mend (dialog);
  mw_help_attach (GTK_WINDOW (dialog), "accounts#edit");
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
on_targets_found (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr(Question) question = user_data;
  g_autoptr(GPtrArray) targets = mw_engine_find_targets_finish (MW_ENGINE (object), result, NULL);
  MwExportTarget *copy = NULL;
  const char *program;
  guint n_copies = 0;

  for (guint i = 0; targets != NULL && i < targets->len; i++)
    {
      MwExportTarget *target = g_ptr_array_index (targets, i);

      if (!mw_advice_can_use_target (target) ||
          mw_profile_find_export (question->profile, target->id, target->profile) == NULL)
        continue;
      copy = target;
      n_copies++;
    }

  /* The window may have been closed while this was found out. */
  if (copy == NULL || gtk_window_get_application (question->parent) == NULL)
    return;

  program = copy->program;
  if (question->certain)
    update (question);
  else
    ask (g_steal_pointer (&question), program, n_copies > 1);
}

void
mw_copies_question_ask (GtkWindow *parent,
                        MwEngine  *engine,
                        MwProfile *profile,
                        MwSetup   *setup,
                        gboolean   certain)
{
  Question *question;

  g_return_if_fail (GTK_IS_WINDOW (parent));
  g_return_if_fail (profile != NULL);

  if (profile->exports == NULL || g_hash_table_size (profile->exports) == 0)
    return;

  question = g_new0 (Question, 1);
  question->parent = g_object_ref (parent);
  question->engine = g_object_ref (engine);
  question->profile = mw_profile_ref (profile);
  question->setup = setup != NULL ? g_object_ref (setup) : NULL;
  question->certain = certain;
  mw_engine_find_targets_async (engine, NULL, on_targets_found, question);
}
