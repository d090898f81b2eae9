/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "app/mw-hand-over.h"

#include <glib/gi18n.h>

#include "app/mw-foreign-text.h"
#include "app/mw-program.h"
#include "core/mw-error.h"
#include "export/mw-document-path.h"
#include "setup/mw-advice-change.h"
#include "setup/mw-advice.h"

#define MAX_CHARS_OF_PATH 1000

struct _MwHandOver
{
  GObject          parent_instance;

  /* Owned */
  MwEngine        *engine;
  MwProfile       *profile;
  MwSetup         *setup;
  MwExportTarget  *target;
  MwExportOptions *options;
  MwSecret        *incoming;    /* %NULL takes them out of the keyring */
  MwSecret        *outgoing;
  char            *account_id;
  char            *message;

  MwHandOverState  state;
  gboolean         attempting;
  gboolean         needs_restart;
  gboolean         has_waited;
};

G_DEFINE_FINAL_TYPE (MwHandOver, mw_hand_over, G_TYPE_OBJECT)

enum {
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
set_state (MwHandOver      *self,
           MwHandOverState  state,
           char            *message)
{
  self->state = state;
  g_free (self->message);
  self->message = message;

  g_signal_emit (self, signals[CHANGED], 0);
}

static char *
describe_report (MwHandOver     *self,
                 MwExportReport *report)
{
  const char *name = mw_hand_over_get_program_name (self->target);
  g_autofree char *sign_in = mw_advice_describe_browser_sign_in (self->profile, name);

  if (sign_in != NULL)
    /* Translators: %s is a sentence about what the mail program will ask. */
    return g_strdup_printf (_("The account is there. %s"), sign_in);
  if (report->password == MW_EXPORT_PASSWORD_PRIMARY_PASSWORD)
    /* Translators: %s is the name of a mail program. */
    return g_strdup_printf (_("The account is there. %s protects its passwords with a primary "
                              "password, so it will ask for the password once."), name);
  /* The note says when. */
  if ((report->notes & (1u << MW_EXPORT_NOTE_ASKS_TWICE)) != 0)
    return g_strdup (_("The account is there."));
  if (report->password == MW_EXPORT_PASSWORD_NOT_STORED)
    /* Translators: %s is the name of a mail program. */
    return g_strdup_printf (_("The account is there. %s will ask for the password once."), name);
  if (report->outcome == MW_EXPORT_OUTCOME_UNCHANGED)
    return g_strdup (_("The account was already there, and nothing had to be changed."));
  if (report->needs_restart && self->target->from_sandbox)
    /* Translators: %s is the name of a mail program. */
    return g_strdup_printf (_("The account is there. If %s is open, close it and start it again "
                              "to see it."), name);
  if (report->needs_restart)
    /* Translators: %s is the name of a mail program. */
    return g_strdup_printf (_("The account is there. Close %s and start it again to see it."),
                            name);

  /* Translators: %s is the name of a mail program. */
  return g_strdup_printf (_("The account is there. %s fetches mail without asking for the "
                            "password."), name);
}

static gboolean
makes_account (MwExportReport *report)
{
  for (guint i = 0; i < report->changes->len; i++)
    {
      MwExportChange *change = report->changes->pdata[i];

      if (change->item == MW_EXPORT_ITEM_ACCOUNT)
        return TRUE;
    }

  return FALSE;
}

/* What became of an account that was there, and where to find what was. */
static void
add_what_was_done (MwExportReport *report,
                   GString        *text)
{
  g_auto(GStrv) sentences = mw_advice_dup_changes (report->changes);

  if (!makes_account (report))
    for (gsize i = 0; sentences[i] != NULL; i++)
      g_string_append_printf (text, "\n• %s", sentences[i]);
  if (report->backups->len > 0)
    {
      g_autofree char *path = mw_foreign_text_new (report->backups->pdata[0], MAX_CHARS_OF_PATH);

      g_string_append_c (text, '\n');
      /* Translators: %s is a file. */
      g_string_append_printf (text, _("The former settings are kept in %s."), path);
    }
}

/* With what the person should know besides. */
static char *
describe_with_notes (MwHandOver     *self,
                     MwExportReport *report)
{
  g_autofree char *first = describe_report (self, report);
  g_autofree char *rest = NULL;
  g_auto(GStrv) notes = NULL;

  /* The first sentence says in more detail what will be asked. */
  notes = mw_advice_dup_export_notes (report->target->client,
                                      report->notes & ~(1u << MW_EXPORT_NOTE_BROWSER_SIGN_IN));
  rest = g_strjoinv (" ", notes);
  return *rest != '\0' ? g_strconcat (first, " ", rest, NULL) : g_steal_pointer (&first);
}

/* A sandbox keeps Mailwright from starting other programs. */
static char *
describe_end (MwHandOver     *self,
              MwExportReport *report)
{
  g_autofree char *first = describe_with_notes (self, report);
  g_autoptr(GString) text = g_string_new (first);

  if (!report->needs_restart && mw_program_is_confined ())
    {
      g_string_append_c (text, ' ');
      /* Translators: %s is the name of a mail program. */
      g_string_append_printf (text, _("Open %s from your list of programs."),
                              mw_hand_over_get_program_name (self->target));
    }
  add_what_was_done (report, text);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* What waits needs no set-up any more, nor the password in it, when the keyring
 * can give the password later. */
static void
begin_waiting (MwHandOver *self)
{
  const char *name = mw_hand_over_get_program_name (self->target);
  g_autoptr(GString) text = g_string_new (NULL);

  /* Translators: %s is the name of a mail program. */
  g_string_append_printf (text, _("%s is running. Close it, and Mailwright goes on by itself."),
                          name);
  /* There a link stands for the lock, which a crash leaves behind. */
  if (self->target->data_folder != NULL && mw_document_path_is (self->target->data_folder))
    {
      g_string_append_c (text, ' ');
      g_string_append (text, _("If it is closed already, open it and close it once."));
    }
  if (self->incoming != NULL
      || (self->setup != NULL && !mw_setup_get_password_kept (self->setup)))
    {
      g_string_append_c (text, ' ');
      /* Translators: %s is the name of a mail program. */
      g_string_append_printf (text, _("The password is not in a keyring: if this session ends "
                                      "before, %s will ask for it."), name);
    }
  else
    g_clear_object (&self->setup);

  self->has_waited = TRUE;
  set_state (self, MW_HAND_OVER_STATE_WAITING, g_string_free (g_steal_pointer (&text), FALSE));
}

static void
take_result (MwHandOver     *self,
             MwExportReport *report,
             const GError   *error)
{
  g_autoptr(MwAdvice) advice = NULL;

  self->attempting = FALSE;
  if (report != NULL && report->outcome != MW_EXPORT_OUTCOME_FAILED)
    {
      self->needs_restart = report->needs_restart;
      set_state (self, MW_HAND_OVER_STATE_DONE, describe_end (self, report));
      return;
    }

  if (g_error_matches (error, MW_EXPORT_ERROR, MW_EXPORT_ERROR_RUNNING))
    {
      /* The person may have given up while this attempt was under way. */
      if (self->state == MW_HAND_OVER_STATE_BUSY)
        begin_waiting (self);
      return;
    }

  if (error != NULL)
    {
      g_info ("Hand-over to %s failed: %s", self->target->id, error->message);
      advice = mw_advice_for_error (error);
    }
  set_state (self, MW_HAND_OVER_STATE_FAILED,
             g_strdup (advice != NULL ? advice->text
                                      : _("The account could not be handed over. Nothing was "
                                          "changed.")));
}

static void
on_setup_exported (GObject      *object,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr(MwHandOver) self = MW_HAND_OVER (user_data);
  g_autoptr(GError) error = NULL;
  g_autoptr(MwExportReport) report = mw_setup_export_finish (MW_SETUP (object), result, &error);

  take_result (self, report, error);
}

static void
on_engine_exported (GObject      *object,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr(MwHandOver) self = MW_HAND_OVER (user_data);
  g_autoptr(GError) error = NULL;
  g_autoptr(MwExportReport) report = mw_engine_export_finish (MW_ENGINE (object), result, &error);

  take_result (self, report, error);
}

/* The account may have been changed since it was asked for. */
static gboolean
refresh_profile (MwHandOver *self)
{
  MwProfileStore *store = mw_engine_get_profile_store (self->engine);
  MwProfile *newest = NULL;

  if (self->account_id != NULL)
    newest = mw_profile_store_find (store, self->account_id, NULL);
  if (newest == NULL)
    return FALSE;

  g_clear_pointer (&self->profile, mw_profile_unref);
  self->profile = newest;
  return TRUE;
}

static void
attempt (MwHandOver *self)
{
  /* Deleted meanwhile: there is nothing to hand over any more. */
  if (!refresh_profile (self))
    {
      set_state (self, MW_HAND_OVER_STATE_READY, g_strdup (""));
      return;
    }

  self->attempting = TRUE;
  if (self->setup != NULL)
    mw_setup_export_async (self->setup, self->target->id, self->options, NULL,
                           on_setup_exported, g_object_ref (self));
  else
    mw_engine_export_async (self->engine, self->profile, self->target->id, self->incoming,
                            self->outgoing, self->options, NULL,
                            on_engine_exported, g_object_ref (self));
}

static void
mw_hand_over_finalize (GObject *object)
{
  MwHandOver *self = MW_HAND_OVER (object);

  g_clear_object (&self->engine);
  g_clear_pointer (&self->profile, mw_profile_unref);
  g_clear_object (&self->setup);
  g_clear_pointer (&self->target, mw_export_target_unref);
  g_clear_pointer (&self->options, mw_export_options_free);
  g_clear_pointer (&self->incoming, mw_secret_unref);
  g_clear_pointer (&self->outgoing, mw_secret_unref);
  g_clear_pointer (&self->account_id, g_free);
  g_clear_pointer (&self->message, g_free);

  G_OBJECT_CLASS (mw_hand_over_parent_class)->finalize (object);
}

static void
mw_hand_over_class_init (MwHandOverClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = mw_hand_over_finalize;

  signals[CHANGED] =
    g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                  NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
mw_hand_over_init (MwHandOver *self)
{
}

MwHandOver *
mw_hand_over_new (MwEngine       *engine,
                  MwProfile      *profile,
                  MwSetup        *setup,
                  MwExportTarget *target)
{
  MwHandOver *self;

  g_return_val_if_fail (MW_IS_ENGINE (engine), NULL);
  g_return_val_if_fail (profile != NULL, NULL);
  g_return_val_if_fail (target != NULL, NULL);

  self = g_object_new (MW_TYPE_HAND_OVER, NULL);
  self->engine = g_object_ref (engine);
  self->target = mw_export_target_ref (target);
  self->message = g_strdup ("");
  self->options = mw_export_options_copy (NULL);
  if (setup != NULL)
    self->setup = g_object_ref (setup);
  self->profile = mw_profile_ref (profile);
  self->account_id = g_strdup (profile->id);

  return self;
}

MwHandOver *
mw_hand_over_new_waiting (MwEngine              *engine,
                          const char            *account_id,
                          MwExportTarget        *target,
                          const MwExportOptions *options)
{
  MwHandOver *self;

  g_return_val_if_fail (MW_IS_ENGINE (engine), NULL);
  g_return_val_if_fail (account_id != NULL, NULL);
  g_return_val_if_fail (target != NULL, NULL);

  self = g_object_new (MW_TYPE_HAND_OVER, NULL);
  self->engine = g_object_ref (engine);
  self->target = mw_export_target_ref (target);
  self->options = mw_export_options_copy (options);
  self->account_id = g_strdup (account_id);
  begin_waiting (self);

  return self;
}

void
mw_hand_over_set_options (MwHandOver            *self,
                          const MwExportOptions *options)
{
  MwExportOptions *former;

  g_return_if_fail (MW_IS_HAND_OVER (self));

  former = self->options;
  self->options = mw_export_options_copy (options);
  g_clear_pointer (&former, mw_export_options_free);
}

void
mw_hand_over_set_secrets (MwHandOver *self,
                          MwSecret   *incoming,
                          MwSecret   *outgoing)
{
  g_return_if_fail (MW_IS_HAND_OVER (self));

  g_clear_pointer (&self->incoming, mw_secret_unref);
  g_clear_pointer (&self->outgoing, mw_secret_unref);
  self->incoming = incoming != NULL ? mw_secret_ref (incoming) : NULL;
  self->outgoing = outgoing != NULL ? mw_secret_ref (outgoing) : NULL;
}

const MwExportOptions *
mw_hand_over_get_options (MwHandOver *self)
{
  g_return_val_if_fail (MW_IS_HAND_OVER (self), NULL);

  return self->options;
}

void
mw_hand_over_start (MwHandOver *self)
{
  g_return_if_fail (MW_IS_HAND_OVER (self));

  if (self->state == MW_HAND_OVER_STATE_BUSY || self->state == MW_HAND_OVER_STATE_WAITING)
    return;

  set_state (self, MW_HAND_OVER_STATE_BUSY, g_strdup (_("Handing the account over…")));
  attempt (self);
}

void
mw_hand_over_go_on (MwHandOver *self)
{
  g_return_if_fail (MW_IS_HAND_OVER (self));

  if (self->state == MW_HAND_OVER_STATE_WAITING && !self->attempting)
    attempt (self);
}

gboolean
mw_hand_over_is_attempting (MwHandOver *self)
{
  g_return_val_if_fail (MW_IS_HAND_OVER (self), FALSE);

  return self->attempting;
}

void
mw_hand_over_stop_waiting (MwHandOver *self)
{
  g_return_if_fail (MW_IS_HAND_OVER (self));

  if (self->state != MW_HAND_OVER_STATE_WAITING)
    return;

  set_state (self, MW_HAND_OVER_STATE_READY, g_strdup (""));
}

MwHandOverState
mw_hand_over_get_state (MwHandOver *self)
{
  g_return_val_if_fail (MW_IS_HAND_OVER (self), MW_HAND_OVER_STATE_READY);

  return self->state;
}

MwExportTarget *
mw_hand_over_get_target (MwHandOver *self)
{
  g_return_val_if_fail (MW_IS_HAND_OVER (self), NULL);

  return self->target;
}

const char *
mw_hand_over_get_account_id (MwHandOver *self)
{
  g_return_val_if_fail (MW_IS_HAND_OVER (self), NULL);

  return self->account_id;
}

const char *
mw_hand_over_get_message (MwHandOver *self)
{
  g_return_val_if_fail (MW_IS_HAND_OVER (self), NULL);

  return self->message;
}

gboolean
mw_hand_over_has_waited (MwHandOver *self)
{
  g_return_val_if_fail (MW_IS_HAND_OVER (self), FALSE);

  return self->has_waited;
}

MwProfile *
mw_hand_over_get_profile (MwHandOver *self)
{
  g_return_val_if_fail (MW_IS_HAND_OVER (self), NULL);

  return self->profile;
}

gboolean
mw_hand_over_can_open (MwHandOver *self)
{
  g_return_val_if_fail (MW_IS_HAND_OVER (self), FALSE);

  return !self->needs_restart && mw_program_can_open (self->target);
}

const char *
mw_hand_over_get_program_name (MwExportTarget *target)
{
  g_return_val_if_fail (target != NULL, NULL);

  return target->program;
}
