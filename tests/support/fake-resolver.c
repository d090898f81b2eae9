/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "fake-resolver.h"

/* One line of the zone: an address, a record, or a failure. */
typedef struct {
  char         *name;
  GInetAddress *address;
  GVariant     *record;
} Entry;

struct _MwFakeResolver
{
  GResolver parent_instance;

  /* Owned */
  GPtrArray  *zone;
  GHashTable *delays; /* GSocketFamily → milliseconds */

  guint       n_questions;
};

G_DEFINE_FINAL_TYPE (MwFakeResolver, mw_fake_resolver, G_TYPE_RESOLVER)

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  g_free (entry->name);
  g_clear_object (&entry->address);
  g_clear_pointer (&entry->record, g_variant_unref);
  g_free (entry);
}

static Entry *
add_entry (MwFakeResolver *self,
           const char     *name)
{
  Entry *entry = g_new0 (Entry, 1);

  entry->name = g_strdup (name);
  g_ptr_array_add (self->zone, entry);
  return entry;
}

static void
list_free (gpointer list)
{
  g_resolver_free_addresses (list);
}

static void
records_free (gpointer list)
{
  g_list_free_full (list, (GDestroyNotify) g_variant_unref);
}

static gboolean
answer_cb (gpointer user_data)
{
  GTask *task = user_data;
  MwFakeResolver *self = g_task_get_source_object (task);
  const char *name = g_object_get_data (G_OBJECT (task), "name");
  GSocketFamily family = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (task), "family"));
  GList *answer = NULL;

  for (guint i = 0; i < self->zone->len; i++)
    {
      Entry *entry = g_ptr_array_index (self->zone, i);

      if (!g_str_equal (entry->name, name))
        continue;
      if (entry->address == NULL && entry->record == NULL)
        {
          g_task_return_new_error (task, G_RESOLVER_ERROR, G_RESOLVER_ERROR_TEMPORARY_FAILURE,
                                   "Fake failure");
          return G_SOURCE_REMOVE;
        }
      if (entry->record != NULL && family == G_SOCKET_FAMILY_INVALID)
        answer = g_list_append (answer, g_variant_ref (entry->record));
      if (entry->address != NULL && g_inet_address_get_family (entry->address) == family)
        answer = g_list_append (answer, g_object_ref (entry->address));
    }

  if (answer == NULL)
    g_task_return_new_error (task, G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND, "No such name");
  else
    g_task_return_pointer (task, answer,
                           family == G_SOCKET_FAMILY_INVALID ? records_free : list_free);
  return G_SOURCE_REMOVE;
}

static void
ask (GResolver           *resolver,
     const char          *name,
     GSocketFamily        family,
     GCancellable        *cancellable,
     GAsyncReadyCallback  callback,
     gpointer             user_data)
{
  MwFakeResolver *self = MW_FAKE_RESOLVER (resolver);
  GTask *task = g_task_new (resolver, cancellable, callback, user_data);
  gpointer delay = g_hash_table_lookup (self->delays, GINT_TO_POINTER (family));

  self->n_questions++;
  g_object_set_data_full (G_OBJECT (task), "name", g_strdup (name), g_free);
  g_object_set_data (G_OBJECT (task), "family", GINT_TO_POINTER (family));
  g_timeout_add_full (G_PRIORITY_DEFAULT, GPOINTER_TO_UINT (delay), answer_cb, task,
                      g_object_unref);
}

static void
lookup_by_name_with_flags_async (GResolver                *resolver,
                                 const char               *name,
                                 GResolverNameLookupFlags  flags,
                                 GCancellable             *cancellable,
                                 GAsyncReadyCallback       callback,
                                 gpointer                  user_data)
{
  ask (resolver, name,
       flags == G_RESOLVER_NAME_LOOKUP_FLAGS_IPV6_ONLY ? G_SOCKET_FAMILY_IPV6
                                                       : G_SOCKET_FAMILY_IPV4,
       cancellable, callback, user_data);
}

static void
lookup_records_async (GResolver           *resolver,
                      const char          *name,
                      GResolverRecordType  type,
                      GCancellable        *cancellable,
                      GAsyncReadyCallback  callback,
                      gpointer             user_data)
{
  ask (resolver, name, G_SOCKET_FAMILY_INVALID, cancellable, callback, user_data);
}

static GList *
lookup_finish (GResolver     *resolver,
               GAsyncResult  *result,
               GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
mw_fake_resolver_finalize (GObject *object)
{
  MwFakeResolver *self = MW_FAKE_RESOLVER (object);

  g_ptr_array_unref (self->zone);
  g_hash_table_unref (self->delays);

  G_OBJECT_CLASS (mw_fake_resolver_parent_class)->finalize (object);
}

static void
mw_fake_resolver_class_init (MwFakeResolverClass *klass)
{
  GResolverClass *resolver_class = G_RESOLVER_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = mw_fake_resolver_finalize;
  resolver_class->lookup_by_name_with_flags_async = lookup_by_name_with_flags_async;
  resolver_class->lookup_by_name_with_flags_finish = lookup_finish;
  resolver_class->lookup_records_async = lookup_records_async;
  resolver_class->lookup_records_finish = lookup_finish;
}

static void
mw_fake_resolver_init (MwFakeResolver *self)
{
  self->zone = g_ptr_array_new_with_free_func (entry_free);
  self->delays = g_hash_table_new (NULL, NULL);
}

MwFakeResolver *
mw_fake_resolver_new (void)
{
  return g_object_new (MW_TYPE_FAKE_RESOLVER, NULL);
}

void
mw_fake_resolver_add_address (MwFakeResolver *self,
                              const char     *name,
                              const char     *address)
{
  add_entry (self, name)->address = g_inet_address_new_from_string (address);
}

void
mw_fake_resolver_add_record (MwFakeResolver *self,
                             const char     *name,
                             GVariant       *record)
{
  add_entry (self, name)->record = g_variant_ref_sink (record);
}

void
mw_fake_resolver_add_failure (MwFakeResolver *self,
                              const char     *name)
{
  add_entry (self, name);
}

void
mw_fake_resolver_set_delay (MwFakeResolver *self,
                            GSocketFamily   family,
                            guint           delay_ms)
{
  g_hash_table_insert (self->delays, GINT_TO_POINTER (family), GUINT_TO_POINTER (delay_ms));
}

guint
mw_fake_resolver_get_n_questions (MwFakeResolver *self)
{
  return self->n_questions;
}
