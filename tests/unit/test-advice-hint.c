/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include <string.h>

#include "setup/mw-advice-hint.h"

/* Every hint has a sentence of its own, whatever it depends on. */
static void
test_sentences (void)
{
  g_autoptr(MwProvider) provider = mw_provider_new ("wp");
  g_autoptr(GEnumClass) kinds = g_type_class_ref (MW_TYPE_HINT_KIND);
  g_autoptr(GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  provider->name = g_strdup ("WP %s {x}");
  for (guint i = 0; i < kinds->n_values; i++)
    {
      g_autofree char *always = NULL;

      for (int condition = MW_HINT_CONDITION_ALWAYS; condition <= MW_HINT_CONDITION_MAYBE;
           condition++)
        {
          g_autoptr(MwHint) hint = mw_hint_new (kinds->values[i].value, condition, NULL);
          g_autofree char *text = mw_advice_describe_hint (hint, provider);

          g_test_message ("%s", text);
          g_assert_nonnull (strstr (text, "WP %s {x}"));
          g_assert_null (strstr (text, "{provider}"));
          g_assert_true (g_str_has_suffix (text, "."));
          if (condition == MW_HINT_CONDITION_ALWAYS)
            always = g_steal_pointer (&text);
        }
      g_assert_true (g_hash_table_add (seen, g_steal_pointer (&always)));
    }
}

/* What may or may not hold is not said as a fact. */
static void
test_conditions (void)
{
  g_autoptr(MwProvider) provider = mw_provider_new ("wp");
  g_autoptr(MwHint) always = mw_hint_new (MW_HINT_KIND_APP_PASSWORD, MW_HINT_CONDITION_ALWAYS,
                                          NULL);
  g_autoptr(MwHint) two_step = mw_hint_new (MW_HINT_KIND_APP_PASSWORD, MW_HINT_CONDITION_TWO_STEP,
                                            NULL);
  g_autoptr(MwHint) maybe = mw_hint_new (MW_HINT_KIND_APP_PASSWORD, MW_HINT_CONDITION_MAYBE, NULL);
  g_autofree char *always_text = NULL;
  g_autofree char *two_step_text = NULL;
  g_autofree char *maybe_text = NULL;
  g_autofree char *page = NULL;

  provider->name = g_strdup ("WP");
  always_text = mw_advice_describe_hint (always, provider);
  two_step_text = mw_advice_describe_hint (two_step, provider);
  maybe_text = mw_advice_describe_hint (maybe, provider);
  g_assert_nonnull (strstr (always_text, "WP wants an app password"));
  g_assert_nonnull (strstr (two_step_text, "two-step"));
  g_assert_nonnull (strstr (maybe_text, "may want"));

  page = mw_advice_describe_page (provider);
  g_assert_cmpstr (page, ==, "Open the Page of WP");
}

/* What a document says is never taken for Mailwright's own words. */
static void
test_foreign_words (void)
{
  g_autoptr(MwProvider) provider = mw_provider_new (NULL);
  g_autoptr(MwHint) hint = mw_hint_new (MW_HINT_KIND_ENABLE_IMAP, MW_HINT_CONDITION_ALWAYS, NULL);
  g_autofree char *sentence = NULL;
  g_autofree char *nothing = NULL;
  g_autofree char *words = NULL;
  g_autofree char *both = NULL;
  g_autofree char *page = NULL;

  provider->name = g_strdup ("{provider} Mail");
  sentence = mw_advice_describe_hint (hint, provider);
  g_assert_nonnull (strstr (sentence, "of “\u2068{provider} Mail\u2069”."));

  nothing = mw_advice_quote_hint (hint);
  g_assert_null (nothing);
  hint->words = g_strdup ("Do %s");
  words = mw_advice_quote_hint (hint);
  g_assert_cmpstr (words, ==, "“\u2068Do %s\u2069”");
  hint->page = g_strdup ("http://example.test/%s");
  both = mw_advice_quote_hint (hint);
  g_assert_cmpstr (both, ==, "“\u2068Do %s\u2069”\nThe page it names: "
                             "\u2068http://example.test/%s\u2069");
  g_clear_pointer (&hint->words, g_free);
  page = mw_advice_quote_hint (hint);
  g_assert_cmpstr (page, ==, "The page it names: \u2068http://example.test/%s\u2069");
}

/* Neither name is read for what stands in the other. */
static void
test_keeper (void)
{
  g_autoptr(MwProvider) provider = mw_provider_new ("ovh");
  g_autofree char *sure = NULL;
  g_autofree char *likely = NULL;

  provider->name = g_strdup ("OVHcloud");
  sure = mw_advice_describe_keeper (provider, "{provider}.test", TRUE);
  likely = mw_advice_describe_keeper (provider, "firma.test", FALSE);
  g_assert_cmpstr (sure, ==, "Mail for {provider}.test is kept by OVHcloud.");
  g_assert_cmpstr (likely, ==, "Mail for firma.test may be kept by OVHcloud.");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/advice-hint/sentences", test_sentences);
  g_test_add_func ("/advice-hint/conditions", test_conditions);
  g_test_add_func ("/advice-hint/foreign-words", test_foreign_words);
  g_test_add_func ("/advice-hint/keeper", test_keeper);

  return g_test_run ();
}
