/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "discovery/mw-pacc-document.h"

#include <json-glib/json-glib.h>
#include <string.h>

#define PASSWORD ",\"authentication\":{\"password\":true}"
#define SERVERS(inside, rest) "{\"protocols\":{" inside "}" rest "}"
#define IMAP "\"imap\":{\"host\":\"imap.example.test\"}"
#define OF(host) SERVERS ("\"imap\":{\"host\":" host "}", PASSWORD)
#define HELP(uri) SERVERS ("\"imap\":{\"host\":\"mail.hosting.test\"}", \
                           ",\"info\":{\"help\":{\"documentation\":" uri "}}")

#define IMAP_FOUND "imaps:imap.example.test:993 jan@example.test unknown"

typedef struct {
  const char *name;
  const char *text;
  const char *wanted[4];   /* endpoint user method */
  const char *skipped[4];
  const char *help_uri;
  const char *help_text;
  const char *error;       /* the message */
} Case;

static const Case cases[] = {
  {
    .name = "usual",
    .text = "{\"protocols\":{\"submit\":{\"host\":\"smtp.example.test\"},"
            "\"pop3\":{\"host\":\"POP.Example.test.\"}," IMAP ","
            "\"jmap\":{\"url\":\"https://example.test/jmap\"},"
            "\"managesieve\":{\"host\":\"x\"}},"
            "\"authentication\":{\"password\":true,"
            "\"oauth-public\":{\"issuer\":\"https://example.test\"}},"
            "\"info\":{\"provider\":{\"name\":\"Example\",\"shortName\":\"Ex\","
            "\"logo\":[{\"url\":\"https://example.test/logo.svg\","
            "\"content-type\":\"image/svg+xml\"}]},"
            "\"help\":{\"documentation\":\"https://www.example.test/mail?a=b\","
            "\"developer\":\"https://example.test/dev\","
            "\"contact\":[\"mailto:help@example.test\"]}}}",
    .wanted = {
      IMAP_FOUND,
      "pop3s:pop.example.test:995 jan@example.test unknown",
      "submissions:smtp.example.test:465 jan@example.test unknown",
    },
    .help_uri = "https://www.example.test/mail?a=b",
  },
  {
    .name = "older-key",
    .text = SERVERS ("\"smtp\":{\"host\":\"smtp.example.test\"}", PASSWORD),
    .wanted = { "submissions:smtp.example.test:465 jan@example.test unknown" },
  },
  {
    .name = "both-keys",
    .text = SERVERS ("\"smtp\":{\"host\":\"smtp.example.test\"},"
                     "\"submit\":{\"host\":\"smtp.example.test\"}", PASSWORD),
    .wanted = { "submissions:smtp.example.test:465 jan@example.test unknown" },
  },
  {
    .name = "both-keys-differ",
    .text = SERVERS ("\"smtp\":{\"host\":\"a.example.test\"},"
                     "\"submit\":{\"host\":\"b.example.test\"}", PASSWORD),
    .wanted = {
      "submissions:b.example.test:465 jan@example.test unknown",
      "submissions:a.example.test:465 jan@example.test unknown",
    },
  },
  {
    .name = "browser-only",
    .text = SERVERS (IMAP, ",\"authentication\":{\"password\":false,\"oauth-public\":"
                           "{\"issuer\":\"https://login.example.test/a\"}}"),
    .wanted = { "imaps:imap.example.test:993 jan@example.test oauth2" },
  },
  {
    .name = "nothing-said-of-signing-in",
    .text = SERVERS (IMAP, ""),
    .wanted = { IMAP_FOUND },
  },
  {
    .name = "no-way-of-signing-in",
    .text = SERVERS (IMAP, ",\"authentication\":{\"password\":false}"),
    .skipped = { "imap: no way of signing in that is known" },
  },
  {
    .name = "issuer-in-clear",
    .text = SERVERS (IMAP, ",\"authentication\":{\"oauth-public\":"
                           "{\"issuer\":\"http://login.example.test\"}}"),
    .skipped = { "imap: no way of signing in that is known" },
  },
  {
    .name = "password-of-another-type",
    .text = SERVERS (IMAP, ",\"authentication\":{\"password\":\"true\"}"),
    .skipped = { "imap: no way of signing in that is known" },
  },
  {
    .name = "authentication-of-another-type",
    .text = SERVERS (IMAP, ",\"authentication\":[true]"),
    .skipped = { "imap: no way of signing in that is known" },
  },
  { .name = "blank", .text = OF ("\"imap example.test\""),
    .skipped = { "imap: its host is no name that can exist" } },
  { .name = "blank-around", .text = OF ("\" imap.example.test\""),
    .skipped = { "imap: its host is no name that can exist" } },
  { .name = "newline", .text = OF ("\"imap.example.test\\n\""),
    .skipped = { "imap: its host is no name that can exist" } },
  { .name = "with-port", .text = OF ("\"imap.example.test:143\""),
    .skipped = { "imap: its host is no name that can exist" } },
  { .name = "with-user", .text = OF ("\"jan@imap.example.test\""),
    .skipped = { "imap: its host is no name that can exist" } },
  { .name = "uri", .text = OF ("\"https://imap.example.test\""),
    .skipped = { "imap: its host is no name that can exist" } },
  { .name = "empty-host", .text = OF ("\"\""),
    .skipped = { "imap: its host is no name that can exist" } },
  { .name = "ipv4", .text = OF ("\"192.0.2.1\""),
    .skipped = { "imap: its host is an IP address" } },
  { .name = "ipv6", .text = OF ("\"[2001:db8::1]\""),
    .skipped = { "imap: its host is an IP address" } },
  { .name = "one-label", .text = OF ("\"localhost\""),
    .skipped = { "imap: its host has no domain" } },
  { .name = "number", .text = OF ("993"), .skipped = { "imap: no host" } },
  { .name = "null", .text = OF ("null"), .skipped = { "imap: no host" } },
  { .name = "list", .text = OF ("[\"imap.example.test\"]"), .skipped = { "imap: no host" } },
  { .name = "server-is-text", .text = SERVERS ("\"imap\":\"imap.example.test\"", PASSWORD),
    .skipped = { "imap: no host" } },
  { .name = "server-is-list",
    .text = SERVERS ("\"imap\":[{\"host\":\"imap.example.test\"}]", PASSWORD),
    .skipped = { "imap: no host" } },
  { .name = "one-of-two",
    .text = SERVERS ("\"pop3\":{}," IMAP, PASSWORD),
    .wanted = { IMAP_FOUND }, .skipped = { "pop3: no host" } },
  { .name = "port-and-plain-text-ignored",
    .text = SERVERS ("\"imap\":{\"host\":\"imap.example.test\",\"port\":143,"
                     "\"tls\":false,\"user\":\"root\"}", PASSWORD),
    .wanted = { IMAP_FOUND } },
  { .name = "international-host",
    .text = OF ("\"imap.\xc5\xbc\\u00f3\xc5\x82w.test\""),
    .wanted = { "imaps:imap.xn--w-uga1v8h.test:993 jan@example.test unknown" } },
  { .name = "key-twice",
    .text = SERVERS ("\"imap\":{\"host\":\"first.example.test\"}," IMAP, PASSWORD),
    .wanted = { IMAP_FOUND } },
  { .name = "none", .text = SERVERS ("", PASSWORD) },
  { .name = "only-others",
    .text = SERVERS ("\"jmap\":{\"url\":\"https://example.test/\"}", "") },
  { .name = "surrogates", .text = SERVERS (IMAP, ",\"x\":\"\\ud83d\\ude00\""),
    .wanted = { IMAP_FOUND } },
  { .name = "mark", .text = "\xef\xbb\xbf" SERVERS (IMAP, ""), .wanted = { IMAP_FOUND } },

  /* A page becomes a button only at home. */
#define HOSTED .wanted = { "imaps:mail.hosting.test:993 jan@example.test unknown" }
  { .name = "help-at-the-domain", .text = HELP ("\"HTTPS://Example.test/\""), HOSTED,
    .help_uri = "HTTPS://Example.test/" },
  { .name = "help-at-the-server", .text = HELP ("\"https://mail.hosting.test/help\""), HOSTED,
    .help_uri = "https://mail.hosting.test/help" },
  { .name = "help-beside-the-server", .text = HELP ("\"https://www.hosting.test/help\""), HOSTED,
    .help_text = "https://www.hosting.test/help" },
  { .name = "help-elsewhere", .text = HELP ("\"https://example.test.evil.test/\""), HOSTED,
    .help_text = "https://example.test.evil.test/" },
  { .name = "help-looks-like-it", .text = HELP ("\"https://badexample.test/\""), HOSTED,
    .help_text = "https://badexample.test/" },
  { .name = "help-in-clear", .text = HELP ("\"http://example.test/\""), HOSTED,
    .help_text = "http://example.test/" },
  { .name = "help-with-user", .text = HELP ("\"https://example.test@evil.test/\""), HOSTED,
    .help_text = "https://example.test@evil.test/" },
  { .name = "help-script", .text = HELP ("\"javascript:alert(1)\""), HOSTED },
  { .name = "help-file", .text = HELP ("\"file:///etc/passwd\""), HOSTED },
  { .name = "help-blank", .text = HELP ("\"https://example.test/ a\""), HOSTED },
  { .name = "help-not-ascii", .text = HELP ("\"https://example.test/\xe2\x80\xae\""), HOSTED },
  { .name = "help-list", .text = HELP ("[\"https://example.test/\"]"), HOSTED },

  { .name = "empty", .text = "", .error = "An empty document" },
  { .name = "white", .text = " \n", .error = "JSON, but no settings" },
  { .name = "html", .text = "\n<!DOCTYPE html>\n<html><body>{}</body></html>",
    .error = "A web page instead of settings" },
  { .name = "text", .text = "Not found", .error = "Not JSON" },
  { .name = "cut", .text = "{\"protocols\":{", .error = "Not JSON" },
  { .name = "half-a-surrogate", .text = SERVERS (IMAP, ",\"x\":\"\\ud800\\u0041\""),
    .error = "Not JSON" },
  { .name = "root-list", .text = "[{}]", .error = "JSON, but no settings" },
  { .name = "root-null", .text = "null", .error = "JSON, but no settings" },
  { .name = "root-text", .text = "\"protocols\"", .error = "JSON, but no settings" },
  { .name = "other-json", .text = "{\"imap\":{\"host\":\"imap.example.test\"}}",
    .error = "JSON, but no settings" },
  { .name = "protocols-list", .text = "{\"protocols\":[]}", .error = "JSON, but no settings" },
  { .name = "not-utf-8", .text = SERVERS (IMAP, ",\"x\":\"\xff\""), .error = "Not UTF-8" },
  { .name = "written-nul", .text = OF ("\"imap.example.test\\u0000.evil.test\""),
    .error = "A NUL in a text" },
};

static MwPaccDocument *
parse (const char  *data,
       gsize        length,
       GError     **error)
{
  g_autoptr(MwAddress) address = mw_address_parse ("jan@example.test", NULL);
  /* Not one byte more than there is. */
  g_autofree char *copy = g_memdup2 (data, length);

  return mw_pacc_document_parse (copy, length, address, MW_ORIGIN_PACC, MW_GRADE_B, error);
}

static char *
describe (MwCandidate *candidate)
{
  g_autofree char *endpoint = mw_endpoint_to_string (mw_candidate_get_endpoint (candidate));
  const char * const *users = mw_candidate_get_user_names (candidate);
  MwAuthMethod auth = mw_candidate_get_auth (candidate);

  g_assert_cmpint (mw_candidate_get_grade (candidate), ==, MW_GRADE_B);
  g_assert_cmpuint (mw_candidate_get_origins (candidate), ==, 1u << MW_ORIGIN_PACC);
  return g_strdup_printf ("%s %s %s", endpoint, users[0],
                          auth == MW_AUTH_OAUTH2 ? "oauth2" : "unknown");
}

static void
check_help (MwProvider *provider,
            const Case *one)
{
  const MwHint *help = mw_provider_get_hint (provider, MW_HINT_KIND_DOCUMENTATION);

  g_assert_false (mw_provider_is_listed (provider));
  g_assert_cmpstr (help != NULL ? help->uri : NULL, ==, one->help_uri);
  g_assert_cmpstr (help != NULL ? help->page : NULL, ==, one->help_text);
  g_assert_true ((mw_provider_get_hint (provider, MW_HINT_KIND_BROWSER_SIGN_IN) != NULL) ==
                 (provider->auth == MW_PROVIDER_AUTH_OAUTH2));
}

static void
test_case (gconstpointer data)
{
  const Case *one = data;
  g_autoptr(MwPaccDocument) document = NULL;
  g_autoptr(GError) error = NULL;
  guint i;

  document = parse (one->text, strlen (one->text), &error);
  if (one->error != NULL)
    {
      g_assert_null (document);
      g_assert_error (error, JSON_PARSER_ERROR, JSON_PARSER_ERROR_INVALID_DATA);
      g_assert_cmpstr (error->message, ==, one->error);
      return;
    }

  g_assert_no_error (error);
  for (i = 0; i < document->candidates->len; i++)
    {
      g_autofree char *text = describe (g_ptr_array_index (document->candidates, i));

      g_assert_cmpstr (text, ==, one->wanted[i]);
    }
  g_assert_null (one->wanted[i]);
  for (i = 0; i < document->skipped->len; i++)
    g_assert_cmpstr (g_ptr_array_index (document->skipped, i), ==, one->skipped[i]);
  g_assert_null (one->skipped[i]);
  check_help (document->provider, one);
}

static void
assert_refused (GString    *text,
                const char *message)
{
  g_autoptr(GError) error = NULL;

  g_assert_null (parse (text->str, text->len, &error));
  g_assert_error (error, JSON_PARSER_ERROR, JSON_PARSER_ERROR_INVALID_DATA);
  g_assert_cmpstr (error->message, ==, message);
}

static void
test_limits (void)
{
  g_autoptr(GString) text = g_string_new (SERVERS (IMAP, PASSWORD));

  g_string_set_size (text, 10 * 1024 * 1024);
  assert_refused (text, "Longer than 65536 bytes");

  g_string_assign (text, SERVERS (IMAP, ""));
  g_string_append_c (text, '\0');
  assert_refused (text, "Not UTF-8");

  for (gsize i = 0; i < 2; i++)
    {
      g_string_assign (text, "{\"protocols\":");
      for (guint j = 0; j < 10000; j++)
        g_string_append (text, i == 0 ? "[" : "{\"a\":");
      assert_refused (text, "More than 256 objects and lists");
    }
}

/* As deep as it may be. */
static void
test_depth (void)
{
  g_autoptr(GString) text = g_string_new ("{\"protocols\":{" IMAP "},\"x\":");
  g_autoptr(MwPaccDocument) document = NULL;
  g_autoptr(GError) error = NULL;

  for (guint i = 0; i < 253; i++)
    g_string_append_c (text, '[');
  for (guint i = 0; i < 253; i++)
    g_string_append_c (text, ']');
  g_string_append_c (text, '}');

  document = parse (text->str, text->len, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (document->candidates->len, ==, 1);
}

/* What a document calls its provider is foreign text. */
static void
test_provider (void)
{
  const char *name = SERVERS (IMAP, ",\"info\":{\"provider\":{\"name\":\" A \\n\\u202eB \"}}");
  const char *unnamed = SERVERS (IMAP, ",\"info\":{\"provider\":{\"name\":[\"A\"]}}");
  g_autoptr(MwPaccDocument) document = parse (name, strlen (name), NULL);
  g_autoptr(MwPaccDocument) other = parse (unnamed, strlen (unnamed), NULL);

  g_assert_cmpstr (document->provider->name, ==, "A B");
  g_assert_cmpstr (other->provider->name, ==, "example.test");
  g_assert_true (mw_candidate_get_provider (document->candidates->pdata[0]) ==
                 document->provider);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/pacc-document/%s", cases[i].name);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/pacc-document/provider", test_provider);
  g_test_add_func ("/pacc-document/limits", test_limits);
  g_test_add_func ("/pacc-document/depth", test_depth);

  return g_test_run ();
}
