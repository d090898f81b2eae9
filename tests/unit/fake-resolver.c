/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "fake-resolver.h"

#include <stdlib.h>
#include <string.h>

struct _FakeResolver
{
  GResolver parent_instance;

  char      **zone;
  GPtrArray  *questions;
};

G_DEFINE_FINAL_TYPE (FakeResolver, fake_resolver, G_TYPE_RESOLVER)

static gboolean
name_matches (const char *pattern,
              const char *name)
{
  if (g_str_equal (pattern, "*"))
    return TRUE;

  if (g_str_has_prefix (pattern, "*."))
    return g_str_has_suffix (name, pattern + 1);

  return g_str_equal (pattern, name);
}

static gboolean
has_line (FakeResolver *self,
          const char   *word,
          const char   *name)
{
  for (gsize i = 0; self->zone[i] != NULL; i++)
    {
      g_auto(GStrv) fields = g_strsplit (self->zone[i], " ", -1);

      if (g_str_equal (fields[0], word) && name_matches (fields[1], name))
        return TRUE;
    }

  return FALSE;
}

static gboolean
on_cancelled_cb (GCancellable *cancellable,
                 gpointer      user_data)
{
  GTask *task = G_TASK (user_data);

  g_task_return_error_if_cancelled (task);
  return G_SOURCE_REMOVE;
}

/* Answers for names that have no answer. */
static gboolean
answer_badly (FakeResolver *self,
              GTask        *task,
              const char   *name)
{
  GCancellable *cancellable = g_task_get_cancellable (task);

  if (has_line (self, "SILENT", name))
    {
      g_autoptr(GSource) source = g_cancellable_source_new (cancellable);

      g_task_attach_source (task, source, G_SOURCE_FUNC (on_cancelled_cb));
      return TRUE;
    }

  if (has_line (self, "FAIL", name))
    {
      g_task_return_new_error (task, G_RESOLVER_ERROR, G_RESOLVER_ERROR_TEMPORARY_FAILURE,
                               "Temporarily unable to resolve “%s”", name);
      return TRUE;
    }

  return FALSE;
}

static void
answer_nothing (GTask      *task,
                const char *name)
{
  g_task_return_new_error (task, G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND,
                           "No DNS record of the requested type for “%s”", name);
}

static void
free_addresses (gpointer data)
{
  g_resolver_free_addresses (data);
}

static void
free_records (gpointer data)
{
  g_list_free_full (data, (GDestroyNotify) g_variant_unref);
}

static void
fake_resolver_lookup_by_name_async (GResolver                *resolver,
                                    const char               *name,
                                    GResolverNameLookupFlags  flags,
                                    GCancellable             *cancellable,
                                    GAsyncReadyCallback       callback,
                                    gpointer                  user_data)
{
  FakeResolver *self = FAKE_RESOLVER (resolver);
  g_autofree char *hostname = g_strdup (name);
  g_autoptr(GTask) task = g_task_new (self, cancellable, callback, user_data);
  GSocketFamily family = G_SOCKET_FAMILY_INVALID;
  GList *addresses = NULL;

  /* An absolute name is the same name. */
  if (g_str_has_suffix (hostname, "."))
    hostname[strlen (hostname) - 1] = '\0';

  if ((flags & G_RESOLVER_NAME_LOOKUP_FLAGS_IPV4_ONLY) != 0)
    family = G_SOCKET_FAMILY_IPV4;
  if ((flags & G_RESOLVER_NAME_LOOKUP_FLAGS_IPV6_ONLY) != 0)
    family = G_SOCKET_FAMILY_IPV6;

  g_ptr_array_add (self->questions,
                   g_strdup_printf ("%s %s",
                                    family == G_SOCKET_FAMILY_IPV6 ? "AAAA" : "A",
                                    hostname));

  if (answer_badly (self, task, hostname))
    return;

  for (gsize i = 0; self->zone[i] != NULL; i++)
    {
      g_auto(GStrv) fields = g_strsplit (self->zone[i], " ", -1);
      g_autoptr(GInetAddress) address = NULL;

      if (!g_str_equal (fields[0], "A") || !name_matches (fields[1], hostname))
        continue;

      address = g_inet_address_new_from_string (fields[2]);
      g_assert_nonnull (address);
      if (family == G_SOCKET_FAMILY_INVALID || g_inet_address_get_family (address) == family)
        addresses = g_list_append (addresses, g_steal_pointer (&address));
    }

  if (addresses == NULL)
    answer_nothing (task, hostname);
  else
    g_task_return_pointer (task, addresses, free_addresses);
}

/* The record of a line in the zone, if it is one of this name and type. */
static GVariant *
read_record (const char          *line,
             GResolverRecordType  record_type,
             const char          *rrname)
{
  g_auto(GStrv) fields = g_strsplit (line, " ", -1);
  g_autofree char *name = NULL;

  if (record_type == G_RESOLVER_RECORD_MX)
    {
      if (!g_str_equal (fields[0], "MX") || !g_str_equal (fields[1], rrname))
        return NULL;

      return g_variant_ref_sink (g_variant_new ("(qs)", atoi (fields[2]), fields[3]));
    }

  if (!g_str_equal (fields[0], "SRV"))
    return NULL;

  name = g_strdup_printf ("_%s._tcp.%s", fields[1], fields[2]);
  if (!g_str_equal (name, rrname))
    return NULL;

  /* GLib's own resolver hands "." out as an empty name. */
  return g_variant_ref_sink (g_variant_new ("(qqqs)",
                                            atoi (fields[3]),
                                            atoi (fields[4]),
                                            atoi (fields[5]),
                                            g_str_equal (fields[6], ".") ? "" : fields[6]));
}

static void
fake_resolver_lookup_records_async (GResolver           *resolver,
                                    const char          *rrname,
                                    GResolverRecordType  record_type,
                                    GCancellable        *cancellable,
                                    GAsyncReadyCallback  callback,
                                    gpointer             user_data)
{
  FakeResolver *self = FAKE_RESOLVER (resolver);
  g_autoptr(GTask) task = g_task_new (self, cancellable, callback, user_data);
  GList *records = NULL;

  g_assert_true (record_type == G_RESOLVER_RECORD_MX || record_type == G_RESOLVER_RECORD_SRV);
  g_ptr_array_add (self->questions,
                   g_strdup_printf ("%s %s",
                                    record_type == G_RESOLVER_RECORD_MX ? "MX" : "SRV",
                                    rrname));

  if (answer_badly (self, task, rrname))
    return;

  for (gsize i = 0; self->zone[i] != NULL; i++)
    {
      GVariant *record = read_record (self->zone[i], record_type, rrname);

      if (record != NULL)
        records = g_list_append (records, record);
    }

  if (records == NULL)
    answer_nothing (task, rrname);
  else
    g_task_return_pointer (task, records, free_records);
}

static GList *
fake_resolver_lookup_finish (GResolver     *resolver,
                             GAsyncResult  *result,
                             GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
fake_resolver_finalize (GObject *object)
{
  FakeResolver *self = FAKE_RESOLVER (object);

  g_strfreev (self->zone);
  g_ptr_array_unref (self->questions);

  G_OBJECT_CLASS (fake_resolver_parent_class)->finalize (object);
}

static void
fake_resolver_class_init (FakeResolverClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GResolverClass *resolver_class = G_RESOLVER_CLASS (klass);

  object_class->finalize = fake_resolver_finalize;

  resolver_class->lookup_by_name_with_flags_async = fake_resolver_lookup_by_name_async;
  resolver_class->lookup_by_name_with_flags_finish = fake_resolver_lookup_finish;
  resolver_class->lookup_records_async = fake_resolver_lookup_records_async;
  resolver_class->lookup_records_finish = fake_resolver_lookup_finish;
}

static void
fake_resolver_init (FakeResolver *self)
{
  self->questions = g_ptr_array_new_with_free_func (g_free);
}

FakeResolver *
fake_resolver_install (const char * const *zone)
{
  FakeResolver *self = g_object_new (FAKE_TYPE_RESOLVER, NULL);

  self->zone = g_strdupv ((char **) zone);
  g_resolver_set_default (G_RESOLVER (self));
  return self;
}

GPtrArray *
fake_resolver_get_questions (FakeResolver *self)
{
  return self->questions;
}
