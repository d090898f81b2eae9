/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "setup/mw-engine-private.h"

#include "discovery/mw-source-local-file.h"

#define PLAIN_HTTP_KEY "allow-plain-http"
#define SYSTEM_FOLDER "/etc/mailwright"

/* Only an administrator turns it on; without the schema nobody could have. */
static gboolean
allows_plain_http (void)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr(GSettingsSchema) schema = NULL;
  g_autoptr(GSettings) settings = NULL;

  if (source != NULL)
    schema = g_settings_schema_source_lookup (source, APPLICATION_ID, TRUE);
  if (schema == NULL || !g_settings_schema_has_key (schema, PLAIN_HTTP_KEY))
    return FALSE;

  settings = g_settings_new_full (schema, NULL, NULL);
  return g_settings_get_boolean (settings, PLAIN_HTTP_KEY);
}

char **
mw_engine_dup_folders (const char *name)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_autofree char *shared = g_build_filename (SYSTEM_FOLDER, name, NULL);
  g_autofree char *own = NULL;

  g_return_val_if_fail (name != NULL, NULL);

  own = g_build_filename (g_get_user_config_dir (), "mailwright", name, NULL);
  g_strv_builder_add (builder, own);
  g_strv_builder_add (builder, shared);
  return g_strv_builder_end (builder);
}

MwDiscovery *
mw_engine_make_discovery (MwEngine   *self,
                          MwResolver *resolver,
                          gboolean    use_ispdb)
{
  g_auto(GStrv) folders = mw_engine_dup_folders ("isp");
  g_autoptr(MwSource) local_file = NULL;
  MwHttpFetch *fetch;
  MwDiscovery *discovery;

  g_return_val_if_fail (MW_IS_ENGINE (self), NULL);
  g_return_val_if_fail (MW_IS_RESOLVER (resolver), NULL);

  fetch = mw_engine_get_fetch (self);
  mw_http_fetch_set_allow_plain (fetch, allows_plain_http ());
  discovery = mw_discovery_new (resolver);
  mw_discovery_set_providers (discovery, mw_engine_get_providers (self));
  mw_discovery_set_fetch (discovery, fetch, use_ispdb);
  local_file = mw_source_local_file_new ((const char * const *) folders);
  mw_discovery_add_source (discovery, local_file);
  return discovery;
}
