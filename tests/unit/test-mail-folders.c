/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include <string.h>

#include "core/mw-mail-folders.h"
#include "core/mw-mailbox-name.h"

/* Both ways. */
static const struct {
  const char *encoded;
  const char *name;
} names[] = {
  { "", "" },
  { "INBOX", "INBOX" },
  { "Sent Items", "Sent Items" },
  { "&-", "&" },
  { "A&-O", "A&O" },
  { "&-&-", "&&" },
  { "Wys&AUI-ane", "Wysłane" },
  { "&AVo-mieci", "Śmieci" },
  /* RFC 3501 §5.1.3 */
  { "~peter/mail/&U,BTFw-/&ZeVnLIqe-", "~peter/mail/台北/日本語" },
  { "&U,BTF2XlZyyKng-", "台北日本語" },
  { "&2D3eAA-", "😀" },
  { "&AGEBQg-", NULL },
  { "\"\\{%*", "\"\\{%*" },
};

static const char * const no_names[] = {
  "&", "&AUI", "a&b", "&AGE-", "&AUJ-", "&AUI=-", "&AUI--&", "&A-", "&AA-", "&AAA-", "&2D0-",
  "&3gA-", "&3gDYPQ-", "&AUI-&AUI-", "&U/BTFw-", "&*-", "Wysłane", "\xff", "&AUI\n-",
  "a\tb", "\x7f",
};

static void
test_names (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *decoded = mw_mailbox_name_decode (names[i].encoded,
                                                         strlen (names[i].encoded));
      g_autofree char *encoded = NULL;

      g_assert_cmpstr (decoded, ==, names[i].name);
      if (names[i].name == NULL)
        continue;
      encoded = mw_mailbox_name_encode (names[i].name);
      g_assert_cmpstr (encoded, ==, names[i].encoded);
    }
}

static void
test_no_names (void)
{
  g_autofree char *with_nul = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (no_names); i++)
    {
      g_autofree char *decoded = mw_mailbox_name_decode (no_names[i], strlen (no_names[i]));

      g_test_message ("%" G_GSIZE_FORMAT, i);
      g_assert_null (decoded);
    }

  with_nul = mw_mailbox_name_decode ("a\0b", 3);
  g_assert_null (with_nul);
}

/* Whatever goes in comes out again. */
static void
test_every_character (void)
{
  for (gunichar c = 1; c < 0x110000; c += c < 0x3000 ? 1 : 97)
    {
      char name[16] = "x";
      g_autofree char *encoded = NULL;
      g_autofree char *decoded = NULL;

      if (!g_unichar_validate (c))
        continue;
      name[1 + g_unichar_to_utf8 (c, name + 1)] = '\0';
      encoded = mw_mailbox_name_encode (name);
      g_assert_true (g_str_is_ascii (encoded));
      decoded = mw_mailbox_name_decode (encoded, strlen (encoded));
      g_assert_cmpstr (decoded, ==, name);
    }
}

static void
test_is_name (void)
{
  static const char * const good[] = {
    "Sent", "Wysłane", "INBOX.Sent", "A/b", " ", "الرسائل", "😀", "INBOX/", "\"",
  };
  static const char * const bad[] = {
    NULL, "", "INBOX", "inbox", "a\nb", "a\tb", "a\x7f", "a\xc2\x85", "a\u202egnp", "a\u2066b",
    "a\u200bb", "\ufeffSent", "a\u2028b", "a\u2029b", "\xff",
  };
  g_autofree char *limit = g_strnfill (1000, 'x');
  g_autofree char *too_long = g_strnfill (1001, 'x');

  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    g_assert_true (mw_mail_folders_is_name (good[i]));
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (mw_mail_folders_is_name (bad[i]));
  g_assert_true (mw_mail_folders_is_name (limit));
  g_assert_false (mw_mail_folders_is_name (too_long));
}

static void
test_is_delimiter (void)
{
  for (int c = -128; c < 128; c++)
    {
      gboolean expected = strchr ("!\"#$%'()*+./:;<=>?@[\\]^_`{|}~", c) != NULL && c != '\0';

      g_assert_cmpint (mw_mail_folders_is_delimiter (c), ==, expected);
    }
}

static void
test_value (void)
{
  const char *both[MW_N_FOLDER_USES] = {
    [MW_FOLDER_USE_SENT] = "INBOX.Sent", [MW_FOLDER_USE_JUNK] = "a\u202eb",
  };
  const char *none[MW_N_FOLDER_USES] = { NULL };
  g_autoptr(MwMailFolders) folders = mw_mail_folders_new (both, '.', "INBOX.");
  g_autoptr(MwMailFolders) same = mw_mail_folders_new (both, '.', "INBOX.");
  g_autoptr(MwMailFolders) other = mw_mail_folders_new (both, '/', "INBOX.");
  g_autoptr(MwMailFolders) third = mw_mail_folders_new (both, '.', NULL);
  g_autoptr(MwMailFolders) fourth = mw_mail_folders_new (none, '.', "INBOX.");

  g_assert_cmpstr (mw_mail_folders_get_name (folders, MW_FOLDER_USE_SENT), ==, "INBOX.Sent");
  g_assert_null (mw_mail_folders_get_name (folders, MW_FOLDER_USE_JUNK));
  g_assert_null (mw_mail_folders_get_name (folders, MW_FOLDER_USE_TRASH));
  g_assert_cmpint (mw_mail_folders_get_delimiter (folders), ==, '.');
  g_assert_cmpstr (mw_mail_folders_get_prefix (folders), ==, "INBOX.");
  g_assert_cmpstr (mw_mail_folders_get_prefix (third), ==, "");

  g_assert_true (mw_mail_folders_equal (folders, folders));
  g_assert_true (mw_mail_folders_equal (folders, same));
  g_assert_false (mw_mail_folders_equal (folders, other));
  g_assert_false (mw_mail_folders_equal (folders, third));
  g_assert_false (mw_mail_folders_equal (folders, fourth));
  g_assert_false (mw_mail_folders_equal (folders, NULL));
  g_assert_true (mw_mail_folders_equal (NULL, NULL));

  g_assert_null (mw_mail_folders_new (none, '\0', ""));
  g_assert_null (mw_mail_folders_new (none, 'a', "a\nb"));
}

static void
test_path (void)
{
  static const struct {
    const char *name;
    char        delimiter;
    const char *path;
  } cases[] = {
    { "Sent", '/', "Sent" }, { "a/b", '/', "a/b" }, { "a.b", '/', "a.b" },
    { "INBOX.Sent.2026", '.', "INBOX/Sent/2026" }, { "Inbox.Sent", '.', "INBOX/Sent" },
    { "inboxes.Sent", '.', "inboxes/Sent" }, { "a/b", '.', NULL }, { "a/b", '\0', NULL },
    { "a.b", '\0', "a.b" }, { NULL, '.', NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const char *given[MW_N_FOLDER_USES] = { [MW_FOLDER_USE_TRASH] = cases[i].name };
      g_autoptr(MwMailFolders) folders = mw_mail_folders_new (given, cases[i].delimiter, "x");
      g_autofree char *path = mw_mail_folders_make_path (folders, MW_FOLDER_USE_TRASH);

      g_assert_cmpstr (path, ==, cases[i].path);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/mail-folders/names", test_names);
  g_test_add_func ("/mail-folders/no-names", test_no_names);
  g_test_add_func ("/mail-folders/every-character", test_every_character);
  g_test_add_func ("/mail-folders/is-name", test_is_name);
  g_test_add_func ("/mail-folders/is-delimiter", test_is_delimiter);
  g_test_add_func ("/mail-folders/value", test_value);
  g_test_add_func ("/mail-folders/path", test_path);

  return g_test_run ();
}
