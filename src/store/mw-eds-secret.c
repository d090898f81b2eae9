/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "store/mw-eds-secret.h"

#include <libsecret/secret.h>

#include "store/mw-keyring.h"

/* As in libedataserver's e-secret-store.c: found by e-source-uid alone, so
 * these attributes make Evolution replace this very item when it has to. */
static const SecretSchema source_schema = {
  "org.gnome.Evolution.Data.Source", SECRET_SCHEMA_DONT_MATCH_NAME,
  {
    { "e-source-uid", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { "eds-origin", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { NULL, 0 },
  },
};

static GHashTable *
attributes_new (const char *uid)
{
  GHashTable *attributes = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);

  g_hash_table_insert (attributes, (gpointer) "e-source-uid", g_strdup (uid));
  return attributes;
}

void
mw_eds_secret_store_async (const char          *uid,
                           const char          *label,
                           MwSecret            *secret,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  g_autoptr(GHashTable) attributes = NULL;

  g_return_if_fail (uid != NULL);
  g_return_if_fail (label != NULL);
  g_return_if_fail (secret != NULL);

  attributes = attributes_new (uid);
  g_hash_table_insert (attributes, (gpointer) "eds-origin", g_strdup ("evolution-data-server"));
  mw_keyring_store_async (&source_schema, attributes, NULL, label, secret, cancellable,
                          callback, user_data);
}

gboolean
mw_eds_secret_store_finish (GAsyncResult  *result,
                            GError       **error)
{
  return mw_keyring_store_finish (result, error);
}

void
mw_eds_secret_lookup_async (const char          *uid,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  g_autoptr(GHashTable) attributes = NULL;

  g_return_if_fail (uid != NULL);

  attributes = attributes_new (uid);
  mw_keyring_lookup_async (&source_schema, attributes, cancellable, callback, user_data);
}

MwSecret *
mw_eds_secret_lookup_finish (GAsyncResult  *result,
                             GError       **error)
{
  return mw_keyring_lookup_finish (result, error);
}

void
mw_eds_secret_clear_async (const char          *uid,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  g_autoptr(GHashTable) attributes = NULL;

  g_return_if_fail (uid != NULL);

  attributes = attributes_new (uid);
  mw_keyring_clear_async (&source_schema, attributes, cancellable, callback, user_data);
}

gboolean
mw_eds_secret_clear_finish (GAsyncResult  *result,
                            GError       **error)
{
  return mw_keyring_clear_finish (result, error);
}
