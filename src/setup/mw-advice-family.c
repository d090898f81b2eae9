/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include <glib/gi18n.h>

#include "setup/mw-advice.h"

/* Whether IPv6 brings an answer from anywhere else: a refusal is one, too. */
static gboolean
answers_elsewhere (GPtrArray  *verdicts,
                   MwFamily    family,
                   const char *address)
{
  for (guint i = 0; verdicts != NULL && i < verdicts->len; i++)
    {
      MwVerdict *verdict = verdicts->pdata[i];
      MwFamilyResult *result = verdict->families != NULL ? &verdict->families->results[family]
                                                         : NULL;

      if (result != NULL && g_strcmp0 (result->address, address) != 0 &&
          (result->outcome == MW_OUTCOME_WORKS || result->outcome == MW_OUTCOME_REFUSED))
        return TRUE;
    }

  return FALSE;
}

char *
mw_advice_describe_family (MwVerdict *verdict,
                           GPtrArray *verdicts)
{
  const char *host;
  MwFamilyResult *ipv6;

  g_return_val_if_fail (verdict != NULL, NULL);

  if (verdict->families == NULL)
    return NULL;

  host = mw_endpoint_get_host (mw_candidate_get_endpoint (verdict->candidate));
  ipv6 = &verdict->families->results[MW_FAMILY_IPV6];

  if (mw_family_report_is_broken (verdict->families, MW_FAMILY_IPV4))
    /* Translators: IPv4 and IPv6 are the two kinds of Internet addresses; %s is
     * a server's name. */
    return g_strdup_printf (_("IPv4 is broken at %s, IPv6 works."), host);

  if (!mw_family_report_is_broken (verdict->families, MW_FAMILY_IPV6))
    return NULL;

  /* Who refuses has been reached. Silence may begin at this computer. */
  if (ipv6->outcome == MW_OUTCOME_REFUSED ||
      answers_elsewhere (verdicts, MW_FAMILY_IPV6, ipv6->address))
    /* Translators: %s is a server's name. */
    return g_strdup_printf (_("IPv6 is broken at %s, IPv4 works. Mail programs may have to "
                              "wait at every connection."), host);

  /* Translators: %s is a server's name. */
  return g_strdup_printf (_("This computer’s IPv6 does not reach %s, IPv4 works."), host);
}
