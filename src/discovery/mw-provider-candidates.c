/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "discovery/mw-provider-candidates.h"

static const char *
get_host (MwProviderServer *server,
          const char       *exchanger)
{
  if (g_str_equal (server->host, "{mx}"))
    return exchanger;

  return server->host;
}

void
mw_provider_candidates_add (GPtrArray  *candidates,
                            MwProvider *provider,
                            gboolean    confirmed,
                            MwAddress  *address,
                            const char *exchanger,
                            MwOrigin    origin)
{
  g_return_if_fail (candidates != NULL);
  g_return_if_fail (provider != NULL);
  g_return_if_fail (address != NULL);

  for (guint i = 0; i < provider->servers->len; i++)
    {
      MwProviderServer *server = g_ptr_array_index (provider->servers, i);
      const char *host = get_host (server, exchanger);
      MwGrade grade = confirmed && server->confirmed ? MW_GRADE_A : MW_GRADE_D;
      g_autoptr(MwEndpoint) endpoint = NULL;
      g_auto(GStrv) user_names = NULL;

      if (host == NULL)
        continue;

      endpoint = mw_endpoint_new (server->protocol, server->security, host, server->port);
      user_names = mw_provider_dup_user_names (provider, server->protocol,
                                               mw_address_get_local_part (address),
                                               mw_address_get_domain (address));
      g_ptr_array_add (candidates,
                       mw_candidate_new_for_provider (endpoint, origin, grade,
                                                      (const char * const *) user_names,
                                                      candidates->len, provider));
    }
}
