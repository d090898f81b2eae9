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
  const char *skipped[5];
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
    .name = "more-hosts",
    .text = PROVIDER (SERVER ("imap", "<hostname>[2001:db8::1]</hostname>" SSL)
                      SERVER ("imap", "<hostname>imap.example.test:993</hostname>" SSL)
                      SERVER ("imap", "<hostname>jan@imap.example.test</hostname>" SSL)
                      SERVER ("imap", "<hostname>imap..example.test</hostname>" SSL)),
    .skipped = {
      "incoming server: its host is an IP address",
      "incoming server: its host is no name that can exist",
      "incoming server: its host is no name that can exist",
      "incoming server: its host is no name that can exist",
    },
  },
  {
    .name = "more-ports",
    .text = PROVIDER (SERVER ("imap", HOST SSL "<port>993x</port>")
                      SERVER ("imap", HOST SSL "<port>0x3e1</port>")
                      SERVER ("imap", HOST SSL "<port>99999999999999999999999</port>")
                      SERVER ("imap", HOST SSL "<port>9 93</port>")),
    .skipped = {
      "incoming server: its port is not between 1 and 65535",
      "incoming server: its port is not between 1 and 65535",
      "incoming server: its port is not between 1 and 65535",
      "incoming server: its port is not between 1 and 65535",
    },
  },
  {
    .name = "placeholder-in-placeholder",
    .text = PROVIDER (SERVER ("imap", HOST SSL "<username>%EMAIL%EMAILDOMAIN%ADDRESS%</username>")
                      SERVER ("imap", "<hostname>imap.%EMAIL%EMAILDOMAIN%</hostname>" SSL)),
    .wanted = { "imaps:imap.example.test:993 %EMAILexample.testADDRESS% unknown" },
    .skipped = { "incoming server: its host is no name that can exist" },
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
    .name = "server-in-server",
    .text = PROVIDER (SERVER ("imap", HOST "<emailProvider>"
                              SERVER ("imap", "<hostname>evil.test</hostname>" SSL)
                              "</emailProvider>" SSL)),
    .wanted = { "imaps:imap.example.test:993 - unknown" },
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
  { .name = "html-unquoted", .text = "\n<!doctype HTML><html lang=en><meta charset=utf-8><br>",
    .error = "A web page" },
  { .name = "html-after-comments", .text = "\xef\xbb\xbf<?xml version='1.0'?>\n<!-- a --> <!--b-->"
    "<html xmlns='http://www.w3.org/1999/xhtml'/>", .error = "A web page" },
  { .name = "html-not-utf-8", .text = "<html><title>\xb1\xb3</title>", .error = "A web page" },
  { .name = "html-without-html", .text = "<h1>It works!</h1>", .error = "A web page" },
  { .name = "unfinished-comment", .text = "<!-- <html>", .error = "unexpectedly" },
  { .name = "json", .text = "{\"error\":404}", .error = "must begin with an element" },
  { .name = "words", .text = "Not found", .error = "must begin with an element" },
  { .name = "other-root", .text = "<configuration><clientConfig/></configuration>",
    .error = "Another kind" },
  { .name = "html-around", .text = "<HTML><clientConfig></clientConfig></HTML>",
    .error = "A web page" },
  { .name = "entity", .text = "<!DOCTYPE a [<!ENTITY b 'c'>]><clientConfig>&b;</clientConfig>",
    .error = "Entity name" },
  { .name = "foreign-entity", .text = "<!DOCTYPE a SYSTEM 'file:///etc/passwd' [<!ENTITY b SYSTEM "
    "'file:///etc/passwd'>]><clientConfig>&b;</clientConfig>", .error = "Entity name" },
  { .name = "entities-of-entities", .text = "<!DOCTYPE a [<!ENTITY a 'aaaa'><!ENTITY b "
    "'&a;&a;&a;&a;'><!ENTITY c '&b;&b;&b;&b;'>]><clientConfig>&c;</clientConfig>",
    .error = "Entity name" },
  { .name = "nul-by-number", .text = PROVIDER (SERVER ("imap", "<hostname>a&#0;.test</hostname>")),
    .error = "Character reference" },
  { .name = "unfinished", .text = "<clientConfig><emailProvider>", .error = "unexpectedly" },
  { .name = "not-utf-8", .text = "<clientConfig>\xff</clientConfig>", .error = "UTF-8" },
  { .name = "utf-8-promised", .text = "<?xml version='1.0' encoding='utf-8'?><clientConfig>\xb1"
    "</clientConfig>", .error = "UTF-8" },
  { .name = "utf-16-promised", .text = "<?xml version='1.0' encoding='UTF-16'?><clientConfig/>",
    .error = "encoding" },
  { .name = "half-a-character", .text = "\xff\xfe<", .error = "" },
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
  g_clear_pointer (&document, mw_autoconfig_xml_free);

  document = parse (PROVIDER (SERVER ("imap", "<hostname>%EMAILLOCALPART%.test</hostname>" SSL)),
                    -1, "%EMAILDOMAIN%@example.test", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (document->candidates->len, ==, 0);
}

/* "kind uri|page words", missing ones as "-" */
static char *
describe_hints (MwAutoconfigXml *document)
{
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; i < document->provider->hints->len; i++)
    {
      MwHint *hint = g_ptr_array_index (document->provider->hints, i);

      g_string_append_printf (text, "%s%s %s %s %s", i > 0 ? "; " : "",
                              mw_enum_to_nick (MW_TYPE_HINT_KIND, hint->kind),
                              hint->uri != NULL ? hint->uri : "-",
                              hint->page != NULL ? hint->page : "-",
                              hint->words != NULL ? hint->words : "-");
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

typedef struct {
  const char *name;
  const char *extras;      /* inside of emailProvider */
  const char *outside;     /* beside it */
  const char *language;    /* of the interface */
  const char *wanted;
} HintCase;

#define DOC(url, rest) "<documentation url='" url "'>" rest "</documentation>"
#define DESCR(lang, text) "<descr lang='" lang "'>" text "</descr>"
#define ENABLE(url, rest) "<enable visiturl='" url "'>" rest "</enable>"
#define HELP "https://example.test/help"

static const HintCase hint_cases[] = {
  { "documentation", DOC (HELP, DESCR ("en", "How")), "", "en",
    "documentation " HELP " - How" },
  { "language-of-the-interface",
    DOC (HELP, DESCR ("en", "How") DESCR ("pl", "Jak") DESCR ("de", "Wie")), "", "pl",
    "documentation " HELP " - Jak" },
  { "language-with-region",
    DOC (HELP, DESCR ("en", "How") DESCR ("pt", "Como?") DESCR ("pt-BR", "Como")), "", "pt_BR:pt",
    "documentation " HELP " - Como" },
  { "other-region",
    DOC (HELP, DESCR ("en", "How") DESCR ("de-AT", "Wie")), "", "de_DE:de",
    "documentation " HELP " - Wie" },
  { "english-before-others",
    DOC (HELP, DESCR ("de", "Wie") "<descr>Hm</descr>" DESCR ("en-GB", "How")), "", "pl",
    "documentation " HELP " - How" },
  { "untold-before-others",
    DOC (HELP, DESCR ("de", "Wie") "<descr>Hm</descr>"), "", "pl",
    "documentation " HELP " - Hm" },
  { "page-for-each-language",
    DOC (HELP "/en", DESCR ("en", "How")) DOC (HELP "/pl", DESCR ("pl", "Jak"))
    DOC (HELP "/3", ""), "", "pl",
    "documentation " HELP "/pl - Jak" },
  { "page-without-words", DOC (HELP, ""), "", "pl", "documentation " HELP " - -" },
  { "words-without-page", "<documentation><descr>Hm</descr></documentation>", "", "en", "" },
  { "enable-before-documentation",
    DOC (HELP, DESCR ("en", "How")),
    ENABLE ("https://example.test/on",
            "<instruction lang='pl'>W\u0142\u0105cz</instruction><instruction>On</instruction>"),
    "pl",
    "enable-imap https://example.test/on - W\u0142\u0105cz; documentation " HELP " - How" },
  { "enable-inside", ENABLE ("https://example.test/on", "<instruction>Turn it on</instruction>"),
    "", "en", "enable-imap https://example.test/on - Turn it on" },
  { "not-a-page",
    ENABLE ("javascript:alert(1)", "<instruction>No</instruction>")
    ENABLE ("file:///etc/passwd", "<instruction>No</instruction>")
    ENABLE ("https://example.test/a b", "<instruction>No</instruction>")
    ENABLE ("https://example.test/on", "<instruction>Yes</instruction>"), "", "en",
    "enable-imap https://example.test/on - Yes" },
  { "plain-http-is-text", ENABLE ("http://example.test/on", ""), "", "en",
    "enable-imap - http://example.test/on -" },
  { "elsewhere-is-text", ENABLE ("https://other.test/on", ""), "", "en",
    "enable-imap - https://other.test/on -" },
  { "of-a-server", ENABLE ("https://imap.example.net/on", "")
    SERVER ("imap", "<hostname>imap.example.net</hostname>" SSL), "", "en",
    "enable-imap https://imap.example.net/on - -" },
  { "beside-a-server", ENABLE ("https://example.net/on", "")
    SERVER ("imap", "<hostname>imap.example.net</hostname>" SSL), "", "en",
    "enable-imap - https://example.net/on -" },
  { "place-in-a-page", ENABLE ("https://example.test/?u=%EMAILLOCALPART%", ""), "", "en",
    "enable-imap https://example.test/?u=jan - -" },
  { "hostile-words",
    ENABLE ("https://example.test/on",
            "<instruction>&lt;b&gt;a&lt;/b&gt;&#10;&#9; b\u202ec\u200b<![CDATA[<script>]]>"
            "</instruction>"), "", "en",
    "enable-imap https://example.test/on - <b>a</b> bc<script>" },
  { "browser-sign-in", SERVER ("imap", HOST SSL METHOD ("OAuth2")) OUT (HOST SSL METHOD ("OAuth")),
    "<oAuth2><issuer>login.example.test</issuer><scope>mail</scope></oAuth2>", "en",
    "browser-sign-in - - login.example.test" },
  { "browser-or-password", SERVER ("imap", HOST SSL METHOD ("OAuth2")
                                   METHOD ("password-cleartext")), "", "en", "" },
};

static void
test_hints (gconstpointer data)
{
  const HintCase *one = data;
  g_autofree char *text = g_strdup_printf ("<clientConfig><emailProvider>%s</emailProvider>%s"
                                           "</clientConfig>", one->extras, one->outside);
  g_autoptr(MwAutoconfigXml) document = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *hints = NULL;

  g_setenv ("LANGUAGE", one->language, TRUE);
  g_setenv ("LC_ALL", "en_US.UTF-8", TRUE);
  document = parse (text, -1, "jan@example.test", &error);
  g_assert_no_error (error);
  hints = describe_hints (document);
  g_assert_cmpstr (hints, ==, one->wanted);
}

/* Somebody else's document, or one that came over HTTP: its pages are text. */
static void
test_pages_of_others (void)
{
  const char *text = PROVIDER (DOC (HELP, ""));
  const MwGrade grades[] = { MW_GRADE_C, MW_GRADE_D, MW_GRADE_L };
  g_autoptr(MwAddress) address = mw_address_parse ("jan@example.test", NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (grades); i++)
    {
      g_autoptr(MwAutoconfigXml) document = NULL;
      g_autofree char *hints = NULL;

      document = mw_autoconfig_xml_parse (text, strlen (text), address, MW_ORIGIN_ISPDB,
                                          grades[i], NULL);
      hints = describe_hints (document);
      g_assert_cmpstr (hints, ==, "documentation - " HELP " -");
    }
}

static void
test_name (void)
{
  const struct {
    const char *extras;
    const char *name;
    const char *short_name;
    const char *shown;
  } names[] = {
    { "<displayName>Example %EMAILDOMAIN%</displayName><displayShortName>Ex</displayShortName>",
      "Example example.test", "Ex", "Example example.test" },
    { "<displayShortName>Ex</displayShortName>", NULL, "Ex", "Ex" },
    { "<displayName> \u200b </displayName>", NULL, NULL, "example.test" },
    { "<displayName>a&#10;\u202eb</displayName>", "a b", NULL, "a b" },
    { "<displayName>1234567890123456789012345678901234567890123456789012345678901</displayName>"
      "<displayShortName>123456789012345678901</displayShortName>",
      "123456789012345678901234567890123456789012345678901234567890…", "12345678901234567890…",
      "123456789012345678901234567890123456789012345678901234567890…" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *text = NULL;
      g_autoptr(MwAutoconfigXml) document = NULL;
      g_autoptr(GError) error = NULL;

      text = g_strdup_printf (PROVIDER ("%s" SERVER ("imap", HOST SSL)), names[i].extras);
      document = parse (text, -1, "jan@example.test", &error);
      g_assert_no_error (error);
      g_assert_cmpstr (document->name, ==, names[i].name);
      g_assert_cmpstr (document->short_name, ==, names[i].short_name);
      g_assert_cmpstr (document->provider->name, ==, names[i].shown);
      g_assert_false (mw_provider_is_listed (document->provider));
      g_assert_false (mw_provider_is_confirmed (document->provider));
      g_assert_true (mw_candidate_get_provider (document->candidates->pdata[0]) ==
                     document->provider);
    }
}

#define POP(leave, days) \
  SERVER ("pop3", HOST SSL "<pop3><leaveMessagesOnServer>" leave "</leaveMessagesOnServer>" \
          "<downloadOnBiff>true</downloadOnBiff>" \
          "<daysToLeaveMessagesOnServer>" days "</daysToLeaveMessagesOnServer></pop3>")

static void
test_pop (void)
{
  const struct {
    const char *server;
    MwGrade     grade;
    int         leave;
    guint       days;
  } options[] = {
    { SERVER ("pop3", HOST SSL), MW_GRADE_B, -1, 0 },
    { POP ("true", "14"), MW_GRADE_B, 1, 14 },
    { POP ("true", "0"), MW_GRADE_B, 1, 0 },
    { POP ("true", "366"), MW_GRADE_B, 1, 0 },
    { POP ("true", "soon"), MW_GRADE_B, 1, 0 },
    { POP ("false", "14"), MW_GRADE_C, 0, 0 },
    { POP ("maybe", "14"), MW_GRADE_B, -1, 0 },
    /* Nobody of that kind has messages deleted. */
    { POP ("false", "14"), MW_GRADE_D, -1, 0 },
    { POP ("true", "14"), MW_GRADE_D, 1, 0 },
  };
  g_autoptr(MwAddress) address = mw_address_parse ("jan@example.test", NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (options); i++)
    {
      g_autofree char *text = g_strdup_printf (PROVIDER ("%s"), options[i].server);
      g_autoptr(MwAutoconfigXml) document = NULL;

      document = mw_autoconfig_xml_parse (text, strlen (text), address, MW_ORIGIN_AUTOCONFIG,
                                          options[i].grade, NULL);
      g_assert_cmpint (document->provider->leave_on_server, ==, options[i].leave);
      g_assert_cmpuint (document->provider->days_on_server, ==, options[i].days);
    }
}

/* Forms of the user name keep their order, within one server and across two
 * sections for the same. */
static void
test_user_names (void)
{
  const char *text =
    PROVIDER (SERVER ("imap", HOST SSL USER "<username>%EMAILLOCALPART%</username>"
                      "<username/><username>%EMAILADDRESS%</username>"
                      "<inputField key='USERNAME' label='Screen Name'/>"
                      "<useGlobalPreferredServer>true</useGlobalPreferredServer>")
              SERVER ("imap", HOST SSL "<username>x%EMAILLOCALPART%</username>"));
  g_autoptr(MwAutoconfigXml) document = NULL;
  g_autoptr(MwCandidate) merged = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *names = NULL;

  document = parse (text, -1, "jan@example.test", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (document->candidates->len, ==, 2);
  merged = mw_candidate_merge (document->candidates->pdata[0], document->candidates->pdata[1]);
  names = g_strjoinv (" ", (char **) mw_candidate_get_user_names (merged));
  g_assert_cmpstr (names, ==, "jan@example.test jan xjan");
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
test_without_address (void)
{
  const char *text =
    PROVIDER ("<displayName>Mail at %EMAILDOMAIN%</displayName>"
              SERVER ("imap", "<hostname>imap.%EMAILDOMAIN%</hostname>" SSL USER)
              SERVER ("imap", "<hostname>%EMAILDOMAIN%</hostname>" SSL)
              SERVER ("imap", "<hostname>%EMAILDOMAIN%.-</hostname>" SSL)
              SERVER ("imap", "<hostname>%EMAILLOCALPART%.test</hostname>" SSL));
  g_autoptr(MwAutoconfigXml) document = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  document = mw_autoconfig_xml_parse (text, strlen (text), NULL, MW_ORIGIN_AUTOCONFIG,
                                      MW_GRADE_B, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (document->name, ==, "Mail at %EMAILDOMAIN%");
  g_assert_cmpuint (document->candidates->len, ==, 2);
  g_assert_cmpuint (document->skipped->len, ==, 2);
  first = describe (document->candidates->pdata[0]);
  second = describe (document->candidates->pdata[1]);
  g_assert_cmpstr (first, ==, "imaps:imap.%EMAILDOMAIN%:993 %EMAILADDRESS% unknown");
  g_assert_cmpstr (second, ==, "imaps:%EMAILDOMAIN%:993 - unknown");
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
  g_test_add_func ("/autoconfig-xml/domains", test_domains);
  for (gsize i = 0; i < G_N_ELEMENTS (hint_cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/autoconfig-xml/hints/%s", hint_cases[i].name);

      g_test_add_data_func (path, &hint_cases[i], test_hints);
    }
  g_test_add_func ("/autoconfig-xml/hints/pages-of-others", test_pages_of_others);
  g_test_add_func ("/autoconfig-xml/name", test_name);
  g_test_add_func ("/autoconfig-xml/pop", test_pop);
  g_test_add_func ("/autoconfig-xml/user-names", test_user_names);
  g_test_add_func ("/autoconfig-xml/without-address", test_without_address);
  g_test_add_func ("/autoconfig-xml/encodings", test_encodings);
  g_test_add_func ("/autoconfig-xml/nul", test_nul);
  g_test_add_func ("/autoconfig-xml/limits", test_limits);

  return g_test_run ();
}
