/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "app/mw-hand-over.h"

#include <glib/gi18n.h>

#include "core/mw-error.h"
#include "setup/mw-advice.h"

#define RETRY_SECONDS 1

struct _MwHandOver
{
  GObject          parent_instance;

  /* Owned */
  MwEngine        *engine;
  MwProfile       *profile;
  MwSetup         *setup;
  MwExportTarget  *target;
  char            *account_id;
  char            *message;
  guint            retry_id;

  MwHandOverState  state;
  gboolean         attempting;
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

  /* The note says what will be asked. */
  if ((report->notes & (1u << MW_EXPORT_NOTE_BROWSER_SIGN_IN)) != 0)
    return g_strdup (_("The account is there."));
  if (report->password == MW_EXPORT_PASSWORD_PRIMARY_PASSWORD)
    /* Translators: %s is the name of a mail program. */
    return g_strdup_printf (_("The account is there. %s protects its passwords with a primary "
                              "password, so it will ask for the password once."), name);
  if (report->password == MW_EXPORT_PASSWORD_NOT_STORED)
    /* Translators: %s is the name of a mail program. */
    return g_strdup_printf (_("The account is there. %s will ask for the password once."), name);
  if (report->outcome == MW_EXPORT_OUTCOME_UNCHANGED)
    return g_strdup (_("The account was already there, and nothing had to be changed."));
  if (report->needs_restart)
    /* Translators: %s is the name of a mail program. */
    return g_strdup_printf (_("The account is there. Close %s and start it again to see it."),
                            name);

  /* Translators: %s is the name of a mail program. */
  return g_strdup_printf (_("The account is there. %s fetches mail without asking for the "
                            "password."), name);
}

static char *
describe_with_notes (MwHandOver     *self,
                     MwExportReport *report)
{
  g_autofree char *first = describe_report (self, report);
  g_auto(GStrv) notes = mw_advice_dup_export_notes (report->target->client, report->notes);
  g_autofree char *rest = g_strjoinv (" ", notes);

  return *rest != '\0' ? g_strconcat (first, " ", rest, NULL) : g_steal_pointer (&first);
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
      set_state (self, MW_HAND_OVER_STATE_DONE, describe_with_notes (self, report));
      return;
    }

  if (g_error_matches (error, MW_EXPORT_ERROR, MW_EXPORT_ERROR_RUNNING))
    {
      /* The person may have given up while this attempt was under way. */
      if (self->state == MW_HAND_OVER_STATE_READY)
        return;
      if (self->state != MW_HAND_OVER_STATE_WAITING)
        /* Translators: %s is the name of a mail program. */
        set_state (self, MW_HAND_OVER_STATE_WAITING,
                   g_strdup_printf (_("%s is running. Close it, and Mailwright goes on by "
                                      "itself."),
                                    mw_hand_over_get_program_name (self->target)));
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

static void
attempt (MwHandOver *self)
{
  self->attempting = TRUE;
  if (self->setup != NULL)
    mw_setup_export_async (self->setup, self->target->id, NULL, NULL,
                           on_setup_exported, g_object_ref (self));
  else
    mw_engine_export_async (self->engine, self->profile, self->target->id, NULL, NULL, NULL,
                            NULL, on_engine_exported, g_object_ref (self));
}

static gboolean
on_retry (gpointer user_data)
{
  MwHandOver *self = MW_HAND_OVER (user_data);

  if (self->state != MW_HAND_OVER_STATE_WAITING && self->state != MW_HAND_OVER_STATE_BUSY)
    {
      self->retry_id = 0;
      return G_SOURCE_REMOVE;
    }

  if (!self->attempting)
    attempt (self);

  return G_SOURCE_CONTINUE;
}

static void
mw_hand_over_finalize (GObject *object)
{
  MwHandOver *self = MW_HAND_OVER (object);

  g_clear_handle_id (&self->retry_id, g_source_remove);
  g_clear_object (&self->engine);
  g_clear_pointer (&self->profile, mw_profile_unref);
  g_clear_object (&self->setup);
  g_clear_pointer (&self->target, mw_export_target_unref);
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
  g_return_val_if_fail (profile != NULL || MW_IS_SETUP (setup), NULL);
  g_return_val_if_fail (target != NULL, NULL);

  self = g_object_new (MW_TYPE_HAND_OVER, NULL);
  self->engine = g_object_ref (engine);
  self->target = mw_export_target_ref (target);
  self->message = g_strdup ("");
  if (setup != NULL)
    self->setup = g_object_ref (setup);
  else
    self->profile = mw_profile_ref (profile);
  if (profile != NULL)
    self->account_id = g_strdup (profile->id);

  return self;
}

void
mw_hand_over_start (MwHandOver *self)
{
  g_return_if_fail (MW_IS_HAND_OVER (self));

  if (self->state == MW_HAND_OVER_STATE_BUSY || self->state == MW_HAND_OVER_STATE_WAITING)
    return;

  set_state (self, MW_HAND_OVER_STATE_BUSY, g_strdup (_("Handing the account over…")));
  attempt (self);
  if (self->retry_id == 0)
    self->retry_id = g_timeout_add_seconds (RETRY_SECONDS, on_retry, self);
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

const char *
mw_hand_over_get_program_name (MwExportTarget *target)
{
  g_return_val_if_fail (target != NULL, NULL);

  return target->program;
}
