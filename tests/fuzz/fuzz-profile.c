/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include <string.h>

#include "fuzz.h"

#include "core/mw-error.h"
#include "store/mw-profile-keyfile.h"

/* A damaged account file is reported; a readable one survives being written. */
int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  static const char id[] = "0f0f0f0f-0000-4000-8000-000000000000";
  g_autoptr(GError) error = NULL;
  g_autoptr(MwProfile) profile = NULL;
  g_autoptr(MwProfile) again = NULL;
  g_autofree char *written = NULL;
  gboolean newer = FALSE;

  profile = mw_profile_keyfile_parse ((const char *) data, size, id, &newer, &error);
  if (profile == NULL)
    {
      g_assert_error (error, MW_STORE_ERROR, MW_STORE_ERROR_DAMAGED);
      return 0;
    }

  g_assert_no_error (error);
  if (newer)
    return 0;

  written = mw_profile_keyfile_render (profile, (const char *) data, size);
  g_assert_nonnull (written);
  again = mw_profile_keyfile_parse (written, strlen (written), id, &newer, &error);
  g_assert_no_error (error);
  g_assert_nonnull (again);

  return 0;
}
