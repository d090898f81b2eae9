/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "setup/mw-setup-link-params.h"

#include <string.h>

#include "setup/mw-link-text.h"
#include "setup/mw-setup-link.h"

#define MAX_PARAMS 32
#define MAX_KEY 32

static void
param_free (gpointer data)
{
  MwSetupLinkParam *param = data;

  g_free (param->key);
  g_free (param->raw);
  g_free (param);
}

static gboolean
is_server_key (const char *key)
{
  return g_str_equal (key, "in") || g_str_equal (key, "out");
}

static gboolean
key_is_valid (const char *key)
{
  if (*key == '\0')
    return FALSE;

  for (const char *p = key; *p != '\0'; p++)
    {
      if (!g_ascii_isalnum (*p) && *p != '-')
        return FALSE;
    }

  return TRUE;
}

/* GUriParamsIter takes the encoding off at once, so that nothing could be said
 * of what is wrong; this cuts at the same places. */
GPtrArray *
mw_setup_link_params_split (const char  *query,
                            GError     **error)
{
  g_autoptr(GPtrArray) params = g_ptr_array_new_with_free_func (param_free);
  g_auto(GStrv) parts = g_strsplit (query != NULL ? query : "", "&", -1);

  for (gsize i = 0; parts[i] != NULL; i++)
    {
      char *equals = strchr (parts[i], '=');
      MwSetupLinkParam *param;

      if (equals == NULL)
        {
          mw_link_text_fail (error, MW_LINK_ERROR_DAMAGED, "a parameter without a value");
          return NULL;
        }

      /* HTML writes "&amp;", which leaves "amp;" before the next key. */
      *equals = '\0';
      if (!key_is_valid (parts[i]))
        {
          mw_link_text_fail (error, MW_LINK_ERROR_DAMAGED, "a key that cannot be one");
          return NULL;
        }

      param = g_new0 (MwSetupLinkParam, 1);
      param->key = g_ascii_strdown (parts[i], -1);
      param->raw = g_strdup (equals + 1);
      g_ptr_array_add (params, param);
    }

  if (query != NULL && params->len == 0)
    {
      mw_link_text_fail (error, MW_LINK_ERROR_DAMAGED, "a question mark with nothing behind it");
      return NULL;
    }

  return g_steal_pointer (&params);
}

gboolean
mw_setup_link_params_check (GPtrArray  *params,
                            GError    **error)
{
  g_autoptr(GHashTable) counts = g_hash_table_new (g_str_hash, g_str_equal);

  if (params->len > MAX_PARAMS)
    return mw_link_text_fail (error, MW_LINK_ERROR_TOO_MANY, "too many parameters");

  for (guint i = 0; i < params->len; i++)
    {
      MwSetupLinkParam *param = params->pdata[i];
      guint count = GPOINTER_TO_UINT (g_hash_table_lookup (counts, param->key)) + 1;

      if (strlen (param->key) > MAX_KEY)
        return mw_link_text_fail (error, MW_LINK_ERROR_TOO_LONG, "a key is too long");
      if (is_server_key (param->key) && count > MW_SETUP_LINK_MAX_SERVERS)
        return mw_link_text_fail (error, MW_LINK_ERROR_TOO_MANY, "too many servers of one side");
      if (!is_server_key (param->key) && count > 1)
        return mw_link_text_fail (error, MW_LINK_ERROR_DUPLICATE, "a key comes twice");
      g_hash_table_insert (counts, param->key, GUINT_TO_POINTER (count));
    }

  return TRUE;
}
