/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include <string.h>
#include <time.h>

#include "core/mw-redactor.h"

#define PASSWORD "zażółć \"gęślą\" \\jaźń 1"
#define USER "jan@example.test"

typedef struct {
  const char *name;
  const char *password;
  const char *coded;  /* as another program would write it */
  gsize       length; /* 0: as it says */
} Case;

/* Written by other programs (Python's json, base64, urllib, html, quopri), so
 * that a slip of ours is not made twice. */
static const Case cases[] = {
  { "plain", PASSWORD, PASSWORD },
  { "quoted", PASSWORD, "zażółć \\\"gęślą\\\" \\\\jaźń 1" },
  {
    "percent", PASSWORD,
    "za%C5%BC%C3%B3%C5%82%C4%87%20%22g%C4%99%C5%9Bl%C4%85%22%20%5Cja%C5%BA%C5%84%201",
  },
  {
    "percent-lower", PASSWORD,
    "za%c5%bc%c3%b3%c5%82%c4%87%20%22g%c4%99%c5%9bl%c4%85%22%20%5cja%c5%ba%c5%84%201",
  },
  {
    "form-field", PASSWORD,
    "za%C5%BC%C3%B3%C5%82%C4%87+%22g%C4%99%C5%9Bl%C4%85%22+%5Cja%C5%BA%C5%84+1",
  },
  { "hex", PASSWORD, "7a61c5bcc3b3c582c487202267c499c59b6cc48522205c6a61c5bac5842031" },
  { "hex-upper", PASSWORD, "7A61C5BCC3B3C582C487202267C499C59B6CC48522205C6A61C5BAC5842031" },
  {
    "json", PASSWORD,
    "za\\u017c\\u00f3\\u0142\\u0107 \\\"g\\u0119\\u015bl\\u0105\\\" \\\\ja\\u017a\\u0144 1",
  },
  {
    "json-upper", PASSWORD,
    "za\\u017C\\u00F3\\u0142\\u0107 \\\"g\\u0119\\u015Bl\\u0105\\\" \\\\ja\\u017A\\u0144 1",
  },
  { "json-pair", "a😀bc", "a\\ud83d\\ude00bc" },
  { "xml", "a<b>&'\"c", "a&lt;b&gt;&amp;&#39;&quot;c" },
  { "xml-name", "a<b>&'\"c", "a&lt;b&gt;&amp;&apos;&quot;c" },
  { "base64-login", PASSWORD, "emHFvMOzxYLEhyAiZ8SZxZtsxIUiIFxqYcW6xYQgMQ==" },
  {
    "base64-plain", PASSWORD,
    "AGphbkBleGFtcGxlLnRlc3QAemHFvMOzxYLEhyAiZ8SZxZtsxIUiIFxqYcW6xYQgMQ==",
  },
  {
    "utf16-le", PASSWORD,
    "z\000a\000|\001\363\000B\001\007\001 \000\"\000g\000\031\001[\001l\000\005\001"
    "\"\000 \000\\\000j\000a\000z\001D\001 \0001\000", 44,
  },
  {
    "utf16-be", PASSWORD,
    "\000z\000a\001|\000\363\001B\001\007\000 \000\"\000g\001\031\001[\000l\001\005"
    "\000\"\000 \000\\\000j\000a\001z\001D\000 \0001", 44,
  },
  {
    "utf16-base64", PASSWORD,
    "egBhAHwB8wBCAQcBIAAiAGcAGQFbAWwABQEiACAAXABqAGEAegFEASAAMQA=", 0,
  },
  {
    "mojibake", PASSWORD,
    "za\303\205\302\274\303\203\302\263\303\205\302\202\303\204\302\207 \"g\303\204"
    "\302\231\303\205\302\233l\303\204\302\205\" \\ja\303\205\302\272\303\205\302"
    "\204 1", 0,
  },
  {
    "nfd", PASSWORD,
    "zaz\314\207o\314\201\305\202c\314\201 \"ge\314\250s\314\201la\314\250\" \\jaz"
    "\314\201n\314\201 1", 0,
  },
  {
    "qp", PASSWORD,
    "za=C5=BC=C3=B3=C5=82=C4=87=20\"g=C4=99=C5=9Bl=C4=85\"=20\\ja=C5=BA=C5=84=201", 0,
  },
  {
    "html-dec", PASSWORD,
    "&#122;&#97;&#380;&#243;&#322;&#263;&#32;&#34;&#103;&#281;&#347;&#108;&#261;&#3"
    "4;&#32;&#92;&#106;&#97;&#378;&#324;&#32;&#49;", 0,
  },
  {
    "html-hex", PASSWORD,
    "&#x7a;&#x61;&#x17c;&#xf3;&#x142;&#x107;&#x20;&#x22;&#x67;&#x119;&#x15b;&#x6c;&"
    "#x105;&#x22;&#x20;&#x5c;&#x6a;&#x61;&#x17a;&#x144;&#x20;&#x31;", 0,
  },
  {
    "octal", PASSWORD,
    "\\172\\141\\305\\274\\303\\263\\305\\202\\304\\207\\040\\042\\147\\304\\231\\3"
    "05\\233\\154\\304\\205\\042\\040\\134\\152\\141\\305\\272\\305\\204\\040\\061", 0,
  },
  {
    "hexesc", PASSWORD,
    "\\x7a\\x61\\xc5\\xbc\\xc3\\xb3\\xc5\\x82\\xc4\\x87\\x20\\x22\\x67\\xc4\\x99\\x"
    "c5\\x9b\\x6c\\xc4\\x85\\x22\\x20\\x5c\\x6a\\x61\\xc5\\xba\\xc5\\x84\\x20\\x31", 0,
  },
  {
    "jsonjson", PASSWORD,
    "za\\\\u017c\\\\u00f3\\\\u0142\\\\u0107 \\\\\\\"g\\\\u0119\\\\u015bl\\\\u0105\\"
    "\\\\\" \\\\\\\\ja\\\\u017a\\\\u0144 1", 0,
  },
  {
    "pct-all", PASSWORD,
    "%7a%61%c5%bc%c3%b3%c5%82%c4%87%20%22%67%c4%99%c5%9b%6c%c4%85%22%20%5c%6a%61%c5"
    "%ba%c5%84%20%31", 0,
  },
  {
    "pct-part", PASSWORD,
    "za%c5%bc\303\263\305\202\304\207%20\"g\304\231\305\233l\304\205\" \\ja\305\272"
    "\305\204 1", 0,
  },
  {
    "imap-utf7", PASSWORD,
    "za&AXwA8wFCAQc- \"g&ARkBWw-l&AQU-\" \\ja&AXoBRA- 1", 0,
  },
  {
    "upper", PASSWORD,
    "ZA\305\274\303\263\305\202\304\207 \"g\304\231\305\233l\304\205\" \\JA\305\272"
    "\305\204 1", 0,
  },
  {
    "b64-folded", PASSWORD,
    "AGphbkBleGFtcGxlLnRlc3QAemHFvM\015\012 OzxYLEhyAiZ8SZxZtsxIUiIFxqYcW6xYQgMQ==", 0,
  },
  {
    "b64-upper", PASSWORD,
    "AGPHBKBLEGFTCGXLLNRLC3QAEMHFVMOZXYLEHYAIZ8SZXZTSXIUIIFXQYCW6XYQGMQ==", 0,
  },
  {
    "b64-pct", PASSWORD,
    "AGphbkBleGFtcGxlLnRlc3QAemHFvMOzxYLEhyAiZ8SZxZtsxIUiIFxqYcW6xYQgMQ%3D%3D", 0,
  },
  {
    "b64-url", PASSWORD,
    "eHl6YcW8w7PFgsSHICJnxJnFm2zEhSIgXGphxbrFhCAx", 0,
  },
};

static MwRedactor *
redactor_new (const char *password)
{
  MwRedactor *redactor = mw_redactor_new ();

  mw_redactor_add_person (redactor, USER);
  mw_redactor_add_secret (redactor, password, strlen (password));
  return redactor;
}

static char *
redact (MwRedactor *redactor,
        const char *text)
{
  return mw_redactor_redact (redactor, text, strlen (text), MW_REDACTOR_HIDE_NOTHING);
}

static void
test_form (gconstpointer data)
{
  const Case *test = data;
  g_autoptr(MwRedactor) redactor = redactor_new (test->password);
  gsize length = test->length > 0 ? test->length : strlen (test->coded);
  g_autoptr(GString) line = g_string_new ("NO you said ");
  g_autofree char *alone = NULL;
  g_autofree char *text = NULL;

  alone = mw_redactor_redact (redactor, test->coded, length, MW_REDACTOR_HIDE_NOTHING);
  g_assert_cmpstr (alone, ==, "••••");

  g_string_append_len (line, test->coded, length);
  g_string_append (line, ", did you?\r\n");
  text = mw_redactor_redact (redactor, line->str, line->len, MW_REDACTOR_HIDE_NOTHING);
  g_assert_cmpstr (text, ==, "NO you said ••••, did you?");
}

/* Inside something longer, base64 has three faces, and the letters at both
 * ends hold bits of the neighbours too: the whole word goes. */
static void
test_base64_alignment (void)
{
  g_autoptr(MwRedactor) redactor = redactor_new (PASSWORD);

  for (gsize before = 0; before < 7; before++)
    {
      for (gsize after = 0; after < 7; after++)
        {
          g_autofree char *head = g_strnfill (before, '<');
          g_autofree char *tail = g_strnfill (after, '>');
          g_autofree char *text = g_strconcat (head, PASSWORD, tail, NULL);
          g_autofree char *coded = g_base64_encode ((const guchar *) text, strlen (text));
          g_autofree char *line = g_strdup_printf ("235 %s done", coded);
          g_autofree char *shown = redact (redactor, line);

          g_assert_cmpstr (shown, ==, "235 •••• done");
        }
    }
}

static void
test_twice_and_cut (void)
{
  g_autoptr(MwRedactor) redactor = redactor_new (PASSWORD);
  g_autofree char *twice = redact (redactor, PASSWORD PASSWORD);
  g_autoptr(GString) line = g_string_new (NULL);
  g_autofree char *cut = NULL;

  g_assert_cmpstr (twice, ==, "••••••••");

  /* Across the place where long lines end. */
  for (int i = 0; i < 1010; i++)
    g_string_append_c (line, 'x');
  g_string_append (line, PASSWORD);
  g_string_append (line, "and so on");
  cut = redact (redactor, line->str);
  g_assert_null (strstr (cut, "zaż"));
  g_assert_cmpuint (strlen (cut), <, 1100);
  g_assert_true (g_utf8_validate (cut, -1, NULL));
  g_assert_true (g_str_has_suffix (cut, "…"));
}

/* Both sides' passwords, and those of earlier runs. */
static void
test_several_secrets (void)
{
  g_autoptr(MwRedactor) redactor = mw_redactor_new ();
  g_autofree char *text = NULL;

  mw_redactor_add_secret (redactor, "first", 5);
  mw_redactor_add_secret (redactor, "first-and-longer", 16);
  mw_redactor_add_secret (redactor, "second-and-longer", 17);
  mw_redactor_add_secret (redactor, "", 0);
  text = redact (redactor, "first second-and-longer first-and-longer");
  g_assert_cmpstr (text, ==, "•••• •••• ••••");
}

typedef struct {
  const char *name;
  const char *password;
  const char *line;
  const char *wanted;
} Weak;

/* With passwords that cannot be taken out without telling what they are, the
 * same is left of every line, whether the password stands in it or not. */
static const Weak weak[] = {
  { "one", "a", "a7 NO Wrong password: a", "a7 NO ••••" },
  { "one-absent", "ż", "a7 NO Wrong password", "a7 NO ••••" },
  { "two", "OK", "* OK You said OK", "* OK ••••" },
  { "three-letters", "żół", "535 5.7.8 Not żół", "535 5.7.8 ••••" },
  { "three-absent", "xyz", "535-5.7.8 Not that", "535-5.7.8 ••••" },
  { "common", "password", "-ERR [AUTH] Wrong password.", "-ERR [AUTH] ••••" },
  {
    "common-part", "entica", "a1 NO [AUTHENTICATIONFAILED] x",
    "a1 NO [AUTHENTICATIONFAILED] ••••",
  },
  { "status-twice", "OK", "a1 OK OK", "a1 OK ••••" },
  { "code-twice", "OK", "535 5.7.8 OK", "535 5.7.8 ••••" },
  { "extension", "xyz", "250-AUTH PLAIN xyz", "250-AUTH PLAIN ••••" },
  { "in-address", "example", "220 mail.example.test ready", "220 ••••" },
  { "the-address", USER, "250 jan@example.test", "250 ••••" },
  { "in-host", "blue", "220 Mail.Blue.invalid ready", "220 ••••" },
  { "capability", "abc", "* CAPABILITY IMAP4rev1 X-ABC IDLE", "* CAPABILITY IMAP4rev1 ••••" },
  { "nothing-else", "abc", "+OK", "+OK" },
  { "foreign", "abc", "HTTP/1.1 400 abc", "••••" },
  { "dots", "••••", "NO ••••, really", "NO ••••" },
};

static void
test_weak (gconstpointer data)
{
  const Weak *test = data;
  g_autoptr(MwRedactor) redactor = redactor_new (test->password);
  g_autofree char *text = NULL;
  g_autofree char *own = NULL;

  mw_redactor_add_public (redactor, "mail.blue.invalid");
  text = redact (redactor, test->line);
  g_assert_cmpstr (text, ==, test->wanted);

  own = mw_redactor_mask (redactor, "a2 EXAMINE INBOX", MW_REDACTOR_HIDE_NOTHING);
  g_assert_cmpstr (own, ==, "a2 EXAMINE INBOX");
}

typedef struct {
  const char *name;
  const char *text;
  const char *wanted;
} Masked;

static const Masked masked[] = {
  { "address", "MAIL FROM:<jan@example.test>", "MAIL FROM:<…@example.test>" },
  { "case", "<Jan@Example.Test> unknown", "<…@Example.Test> unknown" },
  { "coded-at", "user=jan%40example.test", "user=…%40example.test" },
  { "alone", "User jan, hello", "User …, hello" },
  { "in-quotes", "the user “jan” or “żjan”", "the user “…” or “żjan”" },
  { "part", "janitor january", "janitor january" },
  { "base64", "334 amFuQGV4YW1wbGUudGVzdA== x", "334 … x" },
  { "log-in-name", "user kowalski.j (ok)", "user … (ok)" },
  { "short", "a@example.test has a box", "…@example.test has a box" },
  { "short-alone", "a", "a" },
  { "ehlo", "EHLO [198.51.100.7]", "EHLO […]" },
  { "ehlo-6", "EHLO [IPv6:2001:db8::7]", "EHLO [IPv6:…]" },
  {
    "hello", "250 mx.example.test Hello dsl-7.isp.invalid [198.51.100.7]",
    "250 mx.example.test Hello … […]",
  },
  { "hyphens", "Hello p-198-51-100-7.isp.invalid", "Hello p-….isp.invalid" },
  { "server", "220 at 9.9.9.9", "220 at 9.9.9.9" },
  { "own-network", "to 192.168.1.4:993", "to …:993" },
  { "version", "535 5.7.8 2.3.19", "535 5.7.8 2.3.19" },
  { "time", "10:20:30", "10:20:30" },
  { "six", "from 2001:db8::7.", "from …." },
};

static void
test_masked (gconstpointer data)
{
  const Masked *test = data;
  g_autoptr(MwRedactor) redactor = redactor_new (PASSWORD);
  g_autofree char *text = NULL;
  g_autofree char *whole = NULL;

  mw_redactor_add_person (redactor, "kowalski.j");
  mw_redactor_add_person (redactor, "a@example.test");
  mw_redactor_add_public (redactor, "9.9.9.9");
  mw_redactor_add_public (redactor, "192.168.1.4");

  text = mw_redactor_redact (redactor, test->text, strlen (test->text),
                             MW_REDACTOR_HIDE_PERSON | MW_REDACTOR_HIDE_ADDRESSES);
  g_assert_cmpstr (text, ==, test->wanted);
  whole = redact (redactor, test->text);
  g_assert_cmpstr (whole, ==, test->text);
}

/* What a log-in consists of is hidden wherever it is repeated. */
static void
test_exchange (void)
{
  static const char final[] = "c=biws,r=abcdefNONCEghijkl,p=UFJPT0ZQUk9PRlBST09G";
  static const char cram[] = "jan@example.test b913a602c7eda7a495b4e6e7334d3890";
  g_autoptr(MwRedactor) redactor = redactor_new (PASSWORD);
  g_autofree char *coded = g_base64_encode ((const guchar *) final, strlen (final));
  g_autofree char *coded_cram = g_base64_encode ((const guchar *) cram, strlen (cram));
  g_autofree char *coded_user = g_base64_encode ((const guchar *) USER, strlen (USER));
  g_autofree char *line = g_strdup_printf ("NO %s / %s / %s", coded, coded_cram, coded_user);
  g_autofree char *text = NULL;
  g_autofree char *wanted = g_strdup_printf ("NO •••• / •••• / %s", coded_user);
  g_autofree char *pieces = NULL;
  g_autofree char *other = NULL;

  mw_redactor_add_exchange (redactor, coded, strlen (coded));
  mw_redactor_add_exchange (redactor, coded_cram, strlen (coded_cram));
  mw_redactor_add_exchange (redactor, coded_user, strlen (coded_user));
  mw_redactor_add_exchange (redactor, "Ready for literal data", 22);

  text = redact (redactor, line);
  g_assert_cmpstr (text, ==, wanted);
  pieces = redact (redactor, "NO proof UFJPT0ZQUk9PRlBST09G, "
                             "digest b913a602c7eda7a495b4e6e7334d3890");
  g_assert_cmpstr (pieces, ==, "NO proof ••••, digest ••••");

  /* Those of SCRAM also where they are nobody's of this run. */
  other = redact (redactor, "NO Yz1iaXdzLHI9ZnVpRlU3WGZzZHJGQTla Yz1lciBhIHdvcmQ= x");
  g_assert_cmpstr (other, ==, "NO •••• Yz1lciBhIHdvcmQ= x");
}

typedef struct {
  const char *name;
  const char *text;
  gsize       length; /* 0: as it says */
  const char *wanted;
} Foreign;

static const Foreign foreign[] = {
  { "line-end", "OK done\r\n", 0, "OK done" },
  { "escape", "OK \033[2J\a", 0, "OK \\u{1b}[2J\\u{7}" },
  { "line-feed", "OK\nNO", 0, "OK\\u{a}NO" },
  { "nul", "OK\0NO", 5, "OK\xef\xbf\xbdNO" },
  { "bidi", "OK \xe2\x80\xaetxt.exe", 0, "OK \\u{202e}txt.exe" },
  { "line-separator", "OK\xe2\x80\xa8NO", 0, "OK\\u{2028}NO" },
  { "zero-width", "O\xe2\x80\x8bK", 0, "O\\u{200b}K" },
  { "latin-1", "caf\xe9", 0, "caf\xef\xbf\xbd" },
  { "tab", "OK\tdone", 0, "OK\tdone" },
  { "polish", "Błąd", 0, "Błąd" },
  { "empty", "", 0, "" },
};

static void
test_foreign (gconstpointer data)
{
  const Foreign *test = data;
  g_autoptr(MwRedactor) redactor = redactor_new (PASSWORD);
  g_autofree char *text = NULL;

  text = mw_redactor_redact (redactor, test->text,
                             test->length > 0 ? test->length : strlen (test->text),
                             MW_REDACTOR_HIDE_NOTHING);
  g_assert_cmpstr (text, ==, test->wanted);
}

/* A server that tries to keep the program busy. */
static void
test_hostile (void)
{
  static const char * const pieces[] = {
    "\\", "%5c", "&#92;", "=\n", "z", "\\u005c", "/", "+", "=", "biws", "+biws",
  };
  g_autoptr(MwRedactor) redactor = redactor_new ("\\\\\\\\\\\\\\\\\\\\\\\\\\\\z\\\\\\\\\\");

  for (gsize i = 0; i < G_N_ELEMENTS (pieces); i++)
    {
      g_autoptr(GString) line = g_string_new (NULL);
      g_autofree char *text = NULL;
      clock_t started = clock ();

      while (line->len < 65536)
        g_string_append (line, pieces[i]);
      text = redact (redactor, line->str);
      g_assert_cmpint (clock () - started, <, 2 * CLOCKS_PER_SEC);
    }
}

/* Servers that have more to hide than any log-in needs, before anybody was
 * asked for a password: later lines must not have to pay for it. */
static void
test_too_many_exchanges (void)
{
  g_autoptr(MwRedactor) redactor = redactor_new (PASSWORD);
  g_autoptr(GString) attributes = g_string_new (NULL);
  g_autofree char *huge = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  for (guint i = 0; i < 8000; i++)
    g_string_append_printf (attributes, "r=%05u,", i);
  huge = g_base64_encode ((const guchar *) attributes->str, attributes->len);
  mw_redactor_add_exchange (redactor, huge, strlen (huge));
  before = redact (redactor, "* OK 00001 is no secret");
  g_assert_cmpstr (before, ==, "* OK 00001 is no secret");

  for (guint i = 0; i < 1000; i++)
    {
      g_autofree char *one = g_strdup_printf ("nonsense%04u", i);

      mw_redactor_add_exchange (redactor, one, strlen (one));
    }
  after = redact (redactor, "* OK nonsense0999 is one");
  g_assert_cmpstr (after, ==, "* OK ••••");
}

/* What stands behind the line in memory is no part of it. */
static void
test_unterminated (void)
{
  g_autoptr(MwRedactor) redactor = redactor_new ("abc");
  g_autofree char *line = g_memdup2 ("* OK a1234", 4);
  g_autofree char *tag = g_memdup2 ("a1234", 5);
  g_autofree char *shown_line = mw_redactor_redact (redactor, line, 4, MW_REDACTOR_HIDE_NOTHING);
  g_autofree char *shown_tag = mw_redactor_redact (redactor, tag, 5, MW_REDACTOR_HIDE_NOTHING);

  g_assert_cmpstr (shown_line, ==, "* OK");
  g_assert_cmpstr (shown_tag, ==, "a1234");
}

#define ADD(path, table, function)                                        \
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)                        \
    {                                                                     \
      g_autofree char *name = g_strconcat (path, table[i].name, NULL);    \
                                                                          \
      g_test_add_data_func (name, &table[i], function);                   \
    }

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("/redactor/form/", cases, test_form);
  ADD ("/redactor/weak/", weak, test_weak);
  ADD ("/redactor/masked/", masked, test_masked);
  ADD ("/redactor/foreign/", foreign, test_foreign);
  g_test_add_func ("/redactor/base64-alignment", test_base64_alignment);
  g_test_add_func ("/redactor/twice-and-cut", test_twice_and_cut);
  g_test_add_func ("/redactor/several-secrets", test_several_secrets);
  g_test_add_func ("/redactor/exchange", test_exchange);
  g_test_add_func ("/redactor/hostile", test_hostile);
  g_test_add_func ("/redactor/too-many-exchanges", test_too_many_exchanges);
  g_test_add_func ("/redactor/unterminated", test_unterminated);

  return g_test_run ();
}
