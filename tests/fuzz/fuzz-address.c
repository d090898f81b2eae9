/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include <string.h>

#include "fuzz.h"

#include "core/mw-address.h"
#include "core/mw-domain.h"
#include "core/mw-endpoint.h"
#include "core/mw-error.h"

/* Everything a person can type that becomes a name in a command or in DNS. */

static void
check_domain (const char *domain)
{
  g_autofree char *again = mw_domain_normalize (domain);

  g_assert_cmpstr (again, ==, domain);
  g_assert_true (g_str_is_ascii (domain));
  g_assert_cmpuint (strlen (domain), <=, 253);
  g_assert_cmpuint (strspn (domain, "abcdefghijklmnopqrstuvwxyz0123456789.-"), ==, strlen (domain));
}

static void
check_address (const char *text)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(MwAddress) address = mw_address_parse (text, &error);
  g_autoptr(MwAddress) again = NULL;
  const char *whole;

  if (address == NULL)
    {
      g_assert_nonnull (error);
      g_assert_true (error->domain == MW_ADDRESS_ERROR);
      return;
    }

  whole = mw_address_get_text (address);
  g_assert_true (g_utf8_validate (whole, -1, NULL));
  g_assert_true (g_utf8_validate (mw_address_get_display (address), -1, NULL));
  g_assert_cmpuint (strlen (whole), <=, 254);
  check_domain (mw_address_get_domain (address));

  /* It goes between <> in SMTP. */
  for (const char *p = whole; *p != '\0'; p++)
    g_assert_true ((guchar) *p > ' ' && *p != '<' && *p != '>' && *p != 0x7f);

  again = mw_address_parse (whole, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (mw_address_get_text (again), ==, whole);
}

static void
check_endpoint (const char *text)
{
  g_autoptr(MwEndpoint) endpoint = mw_endpoint_parse (text);
  g_autoptr(MwEndpoint) again = NULL;
  g_autofree char *written = NULL;

  if (endpoint == NULL)
    return;

  g_assert_cmpuint (mw_endpoint_get_port (endpoint), >, 0);
  if (!mw_domain_is_ip_literal (mw_endpoint_get_host (endpoint)))
    check_domain (mw_endpoint_get_host (endpoint));

  written = mw_endpoint_to_string (endpoint);
  again = mw_endpoint_parse (written);
  g_assert_nonnull (again);
  g_assert_true (mw_endpoint_equal (endpoint, again));
  g_assert_cmpuint (mw_endpoint_hash (endpoint), ==, mw_endpoint_hash (again));
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autofree char *domain = NULL;

  check_address (text);
  check_endpoint (text);

  domain = mw_domain_normalize (text);
  if (domain != NULL)
    check_domain (domain);

  return 0;
}
