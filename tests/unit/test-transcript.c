/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include <string.h>

#include "core/mw-transcript.h"

#define PASSWORD "zażółć \"gęślą\" \\jaźń 1"
#define USER "jan@example.test"

typedef struct {
  const char *name;
  const char *password;
  const char *coded; /* as another program would write it */
} Case;

/* Written by other programs (Python's json, base64, urllib, html), so that a
 * slip of ours is not made twice. */
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
  { "json-pair", "a😀b", "a\\ud83d\\ude00b" },
  { "xml", "a<b>&'\"c", "a&lt;b&gt;&amp;&#39;&quot;c" },
  { "xml-name", "a<b>&'\"c", "a&lt;b&gt;&amp;&apos;&quot;c" },
  { "base64-login", PASSWORD, "emHFvMOzxYLEhyAiZ8SZxZtsxIUiIFxqYcW6xYQgMQ==" },
  {
    "base64-plain", PASSWORD,
    "AGphbkBleGFtcGxlLnRlc3QAemHFvMOzxYLEhyAiZ8SZxZtsxIUiIFxqYcW6xYQgMQ==",
  },
};

static MwTranscript *
transcript_new (const char *password)
{
  MwTranscript *transcript = mw_transcript_new (100);

  mw_transcript_add_secret (transcript, USER, password, strlen (password));
  return transcript;
}

static void
test_form (gconstpointer data)
{
  const Case *test = data;
  g_autoptr(MwTranscript) transcript = transcript_new (test->password);
  g_autofree char *line = g_strdup_printf ("NO you said %s, did you?\r\n", test->coded);
  g_autofree char *alone = NULL;
  g_autofree char *text = NULL;

  alone = mw_transcript_redact (transcript, test->coded, strlen (test->coded));
  g_assert_cmpstr (alone, ==, "••••");

  text = mw_transcript_redact (transcript, line, strlen (line));
  g_assert_cmpstr (text, ==, "NO you said ••••, did you?");

  for (const char *direction = "CS"; *direction != '\0'; direction++)
    {
      GPtrArray *lines = mw_transcript_get_lines (transcript);
      g_autofree char *wanted = g_strdup_printf ("%c: %s", *direction, text);

      mw_transcript_add (transcript, *direction, line, strlen (line), FALSE);
      g_assert_cmpstr (g_ptr_array_index (lines, lines->len - 1), ==, wanted);
    }
}

/* Inside something longer, base64 has three faces. No more than the characters
 * that hold bits of the neighbours too may be left, which is one at each end. */
static void
test_base64_alignment (void)
{
  g_autoptr(MwTranscript) transcript = transcript_new (PASSWORD);

  for (gsize before = 0; before < 7; before++)
    {
      for (gsize after = 0; after < 7; after++)
        {
          g_autofree char *head = g_strnfill (before, '<');
          g_autofree char *tail = g_strnfill (after, '>');
          g_autofree char *text = g_strconcat (head, PASSWORD, tail, NULL);
          g_autofree char *coded = g_base64_encode ((const guchar *) text, strlen (text));
          g_autofree char *shown = mw_transcript_redact (transcript, coded, strlen (coded));
          const char *dots = strstr (shown, "••••");

          g_assert_nonnull (dots);
          g_assert_cmpint (dots - shown, <=, (before * 8 + 5) / 6);
          g_assert_cmpuint (strlen (dots + strlen ("••••")), <=, (after * 8 + 5) / 6 + 3);
        }
    }
}

static void
test_twice_and_cut (void)
{
  g_autoptr(MwTranscript) transcript = transcript_new (PASSWORD);
  g_autofree char *twice = mw_transcript_redact (transcript, PASSWORD PASSWORD,
                                                 2 * strlen (PASSWORD));
  g_autoptr(GString) line = g_string_new (NULL);
  g_autofree char *cut = NULL;

  g_assert_cmpstr (twice, ==, "••••••••");

  /* Across the place where long lines end. */
  for (int i = 0; i < 1010; i++)
    g_string_append_c (line, 'x');
  g_string_append (line, PASSWORD);
  g_string_append (line, "and so on");
  cut = mw_transcript_redact (transcript, line->str, line->len);
  g_assert_null (strstr (cut, "zaż"));
  g_assert_cmpuint (strlen (cut), <, 1100);
  g_assert_true (g_utf8_validate (cut, -1, NULL));
  g_assert_true (g_str_has_suffix (cut, "…"));
}

static void
test_several_secrets (void)
{
  g_autoptr(MwTranscript) transcript = mw_transcript_new (10);
  const char *line = "first second-and-longer first-and-longer";
  g_autofree char *text = NULL;

  mw_transcript_add_secret (transcript, NULL, "first", 5);
  mw_transcript_add_secret (transcript, NULL, "first-and-longer", 16);
  mw_transcript_add_secret (transcript, NULL, "second-and-longer", 17);
  mw_transcript_add_secret (transcript, NULL, "", 0);
  text = mw_transcript_redact (transcript, line, strlen (line));
  g_assert_cmpstr (text, ==, "•••• •••• ••••");
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
  g_autoptr(MwTranscript) transcript = transcript_new (PASSWORD);
  g_autofree char *text = NULL;

  text = mw_transcript_redact (transcript, test->text,
                               test->length > 0 ? test->length : strlen (test->text));
  g_assert_cmpstr (text, ==, test->wanted);
}

static void
test_lines (void)
{
  g_autoptr(MwTranscript) transcript = mw_transcript_new (3);
  GPtrArray *lines = mw_transcript_get_lines (transcript);

  mw_transcript_add (transcript, 'S', "* OK ready\r\n", 12, FALSE);
  mw_transcript_add (transcript, 'C', "AGphbgBzZWNyZXQ=\r\n", 18, TRUE);
  mw_transcript_add (transcript, '*', "TLS 1.3", 7, FALSE);
  mw_transcript_add (transcript, 'S', "too much", 8, FALSE);

  g_assert_cmpuint (lines->len, ==, 3);
  g_assert_cmpstr (g_ptr_array_index (lines, 0), ==, "S: * OK ready");
  g_assert_cmpstr (g_ptr_array_index (lines, 1), ==, "C: ••••");
  g_assert_cmpstr (g_ptr_array_index (lines, 2), ==, "*: TLS 1.3");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/transcript/form/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_form);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (foreign); i++)
    {
      g_autofree char *path = g_strconcat ("/transcript/foreign/", foreign[i].name, NULL);

      g_test_add_data_func (path, &foreign[i], test_foreign);
    }
  g_test_add_func ("/transcript/base64-alignment", test_base64_alignment);
  g_test_add_func ("/transcript/twice-and-cut", test_twice_and_cut);
  g_test_add_func ("/transcript/several-secrets", test_several_secrets);
  g_test_add_func ("/transcript/lines", test_lines);

  return g_test_run ();
}
