/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "net/mw-local-network.h"

#define HOSTS "127.0.0.1\tlocalhost\n" \
              "127.0.1.1 own.example.test own # this machine\n" \
              "192.168.7.20  nas.example.test   NAS.example.test.\n" \
              "203.0.113.9 mail.far.test\n" \
              "0.0.0.0 blocked.test\n" \
              "not an address\n" \
              "::1 six.test\n"

static MwLocalNetwork *
new_network (const char *resolv_conf,
             gboolean    connected)
{
  static const struct { const char *address; guint length; } subnets[] = {
    { "192.168.7.1", 24 }, { "10.1.2.3", 13 }, { "2001:db8:7::5", 64 }, { "172.20.0.1", 32 },
  };
  MwLocalNetwork *network = mw_local_network_new (HOSTS, resolv_conf);

  for (gsize i = 0; connected && i < G_N_ELEMENTS (subnets); i++)
    {
      g_autoptr(GInetAddress) address = g_inet_address_new_from_string (subnets[i].address);

      mw_local_network_add_subnet (network, address, subnets[i].length);
    }
  return network;
}

typedef struct {
  const char *host;
  gboolean    apart;     /* reached without any subnet */
  gboolean    connected; /* reached with the subnets above and no name server */
  gboolean    asked;     /* reached with a name server in a subnet, too */
} Case;

static const Case cases[] = {
  { "127.0.0.1", TRUE, TRUE, TRUE },
  { "127.200.0.1", TRUE, TRUE, TRUE },
  { "::1", TRUE, TRUE, TRUE },
  { "[::1]", TRUE, TRUE, TRUE },
  { "192.168.7.99", FALSE, TRUE, TRUE },
  { "192.168.8.99", FALSE, FALSE, FALSE },
  { "10.7.255.255", FALSE, TRUE, TRUE },
  { "10.8.0.0", FALSE, FALSE, FALSE },
  { "172.20.0.1", FALSE, TRUE, TRUE },
  { "172.20.0.2", FALSE, FALSE, FALSE },
  { "[2001:db8:7::99]", FALSE, TRUE, TRUE },
  { "2001:db8:8::99", FALSE, FALSE, FALSE },
  { "203.0.113.9", FALSE, FALSE, FALSE },
  { "localhost", TRUE, TRUE, TRUE },
  { "imap.localhost", TRUE, TRUE, TRUE },
  { "own.example.test", TRUE, TRUE, TRUE },
  { "own", TRUE, TRUE, TRUE },
  { "six.test", TRUE, TRUE, TRUE },
  { "nas.example.test", FALSE, TRUE, TRUE },
  /* The hosts file has the last word, a name server or not. */
  { "mail.far.test", FALSE, FALSE, FALSE },
  { "blocked.test", FALSE, FALSE, FALSE },
  { "imap.example.test", FALSE, FALSE, TRUE },
  { "nas", FALSE, FALSE, TRUE },
  { "printer.local", FALSE, TRUE, TRUE },
  { "notlocalhost", FALSE, FALSE, TRUE },
};

static void
test_hosts (void)
{
  g_autoptr(MwLocalNetwork) apart = new_network ("nameserver 127.0.0.53\n", FALSE);
  g_autoptr(MwLocalNetwork) connected = new_network ("nameserver 198.51.100.1\n", TRUE);
  g_autoptr(MwLocalNetwork) asked = new_network ("nameserver 198.51.100.1\nnameserver 192.168.7.1",
                                                 TRUE);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s", cases[i].host);
      g_assert_cmpint (mw_local_network_may_reach (apart, cases[i].host), ==, cases[i].apart);
      g_assert_cmpint (mw_local_network_may_reach (connected, cases[i].host), ==,
                       cases[i].connected);
      g_assert_cmpint (mw_local_network_may_reach (asked, cases[i].host), ==, cases[i].asked);
    }
}

static void
test_name_servers (void)
{
  static const struct { const char *resolv_conf; gboolean asks; } servers[] = {
    { NULL, FALSE },
    { "", FALSE },
    { "# nameserver 192.168.7.1\nsearch example.test\n", FALSE },
    { "nameserver 198.51.100.1\n", FALSE },
    { "nameserver 192.168.7.1\n", TRUE },
    { "  nameserver\t192.168.7.1 # router\r\n", TRUE },
    { "nameserver 127.0.0.53\n", TRUE },
    { "nameserver ::1\n", TRUE },
    { "nameserver 2001:db8:7::1%eth0\n", TRUE },
    { "options nameserver 192.168.7.1\n", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (servers); i++)
    {
      g_autoptr(MwLocalNetwork) connected = new_network (servers[i].resolv_conf, TRUE);
      g_autoptr(MwLocalNetwork) apart = new_network (servers[i].resolv_conf, FALSE);

      g_test_message ("%s", servers[i].resolv_conf != NULL ? servers[i].resolv_conf : "none");
      g_assert_cmpint (mw_local_network_may_reach (connected, "imap.example.test"), ==,
                       servers[i].asks);
      g_assert_cmpint (mw_local_network_may_reach_inside (connected, NULL), ==, servers[i].asks);
      g_assert_false (mw_local_network_may_reach (apart, "imap.example.test"));
      g_assert_false (mw_local_network_may_reach_inside (apart, NULL));
    }
}

static void
test_domains (void)
{
  g_autoptr(MwLocalNetwork) apart = new_network (NULL, FALSE);
  g_autoptr(MwLocalNetwork) connected = new_network (NULL, TRUE);
  g_autoptr(MwLocalNetwork) asked = new_network ("nameserver 192.168.7.1\n", TRUE);

  /* "own" is there. */
  g_assert_true (mw_local_network_knows_inside (apart, "example.test"));
  g_assert_false (mw_local_network_knows_inside (apart, "ample.test"));
  g_assert_false (mw_local_network_knows_inside (connected, "far.test"));
  g_assert_false (mw_local_network_knows_inside (asked, "elsewhere.test"));
  g_assert_false (mw_local_network_may_reach_inside (connected, "elsewhere.test"));
  g_assert_true (mw_local_network_may_reach_inside (asked, "elsewhere.test"));
  g_assert_false (mw_local_network_knows_inside (asked, NULL));
}

/* Names as they may stand in the file; what only looks like them is none. */
static void
test_hosts_file (void)
{
  static const struct { const char *hosts; const char *host; gboolean knows; } rows[] = {
    { "127.0.0.1 mail.test", "mail.test", TRUE },
    { "127.0.0.1 other mail.test", "mail.test", TRUE },
    { " \t127.0.0.1\tmail.test\r\n", "mail.test", TRUE },
    { "127.0.0.1 Mail.TEST.", "mail.test", TRUE },
    { "127.0.0.1 mail.test# here", "mail.test", TRUE },
    { "127.0.0.1 mail.test.example mail.test", "mail.test", TRUE },
    { "203.0.113.1 mail.test\n127.0.0.1 mail.test", "mail.test", TRUE },
    { "203.0.113.1 mail.test", "mail.test", FALSE },
    { "127.0.0.1 # mail.test", "mail.test", FALSE },
    { "# 127.0.0.1 mail.test", "mail.test", FALSE },
    { "127.0.0.1 a.mail.test", "mail.test", FALSE },
    { "127.0.0.1 mail.test.example", "mail.test", FALSE },
    { "127.0.0.1 mail.tests email.test", "mail.test", FALSE },
    { "127.0.0.1\nmail.test", "mail.test", FALSE },
    { "mail.test 127.0.0.1", "mail.test", FALSE },
    { "mail.test", "mail.test", FALSE },
    { "nonsense mail.test", "mail.test", FALSE },
    { "127.0.0.1 mail.test", "", FALSE },
    { "", "mail.test", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(MwLocalNetwork) network = mw_local_network_new (rows[i].hosts, NULL);

      g_test_message ("%s", rows[i].hosts);
      g_assert_cmpint (mw_local_network_knows (network, rows[i].host), ==, rows[i].knows);
    }
}

/* As people have them against advertisements. It is read for each question. */
static void
test_long_hosts_file (void)
{
  g_autoptr(GString) hosts = g_string_new (NULL);
  gint64 start;

  for (guint i = 0; i < 150000; i++)
    g_string_append_printf (hosts, "0.0.0.0 ads%u.tracker.example\n", i);
  g_string_append (hosts, "127.0.0.1 mail.test\n");

  start = g_get_monotonic_time ();
  for (guint i = 0; i < 20; i++)
    {
      g_autoptr(MwLocalNetwork) network = mw_local_network_new (hosts->str, NULL);

      g_assert_true (mw_local_network_knows (network, "mail.test"));
      g_assert_true (mw_local_network_knows_inside (network, "test"));
      g_assert_false (mw_local_network_may_reach (network, "imap.example.test"));
    }
  g_test_message ("%.1f ms each", (g_get_monotonic_time () - start) / 20000.0);
  g_assert_cmpint (g_get_monotonic_time () - start, <, 3 * G_USEC_PER_SEC);
}

/* Whatever machine this is: the loop-back interface is no subnet. */
static void
test_read (void)
{
  g_autoptr(MwLocalNetwork) network = mw_local_network_read ();
  g_autoptr(GInetAddress) loopback = g_inet_address_new_from_string ("127.0.0.1");
  g_autoptr(GInetAddress) nobody = g_inet_address_new_from_string ("203.0.113.77");

  g_assert_true (mw_local_network_has_address (network, loopback));
  g_assert_false (mw_local_network_has_address (network, nobody));
  g_assert_true (mw_local_network_may_reach (network, "localhost"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/local-network/hosts", test_hosts);
  g_test_add_func ("/local-network/name-servers", test_name_servers);
  g_test_add_func ("/local-network/domains", test_domains);
  g_test_add_func ("/local-network/hosts-file", test_hosts_file);
  g_test_add_func ("/local-network/long-hosts-file", test_long_hosts_file);
  g_test_add_func ("/local-network/read", test_read);
  return g_test_run ();
}
