/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "core/mw-error.h"
#include "setup/mw-engine-private.h"
#include "setup/mw-setup-private.h"

typedef struct {
  MwProfile *profile;
  gboolean   keep_password;
} Save;

static void
save_free (gpointer data)
{
  Save *save = data;

  mw_profile_unref (save->profile);
  g_free (save);
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
      g_task_return_error (task, error);
      return;
    }

  g_clear_pointer (&self->saved, mw_profile_unref);
  self->saved = mw_profile_ref (save->profile);
  mw_setup_set_state (self, MW_SETUP_STATE_SAVED);
  g_task_return_pointer (task, mw_profile_ref (save->profile),
                         (GDestroyNotify) mw_profile_unref);
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
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }

  save_profile (self, task, g_task_get_task_data (task));
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
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }

  if (save->profile->own_credentials && self->secrets[MW_SIDE_OUTGOING] != NULL)
    mw_secret_store_save_async (MW_SECRET_STORE (object), save->profile, MW_SIDE_OUTGOING,
                                self->secrets[MW_SIDE_OUTGOING], NULL,
                                on_outgoing_kept_cb, task);
  else
    save_profile (self, task, save);
}

static void
open_service (MwSetup   *self,
              MwSide     side,
              MwService *service)
{
  g_autoptr(GPtrArray) endpoints = NULL;

  if (service == NULL)
    return;

  endpoints = g_ptr_array_new_with_free_func ((GDestroyNotify) mw_endpoint_unref);
  g_ptr_array_add (endpoints, mw_endpoint_ref (service->endpoint));
  mw_setup_set_servers (self, side, endpoints);
  mw_setup_set_user_name (self, side, service->user_name);
  /* That question was answered before the account was saved. */
  if (mw_endpoint_get_security (service->endpoint) == MW_SECURITY_NONE)
    mw_setup_allow_host (self, mw_endpoint_get_host (service->endpoint));
  if (service->pin != NULL)
    mw_setup_add_pin (self, service->pin, mw_endpoint_get_host (service->endpoint),
                      mw_endpoint_get_port (service->endpoint));
}

void
mw_setup_open_profile (MwSetup   *self,
                       MwProfile *profile)
{
  g_return_if_fail (MW_IS_SETUP (self));
  g_return_if_fail (profile != NULL);

  if (!mw_setup_set_address (self, profile->address, TRUE, NULL))
    g_info ("The address of a saved account cannot be read");

  open_service (self, MW_SIDE_INCOMING, profile->incoming);
  open_service (self, MW_SIDE_OUTGOING, profile->outgoing);
  g_object_set (self,
                "sender-name", profile->sender_name,
                "label", profile->label,
                "description", profile->description,
                "signature", profile->signature,
                "make-default", profile->is_default,
                "notifications", profile->notifications,
                "leave-on-server", profile->leave_on_server,
                "delete-after-days", profile->delete_after_days,
                "same-credentials", !profile->own_credentials,
                "receive-only", profile->outgoing == NULL,
                "outgoing-authentication",
                profile->outgoing == NULL || profile->outgoing->auth != MW_AUTH_NONE,
                NULL);

  g_clear_pointer (&self->saved, mw_profile_unref);
  self->saved = mw_profile_ref (profile);
}

/* Servers of a saved account that were tried again keep the source that named
 * them at first. */
static gboolean
is_saved_server (MwSetup   *self,
                 MwVerdict *verdict)
{
  return self->saved != NULL && self->saved->incoming != NULL &&
         mw_endpoint_equal (self->saved->incoming->endpoint,
                            mw_candidate_get_endpoint (verdict->candidate));
}

/* What is entered by hand and never tried (or the best guess so far) may be
 * saved as well, so an untested side falls back to the first server. */
static MwService *
make_service (MwSetup *self,
              MwSide   side)
{
  MwVerdict *verdict = self->decided[side];
  MwEndpoint *endpoint;
  g_autofree char *key = NULL;
  const char *user_name = mw_setup_choose_user_name (self, side);
  gboolean open = side == MW_SIDE_OUTGOING && !self->outgoing_authentication;

  if (self->servers[side] != NULL && !mw_setup_verdict_works (verdict))
    endpoint = self->servers[side]->pdata[0];
  else if (verdict != NULL)
    endpoint = mw_candidate_get_endpoint (verdict->candidate);
  else
    return NULL;

  if (verdict != NULL && verdict->user_name != NULL)
    user_name = verdict->user_name;
  if (user_name == NULL)
    user_name = mw_address_get_text (self->address);

  key = g_strdup_printf ("%s:%u", mw_endpoint_get_host (endpoint),
                         mw_endpoint_get_port (endpoint));
  return mw_service_new (endpoint, open ? NULL : user_name,
                         open ? MW_AUTH_NONE
                              : verdict != NULL && verdict->auth != MW_AUTH_UNKNOWN
                                ? verdict->auth : MW_AUTH_PLAIN,
                         g_hash_table_lookup (self->pins, key));
}

MwProfile *
mw_setup_make_profile (MwSetup *self)
{
  g_autoptr(MwProfile) profile = NULL;
  MwVerdict *incoming;

  g_return_val_if_fail (MW_IS_SETUP (self), NULL);

  if (self->address == NULL)
    return NULL;

  /* Saved before: the same account, with what exporters remember. */
  profile = self->saved != NULL ? mw_profile_copy (self->saved) : mw_profile_new ();
  g_clear_pointer (&profile->incoming, mw_service_free);
  g_clear_pointer (&profile->outgoing, mw_service_free);

  profile->incoming = make_service (self, MW_SIDE_INCOMING);
  if (profile->incoming == NULL)
    return NULL;
  if (!self->receive_only)
    profile->outgoing = make_service (self, MW_SIDE_OUTGOING);

  g_free (profile->address);
  profile->address = g_strdup (mw_address_get_text (self->address));
  g_free (profile->label);
  profile->label = g_strdup (self->label != NULL && *self->label != '\0'
                             ? self->label : mw_address_get_display (self->address));
  g_free (profile->sender_name);
  profile->sender_name = g_strdup (self->sender_name != NULL ? self->sender_name : "");
  g_free (profile->description);
  profile->description = g_strdup (self->description);
  g_free (profile->signature);
  profile->signature = g_strdup (self->signature);
  profile->is_default = self->make_default;
  profile->notifications = self->notifications;
  profile->own_credentials = profile->outgoing != NULL && self->outgoing_authentication &&
                             !self->same_credentials;
  profile->leave_on_server = self->leave_on_server;
  profile->delete_after_days = self->delete_after_days;
  profile->state = self->outcome;
  profile->last_checked = self->outcome != MW_OUTCOME_PENDING
                          ? g_get_real_time () / G_USEC_PER_SEC : 0;

  incoming = self->decided[MW_SIDE_INCOMING];
  if (incoming != NULL && !is_saved_server (self, incoming))
    {
      profile->origins = mw_candidate_get_origins (incoming->candidate);
      profile->grade = mw_candidate_get_grade (incoming->candidate);
    }

  return g_steal_pointer (&profile);
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
  g_autoptr(MwProfile) stored = NULL;
  Save *save;

  g_return_if_fail (MW_IS_SETUP (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, mw_setup_save_async);
  g_task_set_check_cancellable (task, FALSE);

  /* An export may have written to the file since. */
  if (self->saved != NULL)
    {
      stored = mw_profile_store_find (mw_engine_get_profile_store (self->engine),
                                      self->saved->id, NULL);
      if (stored != NULL)
        {
          mw_profile_unref (self->saved);
          self->saved = g_steal_pointer (&stored);
        }
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
  save->keep_password = keep_password && self->secrets[MW_SIDE_INCOMING] != NULL;
  g_task_set_task_data (task, save, save_free);

  if (save->keep_password)
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
mw_setup_export_async (MwSetup             *self,
                       const char          *target_id,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;

  g_return_if_fail (MW_IS_SETUP (self));
  g_return_if_fail (self->saved != NULL);
  g_return_if_fail (target_id != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, mw_setup_export_async);
  g_task_set_check_cancellable (task, FALSE);

  mw_engine_export_async (self->engine, self->saved, target_id,
                          self->secrets[MW_SIDE_INCOMING], self->secrets[MW_SIDE_OUTGOING],
                          FALSE, cancellable, on_export_done_cb, g_steal_pointer (&task));
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
