/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "setup/mw-plist.h"

#include <string.h>

#define PLIST(text) "<plist version=\"1.0\">" text "</plist>"
#define DICT(text) PLIST ("<dict>" text "</dict>")

typedef struct {
  const char *name;
  const char *text;
  const char *error;  /* part of the message; NULL: can be read */
} Case;

static const Case cases[] = {
  { "empty", "", "No well-formed XML" },
  { "other-root", "<html><body/></html>", "Another kind of document" },
  { "clientConfig", "<clientConfig/>", "Another kind of document" },
  { "nothing", "<plist/>", "nothing in" },
  { "dict", DICT (""), NULL },
  { "array", PLIST ("<array/>"), NULL },
  { "string", PLIST ("<string/>"), NULL },
  { "doctype",
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?><!DOCTYPE plist PUBLIC"
    " \"-//Apple//DTD PLIST 1.0//EN\" \"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">"
    DICT (""), NULL },
  { "declared-entity", "<!DOCTYPE plist [ <!ENTITY a \"b\"> ]>" DICT (""), NULL },
  { "used-entity", "<!DOCTYPE plist [ <!ENTITY a SYSTEM \"file:///etc/passwd\"> ]>"
    PLIST ("<string>&a;</string>"), "No well-formed XML" },
  { "comment", DICT ("<!-- <key>a</key> -->"), NULL },
  { "two-values", PLIST ("<dict/><dict/>"), "More than one value" },
  { "key-outside", PLIST ("<key>a</key>"), "More than one value" },
  { "key-in-array", PLIST ("<array><key>a</key></array>"), "outside of a dictionary" },
  { "two-keys", DICT ("<key>a</key><key>b</key>"), "do not alternate" },
  { "value-without-key", DICT ("<string>b</string>"), "do not alternate" },
  { "key-without-value", DICT ("<key>a</key>"), "key without a value" },
  { "value-in-value", PLIST ("<string><true/></string>"), "inside a single" },
  { "key-in-key", DICT ("<key><key>a</key></key><true/>"), "inside a single" },
  { "unknown-element", DICT ("<key>a</key><set/>"), "no property list has" },
  { "cut-off", "<plist><dict><key>a</key><string>b", "No well-formed XML" },
  { "binary", "bplist00\xd1\x01\x02", "binary property list" },
  { "not-utf-8", PLIST ("<string>\xff</string>"), "UTF-8" },
};

static void
test_case (gconstpointer data)
{
  const Case *test = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(MwPlist) plist = mw_plist_parse (test->text, strlen (test->text), &error);

  if (test->error == NULL)
    {
      g_assert_no_error (error);
      g_assert_nonnull (plist);
      return;
    }
  g_assert_null (plist);
  g_assert_nonnull (error);
  if (!g_regex_match_simple (test->error, error->message, 0, 0))
    g_error ("%s: %s", test->name, error->message);
}

static void
test_values (void)
{
  static const char text[] =
    DICT ("<key>s</key><string>a &lt;&#233;&amp;<![CDATA[<b>]]></string>"
          "<key>i</key><integer> -12 </integer><key>j</key><integer>12x</integer>"
          "<key>t</key><true/><key>f</key><false/><key>r</key><real>1.5</real>"
          "<key>d</key><data>AAAA</data><key>w</key><date>2026-01-01T00:00:00Z</date>"
          "<key>a</key><array><string>x</string><dict><key>k</key><string>v</string></dict>"
          "</array><key>s</key><string>second</string>");
  g_autoptr(MwPlist) plist = mw_plist_parse (text, strlen (text), NULL);
  gint64 number = 0;
  MwPlist *array;

  g_assert_cmpstr (mw_plist_get_string (plist, "s"), ==, "a <é&<b>");
  g_assert_true (mw_plist_get_integer (plist, "i", &number));
  g_assert_cmpint (number, ==, -12);
  g_assert_false (mw_plist_get_integer (plist, "j", &number));
  g_assert_false (mw_plist_get_integer (plist, "s", &number));
  g_assert_true (mw_plist_get_boolean (plist, "t"));
  g_assert_false (mw_plist_get_boolean (plist, "f"));
  g_assert_false (mw_plist_get_boolean (plist, "s"));
  g_assert_null (mw_plist_get_string (plist, "d"));
  g_assert_null (mw_plist_get_string (plist, "missing"));

  array = mw_plist_get (plist, "a");
  g_assert_cmpuint (mw_plist_get_length (array), ==, 2);
  g_assert_cmpstr (mw_plist_get_string (mw_plist_get_item (array, 1), "k"), ==, "v");
  g_assert_cmpuint (mw_plist_get_length (plist), ==, 0);
  g_assert_cmpuint (mw_plist_get_length (NULL), ==, 0);
  g_assert_null (mw_plist_get_string (NULL, "a"));
}

static char *
repeat (const char *before,
        const char *text,
        guint       times,
        const char *after)
{
  GString *string = g_string_new (before);

  for (guint i = 0; i < times; i++)
    g_string_append (string, text);
  g_string_append (string, after);
  return g_string_free (string, FALSE);
}

static void
check_limit (const char *text,
             const char *message)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(MwPlist) plist = mw_plist_parse (text, strlen (text), &error);

  g_assert_true ((plist == NULL) == (message != NULL));
  if (message != NULL)
    g_assert_nonnull (strstr (error->message, message));
}

static void
test_limits (void)
{
  g_autofree char *deep = repeat ("<plist>", "<array>", 17, "");
  g_autofree char *open = repeat ("<plist>", "<array>", 16, "");
  g_autofree char *deep_enough = repeat (open, "</array>", 16, "</plist>");
  g_autofree char *many = repeat ("<plist><array>", "<true/>", 10001, "</array></plist>");
  g_autofree char *many_enough = repeat ("<plist><array>", "<true/>", 10000, "</array></plist>");
  g_autofree char *long_text = repeat ("<plist><string>", "0123456789", 105000,
                                       "</string></plist>");
  g_autofree char *long_enough = repeat ("<plist><string>", "0123456789", 104000,
                                         "</string></plist>");

  check_limit (deep, "too deep");
  check_limit (deep_enough, NULL);
  check_limit (many, "Too many values");
  check_limit (many_enough, NULL);
  check_limit (long_text, "too long");
  check_limit (long_enough, NULL);
}

/* What GLib stumbles over may be part of a password. */
static void
test_nothing_quoted (void)
{
  static const char text[] = DICT ("<key>p</key><string>se&cret;</string>");
  g_autoptr(GError) error = NULL;

  g_assert_null (mw_plist_parse (text, strlen (text), &error));
  g_assert_null (strstr (error->message, "cret"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/plist/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/plist/values", test_values);
  g_test_add_func ("/plist/limits", test_limits);
  g_test_add_func ("/plist/nothing-quoted", test_nothing_quoted);

  return g_test_run ();
}
