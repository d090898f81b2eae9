/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "store/mw-secret-binding.h"

#include "store/mw-secret-store.h"

static gboolean
has_log_in (MwService *service)
{
  return service != NULL && service->user_name != NULL && service->auth != MW_AUTH_NONE;
}

static MwSide
holding_side (MwProfile *profile,
              MwSide     side)
{
  if (side == MW_SIDE_OUTGOING && !profile->own_credentials && profile->incoming != NULL)
    return MW_SIDE_INCOMING;

  return side;
}

static void
set_attribute (GHashTable *attributes,
               const char *name,
               char       *value)
{
  g_hash_table_insert (attributes, g_strdup (name), value);
}

GHashTable *
mw_secret_binding_new (MwProfile *profile,
                       MwSide     side)
{
  g_autoptr(GHashTable) attributes = NULL;
  MwSide holder;
  MwService *service;
  MwEndpoint *endpoint;

  g_return_val_if_fail (profile != NULL, NULL);

  holder = holding_side (profile, side);
  service = mw_profile_get_service (profile, holder);
  if (!has_log_in (service) || !has_log_in (mw_profile_get_service (profile, side)))
    return NULL;

  endpoint = service->endpoint;
  attributes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  set_attribute (attributes, "account", g_strdup (profile->id));
  set_attribute (attributes, "side", g_strdup (mw_enum_to_nick (MW_TYPE_SIDE, holder)));
  set_attribute (attributes, "service", g_strdup (mw_endpoint_get_service (endpoint)));
  set_attribute (attributes, "host", g_strdup (mw_endpoint_get_host (endpoint)));
  set_attribute (attributes, "port", g_strdup_printf ("%u", mw_endpoint_get_port (endpoint)));
  set_attribute (attributes, "user", g_strdup (service->user_name));

  if (holder == MW_SIDE_INCOMING && !profile->own_credentials && has_log_in (profile->outgoing))
    {
      g_autofree char *server = mw_endpoint_to_string (profile->outgoing->endpoint);

      set_attribute (attributes, "outgoing",
                     g_strdup_printf ("%s %s", server, profile->outgoing->user_name));
    }

  return g_steal_pointer (&attributes);
}

GHashTable *
mw_secret_binding_new_query (MwProfile *profile,
                             MwSide     side)
{
  GHashTable *attributes = mw_secret_binding_new (profile, side);

  if (attributes != NULL && side == MW_SIDE_INCOMING)
    g_hash_table_remove (attributes, "outgoing");

  return attributes;
}

GHashTable *
mw_secret_binding_new_family (MwProfile *profile,
                              MwSide     side)
{
  g_return_val_if_fail (profile != NULL, NULL);

  /* A shared password also replaces one the other side used to have. */
  return mw_secret_binding_new_account (profile->id, profile->own_credentials
                                                       ? 1u << side : MW_SECRET_STORE_BOTH);
}

GHashTable *
mw_secret_binding_new_account (const char *account_id,
                               guint       sides)
{
  GHashTable *attributes;

  g_return_val_if_fail (account_id != NULL, NULL);
  g_return_val_if_fail (sides != 0, NULL);

  attributes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  set_attribute (attributes, "account", g_strdup (account_id));
  if (sides != MW_SECRET_STORE_BOTH)
    set_attribute (attributes, "side",
                   g_strdup (mw_enum_to_nick (MW_TYPE_SIDE, sides == 1u << MW_SIDE_INCOMING
                                                              ? MW_SIDE_INCOMING
                                                              : MW_SIDE_OUTGOING)));

  return attributes;
}

char *
mw_secret_binding_describe (MwProfile *profile,
                            MwSide     side)
{
  g_return_val_if_fail (profile != NULL, NULL);

  return g_strdup_printf ("Mailwright: %s (%s)",
                          profile->address != NULL ? profile->address : profile->id,
                          mw_enum_to_nick (MW_TYPE_SIDE, holding_side (profile, side)));
}
