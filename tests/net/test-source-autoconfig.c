/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "discovery/mw-source-autoconfig.h"

#include <glib/gstdio.h>
#include <string.h>

#include "core/mw-error.h"
#include "discovery/mw-source-http.h"
#include "discovery/mw-source-mx-documents.h"
#include "fake-resolver.h"
#include "fake-server.h"

/* Longer than anything here takes but what never ends. */
#define LIMIT_MS 1500

#define OK "HTTP/1.1 200 OK\r\nConnection: close\r\n"
#define SAID(status) "HTTP/1.1 " status " X\r\nContent-Length: 0\r\n\r\n"
#define TO(uri) "HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: " uri "\r\n\r\n"
#define SERVER(host) \
  "<clientConfig><emailProvider id='x'><incomingServer type='imap'><hostname>" host \
  "</hostname><socketType>SSL</socketType><username>%EMAILADDRESS%</username></incomingServer>" \
  "</emailProvider></clientConfig>"
#define DOCUMENT(host) OK "\r\n" SERVER (host)
#define ABOVE(domain) OK "\r\n<clientConfig><emailProvider id='x'><domain>" domain \
  "</domain><incomingServer type='imap'><hostname>a.test</hostname>" \
  "<socketType>SSL</socketType><username>%EMAILADDRESS%</username></incomingServer>" \
  "</emailProvider></clientConfig>"
#define PAGE OK "Content-Type: text/html\r\n\r\n<!DOCTYPE html><html lang=en><br>"

#define FIRST "autoconfig.example.test/mail/config-v1.1.xml"
#define FIRST_ADDRESS FIRST "?emailaddress=jan.b%2Bx%40example.test"
#define SECOND "example.test/.well-known/autoconfig/mail/config-v1.1.xml"
#define SECOND_ADDRESS SECOND "?emailaddress=jan.b%2Bx%40example.test"
#define A_FIRST "A autoconfig.example.test 127.0.0.1"
#define A_SECOND "A example.test 127.0.0.1"

typedef enum {
  OWN,
  ISPDB,
  MX,
  MX_WITHOUT_ISPDB,
  HTTP,
} Kind;

typedef struct {
  const char *where;  /* host and path; "http:" before those without TLS */
  const char *answer; /* NULL: silence */
} Page;

typedef struct {
  const char *name;
  Kind        kind;
  const char *zone[6];
  Page        pages[5];
  const char *asked[6]; /* in order of the alphabet */
  const char *found[3];
  const char *early;    /* emitted before the end */
  int         error;    /* MwOutcome */
  const char *detail;   /* part of it, or of the error */
  const char *domain;   /* when not example.test */
} Case;

static const Case cases[] = {
  {
    .name = "above",
    .domain = "dept.example.test",
    .zone = { A_FIRST, A_SECOND },
    .pages = { { FIRST, ABOVE ("dept.example.test") }, { SECOND, SAID ("404") } },
    .asked = { FIRST, SECOND },
    .found = { "D imaps:a.test:993 jan.b+x@dept.example.test" },
    .detail = "autoconfig.example.test: 1 servers",
  },
  {
    .name = "above-by-two",
    .domain = "a.b.example.test",
    .zone = { A_SECOND },
    .pages = { { SECOND, ABOVE ("a.b.example.test") } },
    .asked = { SECOND },
    .found = { "D imaps:a.test:993 jan.b+x@a.b.example.test" },
    .detail = "; b.example.test: ",
  },
  {
    .name = "above-names-another",
    .domain = "dept.example.test",
    .zone = { A_FIRST },
    .pages = { { FIRST, ABOVE ("part.example.test") } },
    .asked = { FIRST },
    .detail = "autoconfig.example.test: does not name the domain",
  },
  {
    .name = "above-names-itself",
    .domain = "dept.example.test",
    .zone = { A_FIRST },
    .pages = { { FIRST, ABOVE ("example.test") } },
    .asked = { FIRST },
    .detail = "autoconfig.example.test: does not name the domain",
  },
  {
    .name = "above-names-nobody",
    .domain = "dept.example.test",
    .zone = { A_FIRST },
    .pages = { { FIRST, DOCUMENT ("a.test") } },
    .asked = { FIRST },
    .detail = "autoconfig.example.test: does not name the domain",
  },
  {
    .name = "above-is-told-nothing",
    .domain = "dept.example.test",
    .zone = { A_FIRST },
    .pages = { { FIRST, SAID ("400") } },
    .asked = { FIRST },
    .detail = "autoconfig.example.test: HTTP 400",
  },
  {
    .name = "above-is-silent",
    .domain = "dept.example.test",
    .zone = { A_FIRST },
    .asked = { FIRST },
    .detail = "autoconfig.example.test: No answer in time",
  },
  {
    .name = "above-is-a-public-suffix",
    .domain = "example.co.uk",
    .zone = { "A autoconfig.co.uk 127.0.0.1", "A co.uk 127.0.0.1" },
  },
  {
    .name = "first",
    .zone = { A_FIRST },
    .pages = { { FIRST_ADDRESS, DOCUMENT ("a.test") } },
    .asked = { FIRST_ADDRESS },
    .found = { "B imaps:a.test:993 jan.b+x@example.test" },
    .detail = "autoconfig.example.test: 1 servers",
  },
  {
    .name = "second",
    .zone = { A_FIRST, A_SECOND },
    .pages = { { FIRST_ADDRESS, SAID ("404") }, { FIRST, SAID ("404") },
               { SECOND, DOCUMENT ("b.test") } },
    .asked = { FIRST, FIRST_ADDRESS, SECOND },
    .found = { "B imaps:b.test:993 jan.b+x@example.test" },
    .detail = "autoconfig.example.test: HTTP 404; example.test: 1 servers",
  },
  {
    .name = "first-wins",
    .zone = { A_FIRST, A_SECOND },
    .pages = { { FIRST_ADDRESS, SAID ("403") }, { FIRST, DOCUMENT ("a.test") },
               { SECOND, DOCUMENT ("b.test") } },
    .asked = { FIRST, FIRST_ADDRESS, SECOND },
    .found = { "B imaps:a.test:993 jan.b+x@example.test" },
  },
  {
    .name = "second-early",
    .zone = { A_FIRST, A_SECOND },
    .pages = { { SECOND, DOCUMENT ("b.test") } },
    .asked = { FIRST_ADDRESS, SECOND },
    .found = { "B imaps:b.test:993 jan.b+x@example.test" },
    .early = "B imaps:b.test:993 jan.b+x@example.test",
    .detail = "autoconfig.example.test: No answer in time; example.test: 1 servers",
  },
  {
    .name = "empty-first-does-not-win",
    .zone = { A_FIRST, A_SECOND },
    .pages = { { FIRST_ADDRESS, OK "\r\n<clientConfig/>" }, { SECOND, DOCUMENT ("b.test") } },
    .asked = { FIRST_ADDRESS, SECOND },
    .found = { "B imaps:b.test:993 jan.b+x@example.test" },
  },
  {
    .name = "again-with-address",
    .zone = { A_SECOND },
    .pages = { { SECOND, SAID ("400") }, { SECOND_ADDRESS, DOCUMENT ("b.test") } },
    .asked = { SECOND, SECOND_ADDRESS },
    .found = { "B imaps:b.test:993 jan.b+x@example.test" },
  },
  {
    .name = "once-again-only",
    .zone = { A_FIRST, A_SECOND },
    .pages = { { FIRST_ADDRESS, SAID ("400") }, { FIRST, SAID ("400") },
               { SECOND, SAID ("400") }, { SECOND_ADDRESS, SAID ("400") } },
    .asked = { FIRST, FIRST_ADDRESS, SECOND, SECOND_ADDRESS },
    .detail = "autoconfig.example.test: HTTP 400; example.test: HTTP 400",
  },
  {
    .name = "not-again-after-500",
    .zone = { A_FIRST, A_SECOND },
    .pages = { { FIRST_ADDRESS, SAID ("500") }, { SECOND, SAID ("404") } },
    .asked = { FIRST_ADDRESS, SECOND },
    .detail = "HTTP 500",
  },
  {
    .name = "refused-document",
    .zone = { A_FIRST },
    .pages = { { FIRST_ADDRESS, OK "\r\n<clientConfig><a" } },
    .asked = { FIRST_ADDRESS },
    .detail = "autoconfig.example.test: Error on line 1 char 17: Document ended",
  },
  {
    .name = "left-out",
    .zone = { A_FIRST },
    .pages = { { FIRST_ADDRESS, DOCUMENT ("192.0.2.1") } },
    .asked = { FIRST_ADDRESS },
    .detail = "0 servers, left out incoming server: its host is an IP address",
  },
  {
    .name = "web-page",
    .zone = { A_FIRST },
    .pages = { { FIRST_ADDRESS, PAGE } },
    .asked = { FIRST_ADDRESS },
    .detail = "autoconfig.example.test: A web page instead of settings; example.test:",
  },
  {
    .name = "log-in-page",
    .zone = { A_FIRST, "A login.test 127.0.0.1" },
    .pages = { { FIRST_ADDRESS, TO ("https://login.test/?back=x") },
               { "login.test/?back=x", PAGE } },
    .asked = { FIRST_ADDRESS, "login.test/?back=x" },
    .detail = "A web page instead of settings, after a redirect to login.test",
  },
  {
    .name = "redirect-to-own-network",
    .zone = { A_FIRST },
    .pages = { { FIRST_ADDRESS, TO ("https://127.0.0.1/") } },
    .asked = { FIRST_ADDRESS },
    .error = MW_OUTCOME_PROTOCOL,
    .detail = "After a redirect to an address without a host: No name of a host",
  },
  {
    .name = "redirect-to-http",
    .zone = { A_FIRST },
    .pages = { { FIRST_ADDRESS, TO ("http://autoconfig.example.test/x") } },
    .asked = { FIRST_ADDRESS },
    .error = MW_OUTCOME_PROTOCOL,
    .detail = "After a redirect to autoconfig.example.test: Not an https address",
  },
  {
    .name = "silent",
    .zone = { A_FIRST },
    .asked = { FIRST_ADDRESS },
    .error = MW_OUTCOME_TIMEOUT,
    .detail = "autoconfig.example.test: No answer in time",
  },
  {
    .name = "nowhere",
    .detail = "autoconfig.example.test: No DNS record",
  },
  {
    .name = "ispdb",
    .kind = ISPDB,
    .zone = { "A v1.ispdb.net 127.0.0.1" },
    .pages = { { "v1.ispdb.net/example.test", DOCUMENT ("c.test") } },
    .asked = { "v1.ispdb.net/example.test" },
    .found = { "C imaps:c.test:993 jan.b+x@example.test" },
  },
  {
    .name = "ispdb-learns-no-address",
    .kind = ISPDB,
    .zone = { "A v1.ispdb.net 127.0.0.1" },
    .pages = { { "v1.ispdb.net/example.test", SAID ("400") } },
    .asked = { "v1.ispdb.net/example.test" },
    .detail = "v1.ispdb.net: HTTP 400",
  },
  {
    .name = "mx",
    .kind = MX,
    .zone = { "MX example.test 10 mx1.west.hosting.test", "MX example.test 20 mx.other.test",
              "A autoconfig.hosting.test 127.0.0.1", "A autoconfig.west.hosting.test 127.0.0.1",
              "A v1.ispdb.net 127.0.0.1" },
    .pages = { { "autoconfig.west.hosting.test/mail/config-v1.1.xml", SAID ("400") },
               { "autoconfig.hosting.test/mail/config-v1.1.xml", SAID ("404") },
               { "v1.ispdb.net/west.hosting.test", SAID ("404") },
               { "v1.ispdb.net/hosting.test", DOCUMENT ("d.test") } },
    .asked = { "autoconfig.hosting.test/mail/config-v1.1.xml",
               "autoconfig.west.hosting.test/mail/config-v1.1.xml",
               "v1.ispdb.net/hosting.test", "v1.ispdb.net/west.hosting.test" },
    .found = { "D imaps:d.test:993 jan.b+x@example.test" },
    .detail = "autoconfig.west.hosting.test: HTTP 400; autoconfig.hosting.test: HTTP 404; "
              "v1.ispdb.net: HTTP 404; v1.ispdb.net: 1 servers",
  },
  {
    .name = "mx-full-wins",
    .kind = MX_WITHOUT_ISPDB,
    .zone = { "MX example.test 10 mx1.west.hosting.test", "A v1.ispdb.net 127.0.0.1",
              "A autoconfig.hosting.test 127.0.0.1", "A autoconfig.west.hosting.test 127.0.0.1" },
    .pages = { { "autoconfig.west.hosting.test/mail/config-v1.1.xml", DOCUMENT ("e.test") },
               { "autoconfig.hosting.test/mail/config-v1.1.xml", DOCUMENT ("d.test") } },
    .asked = { "autoconfig.hosting.test/mail/config-v1.1.xml",
               "autoconfig.west.hosting.test/mail/config-v1.1.xml" },
    .found = { "D imaps:e.test:993 jan.b+x@example.test" },
  },
  {
    .name = "mx-one-domain",
    .kind = MX_WITHOUT_ISPDB,
    .zone = { "MX example.test 10 mx.hosting.test", "A autoconfig.hosting.test 127.0.0.1" },
    .pages = { { "autoconfig.hosting.test/mail/config-v1.1.xml", DOCUMENT ("d.test") } },
    .asked = { "autoconfig.hosting.test/mail/config-v1.1.xml" },
    .found = { "D imaps:d.test:993 jan.b+x@example.test" },
  },
  {
    .name = "mx-public-suffix",
    .kind = MX,
    .zone = { "MX example.test 10 mail.co.uk", "A autoconfig.co.uk 127.0.0.1",
              "A autoconfig.mail.co.uk 127.0.0.1" },
    .pages = { { "autoconfig.mail.co.uk/mail/config-v1.1.xml", DOCUMENT ("f.test") } },
    .asked = { "autoconfig.mail.co.uk/mail/config-v1.1.xml" },
    .found = { "D imaps:f.test:993 jan.b+x@example.test" },
  },
  {
    .name = "mx-inside",
    .kind = MX,
    .zone = { "MX example.test 10 mail.example.test", A_FIRST, "A v1.ispdb.net 127.0.0.1" },
  },
  {
    .name = "mx-none",
    .kind = MX,
    .zone = { "MX example.test 0 .", A_FIRST, "A v1.ispdb.net 127.0.0.1" },
  },
  {
    .name = "mx-top-level",
    .kind = MX,
    .zone = { "MX example.test 0 test", A_FIRST, "A v1.ispdb.net 127.0.0.1" },
  },
  {
    .name = "mx-of-known-provider",
    .kind = MX,
    .zone = { "MX example.test 10 mx.known.test", "A autoconfig.known.test 127.0.0.1" },
    .error = MW_OUTCOME_NOT_NEEDED,
  },
  {
    .name = "mx-failure",
    .kind = MX,
    .zone = { "FAIL MX example.test" },
    .error = MW_OUTCOME_DNS_FAIL,
  },
  {
    .name = "http",
    .kind = HTTP,
    .zone = { A_FIRST },
    .pages = { { FIRST_ADDRESS, SAID ("410") }, { FIRST, SAID ("404") },
               { "http:" FIRST, DOCUMENT ("g.test") } },
    .asked = { FIRST, FIRST_ADDRESS, "http:" FIRST },
    .found = { "D imaps:g.test:993 jan.b+x@example.test" },
    .detail = "autoconfig.example.test: 1 servers",
  },
  {
    .name = "http-after-web-pages",
    .kind = HTTP,
    .zone = { A_FIRST, A_SECOND },
    .pages = { { FIRST_ADDRESS, PAGE }, { SECOND, PAGE },
               { "http:" FIRST, DOCUMENT ("g.test") } },
    .asked = { FIRST_ADDRESS, SECOND, "http:" FIRST },
    .found = { "D imaps:g.test:993 jan.b+x@example.test" },
  },
  {
    .name = "http-learns-no-address",
    .kind = HTTP,
    .zone = { A_FIRST },
    .pages = { { FIRST_ADDRESS, SAID ("404") }, { FIRST, SAID ("404") },
               { "http:" FIRST, SAID ("400") } },
    .asked = { FIRST, FIRST_ADDRESS, "http:" FIRST },
    .detail = "autoconfig.example.test: HTTP 400",
  },
  {
    .name = "http-to-https-and-back",
    .kind = HTTP,
    .zone = { A_FIRST, "A login.test 127.0.0.1" },
    .pages = { { FIRST_ADDRESS, SAID ("404") }, { FIRST, SAID ("404") },
               { "http:" FIRST, TO ("https://login.test/") },
               { "login.test/", TO ("http://login.test/") } },
    .asked = { FIRST, FIRST_ADDRESS, "http:" FIRST, "login.test/" },
    .error = MW_OUTCOME_PROTOCOL,
    .detail = "After a redirect to login.test: Not an https address",
  },
  {
    .name = "http-not-with-settings",
    .kind = HTTP,
    .zone = { A_FIRST },
    .pages = { { FIRST_ADDRESS, DOCUMENT ("a.test") } },
    .asked = { FIRST_ADDRESS },
    .error = MW_OUTCOME_NEED_TLS,
    .detail = "Not asked",
  },
  {
    .name = "http-not-after-silence",
    .kind = HTTP,
    .zone = { A_FIRST, A_SECOND },
    .pages = { { SECOND, SAID ("404") } },
    .asked = { FIRST_ADDRESS, SECOND },
    .error = MW_OUTCOME_NEED_TLS,
  },
  {
    .name = "http-not-after-reset",
    .kind = HTTP,
    .zone = { A_FIRST, A_SECOND },
    .pages = { { FIRST_ADDRESS, SAID ("404") }, { FIRST, SAID ("404") }, { SECOND, "" } },
    .asked = { FIRST, FIRST_ADDRESS, SECOND },
    .error = MW_OUTCOME_NEED_TLS,
  },
  {
    .name = "http-not-after-bad-certificate",
    .kind = HTTP,
    .zone = { A_FIRST, "A bad.test 127.0.0.1" },
    .pages = { { FIRST_ADDRESS, TO ("https://bad.test/") } },
    .asked = { FIRST_ADDRESS },
    .error = MW_OUTCOME_NEED_TLS,
  },
  {
    .name = "http-not-after-dns-failure",
    .kind = HTTP,
    .zone = { "FAIL A autoconfig.example.test", A_SECOND },
    .pages = { { SECOND, SAID ("404") } },
    .asked = { SECOND },
    .error = MW_OUTCOME_NEED_TLS,
  },
  {
    .name = "http-not-after-500",
    .kind = HTTP,
    .zone = { A_FIRST },
    .pages = { { FIRST_ADDRESS, SAID ("503") } },
    .asked = { FIRST_ADDRESS },
    .error = MW_OUTCOME_NEED_TLS,
  },
};

typedef struct {
  const Case *one;
  MwFakeTls  *tls;
  GMutex      lock;
  GPtrArray  *asked;
} Site;

static MwTestCertificate *authority;
static MwTestCertificate *leaf;

/* Reads one request: "HOST/PATH". */
static char *
read_request (MwFakeConnection *connection)
{
  g_autofree char *path = NULL;
  g_autofree char *host = NULL;

  for (;;)
    {
      g_autofree char *line = mw_fake_connection_receive_line (connection);
      g_auto(GStrv) words = NULL;

      if (line == NULL)
        return NULL;
      g_strchomp (line);
      if (*line == '\0')
        return g_strconcat (host, path, NULL);

      words = g_strsplit (line, " ", -1);
      if (g_str_equal (words[0], "GET"))
        path = g_strdup (words[1]);
      else if (g_str_equal (words[0], "Host:"))
        host = g_strdup (words[1]);
    }
}

static void
answer (Site             *site,
        MwFakeConnection *connection,
        char             *where)
{
  g_mutex_lock (&site->lock);
  g_ptr_array_add (site->asked, where);
  g_mutex_unlock (&site->lock);

  for (gsize i = 0; i < G_N_ELEMENTS (site->one->pages); i++)
    {
      const Page *page = &site->one->pages[i];

      if (g_strcmp0 (page->where, where) == 0)
        {
          mw_fake_connection_send (connection, page->answer, -1);
          return;
        }
    }

  mw_fake_connection_stay_silent (connection);
}

static void
serve (MwFakeConnection *connection,
       gpointer          user_data)
{
  Site *site = user_data;
  char *where;

  if (!mw_fake_connection_start_tls (connection, site->tls))
    return;
  where = read_request (connection);
  if (where != NULL)
    answer (site, connection, where);
}

static void
serve_plain (MwFakeConnection *connection,
             gpointer          user_data)
{
  g_autofree char *where = read_request (connection);

  if (where != NULL)
    answer (user_data, connection, g_strconcat ("http:", where, NULL));
}

static void
on_result_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  GAsyncResult **out = user_data;

  *out = g_object_ref (result);
}

static void
on_result_ignored_cb (GObject      *object,
                      GAsyncResult *result,
                      gpointer      user_data)
{
  g_autoptr(GPtrArray) found = mw_source_find_finish (MW_SOURCE (object), result, NULL);
}

static char *
describe (MwCandidate *candidate)
{
  g_autofree char *endpoint = mw_endpoint_to_string (mw_candidate_get_endpoint (candidate));

  return g_strdup_printf ("%s %s %s",
                          mw_enum_to_nick (MW_TYPE_GRADE, mw_candidate_get_grade (candidate)),
                          endpoint, mw_candidate_get_user_names (candidate)[0]);
}

static void
on_found_cb (MwSource  *source,
             GPtrArray *candidates,
             gpointer   user_data)
{
  char **early = user_data;

  g_assert_null (*early);
  g_assert_cmpuint (candidates->len, ==, 1);
  *early = describe (g_ptr_array_index (candidates, 0));
}

static MwProviderTable *
make_providers (void)
{
  const char data[] = "[known]\nName=Known\nGrade=A\nMx=known.test;\n"
                      "Imap=imap.known.test:993:tls;\nSource=ispdb;\n";
  MwProviderTable *table = mw_provider_table_new ();
  g_autoptr(GError) error = NULL;

  mw_provider_table_add (table, data, sizeof data - 1, TRUE, &error);
  g_assert_no_error (error);
  return table;
}

static MwSource *
make_source (Kind         kind,
             MwResolver  *resolver,
             MwHttpFetch *fetch,
             MwSource    *own)
{
  g_autoptr(MwProviderTable) providers = make_providers ();

  switch (kind)
    {
    case ISPDB:
      return mw_source_autoconfig_new_ispdb (resolver, fetch);
    case MX:
    case MX_WITHOUT_ISPDB:
      return mw_source_mx_documents_new (resolver, fetch, providers, kind == MX);
    case HTTP:
      return mw_source_http_new (resolver, fetch, MW_SOURCE_AUTOCONFIG (own));
    case OWN:
    default:
      return g_object_ref (own);
    }
}

static int
compare_texts (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char **) a, *(const char **) b);
}

/* Nobody else was asked, and nobody twice. Who does not count any more when
 * the winner is known may or may not have been asked by then. */
static void
check_asked (Site *site)
{
  const char * const *wanted = site->one->asked;

  g_ptr_array_sort (site->asked, compare_texts);
  for (guint i = 0; i < site->asked->len; i++)
    {
      const char *where = g_ptr_array_index (site->asked, i);

      while (site->one->found[0] != NULL && *wanted != NULL && !g_str_equal (*wanted, where))
        wanted++;
      g_assert_cmpstr (where, ==, *wanted);
      wanted++;
    }
  g_assert_true (*wanted == NULL || site->one->found[0] != NULL);
}

static void
check_found (const Case *one,
             GPtrArray  *found)
{
  guint i;

  for (i = 0; i < found->len; i++)
    {
      g_autofree char *text = describe (g_ptr_array_index (found, i));

      g_assert_cmpstr (text, ==, one->found[i]);
    }
  g_assert_null (one->found[i]);
}

static void
run (const Case *one,
     Site       *site,
     MwSource   *source,
     MwSource   *own)
{
  g_autofree char *text = g_strconcat ("jan.b+x@",
                                       one->domain != NULL ? one->domain : "example.test", NULL);
  g_autoptr(MwAddress) address = mw_address_parse (text, NULL);
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GPtrArray) found = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *early = NULL;
  g_autofree char *detail = NULL;

  g_signal_connect (source, "found", G_CALLBACK (on_found_cb), &early);
  mw_source_find_async (source, address, NULL, on_result_cb, &result);
  if (source != own && one->kind == HTTP)
    mw_source_find_async (own, address, NULL, on_result_ignored_cb, NULL);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);

  found = mw_source_find_finish (source, result, &error);
  g_signal_handlers_disconnect_by_data (source, &early);
  detail = error != NULL ? g_strdup (error->message) : mw_source_dup_detail (source);
  if (one->detail != NULL)
    {
      g_assert_nonnull (detail);
      if (strstr (detail, one->detail) == NULL)
        g_assert_cmpstr (detail, ==, one->detail);
    }

  if (one->error == 0)
    {
      g_assert_no_error (error);
      check_found (one, found);
    }
  else
    g_assert_error (error, MW_PROBE_ERROR, one->error);
  /* Which of two answers comes first is chance but where one never comes. */
  if (one->early != NULL)
    g_assert_cmpstr (early, ==, one->early);
}

static void
test_case (gconstpointer data)
{
  const Case *one = data;
  g_autoptr(MwFakeResolver) names = mw_fake_resolver_install (one->zone);
  g_autoptr(MwResolver) resolver = mw_resolver_new (1000);
  g_autoptr(MwHttpFetch) fetch = mw_http_fetch_new ();
  g_autofree char *anchors = mw_test_certificate_write (authority);
  g_autoptr(MwSource) own = mw_source_autoconfig_new (resolver, fetch);
  g_autoptr(MwSource) source = make_source (one->kind, resolver, fetch, own);
  g_autoptr(GError) error = NULL;
  Site site = { one, mw_fake_tls_new (leaf, NULL, NULL, FALSE) };
  MwFakeServer *server, *plain;

  site.asked = g_ptr_array_new_with_free_func (g_free);
  g_mutex_init (&site.lock);
  server = mw_fake_server_new (serve, &site);
  plain = mw_fake_server_new (serve_plain, &site);
  mw_http_fetch_add_ca_file (fetch, anchors, &error);
  g_assert_no_error (error);
  mw_http_fetch_set_port (fetch, mw_fake_server_get_port (server), TRUE);
  mw_http_fetch_set_plain_port (fetch, mw_fake_server_get_port (plain));
  mw_http_fetch_set_allow_plain (fetch, one->kind == HTTP);
  mw_http_fetch_set_limit (fetch, LIMIT_MS);

  run (one, &site, source, own);
  mw_http_fetch_stop (fetch);
  mw_fake_server_free (server);
  mw_fake_server_free (plain);
  check_asked (&site);

  mw_fake_tls_free (site.tls);
  g_ptr_array_unref (site.asked);
  g_mutex_clear (&site.lock);
  g_unlink (anchors);
  /* What was cancelled reports itself; then nothing is left. */
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  g_assert_cmpuint (G_OBJECT (own)->ref_count, ==, one->kind == OWN || one->kind == HTTP ? 2 : 1);
}

int
main (int   argc,
      char *argv[])
{
  static const MwTestCertificateSpec spec = {
    .names = { "example.test", "autoconfig.example.test", "v1.ispdb.net", "login.test",
               "autoconfig.hosting.test", "autoconfig.west.hosting.test",
               "autoconfig.mail.co.uk", "autoconfig.co.uk" },
  };
  int failures;

  g_test_init (&argc, &argv, NULL);
  authority = mw_test_certificate_new (&(MwTestCertificateSpec) { .is_ca = TRUE }, NULL);
  leaf = mw_test_certificate_new (&spec, authority);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/source-autoconfig/%s", cases[i].name);

      g_test_add_data_func (path, &cases[i], test_case);
    }

  failures = g_test_run ();
  mw_test_certificate_free (leaf);
  mw_test_certificate_free (authority);
  return failures;
}
