/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "setup/mw-setup-review.h"

#include "setup/mw-engine-private.h"
#include "setup/mw-setup-private.h"

/* The same sureness that makes a candidate of our list one of grade A. */
static gboolean
is_listed (GPtrArray  *matches,
           const char *host)
{
  for (guint i = 0; matches != NULL && i < matches->len; i++)
    {
      MwProviderMatch *match = matches->pdata[i];
      GPtrArray *servers = match->provider->servers;

      for (guint j = 0; match->confirmed && j < servers->len; j++)
        {
          MwProviderServer *server = servers->pdata[j];

          if (server->confirmed && g_str_equal (server->host, host))
            return TRUE;
        }
    }

  return FALSE;
}

gboolean
mw_setup_review_needs_consent (MwEngine     *engine,
                               MwInspection *inspection)
{
  GPtrArray *matches;

  g_return_val_if_fail (MW_IS_ENGINE (engine), TRUE);
  g_return_val_if_fail (inspection != NULL, TRUE);

  if (inspection->address == NULL)
    return TRUE;

  matches = mw_provider_table_lookup_domain (mw_engine_get_providers (engine),
                                             mw_address_get_domain (inspection->address));
  for (guint i = 0; i < inspection->candidates->len; i++)
    {
      MwEndpoint *endpoint = mw_candidate_get_endpoint (inspection->candidates->pdata[i]);

      if (!is_listed (matches, mw_endpoint_get_host (endpoint)))
        return TRUE;
    }

  return FALSE;
}

void
mw_setup_take_inspection (MwSetup      *self,
                          MwInspection *inspection,
                          gboolean      consent)
{
  g_return_if_fail (MW_IS_SETUP (self));
  g_return_if_fail (self->address != NULL);
  g_return_if_fail (inspection != NULL);

  mw_setup_drop_inspection (self);
  self->suggestions = g_ptr_array_ref (inspection->candidates);
  for (guint i = 0; consent && i < inspection->candidates->len; i++)
    {
      MwEndpoint *endpoint = mw_candidate_get_endpoint (inspection->candidates->pdata[i]);

      g_hash_table_add (self->reviewed, g_strdup (mw_endpoint_get_host (endpoint)));
    }

  if (inspection->incoming_password != NULL)
    mw_setup_set_password (self, MW_SIDE_INCOMING, inspection->incoming_password);
  if (inspection->outgoing_password != NULL && inspection->incoming_password != NULL &&
      !mw_secret_equal (inspection->outgoing_password, inspection->incoming_password))
    {
      g_object_set (self, "same-credentials", FALSE, NULL);
      mw_setup_set_password (self, MW_SIDE_OUTGOING, inspection->outgoing_password);
    }
}

gboolean
mw_setup_has_inspection (MwSetup *self)
{
  g_return_val_if_fail (MW_IS_SETUP (self), FALSE);

  return self->suggestions != NULL;
}

void
mw_setup_drop_inspection (MwSetup *self)
{
  g_return_if_fail (MW_IS_SETUP (self));

  g_clear_pointer (&self->suggestions, g_ptr_array_unref);
  g_hash_table_remove_all (self->reviewed);
}
