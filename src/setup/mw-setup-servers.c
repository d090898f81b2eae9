/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "setup/mw-setup-servers.h"

#include <gio/gio.h>

#include "core/mw-domain.h"
#include "core/mw-host-policy.h"
#include "setup/mw-setup-private.h"

static MwSide
get_side (MwProtocol protocol)
{
  return protocol == MW_PROTOCOL_SMTP ? MW_SIDE_OUTGOING : MW_SIDE_INCOMING;
}

static MwEndpoint *
find_typed (MwSetup    *self,
            MwProtocol  protocol)
{
  GPtrArray *servers = self->servers[get_side (protocol)];

  for (guint i = 0; servers != NULL && i < servers->len; i++)
    {
      if (mw_endpoint_get_protocol (servers->pdata[i]) == protocol)
        return servers->pdata[i];
    }

  return NULL;
}

/* A server that told what it can do. Without a valid certificate nobody knows
 * which server that was. */
static gboolean
has_answered (MwVerdict *verdict)
{
  gboolean encrypted = mw_endpoint_get_security (mw_candidate_get_endpoint (verdict->candidate)) !=
                       MW_SECURITY_NONE;

  if (verdict->stage < MW_STAGE_CAPABILITY)
    return FALSE;
  return !encrypted || (verdict->tls != NULL && mw_tls_facts_get_trusted (verdict->tls));
}

/* What the run decided on counts most; the other probes stand in the order of
 * preference. */
static MwEndpoint *
find_verdict (MwSetup    *self,
              MwProtocol  protocol,
              gboolean    answered)
{
  MwVerdict *decided = self->decided[get_side (protocol)];

  if (decided != NULL && (!answered || has_answered (decided)) &&
      mw_endpoint_get_protocol (mw_candidate_get_endpoint (decided->candidate)) == protocol)
    return mw_candidate_get_endpoint (decided->candidate);

  for (guint i = 0; i < self->verdicts->len; i++)
    {
      MwVerdict *verdict = self->verdicts->pdata[i];
      MwEndpoint *endpoint = mw_candidate_get_endpoint (verdict->candidate);

      if (mw_endpoint_get_protocol (endpoint) == protocol &&
          (!answered || has_answered (verdict)))
        return endpoint;
    }

  return NULL;
}

static MwEndpoint *
find_saved (MwSetup    *self,
            MwProtocol  protocol)
{
  MwService *service;

  if (self->saved == NULL)
    return NULL;

  service = mw_profile_get_service (self->saved, get_side (protocol));
  if (service != NULL && mw_endpoint_get_protocol (service->endpoint) == protocol)
    return service->endpoint;

  for (guint i = 0; i < self->saved->alternatives->len; i++)
    {
      service = self->saved->alternatives->pdata[i];
      if (mw_endpoint_get_protocol (service->endpoint) == protocol)
        return service->endpoint;
    }

  return NULL;
}

static MwEndpoint *
make_guess (MwSetup    *self,
            MwProtocol  protocol)
{
  const char *prefix = "imap";
  g_autofree char *host = NULL;

  if (protocol == MW_PROTOCOL_POP3)
    prefix = "pop3";
  else if (protocol == MW_PROTOCOL_SMTP)
    prefix = "smtp";
  host = g_strdup_printf ("%s.%s", prefix, mw_address_get_domain (self->address));

  return mw_endpoint_new (protocol, MW_SECURITY_TLS, host, 0);
}

MwEndpoint *
mw_setup_suggest_server (MwSetup       *self,
                         MwProtocol     protocol,
                         MwServerBasis *out_basis)
{
  MwEndpoint *found;

  g_return_val_if_fail (MW_IS_SETUP (self), NULL);
  g_return_val_if_fail (out_basis != NULL, NULL);

  *out_basis = MW_SERVER_BASIS_TYPED;
  found = find_typed (self, protocol);
  if (found != NULL)
    return mw_endpoint_ref (found);

  *out_basis = MW_SERVER_BASIS_ANSWERED;
  found = find_verdict (self, protocol, TRUE);
  if (found == NULL)
    found = find_saved (self, protocol);
  if (found != NULL)
    return mw_endpoint_ref (found);

  *out_basis = MW_SERVER_BASIS_SILENT;
  found = find_verdict (self, protocol, FALSE);
  if (found != NULL)
    return mw_endpoint_ref (found);

  *out_basis = MW_SERVER_BASIS_GUESS;
  return self->address != NULL ? make_guess (self, protocol) : NULL;
}

/* Of a name nobody looked up, the worst is taken for granted. */
static gboolean
may_be_public (const char *host)
{
  g_autoptr(GInetAddress) address = g_inet_address_new_from_string (host);

  if (g_str_equal (host, "localhost"))
    return FALSE;

  return address == NULL ||
         mw_address_bytes_are_public (g_inet_address_to_bytes (address),
                                      g_inet_address_get_native_size (address));
}

/* A run that came as far as the log-in had its question answered. */
static gboolean
was_asked_about (MwSetup    *self,
                 MwSide      side,
                 MwEndpoint *endpoint)
{
  MwVerdict *verdict = self->decided[side];

  return !self->stale[side] && mw_setup_verdict_works (verdict) &&
         mw_endpoint_equal (mw_candidate_get_endpoint (verdict->candidate), endpoint);
}

char **
mw_setup_dup_unconfirmed_hosts (MwSetup *self)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr(MwProfile) profile = NULL;
  const char *former = NULL;

  g_return_val_if_fail (MW_IS_SETUP (self), NULL);

  profile = mw_setup_make_profile (self);
  for (guint side = 0; profile != NULL && side < 2; side++)
    {
      MwService *service = mw_profile_get_service (profile, side);
      const char *host = service != NULL ? mw_endpoint_get_host (service->endpoint) : NULL;
      MwHostFacts facts = { .grade = MW_GRADE_U, .domain_typed = self->domain_typed };

      if (service == NULL || was_asked_about (self, side, service->endpoint))
        continue;

      facts.allowed = g_hash_table_contains (self->allowed, host);
      facts.mail_port = mw_endpoint_is_mail_port (service->endpoint);
      facts.security_none = mw_endpoint_get_security (service->endpoint) == MW_SECURITY_NONE;
      facts.address_public = may_be_public (host);
      if (mw_host_policy_decide (&facts) == MW_HOST_DECISION_SILENT ||
          g_strcmp0 (host, former) == 0)
        continue;

      g_strv_builder_add (builder, host);
      former = host;
    }

  return g_strv_builder_end (builder);
}
