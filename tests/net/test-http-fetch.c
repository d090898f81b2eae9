/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "discovery/mw-http-fetch.h"

#include <glib/gstdio.h>
#include <string.h>

#include "core/mw-error.h"
#include "fake-resolver.h"
#include "fake-server.h"

#define MAX_SIZE 1000
#define LIMIT_MS 1500

typedef struct {
  const char *name;
  const char *answer;      /* NULL: silence */
  const char *body;        /* NULL: an error */
  const char *uri;         /* default https://web.test/a?b=c */
  gboolean    endless;
  gboolean    cut;         /* at the limit */
  gboolean    public_only;
  gboolean    untrusted;
  int         error;       /* MwOutcome */
  guint       status;      /* default 200 */
  guint       connections; /* default 1 */
} Case;

#define OK "HTTP/1.1 200 OK\r\nConnection: close\r\n"
#define TO(uri) "HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: " uri "\r\n\r\n"

static const Case cases[] = {
  { "ok", OK "Content-Length: 5\r\n\r\nhello", "hello" },
  { "chunked", OK "Transfer-Encoding: chunked\r\n\r\n2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n", "hello" },
  { "cookie-ignored", OK "Set-Cookie: a=b\r\nContent-Length: 2\r\n\r\nok", "ok" },
  { .name = "not-found", .answer = "HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n", .body = "",
    .status = 404 },
  { .name = "asks-for-password", .body = "", .status = 401,
    .answer = "HTTP/1.1 401 No\r\nWWW-Authenticate: Basic realm=\"x\"\r\n"
              "Content-Length: 0\r\n\r\n" },
  { .name = "endless", .answer = OK "\r\n", .endless = TRUE, .error = MW_OUTCOME_PROTOCOL },
  { .name = "endless-page", .answer = OK "Content-Type: text/html; charset=x\r\n\r\n<html>",
    .body = "<html>", .endless = TRUE, .cut = TRUE },
  { .name = "silent", .error = MW_OUTCOME_TIMEOUT },
  { .name = "slow-body", .answer = OK "Content-Length: 5\r\n\r\nhe", .error = MW_OUTCOME_TIMEOUT },
  { .name = "redirect-loop", .answer = TO ("https://web.test/b"), .error = MW_OUTCOME_PROTOCOL,
    .connections = 4 },
  { .name = "redirect-to-http", .answer = TO ("http://web.test/"), .error = MW_OUTCOME_PROTOCOL },
  { .name = "redirect-to-port", .answer = TO ("https://web.test:22/"),
    .error = MW_OUTCOME_PROTOCOL },
  { .name = "redirect-to-literal", .answer = TO ("https://127.0.0.1/"),
    .error = MW_OUTCOME_PROTOCOL },
  { .name = "redirect-to-nowhere", .answer = TO ("https://none.test/"),
    .error = MW_OUTCOME_DNS_NXDOMAIN },
  { .name = "own-network", .answer = "", .public_only = TRUE, .error = MW_OUTCOME_CONSENT_NEEDED,
    .connections = G_MAXUINT },
  { .name = "untrusted", .answer = OK "\r\n", .untrusted = TRUE, .error = MW_OUTCOME_TLS_FAILED },
  { .name = "wrong-name", .answer = OK "\r\n", .uri = "https://other.test/",
    .error = MW_OUTCOME_TLS_FAILED },
  { .name = "plain-http", .answer = "", .uri = "http://web.test/", .error = MW_OUTCOME_PROTOCOL,
    .connections = G_MAXUINT },
};

typedef struct {
  const Case *one;
  MwFakeTls  *tls;
  GPtrArray  *lines;
} Site;

static MwTestCertificate *authority;
static MwTestCertificate *leaf;

static void
serve (MwFakeConnection *connection,
       gpointer          user_data)
{
  Site *site = user_data;

  if (!mw_fake_connection_start_tls (connection, site->tls))
    return;

  for (;;)
    {
      g_autofree char *line = mw_fake_connection_receive_line (connection);

      if (line == NULL)
        return;
      if (*line == '\0' || *line == '\r')
        break;
      g_ptr_array_add (site->lines, g_steal_pointer (&line));
    }

  if (site->one->answer != NULL)
    mw_fake_connection_send (connection, site->one->answer, -1);
  while (site->one->endless && mw_fake_connection_send (connection, "0123456789abcdef", -1))
    continue;
  if (site->one->answer == NULL || site->one->error == MW_OUTCOME_TIMEOUT)
    mw_fake_connection_stay_silent (connection);
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
check_request (Site *site)
{
  g_autofree char *all = NULL;

  g_ptr_array_add (site->lines, NULL);
  all = g_strjoinv ("\n", (char **) site->lines->pdata);
  g_assert_nonnull (strstr (all, "GET /a?b=c HTTP/1.1"));
  g_assert_nonnull (strstr (all, "User-Agent: Mailwright"));
  g_assert_null (strstr (all, "Cookie"));
  g_assert_null (strstr (all, "Referer"));
  g_assert_null (strstr (all, "Authorization"));
  g_assert_null (strstr (all, "Accept-Encoding"));
}

static void
test_case (gconstpointer data)
{
  static const char * const zone[] = { "A web.test 127.0.0.1", "A other.test 127.0.0.1", NULL };
  const Case *one = data;
  g_autoptr(MwFakeResolver) names = mw_fake_resolver_install (zone);
  g_autoptr(MwResolver) resolver = mw_resolver_new (1000);
  g_autoptr(MwHttpFetch) fetch = mw_http_fetch_new ();
  g_autofree char *anchors = mw_test_certificate_write (authority);
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(MwHttpAnswer) answer = NULL;
  g_autoptr(GError) error = NULL;
  Site site = { one, mw_fake_tls_new (leaf, NULL, NULL, FALSE),
                g_ptr_array_new_with_free_func (g_free) };
  MwFakeServer *server = mw_fake_server_new (serve, &site);
  guint connections = one->connections == 0 ? 1 : one->connections;

  if (!one->untrusted)
    {
      mw_http_fetch_add_ca_file (fetch, anchors, &error);
      g_assert_no_error (error);
    }
  mw_http_fetch_set_port (fetch, mw_fake_server_get_port (server), !one->public_only);
  mw_http_fetch_set_limit (fetch, LIMIT_MS);
  mw_http_fetch_get_async (fetch, resolver, one->uri != NULL ? one->uri : "https://web.test/a?b=c",
                           MAX_SIZE, NULL, on_result_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);

  answer = mw_http_fetch_get_finish (fetch, result, &error);
  mw_http_fetch_stop (fetch);
  g_assert_cmpuint (mw_fake_server_get_n_connections (server), ==,
                    connections == G_MAXUINT ? 0 : connections);
  mw_fake_server_free (server);

  if (one->body == NULL)
    {
      g_assert_null (answer);
      g_assert_error (error, MW_PROBE_ERROR, one->error);
    }
  else
    {
      g_assert_no_error (error);
      g_assert_cmpuint (answer->status, ==, one->status == 0 ? 200 : one->status);
      g_assert_cmpmem (g_bytes_get_data (answer->body, NULL),
                       one->cut ? strlen (one->body) : g_bytes_get_size (answer->body),
                       one->body, strlen (one->body));
      g_assert_true (!one->cut || g_bytes_get_size (answer->body) == MAX_SIZE);
      g_assert_cmpstr (answer->host, ==, "web.test");
      check_request (&site);
    }

  mw_fake_tls_free (site.tls);
  g_ptr_array_unref (site.lines);
  g_unlink (anchors);
}

static void
test_cancel (void)
{
  static const char * const zone[] = { "A web.test 127.0.0.1", NULL };
  const Case silent = { "silent", .error = MW_OUTCOME_TIMEOUT };
  g_autoptr(MwFakeResolver) names = mw_fake_resolver_install (zone);
  g_autoptr(MwResolver) resolver = mw_resolver_new (1000);
  g_autoptr(MwHttpFetch) fetch = mw_http_fetch_new ();
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  Site site = { &silent, mw_fake_tls_new (leaf, NULL, NULL, FALSE),
                g_ptr_array_new_with_free_func (g_free) };
  MwFakeServer *server = mw_fake_server_new (serve, &site);

  mw_http_fetch_set_port (fetch, mw_fake_server_get_port (server), TRUE);
  mw_http_fetch_get_async (fetch, resolver, "https://web.test/", MAX_SIZE, cancellable,
                           on_result_cb, &result);
  while (mw_fake_server_get_n_connections (server) == 0)
    g_main_context_iteration (NULL, FALSE);
  g_cancellable_cancel (cancellable);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);

  g_assert_null (mw_http_fetch_get_finish (fetch, result, &error));
  g_assert_error (error, MW_PROBE_ERROR, MW_OUTCOME_CANCELLED);
  mw_http_fetch_stop (fetch);
  mw_fake_server_free (server);
  mw_fake_tls_free (site.tls);
  g_ptr_array_unref (site.lines);
}

int
main (int   argc,
      char *argv[])
{
  int failures;

  g_test_init (&argc, &argv, NULL);
  authority = mw_test_certificate_new (&(MwTestCertificateSpec) { .is_ca = TRUE }, NULL);
  leaf = mw_test_certificate_new (&(MwTestCertificateSpec) { .names = { "web.test" } }, authority);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/http-fetch/%s", cases[i].name);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/http-fetch/cancel", test_cancel);

  failures = g_test_run ();
  mw_test_certificate_free (leaf);
  mw_test_certificate_free (authority);
  return failures;
}
