/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "discovery/mw-autoconfig-xml.h"

#include <string.h>

#include "discovery/mw-autoconfig-text.h"

#define PROVIDER(servers) \
  "<clientConfig version='1.1'><emailProvider id='x'>" servers "</emailProvider></clientConfig>"
#define SERVER(type, rest) "<incomingServer type='" type "'>" rest "</incomingServer>"
#define OUT(rest) "<outgoingServer type='smtp'>" rest "</outgoingServer>"
#define HOST "<hostname>imap.example.test</hostname>"
#define SSL "<socketType>SSL</socketType>"
#define USER "<username>%EMAILADDRESS%</username>"
#define METHOD(name) "<authentication>" name "</authentication>"

typedef struct {
  const char *name;
  const char *text;
  const char *wanted[5];   /* endpoint user method */
  const char *skipped[4];
  const char *error;       /* part of the message */
} Case;

static const Case cases[] = {
  {
    .name = "usual",
    .text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
            PROVIDER (SERVER ("imap", HOST "<port>993</port>" SSL USER
                              METHOD ("password-cleartext"))
                      OUT ("<hostname>smtp.example.test</hostname><port>587</port>"
                           "<socketType>STARTTLS</socketType>"
                           METHOD ("password-encrypted") USER)),
    .wanted = {
      "imaps:imap.example.test:993 jan@example.test unknown",
      "submission:smtp.example.test:587 jan@example.test unknown",
    },
  },
  {
    .name = "several-in-order",
    .text = PROVIDER (SERVER ("pop3", HOST SSL) SERVER ("imap", HOST SSL)
                      SERVER ("imap", "<hostname>b.example.test</hostname>" SSL)),
    .wanted = {
      "pop3s:imap.example.test:995 - unknown",
      "imaps:imap.example.test:993 - unknown",
      "imaps:b.example.test:993 - unknown",
    },
  },
  {
    .name = "placeholders-anywhere",
    .text = PROVIDER (SERVER ("imap", "<hostname>imap.%EMAILDOMAIN%</hostname>" SSL
                              "<username>%EMAILLOCALPART%+%EMAILLOCALPART%%EMAILDOMAIN%"
                              "</username>")),
    .wanted = { "imaps:imap.example.test:993 jan+janexample.test unknown" },
  },
  {
    .name = "unknown-placeholder-in-host",
    .text = PROVIDER (SERVER ("imap", "<hostname>imap.%MX%</hostname>" SSL)),
    .skipped = { "incoming server: its host is no name that can exist" },
  },
  {
    .name = "old-words",
    .text = PROVIDER (SERVER ("imap", HOST SSL METHOD ("plain"))
                      SERVER ("pop3", HOST SSL METHOD ("secure"))
                      OUT (HOST SSL METHOD ("smtp-after-pop"))
                      OUT (HOST "<port>1465</port>" SSL METHOD ("client-IP-address"))),
    .wanted = {
      "imaps:imap.example.test:993 - unknown",
      "pop3s:imap.example.test:995 - unknown",
      "submissions:imap.example.test:465 - none",
      "submissions:imap.example.test:1465 - none",
    },
  },
  {
    .name = "password-beside-oauth",
    .text = PROVIDER (SERVER ("imap", HOST SSL METHOD ("OAuth2") METHOD ("password-cleartext"))
                      SERVER ("pop3", HOST SSL METHOD ("OAuth2"))),
    .wanted = {
      "imaps:imap.example.test:993 - unknown",
      "pop3s:imap.example.test:995 - oauth2",
    },
  },
  {
    .name = "sasl-names",
    .text = PROVIDER (SERVER ("imap", HOST SSL
                              "<authentication system='sasl'>XOAUTH2</authentication>")
                      SERVER ("pop3", HOST SSL
                              "<authentication system='sasl'>password-cleartext"
                              "</authentication>")),
    .wanted = { "imaps:imap.example.test:993 - oauth2" },
    .skipped = { "incoming server: no way of signing in that is known" },
  },
  {
    .name = "no-usable-method",
    .text = PROVIDER (SERVER ("imap", HOST SSL METHOD ("GSSAPI") METHOD ("NTLM"))
                      SERVER ("pop3", HOST SSL METHOD ("none"))),
    .skipped = {
      "incoming server: no way of signing in that is known",
      "incoming server: no way of signing in that is known",
    },
  },
  {
    .name = "clear-text-dropped",
    .text = PROVIDER (SERVER ("imap", HOST "<socketType>plain</socketType>")
                      SERVER ("imap", HOST)
                      SERVER ("imap", HOST SSL)),
    .wanted = { "imaps:imap.example.test:993 - unknown" },
    .skipped = { "incoming server: clear text",
                 "incoming server: no security that is known" },
  },
  {
    .name = "ports",
    .text = PROVIDER (SERVER ("imap", HOST SSL "<port>0</port>")
                      SERVER ("imap", HOST SSL "<port>70000</port>")
                      SERVER ("imap", HOST SSL "<port>-1</port>")
                      SERVER ("imap", HOST SSL "<port> 65535 </port>")),
    .wanted = { "imaps:imap.example.test:65535 - unknown" },
    .skipped = {
      "incoming server: its port is not between 1 and 65535",
      "incoming server: its port is not between 1 and 65535",
      "incoming server: its port is not between 1 and 65535",
    },
  },
  {
    .name = "hosts",
    .text = PROVIDER (SERVER ("imap", "<hostname>imap example.test</hostname>" SSL)
                      SERVER ("imap", "<hostname>192.0.2.1</hostname>" SSL)
                      SERVER ("imap", "<hostname>localhost</hostname>" SSL)
                      SERVER ("imap", SSL)),
    .skipped = {
      "incoming server: its host is no name that can exist",
      "incoming server: its host is an IP address",
      "incoming server: its host has no domain",
      "incoming server: no host",
    },
  },
  {
    .name = "international-host",
    .text = PROVIDER (SERVER ("imap", "<hostname>IMAP.\xc5\xbc\xc3\xb3\xc5\x82w.test.</hostname>"
                              SSL)),
    .wanted = { "imaps:imap.xn--w-uga1v8h.test:993 - unknown" },
  },
  {
    .name = "what-is-unknown",
    .text = "<clientConfig version='9.9'><future><incomingServer type='imap'>" HOST SSL
            "</incomingServer></future><emailProvider><domain purpose='mx'>a</domain>"
            SERVER ("jmap", "<url>https://example.test/</url>")
            SERVER ("imap", HOST SSL "<more><hostname>evil.test</hostname></more>")
            "</emailProvider><webMail/></clientConfig>",
    .wanted = { "imaps:imap.example.test:993 - unknown" },
    .skipped = { "incoming server: of a kind that is not known" },
  },
  {
    .name = "cdata-and-comment",
    .text = PROVIDER (SERVER ("imap", "<hostname>imap.<!-- x --><![CDATA[example.test]]>"
                              "</hostname>" SSL)),
    .wanted = { "imaps:imap.example.test:993 - unknown" },
  },
  {
    .name = "control-character-in-user",
    .text = PROVIDER (SERVER ("imap", HOST SSL "<username>a&#10;b</username>")),
    .skipped = { "incoming server: a control character in its user name" },
  },
  { .name = "mark", .text = "\xef\xbb\xbf" PROVIDER (SERVER ("imap", HOST SSL)),
    .wanted = { "imaps:imap.example.test:993 - unknown" } },
  { .name = "empty", .text = "", .error = "empty" },
  { .name = "html", .text = "<!DOCTYPE html>\n<html><body>Not found</body></html>",
    .error = "A web page" },
  { .name = "other-root", .text = "<configuration><clientConfig/></configuration>",
    .error = "Another kind" },
  { .name = "html-around", .text = "<HTML><clientConfig></clientConfig></HTML>",
    .error = "A web page" },
  { .name = "entity", .text = "<!DOCTYPE a [<!ENTITY b 'c'>]><clientConfig>&b;</clientConfig>",
    .error = "Entity name" },
  { .name = "unfinished", .text = "<clientConfig><emailProvider>", .error = "unexpectedly" },
  { .name = "not-utf-8", .text = "<clientConfig>\xff</clientConfig>", .error = "UTF-8" },
  { .name = "odd-encoding", .text = "<?xml version='1.0' encoding='UTF-7'?><clientConfig/>",
    .error = "encoding" },
};

static MwAutoconfigXml *
parse (const char  *data,
       gssize       length,
       const char  *address,
       GError     **error)
{
  g_autoptr(MwAddress) parsed = mw_address_parse (address, NULL);

  return mw_autoconfig_xml_parse (data, length < 0 ? strlen (data) : (gsize) length, parsed,
                                  MW_ORIGIN_AUTOCONFIG, MW_GRADE_B, error);
}

static char *
describe (MwCandidate *candidate)
{
  g_autofree char *endpoint = mw_endpoint_to_string (mw_candidate_get_endpoint (candidate));
  const char * const *users = mw_candidate_get_user_names (candidate);
  MwAuthMethod auth = mw_candidate_get_auth (candidate);

  g_assert_cmpint (mw_candidate_get_grade (candidate), ==, MW_GRADE_B);
  g_assert_cmpuint (mw_candidate_get_origins (candidate), ==, 1u << MW_ORIGIN_AUTOCONFIG);
  return g_strdup_printf ("%s %s %s", endpoint, users != NULL ? users[0] : "-",
                          auth == MW_AUTH_NONE ? "none"
                          : auth == MW_AUTH_OAUTH2 ? "oauth2" : "unknown");
}

static void
test_case (gconstpointer data)
{
  const Case *one = data;
  g_autoptr(MwAutoconfigXml) document = NULL;
  g_autoptr(GError) error = NULL;
  guint i;

  document = parse (one->text, -1, "jan@example.test", &error);
  if (one->error != NULL)
    {
      g_assert_null (document);
      g_assert_nonnull (error);
      g_assert_nonnull (strstr (error->message, one->error));
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
}

static void
test_no_second_expansion (void)
{
  const char *text = PROVIDER (SERVER ("imap", HOST SSL USER));
  g_autoptr(MwAutoconfigXml) document = NULL;
  g_autoptr(GError) error = NULL;
  MwCandidate *candidate;

  document = parse (text, -1, "%EMAILDOMAIN%@example.test", &error);
  g_assert_no_error (error);
  candidate = g_ptr_array_index (document->candidates, 0);
  g_assert_cmpstr (mw_candidate_get_user_names (candidate)[0], ==, "%EMAILDOMAIN%@example.test");
}

static void
test_extras (void)
{
  const char *text =
    "<clientConfig><emailProvider><displayName>Example %EMAILDOMAIN%</displayName>"
    "<displayShortName>Ex</displayShortName>"
    "<documentation url='https://example.test/help'><descr lang='pl'>Jak</descr>"
    "<descr lang='en'>How <![CDATA[<script>]]></descr><descr lang='de'>Wie</descr></documentation>"
    "<documentation url='https://example.test/second'/>"
    SERVER ("pop3", HOST SSL "<pop3><leaveMessagesOnServer>true</leaveMessagesOnServer>"
            "<daysToLeaveMessagesOnServer>14</daysToLeaveMessagesOnServer></pop3>")
    "</emailProvider><enable visiturl='javascript:alert(1)'><instruction>No</instruction></enable>"
    "<enable visiturl='https://example.test/enable'><instruction>Do it</instruction></enable>"
    "<oAuth2><issuer>i.example.test</issuer><scope>mail</scope>"
    "<authURL>https://i.example.test/a</authURL><tokenURL>http://i.example.test/t</tokenURL>"
    "</oAuth2></clientConfig>";
  g_autoptr(MwAutoconfigXml) document = NULL;
  g_autoptr(GError) error = NULL;

  document = parse (text, -1, "jan@example.test", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (document->name, ==, "Example example.test");
  g_assert_cmpstr (document->short_name, ==, "Ex");
  g_assert_cmpstr (document->documentation_uri, ==, "https://example.test/help");
  g_assert_cmpstr (document->documentation, ==, "How <script>");
  g_assert_cmpstr (document->enable_uri, ==, "https://example.test/enable");
  g_assert_cmpstr (document->enable_instruction, ==, "Do it");
  g_assert_cmpstr (document->oauth_issuer, ==, "i.example.test");
  g_assert_cmpstr (document->oauth_scope, ==, "mail");
  g_assert_cmpstr (document->oauth_auth_uri, ==, "https://i.example.test/a");
  g_assert_null (document->oauth_token_uri);
  g_assert_cmpstr (document->leave_on_server, ==, "true");
  g_assert_cmpstr (document->days_on_server, ==, "14");
}

static void
test_domains (void)
{
  const char *text = PROVIDER ("<domain>Example.Test</domain><domain>a..b</domain><domain/>"
                               SERVER ("imap", HOST SSL "<domain>server.test</domain>")
                               "<domain purpose='mx'> mx.%EMAILDOMAIN% </domain>");
  g_autoptr(MwAutoconfigXml) document = parse (text, -1, "jan@other.test", NULL);

  g_assert_cmpuint (document->domains->len, ==, 2);
  g_assert_cmpstr (document->domains->pdata[0], ==, "example.test");
  g_assert_cmpstr (document->domains->pdata[1], ==, "mx.other.test");
}

static void
test_enable_inside_provider (void)
{
  const char *text = PROVIDER ("<enable visiturl='https://example.test/on'>"
                               "<instruction>Turn it on</instruction></enable>");
  g_autoptr(MwAutoconfigXml) document = parse (text, -1, "jan@example.test", NULL);

  g_assert_cmpstr (document->enable_uri, ==, "https://example.test/on");
  g_assert_cmpstr (document->enable_instruction, ==, "Turn it on");
}

static void
test_encodings (void)
{
  const struct {
    const char *encoding;
    const char *mark;
    gsize       mark_length;
    gboolean    declared;
  } encodings[] = {
    { "UTF-16LE", "\xff\xfe", 2, FALSE },
    { "UTF-16BE", "\xfe\xff", 2, FALSE },
    { "ISO-8859-2", "", 0, TRUE },
    { "windows-1250", "", 0, TRUE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (encodings); i++)
    {
      g_autoptr(MwAutoconfigXml) document = NULL;
      g_autoptr(GString) bytes = g_string_new (NULL);
      g_autoptr(GError) error = NULL;
      g_autofree char *text = NULL;
      g_autofree char *converted = NULL;
      gsize length;

      text = g_strdup_printf ("<?xml version='1.0' encoding='%s'?><clientConfig><emailProvider>"
                              "<displayName>\xc5\xbc\xc3\xb3\xc5\x82w</displayName>"
                              "</emailProvider></clientConfig>",
                              encodings[i].declared ? encodings[i].encoding : "UTF-16");
      converted = g_convert (text, -1, encodings[i].encoding, "UTF-8", NULL, &length, &error);
      g_assert_no_error (error);
      g_string_append_len (bytes, encodings[i].mark, encodings[i].mark_length);
      g_string_append_len (bytes, converted, length);

      document = parse (bytes->str, bytes->len, "jan@example.test", &error);
      g_assert_no_error (error);
      g_assert_cmpstr (document->name, ==, "\xc5\xbc\xc3\xb3\xc5\x82w");
    }
}

static void
test_nul (void)
{
  static const char text[] = "<clientConfig>\0</clientConfig>";
  g_autoptr(GError) error = NULL;

  g_assert_null (parse (text, sizeof text - 1, "jan@example.test", &error));
  g_assert_error (error, G_CONVERT_ERROR, G_CONVERT_ERROR_EMBEDDED_NUL);
}

static void
test_limits (void)
{
  g_autoptr(GString) deep = g_string_new ("<clientConfig>");
  g_autoptr(GString) many = g_string_new ("<clientConfig><emailProvider>");
  g_autoptr(GString) large = g_string_new (NULL);
  g_autoptr(MwAutoconfigXml) document = NULL;
  g_autoptr(GError) error = NULL;

  for (guint i = 0; i < 10000; i++)
    g_string_append (deep, "<a>");
  g_assert_null (parse (deep->str, deep->len, "jan@example.test", &error));
  g_assert_error (error, G_MARKUP_ERROR, G_MARKUP_ERROR_INVALID_CONTENT);
  g_assert_nonnull (strstr (error->message, "deeper"));
  g_clear_error (&error);

  g_string_set_size (large, 10 * 1024 * 1024);
  memset (large->str, ' ', large->len);
  g_assert_null (parse (large->str, large->len, "jan@example.test", &error));
  g_assert_nonnull (strstr (error->message, "Longer"));
  g_clear_error (&error);

  for (guint i = 0; i < 200; i++)
    g_string_append (many, SERVER ("imap", HOST SSL));
  g_string_append (many, "</emailProvider></clientConfig>");
  document = parse (many->str, many->len, "jan@example.test", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (document->candidates->len, ==, 32);
  g_assert_cmpuint (document->skipped->len, ==, 32);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/autoconfig-xml/%s", cases[i].name);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/autoconfig-xml/no-second-expansion", test_no_second_expansion);
  g_test_add_func ("/autoconfig-xml/extras", test_extras);
  g_test_add_func ("/autoconfig-xml/domains", test_domains);
  g_test_add_func ("/autoconfig-xml/enable-inside-provider", test_enable_inside_provider);
  g_test_add_func ("/autoconfig-xml/encodings", test_encodings);
  g_test_add_func ("/autoconfig-xml/nul", test_nul);
  g_test_add_func ("/autoconfig-xml/limits", test_limits);

  return g_test_run ();
}
