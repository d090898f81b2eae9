/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "fuzz.h"

#include "core/mw-domain.h"
#include "setup/mw-advice-refusal.h"
#include "setup/mw-inspection.h"

/* Whatever is opened, dropped or pasted ends in a sentence, or in servers of
 * the lowest grade that can exist and are protected. */
static void
check_candidate (MwCandidate *candidate,
                 gboolean     filled_in)
{
  MwEndpoint *endpoint = mw_candidate_get_endpoint (candidate);
  g_autofree char *normal = NULL;

  g_assert_cmpint (mw_candidate_get_grade (candidate), ==, MW_GRADE_L);
  g_assert_cmpint (mw_endpoint_get_security (endpoint), !=, MW_SECURITY_NONE);
  g_assert_cmpuint (mw_endpoint_get_port (endpoint), !=, 0);
  if (!filled_in)
    return;
  normal = mw_domain_normalize (mw_endpoint_get_host (endpoint));
  g_assert_cmpstr (mw_endpoint_get_host (endpoint), ==, normal);
}

static void
check (GBytes    *content,
       MwAddress *address)
{
  g_autoptr(MwInspection) inspection = mw_inspection_new (content, address);
  const char *sentence;

  if (inspection->refusal != MW_INSPECTION_REFUSAL_NONE)
    {
      sentence = mw_advice_describe_refusal (inspection->kind, inspection->refusal);
      g_assert_true (g_str_has_suffix (sentence, "."));
      g_assert_null (inspection->link);
      return;
    }

  for (guint i = 0; i < inspection->candidates->len; i++)
    check_candidate (inspection->candidates->pdata[i], inspection->address != NULL);
  if (inspection->kind == MW_INSPECTION_KIND_LINK)
    g_assert_nonnull (inspection->link);
  else
    g_assert_null (inspection->link);
  if (inspection->kind == MW_INSPECTION_KIND_DCLOGIN)
    g_assert_nonnull (inspection->address);
  if (inspection->domain != NULL && inspection->address != NULL)
    g_assert_cmpstr (inspection->domain, ==, mw_address_get_domain (inspection->address));
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autoptr(GBytes) content = g_bytes_new_static (data, size);
  g_autoptr(MwAddress) address = mw_address_parse ("jan@example.test", NULL);

  check (content, NULL);
  check (content, address);
  return 0;
}
