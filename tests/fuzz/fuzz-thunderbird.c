/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include <string.h>

#include "fuzz.h"

#include "core/mw-error.h"
#include "export/mw-thunderbird-prefs.h"
#include "export/mw-thunderbird-profiles-ini.h"

/* Files of another program: read or refused, and what was not asked to change
 * stays as it was. */

#define NAME "mail.server.server7.userName"
#define VALUE "zażółć \"gęślą\" \\jaźń\n1"

static void
check_prefs (const guint8 *data,
             gsize         size)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(MwThunderbirdPrefs) prefs = NULL;
  g_autoptr(MwThunderbirdPrefs) again = NULL;
  g_autofree char *same = NULL;
  g_autofree char *changed = NULL;
  gsize length;

  prefs = mw_thunderbird_prefs_parse ((const char *) data, size, &error);
  if (prefs == NULL)
    {
      g_assert_error (error, MW_EXPORT_ERROR, MW_EXPORT_ERROR_DAMAGED);
      return;
    }

  same = mw_thunderbird_prefs_to_data (prefs, &length);
  g_assert_cmpmem (same, length, data, size);

  mw_thunderbird_prefs_set_string (prefs, NAME, VALUE);
  g_assert_cmpstr (mw_thunderbird_prefs_get_string (prefs, NAME), ==, VALUE);
  changed = mw_thunderbird_prefs_to_data (prefs, &length);

  again = mw_thunderbird_prefs_parse (changed, length, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (mw_thunderbird_prefs_get_string (again, NAME), ==, VALUE);
  g_assert_false (mw_thunderbird_prefs_set_string (again, NAME, VALUE));
}

static void
check_profiles_ini (const guint8 *data,
                    gsize         size)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(MwThunderbirdProfilesIni) ini = NULL;
  g_autoptr(MwThunderbirdProfilesIni) again = NULL;
  g_autofree char *changed = NULL;
  gsize length;

  ini = mw_thunderbird_profiles_ini_parse ((const char *) data, size, "/tmp/x", &error);
  if (ini == NULL)
    {
      g_assert_error (error, MW_EXPORT_ERROR, MW_EXPORT_ERROR_DAMAGED);
      return;
    }

  changed = mw_thunderbird_profiles_ini_add (ini, "abcdefgh.default", &length);
  again = mw_thunderbird_profiles_ini_parse (changed, length, "/tmp/x", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (again->profiles->len, >=, 1);
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  check_prefs (data, size);
  check_profiles_ini (data, size);

  return 0;
}
