/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "discovery/mw-source-pacc.h"

#include "core/mw-error.h"
#include "discovery/mw-pacc-digest.h"
#include "discovery/mw-pacc-document.h"

#define HOST "ua-auto-config."
#define PATH "/.well-known/user-agent-configuration.json"
#define DIGEST "_ua-auto-config."

struct _MwSourcePacc
{
  GObject parent_instance;

  /* Owned */
  MwResolver  *resolver;
  MwHttpFetch *fetch;
  char        *detail;
};

static void mw_source_pacc_iface_init (MwSourceInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (MwSourcePacc, mw_source_pacc, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (MW_TYPE_SOURCE, mw_source_pacc_iface_init))

/* The two halves of the answer, as far as they have come. */
typedef struct {
  MwAddress    *address;
  GCancellable *rest;      /* stops the half that is not needed any more */
  GPtrArray    *texts;
  GBytes       *body;
  gboolean      finished;
} Search;

static void
search_free (gpointer data)
{
  Search *search = data;

  mw_address_unref (search->address);
  g_object_unref (search->rest);
  g_clear_pointer (&search->texts, g_ptr_array_unref);
  g_clear_pointer (&search->body, g_bytes_unref);
  g_free (search);
}

/* Ends the search, and says why: @prefix and the domain, @reason. */
static void
finish (GTask      *task,
        GPtrArray  *found,
        const char *prefix,
        const char *reason)
{
  MwSourcePacc *self = g_task_get_source_object (task);
  Search *search = g_task_get_task_data (task);

  search->finished = TRUE;
  g_cancellable_cancel (search->rest);
  g_free (self->detail);
  self->detail = g_strdup_printf ("%s%s: %s", prefix,
                                  mw_address_get_domain (search->address), reason);
  g_task_return_pointer (task, found, (GDestroyNotify) g_ptr_array_unref);
}

static void
finish_with_nothing (GTask      *task,
                     const char *prefix,
                     const char *reason)
{
  finish (task, g_ptr_array_new_with_free_func ((GDestroyNotify) mw_candidate_unref),
          prefix, reason);
}

static void
finish_with_error (GTask      *task,
                   const char *prefix,
                   GError     *error)
{
  Search *search = g_task_get_task_data (task);
  MwOutcome outcome = error->domain == MW_PROBE_ERROR ? (MwOutcome) error->code
                                                      : MW_OUTCOME_PROTOCOL;

  search->finished = TRUE;
  g_cancellable_cancel (search->rest);
  g_task_return_new_error (task, MW_PROBE_ERROR, outcome, "%s%s: %s", prefix,
                           mw_address_get_domain (search->address), error->message);
}

/* Whether nobody waits for the answer any more. */
static gboolean
is_over (GTask *task)
{
  Search *search = g_task_get_task_data (task);

  if (!search->finished)
    search->finished = g_task_return_error_if_cancelled (task);

  return search->finished;
}

static char *
summarise (MwPaccDocument *document)
{
  g_autoptr(GString) text = g_string_new (NULL);

  g_string_append_printf (text, "%u servers", document->candidates->len);
  for (guint i = 0; i < document->skipped->len; i++)
    g_string_append_printf (text, ", left out %s", (char *) document->skipped->pdata[i]);

  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* Once both halves are there. */
static void
check (GTask *task)
{
  Search *search = g_task_get_task_data (task);
  g_autoptr(MwPaccDocument) document = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *reason = NULL;
  const char *fault;
  const char *data;
  gsize length;

  if (search->texts == NULL || search->body == NULL)
    return;

  data = g_bytes_get_data (search->body, &length);
  fault = mw_pacc_digest_check (search->texts, (const guint8 *) data, length);
  if (fault != NULL)
    {
      reason = g_strconcat ("The document is not used, ", fault, NULL);
      finish_with_nothing (task, HOST, reason);
      return;
    }

  document = mw_pacc_document_parse (data, length, search->address, MW_ORIGIN_PACC, MW_GRADE_B,
                                     &error);
  if (document == NULL)
    {
      finish_with_nothing (task, HOST, error->message);
      return;
    }

  reason = summarise (document);
  finish (task, g_ptr_array_ref (document->candidates), HOST, reason);
}

static void
on_texts_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (user_data);
  Search *search = g_task_get_task_data (task);
  g_autoptr(GPtrArray) texts = NULL;
  g_autoptr(GError) error = NULL;

  texts = mw_resolver_lookup_text_finish (MW_RESOLVER (object), result, &error);
  if (is_over (task))
    return;

  if (texts != NULL)
    {
      search->texts = g_steal_pointer (&texts);
      check (task);
    }
  else if (g_error_matches (error, MW_PROBE_ERROR, MW_OUTCOME_DNS_NXDOMAIN))
    finish_with_nothing (task, DIGEST, "No TXT record, so no document is used");
  else
    finish_with_error (task, DIGEST, error);
}

static void
on_answer_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (user_data);
  Search *search = g_task_get_task_data (task);
  g_autoptr(MwHttpAnswer) answer = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *reason = NULL;

  answer = mw_http_fetch_get_finish (MW_HTTP_FETCH (object), result, &error);
  if (is_over (task))
    return;

  if (answer != NULL && answer->status == 200)
    {
      search->body = g_bytes_ref (answer->body);
      check (task);
    }
  else if (answer != NULL)
    {
      reason = g_strdup_printf ("HTTP %u", answer->status);
      finish_with_nothing (task, HOST, reason);
    }
  /* That a name or a web server does not exist is an answer. */
  else if (g_error_matches (error, MW_PROBE_ERROR, MW_OUTCOME_DNS_NXDOMAIN) ||
           g_error_matches (error, MW_PROBE_ERROR, MW_OUTCOME_REFUSED))
    finish_with_nothing (task, HOST, error->message);
  else
    finish_with_error (task, HOST, error);
}

static void
on_cancelled_cb (GCancellable *cancellable,
                 gpointer      user_data)
{
  g_cancellable_cancel (user_data);
}

static MwOrigin
mw_source_pacc_get_origin (MwSource *source)
{
  return MW_ORIGIN_PACC;
}

static MwGrade
mw_source_pacc_get_grade (MwSource *source)
{
  return MW_GRADE_B;
}

static void
mw_source_pacc_find_async (MwSource            *source,
                           MwAddress           *address,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  MwSourcePacc *self = MW_SOURCE_PACC (source);
  g_autoptr(GTask) task = g_task_new (self, cancellable, callback, user_data);
  const char *domain = mw_address_get_domain (address);
  g_autofree char *name = g_strconcat (DIGEST, domain, NULL);
  g_autofree char *uri = g_strconcat ("https://" HOST, domain, PATH, NULL);
  Search *search = g_new0 (Search, 1);

  g_task_set_source_tag (task, mw_source_pacc_find_async);
  search->address = mw_address_ref (address);
  search->rest = g_cancellable_new ();
  g_task_set_task_data (task, search, search_free);
  if (cancellable != NULL)
    g_signal_connect_object (cancellable, "cancelled", G_CALLBACK (on_cancelled_cb),
                             search->rest, 0);

  mw_resolver_lookup_text_async (self->resolver, name, search->rest, on_texts_cb,
                                 g_object_ref (task));
  mw_http_fetch_get_async (self->fetch, self->resolver, uri, MW_PACC_DOCUMENT_MAX_SIZE,
                           search->rest, on_answer_cb, g_object_ref (task));
}

static GPtrArray *
mw_source_pacc_find_finish (MwSource      *source,
                            GAsyncResult  *result,
                            GError       **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, mw_source_pacc_find_async), NULL);
  g_return_val_if_fail (g_task_is_valid (result, source), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static char *
mw_source_pacc_dup_detail (MwSource *source)
{
  return g_strdup (MW_SOURCE_PACC (source)->detail);
}

static void
mw_source_pacc_finalize (GObject *object)
{
  MwSourcePacc *self = MW_SOURCE_PACC (object);

  g_clear_object (&self->resolver);
  g_clear_object (&self->fetch);
  g_free (self->detail);

  G_OBJECT_CLASS (mw_source_pacc_parent_class)->finalize (object);
}

static void
mw_source_pacc_iface_init (MwSourceInterface *iface)
{
  iface->get_origin = mw_source_pacc_get_origin;
  iface->get_grade = mw_source_pacc_get_grade;
  iface->find_async = mw_source_pacc_find_async;
  iface->find_finish = mw_source_pacc_find_finish;
  iface->dup_detail = mw_source_pacc_dup_detail;
}

static void
mw_source_pacc_class_init (MwSourcePaccClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mw_source_pacc_finalize;
}

static void
mw_source_pacc_init (MwSourcePacc *self)
{
}

MwSource *
mw_source_pacc_new (MwResolver  *resolver,
                    MwHttpFetch *fetch)
{
  MwSourcePacc *self;

  g_return_val_if_fail (MW_IS_RESOLVER (resolver), NULL);
  g_return_val_if_fail (MW_IS_HTTP_FETCH (fetch), NULL);

  self = g_object_new (MW_TYPE_SOURCE_PACC, NULL);
  self->resolver = g_object_ref (resolver);
  self->fetch = g_object_ref (fetch);
  return MW_SOURCE (self);
}
