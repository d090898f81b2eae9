/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include <string.h>

#include "core/mw-error.h"
#include "export/mw-thunderbird-prefs.h"

static MwThunderbirdPrefs *
parse (const char *text)
{
  g_autoptr(GError) error = NULL;
  MwThunderbirdPrefs *prefs = mw_thunderbird_prefs_parse (text, strlen (text), &error);

  g_assert_no_error (error);
  g_assert_nonnull (prefs);
  return prefs;
}

static void
check_data (MwThunderbirdPrefs *prefs,
            const char         *expected)
{
  gsize size;
  g_autofree char *data = mw_thunderbird_prefs_to_data (prefs, &size);

  g_assert_cmpstr (data, ==, expected);
  g_assert_cmpuint (size, ==, strlen (expected));
}

typedef struct {
  const char *name;
  const char *text;
  const char *value; /* of "a"; NULL: not set or no string */
} ReadCase;

static const ReadCase read_cases[] = {
  { "plain", "user_pref(\"a\", \"x\");\n", "x" },
  { "empty-string", "user_pref(\"a\", \"\");\n", "" },
  { "single-quotes", "user_pref('a', 'it\\'s \"x\"');\n", "it's \"x\"" },
  { "blanks", "  user_pref  (\n\"a\"\t,\r\n'x' ) ;", "x" },
  { "several-on-a-line", "user_pref(\"b\",1);user_pref(\"a\",\"x\");user_pref(\"c\",true);", "x" },
  { "comments", "// user_pref(\"a\", \"no\");\n# too\n/* user_pref(\"a\", \"no\"); */"
                "user_pref(/* here */\"a\", // and here\n\"x\");\n", "x" },
  { "comment-like-value", "user_pref(\"a\", \"http://x/*y*/#z\");\n", "http://x/*y*/#z" },
  { "escapes", "user_pref(\"a\", \"\\\"\\\\\\n\\r\\x41\\u0142\\ud83d\\ude00\");\n",
    "\"\\\n\rA\305\202\360\237\230\200" },
  { "raw-utf8-and-tab", "user_pref(\"a\", \"za\305\274\303\263\305\202\304\207\t1\");\n",
    "za\305\274\303\263\305\202\304\207\t1" },
  { "last-one-counts", "user_pref(\"a\", \"1\");\nuser_pref(\"a\", \"2\");\n", "2" },
  { "unknown-escape-is-dropped", "user_pref(\"a\", \"1\");\nuser_pref(\"a\", \"\\t\");\n", "1" },
  { "half-surrogate-is-dropped", "user_pref(\"a\", \"1\");user_pref(\"a\", \"\\ud83d\");", "1" },
  { "bad-utf8-counts", "user_pref(\"a\", \"1\");user_pref(\"a\", \"\377\");", "\357\277\275" },
  { "error-then-statement", "user_pref(\"b\" 1);\nuser_pref(\"a\", \"x\");\n", "x" },
  { "garbage-then-statement", "hello world; user_pref(\"a\", \"x\");\n", "x" },
  { "number-is-no-string", "user_pref(\"a\", 12);\n", NULL },
  { "crlf", "// head\r\nuser_pref(\"a\", \"1\");\r\nuser_pref(\"a\", \"x\");\r\n", "x" },
  { "old-mac-lines", "// head\ruser_pref(\"a\", \"x\");\r", "x" },
  { "mark-eats-first", "\357\273\277user_pref(\"a\", \"1\");\nuser_pref(\"b\", 2);", NULL },
  { "line-in-string", "user_pref(\"a\", \"x\ny\");", "x\ny" },
  { "missing-semicolon", "user_pref(\"a\", \"1\")\nuser_pref(\"a\", \"2\");\n"
                         "user_pref(\"b\", 1);", NULL },
  { "attribute-is-dropped", "user_pref(\"a\", \"1\");user_pref(\"a\", \"2\", locked);", "1" },
  { "case-counts", "user_pref(\"A\", \"1\");User_Pref(\"a\", \"2\");", NULL },
  { "name-with-escape", "user_pref(\"\\x61\", \"x\");", "x" },
  { "missing", "user_pref(\"b\", 12);\n", NULL },
};

/* Whatever was read is written back byte for byte. */
static void
test_read (gconstpointer data)
{
  const ReadCase *test = data;
  g_autoptr(MwThunderbirdPrefs) prefs = parse (test->text);

  g_assert_cmpstr (mw_thunderbird_prefs_get_string (prefs, "a"), ==, test->value);
  check_data (prefs, test->text);
}

static void
test_numbers (void)
{
  g_autoptr(MwThunderbirdPrefs) prefs =
    parse ("user_pref(\"a\", 993);user_pref(\"b\", -2);user_pref(\"c\", +3);"
           "user_pref(\"d\", 99999999999);user_pref(\"e\", \"5\");user_pref(\"f\", true);");

  g_assert_cmpint (mw_thunderbird_prefs_get_int (prefs, "a", 0), ==, 993);
  g_assert_cmpint (mw_thunderbird_prefs_get_int (prefs, "b", 0), ==, -2);
  g_assert_cmpint (mw_thunderbird_prefs_get_int (prefs, "c", 0), ==, 3);
  g_assert_cmpint (mw_thunderbird_prefs_get_int (prefs, "d", 7), ==, 7);
  g_assert_cmpint (mw_thunderbird_prefs_get_int (prefs, "e", 7), ==, 7);
  g_assert_cmpint (mw_thunderbird_prefs_get_int (prefs, "f", 7), ==, 7);
}

static void
test_change (void)
{
  g_autoptr(MwThunderbirdPrefs) prefs =
    parse ("// head\nuser_pref('a', 'x'); user_pref(\"b\", 1); // tail\n\nuser_pref(\"c\", true);");

  g_assert_false (mw_thunderbird_prefs_set_string (prefs, "a", "x"));
  g_assert_false (mw_thunderbird_prefs_set_int (prefs, "b", 1));
  g_assert_false (mw_thunderbird_prefs_set_bool (prefs, "c", TRUE));
  g_assert_true (mw_thunderbird_prefs_set_int (prefs, "b", 2));
  g_assert_true (mw_thunderbird_prefs_set_bool (prefs, "c", FALSE));
  g_assert_true (mw_thunderbird_prefs_set_string (prefs, "d", "\"\\\n\r\t\305\274"));
  g_assert_true (mw_thunderbird_prefs_set_int (prefs, "e", 3));
  g_assert_cmpstr (mw_thunderbird_prefs_get_string (prefs, "d"), ==, "\"\\\n\r\t\305\274");
  check_data (prefs,
              "// head\nuser_pref('a', 'x'); user_pref(\"b\", 2); // tail\n\n"
              "user_pref(\"c\", false);\n"
              "user_pref(\"d\", \"\\\"\\\\\\n\\r\t\305\274\");\n"
              "user_pref(\"e\", 3);\n");
}

static void
test_unset (void)
{
  g_autoptr(MwThunderbirdPrefs) prefs =
    parse ("user_pref(\"a\", 1);\nuser_pref(\"b\", 1);\nuser_pref(\"a\", 2); // kept\n"
           "user_pref(\"c\", 1);user_pref(\"d\", 1);\n");

  g_assert_true (mw_thunderbird_prefs_unset (prefs, "a"));
  g_assert_false (mw_thunderbird_prefs_unset (prefs, "a"));
  g_assert_true (mw_thunderbird_prefs_unset (prefs, "d"));
  check_data (prefs, "user_pref(\"b\", 1);\n // kept\nuser_pref(\"c\", 1);\n");
  g_assert_true (mw_thunderbird_prefs_set_int (prefs, "a", 1));
  g_assert_true (mw_thunderbird_prefs_unset (prefs, "a"));
  check_data (prefs, "user_pref(\"b\", 1);\n // kept\nuser_pref(\"c\", 1);\n");
}

/* Lines of another system keep their ends, and go with them. */
static void
test_crlf (void)
{
  g_autoptr(MwThunderbirdPrefs) prefs =
    parse ("// head\r\nuser_pref(\"a\", 1);\r\nuser_pref(\"b\", 1);\r\n\r\nuser_pref(\"c\", 1);");

  g_assert_true (mw_thunderbird_prefs_set_int (prefs, "b", 2));
  check_data (prefs, "// head\r\nuser_pref(\"a\", 1);\r\nuser_pref(\"b\", 2);\r\n\r\n"
                     "user_pref(\"c\", 1);");
  g_assert_true (mw_thunderbird_prefs_unset (prefs, "a"));
  g_assert_true (mw_thunderbird_prefs_unset (prefs, "c"));
  check_data (prefs, "// head\r\nuser_pref(\"b\", 2);\r\n\r\n");
  g_assert_true (mw_thunderbird_prefs_unset (prefs, "b"));
  check_data (prefs, "// head\r\n\r\n");
}

static void
test_list (void)
{
  g_autoptr(MwThunderbirdPrefs) prefs =
    parse ("user_pref(\"x.2.a\", 1);user_pref(\"x.1.a\", 1);user_pref(\"y\", 1);"
           "user_pref(\"x.2.a\", 2);");
  g_autoptr(GPtrArray) names = mw_thunderbird_prefs_list (prefs, "x.");

  g_assert_cmpuint (names->len, ==, 2);
  g_assert_cmpstr (names->pdata[0], ==, "x.1.a");
  g_assert_cmpstr (names->pdata[1], ==, "x.2.a");
  g_assert_true (mw_thunderbird_prefs_has_prefix (prefs, "x.2."));
  g_assert_false (mw_thunderbird_prefs_has_prefix (prefs, "x.3."));
}

typedef struct {
  const char *name;
  const char *data;
  gsize       size;
} DamagedCase;

#define BYTES(text) text, sizeof text - 1

static const DamagedCase damaged_cases[] = {
  { "nul-bytes", BYTES ("\0\0\0\0\0\0\0\0") },
  { "nul-in-comment", BYTES ("// \0\nuser_pref(\"a\", 1);\n") },
  { "cut-in-string", BYTES ("user_pref(\"a\", 1);\nuser_pref(\"b\", \"xy") },
  { "cut-in-comment", BYTES ("user_pref(\"a\", 1);\n/* no end") },
  { "cut-in-statement", BYTES ("user_pref(\"a\", 1);\nuser_pref(\"b\", 1") },
  { "something-else", BYTES ("{\"json\": 1}\n") },
};

static void
test_damaged (gconstpointer data)
{
  const DamagedCase *test = data;
  g_autoptr(MwThunderbirdPrefs) prefs = NULL;
  g_autoptr(GError) error = NULL;

  prefs = mw_thunderbird_prefs_parse (test->data, test->size, &error);
  g_assert_error (error, MW_EXPORT_ERROR, MW_EXPORT_ERROR_DAMAGED);
  g_assert_null (prefs);
}

static void
test_empty (void)
{
  g_autoptr(MwThunderbirdPrefs) prefs = parse ("");
  g_autoptr(MwThunderbirdPrefs) comment = parse ("// Mozilla User Preferences");

  check_data (prefs, "");
  g_assert_true (mw_thunderbird_prefs_set_int (comment, "a", 1));
  check_data (comment, "// Mozilla User Preferences\nuser_pref(\"a\", 1);\n");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (read_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/thunderbird-prefs/read/", read_cases[i].name, NULL);

      g_test_add_data_func (path, &read_cases[i], test_read);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (damaged_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/thunderbird-prefs/damaged/",
                                           damaged_cases[i].name, NULL);

      g_test_add_data_func (path, &damaged_cases[i], test_damaged);
    }
  g_test_add_func ("/thunderbird-prefs/numbers", test_numbers);
  g_test_add_func ("/thunderbird-prefs/change", test_change);
  g_test_add_func ("/thunderbird-prefs/unset", test_unset);
  g_test_add_func ("/thunderbird-prefs/crlf", test_crlf);
  g_test_add_func ("/thunderbird-prefs/list", test_list);
  g_test_add_func ("/thunderbird-prefs/empty", test_empty);
  return g_test_run ();
}
