/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "setup/mw-setup-edit.h"

#include "setup/mw-setup-private.h"

static gboolean
service_is_same (MwService *a,
                 MwService *b)
{
  if (a == NULL || b == NULL)
    return a == b;

  return mw_endpoint_equal (a->endpoint, b->endpoint) &&
         g_strcmp0 (a->user_name, b->user_name) == 0 &&
         a->auth == b->auth &&
         g_strcmp0 (a->pin, b->pin) == 0;
}

static gboolean
was_proved (MwProfile *profile)
{
  return profile->state == MW_OUTCOME_WORKS || profile->state == MW_OUTCOME_IN_USE;
}

static gboolean
uses_password (MwProfile *profile,
               MwSide     side)
{
  MwService *outgoing = profile->outgoing;

  if (side == MW_SIDE_OUTGOING)
    return profile->own_credentials;

  return outgoing != NULL && outgoing->auth != MW_AUTH_NONE && !profile->own_credentials;
}

guint
mw_setup_edit_find_unproved (MwProfile *saved,
                             MwProfile *edited,
                             guint      passwords)
{
  guint unproved = 0;
  guint all = 1u << MW_SIDE_INCOMING;

  g_return_val_if_fail (edited != NULL, MW_SETUP_EDIT_BOTH);

  if (edited->outgoing != NULL)
    all |= 1u << MW_SIDE_OUTGOING;
  if (saved == NULL || g_strcmp0 (saved->address, edited->address) != 0)
    return all;

  if (!service_is_same (saved->incoming, edited->incoming) ||
      (passwords & (1u << MW_SIDE_INCOMING)) != 0)
    unproved |= 1u << MW_SIDE_INCOMING;

  if (edited->outgoing != NULL &&
      (!service_is_same (saved->outgoing, edited->outgoing) ||
       saved->own_credentials != edited->own_credentials ||
       ((passwords & (1u << MW_SIDE_INCOMING)) != 0 && uses_password (edited, MW_SIDE_INCOMING)) ||
       ((passwords & (1u << MW_SIDE_OUTGOING)) != 0 && uses_password (edited, MW_SIDE_OUTGOING))))
    unproved |= 1u << MW_SIDE_OUTGOING;

  return unproved != 0 && !was_proved (saved) ? all : unproved;
}

/* What the proof from the time the account was saved would look like now. */
static MwVerdict *
make_verdict (MwProfile *profile,
              MwSide     side)
{
  MwService *service = mw_profile_get_service (profile, side);
  g_autoptr(MwCandidate) candidate = NULL;
  MwVerdict *verdict;

  candidate = mw_candidate_new (service->endpoint, MW_ORIGIN_MANUAL, MW_GRADE_U, NULL,
                                service->auth, 0);
  verdict = mw_verdict_new (candidate);
  verdict->outcome = MW_OUTCOME_WORKS;
  verdict->stage = MW_STAGE_DONE;
  verdict->auth = service->auth;
  verdict->user_name = g_strdup (service->user_name);
  if (side == MW_SIDE_INCOMING && profile->folders != NULL)
    verdict->folders = mw_mail_folders_ref (profile->folders);
  return verdict;
}

guint
mw_setup_keep_proofs (MwSetup *self)
{
  g_autoptr(MwProfile) edited = NULL;
  guint unproved;

  g_return_val_if_fail (MW_IS_SETUP (self), MW_SETUP_EDIT_BOTH);
  g_return_val_if_fail (self->task == NULL, MW_SETUP_EDIT_BOTH);

  edited = mw_setup_make_profile (self);
  if (edited == NULL)
    return MW_SETUP_EDIT_BOTH;

  unproved = mw_setup_edit_find_unproved (self->saved, edited, self->passwords_typed);
  for (guint side = 0; side < 2; side++)
    {
      if ((unproved & (1u << side)) != 0 || self->proved[side] ||
          mw_profile_get_service (edited, side) == NULL)
        continue;

      g_clear_pointer (&self->decided[side], mw_verdict_unref);
      self->decided[side] = make_verdict (self->saved, side);
      self->proved[side] = TRUE;
      self->stale[side] = FALSE;
    }

  /* What an earlier run said was of settings that were taken back. */
  if (unproved == 0)
    mw_setup_clear_results (self);
  return unproved;
}

void
mw_setup_set_kept_password (MwSetup  *self,
                            MwSide    side,
                            MwSecret *secret)
{
  g_return_if_fail (MW_IS_SETUP (self));
  g_return_if_fail (secret != NULL);

  if (self->secrets[side] != NULL)
    return;

  self->secrets[side] = mw_secret_ref (secret);
  mw_redactor_add_secret (self->redactor, mw_secret_peek (secret),
                          mw_secret_get_length (secret));
}

gboolean
mw_setup_is_changed (MwSetup *self)
{
  g_autoptr(MwProfile) edited = NULL;
  g_autoptr(MwProfile) normal = NULL;

  g_return_val_if_fail (MW_IS_SETUP (self), FALSE);

  if (self->passwords_typed != 0 || self->saved == NULL)
    return TRUE;

  edited = mw_setup_make_profile (self);
  if (edited == NULL)
    return TRUE;

  /* No text and empty text are the same to a person, and what a run found out
   * is nothing that somebody typed. */
  normal = mw_profile_copy (self->saved);
  normal->state = edited->state;
  normal->last_checked = edited->last_checked;
  for (guint i = 0; i < 2; i++)
    {
      char **description = i == 0 ? &normal->description : &edited->description;
      char **signature = i == 0 ? &normal->signature : &edited->signature;

      if (*description == NULL)
        *description = g_strdup ("");
      if (*signature == NULL)
        *signature = g_strdup ("");
    }
  if (normal->sender_name == NULL)
    normal->sender_name = g_strdup ("");
  return !mw_profile_equal (normal, edited);
}

gboolean
mw_setup_is_other_address (MwSetup *self)
{
  g_return_val_if_fail (MW_IS_SETUP (self), FALSE);

  return self->opened != NULL && self->saved == NULL;
}
