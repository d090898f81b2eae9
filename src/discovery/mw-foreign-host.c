/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "discovery/mw-foreign-host.h"

#include <string.h>

#include "core/mw-domain.h"

const char *
mw_foreign_host_read (const char  *text,
                      char       **out_host)
{
  g_autofree char *host = text != NULL ? mw_domain_normalize (text) : NULL;

  if (text == NULL)
    return "no host";
  if (mw_domain_is_ip_literal (text))
    return "its host is an IP address";
  if (host == NULL)
    return "its host is no name that can exist";
  if (strchr (host, '.') == NULL)
    return "its host has no domain";

  if (out_host != NULL)
    *out_host = g_steal_pointer (&host);
  return NULL;
}
