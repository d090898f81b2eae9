/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "discovery/mw-source-autoconfig.h"

#include "core/mw-error.h"
#include "discovery/mw-autoconfig-xml.h"

#define MAX_PLACES 2

struct _MwSourceAutoconfig
{
  GObject parent_instance;

  gboolean     is_ispdb;

  /* Owned */
  MwResolver  *resolver;
  MwHttpFetch *fetch;
  char        *detail;
};

static void mw_source_autoconfig_iface_init (MwSourceInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (MwSourceAutoconfig, mw_source_autoconfig, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (MW_TYPE_SOURCE,
                                                      mw_source_autoconfig_iface_init))

/* One web address that may hold a document, and what became of it. */
typedef struct {
  char            *uri;
  char            *host;           /* for the detail, which names nobody */
  gboolean         with_address;
  gboolean         retried;
  gboolean         done;
  MwAutoconfigXml *document;
  char            *said;
  MwOutcome        outcome;        /* WORKS when there was an answer */
} Place;

typedef struct {
  MwAddress    *address;
  GCancellable *rest;              /* stops the places that are not needed */
  gboolean      finished;
  Place         places[MAX_PLACES]; /* the first counts most */
  guint         n_places;
} Search;

typedef struct {
  GTask *task;
  Place *place;
} Question;

static void
search_free (gpointer data)
{
  Search *search = data;

  for (guint i = 0; i < search->n_places; i++)
    {
      g_free (search->places[i].uri);
      g_free (search->places[i].host);
      g_free (search->places[i].said);
      g_clear_pointer (&search->places[i].document, mw_autoconfig_xml_free);
    }
  mw_address_unref (search->address);
  g_object_unref (search->rest);
  g_free (search);
}

static void
add_place (Search     *search,
           const char *host,
           const char *path,
           gboolean    with_address)
{
  Place *place = &search->places[search->n_places++];

  place->host = g_strdup (host);
  place->uri = g_strdup_printf ("https://%s/%s", host, path);
  place->with_address = with_address;
}

static void
say (Place     *place,
     MwOutcome  outcome,
     char      *said)
{
  g_free (place->said);
  place->said = said;
  place->outcome = outcome;
}

/* Whether a place came first in order and has settings. */
static Place *
find_best (Search   *search,
           gboolean *out_sure)
{
  *out_sure = TRUE;
  for (guint i = 0; i < search->n_places; i++)
    {
      Place *place = &search->places[i];

      if (place->document != NULL && place->document->candidates->len > 0)
        return place;
      if (!place->done)
        *out_sure = FALSE;
    }

  return NULL;
}

static char *
describe (Search *search)
{
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; i < search->n_places; i++)
    {
      Place *place = &search->places[i];

      if (place->said != NULL)
        g_string_append_printf (text, "%s%s: %s", text->len > 0 ? "; " : "",
                                place->host, place->said);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* That a name or a web server does not exist is an answer. */
static gboolean
is_answer (MwOutcome outcome)
{
  return outcome == MW_OUTCOME_WORKS || outcome == MW_OUTCOME_DNS_NXDOMAIN ||
         outcome == MW_OUTCOME_REFUSED;
}

static void
finish (GTask  *task,
        Search *search,
        Place  *best)
{
  MwSourceAutoconfig *self = g_task_get_source_object (task);

  search->finished = TRUE;
  g_cancellable_cancel (search->rest);
  g_free (self->detail);
  self->detail = describe (search);

  for (guint i = 0; best == NULL && i < search->n_places; i++)
    {
      if (is_answer (search->places[i].outcome))
        continue;

      g_task_return_new_error (task, MW_PROBE_ERROR, search->places[i].outcome, "%s",
                               self->detail);
      return;
    }

  g_task_return_pointer (task,
                         best != NULL
                         ? g_ptr_array_ref (best->document->candidates)
                         : g_ptr_array_new_with_free_func ((GDestroyNotify) mw_candidate_unref),
                         (GDestroyNotify) g_ptr_array_unref);
}

static gboolean
is_about (MwAutoconfigXml *document,
          const char      *domain)
{
  return document->domains->len == 0 ||
         g_ptr_array_find_with_equal_func (document->domains, domain, g_str_equal, NULL);
}

static char *
summarise (MwAutoconfigXml *document,
           gboolean         is_foreign)
{
  g_autoptr(GString) text = g_string_new (NULL);

  g_string_append_printf (text, "%u servers%s", document->candidates->len,
                          is_foreign ? " of another domain" : "");
  for (guint i = 0; i < document->skipped->len; i++)
    g_string_append_printf (text, ", left out %s", (char *) document->skipped->pdata[i]);

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
read_document (GTask  *task,
               Search *search,
               Place  *place,
               GBytes *body)
{
  MwSource *source = g_task_get_source_object (task);
  g_autoptr(GError) error = NULL;
  gboolean is_foreign = FALSE;
  const char *data;
  gsize length;

  data = g_bytes_get_data (body, &length);
  place->document = mw_autoconfig_xml_parse (data != NULL ? data : "", length, search->address,
                                             mw_source_get_origin (source),
                                             mw_source_get_grade (source), &error);
  if (place->document == NULL)
    {
      say (place, MW_OUTCOME_WORKS, g_strdup (error->message));
      return;
    }

  /* A third party vouches only for the domain its document is about. The
   * domain's own web servers may say what they like. */
  if (MW_SOURCE_AUTOCONFIG (source)->is_ispdb &&
      !is_about (place->document, mw_address_get_domain (search->address)))
    {
      is_foreign = TRUE;
      mw_autoconfig_xml_free (place->document);
      place->document = mw_autoconfig_xml_parse (data, length, search->address,
                                                 mw_source_get_origin (source),
                                                 MW_GRADE_D, NULL);
    }

  say (place, MW_OUTCOME_WORKS, summarise (place->document, is_foreign));
}

static void ask (GTask *task,
                 Place *place);

/* Some servers do not know the parameter and refuse what they do not know;
 * one refuses who does not give it. */
static gboolean
try_otherwise (GTask        *task,
               Search       *search,
               Place        *place,
               MwHttpAnswer *answer)
{
  MwSourceAutoconfig *self = g_task_get_source_object (task);
  gboolean again = place->with_address ? answer->status >= 400 && answer->status < 500
                                       : answer->status == 400 && !self->is_ispdb;

  if (place->retried || !again)
    return FALSE;

  place->retried = TRUE;
  place->with_address = !place->with_address;
  ask (task, place);
  return TRUE;
}

static void
take_answer (GTask        *task,
             Search       *search,
             Place        *place,
             MwHttpAnswer *answer)
{
  Place *best;
  gboolean sure;

  if (answer != NULL && answer->status == 200)
    read_document (task, search, place, answer->body);
  else if (answer != NULL && try_otherwise (task, search, place, answer))
    return;
  else if (answer != NULL)
    say (place, MW_OUTCOME_WORKS, g_strdup_printf ("HTTP %u", answer->status));

  place->done = TRUE;
  best = find_best (search, &sure);
  if (sure)
    finish (task, search, best);
  else if (best == place)
    mw_source_found (g_task_get_source_object (task), place->document->candidates);
}

static void
on_answer_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autofree Question *question = user_data;
  g_autoptr(GTask) task = question->task;
  Search *search = g_task_get_task_data (task);
  g_autoptr(MwHttpAnswer) answer = NULL;
  g_autoptr(GError) error = NULL;

  answer = mw_http_fetch_get_finish (MW_HTTP_FETCH (object), result, &error);
  if (search->finished)
    return;
  if (g_task_return_error_if_cancelled (task))
    {
      search->finished = TRUE;
      return;
    }

  if (answer == NULL)
    say (question->place,
         error->domain == MW_PROBE_ERROR ? (MwOutcome) error->code : MW_OUTCOME_PROTOCOL,
         g_strdup (error->message));
  take_answer (task, search, question->place, answer);
}

static void
ask (GTask *task,
     Place *place)
{
  MwSourceAutoconfig *self = g_task_get_source_object (task);
  Search *search = g_task_get_task_data (task);
  Question *question = g_new (Question, 1);
  g_autofree char *uri = NULL;

  if (place->with_address)
    {
      /* Leaves "." as it is: not every server decodes it. */
      g_autofree char *address =
        g_uri_escape_string (mw_address_get_text (search->address), NULL, FALSE);

      uri = g_strconcat (place->uri, "?emailaddress=", address, NULL);
    }
  else
    uri = g_strdup (place->uri);

  question->task = g_object_ref (task);
  question->place = place;
  mw_http_fetch_get_async (self->fetch, self->resolver, uri, MW_AUTOCONFIG_XML_MAX_SIZE,
                           search->rest, on_answer_cb, question);
}

static void
on_cancelled_cb (GCancellable *cancellable,
                 gpointer      user_data)
{
  g_cancellable_cancel (user_data);
}

static MwOrigin
mw_source_autoconfig_get_origin (MwSource *source)
{
  return MW_SOURCE_AUTOCONFIG (source)->is_ispdb ? MW_ORIGIN_ISPDB : MW_ORIGIN_AUTOCONFIG;
}

static MwGrade
mw_source_autoconfig_get_grade (MwSource *source)
{
  return MW_SOURCE_AUTOCONFIG (source)->is_ispdb ? MW_GRADE_C : MW_GRADE_B;
}

static void
mw_source_autoconfig_find_async (MwSource            *source,
                                 MwAddress           *address,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  MwSourceAutoconfig *self = MW_SOURCE_AUTOCONFIG (source);
  g_autoptr(GTask) task = g_task_new (self, cancellable, callback, user_data);
  const char *domain = mw_address_get_domain (address);
  Search *search = g_new0 (Search, 1);

  g_task_set_source_tag (task, mw_source_autoconfig_find_async);
  search->address = mw_address_ref (address);
  search->rest = g_cancellable_new ();
  g_task_set_task_data (task, search, search_free);
  if (cancellable != NULL)
    g_signal_connect_object (cancellable, "cancelled", G_CALLBACK (on_cancelled_cb),
                             search->rest, 0);

  if (self->is_ispdb)
    add_place (search, "v1.ispdb.net", domain, FALSE);
  else
    {
      g_autofree char *host = g_strconcat ("autoconfig.", domain, NULL);

      add_place (search, host, "mail/config-v1.1.xml", TRUE);
      add_place (search, domain, ".well-known/autoconfig/mail/config-v1.1.xml", FALSE);
    }

  for (guint i = 0; i < search->n_places; i++)
    ask (task, &search->places[i]);
}

static GPtrArray *
mw_source_autoconfig_find_finish (MwSource      *source,
                                  GAsyncResult  *result,
                                  GError       **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, mw_source_autoconfig_find_async),
                        NULL);
  g_return_val_if_fail (g_task_is_valid (result, source), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static char *
mw_source_autoconfig_dup_detail (MwSource *source)
{
  return g_strdup (MW_SOURCE_AUTOCONFIG (source)->detail);
}

static void
mw_source_autoconfig_finalize (GObject *object)
{
  MwSourceAutoconfig *self = MW_SOURCE_AUTOCONFIG (object);

  g_clear_object (&self->resolver);
  g_clear_object (&self->fetch);
  g_free (self->detail);

  G_OBJECT_CLASS (mw_source_autoconfig_parent_class)->finalize (object);
}

static void
mw_source_autoconfig_iface_init (MwSourceInterface *iface)
{
  iface->get_origin = mw_source_autoconfig_get_origin;
  iface->get_grade = mw_source_autoconfig_get_grade;
  iface->find_async = mw_source_autoconfig_find_async;
  iface->find_finish = mw_source_autoconfig_find_finish;
  iface->dup_detail = mw_source_autoconfig_dup_detail;
}

static void
mw_source_autoconfig_class_init (MwSourceAutoconfigClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mw_source_autoconfig_finalize;
}

static void
mw_source_autoconfig_init (MwSourceAutoconfig *self)
{
}

static MwSource *
make (MwResolver  *resolver,
      MwHttpFetch *fetch,
      gboolean     is_ispdb)
{
  MwSourceAutoconfig *self = g_object_new (MW_TYPE_SOURCE_AUTOCONFIG, NULL);

  self->resolver = g_object_ref (resolver);
  self->fetch = g_object_ref (fetch);
  self->is_ispdb = is_ispdb;
  return MW_SOURCE (self);
}

MwSource *
mw_source_autoconfig_new (MwResolver  *resolver,
                          MwHttpFetch *fetch)
{
  g_return_val_if_fail (MW_IS_RESOLVER (resolver), NULL);
  g_return_val_if_fail (MW_IS_HTTP_FETCH (fetch), NULL);

  return make (resolver, fetch, FALSE);
}

MwSource *
mw_source_autoconfig_new_ispdb (MwResolver  *resolver,
                                MwHttpFetch *fetch)
{
  g_return_val_if_fail (MW_IS_RESOLVER (resolver), NULL);
  g_return_val_if_fail (MW_IS_HTTP_FETCH (fetch), NULL);

  return make (resolver, fetch, TRUE);
}
