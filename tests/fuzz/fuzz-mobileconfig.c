/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "fuzz.h"

#include "core/mw-domain.h"
#include "net/mw-signed-file.h"
#include "setup/mw-mobileconfig.h"

/* Whatever somebody sends as a configuration profile is refused, or gives
 * servers that can exist, protected ones, of the lowest grade. */
static void
check_candidate (MwCandidate *candidate)
{
  MwEndpoint *endpoint = mw_candidate_get_endpoint (candidate);
  const char *host = mw_endpoint_get_host (endpoint);
  const char * const *users = mw_candidate_get_user_names (candidate);
  g_autofree char *normal = mw_domain_normalize (host);

  g_assert_cmpstr (host, ==, normal);
  g_assert_false (mw_domain_is_ip_literal (host));
  g_assert_cmpint (mw_candidate_get_grade (candidate), ==, MW_GRADE_L);
  g_assert_cmpint (mw_endpoint_get_security (endpoint), !=, MW_SECURITY_NONE);
  g_assert_cmpuint (mw_endpoint_get_port (endpoint), !=, 0);
  if (users != NULL && users[0] != NULL)
    g_assert_true (g_utf8_validate (users[0], -1, NULL));
}

static void
check_file (const char *data,
            gsize       size)
{
  g_autoptr(MwMobileconfig) file = NULL;
  g_autoptr(GError) error = NULL;

  file = mw_mobileconfig_parse (data, size, &error);
  g_assert_true ((file == NULL) == (error != NULL));
  if (file == NULL)
    return;

  for (guint i = 0; i < file->accounts->len; i++)
    {
      MwMobileconfigAccount *account = g_ptr_array_index (file->accounts, i);

      for (guint j = 0; j < account->candidates->len; j++)
        check_candidate (g_ptr_array_index (account->candidates, j));
      g_assert_true (account->label == NULL || *account->label != '\0');
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  const char *text = (const char *) data;
  g_autoptr(GBytes) content = NULL;
  g_autoptr(GError) error = NULL;

  if (!mw_signed_file_is_one (text, size))
    {
      check_file (text, size);
      return 0;
    }

  content = mw_signed_file_open (text, size, NULL, NULL, &error);
  g_assert_true ((content == NULL) == (error != NULL));
  if (content != NULL)
    check_file (g_bytes_get_data (content, NULL), g_bytes_get_size (content));
  return 0;
}
