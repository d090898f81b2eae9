/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "export/mw-thunderbird-sign-in.h"

#include <string.h>

/* Of Thunderbird 153, as far as it is about mail. A name stands for all below
 * it. "test.test" is its own, for tests; no such domain is given to anybody. */
static const char * const hosts[] = {
  "aol.com",
  "att.net",
  "gmail.com",
  "googlemail.com",
  "hotmail.com",
  "imap.comcast.net",
  "imap.fastmail.com",
  "imap.mail.ru",
  "imap.yandex.com",
  "office365.com",
  "outlook.com",
  "pop.comcast.net",
  "pop.fastmail.com",
  "smtp.comcast.net",
  "smtp.fastmail.com",
  "smtp.mail.ru",
  "smtp.yandex.com",
  "test.test",
  "thundermail.com",
  "yahoo.com",
  NULL
};

gboolean
mw_thunderbird_sign_in_is_known (MwEndpoint *endpoint)
{
  g_return_val_if_fail (endpoint != NULL, FALSE);

  for (const char *name = mw_endpoint_get_host (endpoint);
       name != NULL;
       name = strchr (name, '.') != NULL ? strchr (name, '.') + 1 : NULL)
    if (g_strv_contains (hosts, name))
      return TRUE;

  return FALSE;
}
