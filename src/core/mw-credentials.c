/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "core/mw-credentials.h"

struct _MwCredentials
{
  MwEndpoint *endpoint;
  char       *user_name;
  MwSecret   *secret;
};

G_DEFINE_BOXED_TYPE (MwCredentials, mw_credentials, mw_credentials_ref, mw_credentials_unref)

static void
mw_credentials_clear (gpointer data)
{
  MwCredentials *self = data;

  mw_endpoint_unref (self->endpoint);
  g_free (self->user_name);
  mw_secret_unref (self->secret);
}

MwCredentials *
mw_credentials_new (MwEndpoint *endpoint,
                    const char *user_name,
                    MwSecret   *secret)
{
  MwCredentials *self;

  g_return_val_if_fail (endpoint != NULL, NULL);
  g_return_val_if_fail (user_name != NULL, NULL);
  g_return_val_if_fail (secret != NULL, NULL);

  self = g_rc_box_new0 (MwCredentials);
  self->endpoint = mw_endpoint_ref (endpoint);
  self->user_name = g_strdup (user_name);
  self->secret = mw_secret_ref (secret);
  return self;
}

MwCredentials *
mw_credentials_ref (MwCredentials *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_rc_box_acquire (self);
}

void
mw_credentials_unref (MwCredentials *self)
{
  g_return_if_fail (self != NULL);

  g_rc_box_release_full (self, mw_credentials_clear);
}

MwEndpoint *
mw_credentials_get_endpoint (MwCredentials *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->endpoint;
}

const char *
mw_credentials_get_user_name (MwCredentials *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->user_name;
}

MwSecret *
mw_credentials_get_secret (MwCredentials *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->secret;
}
