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
go_on (Proof *proof)
{
  MwWindow *self = proof->window;

  if (self->setup != proof->setup)
    return;

  self->proving = FALSE;
  set_status (self, NULL, FALSE);
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
  set_status (self, _("Asking the keyring…"), TRUE);
  mw_engine_lookup_secret_async (mw_window_get_engine (self), self->opened, MW_SIDE_INCOMING,
                                 self->cancellable, on_incoming_secret, proof);
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
