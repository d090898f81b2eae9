/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

/* The way of every change to a saved account: its set-up is opened, what the
 * change made unsure is proved with the passwords of the keyring, and only then
 * it is saved. */

#include "config.h"

#include "app/mw-window-private.h"

#include <glib/gi18n.h>

#include "app/mw-copies-question.h"
#include "app/mw-foreign-text.h"
#include "setup/mw-setup-edit.h"

#define LABEL_MAX_CHARS 80

static void
tell_saved (MwWindow  *self,
            MwProfile *profile)
{
  g_autofree char *label = mw_foreign_text_new (profile->label, LABEL_MAX_CHARS);
  g_autofree char *former = NULL;
  g_autofree char *text = NULL;

  if (self->opened != NULL && !g_str_equal (self->opened->id, profile->id))
    {
      former = mw_foreign_text_new (self->opened->label, LABEL_MAX_CHARS);
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
    mw_copies_question_ask (GTK_WINDOW (self), mw_window_get_engine (self), profile, setup,
                            certain);
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

/* A password or servers are changed without the page. */
static void
set_status (MwWindow   *self,
            const char *text,
            gboolean    is_busy)
{
  if (self->edit_page != NULL)
    mw_edit_page_set_status (self->edit_page, text, is_busy);
}

static void
on_passwords_found (MwWindow     *self,
                    guint         unproved,
                    const GError *error)
{
  self->proving = FALSE;
  set_status (self, NULL, FALSE);
  start_check (self, unproved, error);
}

void
mw_window_open_account (MwWindow     *self,
                        MwProfile    *profile,
                        MwWindowTask  task)
{
  g_autoptr(MwSetup) setup = mw_setup_new (mw_window_get_engine (self));

  mw_setup_open_profile (setup, profile);
  self->from_link = FALSE;
  mw_window_take_setup (self, setup, profile);
  self->task = task;
}

/* Another account has other passwords, which its person has typed; where the
 * mail program signs in there is none. */
void
mw_window_prove (MwWindow *self,
                 guint     unproved)
{
  gboolean in_browser = FALSE;

  g_object_get (self->setup, "browser-sign-in", &in_browser, NULL);
  if (in_browser || mw_setup_is_other_address (self->setup))
    {
      start_check (self, unproved, NULL);
      return;
    }

  self->proving = TRUE;
  set_status (self, _("Asking the keyring…"), TRUE);
  mw_window_look_up_passwords (self, unproved, mw_setup_set_kept_password, on_passwords_found);
}

void
mw_window_prove_and_save (MwWindow *self)
{
  guint unproved = mw_setup_keep_proofs (self->setup);

  if (unproved != 0)
    mw_window_prove (self, unproved);
  else
    save (self, FALSE);
}

void
mw_window_save_verified (MwWindow *self)
{
  save (self, TRUE);
}
