/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "setup/mw-setup-trust.h"

#include "core/mw-host-policy.h"
#include "net/mw-certificate-der.h"
#include "setup/mw-engine-private.h"
#include "setup/mw-setup-private.h"

static MwCertificateReport *
get_untrusted_report (MwVerdict *verdict)
{
  if (verdict == NULL || verdict->tls == NULL || mw_tls_facts_get_trusted (verdict->tls))
    return NULL;

  return mw_tls_facts_get_report (verdict->tls);
}

static gboolean
has_problem (MwCertificateReport *report,
             MwOutcome            problem)
{
  const MwOutcome *problems;
  gsize n_problems;

  problems = mw_certificate_report_get_problems (report, &n_problems);
  for (gsize i = 0; i < n_problems; i++)
    {
      if (problems[i] == problem)
        return TRUE;
    }

  return FALSE;
}

MwVerdict *
mw_setup_get_certificate_verdict (MwSetup *self)
{
  g_return_val_if_fail (MW_IS_SETUP (self), NULL);

  for (guint side = 0; side < 2; side++)
    {
      MwCertificateReport *report = get_untrusted_report (self->decided[side]);
      gsize n_problems = 0;

      if (report != NULL)
        mw_certificate_report_get_problems (report, &n_problems);
      if (n_problems > 0)
        return self->decided[side];
    }

  return NULL;
}

gboolean
mw_setup_may_trust_certificate (MwSetup   *self,
                                MwVerdict *verdict)
{
  MwCertificateReport *report = get_untrusted_report (verdict);
  MwHostFacts facts = { 0 };
  MwEndpoint *endpoint;

  g_return_val_if_fail (MW_IS_SETUP (self), FALSE);

  if (report == NULL || self->outcome == MW_OUTCOME_PORTAL ||
      has_problem (report, MW_OUTCOME_CERT_REVOKED) ||
      has_problem (report, MW_OUTCOME_CERT_WEAK))
    return FALSE;

  endpoint = mw_candidate_get_endpoint (verdict->candidate);
  facts.grade = mw_candidate_get_grade (verdict->candidate);
  facts.security_none = mw_endpoint_get_security (endpoint) == MW_SECURITY_NONE;
  facts.built_in = mw_provider_table_has_server (mw_engine_get_providers (self->engine),
                                                 mw_endpoint_get_host (endpoint));

  return mw_host_policy_may_pin (&facts);
}

void
mw_setup_trust_certificate (MwSetup   *self,
                            MwVerdict *verdict)
{
  MwCertificateReport *report = get_untrusted_report (verdict);
  gsize n_problems;
  gboolean valid;
  const char *host;
  const char *sha256;

  g_return_if_fail (mw_setup_may_trust_certificate (self, verdict));

  host = mw_endpoint_get_host (mw_candidate_get_endpoint (verdict->candidate));
  sha256 = mw_certificate_report_get_sha256 (report);
  mw_certificate_report_get_problems (report, &n_problems);
  valid = n_problems == 1 && has_problem (report, MW_OUTCOME_CERT_PIN_CHANGED);

  for (guint i = 0; i < self->verdicts->len; i++)
    {
      MwVerdict *other = self->verdicts->pdata[i];
      MwCertificateReport *shown = get_untrusted_report (other);
      MwEndpoint *endpoint = mw_candidate_get_endpoint (other->candidate);
      g_autofree char *key = mw_setup_make_pin_key (endpoint);

      if (shown == NULL || !g_str_equal (mw_endpoint_get_host (endpoint), host) ||
          g_strcmp0 (mw_certificate_report_get_sha256 (shown), sha256) != 0)
        continue;

      if (valid)
        g_hash_table_remove (self->pins, key);
      else
        mw_setup_add_pin (self, sha256, host, mw_endpoint_get_port (endpoint));
    }
}

MwCertificate *
mw_setup_dup_former_certificate (MwSetup   *self,
                                 MwVerdict *verdict)
{
  g_autoptr(MwCertificate) former = NULL;
  g_autofree char *key = NULL;
  const char *pin;

  g_return_val_if_fail (MW_IS_SETUP (self), NULL);
  g_return_val_if_fail (verdict != NULL, NULL);

  key = mw_setup_make_pin_key (mw_candidate_get_endpoint (verdict->candidate));
  pin = g_hash_table_lookup (self->pins, key);
  if (pin == NULL)
    return NULL;

  for (guint side = 0; self->saved != NULL && side < 2; side++)
    {
      MwService *service = mw_profile_get_service (self->saved, side);
      g_autoptr(MwCertificate) certificate = NULL;

      if (service == NULL || service->certificate == NULL)
        continue;
      certificate = mw_certificate_new_from_der (service->certificate);
      if (g_strcmp0 (certificate->sha256, pin) == 0)
        return g_steal_pointer (&certificate);
    }

  former = mw_certificate_new ();
  former->sha256 = g_strdup (pin);
  return g_steal_pointer (&former);
}
