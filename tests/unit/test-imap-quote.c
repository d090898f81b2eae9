/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include <string.h>

#include "core/mw-secret.h"
#include "protocol/mw-imap-quote.h"

static void
test_quote (void)
{
  static const struct {
    const char *bytes;
    const char *quoted;
  } table[] = {
    { "", "\"\"" },
    { "jan", "\"jan\"" },
    { "two words", "\"two words\"" },
    { "\"", "\"\\\"\"" },
    { "\\", "\"\\\\\"" },
    { "a\"b\\c d", "\"a\\\"b\\\\c d\"" },
    { "\\\"\\\"", "\"\\\\\\\"\\\\\\\"\"" },
    { "{3}%*()\t~", "\"{3}%*()\t~\"" },
    { "ż", NULL },
    { "a\rb", NULL },
    { "a\nb", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      gsize length = 0;
      char *quoted = mw_imap_quote (table[i].bytes, strlen (table[i].bytes), &length);

      g_assert_cmpstr (quoted, ==, table[i].quoted);
      if (quoted != NULL)
        g_assert_cmpuint (length, ==, strlen (quoted));
      mw_secret_free_bytes (quoted);
    }
}

static void
test_choose (void)
{
  static const struct {
    const char *bytes;
    gsize       length;
    MwImapForm  form;
  } table[] = {
    { "", 0, MW_IMAP_FORM_QUOTED },
    { "a\"b\\c d", 7, MW_IMAP_FORM_QUOTED },
    { "\x7f\x01", 2, MW_IMAP_FORM_QUOTED },
    { "za\xc5\xbc", 4, MW_IMAP_FORM_LITERAL },
    { "a\rb", 3, MW_IMAP_FORM_IMPOSSIBLE },
    { "a\nb", 3, MW_IMAP_FORM_IMPOSSIBLE },
    { "a\0b", 3, MW_IMAP_FORM_IMPOSSIBLE },
    { "\xc5\xbc\n", 3, MW_IMAP_FORM_IMPOSSIBLE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    g_assert_cmpint (mw_imap_quote_choose (table[i].bytes, table[i].length), ==, table[i].form);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/imap-quote/quote", test_quote);
  g_test_add_func ("/imap-quote/choose", test_choose);

  return g_test_run ();
}
