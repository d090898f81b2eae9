/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include <string.h>

#include "probe/mw-http-head.h"

static void
test_begins (void)
{
  static const struct { const char *line; gboolean begins; } rows[] = {
    { "HTTP/1.1 302 Found\r\n", TRUE },
    { "HTTP/1.0 511 Network Authentication Required\n", TRUE },
    { "HTTP/2 200", FALSE },
    { "HTTP/1.", FALSE },
    { "http/1.1 302 Found", FALSE },
    { "* OK HTTP/1.1", FALSE },
    { "", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_test_message ("%s", rows[i].line);
      g_assert_cmpint (mw_http_head_begins (rows[i].line, strlen (rows[i].line)), ==,
                       rows[i].begins);
    }
}

static void
test_leads_away (void)
{
  static const struct { const char *lines; gboolean away; } rows[] = {
    { "HTTP/1.1 302 Found\nServer: x\nLocation: http://portal.example/login?a=b\n", TRUE },
    { "HTTP/1.1 302 Found\nlocation:https://192.0.2.1:8443/", TRUE },
    { "HTTP/1.1 307 Temporary Redirect\nLOCATION:  http://[2001:db8::1]/  ", TRUE },
    { "HTTP/1.0 511 Network Authentication Required", TRUE },
    /* To itself, or nowhere. */
    { "HTTP/1.1 301 Moved\nLocation: https://imap.example.test/", FALSE },
    { "HTTP/1.1 301 Moved\nLocation: https://IMAP.Example.Test./", FALSE },
    { "HTTP/1.1 302 Found\nLocation: /login", FALSE },
    { "HTTP/1.1 302 Found\nLocation: login.html", FALSE },
    { "HTTP/1.1 302 Found\nLocation:", FALSE },
    { "HTTP/1.1 302 Found\nLocation: http:///x", FALSE },
    { "HTTP/1.1 302 Found\nX-Location: http://portal.example/", FALSE },
    { "HTTP/1.1 302 Found", FALSE },
    { "HTTP/1.1 200 OK\nLocation: http://portal.example/", FALSE },
    { "HTTP/1.1 400 Bad Request\nLocation: http://portal.example/", FALSE },
    { "HTTP/1.1", FALSE },
    { "HTTP/1.1 30", FALSE },
    { "HTTP/1.1 30200", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_auto(GStrv) lines = g_strsplit (rows[i].lines, "\n", -1);

      g_test_message ("%s", rows[i].lines);
      g_assert_cmpint (mw_http_head_leads_away ((const char * const *) lines,
                                                "imap.example.test"), ==, rows[i].away);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/http-head/begins", test_begins);
  g_test_add_func ("/http-head/leads-away", test_leads_away);
  return g_test_run ();
}
