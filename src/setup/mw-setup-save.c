/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "core/mw-error.h"
#include "setup/mw-browser-sign-in.h"
#include "setup/mw-engine-private.h"
#include "setup/mw-setup-private.h"
#include "setup/mw-setup-servers.h"

typedef struct {
  MwProfile *profile;
  GError    *error;
  gboolean   keep_password;
  guint      forgotten;       /* a bit for each side that loses its password */
  gboolean   is_new;
} Save;

static void
save_free (gpointer data)
{
  Save *save = data;

  mw_profile_unref (save->profile);
  g_clear_error (&save->error);
  g_free (save);
}

static void
on_forgotten_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (user_data);
  Save *save = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;

  if (!mw_secret_store_clear_finish (MW_SECRET_STORE (object), result, &error))
    g_info ("Cannot clear the keyring: %s", error->message);

  g_task_return_error (task, g_steal_pointer (&save->error));
}

/* All or nothing: a password without an account would stay in the keyring
 * unseen. One of an account that was there before stays. */
static void
give_up (GTask  *owned,
         GError *error)
{
  g_autoptr(GTask) task = owned;
  MwSetup *self = g_task_get_source_object (task);
  Save *save = g_task_get_task_data (task);

  if (!save->keep_password || !save->is_new)
    {
      g_task_return_error (task, error);
      return;
    }

  save->error = error;
  mw_secret_store_clear_async (mw_engine_get_secret_store (self->engine), save->profile->id,
                               MW_SECRET_STORE_BOTH, NULL, on_forgotten_cb,
                               g_steal_pointer (&task));
}

static void
return_profile (GTask *owned)
{
  g_autoptr(GTask) task = owned;
  Save *save = g_task_get_task_data (task);

  g_task_return_pointer (task, mw_profile_ref (save->profile),
                         (GDestroyNotify) mw_profile_unref);
}

static void
on_old_forgotten_cb (GObject      *object,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  g_autoptr(GError) error = NULL;

  if (!mw_secret_store_clear_finish (MW_SECRET_STORE (object), result, &error))
    g_info ("Cannot clear the keyring: %s", error->message);

  return_profile (G_TASK (user_data));
}

static void
on_profile_saved_cb (GObject      *object,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (user_data);
  MwSetup *self = g_task_get_source_object (task);
  Save *save = g_task_get_task_data (task);
  GError *error = NULL;

  if (!mw_profile_store_save_finish (MW_PROFILE_STORE (object), result, &error))
    {
      give_up (g_steal_pointer (&task), error);
      return;
    }

  /* Another address may have been entered meanwhile. */
  if (g_strcmp0 (self->id, save->profile->id) == 0)
    {
      self->password_kept |= save->keep_password;
      g_clear_pointer (&self->saved, mw_profile_unref);
      self->saved = mw_profile_ref (save->profile);
      mw_setup_set_state (self, MW_SETUP_STATE_SAVED);
    }

  if (save->forgotten != 0)
    mw_secret_store_clear_async (mw_engine_get_secret_store (self->engine), save->profile->id,
                                 save->forgotten, NULL, on_old_forgotten_cb,
                                 g_steal_pointer (&task));
  else
    return_profile (g_steal_pointer (&task));
}

static void
save_profile (MwSetup *self,
              GTask   *task,
              Save    *save)
{
  mw_profile_store_save_async (mw_engine_get_profile_store (self->engine), save->profile,
                               g_task_get_cancellable (task), on_profile_saved_cb, task);
}

static void
on_outgoing_kept_cb (GObject      *object,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  GTask *task = G_TASK (user_data);
  MwSetup *self = g_task_get_source_object (task);
  GError *error = NULL;

  if (!mw_secret_store_save_finish (MW_SECRET_STORE (object), result, &error))
    {
      give_up (task, error);
      return;
    }

  save_profile (self, task, g_task_get_task_data (task));
}

static gboolean
has_own_password (MwSetup *self,
                  Save    *save)
{
  return save->profile->own_credentials && self->secrets[MW_SIDE_OUTGOING] != NULL;
}

static void
keep_outgoing (MwSetup *self,
               GTask   *task,
               Save    *save)
{
  mw_secret_store_save_async (mw_engine_get_secret_store (self->engine), save->profile,
                              MW_SIDE_OUTGOING, self->secrets[MW_SIDE_OUTGOING], NULL,
                              on_outgoing_kept_cb, task);
}

static void
on_incoming_kept_cb (GObject      *object,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  GTask *task = G_TASK (user_data);
  MwSetup *self = g_task_get_source_object (task);
  Save *save = g_task_get_task_data (task);
  GError *error = NULL;

  if (!mw_secret_store_save_finish (MW_SECRET_STORE (object), result, &error))
    {
      give_up (task, error);
      return;
    }

  if (has_own_password (self, save))
    keep_outgoing (self, task, save);
  else
    save_profile (self, task, save);
}

/* What no side of the account needs any more. A shared password that is kept
 * takes the place of all others by itself. */
static guint
find_forgotten (MwSetup *self,
                Save    *save)
{
  if (self->saved == NULL)
    return 0;

  if (self->browser_sign_in && !mw_browser_sign_in_is_used (self->saved))
    return MW_SECRET_STORE_BOTH;

  if (self->saved->own_credentials && !save->profile->own_credentials && !save->keep_password)
    return 1u << MW_SIDE_OUTGOING;

  return 0;
}

/* What was found out of a saved account may have been added to since, by an
 * export for instance. */
static void
refresh_saved (MwSetup *self)
{
  MwProfile *stored;

  if (self->saved == NULL)
    return;

  stored = mw_profile_store_find (mw_engine_get_profile_store (self->engine),
                                  self->saved->id, NULL);
  if (stored == NULL)
    return;

  mw_profile_unref (self->saved);
  self->saved = stored;
}

void
mw_setup_save_async (MwSetup             *self,
                     gboolean             keep_password,
                     GCancellable        *cancellable,
                     GAsyncReadyCallback  callback,
                     gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  g_autoptr(MwProfile) profile = NULL;
  g_auto(GStrv) hosts = NULL;
  Save *save;

  g_return_if_fail (MW_IS_SETUP (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, mw_setup_save_async);
  g_task_set_check_cancellable (task, FALSE);

  refresh_saved (self);
  hosts = mw_setup_dup_unconfirmed_hosts (self);
  if (hosts[0] != NULL)
    {
      g_task_return_new_error (task, MW_PROBE_ERROR, MW_OUTCOME_CONSENT_NEEDED,
                               "Nobody said yes to %s without encryption", hosts[0]);
      return;
    }

  profile = mw_setup_make_profile (self);
  if (profile == NULL)
    {
      g_task_return_new_error (task, MW_STORE_ERROR, MW_STORE_ERROR_NOT_FOUND,
                               "There is no server to save yet");
      return;
    }

  save = g_new0 (Save, 1);
  save->profile = g_steal_pointer (&profile);
  save->is_new = self->saved == NULL;
  if (self->id == NULL)
    self->id = g_strdup (save->profile->id);
  save->keep_password = keep_password && !self->browser_sign_in &&
                        (self->secrets[MW_SIDE_INCOMING] != NULL ||
                         has_own_password (self, save));
  save->forgotten = find_forgotten (self, save);
  g_task_set_task_data (task, save, save_free);

  if (save->keep_password && self->secrets[MW_SIDE_INCOMING] == NULL)
    keep_outgoing (self, g_steal_pointer (&task), save);
  else if (save->keep_password)
    mw_secret_store_save_async (mw_engine_get_secret_store (self->engine), save->profile,
                                MW_SIDE_INCOMING, self->secrets[MW_SIDE_INCOMING],
                                cancellable, on_incoming_kept_cb, g_steal_pointer (&task));
  else
    save_profile (self, g_steal_pointer (&task), save);
}

MwProfile *
mw_setup_save_finish (MwSetup       *self,
                      GAsyncResult  *result,
                      GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, mw_setup_save_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

gboolean
mw_setup_get_password_kept (MwSetup *self)
{
  g_return_val_if_fail (MW_IS_SETUP (self), FALSE);

  return self->password_kept;
}

static void
on_export_done_cb (GObject      *object,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (user_data);
  MwExportReport *report;
  GError *error = NULL;

  report = mw_engine_export_finish (MW_ENGINE (object), result, &error);
  if (report == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  g_task_return_pointer (task, report, (GDestroyNotify) mw_export_report_unref);
}

void
mw_setup_export_async (MwSetup               *self,
                       const char            *target_id,
                       const MwExportOptions *options,
                       GCancellable          *cancellable,
                       GAsyncReadyCallback    callback,
                       gpointer               user_data)
{
  g_autoptr(GTask) task = NULL;

  g_return_if_fail (MW_IS_SETUP (self));
  g_return_if_fail (self->saved != NULL);
  g_return_if_fail (target_id != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, mw_setup_export_async);
  g_task_set_check_cancellable (task, FALSE);
  refresh_saved (self);

  mw_engine_export_async (self->engine, self->saved, target_id,
                          self->secrets[MW_SIDE_INCOMING], self->secrets[MW_SIDE_OUTGOING],
                          options, cancellable, on_export_done_cb, g_steal_pointer (&task));
}

MwExportReport *
mw_setup_export_finish (MwSetup       *self,
                        GAsyncResult  *result,
                        GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, mw_setup_export_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
