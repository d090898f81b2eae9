/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "export/mw-thunderbird-install-hash.h"

typedef struct {
  const char *folder;
  const char *hash;
} Case;

/* What Thunderbird and Firefox themselves wrote for these folders. */
static const Case cases[] = {
  { "/usr/lib/thunderbird", "FDC34C9F024745EB" },
  { "/usr/lib64/thunderbird", "3DDF446CE6CB1A45" },
  { "/app/lib/thunderbird", "BD520B11F73A6B64" },
  { "/usr/lib/firefox", "4F96D1932A9F858E" },
  { "/app/lib/firefox", "CF146F38BCAB2D21" },
  { "C:\\Program Files\\Mozilla Firefox", "308046B0AF4A39CB" },
  { "C:\\Program Files (x86)\\Mozilla Firefox", "E7CF176E110C211B" },
  { "/Applications/Firefox.app/Contents/MacOS", "2656FF1E876E9973" },
};

static void
test_hash (gconstpointer data)
{
  const Case *test = data;
  g_autofree char *hash = mw_thunderbird_install_hash (test->folder);

  g_assert_cmpstr (hash, ==, test->hash);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/thunderbird-install-hash/%s", cases[i].hash);

      g_test_add_data_func (path, &cases[i], test_hash);
    }
  return g_test_run ();
}
