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

static void
check_words (const char *words)
{
  g_assert_true (g_utf8_validate (words, -1, NULL));
  g_assert_cmpint (g_utf8_strlen (words, -1), <=, 241);
  for (const char *p = words; *p != '\0'; p = g_utf8_next_char (p))
    g_assert_true (g_unichar_isprint (g_utf8_get_char (p)));
}

/* What a button opens stays where the document came from. */
static void
check_hint (MwHint *hint)
{
  g_assert_true (hint->uri == NULL || hint->page == NULL);
  if (hint->uri != NULL)
    g_assert_cmpint (g_ascii_strncasecmp (hint->uri, "https://", 8), ==, 0);
  if (hint->page != NULL)
    g_assert_true (g_uri_is_valid (hint->page, G_URI_FLAGS_NONE, NULL));
  if (hint->words != NULL)
    check_words (hint->words);
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autoptr(MwAddress) address = mw_address_parse ("jan%EMAILDOMAIN%@example.test", NULL);
  g_autoptr(MwAutoconfigXml) document = NULL;
  g_autoptr(MwAutoconfigXml) open = NULL;
  g_autoptr(GError) error = NULL;

  document = mw_autoconfig_xml_parse ((const char *) data, size, address,
                                      MW_ORIGIN_AUTOCONFIG, MW_GRADE_B, &error);
  g_assert_true ((document == NULL) == (error != NULL));
  if (document == NULL)
    return 0;

  for (guint i = 0; i < document->candidates->len; i++)
    check_candidate (g_ptr_array_index (document->candidates, i));
  for (guint i = 0; i < document->provider->hints->len; i++)
    check_hint (g_ptr_array_index (document->provider->hints, i));
  g_assert_cmpint (g_utf8_strlen (document->provider->name, -1), <=, 61);

  /* Without an address the same servers, with places in them. */
  open = mw_autoconfig_xml_parse ((const char *) data, size, NULL, MW_ORIGIN_FILE, MW_GRADE_L,
                                  NULL);
  g_assert_nonnull (open);
  for (guint i = 0; i < open->provider->hints->len; i++)
    g_assert_null (((MwHint *) g_ptr_array_index (open->provider->hints, i))->uri);

  return 0;
}
