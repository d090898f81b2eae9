/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

/* While a saved account is checked again, its sources are asked again, too:
 * what has changed since it was saved is told when both have come to an end. */

#include "config.h"

#include "app/mw-window-private.h"

#include <glib/gi18n.h>

#include "app/mw-control-names.h"
#include "app/mw-foreign-text.h"
#include "app/mw-help.h"
#include "setup/mw-advice-drift.h"
#include "setup/mw-server-search.h"
#include "setup/mw-setup-edit.h"

#define LABEL_MAX_CHARS 80

struct _MwWindowDrift
{
  MwWindow       *window;        /* borrowed */
  MwProfile      *former;        /* the account before the check */
  MwServerSearch *search;
  GCancellable   *cancellable;
  MwVerdict      *verdicts[2];   /* by MwSide */
  gboolean        is_searched;
  gboolean        is_checked;
  gboolean        works;
};

static void
drift_free (MwWindowDrift *drift)
{
  g_cancellable_cancel (drift->cancellable);
  g_object_unref (drift->cancellable);
  g_object_unref (drift->search);
  mw_profile_unref (drift->former);
  for (guint side = 0; side < 2; side++)
    g_clear_pointer (&drift->verdicts[side], mw_verdict_unref);
  g_free (drift);
}

void
mw_window_forget_drift (MwWindow *self)
{
  g_clear_pointer (&self->drift, drift_free);
}

/* Servers that took the place of those of the account. */
static void
use_new_servers (MwWindow  *self,
                 MwProfile *profile)
{
  mw_window_open_account (self, profile, MW_WINDOW_TASK_SERVERS);
  mw_setup_set_protocol (self->setup, mw_endpoint_get_protocol (profile->incoming->endpoint));
  for (guint side = 0; side < 2; side++)
    {
      MwService *service = mw_profile_get_service (profile, side);

      mw_setup_set_servers (self->setup, side, NULL);
      /* Another provider may want the name in another form. */
      if (service != NULL && g_strcmp0 (service->user_name, profile->address) == 0)
        mw_setup_set_user_name (self->setup, side, NULL);
    }
  mw_window_prove (self, profile->outgoing != NULL ? MW_SETUP_EDIT_BOTH
                                                   : 1u << MW_SIDE_INCOMING);
}

static void
on_response (MwWindow         *self,
             const char       *response,
             AdwMessageDialog *dialog)
{
  MwProfile *profile = g_object_get_data (G_OBJECT (dialog), "account");
  const char *page = mw_window_get_page (self);

  if (g_str_equal (response, "use") &&
      (g_str_equal (page, "accounts") || g_str_equal (page, "problem")))
    use_new_servers (self, profile);
}

static char *
make_heading (MwWindowDrift *drift)
{
  g_autofree char *label = NULL;

  if (!drift->works)
    return g_strdup (_("The Servers Have Changed"));

  label = mw_foreign_text_new (drift->former->label, LABEL_MAX_CHARS);
  /* Translators: %s is the name of an account. */
  return g_strdup_printf (_("%s Works, but Something Has Changed"), label);
}

static void
show (MwWindowDrift *drift,
      GPtrArray     *changes)
{
  g_autoptr(GString) body = g_string_new (NULL);
  g_autofree char *heading = make_heading (drift);
  GtkWidget *dialog;

  for (guint i = 0; i < changes->len; i++)
    {
      MwDrift *change = g_ptr_array_index (changes, i);

      if (body->len > 0)
        g_string_append (body, "\n\n");
      g_string_append (body, change->text);
    }

  dialog = adw_message_dialog_new (GTK_WINDOW (drift->window), heading, NULL);
  adw_message_dialog_set_body (ADW_MESSAGE_DIALOG (dialog), body->str);
  g_object_set_data_full (G_OBJECT (dialog), "account", mw_profile_ref (drift->former),
                          (GDestroyNotify) mw_profile_unref);
  if (mw_advice_can_use_drift (changes))
    adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog),
                                      "close", _("_Keep the Settings"),
                                      "use", _("_Use the New Settings"),
                                      NULL);
  else
    adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _("_Close"));
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "close");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "close");
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_response), drift->window,
                           G_CONNECT_SWAPPED);
  mw_control_names_mend (dialog);
  mw_help_attach (GTK_WINDOW (dialog), "accounts#check");
  gtk_window_present (GTK_WINDOW (dialog));
}

/* Certificates are renewed all the time, so that is told in passing. */
static gboolean
is_worth_a_question (GPtrArray *changes)
{
  for (guint i = 0; i < changes->len; i++)
    {
      MwDrift *change = g_ptr_array_index (changes, i);

      if (change->kind != MW_DRIFT_KIND_EXPIRY)
        return TRUE;
    }

  return FALSE;
}

/* The Problem page says what is the matter already; a failure is mentioned only
 * where other servers are the way out. */
static void
tell (MwWindow *self)
{
  MwWindowDrift *drift = self->drift;
  g_autoptr(GPtrArray) changes = NULL;
  MwDriftFacts facts = { 0 };
  const char *page = mw_window_get_page (self);

  if (!drift->is_searched || !drift->is_checked)
    return;

  facts.saved = drift->former;
  facts.provider = mw_server_search_get_provider (drift->search);
  for (guint side = 0; side < 2; side++)
    {
      facts.verdicts[side] = drift->verdicts[side];
      facts.named[side] = mw_server_search_get_candidates (drift->search, side);
    }
  changes = mw_advice_find_drift (&facts);
  if (changes->len > 0 && g_str_equal (page, drift->works ? "accounts" : "problem"))
    {
      if (drift->works ? is_worth_a_question (changes) : mw_advice_can_use_drift (changes))
        show (drift, changes);
      else if (drift->works)
        mw_window_add_toast (self, ((MwDrift *) changes->pdata[0])->text);
    }
  mw_window_forget_drift (self);
}

static void
on_searched (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(MwWindow) self = MW_WINDOW (user_data);
  gboolean found = mw_server_search_run_finish (MW_SERVER_SEARCH (object), result, NULL);

  if (!found || self->drift == NULL || self->drift->search != MW_SERVER_SEARCH (object))
    return;

  self->drift->is_searched = TRUE;
  tell (self);
}

void
mw_window_watch_drift (MwWindow *self)
{
  MwEngine *engine = mw_setup_get_engine (self->setup);
  MwAddress *address = mw_setup_get_address (self->setup);
  gboolean offline = mw_engine_get_network (engine) == MW_NETWORK_CONDITION_OFFLINE;
  gboolean use_ispdb = TRUE;

  mw_window_forget_drift (self);
  if (address == NULL || self->opened == NULL || offline)
    return;

  self->drift = g_new0 (MwWindowDrift, 1);
  self->drift->window = self;
  self->drift->former = mw_profile_ref (self->opened);
  self->drift->search = mw_server_search_new (engine, address);
  self->drift->cancellable = g_cancellable_new ();
  g_object_get (self->setup, "use-ispdb", &use_ispdb, NULL);
  mw_server_search_run_async (self->drift->search, FALSE, use_ispdb, 0,
                              self->drift->cancellable, on_searched, g_object_ref (self));
}

void
mw_window_check_ended (MwWindow *self,
                       MwSetup  *setup)
{
  if (self->drift == NULL)
    return;

  for (guint side = 0; side < 2; side++)
    {
      MwVerdict *verdict = mw_setup_get_verdict (setup, side);

      g_clear_pointer (&self->drift->verdicts[side], mw_verdict_unref);
      if (verdict != NULL)
        self->drift->verdicts[side] = mw_verdict_ref (verdict);
    }
  self->drift->works = mw_setup_get_outcome (setup) == MW_OUTCOME_WORKS;
  self->drift->is_checked = TRUE;
  tell (self);
}
