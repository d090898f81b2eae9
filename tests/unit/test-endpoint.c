/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "core/mw-endpoint.h"

static void
test_parse (void)
{
  static const struct {
    const char *text;
    const char *wanted; /* NULL: refused */
  } texts[] = {
    { "imaps:imap.example.test", "imaps:imap.example.test:993" },
    { "imap:imap.example.test", "imap:imap.example.test:143" },
    { "pop3s:pop.example.test", "pop3s:pop.example.test:995" },
    { "pop3:pop.example.test", "pop3:pop.example.test:110" },
    { "submissions:smtp.example.test", "submissions:smtp.example.test:465" },
    { "submission:smtp.example.test", "submission:smtp.example.test:587" },
    { "imap+plain:localhost", "imap+plain:localhost:143" },
    { "pop3+plain:localhost", "pop3+plain:localhost:110" },
    { "submission+plain:localhost:25", "submission+plain:localhost:25" },
    { " IMAPS:Imap.Example.Test:9930\n", "imaps:imap.example.test:9930" },
    { "imaps:żółw.test", "imaps:xn--w-uga1v8h.test:993" },
    { "imaps:192.0.2.1", "imaps:192.0.2.1:993" },
    { "imaps:192.0.2.1:1", "imaps:192.0.2.1:1" },
    { "imaps:[2001:db8::1]", "imaps:[2001:db8::1]:993" },
    { "imaps:[2001:db8::1]:65535", "imaps:[2001:db8::1]:65535" },
    { "", NULL },
    { "imaps", NULL },
    { "imaps:", NULL },
    { "imap.example.test", NULL },
    { "imap.example.test:993", NULL },
    { "imaps://imap.example.test", NULL },
    { "smtp:smtp.example.test", NULL },
    { "imapsx:imap.example.test", NULL },
    { "imaps+plain:imap.example.test", NULL },
    { "imaps:imap.example.test:", NULL },
    { "imaps:imap.example.test:0", NULL },
    { "imaps:imap.example.test:65536", NULL },
    { "imaps:imap.example.test:-1", NULL },
    { "imaps:imap.example.test:+993", NULL },
    { "imaps:imap.example.test: 993", NULL },
    { "imaps:imap.example.test:993:993", NULL },
    { "imaps:imap_.example.test", NULL },
    { "imaps:imap example.test", NULL },
    { "imaps:2001:db8::1", NULL },
    { "imaps:[2001:db8::1", NULL },
    { "imaps:[2001:db8::1]993", NULL },
    { "imaps:[imap.example.test]", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr(MwEndpoint) endpoint = mw_endpoint_parse (texts[i].text);
      g_autoptr(MwEndpoint) again = NULL;
      g_autofree char *escaped = g_strescape (texts[i].text, NULL);
      g_autofree char *text = NULL;

      g_test_message ("%s", escaped);
      if (texts[i].wanted == NULL)
        {
          g_assert_null (endpoint);
          continue;
        }

      g_assert_nonnull (endpoint);
      text = mw_endpoint_to_string (endpoint);
      g_assert_cmpstr (text, ==, texts[i].wanted);

      again = mw_endpoint_parse (text);
      g_assert_true (mw_endpoint_equal (endpoint, again));
      g_assert_cmpuint (mw_endpoint_hash (endpoint), ==, mw_endpoint_hash (again));
    }
}

static void
test_all_services (void)
{
  static const guint16 ports[3][3] = {
    { 993, 143, 143 },
    { 995, 110, 110 },
    { 465, 587, 587 },
  };

  for (int protocol = MW_PROTOCOL_IMAP; protocol <= MW_PROTOCOL_SMTP; protocol++)
    {
      for (int security = MW_SECURITY_TLS; security <= MW_SECURITY_NONE; security++)
        {
          g_autoptr(MwEndpoint) endpoint = mw_endpoint_new (protocol, security, "Host.test", 0);

          g_assert_cmpint (mw_endpoint_get_protocol (endpoint), ==, protocol);
          g_assert_cmpint (mw_endpoint_get_security (endpoint), ==, security);
          g_assert_cmpuint (mw_endpoint_get_port (endpoint), ==, ports[protocol][security]);
          g_assert_cmpuint (mw_endpoint_default_port (protocol, security), ==,
                            ports[protocol][security]);
          g_assert_cmpstr (mw_endpoint_get_host (endpoint), ==, "host.test");
          g_assert_true (mw_endpoint_is_mail_port (endpoint));
          g_assert_cmpint (mw_endpoint_get_side (endpoint), ==,
                           protocol == MW_PROTOCOL_SMTP ? MW_SIDE_OUTGOING : MW_SIDE_INCOMING);
        }
    }
}

static void
test_different (void)
{
  static const char * const texts[] = {
    "imaps:a.test", "imap:a.test:993", "pop3s:a.test:993", "imaps:a.test:994", "imaps:b.test",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      for (gsize j = 0; j < G_N_ELEMENTS (texts); j++)
        {
          g_autoptr(MwEndpoint) a = mw_endpoint_parse (texts[i]);
          g_autoptr(MwEndpoint) b = mw_endpoint_parse (texts[j]);

          g_assert_cmpint (mw_endpoint_equal (a, b), ==, i == j);
        }
    }
}

static void
test_mail_port (void)
{
  static const guint16 others[] = { 1, 25, 80, 443, 992, 994, 2525, 9930, 65535 };

  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_autoptr(MwEndpoint) endpoint = mw_endpoint_new (MW_PROTOCOL_SMTP, MW_SECURITY_TLS,
                                                        "smtp.example.test", others[i]);

      g_assert_false (mw_endpoint_is_mail_port (endpoint));
    }
}

static void
test_alpn (void)
{
  static const struct {
    const char *endpoint;
    const char *alpn;
  } table[] = {
    { "imaps:a.test", NULL }, { "imap:a.test", NULL }, { "pop3s:a.test", NULL },
    { "pop3:a.test", NULL }, { "submissions:a.test", NULL }, { "submission:a.test", NULL },
    { "imaps:a.test:995", NULL }, { "imaps:a.test:443", "imap" }, { "imap:a.test:1143", "imap" },
    { "pop3s:a.test:443", "pop3" }, { "pop3:a.test:1110", "pop3" },
    { "submissions:a.test:443", NULL }, { "submission:a.test:2525", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr(MwEndpoint) endpoint = mw_endpoint_parse (table[i].endpoint);

      g_assert_cmpstr (mw_endpoint_get_alpn (endpoint), ==, table[i].alpn);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/endpoint/parse", test_parse);
  g_test_add_func ("/endpoint/all-services", test_all_services);
  g_test_add_func ("/endpoint/different", test_different);
  g_test_add_func ("/endpoint/mail-port", test_mail_port);
  g_test_add_func ("/endpoint/alpn", test_alpn);

  return g_test_run ();
}
