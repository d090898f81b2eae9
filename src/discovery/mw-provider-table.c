/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "discovery/mw-provider-table.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "discovery/mw-provider-entry.h"
#include "mw-provider-resources.h"

#define RESOURCE_FOLDER "/io/github/mailwright/Mailwright/providers/"

/* What a person may have written is small. */
#define MAX_FILE (1024 * 1024)

struct _MwProviderTable
{
  GPtrArray  *providers;
  GHashTable *domains;      /* domain → GPtrArray of MwProviderMatch */
  GHashTable *exchangers;   /* suffix → GPtrArray of MwProviderMatch */
  GHashTable *exceptions;   /* set of suffixes that belong to nobody */
};

G_DEFINE_BOXED_TYPE (MwProviderTable, mw_provider_table,
                     mw_provider_table_ref, mw_provider_table_unref)

static void
mw_provider_table_clear (gpointer data)
{
  MwProviderTable *self = data;

  g_ptr_array_unref (self->providers);
  g_hash_table_unref (self->domains);
  g_hash_table_unref (self->exchangers);
  g_hash_table_unref (self->exceptions);
}

static GHashTable *
match_map_new (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                (GDestroyNotify) g_ptr_array_unref);
}

/* The providers belong to the table, so a match need not hold a reference. */
static void
add_match (GHashTable *map,
           const char *name,
           MwProvider *provider,
           gboolean    confirmed)
{
  GPtrArray *matches = g_hash_table_lookup (map, name);
  MwProviderMatch *match = g_new0 (MwProviderMatch, 1);

  match->provider = provider;
  match->confirmed = confirmed;

  if (matches == NULL)
    {
      matches = g_ptr_array_new_with_free_func (g_free);
      g_hash_table_insert (map, g_strdup (name), matches);
    }
  g_ptr_array_add (matches, match);
}

static void
add_entry (MwProviderTable *self,
           MwProviderEntry *entry)
{
  MwProvider *provider = entry->provider;
  gboolean confirmed = mw_provider_is_confirmed (provider);

  g_ptr_array_add (self->providers, mw_provider_ref (provider));
  for (gsize i = 0; entry->domains[i] != NULL; i++)
    add_match (self->domains, entry->domains[i], provider, confirmed);
  for (gsize i = 0; entry->domain_candidates[i] != NULL; i++)
    add_match (self->domains, entry->domain_candidates[i], provider, FALSE);
  for (gsize i = 0; entry->exchangers[i] != NULL; i++)
    add_match (self->exchangers, entry->exchangers[i], provider, confirmed);
  for (gsize i = 0; entry->exchanger_candidates[i] != NULL; i++)
    add_match (self->exchangers, entry->exchanger_candidates[i], provider, FALSE);
  /* Only the built-in list may take something away from the built-in list. */
  for (gsize i = 0; provider->built_in && entry->exchanger_exceptions[i] != NULL; i++)
    g_hash_table_add (self->exceptions, g_strdup (entry->exchanger_exceptions[i]));
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char **) a, *(const char **) b);
}

static GPtrArray *
list_files (const char *path)
{
  g_autoptr(GDir) folder = g_dir_open (path, 0, NULL);
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      if (g_str_has_suffix (name, ".keyfile") && *name != '.')
        g_ptr_array_add (names, g_strdup (name));
    }

  g_ptr_array_sort (names, compare_names);
  return names;
}

static gboolean
add_file (MwProviderTable  *self,
          const char       *path,
          GError          **error)
{
  g_autofree char *data = NULL;
  gsize length;
  GStatBuf status;

  if (g_stat (path, &status) != 0 || !S_ISREG (status.st_mode) || status.st_size > MAX_FILE)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE,
                           "Not a regular file of at most 1 MiB");
      return FALSE;
    }

  if (!g_file_get_contents (path, &data, &length, error))
    return FALSE;

  return mw_provider_table_add (self, data, length, FALSE, error);
}

MwProviderTable *
mw_provider_table_new (void)
{
  MwProviderTable *self = g_atomic_rc_box_new0 (MwProviderTable);

  self->providers = g_ptr_array_new_with_free_func ((GDestroyNotify) mw_provider_unref);
  self->domains = match_map_new ();
  self->exchangers = match_map_new ();
  self->exceptions = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

MwProviderTable *
mw_provider_table_new_built_in (void)
{
  /* Asked for directly: the overlays of g_resources_lookup_data() would let
   * the environment replace the list. */
  GResource *resource = mw_provider_get_resource ();
  MwProviderTable *self = mw_provider_table_new ();
  g_auto(GStrv) names = NULL;

  names = g_resource_enumerate_children (resource, RESOURCE_FOLDER, 0, NULL);
  g_assert (names != NULL);
  qsort (names, g_strv_length (names), sizeof *names, compare_names);

  for (gsize i = 0; names[i] != NULL; i++)
    {
      g_autofree char *path = g_strconcat (RESOURCE_FOLDER, names[i], NULL);
      g_autoptr(GError) error = NULL;
      g_autoptr(GBytes) bytes = NULL;

      bytes = g_resource_lookup_data (resource, path, 0, NULL);
      g_assert (bytes != NULL);
      if (!mw_provider_table_add (self, g_bytes_get_data (bytes, NULL),
                                  g_bytes_get_size (bytes), TRUE, &error))
        g_critical ("Provider list %s: %s", names[i], error->message);
    }

  return self;
}

MwProviderTable *
mw_provider_table_ref (MwProviderTable *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire (self);
}

void
mw_provider_table_unref (MwProviderTable *self)
{
  g_return_if_fail (self != NULL);

  g_atomic_rc_box_release_full (self, mw_provider_table_clear);
}

gboolean
mw_provider_table_add (MwProviderTable  *self,
                       const char       *data,
                       gsize             length,
                       gboolean          built_in,
                       GError          **error)
{
  g_autoptr(GKeyFile) file = g_key_file_new ();
  g_autoptr(GError) first_error = NULL;
  g_auto(GStrv) groups = NULL;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (data != NULL || length == 0, FALSE);

  if (!g_key_file_load_from_data (file, length > 0 ? data : "", length, G_KEY_FILE_NONE, error))
    return FALSE;

  groups = g_key_file_get_groups (file, NULL);
  for (gsize i = 0; groups[i] != NULL; i++)
    {
      g_autoptr(MwProviderEntry) entry = NULL;

      entry = mw_provider_entry_parse (file, groups[i], built_in,
                                       first_error == NULL ? &first_error : NULL);
      if (entry != NULL)
        add_entry (self, entry);
    }

  if (first_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&first_error));
      return FALSE;
    }

  return TRUE;
}

GPtrArray *
mw_provider_table_add_folder (MwProviderTable *self,
                              const char      *path)
{
  g_autoptr(GPtrArray) names = NULL;
  GPtrArray *problems;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (path != NULL, NULL);

  problems = g_ptr_array_new_with_free_func (g_free);
  names = list_files (path);
  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *name = g_build_filename (path, g_ptr_array_index (names, i), NULL);
      g_autoptr(GError) error = NULL;

      if (!add_file (self, name, &error))
        g_ptr_array_add (problems, g_strdup_printf ("%s: %s", name, error->message));
    }

  return problems;
}

GPtrArray *
mw_provider_table_lookup_domain (MwProviderTable *self,
                                 const char      *domain)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (domain != NULL, NULL);

  return g_hash_table_lookup (self->domains, domain);
}

GPtrArray *
mw_provider_table_lookup_mx (MwProviderTable *self,
                             const char      *host)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (host != NULL, NULL);

  while (host != NULL && !g_hash_table_contains (self->exceptions, host))
    {
      GPtrArray *matches = g_hash_table_lookup (self->exchangers, host);
      const char *dot = strchr (host, '.');

      if (matches != NULL)
        return matches;
      host = dot != NULL ? dot + 1 : NULL;
    }

  return NULL;
}

GPtrArray *
mw_provider_table_get_providers (MwProviderTable *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->providers;
}

gboolean
mw_provider_table_has_server (MwProviderTable *self,
                              const char      *host)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (host != NULL, FALSE);

  for (guint i = 0; i < self->providers->len; i++)
    {
      MwProvider *provider = self->providers->pdata[i];

      for (guint j = 0; provider->built_in && j < provider->servers->len; j++)
        {
          const MwProviderServer *server = provider->servers->pdata[j];

          if (g_str_equal (server->host, host))
            return TRUE;
        }
    }

  return FALSE;
}

guint
mw_provider_table_count_domains (MwProviderTable *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return g_hash_table_size (self->domains);
}
