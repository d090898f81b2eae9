/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "fake-resolver.h"

#include <stdlib.h>
#include <string.h>

/* A record that no line of a zone could say. */
typedef struct {
  char     *name;
  GVariant *record;
} RawRecord;

struct _MwFakeResolver
{
  GResolver parent_instance;

  /* Owned */
  GPtrArray  *zone;      /* of char * */
  GPtrArray  *records;   /* of RawRecord */
  GPtrArray  *questions; /* of char * */
  GHashTable *delays;    /* GSocketFamily → milliseconds */
};

G_DEFINE_FINAL_TYPE (MwFakeResolver, mw_fake_resolver, G_TYPE_RESOLVER)

/* One question, until it is answered. */
typedef struct {
  char          *type;
  char          *name;  /* as asked */
  char          *plain; /* without a final dot */
  GSocketFamily  family;
} Question;

static void
question_free (gpointer data)
{
  Question *question = data;

  g_free (question->type);
  g_free (question->name);
  g_free (question->plain);
  g_free (question);
}

static void
raw_record_free (gpointer data)
{
  RawRecord *raw = data;

  g_free (raw->name);
  g_variant_unref (raw->record);
  g_free (raw);
}

static gboolean
name_matches (const char *pattern,
              Question   *question)
{
  if (g_str_equal (pattern, "*"))
    return TRUE;

  if (g_str_has_prefix (pattern, "*."))
    return g_str_has_suffix (question->plain, pattern + 1);

  return g_str_equal (pattern, question->name) || g_str_equal (pattern, question->plain);
}

static gboolean
has_line (MwFakeResolver *self,
          const char     *word,
          Question       *question)
{
  for (guint i = 0; i < self->zone->len; i++)
    {
      g_auto(GStrv) fields = g_strsplit (self->zone->pdata[i], " ", -1);

      if (g_str_equal (fields[0], word) &&
          (fields[2] == NULL ? name_matches (fields[1], question)
                             : g_str_equal (fields[1], question->type) &&
                               name_matches (fields[2], question)))
        return TRUE;
    }

  return FALSE;
}

static void
free_addresses (gpointer list)
{
  g_resolver_free_addresses (list);
}

static void
free_records (gpointer list)
{
  g_list_free_full (list, (GDestroyNotify) g_variant_unref);
}

static GList *
find_addresses (MwFakeResolver *self,
                Question       *question)
{
  GList *found = NULL;

  for (guint i = 0; i < self->zone->len; i++)
    {
      g_auto(GStrv) fields = g_strsplit (self->zone->pdata[i], " ", -1);
      g_autoptr(GInetAddress) address = NULL;

      if (!g_str_equal (fields[0], "A") || !name_matches (fields[1], question))
        continue;

      address = g_inet_address_new_from_string (fields[2]);
      g_assert_nonnull (address);
      if (g_inet_address_get_family (address) == question->family)
        found = g_list_append (found, g_steal_pointer (&address));
    }

  return found;
}

/* The record of a line in the zone, if it is one of this name and type. */
static GVariant *
read_record (const char *line,
             Question   *question)
{
  g_auto(GStrv) fields = g_strsplit (line, " ", -1);
  g_autofree char *name = NULL;

  if (!g_str_equal (fields[0], question->type))
    return NULL;

  if (g_str_equal (question->type, "TXT"))
    {
      g_auto(GStrv) rest = g_strsplit (line, " ", 3);
      g_auto(GStrv) strings = g_strsplit (rest[2], "|", -1);

      return g_str_equal (rest[1], question->name)
             ? g_variant_ref_sink (g_variant_new ("(^as)", strings)) : NULL;
    }

  if (g_str_equal (question->type, "MX"))
    return g_str_equal (fields[1], question->name)
           ? g_variant_ref_sink (g_variant_new ("(qs)", atoi (fields[2]), fields[3])) : NULL;

  name = g_strdup_printf ("_%s._tcp.%s", fields[1], fields[2]);
  if (!g_str_equal (name, question->name))
    return NULL;

  /* GLib's own resolver hands "." out as an empty name. */
  return g_variant_ref_sink (g_variant_new ("(qqqs)", atoi (fields[3]), atoi (fields[4]),
                                            atoi (fields[5]),
                                            g_str_equal (fields[6], ".") ? "" : fields[6]));
}

static GList *
find_records (MwFakeResolver *self,
              Question       *question)
{
  GList *found = NULL;

  for (guint i = 0; i < self->zone->len; i++)
    {
      GVariant *record = read_record (self->zone->pdata[i], question);

      if (record != NULL)
        found = g_list_append (found, record);
    }

  for (guint i = 0; i < self->records->len; i++)
    {
      RawRecord *raw = self->records->pdata[i];

      if (g_str_equal (raw->name, question->name))
        found = g_list_append (found, g_variant_ref (raw->record));
    }

  return found;
}

static gboolean
cancelled_cb (GCancellable *cancellable,
              gpointer      user_data)
{
  g_task_return_error_if_cancelled (G_TASK (user_data));
  return G_SOURCE_REMOVE;
}

static gboolean
answer_cb (gpointer user_data)
{
  GTask *task = user_data;
  MwFakeResolver *self = g_task_get_source_object (task);
  Question *question = g_task_get_task_data (task);
  gboolean for_address = question->family != G_SOCKET_FAMILY_INVALID;
  GList *answer;

  if (has_line (self, "SILENT", question))
    {
      g_autoptr(GSource) source = g_cancellable_source_new (g_task_get_cancellable (task));

      g_task_attach_source (task, source, G_SOURCE_FUNC (cancelled_cb));
      return G_SOURCE_REMOVE;
    }

  if (has_line (self, "FAIL", question))
    {
      g_task_return_new_error (task, G_RESOLVER_ERROR, G_RESOLVER_ERROR_TEMPORARY_FAILURE,
                               "Temporarily unable to resolve “%s”", question->name);
      return G_SOURCE_REMOVE;
    }

  answer = for_address ? find_addresses (self, question) : find_records (self, question);
  if (answer == NULL)
    g_task_return_new_error (task, G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND,
                             "No DNS record of the requested type for “%s”", question->name);
  else
    g_task_return_pointer (task, answer, for_address ? free_addresses : free_records);
  return G_SOURCE_REMOVE;
}

static void
ask (GResolver           *resolver,
     const char          *type,
     const char          *name,
     GSocketFamily        family,
     GCancellable        *cancellable,
     GAsyncReadyCallback  callback,
     gpointer             user_data)
{
  MwFakeResolver *self = MW_FAKE_RESOLVER (resolver);
  GTask *task = g_task_new (resolver, cancellable, callback, user_data);
  gpointer delay = g_hash_table_lookup (self->delays, GINT_TO_POINTER (family));
  Question *question = g_new0 (Question, 1);
  gsize length = strlen (name);

  question->type = g_strdup (type);
  question->name = g_strdup (name);
  question->plain = g_strndup (name, g_str_has_suffix (name, ".") ? length - 1 : length);
  question->family = family;
  g_task_set_task_data (task, question, question_free);
  g_ptr_array_add (self->questions, g_strdup_printf ("%s %s", type, question->plain));
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
  gboolean is_ipv6 = flags == G_RESOLVER_NAME_LOOKUP_FLAGS_IPV6_ONLY;

  ask (resolver, is_ipv6 ? "AAAA" : "A", name,
       is_ipv6 ? G_SOCKET_FAMILY_IPV6 : G_SOCKET_FAMILY_IPV4, cancellable, callback, user_data);
}

static const char *
get_type_name (GResolverRecordType type)
{
  switch ((int) type)
    {
    case G_RESOLVER_RECORD_MX:
      return "MX";
    case G_RESOLVER_RECORD_SRV:
      return "SRV";
    case G_RESOLVER_RECORD_TXT:
      return "TXT";
    default:
      g_assert_not_reached ();
    }
}

static void
lookup_records_async (GResolver           *resolver,
                      const char          *name,
                      GResolverRecordType  type,
                      GCancellable        *cancellable,
                      GAsyncReadyCallback  callback,
                      gpointer             user_data)
{
  ask (resolver, get_type_name (type), name, G_SOCKET_FAMILY_INVALID, cancellable, callback,
       user_data);
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
  g_ptr_array_unref (self->records);
  g_ptr_array_unref (self->questions);
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
  self->zone = g_ptr_array_new_with_free_func (g_free);
  self->records = g_ptr_array_new_with_free_func (raw_record_free);
  self->questions = g_ptr_array_new_with_free_func (g_free);
  self->delays = g_hash_table_new (NULL, NULL);
}

MwFakeResolver *
mw_fake_resolver_new (void)
{
  return g_object_new (MW_TYPE_FAKE_RESOLVER, NULL);
}

MwFakeResolver *
mw_fake_resolver_install (const char * const *zone)
{
  MwFakeResolver *self = mw_fake_resolver_new ();

  for (gsize i = 0; zone[i] != NULL; i++)
    mw_fake_resolver_add (self, zone[i]);
  g_resolver_set_default (G_RESOLVER (self));
  return self;
}

void
mw_fake_resolver_add (MwFakeResolver *self,
                      const char     *line)
{
  g_ptr_array_add (self->zone, g_strdup (line));
}

void
mw_fake_resolver_add_address (MwFakeResolver *self,
                              const char     *name,
                              const char     *address)
{
  g_ptr_array_add (self->zone, g_strdup_printf ("A %s %s", name, address));
}

void
mw_fake_resolver_add_record (MwFakeResolver *self,
                             const char     *name,
                             GVariant       *record)
{
  RawRecord *raw = g_new (RawRecord, 1);

  raw->name = g_strdup (name);
  raw->record = g_variant_ref_sink (record);
  g_ptr_array_add (self->records, raw);
}

void
mw_fake_resolver_forget (MwFakeResolver *self)
{
  g_ptr_array_set_size (self->zone, 0);
  g_ptr_array_set_size (self->records, 0);
}

void
mw_fake_resolver_set_delay (MwFakeResolver *self,
                            GSocketFamily   family,
                            guint           delay_ms)
{
  g_hash_table_insert (self->delays, GINT_TO_POINTER (family), GUINT_TO_POINTER (delay_ms));
}

GPtrArray *
mw_fake_resolver_get_questions (MwFakeResolver *self)
{
  return self->questions;
}

guint
mw_fake_resolver_get_n_questions (MwFakeResolver *self)
{
  return self->questions->len;
}
