/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "net/mw-resolver.h"

#include <string.h>

#include "core/mw-error.h"
#include "net/mw-address-lookup.h"
#include "net/mw-dns-records.h"
#include "net/mw-text-lookup.h"

/* One question to the name server, all who asked it, and its one answer. */
typedef struct {
  /* Owned */
  GCancellable *cancellable;
  GSource      *deadline;
  GPtrArray    *waiting;  /* Waiter; in the order they came */
  GPtrArray    *answer;   /* of GInetAddress, GSrvTarget or char * */
  GError       *error;
} Question;

/* A caller who waits. Its task keeps the resolver alive. */
typedef struct {
  Question *question;
  GTask    *task;
  GSource  *cancelled;
} Waiter;

struct _MwResolver
{
  GObject parent_instance;

  /* Owned */
  GHashTable *questions; /* kind and name → Question */

  guint       timeout_ms;
};

G_DEFINE_FINAL_TYPE (MwResolver, mw_resolver, G_TYPE_OBJECT)

static void
waiter_free (Waiter *waiter)
{
  if (waiter->cancelled != NULL)
    g_source_destroy (waiter->cancelled);
  g_clear_pointer (&waiter->cancelled, g_source_unref);
  g_clear_object (&waiter->task);
  g_free (waiter);
}

static void
question_clear (gpointer data)
{
  Question *question = data;

  if (question->deadline != NULL)
    g_source_destroy (question->deadline);
  g_clear_pointer (&question->deadline, g_source_unref);
  g_clear_object (&question->cancellable);
  g_clear_pointer (&question->waiting, g_ptr_array_unref);
  g_clear_pointer (&question->answer, g_ptr_array_unref);
  g_clear_error (&question->error);
}

static void
question_release (Question *question)
{
  g_rc_box_release_full (question, question_clear);
}

static gboolean
question_is_answered (Question *question)
{
  return question->answer != NULL || question->error != NULL;
}

/* The question of a resolver that is gone: nobody waits for it. */
static void
question_abandon (gpointer data)
{
  Question *question = data;

  g_cancellable_cancel (question->cancellable);
  question_release (question);
}

static void
return_answer (Question *question,
               GTask    *task)
{
  if (question->error != NULL)
    g_task_return_error (task, g_error_copy (question->error));
  else
    g_task_return_pointer (task, g_ptr_array_ref (question->answer),
                           (GDestroyNotify) g_ptr_array_unref);
}

/* Gives the answer to everybody; the first answer counts, a late one is
 * dropped. */
static void
question_answer (Question  *question,
                 GPtrArray *answer,
                 GError    *error)
{
  g_autoptr(GPtrArray) waiting = NULL;

  if (question_is_answered (question))
    {
      g_clear_pointer (&answer, g_ptr_array_unref);
      g_clear_error (&error);
      return;
    }

  question->answer = answer;
  question->error = error;
  if (question->deadline != NULL)
    g_source_destroy (question->deadline);
  g_clear_pointer (&question->deadline, g_source_unref);

  waiting = g_steal_pointer (&question->waiting);
  g_rc_box_acquire (question);
  for (guint i = 0; i < waiting->len; i++)
    {
      Waiter *waiter = g_ptr_array_index (waiting, i);

      return_answer (question, waiter->task);
    }
  question_release (question);
}

static void
question_fail (Question   *question,
               MwOutcome   outcome,
               const char *message)
{
  question_answer (question, NULL, g_error_new_literal (MW_PROBE_ERROR, outcome, message));
}

static void
question_fail_from (Question *question,
                    GError   *error)
{
  g_autoptr(GError) owned = error;
  MwOutcome outcome = MW_OUTCOME_DNS_FAIL;

  if (owned == NULL || g_error_matches (owned, G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND))
    outcome = MW_OUTCOME_DNS_NXDOMAIN;
  else if (g_error_matches (owned, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    outcome = MW_OUTCOME_TIMEOUT;

  question_fail (question, outcome, owned != NULL ? owned->message : "There is no such record");
}

static gboolean
deadline_cb (gpointer user_data)
{
  Question *question = user_data;

  g_cancellable_cancel (question->cancellable);
  question_fail (question, MW_OUTCOME_TIMEOUT, "The name server did not answer in time");
  return G_SOURCE_REMOVE;
}

static void
addresses_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  Question *question = user_data;
  GError *error = NULL;
  GList *list = g_resolver_lookup_by_name_with_flags_finish (G_RESOLVER (object), result, &error);

  if (list == NULL)
    question_fail_from (question, error);
  else
    {
      GPtrArray *answer = g_ptr_array_new_with_free_func (g_object_unref);

      for (GList *l = list; l != NULL; l = l->next)
        g_ptr_array_add (answer, l->data);
      g_list_free (list);
      question_answer (question, answer, NULL);
    }

  question_release (question);
}

/* With the answer, or without one with what went wrong. */
static void
question_end (Question  *question,
              GPtrArray *answer,
              GError    *error)
{
  if (answer == NULL)
    question_fail_from (question, error);
  else
    question_answer (question, answer, NULL);

  question_release (question);
}

static void
question_end_with_records (Question      *question,
                           GObject       *resolver,
                           GAsyncResult  *result,
                           GPtrArray   *(*convert) (GList *records))
{
  GError *error = NULL;
  GList *records = g_resolver_lookup_records_finish (G_RESOLVER (resolver), result, &error);

  question_end (question, records != NULL ? convert (records) : NULL, error);
  g_list_free_full (records, (GDestroyNotify) g_variant_unref);
}

static void
own_addresses_cb (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  GError *error = NULL;
  GPtrArray *answer = mw_address_lookup_finish (result, &error);

  question_end (user_data, answer, error);
}

/* Nobody has put another resolver in GIO's place. */
static gboolean
is_system_resolver (GResolver *resolver)
{
  return g_str_equal (G_OBJECT_TYPE_NAME (resolver), "GThreadedResolver");
}

static void
ask_for_addresses (Question      *question,
                   const char    *name,
                   GSocketFamily  family)
{
  g_autoptr(GResolver) resolver = g_resolver_get_default ();
  GResolverNameLookupFlags flags = family == G_SOCKET_FAMILY_IPV6
                                     ? G_RESOLVER_NAME_LOOKUP_FLAGS_IPV6_ONLY
                                     : G_RESOLVER_NAME_LOOKUP_FLAGS_IPV4_ONLY;

  if (is_system_resolver (resolver))
    mw_address_lookup_async (name, family, own_addresses_cb, g_rc_box_acquire (question));
  else
    g_resolver_lookup_by_name_with_flags_async (resolver, name, flags, question->cancellable,
                                                addresses_cb, g_rc_box_acquire (question));
}

static void
srv_cb (GObject      *object,
        GAsyncResult *result,
        gpointer      user_data)
{
  Question *question = user_data;
  GError *error = NULL;
  GList *records = g_resolver_lookup_records_finish (G_RESOLVER (object), result, &error);
  g_autoptr(GPtrArray) answer = mw_dns_records_to_srv_targets (records);

  if (records == NULL)
    question_fail_from (question, error);
  else if (answer->len == 0)
    question_fail (question, MW_OUTCOME_DNS_FAIL, "The name server's records cannot be used");
  else
    question_answer (question, g_steal_pointer (&answer), NULL);

  g_list_free_full (records, (GDestroyNotify) g_variant_unref);
  question_release (question);
}

static void
mx_cb (GObject      *object,
       GAsyncResult *result,
       gpointer      user_data)
{
  question_end_with_records (user_data, object, result, mw_dns_records_to_exchangers);
}

static void
text_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  question_end_with_records (user_data, object, result, mw_dns_records_to_texts);
}

static void
own_text_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  GError *error = NULL;
  GPtrArray *answer = mw_text_lookup_finish (result, &error);

  question_end (user_data, answer, error);
}

static gboolean
cancelled_cb (GCancellable *cancellable,
              gpointer      user_data)
{
  Waiter *waiter = user_data;
  g_autoptr(GTask) task = g_object_ref (waiter->task);

  g_ptr_array_remove (waiter->question->waiting, waiter);
  g_task_return_new_error (task, MW_PROBE_ERROR, MW_OUTCOME_CANCELLED, "Cancelled");
  return G_SOURCE_REMOVE;
}

static void
question_wait (Question *question,
               GTask    *task)
{
  GCancellable *cancellable = g_task_get_cancellable (task);
  Waiter *waiter = g_new0 (Waiter, 1);

  waiter->question = question;
  waiter->task = g_object_ref (task);
  if (cancellable != NULL)
    {
      waiter->cancelled = g_cancellable_source_new (cancellable);
      g_source_set_callback (waiter->cancelled, G_SOURCE_FUNC (cancelled_cb), waiter, NULL);
      g_source_attach (waiter->cancelled, g_main_context_get_thread_default ());
    }
  g_ptr_array_add (question->waiting, waiter);
}

/* Answers from memory or waits for the answer.
 * Returns: (nullable): the question when it is new and has to be asked */
static Question *
question_for (MwResolver *self,
              GTask      *task,
              const char *kind,
              const char *name)
{
  g_autofree char *key = g_strconcat (kind, " ", name, NULL);
  Question *question = g_hash_table_lookup (self->questions, key);

  if (g_cancellable_is_cancelled (g_task_get_cancellable (task)))
    {
      g_task_return_new_error (task, MW_PROBE_ERROR, MW_OUTCOME_CANCELLED, "Cancelled");
      return NULL;
    }
  if (question != NULL && question_is_answered (question))
    {
      return_answer (question, task);
      return NULL;
    }
  if (question != NULL)
    {
      question_wait (question, task);
      return NULL;
    }

  question = g_rc_box_new0 (Question);
  question->cancellable = g_cancellable_new ();
  question->waiting = g_ptr_array_new_with_free_func ((GDestroyNotify) waiter_free);
  question->deadline = g_timeout_source_new (self->timeout_ms);
  g_source_set_callback (question->deadline, deadline_cb, question, NULL);
  g_source_attach (question->deadline, g_main_context_get_thread_default ());
  g_hash_table_insert (self->questions, g_steal_pointer (&key), question);
  question_wait (question, task);

  return question;
}

static GTask *
task_new (MwResolver          *self,
          gpointer             source_tag,
          GCancellable        *cancellable,
          GAsyncReadyCallback  callback,
          gpointer             user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, source_tag);
  g_task_set_check_cancellable (task, FALSE);
  return task;
}

/* With a final dot the system's search list adds nothing to the name. Names of
 * one label are the person's own network, where the list is wanted. */
static char *
make_absolute (const char *host)
{
  return strchr (host, '.') != NULL && !g_str_has_suffix (host, ".")
           ? g_strconcat (host, ".", NULL) : g_strdup (host);
}

static GInetAddress *
parse_literal (const char *host)
{
  g_autofree char *bare = NULL;
  gsize length = strlen (host);

  if (length > 2 && host[0] == '[' && host[length - 1] == ']')
    bare = g_strndup (host + 1, length - 2);

  return g_inet_address_new_from_string (bare != NULL ? bare : host);
}

static void
return_literal (GTask         *task,
                GInetAddress  *address,
                GSocketFamily  family)
{
  g_autoptr(GPtrArray) answer = NULL;

  if (g_inet_address_get_family (address) != family)
    {
      g_task_return_new_error (task, MW_PROBE_ERROR, MW_OUTCOME_DNS_NXDOMAIN,
                               "The literal is of the other family");
      return;
    }

  answer = g_ptr_array_new_with_free_func (g_object_unref);
  g_ptr_array_add (answer, g_object_ref (address));
  g_task_return_pointer (task, g_steal_pointer (&answer), (GDestroyNotify) g_ptr_array_unref);
}

static void
mw_resolver_finalize (GObject *object)
{
  MwResolver *self = MW_RESOLVER (object);

  g_clear_pointer (&self->questions, g_hash_table_unref);

  G_OBJECT_CLASS (mw_resolver_parent_class)->finalize (object);
}

static void
mw_resolver_class_init (MwResolverClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mw_resolver_finalize;
}

static void
mw_resolver_init (MwResolver *self)
{
  self->questions = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, question_abandon);
}

MwResolver *
mw_resolver_new (guint timeout_ms)
{
  MwResolver *self;

  g_return_val_if_fail (timeout_ms > 0, NULL);

  self = g_object_new (MW_TYPE_RESOLVER, NULL);
  self->timeout_ms = timeout_ms;
  return self;
}

void
mw_resolver_lookup_addresses_async (MwResolver          *self,
                                    const char          *host,
                                    GSocketFamily        family,
                                    GCancellable        *cancellable,
                                    GAsyncReadyCallback  callback,
                                    gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  g_autoptr(GInetAddress) literal = NULL;
  g_autofree char *absolute = NULL;
  gboolean is_ipv6 = family == G_SOCKET_FAMILY_IPV6;
  Question *question;

  g_return_if_fail (MW_IS_RESOLVER (self));
  g_return_if_fail (host != NULL && *host != '\0');
  g_return_if_fail (is_ipv6 || family == G_SOCKET_FAMILY_IPV4);

  task = task_new (self, mw_resolver_lookup_addresses_async, cancellable, callback, user_data);
  literal = parse_literal (host);
  if (literal != NULL)
    {
      return_literal (task, literal, family);
      return;
    }

  absolute = make_absolute (host);
  question = question_for (self, task, is_ipv6 ? "AAAA" : "A", absolute);
  if (question != NULL)
    ask_for_addresses (question, absolute, family);
}

GPtrArray *
mw_resolver_lookup_addresses_finish (MwResolver    *self,
                                     GAsyncResult  *result,
                                     GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, mw_resolver_lookup_addresses_async),
                        NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

GPtrArray *
mw_resolver_peek_addresses (MwResolver *self,
                            const char *host)
{
  static const char * const kinds[] = { "A", "AAAA" };
  g_autoptr(GPtrArray) addresses = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(GInetAddress) literal = NULL;
  g_autofree char *absolute = NULL;

  g_return_val_if_fail (MW_IS_RESOLVER (self), NULL);
  g_return_val_if_fail (host != NULL, NULL);

  literal = parse_literal (host);
  if (literal != NULL)
    {
      g_ptr_array_add (addresses, g_steal_pointer (&literal));
      return g_steal_pointer (&addresses);
    }

  absolute = make_absolute (host);
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *key = g_strconcat (kinds[i], " ", absolute, NULL);
      Question *question = g_hash_table_lookup (self->questions, key);

      if (question == NULL || !question_is_answered (question))
        return NULL;
      for (guint j = 0; question->answer != NULL && j < question->answer->len; j++)
        g_ptr_array_add (addresses, g_object_ref (question->answer->pdata[j]));
    }

  return g_steal_pointer (&addresses);
}

void
mw_resolver_lookup_srv_async (MwResolver          *self,
                              const char          *service,
                              const char          *domain,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  g_autoptr(GResolver) resolver = NULL;
  g_autofree char *name = NULL;
  Question *question;

  g_return_if_fail (MW_IS_RESOLVER (self));
  g_return_if_fail (service != NULL);
  g_return_if_fail (domain != NULL);

  task = task_new (self, mw_resolver_lookup_srv_async, cancellable, callback, user_data);
  name = g_strdup_printf ("_%s._tcp.%s", service, domain);
  question = question_for (self, task, "SRV", name);
  if (question == NULL)
    return;

  /* g_resolver_lookup_service() hides a target ".". */
  resolver = g_resolver_get_default ();
  g_resolver_lookup_records_async (resolver, name, G_RESOLVER_RECORD_SRV, question->cancellable,
                                   srv_cb, g_rc_box_acquire (question));
}

GPtrArray *
mw_resolver_lookup_srv_finish (MwResolver    *self,
                               GAsyncResult  *result,
                               GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, mw_resolver_lookup_srv_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

void
mw_resolver_lookup_mx_async (MwResolver          *self,
                             const char          *domain,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  g_autoptr(GResolver) resolver = NULL;
  Question *question;

  g_return_if_fail (MW_IS_RESOLVER (self));
  g_return_if_fail (domain != NULL);

  task = task_new (self, mw_resolver_lookup_mx_async, cancellable, callback, user_data);
  question = question_for (self, task, "MX", domain);
  if (question == NULL)
    return;

  resolver = g_resolver_get_default ();
  g_resolver_lookup_records_async (resolver, domain, G_RESOLVER_RECORD_MX, question->cancellable,
                                   mx_cb, g_rc_box_acquire (question));
}

char **
mw_resolver_lookup_mx_finish (MwResolver    *self,
                              GAsyncResult  *result,
                              GError       **error)
{
  g_autoptr(GPtrArray) hosts = NULL;
  g_autoptr(GStrvBuilder) builder = NULL;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, mw_resolver_lookup_mx_async), NULL);

  hosts = g_task_propagate_pointer (G_TASK (result), error);
  if (hosts == NULL)
    return NULL;

  builder = g_strv_builder_new ();
  for (guint i = 0; i < hosts->len; i++)
    g_strv_builder_add (builder, g_ptr_array_index (hosts, i));
  return g_strv_builder_end (builder);
}

void
mw_resolver_lookup_text_async (MwResolver          *self,
                               const char          *name,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  g_autoptr(GResolver) resolver = NULL;
  Question *question;

  g_return_if_fail (MW_IS_RESOLVER (self));
  g_return_if_fail (name != NULL && *name != '\0');

  task = task_new (self, mw_resolver_lookup_text_async, cancellable, callback, user_data);
  question = question_for (self, task, "TXT", name);
  if (question == NULL)
    return;

  resolver = g_resolver_get_default ();
  if (is_system_resolver (resolver))
    mw_text_lookup_async (name, own_text_cb, g_rc_box_acquire (question));
  else
    g_resolver_lookup_records_async (resolver, name, G_RESOLVER_RECORD_TXT,
                                     question->cancellable, text_cb,
                                     g_rc_box_acquire (question));
}

GPtrArray *
mw_resolver_lookup_text_finish (MwResolver    *self,
                                GAsyncResult  *result,
                                GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, mw_resolver_lookup_text_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
