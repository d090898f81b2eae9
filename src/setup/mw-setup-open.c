/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

/* A set-up filled from an account that is saved. */

#include "config.h"

#include "setup/mw-browser-sign-in.h"
#include "setup/mw-setup-edit.h"
#include "setup/mw-setup-private.h"

/* With the certificate that somebody said yes to. */
static void
take_server (MwSetup   *self,
             MwSide     side,
             MwService *service)
{
  g_autoptr(GPtrArray) endpoints = NULL;

  if (service == NULL)
    return;

  endpoints = g_ptr_array_new_with_free_func ((GDestroyNotify) mw_endpoint_unref);
  g_ptr_array_add (endpoints, mw_endpoint_ref (service->endpoint));
  mw_setup_set_servers (self, side, endpoints);
  if (service->pin != NULL)
    mw_setup_add_pin (self, service->pin, mw_endpoint_get_host (service->endpoint),
                      mw_endpoint_get_port (service->endpoint));
}

/* Whether a server may be asked without encryption was answered before the
 * account was saved. */
static void
open_service (MwSetup   *self,
              MwSide     side,
              MwService *service)
{
  take_server (self, side, service);
  if (service == NULL)
    return;

  mw_setup_set_user_name (self, side, service->user_name);
  if (mw_endpoint_get_security (service->endpoint) == MW_SECURITY_NONE)
    mw_setup_allow_host (self, mw_endpoint_get_host (service->endpoint));
}

/* What the account and its duplicate have in common. */
static void
take_options (MwSetup   *self,
              MwProfile *profile)
{
  g_object_set (self,
                "sender-name", profile->sender_name,
                "description", profile->description,
                "signature", profile->signature,
                "notifications", profile->notifications,
                "leave-on-server", profile->leave_on_server,
                "delete-after-days", profile->delete_after_days,
                "same-credentials", !profile->own_credentials,
                "receive-only", profile->outgoing == NULL,
                "outgoing-authentication",
                profile->outgoing == NULL || profile->outgoing->auth != MW_AUTH_NONE,
                "browser-sign-in", mw_browser_sign_in_is_used (profile),
                NULL);
  self->pop_entered = TRUE;
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
  take_options (self, profile);
  g_object_set (self,
                "label", profile->label,
                "make-default", profile->is_default,
                NULL);

  self->password_new = FALSE;
  mw_profile_ref (profile);
  g_clear_pointer (&self->opened, mw_profile_unref);
  self->opened = profile;
  g_clear_pointer (&self->saved, mw_profile_unref);
  self->saved = mw_profile_ref (profile);
  g_free (self->id);
  self->id = g_strdup (profile->id);
}

void
mw_setup_duplicate_profile (MwSetup   *self,
                            MwProfile *profile)
{
  g_return_if_fail (MW_IS_SETUP (self));
  g_return_if_fail (profile != NULL);

  take_server (self, MW_SIDE_INCOMING, profile->incoming);
  take_server (self, MW_SIDE_OUTGOING, profile->outgoing);
  take_options (self, profile);
}
