/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

/* Which servers a run may connect to and hand the password to. */

#include "config.h"

#include "setup/mw-setup-private.h"

#include <string.h>

#include "core/mw-domain.h"
#include "core/mw-host-policy.h"

static gboolean
is_guess_name (MwSetup    *self,
               const char *host)
{
  static const char * const names[] = { "imap", "pop3", "pop", "mail", "smtp", NULL };
  const char *dot = strchr (host, '.');
  g_autofree char *label = NULL;

  if (dot == NULL || !g_str_equal (dot + 1, mw_address_get_domain (self->address)))
    return FALSE;

  label = g_strndup (host, dot - host);
  return g_strv_contains (names, label);
}

/* Whether a source of one of the grades names the same host. */
static gboolean
is_named_by (MwSetup    *self,
             const char *host,
             MwGrade     first,
             MwGrade     last)
{
  for (guint side = 0; self->discovery != NULL && side < 2; side++)
    {
      GPtrArray *candidates = mw_discovery_get_candidates (self->discovery, side);

      for (guint i = 0; i < candidates->len; i++)
        {
          MwGrade grade = mw_candidate_get_grade (candidates->pdata[i]);
          MwEndpoint *endpoint = mw_candidate_get_endpoint (candidates->pdata[i]);

          if (grade >= first && grade <= last &&
              g_str_equal (mw_endpoint_get_host (endpoint), host))
            return TRUE;
        }
    }

  return FALSE;
}

/* A certificate authority has confirmed that this host serves the domain. */
static gboolean
has_srv_id (MwSetup    *self,
            MwEndpoint *endpoint,
            MwTlsFacts *tls)
{
  return tls != NULL && mw_tls_facts_get_trusted (tls) && !mw_tls_facts_get_pinned (tls) &&
         mw_tls_facts_get_report (tls) != NULL &&
         mw_certificate_report_names_service (mw_tls_facts_get_report (tls),
                                              mw_endpoint_get_service (endpoint),
                                              mw_address_get_domain (self->address));
}

/* For a server typed by hand, which is connected to wherever it is: whether it
 * turned out to be in the own network. */
static gboolean
is_reached_locally (MwSetup    *self,
                    MwEndpoint *endpoint)
{
  for (guint i = 0; self->verdicts != NULL && i < self->verdicts->len; i++)
    {
      MwVerdict *verdict = self->verdicts->pdata[i];
      g_autoptr(GInetAddress) address = NULL;

      if (verdict->ip_address == NULL ||
          !mw_endpoint_equal (mw_candidate_get_endpoint (verdict->candidate), endpoint))
        continue;

      address = g_inet_address_new_from_string (verdict->ip_address);
      return address != NULL &&
             !mw_address_bytes_are_public (g_inet_address_to_bytes (address),
                                           g_inet_address_get_native_size (address));
    }

  return FALSE;
}

MwHostDecision
mw_setup_decide_host (MwCandidate *candidate,
                      MwTlsFacts  *tls,
                      gboolean     dialling,
                      gpointer     user_data)
{
  MwSetup *self = MW_SETUP (user_data);
  MwEndpoint *endpoint = mw_candidate_get_endpoint (candidate);
  const char *host = mw_endpoint_get_host (endpoint);
  MwHostFacts facts = {
    .grade = mw_candidate_get_grade (candidate),
    .domain_typed = self->domain_typed,
    .named_by_a = is_named_by (self, host, MW_GRADE_A, MW_GRADE_A),
    .named_by_b_or_c = is_named_by (self, host, MW_GRADE_B, MW_GRADE_C),
    .guess_name = is_guess_name (self, host),
    .guess_conditions = self->discovery != NULL &&
                        mw_discovery_get_guess_conditions (self->discovery, host),
    .srv_id = has_srv_id (self, endpoint, tls),
    .allowed = g_hash_table_contains (self->allowed, host),
    .reviewed = g_hash_table_contains (self->reviewed, host),
    .mail_port = mw_endpoint_is_mail_port (endpoint),
    .security_none = mw_endpoint_get_security (endpoint) == MW_SECURITY_NONE,
  };

  /* Before a name is looked up its addresses are unknown. The connector checks
   * each one and dials local ones only where this function says yes to one. */
  if (dialling)
    {
      facts.address_public = TRUE;
      if (!mw_host_policy_may_dial (&facts))
        return MW_HOST_DECISION_REFUSE;
      facts.address_public = FALSE;
      return mw_host_policy_may_dial (&facts) ? MW_HOST_DECISION_SILENT
                                              : MW_HOST_DECISION_ASK;
    }

  facts.address_public = !(facts.security_none && is_reached_locally (self, endpoint));
  return mw_host_policy_decide (&facts);
}
