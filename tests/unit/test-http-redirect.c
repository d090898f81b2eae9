/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "discovery/mw-http-redirect.h"

#define ASKED "https://autoconfig.d.test/c.xml?emailaddress=Jan%40d.test"
#define ELSEWHERE "https://config.hosting.test/c.xml"

typedef struct {
  const char *asked;
  const char *location;
  const char *next; /* NULL: nowhere */
} Row;

static const Row rows[] = {
  { ASKED, "/other?x=y", "https://autoconfig.d.test/other?x=y" },
  { ASKED, NULL, NULL },
  { ASKED, "https://%zz/", NULL },

  /* Hosts of the domain may know. */
  { ASKED, "https://autoconfig.d.test/a?e=jan%40d.test",
    "https://autoconfig.d.test/a?e=jan%40d.test" },
  { ASKED, "https://d.test/a?e=jan%40d.test", "https://d.test/a?e=jan%40d.test" },
  { ASKED, "//mail.d.test/a?e=jan@d.test", "https://mail.d.test/a?e=jan@d.test" },

  /* Others do not, however it is written; what else they are told they may know. */
  { ASKED, ELSEWHERE "?emailaddress=Jan%40d.test", ELSEWHERE },
  { ASKED, ELSEWHERE "?a=b&e=jan@D.test#f", ELSEWHERE },
  { ASKED, ELSEWHERE "?e=%6A%61n%40d.test", ELSEWHERE },
  { ASKED, ELSEWHERE "#jan@d.test", ELSEWHERE },
  { ASKED, ELSEWHERE "?domain=d.test", ELSEWHERE "?domain=d.test" },
  { ASKED, "https://notd.test/?e=jan@d.test", "https://notd.test/" },
  { ASKED, "https://d.test.hosting.test/?e=jan@d.test", "https://d.test.hosting.test/" },
  { ASKED, "https://hosting.test/jan@d.test/c.xml", NULL },
  { ASKED, "https://jan%40d.test@hosting.test/", NULL },

  /* Where nobody was told anything, nothing is left out. */
  { "https://d.test/c.xml", ELSEWHERE "?e=jan@d.test", ELSEWHERE "?e=jan@d.test" },
  { "https://d.test/c.xml?a=b", ELSEWHERE "?a=b", ELSEWHERE "?a=b" },

  { "https://autoconfig.xn--w-uga1v8h.test/?e=jan%40%C5%BC%C3%B3%C5%82w.test",
    "https://xn--w-uga1v8h.test/?e=jan%40%C5%BC%C3%B3%C5%82w.test",
    "https://xn--w-uga1v8h.test/?e=jan%40%C5%BC%C3%B3%C5%82w.test" },
};

static void
test_rows (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      GUriFlags flags = G_URI_FLAGS_ENCODED | G_URI_FLAGS_SCHEME_NORMALIZE;
      g_autoptr(GUri) asked = g_uri_parse (rows[i].asked, flags, NULL);
      g_autofree char *address = mw_http_redirect_get_address (asked);
      g_autoptr(GUri) next = NULL;
      g_autofree char *text = NULL;

      next = mw_http_redirect_read (asked, rows[i].location, address);
      text = next != NULL ? g_uri_to_string (next) : NULL;
      g_test_message ("%s to %s", rows[i].asked, rows[i].location);
      g_assert_cmpstr (text, ==, rows[i].next);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/http-redirect/rows", test_rows);

  return g_test_run ();
}
