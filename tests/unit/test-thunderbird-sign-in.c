/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "export/mw-thunderbird-sign-in.h"

static const struct {
  const char *server;
  gboolean    known;
} cases[] = {
  { "imaps:imap.gmail.com", TRUE },
  { "imaps:IMAP.GoogleMail.com", TRUE },
  { "submission:smtp-relay.gmail.com", TRUE },
  { "imaps:outlook.office365.com", TRUE },
  { "submission:smtp-mail.outlook.com", TRUE },
  { "imaps:imap.mail.yahoo.com", TRUE },
  { "imaps:imap.mail.ru", TRUE },
  { "imaps:pop.mail.ru", FALSE },
  { "imaps:imap.yandex.com", TRUE },
  { "imaps:imap.yandex.ru", FALSE },
  { "pop3s:pop.fastmail.com", TRUE },
  { "imaps:fastmail.com", FALSE },
  { "imaps:notgmail.com", FALSE },
  { "imaps:gmail.com.example.org", FALSE },
  { "imaps:mail.example.org", FALSE },
  { "imaps:192.0.2.1", FALSE },
};

static void
test_hosts (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(MwEndpoint) endpoint = mw_endpoint_parse (cases[i].server);

      if (mw_thunderbird_sign_in_is_known (endpoint) != cases[i].known)
        g_error ("%s: not %s", cases[i].server, cases[i].known ? "known" : "unknown");
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/thunderbird-sign-in/hosts", test_hosts);
  return g_test_run ();
}
