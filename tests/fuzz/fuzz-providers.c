/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include <string.h>

#include "fuzz.h"

#include "discovery/mw-provider-candidates.h"
#include "discovery/mw-provider-table.h"

/* What somebody put into providers.d is read as far as it makes sense, and
 * never trusted. */
static void
check_provider (MwProvider *provider,
                MwAddress  *address)
{
  g_autoptr(GPtrArray) candidates = NULL;

  g_assert_false (mw_provider_is_confirmed (provider));
  g_assert_nonnull (provider->name);
  g_assert_true (g_utf8_validate (provider->name, -1, NULL));
  g_assert_null (provider->help_uri);

  candidates = g_ptr_array_new_with_free_func ((GDestroyNotify) mw_candidate_unref);
  mw_provider_candidates_add (candidates, provider, TRUE, address, "mx.example.test",
                              MW_ORIGIN_PROVIDER);
  for (guint i = 0; i < candidates->len; i++)
    {
      MwCandidate *candidate = g_ptr_array_index (candidates, i);
      MwEndpoint *endpoint = mw_candidate_get_endpoint (candidate);

      g_assert_cmpint (mw_candidate_get_grade (candidate), ==, MW_GRADE_D);
      g_assert_cmpint (mw_endpoint_get_security (endpoint), !=, MW_SECURITY_NONE);
      g_assert_cmpuint (mw_endpoint_get_port (endpoint), !=, 0);
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autoptr(MwProviderTable) table = mw_provider_table_new ();
  g_autoptr(MwAddress) address = mw_address_parse ("jan@example.test", NULL);
  g_autoptr(GError) error = NULL;
  GPtrArray *providers;
  gboolean whole;

  whole = mw_provider_table_add (table, (const char *) data, size, FALSE, &error);
  g_assert_true (whole == (error == NULL));

  providers = mw_provider_table_get_providers (table);
  for (guint i = 0; i < providers->len; i++)
    check_provider (g_ptr_array_index (providers, i), address);
  mw_provider_table_lookup_domain (table, "example.test");
  mw_provider_table_lookup_mx (table, "mx.example.test");

  return 0;
}
