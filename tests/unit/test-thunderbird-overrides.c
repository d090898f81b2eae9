/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "export/mw-thunderbird-overrides.h"

#include <string.h>

#define HASH "84593a01348db2a24527d745ec2ed6f548ffb1a1eeb5af3a9e767fb0331a1fd6"
#define OTHER_HASH "00593a01348db2a24527d745ec2ed6f548ffb1a1eeb5af3a9e767fb0331a1fd6"
#define FINGERPRINT_END \
  ":59:3A:01:34:8D:B2:A2:45:27:D7:45:EC:2E:D6:F5:48:FF:B1:A1:EE:B5:AF:3A:9E:76:7F:B0:33:1A:1F:D6"
#define OID "\tOID.2.16.840.1.101.3.4.2.1\t"
#define HEADER "# PSM Certificate Override Settings file\n" \
               "# This is a generated file!  Do not edit.\n"

/* Byte for byte what Thunderbird 153 writes for this certificate. */
#define IMAP "imap.selfsigned.test:993:" OID "84" FINGERPRINT_END "\t\n"
#define OTHER_IMAP "imap.selfsigned.test:993:" OID "00" FINGERPRINT_END "\t\n"
#define IPV6 "[fe80::1]:465:" OID "84" FINGERPRINT_END "\t\n"

/* Lines of others: of another program, older, private, damaged, without end. */
#define OLD "some.website.test:443" OID "84" FINGERPRINT_END "\tU\tAAAAAAAAAAAAAAAB\r\n"
#define LONGER_HOST "x.imap.selfsigned.test:993:" OID "84" FINGERPRINT_END "\t\n"
#define LONGER_PORT "imap.selfsigned.test:9930:" OID "84" FINGERPRINT_END "\t\n"
#define PRIVATE "imap.selfsigned.test:993:^privateBrowsingId=1" OID "84" FINGERPRINT_END "\t\n"
#define OTHERS HEADER OLD LONGER_HOST "\n\tbroken\n" LONGER_PORT PRIVATE

typedef struct {
  const char *name;
  const char *before;
  const char *server;
  const char *sha256;
  const char *after; /* NULL: no change */
} Case;

static const Case put_cases[] = {
  { "no-file", "", "imap.selfsigned.test:993", HASH, HEADER IMAP },
  { "ipv6", "", "[fe80::1]:465", HASH, HEADER IPV6 },
  { "others", OTHERS, "imap.selfsigned.test:993", HASH, OTHERS IMAP },
  { "there", IMAP OTHERS, "imap.selfsigned.test:993", HASH, NULL },
  { "there-capitals", IMAP, "IMAP.selfsigned.test:993", HASH, NULL },
  { "there-old", OLD, "some.website.test:443", HASH, NULL },
  { "changed", HEADER OTHER_IMAP IPV6, "imap.selfsigned.test:993", HASH, HEADER IPV6 IMAP },
  { "changed-later", IMAP OTHER_IMAP, "imap.selfsigned.test:993", HASH, HEADER IMAP },
  { "no-newline", "# a", "[fe80::1]:465", HASH, "# a\n" IPV6 },
};

static const Case remove_cases[] = {
  { "no-file", "", "imap.selfsigned.test:993", HASH, NULL },
  { "others", OTHERS IMAP, "imap.selfsigned.test:993", HASH, OTHERS },
  { "middle", HEADER IMAP IPV6, "imap.selfsigned.test:993", HASH, HEADER IPV6 },
  { "other-certificate", HEADER OTHER_IMAP, "imap.selfsigned.test:993", HASH, NULL },
  { "other-server", OTHERS, "imap.selfsigned.test:993", HASH, NULL },
};

static void
check (const Case *test,
       gboolean  (*change) (MwThunderbirdOverrides *, const char *, const char *))
{
  g_autoptr(MwThunderbirdOverrides) overrides = NULL;
  g_autofree char *data = NULL;
  const char *after = test->after != NULL ? test->after : test->before;
  gsize size;

  overrides = mw_thunderbird_overrides_parse (test->before, strlen (test->before));
  g_assert_cmpint (change (overrides, test->server, test->sha256), ==, test->after != NULL);
  data = mw_thunderbird_overrides_to_data (overrides, &size);
  g_assert_cmpmem (data, size, after, strlen (after));

  /* Once is enough. */
  g_assert_false (change (overrides, test->server, test->sha256));
}

static void
test_put (gconstpointer data)
{
  check (data, mw_thunderbird_overrides_put);
}

static void
test_remove (gconstpointer data)
{
  check (data, mw_thunderbird_overrides_remove);
}

static void
test_zero_bytes (void)
{
  static const char before[] = "a\0b\n" IMAP "\0";
  g_autoptr(MwThunderbirdOverrides) overrides = NULL;
  g_autofree char *data = NULL;
  gsize size;

  overrides = mw_thunderbird_overrides_parse (before, sizeof before);
  g_assert_false (mw_thunderbird_overrides_put (overrides, "imap.selfsigned.test:993", HASH));
  g_assert_false (mw_thunderbird_overrides_remove (overrides, "imap.selfsigned.test:993",
                                                   OTHER_HASH));
  data = mw_thunderbird_overrides_to_data (overrides, &size);
  g_assert_cmpmem (data, size, before, sizeof before);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (put_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/thunderbird-overrides/put/", put_cases[i].name, NULL);

      g_test_add_data_func (path, &put_cases[i], test_put);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (remove_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/thunderbird-overrides/remove/",
                                           remove_cases[i].name, NULL);

      g_test_add_data_func (path, &remove_cases[i], test_remove);
    }
  g_test_add_func ("/thunderbird-overrides/zero-bytes", test_zero_bytes);

  return g_test_run ();
}
