/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "cli/mw-cli-servers.h"

#include <glib/gi18n.h>

GPtrArray *
mw_cli_servers_parse (char   **texts,
                      MwSide   side,
                      GError **error)
{
  g_autoptr(GPtrArray) endpoints = NULL;

  endpoints = g_ptr_array_new_with_free_func ((GDestroyNotify) mw_endpoint_unref);
  for (gsize i = 0; texts != NULL && texts[i] != NULL; i++)
    {
      g_autoptr(MwEndpoint) endpoint = mw_endpoint_parse (texts[i]);

      if (endpoint == NULL)
        {
          g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                       /* Translators: %s is what was typed; SERVICE, HOST and PORT stand for
                        * a kind of service, the name of a computer and a number. */
                       _("“%s” is not a server: write SERVICE:HOST or SERVICE:HOST:PORT"),
                       texts[i]);
          return NULL;
        }
      if (mw_endpoint_get_side (endpoint) != side)
        {
          g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                       side == MW_SIDE_INCOMING
                       /* Translators: %s is a server such as submissions:mail.example.org. */
                       ? _("“%s” is for sending: give it with --out")
                       /* Translators: %s is a server such as imaps:mail.example.org. */
                       : _("“%s” is for receiving: give it with --in"),
                       texts[i]);
          return NULL;
        }
      g_ptr_array_add (endpoints, g_steal_pointer (&endpoint));
    }

  return g_steal_pointer (&endpoints);
}
