/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include <string.h>

#include "fuzz.h"

#include "core/mw-error.h"
#include "export/mw-thunderbird-logins.h"

/* Thunderbird's passwords: read or refused, and what was not asked to change
 * stays as it was. */

#define ORIGIN "imap://mail.example.test"

static MwThunderbirdLogins *
parse_again (MwThunderbirdLogins *logins)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *data = NULL;
  MwThunderbirdLogins *again;
  gsize size;

  data = mw_thunderbird_logins_to_data (logins, &size);
  again = mw_thunderbird_logins_parse (data, size, &error);
  g_assert_no_error (error);
  return again;
}

static guint
count (MwThunderbirdLogins *logins,
       const char          *user)
{
  g_autoptr(GPtrArray) found = mw_thunderbird_logins_find (logins, ORIGIN);
  guint n = 0;

  for (guint i = 0; i < found->len; i++)
    n += user == NULL ||
         strcmp (mw_thunderbird_logins_get_user (found->pdata[i]), user) == 0;
  return n;
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(MwThunderbirdLogins) logins = NULL;
  g_autoptr(MwThunderbirdLogins) added = NULL;
  g_autoptr(MwThunderbirdLogins) removed = NULL;
  g_autoptr(GPtrArray) found = NULL;
  g_autofree char *same = NULL;
  gsize length;
  guint n;

  /* NULL stands for a file that is not there. */
  logins = mw_thunderbird_logins_parse (size > 0 ? (const char *) data : "", size, &error);
  if (logins == NULL)
    {
      g_assert_error (error, MW_EXPORT_ERROR, MW_EXPORT_ERROR_DAMAGED);
      return 0;
    }

  same = mw_thunderbird_logins_to_data (logins, &length);
  g_assert_cmpmem (same, length, data, size);
  n = count (logins, NULL);

  found = mw_thunderbird_logins_find (logins, ORIGIN);
  if (found->len > 0)
    mw_thunderbird_logins_update (logins, found->pdata[found->len - 1], "fuzz 1", "p", 1);
  mw_thunderbird_logins_add (logins, ORIGIN, "fuzz 2", "p", 1);
  added = parse_again (logins);
  g_assert_cmpuint (count (added, NULL), ==, n + 1);
  g_assert_cmpuint (count (added, "fuzz 2"), >=, 1);
  if (found->len > 0)
    g_assert_cmpuint (count (added, "fuzz 1"), >=, 1);

  for (guint i = 0; i < found->len; i++)
    mw_thunderbird_logins_remove (logins, found->pdata[i]);
  removed = parse_again (logins);
  g_assert_cmpuint (count (removed, NULL), ==, 1);
  return 0;
}
