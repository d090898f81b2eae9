/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "fuzz.h"

#include "core/mw-domain.h"
#include "discovery/mw-autoconfig-xml.h"

/* Whatever a web server sends instead of settings is refused, or gives servers
 * that can exist, protected ones, of the grade it was fetched with. */
static void
check_candidate (MwCandidate *candidate)
{
  MwEndpoint *endpoint = mw_candidate_get_endpoint (candidate);
  const char *host = mw_endpoint_get_host (endpoint);
  const char * const *users = mw_candidate_get_user_names (candidate);
  g_autofree char *normal = mw_domain_normalize (host);

  g_assert_cmpstr (host, ==, normal);
  g_assert_false (mw_domain_is_ip_literal (host));
  g_assert_cmpint (mw_candidate_get_grade (candidate), ==, MW_GRADE_B);
  g_assert_cmpint (mw_endpoint_get_security (endpoint), !=, MW_SECURITY_NONE);
  g_assert_cmpuint (mw_endpoint_get_port (endpoint), !=, 0);
  if (users != NULL)
    g_assert_true (g_utf8_validate (users[0], -1, NULL));
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autoptr(MwAddress) address = mw_address_parse ("jan%EMAILDOMAIN%@example.test", NULL);
  g_autoptr(MwAutoconfigXml) document = NULL;
  g_autoptr(GError) error = NULL;

  document = mw_autoconfig_xml_parse ((const char *) data, size, address,
                                      MW_ORIGIN_AUTOCONFIG, MW_GRADE_B, &error);
  g_assert_true ((document == NULL) == (error != NULL));
  if (document == NULL)
    return 0;

  for (guint i = 0; i < document->candidates->len; i++)
    check_candidate (g_ptr_array_index (document->candidates, i));
  if (document->enable_uri != NULL)
    g_assert_true (g_uri_is_valid (document->enable_uri, G_URI_FLAGS_NONE, NULL));

  return 0;
}
