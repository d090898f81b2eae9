/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "fuzz.h"

#include "export/mw-evolution-reader.h"
#include "export/mw-evolution-registry.h"
#include "export/mw-plain-text.h"
#include "export/mw-thunderbird-reader.h"

/* Whatever stands in the files of a mail program: what is found can be shown
 * and saved, and nothing else is. */

static void
check_account (MwFoundAccount *account)
{
  MwProfile *profile = account->profile;

  g_assert_false (profile->is_default);
  g_assert_cmpint (profile->grade, ==, MW_GRADE_L);
  g_assert_true ((account->obstacle == MW_FOUND_OBSTACLE_NONE) == (profile->incoming != NULL));
  if (profile->incoming == NULL)
    return;

  g_assert_nonnull (profile->address);
  g_assert_nonnull (profile->label);
  g_assert_cmpuint (mw_endpoint_get_port (profile->incoming->endpoint), >, 0);
  g_assert_nonnull (profile->incoming->user_name);
  g_assert_true (profile->signature == NULL || g_utf8_validate (profile->signature, -1, NULL));
}

static void
check_prefs (const guint8 *data,
             gsize         size)
{
  gboolean damaged = FALSE;
  g_autoptr(MwThunderbirdPrefs) prefs = NULL;
  g_autoptr(MwThunderbirdPrefs) other = NULL;
  g_autoptr(MwThunderbirdSettings) settings = NULL;
  g_autoptr(GPtrArray) accounts = NULL;

  prefs = mw_thunderbird_prefs_parse_some ((const char *) data, size, &damaged);
  other = mw_thunderbird_prefs_parse_some ((const char *) data, size / 2, &damaged);
  mw_thunderbird_prefs_overlay (prefs, other);
  settings = mw_thunderbird_settings_new (prefs);
  accounts = mw_thunderbird_reader_read_settings (settings, NULL, NULL, damaged);
  for (guint i = 0; i < accounts->len; i++)
    check_account (accounts->pdata[i]);
}

static void
check_source (const char *text)
{
  static const char identity[] = "[Data Source]\nDisplayName=x\n[Mail Identity]\n"
                                 "Address=jan@example.test\n";
  g_autoptr(GPtrArray) entries = NULL;
  g_autoptr(GPtrArray) findings = NULL;
  MwEvolutionEntry *entry = mw_evolution_entry_new ("A", NULL, text, TRUE, TRUE);

  if (entry == NULL)
    return;

  entries = g_ptr_array_new_with_free_func ((GDestroyNotify) mw_evolution_entry_free);
  g_ptr_array_add (entries, entry);
  g_ptr_array_add (entries,
                   mw_evolution_entry_new ("b145efc4901bfad1790af7149270d49d21db6a81", NULL,
                                           identity, TRUE, TRUE));
  findings = mw_evolution_reader_read_entries (entries, NULL, NULL);
  for (guint i = 0; i < findings->len; i++)
    check_account (((MwEvolutionFinding *) findings->pdata[i])->account);
}

static void
check_signature (const char *text)
{
  g_autofree char *plain = mw_plain_text_from_html (text);
  g_autofree char *clean = mw_plain_text_clean (text);

  g_assert_true (plain == NULL || g_utf8_validate (plain, -1, NULL));
  g_assert_true (clean == NULL || g_utf8_validate (clean, -1, NULL));
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);

  check_prefs (data, size);
  check_source (text);
  check_signature (text);

  return 0;
}
