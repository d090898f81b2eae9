/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "probe/mw-portal.h"

#include <string.h>

#include "core/mw-domain.h"

static const char *
get_host (const MwPortalWitness *witness)
{
  return mw_endpoint_get_host (mw_candidate_get_endpoint (witness->verdict->candidate));
}

/* The certificate somebody showed in vain. */
static MwCertificateReport *
get_report (MwVerdict *verdict)
{
  MwCertificateReport *report;

  if (verdict->tls == NULL || mw_tls_facts_get_trusted (verdict->tls))
    return NULL;

  report = mw_tls_facts_get_report (verdict->tls);
  return report != NULL && mw_certificate_report_get_sha256 (report) != NULL ? report : NULL;
}

static gboolean
shows (MwVerdict  *verdict,
       const char *sha256)
{
  MwCertificateReport *report = get_report (verdict);

  return report != NULL && g_str_equal (mw_certificate_report_get_sha256 (report), sha256);
}

static gboolean
speaks_mail (MwVerdict *verdict)
{
  MwEndpoint *endpoint = mw_candidate_get_endpoint (verdict->candidate);

  return verdict->tls != NULL && mw_endpoint_get_security (endpoint) == MW_SECURITY_STARTTLS;
}

static gboolean
are_public (GPtrArray *addresses)
{
  for (guint i = 0; i < addresses->len; i++)
    {
      GInetAddress *address = addresses->pdata[i];

      if (!mw_address_bytes_are_public (g_inet_address_to_bytes (address),
                                        g_inet_address_get_native_size (address)))
        return FALSE;
    }

  return TRUE;
}

/* What is not known of an address may be the same place. */
static gboolean
are_apart (const MwPortalWitness *one,
           const MwPortalWitness *other)
{
  if (one->addresses == NULL || one->addresses->len == 0 || other->addresses == NULL ||
      other->addresses->len == 0)
    return FALSE;

  for (guint i = 0; i < one->addresses->len; i++)
    {
      for (guint j = 0; j < other->addresses->len; j++)
        {
          if (g_inet_address_equal (one->addresses->pdata[i], other->addresses->pdata[j]))
            return FALSE;
        }
    }

  return are_public (one->addresses) && are_public (other->addresses);
}

static const char *
get_registrable (const char *name)
{
  const char *registrable = mw_domain_get_registrable (name);

  return registrable != NULL ? registrable : name;
}

/* Whether @host is of the people the certificate was made for. The subject is
 * looked at, too: home-made certificates often have nothing else. */
static gboolean
names (MwCertificateReport *report,
       const char          *host)
{
  const char *home = get_registrable (host);
  const char * const *list = mw_certificate_report_get_names (report);
  const char *subject = mw_certificate_report_get_subject (report);

  for (gsize i = 0; list != NULL && list[i] != NULL; i++)
    {
      const char *bare = g_str_has_prefix (list[i], "*.") ? list[i] + 2 : list[i];
      g_autofree char *name = g_ascii_strdown (bare, -1);

      if (g_str_equal (get_registrable (name), home))
        return TRUE;
    }

  if (subject != NULL)
    {
      g_autofree char *lower = g_ascii_strdown (subject, -1);

      return strstr (lower, home) != NULL;
    }

  return FALSE;
}

/* An authority known here stands behind it; only the name is another. */
static gboolean
is_only_misnamed (MwCertificateReport *report)
{
  gsize n_problems;
  const MwOutcome *problems = mw_certificate_report_get_problems (report, &n_problems);

  for (gsize i = 0; i < n_problems; i++)
    {
      if (problems[i] != MW_OUTCOME_CERT_NAME)
        return FALSE;
    }

  return TRUE;
}

static gboolean
contradict (const MwPortalWitness *one,
            const MwPortalWitness *other)
{
  MwCertificateReport *report = get_report (one->verdict);
  const char *host = get_host (one);
  const char *other_host = get_host (other);

  if (report == NULL || !shows (other->verdict, mw_certificate_report_get_sha256 (report)))
    return FALSE;

  if (mw_domain_is_ip_literal (host) || mw_domain_is_ip_literal (other_host) ||
      g_str_equal (host, other_host) || !are_apart (one, other))
    return FALSE;

  if (names (report, host) || names (report, other_host))
    return FALSE;

  return !is_only_misnamed (report) ||
         !g_str_equal (get_registrable (host), get_registrable (other_host));
}

static gboolean
is_mail_servers (const MwPortalWitness *witnesses,
                 gsize                  n_witnesses,
                 const char            *sha256)
{
  for (gsize i = 0; i < n_witnesses; i++)
    {
      if (speaks_mail (witnesses[i].verdict) && shows (witnesses[i].verdict, sha256))
        return TRUE;
    }

  return FALSE;
}

const char *
mw_portal_find_certificate (const MwPortalWitness *witnesses,
                            gsize                  n_witnesses)
{
  g_return_val_if_fail (witnesses != NULL || n_witnesses == 0, NULL);

  for (gsize i = 0; i < n_witnesses; i++)
    {
      for (gsize j = i + 1; j < n_witnesses; j++)
        {
          const char *sha256;

          if (!contradict (&witnesses[i], &witnesses[j]))
            continue;

          sha256 = mw_certificate_report_get_sha256 (get_report (witnesses[i].verdict));
          if (!is_mail_servers (witnesses, n_witnesses, sha256))
            return sha256;
        }
    }

  return NULL;
}
