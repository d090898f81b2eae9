/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "setup/mw-setup-review.h"

#include "core/mw-foreign-words.h"
#include "setup/mw-advice-refusal.h"
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

/* What a provider calls itself is no name for an account. */
static void
suggest_label (MwSetup      *self,
               MwInspection *inspection)
{
  const char *name = NULL;
  g_autofree char *clean = NULL;

  if (inspection->link != NULL)
    name = inspection->link->account_name;
  else if (inspection->kind == MW_INSPECTION_KIND_MOBILECONFIG)
    name = inspection->label;

  clean = mw_foreign_words_clean (name, MW_SETUP_LINK_MAX_TEXT);
  if (*clean == '\0' || (self->label != NULL && *self->label != '\0'))
    return;

  g_object_set (self, "label", clean, NULL);
  self->suggested_label = g_steal_pointer (&clean);
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
  /* Whoever wrote the link chose the domain, though the person typed the rest. */
  if (inspection->domain != NULL)
    self->domain_typed = FALSE;
  self->suggestions = g_ptr_array_ref (inspection->candidates);
  suggest_label (self, inspection);
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
mw_setup_is_contradicted (MwSetup     *self,
                          MwCandidate *suggestion)
{
  MwEndpoint *endpoint = mw_candidate_get_endpoint (suggestion);
  GPtrArray *found;
  gboolean others = FALSE;

  if (self->discovery == NULL)
    return FALSE;

  found = mw_discovery_get_candidates (self->discovery, mw_endpoint_get_side (endpoint));
  for (guint i = 0; i < found->len; i++)
    {
      MwEndpoint *other = mw_candidate_get_endpoint (found->pdata[i]);

      if (mw_candidate_get_grade (found->pdata[i]) > MW_GRADE_C)
        continue;
      if (g_str_equal (mw_endpoint_get_host (other), mw_endpoint_get_host (endpoint)))
        return FALSE;
      others = TRUE;
    }

  return others;
}

static gboolean
is_followed (MwVerdict  *decided,
             const char *host)
{
  return decided == NULL ||
         g_str_equal (mw_endpoint_get_host (mw_candidate_get_endpoint (decided->candidate)), host);
}

char **
mw_setup_dup_unused_hosts (MwSetup *self)
{
  g_autoptr(GPtrArray) hosts = g_ptr_array_new_with_free_func (g_free);

  g_return_val_if_fail (MW_IS_SETUP (self), NULL);

  for (guint i = 0; self->suggestions != NULL && i < self->suggestions->len; i++)
    {
      MwEndpoint *endpoint = mw_candidate_get_endpoint (self->suggestions->pdata[i]);
      const char *host = mw_endpoint_get_host (endpoint);

      if (!is_followed (self->decided[mw_endpoint_get_side (endpoint)], host) &&
          !g_ptr_array_find_with_equal_func (hosts, host, g_str_equal, NULL))
        g_ptr_array_add (hosts, g_strdup (host));
    }

  g_ptr_array_add (hosts, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&hosts), FALSE);
}

char *
mw_setup_describe_unused_hosts (MwSetup *self)
{
  g_auto(GStrv) hosts = mw_setup_dup_unused_hosts (self);
  guint origins = 0;

  g_return_val_if_fail (MW_IS_SETUP (self), NULL);

  if (hosts[0] == NULL)
    return NULL;

  origins = mw_candidate_get_origins (self->suggestions->pdata[0]);
  return mw_advice_describe_unused_hosts ((const char * const *) hosts,
                                          (origins & 1u << MW_ORIGIN_LINK) != 0);
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
  if (self->suggested_label != NULL && g_strcmp0 (self->label, self->suggested_label) == 0)
    g_object_set (self, "label", NULL, NULL);
  g_clear_pointer (&self->suggested_label, g_free);
}
