/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "discovery/mw-http-redirect.h"

#include <string.h>

#include "core/mw-domain.h"

char *
mw_http_redirect_get_address (GUri *uri)
{
  const char *query = g_uri_get_query (uri);
  const char *value = query != NULL ? strchr (query, '=') : NULL;
  g_autofree char *text = NULL;

  if (value == NULL)
    return NULL;

  text = g_uri_unescape_string (value + 1, NULL);
  return text != NULL && strchr (text, '@') != NULL ? g_steal_pointer (&text) : NULL;
}

static gboolean
is_own_host (const char *name,
             const char *address)
{
  g_autofree char *host = name != NULL ? mw_domain_normalize (name) : NULL;
  g_autofree char *domain = mw_domain_normalize (strrchr (address, '@') + 1);

  return host != NULL && domain != NULL && mw_domain_is_inside (host, domain);
}

/* In whatever way it is written. */
static gboolean
names_address (GUri       *uri,
               const char *address)
{
  g_autofree char *text = g_uri_to_string (uri);
  g_autofree char *plain = g_uri_unescape_string (text, NULL);
  g_autofree char *folded = NULL;
  g_autofree char *wanted = NULL;

  if (plain == NULL || !g_utf8_validate (plain, -1, NULL))
    return TRUE;

  folded = g_utf8_casefold (plain, -1);
  wanted = g_utf8_casefold (address, -1);
  return strstr (folded, wanted) != NULL;
}

GUri *
mw_http_redirect_read (GUri       *from,
                       const char *location,
                       const char *address)
{
  g_autoptr(GUri) next = NULL;
  g_autoptr(GUri) bare = NULL;

  g_return_val_if_fail (from != NULL, NULL);

  if (location != NULL)
    next = g_uri_parse_relative (from, location,
                                 G_URI_FLAGS_ENCODED | G_URI_FLAGS_SCHEME_NORMALIZE, NULL);
  if (next == NULL || address == NULL || is_own_host (g_uri_get_host (next), address) ||
      !names_address (next, address))
    return g_steal_pointer (&next);

  bare = g_uri_build_with_user (g_uri_get_flags (next),
                                g_uri_get_scheme (next),
                                g_uri_get_user (next),
                                g_uri_get_password (next),
                                g_uri_get_auth_params (next),
                                g_uri_get_host (next),
                                g_uri_get_port (next),
                                g_uri_get_path (next),
                                NULL,
                                NULL);
  return names_address (bare, address) ? NULL : g_steal_pointer (&bare);
}
