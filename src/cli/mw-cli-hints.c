/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "cli/mw-cli-hints.h"

#include "setup/mw-advice-hint.h"

char *
mw_cli_hints_describe (MwProvider *provider)
{
  g_autoptr(GString) text = g_string_new (NULL);
  const char *page = NULL;

  for (guint i = 0; provider != NULL && i < provider->hints->len; i++)
    {
      MwHint *hint = g_ptr_array_index (provider->hints, i);
      g_autofree char *sentence = mw_advice_describe_hint (hint, provider);
      g_autofree char *quote = mw_advice_quote_hint (hint);

      /* Hints that lead to the same page stand together above it. */
      if (page != NULL && g_strcmp0 (page, hint->uri) != 0)
        g_string_append_printf (text, "%s\n", page);
      page = hint->uri;
      g_string_append_printf (text, "%s\n", sentence);
      if (quote != NULL)
        g_string_append_printf (text, "%s\n", quote);
    }
  if (page != NULL)
    g_string_append_printf (text, "%s\n", page);

  return g_string_free (g_steal_pointer (&text), FALSE);
}
