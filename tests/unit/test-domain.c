/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include <arpa/inet.h>
#include <string.h>

#include "core/mw-domain.h"

#define A63 "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"

static void
test_normalize (void)
{
  static const struct {
    const char *name;
    const char *wanted;
  } names[] = {
    { "example.test", "example.test" },
    { "Example.TEST", "example.test" },
    { "example.test.", "example.test" },
    { "xn--W-UGA1V8H.test", "xn--w-uga1v8h.test" },
    { "żółw.test", "xn--w-uga1v8h.test" },
    { "ŻÓŁW.test", "xn--w-uga1v8h.test" },
    { "例え。テスト", "xn--r8jz45g.xn--zckzah" },
    { "z\u0307o\u0301\u0142w.test", "xn--w-uga1v8h.test" },
    { "zolw.test", "zolw.test" },
    { "ż\u00f3łw\uff0eｔｅｓｔ", "xn--w-uga1v8h.test" },
    { "ＥＸＡＭＰＬＥ｡ｔｅｓｔ。", "example.test" },
    { "straße.test", "xn--strae-oqa.test" },
    { "STRASSE.test", "strasse.test" },
    { "βόλος.test", "xn--nxasmm1c.test" },
    { "İI.test", "xn--ii-rub.test" },
    { "ŻI.test", "xn--i-ooa.test" },
    { "xn--żółw.test", NULL },
    { "ż⒈test", NULL },
    { "ż․test.test", NULL },
    { "ż／x.test", NULL },
    { "localhost", "localhost" },
    { "3com.test", "3com.test" },
    { A63 ".test", A63 ".test" },
    { "a" A63 ".test", NULL },
    { A63 "." A63 "." A63 "." A63, NULL },
    { "", NULL },
    { ".", NULL },
    { "..", NULL },
    { ".test", NULL },
    { "a..test", NULL },
    { "a.test..", NULL },
    { "-a.test", NULL },
    { "a-.test", NULL },
    { "a_b.test", NULL },
    { "a b.test", NULL },
    { "a\nb.test", NULL },
    { "a/b.test", NULL },
    { "a:993", NULL },
    { "[192.0.2.1]", NULL },
    { "a\xff.test", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *normal = mw_domain_normalize (names[i].name);
      g_autofree char *escaped = g_strescape (names[i].name, NULL);

      g_test_message ("%s", escaped);
      g_assert_cmpstr (normal, ==, names[i].wanted);
    }
}

static void
test_display (void)
{
  static const struct {
    const char *name; /* in Unicode */
    gboolean    read; /* shown so */
  } names[] = {
    { "example.test", TRUE },
    { "mail.żółw.test", TRUE },
    { "例え.テスト", TRUE },
    { "ラーメンramen屋.test", TRUE },
    { "コーヒー・豆.test", TRUE },
    { "한국漢字.test", TRUE },
    { "почта.test", TRUE },
    { "почта-2.test", TRUE },
    { "δοκιμή.test", TRUE },
    { "उदाहरण.test", TRUE },
    /* Whole labels that look like another script's. */
    { "сосо.test", FALSE },
    { "сосо.ru", TRUE },
    { "еxample.test", FALSE },
    { "exаmple.żółw.test", FALSE },
    { "αb.test", FALSE },
    { "почтаδ.test", FALSE },
    { "日本한국.test", TRUE },
    { "テスト한국.test", FALSE },
    { "☃.test", FALSE },
    { "a∕b.test", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *normal = mw_domain_normalize (names[i].name);
      g_autofree char *shown = mw_domain_to_unicode (normal);
      g_autofree char *said = mw_domain_describe (normal);
      g_autofree char *both = g_strdup_printf ("%s (%s)", names[i].name, normal);

      g_assert_cmpstr (shown, ==, names[i].read ? names[i].name : normal);
      g_assert_cmpstr (said, ==, g_str_equal (shown, normal) ? normal : both);
    }
}

/* A-labels that were not made by this rule: shown as they are. */
static void
test_display_foreign (void)
{
  static const char * const names[] = {
    "xn--a.test", "xn--.test", "xn--ls8h.test", "xn--a-.test", "xn--zzzzzz99999.test",
    "xn--4ca", "xn--example-.test", "xn--a-0qa.test", "xn--ab-0ea.test",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *shown = mw_domain_to_unicode (names[i]);
      g_autofree char *back = mw_domain_normalize (shown);

      g_assert_true (g_utf8_validate (shown, -1, NULL));
      g_assert_true (g_str_equal (shown, names[i]) || g_strcmp0 (back, names[i]) == 0);
    }
}

static void
test_inside (void)
{
  g_assert_true (mw_domain_is_inside ("example.test", "example.test"));
  g_assert_true (mw_domain_is_inside ("mx.example.test", "example.test"));
  g_assert_true (mw_domain_is_inside ("a.b.example.test", "example.test"));
  g_assert_false (mw_domain_is_inside ("notexample.test", "example.test"));
  g_assert_false (mw_domain_is_inside ("example.test", "mx.example.test"));
  g_assert_false (mw_domain_is_inside ("test", "example.test"));
  g_assert_false (mw_domain_is_inside ("example.test.evil.test", "example.test"));
  g_assert_false (mw_domain_is_inside ("example.test", ""));
  g_assert_false (mw_domain_is_inside ("", "example.test"));
}

static void
test_public_suffix (void)
{
  static const struct {
    const char *name;
    gboolean    suffix;
    const char *registrable;
  } names[] = {
    { "com", TRUE, NULL },
    { "co.uk", TRUE, NULL },
    { "com.pl", TRUE, NULL },
    { "test", TRUE, NULL },
    { "example.com", FALSE, "example.com" },
    { "mail.example.com", FALSE, "example.com" },
    { "a.b.example.co.uk", FALSE, "example.co.uk" },
    { "mail.example.test", FALSE, "example.test" },
    { "blogspot.com", TRUE, NULL },
    { "jan.blogspot.com", FALSE, "jan.blogspot.com" },
    { "xn--55qx5d.cn", TRUE, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_test_message ("%s", names[i].name);
      g_assert_cmpint (mw_domain_is_public_suffix (names[i].name), ==, names[i].suffix);
      g_assert_cmpstr (mw_domain_get_registrable (names[i].name), ==, names[i].registrable);
    }
}

static void
test_literal (void)
{
  g_assert_true (mw_domain_is_ip_literal ("192.0.2.1"));
  g_assert_true (mw_domain_is_ip_literal ("2001:db8::1"));
  g_assert_true (mw_domain_is_ip_literal ("[2001:db8::1]"));
  g_assert_true (mw_domain_is_ip_literal ("::ffff:192.0.2.1"));
  g_assert_false (mw_domain_is_ip_literal ("example.test"));
  g_assert_false (mw_domain_is_ip_literal ("192.0.2"));
  g_assert_false (mw_domain_is_ip_literal ("192.0.2.256"));
  g_assert_false (mw_domain_is_ip_literal ("[]"));
  g_assert_false (mw_domain_is_ip_literal (""));
}

static void
test_public_address (void)
{
  static const struct {
    const char *address;
    gboolean    is_public;
  } addresses[] = {
    /* Both ends of every range, and their neighbours. */
    { "0.0.0.0", FALSE }, { "0.255.255.255", FALSE }, { "1.0.0.0", TRUE },
    { "9.255.255.255", TRUE }, { "10.0.0.0", FALSE }, { "10.255.255.255", FALSE },
    { "11.0.0.0", TRUE }, { "100.63.255.255", TRUE }, { "100.64.0.0", FALSE },
    { "100.127.255.255", FALSE }, { "100.128.0.0", TRUE }, { "126.255.255.255", TRUE },
    { "127.0.0.1", FALSE }, { "127.255.255.255", FALSE }, { "128.0.0.0", TRUE },
    { "169.253.255.255", TRUE }, { "169.254.169.254", FALSE }, { "169.255.0.0", TRUE },
    { "172.15.255.255", TRUE }, { "172.16.0.0", FALSE }, { "172.31.255.255", FALSE },
    { "172.32.0.0", TRUE }, { "192.0.2.1", TRUE }, { "192.167.255.255", TRUE },
    { "192.168.0.0", FALSE }, { "192.168.255.255", FALSE }, { "192.169.0.0", TRUE },
    { "191.255.255.255", TRUE }, { "192.0.0.0", FALSE }, { "192.0.0.255", FALSE },
    { "192.0.1.0", TRUE }, { "198.17.255.255", TRUE }, { "198.18.0.0", FALSE },
    { "198.19.255.255", FALSE }, { "198.20.0.0", TRUE }, { "198.51.100.1", TRUE },
    { "203.0.113.1", TRUE }, { "223.255.255.255", TRUE },
    { "224.0.0.1", FALSE }, { "239.255.255.255", FALSE }, { "240.0.0.1", FALSE },
    { "255.255.255.255", FALSE },
    { "::", FALSE }, { "::1", FALSE }, { "::2", FALSE }, { "::192.0.2.1", FALSE },
    { "::ffff:127.0.0.1", FALSE }, { "::ffff:10.0.0.1", FALSE }, { "::ffff:192.0.2.1", TRUE },
    { "64:ff9b::7f00:1", FALSE }, { "64:ff9b::a00:1", FALSE }, { "64:ff9b::c000:201", TRUE },
    { "64:ff9b:1::1", FALSE }, { "64:ff9b:1:ffff::c000:201", FALSE }, { "64:ff9b:2::1", TRUE },
    { "2002:7f00:1::1", FALSE }, { "2002:c0a8:101::1", FALSE }, { "2002:c000:201::1", TRUE },
    { "2001:0:c000:201::f5ff:fffe", FALSE }, { "2001:0:c000:201::3fff:fdfe", TRUE },
    { "fbff:ffff::1", TRUE }, { "fc00::1", FALSE }, { "fdff:ffff::1", FALSE },
    { "fe00::1", TRUE }, { "fe80::1", FALSE }, { "febf::1", FALSE }, { "fec0::1", FALSE },
    { "ff02::1", FALSE }, { "2001:db8::1", TRUE }, { "2a00::1", TRUE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (addresses); i++)
    {
      const char *text = addresses[i].address;
      gboolean is_ipv6 = strchr (text, ':') != NULL;
      guint8 bytes[16];

      g_test_message ("%s", text);
      g_assert_cmpint (inet_pton (is_ipv6 ? AF_INET6 : AF_INET, text, bytes), ==, 1);
      g_assert_cmpint (mw_address_bytes_are_public (bytes, is_ipv6 ? 16 : 4), ==,
                       addresses[i].is_public);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/domain/normalize", test_normalize);
  g_test_add_func ("/domain/display", test_display);
  g_test_add_func ("/domain/display-foreign", test_display_foreign);
  g_test_add_func ("/domain/inside", test_inside);
  g_test_add_func ("/domain/public-suffix", test_public_suffix);
  g_test_add_func ("/domain/literal", test_literal);
  g_test_add_func ("/domain/public-address", test_public_address);

  return g_test_run ();
}
