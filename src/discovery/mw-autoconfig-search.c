/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "discovery/mw-autoconfig-search.h"

#include "core/mw-error.h"
#include "discovery/mw-autoconfig-xml.h"

/* One web address that may hold a document, and what became of it. */
typedef struct {
  char             *uri;
  char             *host;         /* for the detail, which names nobody */
  MwAutoconfigTell  tell;
  gboolean          above;        /* of a domain above the address's */
  gboolean          with_address;
  gboolean          retried;
  gboolean          done;
  gboolean          absent;
  MwAutoconfigXml  *document;
  char             *said;
  MwOutcome         outcome;      /* WORKS when there was an answer */
} Place;

struct _MwAutoconfigSearch
{
  GObject parent_instance;

  gboolean      finished;

  /* Borrowed */
  MwSource     *source;

  /* Owned */
  MwResolver   *resolver;
  MwHttpFetch  *fetch;
  MwAddress    *address;
  GPtrArray    *places; /* element Place, the first counts most */
  GCancellable *rest;   /* stops the places that are not needed */
};

G_DEFINE_FINAL_TYPE (MwAutoconfigSearch, mw_autoconfig_search, G_TYPE_OBJECT)

typedef struct {
  GTask *task;
  Place *place;
} Question;

static void
place_free (gpointer data)
{
  Place *place = data;

  g_free (place->uri);
  g_free (place->host);
  g_free (place->said);
  g_clear_pointer (&place->document, mw_autoconfig_xml_free);
  g_free (place);
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

/* The first place in order that has settings; it is sure when no place before
 * it may still have some. */
static Place *
find_best (MwAutoconfigSearch *self,
           gboolean           *out_sure)
{
  *out_sure = TRUE;
  for (guint i = 0; i < self->places->len; i++)
    {
      Place *place = g_ptr_array_index (self->places, i);

      if (place->document != NULL && place->document->candidates->len > 0)
        return place;
      if (!place->done)
        *out_sure = FALSE;
    }

  return NULL;
}

/* That a name or a web server does not exist is an answer. */
static gboolean
is_answer (MwOutcome outcome)
{
  return outcome == MW_OUTCOME_WORKS || outcome == MW_OUTCOME_DNS_NXDOMAIN ||
         outcome == MW_OUTCOME_REFUSED;
}

static void
finish (GTask *task,
        Place *best)
{
  MwAutoconfigSearch *self = g_task_get_source_object (task);

  self->finished = TRUE;
  g_cancellable_cancel (self->rest);

  for (guint i = 0; best == NULL && i < self->places->len; i++)
    {
      Place *place = g_ptr_array_index (self->places, i);
      g_autofree char *detail = NULL;

      /* A domain above may have other cares. */
      if (place->above || is_answer (place->outcome))
        continue;

      detail = mw_autoconfig_search_dup_detail (self);
      g_task_return_new_error (task, MW_PROBE_ERROR, place->outcome, "%s", detail);
      return;
    }

  g_task_return_pointer (task,
                         best != NULL
                         ? g_ptr_array_ref (best->document->candidates)
                         : g_ptr_array_new_with_free_func ((GDestroyNotify) mw_candidate_unref),
                         (GDestroyNotify) g_ptr_array_unref);
}

static gboolean
names_domain (MwAutoconfigSearch *self,
              MwAutoconfigXml    *document)
{
  return g_ptr_array_find_with_equal_func (document->domains,
                                           mw_address_get_domain (self->address),
                                           g_str_equal, NULL);
}

/* A third party vouches only for the domain its document is about. The
 * domain's own web servers may say what they like. */
static gboolean
is_foreign (MwAutoconfigSearch *self,
            MwAutoconfigXml    *document)
{
  return mw_source_get_grade (self->source) == MW_GRADE_C && document->domains->len > 0 &&
         !names_domain (self, document);
}

/* Names below a domain may belong to others, "autoconfig." among them, so that
 * no more than a hint comes from there, and only what is meant for this
 * domain. */
static void
read_document_above (MwAutoconfigSearch *self,
                     Place              *place,
                     const char         *data,
                     gsize               length)
{
  g_autoptr(MwAutoconfigXml) document = NULL;
  g_autoptr(GError) error = NULL;

  document = mw_autoconfig_xml_parse (data, length, self->address,
                                      mw_source_get_origin (self->source), MW_GRADE_D, &error);
  if (document == NULL)
    say (place, MW_OUTCOME_WORKS, g_strdup (error->message));
  else if (!names_domain (self, document))
    say (place, MW_OUTCOME_WORKS, g_strdup ("does not name the domain"));
  else
    {
      say (place, MW_OUTCOME_WORKS, mw_autoconfig_xml_summarise (document));
      place->document = g_steal_pointer (&document);
    }
}

static void
read_document (MwAutoconfigSearch *self,
               Place              *place,
               MwHttpAnswer       *answer)
{
  g_autoptr(GError) error = NULL;
  const char *data;
  gsize length;

  data = g_bytes_get_data (answer->body, &length);
  if (place->above)
    {
      read_document_above (self, place, data != NULL ? data : "", length);
      return;
    }

  place->document = mw_autoconfig_xml_parse (data != NULL ? data : "", length, self->address,
                                             mw_source_get_origin (self->source),
                                             mw_source_get_grade (self->source), &error);
  if (place->document != NULL && is_foreign (self, place->document))
    {
      g_autofree char *summary = mw_autoconfig_xml_summarise (place->document);

      mw_autoconfig_xml_free (place->document);
      place->document = mw_autoconfig_xml_parse (data, length, self->address,
                                                 mw_source_get_origin (self->source),
                                                 MW_GRADE_D, NULL);
      say (place, MW_OUTCOME_WORKS, g_strconcat ("of another domain, ", summary, NULL));
      return;
    }
  if (place->document != NULL)
    {
      say (place, MW_OUTCOME_WORKS, mw_autoconfig_xml_summarise (place->document));
      return;
    }

  /* Who has no such page may show another one, to be signed in at for instance. */
  place->absent = g_error_matches (error, G_MARKUP_ERROR, G_MARKUP_ERROR_UNKNOWN_ELEMENT);
  if (g_str_equal (answer->host, place->host))
    say (place, MW_OUTCOME_WORKS, g_strdup (error->message));
  else
    say (place, MW_OUTCOME_WORKS,
         g_strdup_printf ("%s, after a redirect to %s", error->message, answer->host));
}

/* Some servers do not know the parameter and refuse what they do not know;
 * one refuses who does not give it. */
static gboolean
wants_otherwise (Place        *place,
                 MwHttpAnswer *answer)
{
  if (place->retried)
    return FALSE;
  if (place->with_address)
    return answer->status >= 400 && answer->status < 500;

  return place->tell != MW_AUTOCONFIG_TELL_NOTHING && answer->status == 400;
}

static void
take_answer (MwAutoconfigSearch *self,
             Place              *place,
             MwHttpAnswer       *answer,
             const GError       *error)
{
  place->done = TRUE;
  if (answer == NULL)
    {
      say (place,
           error->domain == MW_PROBE_ERROR ? (MwOutcome) error->code : MW_OUTCOME_PROTOCOL,
           g_strdup (error->message));
      place->absent = place->outcome == MW_OUTCOME_DNS_NXDOMAIN;
    }
  else if (answer->status == 200)
    read_document (self, place, answer);
  else
    {
      say (place, MW_OUTCOME_WORKS, g_strdup_printf ("HTTP %u", answer->status));
      place->absent = answer->status == 404 || answer->status == 410;
    }
}

static char *
make_uri (MwAutoconfigSearch *self,
          Place              *place)
{
  g_autofree char *address = NULL;

  if (!place->with_address)
    return g_strdup (place->uri);

  /* Leaves "." as it is: not every server decodes it. */
  address = g_uri_escape_string (mw_address_get_text (self->address), NULL, FALSE);
  return g_strconcat (place->uri, "?emailaddress=", address, NULL);
}

static void
on_answer_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  Question *question = user_data;
  g_autoptr(GTask) task = question->task;
  Place *place = question->place;
  MwAutoconfigSearch *self = g_task_get_source_object (task);
  g_autoptr(MwHttpAnswer) answer = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *uri = NULL;
  Place *best;
  gboolean sure;

  answer = mw_http_fetch_get_finish (MW_HTTP_FETCH (object), result, &error);
  if (answer != NULL && !self->finished && wants_otherwise (place, answer))
    {
      place->retried = TRUE;
      place->with_address = !place->with_address;
      uri = make_uri (self, place);
      g_object_ref (task);
      mw_http_fetch_get_async (self->fetch, self->resolver, uri, MW_AUTOCONFIG_XML_MAX_SIZE,
                               self->rest, on_answer_cb, question);
      return;
    }

  g_free (question);
  if (self->finished)
    return;
  if (g_task_return_error_if_cancelled (task))
    {
      self->finished = TRUE;
      return;
    }

  take_answer (self, place, answer, error);
  best = find_best (self, &sure);
  if (sure)
    finish (task, best);
  else if (best == place)
    mw_source_found (self->source, place->document->candidates);
}

static void
on_cancelled_cb (GCancellable *cancellable,
                 gpointer      user_data)
{
  g_cancellable_cancel (user_data);
}

static void
mw_autoconfig_search_finalize (GObject *object)
{
  MwAutoconfigSearch *self = MW_AUTOCONFIG_SEARCH (object);

  g_clear_object (&self->resolver);
  g_clear_object (&self->fetch);
  mw_address_unref (self->address);
  g_ptr_array_unref (self->places);
  g_object_unref (self->rest);

  G_OBJECT_CLASS (mw_autoconfig_search_parent_class)->finalize (object);
}

static void
mw_autoconfig_search_class_init (MwAutoconfigSearchClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mw_autoconfig_search_finalize;
}

static void
mw_autoconfig_search_init (MwAutoconfigSearch *self)
{
  self->places = g_ptr_array_new_with_free_func (place_free);
  self->rest = g_cancellable_new ();
}

MwAutoconfigSearch *
mw_autoconfig_search_new (MwSource    *source,
                          MwResolver  *resolver,
                          MwHttpFetch *fetch,
                          MwAddress   *address)
{
  MwAutoconfigSearch *self;

  g_return_val_if_fail (MW_IS_SOURCE (source), NULL);
  g_return_val_if_fail (MW_IS_RESOLVER (resolver), NULL);
  g_return_val_if_fail (MW_IS_HTTP_FETCH (fetch), NULL);
  g_return_val_if_fail (address != NULL, NULL);

  self = g_object_new (MW_TYPE_AUTOCONFIG_SEARCH, NULL);
  self->source = source;
  self->resolver = g_object_ref (resolver);
  self->fetch = g_object_ref (fetch);
  self->address = mw_address_ref (address);
  return self;
}

static Place *
add_place (MwAutoconfigSearch *self,
           const char         *scheme,
           const char         *host,
           const char         *path)
{
  Place *place = g_new0 (Place, 1);

  place->host = g_strdup (host);
  place->uri = g_strdup_printf ("%s://%s/%s", scheme, host, path);
  g_ptr_array_add (self->places, place);
  return place;
}

void
mw_autoconfig_search_add (MwAutoconfigSearch *self,
                          const char         *scheme,
                          const char         *host,
                          const char         *path,
                          MwAutoconfigTell    tell)
{
  Place *place;

  g_return_if_fail (MW_IS_AUTOCONFIG_SEARCH (self));
  g_return_if_fail (scheme != NULL && host != NULL && path != NULL);

  place = add_place (self, scheme, host, path);
  place->tell = tell;
  place->with_address = tell == MW_AUTOCONFIG_TELL_FIRST;
}

void
mw_autoconfig_search_add_above (MwAutoconfigSearch *self,
                                const char         *host,
                                const char         *path)
{
  g_return_if_fail (MW_IS_AUTOCONFIG_SEARCH (self));
  g_return_if_fail (host != NULL && path != NULL);

  add_place (self, "https", host, path)->above = TRUE;
}

void
mw_autoconfig_search_run_async (MwAutoconfigSearch  *self,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;

  g_return_if_fail (MW_IS_AUTOCONFIG_SEARCH (self));
  g_return_if_fail (!self->finished);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, mw_autoconfig_search_run_async);
  if (cancellable != NULL)
    g_signal_connect_object (cancellable, "cancelled", G_CALLBACK (on_cancelled_cb),
                             self->rest, 0);
  if (self->places->len == 0)
    finish (task, NULL);

  for (guint i = 0; i < self->places->len; i++)
    {
      Question *question = g_new (Question, 1);
      g_autofree char *uri = NULL;

      question->task = g_object_ref (task);
      question->place = g_ptr_array_index (self->places, i);
      uri = make_uri (self, question->place);
      mw_http_fetch_get_async (self->fetch, self->resolver, uri, MW_AUTOCONFIG_XML_MAX_SIZE,
                               self->rest, on_answer_cb, question);
    }
}

GPtrArray *
mw_autoconfig_search_run_finish (MwAutoconfigSearch  *self,
                                 GAsyncResult        *result,
                                 GError             **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, mw_autoconfig_search_run_async), NULL);
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

char *
mw_autoconfig_search_dup_detail (MwAutoconfigSearch *self)
{
  g_autoptr(GString) text = g_string_new (NULL);

  g_return_val_if_fail (MW_IS_AUTOCONFIG_SEARCH (self), NULL);

  for (guint i = 0; i < self->places->len; i++)
    {
      Place *place = g_ptr_array_index (self->places, i);

      if (place->said != NULL)
        g_string_append_printf (text, "%s%s: %s", text->len > 0 ? "; " : "",
                                place->host, place->said);
    }

  return text->len > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}

gboolean
mw_autoconfig_search_is_absent (MwAutoconfigSearch *self)
{
  g_return_val_if_fail (MW_IS_AUTOCONFIG_SEARCH (self), FALSE);

  for (guint i = 0; i < self->places->len; i++)
    {
      Place *place = g_ptr_array_index (self->places, i);

      if (!place->above && !place->absent)
        return FALSE;
    }

  return TRUE;
}
