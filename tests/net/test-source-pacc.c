/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "discovery/mw-source-pacc.h"

#include <glib/gstdio.h>
#include <string.h>

#include "core/mw-error.h"
#include "fake-resolver.h"
#include "fake-server.h"

#define GUARD_MS 8000
#define LOOK_UP_MS 400
#define LIMIT_MS 1500
#define MAX_SIZE 65536

#define DOCUMENT "{\"protocols\":{\"imap\":{\"host\":\"imap.hosting.test\"}," \
                 "\"submit\":{\"host\":\"192.0.2.1\"}}," \
                 "\"info\":{\"help\":{\"documentation\":\"https://example.test/\"}," \
                 "\"provider\":{\"logo\":[{\"url\":\"https://example.test/logo\"}]}}}"

/* In TXT lines this stands for the digest of what the server sends. */
#define DIGEST "DIGEST"
#define HERE "A ua-auto-config.example.test 127.0.0.1"
#define TXT "TXT _ua-auto-config.example.test "
#define FOUND "ua-auto-config.example.test: 1 servers, left out submit: " \
              "its host is an IP address"

typedef struct {
  const char *name;
  const char *zone[6];
  const char *body;        /* default DOCUMENT */
  guint       status;      /* default 200 */
  gboolean    silent;      /* no answer */
  gboolean    untrusted;
  gboolean    found;       /* imaps:imap.hosting.test:993 */
  int         error;       /* MwOutcome */
  const char *detail;      /* how it begins */
} Case;

static const Case cases[] = {
  { "found", { HERE, TXT "v=UAAC1; a=sha256; d=" DIGEST }, .found = TRUE, .detail = FOUND },
  { "record-in-pieces", { HERE, TXT "v=UAA|C1; a=sha|256; d=" DIGEST }, .found = TRUE,
    .detail = FOUND },
  { "several-records", { HERE, TXT "v=spf1 -all", TXT "v=UAAC1; a=sha256; d=AAAA",
                         TXT "v=UAAC1; a=sha256; d=" DIGEST }, .found = TRUE, .detail = FOUND },
  { "no-record", { HERE },
    .detail = "_ua-auto-config.example.test: No TXT record, so no document is used" },
  { "no-record-and-silence", { HERE }, .silent = TRUE,
    .detail = "_ua-auto-config.example.test: No TXT record, so no document is used" },
  { "other-records", { HERE, TXT "v=spf1 -all" },
    .detail = "ua-auto-config.example.test: The document is not used, "
              "there is no TXT record with its digest" },
  { "other-digest", { HERE, TXT "v=UAAC1; a=sha256; "
                      "d=47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=" },
    .detail = "ua-auto-config.example.test: The document is not used, "
              "its TXT record has the digest of another document" },
  { "other-version", { HERE, TXT "v=UAAC2; a=sha256; d=" DIGEST },
    .detail = "ua-auto-config.example.test: The document is not used, "
              "its TXT record is of a version that is not known" },
  { "not-json", { HERE, TXT "v=UAAC1; a=sha256; d=" DIGEST }, .body = "<html></html>",
    .detail = "ua-auto-config.example.test: A web page instead of settings" },
  { "no-servers", { HERE, TXT "v=UAAC1; a=sha256; d=" DIGEST }, .body = "{\"protocols\":{}}",
    .detail = "ua-auto-config.example.test: 0 servers" },
  { "empty", { HERE, TXT "v=UAAC1; a=sha256; d=" DIGEST }, .body = "",
    .detail = "ua-auto-config.example.test: An empty document" },
  { "not-found", { HERE, TXT "v=UAAC1; a=sha256; d=" DIGEST }, .status = 404,
    .detail = "ua-auto-config.example.test: HTTP 404" },
  { "no-such-name", { TXT "v=UAAC1; a=sha256; d=" DIGEST },
    .detail = "ua-auto-config.example.test: No DNS record" },
  { "untrusted", { HERE, TXT "v=UAAC1; a=sha256; d=" DIGEST }, .untrusted = TRUE,
    .error = MW_OUTCOME_TLS_FAILED, .detail = "ua-auto-config.example.test: " },
  { "silent", { HERE, TXT "v=UAAC1; a=sha256; d=" DIGEST }, .silent = TRUE,
    .error = MW_OUTCOME_TIMEOUT, .detail = "ua-auto-config.example.test: " },
  { "name-server-fails", { HERE, "FAIL TXT *" }, .silent = TRUE, .error = MW_OUTCOME_DNS_FAIL,
    .detail = "_ua-auto-config.example.test: " },
  { "name-server-silent", { HERE, "SILENT TXT *" }, .error = MW_OUTCOME_TIMEOUT,
    .detail = "_ua-auto-config.example.test: " },
};

typedef struct {
  const Case *one;
  MwFakeTls  *tls;
  GString    *requests;
} Site;

static MwTestCertificate *authority;
static MwTestCertificate *leaf;

static const char *
get_body (const Case *one)
{
  return one->body != NULL ? one->body : DOCUMENT;
}

static void
serve (MwFakeConnection *connection,
       gpointer          user_data)
{
  Site *site = user_data;
  const char *body = get_body (site->one);
  g_autofree char *answer = NULL;

  if (!mw_fake_connection_start_tls (connection, site->tls))
    return;

  for (;;)
    {
      g_autofree char *line = mw_fake_connection_receive_line (connection);

      if (line == NULL)
        return;
      if (*line == '\0' || *line == '\r')
        break;
      g_string_append_printf (site->requests, "%s\n", line);
    }

  if (site->one->silent)
    {
      mw_fake_connection_stay_silent (connection);
      return;
    }

  answer = g_strdup_printf ("HTTP/1.1 %u X\r\nConnection: close\r\nContent-Length: %"
                            G_GSIZE_FORMAT "\r\n\r\n%s",
                            site->one->status != 0 ? site->one->status : 200, strlen (body), body);
  mw_fake_connection_send (connection, answer, -1);
}

static MwFakeResolver *
make_zone (const Case *one)
{
  const char *body = get_body (one);
  g_autoptr(GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  guint8 digest[32];
  gsize size = sizeof digest;
  g_autofree char *base64 = NULL;
  MwFakeResolver *names = mw_fake_resolver_new ();

  g_checksum_update (checksum, (const guchar *) body, strlen (body));
  g_checksum_get_digest (checksum, digest, &size);
  base64 = g_base64_encode (digest, size);

  for (gsize i = 0; i < G_N_ELEMENTS (one->zone) && one->zone[i] != NULL; i++)
    {
      g_autoptr(GString) line = g_string_new (one->zone[i]);

      g_string_replace (line, DIGEST, base64, 0);
      mw_fake_resolver_add (names, line->str);
    }
  g_resolver_set_default (G_RESOLVER (names));
  return names;
}

static void
on_result_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  GAsyncResult **out = user_data;

  *out = g_object_ref (result);
}

static gboolean
on_guard_cb (gpointer user_data)
{
  g_error ("The source does not come back");
  return G_SOURCE_REMOVE;
}

static GAsyncResult *
find (MwSource     *source,
      GCancellable *cancellable)
{
  g_autoptr(MwAddress) address = mw_address_parse ("jan@example.test", NULL);
  GAsyncResult *result = NULL;
  guint guard_id = g_timeout_add (GUARD_MS, on_guard_cb, NULL);

  mw_source_find_async (source, address, cancellable, on_result_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (guard_id);
  return result;
}

static void
check_result (const Case   *one,
              MwSource     *source,
              GAsyncResult *result)
{
  g_autoptr(GPtrArray) found = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *detail = NULL;
  g_autofree char *endpoint = NULL;

  found = mw_source_find_finish (source, result, &error);
  if (one->error != 0)
    {
      g_assert_null (found);
      g_assert_error (error, MW_PROBE_ERROR, one->error);
      g_assert_true (g_str_has_prefix (error->message, one->detail));
      return;
    }

  g_assert_no_error (error);
  detail = mw_source_dup_detail (source);
  if (!g_str_has_prefix (detail, one->detail))
    g_assert_cmpstr (detail, ==, one->detail);
  g_assert_cmpuint (found->len, ==, one->found ? 1 : 0);
  if (!one->found)
    return;

  endpoint = mw_endpoint_to_string (mw_candidate_get_endpoint (found->pdata[0]));
  g_assert_cmpstr (endpoint, ==, "imaps:imap.hosting.test:993");
  g_assert_cmpint (mw_candidate_get_grade (found->pdata[0]), ==, MW_GRADE_B);
}

/* One document, without saying for whom, and no picture. */
static void
check_requests (Site *site)
{
  if (site->requests->len == 0)
    return;

  g_assert_true (g_str_has_prefix (site->requests->str,
                                   "GET /.well-known/user-agent-configuration.json HTTP/1.1"));
  g_assert_nonnull (strstr (site->requests->str, "Host: ua-auto-config.example.test"));
  g_assert_null (strstr (site->requests->str, "jan"));
  g_assert_null (strstr (site->requests->str, "logo"));
  g_assert_null (strstr (site->requests->str + 1, "GET "));
}

static void
test_case (gconstpointer data)
{
  const Case *one = data;
  g_autoptr(MwFakeResolver) names = make_zone (one);
  g_autoptr(MwResolver) resolver = mw_resolver_new (LOOK_UP_MS);
  g_autoptr(MwHttpFetch) fetch = mw_http_fetch_new ();
  g_autofree char *anchors = mw_test_certificate_write (authority);
  g_autoptr(MwSource) source = mw_source_pacc_new (resolver, fetch);
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  Site site = { one, mw_fake_tls_new (leaf, NULL, NULL, FALSE), g_string_new (NULL) };
  MwFakeServer *server = mw_fake_server_new (serve, &site);

  g_assert_cmpint (mw_source_get_origin (source), ==, MW_ORIGIN_PACC);
  g_assert_cmpint (mw_source_get_grade (source), ==, MW_GRADE_B);
  if (!one->untrusted)
    {
      mw_http_fetch_add_ca_file (fetch, anchors, &error);
      g_assert_no_error (error);
    }
  mw_http_fetch_set_port (fetch, mw_fake_server_get_port (server), TRUE);
  mw_http_fetch_set_limit (fetch, LIMIT_MS);

  result = find (source, NULL);
  check_result (one, source, result);

  mw_http_fetch_stop (fetch);
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  mw_fake_server_free (server);
  check_requests (&site);
  mw_fake_tls_free (site.tls);
  g_string_free (site.requests, TRUE);
  g_unlink (anchors);
}

/* A body that has no end stops at the limit. */
static void
test_too_long (void)
{
  g_autofree char *body = g_strnfill (MAX_SIZE + 1, ' ');
  Case one = {
    "too-long", { HERE, TXT "v=UAAC1; a=sha256; d=" DIGEST }, .body = body,
    .error = MW_OUTCOME_PROTOCOL, .detail = "ua-auto-config.example.test: ",
  };

  test_case (&one);
}

static void
test_cancel (void)
{
  Case one = { "cancel", { "SILENT *" } };
  g_autoptr(MwFakeResolver) names = make_zone (&one);
  g_autoptr(MwResolver) resolver = mw_resolver_new (GUARD_MS);
  g_autoptr(MwHttpFetch) fetch = mw_http_fetch_new ();
  g_autoptr(MwSource) source = mw_source_pacc_new (resolver, fetch);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  g_timeout_add_once (50, (GSourceOnceFunc) g_cancellable_cancel, cancellable);
  result = find (source, cancellable);
  g_assert_null (mw_source_find_finish (source, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  mw_http_fetch_stop (fetch);
}

int
main (int   argc,
      char *argv[])
{
  int failures;

  g_test_init (&argc, &argv, NULL);
  authority = mw_test_certificate_new (&(MwTestCertificateSpec) { .is_ca = TRUE }, NULL);
  leaf = mw_test_certificate_new (&(MwTestCertificateSpec) {
                                    .names = { "ua-auto-config.example.test" } },
                                  authority);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/source-pacc/%s", cases[i].name);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/source-pacc/too-long", test_too_long);
  g_test_add_func ("/source-pacc/cancel", test_cancel);

  failures = g_test_run ();
  mw_test_certificate_free (leaf);
  mw_test_certificate_free (authority);
  return failures;
}
