/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "app/mw-foreign-text.h"
#include "app/mw-help-uri.h"
#include "app/mw-host-markup.h"
#include "app/mw-pasted-link.h"

#define FSI "\u2068"
#define LRI "\u2066"
#define PDI "\u2069"
#define START LRI "<span insert_hyphens=\"false\">"
#define END "</span>" PDI

static void
test_foreign_text (void)
{
  static const struct {
    const char *text;
    guint       max_chars;
    const char *shown;
  } rows[] = {
    { "plain words", 80, FSI "plain words" PDI },
    { "<b>not</b> markup & so", 80, FSI "<b>not</b> markup & so" PDI },
    { "line\r\none\ttwo", 80, FSI "line one two" PDI },
    { "\033[31mred\007", 80, FSI "[31mred" PDI },
    { "a\u202Eb\u2066c\u200Fd\uFEFFe", 80, FSI "abcde" PDI },
    { "zażółć gęślą", 6, FSI "zażółć…" PDI },
    { "exact", 5, FSI "exact" PDI },
    { "bad \xff bytes", 80, FSI "bad \uFFFD bytes" PDI },
    { "\u200B\u2060", 80, "" },
    { "   ", 80, "" },
    { "", 80, "" },
    { NULL, 80, "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *shown = mw_foreign_text_new (rows[i].text, rows[i].max_chars);

      g_assert_cmpstr (shown, ==, rows[i].shown);
    }
}

static void
test_foreign_host (void)
{
  g_autofree char *host = mw_foreign_text_new_host ("mail.example.com");
  g_autofree char *odd = mw_foreign_text_new_host ("mail.\u202Eexample.com\n");

  g_assert_cmpstr (host, ==, LRI "mail.example.com" PDI);
  g_assert_cmpstr (odd, ==, LRI "mail.example.com" PDI);
}

static void
test_described_host (void)
{
  g_autofree char *plain = mw_foreign_text_describe_host ("mail.example.test");
  g_autofree char *letters = mw_foreign_text_describe_host ("mail.xn--w-uga1v8h.test");
  /* A Cyrillic letter among Latin ones. */
  g_autofree char *mixed = mw_foreign_text_describe_host ("xn--exmple-4nf.test");

  g_assert_cmpstr (plain, ==, LRI "mail.example.test" PDI);
  g_assert_cmpstr (letters, ==, LRI "mail.żółw.test" PDI " ("
                                LRI "mail.xn--w-uga1v8h.test" PDI ")");
  g_assert_cmpstr (mixed, ==, LRI "xn--exmple-4nf.test" PDI);
}

static void
test_help_outside_of_a_flatpak (void)
{
  g_autofree char *root = g_dir_make_tmp ("mw-help-XXXXXX", NULL);
  g_autofree char *contents = mw_help_uri_new (root, NULL);
  g_autofree char *section = mw_help_uri_new (root, "problems#timeout");

  g_assert_cmpstr (contents, ==, "help:mailwright");
  g_assert_cmpstr (section, ==, "help:mailwright/problems#timeout");
  g_assert_cmpint (g_rmdir (root), ==, 0);
}

/* The viewer is told the folder as it is called outside. */
static void
test_help_in_a_flatpak (void)
{
  g_autofree char *root = g_dir_make_tmp ("mw-help-XXXXXX", NULL);
  g_autofree char *info = g_build_filename (root, ".flatpak-info", NULL);
  g_autofree char *polish = g_build_filename (root, "app/share/help/pl/mailwright", NULL);
  g_autofree char *in_english = NULL;
  g_autofree char *in_polish = NULL;
  g_autofree char *contents = NULL;

  g_assert_true (g_file_set_contents (info, "[Instance]\napp-path=/var/lib/fl at/files\n", -1,
                                      NULL));
  g_setenv ("LANGUAGE", "pl_PL:de", TRUE);
  in_english = mw_help_uri_new (root, "servers#ports");
  g_assert_cmpint (g_mkdir_with_parents (polish, 0700), ==, 0);
  in_polish = mw_help_uri_new (root, "servers#ports");
  contents = mw_help_uri_new (root, NULL);
  g_unsetenv ("LANGUAGE");

  g_assert_cmpstr (in_english, ==,
                   "ghelp:/var/lib/fl%20at/files/share/help/C/mailwright?servers#ports");
  g_assert_cmpstr (in_polish, ==,
                   "ghelp:/var/lib/fl%20at/files/share/help/pl/mailwright?servers#ports");
  g_assert_cmpstr (contents, ==,
                   "ghelp:/var/lib/fl%20at/files/share/help/pl/mailwright?index");
  g_assert_cmpint (g_unlink (info), ==, 0);
  while (!g_str_equal (polish, root))
    {
      char *end = strrchr (polish, '/');

      g_assert_cmpint (g_rmdir (polish), ==, 0);
      *end = '\0';
    }
  g_assert_cmpint (g_rmdir (root), ==, 0);
}

/* What somebody has registered stands out, in both forms of a name. */
static void
test_host_markup (void)
{
  static const struct {
    const char *host;
    const char *markup;
    gboolean    unreadable;
  } hosts[] = {
    { "imap.example.com", START "imap.<b>example.com</b>" END, FALSE },
    { "example.com", START "<b>example.com</b>" END, FALSE },
    { "imap.firma.com.pl", START "imap.<b>firma.com.pl</b>" END, FALSE },
    { "paypal.com.evil.org", START "paypal.com.<b>evil.org</b>" END, FALSE },
    { "com.pl", START "com.pl<b></b>" END, FALSE },
    { "imap.xn--bcher-kva.example",
      START "imap.<b>b\u00fccher.example</b>" END
      " (" START "imap.<b>xn--bcher-kva.example</b>" END ")", FALSE },
    { "xn--pypal-4ve.com", START "<b>xn--pypal-4ve.com</b>" END, TRUE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (hosts); i++)
    {
      g_autofree char *markup = mw_host_markup_new (hosts[i].host);

      g_assert_cmpstr (markup, ==, hosts[i].markup);
      g_assert_true (mw_host_markup_is_unreadable (hosts[i].host) == hosts[i].unreadable);
    }
}

/* What is pasted: the link that is found in it, NULL for none. */
static void
test_pasted_link (void)
{
#define LONG "mailto-setup:jan@example.com?in=imaps:imap.example.com&out=sub"
  static const struct {
    const char *text;
    const char *link;
  } rows[] = {
    { "mailto-setup:a@b.test", "mailto-setup:a@b.test" },
    { "MAILTO-Setup:a@b.test", "MAILTO-Setup:a@b.test" },
    { "dclogin:a@b.test?p=x&v=1", "dclogin:a@b.test?p=x&v=1" },
    { " \n<mailto-setup:a@b.test>\r\n", "mailto-setup:a@b.test" },
    { "\"mailto-setup:a@b.test\"", "mailto-setup:a@b.test" },
    { "„mailto-setup:a@b.test”", "mailto-setup:a@b.test" },
    { "« mailto-setup:a@b.test »", "mailto-setup:a@b.test" },
    { LONG "\r\n   missions:smtp.example.com", LONG "missions:smtp.example.com" },
    /* Left as they are, for the reader to refuse. */
    { "mailto-setup:", "mailto-setup:" },
    { "<mailto-setup:a@b.test", NULL },
    { "mailto-setup:a@b.test\nBest wishes", "mailto-setup:a@b.test\nBest wishes" },
    { "mailto-setup:a@b.test and more", "mailto-setup:a@b.test and more" },
    { "mailto:a@b.test", NULL },
    { "see mailto-setup:a@b.test", NULL },
    { "https://a.test/?mailto-setup:a@b.test", NULL },
    { "dcaccount:https://a.test/x", NULL },
    { "<>", NULL },
    { "\"", NULL },
    { "", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *link = mw_pasted_link_find (rows[i].text, -1);
      g_autofree char *again = mw_pasted_link_find (rows[i].text, strlen (rows[i].text));

      g_assert_cmpstr (link, ==, rows[i].link);
      g_assert_cmpstr (again, ==, rows[i].link);
    }
#undef LONG
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/foreign-text/new", test_foreign_text);
  g_test_add_func ("/foreign-text/host", test_foreign_host);
  g_test_add_func ("/foreign-text/described-host", test_described_host);
  g_test_add_func ("/host-markup/new", test_host_markup);
  g_test_add_func ("/pasted-link/find", test_pasted_link);
  g_test_add_func ("/help-uri/outside-of-a-flatpak", test_help_outside_of_a_flatpak);
  g_test_add_func ("/help-uri/in-a-flatpak", test_help_in_a_flatpak);

  return g_test_run ();
}
