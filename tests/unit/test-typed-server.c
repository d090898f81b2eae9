/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "core/mw-typed-server.h"

static const struct {
  const char *text;
  const char *host;
  guint       port;
  gboolean    is_named;
  MwProtocol  protocol;
  MwSecurity  security;
} servers[] = {
  { "", "", 0, FALSE, 0, 0 },
  { "imap.example.com", "imap.example.com", 0, FALSE, 0, 0 },
  { "SSL0.OVH.NET", "ssl0.ovh.net", 0, FALSE, 0, 0 },
  { "  imap.example.com\t\n", "imap.example.com", 0, FALSE, 0, 0 },
  { "imap. example .com", "imap.example.com", 0, FALSE, 0, 0 },
  { "not a server", "not a server", 0, FALSE, 0, 0 },
  { "imap.example.com 993", "imap.example.com 993", 0, FALSE, 0, 0 },
  { "imap.example.com\u00a0", "imap.example.com", 0, FALSE, 0, 0 },
  { "\u200bimap.example.com\u2060", "imap.example.com", 0, FALSE, 0, 0 },
  { "„imap.example.com”,", "imap.example.com", 0, FALSE, 0, 0 },
  { "<imap.example.com>", "imap.example.com", 0, FALSE, 0, 0 },
  { "imap.example.com.", "imap.example.com", 0, FALSE, 0, 0 },
  { "POCZTA.ŁÓDŹ.PL", "poczta.łódź.pl", 0, FALSE, 0, 0 },
  { "imap.example.com:993", "imap.example.com", 993, FALSE, 0, 0 },
  { "imap.example.com : 993", "imap.example.com", 993, FALSE, 0, 0 },
  { "imap.example.com:", "imap.example.com", 0, FALSE, 0, 0 },
  { "imap.example.com:70000", "imap.example.com:70000", 0, FALSE, 0, 0 },
  { "imap.example.com:ssl", "imap.example.com:ssl", 0, FALSE, 0, 0 },
  { "imaps://imap.example.com", "imap.example.com", 0, TRUE, MW_PROTOCOL_IMAP, MW_SECURITY_TLS },
  { "IMAPS://IMAP.Example.COM:993/INBOX", "imap.example.com", 993, TRUE, MW_PROTOCOL_IMAP,
    MW_SECURITY_TLS },
  { "imap://jan;AUTH=*@imap.example.com:143/", "imap.example.com", 143, TRUE, MW_PROTOCOL_IMAP,
    MW_SECURITY_STARTTLS },
  { "pop3s://pop.example.com", "pop.example.com", 0, TRUE, MW_PROTOCOL_POP3, MW_SECURITY_TLS },
  { "pops://pop.example.com", "pop.example.com", 0, TRUE, MW_PROTOCOL_POP3, MW_SECURITY_TLS },
  { "pop://pop.example.com", "pop.example.com", 0, TRUE, MW_PROTOCOL_POP3, MW_SECURITY_STARTTLS },
  { "smtps://smtp.example.com", "smtp.example.com", 0, TRUE, MW_PROTOCOL_SMTP, MW_SECURITY_TLS },
  { "submission://smtp.example.com?x#y", "smtp.example.com", 0, TRUE, MW_PROTOCOL_SMTP,
    MW_SECURITY_STARTTLS },
  { "https://mail.example.com/roundcube/", "mail.example.com", 0, FALSE, 0, 0 },
  { "imapsx://imap.example.com", "imap.example.com", 0, FALSE, 0, 0 },
  { "jan@example.com", "jan@example.com", 0, FALSE, 0, 0 },
  { "2001:db8::1", "2001:db8::1", 0, FALSE, 0, 0 },
  { "[2001:DB8::1]:993", "[2001:db8::1]", 993, FALSE, 0, 0 },
  { "[2001:db8::1]", "[2001:db8::1]", 0, FALSE, 0, 0 },
  { "192.0.2.1:143", "192.0.2.1", 143, FALSE, 0, 0 },
};

static const struct {
  const char *text;
  guint       port;
} ports[] = {
  { "", 0 },
  { "993", 993 },
  { " 993\n", 993 },
  { ":993", 993 },
  { "993 (SSL)", 993 },
  { "993/TLS", 993 },
  { "0", 0 },
  { "65535", 65535 },
  { "65536", 0 },
  { "-1", 0 },
  { "SSL", 0 },
  { "192.0.2.1", 0 },
  { "192.0.2.1:993", 0 },
  { "imap.example.com:993", 0 },
};

static void
test_servers (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (servers); i++)
    {
      g_autoptr(MwTypedServer) server = mw_typed_server_parse (servers[i].text);

      g_test_message ("“%s”", servers[i].text);
      g_assert_cmpstr (server->host, ==, servers[i].host);
      g_assert_cmpuint (server->port, ==, servers[i].port);
      g_assert_cmpint (server->is_named, ==, servers[i].is_named);
      if (!server->is_named)
        continue;
      g_assert_cmpint (server->protocol, ==, servers[i].protocol);
      g_assert_cmpint (server->security, ==, servers[i].security);
    }
}

static void
test_ports (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (ports); i++)
    {
      g_test_message ("“%s”", ports[i].text);
      g_assert_cmpuint (mw_typed_server_parse_port (ports[i].text), ==, ports[i].port);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/typed-server/servers", test_servers);
  g_test_add_func ("/typed-server/ports", test_ports);

  return g_test_run ();
}
