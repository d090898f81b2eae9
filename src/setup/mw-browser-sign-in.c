/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "setup/mw-browser-sign-in.h"

#include "export/mw-evolution-source.h"
#include "export/mw-thunderbird-sign-in.h"
#include "setup/mw-advice-target.h"

static guint
find_for_server (MwEndpoint *endpoint)
{
  guint programs = 0;

  if (mw_thunderbird_sign_in_is_known (endpoint))
    programs |= 1u << MW_MAIL_CLIENT_THUNDERBIRD;
  if (mw_evolution_source_get_sign_in (endpoint) != NULL)
    programs |= 1u << MW_MAIL_CLIENT_EVOLUTION;

  return programs;
}

guint
mw_browser_sign_in_find_programs (MwEndpoint *incoming,
                                  MwEndpoint *outgoing)
{
  g_return_val_if_fail (incoming != NULL, 0);

  return find_for_server (incoming) & (outgoing != NULL ? find_for_server (outgoing) : ~0u);
}

guint
mw_browser_sign_in_find_for_provider (MwProvider *provider)
{
  guint programs[2] = { 0 };

  g_return_val_if_fail (provider != NULL, 0);

  if ((provider->auth & MW_PROVIDER_AUTH_OAUTH2) == 0)
    return 0;

  for (guint i = 0; i < provider->servers->len; i++)
    {
      MwProviderServer *server = g_ptr_array_index (provider->servers, i);
      g_autoptr(MwEndpoint) endpoint = mw_endpoint_new (server->protocol, server->security,
                                                        server->host, server->port);

      programs[mw_endpoint_get_side (endpoint)] |= find_for_server (endpoint);
    }

  return programs[MW_SIDE_INCOMING] & programs[MW_SIDE_OUTGOING];
}

guint
mw_browser_sign_in_find_for_setup (MwSetup *setup)
{
  MwProvider *provider;
  GPtrArray *verdicts;
  guint programs[2] = { 0 };
  gboolean receive_only;

  g_return_val_if_fail (MW_IS_SETUP (setup), 0);

  g_object_get (setup, "receive-only", &receive_only, NULL);
  if (receive_only)
    programs[MW_SIDE_OUTGOING] = ~0u;

  verdicts = mw_setup_get_verdicts (setup);
  for (guint i = 0; i < verdicts->len; i++)
    {
      MwVerdict *verdict = g_ptr_array_index (verdicts, i);
      MwEndpoint *endpoint = mw_candidate_get_endpoint (verdict->candidate);

      programs[mw_endpoint_get_side (endpoint)] |= find_for_server (endpoint);
    }
  if (verdicts->len > 0)
    return programs[MW_SIDE_INCOMING] & programs[MW_SIDE_OUTGOING];

  provider = mw_setup_get_provider (setup);
  return provider != NULL ? mw_browser_sign_in_find_for_provider (provider) : 0;
}

guint
mw_browser_sign_in_find_installed (GPtrArray *targets)
{
  guint programs = 0;

  g_return_val_if_fail (targets != NULL, 0);

  for (guint i = 0; i < targets->len; i++)
    {
      MwExportTarget *target = g_ptr_array_index (targets, i);

      /* Out of a sandbox programs cannot be seen, only their folders. */
      if (mw_advice_can_use_target (target) && (target->is_installed || target->from_sandbox))
        programs |= 1u << target->client;
    }

  return programs;
}

gboolean
mw_browser_sign_in_is_used (MwProfile *profile)
{
  g_return_val_if_fail (profile != NULL, FALSE);

  return profile->incoming != NULL && profile->incoming->auth == MW_AUTH_OAUTH2 &&
         (profile->outgoing == NULL || profile->outgoing->auth == MW_AUTH_OAUTH2);
}

gboolean
mw_browser_sign_in_can_target (MwProfile    *profile,
                               MwMailClient  client)
{
  g_return_val_if_fail (profile != NULL, FALSE);

  for (guint side = 0; side < 2; side++)
    {
      MwService *service = mw_profile_get_service (profile, side);

      if (service != NULL && service->auth == MW_AUTH_OAUTH2 &&
          (find_for_server (service->endpoint) & (1u << client)) == 0)
        return FALSE;
    }

  return TRUE;
}
